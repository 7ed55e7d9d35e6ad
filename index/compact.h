/* An index that was changed in place for long is written anew in one piece: a database that grows by
 * replaced blocks is up to half empty.  Readers go on with the generation that they have open.
 * Private to index/. */
#ifndef OCS_INDEX_COMPACT_H
#define OCS_INDEX_COMPACT_H

#include "index/index.h"

enum { OCS_COMPACT_LEAST = 1000 }; /* changes below which it never pays by itself */

/* Do so when ${how} says so: OCS_COMPACT_AUTO when as many documents were changed as are half of those
 * that there are, and OCS_COMPACT_LEAST.  ${database} is the current generation of ${dir}, which
 * nobody writes to; ${done} tells whether there is another one now.  After a failure the index is as
 * it was. */
ocs_status ocs_compact(const char *dir, const char *database, ocs_compact_when how, bool *done,
                       ocs_error *err) OCS_MUST_CHECK;

#endif
