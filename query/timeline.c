/* Bars are found by their date in a hash table; events keep where they stand and no text, which is
 * fetched at the end for those given back only, document by document. */
#include "query/timeline.h"

#include "base/slots.h"
#include "query/every.h"

#include <stdlib.h>

static const size_t EVENT_MEMORY = (size_t)2 << 30; /* some twenty million events */

typedef struct bar {
    ocs_timeline_bar out;
    uint32_t met_in; /* the document, from 1 */
} bar;

typedef struct event {
    ocs_when when;
    xap_docid number;
    uint32_t mention;            /* in the document */
    uint32_t unit_from, unit_to; /* the sentence */
} event;

typedef struct finder {
    ocs_index *index;
    const ocs_timeline_wanted *wanted;
    ocs_arena *arena;      /* of the caller */
    ocs_arena *work_arena; /* cleared for a second try */
    ocs_timeline *out;
    OCS_VEC(bar) bars;
    OCS_VEC(event) events;
    ocs_slots slots; /* of bars by date */
    bar unknown;
    uint32_t documents, dated;
} finder;

static ocs_status too_many(ocs_error *err)
{
    return ocs_fail(err, OCS_LIMIT, "too many dates: ask for fewer documents or a shorter time");
}

/* ---- dates ---- */

ocs_date ocs_date_cut(ocs_date date, ocs_precision by)
{
    if (by < OCS_PRECISION_DAY)
        date.day = 0;
    if (by < OCS_PRECISION_MONTH)
        date.month = 0;
    return date;
}

ocs_date ocs_date_next_of(ocs_date date, ocs_precision by)
{
    if (by == OCS_PRECISION_DAY && date.day < ocs_month_days(date.year, date.month)) {
        date.day++;
        return date;
    }
    if (by == OCS_PRECISION_DAY)
        date.day = 1;
    if (by >= OCS_PRECISION_MONTH && date.month < 12) {
        date.month++;
        return date;
    }
    if (by >= OCS_PRECISION_MONTH)
        date.month = 1;
    if (date.year >= 9999)
        return (ocs_date){0};
    date.year++;
    return date;
}

static bool is_wanted(const finder *f, ocs_date date)
{
    const ocs_timeline_wanted *wanted = f->wanted;
    if (date.year == 0)
        return wanted->since.year == 0 && wanted->until.year == 0;
    if (wanted->since.year > 0 && ocs_date_cmp(date, wanted->since) < 0)
        return false;
    return wanted->until.year == 0 ||
           ocs_date_cmp(ocs_date_cut(date, ocs_date_precision(wanted->until)), wanted->until) <= 0;
}

/* ---- bars ---- */

static uint64_t hash_of(ocs_date date)
{
    return ocs_hash_mix((uint64_t)date.year, (uint64_t)date.month << 8 | date.day);
}

static uint64_t bar_hash(const void *payload, size_t i)
{
    return hash_of(((const finder *)payload)->bars.at[i].out.date);
}

/* NULL when the arena is full. */
static bar *bar_of(finder *f, ocs_date date)
{
    if (date.year == 0)
        return &f->unknown;
    if (!ocs_slots_grow(&f->slots, f->work_arena, f->bars.n, bar_hash, f))
        return NULL;
    size_t i = ocs_slots_first(&f->slots, hash_of(date));
    for (; f->slots.at[i] != 0; i = ocs_slots_next(&f->slots, i))
        if (ocs_date_equal(f->bars.at[f->slots.at[i] - 1].out.date, date))
            return &f->bars.at[f->slots.at[i] - 1];
    bar *added = ocs_vec_push(f->work_arena, &f->bars);
    if (!added)
        return NULL;
    *added = (bar){.out = {.date = date}};
    f->slots.at[i] = (uint32_t)f->bars.n;
    return added;
}

static bool count_date(finder *f, ocs_date date)
{
    bar *b = bar_of(f, ocs_date_cut(date, f->wanted->by));
    if (!b)
        return false;
    b->out.mentions++;
    b->out.documents += b->met_in != f->documents;
    b->met_in = f->documents;
    return true;
}

/* ---- a document ---- */

/* The date of a dateline or a label is the page's own. */
static bool is_own_date(const ocs_document *document, const ocs_mention *mention)
{
    ocs_span own = document->published_raw;
    return document->published_from != OCS_FROM_NOWHERE && mention->raw.from < own.to &&
           own.from < mention->raw.to &&
           ocs_date_equal(mention->when.from, document->published.from);
}

static bool add_event(finder *f, const ocs_every *every, ocs_units *units, uint32_t i)
{
    const ocs_mention *mention = &every->document->mentions[i];
    if (!f->wanted->events)
        return true;
    if (!units->at && !ocs_units_of(every->document, OCS_UNIT_SENTENCE, every->arena, units))
        return false;
    size_t unit = ocs_units_find(units, mention->at.from);
    ocs_span at = unit < units->n ? units->at[unit] : mention->at;
    event *added = ocs_vec_push(f->work_arena, &f->events);
    if (added)
        *added = (event){mention->when, every->number, i, (uint32_t)at.from, (uint32_t)at.to};
    return added != NULL;
}

static bool take_mentions(finder *f, const ocs_every *every, bool *dated)
{
    ocs_units units = {0};
    const ocs_document *document = every->document;
    for (uint32_t i = 0; i < document->n_mentions; i++) {
        const ocs_mention *mention = &document->mentions[i];
        if (mention->type != OCS_MENTION_DATE || !ocs_mention_is_indexed(mention) ||
            !is_wanted(f, mention->when.from) || is_own_date(document, mention))
            continue;
        *dated = true;
        if (!count_date(f, mention->when.from) || !add_event(f, every, &units, i))
            return false;
    }
    return true;
}

static bool take_published(finder *f, const ocs_document *document, bool *dated)
{
    if (!is_wanted(f, document->published.from))
        return true;
    *dated = document->published.from.year > 0;
    return count_date(f, document->published.from);
}

static ocs_status take_document(void *payload, const ocs_every *every, ocs_error *err)
{
    finder *f = payload;
    bool dated = false;
    f->documents++;
    bool room = f->wanted->published ? take_published(f, every->document, &dated)
                                     : take_mentions(f, every, &dated);
    f->dated += dated;
    return room ? OCS_OK : too_many(err);
}

/* ---- going through ---- */

static void forget(void *payload)
{
    finder *f = payload;
    memset(&f->bars, 0, sizeof f->bars);
    memset(&f->events, 0, sizeof f->events);
    memset(&f->unknown, 0, sizeof f->unknown);
    f->slots = (ocs_slots){0};
    f->documents = f->dated = 0;
    ocs_arena_clear(f->work_arena);
}

/* ---- what is given back ---- */

static int by_date(const void *a, const void *b)
{
    const ocs_timeline_bar *x = a, *y = b;
    return ocs_date_cmp(x->date, y->date);
}

static int by_when(const void *a, const void *b)
{
    const event *x = a, *y = b;
    if ((x->when.from.year == 0) != (y->when.from.year == 0))
        return x->when.from.year == 0 ? 1 : -1;
    int order = ocs_date_cmp(x->when.from, y->when.from);
    if (order == 0)
        order = ocs_date_cmp(x->when.to, y->when.to);
    if (order == 0)
        order = (x->number > y->number) - (x->number < y->number);
    return order != 0 ? order : (x->mention > y->mention) - (x->mention < y->mention);
}

static bool give_bars(finder *f)
{
    ocs_timeline_bar *bars = ocs_arena_array(f->arena, f->bars.n, sizeof *bars);
    for (size_t i = 0; bars && i < f->bars.n; i++)
        bars[i] = f->bars.at[i].out;
    if (bars && f->bars.n > 1)
        qsort(bars, f->bars.n, sizeof *bars, by_date);
    *f->out = (ocs_timeline){.bars = bars,
                             .n_bars = f->bars.n,
                             .unknown = f->unknown.out,
                             .found = f->events.n,
                             .documents = f->documents,
                             .dated = f->dated};
    return bars != NULL;
}

/* Which event is read when: those of one document together, so that it is unpacked once. */
typedef struct reading {
    const event *event;
    ocs_timeline_event *to;
} reading;

static int by_document(const void *a, const void *b)
{
    const reading *x = a, *y = b;
    if (x->event->number != y->event->number)
        return x->event->number < y->event->number ? -1 : 1;
    return (x->to > y->to) - (x->to < y->to);
}

static bool read_event(finder *f, const ocs_document *document, const reading *r)
{
    const ocs_mention *mention = &document->mentions[r->event->mention];
    ocs_cited sentence =
        ocs_cite(document, (ocs_span){r->event->unit_from, r->event->unit_to}, mention->at);
    sentence.text = ocs_str_copy(f->arena, sentence.text);
    *r->to = (ocs_timeline_event){
        .when = mention->when,
        .other = mention->other,
        .relative = mention->relative,
        .surface = ocs_str_copy(f->arena, ocs_mention_surface(document, mention)),
        .surface_raw = mention->raw,
        .surface_inexact = mention->inexact,
        .id = ocs_str_copy(f->arena, document->id),
        .path = ocs_str_copy(f->arena, document->path),
        .published = document->published,
        .sentence = sentence};
    return ocs_arena_status(f->arena) == OCS_OK;
}

static ocs_status read_events(finder *f, const reading *list, size_t n, ocs_error *err)
{
    ocs_document document;
    ocs_status st = OCS_OK;
    ocs_arena *arena = ocs_arena_new(EVENT_MEMORY);
    if (!arena)
        return ocs_fail(err, OCS_NOMEM, "no memory for sentences");
    for (size_t i = 0; st == OCS_OK && i < n; i++) {
        if (i == 0 || list[i].event->number != list[i - 1].event->number) {
            ocs_arena_clear(arena);
            st = ocs_index_document(f->index, list[i].event->number, arena, &document, err);
        }
        if (st == OCS_OK && list[i].event->mention >= document.n_mentions)
            st = OCS_NOTFOUND; /* another document by now */
        if (st == OCS_OK && !read_event(f, &document, &list[i]))
            st = too_many(err);
    }
    ocs_arena_free(arena);
    return st;
}

static ocs_status give(void *payload, ocs_error *err)
{
    finder *f = payload;
    size_t first = f->wanted->first < f->events.n ? f->wanted->first : f->events.n;
    size_t n = f->events.n - first;
    if (!give_bars(f))
        return too_many(err);
    if (f->wanted->most > 0 && n > f->wanted->most)
        n = f->wanted->most;
    reading *readings = ocs_arena_array(f->work_arena, n, sizeof *readings);
    f->out->events = ocs_arena_array(f->arena, n, sizeof *f->out->events);
    if (!readings || !f->out->events)
        return too_many(err);
    if (f->events.n > 1)
        qsort(f->events.at, f->events.n, sizeof *f->events.at, by_when);
    for (size_t i = 0; i < n; i++)
        readings[i] = (reading){&f->events.at[first + i], &f->out->events[i]};
    if (n > 1)
        qsort(readings, n, sizeof *readings, by_document);
    f->out->n_events = n;
    return read_events(f, readings, n, err);
}

ocs_status ocs_timeline_find(ocs_index *index, const ocs_timeline_wanted *wanted, ocs_arena *arena,
                             ocs_timeline *timeline, ocs_error *err)
{
    finder f = {.index = index, .wanted = wanted, .arena = arena, .out = timeline};
    const ocs_every_calls calls = {.each = take_document,
                                   .last = give,
                                   .again = forget,
                                   .payload = &f,
                                   .once = !wanted->all_copies};
    *timeline = (ocs_timeline){0};
    if (!(f.work_arena = ocs_arena_new(EVENT_MEMORY)))
        return ocs_fail(err, OCS_NOMEM, "no memory for dates");
    ocs_status st = ocs_every_match(index, wanted->query, &calls, err);
    ocs_arena_free(f.work_arena);
    return st;
}
