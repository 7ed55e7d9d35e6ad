/* What the pages of a command line have in common, site by site. */
#ifndef OCS_CLI_EVIDENCE_H
#define OCS_CLI_EVIDENCE_H

#include "cli/pages.h"
#include "ingest/site.h"

/* Read the sample of the pages (ingest/sample.h) and count their lines.  A page that cannot be read
 * or cut is passed over: it will be told of when it is taken.  ${arena} is cleared after each page.
 * ${sites} is the caller's to free, and stays NULL where no folder has pages enough. */
ocs_status ocs_evidence_gather(const ocs_gathering *gathering, size_t page_cap, ocs_arena *arena,
                               ocs_sites **sites, ocs_error *err) OCS_MUST_CHECK;

#endif
