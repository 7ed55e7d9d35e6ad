/* Every document that matches a query, in the order of their numbers: for all that counts, lists or
 * draws over documents instead of ranking them.
 *
 * An index may move on while it is read.  Then it is reopened and everything is done once more from
 * the start, after .again has told the caller to forget what it was given so far; a second time is
 * the end (OCS_MODIFIED). */
#ifndef OCS_QUERY_EVERY_H
#define OCS_QUERY_EVERY_H

#include "query/query.h"

/* A document that matches.  It lives until the call returns, and so does what the caller puts into
 * its arena. */
typedef struct ocs_every {
    xap_docid number;
    const ocs_document *document;
    ocs_arena *arena;
    const ocs_plan *plan; /* its marks are what the query asks for */
} ocs_every;

/* Each may be NULL but for one of .number and .each.  A status other than OCS_OK ends the walk and
 * is its own, but OCS_NOTFOUND, which is taken for a document that is gone. */
typedef struct ocs_every_calls {
    /* Before the first document, of each try. */
    ocs_status (*planned)(void *payload, const ocs_node *tree, const ocs_plan *plan,
                          ocs_error *err);
    /* Before a document is unpacked, which is what costs: it is passed over where ${wanted}, which
     * is true, is made false. */
    ocs_status (*number)(void *payload, xap_docid number, bool *wanted, ocs_error *err);
    ocs_status (*each)(void *payload, const ocs_every *every, ocs_error *err);
    /* After the last document: what is read from the index here is of the same state, or all is done
     * again. */
    ocs_status (*last)(void *payload, ocs_error *err);
    void (*again)(void *payload);
    void *payload;
    bool once; /* of the copies of an article only the first that matches (query/copies.h) */
} ocs_every_calls;

/* Parts of the index that do not answer are left out, as in a search (ocs_index_recover).
 *
 * An empty ${query} is every document.  Errors of the query as by ocs_search_run.  Memory: the
 * numbers of all that match, and one document; with .once some 400 bytes for each that has text. */
ocs_status ocs_every_match(ocs_index *index, ocs_str query, const ocs_every_calls *calls,
                           ocs_error *err) OCS_MUST_CHECK;

/* The frame of it, for what needs the plan only: parse and plan ${query}, and ${run} it; when that
 * ends in what ocs_index_recover may mend or, of a document that is gone, in OCS_NOTFOUND, call
 * ${again} (may be NULL), and plan and run once more.  ${again} returns false when something was given
 * that cannot be taken back; then the failure stands. */
typedef ocs_status ocs_every_run(void *payload, const ocs_node *tree, const ocs_plan *plan,
                                 ocs_error *err);
ocs_status ocs_every_plan(ocs_index *index, ocs_str query, ocs_every_run *run,
                          bool (*again)(void *payload), void *payload,
                          ocs_error *err) OCS_MUST_CHECK;

#endif
