/* The tagger's table in the making: small numbers of weights, in memory as the build would make it,
 * so that the trainer measures what the program would do, and as text. */
#ifndef OCS_INGEST_TAGTABLE_H
#define OCS_INGEST_TAGTABLE_H

#include "ingest/tagger.h"

enum { OCS_TAG_ROWS_MAX = 65534, OCS_TAG_SLOTS = 1 << 18 };

typedef struct ocs_tag_table {
    uint16_t slots[OCS_TAG_SLOTS];
    uint32_t keys[OCS_TAG_ROWS_MAX];
    uint64_t rows[OCS_TAG_ROWS_MAX];
    ocs_tagger tagger; /* points into the above */
} ocs_tag_table;

/* ${table} is zeroed; ${follows} has OCS_TAG_COUNT times OCS_TAG_COUNT weights. */
void ocs_tag_table_init(ocs_tag_table *table, const float *follows);

/* Add a feature that is not in it yet, with a weight for each tag; one whose weights all round to
 * nothing is left out.  False when the table is full. */
bool ocs_tag_table_add(ocs_tag_table *table, uint32_t feature, const float *weights);

/* Write it as ingest/models/names.tsv.  False when the file could not be written. */
bool ocs_tag_table_write(const ocs_tag_table *table, const char *path, size_t texts, size_t words);

#endif
