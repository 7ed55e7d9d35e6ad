/* Why a query finds a document or does not: every clause of it, asked of that document alone. */
#ifndef OCS_QUERY_WHY_H
#define OCS_QUERY_WHY_H

#include "query/query.h"

enum { OCS_WHY_NOTES = 6 }; /* to one clause */

/* A node of the query's tree. */
typedef struct ocs_clause {
    const char *kind; /* as in ocs_query_print_tree */
    ocs_str text;     /* in its normal form */
    unsigned depth;   /* 0 is the whole */
    bool holds;
    ocs_str notes[OCS_WHY_NOTES]; /* of one that does not hold: what the document has instead */
    size_t n_notes;
} ocs_clause;

typedef struct ocs_why {
    ocs_document document;
    ocs_clause *clauses; /* each before what it is made of */
    size_t n;
} ocs_why;

/* Ask about document ${number}; all lives in ${arena}, but of the query's text itself.  Beside the
 * text in the index the page is read again, where it is still what was indexed, for words in what
 * was cut from it.  Errors as by ocs_search_run; OCS_NOTFOUND when there is no such document. */
ocs_status ocs_why_ask(ocs_index *index, ocs_str query, xap_docid number, ocs_arena *arena,
                       ocs_why *why, ocs_error *err) OCS_MUST_CHECK;

#endif
