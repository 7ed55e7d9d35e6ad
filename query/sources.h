/* The sources of the hits shown so far, for a list of the best hit of each. */
#ifndef OCS_QUERY_SOURCES_H
#define OCS_QUERY_SOURCES_H

#include "query/query.h"

typedef struct ocs_sources_shown ocs_sources_shown;

ocs_sources_shown *ocs_sources_shown_new(size_t cap); /* in bytes; NULL when memory ran out */
void ocs_sources_shown_free(ocs_sources_shown *shown);
/* ${same}: were all sources of document ${number} shown before?  If not, they are now.  Documents
 * without a source are as of one. */
ocs_status ocs_sources_let_in(ocs_sources_shown *shown, ocs_index *index, xap_docid number,
                              bool *same, ocs_error *err) OCS_MUST_CHECK;

#endif
