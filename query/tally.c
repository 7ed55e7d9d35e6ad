/* The mentions of the matching documents are counted by the columns of the index, family by family.
 * What is wanted of them is settled by numbers first; then names are looked up. */
#include "query/tally.h"

#include "query/called.h"
#include "query/counts.h"
#include "query/every.h"

#include <stdlib.h>

enum { WORD_MEMORY = 64 * 1024 * 1024 };

typedef struct counter {
    ocs_index *index;
    const ocs_tally_wanted *wanted;
    ocs_arena *arena, *word_arena; /* of the result; of a name that is compared */
    ocs_called words;              /* of the name that is wanted */
    OCS_VEC(ocs_tally_entity) entities;
    size_t found;
    uint32_t documents;
    ocs_error *err;
} counter;

static ocs_status full(const counter *c)
{
    return ocs_fail(c->err, OCS_LIMIT, "too many entities to count");
}

/* ---- what is wanted of them ---- */

/* Each word stands in one of the names or in the key. */
static bool is_called(counter *c, const ocs_tally_entity *entity)
{
    ocs_str names[OCS_TALLY_NAMES];
    for (size_t i = 0; i < entity->n_names; i++)
        names[i] = entity->names[i].text;
    return ocs_called_fits(&c->words, entity->key, names, entity->n_names, c->word_arena);
}

/* ---- entities ---- */

static ocs_status name_entity(counter *c, ocs_tally_entity *entity,
                              const ocs_counted_names *counted)
{
    entity->n_names = counted->n < OCS_TALLY_NAMES ? counted->n : OCS_TALLY_NAMES;
    entity->names = ocs_arena_array(c->arena, entity->n_names, sizeof *entity->names);
    if (!entity->names)
        return full(c);
    for (size_t i = 0; i < counted->n; i++) {
        entity->mentions += counted->at[i].mentions;
        if (entity->country.n == 0)
            entity->country = counted->at[i].country;
        if (i < entity->n_names)
            entity->names[i] = (ocs_tally_name){counted->at[i].text, counted->at[i].mentions};
    }
    return OCS_OK;
}

static ocs_status take_entity(counter *c, ocs_mention_type type, const ocs_counts *counts,
                              const ocs_name_index *index, uint32_t ordinal)
{
    ocs_column_thing thing;
    ocs_counted_names names;
    ocs_tally_entity entity = {.type = type, .documents = counts->documents[ordinal]};
    ocs_status st = ocs_counts_thing(counts, ordinal, &thing, c->err);
    if (st != OCS_OK)
        return st;
    entity.key = ocs_str_copy(c->arena, thing.key);
    entity.first = ocs_date_unpack(counts->days[ordinal].first);
    entity.last = ocs_date_unpack(counts->days[ordinal].last);
    st = ocs_counts_names(counts, index, ordinal, &thing, c->arena, &names, c->err);
    if (st != OCS_OK || (st = name_entity(c, &entity, &names)) != OCS_OK)
        return st;
    ocs_arena_clear(c->word_arena);
    if (!is_called(c, &entity))
        return ocs_arena_status(c->word_arena) == OCS_OK ? OCS_OK : full(c);
    ocs_tally_entity *taken = ocs_vec_push(c->arena, &c->entities);
    if (!taken)
        return full(c);
    *taken = entity;
    return OCS_OK;
}

static size_t count_from(const ocs_counts *counts, uint32_t least)
{
    size_t n = 0;
    for (uint32_t i = 0; i < counts->n_things; i++)
        n += counts->documents[i] >= least;
    return n;
}

static ocs_status take_entities(counter *c, ocs_mention_type type, const ocs_counts *counts,
                                uint32_t least)
{
    ocs_name_index index;
    ocs_status st = ocs_name_index_make(counts, c->arena, &index, c->err);
    for (uint32_t i = 0; st == OCS_OK && i < counts->n_things; i++)
        if (counts->documents[i] >= least)
            st = take_entity(c, type, counts, &index, i);
    return st;
}

/* ---- their order ---- */

static int by_key(const ocs_tally_entity *x, const ocs_tally_entity *y)
{
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return ocs_str_cmp(x->key, y->key);
}

static int by_documents(const void *a, const void *b)
{
    const ocs_tally_entity *x = a, *y = b;
    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    if (x->mentions != y->mentions)
        return x->mentions > y->mentions ? -1 : 1;
    return by_key(x, y);
}

static int by_name(const void *a, const void *b)
{
    const ocs_tally_entity *x = a, *y = b;
    int names = ocs_str_cmp(x->names[0].text, y->names[0].text);
    return names != 0 ? names : by_key(x, y);
}

static int by_first(const void *a, const void *b)
{
    const ocs_tally_entity *x = a, *y = b;
    if ((x->first.year == 0) != (y->first.year == 0))
        return x->first.year == 0 ? 1 : -1;
    int dates = ocs_date_cmp(x->first, y->first);
    return dates != 0 ? dates : by_key(x, y);
}

static int by_last(const void *a, const void *b)
{
    const ocs_tally_entity *x = a, *y = b;
    int dates = ocs_date_cmp(y->last, x->last); /* an unknown date sorts before others */
    return dates != 0 ? dates : by_key(x, y);
}

static void order(ocs_tally *tally, ocs_tally_order by)
{
    static int (*const orders[])(const void *, const void *) = {
        [OCS_TALLY_BY_DOCUMENTS] = by_documents,
        [OCS_TALLY_BY_NAME] = by_name,
        [OCS_TALLY_BY_FIRST] = by_first,
        [OCS_TALLY_BY_LAST] = by_last,
    };
    if (tally->n > 0)
        qsort(tally->at, tally->n, sizeof *tally->at, orders[by]);
}

/* ---- the documents ---- */

/* Where the first are enough, what cannot be among them is not looked up. */
static ocs_status take_types(counter *c, const ocs_mention_type *types, const ocs_counts *counts,
                             size_t n)
{
    const ocs_tally_wanted *wanted = c->wanted;
    uint32_t least = 0, enough = wanted->least > 0 ? wanted->least : 1;
    bool first = wanted->order == OCS_TALLY_BY_DOCUMENTS && c->words.n == 0;
    ocs_status st = ocs_counts_least(counts, n, first ? wanted->most : 0, c->arena, &least, c->err);
    for (size_t i = 0; st == OCS_OK && i < n; i++) {
        c->found += count_from(&counts[i], enough);
        st = take_entities(c, types[i], &counts[i], least > enough ? least : enough);
    }
    if (!first || wanted->most == 0)
        c->found = c->entities.n;
    return st;
}

static ocs_status count_types(counter *c, const ocs_docset *matches)
{
    ocs_column_family families[OCS_MENTION_TYPE_COUNT] = {0};
    ocs_mention_type types[OCS_MENTION_TYPE_COUNT];
    ocs_counts counts[OCS_MENTION_TYPE_COUNT];
    size_t n = 0;
    for (int i = 0; i < OCS_MENTION_TYPE_COUNT; i++) {
        if (c->wanted->types != 0 && (c->wanted->types >> i & 1U) == 0)
            continue;
        types[n] = (ocs_mention_type)i;
        families[n++] = ocs_column_of_mention((ocs_mention_type)i);
    }
    const ocs_counting counting = {.index = c->index,
                                   .matches = matches,
                                   .days = true,
                                   .mentioned_only = true,
                                   .arena = c->arena};
    ocs_status st = ocs_counts_make(&counting, families, n, counts, c->err);
    if (st == OCS_OK)
        st = take_types(c, types, counts, n);
    return st;
}

static ocs_status count_matches(counter *c, const xap_query *query)
{
    ocs_docset matches;
    ocs_status st = ocs_docset_find(c->index, query, 0, c->arena, &matches, c->err);
    if (st != OCS_OK)
        return st;
    c->documents = matches.documents;
    return count_types(c, &matches);
}

static ocs_status count_planned(void *payload, const ocs_node *tree, const ocs_plan *plan,
                                ocs_error *err)
{
    (void)tree;
    (void)err; /* the same as the counter's */
    return count_matches(payload, plan->query);
}

static bool forget(void *payload)
{
    counter *c = payload;
    c->found = 0;
    memset(&c->entities, 0, sizeof c->entities); /* what was counted stays in the arena */
    return true;
}

ocs_status ocs_tally_count(ocs_index *index, ocs_str query, const ocs_tally_wanted *wanted,
                           ocs_arena *arena, ocs_tally *tally, ocs_error *err)
{
    counter c = {.index = index, .wanted = wanted, .arena = arena, .err = err};
    ocs_status st = OCS_NOMEM;
    *tally = (ocs_tally){0};
    c.word_arena = ocs_arena_new(WORD_MEMORY);
    if (!c.word_arena)
        st = ocs_fail(err, OCS_NOMEM, "no memory to count entities");
    else if (!ocs_called_read(arena, wanted->name, &c.words))
        st = full(&c);
    else
        st = ocs_every_plan(index, query, count_planned, forget, &c, err);
    if (st == OCS_OK) {
        *tally = (ocs_tally){c.entities.at, c.entities.n, c.found, c.documents};
        order(tally, wanted->order);
        if (c.words.n == 0 && wanted->order == OCS_TALLY_BY_DOCUMENTS && wanted->most > 0 &&
            tally->n > wanted->most)
            tally->n = wanted->most;
    }
    ocs_arena_free(c.word_arena);
    return st;
}
