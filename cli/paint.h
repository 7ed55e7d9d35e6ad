/* Which stretches of a text are coloured: what matches the query, and what the text names. */
#ifndef OCS_CLI_PAINT_H
#define OCS_CLI_PAINT_H

#include "cli/flow.h"
#include "query/query.h"

typedef enum ocs_highlight {
    OCS_HIGHLIGHT_ENTITIES, /* and matches */
    OCS_HIGHLIGHT_MATCH,
    OCS_HIGHLIGHT_NONE
} ocs_highlight;

extern const char *const ocs_highlight_names[]; /* in the order of ocs_highlight */

#define OCS_ROW_HIGHLIGHT                                                                     \
    {                                                                                         \
        .name = "highlight", .type = OCS_OPTION_CHOICE, .choices = ocs_highlight_names,       \
        .about = "what to colour: matches and what the text names, matches alone, or nothing" \
    }

/* What to colour in one text; all lists sorted by start. */
typedef struct ocs_paint {
    const ocs_span *matches; /* disjoint */
    size_t n_matches;
    const ocs_named *mentions; /* outer ones before those within them */
    size_t n_mentions;
    const ocs_named *roles; /* likewise */
    size_t n_roles;
} ocs_paint;

ocs_style ocs_style_of(ocs_mark_kind kind);

/* Sorted, disjoint stretches in ${arena}; a match covers what is named, and that a role.  None when the arena is
 * full: colour is no reason to fail. */
void ocs_paint_stretches(const ocs_paint *paint, ocs_highlight highlight, ocs_arena *arena,
                         ocs_stretch **out, size_t *n);

#endif
