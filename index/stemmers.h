/* What a worker keeps from record to record.  Private to index/. */
#ifndef OCS_INDEX_STEMMERS_H
#define OCS_INDEX_STEMMERS_H

#include "index/names.h"
#include "index/record.h"

/* The words of the gazetteer's names, gathered on first use; NULL when memory ran out. */
ocs_names *ocs_stemmers_names(ocs_stemmers *stemmers);

#endif
