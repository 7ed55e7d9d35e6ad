/* Terms of the index that are near a word in spelling.  Private to query/. */
#ifndef OCS_QUERY_NEAR_TERMS_H
#define OCS_QUERY_NEAR_TERMS_H

#include "index/index.h"

enum { OCS_NEAR_TERMS = 3, OCS_NEAR_STEPS = 20000 };

typedef struct ocs_near_term {
    ocs_str word; /* the term without its prefix, in the arena */
    uint32_t documents;
    unsigned distance;
    double worth;
} ocs_near_term;

/* The likeliest of the terms ${prefix}${other} with ${other} near ${word} but not equal to it, that at
 * least ${least} documents have: one more mistake must be outweighed by many more documents.  A short
 * word is near none.  The walk ends after OCS_NEAR_STEPS terms. */
ocs_status ocs_near_terms(xap_db *db, ocs_str prefix, ocs_str word, uint32_t least,
                          ocs_arena *arena, ocs_near_term out[OCS_NEAR_TERMS], size_t *n,
                          ocs_error *err) OCS_MUST_CHECK;

#endif
