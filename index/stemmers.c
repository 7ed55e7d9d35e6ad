/* A short list of languages, each with its stemmer or with the knowledge that there is none.  Stems
 * are kept, since documents are made of the same words: each word has one place where it may be, and
 * a word that comes to a place that is taken takes it. */
#include "index/stemmers.h"

#include <stdlib.h>

enum { LANGS_MAX = 64, LANG_CODE = 8, PLACES = 8192, KEPT_BYTES = 61 };

typedef struct stemmer {
    char lang[LANG_CODE];
    xap_stem *stem; /* NULL: libxapian has none for it */
} stemmer;

/* A word and its stem, one behind the other. */
typedef struct kept_stem {
    uint8_t lang; /* 1 + its number; 0: the place is free */
    uint8_t word_n, stem_n;
    char bytes[KEPT_BYTES];
} kept_stem;

struct ocs_stemmers {
    stemmer of[LANGS_MAX];
    size_t n;
    kept_stem *kept; /* PLACES of them; NULL before the first stem */
    ocs_names *names;
    const ocs_gaz *tables; /* NULL: the built-in ones */
};

ocs_stemmers *ocs_stemmers_new(void)
{
    return calloc(1, sizeof(ocs_stemmers));
}

void ocs_stemmers_free(ocs_stemmers *stemmers)
{
    if (!stemmers)
        return;
    for (size_t i = 0; i < stemmers->n; i++)
        xap_stem_free(stemmers->of[i].stem);
    ocs_names_free(stemmers->names);
    free(stemmers->kept);
    free(stemmers);
}

void ocs_stemmers_use_tables(ocs_stemmers *stemmers, const ocs_gaz *tables)
{
    stemmers->tables = tables;
}

ocs_names *ocs_stemmers_names(ocs_stemmers *stemmers)
{
    if (!stemmers->names)
        stemmers->names = ocs_names_new(stemmers->tables ? stemmers->tables : ocs_gaz_builtin());
    return stemmers->names;
}

static const stemmer *open_stemmer(ocs_stemmers *stemmers, ocs_str lang)
{
    stemmer *s = &stemmers->of[stemmers->n];
    *s = (stemmer){0};
    memcpy(s->lang, lang.p, lang.n);
    if (xap_stem_new(s->lang, &s->stem, NULL) != OCS_OK)
        s->stem = NULL;
    stemmers->n++;
    return s;
}

/* NULL when there is none for it. */
static const stemmer *stemmer_of(ocs_stemmers *stemmers, ocs_str lang)
{
    const stemmer *found = NULL;
    if (lang.n == 0 || lang.n >= LANG_CODE || memchr(lang.p, '\0', lang.n))
        return NULL;
    for (size_t i = 0; !found && i < stemmers->n; i++)
        if (ocs_str_eq(ocs_str_of(stemmers->of[i].lang), lang))
            found = &stemmers->of[i];
    if (!found && stemmers->n < LANGS_MAX)
        found = open_stemmer(stemmers, lang);
    return found && found->stem ? found : NULL;
}

bool ocs_stemmers_has(ocs_stemmers *stemmers, ocs_str lang)
{
    return stemmer_of(stemmers, lang) != NULL;
}

/* Arabic, Indonesian, Irish and Tamil have prefixes; the Turkish stemmer may take off all but the
 * first letter and then harden it. */
bool ocs_stem_keeps_head(ocs_str lang)
{
    static const ocs_str others[] = {OCS_STR_INIT("ar"), OCS_STR_INIT("id"), OCS_STR_INIT("ga"),
                                     OCS_STR_INIT("tr"), OCS_STR_INIT("ta")};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (ocs_str_eq(lang, others[i]))
            return false;
    return true;
}

static bool has_digit(ocs_str word)
{
    for (size_t i = 0; i < word.n; i++)
        if (ocs_ascii_digit(word.p[i]))
            return true;
    return false;
}

/* The place of ${word}; NULL without memory, or where it cannot be kept. */
static kept_stem *place_of(ocs_stemmers *stemmers, ocs_str word)
{
    if (!stemmers->kept)
        stemmers->kept = calloc(PLACES, sizeof *stemmers->kept);
    if (!stemmers->kept || word.n >= KEPT_BYTES)
        return NULL;
    return &stemmers->kept[ocs_hash(word) % PLACES];
}

static void keep(kept_stem *place, uint8_t lang, ocs_str word, ocs_str stem)
{
    if (word.n + stem.n > KEPT_BYTES)
        return;
    place->lang = lang;
    place->word_n = (uint8_t)word.n;
    place->stem_n = (uint8_t)stem.n;
    memcpy(place->bytes, word.p, word.n);
    memcpy(place->bytes + word.n, stem.p, stem.n);
}

ocs_str ocs_stemmers_stem(ocs_stemmers *stemmers, ocs_str lang, ocs_str word)
{
    const stemmer *by = has_digit(word) ? NULL : stemmer_of(stemmers, lang);
    ocs_str out;
    if (!by)
        return word;
    uint8_t number = (uint8_t)(by - stemmers->of + 1);
    kept_stem *place = place_of(stemmers, word);
    if (place && place->lang == number && ocs_str_eq((ocs_str){place->bytes, place->word_n}, word))
        return (ocs_str){place->bytes + place->word_n, place->stem_n};
    if (xap_stem_word(by->stem, word, &out, NULL) != OCS_OK || out.n == 0)
        return word;
    if (place)
        keep(place, number, word, out);
    return out;
}
