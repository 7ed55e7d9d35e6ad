/* Names of people, places and organisations.  A value becomes a set of terms, any of which will do:
 * the key of a thing that the gazetteer knows by this name; the name's own key; for a single word,
 * every mention with that word in its names, in any of its spellings; for several, the keys of the
 * index that hold them all.  Then the alias file has its say: a name that is merged brings all that
 * it is merged with, and what is blocked is taken out. */
#include "query/planner.h"

#include "query/lex.h"

/* A word that a key must hold: in any of its forms, or as a wildcard stands for, or nearly. */
typedef struct wanted_word {
    ocs_word_forms forms;
    ocs_str pattern;    /* folded; empty: none */
    ocs_nearby *nearby; /* NULL: only the word itself */
} wanted_word;

/* What a key must hold to be what a name was meant for. */
typedef struct wanted {
    const ocs_aliases *aliases;
    ocs_mention_type type;
    const wanted_word *words;
    size_t n;
    bool open; /* of the last word only the beginning */
} wanted;

static ocs_mention_type type_of(const ocs_node *node)
{
    switch (node->field) {
    case OCS_FIELD_PERSON:
        return OCS_MENTION_PERSON;
    case OCS_FIELD_PLACE:
        return OCS_MENTION_PLACE;
    default:
        return OCS_MENTION_ORG;
    }
}

/* ---- words ---- */

/* A word of a person's name also in its other spellings and, from Cyrillic, in Latin letters. */
static ocs_status read_forms(ocs_planner *p, const ocs_piece *piece, bool person, wanted_word *out)
{
    if (!ocs_word_forms_of(p->arena, piece->text, person, &out->forms))
        return ocs_planner_nomem(p);
    out->forms.at[0] = piece->fold; /* without the hyphen of "co-" */
    if (!ocs_planner_expands(p, OCS_EXPAND_TRANSLIT))
        out->forms.n = 1;
    return OCS_OK;
}

/* A word too short to have near ones, beside others, must be the same. */
static ocs_status read_near(ocs_planner *p, const ocs_node *node, const ocs_piece *piece,
                            bool alone, wanted_word *out)
{
    ocs_nearby *nearby = ocs_arena_array(p->arena, 1, sizeof *nearby);
    if (!nearby)
        return ocs_planner_nomem(p);
    ocs_status st = ocs_planner_fuzzy(p, node, piece->fold, alone, nearby);
    out->nearby = nearby->most > 0 ? nearby : NULL;
    return st;
}

static ocs_status read_wanted(ocs_planner *p, const ocs_node *node, wanted *w)
{
    ocs_piece_list pieces = {0};
    *w = (wanted){.aliases = p->aliases, .type = type_of(node), .open = node->wildcard};
    ocs_status st = ocs_planner_name_pieces(p, node, &pieces);
    if (st != OCS_OK)
        return st;
    wanted_word *words = ocs_arena_array(p->arena, pieces.n, sizeof *words);
    if (!words)
        return ocs_planner_nomem(p);
    for (size_t i = 0; st == OCS_OK && i < pieces.n; i++) {
        const ocs_piece *piece = &pieces.at[i];
        bool whole = !(w->open && i + 1 == pieces.n);
        words[i] = (wanted_word){.pattern = piece->pattern ? piece->fold : (ocs_str){0}};
        st = read_forms(p, piece, whole && w->type == OCS_MENTION_PERSON, &words[i]);
        if (st == OCS_OK && node->fuzzy > 0)
            st = read_near(p, node, piece, pieces.n == 1, &words[i]);
    }
    w->words = words;
    w->n = pieces.n;
    return st;
}

/* Whether ${part} of a key is the word as it is asked for. */
static bool is_word(ocs_str part, const wanted_word *word, bool open)
{
    if (word->pattern.n > 0)
        return ocs_lex_fits(word->pattern, open, part);
    size_t dead;
    if (word->nearby && ocs_nearby_distance(word->nearby, part, &dead) <= word->nearby->most)
        return true;
    for (size_t i = 0; i < word->forms.n; i++)
        if (open ? ocs_str_starts(part, word->forms.at[i]) : ocs_str_eq(part, word->forms.at[i]))
            return true;
    return false;
}

/* Whether a word that is asked for as it is stands in ${key} at all: in most keys it does not. */
static bool may_hold(ocs_str key, const wanted_word *word)
{
    for (size_t i = 0; i < word->forms.n; i++)
        if (ocs_str_find(key, word->forms.at[i], 0) < key.n)
            return true;
    return word->pattern.n > 0 || word->nearby;
}

static bool holds_word(ocs_str key, const wanted_word *word, bool open)
{
    ocs_str part;
    if (!may_hold(key, word))
        return false;
    while (ocs_str_split(&key, '-', &part))
        if (is_word(part, word, open))
            return true;
    return false;
}

static bool holds_all(const wanted *w, ocs_str key)
{
    for (size_t i = 0; i < w->n; i++)
        if (!holds_word(key, &w->words[i], w->open && i + 1 == w->n))
            return false;
    return true;
}

static bool fits_name(const void *payload, ocs_str key)
{
    const wanted *w = payload;
    return holds_all(w, key) && !ocs_aliases_blocked(w->aliases, w->type, key);
}

/* ---- terms ---- */

static void spell_key(ocs_planner *p, const ocs_node *node, ocs_str key)
{
    ocs_buf_reset(&p->term);
    ocs_term_key(&p->term, ocs_planner_family(p, node), key);
}

static ocs_status add_key(ocs_planner *p, const ocs_node *node, ocs_str key, ocs_term_list *terms)
{
    if (ocs_aliases_blocked(p->aliases, type_of(node), key))
        return OCS_OK;
    spell_key(p, node, key);
    return ocs_planner_list(p, terms);
}

/* The terms of the keys that ${w} fits. */
static ocs_status walk_keys(ocs_planner *p, const ocs_node *node, const wanted *w,
                            ocs_term_list *keys)
{
    spell_key(p, node, (ocs_str){0});
    return ocs_planner_walk(p, node, OCS_COMPLETED_KEYS, fits_name, w, keys);
}

/* The keys of the index that hold all words. */
static ocs_status complete_key(ocs_planner *p, const ocs_node *node, const wanted *w,
                               ocs_term_list *terms)
{
    ocs_term_list keys = {0};
    ocs_status st = walk_keys(p, node, w, &keys);
    size_t head = p->term.n; /* of the prefix, which is all that was spelled */
    for (size_t i = 0; st == OCS_OK && i < keys.n; i++)
        st = ocs_planner_add(p, terms, keys.at[i]);
    return st == OCS_OK ? ocs_planner_expand_terms(p, node, &keys, head) : st;
}

static ocs_str own_key(ocs_planner *p, const ocs_node *node)
{
    return node->field == OCS_FIELD_PERSON ? ocs_person_key(p->arena, node->text)
                                           : ocs_name_key(p->arena, node->text);
}

/* Whether ${rest} of a key is a country: "tajikistan", "the-republic-of-armenia". */
static bool fits_country(const void *payload, ocs_str rest)
{
    ocs_str the = OCS_STR("the-");
    ocs_str name = ocs_str_starts(rest, the) ? ocs_str_sub(rest, the.n, rest.n) : rest;
    return ocs_gaz_find(payload, OCS_GAZ_COUNTRY, name) != NULL;
}

/* The whole name of an organisation; "Ministry of Justice" is that of each country, too. */
static ocs_status whole_name(ocs_planner *p, const ocs_node *node, ocs_str key,
                             ocs_term_list *terms)
{
    ocs_term_list keys = {0};
    ocs_status st = add_key(p, node, key, terms);
    if (st != OCS_OK || node->field != OCS_FIELD_ORG || !ocs_planner_expands(p, OCS_EXPAND_NAMES))
        return st;
    spell_key(p, node, (ocs_str){0});
    size_t head = p->term.n;
    spell_key(p, node, key);
    ocs_buf_puts(&p->term, "-of-");
    st = ocs_planner_walk(p, node, OCS_COMPLETED_KEYS, fits_country, p->gaz, &keys);
    for (size_t i = 0; st == OCS_OK && i < keys.n; i++)
        st = add_key(p, node, ocs_str_sub(keys.at[i], head, keys.at[i].n), terms);
    return st == OCS_OK ? ocs_planner_expand_terms(p, node, &keys, head) : st;
}

static ocs_status several_words(ocs_planner *p, const ocs_node *node, const wanted *w,
                                ocs_term_list *terms)
{
    bool known;
    ocs_str key = own_key(p, node);
    if (!key.p)
        return ocs_planner_nomem(p);
    spell_key(p, node, key);
    ocs_status st = ocs_planner_known(p, &known);
    if (st != OCS_OK)
        return st;
    bool exactly = known && !node->wildcard && node->fuzzy == 0;
    if (exactly || !ocs_planner_expands(p, OCS_EXPAND_NAMES))
        return whole_name(p, node, key, terms);
    return complete_key(p, node, w, terms);
}

/* ---- the gazetteer ---- */

/* The thing that the gazetteer knows by this name; NULL for none. */
static const ocs_gaz_thing *thing_of(const ocs_planner *p, const ocs_node *node)
{
    bool org = node->field == OCS_FIELD_ORG, place = node->field == OCS_FIELD_PLACE;
    bool other = node->wildcard || node->fuzzy > 0 || !ocs_planner_expands(p, OCS_EXPAND_NAMES);
    if (other || !(org || place))
        return NULL;
    const unsigned places = 1u << OCS_GAZ_PLACE | 1u << OCS_GAZ_CITY;
    return ocs_gaz_find_any(p->gaz, org ? 1u << OCS_GAZ_ORG : places, node->text);
}

static ocs_status known_thing(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    const ocs_gaz_thing *thing = thing_of(p, node);
    if (!thing)
        return OCS_OK;
    ocs_str key = ocs_gaz_str(p->gaz, thing->key);
    ocs_status st = add_key(p, node, key, terms);
    if (st != OCS_OK || ocs_str_eq(node->text, key))
        return st;
    return ocs_planner_expand(p, node, ocs_gaz_str(p->gaz, thing->name));
}

/* ---- one word ---- */

static ocs_status add_form(ocs_planner *p, const ocs_node *node, ocs_str form, ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_name(&p->term, ocs_planner_family(p, node), form);
    if (node->wildcard)
        return ocs_planner_walk(p, node, OCS_WILDCARD_WORDS, NULL, NULL, terms);
    return ocs_planner_list(p, terms);
}

/* Whether the alias file blocks something of that name: then words find too much, and keys must
 * do. */
static bool some_blocked(const ocs_planner *p, const ocs_node *node, const wanted *w)
{
    const ocs_alias_rule *rules;
    const ocs_gaz_thing *thing = thing_of(p, node);
    if (thing && ocs_aliases_blocked(w->aliases, w->type, ocs_gaz_str(p->gaz, thing->key)))
        return true;
    size_t n = ocs_aliases_rules(w->aliases, &rules);
    for (size_t i = 0; i < n; i++) {
        if (rules[i].verb != OCS_ALIAS_BLOCK || rules[i].type != w->type)
            continue;
        for (size_t k = 0; k < rules[i].n_from; k++)
            if (holds_all(w, rules[i].from[k]))
                return true;
    }
    return false;
}

/* Any word of the index that a wildcard stands for. */
static ocs_status pattern_words(ocs_planner *p, const ocs_node *node, ocs_str pattern,
                                ocs_term_list *terms)
{
    ocs_buf open;
    ocs_buf_init(&open, 64 * 1024 + 64);
    ocs_buf_put(&open, pattern);
    ocs_buf_puts(&open, node->wildcard ? "*" : "");
    ocs_buf_reset(&p->term);
    ocs_term_name(&p->term, ocs_planner_family(p, node), (ocs_str){0});
    ocs_status st = ocs_buf_status(&open);
    st = st == OCS_OK ? ocs_planner_walk_pattern(p, node, ocs_buf_str(&open), terms)
                      : ocs_planner_nomem(p);
    ocs_buf_clear(&open);
    return st;
}

static ocs_status near_words(ocs_planner *p, const ocs_node *node, ocs_nearby *nearby,
                             ocs_term_list *terms)
{
    ocs_buf_reset(&p->term);
    ocs_term_name(&p->term, ocs_planner_family(p, node), (ocs_str){0});
    return ocs_planner_walk_near(p, node, p->term.n, nearby, terms);
}

/* A form that was not written and that the index lacks would only lengthen the query. */
static ocs_status one_word(ocs_planner *p, const ocs_node *node, const wanted *w,
                           ocs_term_list *terms)
{
    const wanted_word *word = &w->words[0];
    const ocs_word_forms *forms = &word->forms;
    ocs_status st = OCS_OK;
    if (some_blocked(p, node, w))
        return walk_keys(p, node, w, terms);
    if (word->pattern.n > 0)
        return pattern_words(p, node, word->pattern, terms);
    if (word->nearby && (st = near_words(p, node, word->nearby, terms)) != OCS_OK)
        return st;
    for (size_t i = 0; st == OCS_OK && i < forms->n; i++) {
        bool known = true, written = i == 0 && node->fuzzy == 0;
        ocs_buf_reset(&p->term);
        ocs_term_name(&p->term, ocs_planner_family(p, node), forms->at[i]);
        if (!node->wildcard && !written)
            st = ocs_planner_known(p, &known);
        if (st == OCS_OK && known)
            st = add_form(p, node, forms->at[i], terms);
    }
    return st;
}

/* What the tables call by this word in another language or the like. */
static ocs_status other_names(ocs_planner *p, const ocs_node *node, const wanted *w,
                              ocs_term_list *others)
{
    const wanted_word *word = &w->words[0];
    const ocs_name_word asked = {&word->forms, word->pattern, word->nearby, w->open};
    if (w->n > 1 || some_blocked(p, node, w))
        return OCS_OK;
    return ocs_plan_other_names(p, node, &asked, others);
}

/* ---- the alias file ---- */

/* Whether ${key} is one of ${terms}. */
static bool among(ocs_family family, const ocs_term_list *terms, ocs_str key)
{
    ocs_str head = OCS_STR("X?=");
    for (size_t i = 0; i < terms->n; i++) {
        ocs_str term = terms->at[i];
        if (term.n > head.n && term.p[1] == ocs_family_letter(family) && term.p[2] == '=' &&
            ocs_str_eq(ocs_str_sub(term, head.n, term.n), key))
            return true;
    }
    return false;
}

/* Whether the name asked for is one of those that ${rule} puts together: by its key where that was
 * found or is asked for in full, by its words where there is but one or nothing was found. */
static bool rule_meant(const ocs_planner *p, const ocs_node *node, const wanted *w,
                       const ocs_term_list *terms, ocs_str own, ocs_str key)
{
    if (ocs_str_eq(own, key) || among(ocs_planner_family(p, node), terms, key))
        return true;
    return (w->n == 1 || terms->n == 0) && holds_all(w, key);
}

static ocs_status add_rule(ocs_planner *p, const ocs_node *node, const ocs_alias_rule *rule,
                           ocs_term_list *terms)
{
    ocs_status st = add_key(p, node, rule->key, terms);
    for (size_t i = 0; st == OCS_OK && rule->verb == OCS_ALIAS_MERGE && i < rule->n_from; i++)
        st = add_key(p, node, rule->from[i], terms);
    return st == OCS_OK ? ocs_planner_expand(p, node, rule->name) : st;
}

static ocs_status add_aliases(ocs_planner *p, const ocs_node *node, const wanted *w,
                              ocs_term_list *terms)
{
    const ocs_alias_rule *rules;
    ocs_status st = OCS_OK;
    size_t n = ocs_aliases_rules(p->aliases, &rules);
    const ocs_term_list found = *terms; /* what is added does not count among what was found */
    ocs_str own = n > 0 ? own_key(p, node) : (ocs_str){0};
    for (size_t i = 0; st == OCS_OK && i < n; i++) {
        const ocs_alias_rule *rule = &rules[i];
        if (rule->type != w->type ||
            (rule->verb != OCS_ALIAS_MERGE && rule->verb != OCS_ALIAS_RENAME))
            continue;
        bool meant = rule_meant(p, node, w, &found, own, rule->key);
        for (size_t k = 0; !meant && k < rule->n_from; k++)
            meant = rule_meant(p, node, w, &found, own, rule->from[k]);
        if (meant)
            st = add_rule(p, node, rule, terms);
    }
    return st;
}

ocs_status ocs_plan_name_meant(ocs_planner *p, const ocs_node *node, const ocs_alias_rule *rule,
                               ocs_str key, const ocs_term_list *terms, bool *meant)
{
    wanted w;
    ocs_status st = read_wanted(p, node, &w);
    *meant = st == OCS_OK && rule->type == w.type &&
             rule_meant(p, node, &w, terms, own_key(p, node), key);
    return st;
}

/* Nothing was found, unless the alias file makes the name by a split. */
static ocs_status tell_nothing(ocs_planner *p, const ocs_node *node, const ocs_term_list *terms)
{
    const ocs_alias_rule *rules;
    size_t n = ocs_aliases_rules(p->aliases, &rules);
    for (size_t i = 0; i < n; i++) {
        bool meant = false;
        ocs_status st = OCS_OK;
        if (rules[i].verb == OCS_ALIAS_SPLIT)
            st = ocs_plan_name_meant(p, node, &rules[i], rules[i].key, terms, &meant);
        if (st != OCS_OK || meant)
            return st == OCS_OK ? ocs_planner_expand(p, node, rules[i].name) : st;
    }
    return ocs_planner_expand(p, node, OCS_STR("nothing"));
}

/* ---- the whole ---- */

ocs_status ocs_plan_name_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms,
                               ocs_term_list *others)
{
    wanted w;
    size_t before = terms->n;
    ocs_status st = read_wanted(p, node, &w);
    if (st != OCS_OK || (st = known_thing(p, node, terms)) != OCS_OK)
        return st;
    st = w.n > 1 ? several_words(p, node, &w, terms) : one_word(p, node, &w, terms);
    if (st == OCS_OK)
        st = add_aliases(p, node, &w, terms);
    if (st == OCS_OK)
        st = other_names(p, node, &w, others);
    if (st == OCS_OK && terms->n == before && others->n == 0)
        st = tell_nothing(p, node, terms);
    return st;
}

/* Whether the index knows how often pages have ${terms}, or one of them. */
static ocs_status frequent(ocs_planner *p, const ocs_term_list *terms, bool *known)
{
    uint64_t times = 0;
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && times == 0 && i < terms->n; i++)
        if (ocs_str_starts(terms->at[i], OCS_STR("XP~")))
            st = xap_db_term_occurrences(p->db, terms->at[i], &times, p->err);
    *known = times > 0;
    return st;
}

/* Whom a word stands for, unless it is the one that was written. */
static ocs_status tell_keys(ocs_planner *p, const ocs_node *node, const ocs_term_list *keys,
                            size_t head)
{
    if (keys->n == 1 &&
        ocs_str_eq(ocs_str_sub(keys->at[0], head, keys->at[0].n), ocs_fold(p->arena, node->text)))
        return OCS_OK;
    return ocs_planner_expand_terms(p, node, keys, head);
}

/* The keys that hold all words, and all of it told; none where they are too many. */
static ocs_status some_keys(ocs_planner *p, const ocs_node *node, const wanted *w,
                            ocs_term_list *keys)
{
    ocs_error too_many;
    ocs_error *err = p->err;
    p->err = &too_many;
    ocs_status st = walk_keys(p, node, w, keys);
    p->err = err;
    if (st == OCS_USAGE) {
        *keys = (ocs_term_list){0};
        return ocs_planner_expand(p, node, OCS_STR("more names than can be told"));
    }
    if (st != OCS_OK)
        return ocs_fail(err, st, "%s", too_many.text);
    return tell_keys(p, node, keys, p->term.n);
}

/* A word of a name only selects, but for people in an index that counts it; what else ranks pages is
 * keys.  So the keys that hold the word are added, which finds no page more; where they are too
 * many, the word says little anyway.  Where the word ranks they are walked only to be told. */
ocs_status ocs_plan_name_ranking(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    ocs_term_list keys = {0};
    wanted w;
    bool ranked;
    ocs_status st = read_wanted(p, node, &w);
    if (st != OCS_OK || w.n != 1)
        return st;
    st = frequent(p, terms, &ranked);
    if (st != OCS_OK || (ranked && p->options->brief))
        return st;
    st = some_keys(p, node, &w, &keys);
    if (ranked)
        return st;
    for (size_t i = 0; st == OCS_OK && i < keys.n; i++)
        st = ocs_planner_add(p, terms, keys.at[i]);
    return st;
}

ocs_status ocs_plan_name_told(ocs_planner *p, const ocs_node *node)
{
    ocs_term_list keys = {0};
    wanted w;
    if (p->options->brief)
        return OCS_OK;
    ocs_status st = read_wanted(p, node, &w);
    return st == OCS_OK ? some_keys(p, node, &w, &keys) : st;
}
