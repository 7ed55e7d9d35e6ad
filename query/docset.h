/* All documents that match, as a set: a bit for each document number of each part of the index. */
#ifndef OCS_QUERY_DOCSET_H
#define OCS_QUERY_DOCSET_H

#include "query/query.h"

/* When to stop: a time of ocs_clock, or 0 for never. */
typedef double ocs_deadline;
double ocs_clock(void); /* seconds, of a clock that only goes forward */
static inline bool ocs_deadline_passed(ocs_deadline deadline)
{
    return deadline > 0 && ocs_clock() > deadline;
}

typedef struct ocs_docset_part {
    uint64_t *bits; /* bit (id - 1) % 64 of word (id - 1) / 64 */
    size_t n_words;
} ocs_docset_part;

typedef struct ocs_docset {
    ocs_docset_part *parts;
    size_t n_parts;
    uint32_t documents; /* how many */
} ocs_docset;

/* In ${arena}.  OCS_TIMEOUT when it took too long: what was found until then is no answer. */
ocs_status ocs_docset_find(ocs_index *index, const xap_query *query, ocs_deadline deadline,
                           ocs_arena *arena, ocs_docset *matches, ocs_error *err) OCS_MUST_CHECK;

/* The first match of part ${part} at or after number ${id} (1 and up); 0 when there is none. */
xap_docid ocs_docset_next(const ocs_docset *matches, size_t part, xap_docid id);

#endif
