/* Lists of terms and stored data are written as documents come, for their keys are the documents'
 * numbers.  Terms are inverted on the way; in the end they fill the tables of postings and of
 * positions in one pass.
 *
 * Table of postings, by its keys: metadata, statistics of values, values, lengths of documents,
 * terms. The postings of a term, and likewise the lengths, are cut into chunks: the first under the
 * term itself, which says in how many documents it is and how often in all, the others under the
 * term and the first document.  A chunk: whether it is the last ('1' or '0'), last document less
 * the first, frequency in the first, then of each document the difference to the one before less
 * one, and the frequency. */
#include "index/glass.h"

#include "index/glass_code.h"
#include "index/glass_invert.h"
#include "index/glass_list.h"
#include "index/glass_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

static const ocs_str LENGTHS = {"\0\xe0", 2};

enum { CHUNK = 2000, TAG_CAP = 1 << 30, KEY_CAP = 4096 };

typedef struct statistics {
    uint64_t length;       /* of all documents, in terms */
    uint32_t short_length; /* the least above 0 */
    uint32_t great_length, great_wdf;
} statistics;

struct ocs_glass {
    char path[OCS_PATH_ROOM];
    ocs_glass_tree termlist, docdata, postlist, position;
    ocs_inverter *inverter;
    ocs_glass_values values;
    ocs_glass_metadata metadata;
    uint32_t *lengths; /* of document i + 1 */
    size_t n_documents, lengths_room;
    statistics statistics;
    ocs_buf key, tag;
};

/* ---- beginning ---- */

bool ocs_glass_known(void)
{
    return strncmp(xap_version(), "1.4.", 4) == 0;
}

static ocs_status open_table(ocs_glass *glass, ocs_glass_tree *tree, const char *name,
                             bool deflates, ocs_error *err)
{
    char path[OCS_PATH_ROOM];
    ocs_status st = ocs_path_join(path, glass->path, name, err);
    return st == OCS_OK ? ocs_glass_tree_open(tree, path, deflates, err) : st;
}

static ocs_status open_tables(ocs_glass *glass, ocs_error *err)
{
    ocs_status st = open_table(glass, &glass->termlist, "termlist.glass", true, err);
    if (st == OCS_OK)
        st = open_table(glass, &glass->docdata, "docdata.glass", true, err);
    if (st == OCS_OK)
        st = open_table(glass, &glass->postlist, "postlist.glass", false, err);
    if (st == OCS_OK)
        st = open_table(glass, &glass->position, "position.glass", false, err);
    return st;
}

ocs_status ocs_glass_new(const char *path, size_t memory, ocs_glass **glass, ocs_error *err)
{
    ocs_glass *g = calloc(1, sizeof *g);
    *glass = g;
    if (!g)
        return ocs_fail(err, OCS_NOMEM, "no memory to build the index");
    g->termlist.fd = g->docdata.fd = g->postlist.fd = g->position.fd = -1;
    ocs_buf_init(&g->key, KEY_CAP);
    ocs_buf_init(&g->tag, TAG_CAP);
    ocs_glass_values_init(&g->values, g->path);
    ocs_glass_metadata_init(&g->metadata, g->path);
    if (strlen(path) >= sizeof g->path)
        return ocs_fail(err, OCS_LIMIT, "the path %s is too long", path);
    strcpy(g->path, path);
    if (mkdir(path, 0777) != 0)
        return ocs_fail(err, OCS_IO, "cannot make %s: %s", path, strerror(errno));
    ocs_status st = open_tables(g, err);
    return st == OCS_OK ? ocs_inverter_new(path, memory, &g->inverter, err) : st;
}

void ocs_glass_free(ocs_glass *glass)
{
    if (!glass)
        return;
    ocs_glass_tree_close(&glass->termlist);
    ocs_glass_tree_close(&glass->docdata);
    ocs_glass_tree_close(&glass->postlist);
    ocs_glass_tree_close(&glass->position);
    ocs_inverter_free(glass->inverter);
    ocs_glass_values_clear(&glass->values);
    ocs_glass_metadata_clear(&glass->metadata);
    ocs_buf_clear(&glass->key);
    ocs_buf_clear(&glass->tag);
    free(glass->lengths);
    free(glass);
}

/* ---- a document ---- */

static ocs_status add_tag(ocs_glass *glass, ocs_glass_tree *tree, ocs_error *err)
{
    ocs_status st = ocs_buf_status(&glass->tag);
    if (st != OCS_OK || (st = ocs_buf_status(&glass->key)) != OCS_OK)
        return ocs_fail(err, st, "no memory for an entry of %s", tree->path);
    return ocs_glass_tree_add(tree, ocs_buf_str(&glass->key), ocs_buf_str(&glass->tag), err);
}

static void document_key(ocs_glass *glass, xap_docid id)
{
    ocs_buf_reset(&glass->key);
    ocs_glass_put_sorted(&glass->key, id);
}

/* The list stands in the tag. */
static ocs_status write_list(ocs_glass *glass, xap_docid id, ocs_error *err)
{
    document_key(glass, id);
    return add_tag(glass, &glass->termlist, err);
}

/* Which slots a document has, beside its list of terms, and their values. */
static ocs_status write_values(ocs_glass *glass, xap_docid id, const ocs_record *record,
                               ocs_error *err)
{
    uint32_t next = 0;
    if (record->n_values == 0)
        return OCS_OK;
    document_key(glass, id);
    ocs_buf_putc(&glass->key, '\0');
    ocs_buf_reset(&glass->tag);
    for (size_t i = 0; i < record->n_values; i++) {
        const ocs_record_value *value = &record->values[i];
        if (value->slot < next || value->value.n == 0)
            return ocs_fail(err, OCS_BUG, "the values of a record are empty or not sorted");
        ocs_buf_put_varint(&glass->tag, value->slot - next);
        next = value->slot + 1;
        ocs_status st = ocs_glass_values_add(&glass->values, id, value->slot, value->value, err);
        if (st != OCS_OK)
            return st;
    }
    return add_tag(glass, &glass->termlist, err);
}

static ocs_status write_data(ocs_glass *glass, xap_docid id, ocs_str data, ocs_error *err)
{
    if (data.n == 0)
        return OCS_OK;
    document_key(glass, id);
    return ocs_glass_tree_add(&glass->docdata, ocs_buf_str(&glass->key), data, err);
}

static bool note_length(ocs_glass *glass, uint32_t length)
{
    if (glass->n_documents == glass->lengths_room) {
        size_t room = glass->lengths_room > 0 ? 2 * glass->lengths_room : 1024;
        uint32_t *lengths = realloc(glass->lengths, room * sizeof *lengths);
        if (!lengths)
            return false;
        glass->lengths = lengths;
        glass->lengths_room = room;
    }
    statistics *s = &glass->statistics;
    if (s->length == 0 || (length > 0 && length < s->short_length))
        s->short_length = length;
    if (length > s->great_length)
        s->great_length = length;
    s->length += length;
    glass->lengths[glass->n_documents++] = length;
    return true;
}

static ocs_status count_document(ocs_glass *glass, const ocs_glass_list *list, ocs_error *err)
{
    if (glass->n_documents >= UINT32_MAX - 1)
        return ocs_fail(err, OCS_LIMIT, "more than a database can count");
    if (list->great_wdf > glass->statistics.great_wdf)
        glass->statistics.great_wdf = list->great_wdf;
    return note_length(glass, (uint32_t)list->length)
               ? OCS_OK
               : ocs_fail(err, OCS_NOMEM, "no memory to build the index");
}

ocs_status ocs_glass_add(ocs_glass *glass, const ocs_record *record, ocs_error *err)
{
    ocs_glass_list list;
    ocs_buf_reset(&glass->tag);
    ocs_status st = ocs_glass_put_list(&glass->tag, record, &list, err);
    if (st != OCS_OK || (st = count_document(glass, &list, err)) != OCS_OK)
        return st;
    xap_docid id = (xap_docid)glass->n_documents;
    if ((st = write_list(glass, id, err)) == OCS_OK)
        st = write_values(glass, id, record, err);
    if (st == OCS_OK)
        st = write_data(glass, id, record->data, err);
    return st == OCS_OK ? ocs_inverter_add(glass->inverter, id, record, err) : st;
}

xap_docid ocs_glass_last(const ocs_glass *glass)
{
    return (xap_docid)glass->n_documents;
}

ocs_status ocs_glass_set_metadata(ocs_glass *glass, ocs_str key, ocs_str value, ocs_error *err)
{
    return ocs_glass_metadata_set(&glass->metadata, key, value, err);
}

/* ---- postings ---- */

/* Postings on their way into chunks. */
typedef struct chunker {
    ocs_glass *glass;
    ocs_str term; /* NULL: the lengths of documents */
    uint64_t documents, occurrences;
    ocs_buf *body;
    xap_docid first, last;
    bool some, head; /* a posting waits in the body; no chunk was written yet */
} chunker;

static void chunk_key(const chunker *c)
{
    ocs_buf *key = &c->glass->key;
    ocs_buf_reset(key);
    if (!c->term.p)
        ocs_buf_put(key, LENGTHS);
    else if (c->head)
        ocs_glass_put_key_tail(key, c->term);
    else
        ocs_glass_put_key_string(key, c->term);
    if (!c->head)
        ocs_glass_put_sorted(key, c->first);
}

static ocs_status write_chunk(chunker *c, bool is_last, ocs_error *err)
{
    ocs_buf *tag = &c->glass->tag;
    chunk_key(c);
    ocs_buf_reset(tag);
    if (c->head) {
        ocs_buf_put_varint(tag, c->documents);
        ocs_buf_put_varint(tag, c->occurrences);
        ocs_buf_put_varint(tag, c->first - 1);
    }
    ocs_buf_putc(tag, is_last ? '1' : '0');
    ocs_buf_put_varint(tag, c->last - c->first);
    ocs_buf_put(tag, ocs_buf_str(c->body));
    ocs_buf_reset(c->body);
    c->head = c->some = false;
    return add_tag(c->glass, &c->glass->postlist, err);
}

static ocs_status chunk_posting(chunker *c, xap_docid id, uint32_t wdf, ocs_error *err)
{
    if (c->some && c->body->n >= CHUNK) {
        ocs_status st = write_chunk(c, false, err);
        if (st != OCS_OK)
            return st;
    }
    if (c->some)
        ocs_buf_put_varint(c->body, id - c->last - 1);
    else
        c->first = id;
    c->some = true;
    c->last = id;
    ocs_buf_put_varint(c->body, wdf);
    return OCS_OK;
}

static ocs_status write_lengths(ocs_glass *glass, ocs_buf *body, ocs_error *err)
{
    chunker c = {.glass = glass, .body = body, .head = true};
    ocs_status st = OCS_OK;
    if (glass->n_documents == 0)
        return OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < glass->n_documents; i++)
        st = chunk_posting(&c, (xap_docid)(i + 1), glass->lengths[i], err);
    return st == OCS_OK ? write_chunk(&c, true, err) : st;
}

static ocs_status write_positions(ocs_glass *glass, ocs_str term, const ocs_posting *posting,
                                  ocs_error *err)
{
    if (posting->positions.n == 0)
        return OCS_OK;
    ocs_buf_reset(&glass->key);
    ocs_glass_put_key_string(&glass->key, term);
    ocs_glass_put_sorted(&glass->key, posting->id);
    return ocs_glass_tree_add(&glass->position, ocs_buf_str(&glass->key), posting->positions, err);
}

static ocs_status write_term(ocs_glass *glass, const ocs_inverted *term, ocs_buf *body,
                             ocs_error *err)
{
    chunker c = {.glass = glass,
                 .term = term->term,
                 .documents = term->documents,
                 .occurrences = term->occurrences,
                 .body = body,
                 .head = true};
    ocs_posting posting = {0};
    ocs_str rest = term->postings;
    ocs_status st = OCS_OK;
    while (st == OCS_OK && ocs_posting_take(&rest, &posting)) {
        st = chunk_posting(&c, posting.id, posting.wdf, err);
        if (st == OCS_OK)
            st = write_positions(glass, term->term, &posting, err);
    }
    return st == OCS_OK ? write_chunk(&c, true, err) : st;
}

static ocs_status write_terms(ocs_glass *glass, ocs_buf *body, ocs_error *err)
{
    ocs_inverted term;
    ocs_status st = ocs_inverter_start(glass->inverter, err);
    while (st == OCS_OK && (st = ocs_inverter_next(glass->inverter, &term, err)) == OCS_OK)
        st = write_term(glass, &term, body, err);
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

static ocs_status write_postings(ocs_glass *glass, ocs_error *err)
{
    ocs_buf body;
    ocs_buf_init(&body, TAG_CAP);
    ocs_status st = ocs_glass_metadata_write(&glass->metadata, &glass->postlist, err);
    if (st == OCS_OK)
        st = ocs_glass_values_write(&glass->values, &glass->postlist, err);
    if (st == OCS_OK)
        st = write_lengths(glass, &body, err);
    if (st == OCS_OK)
        st = write_terms(glass, &body, err);
    ocs_buf_clear(&body);
    return st;
}

/* ---- the version file ---- */

/* Replication tells databases apart by this number. */
static ocs_status put_uuid(ocs_buf *out, ocs_error *err)
{
    enum { BYTES = 16, VERSION_AT = 6, VARIANT_AT = 8 };
    unsigned char uuid[BYTES];
    if (getrandom(uuid, BYTES, 0) != BYTES)
        return ocs_fail(err, OCS_IO, "cannot get random bytes: %s", strerror(errno));
    uuid[VERSION_AT] = (unsigned char)((uuid[VERSION_AT] & 0x0F) | 0x40); /* RFC 9562, version 4 */
    uuid[VARIANT_AT] = (unsigned char)((uuid[VARIANT_AT] & 0x3F) | 0x80);
    ocs_buf_put(out, (ocs_str){(const char *)uuid, BYTES});
    return OCS_OK;
}

static void put_statistics(const ocs_glass *glass, ocs_buf *out)
{
    const statistics *s = &glass->statistics;
    ocs_buf_put_varint(out, glass->n_documents);
    ocs_buf_put_varint(out, 0); /* the last number less the count: none is missing */
    ocs_buf_put_varint(out, s->short_length);
    ocs_buf_put_varint(out, s->great_wdf);
    ocs_buf_put_varint(out, s->great_length - s->great_wdf);
    ocs_buf_put_varint(out, 0); /* oldest set of changes */
    ocs_buf_put_varint(out, s->length);
    ocs_buf_put_varint(out, 0); /* frequency of words for spelling */
}

static ocs_status put_version(const ocs_glass *glass, ocs_buf *out, ocs_error *err)
{
    enum { YEAR = 2016 - 2014, MONTH = 3, DAY = 14, FORMAT = YEAR << 9 | MONTH << 5 | DAY };
    ocs_buf_put(out, (ocs_str){"\x0f\x0dXapian Glass", 14});
    ocs_buf_putc(out, (char)(FORMAT >> 8));
    ocs_buf_putc(out, (char)(FORMAT & 0xFF));
    ocs_status st = put_uuid(out, err);
    ocs_buf_put_varint(out, 1); /* revision */
    ocs_glass_tree_describe(&glass->postlist, 0, out);
    ocs_glass_tree_describe(&glass->docdata, OCS_GLASS_DEFLATE, out);
    ocs_glass_tree_describe(&glass->termlist, OCS_GLASS_DEFLATE, out);
    ocs_glass_tree_describe(&glass->position, 0, out);
    ocs_glass_tree_describe(NULL, OCS_GLASS_DEFLATE, out); /* spelling */
    ocs_glass_tree_describe(NULL, OCS_GLASS_DEFLATE, out); /* synonyms */
    put_statistics(glass, out);
    if (st == OCS_OK && ocs_buf_status(out) != OCS_OK)
        st = ocs_fail(err, OCS_NOMEM, "no memory to build the index");
    return st;
}

static ocs_status write_file(const char *path, ocs_str bytes, ocs_error *err)
{
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0)
        return ocs_fail(err, OCS_IO, "cannot make %s: %s", path, strerror(errno));
    ssize_t n = write(fd, bytes.p, bytes.n);
    bool good = n >= 0 && (size_t)n == bytes.n && fsync(fd) == 0;
    int reason = errno;
    if (close(fd) == 0 && good)
        return OCS_OK;
    return ocs_fail(err, OCS_IO, "cannot write %s: %s", path, strerror(good ? errno : reason));
}

static ocs_status sync_dir(const char *path, ocs_error *err)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    int reason = errno;
    if (fd >= 0)
        close(fd);
    return good ? OCS_OK : ocs_fail(err, OCS_IO, "cannot write %s: %s", path, strerror(reason));
}

static ocs_status write_version(ocs_glass *glass, ocs_error *err)
{
    char path[OCS_PATH_ROOM];
    ocs_buf_reset(&glass->tag);
    ocs_status st = put_version(glass, &glass->tag, err);
    if (st == OCS_OK)
        st = ocs_path_join(path, glass->path, "iamglass", err);
    if (st == OCS_OK)
        st = write_file(path, ocs_buf_str(&glass->tag), err);
    return st == OCS_OK ? sync_dir(glass->path, err) : st;
}

ocs_status ocs_glass_finish(ocs_glass *glass, ocs_error *err)
{
    ocs_status st = ocs_glass_tree_finish(&glass->termlist, err);
    if (st == OCS_OK)
        st = ocs_glass_tree_finish(&glass->docdata, err);
    if (st == OCS_OK)
        st = write_postings(glass, err);
    if (st == OCS_OK)
        st = ocs_glass_tree_finish(&glass->postlist, err);
    if (st == OCS_OK)
        st = ocs_glass_tree_finish(&glass->position, err);
    return st == OCS_OK ? write_version(glass, err) : st;
}
