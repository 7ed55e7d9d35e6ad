/* Patterns of lines that belong to a page's frame by their shape: addresses, telephone numbers,
 * credits of pictures, pagers, notes of change.  Compiled once with pcre2's JIT; what a match needs
 * lives in the set, so a set is for one thread at a time, like the ocs_ingest that owns it. */
#ifndef OCS_INGEST_PATTERNS_H
#define OCS_INGEST_PATTERNS_H

#include "ingest/block.h"

typedef struct ocs_patterns ocs_patterns;

typedef struct ocs_pattern_hit {
    ocs_block_role role;
    const char *reason; /* a static string */
} ocs_pattern_hit;

ocs_status ocs_patterns_new(ocs_patterns **patterns, ocs_error *err) OCS_MUST_CHECK;
void ocs_patterns_free(ocs_patterns *patterns);

/* The first pattern of the table that fits the line ${text} of ${words} words; false when none. */
bool ocs_patterns_match(ocs_patterns *patterns, ocs_str text, uint32_t words, ocs_pattern_hit *hit);

#endif
