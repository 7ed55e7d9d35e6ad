/* An arena for the helpers of a file of tests, which are called in expressions and have no state. */
#ifndef OCS_TESTS_SHARED_ARENA_H
#define OCS_TESTS_SHARED_ARENA_H

#include "tests/unit/arena_fixture.h"

static ocs_arena *arena;

static inline int make_shared_arena(void **state)
{
    int made = make_arena(state);
    arena = *state;
    return made;
}

static inline int free_shared_arena(void **state)
{
    (void)state;
    ocs_arena_free(arena);
    return 0;
}

#endif
