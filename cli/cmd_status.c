/* status: what the index holds and in what state it is. */
#include "cli/place.h"
#include "cli/records.h"

#include <inttypes.h>
#include <stdlib.h>
#include <time.h>

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

/* Everything is read before anything is printed, so that a failure leaves no half of it. */
typedef struct failure {
    ocs_str path, message;
} failure;
typedef struct report {
    ocs_index_info info;
    const ocs_aliases *aliases;
    OCS_VEC(ocs_str) sources;
    OCS_VEC(failure) failures;
    ocs_arena *arena;
} report;

static void add_source(void *payload, ocs_str name)
{
    report *r = payload;
    ocs_str *source = ocs_vec_push(r->arena, &r->sources);
    if (source)
        *source = ocs_str_copy(r->arena, name);
}

static void add_failure(void *payload, ocs_str path, ocs_str message)
{
    report *r = payload;
    failure *f = ocs_vec_push(r->arena, &r->failures);
    if (f)
        *f = (failure){ocs_str_copy(r->arena, path), ocs_str_copy(r->arena, message)};
}

static ocs_status read_report(ocs_index *index, bool failures, report *r, ocs_error *err)
{
    ocs_status st = ocs_index_read_info(index, &r->info, err);
    if (st == OCS_OK)
        st = ocs_index_each_source(index, add_source, r, err);
    if (st == OCS_OK && failures)
        st = ocs_index_each_failure(index, add_failure, r, err);
    if (st == OCS_OK && ocs_arena_status(r->arena) != OCS_OK)
        st = ocs_fail(err, OCS_NOMEM, "no memory for the status of the index");
    return st;
}

/* ISO 8601, UTC; empty when the index was never updated. */
static ocs_str print_time(int64_t seconds, char out[32])
{
    struct tm tm;
    time_t time = (time_t)seconds;
    if (seconds == 0 || !gmtime_r(&time, &tm))
        return (ocs_str){0};
    return (ocs_str){out, strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm)};
}

/* Tables of the user's that are named in the environment count; those of an option are unknown
 * here.  What is wrong with them is for `index` to tell. */
static bool made_with_tables(const report *r)
{
    const char *dir = getenv("OCSEARCH_TABLES");
    ocs_gaz_overlay *tables = NULL;
    if (!dir || !*dir || ocs_gaz_overlay_new(&tables, dir, NULL) != OCS_OK)
        return false;
    const ocs_gaz *gaz = ocs_gaz_overlay_gaz(tables);
    bool made = r->info.rules == ocs_update_rules(false, gaz, r->aliases) ||
                r->info.rules == ocs_update_rules(true, gaz, r->aliases);
    ocs_gaz_overlay_free(tables);
    return made;
}

static bool stale(const report *r)
{
    const ocs_index_info *info = &r->info;
    return info->documents > 0 && info->rules != ocs_update_rules(false, NULL, r->aliases) &&
           info->rules != ocs_update_rules(true, NULL, r->aliases) && !made_with_tables(r);
}

/* ---- text ---- */

static void put_lines(ocs_out *out, const report *r)
{
    for (size_t i = 0; i < r->sources.n; i++) {
        ocs_out_putf(out, "%-13s ", i == 0 ? "sources" : "");
        ocs_out_line(out, r->sources.at[i]);
        ocs_out_puts(out, "\n");
    }
    for (size_t i = 0; i < r->failures.n; i++) {
        ocs_out_putf(out, "%-13s ", i == 0 ? "failures" : "");
        ocs_out_line(out, r->failures.at[i].path);
        ocs_out_puts(out, ": ");
        ocs_out_line(out, r->failures.at[i].message);
        ocs_out_puts(out, "\n");
    }
}

static void print_text(const report *r, ocs_out *out)
{
    char time[32];
    const ocs_index_info *info = &r->info;
    ocs_str updated = print_time(info->updated, time);
    ocs_out_puts(out, "database      ");
    ocs_out_line(out, ocs_str_of(info->database));
    ocs_out_putf(out, "\ndocuments     %" PRIu32 "\n", info->documents);
    ocs_out_putf(out, "failed pages  %" PRIu32 "\n", info->failed_pages);
    ocs_out_putf(out, "updated       %.*s\n", OCS_ARG(updated.n > 0 ? updated : OCS_STR("never")));
    ocs_out_putf(out, "languages     %s\n", info->langs);
    ocs_out_putf(out, "bytes         %" PRIu64 "\n", info->bytes);
    ocs_out_putf(out, "format        %" PRIu32 "\n", info->format);
    ocs_out_putf(out, "rules         %016" PRIx64 "%s\n", info->rules,
                 stale(r) ? " (stale: the next index run makes all documents anew)" : "");
    put_lines(out, r);
}

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

static void put_sources(ocs_json *json, const report *r)
{
    ocs_json_key(json, "sources");
    ocs_json_array(json);
    for (size_t i = 0; i < r->sources.n; i++)
        ocs_json_str(json, r->sources.at[i]);
    ocs_json_array_end(json);
}

static void put_failures(ocs_json *json, const report *r)
{
    ocs_json_key(json, "failures");
    ocs_json_array(json);
    for (size_t i = 0; i < r->failures.n; i++) {
        ocs_json_object(json);
        ocs_json_key_str(json, "path", r->failures.at[i].path);
        ocs_json_key_str(json, "message", r->failures.at[i].message);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

static void put_state(ocs_json *json, const report *r)
{
    char time[32], rules[17];
    const ocs_index_info *info = &r->info;
    ocs_str updated = print_time(info->updated, time);
    snprintf(rules, sizeof rules, "%016" PRIx64, info->rules);
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_str(json, "database", ocs_str_of(info->database));
    ocs_json_key_int(json, "documents", info->documents);
    ocs_json_key_int(json, "failed_pages", info->failed_pages);
    ocs_json_key(json, "updated");
    ocs_json_cstr(json, updated.n > 0 ? updated.p : NULL);
    ocs_json_key_int(json, "bytes", (long long)info->bytes);
    ocs_json_key_int(json, "format", info->format);
    ocs_json_key_str(json, "rules", ocs_str_of(rules));
    ocs_json_key_bool(json, "stale", stale(r));
}

static void print_record(const ocs_cli *cli, const report *r)
{
    ocs_records records;
    ocs_records_init(&records, cli->out, ocs_cli_number(cli, OPT_FORMAT) == FORMAT_JSON);
    ocs_json *json = ocs_records_begin(&records, "status");
    put_state(json, r);
    put_languages(json, r->info.langs);
    put_sources(json, r);
    if (ocs_cli_flag(cli, OPT_VERBOSE))
        put_failures(json, r);
    ocs_records_end(&records);
    ocs_records_finish(&records);
}

static ocs_exit status_run(ocs_cli *cli)
{
    ocs_index *index;
    ocs_error err = {0};
    report r = {.arena = cli->arena};
    if (cli->given->n_arguments > 0) {
        ocs_say("status takes no arguments, only options");
        return OCS_EXIT_USAGE;
    }
    ocs_exit code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    r.aliases = ocs_index_aliases(index);
    ocs_status st = read_report(index, ocs_cli_flag(cli, OPT_VERBOSE), &r, &err);
    if (st != OCS_OK)
        return ocs_place_close(index, ocs_place_failure(st, &err));
    if (ocs_cli_number(cli, OPT_FORMAT) == FORMAT_TEXT)
        print_text(&r, cli->out);
    else
        print_record(cli, &r);
    return ocs_place_close(index, OCS_EXIT_OK);
}

const ocs_command ocs_cmd_status = {
    "status",   "",  "Show what the index holds and in what state it is", status_options, OPT_COUNT,
    status_run, NULL};
