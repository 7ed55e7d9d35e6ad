/* The exit codes of the program, in one table that the code, the help and the tests expand. */
#ifndef OCS_CLI_EXIT_H
#define OCS_CLI_EXIT_H

#include "base/status.h"

/* name, code, what it means */
#define OCS_EXITS(X)                                                                 \
    X(OK, 0, "done; found")                                                          \
    X(NONE, 1, "nothing found")                                                      \
    X(USAGE, 2, "wrong usage or a mistake in the query; nothing was run")            \
    X(INCOMPLETE, 3, "valid results, but inputs or indexes failed, or time ran out") \
    X(INDEX, 4, "the index is missing, damaged or of another format version")        \
    X(REFUSED, 5, "refused by a safety guard; nothing was changed")                  \
    X(OUTPUT, 6, "output could not be written")                                      \
    X(BUG, 70, "a bug in ocsearch, or memory ran out")                               \
    X(BUSY, 75, "busy, try again: another run holds the lock")

typedef enum ocs_exit {
#define X(name, code, about) OCS_EXIT_##name = (code),
    OCS_EXITS(X)
#undef X
} ocs_exit;

/* The code for a call that failed with ${status}.  A command that knows better what the failure
 * means to its user (a missing index, a page among many) decides before it asks here. */
ocs_exit ocs_exit_of(ocs_status status);

#endif
