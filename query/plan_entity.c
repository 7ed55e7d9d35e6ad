/* Entities: countries by their codes and names, any entity at all, and roles by their words.  Other
 * names are planned in plan_name.c. */
#include "query/near_country.h"
#include "query/planner.h"

static ocs_family family_of(const ocs_node *node)
{
    return ocs_field_of(node->field)->family;
}

static ocs_status add_key(ocs_planner *p, const ocs_node *node, ocs_str key, ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_key(&p->term, family_of(node), key);
    return ocs_planner_list(p, terms);
}

static ocs_status add_word(ocs_planner *p, const ocs_node *node, ocs_str word, ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_name(&p->term, family_of(node), word);
    return ocs_planner_list(p, terms);
}

static ocs_status add_any(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_any(&p->term, family_of(node));
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

/* Every country one of whose names begins so. */
static ocs_status add_countries(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    const ocs_gaz *gaz = p->gaz;
    ocs_str head = ocs_fold(p->arena, node->text);
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < gaz->n_phrases; i++) {
        const ocs_gaz_thing *thing = &gaz->things[gaz->phrases[i].thing];
        if (thing->table == OCS_GAZ_COUNTRY &&
            ocs_str_starts(ocs_fold(p->arena, ocs_gaz_str(gaz, gaz->phrases[i].text)), head))
            st = add_thing(p, node, thing, ocs_gaz_str(p->gaz, thing->key), terms);
    }
    return st == OCS_OK && ocs_arena_status(p->arena) != OCS_OK ? ocs_planner_nomem(p) : st;
}

static ocs_status country_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    size_t before = terms->n;
    const ocs_gaz_thing *thing = country_by_code(p, node->text);
    ocs_status st = OCS_OK;
    if (node->wildcard)
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

ocs_status ocs_plan_entity_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_term_list found = {0};
    ocs_status st;
    if (node->text.n == 0)
        st = add_any(p, node, &found);
    else if (family_of(node) == OCS_FAMILY_COUNTRY)
        st = country_terms(p, node, &found);
    else
        st = ocs_plan_name_terms(p, node, &found);
    for (size_t i = 0; st == OCS_OK && i < found.n; i++)
        st = ocs_planner_add(p, terms, found.at[i]);
    return st == OCS_OK ? ocs_planner_mark_terms(p, &found) : st;
}

static bool named_by_words(const ocs_node *node)
{
    return node->text.n > 0 && family_of(node) != OCS_FAMILY_COUNTRY;
}

ocs_status ocs_plan_entity(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_term_list terms = {0};
    ocs_status st = ocs_plan_entity_terms(p, node, &terms);
    if (st != OCS_OK || !named_by_words(node))
        return st == OCS_OK ? ocs_planner_terms(p, XAP_OR, &terms, out) : st;
    if (terms.n > 0)
        st = ocs_plan_name_ranking(p, node, &terms);
    return st == OCS_OK ? ocs_plan_split(p, node, &terms, out) : st;
}

/* ---- roles ---- */

static ocs_status word_prefix(ocs_planner *p, const ocs_node *node, ocs_str word,
                              ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_name(&p->term, family_of(node), word);
    return ocs_planner_walk(p, node, OCS_WILDCARD_WORDS, NULL, NULL, terms);
}

/* One word of a role; the last of a wildcard is a prefix. */
static ocs_status role_word(ocs_planner *p, const ocs_node *node, ocs_str word, bool last,
                            ocs_term_list *terms)
{
    ocs_term_list found = {0};
    ocs_status st = node->wildcard && last ? word_prefix(p, node, word, &found)
                                           : add_word(p, node, word, &found);
    for (size_t i = 0; st == OCS_OK && i < found.n; i++)
        st = ocs_planner_add(p, terms, found.at[i]);
    return st == OCS_OK ? ocs_planner_mark_terms(p, &found) : st;
}

ocs_status ocs_plan_role_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_term_list words = {0};
    if (node->text.n == 0) {
        ocs_status any = add_any(p, node, terms);
        return any == OCS_OK ? ocs_planner_mark(p, ocs_buf_str(&p->term)) : any;
    }
    ocs_status st = ocs_planner_name_words(p, node, node->text, &words);
    if (st != OCS_OK)
        return st;
    if (words.n > 1)
        return ocs_fail_at(p->err, OCS_USAGE, (long)node->at.from,
                           "a role of several words cannot stand in NEAR yet");
    return role_word(p, node, words.at[0], true, terms);
}

static ocs_status role_of_words(ocs_planner *p, const ocs_node *node, const ocs_term_list *words,
                                xap_query **out)
{
    xap_query **parts = ocs_arena_array(p->arena, words->n, sizeof(xap_query *));
    if (!parts)
        return ocs_planner_nomem(p);
    for (size_t i = 0; i < words->n; i++) {
        ocs_term_list terms = {0};
        ocs_status st = role_word(p, node, words->at[i], i + 1 == words->n, &terms);
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
    ocs_term_list words = {0}, any = {0};
    if (node->text.n == 0) {
        ocs_status st = ocs_plan_role_terms(p, node, &any);
        return st == OCS_OK ? ocs_planner_terms(p, XAP_OR, &any, out) : st;
    }
    ocs_status st = ocs_planner_name_words(p, node, node->text, &words);
    return st == OCS_OK ? role_of_words(p, node, &words, out) : st;
}
