/* A search: parse, plan, run, choose what is shown among the matches, then fetch the hits one at a
 * time, each in an arena that is cleared for the next.  When the index has moved on under the
 * search before any hit was given, it is reopened and all but the parsing is done once more. */
#include "query/copies.h"
#include "query/every.h"
#include "query/facets.h"
#include "query/snippet.h"
#include "query/sources.h"

enum {
    HIT_MEMORY = 512 * 1024 * 1024,
    CHOICE_MEMORY = 1024 * 1024 * 1024, /* some two million hits without copies */
    SPARE = 100,                        /* matches fetched for those that turn out to be copies */
    CHECK_BEYOND = 1000 /* documents looked at beyond the wanted hits, to count them exactly */
};

/* A match that is no copy of a better one. */
typedef struct choice {
    xap_docid number;
    double score;
} choice;

typedef struct run {
    ocs_index *index;
    const ocs_search *search;
    const ocs_search_calls *calls;
    ocs_outcome *outcome;
    ocs_error *err;
    const ocs_node *tree;
    const ocs_plan *plan;
    double *weights; /* of the plan's marks */
    ocs_arena *hit_arena;
    ocs_stemmers *stemmers;
    ocs_arena *choice_arena;
    OCS_VEC(choice) choices; /* from the best match on */
    ocs_shown *seen;
    ocs_sources_shown *sources;
    ocs_deadline deadline;
    ocs_facet *facets; /* NULL: none were counted */
    bool planned;      /* the caller has been told */
} run;

static ocs_status nomem(ocs_error *err)
{
    return ocs_fail(err, OCS_NOMEM, "no memory for the search");
}

/* ---- choosing ---- */

/* The first ${window} matches.  libxapian heeds its limit of time only where it counts. */
static xap_search wanted_of(const ocs_search *search, uint32_t window)
{
    xap_search wanted = {
        .most = window, .check_at_least = window, .time_limit = search->time_limit};
    if (window < UINT32_MAX - CHECK_BEYOND)
        wanted.check_at_least += CHECK_BEYOND;
    if (search->order == OCS_ORDER_SCORE)
        return wanted;
    wanted.sort = search->order == OCS_ORDER_DATE ? XAP_BY_VALUE_DESCENDING : XAP_BY_VALUE;
    wanted.sort_slot = OCS_SLOT_DATE;
    return wanted;
}

static uint32_t add_capped(uint32_t a, uint32_t b)
{
    return a < UINT32_MAX - b ? a + b : UINT32_MAX;
}

/* The hits of this page and of those before it. */
static uint32_t wanted_hits(const run *r)
{
    return add_capped(r->search->first, r->search->most);
}

/* Unless it is a copy of a better match. */
static ocs_status choose_match(run *r, xap_docid number, double score)
{
    bool same = false, admitted = true;
    ocs_status st = OCS_OK;
    if (r->calls->admit)
        st = r->calls->admit(r->calls->payload, r->index, number, &admitted, r->err);
    if (st != OCS_OK || !admitted)
        return st;
    if (r->search->group == OCS_GROUP_COPIES)
        st = ocs_shown_let_in(r->seen, r->index, number, &same, r->err);
    else if (r->search->group == OCS_GROUP_SOURCE)
        st = ocs_sources_let_in(r->sources, r->index, number, &same, r->err);
    if (st != OCS_OK || same)
        return st;
    choice *chosen = ocs_vec_push(r->choice_arena, &r->choices);
    if (!chosen)
        return ocs_fail(r->err, ocs_arena_status(r->choice_arena), "too many hits");
    *chosen = (choice){number, score};
    return OCS_OK;
}

/* Whether time ran out, which is noted. */
static bool is_late(run *r)
{
    r->outcome->incomplete |= ocs_deadline_passed(r->deadline);
    return r->outcome->incomplete;
}

/* From the matches that were not looked at yet, ${all} of them or until enough are chosen. */
static ocs_status choose_from(run *r, const xap_results *results, bool all, size_t *looked_at)
{
    for (size_t n = xap_results_count(results); *looked_at < n && !is_late(r); ++*looked_at) {
        if (!all && r->choices.n >= wanted_hits(r))
            return OCS_OK;
        xap_docid number = xap_results_docid(results, *looked_at);
        ocs_status st = choose_match(r, number, xap_results_score(results, *looked_at));
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

/* Look at ever more matches, from the best on, until enough are left beside the copies.  Where all
 * matches were fetched all are looked at, so that it is known how many groups there are. */
static ocs_status choose(run *r)
{
    uint32_t window = add_capped(wanted_hits(r), r->search->group != OCS_GROUP_NONE ? SPARE : 0);
    size_t looked_at = 0;
    for (;; window = add_capped(window, window)) {
        const xap_search wanted = wanted_of(r->search, window);
        xap_results *results = NULL;
        bool all = false;
        ocs_status st = ocs_plan_run(r->index, r->plan->query, &wanted, &results, r->err);
        if (st == OCS_OK) {
            all = xap_results_count(results) < window;
            r->outcome->matches = xap_results_matches(results, &r->outcome->exact);
            st = choose_from(r, results, all, &looked_at);
        }
        xap_results_free(results);
        if (st != OCS_OK)
            return st;
        all = all && !r->outcome->incomplete;
        r->outcome->grouped = all && r->search->group != OCS_GROUP_NONE;
        r->outcome->groups = r->outcome->grouped ? (uint32_t)r->choices.n : 0;
        if (all || r->outcome->incomplete || r->choices.n >= wanted_hits(r))
            return OCS_OK;
    }
}

/* ---- facets ---- */

/* In the arena of choices.  Facets that would not be exact are none. */
static ocs_status count_facets(run *r)
{
    ocs_docset matches;
    const ocs_search *search = r->search;
    if (search->n_facets == 0 || is_late(r))
        return OCS_OK;
    r->facets = ocs_arena_array(r->choice_arena, search->n_facets, sizeof *r->facets);
    if (!r->facets)
        return nomem(r->err);
    ocs_status st =
        ocs_docset_find(r->index, r->plan->query, r->deadline, r->choice_arena, &matches, r->err);
    if (st == OCS_OK) {
        r->outcome->matches = matches.documents;
        r->outcome->exact = true;
        st = ocs_facets_count(r->index, &matches, search->facets, search->n_facets, r->deadline,
                              r->choice_arena, r->facets, r->err);
    }
    if (st == OCS_OK)
        return OCS_OK;
    r->facets = NULL;
    r->outcome->incomplete |= st == OCS_TIMEOUT;
    return st == OCS_TIMEOUT ? OCS_OK : st;
}

static void give_facets(run *r)
{
    for (size_t i = 0; r->facets && i < r->search->n_facets; i++)
        r->search->facet(r->calls->payload, &r->facets[i]);
}

/* ---- hits ---- */

static ocs_status cut_snippets(run *r, ocs_hit *hit)
{
    ocs_matches matches;
    if (r->search->snippets == 0)
        return OCS_OK;
    ocs_status st = ocs_marks_find(&hit->document, r->plan->marks, r->plan->n_marks, r->stemmers,
                                   r->hit_arena, &matches, r->err);
    if (st != OCS_OK)
        return st;
    const ocs_snippet_marks marks = {r->plan->marks, r->weights, r->plan->n_marks};
    st = ocs_snippets_cut(&hit->document, &matches, &marks, r->search->snippets, r->hit_arena,
                          &hit->snippets, &hit->n_snippets, r->err);
    if (st != OCS_OK)
        return st;
    return ocs_title_matches(&hit->document, &matches, r->hit_arena, &hit->title_matches,
                             &hit->n_title_matches, r->err);
}

static ocs_status fetch(run *r, size_t i, ocs_hit *hit)
{
    const choice *chosen = &r->choices.at[i];
    ocs_arena_clear(r->hit_arena);
    *hit = (ocs_hit){.rank = (uint32_t)i + 1, .score = chosen->score};
    ocs_status st =
        ocs_index_document(r->index, chosen->number, r->hit_arena, &hit->document, r->err);
    if (st == OCS_OK && !r->search->skip_copies)
        st = ocs_copies_find(r->index, chosen->number, r->hit_arena, &hit->copies, r->err);
    return st == OCS_OK ? cut_snippets(r, hit) : st;
}

static void tell_plan(run *r)
{
    if (!r->planned && r->calls->planned)
        r->calls->planned(r->calls->payload, r->tree, r->plan);
    r->planned = true;
}

static ocs_status give_hits(run *r)
{
    for (size_t i = r->search->first; i < r->choices.n && i < wanted_hits(r) && !is_late(r); i++) {
        ocs_hit hit;
        ocs_status st = fetch(r, i, &hit);
        if (st != OCS_OK)
            return st;
        tell_plan(r);
        r->outcome->shown++;
        if (!r->calls->each(r->calls->payload, &hit))
            return OCS_OK;
    }
    tell_plan(r);
    give_facets(r);
    return OCS_OK;
}

/* ---- a try ---- */

static ocs_status start_choices(run *r)
{
    ocs_arena_clear(r->choice_arena);
    memset(&r->choices, 0, sizeof r->choices);
    ocs_shown_free(r->seen);
    ocs_sources_shown_free(r->sources);
    r->seen = ocs_shown_new(CHOICE_MEMORY);
    r->sources = ocs_sources_shown_new(CHOICE_MEMORY);
    r->facets = NULL;
    return r->seen && r->sources ? OCS_OK : nomem(r->err);
}

static ocs_status search_planned(void *payload, const ocs_node *tree, const ocs_plan *plan,
                                 ocs_error *err)
{
    run *r = payload;
    ocs_status st = start_choices(r);
    if (st != OCS_OK)
        return st;
    r->tree = tree;
    r->plan = plan;
    st = choose(r);
    if (st == OCS_OK)
        st = count_facets(r);
    if (st == OCS_OK && r->search->snippets > 0)
        st = ocs_marks_weigh(ocs_index_db(r->index), plan->marks, plan->n_marks, r->choice_arena,
                             &r->weights, err);
    return st == OCS_OK ? give_hits(r) : st;
}

static bool nothing_told(void *payload)
{
    return !((const run *)payload)->planned;
}

ocs_status ocs_search_run(ocs_index *index, ocs_str query, const ocs_search *search,
                          const ocs_search_calls *calls, ocs_outcome *outcome, ocs_error *err)
{
    run r = {.index = index, .search = search, .calls = calls, .outcome = outcome, .err = err};
    ocs_status st = OCS_OK;
    *outcome = (ocs_outcome){0};
    if (search->time_limit > 0)
        r.deadline = ocs_clock() + search->time_limit;
    r.hit_arena = ocs_arena_new(HIT_MEMORY);
    r.choice_arena = ocs_arena_new(CHOICE_MEMORY);
    r.stemmers = ocs_stemmers_new();
    if (!r.hit_arena || !r.choice_arena || !r.stemmers)
        st = nomem(err);
    else
        st = ocs_every_plan(index, query, search_planned, nothing_told, &r, err);
    ocs_stemmers_free(r.stemmers);
    ocs_shown_free(r.seen);
    ocs_sources_shown_free(r.sources);
    ocs_arena_free(r.choice_arena);
    ocs_arena_free(r.hit_arena);
    return st;
}

/* ---- counting ---- */

typedef struct counting {
    ocs_index *index;
    uint32_t *matches;
} counting;

/* ${at_least} documents are looked at; of some queries, such as a term alone, libxapian knows the
 * number without any. */
static ocs_status count_matches(const counting *c, const ocs_plan *plan, uint32_t at_least,
                                bool *exact, ocs_error *err)
{
    const xap_search wanted = {.check_at_least = at_least, .sort = XAP_BY_DOCID};
    xap_results *results = NULL;
    ocs_status st = ocs_plan_run(c->index, plan->query, &wanted, &results, err);
    if (st == OCS_OK)
        *c->matches = xap_results_matches(results, exact);
    xap_results_free(results);
    return st;
}

static ocs_status count_planned(void *payload, const ocs_node *tree, const ocs_plan *plan,
                                ocs_error *err)
{
    uint32_t all;
    bool exact;
    (void)tree;
    ocs_status st = xap_db_count(ocs_index_db(((counting *)payload)->index), &all, err);
    if (st == OCS_OK)
        st = count_matches(payload, plan, 0, &exact, err);
    if (st == OCS_OK && !exact)
        st = count_matches(payload, plan, all, &exact, err);
    return st;
}

ocs_status ocs_search_count(ocs_index *index, ocs_str query, uint32_t *matches, ocs_error *err)
{
    counting c = {index, matches};
    *matches = 0;
    return ocs_every_plan(index, query, count_planned, NULL, &c, err);
}
