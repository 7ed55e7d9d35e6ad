/* The pages of an index, to be audited: which they are, chosen by site and sample before any of them
 * is read, and what became of each since.  The index is asked once and need not stay open. */
#ifndef OCS_CLI_AUDIT_INDEX_H
#define OCS_CLI_AUDIT_INDEX_H

#include "cli/records.h"
#include "index/index.h"

typedef enum ocs_audit_state {
    OCS_AUDIT_SAME,     /* audited as it was indexed */
    OCS_AUDIT_CHANGED,  /* audited as it is on disk now */
    OCS_AUDIT_VANISHED, /* no longer on disk */
    OCS_AUDIT_FAILED,   /* the index has no document of it, or it cannot be read now */
    OCS_AUDIT_STATES
} ocs_audit_state;

typedef struct ocs_audit_known {
    const char *path;
    uint64_t hash; /* of the bytes that were indexed */
    bool keep_blocks;
    ocs_audit_state state; /* FAILED from the first, or set while the pages are read */
    ocs_str message;       /* for FAILED */
} ocs_audit_known;

typedef struct ocs_audit_index {
    OCS_VEC(ocs_audit_known) pages; /* in the order of their paths */
    uint64_t known;                 /* pages of the index before any choice */
    uint64_t stale;                 /* chosen pages that other rules made */
    uint64_t n[OCS_AUDIT_STATES];   /* filled by ocs_audit_index_count */
    struct ocs_sites *sites;        /* the evidence that the index keeps; the reader frees it */
} ocs_audit_index;

typedef struct ocs_audit_choice {
    ocs_str site;  /* of which site alone; empty: of all */
    size_t sample; /* how many of the pages that have a document; 0: all */
} ocs_audit_choice;

/* What ${index} knows, in ${arena}.  A sample is that of the least hashes of paths: the same for the
 * same pages, whatever else is in the index, and a larger sample holds a smaller one.  Pages that
 * failed are no part of it and all there.  OCS_NOMEM, or what reading an index gives. */
ocs_status ocs_audit_index_read(ocs_index *index, const ocs_audit_choice *choice, ocs_arena *arena,
                                ocs_audit_index *list, ocs_error *err) OCS_MUST_CHECK;

void ocs_audit_index_count(ocs_audit_index *list);
/* How many pages stand in which state, and those that have vanished or failed. */
void ocs_audit_index_put(const ocs_audit_index *list, ocs_out *out);
void ocs_audit_index_record(const ocs_audit_index *list, ocs_records *records);

#endif
