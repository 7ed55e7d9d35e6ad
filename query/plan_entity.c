/* Entities: countries by their codes and names, and any entity at all.  Other names are planned in
 * plan_name.c, roles in plan_role.c. */
#include "query/near_country.h"
#include "query/planner.h"

#include "query/lex.h"

static ocs_status add_key(ocs_planner *p, const ocs_node *node, ocs_str key, ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_key(&p->term, ocs_planner_family(p, node), key);
    return ocs_planner_list(p, terms);
}

static ocs_status add_any(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_any(&p->term, ocs_planner_family(p, node));
    return ocs_planner_list(p, terms);
}

/* ---- countries ---- */

static ocs_status add_thing(ocs_planner *p, const ocs_node *node, const ocs_gaz_thing *thing,
                            ocs_str shown, ocs_term_list *terms)
{
    ocs_str key = ocs_gaz_str(p->gaz, thing->key);
    ocs_status st = add_key(p, node, key, terms);
    if (st != OCS_OK || ocs_str_eq(node->text, key))
        return st;
    return ocs_planner_expand(p, node, shown);
}

/* "mk" and "MK" are codes. */
static const ocs_gaz_thing *country_by_code(const ocs_planner *p, ocs_str text)
{
    char code[2];
    if (text.n != sizeof code)
        return NULL;
    for (size_t i = 0; i < sizeof code; i++) {
        char c = text.p[i];
        code[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return ocs_gaz_by_key(p->gaz, OCS_GAZ_COUNTRY, (ocs_str){code, sizeof code});
}

/* Whether a folded name of a country is what ${node} asks for, whose folded text is ${fold}. */
static bool country_fits(const ocs_node *node, ocs_str fold, ocs_nearby *nearby, ocs_str name)
{
    size_t dead;
    if (node->fuzzy > 0)
        return ocs_nearby_distance(nearby, name, &dead) <= nearby->most;
    return ocs_lex_fits(fold, node->wildcard, name);
}

/* Every country one of whose names begins so, is like that, or is nearly that. */
static ocs_status add_countries(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    const ocs_gaz *gaz = p->gaz;
    ocs_str fold = ocs_fold(p->arena, node->text);
    ocs_nearby nearby;
    ocs_status st = OCS_OK;
    if (node->fuzzy > 0)
        st = ocs_planner_fuzzy(p, node, fold, true, &nearby);
    for (size_t i = 0; st == OCS_OK && i < gaz->n_phrases; i++) {
        const ocs_gaz_thing *thing = &gaz->things[gaz->phrases[i].thing];
        if (thing->table == OCS_GAZ_COUNTRY &&
            country_fits(node, fold, &nearby,
                         ocs_fold(p->arena, ocs_gaz_str(gaz, gaz->phrases[i].text))))
            st = add_thing(p, node, thing, ocs_gaz_str(p->gaz, thing->key), terms);
    }
    return st == OCS_OK && ocs_arena_status(p->arena) != OCS_OK ? ocs_planner_nomem(p) : st;
}

static ocs_status country_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    size_t before = terms->n;
    const ocs_gaz_thing *thing = country_by_code(p, node->text);
    ocs_status st = OCS_OK;
    if (node->wildcard || node->fuzzy > 0 || ocs_lex_head(node->text) < node->text.n)
        st = add_countries(p, node, terms);
    else if (thing || (thing = ocs_gaz_find(p->gaz, OCS_GAZ_COUNTRY, node->text)))
        st = add_thing(p, node, thing, ocs_gaz_str(p->gaz, thing->key), terms);
    if (st != OCS_OK || terms->n > before)
        return st;
    int n = node->text.n > 40 ? 40 : (int)node->text.n;
    ocs_str near = ocs_country_near(p->gaz, node->text, p->arena);
    return ocs_fail_at(p->err, OCS_USAGE, ocs_planner_value_at(node),
                       "no country is called '%.*s'%s%.*s%s", n, node->text.p,
                       near.n > 0 ? "; did you mean " : "", OCS_ARG(near), near.n > 0 ? "?" : "");
}

/* ---- entities ---- */

/* The terms of ${node}, and apart those that only the tables lead to. */
static ocs_status find_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms,
                             ocs_term_list *others)
{
    ocs_status st;
    if (node->text.n == 0)
        st = add_any(p, node, terms);
    else if (node->field == OCS_FIELD_COUNTRY)
        st = country_terms(p, node, terms);
    else
        st = ocs_plan_name_terms(p, node, terms, others);
    if (st == OCS_OK)
        st = ocs_planner_mark_terms(p, terms);
    return st == OCS_OK ? ocs_planner_mark_terms(p, others) : st;
}

ocs_status ocs_plan_entity_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_term_list found = {0}, others = {0};
    ocs_status st = find_terms(p, node, &found, &others);
    for (size_t i = 0; st == OCS_OK && i < found.n; i++)
        st = ocs_planner_add(p, terms, found.at[i]);
    for (size_t i = 0; st == OCS_OK && i < others.n; i++)
        st = ocs_planner_add(p, terms, others.at[i]);
    return st;
}

static bool named_by_words(const ocs_node *node)
{
    return node->text.n > 0 && node->field != OCS_FIELD_COUNTRY;
}

static bool listed(const ocs_term_list *list, ocs_str term)
{
    for (size_t i = 0; i < list->n; i++)
        if (ocs_str_eq(list->at[i], term))
            return true;
    return false;
}

/* ${out}, which is any of ${terms}, or any of ${others}: as a word of a name does, they only select. */
static ocs_status or_others(ocs_planner *p, const ocs_term_list *terms, const ocs_term_list *others,
                            xap_query **out)
{
    xap_query *both[2] = {*out, NULL};
    ocs_term_list more = {0};
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < others->n; i++)
        if (!listed(terms, others->at[i]))
            st = ocs_planner_add(p, &more, others->at[i]);
    if (st != OCS_OK || more.n == 0)
        return st;
    st = ocs_planner_terms(p, XAP_OR, &more, &both[1]);
    if (st == OCS_OK)
        st = ocs_planner_scale(p, both[1], 0.0, &both[1]);
    return st == OCS_OK ? ocs_planner_combine(p, XAP_OR, both, 2, 0, out) : st;
}

ocs_status ocs_plan_entity(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_term_list terms = {0}, others = {0};
    ocs_status st = find_terms(p, node, &terms, &others);
    if (st != OCS_OK || !named_by_words(node))
        return st == OCS_OK ? ocs_planner_terms(p, XAP_OR, &terms, out) : st;
    if (terms.n > 0)
        st = ocs_plan_name_ranking(p, node, &terms);
    if (st == OCS_OK)
        st = ocs_plan_split(p, node, &terms, out);
    return st == OCS_OK ? or_others(p, &terms, &others, out) : st;
}
