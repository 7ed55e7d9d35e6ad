/* An index that was changed in place for long is written anew in one piece: a database that grows by
 * replaced blocks is up to half empty.  Readers go on with the generation that they have open.
 * Private to index/. */
#ifndef OCS_INDEX_COMPACT_H
#define OCS_INDEX_COMPACT_H

#include "index/index.h"

enum { OCS_COMPACT_LEAST = 1000 }; /* changes below which it never pays by itself */

/* Of an index of ${documents}: the number of changes from which on it pays, half of the documents and
 * OCS_COMPACT_LEAST. */
static inline uint64_t ocs_compact_pays_at(uint32_t documents)
{
    uint64_t half = ((uint64_t)documents + 1) / 2;
    return half > OCS_COMPACT_LEAST ? half : OCS_COMPACT_LEAST;
}

/* Do so when ${how} says so: OCS_COMPACT_AUTO when it pays.  ${database} is the current generation of ${dir}, which
 * nobody writes to; ${done} tells whether there is another one now.  After a failure the index is as
 * it was. */
ocs_status ocs_compact(const char *dir, const char *database, ocs_compact_when how, bool *done,
                       ocs_error *err) OCS_MUST_CHECK;

#endif
