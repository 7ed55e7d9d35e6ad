/* A hash table of terms; each term owns a chain of chunks of bytes, each chunk twice as long as the
 * one before, to which its postings are appended: difference to the number of the document before,
 * frequency, length of the positions, positions.  Numbers start anew in each segment, so that the
 * first difference is the number itself; joining two segments' postings means to write that one
 * again.
 *
 * Names, chunks and nothing else live in slabs that are used again after a segment is written.
 *
 * A segment: for each term its length, bytes, documents, occurrences, length of postings,
 * postings. */
#include "index/glass_invert.h"

#include "index/glass_code.h"
#include "index/glass_parts.h"

#include <errno.h>
#include <stdlib.h>

enum {
    SLAB = 1 << 20,
    LEAST_MEMORY = 4 << 20,
    FIRST_CHUNK = 24,
    LAST_CHUNK = 16384,
    FIRST_SLOTS = 1 << 16,
    SEGMENTS_MAX = 1024,
    READ_BUFFER = 256 * 1024
};

static const size_t postings_cap = (size_t)4 << 30; /* of one term */

typedef struct chunk chunk;
struct chunk {
    chunk *next;
    uint32_t n, room;
    char bytes[];
};

typedef struct term {
    uint64_t hash;
    const char *name;
    uint32_t name_n;
    xap_docid last;
    uint64_t documents, occurrences;
    size_t bytes; /* of the postings */
    chunk *head, *tail;
} term;

typedef struct segment {
    FILE *file;
    ocs_inverted now; /* .term and .postings in .buf */
    ocs_buf buf;
    size_t number; /* segments with lower numbers have lower documents */
} segment;

struct ocs_inverter {
    char *dir;
    size_t memory;
    char **slabs;
    size_t n_slabs, slabs_room, slabs_used,
        slab_at; /* slab_at: bytes used of the last one in use */
    term *terms;
    size_t n_terms, terms_room;
    uint32_t *slots; /* number of a term from 1; 0: free */
    size_t n_slots;
    ocs_buf posting, positions; /* being put together */
    segment *segments[SEGMENTS_MAX];
    size_t n_segments, n_heap; /* the first n_heap segments are a heap by term and number */
    ocs_buf joined, name;      /* of the term given last */
};

static ocs_status no_memory(ocs_error *err)
{
    return ocs_fail(err, OCS_NOMEM, "no memory to build the index");
}

/* ---- slabs ---- */

static bool next_slab(ocs_inverter *v)
{
    if (v->slabs_used == v->n_slabs) {
        if (v->n_slabs == v->slabs_room) {
            size_t room = v->slabs_room > 0 ? 2 * v->slabs_room : 64;
            char **slabs = realloc(v->slabs, room * sizeof *slabs);
            if (!slabs)
                return false;
            v->slabs = slabs;
            v->slabs_room = room;
        }
        v->slabs[v->n_slabs] = malloc(SLAB);
        if (!v->slabs[v->n_slabs])
            return false;
        v->n_slabs++;
    }
    v->slabs_used++;
    v->slab_at = 0;
    return true;
}

/* ${size} is far below SLAB. */
static void *take(ocs_inverter *v, size_t size)
{
    size = (size + 7) & ~(size_t)7;
    if ((v->slabs_used == 0 || v->slab_at + size > SLAB) && !next_slab(v))
        return NULL;
    char *at = v->slabs[v->slabs_used - 1] + v->slab_at;
    v->slab_at += size;
    return at;
}

static size_t memory_used(const ocs_inverter *v)
{
    return v->slabs_used * SLAB + v->terms_room * sizeof *v->terms + v->n_slots * sizeof *v->slots;
}

/* ---- terms ---- */

static bool grow_slots(ocs_inverter *v)
{
    size_t n = v->n_slots > 0 ? 2 * v->n_slots : FIRST_SLOTS;
    uint32_t *slots = calloc(n, sizeof *slots);
    if (!slots)
        return false;
    for (size_t t = 0; t < v->n_terms; t++) {
        size_t i = v->terms[t].hash & (n - 1);
        while (slots[i] != 0)
            i = (i + 1) & (n - 1);
        slots[i] = (uint32_t)t + 1;
    }
    free(v->slots);
    v->slots = slots;
    v->n_slots = n;
    return true;
}

static term *add_term(ocs_inverter *v, ocs_str name, uint64_t hash, size_t slot)
{
    if (v->n_terms == v->terms_room) {
        size_t room = v->terms_room > 0 ? 2 * v->terms_room : FIRST_SLOTS / 2;
        term *terms = realloc(v->terms, room * sizeof *terms);
        if (!terms)
            return NULL;
        v->terms = terms;
        v->terms_room = room;
    }
    char *copy = take(v, name.n);
    if (!copy)
        return NULL;
    memcpy(copy, name.p, name.n);
    term *added = &v->terms[v->n_terms++];
    *added = (term){.hash = hash, .name = copy, .name_n = (uint32_t)name.n};
    v->slots[slot] = (uint32_t)v->n_terms;
    return added;
}

/* The term of this name, made if need be; NULL: memory.  Valid until the next call. */
static term *term_of(ocs_inverter *v, ocs_str name)
{
    if ((v->n_terms + 1) * 2 > v->n_slots && !grow_slots(v))
        return NULL;
    uint64_t hash = ocs_hash(name);
    size_t i = hash & (v->n_slots - 1);
    for (; v->slots[i] != 0; i = (i + 1) & (v->n_slots - 1)) {
        term *t = &v->terms[v->slots[i] - 1];
        if (t->hash == hash && t->name_n == name.n && memcmp(t->name, name.p, name.n) == 0)
            return t;
    }
    return add_term(v, name, hash, i);
}

static bool append(ocs_inverter *v, term *t, ocs_str bytes)
{
    for (t->bytes += bytes.n; bytes.n > 0;) {
        chunk *tail = t->tail;
        if (!tail || tail->n == tail->room) {
            uint32_t room = !tail                     ? FIRST_CHUNK
                            : tail->room < LAST_CHUNK ? 2 * tail->room
                                                      : LAST_CHUNK;
            chunk *more = take(v, sizeof *more + room);
            if (!more)
                return false;
            *more = (chunk){.room = room};
            *(tail ? &tail->next : &t->head) = more;
            t->tail = tail = more;
        }
        size_t n = tail->room - tail->n < bytes.n ? tail->room - tail->n : bytes.n;
        memcpy(tail->bytes + tail->n, bytes.p, n);
        tail->n += (uint32_t)n;
        bytes = ocs_str_sub(bytes, n, bytes.n);
    }
    return true;
}

/* ---- postings ---- */

static void put_posting(ocs_buf *out, uint32_t difference, uint32_t wdf, ocs_str positions)
{
    ocs_buf_put_varint(out, difference);
    ocs_buf_put_varint(out, wdf);
    ocs_buf_put_string(out, positions);
}

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

static ocs_status add_posting(ocs_inverter *v, xap_docid id, const ocs_record_term *from,
                              ocs_error *err)
{
    term *t = term_of(v, from->term);
    if (!t)
        return no_memory(err);
    ocs_buf_reset(&v->positions);
    ocs_buf_reset(&v->posting);
    if (from->n_positions > 0)
        ocs_glass_put_positions(&v->positions, from->positions, from->n_positions);
    put_posting(&v->posting, id - t->last, from->wdf, ocs_buf_str(&v->positions));
    t->last = id;
    t->documents++;
    t->occurrences += from->wdf;
    bool good = ocs_buf_status(&v->positions) == OCS_OK && ocs_buf_status(&v->posting) == OCS_OK;
    return good && append(v, t, ocs_buf_str(&v->posting)) ? OCS_OK : no_memory(err);
}

/* ---- segments ---- */

static ocs_status open_scratch(const char *dir, FILE **file, ocs_error *err)
{
    ocs_status st = ocs_scratch_open(dir, file, err);
    if (st != OCS_OK || setvbuf(*file, NULL, _IOFBF, READ_BUFFER) == 0)
        return st;
    fclose(*file);
    return no_memory(err);
}

static int by_name(const void *a, const void *b)
{
    const term *const *x = a, *const *y = b;
    return ocs_str_cmp((ocs_str){(*x)->name, (*x)->name_n}, (ocs_str){(*y)->name, (*y)->name_n});
}

static const term **sorted_terms(const ocs_inverter *v)
{
    const term **sorted = malloc((v->n_terms + 1) * sizeof *sorted);
    if (!sorted)
        return NULL;
    for (size_t i = 0; i < v->n_terms; i++)
        sorted[i] = &v->terms[i];
    qsort(sorted, v->n_terms, sizeof *sorted, by_name);
    return sorted;
}

static void write_term(ocs_inverter *v, FILE *file, const term *t)
{
    ocs_buf_reset(&v->posting);
    ocs_buf_put_string(&v->posting, (ocs_str){t->name, t->name_n});
    ocs_buf_put_varint(&v->posting, t->documents);
    ocs_buf_put_varint(&v->posting, t->occurrences);
    ocs_buf_put_varint(&v->posting, t->bytes);
    fwrite(v->posting.p, 1, v->posting.n, file);
    for (const chunk *c = t->head; c; c = c->next)
        fwrite(c->bytes, 1, c->n, file);
}

static void forget_terms(ocs_inverter *v)
{
    v->n_terms = 0;
    v->slabs_used = 0;
    memset(v->slots, 0, v->n_slots * sizeof *v->slots);
}

static ocs_status write_segment(ocs_inverter *v, ocs_error *err)
{
    if (v->n_segments == SEGMENTS_MAX)
        return ocs_fail(err, OCS_LIMIT, "too much to invert within %zu bytes of memory", v->memory);
    segment *s = calloc(1, sizeof *s);
    const term **sorted = sorted_terms(v);
    ocs_status st = s && sorted ? open_scratch(v->dir, &s->file, err) : no_memory(err);
    if (st != OCS_OK) {
        free(sorted);
        free(s);
        return st;
    }
    for (size_t i = 0; i < v->n_terms; i++)
        write_term(v, s->file, sorted[i]);
    free(sorted);
    ocs_buf_init(&s->buf, postings_cap);
    s->number = v->n_segments;
    v->segments[v->n_segments++] = s;
    forget_terms(v);
    if (fflush(s->file) != 0 || ferror(s->file))
        return ocs_fail(err, OCS_IO, "cannot write a segment in %s: %s", v->dir, strerror(errno));
    return OCS_OK;
}

ocs_status ocs_inverter_add(ocs_inverter *v, xap_docid id, const ocs_record *record, ocs_error *err)
{
    for (size_t i = 0; i < record->n_terms; i++) {
        ocs_status st = add_posting(v, id, &record->terms[i], err);
        if (st != OCS_OK)
            return st;
    }
    return memory_used(v) < v->memory ? OCS_OK : write_segment(v, err);
}

/* ---- merging ---- */

static bool read_number(FILE *file, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        int byte = getc_unlocked(file);
        if (byte == EOF)
            return false;
        *value |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return true;
    }
    return false;
}

static bool read_bytes(segment *s, size_t n)
{
    enum { PIECE = 65536 };
    char piece[PIECE];
    while (n > 0) {
        size_t part = n < PIECE ? n : PIECE;
        if (fread(piece, 1, part, s->file) != part)
            return false;
        ocs_buf_put(&s->buf, (ocs_str){piece, part});
        n -= part;
    }
    return true;
}

/* The next term of a segment; OCS_NOTFOUND at its end. */
static ocs_status read_term(segment *s, ocs_error *err)
{
    uint64_t name_n, bytes;
    ocs_buf_reset(&s->buf);
    if (!read_number(s->file, &name_n))
        return ferror(s->file) ? ocs_fail(err, OCS_IO, "cannot read a segment again")
                               : OCS_NOTFOUND;
    if (!read_bytes(s, name_n) || !read_number(s->file, &s->now.documents) ||
        !read_number(s->file, &s->now.occurrences) || !read_number(s->file, &bytes) ||
        !read_bytes(s, bytes))
        return ocs_fail(err, OCS_IO, "cannot read a segment again");
    if (ocs_buf_status(&s->buf) != OCS_OK)
        return ocs_fail(err, ocs_buf_status(&s->buf), "no memory for the postings of a term");
    ocs_str all = ocs_buf_str(&s->buf);
    s->now.term = ocs_str_sub(all, 0, name_n);
    s->now.postings = ocs_str_sub(all, name_n, all.n);
    return OCS_OK;
}

static bool before(const segment *a, const segment *b)
{
    int terms = ocs_str_cmp(a->now.term, b->now.term);
    return terms != 0 ? terms < 0 : a->number < b->number;
}

static void sift_down(ocs_inverter *v, size_t i)
{
    for (;;) {
        size_t least = i, left = 2 * i + 1;
        if (left < v->n_heap && before(v->segments[left], v->segments[least]))
            least = left;
        if (left + 1 < v->n_heap && before(v->segments[left + 1], v->segments[least]))
            least = left + 1;
        if (least == i)
            return;
        segment *s = v->segments[i];
        v->segments[i] = v->segments[least];
        v->segments[least] = s;
        i = least;
    }
}

/* The first segment has been used up to its term: on to the next one. */
static ocs_status advance(ocs_inverter *v, ocs_error *err)
{
    ocs_status st = read_term(v->segments[0], err);
    if (st != OCS_OK && st != OCS_NOTFOUND)
        return st;
    if (st == OCS_NOTFOUND) {
        segment *done = v->segments[0];
        v->segments[0] = v->segments[--v->n_heap];
        v->segments[v->n_heap] = done;
    }
    sift_down(v, 0);
    return OCS_OK;
}

ocs_status ocs_inverter_start(ocs_inverter *v, ocs_error *err)
{
    ocs_status st = v->n_terms > 0 ? write_segment(v, err) : OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < v->n_segments; i++) {
        rewind(v->segments[i]->file);
        st = read_term(v->segments[i], err);
    }
    if (st != OCS_OK)
        return st == OCS_NOTFOUND ? ocs_fail(err, OCS_BUG, "an empty segment") : st;
    v->n_heap = v->n_segments;
    for (size_t i = v->n_heap / 2; i-- > 0;)
        sift_down(v, i);
    return OCS_OK;
}

/* Append a segment's postings, the first one counted from ${last}. */
static bool join(ocs_buf *out, ocs_str postings, xap_docid *last)
{
    ocs_posting posting = {0};
    ocs_str rest = postings;
    if (!ocs_posting_take(&rest, &posting))
        return false;
    put_posting(out, posting.id - *last, posting.wdf, posting.positions);
    ocs_buf_put(out, rest);
    while (ocs_posting_take(&rest, &posting))
        continue;
    *last = posting.id;
    return ocs_buf_status(out) == OCS_OK;
}

ocs_status ocs_inverter_next(ocs_inverter *v, ocs_inverted *out, ocs_error *err)
{
    xap_docid last = 0;
    if (v->n_heap == 0)
        return OCS_NOTFOUND;
    *out = (ocs_inverted){0};
    ocs_buf_reset(&v->name);
    ocs_buf_reset(&v->joined);
    ocs_buf_put(&v->name, v->segments[0]->now.term);
    while (v->n_heap > 0 && ocs_str_eq(v->segments[0]->now.term, ocs_buf_str(&v->name))) {
        const ocs_inverted *part = &v->segments[0]->now;
        out->documents += part->documents;
        out->occurrences += part->occurrences;
        if (!join(&v->joined, part->postings, &last))
            return ocs_fail(err, OCS_IO, "the postings of a term cannot be joined");
        ocs_status st = advance(v, err);
        if (st != OCS_OK)
            return st;
    }
    out->term = ocs_buf_str(&v->name);
    out->postings = ocs_buf_str(&v->joined);
    return OCS_OK;
}

/* ---- the whole ---- */

ocs_status ocs_inverter_new(const char *dir, size_t memory, ocs_inverter **inverter, ocs_error *err)
{
    ocs_inverter *v = calloc(1, sizeof *v);
    *inverter = v;
    if (!v || !(v->dir = strdup(dir)))
        return no_memory(err);
    v->memory = memory > LEAST_MEMORY ? memory : LEAST_MEMORY;
    ocs_buf_init(&v->posting, postings_cap);
    ocs_buf_init(&v->positions, postings_cap);
    ocs_buf_init(&v->joined, postings_cap);
    ocs_buf_init(&v->name, 4096);
    return OCS_OK;
}

static void free_segment(segment *s)
{
    fclose(s->file);
    ocs_buf_clear(&s->buf);
    free(s);
}

void ocs_inverter_free(ocs_inverter *v)
{
    if (!v)
        return;
    for (size_t i = 0; i < v->n_segments; i++)
        free_segment(v->segments[i]);
    for (size_t i = 0; i < v->n_slabs; i++)
        free(v->slabs[i]);
    ocs_buf_clear(&v->posting);
    ocs_buf_clear(&v->positions);
    ocs_buf_clear(&v->joined);
    ocs_buf_clear(&v->name);
    free(v->slabs);
    free(v->terms);
    free(v->slots);
    free(v->dir);
    free(v);
}
