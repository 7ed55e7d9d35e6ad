/* The entities that were met and the pairs of them, numbered and found by hashing.  A pair keeps
 * counts, dates and where its earliest example stands.  Private to query/. */
#ifndef OCS_QUERY_PAIR_TABLE_H
#define OCS_QUERY_PAIR_TABLE_H

#include "base/slots.h"
#include "query/pairs.h"

/* Who or what was met. */
typedef struct ocs_met_entity {
    uint64_t hash;
    uint32_t met_in, called_in; /* the document, from 1 */
    uint32_t unit;              /* in which it was met last, counted over all */
    bool rare;                  /* in too few documents for any pair */
    ocs_pairs_entity out;
} ocs_met_entity;

typedef struct ocs_met_pair {
    uint32_t a, b, documents, units, met_in;
    ocs_date first, last;
    ocs_when published;
    xap_docid example;
    uint32_t unit_from, unit_to, from, to; /* of the example, in its text */
} ocs_met_pair;

enum { OCS_PAIR_CHUNK_BITS = 16, OCS_PAIR_CHUNKS = 1 << 10 };

typedef struct ocs_pair_table {
    ocs_arena *arena; /* of the caller; for nothing else that is to outlive ocs_pair_table_clear */
    OCS_VEC(ocs_met_entity) entities;
    ocs_met_pair *chunks[OCS_PAIR_CHUNKS]; /* pairs do not move when there are more */
    size_t n_pairs;
    ocs_slots entity_slots, pair_slots;
} ocs_pair_table;

/* Forget all, and clear the arena. */
void ocs_pair_table_clear(ocs_pair_table *table);

/* The number of what ${mention} names; ${added}: it was not met before.  False: it does not fit. */
bool ocs_pair_table_entity(ocs_pair_table *table, const ocs_mention *mention, uint32_t *number,
                           bool *added);

/* The pair of these two, of which a < b; NULL when it does not fit.  A new one has counted nothing. */
ocs_met_pair *ocs_pair_table_pair(ocs_pair_table *table, uint32_t a, uint32_t b);
ocs_met_pair *ocs_pair_table_at(const ocs_pair_table *table, size_t i);

#endif
