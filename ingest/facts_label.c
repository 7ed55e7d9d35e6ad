/* Facts that stand under labels: sources, fields of work, places, the kind of page. */
#include "ingest/facts_reader.h"

/* ---- single facts ---- */

/* The raw bytes of block text [from, to), counted from the block's start. */
ocs_span ocs_facts_raw(const facts_reader *r, const ocs_block *b, size_t from, size_t to,
                       bool *inexact)
{
    bool exact = true;
    ocs_span raw = {0, 0};
    if (to > from)
        raw = ocs_origin_raw(r->blocks->origin, (ocs_span){b->at.from + from, b->at.from + to},
                             &exact);
    *inexact = !exact;
    return raw;
}

ocs_str ocs_facts_value(const facts_reader *r, const ocs_block *b, size_t *from)
{
    *from = b->value_from > 0 ? b->value_from : b->bullet;
    ocs_str text = ocs_block_text(r->blocks, b);
    while (*from < text.n && (text.p[*from] == '|' || text.p[*from] == ' '))
        ++*from; /* what a flattened table leaves between its cells */
    return ocs_str_sub(text, *from, text.n);
}

bool ocs_facts_states(const ocs_block *b, ocs_fact_kind fact)
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

static void add_source(facts_reader *r, ocs_str text, ocs_span raw, bool inexact)
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

static void add_topic(facts_reader *r, ocs_str text, ocs_span raw, bool inexact)
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

void ocs_facts_add_place(facts_reader *r, ocs_str text, ocs_span raw, bool inexact)
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
static void add_known_place(facts_reader *r, ocs_str text, ocs_span raw, bool inexact)
{
    if (ocs_gaz_find(r->gaz, OCS_GAZ_PLACE, text))
        ocs_facts_add_place(r, text, raw, inexact);
}

/* Each piece of a value between ${separators}. */
static void read_list(facts_reader *r, const ocs_block *b, const char *separators,
                      void (*add)(facts_reader *, ocs_str, ocs_span, bool))
{
    size_t from, at = 0;
    ocs_str value = ocs_facts_value(r, b, &from);
    while (at < value.n) {
        size_t end = at;
        while (end < value.n && !strchr(separators, value.p[end]))
            end++;
        ocs_str piece = without_note(ocs_str_trim(ocs_str_sub(value, at, end)));
        if (piece.n > 0) {
            size_t start = from + (size_t)(piece.p - value.p);
            bool inexact;
            ocs_span raw = ocs_facts_raw(r, b, start, start + piece.n, &inexact);
            add(r, piece, raw, inexact);
        }
        at = end + 1;
    }
}

void ocs_facts_read_labels(facts_reader *r)
{
    for (size_t i = 0; i < r->blocks->n && !r->blocks->list; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (ocs_facts_states(b, OCS_FACT_PLACE))
            read_list(r, b, "/,", ocs_facts_add_place);
        else if (ocs_facts_states(b, OCS_FACT_SOURCE))
            read_list(r, b, ",;", add_source);
        else if (ocs_facts_states(b, OCS_FACT_EVENT_PLACE))
            read_list(r, b, "/,", add_known_place);
        else if (ocs_facts_states(b, OCS_FACT_ORGANIZER))
            read_list(r, b, ",;", add_source);
        else if (ocs_facts_states(b, OCS_FACT_TOPICS))
            read_list(r, b, ",;", add_topic);
    }
}

/* ---- the kind of page ---- */

static void kind_from_line(facts_reader *r)
{
    for (size_t i = 0; i < r->blocks->n; i++) {
        const ocs_block *b = &r->blocks->at[i];
        if (b->role != OCS_ROLE_KIND && !(ocs_facts_states(b, OCS_FACT_KIND) && !r->blocks->list))
            continue;
        size_t from;
        ocs_str text = ocs_facts_value(r, b, &from);
        const ocs_gaz_thing *thing = ocs_kind_in_line(r->gaz, text);
        if (!thing)
            continue;
        r->doc->kind.value = ocs_gaz_str(r->gaz, thing->name);
        r->doc->kind.key = ocs_gaz_str(r->gaz, thing->key);
        r->doc->kind.raw = ocs_facts_raw(r, b, from, from + text.n, &r->doc->kind.inexact);
        return;
    }
}

static bool is_event_page(const facts_reader *r)
{
    unsigned labels = 0;
    for (size_t i = 0; i < r->blocks->n; i++)
        labels += r->blocks->at[i].role == OCS_ROLE_LABEL &&
                  (r->blocks->at[i].fact == OCS_FACT_EVENT_DATE ||
                   r->blocks->at[i].fact == OCS_FACT_EVENT_PLACE);
    return labels >= 2;
}

const ocs_gaz_thing *ocs_facts_report_kind(const ocs_gaz *gaz, ocs_str title)
{
    static const char *const starts[] = {"Spot report",
                                         "Spot Report",
                                         "Daily report",
                                         "Daily Report",
                                         "Weekly report",
                                         "Weekly Report",
                                         "Latest from OSCE Special Monitoring",
                                         "Latest from the OSCE Special Monitoring"};
    ocs_str name = {NULL, 0};
    for (size_t i = 0; i < sizeof starts / sizeof *starts && name.n == 0; i++)
        if (ocs_str_starts(title, ocs_str_of(starts[i])))
            name = i < 6 ? ocs_str_of(starts[i]) : OCS_STR("Daily report");
    if (name.n == 0 && ocs_str_find(title, OCS_STR("Daily Report "), 0) < title.n)
        name = OCS_STR("Daily report");
    return name.n ? ocs_gaz_find(gaz, OCS_GAZ_KIND, name) : NULL;
}

/* Kinds that the title itself states, and those of the page's form. */
static void kind_from_title(facts_reader *r)
{
    const ocs_gaz_thing *thing = ocs_facts_report_kind(r->gaz, r->doc->title.value);
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

void ocs_facts_read_kind(facts_reader *r)
{
    kind_from_line(r);
    kind_from_title(r);
}
