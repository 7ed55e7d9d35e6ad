/* Taking over from an index what one that is built anew in its place does not make itself.  Private to
 * index/. */
#ifndef OCS_INDEX_KEEP_H
#define OCS_INDEX_KEEP_H

#include "index/glass.h"

/* The record that document ${id} was made from, with ${unique}, whose terms, positions, values and
 * data are those that ${db} has.  .stemmed is empty: the languages of the index are known. */
ocs_status ocs_keep_record(xap_db *db, xap_docid id, ocs_str unique, ocs_arena *arena,
                           ocs_record *record, ocs_error *err) OCS_MUST_CHECK;
/* All metadata of ${db} but what tells of documents, pages and the course of its last run. */
ocs_status ocs_keep_metadata(xap_db *db, ocs_glass *glass, ocs_error *err) OCS_MUST_CHECK;

#endif
