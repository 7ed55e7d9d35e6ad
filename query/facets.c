/* Which values are the most frequent is settled by their numbers alone; only what is listed, and
 * what is as frequent as the last that is, is looked up in the dictionary. */
#include "query/facets.h"

#include <stdio.h>
#include <stdlib.h>

static const struct facet_row {
    const char *name, *about;
} facets[OCS_FACET_COUNT] = {
#define X(name, text, letter, about) [OCS_COLUMN_##name] = {text, about},
    OCS_COLUMNS(X)
#undef X
        [OCS_FACET_YEAR] = {"year", "year of publication"},
    [OCS_FACET_MONTH] = {"month", "month of publication"},
};

const char *ocs_facet_name(int facet)
{
    return facets[facet].name;
}

const char *ocs_facet_about(int facet)
{
    return facets[facet].about;
}

int ocs_facet_find(ocs_str name)
{
    int i = 0;
    while (i < OCS_FACET_COUNT && !ocs_str_eq(name, ocs_str_of(facets[i].name)))
        i++;
    return i;
}

bool ocs_facet_of_time(int facet)
{
    return facet == OCS_FACET_YEAR || facet == OCS_FACET_MONTH || facet == OCS_COLUMN_ON_YEAR;
}

typedef struct chooser {
    const ocs_counts *counts;
    ocs_arena *arena;
    uint32_t most; /* 0: all */
    OCS_VEC(ocs_facet_value) values;
    OCS_VEC(uint32_t) ordinals; /* beside them */
    ocs_error *err;
} chooser;

static ocs_status full(chooser *c)
{
    return ocs_fail(c->err, ocs_arena_status(c->arena), "too many values to count");
}

/* ---- choosing ---- */

static ocs_status take_value(chooser *c, uint32_t ordinal, const ocs_column_thing *thing)
{
    ocs_facet_value *value = ocs_vec_push(c->arena, &c->values);
    uint32_t *beside = ocs_vec_push(c->arena, &c->ordinals);
    if (!value || !beside)
        return full(c);
    *beside = ordinal;
    *value = (ocs_facet_value){.key = ocs_str_copy(c->arena, thing->key),
                               .documents = c->counts->documents[ordinal]};
    return value->key.p ? OCS_OK : full(c);
}

static ocs_status take_above(chooser *c, uint32_t least)
{
    ocs_column_thing thing;
    for (uint32_t i = 0; i < c->counts->n_things; i++) {
        if (c->counts->documents[i] <= least)
            continue;
        ocs_status st = ocs_counts_thing(c->counts, i, &thing, c->err);
        if (st == OCS_OK)
            st = take_value(c, i, &thing);
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

/* Where the value with the greatest key stands among those from ${from} on. */
static size_t greatest_key(const chooser *c, size_t from)
{
    size_t greatest = from;
    for (size_t i = from + 1; i < c->values.n; i++)
        if (ocs_str_cmp(c->values.at[i].key, c->values.at[greatest].key) > 0)
            greatest = i;
    return greatest;
}

/* Of those that occur ${least} times the first by key, until there are enough. */
static ocs_status take_equals(chooser *c, uint32_t least)
{
    ocs_column_thing thing;
    size_t from = c->values.n, worst = from;
    for (uint32_t i = 0; least > 0 && i < c->counts->n_things && from < c->most; i++) {
        if (c->counts->documents[i] != least)
            continue;
        ocs_status st = ocs_counts_thing(c->counts, i, &thing, c->err);
        if (st != OCS_OK)
            return st;
        if (c->values.n < c->most) {
            st = take_value(c, i, &thing);
        } else if (ocs_str_cmp(thing.key, c->values.at[worst].key) < 0) {
            c->values.at[worst].key = ocs_str_copy(c->arena, thing.key);
            c->ordinals.at[worst] = i;
            st = c->values.at[worst].key.p ? OCS_OK : full(c);
        } else {
            continue;
        }
        if (st != OCS_OK)
            return st;
        if (c->values.n == c->most)
            worst = greatest_key(c, from);
    }
    return OCS_OK;
}

static ocs_status name_values(chooser *c)
{
    ocs_name_index index;
    ocs_column_thing thing;
    ocs_counted_names names;
    ocs_status st = ocs_name_index_make(c->counts, c->arena, &index, c->err);
    for (size_t i = 0; st == OCS_OK && i < c->values.n; i++) {
        uint32_t ordinal = c->ordinals.at[i];
        st = ocs_counts_thing(c->counts, ordinal, &thing, c->err);
        if (st == OCS_OK)
            st = ocs_counts_names(c->counts, &index, ordinal, &thing, c->arena, &names, c->err);
        if (st != OCS_OK)
            return st;
        c->values.at[i].name = names.at[0].text;
        for (size_t k = 0; k < names.n && c->values.at[i].country.n == 0; k++)
            c->values.at[i].country = names.at[k].country;
    }
    return st;
}

static int by_key(const void *a, const void *b)
{
    const ocs_facet_value *x = a, *y = b;
    return ocs_str_cmp(x->key, y->key);
}

static int by_documents(const void *a, const void *b)
{
    const ocs_facet_value *x = a, *y = b;
    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    return by_key(a, b);
}

/* Years of four digits and months sort by key. */
static ocs_status choose(chooser *c, ocs_facet *out)
{
    uint32_t least;
    ocs_status st = ocs_counts_least(c->counts, 1, c->most, c->arena, &least, c->err);
    if (st == OCS_OK)
        st = take_above(c, least);
    if (st == OCS_OK)
        st = take_equals(c, least);
    if (st == OCS_OK)
        st = name_values(c);
    if (st != OCS_OK)
        return st;
    out->at = c->values.at;
    out->n = c->values.n;
    for (uint32_t i = 0; i < c->counts->n_things; i++)
        out->distinct += c->counts->documents[i] > 0;
    if (out->n > 0)
        qsort(out->at, out->n, sizeof *out->at,
              ocs_facet_of_time(out->facet) ? by_key : by_documents);
    return OCS_OK;
}

/* ---- published dates ---- */

enum { YEARS = 10000, MONTHS = 13 }; /* month 0: only the year is known */

typedef struct calendar {
    ocs_column_dict dict; /* in the order of time */
    uint32_t *counts;
} calendar;

static bool list_date(calendar *c, uint32_t year, uint32_t month, uint32_t n)
{
    char text[16];
    uint32_t ordinal, name;
    int length = month > 0
                     ? snprintf(text, sizeof text, "%04u-%02u", (unsigned)year, (unsigned)month)
                     : snprintf(text, sizeof text, "%04u", (unsigned)year);
    const ocs_column_thing thing = {.key = {text, (size_t)length}, .name = {text, (size_t)length}};
    if (!ocs_column_dict_put(&c->dict, &thing, &ordinal, &name))
        return false;
    c->counts[ordinal] = n;
    return true;
}

/* Days of each month of each year; documents without a date are in none. */
static ocs_status count_months(ocs_index *index, const ocs_docset *matches, uint32_t *months,
                               ocs_error *err)
{
    ocs_columns *columns;
    ocs_date date;
    ocs_status st = OCS_OK;
    for (size_t part = 0; st == OCS_OK && part < matches->n_parts; part++) {
        st = ocs_index_columns(index, part, &columns, err);
        for (xap_docid id = 1; st == OCS_OK && (id = ocs_docset_next(matches, part, id)) > 0;
             id++) {
            st = ocs_columns_published(columns, id, &date, err);
            if (st == OCS_OK && date.year > 0 && date.year < YEARS && date.month < MONTHS)
                months[date.year * MONTHS + date.month]++;
        }
    }
    return st;
}

static ocs_status count_published(chooser *c, ocs_index *index, const ocs_docset *matches,
                                  ocs_facet *out)
{
    calendar by = {.dict = {.arena = c->arena}};
    uint32_t *months = ocs_arena_array(c->arena, (size_t)YEARS * MONTHS, sizeof *months);
    uint32_t *none = ocs_arena_array(c->arena, (size_t)YEARS * MONTHS, sizeof *none);
    by.counts = ocs_arena_array(c->arena, (size_t)YEARS * MONTHS, sizeof *by.counts);
    if (!months || !by.counts || !none)
        return full(c);
    ocs_status st = count_months(index, matches, months, c->err);
    for (uint32_t year = 1; st == OCS_OK && year < YEARS; year++) {
        uint32_t sum = 0;
        for (uint32_t month = 0; month < MONTHS; month++) {
            uint32_t n = months[year * MONTHS + month];
            sum += n;
            if (n > 0 && out->facet == OCS_FACET_MONTH && !list_date(&by, year, month, n))
                return full(c);
        }
        if (sum > 0 && out->facet == OCS_FACET_YEAR && !list_date(&by, year, 0, sum))
            return full(c);
    }
    const ocs_counts counts = {.dict = &by.dict,
                               .documents = by.counts,
                               .more = none,
                               .n_things = (uint32_t)by.dict.things.n};
    c->counts = &counts;
    return st == OCS_OK ? choose(c, out) : st;
}

/* ---- all ---- */

static ocs_status count_columns(ocs_index *index, const ocs_docset *matches,
                                const ocs_facet_wanted *wanted, size_t n, ocs_deadline deadline,
                                ocs_arena *arena, ocs_counts counts[OCS_COLUMN_COUNT],
                                ocs_error *err)
{
    ocs_column_family families[OCS_COLUMN_COUNT] = {0};
    size_t n_families = 0;
    bool taken[OCS_FACET_COUNT] = {false};
    for (size_t i = 0; i < n; i++) {
        if (wanted[i].facet < OCS_COLUMN_COUNT && !taken[wanted[i].facet])
            families[n_families++] = (ocs_column_family)wanted[i].facet;
        taken[wanted[i].facet] = true;
    }
    ocs_counts made[OCS_COLUMN_COUNT] = {{0}};
    const ocs_counting counting = {
        .index = index, .matches = matches, .deadline = deadline, .arena = arena};
    ocs_status st = ocs_counts_make(&counting, families, n_families, made, err);
    for (size_t i = 0; i < n_families; i++)
        counts[families[i]] = made[i];
    return st;
}

ocs_status ocs_facets_count(ocs_index *index, const ocs_docset *matches,
                            const ocs_facet_wanted *wanted, size_t n, ocs_deadline deadline,
                            ocs_arena *arena, ocs_facet *out, ocs_error *err)
{
    ocs_counts counts[OCS_COLUMN_COUNT] = {{0}};
    ocs_status st = count_columns(index, matches, wanted, n, deadline, arena, counts, err);
    for (size_t i = 0; st == OCS_OK && i < n; i++) {
        chooser c = {.arena = arena, .most = wanted[i].most, .err = err};
        out[i] = (ocs_facet){.facet = wanted[i].facet};
        if (wanted[i].facet >= OCS_COLUMN_COUNT) {
            st = count_published(&c, index, matches, &out[i]);
        } else {
            c.counts = &counts[wanted[i].facet];
            st = choose(&c, &out[i]);
        }
    }
    return st;
}
