/* count: how many documents match, exactly. */
#include "cli/ask.h"
#include "cli/records.h"

enum { OPT_DB = OCS_OPTION_OWN, OPT_FORMAT, OPT_FORMAT_VERSION, OPT_COUNT };

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON };
static const char *const formats[] = {"text", "jsonl", "json", NULL};

static const ocs_option count_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
};

static void print_count(const ocs_cli *cli, ocs_str query, uint32_t matches)
{
    ocs_records records;
    long long format = ocs_cli_number(cli, OPT_FORMAT);
    if (format == FORMAT_TEXT) {
        ocs_out_putf(cli->out, "%u\n", (unsigned)matches);
        return;
    }
    ocs_records_init(&records, cli->out, format == FORMAT_JSON);
    ocs_json *json = ocs_records_begin(&records, "count");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_str(json, "query", query);
    ocs_json_key_int(json, "matches", matches);
    ocs_records_end(&records);
    ocs_records_finish(&records);
}

static ocs_exit count(const ocs_cli *cli, ocs_str query)
{
    ocs_index *index;
    uint32_t matches;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_exit code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_status st = ocs_search_count(index, query, &matches, &err);
    if (st == OCS_OK)
        print_count(cli, query, matches);
    else
        code = ocs_ask_failure(query, st, &err);
    return ocs_place_close(index, code);
}

static ocs_exit count_run(ocs_cli *cli)
{
    ocs_str query;
    ocs_error err = {0};
    ocs_status st = ocs_cli_words(cli, "the query", &query, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    ocs_exit code = ocs_ask_check(cli, query);
    return code == OCS_EXIT_OK ? count(cli, query) : code;
}

const ocs_command ocs_cmd_count = {"count",       "QUERY...", "Print how many documents match",
                                   count_options, OPT_COUNT,  count_run,
                                   NULL};
