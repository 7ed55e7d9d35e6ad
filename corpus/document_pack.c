/* A document as bytes and back.
 *
 * Numbers are LEB128 varints, signed ones zigzag.  The form, in order: format byte, facts about the
 * page, text, runs, facts, mentions, items; the functions come in pairs, put_X and take_X, which
 * must stay in step.  What follows from something else is left out:
 *   strings   0 and the string, when new; 1 when it equals its hint (a name its surface, a key its
 *             date, a title the first line); else 2 + its number among the strings told so far, of
 *             which both sides remember the first MEMORY.  Number 0 is the empty string.
 *   runs      start where the one before ends in the text, and mostly in the page, too
 *   raw spans of mentions and roles follow from their place in the text and the runs
 *
 * The reader trusts nothing: its error sticks, every later take gives 0, and each number is held
 * against its limit, each count against the bytes that are left, before it is used. */
#include "corpus/document.h"

enum {
    FORMAT = 1,
    MEMORY = 1024, /* strings remembered */
    SLOTS = 2 * MEMORY,
    DERIVE_MAX =
        1024, /* longer stretches of text give their raw span, to bound the reader's work */
    MENTION_BYTES = 7, /* the least that one takes */
    ROLE_BYTES = 3,
    FACT_BYTES = 4,
    ITEM_BYTES = 7
};

typedef enum page_flag {
    PAGE_EMPTY = 1 << 0,
    PAGE_LIST = 1 << 1,
    PAGE_PUBLISHED_INEXACT = 1 << 2,
    PAGE_OWN_ID = 1 << 3, /* the id is not that of the path and follows */
    PAGE_TITLED = 1 << 4,
    PAGE_FLAGS = (1 << 5) - 1
} page_flag;

typedef enum run_shape { SHAPE_COPIED, SHAPE_GAP, SHAPE_UNITS, SHAPE_INEXACT } run_shape;

/* The head of a mention: type in bits 0 to 2, via in 3 to 5, then these. */
typedef enum mention_flag {
    MENTION_INEXACT = 1 << 6,
    MENTION_NESTED = 1 << 7,
    MENTION_RELATIVE = 1 << 8,
    MENTION_RAW = 1 << 9, /* the raw span follows */
    MENTION_WHEN = 1 << 10,
    MENTION_OTHER = 1 << 11,
    MENTION_COUNTRY = 1 << 12,
    MENTION_ROLES = 1 << 13,
    MENTION_PARTS = 1 << 14, /* the parts of each role follow the roles */
    MENTION_HEAD_MAX = (1 << 15) - 1
} mention_flag;

static const ocs_str no_hint;

/* What both sides can work out of a place in the text. */
static bool derivable(ocs_origin origin, ocs_span at)
{
    return origin.n > 0 && at.to > at.from && at.to - at.from <= DERIVE_MAX;
}

static ocs_str first_line(ocs_str text)
{
    return ocs_str_sub(text, 0, ocs_str_find_char(text, '\n', 0));
}

/* The bytes of the page that a run stands for. */
static uint64_t run_raw_bytes(const ocs_run *run)
{
    if (run->inexact)
        return run->raw_length;
    return (uint64_t)run->length / run->text_unit * run->raw_unit;
}

/* ---- writing ---- */

typedef struct packer {
    ocs_buf *out;
    const ocs_document *document;
    size_t n;
    ocs_str told[MEMORY];
    uint16_t slots[SLOTS]; /* open addressing; 0 = free, else 1 + index into told */
} packer;

static void put(packer *p, uint64_t value)
{
    ocs_buf_put_varint(p->out, value);
}

static void put_signed(packer *p, int64_t value)
{
    put(p, ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0));
}

static void put_distance(packer *p, uint64_t from, uint64_t to)
{
    put_signed(p, (int64_t)(to - from));
}

static uint16_t *slot_of(packer *p, ocs_str s)
{
    size_t i = (size_t)(ocs_hash(s) % SLOTS);
    while (p->slots[i] != 0 && !ocs_str_eq(p->told[p->slots[i] - 1], s))
        i = (i + 1) % SLOTS;
    return &p->slots[i];
}

static void put_str(packer *p, ocs_str s, ocs_str hint)
{
    if (s.n > 0 && ocs_str_eq(s, hint)) {
        put(p, 1);
        return;
    }
    uint16_t *slot = slot_of(p, s);
    if (*slot != 0) {
        put(p, 2 + (uint64_t)(*slot - 1));
        return;
    }
    put(p, 0);
    ocs_buf_put_string(p->out, s);
    if (p->n < MEMORY) {
        p->told[p->n++] = s;
        *slot = (uint16_t)p->n;
    }
}

static uint32_t date_bits(ocs_date date)
{
    return (uint32_t)(uint16_t)date.year << 16 | (uint32_t)date.month << 8 | date.day;
}

/* A single date, whose ends are the same, costs one byte more than its day. */
static void put_when(packer *p, ocs_when when)
{
    put(p, date_bits(when.from));
    put(p, date_bits(when.from) ^ date_bits(when.to));
}

static void put_raw(packer *p, ocs_span raw, bool inexact)
{
    put(p, raw.from);
    put(p, (uint64_t)(raw.to - raw.from) << 1 | inexact);
}

static void put_page(packer *p, const ocs_document *d)
{
    char id[17];
    ocs_document_id(d->path, id);
    bool own_id = !ocs_str_eq(d->id, ocs_str_of(id));
    put(p, d->raw_size);
    put(p, d->raw_hash);
    put(p, (d->empty ? PAGE_EMPTY : 0u) | (d->list ? PAGE_LIST : 0u) |
               (d->published_inexact ? PAGE_PUBLISHED_INEXACT : 0u) | (own_id ? PAGE_OWN_ID : 0u) |
               (d->titled ? PAGE_TITLED : 0u));
    put_str(p, d->path, no_hint);
    if (own_id)
        put_str(p, d->id, no_hint);
    put_str(p, d->url, no_hint);
    put_str(p, d->lang, no_hint);
    put_str(p, d->encoding, no_hint);
    put(p, d->repairs);
    put_when(p, d->published);
    put(p, d->published_from);
    put_raw(p, d->published_raw, false);
}

static run_shape shape_of(const ocs_run *run)
{
    if (run->inexact)
        return SHAPE_INEXACT;
    if (run->text_unit == 1 && run->raw_unit == 1)
        return SHAPE_COPIED;
    return run->text_unit == 1 && run->raw_unit == 0 ? SHAPE_GAP : SHAPE_UNITS;
}

/* ${raw} is where the run before ended in the page. */
static void put_run(packer *p, const ocs_run *run, uint64_t raw)
{
    run_shape shape = shape_of(run);
    put(p, (uint64_t)run->length << 3 | (uint64_t)shape << 1 | (run->raw != raw));
    if (run->raw != raw)
        put_distance(p, raw, run->raw);
    if (shape == SHAPE_UNITS || shape == SHAPE_INEXACT) {
        put(p, run->text_unit);
        put(p, run->raw_unit);
    }
    if (shape == SHAPE_INEXACT)
        put(p, run->raw_length);
}

static void put_origin(packer *p, ocs_origin origin)
{
    uint64_t text = 0, raw = 0;
    put(p, origin.n);
    for (size_t i = 0; i < origin.n; i++) {
        const ocs_run *run = &origin.runs[i];
        if (run->text != text || (!run->inexact && run->text_unit == 0)) {
            if (p->out->status == OCS_OK)
                p->out->status = OCS_BUG; /* no form for runs that break their promise */
            return;
        }
        put_run(p, run, raw);
        text += run->length;
        raw = run->raw + run_raw_bytes(run);
    }
}

static void put_fact(packer *p, const ocs_fact *fact, ocs_str hint)
{
    put_str(p, fact->value, hint);
    put_str(p, fact->key, no_hint);
    put_raw(p, fact->raw, fact->inexact);
}

static void put_facts(packer *p, ocs_facts facts)
{
    put(p, facts.n);
    for (size_t i = 0; i < facts.n; i++)
        put_fact(p, &facts.at[i], no_hint);
}

/* Does the raw span have to be told? */
static bool own_raw(const packer *p, ocs_span at, ocs_span raw)
{
    if (!derivable(p->document->origin, at))
        return true;
    ocs_span derived = ocs_origin_raw(p->document->origin, at, NULL);
    return derived.from != raw.from || derived.to != raw.to;
}

static void put_roles(packer *p, const ocs_mention *m)
{
    put(p, m->n_roles);
    for (size_t i = 0; i < m->n_roles; i++) {
        const ocs_role *role = &m->roles[i];
        bool own = own_raw(p, role->at, role->raw);
        put_distance(p, m->at.from, role->at.from);
        put(p, (uint64_t)(role->at.to - role->at.from) << 2 | (uint64_t)role->inexact << 1 | own);
        put_str(p, role->text, ocs_str_sub(p->document->text, role->at.from, role->at.to));
        if (own)
            put_raw(p, role->raw, false);
    }
}

static bool has_parts(const ocs_mention *m)
{
    for (size_t i = 0; i < m->n_roles; i++)
        if (m->roles[i].office.name.n + m->roles[i].org.name.n + m->roles[i].country.name.n > 0)
            return true;
    return false;
}

/* Length in bits 2 and up, then as a role's; length 0: there is no such part. */
static void put_part(packer *p, const ocs_role *role, const ocs_role_part *part)
{
    bool own = part->name.n > 0 && own_raw(p, part->at, part->raw);
    uint64_t length = part->name.n > 0 ? part->at.to - part->at.from : 0;
    put(p, length << 2 | (uint64_t)(part->inexact && length > 0) << 1 | own);
    if (length == 0)
        return;
    put_distance(p, role->at.from, part->at.from);
    put_str(p, part->name, ocs_str_sub(p->document->text, part->at.from, part->at.to));
    put_str(p, part->key, no_hint);
    if (own)
        put_raw(p, part->raw, false);
}

static void put_parts(packer *p, const ocs_mention *m)
{
    for (size_t i = 0; i < m->n_roles; i++) {
        put_part(p, &m->roles[i], &m->roles[i].office);
        put_part(p, &m->roles[i], &m->roles[i].org);
        put_part(p, &m->roles[i], &m->roles[i].country);
    }
}

static bool when_given(ocs_when when)
{
    return date_bits(when.from) != 0 || date_bits(when.to) != 0;
}

static unsigned mention_head(const packer *p, const ocs_mention *m)
{
    return (unsigned)m->type | (unsigned)m->via << 3 | (m->inexact ? MENTION_INEXACT : 0u) |
           (m->nested ? MENTION_NESTED : 0u) | (m->relative ? MENTION_RELATIVE : 0u) |
           (own_raw(p, m->at, m->raw) ? MENTION_RAW : 0u) |
           (when_given(m->when) ? MENTION_WHEN : 0u) | (when_given(m->other) ? MENTION_OTHER : 0u) |
           (m->country.n > 0 ? MENTION_COUNTRY : 0u) | (m->n_roles > 0 ? MENTION_ROLES : 0u) |
           (has_parts(m) ? MENTION_PARTS : 0u);
}

static void put_mention(packer *p, const ocs_mention *m, size_t before)
{
    char when[OCS_WHEN_TEXT];
    unsigned head = mention_head(p, m);
    put(p, head);
    put_distance(p, before, m->at.from);
    put(p, m->at.to - m->at.from);
    if (head & MENTION_RAW)
        put_raw(p, m->raw, false);
    put(p, m->sure);
    if (head & MENTION_WHEN)
        put_when(p, m->when);
    if (head & MENTION_OTHER)
        put_when(p, m->other);
    put_str(p, m->key, ocs_when_print(m->when, when));
    put_str(p, m->name, ocs_mention_surface(p->document, m));
    if (head & MENTION_COUNTRY)
        put_str(p, m->country, no_hint);
    put_str(p, ocs_str_of(m->rule), no_hint);
    if (head & MENTION_ROLES)
        put_roles(p, m);
    if (head & MENTION_PARTS)
        put_parts(p, m);
}

static void put_mentions(packer *p, const ocs_document *d)
{
    put(p, d->n_mentions);
    for (size_t i = 0; i < d->n_mentions; i++)
        put_mention(p, &d->mentions[i], i > 0 ? d->mentions[i - 1].at.from : 0);
}

static void put_items(packer *p, const ocs_document *d)
{
    put(p, d->n_items);
    for (size_t i = 0; i < d->n_items; i++) {
        const ocs_item *item = &d->items[i];
        put_str(p, item->title, no_hint);
        put_str(p, item->kind, no_hint);
        put_str(p, item->snippet, no_hint);
        put_when(p, item->when);
        put_raw(p, item->raw, false);
    }
}

void ocs_document_pack(const ocs_document *document, ocs_buf *out)
{
    packer p = {.out = out, .document = document};
    p.told[p.n++] = (ocs_str){0};
    *slot_of(&p, (ocs_str){0}) = 1;
    ocs_buf_putc(out, FORMAT);
    put_page(&p, document);
    ocs_buf_put_string(out, document->text);
    put_origin(&p, document->origin);
    put_fact(&p, &document->title, first_line(document->text));
    put_fact(&p, &document->kind, no_hint);
    put_facts(&p, document->places);
    put_facts(&p, document->sources);
    put_facts(&p, document->topics);
    put_mentions(&p, document);
    put_items(&p, document);
}

/* ---- reading ---- */

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
    told told[MEMORY];
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
    if (u->wrong || u->n == MEMORY)
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
    return run->raw + run_raw_bytes(run) <= (raw_size < UINT32_MAX ? raw_size : UINT32_MAX);
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
        raw = runs[i].raw + run_raw_bytes(&runs[i]);
    }
    if (n > 0 && text != d->text.n)
        spoil(u, "the runs do not cover the text");
    return u->wrong ? (ocs_origin){0} : (ocs_origin){runs, n};
}

static ocs_fact take_fact(unpacker *u, ocs_str hint)
{
    ocs_fact fact = {0};
    fact.value = take_str(u, hint);
    fact.key = take_str(u, no_hint);
    fact.raw = take_raw(u, &fact.inexact);
    return fact;
}

static ocs_facts take_facts(unpacker *u)
{
    ocs_facts facts = {0};
    facts.at = take_array(u, FACT_BYTES, sizeof *facts.at, &facts.n);
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
    if (!u->wrong && derivable(u->document->origin, at))
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
    m->roles = take_array(u, ROLE_BYTES, sizeof *m->roles, &m->n_roles);
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
    part->key = take_str(u, no_hint);
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
static ocs_str take_key(unpacker *u, ocs_when when)
{
    char text[OCS_WHEN_TEXT];
    ocs_str printed = ocs_when_print(when, text);
    ocs_str key = take_str(u, printed);
    if (key.p != text)
        return key;
    if (u->wrong)
        return (ocs_str){0};
    key = ocs_str_copy(u->arena, key);
    if (!key.p)
        spoil(u, "no memory");
    return key;
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
    m->key = take_key(u, m->when);
    m->name = take_str(u, ocs_mention_surface(u->document, m));
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
    d->mentions = take_array(u, MENTION_BYTES, sizeof *d->mentions, &d->n_mentions);
    for (size_t i = 0; i < d->n_mentions && !u->wrong; i++)
        take_mention(u, &d->mentions[i], i > 0 ? d->mentions[i - 1].at.from : 0);
}

static void take_items(unpacker *u, ocs_document *d)
{
    d->items = take_array(u, ITEM_BYTES, sizeof *d->items, &d->n_items);
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
    if (take(u, UINT64_MAX) != FORMAT)
        spoil(u, "its format is unknown");
    take_page(u, d);
    d->text = take_plain(u);
    d->origin = take_origin(u);
    d->title = take_fact(u, first_line(d->text));
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
    take_document(&u, document);
    if (!u.wrong)
        return OCS_OK;
    *document = (ocs_document){0};
    ocs_status st = ocs_arena_status(arena);
    if (st != OCS_OK)
        return ocs_fail(err, st, "cannot unpack a document: %s", ocs_status_name(st));
    return ocs_fail(err, OCS_CORRUPT, "a packed document is damaged: %s", u.wrong);
}
