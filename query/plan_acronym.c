/* Acronyms and full names of organisations: ODIHR also finds "Office for Democratic Institutions and
 * Human Rights", and that in quotes ODIHR.  The gazetteer has names in many languages; a full name
 * and an acronym belong together where the one is made of the first letters of the other, so that
 * OSCE does not become Organizacija za evropsku bezbednost.  Where none is, the thing's first name
 * stands for it, and an acronym of the same script. */
#include "query/planner.h"

/* Two letters or more, and all of them capitals. */
static bool is_acronym(ocs_str text)
{
    size_t letters = 0;
    uint32_t point;
    for (size_t at = 0; at < text.n;) {
        at += ocs_utf8_at(text, at, &point);
        bool upper = ocs_point_upper(point);
        if (!upper && !ocs_point_digit(point))
            return false;
        letters += upper;
    }
    return letters >= 2;
}

/* The first letters of the words of ${text} that are no stopwords; how many they are. */
static size_t initials(ocs_planner *p, ocs_str text, ocs_buf *out)
{
    ocs_words words;
    size_t n = 0;
    ocs_buf_reset(out);
    if (!ocs_words_of(p->arena, text, &words))
        return 0;
    for (size_t i = 0; i < words.n; i++) {
        uint32_t point;
        ocs_str fold = words.at[i].fold;
        if (ocs_gaz_find(p->gaz, OCS_GAZ_STOPWORD, fold))
            continue;
        ocs_buf_put(out, ocs_str_sub(fold, 0, ocs_utf8_at(fold, 0, &point)));
        n++;
    }
    return n;
}

static bool made_of(ocs_planner *p, ocs_str acronym, ocs_str name)
{
    ocs_buf letters;
    ocs_buf_init(&letters, 64 * 1024);
    bool made = initials(p, name, &letters) > 1 &&
                ocs_str_eq(ocs_buf_str(&letters), ocs_fold(p->arena, acronym));
    ocs_buf_clear(&letters);
    return made;
}

static ocs_script script_of(ocs_str text)
{
    uint32_t point = 0;
    if (text.n > 0)
        (void)ocs_utf8_at(text, 0, &point);
    return ocs_point_script(point);
}

/* Which of a thing's names are wanted for ${text}. */
typedef bool wanted_name(ocs_planner *p, ocs_str text, ocs_str name);

static bool full_name(ocs_planner *p, ocs_str acronym, ocs_str name)
{
    return made_of(p, acronym, name);
}

static bool short_name(ocs_planner *p, ocs_str name, ocs_str acronym)
{
    return is_acronym(acronym) && made_of(p, acronym, name);
}

static bool short_of_script(ocs_planner *p, ocs_str name, ocs_str acronym)
{
    (void)p;
    return is_acronym(acronym) && script_of(acronym) == script_of(name);
}

static ocs_status add_names(ocs_planner *p, const ocs_gaz_thing *thing, ocs_str text,
                            wanted_name *wanted, ocs_term_list *names)
{
    const ocs_gaz *gaz = p->gaz;
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < gaz->n_phrases; i++) {
        const ocs_gaz_phrase *phrase = &gaz->phrases[i];
        ocs_str name = ocs_gaz_str(gaz, phrase->text);
        if (&gaz->things[phrase->thing] == thing && phrase->kind != OCS_GAZ_BLOCK &&
            wanted(p, text, name))
            st = ocs_planner_add(p, names, name);
    }
    return st;
}

/* Whether ${text}, in capitals, is written so in the tables as a name of ${thing}. */
static bool names_it(const ocs_planner *p, const ocs_gaz_thing *thing, ocs_str text)
{
    const ocs_gaz *gaz = p->gaz;
    for (size_t i = 0; i < gaz->n_phrases; i++)
        if (&gaz->things[gaz->phrases[i].thing] == thing &&
            ocs_str_eq(ocs_gaz_str(gaz, gaz->phrases[i].text), text))
            return true;
    return false;
}

static ocs_status of_acronym(ocs_planner *p, const ocs_gaz_thing *thing, ocs_str text,
                             ocs_term_list *names)
{
    ocs_str first = ocs_gaz_str(p->gaz, thing->name);
    if (!names_it(p, thing, text))
        return OCS_OK;
    ocs_status st = add_names(p, thing, text, full_name, names);
    if (st != OCS_OK || names->n > 0 || ocs_str_find_char(first, ' ', 0) == first.n ||
        script_of(first) != script_of(text))
        return st;
    return ocs_planner_add(p, names, first);
}

static ocs_status of_full_name(ocs_planner *p, const ocs_gaz_thing *thing, ocs_str text,
                               ocs_term_list *names)
{
    ocs_status st = add_names(p, thing, text, short_name, names);
    ocs_str first = ocs_gaz_str(p->gaz, thing->name);
    bool is_first = ocs_str_eq(ocs_fold(p->arena, first), ocs_fold(p->arena, text));
    if (st != OCS_OK || names->n > 0 || !is_first)
        return st;
    return add_names(p, thing, text, short_of_script, names);
}

ocs_status ocs_plan_acronyms(ocs_planner *p, const ocs_node *node, ocs_term_list *names)
{
    bool word = node->kind == OCS_NODE_WORD;
    if (!ocs_planner_expands(p, OCS_EXPAND_ACRONYM) || word != is_acronym(node->text))
        return OCS_OK;
    if (!word && ocs_str_find_char(node->text, ' ', 0) == node->text.n)
        return OCS_OK;
    const ocs_gaz_thing *thing = ocs_gaz_find(p->gaz, OCS_GAZ_ORG, node->text);
    if (!thing)
        return OCS_OK;
    return word ? of_acronym(p, thing, node->text, names)
                : of_full_name(p, thing, node->text, names);
}
