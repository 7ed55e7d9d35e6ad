/* Metadata are compared before they are written, so that a run that finds nothing to do leaves the
 * database at its revision. */
#include "index/batch.h"

#include "index/database.h"
#include "index/keep.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

enum {
    BATCH_PAGES = 2000,
    BATCH_BYTES = 64 * 1024 * 1024,
    BUF_CAP = 256 * 1024,
    BULK_MEMORY = 128 * 1024 * 1024
};

ocs_status ocs_batch_init(ocs_batch *batch, const char *path, xap_db *before, bool bulk,
                          ocs_source *const *sources, size_t n_sources, ocs_error *err)
{
    *batch = (ocs_batch){
        .path = path, .before = before, .bulk = bulk, .sources = sources, .n_sources = n_sources};
    ocs_buf_init(&batch->key, BUF_CAP);
    ocs_buf_init(&batch->value, BUF_CAP);
    batch->document = xap_document_new();
    if (!batch->document)
        return ocs_fail(err, OCS_NOMEM, "no memory to write documents");
    if (!before)
        return OCS_OK;
    ocs_str langs;
    ocs_status st = xap_db_metadata(before, OCS_STR(OCS_META_LANGS), &langs, err);
    if (st == OCS_OK)
        ocs_langs_add_list(&batch->langs, langs);
    return st;
}

ocs_status ocs_batch_clear(ocs_batch *batch, ocs_error *err)
{
    ocs_status st = batch->writer ? xap_writer_close(batch->writer, err) : OCS_OK;
    ocs_column_writer_free(batch->columns);
    ocs_glass_free(batch->glass);
    xap_db_close(batch->before);
    xap_document_free(batch->document);
    ocs_buf_clear(&batch->key);
    ocs_buf_clear(&batch->value);
    batch->writer = NULL;
    batch->columns = NULL;
    batch->glass = NULL;
    batch->before = NULL;
    batch->document = NULL;
    return st;
}

xap_db *ocs_batch_db(ocs_batch *batch)
{
    return batch->writer ? xap_writer_db(batch->writer) : batch->before;
}

/* ---- transactions ---- */

static ocs_status open_writer(ocs_batch *batch, ocs_error *err)
{
    xap_open how = batch->before ? XAP_OPEN_EXISTING : XAP_CREATE_NEW;
    ocs_status st = xap_writer_open(batch->path, how, &batch->writer, err);
    if (st != OCS_OK)
        return st;
    xap_db_close(batch->before);
    batch->before = NULL;
    return OCS_OK;
}

/* Is the database built to take the place of another one, which is .before? */
static bool replaces(const ocs_batch *batch)
{
    return batch->bulk && batch->before;
}

static ocs_status begin_bulk(ocs_batch *batch, ocs_error *err)
{
    ocs_status st = ocs_glass_new(batch->path, BULK_MEMORY, &batch->glass, err);
    batch->open = st == OCS_OK;
    if (st == OCS_OK && replaces(batch))
        st = ocs_keep_metadata(batch->before, batch->glass, err);
    return st;
}

static ocs_status begin(ocs_batch *batch, ocs_error *err)
{
    ocs_status st;
    if (batch->open)
        return OCS_OK;
    if (batch->bulk)
        return begin_bulk(batch, err);
    if (!batch->writer && (st = open_writer(batch, err)) != OCS_OK)
        return st;
    if ((st = xap_writer_begin(batch->writer, err)) == OCS_OK)
        batch->open = true;
    return st;
}

/* Write a metadata value unless it is there already; of what is built in bulk nothing is. */
static ocs_status put_metadata(ocs_batch *batch, ocs_str key, ocs_str value, ocs_error *err)
{
    ocs_str old = {0};
    ocs_status st = OCS_OK;
    xap_db *db = batch->bulk ? NULL : ocs_batch_db(batch);
    if (db)
        st = xap_db_metadata(db, key, &old, err);
    if (st != OCS_OK || (db && ocs_str_eq(old, value)))
        return st;
    if ((st = begin(batch, err)) != OCS_OK)
        return st;
    return batch->glass ? ocs_glass_set_metadata(batch->glass, key, value, err)
                        : xap_writer_set_metadata(batch->writer, key, value, err);
}

/* ---- the index's own metadata ---- */

static const char *kind_name(ocs_source_kind kind)
{
    static const char *const names[] = {
        [OCS_SOURCE_FILE] = "file",
        [OCS_SOURCE_FOLDER] = "folder",
        [OCS_SOURCE_LIST] = "list",
        [OCS_SOURCE_CONTAINER] = "container",
    };
    return names[kind];
}

static ocs_status note_source(ocs_batch *batch, const ocs_source *source, ocs_error *err)
{
    ocs_str name = ocs_str_of(ocs_source_name(source));
    ocs_buf_reset(&batch->key);
    ocs_buf_reset(&batch->value);
    ocs_meta_source_key(&batch->key, name);
    ocs_buf_puts(&batch->value, kind_name(ocs_source_kind_of(source)));
    if (!ocs_str_ends(ocs_buf_str(&batch->key), name)) { /* it was cut */
        ocs_buf_putc(&batch->value, ' ');
        ocs_buf_put(&batch->value, name);
    }
    if (ocs_buf_status(&batch->value) != OCS_OK)
        return ocs_fail(err, OCS_LIMIT, "the name of the source %s is too long", name.p);
    return put_metadata(batch, ocs_buf_str(&batch->key), ocs_buf_str(&batch->value), err);
}

/* The format and the sources: what must be there with the first document. */
static ocs_status note_index(ocs_batch *batch, ocs_error *err)
{
    char format[16];
    snprintf(format, sizeof format, "%d", OCS_FORMAT_VERSION);
    ocs_status st = put_metadata(batch, OCS_STR(OCS_META_FORMAT), ocs_str_of(format), err);
    for (size_t i = 0; st == OCS_OK && i < batch->n_sources; i++)
        st = note_source(batch, batch->sources[i], err);
    return st;
}

static ocs_status note_time(ocs_batch *batch, ocs_error *err)
{
    char seconds[32];
    snprintf(seconds, sizeof seconds, "%lld", (long long)time(NULL));
    return put_metadata(batch, OCS_STR(OCS_META_UPDATED), ocs_str_of(seconds), err);
}

static ocs_status note_langs(ocs_batch *batch, ocs_error *err)
{
    char list[OCS_LANGS_TEXT];
    return put_metadata(batch, OCS_STR(OCS_META_LANGS), ocs_langs_print(&batch->langs, list), err);
}

static ocs_status note_rules(ocs_batch *batch, uint64_t rules, ocs_error *err)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%016" PRIx64, rules);
    return put_metadata(batch, OCS_STR(OCS_META_RULES), ocs_str_of(digits), err);
}

/* A database that is written in bulk is in one piece. */
static ocs_status note_changes(ocs_batch *batch, ocs_error *err)
{
    uint64_t before = 0;
    ocs_str text;
    char digits[32];
    if (batch->bulk || batch->changes == 0)
        return OCS_OK;
    ocs_status st = xap_db_metadata(ocs_batch_db(batch), OCS_STR(OCS_META_CHANGES), &text, err);
    if (st != OCS_OK)
        return st;
    (void)ocs_number_parse(text, 10, &before);
    snprintf(digits, sizeof digits, "%" PRIu64, before + batch->changes);
    return put_metadata(batch, OCS_STR(OCS_META_CHANGES), ocs_str_of(digits), err);
}

/* ---- columns ---- */

/* What is built in bulk cannot be read again, and need not be: its blocks come whole. */
static ocs_status get_column(void *payload, ocs_str key, ocs_str *value, ocs_error *err)
{
    ocs_batch *batch = payload;
    *value = (ocs_str){0};
    return batch->glass ? OCS_OK : xap_db_metadata(ocs_batch_db(batch), key, value, err);
}

static ocs_status put_column(void *payload, ocs_str key, ocs_str value, ocs_error *err)
{
    return put_metadata(payload, key, value, err);
}

static ocs_status put_columns(ocs_batch *batch, xap_docid id, ocs_str facts, ocs_error *err)
{
    const ocs_column_sink sink = {get_column, put_column, batch};
    if (!batch->columns && !(batch->columns = ocs_column_writer_new(&sink)))
        return ocs_fail(err, OCS_NOMEM, "no memory for the columns of the index");
    ocs_status st = ocs_column_writer_put(batch->columns, id, facts, err);
    if (st == OCS_OK && batch->glass && ocs_column_writer_full(id))
        st = ocs_column_writer_flush(batch->columns, err);
    return st;
}

static ocs_status clear_columns(ocs_batch *batch, ocs_str unique, ocs_error *err)
{
    xap_docid id;
    ocs_status st = xap_db_first(ocs_batch_db(batch), unique, &id, err);
    if (st == OCS_NOTFOUND)
        return OCS_OK;
    return st == OCS_OK ? put_columns(batch, id, (ocs_str){0}, err) : st;
}

/* An index without documents has columns, too. */
static ocs_status finish_columns(ocs_batch *batch, ocs_error *err)
{
    const ocs_column_sink sink = {get_column, put_column, batch};
    if (!batch->columns && !(batch->columns = ocs_column_writer_new(&sink)))
        return ocs_fail(err, OCS_NOMEM, "no memory for the columns of the index");
    return ocs_column_writer_finish(batch->columns, err);
}

/* ---- documents ---- */

static ocs_status copy_term(xap_document *document, const ocs_record_term *term, ocs_error *err)
{
    ocs_status st = xap_document_add_term(document, term->term, term->wdf, err);
    for (uint32_t i = 0; st == OCS_OK && i < term->n_positions; i++)
        st = xap_document_add_posting(document, term->term, term->positions[i], 0, err);
    return st;
}

static ocs_status copy_record(xap_document *document, const ocs_record *record, ocs_error *err)
{
    ocs_status st = xap_document_clear(document, err);
    if (st == OCS_OK)
        st = xap_document_set_data(document, record->data, err);
    for (size_t i = 0; st == OCS_OK && i < record->n_values; i++)
        st = xap_document_set_value(document, record->values[i].slot, record->values[i].value, err);
    for (size_t i = 0; st == OCS_OK && i < record->n_terms; i++)
        st = copy_term(document, &record->terms[i], err);
    return st;
}

static ocs_status put_record(ocs_batch *batch, const ocs_record *record, ocs_error *err)
{
    xap_docid id;
    ocs_status st;
    if (batch->glass) {
        st = ocs_glass_add(batch->glass, record, err);
        id = ocs_glass_last(batch->glass);
    } else {
        st = copy_record(batch->document, record, err);
        if (st == OCS_OK)
            st = xap_writer_replace(batch->writer, record->unique, batch->document, &id, err);
    }
    return st == OCS_OK ? put_columns(batch, id, record->columns, err) : st;
}

/* All that is searched of a document: a page of which only the frame, or its place in it, has changed
 * has another document, but the same terms and values. */
static uint64_t hash_searched(const ocs_record *record)
{
    uint64_t hash = ocs_hash(record->unique);
    for (size_t i = 0; i < record->n_terms; i++) {
        const ocs_record_term *term = &record->terms[i];
        hash = ocs_hash_mix(ocs_hash_mix(hash, ocs_hash(term->term)), term->wdf);
        for (uint32_t k = 0; k < term->n_positions; k++)
            hash = ocs_hash_mix(hash, term->positions[k]);
        hash = ocs_hash_mix(hash, term->n_positions);
    }
    for (size_t i = 0; i < record->n_values; i++)
        hash = ocs_hash_mix(ocs_hash_mix(hash, record->values[i].slot),
                            ocs_hash(record->values[i].value));
    return hash;
}

/* Where the terms are those that the index has, the data alone is written; OCS_NOTFOUND where not. */
static ocs_status put_data(ocs_batch *batch, const ocs_record *record, const ocs_page_state *state,
                           ocs_error *err)
{
    xap_docid id;
    ocs_page_state old;
    if (batch->glass)
        return OCS_NOTFOUND;
    ocs_status st = ocs_page_state_find(xap_writer_db(batch->writer), state->path, &old, err);
    if (st != OCS_OK)
        return st;
    if (old.outcome != OCS_PAGE_INDEXED || old.terms != state->terms)
        return OCS_NOTFOUND;
    st = xap_writer_replace_data(batch->writer, record->unique, record->data, &id, err);
    return st == OCS_OK ? put_columns(batch, id, record->columns, err) : st;
}

/* ---- taking over from an old index ---- */

/* The document that the old index has of the page with ${unique}; NOTFOUND when none. */
static ocs_status settle(ocs_batch *batch, ocs_str unique, xap_docid *id, ocs_error *err)
{
    ocs_status st = xap_db_first(batch->before, unique, id, err);
    batch->settled += st == OCS_OK;
    return st;
}

/* It is replaced, or goes. */
static ocs_status settle_any(ocs_batch *batch, ocs_str unique, ocs_error *err)
{
    xap_docid id;
    ocs_status st = replaces(batch) ? settle(batch, unique, &id, err) : OCS_OK;
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

static void spell_unique(ocs_batch *batch, ocs_str path)
{
    char id[17];
    ocs_document_id(path, id);
    ocs_buf_reset(&batch->key);
    ocs_term_id(&batch->key, ocs_str_of(id));
}

ocs_status ocs_batch_keep_document(ocs_batch *batch, ocs_str path, ocs_arena *arena, ocs_error *err)
{
    xap_docid id;
    ocs_record record;
    if (!replaces(batch))
        return OCS_OK;
    spell_unique(batch, path);
    ocs_status st = settle(batch, ocs_buf_str(&batch->key), &id, err);
    if (st != OCS_OK)
        return st == OCS_NOTFOUND ? OCS_OK : st;
    if ((st = begin(batch, err)) != OCS_OK)
        return st;
    st = ocs_keep_record(batch->before, id, ocs_buf_str(&batch->key), arena, &record, err);
    return st == OCS_OK ? put_record(batch, &record, err) : st;
}

static ocs_status keep_state(ocs_batch *batch, ocs_str path, ocs_error *err)
{
    ocs_str state;
    ocs_buf_reset(&batch->key);
    ocs_meta_page_key(&batch->key, path);
    ocs_status st = ocs_buf_status(&batch->key);
    if (st != OCS_OK)
        return ocs_fail(err, st, "the path %.*s is too long", OCS_ARG(path));
    st = xap_db_metadata(batch->before, ocs_buf_str(&batch->key), &state, err);
    return st == OCS_OK && state.n > 0 ? put_metadata(batch, ocs_buf_str(&batch->key), state, err)
                                       : st;
}

ocs_status ocs_batch_keep_page(ocs_batch *batch, ocs_str path, ocs_arena *arena, ocs_error *err)
{
    if (!replaces(batch))
        return OCS_OK;
    ocs_status st = ocs_batch_keep_document(batch, path, arena, err);
    return st == OCS_OK ? keep_state(batch, path, err) : st;
}

/* What is built must not take the place of an index of which it lacks a document. */
static ocs_status check_settled(ocs_batch *batch, ocs_error *err)
{
    uint32_t documents;
    if (!replaces(batch))
        return OCS_OK;
    ocs_status st = xap_db_count(batch->before, &documents, err);
    if (st != OCS_OK || documents == batch->settled)
        return st;
    return ocs_fail(err, OCS_BUG, "the new index would lack %lld of %u documents of the old one",
                    (long long)documents - (long long)batch->settled, documents);
}

/* ---- pages ---- */

ocs_status ocs_batch_put(ocs_batch *batch, const ocs_record *record, size_t text,
                         const ocs_page_state *state, ocs_error *err)
{
    ocs_page_state with = *state;
    with.terms = hash_searched(record);
    ocs_status st = begin(batch, err);
    if (st != OCS_OK || (st = settle_any(batch, record->unique, err)) != OCS_OK)
        return st;
    if ((st = put_data(batch, record, &with, err)) == OCS_NOTFOUND)
        st = put_record(batch, record, err);
    if (st != OCS_OK)
        return st;
    (void)ocs_langs_add(&batch->langs, record->stemmed);
    batch->bytes += text;
    batch->changes++;
    return ocs_batch_remember(batch, &with, err);
}

ocs_status ocs_batch_remember(ocs_batch *batch, const ocs_page_state *state, ocs_error *err)
{
    ocs_buf_reset(&batch->key);
    ocs_buf_reset(&batch->value);
    ocs_meta_page_key(&batch->key, state->path);
    ocs_page_state_pack(state, &batch->value);
    if (ocs_buf_status(&batch->key) != OCS_OK || ocs_buf_status(&batch->value) != OCS_OK)
        return ocs_fail(err, OCS_LIMIT, "the path %.*s is too long", OCS_ARG(state->path));
    batch->pages++;
    return put_metadata(batch, ocs_buf_str(&batch->key), ocs_buf_str(&batch->value), err);
}

ocs_status ocs_batch_note_site(ocs_batch *batch, ocs_str name, ocs_str value, ocs_error *err)
{
    ocs_buf_reset(&batch->key);
    ocs_meta_site_key(&batch->key, name);
    if (ocs_buf_status(&batch->key) != OCS_OK)
        return ocs_fail(err, OCS_LIMIT, "the name of the site %.*s is too long", OCS_ARG(name));
    return put_metadata(batch, ocs_buf_str(&batch->key), value, err);
}

ocs_status ocs_batch_note_container(ocs_batch *batch, ocs_str path, ocs_str value, ocs_error *err)
{
    ocs_buf_reset(&batch->key);
    ocs_meta_container_key(&batch->key, path);
    if (ocs_buf_status(&batch->key) != OCS_OK)
        return ocs_fail(err, OCS_LIMIT, "the path %.*s is too long", OCS_ARG(path));
    return put_metadata(batch, ocs_buf_str(&batch->key), value, err);
}

ocs_status ocs_batch_note_learnt(ocs_batch *batch, ocs_error *err)
{
    return put_metadata(batch, OCS_STR(OCS_META_LEARNT), OCS_STR("yes"), err);
}

/* Forget it at the end. */
static ocs_status clear_learnt(ocs_batch *batch, ocs_error *err)
{
    return put_metadata(batch, OCS_STR(OCS_META_LEARNT), (ocs_str){0}, err);
}

ocs_status ocs_batch_delete(ocs_batch *batch, ocs_str path, ocs_error *err)
{
    spell_unique(batch, path);
    if (replaces(batch)) /* it is left out */
        return settle_any(batch, ocs_buf_str(&batch->key), err);
    if (batch->bulk)
        return ocs_fail(err, OCS_BUG, "a new index has nothing to delete");
    ocs_status st = begin(batch, err);
    if (st == OCS_OK)
        st = clear_columns(batch, ocs_buf_str(&batch->key), err);
    if (st == OCS_OK)
        st = xap_writer_delete(batch->writer, ocs_buf_str(&batch->key), err);
    if (st != OCS_OK)
        return st;
    ocs_buf_reset(&batch->key);
    ocs_meta_page_key(&batch->key, path);
    batch->pages++;
    batch->changes++;
    return xap_writer_set_metadata(batch->writer, ocs_buf_str(&batch->key), (ocs_str){0}, err);
}

/* ---- commits ---- */

/* The database is there now, and read from here on. */
static ocs_status commit_bulk(ocs_batch *batch, ocs_error *err)
{
    ocs_status st = check_settled(batch, err);
    if (st == OCS_OK)
        st = ocs_glass_finish(batch->glass, err);
    xap_db_close(batch->before);
    batch->before = NULL;
    ocs_glass_free(batch->glass);
    batch->glass = NULL;
    batch->bulk = false;
    return st == OCS_OK ? xap_db_open(batch->path, &batch->before, err) : st;
}

static ocs_status commit(ocs_batch *batch, ocs_error *err)
{
    ocs_status st;
    if ((st = note_index(batch, err)) != OCS_OK || (st = note_langs(batch, err)) != OCS_OK ||
        (st = note_time(batch, err)) != OCS_OK || (st = note_changes(batch, err)) != OCS_OK ||
        (st = finish_columns(batch, err)) != OCS_OK)
        return st;
    st = batch->glass ? commit_bulk(batch, err) : xap_writer_commit(batch->writer, err);
    if (st != OCS_OK)
        return st;
    batch->open = false;
    batch->pages = batch->bytes = 0;
    batch->changes = 0;
    return OCS_OK;
}

ocs_status ocs_batch_flush(ocs_batch *batch, ocs_error *err)
{
    bool large = batch->pages >= BATCH_PAGES || batch->bytes >= BATCH_BYTES;
    return large && batch->open && !batch->bulk ? commit(batch, err) : OCS_OK;
}

ocs_status ocs_batch_finish(ocs_batch *batch, uint64_t rules, ocs_error *err)
{
    ocs_status st;
    if ((st = note_index(batch, err)) != OCS_OK || (st = note_rules(batch, rules, err)) != OCS_OK ||
        (st = clear_learnt(batch, err)) != OCS_OK)
        return st;
    return batch->open ? commit(batch, err) : OCS_OK;
}
