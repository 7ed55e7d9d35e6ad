/* Which lines of a text dump are its content, by the model in ingest/models/dump.tsv and the shape of
 * the page.  The rules have given every line a role before; the model has their verdict among its
 * features. */
#ifndef OCS_INGEST_JUDGE_DUMP_H
#define OCS_INGEST_JUDGE_DUMP_H

#include "ingest/block.h"
#include "ingest/model.h"

/* Judge every line: .judged gets the probability that it is content, .chosen whether it is taken
 * for it.  ${headline} gets the line above the chosen text that looks like its title, or blocks->n.
 * False when the arena is full. */
bool ocs_judge_dump(const ocs_model *model, ocs_blocks *blocks, ocs_arena *arena, size_t *headline);
/* .chosen by .judged alone. */
void ocs_judge_dump_choose(ocs_blocks *blocks);

#endif
