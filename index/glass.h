/* A builder of whole databases: records go in, one after the other, and a database in libxapian's
 * glass format comes out that libxapian reads, checks and updates like one of its own.  It holds term
 * by term, position by position what libxapian would hold of the same records, but its tables are
 * written once, from the left to the right, which takes a small part of the time.
 *
 * Memory: what it was given for inverting, and 4 bytes a document.  The disk needs room for the
 * postings a second time while it builds.  Until ocs_glass_finish has returned OCS_OK there is no
 * database.  Private to index/. */
#ifndef OCS_INDEX_GLASS_H
#define OCS_INDEX_GLASS_H

#include "index/record.h"

typedef struct ocs_glass ocs_glass;

/* Whether the libxapian that runs reads and writes the format that this builder knows. */
bool ocs_glass_known(void);

/* The directory ${path} is made; it must not exist.  ${memory}: bytes for inverting.  OCS_IO. */
ocs_status ocs_glass_new(const char *path, size_t memory, ocs_glass **glass,
                         ocs_error *err) OCS_MUST_CHECK;
/* Without ocs_glass_finish what there is of the database stays useless on the disk. */
void ocs_glass_free(ocs_glass *glass);

/* Documents are numbered from 1.  OCS_BUG for a term that libxapian would refuse or terms that are
 * not sorted. */
ocs_status ocs_glass_add(ocs_glass *glass, const ocs_record *record, ocs_error *err) OCS_MUST_CHECK;
/* How many documents came, which is the number of the last. */
xap_docid ocs_glass_last(const ocs_glass *glass);
/* Keys may come in any order; of a key that comes twice the last value counts, an empty value is
 * none. */
ocs_status ocs_glass_set_metadata(ocs_glass *glass, ocs_str key, ocs_str value,
                                  ocs_error *err) OCS_MUST_CHECK;
/* Merge, write, bring to the disk; the version file, which makes a database of it, comes last. */
ocs_status ocs_glass_finish(ocs_glass *glass, ocs_error *err) OCS_MUST_CHECK;

#endif
