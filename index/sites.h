/* What the index keeps of a site (metadata site/NAME, index/schema.h).  Private to index/. */
#ifndef OCS_INDEX_SITES_H
#define OCS_INDEX_SITES_H

#include "index/index.h"
#include "ingest/site.h"

/* The value that is kept.  Appends. */
void ocs_kept_site_pack(ocs_str name, const ocs_site *site, ocs_buf *out);
/* Put what ${db} keeps under ${key} among ${sites}; nothing where it keeps nothing, or what was
 * counted under other rules. */
ocs_status ocs_kept_site_load(xap_db *db, ocs_str key, ocs_sites *sites,
                              ocs_error *err) OCS_MUST_CHECK;
/* Of all hosts; and, with ${folders}, of all folders. */
ocs_status ocs_kept_sites_load(xap_db *db, bool folders, ocs_sites *sites,
                               ocs_error *err) OCS_MUST_CHECK;

#endif
