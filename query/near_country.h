/* The country that a mistyped name was perhaps meant for.  Private to query/. */
#ifndef OCS_QUERY_NEAR_COUNTRY_H
#define OCS_QUERY_NEAR_COUNTRY_H

#include "corpus/corpus.h"

/* The present name of the country one of whose names is nearest to ${text}; empty when none is near. */
ocs_str ocs_country_near(const ocs_gaz *gaz, ocs_str text, ocs_arena *arena);

#endif
