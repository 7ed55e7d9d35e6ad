/* What asking (why.c) and the notes (why_notes.c) share.  Private to these two. */
#ifndef OCS_QUERY_WHY_INTERNAL_H
#define OCS_QUERY_WHY_INTERNAL_H

#include "query/fields.h"
#include "query/why.h"

typedef OCS_VEC(ocs_clause) ocs_clause_list;

typedef struct ocs_asker {
    ocs_index *index;
    xap_docid number;
    ocs_arena *arena;
    ocs_stemmers *stemmers;
    const ocs_document *document;
    ocs_words words;         /* of its text */
    const ocs_document *all; /* the page with nothing cut; NULL until asked for, or not to be had */
    bool read_all;
    bool in_title; /* the clauses are about the title */
    ocs_clause_list clauses;
    ocs_error *err;
} ocs_asker;

/* Whether the document matches ${node} by itself. */
ocs_status ocs_why_holds(ocs_asker *a, const ocs_node *node, bool in_title,
                         bool *holds) OCS_MUST_CHECK;
/* Add to ${clause}, which ${node} became and which does not hold, what the document has instead. */
ocs_status ocs_why_note(ocs_asker *a, const ocs_node *node, ocs_clause *clause) OCS_MUST_CHECK;

#endif
