/* A term in a segment: its name, in how many documents it is, how often in all, the last of these
 * documents, length of the postings, postings.  The last document is what the postings of the next
 * segment are counted from, so that all but the first one of them are copied as they are. */
#include "index/glass_segments.h"

#include "index/glass_parts.h"

#include <errno.h>
#include <stdlib.h>

enum { FILE_BUFFER = 256 * 1024, NAME_CAP = 4096 };

static const size_t postings_cap = (size_t)4 << 30; /* of one term */

static ocs_status no_memory(ocs_error *err)
{
    return ocs_fail(err, OCS_NOMEM, "no memory to build the index");
}

void ocs_segments_init(ocs_segments *segments, const char *dir)
{
    *segments = (ocs_segments){.dir = dir};
    ocs_buf_init(&segments->joined, postings_cap);
    ocs_buf_init(&segments->name, NAME_CAP);
}

static void free_segment(ocs_segment *s)
{
    if (s->file)
        fclose(s->file);
    ocs_buf_clear(&s->buf);
    free(s);
}

void ocs_segments_clear(ocs_segments *segments)
{
    for (size_t i = 0; i < segments->n; i++)
        free_segment(segments->at[i]);
    segments->n = segments->n_heap = 0;
    ocs_buf_clear(&segments->joined);
    ocs_buf_clear(&segments->name);
}

/* ---- writing ---- */

ocs_status ocs_segments_begin(ocs_segments *segments, ocs_segment **segment, ocs_error *err)
{
    if (segments->n == OCS_SEGMENTS_MAX)
        return ocs_fail(err, OCS_LIMIT, "too much to invert in %d segments", OCS_SEGMENTS_MAX);
    ocs_segment *s = calloc(1, sizeof *s);
    if (!s)
        return no_memory(err);
    ocs_buf_init(&s->buf, postings_cap);
    s->number = segments->n;
    segments->at[segments->n++] = s;
    *segment = s;
    ocs_status st = ocs_scratch_open(segments->dir, &s->file, err);
    if (st != OCS_OK)
        return st;
    return setvbuf(s->file, NULL, _IOFBF, FILE_BUFFER) == 0 ? OCS_OK : no_memory(err);
}

void ocs_segment_write(ocs_segment *s, const ocs_inverted *term, xap_docid last, size_t bytes)
{
    ocs_buf_reset(&s->buf);
    ocs_buf_put_string(&s->buf, term->term);
    ocs_buf_put_varint(&s->buf, term->documents);
    ocs_buf_put_varint(&s->buf, term->occurrences);
    ocs_buf_put_varint(&s->buf, last);
    ocs_buf_put_varint(&s->buf, bytes);
    fwrite(s->buf.p, 1, s->buf.n, s->file);
}

ocs_status ocs_segments_end(ocs_segments *segments, ocs_segment *s, ocs_error *err)
{
    if (ocs_buf_status(&s->buf) != OCS_OK)
        return no_memory(err);
    if (fflush(s->file) != 0 || ferror(s->file))
        return ocs_fail(err, OCS_IO, "cannot write a segment in %s: %s", segments->dir,
                        strerror(errno));
    return OCS_OK;
}

/* ---- reading ---- */

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

static bool read_bytes(ocs_segment *s, size_t n)
{
    char *at = ocs_buf_begin(&s->buf, n);
    if (!at || fread(at, 1, n, s->file) != n)
        return false;
    ocs_buf_wrote(&s->buf, at + n);
    return true;
}

/* The next term of a segment; OCS_NOTFOUND at its end. */
static ocs_status read_term(ocs_segment *s, ocs_error *err)
{
    uint64_t name_n, last, bytes;
    ocs_buf_reset(&s->buf);
    if (!read_number(s->file, &name_n))
        return ferror(s->file) ? ocs_fail(err, OCS_IO, "cannot read a segment again")
                               : OCS_NOTFOUND;
    bool whole = read_bytes(s, name_n) && read_number(s->file, &s->now.documents) &&
                 read_number(s->file, &s->now.occurrences) && read_number(s->file, &last) &&
                 read_number(s->file, &bytes) && read_bytes(s, bytes);
    if (ocs_buf_status(&s->buf) != OCS_OK)
        return ocs_fail(err, ocs_buf_status(&s->buf), "no memory for the postings of a term");
    if (!whole)
        return ocs_fail(err, OCS_IO, "cannot read a segment again");
    ocs_str all = ocs_buf_str(&s->buf);
    s->last = (xap_docid)last;
    s->now.term = ocs_str_sub(all, 0, name_n);
    s->now.postings = ocs_str_sub(all, name_n, all.n);
    return OCS_OK;
}

/* ---- merging ---- */

static bool before(const ocs_segment *a, const ocs_segment *b)
{
    int terms = ocs_str_cmp(a->now.term, b->now.term);
    return terms != 0 ? terms < 0 : a->number < b->number;
}

static void sift_down(ocs_segments *segments, size_t i)
{
    ocs_segment **at = segments->at;
    for (;;) {
        size_t least = i, left = 2 * i + 1;
        if (left < segments->n_heap && before(at[left], at[least]))
            least = left;
        if (left + 1 < segments->n_heap && before(at[left + 1], at[least]))
            least = left + 1;
        if (least == i)
            return;
        ocs_segment *s = at[i];
        at[i] = at[least];
        at[least] = s;
        i = least;
    }
}

/* The first segment has been used up to its term: on to the next one. */
static ocs_status advance(ocs_segments *segments, ocs_error *err)
{
    ocs_status st = read_term(segments->at[0], err);
    if (st != OCS_OK && st != OCS_NOTFOUND)
        return st;
    if (st == OCS_NOTFOUND) {
        ocs_segment *done = segments->at[0];
        segments->at[0] = segments->at[--segments->n_heap];
        segments->at[segments->n_heap] = done;
    }
    sift_down(segments, 0);
    return OCS_OK;
}

ocs_status ocs_segments_start(ocs_segments *segments, ocs_error *err)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < segments->n; i++) {
        rewind(segments->at[i]->file);
        st = read_term(segments->at[i], err);
    }
    if (st != OCS_OK)
        return st == OCS_NOTFOUND ? ocs_fail(err, OCS_BUG, "an empty segment") : st;
    segments->n_heap = segments->n;
    for (size_t i = segments->n_heap / 2; i-- > 0;)
        sift_down(segments, i);
    return OCS_OK;
}

/* Append a segment's postings, the first one counted from ${last}. */
static bool join(ocs_buf *out, const ocs_segment *s, xap_docid last)
{
    ocs_posting posting = {0};
    ocs_str rest = s->now.postings;
    if (!ocs_posting_take(&rest, &posting))
        return false;
    ocs_buf_put_varint(out, posting.id - last);
    ocs_buf_put_varint(out, posting.wdf);
    ocs_buf_put_string(out, posting.positions);
    ocs_buf_put(out, rest);
    return ocs_buf_status(out) == OCS_OK;
}

/* Does any other segment have the first one's term? */
static bool is_shared(const ocs_segments *segments)
{
    for (size_t i = 1; i < 3 && i < segments->n_heap; i++)
        if (ocs_str_eq(segments->at[i]->now.term, segments->at[0]->now.term))
            return true;
    return false;
}

static ocs_status join_all(ocs_segments *segments, ocs_inverted *out, ocs_error *err)
{
    xap_docid last = 0;
    *out = (ocs_inverted){0};
    ocs_buf_reset(&segments->name);
    ocs_buf_reset(&segments->joined);
    ocs_buf_put(&segments->name, segments->at[0]->now.term);
    while (segments->n_heap > 0 &&
           ocs_str_eq(segments->at[0]->now.term, ocs_buf_str(&segments->name))) {
        const ocs_segment *part = segments->at[0];
        out->documents += part->now.documents;
        out->occurrences += part->now.occurrences;
        if (!join(&segments->joined, part, last))
            return ocs_fail(err, OCS_IO, "the postings of a term cannot be joined");
        last = part->last;
        ocs_status st = advance(segments, err);
        if (st != OCS_OK)
            return st;
    }
    out->term = ocs_buf_str(&segments->name);
    out->postings = ocs_buf_str(&segments->joined);
    return OCS_OK;
}

/* A term of one segment alone, as most are, is given as it lies there. */
ocs_status ocs_segments_next(ocs_segments *segments, ocs_inverted *term, ocs_error *err)
{
    ocs_status st = segments->used ? advance(segments, err) : OCS_OK;
    segments->used = false;
    if (st != OCS_OK)
        return st;
    if (segments->n_heap == 0)
        return OCS_NOTFOUND;
    if (is_shared(segments))
        return join_all(segments, term, err);
    *term = segments->at[0]->now;
    segments->used = true;
    return OCS_OK;
}
