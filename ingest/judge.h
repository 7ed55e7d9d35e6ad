/* Which blocks of a page are its content, by the model in ingest/models/ and the shape of the page.
 * The rules have given every block a role before; the model has their verdict among its features. */
#ifndef OCS_INGEST_JUDGE_H
#define OCS_INGEST_JUDGE_H

#include "ingest/block.h"
#include "ingest/model.h"

/* Judge every block: .judged gets the probability that it is content, and .chosen whether it is
 * taken for it.  ${second}, where there is one, judges again with what ${first} said of the block's
 * surroundings.  On a page with much that is surely prose, an article, doubtful blocks are left out
 * and what lies outside the stretch of the article goes, too; on other pages (lists, forums) the
 * bar is the one that promises the best F1 of words; where too little would be kept it is lowered.
 * False when the arena is full. */
bool ocs_judge(const ocs_model *first, const ocs_model *second, ocs_blocks *blocks,
               ocs_arena *arena);

/* What .judged says of one stage, by rows that have as many values as the model has features. */
void ocs_judge_ask(const ocs_model *model, ocs_blocks *blocks, const float *rows);
/* .chosen by .judged. */
void ocs_judge_choose(ocs_blocks *blocks);

/* Roles by .chosen, over those that the rules gave; false when the model found nothing convincing,
 * and the rules stand. */
bool ocs_judge_roles(ocs_blocks *blocks);

#endif
