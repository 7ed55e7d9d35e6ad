/* Text for people, folded at spaces to the width of the terminal, with styles on stretches of it. */
#ifndef OCS_CLI_FLOW_H
#define OCS_CLI_FLOW_H

#include "cli/out.h"

typedef struct ocs_stretch {
    ocs_span at; /* bytes of the text */
    ocs_style style;
} ocs_stretch;

/* Print ${text}, which may come from a page, from ${column} of the line on; further lines start with
 * ${indent} spaces.  White space is a space or the end of a line; a word that is too long for a line
 * is cut where the line ends.  ${styles} are sorted and disjoint.  No line feed ends it.  Without a
 * width it is one line. */
void ocs_flow(ocs_out *out, ocs_str text, const ocs_stretch *styles, size_t n_styles, size_t column,
              size_t indent);

#endif
