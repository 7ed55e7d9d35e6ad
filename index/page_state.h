/* What the index knows of a page, kept in metadata beside the documents so that it commits with
 * them.  Private to index/. */
#ifndef OCS_INDEX_PAGE_STATE_H
#define OCS_INDEX_PAGE_STATE_H

#include "index/schema.h"
#include "index/xapian_c.h"

typedef enum ocs_page_outcome {
    OCS_PAGE_INDEXED,
    OCS_PAGE_UNREADABLE, /* the system refused; tried again by every run */
    OCS_PAGE_FAILED,     /* no document could be made of these bytes by these rules */
    OCS_PAGE_OUTCOME_COUNT
} ocs_page_outcome;

typedef struct ocs_page_state {
    ocs_str path;
    uint64_t size;
    int64_t mtime_ns;
    uint64_t hash;   /* of the bytes, 0 when unreadable */
    uint64_t rules;  /* ocs_ingest_version of the attempt, 0 when unreadable */
    uint64_t source; /* hash of the name of the source that brought it */
    ocs_page_outcome outcome;
    ocs_str message; /* why there is no document; empty for OCS_PAGE_INDEXED */
    uint64_t member; /* its place in its container, from 1; 0 when in none, or not noted */
    uint64_t terms;  /* hash of what is searched of its document (ocs_batch_put); 0: not noted */
} ocs_page_state;

/* The value for the key of ocs_meta_page_key.  Appends. */
void ocs_page_state_pack(const ocs_page_state *state, ocs_buf *out);
/* Read the value of ${key}; points into both.  False when it is not what the packer writes. */
bool ocs_page_state_unpack(ocs_str key, ocs_str packed, ocs_page_state *state);
/* Of the page at ${path}; OCS_NOTFOUND (no message) when it is not known.  Borrowed from ${db}. */
ocs_status ocs_page_state_find(xap_db *db, ocs_str path, ocs_page_state *state,
                               ocs_error *err) OCS_MUST_CHECK;

/* Whether ${path} lies in ${folder}, or anywhere below it. */
bool ocs_page_is_below(ocs_str path, ocs_str folder);
/* The keys of all pages below ${folder}; where it is long, of others, too. */
ocs_status ocs_page_state_keys(xap_db *db, ocs_str folder, xap_terms **keys,
                               ocs_error *err) OCS_MUST_CHECK;

#endif
