/* People's names in languages that inflect them.  Which nominative a word has is guessed from the
 * endings of the language (corpus/inflect.h) and believed on evidence: a given name that the tables
 * know, the same word in the document, the form of a surname, or a given name beside it that is
 * inflected, too.  A word whose given name stands in the nominative is in the nominative itself.
 * What was found out is kept for each token: the word to print (nominative) and the hash by which
 * mentions of one surname are joined (lemma). */
#include "ingest/scan.h"

enum {
    GUESSED_SURE = 75, /* of a name whose nominative is nowhere in the document */
    INFLECTED_LEAST = 4,
    WORD_LEAST = 5, /* bytes of a place or organisation */
    CAPITAL_BITS = 1 << 15,
    SCRATCH = 32 * 1024
};

typedef struct ocs_inflected {
    ocs_str lang;         /* of the endings; empty: names do not change */
    ocs_translit_way way; /* how its Cyrillic is written in Latin letters */
    uint8_t *given;       /* token -> GIVEN_*, 0 = not asked yet */
    ocs_str *nominative;  /* token -> what it is in the nominative; {NULL,0}: as written */
    uint64_t *lemma;      /* token -> hash of that, folded; 0: of the word itself */
    ocs_arena *scratch;   /* for the forms of one word */
    uint8_t capitals[CAPITAL_BITS / 8]; /* words that the document has with a capital, by hash */
} ocs_inflected;

enum { GIVEN_NOT = 1, GIVEN_AS_WRITTEN, GIVEN_INFLECTED };

/* ---- what the document has ---- */

static void note_capitals(ocs_scan *s)
{
    for (size_t i = 0; i < s->tokens.n; i++) {
        size_t bit = (size_t)s->tokens.at[i].hash & (CAPITAL_BITS - 1);
        if (s->tokens.at[i].flags & OCS_TOKEN_UPPER)
            s->inflected->capitals[bit / 8] |= (uint8_t)(1u << bit % 8);
    }
}

static ocs_translit_way way_of(ocs_str lang)
{
    return ocs_str_eq(lang, OCS_STR("ru"))   ? OCS_TRANSLIT_EAST
           : ocs_str_eq(lang, OCS_STR("uk")) ? OCS_TRANSLIT_UKRAINIAN
                                             : OCS_TRANSLIT_SOUTH;
}

bool ocs_scan_inflect(ocs_scan *s)
{
    ocs_str lang = s->doc->lang;
    bool macedonian = ocs_str_eq(lang, OCS_STR("mk")); /* no cases, but Cyrillic given names */
    if (ocs_inflect_lang(lang).n == 0 && !macedonian)
        return true;
    ocs_inflected *f = ocs_arena_alloc(s->arena, sizeof *f);
    if (!f)
        return false;
    *f = (ocs_inflected){.lang = ocs_inflect_lang(lang), .way = way_of(lang)};
    void *scratch = ocs_arena_alloc(s->arena, SCRATCH);
    f->scratch = scratch ? ocs_arena_in(scratch, SCRATCH) : NULL;
    f->given = ocs_arena_array(s->arena, s->tokens.n + 1, sizeof *f->given);
    f->nominative = ocs_arena_array(s->arena, s->tokens.n + 1, sizeof *f->nominative);
    f->lemma = ocs_arena_array(s->arena, s->tokens.n + 1, sizeof *f->lemma);
    s->inflected = f;
    if (!f->scratch || !f->given || !f->nominative || !f->lemma)
        return false;
    note_capitals(s);
    return true;
}

void ocs_scan_end(ocs_scan *s)
{
    if (s->inflected)
        ocs_arena_free(s->inflected->scratch);
    s->inflected = NULL;
}

/* What was made of the word before is let go: a long page has many. */
static void start_word(const ocs_scan *s)
{
    ocs_arena_clear(s->inflected->scratch);
}

static uint64_t folded_hash(const ocs_scan *s, ocs_str word)
{
    ocs_str fold = ocs_fold(s->inflected->scratch, word);
    return fold.p ? ocs_hash(fold) : 0;
}

static bool in_document(const ocs_scan *s, ocs_str word)
{
    size_t bit = (size_t)folded_hash(s, word) & (CAPITAL_BITS - 1);
    return s->inflected->capitals[bit / 8] >> bit % 8 & 1;
}

static ocs_str written(const ocs_scan *s, size_t i)
{
    return ocs_scan_text(s, i, i + 1);
}

/* ---- given names ---- */

static bool in_table_of_given(const ocs_scan *s, ocs_str word)
{
    return ocs_gaz_find_any(s->gaz, 1u << OCS_GAZ_GIVEN | 1u << OCS_GAZ_VARIANT, word) != NULL;
}

/* ${word} with each ${from} as ${to}, which is no longer. */
static ocs_str with(const ocs_scan *s, ocs_str word, const char *from, const char *to)
{
    size_t n = strlen(from), m = strlen(to), at = 0;
    char *out = ocs_arena_alloc(s->inflected->scratch, word.n + 1);
    for (size_t i = 0; out && i < word.n;) {
        bool here = i + n <= word.n && memcmp(word.p + i, from, n) == 0;
        memcpy(out + at, here ? to : word.p + i, here ? m : 1);
        at += here ? m : 1;
        i += here ? n : 1;
    }
    return out ? (ocs_str){out, at} : (ocs_str){"", 0};
}

/* How well a word is known as a given name: as it is, in Latin letters ("Клеменс"), or as a foreign
 * name is written by ear ("Себастијан", "Франко", "Хельга"); 0: not at all. */
static int listed(const ocs_scan *s, ocs_str word)
{
    static const char *const by_ear[][2] = {{"ij", "i"}, {"k", "c"}, {"kh", "h"}};
    if (in_table_of_given(s, word))
        return 3;
    bool serbian = ocs_str_eq(s->inflected->lang, OCS_STR("sr"));
    ocs_str latin = ocs_translit(s->inflected->scratch, word, s->inflected->way);
    if (!latin.p || !(ocs_has_cyrillic(word) || serbian))
        return 0;
    if (in_table_of_given(s, latin))
        return 2;
    for (size_t i = 0; i < sizeof by_ear / sizeof *by_ear; i++)
        if (in_table_of_given(s, with(s, latin, by_ear[i][0], by_ear[i][1])))
            return 1;
    return 0;
}

/* Words that are known for something else are no inflected given names: "Софии", "Марта". */
static bool known_otherwise(const ocs_scan *s, size_t i)
{
    static const ocs_gaz_table tables[] = {OCS_GAZ_COUNTRY, OCS_GAZ_PLACE,    OCS_GAZ_MONTH,
                                           OCS_GAZ_ORG,     OCS_GAZ_STOPWORD, OCS_GAZ_WEEKDAY,
                                           OCS_GAZ_ORGWORD, OCS_GAZ_ROLE,     OCS_GAZ_HONORIFIC};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++)
        if (ocs_scan_gaz(s, i, tables[t], NULL, NULL) > 0)
            return true;
    return false;
}

/* The nominative of token ${i} that is a given name: of several one that the document has, else the
 * best known.  The German -s is behind much else ("Angeles"): there only what the document has. */
static ocs_str given_nominative(const ocs_scan *s, size_t i)
{
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    ocs_str best = {NULL, 0};
    int most = ocs_str_eq(s->inflected->lang, OCS_STR("de")) ? 3 : 0;
    size_t n = ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang, OCS_INFLECT_NOUN,
                               written(s, i), forms);
    for (size_t k = 0; k < n; k++) {
        int known = listed(s, forms[k].word);
        if (known > 0 && in_document(s, forms[k].word))
            return forms[k].word;
        if (known <= most)
            continue;
        most = known;
        best = forms[k].word;
    }
    return best;
}

static uint8_t ask_given(const ocs_scan *s, size_t i)
{
    start_word(s);
    const ocs_token *t = &s->tokens.at[i];
    if (!ocs_scan_capital(s, i) || t->points < 3 || known_otherwise(s, i))
        return GIVEN_NOT;
    if (listed(s, written(s, i)))
        return GIVEN_AS_WRITTEN;
    if (t->points < INFLECTED_LEAST || (t->flags & OCS_TOKEN_CAPS))
        return GIVEN_NOT;
    return given_nominative(s, i).p ? GIVEN_INFLECTED : GIVEN_NOT;
}

bool ocs_scan_given(const ocs_scan *s, size_t i)
{
    if (ocs_scan_gaz(s, i, OCS_GAZ_GIVEN, NULL, NULL) > 0)
        return true;
    if (!s->inflected || i >= s->tokens.n)
        return false;
    if (s->inflected->given[i] == 0)
        s->inflected->given[i] = ask_given(s, i);
    return s->inflected->given[i] > GIVEN_NOT;
}

bool ocs_scan_known_otherwise(const ocs_scan *s, size_t i)
{
    const unsigned classes = OCS_INFLECT_NOUN | OCS_INFLECT_MAN;
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    if (known_otherwise(s, i) || s->tokens.at[i].flags & OCS_TOKEN_CAPS)
        return true;
    start_word(s);
    size_t n = ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang, classes,
                               written(s, i), forms);
    for (size_t k = 0; k < n; k++)
        if (in_document(s, forms[k].word))
            return true;
    return false;
}

/* A word that may stand in the genitive or another case behind an office, without a capital. */
bool ocs_scan_oblique(const ocs_scan *s, size_t i)
{
    if (!s->inflected || s->inflected->lang.n == 0)
        return false;
    start_word(s);
    return ocs_ends_as_inflected(s->gaz, s->inflected->scratch, s->inflected->lang,
                                 OCS_INFLECT_GENITIVE, written(s, i));
}

bool ocs_scan_turned(const ocs_scan *s, size_t i)
{
    return s->inflected && s->inflected->nominative[i].p != NULL;
}

uint64_t ocs_scan_lemma(const ocs_scan *s, size_t i)
{
    return s->inflected && s->inflected->lemma[i] ? s->inflected->lemma[i] : s->tokens.at[i].hash;
}

/* ---- places and organisations ---- */

const ocs_gaz_thing *ocs_scan_inflected(const ocs_scan *s, size_t i, unsigned tables)
{
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    if (!s->inflected || s->tokens.at[i].points < INFLECTED_LEAST)
        return NULL;
    start_word(s);
    size_t n = ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang,
                               OCS_INFLECT_NOUN | OCS_INFLECT_PLACE, written(s, i), forms);
    for (size_t k = 0; k < n; k++) {
        const ocs_gaz_thing *thing = forms[k].word.n < WORD_LEAST
                                         ? NULL /* acronyms */
                                         : ocs_gaz_find_any(s->gaz, tables, forms[k].word);
        if (thing)
            return thing;
    }
    return NULL;
}

/* ---- surnames ---- */

static bool surname_form(const ocs_scan *s, ocs_str word)
{
    static const char *const endings[] = {"ин", "ын", "ін", "їн", "ич",
                                          "ић", "ук", "юк", "ий", NULL};
    ocs_str fold = ocs_fold(s->inflected->scratch, word);
    if (!fold.p || ocs_surname_ending(fold))
        return fold.p != NULL;
    for (size_t i = 0; endings[i]; i++)
        if (ocs_str_ends(fold, ocs_str_of(endings[i])))
            return true;
    return false;
}

static bool womans_given(ocs_str word)
{
    return ocs_str_ends(word, OCS_STR("a")) || ocs_str_ends(word, OCS_STR("а")) ||
           ocs_str_ends(word, OCS_STR("я"));
}

/* What is asked of a nominative: that it exists, the form of a surname, that the document has it. */
enum { ANY = 0, FORM = 16, SHOWN = 32 };

/* What speaks for a nominative: more taken away than put there before less. */
static int points_of(const ocs_scan *s, const ocs_nominative *form)
{
    int points = form->ending - form->replaced + (form->replaced == 0 ? 1 : 0);
    bool noun = form->class_ == OCS_INFLECT_NOUN && womans_given(form->word);
    points += form->class_ & (OCS_INFLECT_MAN | OCS_INFLECT_WOMAN) ? 2 : 0;
    points += surname_form(s, form->word) && !noun ? FORM : 0; /* no man is "Петрова" */
    return points + (in_document(s, form->word) ? SHOWN : 0);
}

/* The best nominative of the surname at ${i} in ${classes}; {NULL,0} when there is none. */
static ocs_str surname_nominative(const ocs_scan *s, size_t i, unsigned classes, int least)
{
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    ocs_str best = {NULL, 0};
    size_t n = ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang, classes,
                               written(s, i), forms);
    for (size_t k = 0; k < n; k++) {
        int points = points_of(s, &forms[k]);
        if (points < least)
            continue; /* of equals the first, with the longest ending */
        least = points + 1;
        best = forms[k].word;
    }
    return best;
}

static void set(const ocs_scan *s, size_t i, ocs_str word)
{
    if (!word.p)
        return;
    s->inflected->nominative[i] = ocs_str_copy(s->arena, word);
    s->inflected->lemma[i] = folded_hash(s, word);
}

/* ---- whole names ---- */

/* The surname of somebody whose given name, ${given}, is inflected.  Women's surnames change only
 * where they are adjectives or end in -a; "Ivica" is a man. */
static ocs_str surname_beside(const ocs_scan *s, size_t i, ocs_str given)
{
    if (!womans_given(given))
        return surname_nominative(s, i, OCS_INFLECT_NOUN | OCS_INFLECT_MAN, ANY);
    ocs_str word = surname_nominative(s, i, OCS_INFLECT_WOMAN, ANY);
    if (word.p)
        return word;
    return surname_nominative(s, i, OCS_INFLECT_NOUN | OCS_INFLECT_MAN, FORM);
}

/* "Драгана Мектића": a woman's name as written, but no nominative beside it. */
static bool turned_by_surname(const ocs_scan *s, const ocs_claim *person)
{
    size_t last = person->to - 1u;
    ocs_str given = given_nominative(s, person->from);
    if (!given.p || ocs_ends_as_nominative(s->gaz, s->inflected->scratch, s->inflected->lang,
                                           OCS_INFLECT_WOMAN | OCS_INFLECT_MAN, written(s, last)))
        return false;
    ocs_str surname = surname_nominative(s, last, OCS_INFLECT_NOUN | OCS_INFLECT_MAN, FORM);
    if (!surname.p || surname_form(s, written(s, last)))
        return false;
    set(s, person->from, given);
    set(s, last, surname);
    return true;
}

/* Both words stand in the document in the nominative. */
static bool turned_by_document(const ocs_scan *s, const ocs_claim *person)
{
    const unsigned classes = OCS_INFLECT_NOUN | OCS_INFLECT_MAN | OCS_INFLECT_WOMAN;
    size_t last = person->to - 1u;
    ocs_str given = surname_nominative(s, person->from, OCS_INFLECT_NOUN, SHOWN);
    ocs_str surname = surname_nominative(s, last, classes, SHOWN);
    if (given.p)
        set(s, person->from, given);
    if (given.p && surname.p)
        set(s, last, surname);
    return given.p != NULL;
}

static void turn_inflected(const ocs_scan *s, ocs_claim *person)
{
    ocs_str given = given_nominative(s, person->from);
    size_t last = person->to - 1u;
    ocs_str surname = surname_beside(s, last, given);
    set(s, person->from, given);
    set(s, last, surname);
    for (size_t i = person->from + 1u; surname.p && i < last; i++)
        set(s, i, surname_nominative(s, i, OCS_INFLECT_NOUN | OCS_INFLECT_MAN, FORM));
    bool shown = in_document(s, given) && (!surname.p || in_document(s, surname));
    if (!shown && person->sure > GUESSED_SURE)
        person->sure = GUESSED_SURE;
}

static void turn_name(const ocs_scan *s, ocs_claim *person)
{
    start_word(s);
    uint8_t given = ocs_scan_given(s, person->from) ? s->inflected->given[person->from] : GIVEN_NOT;
    if (given == 0)
        given = GIVEN_AS_WRITTEN; /* the table has it as it is */
    if (given == GIVEN_INFLECTED)
        turn_inflected(s, person);
    else if (given == GIVEN_NOT)
        (void)turned_by_document(s, person);
    else
        (void)turned_by_surname(s, person);
}

/* "господину Лаврову": alone, and of a form that only other cases have. */
static void turn_alone(const ocs_scan *s, ocs_claim *person)
{
    start_word(s);
    const ocs_gaz_thing *title = NULL;
    size_t i = person->from;
    bool woman = i > 0 && ocs_scan_gaz(s, i - 1, OCS_GAZ_HONORIFIC, &title, NULL) == 1 &&
                 strcmp(ocs_gaz_cstr(s->gaz, title->key), "mrs") == 0;
    unsigned classes = woman ? OCS_INFLECT_WOMAN : OCS_INFLECT_NOUN | OCS_INFLECT_MAN;
    ocs_str shown = surname_nominative(s, i, classes, SHOWN);
    if (shown.p) {
        set(s, i, shown);
        return;
    }
    if (surname_form(s, written(s, i)) ||
        ocs_ends_as_nominative(s->gaz, s->inflected->scratch, s->inflected->lang,
                               OCS_INFLECT_WOMAN | OCS_INFLECT_MAN, written(s, i)))
        return;
    ocs_str word = surname_nominative(s, i, classes, FORM);
    set(s, i, word);
    if (word.p && person->sure > GUESSED_SURE)
        person->sure = GUESSED_SURE;
}

/* ---- surnames elsewhere ---- */

typedef struct surnames {
    uint64_t *at; /* open addressing; 0 = free */
    size_t mask;
} surnames;

static uint64_t *place_of(const surnames *all, uint64_t hash)
{
    size_t i = (size_t)hash & all->mask;
    while (all->at[i] != 0 && all->at[i] != hash)
        i = (i + 1) & all->mask;
    return &all->at[i];
}

static bool gather(const ocs_scan *s, surnames *all)
{
    size_t room = 16;
    while (room < s->claims.n * 2)
        room *= 2;
    *all = (surnames){ocs_arena_array(s->arena, room, sizeof *all->at), room - 1};
    for (size_t c = 0; all->at && c < s->claims.n; c++) {
        const ocs_claim *claim = &s->claims.at[c];
        uint64_t hash = ocs_scan_lemma(s, claim->to - 1u);
        if (claim->type == OCS_MENTION_PERSON && !claim->dropped && claim->to - claim->from > 1)
            *place_of(all, hash) = hash;
    }
    return all->at != NULL;
}

/* "Путина" where the document has Владимир Путин. */
static void join_surname(const ocs_scan *s, const surnames *all, size_t i)
{
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    if (*place_of(all, s->tokens.at[i].hash) != 0)
        return;
    start_word(s);
    size_t n =
        ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang,
                        OCS_INFLECT_NOUN | OCS_INFLECT_MAN | OCS_INFLECT_WOMAN | OCS_INFLECT_OWNED,
                        written(s, i), forms);
    for (size_t k = 0; k < n; k++) {
        uint64_t hash = folded_hash(s, forms[k].word);
        if (hash == 0 || *place_of(all, hash) == 0)
            continue;
        set(s, i, forms[k].word);
        return;
    }
}

void ocs_turn_names(ocs_scan *s)
{
    surnames all;
    if (!s->inflected || s->inflected->lang.n == 0)
        return;
    for (size_t c = 0; c < s->claims.n; c++) {
        ocs_claim *claim = &s->claims.at[c];
        if (claim->type == OCS_MENTION_PERSON && !claim->dropped && claim->to - claim->from > 1)
            turn_name(s, claim);
    }
    if (!gather(s, &all))
        return;
    for (size_t i = 0; i < s->tokens.n; i++)
        if (ocs_scan_capital(s, i) && s->tokens.at[i].points >= INFLECTED_LEAST &&
            !s->inflected->nominative[i].p &&
            (ocs_scan_free(s, i) || ocs_scan_owned_by(s, i, OCS_MENTION_PERSON)))
            join_surname(s, &all, i);
    for (size_t c = 0; c < s->claims.n; c++) {
        ocs_claim *claim = &s->claims.at[c];
        if (claim->type == OCS_MENTION_PERSON && !claim->dropped && claim->to - claim->from == 1 &&
            !s->inflected->nominative[claim->from].p)
            turn_alone(s, claim);
    }
}

/* ---- printing ---- */

ocs_str ocs_scan_nominative(const ocs_scan *s, size_t from, size_t to)
{
    bool turned = false;
    for (size_t i = from; s->inflected && i < to; i++)
        turned = turned || s->inflected->nominative[i].p;
    if (!turned)
        return ocs_scan_text(s, from, to);
    ocs_buf name;
    ocs_buf_init(&name, 1 << 12);
    for (size_t i = from; i < to; i++) {
        if (i > from)
            ocs_buf_put(&name,
                        ocs_str_sub(s->text, s->tokens.at[i - 1].at.to, s->tokens.at[i].at.from));
        ocs_str word = s->inflected->nominative[i];
        ocs_buf_put(&name, word.p ? word : written(s, i));
    }
    ocs_str copy = ocs_buf_status(&name) == OCS_OK ? ocs_str_copy(s->arena, ocs_buf_str(&name))
                                                   : ocs_scan_text(s, from, to);
    ocs_buf_clear(&name);
    return copy;
}
