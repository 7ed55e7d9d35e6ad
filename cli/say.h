/* Messages to the person, on standard error: one line each, after the program's name, with control
 * characters made visible. */
#ifndef OCS_CLI_SAY_H
#define OCS_CLI_SAY_H

#include "base/base.h"
#include "cli/exit.h"

void ocs_say(const char *format, ...) OCS_PRINTF(1, 2);

/* Say what went wrong and give the exit code for it. */
ocs_exit ocs_say_failure(ocs_status status, const ocs_error *err);

/* The text as it is, without the program's name and with a line feed: carets, progress. */
void ocs_say_plain(ocs_str text);

/* A sink for the libraries that takes messages up to ${level}. */
ocs_log ocs_say_log(ocs_level level);

#endif
