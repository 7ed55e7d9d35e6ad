/* A query is planned like for a search, and its marks are sought in one document. */
#include "query/snippet.h"

enum { PLAN_MEMORY = 128 * 1024 * 1024 };

static ocs_status seek(const ocs_plan *plan, const ocs_document *document, ocs_arena *arena,
                       ocs_span **spans, size_t *n, ocs_error *err)
{
    ocs_matches matches;
    ocs_marked *marked = NULL;
    size_t n_marked = 0;
    ocs_stemmers *stemmers = ocs_stemmers_new();
    ocs_status st = OCS_NOMEM;
    if (stemmers)
        st = ocs_marks_find(document, plan->marks, plan->n_marks, stemmers, arena, &matches, err);
    ocs_stemmers_free(stemmers);
    if (st != OCS_OK)
        return st;
    const ocs_span all = {0, document->text.n};
    if (ocs_matches_marked(&matches, plan->marks, all, arena, &marked, &n_marked) &&
        ocs_marked_spans(marked, n_marked, arena, spans, n))
        return OCS_OK;
    return ocs_fail(err, ocs_arena_status(arena), "no memory to mark the text of %.*s",
                    OCS_ARG(document->path));
}

static ocs_status plan_and_seek(ocs_index *index, ocs_str query, const ocs_document *document,
                                ocs_arena *plan_arena, ocs_arena *arena, ocs_span **spans,
                                size_t *n, ocs_error *err)
{
    ocs_node *tree;
    ocs_plan plan = {0};
    ocs_status st = ocs_query_parse(query, plan_arena, &tree, err);
    if (st == OCS_OK)
        st = ocs_query_plan(tree, index, plan_arena, &plan, err);
    if (st != OCS_OK)
        return st;
    st = seek(&plan, document, arena, spans, n, err);
    ocs_plan_clear(&plan);
    return st;
}

ocs_status ocs_query_highlight(ocs_index *index, ocs_str query, const ocs_document *document,
                               ocs_arena *arena, ocs_span **spans, size_t *n, ocs_error *err)
{
    ocs_arena *plan_arena = ocs_arena_new(PLAN_MEMORY);
    *spans = NULL;
    *n = 0;
    if (!plan_arena)
        return ocs_fail(err, OCS_NOMEM, "no memory for the query");
    ocs_status st = plan_and_seek(index, query, document, plan_arena, arena, spans, n, err);
    ocs_arena_free(plan_arena);
    return st;
}
