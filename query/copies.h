/* Copies of one article among the pages (index/fingerprint.h).  Groups are not stored: which hit
 * stands for which is settled in each search, so that pages may come, change and go in any order. */
#ifndef OCS_QUERY_COPIES_H
#define OCS_QUERY_COPIES_H

#include "query/query.h"

enum {
    OCS_COPIES_MAX = 1000, /* documents compared for one band of one document */
    OCS_COPIES_NAMED = 100 /* copies of a hit that are named */
};

/* ---- among the hits ---- */

/* The documents shown so far.  Going down the hits, a document that is a copy of one shown before is
 * left out, any other one is shown: what stands before a place in the order does not depend on how
 * many hits are wanted, so pages of hits follow each other without gap or overlap. */
typedef struct ocs_shown ocs_shown;

ocs_shown *ocs_shown_new(size_t cap); /* in bytes; NULL when memory ran out */
void ocs_shown_free(ocs_shown *shown);
/* ${copy}: is document ${number} a copy of one that was let in?  If not, it is let in now. */
ocs_status ocs_shown_let_in(ocs_shown *shown, ocs_index *index, xap_docid number, bool *copy,
                            ocs_error *err) OCS_MUST_CHECK;

/* ---- in the whole index ---- */

/* All copies of document ${number} but itself, those that are named by path. */
ocs_status ocs_copies_find(ocs_index *index, xap_docid number, ocs_arena *arena, ocs_copies *out,
                           ocs_error *err) OCS_MUST_CHECK;

#endif
