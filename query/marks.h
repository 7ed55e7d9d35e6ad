/* The marks of a plan (query.h), found again in the text of a document.  Private to query/. */
#ifndef OCS_QUERY_MARKS_H
#define OCS_QUERY_MARKS_H

#include "query/query.h"

enum { OCS_MATCHES_MAX = 4096 }; /* in one text; what comes after them is not looked at */

/* A place in the text that matches mark number ${mark}. */
typedef struct ocs_match {
    ocs_span at;
    size_t mark;
} ocs_match;

typedef struct ocs_matches {
    ocs_match *at; /* by start, longer first */
    size_t n;
} ocs_matches;

/* All matches of ${marks} in the text and the mentions of ${document}, in ${arena}. */
ocs_status ocs_marks_find(const ocs_document *document, const ocs_str *marks, size_t n_marks,
                          ocs_stemmers *stemmers, ocs_arena *arena, ocs_matches *out,
                          ocs_error *err) OCS_MUST_CHECK;
/* The same with all that there are in the text, however many. */
ocs_status ocs_marks_find_all(const ocs_document *document, const ocs_str *marks, size_t n_marks,
                              ocs_stemmers *stemmers, ocs_arena *arena, ocs_matches *out,
                              ocs_error *err) OCS_MUST_CHECK;

#endif
