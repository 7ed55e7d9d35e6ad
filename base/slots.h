/* Numbers of things that stand in an array of their owner, found by the hash of the thing: a table with
 * open addressing in an arena, at most half full.
 *
 *     for (size_t i = ocs_slots_first(&slots, hash); slots.at[i] != 0; i = ocs_slots_next(&slots, i))
 *         if (things[slots.at[i] - 1] is the one)
 *             return it;
 *     slots.at[i] = the number of the new thing + 1;
 */
#ifndef OCS_BASE_SLOTS_H
#define OCS_BASE_SLOTS_H

#include "base/arena.h"

#include <stdint.h>

typedef struct ocs_slots {
    uint32_t *at; /* number + 1; 0: free */
    size_t n;     /* a power of two; 0 before the first thing */
} ocs_slots;

/* Room for one thing beside the ${things} there are, which are placed anew when the table grows:
 * ${hash} gives the hash of thing ${i}.  What it had stays in the arena.  False: the arena is full. */
bool ocs_slots_grow(ocs_slots *slots, ocs_arena *arena, size_t things,
                    uint64_t (*hash)(const void *payload, size_t i),
                    const void *payload) OCS_MUST_CHECK;

/* Where a thing of this hash stands, or the next place that it may stand at.  The low bits of the hash
 * must be good ones. */
static inline size_t ocs_slots_first(const ocs_slots *slots, uint64_t hash)
{
    return hash & (slots->n - 1);
}

static inline size_t ocs_slots_next(const ocs_slots *slots, size_t i)
{
    return (i + 1) & (slots->n - 1);
}

#endif
