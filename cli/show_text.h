/* One document for people: what is known of it, and its text with what it names coloured. */
#ifndef OCS_CLI_SHOW_TEXT_H
#define OCS_CLI_SHOW_TEXT_H

#include "cli/paint.h"

typedef struct ocs_show {
    const ocs_document *document;
    const ocs_span *matches; /* of a query in its text: sorted, disjoint */
    size_t n_matches;
    ocs_highlight highlight;
    ocs_arena *arena;
} ocs_show;

void ocs_show_text(const ocs_show *show, ocs_out *out);

/* The ${line} of ${page} that holds ${span}, which is coloured. */
void ocs_show_context(ocs_str path, size_t line, ocs_str page, ocs_span span, ocs_out *out);

#endif
