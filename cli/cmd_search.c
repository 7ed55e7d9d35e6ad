/* search: the query is run, and each hit printed as it comes.  Nothing is written to standard
 * output before the query has been understood and the first hit was found. */
#include "cli/ask.h"
#include "cli/batch.h"
#include "cli/facets.h"
#include "cli/help_query.h"
#include "cli/hits.h"
#include "cli/pager.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_EXPAND,
    OPT_TABLES,
    OPT_FIELDS,
    OPT_LIMIT,
    OPT_OFFSET,
    OPT_SORT,
    OPT_SNIPPETS,
    OPT_SUGGEST,
    OPT_HIGHLIGHT,
    OPT_PAGER,
    OPT_GROUP,
    OPT_ALL_COPIES,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_FACET,
    OPT_NO_HITS,
    OPT_TIME_LIMIT,
    OPT_EXPLAIN,
    OPT_OK_EMPTY,
    OPT_BATCH,
    OPT_COUNT
};

enum { HITS_MAX = 1000000000, SNIPPETS_MAX = 100, SNIPPETS_TEXT = 2, SNIPPETS_JSON = 3 };

/* In the order of ocs_order. */
static const char *const order_names[] = {"score", "date", "date-asc", NULL};

static const char *const group_names[] = {"dup", "source", "none", NULL};
static const ocs_group group_values[] = {OCS_GROUP_COPIES, OCS_GROUP_SOURCE, OCS_GROUP_NONE};

static const ocs_option search_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(ocs_hit_format_names, OCS_HITS_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_EXPAND] = OCS_ROW_EXPAND,
    [OPT_TABLES] = OCS_ROW_QUERY_TABLES,
    [OPT_FIELDS] = {.name = "fields",
                    .value = "NAME,...",
                    .type = OCS_OPTION_STRING,
                    .about = "the keys of doc records, the columns of rows, the values of text0"},
    [OPT_LIMIT] = OCS_ROW_LIMIT(HITS_MAX, 10, "print at most N hits (default 10); 0 for all"),
    [OPT_OFFSET] = OCS_ROW_OFFSET(HITS_MAX, "leave out the first N hits"),
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
    [OPT_SUGGEST] = {.name = "suggest",
                     .about = "tell what else may have been meant, also when something is found"},
    [OPT_HIGHLIGHT] = OCS_ROW_HIGHLIGHT,
    [OPT_PAGER] = OCS_ROW_PAGER,
    [OPT_GROUP] = {.name = "group",
                   .type = OCS_OPTION_CHOICE,
                   .choices = group_names,
                   .about = "print only the best of copies (dup), or of the pages of a source"},
    [OPT_ALL_COPIES] = {.name = "all-copies",
                        .about = "print also the pages that are copies of a better hit: "
                                 "--group=none"},
    [OPT_SINCE] = OCS_ROW_SINCE,
    [OPT_UNTIL] = OCS_ROW_UNTIL,
    [OPT_FACET] = {.name = "facet",
                   .value = "NAME[:N],...",
                   .type = OCS_OPTION_STRINGS,
                   .about = "count all documents that match by person, country, year, ... (below); "
                            "print the N most frequent (default 10), 0 for all"},
    [OPT_NO_HITS] = {.name = "no-hits", .about = "print the facets alone"},
    [OPT_TIME_LIMIT] = {.name = "time-limit",
                        .value = "SECONDS",
                        .type = OCS_OPTION_SECONDS,
                        .about = "print what was found by then, and exit with 3"},
    [OPT_EXPLAIN] = {.name = "explain",
                     .about = "print first how the query was understood and what it became"},
    [OPT_OK_EMPTY] = OCS_ROW_OK_EMPTY,
    [OPT_BATCH] = OCS_ROW_BATCH("search for"),
};

static ocs_hit_format format_of(const ocs_cli *cli)
{
    return (ocs_hit_format)ocs_cli_number(cli, OPT_FORMAT);
}

static bool rows(ocs_hit_format format)
{
    return format == OCS_HITS_CSV || format == OCS_HITS_TSV;
}

/* Without a place for anything but values. */
static bool bare(ocs_hit_format format)
{
    return format != OCS_HITS_TEXT && ocs_hit_format_fields(format) != OCS_FIELDS_RECORDS;
}

static ocs_group group_of(const ocs_cli *cli)
{
    return ocs_cli_flag(cli, OPT_ALL_COPIES) ? OCS_GROUP_NONE
                                             : group_values[ocs_cli_number(cli, OPT_GROUP)];
}

static void put_facet(void *payload, const ocs_facet *facet)
{
    ocs_facets_put(payload, facet);
}

/* What is asked for beside the query. */
typedef struct request {
    ocs_fields fields; /* none chosen: n is 0 */
    ocs_facets_asked facets;
} request;

/* What is not printed is not looked for either. */
static ocs_search search_of(const ocs_cli *cli, const ocs_facets_asked *facets,
                            const ocs_fields *fields)
{
    long long limit = ocs_cli_number(cli, OPT_LIMIT), snippets = ocs_cli_number(cli, OPT_SNIPPETS);
    ocs_search search = {.first = (uint32_t)ocs_cli_number(cli, OPT_OFFSET),
                         .group = group_of(cli),
                         .facets = facets->at,
                         .n_facets = facets->n,
                         .facet = put_facet,
                         .time_limit = cli->given->values[OPT_TIME_LIMIT].seconds,
                         .order = (ocs_order)ocs_cli_number(cli, OPT_SORT)};
    search.most = limit > 0 ? (uint32_t)limit : UINT32_MAX - search.first;
    if (ocs_cli_flag(cli, OPT_NO_HITS))
        search.first = search.most = 0;
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

/* "3 of ", but for --no-hits, which is no question of how many hits to show. */
static void say_summary(const ocs_outcome *outcome, uint32_t shown, ocs_group group, bool no_hits)
{
    const char *about = outcome->exact ? "" : "about ";
    if (outcome->incomplete)
        ocs_say("time ran out: what was found is not all");
    if (outcome->matches == 0 && shown == 0)
        ocs_say_plain(OCS_STR("no documents"));
    else {
        char line[128], groups[32] = "", part[32] = "";
        if (!no_hits)
            snprintf(part, sizeof part, "%u of ", (unsigned)shown);
        if (outcome->grouped && outcome->groups < outcome->matches)
            snprintf(groups, sizeof groups, ", %u %s", (unsigned)outcome->groups,
                     group == OCS_GROUP_SOURCE ? "groups by source" : "without copies");
        snprintf(line, sizeof line, "%s%s%u document%s%s", part, about, (unsigned)outcome->matches,
                 outcome->matches == 1 ? "" : "s", groups);
        ocs_say_plain(ocs_str_of(line));
    }
}

static void say_suggestions(const ocs_hits *hits)
{
    char line[32];
    for (size_t i = 0; i < hits->n_suggestions; i++) {
        const ocs_suggestion *s = &hits->suggestions[i];
        ocs_buf text;
        ocs_buf_init(&text, 1 << 20);
        snprintf(line, sizeof line, "%s%u", s->exact ? "" : "about ", (unsigned)s->matches);
        ocs_buf_putf(&text, "%s  %.*s  (%s document%s)", i == 0 ? "did you mean" : "          or",
                     OCS_ARG(s->query), line, s->matches == 1 ? "" : "s");
        ocs_say_plain(ocs_buf_str(&text));
        ocs_buf_clear(&text);
    }
}

/* Nothing can be found in an index without documents. */
static void say_empty(ocs_index *index)
{
    uint32_t documents;
    if (xap_db_count(ocs_index_db(index), &documents, NULL) == OCS_OK && documents == 0)
        ocs_say("the index is empty: 'ocsearch index FOLDER' fills it");
}

/* Whether they are wanted; of an index that is elsewhere only when asked for, since all its terms
 * would have to come here. */
static bool wants_suggestions(const ocs_cli *cli, const ocs_index *index, uint32_t matches)
{
    return ocs_cli_flag(cli, OPT_SUGGEST) || (matches == 0 && !ocs_index_elsewhere(index));
}

/* A query that found nothing is enough of an answer: that no suggestion can be made is no failure. */
static void suggest(const ocs_cli *cli, ocs_index *index, ocs_hits *hits,
                    const ocs_outcome *outcome)
{
    ocs_error err = {0};
    ocs_suggestion *found = NULL;
    if (bare(hits->format) || !wants_suggestions(cli, index, outcome->matches))
        return;
    if (ocs_suggest(index, hits->query, cli->arena, &found, &hits->n_suggestions, &err) != OCS_OK)
        return;
    hits->suggestions = found;
    hits->suggested = true;
}

static ocs_exit finish(const ocs_cli *cli, ocs_hits *hits, const ocs_outcome *outcome)
{
    bool found = hits->shown > 0 || (ocs_cli_flag(cli, OPT_NO_HITS) && outcome->matches > 0);
    ocs_hits_finish(hits, outcome, outcome->incomplete);
    ocs_pager_end(hits->out); /* what is said now is to stand behind the hits */
    if (hits->format == OCS_HITS_TEXT || outcome->incomplete)
        say_summary(outcome, hits->shown, group_of(cli), ocs_cli_flag(cli, OPT_NO_HITS));
    if (hits->format == OCS_HITS_TEXT)
        say_suggestions(hits);
    if (outcome->incomplete)
        return OCS_EXIT_INCOMPLETE;
    if (found || ocs_cli_flag(cli, OPT_OK_EMPTY))
        return OCS_EXIT_OK;
    return OCS_EXIT_NONE;
}

/* A failure before the first hit leaves standard output empty; one after it is told in the summary,
 * because the hits so far are right. */
static ocs_exit fail(ocs_hits *hits, ocs_status status, const ocs_error *err)
{
    if (hits->shown > 0)
        ocs_pager_end(hits->out);
    ocs_exit code = ocs_ask_failure(hits->query, status, err);
    if (hits->shown == 0) {
        ocs_out_drop(hits->out);
        ocs_hits_clear(hits);
        return code;
    }
    ocs_hits_finish(hits, &(ocs_outcome){.matches = hits->shown, .shown = hits->shown}, true);
    return OCS_EXIT_INCOMPLETE;
}

/* Of a part that was lost behind the first hit the summary tells the name. */
static void find_lost(ocs_index *index, ocs_status failed)
{
    ocs_error none;
    if (failed != OCS_NETWORK && failed != OCS_TIMEOUT)
        return;
    if (ocs_index_recover(index, failed, &none) != OCS_OK)
        return; /* whatever it is, the failure is told */
}

static ocs_exit run_query(const ocs_cli *cli, ocs_index *index, ocs_str query, const request *asked)
{
    ocs_hits hits;
    ocs_outcome outcome = {0};
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_hits_init(&hits, cli->out, format_of(cli), query, ocs_cli_flag(cli, OPT_EXPLAIN));
    hits.highlight = (ocs_highlight)ocs_cli_number(cli, OPT_HIGHLIGHT);
    hits.index = index;
    hits.facets_only = ocs_cli_flag(cli, OPT_NO_HITS);
    if (asked->fields.n > 0)
        hits.fields = asked->fields;
    ocs_search search = search_of(cli, &asked->facets, &hits.fields);
    ocs_pager_choose(cli->out, (ocs_paging)ocs_cli_number(cli, OPT_PAGER),
                     hits.format == OCS_HITS_TEXT);
    ocs_search_calls calls = {.each = put_hit, .planned = put_plan, .payload = &hits};
    ocs_status st = ocs_search_run(index, query, &search, &calls, &outcome, &err);
    if (st != OCS_OK && hits.shown > 0)
        find_lost(index, st);
    if (st != OCS_OK)
        return fail(&hits, st, &err);
    suggest(cli, index, &hits, &outcome);
    if (outcome.matches == 0)
        say_empty(index);
    return finish(cli, &hits, &outcome);
}

/* Options that do not go together. */
static ocs_exit check_options(const ocs_cli *cli, const ocs_facets_asked *facets)
{
    const char *wrong = NULL;
    bool no_hits = ocs_cli_flag(cli, OPT_NO_HITS);
    bool values = bare(format_of(cli));
    if (ocs_cli_flag(cli, OPT_EXPLAIN) && values)
        wrong = "--explain has no place in rows; use --format=text, jsonl or json";
    else if (facets->n > 0 && values && !rows(format_of(cli)))
        wrong = "facets are for --format=text, jsonl, json, csv and tsv";
    else if (facets->n > 0 && values && !no_hits)
        wrong = "rows are of one kind: print facets as csv or tsv with --no-hits";
    else if (no_hits && facets->n == 0)
        wrong = "--no-hits leaves nothing to print without --facet";
    else if (ocs_cli_flag(cli, OPT_ALL_COPIES) && ocs_cli_flag(cli, OPT_GROUP) &&
             group_values[ocs_cli_number(cli, OPT_GROUP)] != OCS_GROUP_NONE)
        wrong = "--all-copies is --group=none, and not another --group";
    if (!wrong)
        return OCS_EXIT_OK;
    ocs_say("%s", wrong);
    return OCS_EXIT_USAGE;
}

static ocs_exit read_query(const ocs_cli *cli, ocs_str *query)
{
    ocs_error err = {0};
    ocs_status st = ocs_cli_words(cli, "the query", query, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    ocs_exit code = ocs_ask_check(cli, *query);
    return code == OCS_EXIT_OK ? ocs_ask_within(cli, OPT_SINCE, OPT_UNTIL, query) : code;
}

/* None chosen: ${fields->n} is 0. */
static ocs_exit read_fields(const ocs_cli *cli, ocs_fields *fields)
{
    ocs_error err = {0};
    const char *text = ocs_cli_text(cli, OPT_FIELDS);
    unsigned where = ocs_hit_format_fields(format_of(cli));
    *fields = (ocs_fields){.n = 0};
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
                           const request *asked, ocs_error *err)
{
    ocs_hits hits;
    ocs_outcome outcome = {0};
    ocs_hits_init(&hits, cli->out, OCS_HITS_JSONL, batch->query, ocs_cli_flag(cli, OPT_EXPLAIN));
    hits.name = batch->name;
    hits.index = index;
    if (asked->fields.n > 0)
        hits.fields = asked->fields;
    ocs_search search = search_of(cli, &asked->facets, &hits.fields);
    ocs_search_calls calls = {.each = put_hit, .planned = put_plan, .payload = &hits};
    ocs_status st = ocs_search_run(index, batch->query, &search, &calls, &outcome, err);
    if (st == OCS_OK || hits.shown > 0)
        ocs_hits_finish(&hits, &outcome, st != OCS_OK || outcome.incomplete);
    else
        ocs_hits_clear(&hits);
    return st;
}

static ocs_exit run_lines(const ocs_cli *cli, ocs_index *index, ocs_batch *batch,
                          const request *asked)
{
    ocs_status st;
    ocs_error err;
    ocs_records errors;
    ocs_records_init(&errors, cli->out, false);
    while (cli->out->error == 0 && (st = ocs_batch_next(batch, &err)) != OCS_NOTFOUND) {
        if (st == OCS_OK)
            st = run_line(cli, index, batch, asked, &err);
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

static ocs_exit search_batch(const ocs_cli *cli, const request *asked)
{
    ocs_index *index;
    ocs_batch batch;
    if (ocs_cli_flag(cli, OPT_SINCE) || ocs_cli_flag(cli, OPT_UNTIL)) {
        ocs_say("search --batch takes dates in its queries: date:2016..2018");
        return OCS_EXIT_USAGE;
    }
    if (format_of(cli) != OCS_HITS_JSONL || cli->given->n_arguments > 0) {
        ocs_say("search --batch wants --format=jsonl, and no other query than those in the file");
        return OCS_EXIT_USAGE;
    }
    ocs_exit code = ocs_batch_open(ocs_cli_text(cli, OPT_BATCH), &batch);
    if (code != OCS_EXIT_OK)
        return code;
    code = ocs_place_open(cli, OPT_DB, &index);
    if (code == OCS_EXIT_OK) {
        code = ocs_place_close(index, run_lines(cli, index, &batch, asked));
    }
    ocs_batch_close(&batch);
    return code;
}

/* ---- the command ---- */

static ocs_exit search_one(const ocs_cli *cli, const request *asked)
{
    ocs_str query;
    ocs_index *index;
    ocs_exit code = read_query(cli, &query);
    if (code == OCS_EXIT_OK)
        code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    code = run_query(cli, index, query, asked);
    return ocs_place_close(index, code);
}

static ocs_exit search_run(ocs_cli *cli)
{
    request asked;
    ocs_exit code = read_fields(cli, &asked.fields);
    if (code == OCS_EXIT_OK)
        code = ocs_facets_ask(cli, OPT_FACET, &asked.facets);
    if (code == OCS_EXIT_OK)
        code = check_options(cli, &asked.facets);
    if (code != OCS_EXIT_OK)
        return code;
    return ocs_cli_text(cli, OPT_BATCH) ? search_batch(cli, &asked) : search_one(cli, &asked);
}

static void print_fields(ocs_buf *out)
{
    ocs_facets_help(out);
    ocs_buf_puts(out, "\nFields of the query language ('ocsearch help query' has the rest):\n");
    ocs_help_fields(out);
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
