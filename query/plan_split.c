/* Names that the alias file splits, in an index that was made without it: the new name is the old
 * one in the documents of which the condition is true, and the old name asked for in full is not
 * found in those.  Of several conditions the first that is true counts. */
#include "query/planner.h"

/* ---- conditions ---- */

/* The words one after the other. */
static ocs_status words_query(ocs_planner *p, ocs_str text, xap_query **out)
{
    ocs_words words;
    if (!ocs_words_of(p->arena, text, &words))
        return ocs_planner_nomem(p);
    xap_query **parts = ocs_arena_array(p->arena, words.n, sizeof(xap_query *));
    if (!parts)
        return ocs_planner_nomem(p);
    for (size_t i = 0; i < words.n; i++) {
        ocs_buf_reset(&p->term);
        ocs_term_word(&p->term, words.at[i].fold);
        ocs_status st = ocs_planner_term(p, &parts[i]);
        if (st != OCS_OK)
            return st;
    }
    return ocs_planner_combine(p, XAP_PHRASE, parts, words.n, (uint32_t)words.n, out);
}

static ocs_status condition_query(ocs_planner *p, const ocs_alias_rule *rule, xap_query **out)
{
    if (rule->when == OCS_WHEN_WORD)
        return words_query(p, rule->value, out);
    if (rule->when == OCS_WHEN_PATH && ocs_str_eq(rule->value, OCS_STR("/")))
        return ocs_planner_all(p, out);
    ocs_buf_reset(&p->term);
    if (rule->when == OCS_WHEN_PATH)
        ocs_term_path(&p->term, rule->value);
    else
        ocs_term_id(&p->term, rule->value);
    return ocs_planner_term(p, out);
}

typedef OCS_VEC(xap_query *) query_list;

static ocs_status add_query(ocs_planner *p, query_list *list, xap_query *query)
{
    xap_query **place = ocs_vec_push(p->arena, list);
    if (!place)
        return ocs_planner_nomem(p);
    *place = query;
    return OCS_OK;
}

static bool splits(const ocs_alias_rule *rule, ocs_mention_type type, ocs_str key)
{
    return rule->verb == OCS_ALIAS_SPLIT && rule->type == type && ocs_str_eq(rule->from[0], key);
}

/* Add the conditions of the rules before number ${end} that split ${key}. */
static ocs_status add_conditions(ocs_planner *p, ocs_mention_type type, ocs_str key, size_t end,
                                 query_list *list)
{
    const ocs_alias_rule *rules;
    size_t n = ocs_aliases_rules(p->aliases, &rules);
    for (size_t i = 0; i < n && i < end; i++) {
        xap_query *condition;
        if (!splits(&rules[i], type, key))
            continue;
        ocs_status st = condition_query(p, &rules[i], &condition);
        if (st != OCS_OK || (st = add_query(p, list, condition)) != OCS_OK)
            return st;
    }
    return OCS_OK;
}

/* ${query} but for what any of ${list} finds. */
static ocs_status without(ocs_planner *p, xap_query *query, query_list *list, xap_query **out)
{
    xap_query *both[2] = {query, NULL};
    *out = query;
    if (list->n == 0)
        return OCS_OK;
    ocs_status st = ocs_planner_combine(p, XAP_OR, list->at, list->n, 0, &both[1]);
    return st == OCS_OK ? ocs_planner_combine(p, XAP_AND_NOT, both, 2, 0, out) : st;
}

/* ---- names ---- */

static ocs_status key_query(ocs_planner *p, const ocs_node *node, ocs_str key, xap_query **out)
{
    ocs_buf_reset(&p->term);
    ocs_term_key(&p->term, ocs_field_of(node->field)->family, key);
    return ocs_planner_term(p, out);
}

/* The new name of rule number ${i}: the old one where this condition holds and none before it. */
static ocs_status new_name(ocs_planner *p, const ocs_node *node, size_t i, xap_query **out)
{
    const ocs_alias_rule *rules;
    xap_query *both[2], *split;
    query_list earlier = {0};
    (void)ocs_aliases_rules(p->aliases, &rules);
    const ocs_alias_rule *rule = &rules[i];
    ocs_status st;
    if ((st = key_query(p, node, rule->from[0], &both[0])) != OCS_OK ||
        (st = condition_query(p, rule, &both[1])) != OCS_OK ||
        (st = ocs_planner_scale(p, both[1], 0.0, &both[1])) != OCS_OK ||
        (st = ocs_planner_combine(p, XAP_AND, both, 2, 0, &split)) != OCS_OK ||
        (st = add_conditions(p, rule->type, rule->from[0], i, &earlier)) != OCS_OK)
        return st;
    ocs_buf_reset(&p->term);
    ocs_term_key(&p->term, ocs_field_of(node->field)->family, rule->key);
    if ((st = ocs_planner_mark(p, ocs_buf_str(&p->term))) != OCS_OK)
        return st;
    return without(p, split, &earlier, out);
}

/* Every new name that is meant, as a part of ${parts}. */
static ocs_status add_new_names(ocs_planner *p, const ocs_node *node, const ocs_term_list *terms,
                                query_list *parts)
{
    const ocs_alias_rule *rules;
    size_t n = ocs_aliases_rules(p->aliases, &rules);
    for (size_t i = 0; i < n; i++) {
        bool meant;
        xap_query *query;
        if (rules[i].verb != OCS_ALIAS_SPLIT)
            continue;
        ocs_status st = ocs_plan_name_meant(p, node, &rules[i], rules[i].key, terms, &meant);
        if (st != OCS_OK)
            return st;
        if (meant && ((st = new_name(p, node, i, &query)) != OCS_OK ||
                      (st = add_query(p, parts, query)) != OCS_OK))
            return st;
    }
    return OCS_OK;
}

/* A term is itself, but a key that is split is it only where no condition holds. */
static ocs_status add_term(ocs_planner *p, ocs_str term, query_list *parts)
{
    enum { HEAD = 3 }; /* "XP=" */
    query_list conditions = {0};
    xap_query *query;
    ocs_buf_reset(&p->term);
    ocs_buf_put(&p->term, term);
    ocs_status st = ocs_planner_term(p, &query);
    for (int t = 0; st == OCS_OK && t < OCS_MENTION_TYPE_COUNT; t++) {
        ocs_mention_type type = (ocs_mention_type)t;
        if (term.n > HEAD && term.p[2] == '=' &&
            term.p[1] == ocs_family_letter(ocs_family_of_mention(type)))
            st = add_conditions(p, type, ocs_str_sub(term, HEAD, term.n), SIZE_MAX, &conditions);
    }
    if (st == OCS_OK)
        st = without(p, query, &conditions, &query);
    return st == OCS_OK ? add_query(p, parts, query) : st;
}

ocs_status ocs_plan_split(ocs_planner *p, const ocs_node *node, const ocs_term_list *terms,
                          xap_query **out)
{
    query_list parts = {0};
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < terms->n; i++)
        st = add_term(p, terms->at[i], &parts);
    if (st == OCS_OK)
        st = add_new_names(p, node, terms, &parts);
    return st == OCS_OK ? ocs_planner_combine(p, XAP_OR, parts.at, parts.n, 0, out) : st;
}
