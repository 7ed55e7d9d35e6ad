/* Bytes become a document again (corpus/document_packed.h).  The reader trusts nothing: its error
 * sticks, every later take gives 0, and each number is held against its limit, each count against
 * the bytes that are left, before it is used. */
#include "corpus/document_packed.h"

static const ocs_str no_hint;

typedef struct told {
    ocs_str s;
    const char *ended; /* its copy with a NUL, once one was asked for */
} told;

typedef struct unpacker {
    ocs_str rest;
    ocs_arena *arena;
    ocs_document *document;
    const char *wrong; /* the first thing that was */
    size_t n;
    told told[OCS_PACKED_MEMORY];
} unpacker;

/* Nothing is left after the first fault, so that all later takes fail at once. */
static void spoil(unpacker *u, const char *wrong)
{
    if (!u->wrong)
        u->wrong = wrong;
    u->rest = (ocs_str){0};
}

static uint64_t take(unpacker *u, uint64_t limit)
{
    uint64_t value;
    if (!ocs_take_varint(&u->rest, &value)) {
        spoil(u, "it ends early");
        return 0;
    }
    if (value > limit) {
        spoil(u, "a number is out of range");
        return 0;
    }
    return value;
}

/* ${base} and a signed distance from it, which must lie within [0, limit]. */
static uint64_t take_distance(unpacker *u, uint64_t base, uint64_t limit)
{
    uint64_t zigzag = take(u, UINT64_MAX);
    uint64_t value = base + ((zigzag >> 1) ^ (zigzag & 1 ? UINT64_MAX : 0));
    if (value > limit) {
        spoil(u, "a distance is out of range");
        return 0;
    }
    return value;
}

/* Room for as many things as are announced; NULL with ${n} 0 when there are none or on failure. */
static void *take_array(unpacker *u, size_t least_bytes, size_t size, size_t *n)
{
    *n = (size_t)take(u, u->rest.n / least_bytes);
    void *things = *n > 0 ? ocs_arena_array(u->arena, *n, size) : NULL;
    if (*n > 0 && !things) {
        spoil(u, "no memory");
        *n = 0;
    }
    return things;
}

static ocs_str take_plain(unpacker *u)
{
    ocs_str s = {0};
    if (!ocs_take_string(&u->rest, &s))
        spoil(u, "a string ends early");
    return s;
}

/* The string as remembered, or NULL when it was not; ${s} in either case. */
static told *take_told(unpacker *u, ocs_str hint, ocs_str *s)
{
    uint64_t code = take(u, 1 + (uint64_t)u->n);
    *s = hint;
    if (code == 1 && hint.n == 0)
        spoil(u, "a string is said to equal nothing");
    if (code == 1)
        return NULL;
    if (code >= 2) {
        *s = u->told[code - 2].s;
        return &u->told[code - 2];
    }
    *s = take_plain(u);
    if (u->wrong || u->n == OCS_PACKED_MEMORY)
        return NULL;
    u->told[u->n].s = *s;
    return &u->told[u->n++];
}

static ocs_str take_str(unpacker *u, ocs_str hint)
{
    ocs_str s;
    (void)take_told(u, hint, &s);
    return s;
}

/* A key that may equal ${hint}, which lies outside of the arena. */
static ocs_str take_key(unpacker *u, ocs_str hint)
{
    ocs_str key = take_str(u, hint);
    if (hint.n == 0 || key.p != hint.p)
        return key;
    if (u->wrong)
        return (ocs_str){0};
    key = ocs_str_copy(u->arena, key);
    if (!key.p)
        spoil(u, "no memory");
    return key;
}

/* The key of what is called ${name}. */
static ocs_str take_key_of(unpacker *u, ocs_str name)
{
    char key[OCS_PACKED_KEY];
    return take_key(u, ocs_packed_key(name, key));
}

/* A C string, one copy for all that share it; NULL for the empty one. */
static const char *take_ended(unpacker *u)
{
    ocs_str s;
    told *known = take_told(u, no_hint, &s);
    if (s.n == 0)
        return NULL;
    if (known && known->ended)
        return known->ended;
    if (memchr(s.p, '\0', s.n)) {
        spoil(u, "a rule holds a NUL byte");
        return NULL;
    }
    const char *ended = ocs_arena_copy(u->arena, s.p, s.n);
    if (!ended)
        spoil(u, "no memory");
    if (known)
        known->ended = ended;
    return ended;
}

static ocs_date date_of(unpacker *u, uint32_t bits)
{
    ocs_date date = {.year = (int16_t)(uint16_t)(bits >> 16),
                     .month = (uint8_t)(bits >> 8 & 0xFF),
                     .day = (uint8_t)(bits & 0xFF)};
    if (bits == 0 || ocs_date_valid(date))
        return date;
    spoil(u, "a date is impossible");
    return (ocs_date){0};
}

static ocs_when take_when(unpacker *u)
{
    uint32_t from = (uint32_t)take(u, UINT32_MAX);
    uint32_t to = from ^ (uint32_t)take(u, UINT32_MAX);
    return (ocs_when){date_of(u, from), date_of(u, to)};
}

static ocs_span take_raw(unpacker *u, bool *inexact)
{
    uint64_t size = u->document->raw_size;
    uint64_t from = take(u, size), length = take(u, UINT64_MAX);
    if (length >> 1 > size - from) {
        spoil(u, "a span lies outside of the page");
        return (ocs_span){0};
    }
    *inexact = length & 1;
    return (ocs_span){(size_t)from, (size_t)(from + (length >> 1))};
}

/* The same where exactness is told elsewhere. */
static ocs_span take_raw_only(unpacker *u)
{
    bool marked = false;
    ocs_span raw = take_raw(u, &marked);
    if (marked)
        spoil(u, "a span has a mark that it cannot have");
    return raw;
}

static ocs_str own_or_path_id(unpacker *u, bool own)
{
    if (own)
        return take_str(u, no_hint);
    char id[17];
    ocs_document_id(u->document->path, id);
    ocs_str copy = ocs_str_copy(u->arena, ocs_str_of(id));
    if (!copy.p)
        spoil(u, "no memory");
    return copy;
}

static void take_page(unpacker *u, ocs_document *d)
{
    d->raw_size = take(u, SIZE_MAX / 4); /* doubled lengths must fit */
    d->raw_hash = take(u, UINT64_MAX);
    unsigned flags = (unsigned)take(u, PAGE_FLAGS);
    d->empty = flags & PAGE_EMPTY;
    d->list = flags & PAGE_LIST;
    d->titled = flags & PAGE_TITLED;
    d->published_inexact = flags & PAGE_PUBLISHED_INEXACT;
    d->path = take_str(u, no_hint);
    d->id = own_or_path_id(u, flags & PAGE_OWN_ID);
    d->url = take_str(u, no_hint);
    d->lang = take_str(u, no_hint);
    d->encoding = take_str(u, no_hint);
    d->repairs = (uint32_t)take(u, UINT32_MAX);
    d->published = take_when(u);
    d->published_from = (ocs_date_from)take(u, OCS_FROM_TITLE);
    d->published_raw = take_raw_only(u);
}

static void take_units(unpacker *u, ocs_run *run, run_shape shape)
{
    run->text_unit = 1;
    run->raw_unit = shape == SHAPE_COPIED;
    if (shape == SHAPE_UNITS || shape == SHAPE_INEXACT) {
        run->text_unit = (uint16_t)take(u, UINT16_MAX);
        run->raw_unit = (uint16_t)take(u, UINT16_MAX);
    }
    run->inexact = shape == SHAPE_INEXACT;
    if (run->inexact)
        run->raw_length = (uint32_t)take(u, UINT32_MAX);
}

static bool run_possible(const ocs_run *run, uint64_t left, uint64_t raw_size)
{
    if (run->length == 0 || run->length > left)
        return false;
    if (!run->inexact && (run->text_unit == 0 || run->length % run->text_unit != 0))
        return false;
    return run->raw + ocs_packed_run_bytes(run) <= (raw_size < UINT32_MAX ? raw_size : UINT32_MAX);
}

static void take_run(unpacker *u, ocs_run *run, uint64_t text, uint64_t raw)
{
    uint64_t head = take(u, (uint64_t)UINT32_MAX << 3 | 7);
    run->text = (uint32_t)text;
    run->length = (uint32_t)(head >> 3);
    if (head & 1)
        raw = take_distance(u, raw, UINT32_MAX);
    run->raw = (uint32_t)raw; /* fits: run_possible has seen the end of the run before */
    take_units(u, run, (run_shape)(head >> 1 & 3));
}

static ocs_origin take_origin(unpacker *u)
{
    ocs_document *d = u->document;
    size_t n;
    ocs_run *runs = take_array(u, 1, sizeof *runs, &n);
    uint64_t text = 0, raw = 0;
    for (size_t i = 0; i < n && !u->wrong; i++) {
        take_run(u, &runs[i], text, raw);
        if (u->wrong)
            break;
        if (!run_possible(&runs[i], d->text.n - text, d->raw_size)) {
            spoil(u, "a run is impossible");
            break;
        }
        text += runs[i].length;
        raw = runs[i].raw + ocs_packed_run_bytes(&runs[i]);
    }
    if (n > 0 && text != d->text.n)
        spoil(u, "the runs do not cover the text");
    return u->wrong ? (ocs_origin){0} : (ocs_origin){runs, n};
}

static ocs_fact take_fact(unpacker *u, ocs_str hint)
{
    ocs_fact fact = {0};
    fact.value = take_str(u, hint);
    fact.key = take_key_of(u, fact.value);
    fact.raw = take_raw(u, &fact.inexact);
    return fact;
}

static ocs_facts take_facts(unpacker *u)
{
    ocs_facts facts = {0};
    facts.at = take_array(u, OCS_PACKED_FACT_BYTES, sizeof *facts.at, &facts.n);
    for (size_t i = 0; i < facts.n && !u->wrong; i++)
        facts.at[i] = take_fact(u, no_hint);
    return facts;
}

/* A place in the text that starts at ${from}. */
static ocs_span take_place(unpacker *u, size_t from, uint64_t length)
{
    if (from > u->document->text.n || length > u->document->text.n - from) {
        spoil(u, "a place lies outside of the text");
        return (ocs_span){0};
    }
    return (ocs_span){from, from + (size_t)length};
}

static ocs_span raw_of(unpacker *u, ocs_span at, bool own)
{
    if (own)
        return take_raw_only(u);
    if (!u->wrong && ocs_packed_derivable(u->document->origin, at))
        return ocs_origin_raw(u->document->origin, at, NULL);
    spoil(u, "a span is missing");
    return (ocs_span){0};
}

static void take_role(unpacker *u, const ocs_mention *m, ocs_role *role)
{
    ocs_str text = u->document->text;
    size_t from = (size_t)take_distance(u, m->at.from, text.n);
    uint64_t head = take(u, UINT64_MAX);
    role->at = take_place(u, from, head >> 2);
    role->inexact = head & 2;
    role->text = take_str(u, ocs_str_sub(text, role->at.from, role->at.to));
    role->raw = raw_of(u, role->at, head & 1);
}

static void take_roles(unpacker *u, ocs_mention *m)
{
    m->roles = take_array(u, OCS_PACKED_ROLE_BYTES, sizeof *m->roles, &m->n_roles);
    for (size_t i = 0; i < m->n_roles && !u->wrong; i++)
        take_role(u, m, &m->roles[i]);
}

static void take_part(unpacker *u, const ocs_role *role, ocs_role_part *part)
{
    ocs_str text = u->document->text;
    uint64_t head = take(u, UINT64_MAX);
    if (head >> 2 == 0)
        return;
    size_t from = (size_t)take_distance(u, role->at.from, text.n);
    part->at = take_place(u, from, head >> 2);
    part->inexact = head & 2;
    part->name = take_str(u, ocs_str_sub(text, part->at.from, part->at.to));
    part->key = take_key_of(u, part->name);
    part->raw = raw_of(u, part->at, head & 1);
}

static void take_parts(unpacker *u, ocs_mention *m)
{
    for (size_t i = 0; i < m->n_roles && !u->wrong; i++) {
        take_part(u, &m->roles[i], &m->roles[i].office);
        take_part(u, &m->roles[i], &m->roles[i].org);
        take_part(u, &m->roles[i], &m->roles[i].country);
    }
}

static void take_mention_head(unpacker *u, ocs_mention *m, unsigned head)
{
    m->inexact = head & MENTION_INEXACT;
    m->nested = head & MENTION_NESTED;
    m->relative = head & MENTION_RELATIVE;
    if ((head & 7) >= OCS_MENTION_TYPE_COUNT || (head >> 3 & 7) > OCS_VIA_CITY) {
        spoil(u, "a mention is of an unknown type");
        return;
    }
    m->type = (ocs_mention_type)(head & 7);
    m->via = (ocs_via)(head >> 3 & 7);
}

/* The key, which for most dates is how they are printed. */
static ocs_str take_mention_key(unpacker *u, const ocs_mention *m)
{
    char text[OCS_WHEN_TEXT];
    if (m->type == OCS_MENTION_DATE)
        return take_key(u, ocs_when_print(m->when, text));
    return take_key_of(u, m->name);
}

static void take_mention(unpacker *u, ocs_mention *m, size_t before)
{
    unsigned head = (unsigned)take(u, MENTION_HEAD_MAX);
    take_mention_head(u, m, head);
    size_t from = (size_t)take_distance(u, before, u->document->text.n);
    m->at = take_place(u, from, take(u, UINT64_MAX));
    m->raw = raw_of(u, m->at, head & MENTION_RAW);
    m->sure = (uint8_t)take(u, 100);
    if (head & MENTION_WHEN)
        m->when = take_when(u);
    if (head & MENTION_OTHER)
        m->other = take_when(u);
    m->name = take_str(u, ocs_mention_surface(u->document, m));
    m->key = take_mention_key(u, m);
    if (head & MENTION_COUNTRY)
        m->country = take_str(u, no_hint);
    m->rule = take_ended(u);
    if (head & MENTION_ROLES)
        take_roles(u, m);
    if (head & MENTION_PARTS)
        take_parts(u, m);
}

static void take_mentions(unpacker *u, ocs_document *d)
{
    d->mentions = take_array(u, OCS_PACKED_MENTION_BYTES, sizeof *d->mentions, &d->n_mentions);
    for (size_t i = 0; i < d->n_mentions && !u->wrong; i++)
        take_mention(u, &d->mentions[i], i > 0 ? d->mentions[i - 1].at.from : 0);
}

static void take_items(unpacker *u, ocs_document *d)
{
    d->items = take_array(u, OCS_PACKED_ITEM_BYTES, sizeof *d->items, &d->n_items);
    for (size_t i = 0; i < d->n_items && !u->wrong; i++) {
        ocs_item *item = &d->items[i];
        item->title = take_str(u, no_hint);
        item->kind = take_str(u, no_hint);
        item->snippet = take_str(u, no_hint);
        item->when = take_when(u);
        item->raw = take_raw_only(u);
    }
}

static void take_document(unpacker *u, ocs_document *d)
{
    if (take(u, UINT64_MAX) != OCS_PACKED_FORMAT)
        spoil(u, "its format is unknown");
    take_page(u, d);
    d->text = take_plain(u);
    d->origin = take_origin(u);
    d->title = take_fact(u, ocs_packed_first_line(d->text));
    d->kind = take_fact(u, no_hint);
    d->places = take_facts(u);
    d->sources = take_facts(u);
    d->topics = take_facts(u);
    take_mentions(u, d);
    take_items(u, d);
    if (u->rest.n > 0)
        spoil(u, "bytes are left over");
}

ocs_status ocs_document_unpack(ocs_str packed, ocs_arena *arena, ocs_document *document,
                               ocs_error *err)
{
    *document = (ocs_document){0};
    unpacker u = {.rest = packed, .arena = arena, .document = document, .n = 1};
    for (size_t i = 0; i < OCS_PACKED_KNOWN; i++)
        u.told[u.n++] = (told){ocs_packed_known[i], ocs_packed_known[i].p};
    take_document(&u, document);
    if (!u.wrong)
        return OCS_OK;
    *document = (ocs_document){0};
    ocs_status st = ocs_arena_status(arena);
    if (st != OCS_OK)
        return ocs_fail(err, st, "cannot unpack a document: %s", ocs_status_name(st));
    return ocs_fail(err, OCS_CORRUPT, "a packed document is damaged: %s", u.wrong);
}
