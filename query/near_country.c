/* All names of countries are compared, folded: there are some thousand, and it is only done for a
 * query that is refused. */
#include "query/near_country.h"

#include "base/nearby.h"

enum { SHORT = 4, LONG = 6 }; /* letters from which one mistake, and two, are forgiven */

ocs_str ocs_country_near(const ocs_gaz *gaz, ocs_str text, ocs_arena *arena)
{
    ocs_nearby nearby;
    ocs_str best = {0}, fold = ocs_fold(arena, text);
    size_t points = ocs_utf8_points(fold);
    if (points < SHORT || !ocs_nearby_init(&nearby, fold, points < LONG ? 1 : 2))
        return best;
    unsigned least = nearby.most + 1;
    for (size_t i = 0; i < gaz->n_phrases; i++) {
        const ocs_gaz_phrase *phrase = &gaz->phrases[i];
        const ocs_gaz_thing *thing = &gaz->things[phrase->thing];
        size_t dead;
        if (thing->table != OCS_GAZ_COUNTRY || phrase->kind == OCS_GAZ_ACRONYM)
            continue;
        ocs_str name = ocs_fold(arena, ocs_gaz_str(gaz, phrase->text));
        unsigned distance = ocs_nearby_distance(&nearby, name, &dead);
        if (distance >= least)
            continue;
        least = distance;
        best = ocs_gaz_str(gaz, thing->name);
    }
    return best;
}
