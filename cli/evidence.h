/* What the pages of a command line have in common, site by site. */
#ifndef OCS_CLI_EVIDENCE_H
#define OCS_CLI_EVIDENCE_H

#include "cli/pages.h"
#include "ingest/site.h"

typedef struct ocs_evidence {
    size_t page_cap;
    ocs_arena *arena;  /* of the page at hand: cleared */
    ocs_page_reader *reader;
    ocs_sites **sites; /* NULL, and set before the first page is taken, where a folder has pages
                        * enough; the caller's to free */
} ocs_evidence;

/* Take the pages as ocs_pages_walk does, but look at some of them first (ingest/sample.h).  Pages
 * are read twice then, so that all are known before the first is taken; standard input can be read
 * only once, and is no evidence.  ${evidence} may be NULL: each page by itself, at once. */
ocs_status ocs_evidence_walk(const ocs_cli *cli, const ocs_list *list, const ocs_evidence *evidence,
                             const ocs_pages *pages, ocs_error *err) OCS_MUST_CHECK;

#endif
