/* Which blocks of a page are content, by comparison with the page's gold text. */
#ifndef OCS_INGEST_GOLD_H
#define OCS_INGEST_GOLD_H

#include "ingest/block.h"

/* Labels (1 content, 0 frame) and weights of the blocks of ${blocks}.  A block of four words or
 * more is content when most of its runs of four words stand in ${gold}; a shorter one when the runs
 * that it has with its neighbours do, or when all its words stand there in a row and a block near
 * it is content.  A block weighs its words, at most OCS_GOLD_WORDS of them, and every page weighs
 * the same in all. */
enum { OCS_GOLD_WORDS = 60, OCS_GOLD_PAGE_WEIGHT = 100 };
bool ocs_gold_label(const ocs_blocks *blocks, ocs_str gold, ocs_arena *arena, float *labels,
                    float *weights);

#endif
