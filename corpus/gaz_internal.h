/* What the compiler of gazetteers and the matcher must agree on.  Private to corpus/gaz*.c. */
#ifndef OCS_CORPUS_GAZ_INTERNAL_H
#define OCS_CORPUS_GAZ_INTERNAL_H

#include "corpus/gaz.h"

enum {
    OCS_GAZ_STEM_MIN = 3,    /* letters, and so bytes as well */
    OCS_GAZ_STEM_BYTES = 60, /* longer folded words are not looked up as stems */
    OCS_GAZ_PLAIN_GAPS = OCS_GAP_SPACE | OCS_GAP_HYPHEN | OCS_GAP_SLASH
};

/* In an edge the highest bit tells stems from words. */
#define OCS_GAZ_STEM_BIT (UINT64_C(1) << 63)

/* The hash of a word as it stands in an edge, where 0 is a free slot. */
static inline uint64_t ocs_gaz_word(uint64_t hash)
{
    hash &= ~OCS_GAZ_STEM_BIT;
    return hash != 0 ? hash : 1;
}

/* The same for a stem.  It is taken byte by byte (FNV-1a), so that one pass over a word gives those
 * of all stems that the word may have. */
#define OCS_GAZ_STEM_START UINT64_C(0xCBF29CE484222325)
static inline uint64_t ocs_gaz_stem_step(uint64_t hash, char byte)
{
    return (hash ^ (unsigned char)byte) * UINT64_C(0x100000001B3);
}
static inline uint64_t ocs_gaz_stem_end(uint64_t hash)
{
    return (hash ^ hash >> 32) * UINT64_C(0x9E3779B97F4A7C15) >> 1 | OCS_GAZ_STEM_BIT;
}

/* Where the search for an edge begins. */
static inline size_t ocs_gaz_slot(size_t n_edges, uint32_t parent, uint64_t word)
{
    uint64_t mixed = word ^ parent * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(mixed ^ mixed >> 32) & (n_edges - 1);
}

/* The bit of ocs_gaz.heads for a folded word of OCS_GAZ_STEM_MIN bytes or more. */
static inline unsigned ocs_gaz_head(const char *folded)
{
    uint32_t bytes = (uint32_t)(unsigned char)folded[0] | (uint32_t)(unsigned char)folded[1] << 8 |
                     (uint32_t)(unsigned char)folded[2] << 16;
    return bytes * 0x9E3779B1u >> 20; /* 12 bits: OCS_GAZ_HEADS words of 64 */
}

/* The place of an edge's word in ocs_gaz.first and ocs_gaz.first_small. */
static inline size_t ocs_gaz_first(uint64_t word)
{
    return (size_t)word & (OCS_GAZ_FIRSTS - 1);
}

/* ---- the builder's own form ---- */

/* Where a row stands, for messages. */
typedef struct ocs_gaz_place {
    const char *file;
    unsigned line;
} ocs_gaz_place;

typedef struct ocs_gaz_draft_thing {
    ocs_gaz_thing thing;
    const char *key; /* thing.key, once no more texts come */
    ocs_gaz_place place;
    uint32_t order; /* as added; phrases name their thing by it until all are sorted */
} ocs_gaz_draft_thing;

typedef struct ocs_gaz_draft_phrase {
    ocs_gaz_phrase phrase;
    ocs_gaz_place place;
    const uint64_t *words; /* hashes as in edges, phrase.words of them */
    const uint8_t *gaps;   /* what else may stand before each word, NULL when nothing */
    uint32_t node, order;
    uint32_t same; /* 1 + the draft before it with the same table and words, 0 = none */
    bool blocked;  /* by a later row: not compiled */
} ocs_gaz_draft_phrase;

/* 64-bit hashes to indexes; the hash is trusted to be the whole key. */
typedef struct ocs_gaz_map {
    struct ocs_gaz_map_slot {
        uint64_t hash;
        uint32_t value; /* 0 = free slot, 1 + the index otherwise */
    } * slots;
    size_t n, room; /* room is 0 or a power of two */
} ocs_gaz_map;

struct ocs_gaz_builder {
    ocs_arena *arena, *scratch; /* scratch is cleared for every row */
    OCS_VEC(ocs_gaz_draft_thing) things;
    OCS_VEC(ocs_gaz_draft_phrase) phrases;
    ocs_buf texts;
    ocs_gaz_map text_at;                       /* value: where in texts, plus one */
    ocs_gaz_map thing_by_key, phrase_by_words; /* value: the index, plus one */
    uint64_t heads[OCS_GAZ_HEADS];
    uint64_t version;
    ocs_buf complaints;
};

/* The value of ${hash} for reading and writing, made 0 when it is new; NULL when the arena failed.
 */
uint32_t *ocs_gaz_map_at(ocs_arena *arena, ocs_gaz_map *map, uint64_t hash);

/* Note a bad row and give OCS_BADINPUT; ${err} keeps the first message of its call. */
ocs_status ocs_gaz_complain(ocs_gaz_builder *builder, ocs_error *err, ocs_gaz_place place,
                            const char *format, ...) OCS_PRINTF(4, 5);

/* A row of a table, as read from ${line} into ${row}, which says table and place already; what is
 * wrong with it is a complaint. */
typedef struct ocs_gaz_row {
    ocs_gaz_table table;
    ocs_gaz_place place;
    ocs_str key, class_, country, lang, phrase; /* "-" is read as "" */
    ocs_gaz_kind kind;
    bool shared;
    uint32_t people;
    int16_t lat, lon;
} ocs_gaz_row;
ocs_status ocs_gaz_row_read(ocs_gaz_builder *builder, ocs_str line, ocs_gaz_row *row,
                            ocs_error *err);

#endif
