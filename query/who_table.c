/* Offices are few beside documents, but thousands in all: they are found by their own hash, kept as a
 * holding of nobody. */
#include "query/who_table.h"

static uint64_t hash_of(const ocs_office *office, ocs_str person)
{
    uint64_t hash = ocs_hash_mix(ocs_hash(person), office->standing);
    hash = ocs_hash_mix(hash, ocs_hash(office->base));
    hash = ocs_hash_mix(hash, ocs_hash(office->org));
    return ocs_hash_mix(hash, ocs_hash(office->country));
}

static bool same_office(const ocs_office *a, const ocs_office *b)
{
    return a->standing == b->standing && ocs_str_eq(a->base, b->base) &&
           ocs_str_eq(a->org, b->org) && ocs_str_eq(a->country, b->country);
}

static size_t slot_of(const ocs_who_table *t, const ocs_office *office, ocs_str person,
                      uint64_t hash)
{
    size_t i = ocs_slots_first(&t->slots, hash);
    for (; t->slots.at[i] != 0; i = ocs_slots_next(&t->slots, i)) {
        const ocs_who_held *h = &t->holdings.at[t->slots.at[i] - 1];
        if (h->hash == hash && ocs_str_eq(h->out.key, person) &&
            same_office(&t->offices.at[h->out.office].office, office))
            break;
    }
    return i;
}

static uint64_t holding_hash(const void *table, size_t i)
{
    return ((const ocs_who_table *)table)->holdings.at[i].hash;
}

static bool grow(ocs_who_table *t)
{
    return ocs_slots_grow(&t->slots, t->arena, t->holdings.n, holding_hash, t);
}

static size_t add_office(ocs_who_table *t, const ocs_office *office, const ocs_role *role)
{
    ocs_who_office *added = ocs_vec_push(t->arena, &t->offices);
    if (!added)
        return 0;
    added->office =
        (ocs_office){office->standing, ocs_str_copy(t->arena, office->base),
                     ocs_str_copy(t->arena, office->org), ocs_str_copy(t->arena, office->country)};
    added->org = ocs_str_copy(t->arena, role->org.name);
    added->country = ocs_str_copy(t->arena, role->country.name);
    return t->offices.n;
}

/* The holding of ${person} in ${office}; NULL when the arena is full. */
static ocs_who_held *holding_of(ocs_who_table *t, const ocs_office *office, const ocs_role *role,
                                const ocs_mention *mention, ocs_str person)
{
    uint64_t hash = hash_of(office, person);
    if (!grow(t))
        return NULL;
    size_t i = slot_of(t, office, person, hash), number;
    if (t->slots.at[i] != 0)
        return &t->holdings.at[t->slots.at[i] - 1];
    if (person.n == 0)
        number = add_office(t, office, role);
    else {
        const ocs_who_held *nobody = holding_of(t, office, role, mention, (ocs_str){"", 0});
        number = nobody ? nobody->out.office + 1 : 0;
        i = slot_of(t, office, person, hash);
    }
    ocs_who_held *added = number > 0 && grow(t) ? ocs_vec_push(t->arena, &t->holdings) : NULL;
    if (!added)
        return NULL;
    *added = (ocs_who_held){.hash = hash};
    added->out = (ocs_who_holding){.office = number - 1,
                                   .key = ocs_str_copy(t->arena, person),
                                   .name = ocs_str_copy(t->arena, mention->name)};
    i = slot_of(t, office, person, hash);
    t->slots.at[i] = (uint32_t)t->holdings.n;
    return added;
}

ocs_who_held *ocs_who_table_hold(ocs_who_table *t, const ocs_office *office, const ocs_role *role,
                                 const ocs_mention *mention)
{
    return holding_of(t, office, role, mention, mention->key);
}
