/* The published date as the markup states it: meta elements, JSON-LD, time elements, classes that
 * mark dates.  The statement of highest trust wins, but for those in the text that are said to be
 * of an event or of a change; and a stamp in universal time is read by the site's own clock, where
 * another statement or the address shows what day it was there. */
#include "ingest/facts_reader.h"

enum {
    HINT_BYTES = 80,
    REFUSED_MAX = 40, /* dates of changes and events: a page of nothing else has no other */
    SIBLINGS = 2,
    MINUTES_A_DAY = 24 * 60,
    STAMPS_READ = 200 /* statements that are compared: a page of nothing but dates stays cheap */
};

/* ---- where a statement stands ---- */

static bool within(const ocs_blocks *blocks, uint32_t element, uint32_t ancestor)
{
    while (element > ancestor) /* an element comes after those that it is in */
        element = blocks->elements[element].parent;
    return element == ancestor;
}

/* The block that shows the text of an element; NULL: none does. */
static const ocs_block *block_of(const ocs_blocks *blocks, uint32_t element)
{
    const ocs_block *around = NULL;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        if (within(blocks, b->element, element))
            return b;
        if (b->element != 0 && within(blocks, element, b->element))
            around = b;
    }
    return around;
}

/* "When: 1 June", "Last updated 3 May": it is stated, but not as the day of publishing. */
static bool says_otherwise(facts_reader *r, const ocs_hint *h)
{
    const ocs_block *b = h->element != 0 ? block_of(r->blocks, h->element) : NULL;
    if (!b)
        return false;
    if (b->fact == OCS_FACT_EVENT_DATE)
        return true;
    ocs_str text = ocs_block_text(r->blocks, b);
    size_t digit = 0;
    while (digit < text.n && !ocs_ascii_digit(text.p[digit]))
        digit++;
    return ocs_facts_says_changed(r, ocs_facts_before(r, b, digit));
}

/* One of several dates side by side that are made alike: each is of a line of a list. */
static bool is_one_of_many(const facts_reader *r, const ocs_hint *h)
{
    const ocs_element *elements = r->blocks->elements, *mine = &elements[h->element];
    unsigned others = 0;
    for (size_t i = 0; i < r->blocks->n_hints && h->element != 0 && others < SIBLINGS; i++) {
        const ocs_hint *o = &r->blocks->hints[i];
        const ocs_element *e = &elements[o->element];
        others += o->about == OCS_HINT_DATE && o->element != 0 && o->element != h->element &&
                  e->parent == mine->parent && e->make == mine->make &&
                  !ocs_str_eq(o->value, h->value);
    }
    return others >= SIBLINGS;
}

/* ---- clocks ---- */

typedef struct stamp {
    ocs_date date;
    int minute; /* of the day */
    int offset; /* of its clock from universal time, in minutes */
} stamp;

/* ${n} digits at ${at} as a number; -1 when there are not so many. */
static int digits(ocs_str s, size_t at, size_t n)
{
    int value = 0;
    for (size_t i = at; i < at + n; i++) {
        if (i >= s.n || !ocs_ascii_digit(s.p[i]))
            return -1;
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

/* "Z", "+05:00", "-0500". */
static bool read_offset(ocs_str s, int *offset)
{
    *offset = 0;
    if (s.n > 0 && (s.p[0] == 'Z' || s.p[0] == 'z'))
        return true;
    if (s.n < 5 || (s.p[0] != '+' && s.p[0] != '-'))
        return false;
    int hours = digits(s, 1, 2), minutes = digits(s, s.p[3] == ':' ? 4 : 3, 2);
    *offset = (hours * 60 + minutes) * (s.p[0] == '-' ? -1 : 1);
    return hours >= 0 && minutes >= 0;
}

/* "2025-12-19T02:41:41.000+00:00"; false for what has no time or does not say of which clock. */
static bool read_stamp(ocs_str s, stamp *out)
{
    if (s.n < 20 || s.p[4] != '-' || s.p[7] != '-' || s.p[10] != 'T' || s.p[13] != ':')
        return false;
    int year = digits(s, 0, 4), month = digits(s, 5, 2), day = digits(s, 8, 2);
    int hour = digits(s, 11, 2), minute = digits(s, 14, 2);
    size_t at = 16;
    while (at < s.n && (s.p[at] == ':' || s.p[at] == '.' || ocs_ascii_digit(s.p[at])))
        at++;
    if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0)
        return false;
    out->date = (ocs_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    out->minute = hour * 60 + minute;
    return ocs_date_valid(out->date) && read_offset(ocs_str_sub(s, at, s.n), &out->offset);
}

static stamp to_universal(stamp s)
{
    int minute = s.minute - s.offset;
    int days = minute < 0 ? -1 : minute / MINUTES_A_DAY;
    return (stamp){ocs_date_add_days(s.date, days), minute - days * MINUTES_A_DAY, 0};
}

/* The same minute by another clock than the universal one. */
static bool same_moment(const ocs_hint *h, stamp universal, stamp *local)
{
    if (h->about != OCS_HINT_DATE || !read_stamp(h->value, local) || local->offset == 0)
        return false;
    stamp other = to_universal(*local);
    return ocs_date_equal(other.date, universal.date) && other.minute == universal.minute;
}

static bool next_to(ocs_date a, ocs_date b)
{
    return ocs_date_equal(ocs_date_add_days(a, 1), b) || ocs_date_equal(ocs_date_add_days(b, 1), a);
}

/* The statement by the site's own clock of the moment that ${best} states in universal time;
 * ${best} itself when there is none. */
static const ocs_hint *by_local_clock(const facts_reader *r, const ocs_hint *best, ocs_date *date)
{
    stamp universal, local;
    if (!read_stamp(best->value, &universal) || universal.offset != 0)
        return best;
    for (size_t i = 0; i < r->blocks->n_hints && i < STAMPS_READ; i++)
        if (same_moment(&r->blocks->hints[i], universal, &local)) {
            *date = local.date;
            return &r->blocks->hints[i];
        }
    return best;
}

/* "/2025/12/18/" of what is stamped early on the 19th, in universal time. */
static bool address_is_local(const facts_reader *r, const ocs_hint *best, ocs_date date)
{
    stamp universal;
    ocs_date address;
    return read_stamp(best->value, &universal) && universal.offset == 0 &&
           ocs_facts_url_day(r->doc->url, &address) && next_to(address, date);
}

/* ---- together ---- */

bool ocs_facts_date_from_markup(facts_reader *r)
{
    if (r->blocks->list)
        return false; /* its dates are those of its entries */
    const ocs_hint *best = NULL;
    ocs_date best_date = {0};
    unsigned refused = 0;
    for (size_t i = 0; i < r->blocks->n_hints && refused < REFUSED_MAX; i++) {
        const ocs_hint *h = &r->blocks->hints[i];
        ocs_date date;
        ocs_span at;
        if (h->about != OCS_HINT_DATE || h->trust == 0 || h->value.n > HINT_BYTES ||
            (best && h->trust <= best->trust) || !ocs_facts_read_day(r, h->value, &date, &at))
            continue;
        bool listed = is_one_of_many(r, h);
        r->dates_listed = r->dates_listed || listed;
        if (listed || says_otherwise(r, h)) {
            refused++;
            continue;
        }
        best = h;
        best_date = date;
    }
    if (!best)
        return false;
    best = by_local_clock(r, best, &best_date);
    if (address_is_local(r, best, best_date))
        return ocs_facts_date_from_url(r);
    ocs_facts_publish(r, best_date, OCS_FROM_MARKUP, best->raw, best->inexact);
    return true;
}
