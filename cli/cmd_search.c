/* search: the query is run, and each hit printed as it comes.  Nothing is written to standard
 * output before the query has been understood and the first hit was found. */
#include "cli/ask.h"
#include "cli/batch.h"
#include "cli/hits.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_FIELDS,
    OPT_LIMIT,
    OPT_OFFSET,
    OPT_SORT,
    OPT_SNIPPETS,
    OPT_ALL_COPIES,
    OPT_EXPLAIN,
    OPT_OK_EMPTY,
    OPT_BATCH,
    OPT_COUNT
};

enum { HITS_MAX = 1000000000, SNIPPETS_MAX = 100, SNIPPETS_TEXT = 2, SNIPPETS_JSON = 3 };

/* In the order of ocs_order. */
static const char *const order_names[] = {"score", "date", "date-asc", NULL};

static const ocs_option search_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(ocs_hit_format_names, OCS_HITS_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_FIELDS] = {.name = "fields",
                    .value = "NAME,...",
                    .type = OCS_OPTION_STRING,
                    .about = "the keys of doc records, the columns of rows, the values of text0"},
    [OPT_LIMIT] = {.name = "limit",
                   .letter = 'n',
                   .value = "N",
                   .type = OCS_OPTION_INT,
                   .low = 0,
                   .high = HITS_MAX,
                   .preset = 10,
                   .about = "print at most N hits (default 10); 0 for all"},
    [OPT_OFFSET] = {.name = "offset",
                    .value = "N",
                    .type = OCS_OPTION_INT,
                    .low = 0,
                    .high = HITS_MAX,
                    .about = "leave out the first N hits"},
    [OPT_SORT] = {.name = "sort",
                  .type = OCS_OPTION_CHOICE,
                  .choices = order_names,
                  .about = "best hits first, newest first, or oldest first"},
    [OPT_SNIPPETS] = {.name = "snippets",
                      .value = "N",
                      .type = OCS_OPTION_INT,
                      .low = 0,
                      .high = SNIPPETS_MAX,
                      .preset = -1,
                      .about = "at most N excerpts a hit (default 2, in records 3)"},
    [OPT_ALL_COPIES] = {.name = "all-copies",
                        .about = "print also the pages that are copies of a better hit"},
    [OPT_EXPLAIN] = {.name = "explain",
                     .about = "print first how the query was understood and what it became"},
    [OPT_OK_EMPTY] = {.name = "ok-empty", .about = "exit with 0 when nothing is found"},
    [OPT_BATCH] = OCS_ROW_BATCH("search for"),
};

static ocs_hit_format format_of(const ocs_cli *cli)
{
    return (ocs_hit_format)ocs_cli_number(cli, OPT_FORMAT);
}

/* What is not printed is not looked for either. */
static ocs_search search_of(const ocs_cli *cli, const ocs_fields *fields)
{
    long long limit = ocs_cli_number(cli, OPT_LIMIT), snippets = ocs_cli_number(cli, OPT_SNIPPETS);
    ocs_search search = {.first = (uint32_t)ocs_cli_number(cli, OPT_OFFSET),
                         .group = !ocs_cli_flag(cli, OPT_ALL_COPIES),
                         .order = (ocs_order)ocs_cli_number(cli, OPT_SORT)};
    search.most = limit > 0 ? (uint32_t)limit : UINT32_MAX - search.first;
    if (snippets < 0)
        snippets = format_of(cli) == OCS_HITS_TEXT ? SNIPPETS_TEXT : SNIPPETS_JSON;
    search.snippets = ocs_fields_have(fields, OCS_HIT_SNIPPETS) ? (unsigned)snippets : 0;
    search.skip_copies =
        !ocs_fields_have(fields, OCS_HIT_COPIES) && !ocs_fields_have(fields, OCS_HIT_DUPLICATES);
    return search;
}

static bool put_hit(void *payload, const ocs_hit *hit)
{
    ocs_hits *hits = payload;
    ocs_hits_put(hits, hit);
    return hits->out->error == 0;
}

static void put_plan(void *payload, const ocs_node *tree, const ocs_plan *plan)
{
    ocs_hits_start(payload, tree, plan);
}

static void say_summary(const ocs_outcome *outcome, uint32_t shown)
{
    const char *about = outcome->exact ? "" : "about ";
    if (outcome->matches == 0 && shown == 0)
        ocs_say_plain(OCS_STR("no documents"));
    else {
        char line[128], groups[32] = "";
        if (outcome->grouped && outcome->groups < outcome->matches)
            snprintf(groups, sizeof groups, ", %u without copies", (unsigned)outcome->groups);
        snprintf(line, sizeof line, "%u of %s%u document%s%s", (unsigned)shown, about,
                 (unsigned)outcome->matches, outcome->matches == 1 ? "" : "s", groups);
        ocs_say_plain(ocs_str_of(line));
    }
}

static ocs_exit finish(const ocs_cli *cli, ocs_hits *hits, const ocs_outcome *outcome)
{
    ocs_hits_finish(hits, outcome, false);
    if (hits->format == OCS_HITS_TEXT)
        say_summary(outcome, hits->shown);
    if (hits->shown > 0 || ocs_cli_flag(cli, OPT_OK_EMPTY))
        return OCS_EXIT_OK;
    return OCS_EXIT_NONE;
}

/* A failure before the first hit leaves standard output empty; one after it is told in the summary,
 * because the hits so far are right. */
static ocs_exit fail(ocs_hits *hits, ocs_status status, const ocs_error *err)
{
    ocs_exit code = ocs_ask_failure(hits->query, status, err);
    if (hits->shown == 0) {
        ocs_out_drop(hits->out);
        ocs_hits_clear(hits);
        return code;
    }
    ocs_hits_finish(hits, &(ocs_outcome){.matches = hits->shown, .shown = hits->shown}, true);
    return OCS_EXIT_INCOMPLETE;
}

static ocs_exit run_query(const ocs_cli *cli, ocs_index *index, ocs_str query,
                          const ocs_fields *fields)
{
    ocs_hits hits;
    ocs_outcome outcome = {0};
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_hits_init(&hits, cli->out, format_of(cli), query, ocs_cli_flag(cli, OPT_EXPLAIN));
    if (fields->n > 0)
        hits.fields = *fields;
    ocs_search search = search_of(cli, &hits.fields);
    ocs_search_calls calls = {.each = put_hit, .planned = put_plan, .payload = &hits};
    ocs_status st = ocs_search_run(index, query, &search, &calls, &outcome, &err);
    return st == OCS_OK ? finish(cli, &hits, &outcome) : fail(&hits, st, &err);
}

/* None chosen: ${fields->n} is 0. */
static ocs_exit read_fields(const ocs_cli *cli, ocs_fields *fields)
{
    ocs_error err = {0};
    const char *text = ocs_cli_text(cli, OPT_FIELDS);
    unsigned where = ocs_hit_format_fields(format_of(cli));
    *fields = (ocs_fields){.n = 0};
    if (ocs_cli_flag(cli, OPT_EXPLAIN) && format_of(cli) != OCS_HITS_TEXT &&
        where != OCS_FIELDS_RECORDS) {
        ocs_say("--explain has no place in rows; use --format=text, jsonl or json");
        return OCS_EXIT_USAGE;
    }
    if (!text)
        return OCS_EXIT_OK;
    if (where == 0) {
        ocs_say("--fields is for --format=jsonl, json, csv, tsv and text0");
        return OCS_EXIT_USAGE;
    }
    ocs_status st = ocs_fields_parse(text, where, fields, &err);
    return st == OCS_OK ? OCS_EXIT_OK : ocs_say_failure(st, &err);
}

/* ---- a batch ---- */

/* The records of one query: header, hits and summary, or nothing where it failed before its first
 * hit. */
static ocs_status run_line(const ocs_cli *cli, ocs_index *index, const ocs_batch *batch,
                           const ocs_fields *fields, ocs_error *err)
{
    ocs_hits hits;
    ocs_outcome outcome = {0};
    ocs_hits_init(&hits, cli->out, OCS_HITS_JSONL, batch->query, ocs_cli_flag(cli, OPT_EXPLAIN));
    hits.name = batch->name;
    if (fields->n > 0)
        hits.fields = *fields;
    ocs_search search = search_of(cli, &hits.fields);
    ocs_search_calls calls = {.each = put_hit, .planned = put_plan, .payload = &hits};
    ocs_status st = ocs_search_run(index, batch->query, &search, &calls, &outcome, err);
    if (st == OCS_OK || hits.shown > 0)
        ocs_hits_finish(&hits, &outcome, st != OCS_OK);
    else
        ocs_hits_clear(&hits);
    return st;
}

static ocs_exit run_lines(const ocs_cli *cli, ocs_index *index, ocs_batch *batch,
                          const ocs_fields *fields)
{
    ocs_status st;
    ocs_error err;
    ocs_records errors;
    ocs_records_init(&errors, cli->out, false);
    while (cli->out->error == 0 && (st = ocs_batch_next(batch, &err)) != OCS_NOTFOUND) {
        if (st == OCS_OK)
            st = run_line(cli, index, batch, fields, &err);
        if (st != OCS_OK && !ocs_batch_goes_on(st)) {
            ocs_records_finish(&errors);
            return ocs_place_failure(st, &err);
        }
        if (st != OCS_OK)
            ocs_batch_fail(batch, &errors, st, &err);
    }
    ocs_records_finish(&errors);
    return batch->failed > 0 ? OCS_EXIT_INCOMPLETE : OCS_EXIT_OK;
}

static ocs_exit search_batch(const ocs_cli *cli, const ocs_fields *fields)
{
    ocs_index *index;
    ocs_batch batch;
    if (format_of(cli) != OCS_HITS_JSONL || cli->given->n_arguments > 0) {
        ocs_say("search --batch wants --format=jsonl, and no other query than those in the file");
        return OCS_EXIT_USAGE;
    }
    ocs_exit code = ocs_batch_open(ocs_cli_text(cli, OPT_BATCH), &batch);
    if (code != OCS_EXIT_OK)
        return code;
    code = ocs_place_open(cli, OPT_DB, &index);
    if (code == OCS_EXIT_OK) {
        code = run_lines(cli, index, &batch, fields);
        ocs_index_close(index);
    }
    ocs_batch_close(&batch);
    return code;
}

/* ---- the command ---- */

static ocs_exit search_one(ocs_cli *cli, const ocs_fields *fields)
{
    ocs_str query;
    ocs_index *index;
    ocs_error err = {0};
    ocs_status st = ocs_cli_words(cli, "the query", &query, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    ocs_exit code = ocs_ask_check(cli, query);
    if (code == OCS_EXIT_OK)
        code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    code = run_query(cli, index, query, fields);
    ocs_index_close(index);
    return code;
}

static ocs_exit search_run(ocs_cli *cli)
{
    ocs_fields fields;
    ocs_exit code = read_fields(cli, &fields);
    if (code != OCS_EXIT_OK)
        return code;
    return ocs_cli_text(cli, OPT_BATCH) ? search_batch(cli, &fields) : search_one(cli, &fields);
}

static void print_fields(ocs_buf *out)
{
    ocs_buf_puts(out, "\nFields of the query language:\n");
    for (size_t i = 0; ocs_query_field_name(i); i++)
        ocs_buf_putf(out, "  %-8s %s\n", ocs_query_field_name(i), ocs_query_field_about(i));
    ocs_buf_puts(out,
                 "\nWords that start with '-' go after '--':  ocsearch -- crime -corruption\n");
}

const ocs_command ocs_cmd_search = {
    "search",
    "QUERY...",
    "Find documents by words, phrases, people, places, organisations and dates",
    search_options,
    OPT_COUNT,
    search_run,
    print_fields};
