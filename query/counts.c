/* One index with columns is counted by its own ordinals, and nothing is looked up.  Most entries
 * are one mention by the first name, and for these one number goes up.  The counts of several
 * indexes are added up by key, in a dictionary made for it, and so are those of documents that are
 * unpacked. */
#include "query/counts.h"

#include "index/column_facts.h"

#include <stdlib.h>

enum { PAGE_MEMORY = 512 * 1024 * 1024, LOOK_AT_CLOCK = 1024 };

static ocs_status full(const ocs_counting *counting, ocs_error *err)
{
    return ocs_fail(err, ocs_arena_status(counting->arena), "too many things to count");
}

static ocs_status late(ocs_error *err)
{
    return ocs_fail(err, OCS_TIMEOUT, "time ran out before all was counted");
}

static void widen(ocs_count_days *days, uint32_t day)
{
    if (day == 0)
        return;
    if (days->first == 0 || day < days->first)
        days->first = day;
    if (day > days->last)
        days->last = day;
}

/* ---- by the columns of one part ---- */

static ocs_status make_room(const ocs_counting *counting, ocs_counts *counts, ocs_error *err)
{
    counts->documents =
        ocs_arena_array(counting->arena, counts->n_things, sizeof *counts->documents);
    counts->more = ocs_arena_array(counting->arena, counts->n_things, sizeof *counts->more);
    counts->names = ocs_arena_array(counting->arena, counts->n_names, sizeof *counts->names);
    if (counting->days)
        counts->days = ocs_arena_array(counting->arena, counts->n_things, sizeof *counts->days);
    return ocs_arena_status(counting->arena) == OCS_OK ? OCS_OK : full(counting, err);
}

/* The entries of one document, by value, that they stay in registers.  False when they are
 * damaged. */
static bool add_entries(const ocs_counting *counting, ocs_column_entries entries, uint32_t day,
                        ocs_counts *counts)
{
    ocs_column_entry entry;
    uint32_t before = UINT32_MAX;
    while (ocs_column_next(&entries, &entry)) {
        if (entry.mentions == 0 && counting->mentioned_only)
            continue;
        bool again = entry.ordinal == before;
        counts->documents[entry.ordinal] += !again;
        if (again || entry.name > 0 || entry.mentions != 1) {
            counts->more[entry.ordinal] += (entry.name > 0 ? 0 : entry.mentions) - !again;
            if (entry.name > 0)
                counts->names[entry.name - 1] += entry.mentions;
        }
        if (counts->days && !again)
            widen(&counts->days[entry.ordinal], day);
        before = entry.ordinal;
    }
    return !entries.damaged;
}

static ocs_status add_document(const ocs_counting *counting, ocs_columns *columns, xap_docid id,
                               ocs_counts *counts, ocs_error *err)
{
    ocs_column_entries entries;
    ocs_date date = {0};
    ocs_status st = ocs_column_seek(counts->column, id, &entries, err);
    if (st == OCS_OK && counts->days)
        st = ocs_columns_published(columns, id, &date, err);
    if (st != OCS_OK)
        return st;
    if (add_entries(counting, entries, ocs_date_pack(date), counts))
        return OCS_OK;
    return ocs_fail(err, OCS_CORRUPT, "the columns of the index are damaged");
}

static ocs_status count_part(const ocs_counting *counting, size_t part, ocs_column_family family,
                             ocs_counts *counts, ocs_error *err)
{
    ocs_columns *columns;
    ocs_status st = ocs_index_columns(counting->index, part, &columns, err);
    if (st != OCS_OK)
        return st;
    counts->column = ocs_columns_of(columns, family);
    counts->n_things = ocs_column_things(counts->column);
    counts->n_names = ocs_column_names(counts->column);
    st = make_room(counting, counts, err);
    size_t seen = 0;
    for (xap_docid id = 1; st == OCS_OK; id++) {
        if (!(id = ocs_docset_next(counting->matches, part, id)))
            return OCS_OK;
        st = add_document(counting, columns, id, counts, err);
        if (st == OCS_OK && ++seen % LOOK_AT_CLOCK == 0 && ocs_deadline_passed(counting->deadline))
            st = late(err);
    }
    return st;
}

/* ---- added up by key ---- */

/* Counts that grow with their dictionary. */
typedef struct sum {
    const ocs_counting *counting;
    ocs_column_dict dict;
    OCS_VEC(uint32_t) documents;
    OCS_VEC(uint32_t) more;
    OCS_VEC(ocs_count_days) days;
    OCS_VEC(uint32_t) names;
} sum;

static bool stretch(sum *s)
{
    ocs_arena *arena = s->counting->arena;
    while (s->documents.n < s->dict.things.n) {
        const uint32_t *documents = ocs_vec_push(arena, &s->documents);
        const uint32_t *more = ocs_vec_push(arena, &s->more);
        const ocs_count_days *days = ocs_vec_push(arena, &s->days);
        if (!documents || !more || !days)
            return false;
    }
    while (s->names.n < s->dict.names.n) {
        const uint32_t *name = ocs_vec_push(arena, &s->names);
        if (!name)
            return false;
    }
    return true;
}

static void add_documents(sum *s, uint32_t ordinal, uint32_t n)
{
    s->documents.at[ordinal] += n;
    s->more.at[ordinal] -= n;
}

/* ${mentions} more of this thing under this name. */
static bool add_mentions(sum *s, const ocs_column_thing *thing, uint32_t mentions,
                         uint32_t *ordinal)
{
    uint32_t name;
    if (!ocs_column_dict_put(&s->dict, thing, ordinal, &name) || !stretch(s))
        return false;
    if (name == 0)
        s->more.at[*ordinal] += mentions;
    else
        s->names.at[name - 1] += mentions;
    return true;
}

static void give(sum *s, ocs_column_dict *dict, ocs_counts *counts)
{
    *dict = s->dict;
    *counts = (ocs_counts){.dict = dict,
                           .documents = s->documents.at,
                           .more = s->more.at,
                           .days = s->counting->days ? s->days.at : NULL,
                           .names = s->names.at,
                           .n_things = (uint32_t)s->documents.n,
                           .n_names = (uint32_t)s->names.n};
}

/* ---- of several parts ---- */

static ocs_status add_things(sum *s, const ocs_counts *part, ocs_error *err)
{
    ocs_column_thing thing;
    uint32_t ordinal;
    for (uint32_t i = 0; i < part->n_things; i++) {
        if (part->documents[i] == 0)
            continue;
        ocs_status st = ocs_counts_thing(part, i, &thing, err);
        if (st != OCS_OK)
            return st;
        if (!add_mentions(s, &thing, ocs_counts_named(part, i), &ordinal))
            return full(s->counting, err);
        add_documents(s, ordinal, part->documents[i]);
        if (part->days) {
            widen(&s->days.at[ordinal], part->days[i].first);
            widen(&s->days.at[ordinal], part->days[i].last);
        }
    }
    return OCS_OK;
}

static ocs_status add_names(sum *s, const ocs_counts *part, ocs_error *err)
{
    ocs_column_thing whose, thing;
    uint32_t ordinal;
    for (uint32_t i = 0; i < part->n_names; i++) {
        if (part->names[i] == 0)
            continue;
        ocs_status st = ocs_column_name_at(part->column, i + 1, &ordinal, &thing, err);
        if (st == OCS_OK)
            st = ocs_column_thing_at(part->column, ordinal, &whose, err);
        if (st != OCS_OK)
            return st;
        thing.key = whose.key;
        if (!add_mentions(s, &thing, part->names[i], &ordinal))
            return full(s->counting, err);
    }
    return OCS_OK;
}

static ocs_status count_parts(const ocs_counting *counting, ocs_column_family family,
                              ocs_counts *counts, ocs_error *err)
{
    sum s = {.counting = counting, .dict = {.arena = counting->arena}};
    ocs_column_dict *dict = ocs_arena_alloc(counting->arena, sizeof *dict);
    ocs_status st = dict ? OCS_OK : full(counting, err);
    for (size_t i = 0; st == OCS_OK && i < counting->matches->n_parts; i++) {
        ocs_counts part = {0};
        st = count_part(counting, i, family, &part, err);
        if (st == OCS_OK)
            st = add_things(&s, &part, err);
        if (st == OCS_OK)
            st = add_names(&s, &part, err);
    }
    if (st == OCS_OK)
        give(&s, dict, counts);
    return st;
}

/* ---- of documents, one by one ---- */

typedef struct reading {
    const ocs_counting *counting;
    ocs_arena *page;
    sum *sums; /* by family */
} reading;

static bool add_fact(sum *s, const ocs_column_fact *fact, uint32_t day, uint32_t *before)
{
    uint32_t ordinal;
    if (fact->mentions == 0 && s->counting->mentioned_only)
        return true;
    if (!add_mentions(s, &fact->thing, fact->mentions, &ordinal))
        return false;
    if (ordinal == *before)
        return true;
    *before = ordinal;
    add_documents(s, ordinal, 1);
    widen(&s->days.at[ordinal], day);
    return true;
}

static ocs_status read_document(reading *r, xap_docid number, ocs_error *err)
{
    ocs_document document;
    ocs_column_facts facts;
    ocs_arena_clear(r->page);
    ocs_status st = ocs_index_document(r->counting->index, number, r->page, &document, err);
    if (st != OCS_OK)
        return st;
    if (!ocs_column_facts_of(&document, r->page, &facts))
        return ocs_fail(err, ocs_arena_status(r->page), "no memory for document %u", number);
    uint32_t before = UINT32_MAX;
    ocs_column_family family = OCS_COLUMN_COUNT;
    for (size_t i = 0; i < facts.n; i++) {
        if (facts.at[i].family != family)
            before = UINT32_MAX;
        family = facts.at[i].family;
        if (!add_fact(&r->sums[family], &facts.at[i], facts.published, &before))
            return full(r->counting, err);
    }
    return OCS_OK;
}

static ocs_status read_part(reading *r, size_t part, ocs_error *err)
{
    const ocs_docset *matches = r->counting->matches;
    ocs_status st = OCS_OK;
    for (xap_docid id = 1; st == OCS_OK && (id = ocs_docset_next(matches, part, id)); id++) {
        st = read_document(r, (xap_docid)((id - 1) * matches->n_parts + part + 1), err);
        if (st == OCS_OK && ocs_deadline_passed(r->counting->deadline))
            st = late(err);
    }
    return st;
}

static ocs_status read_documents(const ocs_counting *counting, const ocs_column_family *families,
                                 size_t n, ocs_counts *counts, ocs_error *err)
{
    sum sums[OCS_COLUMN_COUNT] = {{0}};
    reading r = {.counting = counting, .page = ocs_arena_new(PAGE_MEMORY), .sums = sums};
    ocs_column_dict *dicts = ocs_arena_array(counting->arena, n, sizeof *dicts);
    ocs_status st = OCS_OK;
    for (size_t i = 0; i < OCS_COLUMN_COUNT; i++)
        sums[i] = (sum){.counting = counting, .dict = {.arena = counting->arena}};
    if (!r.page || !dicts)
        st = ocs_fail(err, OCS_NOMEM, "no memory to count");
    for (size_t i = 0; st == OCS_OK && i < counting->matches->n_parts; i++)
        st = read_part(&r, i, err);
    for (size_t i = 0; st == OCS_OK && i < n; i++)
        give(&sums[families[i]], &dicts[i], &counts[i]);
    ocs_arena_free(r.page);
    return st;
}

/* ---- the choice ---- */

ocs_status ocs_counts_make(const ocs_counting *counting, const ocs_column_family *families,
                           size_t n, ocs_counts *counts, ocs_error *err)
{
    bool columns;
    memset(counts, 0, n * sizeof *counts);
    ocs_status st = ocs_index_columns_apply(counting->index, &columns, err);
    if (st != OCS_OK)
        return st;
    if (!columns)
        return read_documents(counting, families, n, counts, err);
    for (size_t i = 0; st == OCS_OK && i < n; i++)
        st = counting->matches->n_parts == 1 ? count_part(counting, 0, families[i], &counts[i], err)
                                             : count_parts(counting, families[i], &counts[i], err);
    return st;
}

/* ---- the greatest ---- */

/* Put ${count} into a heap with the least at its root, in the place of that. */
static void replace_least(uint32_t *heap, size_t n, uint32_t count)
{
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && heap[child + 1] < heap[child])
            child++;
        if (heap[child] >= count)
            break;
        heap[at] = heap[child];
    }
    heap[at] = count;
}

ocs_status ocs_counts_least(const ocs_counts *counts, size_t n, uint32_t most, ocs_arena *arena,
                            uint32_t *least, ocs_error *err)
{
    size_t all = 0;
    for (size_t i = 0; i < n; i++)
        all += counts[i].n_things;
    *least = 0;
    if (most == 0 || most >= all)
        return OCS_OK;
    uint32_t *heap = ocs_arena_array(arena, most, sizeof *heap);
    if (!heap)
        return ocs_fail(err, ocs_arena_status(arena), "too many things to count");
    for (size_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < counts[i].n_things; k++)
            if (counts[i].documents[k] > heap[0])
                replace_least(heap, most, counts[i].documents[k]);
    *least = heap[0];
    return OCS_OK;
}

/* ---- what was counted ---- */

ocs_status ocs_counts_thing(const ocs_counts *counts, uint32_t ordinal, ocs_column_thing *thing,
                            ocs_error *err)
{
    if (!counts->dict)
        return ocs_column_thing_at(counts->column, ordinal, thing, err);
    *thing = counts->dict->things.at[ordinal].thing;
    return OCS_OK;
}

static ocs_status name_at(const ocs_counts *counts, uint32_t name, uint32_t *ordinal,
                          ocs_column_thing *thing, ocs_error *err)
{
    if (!counts->dict)
        return ocs_column_name_at(counts->column, name, ordinal, thing, err);
    const ocs_column_name *found = &counts->dict->names.at[name - 1];
    *ordinal = found->ordinal;
    *thing = (ocs_column_thing){.name = found->name, .country = found->country};
    return OCS_OK;
}

ocs_status ocs_name_index_make(const ocs_counts *counts, ocs_arena *arena, ocs_name_index *names,
                               ocs_error *err)
{
    ocs_column_thing thing;
    uint32_t ordinal;
    *names = (ocs_name_index){0};
    if (counts->n_names == 0)
        return OCS_OK;
    names->heads = ocs_arena_array(arena, counts->n_things, sizeof *names->heads);
    names->next = ocs_arena_array(arena, counts->n_names, sizeof *names->next);
    if (!names->heads || !names->next)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for names");
    for (uint32_t i = 1; i <= counts->n_names; i++) {
        if (counts->names[i - 1] == 0)
            continue;
        ocs_status st = name_at(counts, i, &ordinal, &thing, err);
        if (st != OCS_OK)
            return st;
        if (ordinal >= counts->n_things)
            return ocs_fail(err, OCS_CORRUPT, "the index is damaged: a name is nobody's");
        names->next[i - 1] = names->heads[ordinal];
        names->heads[ordinal] = i;
    }
    return OCS_OK;
}

static int by_mentions(const void *a, const void *b)
{
    const ocs_counted_name *x = a, *y = b;
    if (x->mentions != y->mentions)
        return x->mentions > y->mentions ? -1 : 1;
    return ocs_str_cmp(x->text, y->text);
}

/* The same name may be listed with several countries: its mentions are one's, the country that of
 * the first who has any. */
static bool add_name(ocs_arena *arena, ocs_counted_names *names, const ocs_column_thing *thing,
                     uint32_t mentions)
{
    for (size_t i = 0; i < names->n; i++) {
        if (!ocs_str_eq(names->at[i].text, thing->name))
            continue;
        names->at[i].mentions += mentions;
        if (names->at[i].country.n == 0)
            names->at[i].country = ocs_str_copy(arena, thing->country);
        return ocs_arena_status(arena) == OCS_OK;
    }
    names->at[names->n++] = (ocs_counted_name){ocs_str_copy(arena, thing->name),
                                               ocs_str_copy(arena, thing->country), mentions};
    return ocs_arena_status(arena) == OCS_OK;
}

static size_t count_names(const ocs_name_index *index, uint32_t ordinal)
{
    size_t n = 0;
    for (uint32_t i = index->heads ? index->heads[ordinal] : 0; i > 0; i = index->next[i - 1])
        n++;
    return n;
}

ocs_status ocs_counts_names(const ocs_counts *counts, const ocs_name_index *index, uint32_t ordinal,
                            const ocs_column_thing *thing, ocs_arena *arena,
                            ocs_counted_names *names, ocs_error *err)
{
    ocs_column_thing other;
    uint32_t whose, named = ocs_counts_named(counts, ordinal);
    size_t n = count_names(index, ordinal);
    *names = (ocs_counted_names){.at = ocs_arena_array(arena, n + 1, sizeof *names->at)};
    bool room = names->at != NULL;
    if (room && (named > 0 || n == 0))
        room = add_name(arena, names, thing, named);
    for (uint32_t i = n > 0 ? index->heads[ordinal] : 0; room && i > 0; i = index->next[i - 1]) {
        ocs_status st = name_at(counts, i, &whose, &other, err);
        if (st != OCS_OK)
            return st;
        room = add_name(arena, names, &other, counts->names[i - 1]);
    }
    if (!room)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for names");
    qsort(names->at, names->n, sizeof *names->at, by_mentions);
    return OCS_OK;
}
