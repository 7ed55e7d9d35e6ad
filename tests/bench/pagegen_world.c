/* Words and things.  A word's rank decides how often it comes, by Zipf and Mandelbrot's law; the most
 * frequent are real function words, then come words of the trade, and the long tail is made of
 * syllables and English endings, so that stemming, prefixes and a spelling dictionary have work. */
#include "tests/bench/pagegen.h"

#include <stdio.h>

/* ---- chance ---- */

uint64_t chance_next(chance *c)
{
    uint64_t z = c->state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

chance chance_of(uint64_t seed, uint64_t number)
{
    chance c = {seed * 0xD6E8FEB86659FD93u + 1};
    c.state = chance_next(&c) ^ number;
    (void)chance_next(&c);
    return c;
}

uint32_t chance_below(chance *c, uint32_t n)
{
    return (uint32_t)((chance_next(c) >> 32) * n >> 32);
}

double chance_real(chance *c)
{
    return (double)(chance_next(c) >> 11) * 0x1p-53;
}

/* ---- words ---- */

static const char *const real_words[] = {
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "that",
    "for",
    "on",
    "with",
    "is",
    "was",
    "by",
    "as",
    "at",
    "it",
    "from",
    "be",
    "are",
    "this",
    "have",
    "has",
    "will",
    "its",
    "their",
    "an",
    "which",
    "were",
    "also",
    "not",
    "or",
    "been",
    "they",
    "between",
    "all",
    "more",
    "other",
    "but",
    "can",
    "had",
    "we",
    "should",
    "who",
    "these",
    "than",
    "through",
    "into",
    "about",
    "after",
    "during",
    "within",
    "such",
    "including",
    "where",
    "there",
    "under",
    "how",
    "both",
    "so",
    "must",
    "many",
    "among",
    "police",
    "training",
    "support",
    "law",
    "security",
    "human",
    "rights",
    "officers",
    "government",
    "public",
    "international",
    "development",
    "court",
    "organized",
    "crime",
    "election",
    "authorities",
    "media",
    "border",
    "women",
    "co-operation",
    "regional",
    "civil",
    "society",
    "legal",
    "people",
    "national",
    "corruption",
    "prosecutors",
    "judges",
    "process",
    "work",
    "project",
    "reform",
    "trafficking",
    "report",
    "implementation",
    "dialogue",
    "community",
    "monitoring",
    "violence",
    "asset",
    "recovery",
    "evidence",
    "investigation",
    "minority",
    "education",
    "journalists",
    "freedom",
    "observers",
    "parliament",
    "ballot",
    "weapons",
    "arms",
    "terrorism",
    "migration",
    "gender",
    "equality",
    "environmental",
    "water",
    "energy",
    "youth",
};

enum { REAL_WORDS = sizeof real_words / sizeof real_words[0] };

static const char *one_of(chance *c, const char *const *list, size_t n)
{
    return list[chance_below(c, (uint32_t)n)];
}
#define ONE_OF(c, list) one_of(c, list, sizeof list / sizeof list[0])

static void make_word(chance *c, size_t most, char *out, size_t size)
{
    static const char *const onsets[] = {"b",  "br", "c",  "cl", "d", "f",  "fl", "g",
                                         "gr", "h",  "l",  "m",  "n", "p",  "pl", "pr",
                                         "r",  "s",  "sc", "st", "t", "tr", "v",  "w"};
    static const char *const cores[] = {"a", "e", "i", "o", "u", "a", "e", "i", "o", "ea"};
    static const char *const codas[] = {"", "", "", "", "l", "n", "r", "s", "t", "nd"};
    static const char *const ends[] = {"",    "",    "",     "s",    "ed",  "ing", "er",  "ly",
                                       "ion", "ity", "ment", "able", "ive", "al",  "ness"};
    size_t syllables = 1 + chance_below(c, (uint32_t)most), n = 0;
    for (size_t i = 0; i < syllables; i++)
        n += (size_t)snprintf(out + n, size - n, "%s%s%s", ONE_OF(c, onsets), ONE_OF(c, cores),
                              ONE_OF(c, codas));
    snprintf(out + n, size - n, "%s", ONE_OF(c, ends));
}

static bool known_word(const world *w, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(w->words[i], word) == 0)
            return true;
    return false;
}

static void fill_words(world *w)
{
    chance c = chance_of(1, 0); /* every seed speaks the same language */
    for (size_t i = 0; i < VOCABULARY; i++) {
        if (i < REAL_WORDS) {
            snprintf(w->words[i], sizeof w->words[i], "%s", real_words[i]);
            continue;
        }
        do
            make_word(&c, i < VOCABULARY / 2 ? 2 : 3, w->words[i], sizeof w->words[i]);
        while (strlen(w->words[i]) < 4 || known_word(w, i, w->words[i]));
    }
}

static void fill_reach(world *w)
{
    double sum = 0;
    for (size_t i = 0; i < VOCABULARY; i++)
        w->reach[i] = sum += 1.0 / ((double)i + 2.7);
    for (size_t i = 0; i < VOCABULARY; i++)
        w->reach[i] /= sum;
}

/* ---- things ---- */

static void gather(things *list, ocs_gaz_table table, const char *class_)
{
    const ocs_gaz *gaz = ocs_gaz_builtin();
    for (size_t i = 0; i < gaz->n_things && list->n < THINGS_MAX; i++) {
        const ocs_gaz_thing *thing = &gaz->things[i];
        if (thing->table == table &&
            (!class_ || strcmp(ocs_gaz_cstr(gaz, thing->class_), class_) == 0))
            list->at[list->n++] = thing;
    }
}

void world_fill(world *w)
{
    *w = (world){.states.n = 0};
    fill_words(w);
    fill_reach(w);
    gather(&w->states, OCS_GAZ_COUNTRY, "state");
    gather(&w->cities, OCS_GAZ_PLACE, "city");
    gather(&w->topics, OCS_GAZ_TOPIC, NULL);
    gather(&w->missions, OCS_GAZ_ORG, "mission");
    gather(&w->structures, OCS_GAZ_ORG, "structure");
    gather(&w->bodies, OCS_GAZ_ORG, "igo");
    gather(&w->menu, OCS_GAZ_MENU, "entry");
    gather(&w->given, OCS_GAZ_GIVEN, "-");
    if (w->given.n == 0)
        gather(&w->given, OCS_GAZ_GIVEN, "");
}
