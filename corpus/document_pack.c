/* A document becomes bytes: corpus/document_packed.h says which. */
#include "corpus/document_packed.h"

enum { SLOTS = 2 * OCS_PACKED_MEMORY };

static const ocs_str no_hint;

typedef struct packer {
    ocs_buf *out;
    const ocs_document *document;
    size_t n;
    ocs_str told[OCS_PACKED_MEMORY];
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

static void remember(packer *p, ocs_str s)
{
    uint16_t *slot = slot_of(p, s);
    p->told[p->n++] = s;
    *slot = (uint16_t)p->n;
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
    if (p->n < OCS_PACKED_MEMORY)
        remember(p, s);
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
        raw = run->raw + ocs_packed_run_bytes(run);
    }
}

static void put_fact(packer *p, const ocs_fact *fact, ocs_str hint)
{
    char key[OCS_PACKED_KEY];
    put_str(p, fact->value, hint);
    put_str(p, fact->key, ocs_packed_key(fact->value, key));
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
    if (!ocs_packed_derivable(p->document->origin, at))
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
    char key[OCS_PACKED_KEY];
    bool own = part->name.n > 0 && own_raw(p, part->at, part->raw);
    uint64_t length = part->name.n > 0 ? part->at.to - part->at.from : 0;
    put(p, length << 2 | (uint64_t)(part->inexact && length > 0) << 1 | own);
    if (length == 0)
        return;
    put_distance(p, role->at.from, part->at.from);
    put_str(p, part->name, ocs_str_sub(p->document->text, part->at.from, part->at.to));
    put_str(p, part->key, ocs_packed_key(part->name, key));
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

/* The key that both sides can work out. */
static ocs_str key_hint(const ocs_mention *m, char key[OCS_PACKED_KEY])
{
    if (m->type == OCS_MENTION_DATE)
        return ocs_when_print(m->when, key);
    return ocs_packed_key(m->name, key);
}

static void put_mention(packer *p, const ocs_mention *m, size_t before)
{
    char key[OCS_PACKED_KEY];
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
    put_str(p, m->name, ocs_mention_surface(p->document, m));
    put_str(p, m->key, key_hint(m, key));
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
    remember(&p, (ocs_str){0});
    for (size_t i = 0; i < OCS_PACKED_KNOWN; i++)
        remember(&p, ocs_packed_known[i]);
    ocs_buf_putc(out, OCS_PACKED_FORMAT);
    put_page(&p, document);
    ocs_buf_put_string(out, document->text);
    put_origin(&p, document->origin);
    put_fact(&p, &document->title, ocs_packed_first_line(document->text));
    put_fact(&p, &document->kind, no_hint);
    put_facts(&p, document->places);
    put_facts(&p, document->sources);
    put_facts(&p, document->topics);
    put_mentions(&p, document);
    put_items(&p, document);
}
