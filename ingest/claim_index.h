/* Claims by their words, so that a long document does not compare each name with each other. */
#ifndef OCS_INGEST_CLAIM_INDEX_H
#define OCS_INGEST_CLAIM_INDEX_H

#include "ingest/scan.h"

typedef enum ocs_claim_words {
    OCS_BY_FIRST_WORD,
    OCS_BY_LAST_WORD, /* by its nominative, where that is known */
    OCS_BY_EVERY_WORD
} ocs_claim_words;

enum { OCS_LOOKS_MAX = 4096 }; /* nodes that a search should look at; a bound on its time */

typedef struct ocs_claim_node {
    uint32_t claim, next; /* index into nodes, or OCS_NO_CLAIM */
} ocs_claim_node;

typedef struct ocs_claim_index {
    uint32_t *heads; /* bucket -> node, or OCS_NO_CLAIM */
    ocs_claim_node *nodes;
    size_t mask;
    ocs_claim_words words;
} ocs_claim_index;

/* Index the claims that ${scan} has now.  False when the arena failed. */
bool ocs_claim_index_make(const ocs_scan *scan, ocs_claim_words words, ocs_claim_index *out);

/* The first node of those that may have the word of token ${i}, in the order of claims; the caller
 * compares, as a bucket holds other words, too. */
static inline uint32_t ocs_claims_with(const ocs_claim_index *index, const ocs_scan *scan, size_t i)
{
    uint64_t hash =
        index->words == OCS_BY_LAST_WORD ? ocs_scan_lemma(scan, i) : scan->tokens.at[i].hash;
    return index->heads[(size_t)hash & index->mask];
}

#endif
