/* Open addressing; the hashes are good ones, so that their low bits are the place. */
#include "cli/hashset.h"

#include <stdlib.h>

enum { FIRST_ROOM = 1024 };

static size_t place(const ocs_hashset *set, uint64_t hash)
{
    size_t i = hash & (set->room - 1);
    while (set->slots[i] != 0 && set->slots[i] != hash)
        i = (i + 1) & (set->room - 1);
    return i;
}

static bool grow(ocs_hashset *set)
{
    if ((set->n + 1) * 4 <= set->room * 3)
        return true;
    ocs_hashset larger = {.n = set->n, .room = set->room > 0 ? 2 * set->room : FIRST_ROOM};
    larger.slots = calloc(larger.room, sizeof *larger.slots);
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < set->room; i++)
        if (set->slots[i] != 0)
            larger.slots[place(&larger, set->slots[i])] = set->slots[i];
    free(set->slots);
    *set = larger;
    return true;
}

ocs_status ocs_hashset_add(ocs_hashset *set, uint64_t hash, bool *added)
{
    hash += hash == 0;
    if (!grow(set))
        return OCS_NOMEM;
    size_t i = place(set, hash);
    *added = set->slots[i] == 0;
    set->n += *added;
    set->slots[i] = hash;
    return OCS_OK;
}

void ocs_hashset_clear(ocs_hashset *set)
{
    free(set->slots);
    *set = (ocs_hashset){0};
}
