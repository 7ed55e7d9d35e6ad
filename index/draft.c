/* Terms are found again by a hash table, so that only different ones are sorted.  Postings are then
 * dealt out to the terms in one pass; they come nearly sorted. */
#include "index/draft.h"

#include <stdlib.h>

enum {
    FIRST_SLOTS = 1024,
    YEARS_MAX = 200 /* of one range; a longer one is known by its ends */
};

static uint64_t head_of(ocs_str term)
{
    uint64_t head = 0;
    for (size_t i = 0; i < sizeof head; i++)
        head = head << 8 | (i < term.n ? (unsigned char)term.p[i] : 0);
    return head;
}

/* ---- taking terms ---- */

static void put_slot(ocs_draft *draft, uint32_t term)
{
    size_t i = draft->terms.at[term].hash & (draft->n_slots - 1);
    while (draft->slots[i] != 0)
        i = (i + 1) & (draft->n_slots - 1);
    draft->slots[i] = term + 1;
}

/* Room for one more term; false when the arena failed. */
static bool grow_slots(ocs_draft *draft)
{
    if (draft->terms.n * 2 < draft->n_slots)
        return true;
    size_t n = draft->n_slots ? draft->n_slots * 2 : FIRST_SLOTS;
    draft->slots = ocs_arena_array(draft->arena, n, sizeof *draft->slots);
    if (!draft->slots)
        return false;
    draft->n_slots = n;
    for (size_t i = 0; i < draft->terms.n; i++)
        put_slot(draft, (uint32_t)i);
    return true;
}

static ocs_draft_term *find_term(ocs_draft *draft, ocs_str term, uint64_t hash)
{
    for (size_t i = hash & (draft->n_slots - 1); draft->slots[i] != 0;
         i = (i + 1) & (draft->n_slots - 1)) {
        ocs_draft_term *known = &draft->terms.at[draft->slots[i] - 1];
        if (known->hash == hash && ocs_str_eq(known->term, term))
            return known;
    }
    return NULL;
}

static ocs_draft_term *add_term(ocs_draft *draft, ocs_str term, uint64_t hash)
{
    ocs_str copy = ocs_str_copy(draft->arena, term);
    ocs_draft_term *new = copy.p ? ocs_vec_push(draft->arena, &draft->terms) : NULL;
    if (!new)
        return NULL;
    *new = (ocs_draft_term){.head = head_of(copy), .hash = hash, .term = copy};
    put_slot(draft, (uint32_t)(new - draft->terms.at));
    return new;
}

void ocs_draft_add(ocs_draft *draft, uint32_t position, uint32_t wdf)
{
    ocs_str spelled = ocs_buf_str(&draft->term);
    uint64_t hash = ocs_hash(spelled);
    if (ocs_buf_status(&draft->term) != OCS_OK || !grow_slots(draft))
        return;
    ocs_draft_term *term = find_term(draft, spelled, hash);
    if (!term && !(term = add_term(draft, spelled, hash)))
        return;
    term->wdf += wdf;
    ocs_buf_cut(&draft->term, 0); /* no reset: a failure must last */
    ocs_posting *posting =
        position != OCS_NOWHERE ? ocs_vec_push(draft->arena, &draft->postings) : NULL;
    if (posting)
        *posting = (ocs_posting){(uint32_t)(term - draft->terms.at), position};
}

/* ---- names ---- */

void ocs_draft_add_name_word(ocs_draft *draft, ocs_family family, const ocs_word *word,
                             uint32_t position)
{
    if (ocs_names_stopword(draft->names, word->fold))
        return;
    ocs_term_name(&draft->term, family, word->fold);
    ocs_draft_add(draft, position, 0);
    if (ocs_str_eq(word->fold, word->canonical))
        return;
    ocs_term_name(&draft->term, family, word->canonical);
    ocs_draft_add(draft, position, 0);
}

void ocs_draft_add_name(ocs_draft *draft, ocs_family family, ocs_str name, uint32_t position)
{
    ocs_words words;
    if (!ocs_words_of(draft->arena, name, &words))
        return;
    for (size_t i = 0; i < words.n; i++)
        ocs_draft_add_name_word(draft, family, &words.at[i], position);
}

/* ---- dates ---- */

typedef struct date_sink {
    ocs_draft *draft;
    bool published;
    uint32_t position;
} date_sink;

/* ${date} at ${precision} and at all coarser ones. */
static void add_date(const date_sink *sink, ocs_date date, ocs_precision precision)
{
    for (; precision > OCS_PRECISION_NONE; precision--) {
        ocs_term_date(&sink->draft->term, sink->published, date, precision);
        ocs_draft_add(sink->draft, sink->position, 0);
    }
}

static void add_days(const date_sink *sink, ocs_when when, long n)
{
    for (int i = 0; i < n; i++)
        add_date(sink, ocs_date_add_days(when.from, i), OCS_PRECISION_DAY);
}

static void add_months(const date_sink *sink, ocs_when when, long n)
{
    ocs_date month = when.from;
    for (long i = 0; i < n; i++) {
        add_date(sink, month, OCS_PRECISION_MONTH);
        month.year = (int16_t)(month.year + (month.month == 12));
        month.month = (uint8_t)(month.month % 12 + 1);
    }
}

static void add_years(const date_sink *sink, ocs_when when)
{
    bool all = when.to.year - when.from.year < YEARS_MAX;
    for (int year = when.from.year; all && year <= when.to.year; year++)
        add_date(sink, (ocs_date){.year = (int16_t)year}, OCS_PRECISION_YEAR);
    add_date(sink, when.from, OCS_PRECISION_YEAR);
    add_date(sink, when.to, OCS_PRECISION_YEAR);
}

static long month_number(ocs_date date)
{
    return date.year * 12L + date.month;
}

void ocs_draft_add_when(ocs_draft *draft, bool published, ocs_when when, uint32_t position)
{
    const date_sink sink = {draft, published, position};
    if (when.from.year == 0 || when.to.year == 0)
        return;
    ocs_precision from = ocs_date_precision(when.from), to = ocs_date_precision(when.to);
    ocs_precision unit = from < to ? from : to;
    if (unit == OCS_PRECISION_DAY) {
        long days = ocs_date_days(when.to) - ocs_date_days(when.from) + 1;
        if (days <= OCS_RANGE_DAYS) {
            add_days(&sink, when, days);
            return;
        }
    }
    if (unit >= OCS_PRECISION_MONTH) {
        long months = month_number(when.to) - month_number(when.from) + 1;
        if (months <= OCS_RANGE_DAYS) {
            add_months(&sink, when, months);
            return;
        }
    }
    add_years(&sink, when);
}

/* ---- the end ---- */

/* A term to be sorted, its head beside it. */
typedef struct ordered {
    uint64_t head;
    ocs_draft_term *term;
} ordered;

static inline bool is_before(const ordered *x, const ordered *y)
{
    return x->head != y->head ? x->head < y->head : ocs_str_cmp(x->term->term, y->term->term) < 0;
}

static void sort_few(ordered *at, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        ordered moved = at[i];
        size_t k = i;
        for (; k > 0 && is_before(&moved, &at[k - 1]); k--)
            at[k] = at[k - 1];
        at[k] = moved;
    }
}

/* By merging; ${spare} has room for half of them.  Each document's terms come through here: qsort,
 * which has to ask for each comparison, took twice the time. */
static void sort_ordered(ordered *at, size_t n, ordered *spare)
{
    enum { FEW = 12 };
    if (n <= FEW) {
        sort_few(at, n);
        return;
    }
    size_t half = n / 2;
    sort_ordered(at, half, spare);
    sort_ordered(at + half, n - half, spare);
    memcpy(spare, at, half * sizeof *at);
    for (size_t left = 0, right = half, to = 0; left < half; to++) {
        bool take_right = right < n && is_before(&at[right], &spare[left]);
        at[to] = take_right ? at[right++] : spare[left++];
    }
}

static int compare_position(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Sort ${n} positions, which mostly are, and drop doubles; returns how many are left. */
static uint32_t tidy(uint32_t *positions, uint32_t n)
{
    uint32_t kept = 0;
    bool sorted = true;
    for (uint32_t i = 1; i < n; i++)
        sorted &= positions[i - 1] <= positions[i];
    if (!sorted)
        qsort(positions, n, sizeof *positions, compare_position);
    for (uint32_t i = 0; i < n; i++)
        if (kept == 0 || positions[kept - 1] != positions[i])
            positions[kept++] = positions[i];
    return kept;
}

/* The terms of the draft in order, without positions; each learns its rank. */
static ocs_record_term *sort_terms(ocs_draft *draft)
{
    size_t n = draft->terms.n;
    ordered *order = ocs_arena_array(draft->arena, n + n / 2, sizeof *order);
    ocs_record_term *sorted = ocs_arena_array(draft->arena, n, sizeof *sorted);
    if (!order || !sorted)
        return NULL;
    for (size_t i = 0; i < n; i++)
        order[i] = (ordered){draft->terms.at[i].head, &draft->terms.at[i]};
    sort_ordered(order, n, order + n);
    for (size_t i = 0; i < n; i++) {
        ocs_draft_term *term = order[i].term;
        term->rank = (uint32_t)i;
        sorted[i] = (ocs_record_term){.term = term->term, .wdf = term->wdf};
    }
    return sorted;
}

/* Give each of the sorted ${terms} its positions, all of which stand in ${room}. */
static void deal_positions(const ocs_draft *draft, ocs_record_term *terms, uint32_t *room,
                           uint32_t **next)
{
    for (size_t i = 0; i < draft->postings.n; i++)
        terms[draft->terms.at[draft->postings.at[i].term].rank].n_positions++;
    for (size_t i = 0; i < draft->terms.n; i++) {
        terms[i].positions = next[i] = room;
        room += terms[i].n_positions;
    }
    for (size_t i = 0; i < draft->postings.n; i++)
        *next[draft->terms.at[draft->postings.at[i].term].rank]++ = draft->postings.at[i].position;
    for (size_t i = 0; i < draft->terms.n; i++)
        terms[i].n_positions = tidy(next[i] - terms[i].n_positions, terms[i].n_positions);
}

/* A word of a person's name comes from the full name, the surface and the key of one mention; the
 * places tell the mentions apart. */
static void count_people(ocs_draft *draft, ocs_record_term *terms)
{
    ocs_buf_reset(&draft->term);
    ocs_term_name(&draft->term, OCS_FAMILY_PERSON, (ocs_str){0});
    for (size_t i = 0; i < draft->terms.n; i++)
        if (ocs_str_starts(terms[i].term, ocs_buf_str(&draft->term)))
            terms[i].wdf = terms[i].n_positions;
}

bool ocs_draft_finish(ocs_draft *draft, ocs_record *record)
{
    if (ocs_arena_status(draft->arena) != OCS_OK)
        return false;
    ocs_record_term *terms = sort_terms(draft);
    uint32_t *room = ocs_arena_array(draft->arena, draft->postings.n, sizeof *room);
    uint32_t **next = ocs_arena_array(draft->arena, draft->terms.n, sizeof *next);
    if (!terms || !room || !next)
        return false;
    deal_positions(draft, terms, room, next);
    count_people(draft, terms);
    record->terms = terms;
    record->n_terms = draft->terms.n;
    return true;
}
