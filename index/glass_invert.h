/* Inverting: from documents with their terms to terms with their documents, within a budget of
 * memory.  What has been taken in is written out, sorted by terms, whenever the budget is reached (a
 * segment), and the segments are merged when the terms are asked for.  Private to index/. */
#ifndef OCS_INDEX_GLASS_INVERT_H
#define OCS_INDEX_GLASS_INVERT_H

#include "index/record.h"

typedef struct ocs_inverter ocs_inverter;

/* Segments are unnamed files in ${dir}; ${memory} in bytes, of which 4 MiB are used in any case. */
ocs_status ocs_inverter_new(const char *dir, size_t memory, ocs_inverter **inverter,
                            ocs_error *err) OCS_MUST_CHECK;
void ocs_inverter_free(ocs_inverter *inverter);

/* ${id} is greater than in the call before. */
ocs_status ocs_inverter_add(ocs_inverter *inverter, xap_docid id, const ocs_record *record,
                            ocs_error *err) OCS_MUST_CHECK;

/* One term of all documents, in the order of the terms' bytes. */
typedef struct ocs_inverted {
    ocs_str term;
    uint64_t documents, occurrences; /* sum of the frequencies within documents */
    ocs_str postings;                /* ocs_posting_take */
} ocs_inverted;

/* Nothing can be added any more. */
ocs_status ocs_inverter_start(ocs_inverter *inverter, ocs_error *err) OCS_MUST_CHECK;
/* The next term; borrowed until the next call.  OCS_NOTFOUND without a message at the end. */
ocs_status ocs_inverter_next(ocs_inverter *inverter, ocs_inverted *term,
                             ocs_error *err) OCS_MUST_CHECK;

/* How one document has a term. */
typedef struct ocs_posting {
    xap_docid id;
    uint32_t wdf;
    ocs_str positions; /* as ocs_glass_put_positions writes them; empty when there are none */
} ocs_posting;
/* Take the next one off the front of ${rest}; ${posting} holds the one before, at first all 0.  False
 * at the end. */
bool ocs_posting_take(ocs_str *rest, ocs_posting *posting);

#endif
