/* Each node is planned like a query of its own, and the document is asked for by its id beside it:
 * so a clause holds here exactly when a search for it would find the document. */
#include "query/why.h"

#include "query/why_internal.h"

enum { TEXT_CAP = 256 * 1024 };

static ocs_status nomem(ocs_asker *a)
{
    ocs_status st = ocs_arena_status(a->arena);
    return ocs_fail(a->err, st == OCS_OK ? OCS_NOMEM : st, "no memory to ask about a document");
}

/* ---- asking ---- */

/* ${query} and the document's id: does anything match? */
static ocs_status ask(ocs_asker *a, xap_query *query, bool *holds)
{
    ocs_buf id;
    xap_query *parts[2] = {NULL, query}, *both = NULL;
    xap_results *results = NULL;
    const xap_search one = {.most = 1};
    ocs_buf_init(&id, OCS_TERM_MAX + 1);
    ocs_term_id(&id, a->document->id);
    ocs_status st = xap_query_term(ocs_buf_str(&id), &parts[0], a->err);
    if (st == OCS_OK)
        st = xap_query_combine(XAP_AND, parts, 2, 0, &both, a->err);
    if (st == OCS_OK)
        st = ocs_plan_run(a->index, both, &one, &results, a->err);
    if (st == OCS_OK)
        *holds = xap_results_count(results) > 0;
    xap_results_free(results);
    xap_query_free(both);
    xap_query_free(parts[0]);
    ocs_buf_clear(&id);
    return st;
}

ocs_status ocs_why_holds(ocs_asker *a, const ocs_node *node, bool in_title, bool *holds)
{
    ocs_plan plan;
    ocs_node alone = *node, title = {.kind = OCS_NODE_TITLE, .at = node->at, .children = &alone};
    alone.next = NULL;
    ocs_status st = ocs_query_plan(in_title ? &title : &alone, a->index, a->arena, &plan, a->err);
    if (st != OCS_OK)
        return st;
    st = ask(a, plan.query, holds);
    ocs_plan_clear(&plan);
    return st;
}

/* ---- the tree ---- */

static ocs_status printed(ocs_asker *a, const ocs_node *node, ocs_str *out)
{
    ocs_buf text;
    ocs_buf_init(&text, TEXT_CAP);
    ocs_query_print(node, &text);
    *out = ocs_str_copy(a->arena, ocs_buf_str(&text));
    ocs_status st = ocs_buf_status(&text);
    ocs_buf_clear(&text);
    return st == OCS_OK && out->p ? OCS_OK : nomem(a);
}

static ocs_status ask_clause(ocs_asker *a, const ocs_node *node, unsigned depth)
{
    ocs_clause clause = {.kind = ocs_query_kind_name(node->kind), .depth = depth};
    ocs_status st = printed(a, node, &clause.text);
    if (st == OCS_OK)
        st = ocs_why_holds(a, node, a->in_title, &clause.holds);
    if (st == OCS_OK && !clause.holds)
        st = ocs_why_note(a, node, &clause);
    ocs_clause *place = st == OCS_OK ? ocs_vec_push(a->arena, &a->clauses) : NULL;
    if (place)
        *place = clause;
    return st == OCS_OK && !place ? nomem(a) : st;
}

static ocs_status ask_tree(ocs_asker *a, const ocs_node *node, unsigned depth)
{
    bool in_title = a->in_title;
    ocs_status st = ask_clause(a, node, depth);
    a->in_title |= node->kind == OCS_NODE_TITLE;
    for (const ocs_node *child = node->children; st == OCS_OK && child; child = child->next)
        st = ask_tree(a, child, depth + 1);
    a->in_title = in_title;
    return st;
}

ocs_status ocs_why_ask(ocs_index *index, ocs_str query, xap_docid number, ocs_arena *arena,
                       ocs_why *why, ocs_error *err)
{
    ocs_asker a = {.index = index, .number = number, .arena = arena, .err = err};
    ocs_node *tree;
    *why = (ocs_why){0};
    ocs_status st = ocs_query_parse(query, arena, &tree, err);
    if (st == OCS_OK)
        st = ocs_index_document(index, number, arena, &why->document, err);
    if (st != OCS_OK)
        return st;
    a.document = &why->document;
    a.stemmers = ocs_stemmers_new();
    if (!a.stemmers || !ocs_words_of(arena, a.document->text, &a.words))
        st = nomem(&a);
    if (st == OCS_OK)
        st = ask_tree(&a, tree, 0);
    ocs_stemmers_free(a.stemmers);
    why->clauses = a.clauses.at;
    why->n = a.clauses.n;
    return st;
}
