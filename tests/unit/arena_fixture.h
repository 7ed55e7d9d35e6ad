/* An arena as the state of a test, or of all tests of a file. */
#ifndef OCS_TESTS_ARENA_FIXTURE_H
#define OCS_TESTS_ARENA_FIXTURE_H

#include "tests/unit/unit.h"

enum { TEST_ARENA = 1 << 30 }; /* more than any test takes */

static inline int make_arena(void **state)
{
    *state = ocs_arena_new(TEST_ARENA);
    return *state ? 0 : -1;
}

static inline int free_arena(void **state)
{
    ocs_arena_free(*state);
    return 0;
}

#endif
