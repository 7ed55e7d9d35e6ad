/* A file that is there complete or not at all. */
#ifndef OCS_CLI_SAVE_H
#define OCS_CLI_SAVE_H

#include "base/base.h"

/* Write ${content} beside ${path} and rename it to that.  OCS_IO with the system's reason; a folder,
 * device or pipe at ${path} is left alone and is OCS_IO, too. */
ocs_status ocs_save(const char *path, ocs_str content, ocs_error *err) OCS_MUST_CHECK;

#endif
