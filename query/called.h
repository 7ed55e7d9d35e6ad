/* Whether a thing is called so: each word of what was asked for stands in one of its names or in its
 * key, in whatever case, accents, script or romanisation.  Private to query/. */
#ifndef OCS_QUERY_CALLED_H
#define OCS_QUERY_CALLED_H

#include "query/query.h"

typedef struct ocs_called {
    ocs_word_forms *words;
    size_t n; /* 0: no word was asked for, and everything fits */
} ocs_called;

/* False: the arena. */
bool ocs_called_read(ocs_arena *arena, ocs_str name, ocs_called *out);

bool ocs_word_is(const ocs_word_forms *forms, ocs_str fold);

/* ${key} is divided by hyphens; ${scratch} is only used where the key alone does not decide. */
bool ocs_called_fits(const ocs_called *called, ocs_str key, const ocs_str *names, size_t n,
                     ocs_arena *scratch);

#endif
