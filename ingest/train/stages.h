/* Training in two stages, and measuring on sites that were left out.
 *
 * The second stage learns from what the first says of pages that it was not taught: its errors
 * there are those that it will make.  So the sites fall into folds by the hash of their names, and
 * the pages of a fold are judged for the second stage by a first stage taught on the other folds.
 * Where a fold is left out to be measured, neither stage sees it. */
#ifndef OCS_INGEST_STAGES_H
#define OCS_INGEST_STAGES_H

#include "ingest/train/boost.h"
#include "ingest/train/pages.h"

enum { OCS_FOLDS = 5 };

typedef struct ocs_stages {
    ocs_labelled_pages *all;
    ocs_arena *arena;                              /* of the models */
    ocs_boost_options first, second;               /* second.trees 0: one stage only */
    ocs_model pairs[OCS_FOLDS + 1][OCS_FOLDS + 1]; /* first stage without these folds, once made */
} ocs_stages;

/* Both stages taught on all folds but ${left_out}; OCS_FOLDS leaves out none. */
ocs_status ocs_stages_train(ocs_stages *s, unsigned left_out, ocs_model *first, ocs_model *second,
                            ocs_error *err) OCS_MUST_CHECK;

/* Judge each page by the stages that were taught without its fold. */
ocs_status ocs_stages_judge_all(ocs_stages *s, ocs_error *err) OCS_MUST_CHECK;

/* Give the blocks of a judged page the roles that the ingester would give them. */
void ocs_stages_choose(const ocs_stages *s, ocs_labelled *page);

unsigned ocs_stages_fold(const ocs_labelled *page);

#endif
