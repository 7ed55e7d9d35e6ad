/* Gradient boosting with histograms, for a few hundred thousand rows: every feature is cut into at
 * most 64 bins at its quantiles, trees grow leaf by leaf at the best gain.  The same rows in the same
 * order give the same model on every machine. */
#ifndef OCS_INGEST_BOOST_H
#define OCS_INGEST_BOOST_H

#include "ingest/model.h"

typedef struct ocs_boost_rows {
    const float *values;  /* n rows of ${features} */
    const float *labels;  /* 0 or 1 */
    const float *weights; /* rows of weight 0 are not learnt from */
    size_t n;
    uint32_t features;
} ocs_boost_rows;

typedef struct ocs_boost_options {
    uint32_t trees, leaves;
    double rate;          /* of learning */
    double lambda;        /* pull of leaf values to 0 */
    double min_leaf;      /* least sum of second derivatives in a leaf */
    double some_features; /* share of the features that a tree sees, drawn by hash: trees that
                           * differ err differently */
} ocs_boost_options;

/* Train into ${model}, which points into ${arena}. */
ocs_status ocs_boost(const ocs_boost_rows *rows, const ocs_boost_options *options, ocs_arena *arena,
                     ocs_model *model, ocs_error *err) OCS_MUST_CHECK;

#endif
