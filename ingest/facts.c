/* The body is written first, so that facts can point into it; then each fact is read where it is
 * most to be trusted.  What a page does not say stays empty: no date is invented, and the day on
 * which the page was fetched or changed is never taken for its date. */
#include "ingest/facts.h"

#include "ingest/writer.h"

enum { DATELINE_BLOCKS = 4, DATE_LINE_WORDS = 9, DATE_HINT_BYTES = 80 };

typedef struct reader {
    const ocs_gaz *gaz;
    const ocs_page *page;
    const ocs_blocks *blocks;
    ocs_arena *arena;
    ocs_document *doc;
    OCS_VEC(ocs_fact) places, sources, topics;
    OCS_VEC(ocs_item) items;
} reader;

/* ---- the body ---- */

static ocs_status write_body(reader *r, ocs_error *err)
{
    size_t total = 0, n = 0, hint = 0;
    for (size_t i = 0; i < r->blocks->n; i++)
        if (ocs_block_role_kept(r->blocks->at[i].role))
            total += r->blocks->at[i].at.to - r->blocks->at[i].at.from + 1;
    char *text = ocs_arena_alloc(r->arena, total + 1);
    ocs_origin_builder origin = {0};
    for (size_t i = 0; i < r->blocks->n && text; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (!ocs_block_role_kept(b->role))
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

static bool is_empty(const ocs_blocks *blocks)
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
    fact.key = thing ? ocs_str_of(thing->key) : ocs_slug(r->arena, text);
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
    fact.key = thing ? ocs_str_of(thing->key) : ocs_slug(r->arena, text);
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
        r->doc->kind.value = ocs_str_of(thing->name);
        r->doc->kind.key = ocs_str_of(thing->key);
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
    r->doc->kind = (ocs_fact){.value = ocs_str_of(thing->name),
                              .key = ocs_str_of(thing->key),
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

static void read_title(reader *r)
{
    for (size_t i = 0; i < r->blocks->n; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (b->role != OCS_ROLE_TITLE)
            continue;
        ocs_str text = ocs_block_text(r->blocks, b);
        r->doc->title.value = text;
        r->doc->title.raw = raw_of(r, b, 0, text.n, &r->doc->title.inexact);
        return;
    }
    const ocs_hint *hint = best_hint(r->blocks, OCS_HINT_TITLE);
    if (hint && !r->doc->empty) {
        r->doc->title.value = hint->value;
        r->doc->title.raw = hint->raw;
        r->doc->title.inexact = hint->inexact;
    }
}

/* ---- the published date ---- */

static void publish(reader *r, ocs_date date, ocs_date_from from, ocs_span raw, bool inexact)
{
    r->doc->published = (ocs_when){date, date};
    r->doc->published_from = from;
    r->doc->published_raw = raw;
    r->doc->published_inexact = inexact;
}

static bool date_from_label(reader *r)
{
    for (size_t i = 0; i < r->blocks->n && !r->blocks->list; i++) {
        const ocs_block *b = &r->blocks->at[i];
        size_t from;
        ocs_date date;
        ocs_span at;
        bool inexact;
        if (!has_value(b, OCS_FACT_DATE) ||
            !ocs_date_read(r->gaz, value_of(r, b, &from), r->arena, &date, &at))
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
        if (h->about != OCS_HINT_DATE || h->trust == 0 || h->value.n > DATE_HINT_BYTES ||
            (best && h->trust <= best->trust) ||
            !ocs_date_read(r->gaz, h->value, r->arena, &date, NULL))
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

static bool is_news(const reader *r)
{
    const ocs_gaz_thing *thing = ocs_gaz_by_key(r->gaz, OCS_GAZ_KIND, r->doc->kind.key);
    return thing && strcmp(thing->class_, "news") == 0;
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
    if (date_from_line(r) || date_from_url(r) || date_from_lead(r) || date_from_title(r))
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
            item->kind = kind ? ocs_str_of(kind->name) : value_of(r, b, &from);
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

ocs_status ocs_facts_read(const ocs_gaz *gaz, const ocs_page *page, const ocs_blocks *blocks,
                          ocs_arena *arena, ocs_document *document, ocs_error *err)
{
    reader r = {.gaz = gaz, .page = page, .blocks = blocks, .arena = arena, .doc = document};
    document->empty = is_empty(blocks);
    document->list = blocks->list;
    url_from_markup(&r);
    if (document->empty)
        return OCS_OK; /* navigation only: no text, no facts */
    ocs_status status = write_body(&r, err);
    if (status != OCS_OK)
        return status;
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
