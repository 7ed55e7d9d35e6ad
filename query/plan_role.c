/* Roles by their words, and people and roles by whose office it is.  The index tells the latter at
 * the position behind each at which the office is held (index/schema.h), so that "the person, then
 * the office's organisation" is a phrase of two. */
#include "query/planner.h"

/* ---- roles ---- */

static ocs_status add_word(ocs_planner *p, ocs_str word, ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_name(&p->term, OCS_FAMILY_ROLE, word);
    return ocs_planner_list(p, terms);
}

static ocs_status add_any(ocs_planner *p, ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_any(&p->term, OCS_FAMILY_ROLE);
    return ocs_planner_list(p, terms);
}

/* One word of a role as a wildcard, nearly, or as it is; the last of a wildcard is a prefix. */
static ocs_status find_word(ocs_planner *p, const ocs_node *node, const ocs_piece *piece, bool last,
                            ocs_term_list *found)
{
    ocs_nearby nearby;
    ocs_buf_reset(&p->term);
    ocs_term_name(&p->term, OCS_FAMILY_ROLE, (ocs_str){0});
    if (node->fuzzy > 0) {
        ocs_status st = ocs_planner_fuzzy(p, node, piece->fold, false, &nearby);
        return st == OCS_OK ? ocs_planner_walk_near(p, node, p->term.n, &nearby, found) : st;
    }
    if (piece->pattern)
        return ocs_planner_walk_pattern(p, node, piece->fold, found);
    ocs_buf_put(&p->term, piece->fold);
    if (node->wildcard && last)
        return ocs_planner_walk(p, node, OCS_WILDCARD_WORDS, NULL, NULL, found);
    return add_word(p, piece->fold, found);
}

static ocs_status role_word(ocs_planner *p, const ocs_node *node, const ocs_piece *piece, bool last,
                            ocs_term_list *terms)
{
    ocs_term_list found = {0};
    ocs_status st = find_word(p, node, piece, last, &found);
    if (st == OCS_OK && node->fuzzy == 0 && (piece->pattern || (node->wildcard && last)))
        st = ocs_planner_expand_terms(p, node, &found, strlen("XR~"));
    for (size_t i = 0; st == OCS_OK && i < found.n; i++)
        st = ocs_planner_add(p, terms, found.at[i]);
    return st == OCS_OK ? ocs_planner_mark_terms(p, &found) : st;
}

ocs_status ocs_plan_role_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_piece_list words = {0};
    if (node->text.n == 0) {
        ocs_status any = add_any(p, terms);
        return any == OCS_OK ? ocs_planner_mark(p, ocs_buf_str(&p->term)) : any;
    }
    ocs_status st = ocs_planner_name_pieces(p, node, &words);
    if (st != OCS_OK)
        return st;
    if (words.n > 1)
        return ocs_fail_at(p->err, OCS_USAGE, (long)node->at.from,
                           "a role of several words cannot stand here");
    return role_word(p, node, &words.at[0], true, terms);
}

static ocs_status role_of_words(ocs_planner *p, const ocs_node *node, const ocs_piece_list *words,
                                xap_query **out)
{
    xap_query **parts = ocs_arena_array(p->arena, words->n, sizeof(xap_query *));
    if (!parts)
        return ocs_planner_nomem(p);
    for (size_t i = 0; i < words->n; i++) {
        ocs_term_list terms = {0};
        ocs_status st = role_word(p, node, &words->at[i], i + 1 == words->n, &terms);
        if (st != OCS_OK || (st = ocs_planner_terms(p, XAP_OR, &terms, &parts[i])) != OCS_OK)
            return st;
        if (terms.n == 0) { /* NEAR takes no part that finds nothing */
            *out = parts[i];
            return OCS_OK;
        }
    }
    uint32_t window = (uint32_t)words->n + OCS_ROLE_SLACK;
    return ocs_planner_combine(p, XAP_NEAR, parts, words->n, window, out);
}

ocs_status ocs_plan_role(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_piece_list words = {0};
    ocs_term_list any = {0};
    if (node->text.n == 0) {
        ocs_status st = ocs_plan_role_terms(p, node, &any);
        return st == OCS_OK ? ocs_planner_terms(p, XAP_OR, &any, out) : st;
    }
    ocs_status st = ocs_planner_name_pieces(p, node, &words);
    return st == OCS_OK ? role_of_words(p, node, &words, out) : st;
}

/* ---- whose office ---- */

/* ${terms} right before what ${whose} lists. */
static ocs_status before(ocs_planner *p, const ocs_term_list *terms, xap_query *whose,
                         xap_query **out)
{
    xap_query *both[2] = {NULL, whose};
    if (terms->n == 0)
        return ocs_planner_combine(p, XAP_OR, NULL, 0, 0, out);
    ocs_status st = ocs_planner_terms(p, XAP_OR, terms, &both[0]);
    return st == OCS_OK ? ocs_planner_combine(p, XAP_PHRASE, both, 2, 2, out) : st;
}

ocs_status ocs_plan_whose(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    p->of_role = true;
    ocs_status st = ocs_plan_entity_terms(p, node, terms);
    p->of_role = false;
    return st;
}

static ocs_status person_held(ocs_planner *p, const ocs_node *node, xap_query *whose,
                              xap_query **out)
{
    ocs_term_list terms = {0};
    ocs_node person = *node;
    person.children = NULL;          /* for what is told of it */
    p->negated += node->text.n == 0; /* to mark everybody would hide who is meant */
    ocs_status st = ocs_plan_entity_terms(p, &person, &terms);
    p->negated -= node->text.n == 0;
    if (st == OCS_OK && terms.n > 0 && node->text.n > 0)
        st = ocs_plan_name_ranking(p, &person, &terms);
    return st == OCS_OK ? before(p, &terms, whose, out) : st;
}

/* Each word of a role before the organisation, and all of them as of any role. */
static ocs_status role_held(ocs_planner *p, const ocs_node *node, xap_query *whose, xap_query **out)
{
    ocs_piece_list words = {0};
    ocs_term_list terms = {0};
    if (node->text.n == 0) {
        ocs_status any = add_any(p, &terms);
        return any == OCS_OK ? before(p, &terms, whose, out) : any;
    }
    ocs_status st = ocs_planner_name_pieces(p, node, &words);
    xap_query **parts = ocs_arena_array(p->arena, words.n + 1, sizeof(xap_query *));
    if (st == OCS_OK && !parts)
        st = ocs_planner_nomem(p);
    for (size_t i = 0; st == OCS_OK && i < words.n; i++) {
        terms = (ocs_term_list){0};
        if ((st = role_word(p, node, &words.at[i], i + 1 == words.n, &terms)) == OCS_OK)
            st = before(p, &terms, whose, &parts[i]);
    }
    if (st == OCS_OK && words.n > 1)
        st = role_of_words(p, node, &words, &parts[words.n]);
    size_t n = words.n > 1 ? words.n + 1 : words.n;
    return st == OCS_OK ? ocs_planner_combine(p, XAP_AND, parts, n, 0, out) : st;
}

ocs_status ocs_plan_held(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    xap_query *whose;
    ocs_term_list terms = {0};
    ocs_status st = ocs_plan_whose(p, node->children, &terms);
    if (st != OCS_OK)
        return st;
    if (terms.n == 0)
        return ocs_planner_combine(p, XAP_OR, NULL, 0, 0, out);
    if ((st = ocs_planner_terms(p, XAP_OR, &terms, &whose)) != OCS_OK)
        return st;
    return node->field == OCS_FIELD_ROLE ? role_held(p, node, whose, out)
                                         : person_held(p, node, whose, out);
}
