/* What a query that finds nothing was perhaps meant to be: the same with words of the index in the
 * place of those that it does not know. */
#ifndef OCS_QUERY_SUGGEST_H
#define OCS_QUERY_SUGGEST_H

#include "query/query.h"

enum { OCS_SUGGESTIONS = 3 };

typedef struct ocs_suggestion {
    ocs_str query;    /* as written, but for the words that were exchanged */
    uint32_t matches; /* above 0 */
    bool exact;       /* ${matches} is no estimate */
} ocs_suggestion;

/* At most OCS_SUGGESTIONS corrected queries, each of which finds something, the likeliest first; in
 * ${arena}.  Words outside of NOT are looked at, and those of names, roles and labels: each that
 * hardly any document has in its field may be exchanged for one that is near it in spelling.  Errors
 * of the query as by ocs_search_run.  Cost: a walk over the near words of the index for each such
 * word, and a short search for each of the queries tried. */
ocs_status ocs_suggest(ocs_index *index, ocs_str query, ocs_arena *arena, ocs_suggestion **out,
                       size_t *n, ocs_error *err) OCS_MUST_CHECK;

#endif
