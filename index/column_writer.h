/* Writing columns: documents are numbered into things and wait, and are brought to their blocks
 * together.  Blocks are read and rewritten through the caller, so that one writer serves a new
 * database and an old one.  Private to index/. */
#ifndef OCS_INDEX_COLUMN_WRITER_H
#define OCS_INDEX_COLUMN_WRITER_H

#include "index/column_facts.h"

/* Metadata as they will be; an absent key is empty.  What ${get} gives lasts until the next call. */
typedef struct ocs_column_sink {
    ocs_status (*get)(void *payload, ocs_str key, ocs_str *value, ocs_error *err);
    ocs_status (*put)(void *payload, ocs_str key, ocs_str value, ocs_error *err);
    void *payload;
} ocs_column_sink;

typedef struct ocs_column_writer ocs_column_writer;

/* NULL when memory ran out. */
ocs_column_writer *ocs_column_writer_new(const ocs_column_sink *sink);
void ocs_column_writer_free(ocs_column_writer *writer);

/* What document ${id} has from now on, as ocs_column_facts_pack writes it; empty: nothing. */
ocs_status ocs_column_writer_put(ocs_column_writer *writer, xap_docid id, ocs_str facts,
                                 ocs_error *err) OCS_MUST_CHECK;
/* Whether the documents that wait fill the block of ${id}, when they come in order. */
bool ocs_column_writer_full(xap_docid id);
/* Bring what waits to its blocks. */
ocs_status ocs_column_writer_flush(ocs_column_writer *writer, ocs_error *err) OCS_MUST_CHECK;
/* And what is new to the dictionaries: before each commit. */
ocs_status ocs_column_writer_finish(ocs_column_writer *writer, ocs_error *err) OCS_MUST_CHECK;

#endif
