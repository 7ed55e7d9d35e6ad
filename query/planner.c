/* The planner's tools: queries that it owns, terms as the schema spells them, walks over the terms
 * of the index. */
#include "query/planner.h"

ocs_status ocs_planner_nomem(ocs_planner *p)
{
    ocs_status st = ocs_arena_status(p->arena);
    return ocs_fail(p->err, st == OCS_OK ? OCS_NOMEM : st, "no memory to plan the query");
}

long ocs_planner_value_at(const ocs_node *node)
{
    size_t at = node->at.from + strlen(ocs_field_of(node->field)->name) + 1;
    return (long)(at < node->at.to ? at
                                   : node->at.from); /* a saved query's nodes are all one place */
}

bool ocs_planner_expands(const ocs_planner *p, ocs_expand what)
{
    return (p->options->without & (unsigned)what) == 0;
}

/* ---- queries ---- */

/* A place for a query that will be the planner's; NULL when memory ran out. */
static xap_query **new_query(ocs_planner *p)
{
    return ocs_vec_push(p->arena, &p->queries);
}

static ocs_status keep(xap_query **made, ocs_status st, xap_query **out)
{
    if (st != OCS_OK)
        *made = NULL;
    *out = *made;
    return st;
}

ocs_status ocs_planner_term(ocs_planner *p, xap_query **out)
{
    xap_query **made = new_query(p);
    if (!made || ocs_buf_status(&p->term) != OCS_OK)
        return ocs_planner_nomem(p);
    return keep(made, xap_query_term(ocs_buf_str(&p->term), made, p->err), out);
}

ocs_status ocs_planner_prefix(ocs_planner *p, xap_query **out)
{
    xap_query **made = new_query(p);
    if (!made || ocs_buf_status(&p->term) != OCS_OK)
        return ocs_planner_nomem(p);
    return keep(made, xap_query_wildcard(ocs_buf_str(&p->term), OCS_PREFIX_TERMS, made, p->err),
                out);
}

ocs_status ocs_planner_all(ocs_planner *p, xap_query **out)
{
    xap_query **made = new_query(p);
    return made ? keep(made, xap_query_all(made, p->err), out) : ocs_planner_nomem(p);
}

static ocs_status none(ocs_planner *p, xap_query **out)
{
    xap_query **made = new_query(p);
    return made ? keep(made, xap_query_none(made, p->err), out) : ocs_planner_nomem(p);
}

ocs_status ocs_planner_scale(ocs_planner *p, xap_query *part, double factor, xap_query **out)
{
    xap_query **made = new_query(p);
    return made ? keep(made, xap_query_scale(part, factor, made, p->err), out)
                : ocs_planner_nomem(p);
}

ocs_status ocs_planner_combine(ocs_planner *p, xap_op op, xap_query **parts, size_t n,
                               uint32_t window, xap_query **out)
{
    if (n == 0)
        return none(p, out);
    *out = parts[0];
    if (n == 1)
        return OCS_OK;
    xap_query **made = new_query(p);
    return made ? keep(made, xap_query_combine(op, parts, n, window, made, p->err), out)
                : ocs_planner_nomem(p);
}

ocs_status ocs_planner_terms(ocs_planner *p, xap_op op, const ocs_term_list *terms, xap_query **out)
{
    xap_query **parts = ocs_arena_array(p->arena, terms->n, sizeof(xap_query *));
    if (!parts)
        return ocs_planner_nomem(p);
    for (size_t i = 0; i < terms->n; i++) {
        ocs_buf_reset(&p->term);
        ocs_buf_put(&p->term, terms->at[i]);
        ocs_status st = ocs_planner_term(p, &parts[i]);
        if (st != OCS_OK)
            return st;
    }
    return ocs_planner_combine(p, op, parts, terms->n, 0, out);
}

/* ---- terms ---- */

static bool listed(const ocs_term_list *list, ocs_str term)
{
    for (size_t i = 0; i < list->n; i++)
        if (ocs_str_eq(list->at[i], term))
            return true;
    return false;
}

static ocs_status push(ocs_planner *p, ocs_term_list *list, ocs_str term)
{
    ocs_str copy = ocs_str_copy(p->arena, term);
    ocs_str *place = ocs_vec_push(p->arena, list);
    if (!place || (term.n > 0 && !copy.p))
        return ocs_planner_nomem(p);
    *place = copy;
    return OCS_OK;
}

ocs_status ocs_planner_add(ocs_planner *p, ocs_term_list *list, ocs_str text)
{
    return listed(list, text) ? OCS_OK : push(p, list, text);
}

ocs_status ocs_planner_list(ocs_planner *p, ocs_term_list *list)
{
    if (ocs_buf_status(&p->term) != OCS_OK)
        return ocs_planner_nomem(p);
    return ocs_planner_add(p, list, ocs_buf_str(&p->term));
}

ocs_status ocs_planner_known(ocs_planner *p, bool *known)
{
    uint32_t documents = 0;
    ocs_status st = xap_db_term_documents(p->db, ocs_buf_str(&p->term), &documents, p->err);
    *known = documents > 0;
    return st;
}

static ocs_status too_many(ocs_planner *p, const ocs_node *node, uint32_t most)
{
    return ocs_fail_at(p->err, OCS_USAGE, (long)node->at.from,
                       "this stands for more than %u words or names: write more of it",
                       (unsigned)most);
}

/* The walk of ocs_planner_walk over ${terms}; ${head} bytes of each are the prefix. */
static ocs_status collect(ocs_planner *p, xap_terms *terms, size_t head, ocs_term_fits *fits,
                          const void *payload, uint32_t most, ocs_term_list *list)
{
    ocs_str term;
    ocs_status st;
    size_t from = list->n;
    while ((st = xap_terms_next(terms, &term, NULL, p->err)) == OCS_OK) {
        if (fits && !fits(payload, ocs_str_sub(term, head, term.n)))
            continue;
        if (list->n - from == most)
            return OCS_LIMIT;
        if ((st = push(p, list, term)) != OCS_OK)
            return st;
    }
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

ocs_status ocs_planner_walk(ocs_planner *p, const ocs_node *node, uint32_t most,
                            ocs_term_fits *fits, const void *payload, ocs_term_list *list)
{
    xap_terms *terms = NULL;
    if (ocs_buf_status(&p->term) != OCS_OK)
        return ocs_planner_nomem(p);
    ocs_status st = xap_db_terms(p->db, ocs_buf_str(&p->term), &terms, p->err);
    if (st != OCS_OK)
        return st;
    st = collect(p, terms, p->term.n, fits, payload, most, list);
    xap_terms_free(terms);
    return st == OCS_LIMIT && ocs_arena_status(p->arena) == OCS_OK ? too_many(p, node, most) : st;
}

ocs_status ocs_planner_words(ocs_planner *p, const ocs_node *node, ocs_str text, ocs_words *words)
{
    if (!ocs_words_of(p->arena, text, words))
        return ocs_planner_nomem(p);
    if (words->n == 0)
        return ocs_fail_at(p->err, OCS_USAGE, (long)node->at.from, "there is no word in this");
    return OCS_OK;
}

static bool stopword(const ocs_planner *p, ocs_str word)
{
    return ocs_gaz_find(p->gaz, OCS_GAZ_STOPWORD, word) != NULL;
}

ocs_status ocs_planner_name_words(ocs_planner *p, const ocs_node *node, ocs_str text,
                                  ocs_term_list *words)
{
    ocs_words all;
    ocs_status st = ocs_planner_words(p, node, text, &all);
    for (size_t i = 0; st == OCS_OK && i < all.n; i++)
        if (!stopword(p, all.at[i].fold))
            st = ocs_planner_add(p, words, all.at[i].fold);
    for (size_t i = 0; st == OCS_OK && words->n == 0 && i < all.n; i++)
        st = ocs_planner_add(p, words, all.at[i].fold);
    return st;
}

/* ---- what is told about the plan ---- */

ocs_status ocs_planner_mark(ocs_planner *p, ocs_str mark)
{
    if (p->negated > 0 || p->in_title)
        return OCS_OK;
    return ocs_planner_add(p, &p->marks, mark);
}

ocs_status ocs_planner_mark_terms(ocs_planner *p, const ocs_term_list *terms)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < terms->n; i++)
        st = ocs_planner_mark(p, terms->at[i]);
    return st;
}

/* ${node} as it would be printed. */
static ocs_status printed(ocs_planner *p, const ocs_node *node, ocs_str *out)
{
    ocs_buf text;
    ocs_buf_init(&text, 64 * 1024 + 64);
    ocs_query_print(node, &text);
    *out = ocs_str_copy(p->arena, ocs_buf_str(&text));
    ocs_status st = ocs_buf_status(&text);
    ocs_buf_clear(&text);
    return st == OCS_OK && out->p ? OCS_OK : ocs_planner_nomem(p);
}

ocs_status ocs_planner_expand(ocs_planner *p, const ocs_node *node, ocs_str to)
{
    ocs_expansion made = {0};
    ocs_status st = printed(p, node, &made.from);
    if (st != OCS_OK)
        return st;
    made.to = ocs_str_copy(p->arena, to);
    for (size_t i = 0; i < p->expansions.n; i++)
        if (ocs_str_eq(p->expansions.at[i].from, made.from) &&
            ocs_str_eq(p->expansions.at[i].to, made.to))
            return OCS_OK;
    ocs_expansion *place = ocs_vec_push(p->arena, &p->expansions);
    if (!place || !made.to.p)
        return ocs_planner_nomem(p);
    *place = made;
    return OCS_OK;
}
