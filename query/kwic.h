/* Concordance: every place in the matching documents that a query marks, with the text before and
 * behind it. */
#ifndef OCS_QUERY_KWIC_H
#define OCS_QUERY_KWIC_H

#include "query/query.h"

typedef enum ocs_kwic_order {
    OCS_KWIC_UNSORTED,   /* as the index keeps the documents; within one by place, as below */
    OCS_KWIC_BY_LEFT,    /* by the words before the match, the nearest first */
    OCS_KWIC_BY_MATCH,   /* by the match, then what is behind it */
    OCS_KWIC_BY_RIGHT,   /* by the words behind it */
    OCS_KWIC_BY_DATE,    /* by publication, oldest first, without a date last */
    OCS_KWIC_BY_DOCUMENT /* by path */
} ocs_kwic_order;

/* A context ends with its paragraph at the latest. */
typedef struct ocs_kwic_wanted {
    size_t points; /* context on either side, in characters, */
    size_t words;  /* or, where it is not 0, in words */
    uint64_t most; /* lines; 0: all */
    ocs_kwic_order order;
    bool
        all_copies; /* else of the copies of an article only the first that matches (query/copies.h) */
} ocs_kwic_wanted;

/* Of two places that overlap the first is given, of two that begin together the longer. */
typedef struct ocs_kwic_line {
    ocs_str id, path;
    ocs_when published;
    ocs_span at, raw; /* in the text and in the page */
    bool inexact;
    ocs_str mark;               /* as in ocs_plan */
    ocs_str left, match, right; /* slices of the text without line feeds; white space and all */
} ocs_kwic_line;

typedef struct ocs_kwic_counts {
    uint64_t lines;     /* that were given */
    uint32_t documents; /* that match, whether they have a place marked or not, copies included */
    uint32_t with;      /* that have; of those looked at */
    bool all;           /* .most left nothing out */
} ocs_kwic_counts;

/* Call ${each} with every line, which lasts for the call; it may return false to stop.  Unsorted
 * lines come while documents are read; others when all were read, and OCS_LIMIT when they are too
 * many for memory.  Errors and an index that moves on as by ocs_search_run. */
typedef bool ocs_kwic_each(void *payload, const ocs_kwic_line *line);
ocs_status ocs_kwic_run(ocs_index *index, ocs_str query, const ocs_kwic_wanted *wanted,
                        ocs_kwic_each *each, void *payload, ocs_kwic_counts *counts,
                        ocs_error *err) OCS_MUST_CHECK;

#endif
