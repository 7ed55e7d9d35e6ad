/* Excerpts of a document that show why it was found.  Private to query/. */
#ifndef OCS_QUERY_SNIPPET_H
#define OCS_QUERY_SNIPPET_H

#include "query/mark_kind.h"
#include "query/marks.h"
#include "query/passage.h"

/* What the matches are of. */
typedef struct ocs_snippet_marks {
    const ocs_str *marks;  /* of the plan */
    const double *weights; /* beside them (ocs_marks_weigh); NULL: all alike */
    size_t n;
} ocs_snippet_marks;

/* At most ${most} excerpts around matches, in the order of the text and apart from each other; the
 * beginning of the text after its title where nothing matches.  They live in ${arena} and point
 * into the document. */
ocs_status ocs_snippets_cut(const ocs_document *document, const ocs_matches *matches,
                            const ocs_snippet_marks *marks, unsigned most, ocs_arena *arena,
                            ocs_snippet **out, size_t *n, ocs_error *err) OCS_MUST_CHECK;

/* The matches in the title, where that is the first line of the text: spans within its value. */
ocs_status ocs_title_matches(const ocs_document *document, const ocs_matches *matches,
                             ocs_arena *arena, ocs_span **out, size_t *n,
                             ocs_error *err) OCS_MUST_CHECK;

/* Matches as marks with their kinds, those within ${within}, counted from its start; each span and
 * kind once.  False: the arena. */
bool ocs_matches_marked(const ocs_matches *matches, const ocs_str *marks, ocs_span within,
                        ocs_arena *arena, ocs_marked **out, size_t *n);
/* The mentions that stand in ${within} as wholes, counted from its start.  False: the arena. */
bool ocs_mentions_named(const ocs_document *document, ocs_span within, ocs_arena *arena,
                        ocs_named **out, size_t *n);
/* ${marks} joined where they overlap.  False: the arena. */
bool ocs_marked_spans(const ocs_marked *marks, size_t n_marks, ocs_arena *arena, ocs_span **out,
                      size_t *n);

#endif
