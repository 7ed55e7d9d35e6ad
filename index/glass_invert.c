/* A hash table of terms; each term owns a chain of chunks of bytes, each chunk twice as long as the
 * one before, to which its postings are appended: difference to the number of the document before,
 * frequency, length of the positions, positions.  Numbers start anew in each segment, so that the
 * first difference is the number itself.
 *
 * Terms with their names and chunks, and nothing else, live in slabs that are used again after a
 * segment is written.  A slot of the table says where a term is by the eighth of its byte, counted
 * through all slabs.
 *
 * The table is far larger than the processor's caches, and each term of a document lies somewhere
 * else in it.  So a document's terms are looked for in groups, and what one of them will need is
 * fetched while the others are seen to. */
#include "index/glass_invert.h"

#include "index/glass_code.h"
#include "index/glass_segments.h"

#include <stdlib.h>

enum {
    SLAB = 1 << 20,
    UNIT = 8, /* bytes; what is taken from a slab is a multiple of it */
    UNITS_A_SLAB = SLAB / UNIT,
    SLABS_MAX = UINT32_MAX / UNITS_A_SLAB,
    LEAST_MEMORY = 4 << 20,
    FIRST_CHUNK = 24,
    LAST_CHUNK = 16384,
    FIRST_SLOTS = 1 << 16,
    GROUP = 32 /* terms */
};

static const size_t positions_cap = (size_t)4 << 30; /* of one term in one document */

typedef struct chunk chunk;
struct chunk {
    chunk *next;
    uint32_t n, room; /* .n counts once the chunk is left */
    char bytes[];
};

typedef struct term {
    chunk *head, *tail;
    char *at; /* where the next byte goes, in the tail */
    uint32_t left;
    xap_docid last;
    uint64_t occurrences, bytes; /* .bytes: of the postings */
    uint32_t documents, name_n;
    char name[];
} term;

typedef struct slot {
    uint32_t hash;
    uint32_t unit; /* of the term; 0: free */
} slot;

struct ocs_inverter {
    char *dir;
    size_t memory;
    char **slabs;
    size_t n_slabs, slabs_room, slabs_used;
    size_t slab_at; /* bytes used of the last one in use */
    slot *slots;
    size_t n_slots, n_terms;
    ocs_buf positions; /* being put together */
    ocs_segments segments;
};

static ocs_status no_memory(ocs_error *err)
{
    return ocs_fail(err, OCS_NOMEM, "no memory to build the index");
}

/* ---- slabs ---- */

static bool grow_slabs(ocs_inverter *v)
{
    size_t room = v->slabs_room > 0 ? 2 * v->slabs_room : 64;
    char **slabs = realloc(v->slabs, room * sizeof *slabs);
    if (!slabs)
        return false;
    v->slabs = slabs;
    v->slabs_room = room;
    return true;
}

static bool next_slab(ocs_inverter *v)
{
    if (v->slabs_used == SLABS_MAX)
        return false;
    if (v->slabs_used == v->n_slabs) {
        if (v->n_slabs == v->slabs_room && !grow_slabs(v))
            return false;
        v->slabs[v->n_slabs] = malloc(SLAB);
        if (!v->slabs[v->n_slabs])
            return false;
        v->n_slabs++;
    }
    v->slabs_used++;
    v->slab_at = v->slabs_used == 1 ? UNIT : 0; /* no term has number 0 */
    return true;
}

/* ${size} is far below SLAB. */
static void *take(ocs_inverter *v, size_t size)
{
    size = (size + UNIT - 1) / UNIT * UNIT;
    if ((v->slabs_used == 0 || v->slab_at + size > SLAB) && !next_slab(v))
        return NULL;
    char *at = v->slabs[v->slabs_used - 1] + v->slab_at;
    v->slab_at += size;
    return at;
}

/* The number of what was taken last. */
static uint32_t unit_of(const ocs_inverter *v, const void *taken)
{
    size_t slab = v->slabs_used - 1;
    size_t at = (size_t)((const char *)taken - v->slabs[slab]);
    return (uint32_t)(slab * UNITS_A_SLAB + at / UNIT);
}

static term *term_at(const ocs_inverter *v, uint32_t unit)
{
    return (term *)(void *)(v->slabs[unit / UNITS_A_SLAB] + (size_t)(unit % UNITS_A_SLAB) * UNIT);
}

static size_t memory_used(const ocs_inverter *v)
{
    return v->slabs_used * SLAB + v->n_slots * sizeof *v->slots;
}

/* ---- terms ---- */

static void put_slot(slot *slots, size_t n, slot s)
{
    size_t i = s.hash & (n - 1);
    while (slots[i].unit != 0)
        i = (i + 1) & (n - 1);
    slots[i] = s;
}

/* Room for ${more} terms without growing on the way. */
static bool grow_slots(ocs_inverter *v, size_t more)
{
    size_t n = v->n_slots > 0 ? v->n_slots : FIRST_SLOTS;
    while ((v->n_terms + more) * 2 > n)
        n *= 2;
    if (n == v->n_slots)
        return true;
    slot *slots = calloc(n, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < v->n_slots; i++)
        if (v->slots[i].unit != 0)
            put_slot(slots, n, v->slots[i]);
    free(v->slots);
    v->slots = slots;
    v->n_slots = n;
    return true;
}

static term *add_term(ocs_inverter *v, ocs_str name, uint32_t hash, slot *free_slot)
{
    term *t = take(v, sizeof *t + name.n);
    if (!t)
        return NULL;
    *t = (term){.name_n = (uint32_t)name.n};
    memcpy(t->name, name.p, name.n);
    *free_slot = (slot){hash, unit_of(v, t)};
    v->n_terms++;
    return t;
}

/* The term of this name, made if need be; NULL: memory. */
static term *term_of(ocs_inverter *v, ocs_str name, uint32_t hash)
{
    size_t i = hash & (v->n_slots - 1);
    for (; v->slots[i].unit != 0; i = (i + 1) & (v->n_slots - 1)) {
        if (v->slots[i].hash != hash)
            continue;
        term *t = term_at(v, v->slots[i].unit);
        if (t->name_n == name.n && memcmp(t->name, name.p, name.n) == 0)
            return t;
    }
    return add_term(v, name, hash, &v->slots[i]);
}

static bool add_chunk(ocs_inverter *v, term *t)
{
    chunk *tail = t->tail;
    uint32_t room = !tail ? FIRST_CHUNK : tail->room < LAST_CHUNK ? 2 * tail->room : LAST_CHUNK;
    chunk *more = take(v, sizeof *more + room);
    if (!more)
        return false;
    *more = (chunk){.n = room, .room = room};
    *(tail ? &tail->next : &t->head) = more;
    t->tail = more;
    t->at = more->bytes;
    t->left = room;
    return true;
}

static bool append(ocs_inverter *v, term *t, ocs_str bytes)
{
    for (t->bytes += bytes.n; bytes.n > 0;) {
        if (t->left == 0 && !add_chunk(v, t))
            return false;
        size_t n = t->left < bytes.n ? t->left : bytes.n;
        memcpy(t->at, bytes.p, n);
        t->at += n;
        t->left -= (uint32_t)n;
        bytes = ocs_str_sub(bytes, n, bytes.n);
    }
    return true;
}

/* ---- postings ---- */

bool ocs_posting_take(ocs_str *rest, ocs_posting *posting)
{
    uint64_t difference, wdf;
    if (!ocs_take_varint(rest, &difference) || !ocs_take_varint(rest, &wdf) ||
        !ocs_take_string(rest, &posting->positions))
        return false;
    posting->id += (xap_docid)difference;
    posting->wdf = (uint32_t)wdf;
    return true;
}

static ocs_status add_posting(ocs_inverter *v, term *t, xap_docid id, const ocs_record_term *from,
                              ocs_error *err)
{
    char head[3 * OCS_VARINT_MAX];
    ocs_buf_reset(&v->positions);
    if (from->n_positions > 0)
        ocs_glass_put_positions(&v->positions, from->positions, from->n_positions);
    if (ocs_buf_status(&v->positions) != OCS_OK)
        return no_memory(err);
    char *end = ocs_write_varint(head, id - t->last);
    end = ocs_write_varint(end, from->wdf);
    end = ocs_write_varint(end, v->positions.n);
    t->last = id;
    t->documents++;
    t->occurrences += from->wdf;
    return append(v, t, (ocs_str){head, (size_t)(end - head)}) &&
                   append(v, t, ocs_buf_str(&v->positions))
               ? OCS_OK
               : no_memory(err);
}

/* ---- segments ---- */

typedef struct sorted_term {
    uint64_t head; /* the first eight bytes, most significant first: most comparisons end here */
    const term *term;
} sorted_term;

static ocs_str name_of(const term *t)
{
    return (ocs_str){t->name, t->name_n};
}

static int by_name(const void *a, const void *b)
{
    const sorted_term *x = a, *y = b;
    if (x->head != y->head)
        return x->head < y->head ? -1 : 1;
    return ocs_str_cmp(name_of(x->term), name_of(y->term));
}

static uint64_t head_of(const term *t)
{
    uint64_t head = 0;
    for (uint32_t i = 0; i < sizeof head; i++)
        head = head << 8 | (i < t->name_n ? (unsigned char)t->name[i] : 0);
    return head;
}

static sorted_term *sort_terms(const ocs_inverter *v)
{
    size_t n = 0;
    sorted_term *sorted = malloc((v->n_terms + 1) * sizeof *sorted);
    if (!sorted)
        return NULL;
    for (size_t i = 0; i < v->n_slots; i++) {
        if (v->slots[i].unit == 0)
            continue;
        const term *t = term_at(v, v->slots[i].unit);
        sorted[n++] = (sorted_term){head_of(t), t};
    }
    qsort(sorted, n, sizeof *sorted, by_name);
    return sorted;
}

static void write_term(ocs_segment *segment, const term *t)
{
    const ocs_inverted head = {
        .term = name_of(t), .documents = t->documents, .occurrences = t->occurrences};
    ocs_segment_write(segment, &head, t->last, t->bytes);
    for (const chunk *c = t->head; c; c = c->next)
        fwrite(c->bytes, 1, c->next ? c->n : c->room - t->left, segment->file);
}

static void forget_terms(ocs_inverter *v)
{
    v->n_terms = 0;
    v->slabs_used = 0;
    memset(v->slots, 0, v->n_slots * sizeof *v->slots);
}

static ocs_status write_segment(ocs_inverter *v, ocs_error *err)
{
    ocs_segment *segment;
    sorted_term *sorted = sort_terms(v);
    ocs_status st = sorted ? ocs_segments_begin(&v->segments, &segment, err) : no_memory(err);
    for (size_t i = 0; st == OCS_OK && i < v->n_terms; i++)
        write_term(segment, sorted[i].term);
    free(sorted);
    if (st == OCS_OK)
        st = ocs_segments_end(&v->segments, segment, err);
    forget_terms(v);
    return st;
}

/* ---- documents ---- */

/* Step by step, so that no step waits for what the one before it asked for. */
static void fetch(const ocs_inverter *v, const ocs_record_term *terms, size_t n,
                  uint32_t hashes[GROUP])
{
    uint32_t units[GROUP];
    for (size_t i = 0; i < n; i++) {
        hashes[i] = (uint32_t)ocs_hash(terms[i].term);
        __builtin_prefetch(&v->slots[hashes[i] & (v->n_slots - 1)]);
    }
    for (size_t i = 0; i < n; i++) {
        units[i] = v->slots[hashes[i] & (v->n_slots - 1)].unit;
        if (units[i] != 0)
            __builtin_prefetch(term_at(v, units[i]));
    }
    for (size_t i = 0; i < n; i++)
        if (units[i] != 0)
            __builtin_prefetch(term_at(v, units[i])->at, 1);
}

static ocs_status add_group(ocs_inverter *v, xap_docid id, const ocs_record_term *terms, size_t n,
                            ocs_error *err)
{
    uint32_t hashes[GROUP];
    ocs_status st = OCS_OK;
    fetch(v, terms, n, hashes);
    for (size_t i = 0; st == OCS_OK && i < n; i++) {
        term *t = term_of(v, terms[i].term, hashes[i]);
        st = t ? add_posting(v, t, id, &terms[i], err) : no_memory(err);
    }
    return st;
}

ocs_status ocs_inverter_add(ocs_inverter *v, xap_docid id, const ocs_record *record, ocs_error *err)
{
    if (!grow_slots(v, record->n_terms))
        return no_memory(err);
    for (size_t i = 0, n; i < record->n_terms; i += n) {
        n = record->n_terms - i < GROUP ? record->n_terms - i : GROUP;
        ocs_status st = add_group(v, id, &record->terms[i], n, err);
        if (st != OCS_OK)
            return st;
    }
    return memory_used(v) < v->memory ? OCS_OK : write_segment(v, err);
}

/* ---- the whole ---- */

static void free_slabs(ocs_inverter *v)
{
    for (size_t i = 0; i < v->n_slabs; i++)
        free(v->slabs[i]);
    free(v->slabs);
    free(v->slots);
    v->slabs = NULL;
    v->slots = NULL;
    v->n_slabs = v->slabs_used = v->n_slots = v->n_terms = 0;
}

ocs_status ocs_inverter_start(ocs_inverter *v, ocs_error *err)
{
    ocs_status st = v->n_terms > 0 ? write_segment(v, err) : OCS_OK;
    free_slabs(v); /* merging has buffers of its own */
    return st == OCS_OK ? ocs_segments_start(&v->segments, err) : st;
}

ocs_status ocs_inverter_next(ocs_inverter *v, ocs_inverted *out, ocs_error *err)
{
    return ocs_segments_next(&v->segments, out, err);
}

ocs_status ocs_inverter_new(const char *dir, size_t memory, ocs_inverter **inverter, ocs_error *err)
{
    ocs_inverter *v = calloc(1, sizeof *v);
    *inverter = v;
    if (!v || !(v->dir = strdup(dir)))
        return no_memory(err);
    v->memory = memory > LEAST_MEMORY ? memory : LEAST_MEMORY;
    ocs_buf_init(&v->positions, positions_cap);
    ocs_segments_init(&v->segments, v->dir);
    return OCS_OK;
}

void ocs_inverter_free(ocs_inverter *v)
{
    if (!v)
        return;
    ocs_segments_clear(&v->segments);
    free_slabs(v);
    ocs_buf_clear(&v->positions);
    free(v->dir);
    free(v);
}
