/* complete: how a query that is being written may go on, a line each, for the completion of shells. */
#include "cli/place.h"
#include "query/complete.h"

enum { OPT_DB = OCS_OPTION_OWN, OPT_LIMIT, OPT_COUNT };

enum { LIMIT = 30, LIMIT_MOST = 1000 };

static const ocs_option complete_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_LIMIT] = {.name = "limit",
                   .letter = 'n',
                   .value = "N",
                   .type = OCS_OPTION_INT,
                   .low = 1,
                   .high = LIMIT_MOST,
                   .preset = LIMIT,
                   .about = "print at most N (default 30)"},
};

static ocs_exit print_all(const ocs_cli *cli, ocs_index *index, ocs_str begun)
{
    ocs_completion *found;
    size_t n;
    ocs_error err = {0};
    size_t most = (size_t)ocs_cli_number(cli, OPT_LIMIT);
    ocs_status st = ocs_complete(index, begun, most, cli->arena, &found, &n, &err);
    if (st != OCS_OK)
        return ocs_place_failure(st, &err);
    for (size_t i = 0; i < n; i++) {
        ocs_out_line(cli->out, found[i].text);
        ocs_out_puts(cli->out, "\n");
    }
    return n > 0 ? OCS_EXIT_OK : OCS_EXIT_NONE;
}

/* The names of fields need no index. */
static ocs_exit complete_run(ocs_cli *cli)
{
    ocs_index *index = NULL;
    const ocs_given *given = cli->given;
    if (given->n_arguments > 1) {
        ocs_say("complete wants one word, the beginning of a query: 'person:ku'");
        return OCS_EXIT_USAGE;
    }
    ocs_str begun = ocs_str_of(given->n_arguments > 0 ? given->arguments[0] : "");
    if (ocs_str_find_char(begun, ':', 0) < begun.n) {
        ocs_exit code = ocs_place_open(cli, OPT_DB, &index);
        if (code != OCS_EXIT_OK)
            return code;
    }
    ocs_exit code = print_all(cli, index, begun);
    ocs_index_close(index);
    return code;
}

const ocs_command ocs_cmd_complete = {"complete",
                                      "[BEGINNING]",
                                      "Print how a query may go on, for the completion of shells",
                                      complete_options,
                                      OPT_COUNT,
                                      complete_run,
                                      NULL};
