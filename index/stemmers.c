/* A short list of languages, each with its stemmer or with the knowledge that there is none. */
#include "index/stemmers.h"

#include <stdlib.h>

enum { LANGS_MAX = 64, LANG_CODE = 8 };

typedef struct stemmer {
    char lang[LANG_CODE];
    xap_stem *stem; /* NULL: libxapian has none for it */
} stemmer;

struct ocs_stemmers {
    stemmer of[LANGS_MAX];
    size_t n;
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

static xap_stem *open_stemmer(ocs_stemmers *stemmers, ocs_str lang)
{
    stemmer *s = &stemmers->of[stemmers->n];
    *s = (stemmer){0};
    memcpy(s->lang, lang.p, lang.n);
    if (xap_stem_new(s->lang, &s->stem, NULL) != OCS_OK)
        s->stem = NULL;
    stemmers->n++;
    return s->stem;
}

static xap_stem *stemmer_of(ocs_stemmers *stemmers, ocs_str lang)
{
    if (lang.n == 0 || lang.n >= LANG_CODE || memchr(lang.p, '\0', lang.n))
        return NULL;
    for (size_t i = 0; i < stemmers->n; i++)
        if (ocs_str_eq(ocs_str_of(stemmers->of[i].lang), lang))
            return stemmers->of[i].stem;
    return stemmers->n < LANGS_MAX ? open_stemmer(stemmers, lang) : NULL;
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

ocs_str ocs_stemmers_stem(ocs_stemmers *stemmers, ocs_str lang, ocs_str word)
{
    xap_stem *stem = has_digit(word) ? NULL : stemmer_of(stemmers, lang);
    ocs_str out;
    if (!stem || xap_stem_word(stem, word, &out, NULL) != OCS_OK || out.n == 0)
        return word;
    return out;
}
