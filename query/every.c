/* The query is planned anew for a second try: what it stands for may have changed with the index. */
#include "query/every.h"

#include "query/copies.h"

enum { TREE_MEMORY = 64 * 1024 * 1024, PLAN_MEMORY = 64 * 1024 * 1024 };
enum { DOCUMENT_MEMORY = 512 * 1024 * 1024, COPY_MEMORY = 1024 * 1024 * 1024 };

/* ---- the frame ---- */

typedef struct frame {
    ocs_index *index;
    ocs_every_run *run;
    bool (*again)(void *payload);
    void *payload;
    const ocs_node *tree;
    ocs_arena *plan_arena; /* cleared for a second try */
    ocs_error *err;
} frame;

static ocs_status run_once(const frame *f)
{
    ocs_plan plan = {0};
    ocs_arena_clear(f->plan_arena);
    ocs_status st = ocs_query_plan(f->tree, f->index, f->plan_arena, &plan, f->err);
    if (st != OCS_OK)
        return st;
    st = f->run(f->payload, f->tree, &plan, f->err);
    ocs_plan_clear(&plan);
    if (st == OCS_NOTFOUND) /* deleted since; the same as an index that moved on */
        st = ocs_fail(f->err, OCS_MODIFIED, "the index changed while it was read");
    return st;
}

static ocs_status run_twice(const frame *f)
{
    ocs_status st = run_once(f);
    bool mendable = st == OCS_MODIFIED || st == OCS_NETWORK || st == OCS_TIMEOUT;
    if (!mendable || (f->again && !f->again(f->payload)))
        return st;
    st = ocs_index_recover(f->index, st, f->err);
    return st == OCS_OK ? run_once(f) : st;
}

ocs_status ocs_every_plan(ocs_index *index, ocs_str query, ocs_every_run *run,
                          bool (*again)(void *payload), void *payload, ocs_error *err)
{
    frame f = {.index = index, .run = run, .again = again, .payload = payload, .err = err};
    ocs_node *tree;
    ocs_status st;
    ocs_arena *tree_arena = ocs_arena_new(TREE_MEMORY);
    f.plan_arena = ocs_arena_new(PLAN_MEMORY);
    if (!tree_arena || !f.plan_arena)
        st = ocs_fail(err, OCS_NOMEM, "no memory for the query");
    else if ((st = ocs_query_parse(query, tree_arena, &tree, err)) == OCS_OK) {
        f.tree = tree;
        st = run_twice(&f);
    }
    ocs_arena_free(f.plan_arena);
    ocs_arena_free(tree_arena);
    return st;
}

/* ---- the documents ---- */

typedef struct walk {
    ocs_index *index;
    const ocs_every_calls *calls;
    ocs_arena *arena;
    ocs_shown *shown; /* NULL unless copies are given once */
    const ocs_plan *plan;
    ocs_error *err;
} walk;

static ocs_status skip_copy(const walk *w, xap_docid number, bool *wanted)
{
    bool copy = false;
    if (!w->shown)
        return OCS_OK;
    ocs_status st = ocs_shown_let_in(w->shown, w->index, number, &copy, w->err);
    *wanted = !copy;
    return st;
}

static ocs_status give_number(const walk *w, xap_docid number)
{
    bool wanted = true;
    ocs_document document;
    ocs_status st = skip_copy(w, number, &wanted);
    if (st == OCS_OK && wanted && w->calls->number)
        st = w->calls->number(w->calls->payload, number, &wanted, w->err);
    if (st != OCS_OK || !wanted || !w->calls->each)
        return st;
    ocs_arena_clear(w->arena);
    st = ocs_index_document(w->index, number, w->arena, &document, w->err);
    if (st != OCS_OK)
        return st;
    const ocs_every every = {number, &document, w->arena, w->plan};
    return w->calls->each(w->calls->payload, &every, w->err);
}

static ocs_status give_results(const walk *w, const xap_results *results)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < xap_results_count(results); i++)
        st = give_number(w, xap_results_docid(results, i));
    return st;
}

static ocs_status give_matches(const walk *w)
{
    xap_search all = {.sort = XAP_BY_DOCID};
    xap_results *results = NULL;
    ocs_status st = xap_db_count(ocs_index_db(w->index), &all.most, w->err);
    if (st == OCS_OK)
        st = ocs_plan_run(w->index, w->plan->query, &all, &results, w->err);
    if (st == OCS_OK)
        st = give_results(w, results);
    xap_results_free(results);
    return st;
}

/* Of each try its own. */
static ocs_status start_copies(walk *w)
{
    ocs_shown_free(w->shown);
    w->shown = NULL;
    if (w->calls->once && !(w->shown = ocs_shown_new(COPY_MEMORY)))
        return ocs_fail(w->err, OCS_NOMEM, "no memory to look for copies");
    return OCS_OK;
}

static ocs_status run_walk(void *payload, const ocs_node *tree, const ocs_plan *plan,
                           ocs_error *err)
{
    walk *w = payload;
    ocs_status st = start_copies(w);
    w->plan = plan;
    if (st == OCS_OK && w->calls->planned)
        st = w->calls->planned(w->calls->payload, tree, plan, err);
    if (st == OCS_OK)
        st = give_matches(w);
    return st == OCS_OK && w->calls->last ? w->calls->last(w->calls->payload, err) : st;
}

static bool walk_again(void *payload)
{
    const walk *w = payload;
    if (w->calls->again)
        w->calls->again(w->calls->payload);
    return true;
}

ocs_status ocs_every_match(ocs_index *index, ocs_str query, const ocs_every_calls *calls,
                           ocs_error *err)
{
    walk w = {.index = index, .calls = calls, .err = err};
    if (!(w.arena = ocs_arena_new(DOCUMENT_MEMORY)))
        return ocs_fail(err, OCS_NOMEM, "no memory for documents");
    ocs_status st = ocs_every_plan(index, query, run_walk, walk_again, &w, err);
    ocs_shown_free(w.shown);
    ocs_arena_free(w.arena);
    return st;
}
