/* who: who held an office, or what somebody was, from first to last dated statement, with the
 * sentences that say so. */
#include "cli/answer.h"
#include "cli/ask.h"
#include "cli/pager.h"
#include "cli/who_view.h"

#include <stdlib.h>

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_EXPAND,
    OPT_TABLES,
    OPT_AS,
    OPT_ON,
    OPT_QUERY,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_EVIDENCE,
    OPT_ALL_COPIES,
    OPT_LIMIT,
    OPT_OFFSET,
    OPT_PAGER,
    OPT_OK_EMPTY,
    OPT_COUNT
};

enum { HOLDINGS_MAX = 1000000000, TEXT_LIMIT = 20, TEXT_EVIDENCE = 2 };

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON, FORMAT_CSV, FORMAT_TSV };
static const char *const formats[] = {"text", "jsonl", "json", "csv", "tsv", NULL};

/* In the order of ocs_who_by. */
static const char *const by_names[] = {"auto", "role", "person", NULL};

static const ocs_option who_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_EXPAND] = OCS_ROW_EXPAND,
    [OPT_TABLES] = OCS_ROW_QUERY_TABLES,
    [OPT_AS] = {.name = "as",
                .type = OCS_OPTION_CHOICE,
                .choices = by_names,
                .about = "take the words for a role or for a person's name; auto: for a role when "
                         "one of them names an office"},
    [OPT_ON] = {.name = "on",
                .value = "DATE",
                .type = OCS_OPTION_STRING,
                .about = "what is known of that day (YYYY-MM-DD): the evidence nearest to it"},
    [OPT_QUERY] = {.name = "query",
                   .letter = 'q',
                   .value = "QUERY",
                   .type = OCS_OPTION_STRING,
                   .about = "only documents that match QUERY"},
    [OPT_SINCE] = OCS_ROW_SINCE,
    [OPT_UNTIL] = OCS_ROW_UNTIL,
    [OPT_EVIDENCE] = {.name = "evidence",
                      .letter = 'e',
                      .value = "N",
                      .type = OCS_OPTION_INT,
                      .low = 0,
                      .high = HOLDINGS_MAX,
                      .about = "print at most N sentences for each, the first and the last before "
                               "others (default 2 as text, else all)"},
    [OPT_ALL_COPIES] = OCS_ROW_COUNT_COPIES,
    [OPT_LIMIT] =
        OCS_ROW_LIMIT(HOLDINGS_MAX, TEXT_LIMIT, "print at most N (default 20); 0 for all"),
    [OPT_OFFSET] = OCS_ROW_OFFSET(HOLDINGS_MAX, "leave out the first N"),
    [OPT_PAGER] = OCS_ROW_PAGER,
    [OPT_OK_EMPTY] = OCS_ROW_OK_EMPTY,
};

/* What is printed: holdings in their order, by number. */

const ocs_who_holding *ocs_who_view_holding(const ocs_who_view *view, size_t i)
{
    return &view->who->holdings[view->order[i]];
}

const ocs_who_office *ocs_who_view_office(const ocs_who_view *view, size_t i)
{
    return &view->who->offices[ocs_who_view_holding(view, i)->office];
}

const ocs_who_day *ocs_who_view_day(const ocs_who_view *view, size_t i)
{
    return &view->days[view->order[i]];
}

bool ocs_who_view_heads(const ocs_who_view *view, size_t i)
{
    if (i == view->from)
        return true;
    const ocs_who_holding *a = ocs_who_view_holding(view, i - 1);
    const ocs_who_holding *b = ocs_who_view_holding(view, i);
    return view->who->by == OCS_WHO_ROLE ? a->office != b->office : !ocs_str_eq(a->key, b->key);
}

ocs_citation ocs_who_view_citation(const ocs_who_evidence *evidence)
{
    return (ocs_citation){evidence->id,        evidence->path, evidence->text,
                          evidence->published, evidence->raw,  evidence->inexact};
}

size_t ocs_who_view_shown(const ocs_who_view *view, const ocs_who_holding *holding)
{
    return view->evidence < holding->n_evidence ? view->evidence : holding->n_evidence;
}

const ocs_who_evidence *ocs_who_view_evidence(const ocs_who_holding *holding, size_t i,
                                              size_t shown)
{
    size_t dated = holding->n_evidence - holding->undated;
    if (i + 1 == shown && shown > 1 && dated > shown)
        return &holding->evidence[dated - 1];
    return &holding->evidence[i];
}

/* ---- the view ---- */

/* How far from the day, for the order: first who is named on it, or alone around it.  Whom the day
 * lies between mentions of, but of others, too, may have held the office twice, years from the day. */
static long distance(const ocs_who_day *day)
{
    bool after_is_nearer = day->days_after < day->days_before;
    switch (day->nearness) {
    case OCS_WHO_STATED:
        return -2;
    case OCS_WHO_BETWEEN:
        return -1;
    case OCS_WHO_AROUND:
        return 0;
    case OCS_WHO_SHARED:
        return after_is_nearer ? day->days_after : day->days_before;
    case OCS_WHO_BEFORE:
        return day->days_before;
    case OCS_WHO_AFTER:
        return day->days_after;
    case OCS_WHO_UNDATED:
        break;
    }
    return LONG_MAX;
}

typedef struct placed {
    size_t group, number;
    long distance;
} placed;

static int by_distance(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return (x->number > y->number) - (x->number < y->number);
}

/* Nearest first within a group, which stays where it is. */
static bool order_by_day(const ocs_cli *cli, ocs_who_view *view, size_t *order)
{
    size_t group = 0;
    ocs_who_day *days = ocs_arena_array(cli->arena, view->n, sizeof *days);
    placed *list = ocs_arena_array(cli->arena, view->n, sizeof *list);
    if (!days || !list)
        return false;
    for (size_t i = 0; i < view->n; i++) {
        days[i] = ocs_who_on(view->who, i, view->day);
        group += ocs_who_view_heads(view, i);
        list[i] = (placed){group, i, distance(&days[i])};
    }
    if (view->n > 1)
        qsort(list, view->n, sizeof *list, by_distance);
    for (size_t i = 0; i < view->n; i++)
        order[i] = list[i].number;
    view->days = days;
    return true;
}

static size_t most_evidence(const ocs_cli *cli)
{
    if (ocs_cli_flag(cli, OPT_EVIDENCE))
        return (size_t)ocs_cli_number(cli, OPT_EVIDENCE);
    return ocs_cli_number(cli, OPT_FORMAT) == FORMAT_TEXT ? TEXT_EVIDENCE : SIZE_MAX;
}

static bool view_of(const ocs_cli *cli, const ocs_who *who, ocs_str asked, ocs_date day,
                    ocs_who_view *view)
{
    size_t *order = ocs_arena_array(cli->arena, who->n_holdings, sizeof *order);
    size_t offset = (size_t)ocs_cli_number(cli, OPT_OFFSET);
    size_t limit = (size_t)ocs_cli_number(cli, OPT_LIMIT);
    *view = (ocs_who_view){.out = cli->out, .who = who, .asked = asked, .day = day, .order = order};
    if (!order)
        return false;
    view->n = who->n_holdings;
    view->evidence = most_evidence(cli);
    for (size_t i = 0; i < view->n; i++)
        order[i] = i;
    if (ocs_cli_flag(cli, OPT_ON) && !order_by_day(cli, view, order))
        return false;
    view->from = offset < view->n ? offset : view->n;
    view->to = limit > 0 && view->n - view->from > limit ? view->from + limit : view->n;
    return true;
}

static void print(const ocs_cli *cli, const ocs_who_view *view)
{
    long long format = ocs_cli_number(cli, OPT_FORMAT);
    ocs_pager_choose(cli->out, (ocs_paging)ocs_cli_number(cli, OPT_PAGER), format == FORMAT_TEXT);
    if (format == FORMAT_TEXT)
        ocs_who_view_text(view);
    else if (format == FORMAT_CSV || format == FORMAT_TSV)
        ocs_who_view_rows(view, format == FORMAT_TSV);
    else
        ocs_who_view_records(view, format == FORMAT_JSON);
}

/* ---- the command ---- */

static ocs_exit read_wanted(const ocs_cli *cli, ocs_who_wanted *wanted, ocs_date *day)
{
    ocs_error err = {0};
    ocs_date since, until;
    *wanted = (ocs_who_wanted){.by = (ocs_who_by)ocs_cli_number(cli, OPT_AS),
                               .query = ocs_str_of(ocs_cli_text(cli, OPT_QUERY)),
                               .since = ocs_str_of(ocs_cli_text(cli, OPT_SINCE)),
                               .until = ocs_str_of(ocs_cli_text(cli, OPT_UNTIL)),
                               .all_copies = ocs_cli_flag(cli, OPT_ALL_COPIES)};
    ocs_status st = ocs_cli_words(cli, "a role or a name", &wanted->asked, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    ocs_exit code = ocs_ask_day(cli, OPT_ON, day);
    if (code == OCS_EXIT_OK)
        code = ocs_ask_dates(cli, OPT_SINCE, OPT_UNTIL, &since, &until);
    if (code == OCS_EXIT_OK && ocs_cli_flag(cli, OPT_QUERY))
        code = ocs_ask_check(cli, wanted->query);
    return code;
}

/* What was taken for the one may have been meant for the other. */
static void say_nothing_found(const ocs_cli *cli, const ocs_who *who, ocs_str asked)
{
    bool role = who->by == OCS_WHO_ROLE;
    if (ocs_cli_number(cli, OPT_AS) == OCS_WHO_AUTO)
        ocs_say("'%.*s' was taken for a %s; --as=%s takes it for a %s", OCS_ARG(asked),
                role ? "role" : "name", role ? "person" : "role", role ? "name" : "role");
}

typedef struct request {
    const ocs_cli *cli;
    ocs_who_wanted wanted;
    ocs_date day;
    ocs_who who;
    ocs_who_view view;
} request;

static ocs_status find(void *payload, ocs_index *index, ocs_arena *arena, ocs_error *err)
{
    request *r = payload;
    ocs_status st = ocs_who_find(index, &r->wanted, arena, &r->who, err);
    if (st == OCS_OK && !view_of(r->cli, &r->who, r->wanted.asked, r->day, &r->view))
        return ocs_fail(err, OCS_NOMEM, "no memory to put them in order");
    return st;
}

static ocs_exit print_found(void *payload, const ocs_index *index, bool *found)
{
    request *r = payload;
    r->view.index = index;
    print(r->cli, &r->view);
    *found = r->who.n_holdings > 0;
    if (!*found)
        say_nothing_found(r->cli, &r->who, r->wanted.asked);
    return OCS_EXIT_OK;
}

static ocs_exit who_run(ocs_cli *cli)
{
    request r = {.cli = cli};
    ocs_exit code = read_wanted(cli, &r.wanted, &r.day);
    const ocs_answer_calls calls = {find, print_found, &r, r.wanted.query, OPT_DB, OPT_OK_EMPTY};
    return code == OCS_EXIT_OK ? ocs_answer(cli, &calls) : code;
}

const ocs_command ocs_cmd_who = {
    "who",
    "ROLE|NAME...",
    "Tell who held an office, or what somebody was, and when, with evidence",
    who_options,
    OPT_COUNT,
    who_run,
    NULL};
