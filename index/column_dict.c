/* A hash table finds things by key; the names of a thing are a chain from its first. */
#include "index/column_dict.h"

enum { FIRST_SLOTS = 256 }; /* a power of two */

static size_t slot_of(const ocs_column_dict *dict, ocs_str key)
{
    size_t i = ocs_hash(key) & (dict->n_slots - 1);
    while (dict->slots[i] != 0 && !ocs_str_eq(dict->things.at[dict->slots[i] - 1].thing.key, key))
        i = (i + 1) & (dict->n_slots - 1);
    return i;
}

static bool grow(ocs_column_dict *dict)
{
    if ((dict->things.n + 1) * 2 <= dict->n_slots)
        return true;
    size_t n = dict->n_slots > 0 ? 2 * dict->n_slots : FIRST_SLOTS;
    uint32_t *slots = ocs_arena_array(dict->arena, n, sizeof *slots);
    if (!slots)
        return false;
    dict->slots = slots;
    dict->n_slots = n;
    for (size_t i = 0; i < dict->things.n; i++)
        slots[slot_of(dict, dict->things.at[i].thing.key)] = (uint32_t)i + 1;
    return true;
}

bool ocs_column_dict_find(const ocs_column_dict *dict, ocs_str key, uint32_t *ordinal)
{
    uint32_t found = dict->n_slots > 0 ? dict->slots[slot_of(dict, key)] : 0;
    *ordinal = found - 1;
    return found > 0;
}

/* Many a name is the key itself, which is kept once. */
static bool keep(ocs_arena *arena, const ocs_column_thing *from, ocs_column_thing *to)
{
    to->key = ocs_str_copy(arena, from->key);
    to->name = ocs_str_eq(from->name, from->key) ? to->key : ocs_str_copy(arena, from->name);
    to->country = from->country.n > 0 ? ocs_str_copy(arena, from->country) : (ocs_str){0};
    return ocs_arena_status(arena) == OCS_OK;
}

bool ocs_column_dict_append(ocs_column_dict *dict, const ocs_column_thing *thing)
{
    ocs_column_thing kept;
    if (!keep(dict->arena, thing, &kept) || !grow(dict))
        return false;
    dict->slots[slot_of(dict, kept.key)] = (uint32_t)dict->things.n + 1;
    ocs_column_listed *listed = ocs_vec_push(dict->arena, &dict->things);
    if (!listed)
        return false;
    listed->thing = kept;
    return true;
}

bool ocs_column_dict_append_name(ocs_column_dict *dict, uint32_t ordinal,
                                 const ocs_column_thing *thing)
{
    ocs_column_name *name = ocs_vec_push(dict->arena, &dict->names);
    if (!name)
        return false;
    uint32_t number = (uint32_t)dict->names.n;
    ocs_column_listed *listed = &dict->things.at[ordinal];
    *name = (ocs_column_name){.ordinal = ordinal,
                              .name = ocs_str_copy(dict->arena, thing->name),
                              .country = ocs_str_copy(dict->arena, thing->country)};
    if (listed->last > 0)
        dict->names.at[listed->last - 1].next = number;
    else
        listed->names = number;
    listed->last = number;
    return ocs_arena_status(dict->arena) == OCS_OK;
}

static bool same_name(ocs_str name, ocs_str country, const ocs_column_thing *thing)
{
    return ocs_str_eq(name, thing->name) && ocs_str_eq(country, thing->country);
}

bool ocs_column_dict_put(ocs_column_dict *dict, const ocs_column_thing *thing, uint32_t *ordinal,
                         uint32_t *name)
{
    *name = 0;
    if (!ocs_column_dict_find(dict, thing->key, ordinal)) {
        *ordinal = (uint32_t)dict->things.n;
        return ocs_column_dict_append(dict, thing);
    }
    const ocs_column_listed *listed = &dict->things.at[*ordinal];
    if (same_name(listed->thing.name, listed->thing.country, thing))
        return true;
    for (uint32_t i = listed->names; i > 0; i = dict->names.at[i - 1].next) {
        if (!same_name(dict->names.at[i - 1].name, dict->names.at[i - 1].country, thing))
            continue;
        *name = i;
        return true;
    }
    *name = (uint32_t)dict->names.n + 1;
    return ocs_column_dict_append_name(dict, *ordinal, thing);
}
