/* The dictionaries are in memory, read from the database when the first document comes; they only
 * grow, and what a database has had of things it keeps until it is built anew.  Documents wait as
 * entries, sorted by number before they go to their blocks; of a document that came twice the last
 * counts. */
#include "index/column_writer.h"

#include "index/column_dict.h"
#include "index/column_store.h"

#include <stdlib.h>

enum { FACTS_MEMORY = 64 * 1024 * 1024, BLOCK_CAP = 256 * 1024 * 1024, KEY_CAP = 256 };
static const size_t dictionary_cap = (size_t)2 << 30;

/* A document that waits. */
typedef struct waiting {
    xap_docid id;
    uint32_t published;
    size_t order, from; /* its entries in .entries, family after family */
    uint32_t lengths[OCS_COLUMN_COUNT];
} waiting;

struct ocs_column_writer {
    ocs_column_sink sink;
    ocs_arena *arena;       /* of the dictionaries */
    ocs_arena *facts_arena; /* of the document at hand */
    ocs_column_dict dicts[OCS_COLUMN_COUNT];
    ocs_column_head saved; /* how much of the dictionaries the database has */
    bool loaded;
    waiting *waiting;
    size_t n, room;
    ocs_buf entries, block, key, value;
};

ocs_column_writer *ocs_column_writer_new(const ocs_column_sink *sink)
{
    ocs_column_writer *w = calloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->sink = *sink;
    w->arena = ocs_arena_new(dictionary_cap);
    w->facts_arena = ocs_arena_new(FACTS_MEMORY);
    for (size_t i = 0; i < OCS_COLUMN_COUNT; i++)
        w->dicts[i].arena = w->arena;
    ocs_buf_init(&w->entries, BLOCK_CAP);
    ocs_buf_init(&w->block, BLOCK_CAP);
    ocs_buf_init(&w->value, BLOCK_CAP);
    ocs_buf_init(&w->key, KEY_CAP);
    if (w->arena && w->facts_arena)
        return w;
    ocs_column_writer_free(w);
    return NULL;
}

void ocs_column_writer_free(ocs_column_writer *w)
{
    if (!w)
        return;
    ocs_arena_free(w->arena);
    ocs_arena_free(w->facts_arena);
    ocs_buf_clear(&w->entries);
    ocs_buf_clear(&w->block);
    ocs_buf_clear(&w->value);
    ocs_buf_clear(&w->key);
    free(w->waiting);
    free(w);
}

static ocs_status full(ocs_error *err)
{
    return ocs_fail(err, OCS_LIMIT, "no memory for the columns of the index");
}

static ocs_status damaged(ocs_error *err)
{
    return ocs_fail(err, OCS_CORRUPT, "the columns of the index are damaged");
}

/* ---- metadata ---- */

/* The block under .key into .block. */
static ocs_status get_block(ocs_column_writer *w, ocs_error *err)
{
    ocs_str value = {0};
    ocs_status st = w->sink.get(w->sink.payload, ocs_buf_str(&w->key), &value, err);
    ocs_buf_reset(&w->block);
    ocs_buf_put(&w->block, value);
    if (st != OCS_OK)
        return st;
    return ocs_buf_status(&w->block) == OCS_OK ? OCS_OK : full(err);
}

/* .value under .key. */
static ocs_status put_value(ocs_column_writer *w, ocs_error *err)
{
    if (ocs_buf_status(&w->value) != OCS_OK || ocs_buf_status(&w->key) != OCS_OK)
        return full(err);
    return w->sink.put(w->sink.payload, ocs_buf_str(&w->key), ocs_buf_str(&w->value), err);
}

static void set_key(ocs_column_writer *w, ocs_column_family family, ocs_column_part part,
                    size_t block)
{
    ocs_buf_reset(&w->key);
    ocs_column_key(&w->key, family, part, block);
}

/* ---- reading the dictionaries ---- */

static bool take_thing(ocs_column_dict *dict, ocs_str *rest)
{
    ocs_column_thing thing;
    if (!ocs_take_string(rest, &thing.key) || !ocs_take_string(rest, &thing.name) ||
        !ocs_take_string(rest, &thing.country))
        return false;
    if (thing.name.n == 0)
        thing.name = thing.key;
    return ocs_column_dict_append(dict, &thing);
}

static bool take_name(ocs_column_dict *dict, ocs_str *rest)
{
    uint64_t ordinal;
    ocs_column_thing thing = {0};
    if (!ocs_take_varint(rest, &ordinal) || ordinal >= dict->things.n ||
        !ocs_take_string(rest, &thing.name) || !ocs_take_string(rest, &thing.country))
        return false;
    return ocs_column_dict_append_name(dict, (uint32_t)ordinal, &thing);
}

static ocs_status load_part(ocs_column_writer *w, ocs_column_family family, ocs_column_part part,
                            size_t n, bool (*take)(ocs_column_dict *dict, ocs_str *rest),
                            ocs_error *err)
{
    ocs_str rest = {0};
    ocs_status st = OCS_OK;
    for (size_t i = 0; i < n; i++) {
        if (i % OCS_COLUMN_THINGS == 0) {
            set_key(w, family, part, i / OCS_COLUMN_THINGS);
            if ((st = get_block(w, err)) != OCS_OK)
                return st;
            rest = ocs_buf_str(&w->block);
        }
        if (!take(&w->dicts[family], &rest))
            return ocs_arena_status(w->arena) == OCS_OK ? damaged(err) : full(err);
    }
    return OCS_OK;
}

static ocs_status load(ocs_column_writer *w, ocs_error *err)
{
    ocs_str packed = {0};
    ocs_status st = w->sink.get(w->sink.payload, OCS_STR(OCS_COLUMN_HEAD), &packed, err);
    if (st != OCS_OK)
        return st;
    w->loaded = true;
    if (packed.n == 0)
        return OCS_OK;
    if (!ocs_column_head_unpack(packed, &w->saved))
        return damaged(err);
    for (int i = 0; st == OCS_OK && i < OCS_COLUMN_COUNT; i++) {
        ocs_column_family family = (ocs_column_family)i;
        st = load_part(w, family, OCS_COLUMN_KEYS, w->saved.things[i], take_thing, err);
        if (st == OCS_OK)
            st = load_part(w, family, OCS_COLUMN_NAMES, w->saved.names[i], take_name, err);
    }
    return st;
}

/* ---- documents ---- */

static waiting *wait(ocs_column_writer *w, xap_docid id)
{
    if (w->n == w->room) {
        size_t room = w->room > 0 ? 2 * w->room : OCS_COLUMN_DOCUMENTS;
        waiting *more = realloc(w->waiting, room * sizeof *more);
        if (!more)
            return NULL;
        w->waiting = more;
        w->room = room;
    }
    waiting *new = &w->waiting[w->n];
    *new = (waiting){.id = id, .order = w->n++, .from = w->entries.n};
    return new;
}

typedef struct numbered {
    uint32_t ordinal, name, mentions;
} numbered;

static int by_ordinal(const void *a, const void *b)
{
    const numbered *x = a, *y = b;
    if (x->ordinal != y->ordinal)
        return x->ordinal < y->ordinal ? -1 : 1;
    return (x->name > y->name) - (x->name < y->name);
}

/* ON_YEAR numbers itself. */
static bool number_fact(ocs_column_writer *w, const ocs_column_fact *fact, numbered *out)
{
    *out = (numbered){.mentions = fact->mentions};
    if (fact->family != OCS_COLUMN_ON_YEAR)
        return ocs_column_dict_put(&w->dicts[fact->family], &fact->thing, &out->ordinal,
                                   &out->name);
    for (size_t i = 0; i < fact->thing.key.n; i++)
        out->ordinal = out->ordinal * 10 + (uint32_t)(fact->thing.key.p[i] - '0');
    out->ordinal %= OCS_COLUMN_YEARS;
    return true;
}

/* Facts of one family, which stand together, as entries sorted by ordinal. */
static bool put_family(ocs_column_writer *w, const ocs_column_fact *facts, size_t n)
{
    uint32_t last = 0;
    numbered *numbers = ocs_arena_array(w->facts_arena, n, sizeof *numbers);
    for (size_t i = 0; numbers && i < n; i++)
        if (!number_fact(w, &facts[i], &numbers[i]))
            return false;
    if (!numbers)
        return false;
    qsort(numbers, n, sizeof *numbers, by_ordinal);
    for (size_t i = 0; i < n; i++)
        ocs_column_put_entry(&w->entries, &last, numbers[i].ordinal, numbers[i].name,
                             numbers[i].mentions);
    return true;
}

static bool put_facts(ocs_column_writer *w, const ocs_column_facts *facts, waiting *to)
{
    to->published = facts->published;
    for (size_t i = 0, end; i < facts->n; i = end) {
        size_t before = w->entries.n;
        ocs_column_family family = facts->at[i].family;
        for (end = i + 1; end < facts->n && facts->at[end].family == family;)
            end++;
        if (!put_family(w, &facts->at[i], end - i))
            return false;
        to->lengths[family] = (uint32_t)(w->entries.n - before);
    }
    return ocs_buf_status(&w->entries) == OCS_OK;
}

ocs_status ocs_column_writer_put(ocs_column_writer *w, xap_docid id, ocs_str packed, ocs_error *err)
{
    ocs_column_facts facts = {0};
    ocs_status st = w->loaded ? OCS_OK : load(w, err);
    if (st != OCS_OK)
        return st;
    waiting *document = wait(w, id);
    if (!document)
        return full(err);
    ocs_arena_clear(w->facts_arena);
    if (packed.n > 0 && !ocs_column_facts_unpack(packed, w->facts_arena, &facts))
        return ocs_fail(err, OCS_BUG, "what is to be counted of document %u is damaged", id);
    return put_facts(w, &facts, document) ? OCS_OK : full(err);
}

bool ocs_column_writer_full(xap_docid id)
{
    return ocs_column_place_of(id) == OCS_COLUMN_DOCUMENTS - 1;
}

/* ---- blocks ---- */

static int by_id(const void *a, const void *b)
{
    const waiting *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static ocs_str entries_of(const ocs_column_writer *w, const waiting *document, int family)
{
    size_t from = document->from;
    for (int i = 0; i < family; i++)
        from += document->lengths[i];
    return ocs_str_sub(ocs_buf_str(&w->entries), from, from + document->lengths[family]);
}

static ocs_status write_family(ocs_column_writer *w, const waiting *documents, size_t n, int family,
                               ocs_error *err)
{
    uint32_t starts[OCS_COLUMN_DOCUMENTS + 1];
    ocs_str entries[OCS_COLUMN_DOCUMENTS];
    set_key(w, (ocs_column_family)family, OCS_COLUMN_ENTRIES, ocs_column_block_of(documents->id));
    ocs_status st = get_block(w, err);
    if (st != OCS_OK)
        return st;
    ocs_str old = ocs_buf_str(&w->block);
    if (!ocs_column_block_index(old, starts))
        return damaged(err);
    for (size_t i = 0; i < OCS_COLUMN_DOCUMENTS; i++)
        entries[i] = ocs_str_sub(old, starts[i], starts[i + 1]);
    for (size_t i = 0; i < n; i++)
        entries[ocs_column_place_of(documents[i].id)] = entries_of(w, &documents[i], family);
    ocs_buf_reset(&w->value);
    ocs_column_block_pack(entries, OCS_COLUMN_DOCUMENTS, &w->value);
    return put_value(w, err);
}

static ocs_status write_published(ocs_column_writer *w, const waiting *documents, size_t n,
                                  ocs_error *err)
{
    enum { BYTES = OCS_COLUMN_DATE_BYTES };
    char dates[OCS_COLUMN_DOCUMENTS * BYTES] = {0};
    ocs_buf_reset(&w->key);
    ocs_column_published_key(&w->key, ocs_column_block_of(documents->id));
    ocs_status st = get_block(w, err);
    if (st != OCS_OK)
        return st;
    if (w->block.n > sizeof dates)
        return damaged(err);
    if (w->block.n > 0)
        memcpy(dates, w->block.p, w->block.n);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < BYTES; k++)
            dates[ocs_column_place_of(documents[i].id) * BYTES + k] =
                (char)(documents[i].published >> 8 * k);
    size_t used = sizeof dates;
    while (used > 0 && dates[used - 1] == 0)
        used--;
    ocs_buf_reset(&w->value);
    ocs_buf_put(&w->value, (ocs_str){dates, (used + BYTES - 1) / BYTES * BYTES});
    return put_value(w, err);
}

/* ${n} documents of one block. */
static ocs_status write_block(ocs_column_writer *w, const waiting *documents, size_t n,
                              ocs_error *err)
{
    ocs_status st = write_published(w, documents, n, err);
    for (int family = 0; st == OCS_OK && family < OCS_COLUMN_COUNT; family++)
        st = write_family(w, documents, n, family, err);
    return st;
}

ocs_status ocs_column_writer_flush(ocs_column_writer *w, ocs_error *err)
{
    ocs_status st = OCS_OK;
    if (w->n > 0)
        qsort(w->waiting, w->n, sizeof *w->waiting, by_id);
    for (size_t i = 0, end; st == OCS_OK && i < w->n; i = end) {
        size_t block = ocs_column_block_of(w->waiting[i].id);
        for (end = i + 1; end < w->n && ocs_column_block_of(w->waiting[end].id) == block;)
            end++;
        st = write_block(w, &w->waiting[i], end - i, err);
    }
    w->n = 0;
    ocs_buf_reset(&w->entries);
    return st;
}

/* ---- dictionaries ---- */

static void put_thing(const ocs_column_dict *dict, size_t i, ocs_buf *out)
{
    const ocs_column_thing *thing = &dict->things.at[i].thing;
    ocs_buf_put_string(out, thing->key);
    ocs_buf_put_string(out, ocs_str_eq(thing->name, thing->key) ? (ocs_str){0} : thing->name);
    ocs_buf_put_string(out, thing->country);
}

static void put_name(const ocs_column_dict *dict, size_t i, ocs_buf *out)
{
    const ocs_column_name *name = &dict->names.at[i];
    ocs_buf_put_varint(out, name->ordinal);
    ocs_buf_put_string(out, name->name);
    ocs_buf_put_string(out, name->country);
}

/* The blocks from the one that holds number ${saved} on. */
static ocs_status save_part(ocs_column_writer *w, ocs_column_family family, ocs_column_part part,
                            size_t saved, size_t n, ocs_error *err)
{
    enum { ROOM = OCS_COLUMN_THINGS };
    ocs_status st = OCS_OK;
    for (size_t block = saved / ROOM; st == OCS_OK && n > saved && block * ROOM < n; block++) {
        set_key(w, family, part, block);
        ocs_buf_reset(&w->value);
        for (size_t i = block * ROOM; i < n && i < (block + 1) * ROOM; i++)
            (part == OCS_COLUMN_KEYS ? put_thing : put_name)(&w->dicts[family], i, &w->value);
        st = put_value(w, err);
    }
    return st;
}

static ocs_status save_family(ocs_column_writer *w, ocs_column_family family, ocs_error *err)
{
    const ocs_column_dict *dict = &w->dicts[family];
    uint32_t *things = &w->saved.things[family], *names = &w->saved.names[family];
    ocs_status st = save_part(w, family, OCS_COLUMN_KEYS, *things, dict->things.n, err);
    if (st == OCS_OK)
        st = save_part(w, family, OCS_COLUMN_NAMES, *names, dict->names.n, err);
    *things = (uint32_t)dict->things.n;
    *names = (uint32_t)dict->names.n;
    return st;
}

ocs_status ocs_column_writer_finish(ocs_column_writer *w, ocs_error *err)
{
    ocs_str head = {0};
    ocs_status st = ocs_column_writer_flush(w, err);
    if (st == OCS_OK && !w->loaded) { /* no document changed: only a new index lacks its head */
        st = w->sink.get(w->sink.payload, OCS_STR(OCS_COLUMN_HEAD), &head, err);
        if (st != OCS_OK || head.n > 0)
            return st;
    }
    for (int i = 0; st == OCS_OK && i < OCS_COLUMN_COUNT; i++)
        st = save_family(w, (ocs_column_family)i, err);
    if (st != OCS_OK)
        return st;
    ocs_buf_reset(&w->key);
    ocs_buf_reset(&w->value);
    ocs_buf_puts(&w->key, OCS_COLUMN_HEAD);
    ocs_column_head_pack(&w->saved, &w->value);
    return put_value(w, err);
}
