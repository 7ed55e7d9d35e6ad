/* Two tables of numbers by hashes.  Pairs may be very many more than entities:
 * they stand in chunks, so that no growth copies them. */
#include "query/pair_table.h"

enum { CHUNK = 1 << OCS_PAIR_CHUNK_BITS };

void ocs_pair_table_clear(ocs_pair_table *t)
{
    ocs_arena *arena = t->arena;
    ocs_arena_clear(arena);
    *t = (ocs_pair_table){.arena = arena};
}

/* ---- entities ---- */

static uint64_t entity_hash(const void *table, size_t i)
{
    return ((const ocs_pair_table *)table)->entities.at[i].hash;
}

static bool add_entity(ocs_pair_table *t, const ocs_mention *mention, uint64_t hash)
{
    ocs_met_entity *added = ocs_vec_push(t->arena, &t->entities);
    if (!added)
        return false;
    *added = (ocs_met_entity){.hash = hash};
    added->out = (ocs_pairs_entity){.type = mention->type,
                                    .key = ocs_str_copy(t->arena, mention->key),
                                    .name = ocs_str_copy(t->arena, mention->name)};
    return ocs_arena_status(t->arena) == OCS_OK;
}

bool ocs_pair_table_entity(ocs_pair_table *t, const ocs_mention *mention, uint32_t *number,
                           bool *added)
{
    uint64_t hash = ocs_hash_mix(ocs_hash(mention->key), (uint64_t)mention->type);
    *added = false;
    if (!ocs_slots_grow(&t->entity_slots, t->arena, t->entities.n, entity_hash, t))
        return false;
    size_t i = ocs_slots_first(&t->entity_slots, hash);
    for (; t->entity_slots.at[i] != 0; i = ocs_slots_next(&t->entity_slots, i)) {
        const ocs_met_entity *e = &t->entities.at[t->entity_slots.at[i] - 1];
        if (e->hash == hash && e->out.type == mention->type &&
            ocs_str_eq(e->out.key, mention->key)) {
            *number = t->entity_slots.at[i] - 1;
            return true;
        }
    }
    if (!add_entity(t, mention, hash))
        return false;
    t->entity_slots.at[i] = (uint32_t)t->entities.n;
    *number = (uint32_t)t->entities.n - 1;
    return *added = true;
}

/* ---- pairs ---- */

static uint64_t pair_hash(uint32_t a, uint32_t b)
{
    return ocs_hash_mix(a, b);
}

ocs_met_pair *ocs_pair_table_at(const ocs_pair_table *t, size_t i)
{
    return &t->chunks[i >> OCS_PAIR_CHUNK_BITS][i & (CHUNK - 1)];
}

static uint64_t hash_at(const void *table, size_t i)
{
    const ocs_met_pair *p = ocs_pair_table_at(table, i);
    return pair_hash(p->a, p->b);
}

static ocs_met_pair *push_pair(ocs_pair_table *t)
{
    size_t chunk = t->n_pairs >> OCS_PAIR_CHUNK_BITS;
    if (chunk == OCS_PAIR_CHUNKS)
        return NULL;
    if (!t->chunks[chunk] &&
        !(t->chunks[chunk] = ocs_arena_array(t->arena, CHUNK, sizeof **t->chunks)))
        return NULL;
    return ocs_pair_table_at(t, t->n_pairs++);
}

ocs_met_pair *ocs_pair_table_pair(ocs_pair_table *t, uint32_t a, uint32_t b)
{
    if (!ocs_slots_grow(&t->pair_slots, t->arena, t->n_pairs, hash_at, t))
        return NULL;
    size_t i = ocs_slots_first(&t->pair_slots, pair_hash(a, b));
    for (; t->pair_slots.at[i] != 0; i = ocs_slots_next(&t->pair_slots, i)) {
        ocs_met_pair *p = ocs_pair_table_at(t, t->pair_slots.at[i] - 1);
        if (p->a == a && p->b == b)
            return p;
    }
    ocs_met_pair *added = push_pair(t);
    if (!added)
        return NULL;
    *added = (ocs_met_pair){.a = a, .b = b};
    t->pair_slots.at[i] = (uint32_t)t->n_pairs;
    return added;
}
