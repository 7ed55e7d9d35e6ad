/* count: how many documents match, exactly: one query, or a batch of them, each answered before the
 * next is read. */
#include "cli/answer.h"
#include "cli/batch.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_BATCH,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_EXPAND,
    OPT_TABLES,
    OPT_OK_EMPTY,
    OPT_COUNT
};

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON };
static const char *const formats[] = {"text", "jsonl", "json", NULL};

static const ocs_option count_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_BATCH] = OCS_ROW_BATCH("count"),
    [OPT_SINCE] = OCS_ROW_SINCE,
    [OPT_UNTIL] = OCS_ROW_UNTIL,
    [OPT_EXPAND] = OCS_ROW_EXPAND,
    [OPT_TABLES] = OCS_ROW_QUERY_TABLES,
    [OPT_OK_EMPTY] = {.name = "ok-empty",
                      .about =
                          "exit with 0 when nothing is found, as count does anyway: 0 is a count"},
};

static bool text_form(const ocs_cli *cli)
{
    return ocs_cli_number(cli, OPT_FORMAT) == FORMAT_TEXT;
}

/* ---- one query ---- */

static void print_count(const ocs_cli *cli, const ocs_index *index, ocs_str query, uint32_t matches)
{
    ocs_records records;
    if (text_form(cli)) {
        ocs_out_putf(cli->out, "%u\n", (unsigned)matches);
        return;
    }
    ocs_records_init(&records, cli->out, ocs_cli_number(cli, OPT_FORMAT) == FORMAT_JSON);
    ocs_json *json = ocs_records_begin(&records, "count");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_str(json, "query", query);
    ocs_json_key_int(json, "matches", matches);
    ocs_answer_missing(json, index);
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
        print_count(cli, index, query, matches);
    else
        code = ocs_ask_failure(query, st, &err);
    return ocs_place_close(index, code);
}

static ocs_exit count_one(const ocs_cli *cli)
{
    ocs_str query;
    ocs_error err = {0};
    ocs_status st = ocs_cli_words(cli, "the query", &query, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    ocs_exit code = ocs_ask_check(cli, query);
    if (code == OCS_EXIT_OK)
        code = ocs_ask_within(cli, OPT_SINCE, OPT_UNTIL, &query);
    return code == OCS_EXIT_OK ? count(cli, query) : code;
}

/* ---- a batch ---- */

static void put_line(ocs_out *out, const ocs_batch *batch, uint32_t matches)
{
    ocs_out_putf(out, "%u\t", (unsigned)matches);
    ocs_out_line(out, batch->name.n > 0 ? batch->name : batch->query);
    ocs_out_puts(out, "\n");
    ocs_out_deliver(out);
}

static void put_record(ocs_records *records, const ocs_batch *batch, uint32_t matches)
{
    ocs_json *json = ocs_records_begin(records, "count");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_batch_keys(batch, json);
    ocs_json_key_int(json, "matches", matches);
    ocs_records_end(records);
}

static void put_end(ocs_records *records, const ocs_index *index, const ocs_batch *batch)
{
    ocs_json *json = ocs_records_begin(records, "counts");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_int(json, "queries", batch->queries);
    ocs_json_key_int(json, "failed", batch->failed);
    ocs_answer_missing(json, index);
    ocs_records_end(records);
}

/* ${records} is NULL for text.  A query that fails is told and counted; what ends the batch comes
 * back. */
static ocs_status count_lines(const ocs_cli *cli, ocs_index *index, ocs_batch *batch,
                              ocs_records *records, ocs_error *err)
{
    ocs_status st;
    while (cli->out->error == 0 && (st = ocs_batch_next(batch, err)) != OCS_NOTFOUND) {
        uint32_t matches = 0;
        if (st == OCS_OK)
            st = ocs_search_count(index, batch->query, &matches, err);
        if (st == OCS_OK && records)
            put_record(records, batch, matches);
        else if (st == OCS_OK)
            put_line(cli->out, batch, matches);
        else if (ocs_batch_goes_on(st))
            ocs_batch_fail(batch, records, st, err);
        else
            return st;
    }
    return OCS_OK;
}

static ocs_exit count_in(const ocs_cli *cli, ocs_index *index, ocs_batch *batch)
{
    ocs_records records;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    bool text = text_form(cli);
    ocs_records_init(&records, cli->out, ocs_cli_number(cli, OPT_FORMAT) == FORMAT_JSON);
    ocs_status st = count_lines(cli, index, batch, text ? NULL : &records, &err);
    if (!text) {
        put_end(&records, index, batch);
        ocs_records_finish(&records);
    }
    if (st != OCS_OK)
        return ocs_place_failure(st, &err);
    return batch->failed > 0 ? OCS_EXIT_INCOMPLETE : OCS_EXIT_OK;
}

static ocs_exit count_batch(const ocs_cli *cli)
{
    ocs_index *index;
    ocs_batch batch;
    if (cli->given->n_arguments > 0) {
        ocs_say("with --batch the queries are those in the file, and not '%s'",
                cli->given->arguments[0]);
        return OCS_EXIT_USAGE;
    }
    ocs_exit code = ocs_batch_open(ocs_cli_text(cli, OPT_BATCH), &batch);
    if (code != OCS_EXIT_OK)
        return code;
    code = ocs_place_open(cli, OPT_DB, &index);
    if (code == OCS_EXIT_OK) {
        code = ocs_place_close(index, count_in(cli, index, &batch));
    }
    ocs_batch_close(&batch);
    return code;
}

static ocs_exit count_run(ocs_cli *cli)
{
    return ocs_cli_text(cli, OPT_BATCH) ? count_batch(cli) : count_one(cli);
}

const ocs_command ocs_cmd_count = {"count",       "QUERY...", "Print how many documents match",
                                   count_options, OPT_COUNT,  count_run,
                                   NULL};
