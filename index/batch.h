/* Writing in batches: documents, what is known of pages, and the index's own metadata, committed
 * together so that a killed run leaves the state of its last commit.  The database is opened for
 * writing, and a transaction begun, by the first call that has something to write.
 *
 * A new database may be built in bulk (index/glass.h): it comes to be with the last call, and until
 * then there is nothing to read.  It may take the place of an old one, which is read until then and
 * stays as it is (docs/decisions/0030-rebuilding.md).  Private to index/. */
#ifndef OCS_INDEX_BATCH_H
#define OCS_INDEX_BATCH_H

#include "corpus/corpus.h"
#include "index/column_writer.h"
#include "index/glass.h"
#include "index/langs.h"
#include "index/page_state.h"
#include "index/record.h"

typedef struct ocs_batch {
    const char *path; /* of the database */
    xap_db *before; /* as it was, until the writer is open; or the one whose place this one takes */
    xap_writer *writer; /* NULL until something is written */
    xap_document *document;
    bool bulk;
    ocs_glass *glass;           /* instead of the writer, likewise */
    ocs_source *const *sources; /* to be noted with the first change */
    size_t n_sources;
    ocs_langs langs;
    ocs_column_writer *columns; /* made with the first document that changes */
    bool open;                  /* within a transaction */
    size_t pages, bytes;        /* in this transaction */
    uint64_t changes;           /* documents put or deleted in this transaction */
    uint64_t settled;           /* documents of the old index, whose place is taken, so far */
    ocs_buf key, value;
} ocs_batch;

/* ${before} is handed over; NULL for a new index.  With ${bulk} the database at ${path} is made, and
 * takes over what is there before the first document but pages and documents; else it is ${before}. */
ocs_status ocs_batch_init(ocs_batch *batch, const char *path, xap_db *before, bool bulk,
                          ocs_source *const *sources, size_t n_sources,
                          ocs_error *err) OCS_MUST_CHECK;
/* What was not committed is lost. */
ocs_status ocs_batch_clear(ocs_batch *batch, ocs_error *err);

/* For reading what is written so far; NULL for a new database as long as nothing is, and in bulk
 * until the end, where it is the old index if there is one. */
xap_db *ocs_batch_db(ocs_batch *batch);

/* A document and the state of its page; ${text} bytes count for the size of the batch. */
ocs_status ocs_batch_put(ocs_batch *batch, const ocs_record *record, size_t text,
                         const ocs_page_state *state, ocs_error *err) OCS_MUST_CHECK;
/* The state alone; writes nothing when it is what the index has. */
ocs_status ocs_batch_remember(ocs_batch *batch, const ocs_page_state *state,
                              ocs_error *err) OCS_MUST_CHECK;
/* What is known of a site, likewise.  It is to be told of all sites before the first page. */
ocs_status ocs_batch_note_site(ocs_batch *batch, ocs_str name, ocs_str value,
                               ocs_error *err) OCS_MUST_CHECK;
/* What is known of a container, likewise; empty: nothing any more. */
ocs_status ocs_batch_note_container(ocs_batch *batch, ocs_str path, ocs_str value,
                                    ocs_error *err) OCS_MUST_CHECK;
/* It is told: a run that continues this one is not to learn again (index/schema.h). */
ocs_status ocs_batch_note_learnt(ocs_batch *batch, ocs_error *err) OCS_MUST_CHECK;
ocs_status ocs_batch_delete(ocs_batch *batch, ocs_str path, ocs_error *err) OCS_MUST_CHECK;

/* Where the database takes the place of an old one: take over a page's document, if it has one, or
 * document and state.  Else the page is there already, and nothing is done. */
ocs_status ocs_batch_keep_document(ocs_batch *batch, ocs_str path, ocs_arena *arena,
                                   ocs_error *err) OCS_MUST_CHECK;
ocs_status ocs_batch_keep_page(ocs_batch *batch, ocs_str path, ocs_arena *arena,
                               ocs_error *err) OCS_MUST_CHECK;

/* Commit when the batch is large enough. */
ocs_status ocs_batch_flush(ocs_batch *batch, ocs_error *err) OCS_MUST_CHECK;
/* The run came to its end under these rules: commit what there is, if anything. */
ocs_status ocs_batch_finish(ocs_batch *batch, uint64_t rules, ocs_error *err) OCS_MUST_CHECK;

#endif
