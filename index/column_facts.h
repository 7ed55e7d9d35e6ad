/* What the columns take of one document, as bytes that travel in its record.  Private to index/,
 * and to those who count documents as they read them. */
#ifndef OCS_INDEX_COLUMN_FACTS_H
#define OCS_INDEX_COLUMN_FACTS_H

#include "index/columns.h"

typedef struct ocs_column_fact {
    ocs_column_family family;
    ocs_column_thing thing;
    uint32_t mentions; /* under this name */
} ocs_column_fact;

typedef struct ocs_column_facts {
    uint32_t published;        /* ocs_date_pack */
    const ocs_column_fact *at; /* sorted by family, key, name, country; no doubles */
    size_t n;
} ocs_column_facts;

/* Of ${document}; points into it and ${arena}.  False when the arena failed. */
bool ocs_column_facts_of(const ocs_document *document, ocs_arena *arena, ocs_column_facts *facts);

/* As bytes and back; the second points into ${packed} and ${arena}, false when it is not what the
 * first writes or the arena failed. */
void ocs_column_facts_pack(const ocs_column_facts *facts, ocs_buf *out);
bool ocs_column_facts_unpack(ocs_str packed, ocs_arena *arena, ocs_column_facts *facts);

#endif
