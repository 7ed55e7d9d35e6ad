/* How well an extracted text is the gold text: runs of words that both hold, as the public
 * benchmarks count them. */
#ifndef OCS_INGEST_MEASURE_H
#define OCS_INGEST_MEASURE_H

#include "base/base.h"

/* Runs of words as multisets. */
typedef struct ocs_overlap {
    uint64_t both, surplus, missed;
} ocs_overlap;

/* Words are runs of letters, digits and low lines.  OCS_MEASURE_WORDS compares single words without
 * regard to case (web-content-extraction-benchmark), OCS_MEASURE_RUNS runs of four with it
 * (article-extraction-benchmark).  False when the arena is full. */
typedef enum ocs_measure { OCS_MEASURE_WORDS, OCS_MEASURE_RUNS, OCS_MEASURE_COUNT } ocs_measure;
bool ocs_overlap_of(ocs_measure measure, ocs_str want, ocs_str got, ocs_arena *arena,
                    ocs_overlap *out);

/* Of one page; 1 where both texts are empty. */
double ocs_overlap_f1(const ocs_overlap *overlap);

typedef struct ocs_score {
    double f1, precision, recall;
    double error; /* standard error of f1, by drawing the pages anew */
} ocs_score;

/* Over pages.  RUNS: precision averaged over the pages with output, recall over those with gold, and
 * F1 of the two averages.  WORDS: all three averaged over pages. */
ocs_score ocs_score_of(ocs_measure measure, const ocs_overlap *pages, size_t n);

#endif
