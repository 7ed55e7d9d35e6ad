/* People's names into the nominative: given names that the tables know in another case, the
 * surname beside them, surnames alone by the full names of the document.  A word whose given name
 * stands in the nominative is in the nominative itself. */
#include "ingest/inflected.h"

enum { GUESSED_SURE = 75 /* of a name whose nominative is nowhere in the document */ };

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
    return points + (ocs_inflect_in_document(s, form->word) ? SHOWN : 0);
}

/* The best nominative of the surname at ${i} in ${classes}; {NULL,0} when there is none. */
static ocs_str surname_nominative(const ocs_scan *s, size_t i, unsigned classes, int least)
{
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    ocs_str best = {NULL, 0};
    size_t n = ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang, classes,
                               ocs_inflect_written(s, i), forms);
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
    s->inflected->lemma[i] = ocs_inflect_folded_hash(s, word);
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
    ocs_str given = ocs_inflect_given_nominative(s, person->from);
    if (!given.p ||
        ocs_ends_as_nominative(s->gaz, s->inflected->scratch, s->inflected->lang,
                               OCS_INFLECT_WOMAN | OCS_INFLECT_MAN, ocs_inflect_written(s, last)))
        return false;
    ocs_str surname = surname_nominative(s, last, OCS_INFLECT_NOUN | OCS_INFLECT_MAN, FORM);
    if (!surname.p || surname_form(s, ocs_inflect_written(s, last)))
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

/* What a word is behind whose nominative a whole ending stands, "om" of "Palmerom". */
static ocs_str without_ending(const ocs_scan *s, size_t i)
{
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    size_t n = ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang, OCS_INFLECT_NOUN,
                               ocs_inflect_written(s, i), forms);
    for (size_t k = 0; k < n; k++)
        if (forms[k].replaced == 0 && forms[k].ending == 2 && forms[k].word.n > 2)
            return forms[k].word;
    return (ocs_str){NULL, 0};
}

static ocs_str ending_of_two(ocs_str fold)
{
    uint32_t point;
    size_t at = fold.n;
    for (int i = 0; i < 2; i++)
        at -= ocs_utf8_before(fold, at, &point);
    return ocs_str_sub(fold, at, fold.n);
}

/* "Kristoferom Palmerom": nobody knows the given name, but both words have the same ending of two
 * letters. */
static void turn_alike(const ocs_scan *s, ocs_claim *person)
{
    size_t last = person->to - 1u;
    ocs_str a = s->tokens.at[person->from].fold, b = s->tokens.at[last].fold;
    ocs_str given = without_ending(s, person->from), surname = without_ending(s, last);
    if (!given.p || !surname.p || ocs_str_eq(s->inflected->lang, OCS_STR("de")) ||
        ocs_str_eq(s->inflected->lang, OCS_STR("sq")) || !ocs_str_ends(a, ending_of_two(b)))
        return;
    set(s, person->from, given);
    set(s, last, surname);
    if (person->sure > GUESSED_SURE)
        person->sure = GUESSED_SURE;
}

static void turn_inflected(const ocs_scan *s, ocs_claim *person)
{
    ocs_str given = ocs_inflect_given_nominative(s, person->from);
    size_t last = person->to - 1u;
    ocs_str surname = surname_beside(s, last, given);
    set(s, person->from, given);
    set(s, last, surname);
    for (size_t i = person->from + 1u; surname.p && i < last; i++)
        set(s, i, surname_nominative(s, i, OCS_INFLECT_NOUN | OCS_INFLECT_MAN, FORM));
    bool shown =
        ocs_inflect_in_document(s, given) && (!surname.p || ocs_inflect_in_document(s, surname));
    if (!shown && person->sure > GUESSED_SURE)
        person->sure = GUESSED_SURE;
}

static void turn_name(const ocs_scan *s, ocs_claim *person)
{
    ocs_inflect_start_word(s);
    uint8_t given =
        ocs_scan_given(s, person->from) ? s->inflected->given[person->from] : OCS_GIVEN_NOT;
    if (given == 0)
        given = OCS_GIVEN_AS_WRITTEN; /* the table has it as it is */
    if (given == OCS_GIVEN_INFLECTED)
        turn_inflected(s, person);
    else if (given == OCS_GIVEN_NOT && !turned_by_document(s, person))
        turn_alike(s, person);
    else if (given == OCS_GIVEN_AS_WRITTEN)
        (void)turned_by_surname(s, person);
}

/* "господину Лаврову": alone, and of a form that only other cases have. */
static void turn_alone(const ocs_scan *s, ocs_claim *person)
{
    ocs_inflect_start_word(s);
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
    if (surname_form(s, ocs_inflect_written(s, i)) ||
        ocs_ends_as_nominative(s->gaz, s->inflected->scratch, s->inflected->lang,
                               OCS_INFLECT_WOMAN | OCS_INFLECT_MAN, ocs_inflect_written(s, i)))
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
    ocs_inflect_start_word(s);
    size_t n =
        ocs_nominatives(s->gaz, s->inflected->scratch, s->inflected->lang,
                        OCS_INFLECT_NOUN | OCS_INFLECT_MAN | OCS_INFLECT_WOMAN | OCS_INFLECT_OWNED,
                        ocs_inflect_written(s, i), forms);
    for (size_t k = 0; k < n; k++) {
        uint64_t hash = ocs_inflect_folded_hash(s, forms[k].word);
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
        if (ocs_scan_capital(s, i) && s->tokens.at[i].points >= OCS_INFLECTED_LEAST &&
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
