/* The fingerprint of a document: 136 bytes that tell whether two documents are copies of one article,
 * as a full page, a text dump, a body without labels or a mirror.
 *
 * It is a MinHash of the runs of OCS_PRINT_RUN words of the text without its title (one permutation:
 * Li, Owen, Zhang 2012; empty bins take a neighbour's: Shrivastava, Li 2014).  The share of equal
 * bins estimates how many of all runs of two texts are common to both.  Beside it stand what keeps
 * apart the papers of a series, which share most of their words: the numbers in the title and the
 * day of publication.  Being copies is symmetric, but not transitive. */
#ifndef OCS_INDEX_FINGERPRINT_H
#define OCS_INDEX_FINGERPRINT_H

#include "index/schema.h"

enum {
    OCS_PRINT_RUN = 3,
    OCS_PRINT_WORDS_MIN = 20, /* a shorter text has no fingerprint */
    OCS_PRINT_BINS = 128,
    OCS_PRINT_ROWS = 4, /* bins of a band */
    OCS_PRINT_DAYS = 3, /* pages published further apart are no copies */
    OCS_PRINT_BYTES = OCS_PRINT_BINS + 8
};

typedef struct ocs_fingerprint {
    uint8_t bins[OCS_PRINT_BINS];
    uint32_t numbers; /* hash of the numbers in the title; 0: there are none */
    uint32_t day;     /* of publication, counted from year 0; 0: unknown */
} ocs_fingerprint;

/* ${words} are those of the document's text; false when they are too few. */
bool ocs_fingerprint_of(const ocs_document *document, const ocs_words *words, ocs_arena *arena,
                        ocs_fingerprint *out);

/* Copies share a band with near certainty (0.985 where four fifths of the runs are common, above
 * 0.9997 at nine tenths); documents that have nothing to do with each other practically never. */
uint32_t ocs_fingerprint_band(const ocs_fingerprint *print, size_t band); /* < OCS_BANDS */

/* The share of common runs, 0 to 1; its standard error is 0.035 at 0.8. */
double ocs_fingerprint_likeness(const ocs_fingerprint *a, const ocs_fingerprint *b);
bool ocs_fingerprint_same(const ocs_fingerprint *a, const ocs_fingerprint *b);

void ocs_fingerprint_pack(const ocs_fingerprint *print, char out[OCS_PRINT_BYTES]);
bool ocs_fingerprint_unpack(ocs_str packed, ocs_fingerprint *out); /* false: of another size */

#endif
