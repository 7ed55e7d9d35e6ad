/* What the marks of a plan (query.h) are, and how much each says.  Private to query/. */
#ifndef OCS_QUERY_MARK_KIND_H
#define OCS_QUERY_MARK_KIND_H

#include "query/query.h"

ocs_mark_kind ocs_mark_kind_of(ocs_str mark);

/* How much each mark says, in ${arena}: the more, the fewer documents have it; always above 0.
 * Cost: a look-up in ${db} for each of the first OCS_MARKS_WEIGHED marks. */
enum { OCS_MARKS_WEIGHED = 32 }; /* each asks every part of the index, wherever that is */
ocs_status ocs_marks_weigh(xap_db *db, const ocs_str *marks, size_t n_marks, ocs_arena *arena,
                           double **weights, ocs_error *err) OCS_MUST_CHECK;

#endif
