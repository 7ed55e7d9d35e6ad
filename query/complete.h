/* How a query that is being written may go on: names of fields, and names of the index after them. */
#ifndef OCS_QUERY_COMPLETE_H
#define OCS_QUERY_COMPLETE_H

#include "query/query.h"

typedef struct ocs_completion {
    ocs_str text;       /* the whole of what was begun, ready to stand in its place */
    uint32_t documents; /* that have it; 0 for the name of a field */
} ocs_completion;

/* At most ${most} ways to go on with ${begun}, which is a query or its beginning: only its last word is
 * changed.  After person: org: place: country: kind: topic: source: and lang: come the names that the
 * index has, those of most documents first; a name that needs quotes has them.  What is written may be
 * the beginning of any word of the name.  ${index} may be NULL: then only fields are known.  In
 * ${arena}.  Cost: a walk over the keys of the field, at most OCS_COMPLETE_STEPS, and one document for
 * each name given. */
enum { OCS_COMPLETE_STEPS = 200000 };
ocs_status ocs_complete(ocs_index *index, ocs_str begun, size_t most, ocs_arena *arena,
                        ocs_completion **out, size_t *n, ocs_error *err) OCS_MUST_CHECK;

#endif
