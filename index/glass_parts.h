/* The parts of a glass database that are no inverted terms: values and metadata, set aside while
 * documents come and written in the order of their keys at the end.  Private to index/. */
#ifndef OCS_INDEX_GLASS_PARTS_H
#define OCS_INDEX_GLASS_PARTS_H

#include "index/glass_tree.h"
#include "index/record.h"

#include <stdio.h>

/* An unnamed file in ${dir}, for what does not fit into memory. */
ocs_status ocs_scratch_open(const char *dir, FILE **file, ocs_error *err) OCS_MUST_CHECK;

/* ---- values ---- */

enum { OCS_GLASS_SLOTS = 16 };

typedef struct ocs_glass_slot {
    FILE *chunks; /* finished ones: first document, length, bytes; NULL while there is none */
    ocs_buf chunk;
    xap_docid first, last; /* of the chunk at hand */
    uint64_t documents;
    ocs_buf low, high; /* the least and the greatest value */
} ocs_glass_slot;

typedef struct ocs_glass_values {
    const char *dir;
    ocs_glass_slot slots[OCS_GLASS_SLOTS];
} ocs_glass_values;

void ocs_glass_values_init(ocs_glass_values *values, const char *dir);
void ocs_glass_values_clear(ocs_glass_values *values);
ocs_status ocs_glass_values_add(ocs_glass_values *values, xap_docid id, uint32_t slot,
                                ocs_str value, ocs_error *err) OCS_MUST_CHECK;
/* Their statistics, then the values. */
ocs_status ocs_glass_values_write(ocs_glass_values *values, ocs_glass_tree *tree,
                                  ocs_error *err) OCS_MUST_CHECK;

/* ---- metadata ---- */

typedef struct ocs_glass_entry {
    uint64_t at; /* in the scratch file */
    uint32_t key_n, value_n;
} ocs_glass_entry;

typedef struct ocs_glass_metadata {
    const char *dir;
    FILE *file; /* NULL while there is none */
    uint64_t size;
    ocs_glass_entry *entries;
    size_t n, room;
} ocs_glass_metadata;

void ocs_glass_metadata_init(ocs_glass_metadata *metadata, const char *dir);
void ocs_glass_metadata_clear(ocs_glass_metadata *metadata);
ocs_status ocs_glass_metadata_set(ocs_glass_metadata *metadata, ocs_str key, ocs_str value,
                                  ocs_error *err) OCS_MUST_CHECK;
ocs_status ocs_glass_metadata_write(ocs_glass_metadata *metadata, ocs_glass_tree *tree,
                                    ocs_error *err) OCS_MUST_CHECK;

#endif
