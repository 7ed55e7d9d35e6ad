/* The published date, from where it is most to be trusted: a label with a value, the markup, the
 * dateline, a line under the title, the address, what stands beside the title, the lead, the title
 * itself. */
#include "ingest/facts_reader.h"

enum {
    DATELINE_BLOCKS = 4,
    DATE_LINE_WORDS = 9,
    DATE_HINT_BYTES = 80,
    HINTS_READ = 64, /* to see whether another one states the same date */
    BYLINE_WORDS = 16,
    BYLINES_AFTER = 8, /* blocks behind the title in which its date is looked for */
    BYLINES_BEFORE = 3,
    FRAME_BLOCKS = 60,
    LABEL_WORDS = 3
};

void ocs_facts_publish(facts_reader *r, ocs_date date, ocs_date_from from, ocs_span raw,
                       bool inexact)
{
    r->doc->published = (ocs_when){date, date};
    r->doc->published_from = from;
    r->doc->published_raw = raw;
    r->doc->published_inexact = inexact;
}

/* The first date with a year in ${value}; ${other} is its second reading, year 0 when it has one
 * only: "10/05/2020". */
static bool read_both(facts_reader *r, ocs_str value, ocs_date *date, ocs_date *other, ocs_span *at)
{
    ocs_tokens tokens;
    ocs_text_dates dates;
    if (!ocs_tokenize(r->arena, value, &tokens) ||
        !ocs_dates_find(r->gaz, value, tokens, r->arena, &dates))
        return false;
    for (size_t i = 0; i < dates.n; i++) {
        const ocs_text_date *d = &dates.at[i];
        if (d->when.from.year == 0)
            continue;
        *date = d->when.from;
        *other = d->other.from;
        *at = (ocs_span){tokens.at[d->from].at.from, tokens.at[d->to - 1].at.to};
        return true;
    }
    return false;
}

/* Whether ${value} starts with the English name of the day of the week that ${date} is. */
static bool on_weekday(ocs_str value, ocs_date date)
{
    static const char *const days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return ocs_date_precision(date) == OCS_PRECISION_DAY &&
           ocs_str_eq_nocase(ocs_str_sub(value, 0, 3), ocs_str_of(days[ocs_date_weekday(date)]));
}

/* Whether the markup states ${date} in a form that has one reading only. */
static bool stated_elsewhere(facts_reader *r, ocs_date date)
{
    for (size_t i = 0; i < r->blocks->n_hints && i < HINTS_READ; i++) {
        const ocs_hint *h = &r->blocks->hints[i];
        ocs_date read, other;
        ocs_span at;
        if (h->about == OCS_HINT_DATE && h->value.n <= DATE_HINT_BYTES &&
            read_both(r, h->value, &read, &other, &at) && other.year == 0 &&
            ocs_date_equal(read, date))
            return true;
    }
    return false;
}

static bool american(const facts_reader *r)
{
    for (size_t i = 0; i < r->blocks->n_hints; i++) {
        const ocs_hint *h = &r->blocks->hints[i];
        if (h->about == OCS_HINT_LANG && (ocs_str_eq_nocase(h->value, OCS_STR("en-US")) ||
                                          ocs_str_eq_nocase(h->value, OCS_STR("en_US"))))
            return true;
    }
    return false;
}

bool ocs_facts_read_day(facts_reader *r, ocs_str value, ocs_date *date, ocs_span *at)
{
    ocs_date other;
    if (!read_both(r, value, date, &other, at))
        return false;
    if (other.year == 0 || on_weekday(value, *date))
        return true;
    if (on_weekday(value, other) ||
        (!stated_elsewhere(r, *date) && (stated_elsewhere(r, other) || american(r))))
        *date = other;
    return true;
}

static bool date_from_label(facts_reader *r)
{
    for (size_t i = 0; i < r->blocks->n && !r->blocks->list; i++) {
        const ocs_block *b = &r->blocks->at[i];
        size_t from;
        ocs_date date;
        ocs_span at;
        bool inexact;
        if (!ocs_facts_states(b, OCS_FACT_DATE) ||
            !ocs_facts_read_day(r, ocs_facts_value(r, b, &from), &date, &at))
            continue;
        ocs_span raw = ocs_facts_raw(r, b, from + at.from, from + at.to, &inexact);
        ocs_facts_publish(r, date, OCS_FROM_LABEL, raw, inexact);
        return true;
    }
    return false;
}

static bool kept_body(const ocs_block *b)
{
    return b->role == OCS_ROLE_BODY || b->role == OCS_ROLE_LEAD;
}

/* Places and date of the first dateline within the first paragraphs. */
static bool date_from_dateline(facts_reader *r, bool date_known)
{
    unsigned seen = 0;
    bool found = false;
    for (size_t i = 0; i < r->blocks->n && seen < DATELINE_BLOCKS && !r->blocks->list; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (!kept_body(b))
            continue;
        seen++;
        ocs_dateline line;
        ocs_str text = ocs_block_text(r->blocks, b);
        if (!ocs_dateline_read(r->gaz, text, r->arena, &line))
            continue;
        for (size_t k = 0; k < line.n_places; k++) {
            bool inexact;
            ocs_span at = line.places[k], raw = ocs_facts_raw(r, b, at.from, at.to, &inexact);
            ocs_facts_add_place(r, ocs_str_sub(text, at.from, at.to), raw, inexact);
        }
        if (line.date.month == 0)
            continue;
        bool inexact, own_line = line.end >= text.n && b->words <= DATE_LINE_WORDS;
        ocs_span raw = ocs_facts_raw(r, b, line.date_at.from, line.date_at.to, &inexact);
        if (!date_known)
            ocs_facts_publish(r, line.date, own_line ? OCS_FROM_LINE : OCS_FROM_DATELINE, raw,
                              inexact);
        found = true;
        if (!own_line)
            return true; /* else the body may have a dateline of its own, which is surer */
    }
    return found;
}

/* "to the Permanent Council, Vienna" right above the line with the date. */
static void place_at_end(facts_reader *r, const ocs_block *b)
{
    ocs_str text = ocs_block_text(r->blocks, b);
    size_t comma = text.n;
    while (comma > 0 && text.p[comma - 1] != ',')
        comma--;
    ocs_str name = ocs_str_trim(ocs_str_sub(text, comma, text.n));
    if (comma == 0 || !ocs_gaz_find(r->gaz, OCS_GAZ_PLACE, name))
        return;
    bool inexact;
    size_t from = (size_t)(name.p - text.p);
    ocs_span raw = ocs_facts_raw(r, b, from, from + name.n, &inexact);
    ocs_facts_add_place(r, name, raw, inexact);
}

/* A line under the title that holds a date and little else. */
static bool date_from_line(facts_reader *r)
{
    bool titled = false;
    const ocs_block *before = NULL;
    unsigned seen = 0;
    for (size_t i = 0; i < r->blocks->n && seen < 5; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (b->role == OCS_ROLE_TITLE || b->role == OCS_ROLE_KIND) {
            titled = true;
            continue;
        }
        if (!titled || !(kept_body(b) || b->role == OCS_ROLE_DATE))
            continue;
        seen++;
        ocs_date date;
        ocs_span at;
        ocs_str text = ocs_block_text(r->blocks, b);
        if (b->words > 6 || b->fact == OCS_FACT_EVENT_DATE ||
            !ocs_date_read(r->gaz, text, r->arena, &date, &at) || date.day == 0 ||
            (at.to - at.from) * 2 < text.n ||
            ocs_facts_says_changed(r, ocs_facts_before(r, b, at.from))) {
            before = b;
            continue;
        }
        bool inexact;
        ocs_span raw = ocs_facts_raw(r, b, at.from, at.to, &inexact);
        ocs_facts_publish(r, date, OCS_FROM_LINE, raw, inexact);
        if (before && !ocs_block_prose(before))
            place_at_end(r, before);
        return true;
    }
    return false;
}

enum { URL_YEAR_LOW = 1990, URL_YEAR_HIGH = 2099 };

/* A number of ${least} to ${most} digits at ${at}, which moves behind it; -1: there is none. */
static int number_at(ocs_str s, size_t *at, size_t least, size_t most)
{
    int value = 0;
    size_t n = 0;
    for (; n < most && *at < s.n && ocs_ascii_digit(s.p[*at]); n++)
        value = value * 10 + (s.p[(*at)++] - '0');
    return n < least ? -1 : value;
}

/* "2017/02/13", "2017-2-13", "20170213" at ${at}; a longer run of digits is a number of something
 * else. */
static bool url_day_at(ocs_str url, size_t at, ocs_date *date)
{
    if (at == 0 || ocs_ascii_digit(url.p[at - 1]))
        return false;
    int year = number_at(url, &at, 4, 4);
    char between = at < url.n && strchr("/-_.", url.p[at]) ? url.p[at] : '\0';
    size_t least = between ? 1 : 2;
    at += between != '\0';
    int month = number_at(url, &at, least, 2);
    if (between && (at >= url.n || url.p[at++] != between))
        return false;
    int day = number_at(url, &at, least, 2);
    if (year < URL_YEAR_LOW || year > URL_YEAR_HIGH || month < 1 || day < 1 ||
        (at < url.n && ocs_ascii_digit(url.p[at])))
        return false;
    *date = (ocs_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
    return ocs_date_valid(*date);
}

bool ocs_facts_url_day(ocs_str url, ocs_date *date)
{
    size_t scheme = ocs_str_find(url, OCS_STR("://"), 0);
    size_t from = ocs_str_find_char(url, '/', scheme < url.n ? scheme + 3 : 0);
    url = ocs_str_sub(url, 0, ocs_str_find_char(url, '?', 0));
    for (size_t at = from; at < url.n; at++)
        if (ocs_ascii_digit(url.p[at]) && url_day_at(url, at, date))
            return true;
    return false;
}

bool ocs_facts_date_from_url(facts_reader *r)
{
    ocs_date date;
    if (!ocs_facts_url_day(r->doc->url, &date))
        return false;
    ocs_facts_publish(r, date, OCS_FROM_URL, (ocs_span){0, 0}, true);
    return true;
}

/* The only day that ${text} names; false when it names none or several. */
static bool only_day(facts_reader *r, ocs_str text, ocs_date *date, ocs_span *at)
{
    ocs_tokens tokens;
    ocs_text_dates dates;
    bool found = false;
    if (!ocs_tokenize(r->arena, text, &tokens) ||
        !ocs_dates_find(r->gaz, text, tokens, r->arena, &dates))
        return false;
    for (size_t i = 0; i < dates.n; i++) {
        const ocs_text_date *d = &dates.at[i];
        if (d->relative || d->when.from.day == 0)
            continue;
        if (found && !ocs_date_equal(*date, d->when.from))
            return false;
        if (!ocs_date_equal(d->when.from, d->when.to))
            return false;
        if (!found)
            *at = (ocs_span){tokens.at[d->from].at.from, tokens.at[d->to - 1].at.to};
        *date = d->when.from;
        found = true;
    }
    return found;
}

bool ocs_facts_says_changed(facts_reader *r, ocs_str before)
{
    static const char *const stems[] = {
        "updat",    "modif",   "revis",      "review",     "aktual",  "geandert", "azurira",
        "izmijenj", "izmenj",  "perditesua", "mis a jour", "aggiorn", "actualiz", "guncelle",
        "обновл",   "изменен", "оновлен",    "змінен",     "ажурира"};
    ocs_str folded = ocs_fold(r->arena, before);
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (ocs_str_find(folded, ocs_str_of(stems[i]), 0) < folded.n)
            return true;
    return false;
}

/* "Published", "Posted on", "Date": before a date, in its block or in the one before. */
static bool says_published(facts_reader *r, ocs_str before)
{
    static const char *const stems[] = {"publi",      "posted", "date",  "datum", "objav",
                                        "veroffentl", "pubbli", "opubl", "yayin", "дата",
                                        "датум",      "опубл",  "објав"};
    ocs_str folded = ocs_fold(r->arena, before);
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (ocs_str_starts(folded, ocs_str_of(stems[i])))
            return true;
    return false;
}

ocs_str ocs_facts_before(const facts_reader *r, const ocs_block *b, size_t from)
{
    ocs_str own = ocs_str_trim(ocs_str_sub(ocs_block_text(r->blocks, b), 0, from));
    if (own.n > 0 || b == r->blocks->at || b[-1].words > LABEL_WORDS)
        return own;
    return ocs_block_text(r->blocks, b - 1);
}

static bool date_from_byline(facts_reader *r, const ocs_block *b)
{
    ocs_date date;
    ocs_span at;
    ocs_str text = ocs_block_text(r->blocks, b);
    bool aside = b->role == OCS_ROLE_RELATED || b->role == OCS_ROLE_ITEM;
    if (b->words > BYLINE_WORDS || b->fact == OCS_FACT_EVENT_DATE ||
        !only_day(r, text, &date, &at) || date.year == 0)
        return false;
    ocs_str before = ocs_facts_before(r, b, at.from);
    if (ocs_facts_says_changed(r, before) || (aside && !says_published(r, before)))
        return false;
    bool inexact;
    ocs_span raw = ocs_facts_raw(r, b, at.from, at.to, &inexact);
    ocs_facts_publish(r, date, OCS_FROM_LINE, raw, inexact);
    return true;
}

/* Where no heading says what the title is, that of the site stands above the page. */
static const ocs_block *main_heading(const ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n; i++)
        if (blocks->at[i].role == OCS_ROLE_TITLE)
            return &blocks->at[i];
    return NULL;
}

/* "by Jane Doe, 4 August 2025, 5 min read" close to the title of an HTML page, behind it or, as
 * blogs have it, above.  Menus in between do not count. */
static bool date_near_title(facts_reader *r)
{
    const ocs_block *shown = r->title ? r->title : main_heading(r->blocks);
    if (!r->blocks->html || !shown)
        return false;
    size_t title = (size_t)(shown - r->blocks->at), seen = 0;
    for (size_t i = title + 1; i < r->blocks->n && i <= title + FRAME_BLOCKS; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (date_from_byline(r, b))
            return true;
        bool frame = b->role == OCS_ROLE_MENU || b->role == OCS_ROLE_CHROME ||
                     b->role == OCS_ROLE_CONTACT || b->role == OCS_ROLE_RELATED;
        if (!frame && ++seen > BYLINES_AFTER)
            break;
    }
    for (size_t i = title; i-- > 0 && i + BYLINES_BEFORE >= title;)
        if (date_from_byline(r, &r->blocks->at[i]))
            return true;
    return false;
}

static bool is_news(const facts_reader *r)
{
    const ocs_gaz_thing *thing = ocs_gaz_by_key(r->gaz, OCS_GAZ_KIND, r->doc->kind.key);
    return thing && strcmp(ocs_gaz_cstr(r->gaz, thing->class_), "news") == 0;
}

/* News without a dateline: its lead says when, if it names exactly one day. */
static bool date_from_lead(facts_reader *r)
{
    if (!is_news(r))
        return false;
    for (size_t i = 0; i < r->blocks->n; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (!kept_body(b))
            continue;
        ocs_date date;
        ocs_span at;
        if (!only_day(r, ocs_block_text(r->blocks, b), &date, &at))
            return false;
        bool inexact;
        ocs_span raw = ocs_facts_raw(r, b, at.from, at.to, &inexact);
        ocs_facts_publish(r, date, OCS_FROM_LEAD, raw, inexact);
        return true;
    }
    return false;
}

static bool date_from_title(facts_reader *r)
{
    ocs_date date;
    ocs_span at;
    for (size_t i = 0; i < r->blocks->n; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (b->role != OCS_ROLE_TITLE || r->blocks->list)
            continue;
        bool event = ocs_str_eq(r->doc->kind.key, OCS_STR("event"));
        if (event || !only_day(r, ocs_block_text(r->blocks, b), &date, &at) || date.year == 0)
            return false;
        bool inexact;
        ocs_span raw = ocs_facts_raw(r, b, at.from, at.to, &inexact);
        ocs_facts_publish(r, date, OCS_FROM_TITLE, raw, inexact);
        return true;
    }
    return false;
}

void ocs_facts_read_stated_date(facts_reader *r)
{
    if (!ocs_facts_date_from_markup(r))
        ocs_facts_date_from_url(r);
}

void ocs_facts_read_date(facts_reader *r)
{
    bool known = date_from_label(r) || ocs_facts_date_from_markup(r);
    known = date_from_dateline(r, known) || known; /* its places are wanted in any case */
    if (known || r->blocks->list)
        return;
    if (r->dates_listed) {
        ocs_facts_date_from_url(r);
        return;
    }
    if (date_from_line(r) || ocs_facts_date_from_url(r) || date_near_title(r) ||
        date_from_lead(r) || date_from_title(r))
        return;
}
