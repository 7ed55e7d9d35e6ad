/* search: the query is run, and each hit printed as it comes.  Nothing is written to standard
 * output before the query has been understood and the first hit was found. */
#include "cli/ask.h"
#include "cli/help_query.h"
#include "cli/hits.h"
#include "cli/pager.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_LIMIT,
    OPT_OFFSET,
    OPT_SORT,
    OPT_SNIPPETS,
    OPT_SUGGEST,
    OPT_HIGHLIGHT,
    OPT_PAGER,
    OPT_ALL_COPIES,
    OPT_EXPLAIN,
    OPT_OK_EMPTY,
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
    [OPT_SUGGEST] = {.name = "suggest",
                     .about = "tell what else may have been meant, also when something is found"},
    [OPT_HIGHLIGHT] = OCS_ROW_HIGHLIGHT,
    [OPT_PAGER] = OCS_ROW_PAGER,
    [OPT_ALL_COPIES] = {.name = "all-copies",
                        .about = "print also the pages that are copies of a better hit"},
    [OPT_EXPLAIN] = {.name = "explain",
                     .about = "print first how the query was understood and what it became"},
    [OPT_OK_EMPTY] = {.name = "ok-empty", .about = "exit with 0 when nothing is found"},
};

static bool rows(ocs_hit_format format)
{
    return format == OCS_HITS_CSV || format == OCS_HITS_TSV;
}

static ocs_hit_format format_of(const ocs_cli *cli)
{
    return (ocs_hit_format)ocs_cli_number(cli, OPT_FORMAT);
}

static ocs_search search_of(const ocs_cli *cli)
{
    long long limit = ocs_cli_number(cli, OPT_LIMIT), snippets = ocs_cli_number(cli, OPT_SNIPPETS);
    ocs_search search = {.first = (uint32_t)ocs_cli_number(cli, OPT_OFFSET),
                         .group = !ocs_cli_flag(cli, OPT_ALL_COPIES),
                         .order = (ocs_order)ocs_cli_number(cli, OPT_SORT)};
    search.most = limit > 0 ? (uint32_t)limit : UINT32_MAX - search.first;
    if (rows(format_of(cli)))
        snippets = 0;
    else if (snippets < 0)
        snippets = format_of(cli) == OCS_HITS_TEXT ? SNIPPETS_TEXT : SNIPPETS_JSON;
    search.snippets = (unsigned)snippets;
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
    if (rows(hits->format) || !wants_suggestions(cli, index, outcome->matches))
        return;
    if (ocs_suggest(index, hits->query, cli->arena, &found, &hits->n_suggestions, &err) != OCS_OK)
        return;
    hits->suggestions = found;
    hits->suggested = true;
}

static ocs_exit finish(const ocs_cli *cli, ocs_hits *hits, const ocs_outcome *outcome)
{
    ocs_hits_finish(hits, outcome, false);
    ocs_pager_end(hits->out); /* what is said now is to stand behind the hits */
    if (hits->format == OCS_HITS_TEXT) {
        say_summary(outcome, hits->shown);
        say_suggestions(hits);
    }
    if (hits->shown > 0 || ocs_cli_flag(cli, OPT_OK_EMPTY))
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

static ocs_exit run_query(const ocs_cli *cli, ocs_index *index, ocs_str query)
{
    ocs_hits hits;
    ocs_outcome outcome = {0};
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_search search = search_of(cli);
    ocs_hits_init(&hits, cli->out, format_of(cli), query, ocs_cli_flag(cli, OPT_EXPLAIN));
    hits.highlight = (ocs_highlight)ocs_cli_number(cli, OPT_HIGHLIGHT);
    ocs_pager_choose(cli->out, (ocs_paging)ocs_cli_number(cli, OPT_PAGER),
                     hits.format == OCS_HITS_TEXT);
    ocs_search_calls calls = {.each = put_hit, .planned = put_plan, .payload = &hits};
    ocs_status st = ocs_search_run(index, query, &search, &calls, &outcome, &err);
    if (st != OCS_OK)
        return fail(&hits, st, &err);
    suggest(cli, index, &hits, &outcome);
    if (outcome.matches == 0)
        say_empty(index);
    return finish(cli, &hits, &outcome);
}

static ocs_exit search_run(ocs_cli *cli)
{
    ocs_str query;
    ocs_index *index;
    ocs_error err = {0};
    ocs_status st = ocs_cli_words(cli, "the query", &query, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    if (ocs_cli_flag(cli, OPT_EXPLAIN) && rows(format_of(cli))) {
        ocs_say("--explain has no place in rows; use --format=text, jsonl or json");
        return OCS_EXIT_USAGE;
    }
    ocs_exit code = ocs_ask_check(cli, query);
    if (code == OCS_EXIT_OK)
        code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    code = run_query(cli, index, query);
    return ocs_place_close(index, code);
}

static void print_fields(ocs_buf *out)
{
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
