/* Labelled pages in memory: cut, judged by the rules, with features and labels, ready to be learnt
 * from and measured any number of times. */
#ifndef OCS_INGEST_PAGES_H
#define OCS_INGEST_PAGES_H

#include "ingest/block.h"
#include "ingest/train/measure.h"

typedef struct ocs_labelled {
    const char *path;
    size_t folder; /* which of the folders given */
    uint64_t site; /* hash of the name of the folder that the page lies in */
    ocs_blocks blocks;
    uint8_t *roles; /* by the rules; .role of the blocks changes when a model is asked */
    size_t first;   /* row of its first block */
    ocs_str gold;
} ocs_labelled;

typedef struct ocs_labelled_pages {
    ocs_arena *arena; /* of everything here; the caller's */
    bool dump;        /* text dumps: NAME.txt, not NAME.html */
    uint32_t width;   /* features of a row; set by ocs_labelled_add */
    ocs_rules rules;
    OCS_VEC(ocs_labelled) pages;
    OCS_VEC(float *) rows; /* .width values each */
    OCS_VEC(float) labels; /* 1 content, 0 frame */
    OCS_VEC(float) weights;
    OCS_VEC(const char *) folders;
} ocs_labelled_pages;

/* Add the pages of ${folder}: SITE/NAME.html, or SITE/NAME.txt, with SITE/NAME.gold.txt beside it.
 * A page that cannot be read is told to ${complain} and left out. */
ocs_status ocs_labelled_add(ocs_labelled_pages *all, const char *folder,
                            void (*complain)(const char *path, const ocs_error *err),
                            ocs_error *err) OCS_MUST_CHECK;

/* The text that the blocks' roles keep, or with ${labels} that of the blocks labelled content;
 * ${untitled}: without the title. */
bool ocs_labelled_measure(const ocs_labelled *page, const float *labels, bool untitled,
                          ocs_measure measure, ocs_arena *scratch, ocs_overlap *out);

#endif
