/* What the model of text dumps knows of a line: there are no elements and no links, so it is the
 * line's shape, what stands around it, and where it stands to the page's prose.  The trainer and the
 * ingester call the same function; a change here needs a new model. */
#ifndef OCS_INGEST_FEATURES_DUMP_H
#define OCS_INGEST_FEATURES_DUMP_H

#include "ingest/block.h"

enum {
    OCS_DUMP_LEXICON = 10,
    OCS_DUMP_NEIGHBOURS = 6,
    OCS_DUMP_WINDOWS = 3,
    OCS_DUMP_MARKERS = 5,
    OCS_DUMP_STRETCHES = 2
};

/* Groups of features and how many each has. */
#define OCS_DUMP_FEATURE_GROUPS(X)                                                             \
    X(TEXT, 16)                  /* words, punctuation, capitals, function words, ... */       \
    X(LEXICAL, OCS_DUMP_LEXICON) /* words that captions, bylines, comments, ... have */        \
    X(SHAPE, 5)                  /* entry, bullet, blank lines, said by how many lines */      \
    X(PLACE, 6)                  /* where on the page */                                       \
    X(NEIGHBOUR, OCS_DUMP_NEIGHBOURS * 3)                                                      \
    X(WINDOW, OCS_DUMP_WINDOWS * 7)     /* of 3, 8 and 20 lines to both sides */               \
    X(RUN, 11)                          /* of prose or of short lines that it stands in */     \
    X(STRETCH, OCS_DUMP_STRETCHES * 5)  /* the page's densest piece of prose */                \
    X(SUBJECT, 3)                       /* words shared with that piece */                     \
    X(MARKER, OCS_DUMP_MARKERS * 2 + 1) /* how far short lines of the frame are */             \
    X(HEADLINE, 4)                      /* the line that looks like the title of that piece */ \
    X(PAGE, 8)

enum {
#define X(name, count) OCS_DUMP_##name##_, OCS_DUMP_##name##_last_ = OCS_DUMP_##name##_ + (count)-1,
    OCS_DUMP_FEATURE_GROUPS(X)
#undef X
        OCS_DUMP_FEATURE_COUNT
};

/* A row of OCS_DUMP_FEATURE_COUNT values for every block, in ${arena}; NULL when it is full. */
float *ocs_dump_features(const ocs_blocks *blocks, ocs_arena *arena);

#endif
