/* The gazetteer goes from phrases to things; here the way back is made once, as one array of phrase
 * numbers grouped by thing.  The words of a thing are cut when it is first asked for. */
#include "index/names.h"

#include "index/schema.h"

#include <stdlib.h>

enum { NAMES_CAP = 64 * 1024 * 1024 };

typedef struct thing_words {
    const ocs_str *at; /* NULL until asked for */
    size_t n;
} thing_words;

struct ocs_names {
    const ocs_gaz *gaz;
    ocs_names *builtin; /* of the program's own tables; NULL where .gaz is them */
    ocs_arena *arena;
    uint32_t *first;   /* thing -> its first place in .phrases; one more entry for the end */
    uint32_t *phrases; /* grouped by thing */
    thing_words *words;
    uint64_t *stopwords; /* sorted hashes of folded words */
    size_t n_stopwords;
};

/* ---- building ---- */

static bool group_phrases(ocs_names *names)
{
    const ocs_gaz *gaz = names->gaz;
    uint32_t *next = ocs_arena_array(names->arena, gaz->n_things + 1, sizeof *next);
    names->first = ocs_arena_array(names->arena, gaz->n_things + 1, sizeof *names->first);
    names->phrases = ocs_arena_array(names->arena, gaz->n_phrases, sizeof *names->phrases);
    names->words = ocs_arena_array(names->arena, gaz->n_things, sizeof *names->words);
    if (ocs_arena_status(names->arena) != OCS_OK)
        return false;
    for (size_t i = 0; i < gaz->n_phrases; i++)
        names->first[gaz->phrases[i].thing + 1]++;
    for (size_t i = 0; i < gaz->n_things; i++)
        names->first[i + 1] += names->first[i];
    memcpy(next, names->first, (gaz->n_things + 1) * sizeof *next);
    for (size_t i = 0; i < gaz->n_phrases; i++)
        names->phrases[next[gaz->phrases[i].thing]++] = (uint32_t)i;
    return true;
}

static int compare_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool gather_stopwords(ocs_names *names)
{
    const ocs_gaz *gaz = names->gaz;
    OCS_VEC(uint64_t) hashes = {0};
    for (size_t i = 0; i < gaz->n_phrases; i++) {
        const ocs_gaz_phrase *phrase = &gaz->phrases[i];
        if (gaz->things[phrase->thing].table != OCS_GAZ_STOPWORD || phrase->words != 1)
            continue;
        uint64_t *hash = ocs_vec_push(names->arena, &hashes);
        if (!hash)
            return false;
        *hash = ocs_hash(ocs_fold(names->arena, ocs_gaz_str(gaz, phrase->text)));
    }
    if (hashes.n > 0)
        qsort(hashes.at, hashes.n, sizeof *hashes.at, compare_hash);
    names->stopwords = hashes.at;
    names->n_stopwords = hashes.n;
    return ocs_arena_status(names->arena) == OCS_OK;
}

ocs_names *ocs_names_new(const ocs_gaz *gaz)
{
    ocs_names *names = calloc(1, sizeof *names);
    if (!names)
        return NULL;
    names->gaz = gaz;
    names->arena = ocs_arena_new(NAMES_CAP);
    bool own = gaz == ocs_gaz_builtin();
    names->builtin = own ? NULL : ocs_names_new(ocs_gaz_builtin());
    if (names->arena && (own || names->builtin) && group_phrases(names) && gather_stopwords(names))
        return names;
    ocs_names_free(names);
    return NULL;
}

void ocs_names_free(ocs_names *names)
{
    if (!names)
        return;
    ocs_names_free(names->builtin);
    ocs_arena_free(names->arena);
    free(names);
}

/* ---- asking ---- */

const ocs_gaz *ocs_names_gaz(const ocs_names *names)
{
    return names->gaz;
}

bool ocs_names_stopword(const ocs_names *names, ocs_str fold)
{
    uint64_t hash = ocs_hash(fold);
    return names->n_stopwords > 0 &&
           bsearch(&hash, names->stopwords, names->n_stopwords, sizeof hash, compare_hash) != NULL;
}

static bool listed(const ocs_name_words *list, ocs_str word)
{
    for (size_t i = 0; i < list->n; i++)
        if (ocs_str_eq(list->at[i], word))
            return true;
    return false;
}

/* Unless it is among ${list} or ${except}. */
static bool add_word(ocs_arena *arena, ocs_name_words *list, const ocs_name_words *except,
                     ocs_str word)
{
    if (listed(list, word) || listed(except, word))
        return true;
    ocs_str *new = ocs_vec_push(arena, list);
    if (!new)
        return false;
    *new = word;
    return true;
}

/* The words of ${name}; ${both}: in both spellings. */
static bool add_name(ocs_arena *arena, ocs_name_words *list, const ocs_name_words *except,
                     ocs_str name, bool both)
{
    ocs_words words;
    if (!ocs_words_of(arena, name, &words))
        return false;
    for (size_t i = 0; i < words.n; i++)
        if (!add_word(arena, list, except, words.at[i].fold) ||
            (both && !add_word(arena, list, except, words.at[i].canonical)))
            return false;
    return true;
}

/* The words of all phrases of ${thing}. */
static bool add_phrases(const ocs_names *names, const ocs_gaz_thing *thing, ocs_arena *arena,
                        ocs_name_words *list, const ocs_name_words *except, bool both)
{
    size_t t = (size_t)(thing - names->gaz->things);
    for (uint32_t i = names->first[t]; i < names->first[t + 1]; i++) {
        const ocs_gaz_phrase *phrase = &names->gaz->phrases[names->phrases[i]];
        if (!add_name(arena, list, except, ocs_gaz_str(names->gaz, phrase->text), both))
            return false;
    }
    return true;
}

bool ocs_names_others(const ocs_names *names, const ocs_gaz_thing *thing, ocs_arena *arena,
                      ocs_name_words *words)
{
    const ocs_name_words none = {0};
    ocs_name_words own = {0}, all = {0};
    if (!add_name(arena, &own, &none, ocs_gaz_str(names->gaz, thing->name), true) ||
        !add_phrases(names, thing, arena, &all, &own, true))
        return false;
    for (size_t i = 0; i < all.n; i++)
        if (!ocs_names_stopword(names, all.at[i]) && !add_word(arena, words, &own, all.at[i]))
            return false;
    return true;
}

/* Cut the words of thing ${t} that the index must have. */
static bool cut_words(ocs_names *names, size_t t)
{
    const ocs_gaz_thing *thing = &names->gaz->things[t], *known = NULL;
    ocs_name_words list = {0}, builtin = {0};
    if (names->builtin)
        known = ocs_gaz_by_key(names->builtin->gaz, (ocs_gaz_table)thing->table,
                               ocs_gaz_str(names->gaz, thing->key));
    if (known && !add_phrases(names->builtin, known, names->arena, &builtin, &list, false))
        return false;
    if (names->builtin && !add_phrases(names, thing, names->arena, &list, &builtin, false))
        return false;
    const ocs_name_words none = {0};
    if (!add_name(names->arena, &list, &none, ocs_gaz_str(names->gaz, thing->name), false))
        return false;
    names->words[t] = (thing_words){list.at, list.n};
    return true;
}

bool ocs_names_of(ocs_names *names, ocs_gaz_table table, ocs_str key, const ocs_str **words,
                  size_t *n)
{
    *words = NULL;
    *n = 0;
    const ocs_gaz_thing *thing = ocs_gaz_by_key(names->gaz, table, key);
    if (!thing)
        return true;
    size_t t = (size_t)(thing - names->gaz->things);
    if (!names->words[t].at && !cut_words(names, t))
        return false;
    *words = names->words[t].at;
    *n = names->words[t].n;
    return true;
}
