/* A word's last letters, from six down to one, are looked up among the endings; what is left in
 * front gets the ending of the paradigm's nominative. */
#include "corpus/inflect.h"

enum { ENDING_MOST = 6, STEM_LEAST = 2 };

static const struct {
    const char *name;
    uint8_t class_;
} classes_by_name[] = {{"noun", OCS_INFLECT_NOUN},   {"man", OCS_INFLECT_MAN},
                       {"woman", OCS_INFLECT_WOMAN}, {"place", OCS_INFLECT_PLACE},
                       {"owned", OCS_INFLECT_OWNED}, {"genitive", OCS_INFLECT_GENITIVE}};

ocs_str ocs_inflect_lang(ocs_str lang)
{
    static const char *const known[][2] = {{"sr", "sr"}, {"hr", "sr"}, {"bs", "sr"}, {"ru", "ru"},
                                           {"uk", "uk"}, {"sq", "sq"}, {"de", "de"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (ocs_str_eq(lang, ocs_str_of(known[i][0])))
            return ocs_str_of(known[i][1]);
    return (ocs_str){"", 0};
}

static uint8_t class_of(const ocs_gaz *gaz, const ocs_gaz_thing *paradigm)
{
    ocs_str name = ocs_gaz_str(gaz, paradigm->class_);
    for (size_t i = 0; i < sizeof classes_by_name / sizeof *classes_by_name; i++)
        if (ocs_str_eq(name, ocs_str_of(classes_by_name[i].name)))
            return classes_by_name[i].class_;
    return 0;
}

/* The rows of the table whose ending is ${fold}. */
static bool look_up(const ocs_gaz *gaz, ocs_str fold, ocs_gaz_hit *hit)
{
    ocs_token word = {.at = {0, fold.n},
                      .word = (uint32_t)fold.n,
                      .gap = OCS_GAP_LINE,
                      .points = 1, /* no stem */
                      .fold = fold,
                      .hash = ocs_hash(fold)};
    return ocs_gaz_match(gaz, fold, (ocs_tokens){&word, 1}, 0, 1u << OCS_GAZ_ENDING, hit);
}

static bool vowel(uint32_t point)
{
    static const uint32_t vowels[] = {'a',   'e',   'i',   'o',   'u',   'y',   0xE4,  0xEB,
                                      0xF6,  0xFC,  0x430, 0x435, 0x438, 0x43E, 0x443, 0x44B,
                                      0x44D, 0x44E, 0x44F, 0x451, 0x454, 0x456, 0x457, 0x44C};
    uint32_t lower = ocs_point_lower(point);
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        if (vowels[i] == lower)
            return true;
    return false;
}

static bool ends_in_vowel(ocs_str stem)
{
    uint32_t last = 0;
    ocs_utf8_before(stem, stem.n, &last);
    return vowel(last);
}

/* Nothing and "ь" stand behind consonants, "й" behind vowels. */
static bool goes_with(ocs_str stem, ocs_str ending)
{
    if (ending.n == 0 || ocs_str_eq(ending, OCS_STR("ь")))
        return !ends_in_vowel(stem);
    return !ocs_str_eq(ending, OCS_STR("й")) || ends_in_vowel(stem);
}

/* "0" of the table: nothing is put there. */
static ocs_str ending_of(const ocs_gaz *gaz, const ocs_gaz_thing *paradigm)
{
    ocs_str ending = ocs_gaz_str(gaz, paradigm->name);
    return ocs_str_eq(ending, OCS_STR("0")) ? (ocs_str){"", 0} : ending;
}

static uint8_t letters(ocs_str s)
{
    uint8_t n = 0;
    uint32_t point;
    while (s.n > 0 && n < UINT8_MAX) {
        s.n -= ocs_utf8_before(s, s.n, &point);
        n++;
    }
    return n;
}

static ocs_str joined(ocs_arena *arena, ocs_str stem, ocs_str ending)
{
    char *word = ocs_arena_alloc(arena, stem.n + ending.n + 1);
    if (!word)
        return (ocs_str){NULL, 0};
    memcpy(word, stem.p, stem.n);
    memcpy(word + stem.n, ending.p, ending.n);
    return (ocs_str){word, stem.n + ending.n};
}

typedef struct search {
    const ocs_gaz *gaz;
    ocs_arena *arena;
    ocs_str lang;
    unsigned classes;
    ocs_nominative *out;
    size_t n;
} search;

/* As the row has it, or without its marks; "škom" is no "skom". */
static bool written_so(const search *f, ocs_str ending, const ocs_gaz_phrase *row)
{
    ocs_str text = ocs_gaz_str(f->gaz, row->text);
    if (ocs_str_eq(ending, text))
        return true;
    ocs_str plain = ocs_fold(f->arena, text);
    return plain.p && ocs_str_eq(ending, plain);
}

static void add(search *f, ocs_str stem, uint8_t taken, const ocs_gaz_phrase *row)
{
    const ocs_gaz_thing *paradigm = &f->gaz->things[row->thing];
    ocs_str ending = ending_of(f->gaz, paradigm);
    uint8_t class_ = class_of(f->gaz, paradigm);
    if (row->kind == OCS_GAZ_NAME || !(class_ & f->classes) || f->n == OCS_NOMINATIVES_MAX ||
        !ocs_str_eq(ocs_gaz_str(f->gaz, row->lang), f->lang) || !goes_with(stem, ending))
        return;
    ocs_str word = joined(f->arena, stem, ending);
    if (word.p)
        f->out[f->n++] = (ocs_nominative){word, class_, taken, letters(ending)};
}

/* The word cut in front of its last ${n} letters; false when too little would be left. */
static bool cut(ocs_str word, uint8_t n, ocs_str *stem)
{
    uint32_t point;
    *stem = word;
    for (uint8_t i = 0; i < n && stem->n > 0; i++)
        stem->n -= ocs_utf8_before(*stem, stem->n, &point);
    return letters(*stem) >= STEM_LEAST;
}

size_t ocs_nominatives(const ocs_gaz *gaz, ocs_arena *arena, ocs_str lang, unsigned classes,
                       ocs_str word, ocs_nominative out[OCS_NOMINATIVES_MAX])
{
    search f = {gaz, arena, lang, classes, out, 0};
    for (uint8_t n = ENDING_MOST; n > 0 && lang.n > 0; n--) {
        ocs_gaz_hit hit;
        ocs_str stem;
        if (!cut(word, n, &stem))
            continue;
        ocs_str fold = ocs_fold(arena, ocs_str_sub(word, stem.n, word.n));
        if (!fold.p || !look_up(gaz, fold, &hit))
            continue;
        ocs_str ending = ocs_str_sub(word, stem.n, word.n);
        const ocs_gaz_phrase *row = NULL;
        while ((row = ocs_gaz_hit_next(gaz, &hit, 1u << OCS_GAZ_ENDING, row)) != NULL)
            if (written_so(&f, ending, row))
                add(&f, stem, n, row);
    }
    return f.n;
}

/* Whether a row of ${search}'s classes has an ending of ${word} of ${least} letters or more. */
static bool ends(const search *f, ocs_str word, bool nominative, uint8_t least)
{
    for (uint8_t n = ENDING_MOST; n >= least; n--) {
        ocs_gaz_hit hit;
        ocs_str stem;
        if (!cut(word, n, &stem))
            continue;
        ocs_str fold = ocs_fold(f->arena, ocs_str_sub(word, stem.n, word.n));
        if (!fold.p || !look_up(f->gaz, fold, &hit))
            continue;
        const ocs_gaz_phrase *row = NULL;
        while ((row = ocs_gaz_hit_next(f->gaz, &hit, 1u << OCS_GAZ_ENDING, row)) != NULL)
            if ((row->kind == OCS_GAZ_NAME) == nominative &&
                ocs_str_eq(ocs_gaz_str(f->gaz, row->lang), f->lang) &&
                class_of(f->gaz, &f->gaz->things[row->thing]) & f->classes)
                return true;
    }
    return false;
}

bool ocs_ends_as_inflected(const ocs_gaz *gaz, ocs_arena *arena, ocs_str lang, unsigned classes,
                           ocs_str word)
{
    const search f = {gaz, arena, lang, classes, NULL, 0};
    return ends(&f, word, false, 1);
}

bool ocs_ends_as_nominative(const ocs_gaz *gaz, ocs_arena *arena, ocs_str lang, unsigned classes,
                            ocs_str word)
{
    const search f = {gaz, arena, lang, classes, NULL, 0};
    return ends(&f, word, true, 2);
}
