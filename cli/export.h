/* Documents in the forms of other programs, one writer for each behind the same three calls.  What is
 * kept from document to document is a set of hashes at most, so that memory does not grow with the
 * texts. */
#ifndef OCS_CLI_EXPORT_H
#define OCS_CLI_EXPORT_H

#include "cli/hashset.h"
#include "cli/table.h"
#include "corpus/corpus.h"

enum { OCS_EXPORT_CAP = 1 << 28 }; /* bytes written of one document */

typedef struct ocs_export {
    ocs_out *out;
    ocs_arena *arena; /* of the document at hand */
    ocs_buf buf;      /* written by ocs_export_flush */
    ocs_table table;
    bool mentions;        /* rows of mentions instead of documents */
    bool sheet;           /* rows for a spreadsheet: in ocs_table, and with a byte order mark */
    const char *accessed; /* when the pages were fetched, or NULL */
    ocs_hashset entities; /* that were written */
} ocs_export;

/* A status is that of memory. */
typedef struct ocs_export_writer {
    const char *name;
    void (*start)(ocs_export *x);
    ocs_status (*put)(ocs_export *x, const ocs_document *document);
    void (*finish)(ocs_export *x);
} ocs_export_writer;

extern const ocs_export_writer ocs_export_csv, ocs_export_bibtex, ocs_export_graphml,
    ocs_export_ftm, ocs_export_opensearch;

/* Print what stands in .buf, and empty it; OCS_LIMIT or OCS_NOMEM when it is not whole. */
ocs_status ocs_export_flush(ocs_export *x) OCS_MUST_CHECK;

/* An entity that a document mentions, by type and key. */
typedef struct ocs_export_entity {
    const ocs_mention *mention; /* the first of it */
    uint32_t mentions;
} ocs_export_entity;

/* The entities of ${types} (1 << ocs_mention_type) that the index knows of ${document}, in ${arena},
 * by type and key. */
ocs_status ocs_export_entities(const ocs_document *document, unsigned types, ocs_arena *arena,
                               ocs_export_entity **out, size_t *n) OCS_MUST_CHECK;
/* Of one type their names joined by "; ", or their keys. */
void ocs_export_join(const ocs_export_entity *at, size_t n, ocs_mention_type type, bool keys,
                     ocs_buf *out);

void ocs_opensearch_mapping(ocs_out *out);

#endif
