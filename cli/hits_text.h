/* Hits for people.  Private to hits.c. */
#ifndef OCS_CLI_HITS_TEXT_H
#define OCS_CLI_HITS_TEXT_H

#include "cli/hits.h"

enum { OCS_EXPLAIN_CAP = 1 << 24 };

void ocs_hits_text_start(ocs_hits *hits, const ocs_node *tree, const ocs_plan *plan);
void ocs_hits_text_put(ocs_hits *hits, const ocs_hit *hit);

#endif
