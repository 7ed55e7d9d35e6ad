/* The lines of a page as ingest/site.h counts them.  Private to it. */
#ifndef OCS_INGEST_SITE_LINES_H
#define OCS_INGEST_SITE_LINES_H

#include "ingest/site.h"

/* A line, or a part of the title element, of one page or of a site. */
typedef struct ocs_site_line {
    uint32_t key;   /* of its folded text; 0 for a line without letters */
    uint32_t count; /* of a page: its words if it is a long line, else 0; of a site: pages */
} ocs_site_line;

enum { OCS_SITE_PAGE_LINES = 8192 }; /* of one page; what comes behind them is not counted */

uint32_t ocs_site_line_key(ocs_str line);
uint32_t ocs_site_title_key(ocs_str part);

/* The parts of the title element and the lines of a page, in its order: at most OCS_SITE_PAGE_LINES
 * into ${lines}; returns how many. */
size_t ocs_site_lines_of(const ocs_blocks *blocks, ocs_site_line *lines);
/* By key, each once; returns how many are left. */
size_t ocs_site_lines_sort(ocs_site_line *lines, size_t n);

#endif
