/* How columns lie in metadata; the one place that spells keys and blocks, for the writer and for
 * the reader.  Private to index/. */
#ifndef OCS_INDEX_COLUMN_STORE_H
#define OCS_INDEX_COLUMN_STORE_H

#include "index/columns.h"

enum {
    OCS_COLUMN_DOCUMENTS = 1024, /* documents of a block */
    OCS_COLUMN_THINGS = 256,     /* things or names of a block of the dictionary */
    OCS_COLUMN_DATE_BYTES = 3,
    OCS_COLUMN_YEARS = 10000 /* the "things" of ON_YEAR, which has no dictionary */
};

/* What a block holds. */
typedef enum ocs_column_part {
    OCS_COLUMN_ENTRIES = 'd', /* of documents: the length of each one's entries, then all entries */
    OCS_COLUMN_KEYS = 'k',    /* things: key, name (empty: the key), country */
    OCS_COLUMN_NAMES = 'n'    /* names: whose, name, country */
} ocs_column_part;

void ocs_column_key(ocs_buf *out, ocs_column_family family, ocs_column_part part, size_t block);
void ocs_column_published_key(ocs_buf *out, size_t block);
/* Of each family how many things and names there are. */
#define OCS_COLUMN_HEAD "column/head"

typedef struct ocs_column_head {
    uint32_t things[OCS_COLUMN_COUNT], names[OCS_COLUMN_COUNT];
} ocs_column_head;
void ocs_column_head_pack(const ocs_column_head *head, ocs_buf *out);
bool ocs_column_head_unpack(ocs_str packed, ocs_column_head *head);

/* An entry for ocs_column_next; ${last} is 0 before the first. */
void ocs_column_put_entry(ocs_buf *out, uint32_t *last, uint32_t ordinal, uint32_t name,
                          uint32_t mentions);

/* The entries of ${n} documents, of which those at the end without any are left out. */
void ocs_column_block_pack(const ocs_str *entries, size_t n, ocs_buf *out);
/* Where the entries of each document begin in ${packed}, and where the last one's end; those beyond
 * what was packed are empty.  False when it is damaged.  An empty block is one of empty
 * documents. */
bool ocs_column_block_index(ocs_str packed, uint32_t starts[OCS_COLUMN_DOCUMENTS + 1]);

static inline size_t ocs_column_block_of(xap_docid id)
{
    return (id - 1) / OCS_COLUMN_DOCUMENTS;
}
static inline size_t ocs_column_place_of(xap_docid id)
{
    return (id - 1) % OCS_COLUMN_DOCUMENTS;
}

#endif
