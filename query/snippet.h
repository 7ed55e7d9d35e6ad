/* Excerpts of a document that show why it was found.  Private to query/. */
#ifndef OCS_QUERY_SNIPPET_H
#define OCS_QUERY_SNIPPET_H

#include "query/marks.h"

enum { OCS_SNIPPET_BYTES = 240 }; /* of one excerpt, unless one match is longer */

/* At most ${most} excerpts around matches, in the order of the text and apart from each other; the
 * beginning of the text after its title where nothing matches.  They live in ${arena} and point
 * into the document. */
ocs_status ocs_snippets_cut(const ocs_document *document, const ocs_matches *matches,
                            size_t n_marks, unsigned most, ocs_arena *arena, ocs_snippet **out,
                            size_t *n, ocs_error *err) OCS_MUST_CHECK;

#endif
