/* The terms of a document in one entry of glass's table of term lists.  Private to index/. */
#ifndef OCS_INDEX_GLASS_LIST_H
#define OCS_INDEX_GLASS_LIST_H

#include "index/record.h"

/* What is counted on the way. */
typedef struct ocs_glass_list {
    uint64_t length; /* sum of the frequencies */
    uint32_t great_wdf;
} ocs_glass_list;

/* The entry into ${out}, which is empty before; it stays so for a record without terms.  OCS_BUG for
 * a term that libxapian would refuse, or terms that are not sorted; OCS_LIMIT for a length that a
 * database cannot count. */
ocs_status ocs_glass_put_list(ocs_buf *out, const ocs_record *record, ocs_glass_list *list,
                              ocs_error *err) OCS_MUST_CHECK;

#endif
