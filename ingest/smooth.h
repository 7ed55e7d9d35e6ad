/* The second stage of judging: what the first stage said of a block's surroundings.  A verdict
 * that stands alone among others is seldom right; the neighbours, the element and those above it,
 * the elements made alike, and the section under a heading say what the block itself does not. */
#ifndef OCS_INGEST_SMOOTH_H
#define OCS_INGEST_SMOOTH_H

#include "ingest/features.h"

enum { OCS_SMOOTH_NEAR = 6, OCS_SMOOTH_CONTAINERS = 4 };

/* Groups of features and how many each has. */
#define OCS_SMOOTH_GROUPS(X)                                                                   \
    X(SELF, 2)                           /* its own probability, and its rank on the page */   \
    X(NEAR, OCS_SMOOTH_NEAR)             /* three blocks before and behind */                  \
    X(WINDOW, 5)                         /* fading means before and behind */                  \
    X(MASS, 6)                           /* content before and behind it, and of the page */   \
    X(SECTION, 4)                        /* between headings, and what the headings are */     \
    X(STRETCH, 4)                        /* the stretch of blocks with most content */         \
    X(INSIDE, OCS_SMOOTH_CONTAINERS * 2) /* the element and three above: mean, share of all */ \
    X(ALIKE, 4)                          /* elements made alike, without its own */            \
    X(NODE, 3)                           /* the element with most content */

enum {
#define X(name, count) \
    OCS_SMOOTH_##name##_, OCS_SMOOTH_##name##_last_ = OCS_SMOOTH_##name##_ + (count)-1,
    OCS_SMOOTH_GROUPS(X)
#undef X
        OCS_SMOOTH_COUNT
};

/* A row of the second stage: the first stage's, then these. */
enum { OCS_ROW_COUNT = OCS_FEATURE_COUNT + OCS_SMOOTH_COUNT };

/* From .judged of ${blocks}, in rows of OCS_SMOOTH_COUNT; in ${arena}, NULL when it is full. */
float *ocs_smooth_measures(const ocs_blocks *blocks, ocs_arena *arena);
/* A row of the second stage from the two parts. */
void ocs_smooth_join(const float *features, const float *measures, float *row);

/* All of them at once, for the trainer: from .judged of ${blocks}, in rows of OCS_ROW_COUNT of which the first OCS_FEATURE_COUNT are
 * ${rows}; in ${arena}, NULL when it is full. */
float *ocs_smooth_features(const ocs_blocks *blocks, const float *rows, ocs_arena *arena);

/* The stretch of blocks with the greatest sum of words, each counted by how far .judged is above a
 * bar: one article lies in one piece, and what is like it elsewhere is a teaser of another. */
ocs_span ocs_smooth_stretch(const ocs_blocks *blocks);

#endif
