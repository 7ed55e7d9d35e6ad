/* --tables=DIR, else $OCSEARCH_TABLES. */
#include "cli/tables.h"

#include <stdlib.h>

ocs_status ocs_cli_tables(const ocs_cli *cli, int option, ocs_gaz_overlay **tables, ocs_error *err)
{
    const char *dir = ocs_cli_text(cli, option);
    *tables = NULL;
    if (!dir)
        dir = getenv("OCSEARCH_TABLES");
    return dir && *dir ? ocs_gaz_overlay_new(tables, dir, err) : OCS_OK;
}
