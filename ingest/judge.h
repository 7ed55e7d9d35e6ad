/* Which blocks of a page are its content, by the model in ingest/models/ and the shape of the page.
 * The rules have given every block a role before; the model has their verdict among its features. */
#ifndef OCS_INGEST_JUDGE_H
#define OCS_INGEST_JUDGE_H

#include "ingest/block.h"
#include "ingest/model.h"

/* Judge every block: .judged gets the probability that it is content, and .chosen whether it is taken
 * for it.  On a page with much that is surely prose, an article, doubtful blocks are left out and what
 * lies outside the stretch of the article goes, too; on other pages (lists, forums) doubt keeps, and
 * where too little would be kept the bar is lowered.  False when the arena is full. */
bool ocs_judge(const ocs_model *model, ocs_blocks *blocks, ocs_arena *arena);

#endif
