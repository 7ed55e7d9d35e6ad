/* Two tables of numbers by hashes, each at most half full.  Pairs may be very many more than entities:
 * they stand in chunks, so that no growth copies them. */
#include "query/pair_table.h"

enum { CHUNK = 1 << OCS_PAIR_CHUNK_BITS, FIRST_SLOTS = 1024 };

void ocs_pair_table_clear(ocs_pair_table *t)
{
    ocs_arena *arena = t->arena;
    ocs_arena_clear(arena);
    *t = (ocs_pair_table){.arena = arena};
}

/* ---- entities ---- */

static bool grow_entities(ocs_pair_table *t)
{
    if ((t->entities.n + 1) * 2 <= t->n_entity_slots)
        return true;
    size_t n = t->n_entity_slots > 0 ? 2 * t->n_entity_slots : FIRST_SLOTS;
    uint32_t *slots = ocs_arena_array(t->arena, n, sizeof *slots);
    if (!slots)
        return false;
    for (size_t e = 0; e < t->entities.n; e++) {
        size_t i = t->entities.at[e].hash & (n - 1);
        while (slots[i] != 0)
            i = (i + 1) & (n - 1);
        slots[i] = (uint32_t)e + 1;
    }
    t->entity_slots = slots;
    t->n_entity_slots = n;
    return true;
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
    if (!grow_entities(t))
        return false;
    size_t i = hash & (t->n_entity_slots - 1);
    for (; t->entity_slots[i] != 0; i = (i + 1) & (t->n_entity_slots - 1)) {
        const ocs_met_entity *e = &t->entities.at[t->entity_slots[i] - 1];
        if (e->hash == hash && e->out.type == mention->type &&
            ocs_str_eq(e->out.key, mention->key)) {
            *number = t->entity_slots[i] - 1;
            return true;
        }
    }
    if (!add_entity(t, mention, hash))
        return false;
    t->entity_slots[i] = (uint32_t)t->entities.n;
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

static bool grow_pairs(ocs_pair_table *t)
{
    if ((t->n_pairs + 1) * 2 <= t->n_pair_slots)
        return true;
    size_t n = t->n_pair_slots > 0 ? 2 * t->n_pair_slots : FIRST_SLOTS;
    uint32_t *slots = ocs_arena_array(t->arena, n, sizeof *slots);
    if (!slots)
        return false;
    for (size_t p = 0; p < t->n_pairs; p++) {
        size_t i = pair_hash(ocs_pair_table_at(t, p)->a, ocs_pair_table_at(t, p)->b) & (n - 1);
        while (slots[i] != 0)
            i = (i + 1) & (n - 1);
        slots[i] = (uint32_t)p + 1;
    }
    t->pair_slots = slots;
    t->n_pair_slots = n;
    return true;
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
    if (!grow_pairs(t))
        return NULL;
    size_t i = pair_hash(a, b) & (t->n_pair_slots - 1);
    for (; t->pair_slots[i] != 0; i = (i + 1) & (t->n_pair_slots - 1)) {
        ocs_met_pair *p = ocs_pair_table_at(t, t->pair_slots[i] - 1);
        if (p->a == a && p->b == b)
            return p;
    }
    ocs_met_pair *added = push_pair(t);
    if (!added)
        return NULL;
    *added = (ocs_met_pair){.a = a, .b = b};
    t->pair_slots[i] = (uint32_t)t->n_pairs;
    return added;
}
