/* The body is written first, so that facts can point into it; then each fact is read where it is
 * most to be trusted.  What a page does not say stays empty: no date is invented, and the day on
 * which the page was fetched or changed is never taken for its date. */
#include "ingest/facts.h"

#include "ingest/title.h"
#include "ingest/writer.h"

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

typedef struct reader {
    const ocs_gaz *gaz;
    const ocs_page *page;
    const ocs_blocks *blocks;
    ocs_arena *arena;
    ocs_document *doc;
    const ocs_block *title; /* that shows the title; NULL: none does */
    OCS_VEC(ocs_fact) places, sources, topics;
    OCS_VEC(ocs_item) items;
} reader;

/* ---- the body ---- */

static ocs_status write_body(reader *r, ocs_error *err)
{
    size_t total = 0, n = 0, hint = 0;
    for (size_t i = 0; i < r->blocks->n; i++)
        if (ocs_block_kept(r->blocks, &r->blocks->at[i]))
            total += r->blocks->at[i].at.to - r->blocks->at[i].at.from + 1;
    char *text = ocs_arena_alloc(r->arena, total + 1);
    ocs_origin_builder origin = {0};
    for (size_t i = 0; i < r->blocks->n && text; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (!ocs_block_kept(r->blocks, b))
            continue;
        size_t length = b->at.to - b->at.from + 1; /* with its line feed */
        memcpy(text + n, r->blocks->text.p + b->at.from, length);
        if (!ocs_origin_slice(r->arena, r->blocks->origin, b->at.from, b->at.to + 1, n, &origin,
                              &hint))
            break;
        n += length;
    }
    n -= n > 0; /* no line feed at the end */
    if (n > 0 && origin.runs.n > 0)
        origin.runs.n--; /* the line feed is a run of its own: the page does not hold it */
    if (ocs_arena_status(r->arena) != OCS_OK)
        return ocs_fail(err, ocs_arena_status(r->arena), "the page needs more memory than allowed");
    r->doc->text = (ocs_str){text, n};
    r->doc->origin = ocs_origin_of(&origin);
    return OCS_OK;
}

/* No block is content by its role. */
static bool is_bare(const ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n; i++)
        if (blocks->at[i].role == OCS_ROLE_BODY || blocks->at[i].role == OCS_ROLE_ITEM)
            return false;
    return true;
}

/* ---- single facts ---- */

/* The raw bytes of block text [from, to), counted from the block's start. */
static ocs_span raw_of(const reader *r, const ocs_block *b, size_t from, size_t to, bool *inexact)
{
    bool exact = true;
    ocs_span raw = {0, 0};
    if (to > from)
        raw = ocs_origin_raw(r->blocks->origin, (ocs_span){b->at.from + from, b->at.from + to},
                             &exact);
    *inexact = !exact;
    return raw;
}

static ocs_str value_of(const reader *r, const ocs_block *b, size_t *from)
{
    *from = b->value_from > 0 ? b->value_from : b->bullet;
    ocs_str text = ocs_block_text(r->blocks, b);
    while (*from < text.n && (text.p[*from] == '|' || text.p[*from] == ' '))
        ++*from; /* what a flattened table leaves between its cells */
    return ocs_str_sub(text, *from, text.n);
}

static bool has_value(const ocs_block *b, ocs_fact_kind fact)
{
    return b->fact == fact && (b->role == OCS_ROLE_VALUE || b->role == OCS_ROLE_BODY ||
                               (b->role == OCS_ROLE_LABEL && b->value_from > 0));
}

static bool same_key(const ocs_fact *facts, size_t n, ocs_str key)
{
    for (size_t i = 0; i < n; i++)
        if (ocs_str_eq(facts[i].key, key))
            return true;
    return false;
}

/* "(closed)", "(discontinued)": the state of an office, not its name. */
static ocs_str without_note(ocs_str text)
{
    static const char *const notes[] = {"(closed)", "(discontinued)"};
    for (size_t i = 0; i < 2; i++)
        if (ocs_str_ends(text, ocs_str_of(notes[i])))
            return ocs_str_trim(ocs_str_sub(text, 0, text.n - strlen(notes[i])));
    return text;
}

static void add_source(reader *r, ocs_str text, ocs_span raw, bool inexact)
{
    const ocs_gaz_thing *thing = ocs_gaz_find(r->gaz, OCS_GAZ_ORG, text);
    ocs_fact fact = {.value = text, .raw = raw, .inexact = inexact};
    fact.key = thing ? ocs_gaz_str(r->gaz, thing->key) : ocs_slug(r->arena, text);
    if (fact.key.n == 0 || same_key(r->sources.at, r->sources.n, fact.key))
        return;
    ocs_fact *slot = ocs_vec_push(r->arena, &r->sources);
    if (slot)
        *slot = fact;
}

static void add_topic(reader *r, ocs_str text, ocs_span raw, bool inexact)
{
    const ocs_gaz_thing *thing = ocs_gaz_find(r->gaz, OCS_GAZ_TOPIC, text);
    ocs_fact fact = {.value = text, .raw = raw, .inexact = inexact};
    fact.key = thing ? ocs_gaz_str(r->gaz, thing->key) : ocs_slug(r->arena, text);
    if (fact.key.n == 0 || same_key(r->topics.at, r->topics.n, fact.key))
        return;
    ocs_fact *slot = ocs_vec_push(r->arena, &r->topics);
    if (slot)
        *slot = fact;
}

static void add_place(reader *r, ocs_str text, ocs_span raw, bool inexact)
{
    ocs_fact fact = ocs_place_fact(r->gaz, text, r->arena);
    if (ocs_gaz_find(r->gaz, OCS_GAZ_ORG, text))
        return; /* "Location: OSCE Mission to Skopje" */
    if (fact.key.n == 0 || same_key(r->places.at, r->places.n, fact.key))
        return;
    fact.raw = raw;
    fact.inexact = inexact;
    ocs_fact *slot = ocs_vec_push(r->arena, &r->places);
    if (slot)
        *slot = fact;
}

/* A hall or hotel is no place to search for: of an event's address only what the tables know. */
static void add_known_place(reader *r, ocs_str text, ocs_span raw, bool inexact)
{
    if (ocs_gaz_find(r->gaz, OCS_GAZ_PLACE, text))
        add_place(r, text, raw, inexact);
}

/* Each piece of a value between ${separators}. */
static void read_list(reader *r, const ocs_block *b, const char *separators,
                      void (*add)(reader *, ocs_str, ocs_span, bool))
{
    size_t from, at = 0;
    ocs_str value = value_of(r, b, &from);
    while (at < value.n) {
        size_t end = at;
        while (end < value.n && !strchr(separators, value.p[end]))
            end++;
        ocs_str piece = without_note(ocs_str_trim(ocs_str_sub(value, at, end)));
        if (piece.n > 0) {
            size_t start = from + (size_t)(piece.p - value.p);
            bool inexact;
            ocs_span raw = raw_of(r, b, start, start + piece.n, &inexact);
            add(r, piece, raw, inexact);
        }
        at = end + 1;
    }
}

static void read_kind(reader *r)
{
    for (size_t i = 0; i < r->blocks->n; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (b->role != OCS_ROLE_KIND && !(has_value(b, OCS_FACT_KIND) && !r->blocks->list))
            continue;
        size_t from;
        ocs_str text = value_of(r, b, &from);
        const ocs_gaz_thing *thing = ocs_kind_in_line(r->gaz, text);
        if (!thing)
            continue;
        r->doc->kind.value = ocs_gaz_str(r->gaz, thing->name);
        r->doc->kind.key = ocs_gaz_str(r->gaz, thing->key);
        r->doc->kind.raw = raw_of(r, b, from, from + text.n, &r->doc->kind.inexact);
        return;
    }
}

static bool is_event_page(const reader *r)
{
    unsigned labels = 0;
    for (size_t i = 0; i < r->blocks->n; i++)
        labels += r->blocks->at[i].role == OCS_ROLE_LABEL &&
                  (r->blocks->at[i].fact == OCS_FACT_EVENT_DATE ||
                   r->blocks->at[i].fact == OCS_FACT_EVENT_PLACE);
    return labels >= 2;
}

/* Kinds that the title itself states. */
static void kind_from_title(reader *r)
{
    static const char *const starts[] = {"Spot report",
                                         "Spot Report",
                                         "Daily report",
                                         "Daily Report",
                                         "Weekly report",
                                         "Weekly Report",
                                         "Latest from OSCE Special Monitoring",
                                         "Latest from the OSCE Special Monitoring"};
    ocs_str title = r->doc->title.value;
    ocs_str name = {NULL, 0};
    for (size_t i = 0; i < sizeof starts / sizeof *starts && name.n == 0; i++)
        if (ocs_str_starts(title, ocs_str_of(starts[i])))
            name = i < 6 ? ocs_str_of(starts[i]) : OCS_STR("Daily report");
    if (name.n == 0 && ocs_str_find(title, OCS_STR("Daily Report "), 0) < title.n)
        name = OCS_STR("Daily report");
    const ocs_gaz_thing *thing = name.n ? ocs_gaz_find(r->gaz, OCS_GAZ_KIND, name) : NULL;
    if (!thing && is_event_page(r))
        thing = ocs_gaz_find(r->gaz, OCS_GAZ_KIND, OCS_STR("Event"));
    if (r->blocks->list)
        thing = ocs_gaz_find(r->gaz, OCS_GAZ_KIND, OCS_STR("List"));
    if (!thing || (r->doc->kind.value.n > 0 && !r->blocks->list))
        return;
    r->doc->kind = (ocs_fact){.value = ocs_gaz_str(r->gaz, thing->name),
                              .key = ocs_gaz_str(r->gaz, thing->key),
                              .raw = r->doc->title.raw,
                              .inexact = r->doc->title.inexact};
}

static const ocs_hint *best_hint(const ocs_blocks *blocks, int about)
{
    const ocs_hint *best = NULL;
    for (size_t i = 0; i < blocks->n_hints; i++)
        if ((int)blocks->hints[i].about == about && (!best || blocks->hints[i].trust > best->trust))
            best = &blocks->hints[i];
    return best;
}

/* The bytes of part ${at} of a hint's value, where the page has them as they are read. */
static ocs_span hint_part(const ocs_hint *hint, ocs_span at, bool *inexact)
{
    bool whole = at.to - at.from == hint->value.n;
    bool copied = !hint->inexact && hint->raw.to - hint->raw.from == hint->value.n;
    *inexact = hint->inexact || (!whole && !copied);
    if (whole || !copied)
        return hint->raw;
    return (ocs_span){hint->raw.from + at.from, hint->raw.from + at.to};
}

static void read_title(reader *r)
{
    ocs_title title;
    if (!ocs_title_choose(r->blocks, r->doc->url, r->arena, &title))
        return;
    ocs_fact *fact = &r->doc->title;
    fact->value = title.text;
    r->title = title.block;
    if (title.block)
        fact->raw = raw_of(r, title.block, title.at.from, title.at.to, &fact->inexact);
    else
        fact->raw = hint_part(title.hint, title.at, &fact->inexact);
}

/* ---- the published date ---- */

static void publish(reader *r, ocs_date date, ocs_date_from from, ocs_span raw, bool inexact)
{
    r->doc->published = (ocs_when){date, date};
    r->doc->published_from = from;
    r->doc->published_raw = raw;
    r->doc->published_inexact = inexact;
}

/* The first date with a year in ${value}; ${other} is its second reading, year 0 when it has one
 * only: "10/05/2020". */
static bool read_both(reader *r, ocs_str value, ocs_date *date, ocs_date *other, ocs_span *at)
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
static bool stated_elsewhere(reader *r, ocs_date date)
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

static bool american(const reader *r)
{
    for (size_t i = 0; i < r->blocks->n_hints; i++) {
        const ocs_hint *h = &r->blocks->hints[i];
        if (h->about == OCS_HINT_LANG && (ocs_str_eq_nocase(h->value, OCS_STR("en-US")) ||
                                          ocs_str_eq_nocase(h->value, OCS_STR("en_US"))))
            return true;
    }
    return false;
}

/* Like ocs_date_read, and where day and month could be either way round, what else the page states
 * decides: the day of the week, another date, the language.  Else the day comes first. */
static bool read_date(reader *r, ocs_str value, ocs_date *date, ocs_span *at)
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

static bool date_from_label(reader *r)
{
    for (size_t i = 0; i < r->blocks->n && !r->blocks->list; i++) {
        const ocs_block *b = &r->blocks->at[i];
        size_t from;
        ocs_date date;
        ocs_span at;
        bool inexact;
        if (!has_value(b, OCS_FACT_DATE) || !read_date(r, value_of(r, b, &from), &date, &at))
            continue;
        ocs_span raw = raw_of(r, b, from + at.from, from + at.to, &inexact);
        publish(r, date, OCS_FROM_LABEL, raw, inexact);
        return true;
    }
    return false;
}

static bool date_from_markup(reader *r)
{
    if (r->blocks->list)
        return false; /* its dates are those of its entries */
    const ocs_hint *best = NULL;
    ocs_date best_date = {0};
    for (size_t i = 0; i < r->blocks->n_hints; i++) {
        const ocs_hint *h = &r->blocks->hints[i];
        ocs_date date;
        ocs_span at;
        if (h->about != OCS_HINT_DATE || h->trust == 0 || h->value.n > DATE_HINT_BYTES ||
            (best && h->trust <= best->trust) || !read_date(r, h->value, &date, &at))
            continue;
        best = h;
        best_date = date;
    }
    if (best)
        publish(r, best_date, OCS_FROM_MARKUP, best->raw, best->inexact);
    return best != NULL;
}

static bool kept_body(const ocs_block *b)
{
    return b->role == OCS_ROLE_BODY || b->role == OCS_ROLE_LEAD;
}

/* Places and date of the first dateline within the first paragraphs. */
static bool date_from_dateline(reader *r, bool date_known)
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
            ocs_span at = line.places[k], raw = raw_of(r, b, at.from, at.to, &inexact);
            add_place(r, ocs_str_sub(text, at.from, at.to), raw, inexact);
        }
        if (line.date.month == 0)
            continue;
        bool inexact, own_line = line.end >= text.n && b->words <= DATE_LINE_WORDS;
        ocs_span raw = raw_of(r, b, line.date_at.from, line.date_at.to, &inexact);
        if (!date_known)
            publish(r, line.date, own_line ? OCS_FROM_LINE : OCS_FROM_DATELINE, raw, inexact);
        found = true;
        if (!own_line)
            return true; /* else the body may have a dateline of its own, which is surer */
    }
    return found;
}

/* "to the Permanent Council, Vienna" right above the line with the date. */
static void place_at_end(reader *r, const ocs_block *b)
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
    ocs_span raw = raw_of(r, b, from, from + name.n, &inexact);
    add_place(r, name, raw, inexact);
}

/* A line under the title that holds a date and little else. */
static bool date_from_line(reader *r)
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
            (at.to - at.from) * 2 < text.n) {
            before = b;
            continue;
        }
        bool inexact;
        ocs_span raw = raw_of(r, b, at.from, at.to, &inexact);
        publish(r, date, OCS_FROM_LINE, raw, inexact);
        if (before && !ocs_block_prose(before))
            place_at_end(r, before);
        return true;
    }
    return false;
}

static bool date_from_url(reader *r)
{
    ocs_date date;
    if (r->doc->url.n == 0 || !ocs_date_read(r->gaz, r->doc->url, r->arena, &date, NULL) ||
        date.day == 0)
        return false;
    publish(r, date, OCS_FROM_URL, (ocs_span){0, 0}, true);
    return true;
}

/* The only day that ${text} names; false when it names none or several. */
static bool only_day(reader *r, ocs_str text, ocs_date *date, ocs_span *at)
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

/* "Updated", "Last modified", "Reviewed on" before a date: it is not the day of publishing. */
static bool says_changed(reader *r, ocs_str before)
{
    static const char *const stems[] = {"updat", "modif", "revis", "review", "aktualis", "upravl"};
    ocs_str folded = ocs_fold(r->arena, before);
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (ocs_str_find(folded, ocs_str_of(stems[i]), 0) < folded.n)
            return true;
    return false;
}

/* "Published", "Posted on", "Date": before a date, in its block or in the one before. */
static bool says_published(reader *r, ocs_str before)
{
    static const char *const stems[] = {"publish", "posted",  "date",
                                        "datum",   "objavlj", "veroffentl"};
    ocs_str folded = ocs_fold(r->arena, before);
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        if (ocs_str_starts(folded, ocs_str_of(stems[i])))
            return true;
    return false;
}

/* The text right before a date: of its own block, or a short block above it. */
static ocs_str text_before(const reader *r, const ocs_block *b, size_t from)
{
    ocs_str own = ocs_str_trim(ocs_str_sub(ocs_block_text(r->blocks, b), 0, from));
    if (own.n > 0 || b == r->blocks->at || b[-1].words > LABEL_WORDS)
        return own;
    return ocs_block_text(r->blocks, b - 1);
}

static bool date_from_byline(reader *r, const ocs_block *b)
{
    ocs_date date;
    ocs_span at;
    ocs_str text = ocs_block_text(r->blocks, b);
    bool aside = b->role == OCS_ROLE_RELATED || b->role == OCS_ROLE_ITEM;
    if (b->words > BYLINE_WORDS || b->fact == OCS_FACT_EVENT_DATE ||
        !only_day(r, text, &date, &at) || date.year == 0)
        return false;
    ocs_str before = text_before(r, b, at.from);
    if (says_changed(r, before) || (aside && !says_published(r, before)))
        return false;
    bool inexact;
    ocs_span raw = raw_of(r, b, at.from, at.to, &inexact);
    publish(r, date, OCS_FROM_LINE, raw, inexact);
    return true;
}

/* "by Jane Doe, 4 August 2025, 5 min read" close to the title of an HTML page, behind it or, as
 * blogs have it, above.  Menus in between do not count. */
static bool date_near_title(reader *r)
{
    if (!r->blocks->html || !r->title)
        return false;
    size_t title = (size_t)(r->title - r->blocks->at), seen = 0;
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

static bool is_news(const reader *r)
{
    const ocs_gaz_thing *thing = ocs_gaz_by_key(r->gaz, OCS_GAZ_KIND, r->doc->kind.key);
    return thing && strcmp(ocs_gaz_cstr(r->gaz, thing->class_), "news") == 0;
}

/* News without a dateline: its lead says when, if it names exactly one day. */
static bool date_from_lead(reader *r)
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
        ocs_span raw = raw_of(r, b, at.from, at.to, &inexact);
        publish(r, date, OCS_FROM_LEAD, raw, inexact);
        return true;
    }
    return false;
}

static bool date_from_title(reader *r)
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
        ocs_span raw = raw_of(r, b, at.from, at.to, &inexact);
        publish(r, date, OCS_FROM_TITLE, raw, inexact);
        return true;
    }
    return false;
}

static void read_published(reader *r)
{
    bool known = date_from_label(r) || date_from_markup(r);
    known = date_from_dateline(r, known) || known; /* its places are wanted in any case */
    if (known || r->blocks->list)
        return;
    if (date_from_line(r) || date_from_url(r) || date_near_title(r) || date_from_lead(r) ||
        date_from_title(r))
        return;
}

/* ---- entries of a list page ---- */

static void add_item(reader *r, const ocs_block *b)
{
    ocs_item *item = ocs_vec_push(r->arena, &r->items);
    if (!item)
        return;
    bool inexact;
    item->title = ocs_block_text(r->blocks, b);
    item->raw = raw_of(r, b, 0, item->title.n, &inexact);
}

static void read_items(reader *r)
{
    for (size_t i = 0; i < r->blocks->n && r->blocks->list; i++) {
        const ocs_block *b = &r->blocks->at[i];
        size_t from;
        if (b->role == OCS_ROLE_ITEM && b->fact == OCS_FACT_TITLE)
            add_item(r, b);
        if (r->items.n == 0)
            continue;
        ocs_item *item = &r->items.at[r->items.n - 1];
        ocs_date date;
        if (has_value(b, OCS_FACT_DATE) &&
            ocs_date_read(r->gaz, value_of(r, b, &from), r->arena, &date, NULL))
            item->when = (ocs_when){date, date};
        if (has_value(b, OCS_FACT_KIND)) {
            const ocs_gaz_thing *kind = ocs_gaz_find(r->gaz, OCS_GAZ_KIND, value_of(r, b, &from));
            item->kind = kind ? ocs_gaz_str(r->gaz, kind->name) : value_of(r, b, &from);
        }
        if (b->role == OCS_ROLE_BODY && item->snippet.n == 0)
            item->snippet = ocs_block_text(r->blocks, b);
    }
}

/* ---- together ---- */

static void read_labelled(reader *r)
{
    for (size_t i = 0; i < r->blocks->n && !r->blocks->list; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (has_value(b, OCS_FACT_PLACE))
            read_list(r, b, "/,", add_place);
        else if (has_value(b, OCS_FACT_SOURCE))
            read_list(r, b, ",;", add_source);
        else if (has_value(b, OCS_FACT_EVENT_PLACE))
            read_list(r, b, "/,", add_known_place);
        else if (has_value(b, OCS_FACT_ORGANIZER))
            read_list(r, b, ",;", add_source);
        else if (has_value(b, OCS_FACT_TOPICS))
            read_list(r, b, ",;", add_topic);
    }
}

static void url_from_markup(reader *r)
{
    const ocs_hint *hint = best_hint(r->blocks, OCS_HINT_URL);
    if (r->doc->url.n == 0 && hint && ocs_str_starts(hint->value, OCS_STR("http")))
        r->doc->url = hint->value;
}

/* Navigation only: no facts but what the markup states of the page. */
static ocs_status read_empty(reader *r, ocs_error *err)
{
    const ocs_hint *stated = best_hint(r->blocks, OCS_HINT_TITLE);
    if (stated && strcmp(stated->source, "title element") != 0) { /* which every page has */
        read_title(r);
        if (!date_from_markup(r))
            date_from_url(r);
    }
    if (ocs_arena_status(r->arena) != OCS_OK)
        return ocs_fail(err, ocs_arena_status(r->arena), "the page needs more memory than allowed");
    return OCS_OK;
}

ocs_status ocs_facts_read(const ocs_gaz *gaz, const ocs_page *page, const ocs_blocks *blocks,
                          ocs_arena *arena, ocs_document *document, ocs_error *err)
{
    reader r = {.gaz = gaz, .page = page, .blocks = blocks, .arena = arena, .doc = document};
    bool bare = is_bare(blocks);
    document->list = blocks->list;
    url_from_markup(&r);
    if (!bare || blocks->keep_all) {
        ocs_status status = write_body(&r, err);
        if (status != OCS_OK)
            return status;
    }
    document->empty = bare && document->text.n == 0;
    if (bare)
        return read_empty(&r, err);
    read_title(&r);
    read_kind(&r);
    kind_from_title(&r);
    read_labelled(&r);
    read_published(&r);
    read_items(&r);
    document->places = (ocs_facts){r.places.at, r.places.n};
    document->sources = (ocs_facts){r.sources.at, r.sources.n};
    document->topics = (ocs_facts){r.topics.at, r.topics.n};
    document->items = r.items.at;
    document->n_items = r.items.n;
    if (ocs_arena_status(arena) != OCS_OK)
        return ocs_fail(err, ocs_arena_status(arena), "the page needs more memory than allowed");
    return OCS_OK;
}
