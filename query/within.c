/* Two kinds of answer, each a function for every part.  Places: where a part stands, as spans of
 * word positions by their starts.  Units: in which sentences (or paragraphs) it holds, as ascending
 * numbers; a place counts for a unit when all of it lies there.  AND, OR and NOT are then the meet,
 * the join and the difference of two ascending lists, and the first empty meet ends the look-up. */
#include "query/within.h"

#include <stdlib.h>

typedef struct place {
    uint32_t from, to; /* positions of its first and last word */
} place;

typedef OCS_VEC(place) place_list;
typedef OCS_VEC(uint32_t) number_list;

/* One document being looked at. */
typedef struct reader {
    xap_db *shard;
    xap_docid id;
    ocs_bound unit;
    ocs_arena *arena;
    bool bounded; /* .starts is known */
    number_list starts;
    ocs_error *err;
} reader;

static ocs_status full(const reader *r)
{
    return ocs_fail(r->err, ocs_arena_status(r->arena),
                    "too many positions to look at in one document");
}

static ocs_status add_place(reader *r, place_list *list, place new)
{
    place *room = ocs_vec_push(r->arena, list);
    if (!room)
        return full(r);
    *room = new;
    return OCS_OK;
}

static ocs_status add_number(reader *r, number_list *list, uint32_t number)
{
    uint32_t *room = ocs_vec_push(r->arena, list);
    if (!room)
        return full(r);
    *room = number;
    return OCS_OK;
}

/* The positions of ${term}; none when it does not stand in the document. */
static ocs_status read_positions(reader *r, ocs_str term, uint32_t **at, size_t *n)
{
    *n = 0;
    ocs_status st = xap_db_positions(r->shard, r->id, term, r->arena, at, n, r->err);
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

/* ---- places ---- */

static ocs_status places_of(reader *r, const ocs_part *part, place_list *out);

static int compare_places(const void *a, const void *b)
{
    const place *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

/* By their starts, each once. */
static void put_in_order(place_list *list)
{
    size_t kept = 0;
    if (list->n > 1)
        qsort(list->at, list->n, sizeof *list->at, compare_places);
    for (size_t i = 0; i < list->n; i++)
        if (kept == 0 || compare_places(&list->at[kept - 1], &list->at[i]) != 0)
            list->at[kept++] = list->at[i];
    list->n = kept;
}

static ocs_status places_of_terms(reader *r, const ocs_part *part, place_list *out)
{
    ocs_status st = OCS_OK;
    size_t had = 0;
    for (size_t i = 0; st == OCS_OK && i < part->n_terms; i++) {
        uint32_t *at;
        size_t n;
        st = read_positions(r, part->terms[i], &at, &n);
        had += st == OCS_OK && n > 0;
        for (size_t k = 0; st == OCS_OK && k < n; k++)
            st = add_place(r, out, (place){at[k], at[k]});
    }
    if (had > 1)
        put_in_order(out);
    return st;
}

static ocs_status places_of_any(reader *r, const ocs_part *part, place_list *out)
{
    ocs_status st = OCS_OK;
    for (const ocs_part *child = part->children; st == OCS_OK && child; child = child->next) {
        place_list places = {0};
        st = places_of(r, child, &places);
        for (size_t i = 0; st == OCS_OK && i < places.n; i++)
            st = add_place(r, out, places.at[i]);
    }
    put_in_order(out);
    return st;
}

/* Keep of ${list} what the word at one of ${next} goes on, and make it longer by that. */
static void go_on(place_list *list, const place_list *next)
{
    size_t kept = 0;
    for (size_t i = 0, k = 0; i < list->n; i++) {
        place grown = {list->at[i].from, list->at[i].to + 1};
        while (k < next->n && next->at[k].from < grown.to)
            k++;
        if (k < next->n && next->at[k].from == grown.to)
            list->at[kept++] = grown;
    }
    list->n = kept;
}

static ocs_status places_of_phrase(reader *r, const ocs_part *part, place_list *out)
{
    const ocs_part *word = part->children;
    ocs_status st = places_of_terms(r, word, out);
    while (st == OCS_OK && out->n > 0 && (word = word->next) != NULL) {
        place_list next = {0};
        if ((st = places_of_terms(r, word, &next)) == OCS_OK)
            go_on(out, &next);
    }
    return st;
}

/* ---- places near each other ---- */

/* The places of each operand, and which of them are looked at. */
typedef struct window {
    place_list *lists;
    size_t *at;
    size_t n;
    uint32_t width;
} window;

static place chosen(const window *w, size_t i)
{
    return w->lists[i].at[w->at[i]];
}

/* From the first to the last word of the chosen places; true when they are near enough and no two
 * share a word. */
static bool near_enough(const window *w, place *all)
{
    uint32_t further = 0;
    *all = chosen(w, 0);
    for (size_t i = 0; i < w->n; i++) {
        place p = chosen(w, i);
        further += p.to - p.from;
        all->from = p.from < all->from ? p.from : all->from;
        all->to = p.to > all->to ? p.to : all->to;
        for (size_t k = 0; k < i; k++)
            if (p.from <= chosen(w, k).to && chosen(w, k).from <= p.to)
                return false;
    }
    return all->to - all->from + 1 - further <= w->width;
}

/* Move on the list whose chosen place starts first and whose next one starts first of those; false
 * when one has come to its end. */
static bool advance(window *w)
{
    size_t first = 0;
    for (size_t i = 1; i < w->n; i++)
        if (compare_places(&w->lists[i].at[w->at[i]], &w->lists[first].at[w->at[first]]) < 0)
            first = i;
    return ++w->at[first] < w->lists[first].n;
}

static ocs_status in_any_order(reader *r, window *w, place_list *out)
{
    ocs_status st = OCS_OK;
    do {
        place all;
        if (near_enough(w, &all))
            st = add_place(r, out, all);
    } while (st == OCS_OK && advance(w));
    put_in_order(out);
    return st;
}

/* Behind the first operand's place take of each next one the first behind the one before. */
static bool choose_in_order(window *w)
{
    for (size_t i = 1; i < w->n; i++) {
        while (w->at[i] < w->lists[i].n && chosen(w, i).from <= chosen(w, i - 1).to)
            w->at[i]++;
        if (w->at[i] == w->lists[i].n)
            return false;
    }
    return true;
}

static ocs_status in_order(reader *r, window *w, place_list *out)
{
    ocs_status st = OCS_OK;
    for (; st == OCS_OK && w->at[0] < w->lists[0].n && choose_in_order(w); w->at[0]++) {
        place all;
        if (near_enough(w, &all))
            st = add_place(r, out, all);
    }
    put_in_order(out);
    return st;
}

static size_t count_children(const ocs_part *part)
{
    size_t n = 0;
    for (const ocs_part *child = part->children; child; child = child->next)
        n++;
    return n;
}

static ocs_status places_of_near(reader *r, const ocs_part *part, place_list *out)
{
    window w = {.n = count_children(part), .width = part->window};
    size_t i = 0;
    w.lists = ocs_arena_array(r->arena, w.n, sizeof *w.lists);
    w.at = ocs_arena_array(r->arena, w.n, sizeof *w.at);
    if (!w.lists || !w.at)
        return full(r);
    for (const ocs_part *child = part->children; child; child = child->next, i++) {
        ocs_status st = places_of(r, child, &w.lists[i]);
        if (st != OCS_OK || w.lists[i].n == 0)
            return st;
    }
    return part->kind == OCS_PART_NEAR ? in_any_order(r, &w, out) : in_order(r, &w, out);
}

static ocs_status places_of(reader *r, const ocs_part *part, place_list *out)
{
    switch (part->kind) {
    case OCS_PART_TERMS:
        return places_of_terms(r, part, out);
    case OCS_PART_PHRASE:
        return places_of_phrase(r, part, out);
    case OCS_PART_NEAR:
    case OCS_PART_ADJ:
        return places_of_near(r, part, out);
    case OCS_PART_ANY:
        return places_of_any(r, part, out);
    case OCS_PART_ALL:
    case OCS_PART_NOT:
        break;
    }
    return ocs_fail(r->err, OCS_BUG, "a part of a query that has no place");
}

/* ---- units ---- */

static int compare_numbers(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static ocs_status add_starts(reader *r, ocs_str term)
{
    uint32_t *at;
    size_t n;
    ocs_status st = read_positions(r, term, &at, &n);
    for (size_t i = 0; st == OCS_OK && i < n; i++)
        st = add_number(r, &r->starts, at[i]);
    return st;
}

/* Where the units start; a document is one unit. */
static ocs_status read_starts(reader *r)
{
    ocs_status st = OCS_OK;
    if (r->bounded)
        return OCS_OK;
    r->bounded = true;
    if (r->unit == OCS_BOUND_DOCUMENT)
        return add_number(r, &r->starts, 0);
    st = add_starts(r, OCS_STR(OCS_TERM_PARAGRAPH));
    if (st == OCS_OK && r->unit == OCS_BOUND_SENTENCE)
        st = add_starts(r, OCS_STR(OCS_TERM_SENTENCE));
    if (r->starts.n > 1)
        qsort(r->starts.at, r->starts.n, sizeof *r->starts.at, compare_numbers);
    return st;
}

/* The numbers, from 0, of the units that hold one of ${places}. */
static ocs_status units_of_places(reader *r, const place_list *places, number_list *out)
{
    const number_list *starts = &r->starts;
    ocs_status st = read_starts(r);
    uint32_t unit = 0;
    for (size_t i = 0; st == OCS_OK && starts->n > 0 && i < places->n; i++) {
        place p = places->at[i];
        while (unit + 1 < starts->n && starts->at[unit + 1] <= p.from)
            unit++;
        bool inside =
            starts->at[unit] <= p.from && (unit + 1 == starts->n || p.to < starts->at[unit + 1]);
        if (inside && (out->n == 0 || out->at[out->n - 1] != unit))
            st = add_number(r, out, unit);
    }
    return st;
}

static ocs_status units_of(reader *r, const ocs_part *part, number_list *out);

/* Keep of ${list} what stands in ${other}, or what does not. */
static void sift(number_list *list, const number_list *other, bool keep)
{
    size_t kept = 0;
    for (size_t i = 0, k = 0; i < list->n; i++) {
        while (k < other->n && other->at[k] < list->at[i])
            k++;
        if ((k < other->n && other->at[k] == list->at[i]) == keep)
            list->at[kept++] = list->at[i];
    }
    list->n = kept;
}

/* What is asked for comes before what is not to be there. */
static ocs_status units_of_all(reader *r, const ocs_part *part, number_list *out)
{
    bool first = true;
    for (int forbidden = 0; forbidden < 2; forbidden++) {
        for (const ocs_part *child = part->children; child; child = child->next) {
            number_list units = {0};
            bool not = child->kind == OCS_PART_NOT;
            if (not != (forbidden > 0))
                continue;
            ocs_status st = units_of(r, not ? child->children : child, first ? out : &units);
            if (st != OCS_OK)
                return st;
            if (!first)
                sift(out, &units, !not );
            first = false;
            if (out->n == 0)
                return OCS_OK;
        }
    }
    return OCS_OK;
}

static ocs_status units_of_any(reader *r, const ocs_part *part, number_list *out)
{
    ocs_status st = OCS_OK;
    size_t kept = 0;
    for (const ocs_part *child = part->children; st == OCS_OK && child; child = child->next) {
        number_list units = {0};
        st = units_of(r, child, &units);
        for (size_t i = 0; st == OCS_OK && i < units.n; i++)
            st = add_number(r, out, units.at[i]);
    }
    if (out->n > 1)
        qsort(out->at, out->n, sizeof *out->at, compare_numbers);
    for (size_t i = 0; i < out->n; i++)
        if (kept == 0 || out->at[kept - 1] != out->at[i])
            out->at[kept++] = out->at[i];
    out->n = kept;
    return st;
}

/* The units in which ${part} holds; ${out} is empty before. */
static ocs_status units_of(reader *r, const ocs_part *part, number_list *out)
{
    place_list places = {0};
    if (part->kind == OCS_PART_ALL)
        return units_of_all(r, part, out);
    if (part->kind == OCS_PART_ANY)
        return units_of_any(r, part, out);
    ocs_status st = places_of(r, part, &places);
    return st == OCS_OK && places.n > 0 ? units_of_places(r, &places, out) : st;
}

ocs_status ocs_within_check(void *within, xap_db *shard, xap_docid id, bool *yes, ocs_error *err)
{
    const ocs_within *w = within;
    reader r = {.shard = shard, .id = id, .unit = w->unit, .arena = w->scratch, .err = err};
    number_list units = {0};
    ocs_arena_clear(w->scratch);
    ocs_status st = units_of(&r, w->part, &units);
    *yes = st == OCS_OK && units.n > 0;
    return st;
}
