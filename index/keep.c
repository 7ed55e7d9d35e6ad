/* Terms are copied, not made again from the stored document: other tables or another program would make
 * other terms of it, and a page that is not read must stay as it is. */
#include "index/keep.h"

#include "index/column_facts.h"

enum { FACTS_CAP = 256 * 1024 * 1024 };

/* ---- documents ---- */

typedef OCS_VEC(ocs_record_term) term_list;

/* Stems have no positions (index/schema.h), so that there is nothing to be looked up. */
static bool is_stem(ocs_str name)
{
    return name.n > 0 && name.p[0] == 'Z';
}

static ocs_status take_term(xap_db *db, xap_docid id, ocs_str name, uint32_t wdf, ocs_arena *arena,
                            term_list *terms, ocs_error *err)
{
    uint32_t *positions = NULL;
    size_t n = 0;
    ocs_status st =
        is_stem(name) ? OCS_OK : xap_db_positions(db, id, name, arena, &positions, &n, err);
    if (st != OCS_OK && st != OCS_NOTFOUND)
        return st;
    ocs_record_term *term = ocs_vec_push(arena, terms);
    if (!term)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for document %u", id);
    *term = (ocs_record_term){ocs_str_copy(arena, name), wdf, positions, (uint32_t)n};
    return OCS_OK;
}

static ocs_status take_terms(xap_db *db, xap_docid id, ocs_arena *arena, ocs_record *record,
                             ocs_error *err)
{
    xap_terms *walk;
    ocs_str name;
    uint32_t wdf;
    term_list terms = {0};
    ocs_status st = xap_db_doc_terms(db, id, &walk, err);
    if (st != OCS_OK)
        return st;
    while ((st = xap_terms_next_wdf(walk, &name, &wdf, err)) == OCS_OK)
        if ((st = take_term(db, id, name, wdf, arena, &terms, err)) != OCS_OK)
            break;
    xap_terms_free(walk);
    record->terms = terms.at;
    record->n_terms = terms.n;
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

static ocs_status take_values(xap_db *db, xap_docid id, ocs_arena *arena, ocs_record *record,
                              ocs_error *err)
{
    static const uint32_t slots[] = {OCS_SLOT_DATE, OCS_SLOT_TEXT, OCS_SLOT_PRINT};
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < sizeof slots / sizeof *slots; i++) {
        ocs_str value;
        st = xap_db_value(db, id, slots[i], &value, err);
        if (st == OCS_OK && value.n > 0)
            record->values[record->n_values++] =
                (ocs_record_value){slots[i], ocs_str_copy(arena, value)};
    }
    return st;
}

/* What is counted of a document is what stands in it (index/columns.h). */
static ocs_status take_columns(xap_docid id, ocs_arena *arena, ocs_record *record, ocs_error *err)
{
    ocs_document document;
    ocs_column_facts facts;
    ocs_buf packed;
    ocs_status st = ocs_document_unpack(record->data, arena, &document, err);
    if (st != OCS_OK)
        return ocs_fail_within(err, st, "document %u", id);
    if (!ocs_column_facts_of(&document, arena, &facts))
        return ocs_fail(err, ocs_arena_status(arena), "no memory for document %u", id);
    ocs_buf_init(&packed, FACTS_CAP);
    ocs_column_facts_pack(&facts, &packed);
    record->columns = ocs_str_copy(arena, ocs_buf_str(&packed));
    st = ocs_buf_status(&packed);
    ocs_buf_clear(&packed);
    return st == OCS_OK ? st : ocs_fail(err, st, "no memory for document %u", id);
}

ocs_status ocs_keep_record(xap_db *db, xap_docid id, ocs_str unique, ocs_arena *arena,
                           ocs_record *record, ocs_error *err)
{
    ocs_str data;
    ocs_status st = xap_db_data(db, id, &data, err);
    if (st != OCS_OK)
        return st == OCS_NOTFOUND ? ocs_fail(err, OCS_CORRUPT, "document %u is not there", id) : st;
    *record =
        (ocs_record){.unique = ocs_str_copy(arena, unique), .data = ocs_str_copy(arena, data)};
    if ((st = ocs_arena_status(arena)) != OCS_OK)
        return ocs_fail(err, st, "no memory for document %u", id);
    if ((st = take_terms(db, id, arena, record, err)) != OCS_OK ||
        (st = take_values(db, id, arena, record, err)) != OCS_OK ||
        (st = take_columns(id, arena, record, err)) != OCS_OK)
        return st;
    st = ocs_arena_status(arena);
    return st == OCS_OK ? st : ocs_fail(err, st, "no memory for document %u", id);
}

/* ---- metadata ---- */

/* Columns and pages come with the documents; a database in one piece has no changes, and a run begins
 * with evidence that is as old as this index. */
static bool is_kept(ocs_str key)
{
    return !ocs_str_starts(key, OCS_STR(OCS_META_COLUMN)) &&
           !ocs_str_starts(key, OCS_STR(OCS_META_PAGE)) &&
           !ocs_str_eq(key, OCS_STR(OCS_META_CHANGES)) &&
           !ocs_str_eq(key, OCS_STR(OCS_META_LEARNT));
}

ocs_status ocs_keep_metadata(xap_db *db, ocs_glass *glass, ocs_error *err)
{
    xap_terms *keys;
    ocs_str key, value;
    ocs_status st = xap_db_keys(db, OCS_STR(""), &keys, err);
    if (st != OCS_OK)
        return st;
    while ((st = xap_terms_next(keys, &key, NULL, err)) == OCS_OK) {
        if (!is_kept(key))
            continue;
        if ((st = xap_db_metadata(db, key, &value, err)) != OCS_OK ||
            (st = ocs_glass_set_metadata(glass, key, value, err)) != OCS_OK)
            break;
    }
    xap_terms_free(keys);
    return st == OCS_NOTFOUND ? OCS_OK : st;
}
