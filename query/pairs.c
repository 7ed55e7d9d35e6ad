/* Each document is cut into units, and the distinct entities of a unit are paired and put into a table
 * (query/pair_table.h).  A pair keeps no text of its example: that is fetched at the end, for the
 * pairs given back only.
 *
 * Pairs may be very many more than entities.  An entity that stands in fewer documents than a pair
 * must have is not paired at all: the index knows how many documents a key stands in.  When the
 * others still do not fit, and pairs of one document are not wanted, the documents are gone through
 * once more to count pairs by their hashes only (query/pair_sieve.h; Park, Chen and Yu 1995), and a third
 * time to keep those that may be frequent.  What is too much even then ends with OCS_LIMIT: nothing
 * is left out in silence. */
#include "query/pairs.h"

#include "query/called.h"
#include "query/every.h"
#include "query/pair_sieve.h"
#include "query/pair_table.h"

#include <stdlib.h>

enum { DOCUMENT_MEMORY = 512 * 1024 * 1024, TERM_CAP = 4096, SIEVE_BITS = 28 };

/* A mention that takes part. */
typedef struct item {
    uint32_t entity, unit;
    ocs_span at;
} item;

typedef struct finder {
    ocs_index *index;
    const ocs_pairs_wanted *wanted;
    ocs_arena *arena;     /* of the caller */
    ocs_pair_table table; /* cleared for a second try */
    ocs_pairs *out;
    ocs_called with;
    bool full;             /* it was pairs that did not fit */
    ocs_pair_sieve *sieve; /* NULL unless they did not */
    bool sieving, stale;   /* it is being filled; the index is no longer that which filled it */
    uint32_t documents, units, cut;
} finder;

static ocs_status too_many(const finder *f, ocs_error *err)
{
    return ocs_fail(err, OCS_LIMIT,
                    "more pairs than fit into memory (%zu): ask for pairs of more documents, fewer "
                    "types, a smaller unit or fewer documents",
                    f->table.n_pairs);
}

/* ---- entities ---- */

/* Whether the index has the entity in fewer documents than a pair must have.  Rules for names give
 * mentions other keys than those of the index; then nobody knows. */
static ocs_status look_up_rare(finder *f, const ocs_mention *mention, bool *rare, ocs_error *err)
{
    ocs_buf term;
    uint32_t documents = 0;
    *rare = false;
    if (f->wanted->least <= 1 || ocs_index_aliases(f->index) ||
        mention->type == OCS_MENTION_DATE) /* most of which have no key in the index */
        return OCS_OK;
    ocs_buf_init(&term, TERM_CAP);
    ocs_term_key(&term, ocs_family_of_mention(mention->type), mention->key);
    ocs_status st = ocs_buf_status(&term);
    if (st == OCS_OK)
        st = xap_db_term_documents(ocs_index_db(f->index), ocs_buf_str(&term), &documents, err);
    ocs_buf_clear(&term);
    *rare = documents < f->wanted->least;
    return st;
}

static ocs_status entity_of(finder *f, const ocs_mention *mention, uint32_t *number, ocs_error *err)
{
    bool added = false;
    if (!ocs_pair_table_entity(&f->table, mention, number, &added))
        return too_many(f, err);
    return added ? look_up_rare(f, mention, &f->table.entities.at[*number].rare, err) : OCS_OK;
}

/* ---- pairs ---- */

static void add_date(ocs_met_pair *p, ocs_date date)
{
    if (date.year == 0)
        return;
    if (p->first.year == 0 || ocs_date_cmp(date, p->first) < 0)
        p->first = date;
    if (p->last.year == 0 || ocs_date_cmp(date, p->last) > 0)
        p->last = date;
}

static bool is_earlier(const ocs_document *document, const ocs_met_pair *p)
{
    ocs_date date = document->published.from;
    if (p->example == 0)
        return true;
    return date.year > 0 &&
           (p->published.from.year == 0 || ocs_date_cmp(date, p->published.from) < 0);
}

/* ---- a document ---- */

typedef struct page {
    const ocs_every *every;
    ocs_units units;
    OCS_VEC(item) items;
} page;

static ocs_span together(ocs_span a, ocs_span b)
{
    return (ocs_span){a.from < b.from ? a.from : b.from, a.to > b.to ? a.to : b.to};
}

/* While the sieve is filled nothing passes it. */
static bool passes(finder *f, uint32_t a, uint32_t b)
{
    if (!f->sieve)
        return true;
    uint64_t x = f->table.entities.at[a].hash, y = f->table.entities.at[b].hash;
    uint64_t hash = x < y ? ocs_hash_mix(x, y) : ocs_hash_mix(y, x);
    if (f->sieving)
        ocs_pair_sieve_add(f->sieve, hash);
    return !f->sieving && ocs_pair_sieve_passes(f->sieve, hash, f->wanted->least);
}

static bool add_pair(finder *f, const page *at, const item *x, const item *y)
{
    uint32_t a = x->entity < y->entity ? x->entity : y->entity;
    uint32_t b = x->entity < y->entity ? y->entity : x->entity;
    const ocs_document *document = at->every->document;
    if (!passes(f, a, b))
        return true;
    ocs_met_pair *p = ocs_pair_table_pair(&f->table, a, b);
    if (!p)
        return !(f->full = true);
    p->units++;
    if (p->met_in == f->documents)
        return true;
    if (is_earlier(document, p)) {
        ocs_span about = together(x->at, y->at), unit = at->units.at[x->unit];
        p->example = at->every->number;
        p->published = document->published;
        p->unit_from = (uint32_t)unit.from;
        p->unit_to = (uint32_t)unit.to;
        p->from = (uint32_t)about.from;
        p->to = (uint32_t)about.to;
    }
    p->met_in = f->documents;
    p->documents++;
    add_date(p, document->published.from);
    return true;
}

static bool may_pair(const finder *f, const item *x, const item *y)
{
    if (f->with.n == 0)
        return true;
    return f->table.entities.at[x->entity].called_in == f->documents ||
           f->table.entities.at[y->entity].called_in == f->documents;
}

/* Items [from, to) are of one unit; of each entity the first is taken. */
static bool pair_unit(finder *f, const page *at, size_t from, size_t to)
{
    const item *met[OCS_PAIRS_UNIT_MOST];
    size_t n = 0;
    f->units++;
    for (size_t i = from; i < to; i++) {
        const item *x = &at->items.at[i];
        ocs_met_entity *e = &f->table.entities.at[x->entity];
        if (e->unit == f->units)
            continue;
        e->unit = f->units;
        if (n == OCS_PAIRS_UNIT_MOST) {
            f->cut++;
            return true;
        }
        for (size_t k = 0; k < n; k++)
            if (may_pair(f, x, met[k]) && !add_pair(f, at, met[k], x))
                return false;
        met[n++] = x;
    }
    return true;
}

static bool pair_items(finder *f, const page *at)
{
    for (size_t from = 0, to; from < at->items.n; from = to) {
        for (to = from; to < at->items.n && at->items.at[to].unit == at->items.at[from].unit;)
            to++;
        if (!pair_unit(f, at, from, to))
            return false;
    }
    return true;
}

static bool is_called(const finder *f, const page *at, const ocs_mention *mention)
{
    const ocs_str names[] = {mention->name, ocs_mention_surface(at->every->document, mention)};
    return f->with.n > 0 && ocs_called_fits(&f->with, mention->key, names, 2, at->every->arena);
}

static ocs_status add_item(finder *f, page *at, const ocs_mention *mention, ocs_error *err)
{
    uint32_t number = 0;
    size_t unit = ocs_units_find(&at->units, mention->at.from);
    ocs_status st = entity_of(f, mention, &number, err);
    if (st != OCS_OK || unit >= at->units.n)
        return st;
    ocs_met_entity *e = &f->table.entities.at[number];
    if (is_called(f, at, mention))
        e->called_in = f->documents;
    if (e->met_in != f->documents)
        e->out.documents++;
    e->met_in = f->documents;
    if (e->rare)
        return OCS_OK;
    item *added = ocs_vec_push(at->every->arena, &at->items);
    if (!added)
        return ocs_fail(err, ocs_arena_status(at->every->arena), "no memory for a document");
    *added = (item){number, (uint32_t)unit, mention->at};
    return OCS_OK;
}

static ocs_status take_document(void *payload, const ocs_every *every, ocs_error *err)
{
    finder *f = payload;
    page at = {.every = every};
    const ocs_document *document = every->document;
    ocs_status st = OCS_OK;
    if (f->stale)
        return ocs_fail(err, OCS_MODIFIED, "the index changed while pairs were counted");
    f->documents++;
    if (!ocs_units_of(document, f->wanted->within, every->arena, &at.units))
        return ocs_fail(err, ocs_arena_status(every->arena), "no memory for a document");
    for (size_t i = 0; st == OCS_OK && i < document->n_mentions; i++) {
        const ocs_mention *mention = &document->mentions[i];
        if (ocs_mention_is_indexed(mention) && (f->wanted->types >> mention->type & 1U) != 0)
            st = add_item(f, &at, mention, err);
    }
    if (st == OCS_OK && !pair_items(f, &at))
        st = too_many(f, err);
    return st;
}

/* ---- going through ---- */

static void forget(void *payload)
{
    finder *f = payload;
    f->documents = f->units = f->cut = 0;
    ocs_pair_table_clear(&f->table);
}

/* ---- what is given back ---- */

/* A pair with its entities, for the order. */
typedef struct ranked {
    const ocs_met_pair *pair;
    uint32_t first, second; /* the more frequent entity first */
    const ocs_pairs_entity *a, *b;
} ranked;

static int by_key(const ocs_pairs_entity *x, const ocs_pairs_entity *y)
{
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return ocs_str_cmp(x->key, y->key);
}

static int by_documents(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->pair->documents != y->pair->documents)
        return x->pair->documents > y->pair->documents ? -1 : 1;
    if (x->pair->units != y->pair->units)
        return x->pair->units > y->pair->units ? -1 : 1;
    int order = by_key(x->a, y->a);
    return order != 0 ? order : by_key(x->b, y->b);
}

static ranked rank(const finder *f, const ocs_met_pair *p)
{
    const ocs_pairs_entity *a = &f->table.entities.at[p->a].out,
                           *b = &f->table.entities.at[p->b].out;
    bool turned = a->documents != b->documents ? a->documents < b->documents : by_key(a, b) > 0;
    return turned ? (ranked){p, p->b, p->a, b, a} : (ranked){p, p->a, p->b, a, b};
}

static ranked *choose(finder *f, size_t *n)
{
    ranked *list = ocs_arena_array(f->table.arena, f->table.n_pairs, sizeof *list);
    *n = 0;
    for (size_t i = 0; list && i < f->table.n_pairs; i++)
        if (ocs_pair_table_at(&f->table, i)->documents >= f->wanted->least)
            list[(*n)++] = rank(f, ocs_pair_table_at(&f->table, i));
    if (list && *n > 1)
        qsort(list, *n, sizeof *list, by_documents);
    return list;
}

/* Entity ${number} as it is numbered in the result, to which it is added; ${numbers} are by entity,
 * from 1. */
static bool give_entity(finder *f, uint32_t number, uint32_t *numbers, uint32_t *given)
{
    if (numbers[number] == 0) {
        ocs_pairs_entity *to = &f->out->entities[f->out->n_entities++];
        *to = f->table.entities.at[number].out;
        to->key = ocs_str_copy(f->arena, to->key);
        to->name = ocs_str_copy(f->arena, to->name);
        numbers[number] = (uint32_t)f->out->n_entities;
    }
    *given = numbers[number] - 1;
    return ocs_arena_status(f->arena) == OCS_OK;
}

static bool give_pairs(finder *f, const ranked *list, size_t n)
{
    uint32_t *numbers = ocs_arena_array(f->table.arena, f->table.entities.n, sizeof *numbers);
    size_t entities = 2 * n < f->table.entities.n ? 2 * n : f->table.entities.n;
    f->out->at = ocs_arena_array(f->arena, n, sizeof *f->out->at);
    f->out->entities = ocs_arena_array(f->arena, entities, sizeof *f->out->entities);
    if (!numbers || !f->out->at || !f->out->entities)
        return false;
    for (size_t i = 0; i < n; i++) {
        const ocs_met_pair *p = list[i].pair;
        ocs_pair *to = &f->out->at[i];
        *to = (ocs_pair){.documents = p->documents,
                         .units = p->units,
                         .first = p->first,
                         .last = p->last,
                         .published = p->published};
        if (!give_entity(f, list[i].first, numbers, &to->a) ||
            !give_entity(f, list[i].second, numbers, &to->b))
            return false;
    }
    f->out->n = n;
    return true;
}

/* Which example is read when: those of one document together, so that it is unpacked once. */
typedef struct reading {
    const ocs_met_pair *pair;
    ocs_pair *to;
} reading;

static int by_example(const void *a, const void *b)
{
    const reading *x = a, *y = b;
    if (x->pair->example != y->pair->example)
        return x->pair->example < y->pair->example ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static bool read_example(finder *f, const ocs_document *document, const reading *r)
{
    const ocs_met_pair *p = r->pair;
    ocs_span unit = {p->unit_from, p->unit_to}, about = {p->from, p->to};
    r->to->example = ocs_cite(document, unit, about);
    r->to->example.text = ocs_str_copy(f->arena, r->to->example.text);
    r->to->id = ocs_str_copy(f->arena, document->id);
    r->to->path = ocs_str_copy(f->arena, document->path);
    return ocs_arena_status(f->arena) == OCS_OK;
}

static ocs_status read_examples(finder *f, const reading *list, size_t n, ocs_error *err)
{
    ocs_document document;
    ocs_status st = OCS_OK;
    ocs_arena *arena = ocs_arena_new(DOCUMENT_MEMORY);
    if (!arena)
        return ocs_fail(err, OCS_NOMEM, "no memory for examples");
    for (size_t i = 0; st == OCS_OK && i < n; i++) {
        if (i == 0 || list[i].pair->example != list[i - 1].pair->example) {
            ocs_arena_clear(arena);
            st = ocs_index_document(f->index, list[i].pair->example, arena, &document, err);
        }
        if (st == OCS_OK && !read_example(f, &document, &list[i]))
            st = ocs_fail(err, ocs_arena_status(f->arena), "too many pairs: ask for fewer");
    }
    ocs_arena_free(arena);
    return st;
}

/* The part of the list that is wanted, with its examples. */
static ocs_status give(void *payload, ocs_error *err)
{
    finder *f = payload;
    size_t found, first = f->wanted->first, n;
    const ranked *list = choose(f, &found);
    if (!list)
        return too_many(f, err);
    *f->out = (ocs_pairs){.found = found, .documents = f->documents, .cut = f->cut};
    first = first < found ? first : found;
    n = found - first;
    if (f->wanted->most > 0 && n > f->wanted->most)
        n = f->wanted->most;
    reading *readings = ocs_arena_array(f->table.arena, n, sizeof *readings);
    if (!readings || !give_pairs(f, list + first, n))
        return ocs_fail(err, OCS_LIMIT, "too many pairs: ask for fewer");
    for (size_t i = 0; i < n; i++)
        readings[i] = (reading){list[first + i].pair, &f->out->at[i]};
    if (n > 1)
        qsort(readings, n, sizeof *readings, by_example);
    return read_examples(f, readings, n, err);
}

/* ---- the whole ---- */

/* The index moved on.  What was sieved is of another state; it is not the caller's fault, but rare
 * enough to let him try again. */
static void again(void *payload)
{
    finder *f = payload;
    forget(f);
    f->stale = f->sieve != NULL;
}

static ocs_status go(finder *f, ocs_error *err)
{
    const ocs_every_calls calls = {.each = take_document,
                                   .last = f->sieving ? NULL : give,
                                   .again = again,
                                   .payload = f,
                                   .once = !f->wanted->all_copies};
    forget(f);
    return ocs_every_match(f->index, f->wanted->query, &calls, err);
}

static ocs_status go_sieved(finder *f, ocs_error *err)
{
    if (!(f->sieve = ocs_pair_sieve_new(SIEVE_BITS)))
        return ocs_fail(err, OCS_NOMEM, "no memory to count pairs");
    f->full = false;
    f->sieving = true;
    ocs_status st = go(f, err);
    f->sieving = false;
    return st == OCS_OK ? go(f, err) : st;
}

ocs_status ocs_pairs_find(ocs_index *index, const ocs_pairs_wanted *wanted, ocs_arena *arena,
                          ocs_pairs *pairs, ocs_error *err)
{
    finder f = {.index = index, .wanted = wanted, .arena = arena, .out = pairs};
    ocs_status st;
    *pairs = (ocs_pairs){0};
    if (!(f.table.arena = ocs_arena_new(wanted->memory > 0 ? wanted->memory : OCS_PAIRS_MEMORY)) ||
        !ocs_called_read(arena, wanted->with, &f.with))
        st = ocs_fail(err, OCS_NOMEM, "no memory for pairs");
    else
        st = go(&f, err);
    if (st == OCS_LIMIT && f.full && wanted->least > 1)
        st = go_sieved(&f, err);
    ocs_pair_sieve_free(f.sieve);
    ocs_arena_free(f.table.arena);
    return st;
}
