/* What a model knows of a block: measures of its text, its neighbours, its place, and the elements
 * around it.  The trainer and the ingester call the same function, so that they cannot drift apart;
 * a change here needs a new model (the model file states how many features it was made with). */
#ifndef OCS_INGEST_FEATURES_H
#define OCS_INGEST_FEATURES_H

#include "ingest/block.h"

enum { OCS_NEIGHBOURS = 4, OCS_CONTAINERS = 4, OCS_MARKS_USED = 15 };

/* Groups of features and how many each has. */
#define OCS_FEATURE_GROUPS(X)                                                                    \
    X(TEXT, 17)   /* words, links, punctuation, capitals, function words, ... */                 \
    X(LEXICAL, 8) /* words that captions, bylines, comments, ... have in many languages */       \
    X(KIND, 9)    /* paragraph, heading, entry, ... */                                           \
    X(PLACE, 7)   /* where on the page, before or after the title */                             \
    X(NEIGHBOUR, OCS_NEIGHBOURS * 4 + 5) /* two blocks before and behind, and the window */      \
    X(RUN, 6)                            /* of prose around it, and prose before and behind */   \
    X(TREE, 8)                           /* depth, siblings, repetition of the element's make */ \
    X(CONTAINER,                                                                                 \
      OCS_CONTAINERS * 4)   /* the element and three above: share of text, links, prose */       \
    X(MARK, OCS_MARKS_USED) /* names of the elements around it */                                \
    X(PAGE, 8)

enum {
#define X(name, count) \
    OCS_FEATURES_##name##_, OCS_FEATURES_##name##_last_ = OCS_FEATURES_##name##_ + (count)-1,
    OCS_FEATURE_GROUPS(X)
#undef X
        OCS_FEATURE_COUNT
};

/* A row of OCS_FEATURE_COUNT values for every block, in ${arena}; NULL when it is full.  Blocks
 * without elements (a text dump) have 0 in the groups TREE, CONTAINER and MARK. */
float *ocs_block_features(const ocs_blocks *blocks, ocs_arena *arena);

#endif
