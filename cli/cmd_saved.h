/* What the two files of `saved` share: cmd_saved.c keeps the queries, saved_run.c runs one. */
#ifndef OCS_CLI_CMD_SAVED_H
#define OCS_CLI_CMD_SAVED_H

#include "cli/saved_file.h"

enum {
    OCS_SAVED_DB = OCS_OPTION_OWN,
    OCS_SAVED_FORMAT, /* ocs_hit_format */
    OCS_SAVED_FORMAT_VERSION,
    OCS_SAVED_EXPAND,
    OCS_SAVED_TABLES,
    OCS_SAVED_FIELDS,
    OCS_SAVED_LIMIT,
    OCS_SAVED_OFFSET,
    OCS_SAVED_SORT,
    OCS_SAVED_SNIPPETS,
    OCS_SAVED_PAGER,
    OCS_SAVED_ALL_COPIES,
    OCS_SAVED_SINCE,
    OCS_SAVED_UNTIL,
    OCS_SAVED_NEW,
    OCS_SAVED_OK_EMPTY,
    OCS_SAVED_REPLACE,
    OCS_SAVED_FILE_OPTION,
    OCS_SAVED_STATE_DIR,
    OCS_SAVED_OPTIONS
};

ocs_exit ocs_saved_run(const ocs_cli *cli, ocs_str name, ocs_str query) OCS_MUST_CHECK;

#endif
