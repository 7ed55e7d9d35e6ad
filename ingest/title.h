/* The title of an HTML page, by agreement: its headings, og:title and its like, the title element,
 * and JSON-LD's headline are compared, without the site's name at their start or end. */
#ifndef OCS_INGEST_TITLE_H
#define OCS_INGEST_TITLE_H

#include "ingest/block.h"

/* ${text} is part ${at} of the text of ${block}, or, where no heading shows the title, of the value
 * of ${hint}; the other one is NULL.  References in it that were written twice over are decoded. */
typedef struct ocs_title {
    ocs_str text;
    const ocs_block *block;
    const ocs_hint *hint;
    ocs_span at;
} ocs_title;

/* False when the page states no title, or the arena is full.  A heading that has the role of the
 * title keeps it unless another heading, or two statements of the markup, know better; before
 * roles are given, the call finds the heading to give it to.  ${url} may be empty.  Borrows from
 * ${blocks}. */
bool ocs_title_choose(const ocs_blocks *blocks, ocs_str url, ocs_arena *arena, ocs_title *title);

#endif
