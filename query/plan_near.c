/* NEAR and ADJ.  libxapian joins single terms by their places, and that is how words and names are
 * joined.  A phrase, a role of several words and whose office somebody holds are joins by place
 * already, which cannot be joined again: with one of these among the operands the pages that have
 * all operands are candidates, and looked into (query/within.h). */
#include "query/planner.h"

#include "query/lex.h"

static size_t count_children(const ocs_node *node)
{
    size_t n = 0;
    for (const ocs_node *child = node->children; child; child = child->next)
        n++;
    return n;
}

/* ---- single terms ---- */

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
static ocs_status near_single(ocs_planner *p, const ocs_node *node, xap_query **out)
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

/* ---- candidates that are looked into ---- */

/* Whether the operand itself, not one of an OR, is joined by places. */
static ocs_status joined(ocs_planner *p, const ocs_node *node, bool *is)
{
    ocs_piece_list pieces = {0};
    ocs_status st = OCS_OK;
    *is = node->kind == OCS_NODE_FIELD && node->children;
    bool role = node->kind == OCS_NODE_FIELD && node->field == OCS_FIELD_ROLE;
    bool words = node->kind == OCS_NODE_PHRASE || node->kind == OCS_NODE_WORD;
    if (*is || node->text.n == 0 || (node->kind == OCS_NODE_WORD && node->fuzzy > 0))
        return OCS_OK;
    if (role)
        st = ocs_planner_name_pieces(p, node, &pieces);
    else if (words && !ocs_lex_pattern(node->text))
        st = ocs_planner_pieces(p, node, node->text, &pieces);
    *is = pieces.n > 1;
    return st;
}

static ocs_status any_joined(ocs_planner *p, const ocs_node *node, bool *is)
{
    if (node->kind != OCS_NODE_OR && node->kind != OCS_NODE_NEAR && node->kind != OCS_NODE_ADJ)
        return joined(p, node, is);
    ocs_status st = OCS_OK;
    *is = false;
    for (const ocs_node *child = node->children; st == OCS_OK && !*is && child; child = child->next)
        st = any_joined(p, child, is);
    return st;
}

static ocs_status query_of(ocs_planner *p, const ocs_part *part, xap_query **out);

/* The children of ${part}, joined by ${op}; nothing is found where one that must be there is never. */
static ocs_status query_of_children(ocs_planner *p, const ocs_part *part, xap_op op,
                                    xap_query **out)
{
    OCS_VEC(xap_query *) all = {0};
    for (const ocs_part *child = part->children; child; child = child->next) {
        xap_query **place = ocs_vec_push(p->arena, &all);
        ocs_status st = place ? query_of(p, child, place) : ocs_planner_nomem(p);
        if (st != OCS_OK)
            return st;
        if (op != XAP_OR && child->kind == OCS_PART_TERMS && child->n_terms == 0) {
            *out = *place;
            return OCS_OK;
        }
    }
    return ocs_planner_combine(p, op, all.at, all.n, (uint32_t)all.n, out);
}

/* The documents that have all that ${part} is made of, phrases as such. */
static ocs_status query_of(ocs_planner *p, const ocs_part *part, xap_query **out)
{
    ocs_term_list terms = {0};
    switch (part->kind) {
    case OCS_PART_TERMS:
        for (size_t i = 0; i < part->n_terms; i++) {
            ocs_status st = ocs_planner_add(p, &terms, part->terms[i]);
            if (st != OCS_OK)
                return st;
        }
        return ocs_planner_terms(p, XAP_OR, &terms, out);
    case OCS_PART_PHRASE:
        return query_of_children(p, part, XAP_PHRASE, out);
    case OCS_PART_ANY:
        return query_of_children(p, part, XAP_OR, out);
    default:
        return query_of_children(p, part, XAP_AND, out);
    }
}

ocs_status ocs_plan_near(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    bool is;
    ocs_part *part;
    xap_query *candidates;
    ocs_status st = any_joined(p, node, &is);
    if (st != OCS_OK || !is || p->in_title) /* a title has single terms only */
        return st == OCS_OK ? near_single(p, node, out) : st;
    if ((st = ocs_plan_part(p, node, &part)) != OCS_OK ||
        (st = query_of(p, part, &candidates)) != OCS_OK)
        return st;
    return ocs_plan_checked(p, candidates, OCS_BOUND_DOCUMENT, part, out);
}
