/* What an index tells of itself: its metadata, page by page and source by source. */
#include "index/compact.h"
#include "index/database.h"
#include "index/index_internal.h"
#include "index/last_run.h"
#include "index/page_state.h"

#include <stdio.h>

/* A number in the metadata; 0 where it is absent. */
static ocs_status read_number(xap_db *db, ocs_str key, unsigned base, uint64_t *value,
                              ocs_error *err)
{
    ocs_str text;
    *value = 0;
    ocs_status st = xap_db_metadata(db, key, &text, err);
    if (st != OCS_OK || text.n == 0)
        return st;
    if (!ocs_number_parse(text, base, value))
        return ocs_fail(err, OCS_CORRUPT, "the index has '%.*s' for %.*s", OCS_ARG(text),
                        OCS_ARG(key));
    return OCS_OK;
}

/* ---- pages ---- */

typedef struct page_calls {
    void (*each)(void *payload, const ocs_index_page *page);
    void *payload;
} page_calls;

static ocs_status pages_among(xap_db *db, xap_terms *keys, const page_calls *calls, ocs_error *err)
{
    ocs_str key, packed;
    ocs_page_state state;
    ocs_status st;
    while ((st = xap_terms_next(keys, &key, NULL, err)) == OCS_OK) {
        if ((st = xap_db_metadata(db, key, &packed, err)) != OCS_OK)
            return st;
        if (!ocs_page_state_unpack(key, packed, &state))
            return ocs_fail(err, OCS_CORRUPT, "%.*s is damaged in the index", OCS_ARG(key));
        calls->each(calls->payload,
                    &(ocs_index_page){.path = state.path,
                                      .hash = state.hash,
                                      .rules = state.rules,
                                      .failed = state.outcome != OCS_PAGE_INDEXED,
                                      .refused = state.outcome == OCS_PAGE_UNREADABLE,
                                      .message = state.message});
    }
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

static ocs_status pages_of(xap_db *db, const page_calls *calls, ocs_error *err)
{
    xap_terms *keys;
    ocs_status st = xap_db_keys(db, OCS_STR(OCS_META_PAGE), &keys, err);
    if (st != OCS_OK)
        return st;
    st = pages_among(db, keys, calls, err);
    xap_terms_free(keys);
    return st;
}

ocs_status ocs_index_each_page(ocs_index *index,
                               void (*each)(void *payload, const ocs_index_page *page),
                               void *payload, ocs_error *err)
{
    const page_calls calls = {each, payload};
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < index->n; i++)
        st = pages_of(index->parts[i].db, &calls, err);
    return st;
}

/* ---- pages that failed ---- */

typedef struct failure_calls {
    void (*each)(void *payload, ocs_str path, ocs_str message);
    void *payload;
} failure_calls;

static void pass_failure(void *payload, const ocs_index_page *page)
{
    const failure_calls *calls = payload;
    if (page->failed)
        calls->each(calls->payload, page->path, page->message);
}

ocs_status ocs_index_each_failure(ocs_index *index,
                                  void (*each)(void *payload, ocs_str path, ocs_str message),
                                  void *payload, ocs_error *err)
{
    failure_calls calls = {each, payload};
    return ocs_index_each_page(index, pass_failure, &calls, err);
}

/* ---- sources ---- */

/* The name stands in the key, or, where that had to be cut, behind the kind in the value. */
static ocs_str source_name(ocs_str key, ocs_str value)
{
    size_t space = ocs_str_find_char(value, ' ', 0);
    if (space < value.n)
        return ocs_str_sub(value, space + 1, value.n);
    return ocs_str_sub(key, strlen(OCS_META_SOURCE), key.n);
}

static ocs_status sources_of(xap_db *db, void (*each)(void *payload, ocs_str name), void *payload,
                             ocs_error *err)
{
    xap_terms *keys;
    ocs_str key, value;
    ocs_status st = xap_db_keys(db, OCS_STR(OCS_META_SOURCE), &keys, err);
    if (st != OCS_OK)
        return st;
    while ((st = xap_terms_next(keys, &key, NULL, err)) == OCS_OK &&
           (st = xap_db_metadata(db, key, &value, err)) == OCS_OK)
        each(payload, source_name(key, value));
    xap_terms_free(keys);
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

ocs_status ocs_index_each_source(ocs_index *index, void (*each)(void *payload, ocs_str name),
                                 void *payload, ocs_error *err)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < index->n; i++)
        st = sources_of(index->parts[i].db, each, payload, err);
    return st;
}

/* ---- in numbers ---- */

static void count_failure(void *payload, ocs_str path, ocs_str message)
{
    (void)path;
    (void)message;
    ++*(uint32_t *)payload;
}

/* Nobody tells how large a database elsewhere is. */
static ocs_status size_of(const ocs_index_part *part, uint64_t *bytes, ocs_error *err)
{
    *bytes = 0;
    return part->host[0] != '\0' ? OCS_OK : ocs_generation_size(part->database, bytes, err);
}

/* Documents and bytes add up over the parts, the newest change counts, the rest is the first's. */
static ocs_status add_part(const ocs_index_part *part, ocs_index_info *info, ocs_error *err)
{
    uint32_t documents;
    uint64_t updated, bytes, changes;
    ocs_status st;
    if ((st = xap_db_count(part->db, &documents, err)) != OCS_OK ||
        (st = read_number(part->db, OCS_STR(OCS_META_UPDATED), 10, &updated, err)) != OCS_OK ||
        (st = read_number(part->db, OCS_STR(OCS_META_CHANGES), 10, &changes, err)) != OCS_OK ||
        (st = size_of(part, &bytes, err)) != OCS_OK)
        return st;
    info->documents += documents;
    info->bytes += bytes;
    info->changes += changes;
    info->changes_most += ocs_compact_pays_at(documents);
    if ((int64_t)updated > info->updated)
        info->updated = (int64_t)updated;
    return OCS_OK;
}

ocs_status ocs_index_read_info(ocs_index *index, ocs_index_info *info, ocs_error *err)
{
    uint64_t format;
    ocs_status st = OCS_OK;
    *info = (ocs_index_info){0};
    for (size_t i = 0; i < index->n; i++)
        if ((st = add_part(&index->parts[i], info, err)) != OCS_OK)
            return st;
    const ocs_index_part *first = &index->parts[0];
    if ((st = read_number(first->db, OCS_STR(OCS_META_RULES), 16, &info->rules, err)) != OCS_OK ||
        (st = read_number(first->db, OCS_STR(OCS_META_FORMAT), 10, &format, err)) != OCS_OK)
        return st;
    info->format = (uint32_t)format;
    memcpy(info->database, first->database, sizeof info->database);
    memcpy(info->langs, index->langs, index->langs_size);
    return ocs_index_each_failure(index, count_failure, &info->failed_pages, err);
}

ocs_status ocs_index_last_run(ocs_index *index, ocs_last_run *run, ocs_error *err)
{
    const ocs_index_part *first = &index->parts[0];
    return first->host[0] != '\0' ? OCS_NOTFOUND : ocs_last_run_read(first->dir, run, err);
}
