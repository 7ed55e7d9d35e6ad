/* From tree to Xapian query: one function for each kind of node.  An AND keeps apart what gives a
 * score, what only filters and what is forbidden; elsewhere a filter's score is made nothing.  The
 * words, fields and dates themselves are planned in plan_*.c. */
#include "query/planner.h"

static ocs_status plan_node(ocs_planner *p, const ocs_node *node, xap_query **out);

static ocs_status plan_date(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    if (node->field == OCS_FIELD_ON)
        return ocs_plan_entity(p, node, out);
    ocs_buf_reset(&p->term);
    ocs_buf_puts(&p->term, "DY"); /* every dated page has a year */
    return ocs_planner_prefix(p, out);
}

static ocs_status plan_field(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    switch (ocs_field_of(node->field)->form) {
    case OCS_VALUE_ENTITY:
        return ocs_plan_entity(p, node, out);
    case OCS_VALUE_ROLE:
        return ocs_plan_role(p, node, out);
    case OCS_VALUE_DATE:
        return plan_date(p, node, out);
    default:
        return ocs_plan_filter(p, node, out);
    }
}

/* ---- AND, OR, NOT ---- */

static bool filters(const ocs_node *node)
{
    if (node->kind == OCS_NODE_FIELD || node->kind == OCS_NODE_RANGE)
        return ocs_field_filters(node->field);
    if (node->kind != OCS_NODE_AND && node->kind != OCS_NODE_OR)
        return false;
    for (const ocs_node *child = node->children; child; child = child->next)
        if (!filters(child) && child->kind != OCS_NODE_NOT)
            return false;
    return true;
}

/* The node with no score where it only filters. */
static ocs_status plan_scored(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_status st = plan_node(p, node, out);
    return st == OCS_OK && filters(node) ? ocs_planner_scale(p, *out, 0.0, out) : st;
}

static size_t count_children(const ocs_node *node)
{
    size_t n = 0;
    for (const ocs_node *child = node->children; child; child = child->next)
        n++;
    return n;
}

typedef struct parts {
    xap_query **at;
    size_t n;
} parts;

/* Plan the children of ${node} that ${belongs} chooses. */
static ocs_status plan_some(ocs_planner *p, const ocs_node *node, bool (*belongs)(const ocs_node *),
                            parts *out)
{
    *out = (parts){ocs_arena_array(p->arena, count_children(node), sizeof(xap_query *)), 0};
    if (!out->at)
        return ocs_planner_nomem(p);
    for (const ocs_node *child = node->children; child; child = child->next) {
        if (!belongs(child))
            continue;
        bool forbidden = child->kind == OCS_NODE_NOT;
        p->negated += forbidden;
        ocs_status st = plan_node(p, forbidden ? child->children : child, &out->at[out->n++]);
        p->negated -= forbidden;
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

static bool forbids(const ocs_node *node)
{
    return node->kind == OCS_NODE_NOT;
}

static bool only_filters(const ocs_node *node)
{
    return !forbids(node) && filters(node);
}

static bool scores(const ocs_node *node)
{
    return !forbids(node) && !filters(node);
}

static ocs_status add_filters(ocs_planner *p, parts *filtering, bool scored, xap_query **out)
{
    xap_query *both[2] = {*out, NULL};
    if (filtering->n == 0)
        return OCS_OK;
    ocs_status st = ocs_planner_combine(p, XAP_AND, filtering->at, filtering->n, 0, &both[1]);
    if (st != OCS_OK)
        return st;
    if (!scored)
        return ocs_planner_scale(p, both[1], 0.0, out);
    return ocs_planner_combine(p, XAP_FILTER, both, 2, 0, out);
}

static ocs_status take_away(ocs_planner *p, parts *forbidden, xap_query **out)
{
    xap_query *both[2] = {*out, NULL};
    if (forbidden->n == 0)
        return OCS_OK;
    ocs_status st = ocs_planner_combine(p, XAP_OR, forbidden->at, forbidden->n, 0, &both[1]);
    return st == OCS_OK ? ocs_planner_combine(p, XAP_AND_NOT, both, 2, 0, out) : st;
}

static ocs_status plan_and(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    parts scoring, filtering, forbidden;
    ocs_status st;
    if ((st = plan_some(p, node, scores, &scoring)) != OCS_OK ||
        (st = plan_some(p, node, only_filters, &filtering)) != OCS_OK ||
        (st = plan_some(p, node, forbids, &forbidden)) != OCS_OK)
        return st;
    if (scoring.n > 0)
        st = ocs_planner_combine(p, XAP_AND, scoring.at, scoring.n, 0, out);
    else
        st = ocs_planner_all(p, out);
    if (st != OCS_OK || (st = add_filters(p, &filtering, scoring.n > 0, out)) != OCS_OK)
        return st;
    return take_away(p, &forbidden, out);
}

static ocs_status plan_or(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    size_t n = 0;
    xap_query **all = ocs_arena_array(p->arena, count_children(node), sizeof(xap_query *));
    if (!all)
        return ocs_planner_nomem(p);
    for (const ocs_node *child = node->children; child; child = child->next) {
        ocs_status st = plan_scored(p, child, &all[n++]);
        if (st != OCS_OK)
            return st;
    }
    return ocs_planner_combine(p, XAP_OR, all, n, 0, out);
}

static ocs_status plan_not(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    xap_query *both[2];
    ocs_status st = ocs_planner_all(p, &both[0]);
    if (st != OCS_OK)
        return st;
    p->negated++;
    st = plan_node(p, node->children, &both[1]);
    p->negated--;
    return st == OCS_OK ? ocs_planner_combine(p, XAP_AND_NOT, both, 2, 0, out) : st;
}

/* ---- NEAR ---- */

static ocs_status near_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_status st = OCS_OK;
    switch (node->kind) {
    case OCS_NODE_WORD:
    case OCS_NODE_PHRASE:
        return ocs_plan_word_terms(p, node, terms);
    case OCS_NODE_RANGE:
        return ocs_plan_range_terms(p, node, terms);
    case OCS_NODE_FIELD:
        return node->field == OCS_FIELD_ROLE ? ocs_plan_role_terms(p, node, terms)
                                             : ocs_plan_entity_terms(p, node, terms);
    case OCS_NODE_OR:
        for (const ocs_node *child = node->children; st == OCS_OK && child; child = child->next)
            st = near_terms(p, child, terms);
        return st;
    default:
        return ocs_fail(p->err, OCS_BUG, "an operand of NEAR that the parser let through");
    }
}

/* Within ${distance} words: positions differ by so much at most, from each operand to the next. */
static ocs_status plan_near(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    size_t n = 0;
    xap_op op = node->kind == OCS_NODE_NEAR ? XAP_NEAR : XAP_PHRASE;
    xap_query **operands = ocs_arena_array(p->arena, count_children(node), sizeof(xap_query *));
    if (!operands)
        return ocs_planner_nomem(p);
    for (const ocs_node *child = node->children; child; child = child->next, n++) {
        ocs_term_list terms = {0};
        ocs_status st = near_terms(p, child, &terms);
        if (st != OCS_OK || (st = ocs_planner_terms(p, XAP_OR, &terms, &operands[n])) != OCS_OK)
            return st;
        if (terms.n == 0)
            return ocs_planner_combine(p, XAP_OR, NULL, 0, 0, out);
    }
    uint32_t window = node->distance * (uint32_t)(n - 1) + 1;
    return ocs_planner_combine(p, op, operands, n, window, out);
}

/* ---- the whole ---- */

static ocs_status plan_title(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    p->in_title = true;
    ocs_status st = plan_node(p, node->children, out);
    p->in_title = false;
    return st;
}

static ocs_status plan_node(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    switch (node->kind) {
    case OCS_NODE_WORD:
        return ocs_plan_word(p, node, out);
    case OCS_NODE_PHRASE:
        return ocs_plan_phrase(p, node, out);
    case OCS_NODE_FIELD:
        return plan_field(p, node, out);
    case OCS_NODE_RANGE:
        return ocs_plan_range(p, node, out);
    case OCS_NODE_TITLE:
        return plan_title(p, node, out);
    case OCS_NODE_AND:
        return plan_and(p, node, out);
    case OCS_NODE_OR:
        return plan_or(p, node, out);
    case OCS_NODE_NOT:
        return plan_not(p, node, out);
    case OCS_NODE_NEAR:
    case OCS_NODE_ADJ:
        return plan_near(p, node, out);
    case OCS_NODE_EMPTY:
        return ocs_planner_all(p, out);
    }
    return ocs_fail(p->err, OCS_BUG, "a node of no known kind");
}

/* Free every query but ${kept}. */
static void free_queries(ocs_planner *p, const xap_query *kept)
{
    for (size_t i = 0; i < p->queries.n; i++)
        if (p->queries.at[i] != kept)
            xap_query_free(p->queries.at[i]);
}

ocs_status ocs_query_plan(const ocs_node *tree, ocs_index *index, ocs_arena *arena, ocs_plan *plan,
                          ocs_error *err)
{
    static const ocs_plan_options usual = {0};
    const ocs_plan_options *given = ocs_index_planning(index);
    ocs_planner p = {.index = index,
                     .db = ocs_index_db(index),
                     .options = given ? given : &usual,
                     .gaz = given && given->tables ? given->tables : ocs_gaz_builtin(),
                     .aliases = ocs_index_aliases(index),
                     .arena = arena,
                     .err = err};
    xap_query *root = NULL;
    *plan = (ocs_plan){0};
    if (!(p.stemmers = ocs_stemmers_new()))
        return ocs_fail(err, OCS_NOMEM, "no memory for the stemmers");
    ocs_buf_init(&p.term, 1024 * 1024);
    ocs_status st = ocs_plan_saved(&p, tree, &tree);
    if (st == OCS_OK)
        st = plan_scored(&p, tree, &root);
    free_queries(&p, st == OCS_OK ? root : NULL);
    ocs_buf_clear(&p.term);
    ocs_stemmers_free(p.stemmers);
    if (st == OCS_OK)
        *plan = (ocs_plan){root, p.expansions.at, p.expansions.n, p.marks.at, p.marks.n};
    return st;
}

void ocs_plan_clear(ocs_plan *plan)
{
    xap_query_free(plan->query);
    plan->query = NULL;
}
