/* Queries for latency.c, drawn from an index: its words from frequent to rare, phrases that its
 * documents hold, its people, organisations and countries, and years from 2000 on.  Nothing is
 * random: the same index gives the same queries. */
#ifndef OCS_BENCH_LATENCY_QUERIES_H
#define OCS_BENCH_LATENCY_QUERIES_H

#include "index/index.h"

/* class, what it holds */
#define LATENCY_CLASSES(X)                                           \
    X(FREQUENT, "frequent", "words of every twentieth page or more") \
    X(MIDDLE, "middle", "words of every thousandth or more")         \
    X(RARE, "rare", "words of fewer pages")                          \
    X(WORDS, "words", "a frequent word and one less so")             \
    X(PHRASE, "phrase", "two to four words of a page")               \
    X(PREFIX, "prefix", "the first half of a word")                  \
    X(PERSON, "person", "a word of a person's name")                 \
    X(ORG, "org", "a word of an organisation's name")                \
    X(COUNTRY, "country", "a code")                                  \
    X(DATE, "date", "one year to five")                              \
    X(MIXED, "mixed", "a word, an organisation and years")

typedef enum latency_class {
#define X(name, text, about) LATENCY_##name,
    LATENCY_CLASSES(X)
#undef X
        LATENCY_CLASS_COUNT
} latency_class;

extern const char *const latency_class_names[];

/* The same question to both programs. */
typedef struct latency_query {
    latency_class class;
    const char *ours, *quest;
} latency_query;

typedef struct latency_queries {
    latency_query *at;
    size_t n;
} latency_queries;

/* How quest is told what the fields in its queries stand for; NULL at the end. */
extern const char *const latency_quest_options[];

/* At most ${most} of each class, fewer where the index has no more. */
ocs_status latency_queries_draw(ocs_index *index, size_t most, ocs_arena *arena,
                                latency_queries *out, ocs_error *err);

#endif
