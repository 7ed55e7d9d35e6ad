/* What a word stands for as a part of another name: "Sicherheit" for the organisation whose German
 * name has it.  The index has the words of a thing's own name and of what is written; those of its
 * other names are in the tables (index/other_names.h), sorted, so that a word or its beginning is
 * found at once.  Only what the index knows is taken. */
#include "query/planner.h"

#include "query/lex.h"

/* The words that are looked at: from the first that begins with ${head} on. */
typedef struct seeker {
    ocs_planner *p;
    const ocs_node *node;
    const ocs_name_word *word;
    ocs_term_list *keys;
    size_t before; /* keys that were there */
} seeker;

static ocs_status find_tables(ocs_planner *p)
{
    if (!p->others && p->gaz == ocs_gaz_builtin())
        p->others = ocs_other_names_builtin();
    if (p->others)
        return OCS_OK;
    ocs_other_names *made = ocs_arena_alloc(p->arena, sizeof *made);
    if (!made || !ocs_other_names_make(p->gaz, p->arena, made))
        return ocs_planner_nomem(p);
    p->others = made;
    return OCS_OK;
}

static bool of_field(const seeker *s, const ocs_gaz_thing *thing)
{
    bool org = thing->table == OCS_GAZ_ORG;
    return s->node->field == OCS_FIELD_ORG ? org : !org;
}

static ocs_mention_type type_of(const ocs_node *node)
{
    return node->field == OCS_FIELD_ORG ? OCS_MENTION_ORG : OCS_MENTION_PLACE;
}

static ocs_status too_many(const seeker *s)
{
    return ocs_fail_at(s->p->err, OCS_USAGE, (long)s->node->at.from,
                       "this stands for more than %d names: write more of it", OCS_WILDCARD_WORDS);
}

/* The key of ${thing}, which is called by ${word}; a word that was not written is told. */
static ocs_status add_thing(const seeker *s, const ocs_gaz_thing *thing, ocs_str word)
{
    ocs_planner *p = s->p;
    ocs_str key = ocs_gaz_str(p->gaz, thing->key);
    bool known;
    if (!of_field(s, thing) || ocs_aliases_blocked(p->aliases, type_of(s->node), key))
        return OCS_OK;
    ocs_buf_reset(&p->term);
    ocs_term_key(&p->term, ocs_planner_family(p, s->node), key);
    ocs_status st = ocs_planner_known(p, &known);
    if (st != OCS_OK || !known)
        return st;
    if (s->keys->n - s->before >= OCS_WILDCARD_WORDS)
        return too_many(s);
    st = ocs_planner_list(p, s->keys);
    bool written = !s->word->nearby || ocs_str_eq(word, s->word->forms->at[0]);
    return st == OCS_OK && !written ? ocs_planner_expand(p, s->node, word) : st;
}

static bool is_form(const seeker *s, ocs_str head, ocs_str word)
{
    return s->word->open || ocs_str_eq(word, head);
}

static bool is_pattern(const seeker *s, ocs_str head, ocs_str word)
{
    (void)head;
    return ocs_lex_fits(s->word->pattern, s->word->open, word);
}

static bool is_near(const seeker *s, ocs_str head, ocs_str word)
{
    size_t dead;
    (void)head;
    return ocs_nearby_distance(s->word->nearby, word, &dead) <= s->word->nearby->most;
}

/* The things called by a word that begins with ${head} and that ${fits}. */
static ocs_status walk(const seeker *s, ocs_str head,
                       bool (*fits)(const seeker *s, ocs_str head, ocs_str word))
{
    const ocs_other_names *others = s->p->others;
    ocs_status st = OCS_OK;
    for (size_t i = ocs_other_names_from(others, head); st == OCS_OK && i < others->n; i++) {
        ocs_str word = ocs_other_names_word(others, i);
        if (!ocs_str_starts(word, head))
            break;
        if (fits(s, head, word))
            st = add_thing(s, &s->p->gaz->things[others->at[i].thing], word);
    }
    return st;
}

ocs_status ocs_plan_other_names(ocs_planner *p, const ocs_node *node, const ocs_name_word *word,
                                ocs_term_list *keys)
{
    const seeker s = {p, node, word, keys, keys->n};
    bool named = node->field == OCS_FIELD_ORG || node->field == OCS_FIELD_PLACE;
    if (!named || p->of_role)
        return OCS_OK;
    ocs_status st = find_tables(p);
    if (st == OCS_OK && word->pattern.n > 0)
        return walk(&s, ocs_str_sub(word->pattern, 0, ocs_lex_head(word->pattern)), is_pattern);
    if (st == OCS_OK && word->nearby)
        st = walk(&s, (ocs_str){0}, is_near);
    for (size_t i = 0; st == OCS_OK && i < word->forms->n; i++)
        st = walk(&s, word->forms->at[i], is_form);
    return st;
}
