/* Tables of the user's over the built-in ones. */
#ifndef OCS_CLI_TABLES_H
#define OCS_CLI_TABLES_H

#include "cli/command.h"
#include "corpus/gaz.h"

#define OCS_ROW_TABLES                                                                             \
    {                                                                                              \
        .name = "tables", .value = "DIR", .type = OCS_OPTION_STRING,                               \
        .about = "tables over the built-in ones (default $OCSEARCH_TABLES)"                        \
    }

/* The tables that option ${option} or the environment names; NULL when neither does. */
ocs_status ocs_cli_tables(const ocs_cli *cli, int option, ocs_gaz_overlay **tables,
                          ocs_error *err) OCS_MUST_CHECK;

#endif
