/* Training of the tagger: a linear-chain conditional random field by dual averaging with steps of
 * their own for each weight and an L1 penalty (Xiao 2010; Duchi, Hazan and Singer 2011).  The penalty
 * leaves most weights at zero, so that the table is small.  Deterministic: the same lines in the same
 * order give the same weights. */
#ifndef OCS_INGEST_TAGCRF_H
#define OCS_INGEST_TAGCRF_H

#include "ingest/tagger.h"

typedef struct ocs_tag_line {
    const uint32_t *features; /* of all words in turn, ids */
    const uint16_t *counts;   /* of each word's features */
    const uint8_t *allowed;   /* of each word, the tags (1u << ocs_tag) that the marks allow */
    uint32_t n;
} ocs_tag_line;

typedef struct ocs_tag_options {
    unsigned epochs;
    double rate, l1;
} ocs_tag_options;

/* Weights of ${n_features} features by tag, then those of what follows what, into ${weights}
 * ((n_features + OCS_TAG_COUNT) * OCS_TAG_COUNT of them).  False when memory ran out. */
bool ocs_tag_train(const ocs_tag_line *lines, size_t n, uint32_t n_features,
                   const ocs_tag_options *options, float *weights);

#endif
