/* status: what the index holds and in what state it is. */
#include "cli/records.h"
#include "cli/status_report.h"

#include <inttypes.h>
#include <stdio.h>

enum { OPT_DB = OCS_OPTION_OWN, OPT_FORMAT, OPT_FORMAT_VERSION, OPT_VERBOSE, OPT_COUNT };

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON };
static const char *const formats[] = {"text", "jsonl", "json", NULL};

static const ocs_option status_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DB,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_VERBOSE] = {.name = "verbose",
                     .letter = 'v',
                     .type = OCS_OPTION_COUNT,
                     .about = "list the pages that could not be indexed, with the reasons"},
};

/* ---- records ---- */

static void put_languages(ocs_json *json, const char *langs)
{
    ocs_str rest = ocs_str_of(langs), lang;
    ocs_json_key(json, "languages");
    ocs_json_array(json);
    while (ocs_str_split(&rest, ' ', &lang))
        if (lang.n > 0)
            ocs_json_str(json, lang);
    ocs_json_array_end(json);
}

/* All of them, or those that are ${missing}. */
static void put_sources(ocs_json *json, const ocs_status_report *r, const char *key, bool missing)
{
    ocs_json_key(json, key);
    ocs_json_array(json);
    for (size_t i = 0; i < r->sources.n; i++)
        if (!missing || r->sources.at[i].missing)
            ocs_json_str(json, r->sources.at[i].name);
    ocs_json_array_end(json);
}

static void put_failures(ocs_json *json, const ocs_status_report *r)
{
    ocs_json_key(json, "failures");
    ocs_json_array(json);
    for (size_t i = 0; i < r->failures.n; i++) {
        ocs_json_object(json);
        ocs_json_key_str(json, "path", r->failures.at[i].path);
        ocs_json_key_str(json, "message", r->failures.at[i].message);
        ocs_json_key_bool(json, "every_run", r->failures.at[i].refused);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

static void put_state(ocs_json *json, const ocs_status_report *r)
{
    char time[32], rules[17];
    const ocs_index_info *info = &r->info;
    ocs_str updated = ocs_status_time(info->updated, time);
    snprintf(rules, sizeof rules, "%016" PRIx64, info->rules);
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_str(json, "database", ocs_str_of(info->database));
    ocs_json_key_int(json, "documents", info->documents);
    ocs_json_key_int(json, "failed_pages", info->failed_pages);
    ocs_json_key_int(json, "retried_pages", (long long)r->refused_pages);
    ocs_json_key(json, "updated");
    ocs_json_cstr(json, updated.n > 0 ? updated.p : NULL);
    ocs_json_key_int(json, "bytes", (long long)info->bytes);
    ocs_json_key_int(json, "format", info->format);
    ocs_json_key_str(json, "rules", ocs_str_of(rules));
    ocs_json_key_bool(json, "stale", ocs_status_is_stale(r));
    ocs_json_key_int(json, "stale_pages", (long long)r->stale_pages);
    ocs_json_key_int(json, "changes", (long long)info->changes);
    ocs_json_key_int(json, "compacted_at", (long long)info->changes_most);
}

static void put_time(ocs_json *json, const char *key, int64_t seconds)
{
    char time[32];
    ocs_str text = ocs_status_time(seconds, time);
    ocs_json_key(json, key);
    if (text.n > 0)
        ocs_json_str(json, text);
    else
        ocs_json_cstr(json, NULL);
}

/* "done", "failed"; of a run that has no end "going" or "killed". */
static const char *result_of(const ocs_last_run *last)
{
    if (last->ended == 0)
        return last->going ? "going" : "killed";
    return last->status == OCS_OK ? "done" : "failed";
}

static void put_last(ocs_json *json, const ocs_status_report *r)
{
    const ocs_last_run *last = &r->last;
    bool failed = last->ended > 0 && last->status != OCS_OK;
    ocs_json_key(json, "last_run");
    if (!r->knows_last) {
        ocs_json_cstr(json, NULL);
        return;
    }
    ocs_json_object(json);
    put_time(json, "began", last->began);
    put_time(json, "ended", last->ended);
    ocs_json_key_str(json, "result", ocs_str_of(result_of(last)));
    ocs_json_key(json, "error");
    ocs_json_cstr(json, failed ? last->message : NULL);
    for (int i = 0; i < OCS_FATE_COUNT; i++)
        ocs_json_key_int(json, ocs_fate_name((ocs_fate)i), (long long)last->pages[i]);
    ocs_json_object_end(json);
}

static void print_record(const ocs_cli *cli, const ocs_status_report *r)
{
    ocs_records records;
    ocs_records_init(&records, cli->out, ocs_cli_number(cli, OPT_FORMAT) == FORMAT_JSON);
    ocs_json *json = ocs_records_begin(&records, "status");
    put_state(json, r);
    put_languages(json, r->info.langs);
    put_sources(json, r, "sources", false);
    put_sources(json, r, "missing_sources", true);
    put_last(json, r);
    if (ocs_cli_flag(cli, OPT_VERBOSE))
        put_failures(json, r);
    ocs_records_end(&records);
    ocs_records_finish(&records);
}

static ocs_exit status_run(ocs_cli *cli)
{
    ocs_index *index;
    ocs_error err = {0};
    ocs_status_report r = {.arena = cli->arena, .lists_failures = ocs_cli_flag(cli, OPT_VERBOSE)};
    if (cli->given->n_arguments > 0) {
        ocs_say("status takes no arguments, only options");
        return OCS_EXIT_USAGE;
    }
    ocs_exit code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_status st = ocs_status_read(index, &r, &err);
    if (st != OCS_OK)
        return ocs_place_close(index, ocs_place_failure(st, &err));
    if (ocs_cli_number(cli, OPT_FORMAT) == FORMAT_TEXT)
        ocs_status_print_text(&r, cli->out);
    else
        print_record(cli, &r);
    return ocs_place_close(index, OCS_EXIT_OK);
}

const ocs_command ocs_cmd_status = {
    "status",   "",  "Show what the index holds and in what state it is", status_options, OPT_COUNT,
    status_run, NULL};
