/* Growing doubles the table. */
#include "base/slots.h"

enum { FIRST_SLOTS = 1024 };

bool ocs_slots_grow(ocs_slots *slots, ocs_arena *arena, size_t things,
                    uint64_t (*hash)(const void *payload, size_t i), const void *payload)
{
    if ((things + 1) * 2 <= slots->n)
        return true;
    ocs_slots larger = {.n = slots->n > 0 ? 2 * slots->n : FIRST_SLOTS};
    if (!(larger.at = ocs_arena_array(arena, larger.n, sizeof *larger.at)))
        return false;
    for (size_t thing = 0; thing < things; thing++) {
        size_t i = ocs_slots_first(&larger, hash(payload, thing));
        while (larger.at[i] != 0)
            i = ocs_slots_next(&larger, i);
        larger.at[i] = (uint32_t)thing + 1;
    }
    *slots = larger;
    return true;
}
