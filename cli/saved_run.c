/* saved run: a search for a saved query.  With --new what was given before is left out, and what is
 * given now is remembered once the output has been written and closed without an error. */
#include "cli/ask.h"
#include "cli/cmd_saved.h"
#include "cli/hits.h"
#include "cli/pager.h"
#include "query/seen.h"

enum { HITS_PRESET = 10, SNIPPETS_TEXT = 2, SNIPPETS_JSON = 3 };

typedef struct round_of {
    const ocs_cli *cli;
    ocs_str name, query;
    ocs_hits hits;
    ocs_seen *seen; /* NULL without --new */
    uint32_t changed;
    ocs_status status; /* of remembering */
    ocs_error err;
} round_of;

static ocs_hit_format format_of(const ocs_cli *cli)
{
    return (ocs_hit_format)ocs_cli_number(cli, OCS_SAVED_FORMAT);
}

/* Copies of one another are all new. */
static ocs_search search_of(const round_of *r)
{
    const ocs_cli *cli = r->cli;
    const ocs_fields *fields = &r->hits.fields;
    long long limit = ocs_cli_number(cli, OCS_SAVED_LIMIT);
    long long snippets = ocs_cli_number(cli, OCS_SAVED_SNIPPETS);
    ocs_search search = {.first = (uint32_t)ocs_cli_number(cli, OCS_SAVED_OFFSET),
                         .group = !ocs_cli_flag(cli, OCS_SAVED_ALL_COPIES) && !r->seen,
                         .order = (ocs_order)ocs_cli_number(cli, OCS_SAVED_SORT)};
    if (limit < 0)
        limit = r->seen ? 0 : HITS_PRESET;
    search.most = limit > 0 ? (uint32_t)limit : UINT32_MAX - search.first;
    if (snippets < 0)
        snippets = format_of(cli) == OCS_HITS_TEXT ? SNIPPETS_TEXT : SNIPPETS_JSON;
    search.snippets = ocs_fields_have(fields, OCS_HIT_SNIPPETS) ? (unsigned)snippets : 0;
    search.skip_copies =
        !ocs_fields_have(fields, OCS_HIT_COPIES) && !ocs_fields_have(fields, OCS_HIT_DUPLICATES);
    return search;
}

/* ---- the search ---- */

static ocs_status admit(void *payload, ocs_index *index, xap_docid number, bool *admitted,
                        ocs_error *err)
{
    const round_of *r = payload;
    ocs_news news;
    ocs_status st = ocs_seen_ask(r->seen, index, number, &news, err);
    *admitted = news != OCS_NEWS_NONE;
    return st;
}

static void put_plan(void *payload, const ocs_node *tree, const ocs_plan *plan)
{
    round_of *r = payload;
    ocs_hits_start(&r->hits, tree, plan);
}

static bool put_hit(void *payload, const ocs_hit *hit)
{
    round_of *r = payload;
    if (r->seen) {
        uint64_t text = ocs_seen_text(&hit->document);
        ocs_news news = ocs_seen_look(r->seen, hit->document.id, text);
        r->changed += news == OCS_NEWS_CHANGED;
        r->hits.note = ocs_news_name(news);
        r->status = ocs_seen_add(r->seen, hit->document.id, text, &r->err);
        if (r->status != OCS_OK)
            return false;
    }
    ocs_hits_put(&r->hits, hit);
    return r->cli->out->error == 0;
}

/* ---- its end ---- */

static void say_summary(const round_of *r, const ocs_outcome *outcome)
{
    char line[128];
    if (r->seen)
        snprintf(line, sizeof line, "%u new and %u changed of %u document%s",
                 (unsigned)(r->hits.shown - r->changed), (unsigned)r->changed,
                 (unsigned)outcome->matches, outcome->matches == 1 ? "" : "s");
    else
        snprintf(line, sizeof line, "%u of %s%u document%s", (unsigned)r->hits.shown,
                 outcome->exact ? "" : "about ", (unsigned)outcome->matches,
                 outcome->matches == 1 ? "" : "s");
    ocs_say_plain(ocs_str_of(line));
}

/* The output first: what was not written must be given again. */
static ocs_exit remember(round_of *r)
{
    ocs_error err = {0};
    if (ocs_out_finish(r->cli->out, "standard output", &err) != OCS_OK)
        return OCS_EXIT_OUTPUT; /* which the program says at its end */
    ocs_status st = ocs_seen_save(r->seen, &err);
    if (st == OCS_OK)
        return OCS_EXIT_OK;
    ocs_exit code = ocs_say_failure(st, &err);
    return st == OCS_IO ? OCS_EXIT_OUTPUT : code;
}

static ocs_exit finish(round_of *r, const ocs_outcome *outcome)
{
    ocs_exit code = OCS_EXIT_OK;
    ocs_hits_finish(&r->hits, outcome, false);
    ocs_pager_end(r->cli->out);
    if (r->seen)
        code = remember(r);
    if (code != OCS_EXIT_OK)
        return code;
    if (r->hits.format == OCS_HITS_TEXT)
        say_summary(r, outcome);
    return r->hits.shown > 0 || ocs_cli_flag(r->cli, OCS_SAVED_OK_EMPTY) ? OCS_EXIT_OK
                                                                         : OCS_EXIT_NONE;
}

/* Nothing is remembered. */
static ocs_exit fail(round_of *r, ocs_status status, const ocs_error *err)
{
    ocs_pager_end(r->cli->out);
    ocs_exit code = ocs_ask_failure(r->query, status, err);
    if (r->hits.shown == 0) {
        ocs_out_drop(r->cli->out);
        ocs_hits_clear(&r->hits);
        return code;
    }
    ocs_hits_finish(&r->hits, &(ocs_outcome){.matches = r->hits.shown}, true);
    return OCS_EXIT_INCOMPLETE;
}

static ocs_exit search(round_of *r, ocs_index *index)
{
    ocs_outcome outcome = {0};
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_search wanted = search_of(r);
    ocs_search_calls calls = {
        .each = put_hit, .planned = put_plan, .payload = r, .admit = r->seen ? admit : NULL};
    ocs_status st = ocs_search_run(index, r->query, &wanted, &calls, &outcome, &err);
    if (st == OCS_OK && r->status != OCS_OK)
        return fail(r, r->status, &r->err);
    return st == OCS_OK ? finish(r, &outcome) : fail(r, st, &err);
}

/* ---- the run ---- */

static ocs_exit open_seen(round_of *r)
{
    ocs_saved_state state;
    ocs_error err = {0};
    ocs_status st = ocs_saved_state_of(r->cli, ocs_cli_text(r->cli, OCS_SAVED_STATE_DIR),
                                       OCS_SAVED_DB, r->name, &state, &err);
    if (st == OCS_OK)
        st = ocs_seen_open(state.path, state.about, state.several, &r->seen, &err);
    if (st == OCS_OK)
        return OCS_EXIT_OK;
    ocs_exit code = ocs_place_failure(st, &err);
    return st == OCS_IO ? OCS_EXIT_OUTPUT : code; /* where it is to be kept, not the index */
}

static ocs_exit choose_fields(const ocs_cli *cli, ocs_hits *hits)
{
    ocs_error err = {0};
    const char *text = ocs_cli_text(cli, OCS_SAVED_FIELDS);
    unsigned where = ocs_hit_format_fields(format_of(cli));
    if (!text)
        return OCS_EXIT_OK;
    if (where == 0) {
        ocs_say("--fields is for --format=jsonl, json, csv, tsv and text0");
        return OCS_EXIT_USAGE;
    }
    ocs_status st = ocs_fields_parse(text, where, &hits->fields, &err);
    return st == OCS_OK ? OCS_EXIT_OK : ocs_say_failure(st, &err);
}

ocs_exit ocs_saved_run(const ocs_cli *cli, ocs_str name, ocs_str query)
{
    round_of r = {.cli = cli, .name = name, .query = query};
    ocs_index *index;
    ocs_hits_init(&r.hits, cli->out, format_of(cli), query, false);
    r.hits.name = name;
    r.hits.news = ocs_cli_flag(cli, OCS_SAVED_NEW);
    ocs_exit code = choose_fields(cli, &r.hits);
    if (code == OCS_EXIT_OK)
        code = ocs_ask_check(cli, query);
    if (code == OCS_EXIT_OK)
        code = ocs_ask_within(cli, OCS_SAVED_SINCE, OCS_SAVED_UNTIL, &r.query);
    r.hits.query = r.query;
    if (code == OCS_EXIT_OK)
        code = ocs_place_open(cli, OCS_SAVED_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_saved_reader reader = {.cli = cli, .given = ocs_cli_text(cli, OCS_SAVED_FILE_OPTION)};
    ocs_plan_options options = *ocs_index_planning(index);
    options.saved = ocs_saved_reader_find; /* from the same file as the query itself */
    options.payload = &reader;
    ocs_index_set_planning(index, &options);
    r.hits.index = index;
    ocs_pager_choose(cli->out, (ocs_paging)ocs_cli_number(cli, OCS_SAVED_PAGER),
                     r.hits.format == OCS_HITS_TEXT);
    if (r.hits.news)
        code = open_seen(&r);
    if (code == OCS_EXIT_OK)
        code = search(&r, index);
    ocs_seen_close(r.seen);
    return ocs_place_close(index, code);
}
