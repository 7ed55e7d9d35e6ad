/* The file: a line that says what it is, what it is about as a string, the number of entries, the
 * entries sorted by id (8 bytes id, 8 bytes hash of the text, big-endian), and 8 bytes hash of all
 * that.  16 bytes a document: 1.6 MB for 100,000. */
#include "query/seen.h"

#include "query/keep.h"

#include <stdlib.h>

enum { ENTRY = 16, FILE_CAP = 1 << 30 };
static const size_t MEMORY = (size_t)4 << 30;
static const ocs_str HEAD = OCS_STR_INIT("ocsearch seen 1\n");

typedef struct entry {
    uint64_t id, text;
} entry;

struct ocs_seen {
    ocs_arena *arena;
    const char *path;
    ocs_str about;
    bool several;
    int lock;
    entry *old; /* sorted */
    size_t n_old;
    OCS_VEC(entry) added;
};

const char *ocs_news_name(ocs_news news)
{
    static const char *const names[] = {NULL, "new", "changed"};
    return names[news];
}

uint64_t ocs_seen_text(const ocs_document *document)
{
    return document->text.n > 0 ? ocs_hash(document->text) : 0;
}

/* ---- numbers ---- */

static uint64_t take_number(const char *p)
{
    uint64_t number = 0;
    for (size_t i = 0; i < 8; i++)
        number = number << 8 | (unsigned char)p[i];
    return number;
}

static void put_number(ocs_buf *out, uint64_t number)
{
    char bytes[8];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(number >> (56 - 8 * i));
    ocs_buf_put(out, (ocs_str){bytes, sizeof bytes});
}

/* 16 hexadecimal digits; what is not of that form is told apart by its hash. */
static uint64_t id_number(ocs_str id)
{
    uint64_t number = 0;
    for (size_t i = 0; i < id.n; i++) {
        unsigned char c = (unsigned char)id.p[i];
        bool digit = c >= '0' && c <= '9', letter = c >= 'a' && c <= 'f';
        if (id.n != 16 || (!digit && !letter))
            return ocs_hash(id);
        number = number << 4 | (uint64_t)(digit ? c - '0' : c - 'a' + 10);
    }
    return number;
}

static int compare(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return (x->text > y->text) - (x->text < y->text);
}

/* ---- reading ---- */

static ocs_status damaged(const ocs_seen *seen, ocs_error *err)
{
    return ocs_fail(err, OCS_CORRUPT,
                    "%s is damaged: without it, the next run gives all documents again",
                    seen->path);
}

static ocs_status parse(ocs_seen *seen, ocs_str bytes, ocs_error *err)
{
    ocs_str rest, about;
    uint64_t n = 0;
    if (bytes.n < HEAD.n + 8 || !ocs_str_starts(bytes, HEAD) ||
        take_number(bytes.p + bytes.n - 8) != ocs_hash(ocs_str_sub(bytes, 0, bytes.n - 8)))
        return damaged(seen, err);
    rest = ocs_str_sub(bytes, HEAD.n, bytes.n - 8);
    if (!ocs_take_string(&rest, &about) || !ocs_take_varint(&rest, &n) || n > rest.n / ENTRY ||
        rest.n != n * ENTRY)
        return damaged(seen, err);
    if (!ocs_str_eq(about, seen->about))
        return ocs_fail(err, OCS_CORRUPT, "%s is about something else: %.*s", seen->path,
                        OCS_ARG(about));
    seen->n_old = (size_t)n;
    if (!(seen->old = ocs_arena_array(seen->arena, seen->n_old, sizeof *seen->old)))
        return ocs_fail(err, ocs_arena_status(seen->arena), "no memory for %s", seen->path);
    for (size_t i = 0; i < seen->n_old; i++)
        seen->old[i] =
            (entry){take_number(rest.p + i * ENTRY), take_number(rest.p + i * ENTRY + 8)};
    return OCS_OK;
}

static ocs_status open_locked(ocs_seen *seen, ocs_error *err)
{
    ocs_str bytes;
    ocs_status st = ocs_keep_lock(seen->path, 0, &seen->lock, err);
    if (st != OCS_OK)
        return st;
    st = ocs_keep_read(seen->path, FILE_CAP, seen->arena, &bytes, err);
    if (st != OCS_OK)
        return st == OCS_NOTFOUND ? OCS_OK : st;
    return parse(seen, bytes, err);
}

ocs_status ocs_seen_open(const char *path, ocs_str about, bool several, ocs_seen **seen,
                         ocs_error *err)
{
    ocs_arena *arena = ocs_arena_new(MEMORY);
    ocs_seen *made = arena ? ocs_arena_alloc(arena, sizeof *made) : NULL;
    *seen = NULL;
    if (!made) {
        ocs_arena_free(arena);
        return ocs_fail(err, OCS_NOMEM, "no memory for %s", path);
    }
    *made = (ocs_seen){.arena = arena, .several = several, .lock = -1};
    made->path = ocs_arena_copy(arena, path, strlen(path));
    made->about = ocs_str_copy(arena, about);
    ocs_status st = made->path ? open_locked(made, err) : OCS_NOMEM;
    if (st == OCS_OK)
        *seen = made;
    else
        ocs_seen_close(made);
    return st;
}

void ocs_seen_close(ocs_seen *seen)
{
    if (!seen)
        return;
    ocs_keep_unlock(seen->lock);
    ocs_arena_free(seen->arena);
}

/* ---- asking and adding ---- */

size_t ocs_seen_count(const ocs_seen *seen)
{
    return seen->n_old;
}

/* The first entry that is not before (${id}, 0). */
static size_t find(const ocs_seen *seen, uint64_t id)
{
    size_t low = 0, high = seen->n_old;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (seen->old[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

ocs_news ocs_seen_look(const ocs_seen *seen, ocs_str id, uint64_t text)
{
    uint64_t number = id_number(id);
    ocs_news news = OCS_NEWS_NEW;
    for (size_t i = find(seen, number); i < seen->n_old && seen->old[i].id == number; i++) {
        if (seen->old[i].text == text)
            return OCS_NEWS_NONE;
        news = OCS_NEWS_CHANGED;
    }
    return news;
}

/* The id is the only term that begins with Q: words are folded to lower case. */
static ocs_status look_by_terms(const ocs_seen *seen, xap_terms *terms, uint64_t text,
                                ocs_news *news, ocs_error *err)
{
    ocs_str term;
    ocs_status st = xap_terms_skip_to(terms, OCS_STR("Q"), err);
    if (st == OCS_OK)
        st = xap_terms_next(terms, &term, NULL, err);
    if (st == OCS_NOTFOUND || (st == OCS_OK && !ocs_str_starts(term, OCS_STR("Q"))))
        return ocs_fail(err, OCS_CORRUPT, "a document of the index has no id");
    if (st == OCS_OK)
        *news = ocs_seen_look(seen, ocs_str_sub(term, 1, term.n), text);
    return st;
}

ocs_status ocs_seen_ask(const ocs_seen *seen, ocs_index *index, xap_docid number, ocs_news *news,
                        ocs_error *err)
{
    ocs_str value;
    xap_terms *terms = NULL;
    *news = OCS_NEWS_NONE;
    ocs_status st = xap_db_value(ocs_index_db(index), number, OCS_SLOT_TEXT, &value, err);
    if (st != OCS_OK)
        return st;
    uint64_t text = value.n == 8 ? take_number(value.p) : 0;
    st = xap_db_doc_terms(ocs_index_db(index), number, &terms, err);
    if (st == OCS_OK)
        st = look_by_terms(seen, terms, text, news, err);
    xap_terms_free(terms);
    return st;
}

ocs_status ocs_seen_add(ocs_seen *seen, ocs_str id, uint64_t text, ocs_error *err)
{
    entry *added = ocs_vec_push(seen->arena, &seen->added);
    if (!added)
        return ocs_fail(err, ocs_arena_status(seen->arena), "too many documents for %s",
                        seen->path);
    *added = (entry){id_number(id), text};
    return OCS_OK;
}

/* ---- saving ---- */

static int compare_id(const void *id, const void *at)
{
    uint64_t x = *(const uint64_t *)id, y = ((const entry *)at)->id;
    return (x > y) - (x < y);
}

/* What was added comes in the place of what was known of its id, or beside it. */
static size_t merge(const ocs_seen *seen, entry *out)
{
    size_t n = 0, i = 0, j = 0;
    while (i < seen->n_old || j < seen->added.n) {
        bool take_old = j == seen->added.n ||
                        (i < seen->n_old && compare(&seen->old[i], &seen->added.at[j]) <= 0);
        entry next = take_old ? seen->old[i++] : seen->added.at[j++];
        bool replaced =
            take_old && !seen->several &&
            bsearch(&next.id, seen->added.at, seen->added.n, sizeof(entry), compare_id) != NULL;
        if (!replaced && (n == 0 || compare(&out[n - 1], &next) != 0))
            out[n++] = next;
    }
    return n;
}

static void pack(const ocs_seen *seen, const entry *entries, size_t n, ocs_buf *out)
{
    ocs_buf_put(out, HEAD);
    ocs_buf_put_string(out, seen->about);
    ocs_buf_put_varint(out, n);
    for (size_t i = 0; i < n; i++) {
        put_number(out, entries[i].id);
        put_number(out, entries[i].text);
    }
    put_number(out, ocs_hash(ocs_buf_str(out)));
}

ocs_status ocs_seen_save(ocs_seen *seen, ocs_error *err)
{
    ocs_buf packed;
    if (seen->added.n == 0)
        return OCS_OK;
    entry *all = ocs_arena_array(seen->arena, seen->n_old + seen->added.n, sizeof *all);
    if (!all)
        return ocs_fail(err, ocs_arena_status(seen->arena), "no memory for %s", seen->path);
    qsort(seen->added.at, seen->added.n, sizeof(entry), compare);
    ocs_buf_init(&packed, FILE_CAP);
    pack(seen, all, merge(seen, all), &packed);
    ocs_status st = ocs_buf_status(&packed);
    if (st == OCS_OK)
        st = ocs_keep_replace(seen->path, ocs_buf_str(&packed), err);
    else
        st = ocs_fail(err, st, "too many documents for %s", seen->path);
    ocs_buf_clear(&packed);
    return st;
}
