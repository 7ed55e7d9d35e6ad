/* Documents that share a band are candidates, and their fingerprints decide.  Among the hits the
 * bands are kept in a hash table, in the index they are terms.  A band that very many documents share
 * is stock text; of it only OCS_COPIES_MAX are compared. */
#include "query/copies.h"

#include "index/fingerprint.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024, TERM_CAP = 4096 };

/* ---- reading fingerprints ---- */

/* ${there} is false for a text too short to have one. */
static ocs_status read_print(ocs_index *index, xap_docid number, ocs_fingerprint *print,
                             bool *there, ocs_error *err)
{
    ocs_str packed;
    ocs_status st = xap_db_value(ocs_index_db(index), number, OCS_SLOT_PRINT, &packed, err);
    if (st == OCS_OK)
        *there = ocs_fingerprint_unpack(packed, print);
    return st;
}

/* ---- among the hits ---- */

typedef struct entry {
    uint64_t band;  /* number and key */
    uint32_t owner; /* 1 + index into .prints; 0: free */
} entry;

struct ocs_shown {
    ocs_arena *arena;
    OCS_VEC(ocs_fingerprint) prints;
    entry *slots;
    size_t n_slots, n_entries; /* at most half full */
};

ocs_shown *ocs_shown_new(size_t cap)
{
    ocs_shown *shown = calloc(1, sizeof *shown);
    if (shown && !(shown->arena = ocs_arena_new(cap))) {
        free(shown);
        return NULL;
    }
    return shown;
}

void ocs_shown_free(ocs_shown *shown)
{
    if (!shown)
        return;
    ocs_arena_free(shown->arena);
    free(shown);
}

static uint64_t band_of(const ocs_fingerprint *print, size_t band)
{
    return (uint64_t)band << 32 | ocs_fingerprint_band(print, band);
}

static size_t slot_of(const ocs_shown *shown, uint64_t band)
{
    return ocs_hash_mix(band, 0) & (shown->n_slots - 1);
}

static void put_entry(ocs_shown *shown, entry put)
{
    size_t i = slot_of(shown, put.band);
    while (shown->slots[i].owner != 0)
        i = (i + 1) & (shown->n_slots - 1);
    shown->slots[i] = put;
}

/* Room for the bands of one more document; false when the arena failed. */
static bool grow(ocs_shown *shown)
{
    if ((shown->n_entries + OCS_BANDS) * 2 <= shown->n_slots)
        return true;
    const entry *old = shown->slots;
    size_t n_old = shown->n_slots, n = n_old ? 2 * n_old : FIRST_SLOTS;
    entry *slots = ocs_arena_array(shown->arena, n, sizeof *slots);
    if (!slots)
        return false;
    shown->slots = slots;
    shown->n_slots = n;
    for (size_t i = 0; i < n_old; i++)
        if (old[i].owner != 0)
            put_entry(shown, old[i]);
    return true;
}

/* Is one of the documents in this band the same?  ${met}: how many were compared. */
static bool find_in_band(const ocs_shown *shown, const ocs_fingerprint *print, uint64_t band,
                         size_t *met)
{
    *met = 0;
    for (size_t i = slot_of(shown, band); shown->slots[i].owner != 0;
         i = (i + 1) & (shown->n_slots - 1)) {
        if (shown->slots[i].band != band)
            continue;
        if (ocs_fingerprint_same(print, &shown->prints.at[shown->slots[i].owner - 1]))
            return true;
        ++*met;
    }
    return false;
}

/* A band that is full already gets no more. */
static bool let_in(ocs_shown *shown, const ocs_fingerprint *print, const bool full[OCS_BANDS])
{
    ocs_fingerprint *new = ocs_vec_push(shown->arena, &shown->prints);
    if (!new)
        return false;
    *new = *print;
    for (size_t i = 0; i < OCS_BANDS; i++) {
        if (full[i])
            continue;
        put_entry(shown, (entry){band_of(print, i), (uint32_t)shown->prints.n});
        shown->n_entries++;
    }
    return true;
}

ocs_status ocs_shown_let_in(ocs_shown *shown, ocs_index *index, xap_docid number, bool *copy,
                            ocs_error *err)
{
    ocs_fingerprint print;
    bool there, full[OCS_BANDS];
    *copy = false;
    ocs_status st = read_print(index, number, &print, &there, err);
    if (st != OCS_OK || !there)
        return st;
    bool room = grow(shown);
    for (size_t i = 0, met; room && i < OCS_BANDS; i++) {
        if ((*copy = find_in_band(shown, &print, band_of(&print, i), &met)))
            return OCS_OK;
        full[i] = met >= OCS_COPIES_MAX;
    }
    if (room && let_in(shown, &print, full))
        return OCS_OK;
    return ocs_fail(err, ocs_arena_status(shown->arena),
                    "too many hits to look for copies among them");
}

/* ---- in the whole index ---- */

/* A query for a band, when more documents than one have it; else NULL. */
static ocs_status shared_band(ocs_index *index, const ocs_fingerprint *print, size_t band,
                              xap_query **query, ocs_error *err)
{
    ocs_buf term;
    uint32_t documents = 0;
    *query = NULL;
    ocs_buf_init(&term, TERM_CAP);
    ocs_term_band(&term, band, ocs_fingerprint_band(print, band));
    ocs_status st = ocs_buf_status(&term);
    if (st == OCS_OK)
        st = xap_db_term_documents(ocs_index_db(index), ocs_buf_str(&term), &documents, err);
    if (st == OCS_OK && documents > 1)
        st = xap_query_term(ocs_buf_str(&term), query, err);
    ocs_buf_clear(&term);
    return st;
}

/* The documents in any of ${n} bands; most documents are alone in all of theirs. */
static ocs_status run_bands(ocs_index *index, xap_query *const *bands, size_t n,
                            xap_results **results, ocs_error *err)
{
    xap_query *any = NULL;
    const xap_search wanted = {.most = OCS_COPIES_MAX * OCS_BANDS, .sort = XAP_BY_DOCID};
    if (n == 0)
        return OCS_OK;
    ocs_status st = xap_query_combine(XAP_OR, bands, n, 0, &any, err);
    if (st == OCS_OK)
        st = xap_search_run(ocs_index_db(index), any, &wanted, results, err);
    xap_query_free(any);
    return st;
}

static ocs_status search_bands(ocs_index *index, const ocs_fingerprint *print,
                               xap_results **results, ocs_error *err)
{
    xap_query *bands[OCS_BANDS] = {NULL};
    ocs_status st = OCS_OK;
    size_t n = 0;
    for (size_t i = 0; st == OCS_OK && i < OCS_BANDS; i++) {
        st = shared_band(index, print, i, &bands[n], err);
        n += bands[n] != NULL;
    }
    if (st == OCS_OK)
        st = run_bands(index, bands, n, results, err);
    for (size_t i = 0; i < n; i++)
        xap_query_free(bands[i]);
    return st;
}

static ocs_status name_copy(ocs_index *index, xap_docid number, ocs_arena *arena, ocs_copies *out,
                            ocs_error *err)
{
    ocs_document document;
    if (out->count++ >= OCS_COPIES_NAMED)
        return OCS_OK;
    ocs_status st = ocs_index_document(index, number, arena, &document, err);
    if (st == OCS_OK)
        out->at[out->n++] = (ocs_copy){document.id, document.path};
    return st;
}

static ocs_status take_copies(ocs_index *index, xap_docid number, const ocs_fingerprint *print,
                              const xap_results *results, ocs_arena *arena, ocs_copies *out,
                              ocs_error *err)
{
    ocs_status st = OCS_OK;
    size_t n = xap_results_count(results);
    out->at = ocs_arena_array(arena, n < OCS_COPIES_NAMED ? n : OCS_COPIES_NAMED, sizeof *out->at);
    if (!out->at)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for the copies of a hit");
    for (size_t i = 0; st == OCS_OK && i < n; i++) {
        xap_docid other = xap_results_docid(results, i);
        ocs_fingerprint of_other;
        bool there;
        if (other == number)
            continue;
        st = read_print(index, other, &of_other, &there, err);
        if (st == OCS_OK && there && ocs_fingerprint_same(print, &of_other))
            st = name_copy(index, other, arena, out, err);
    }
    return st;
}

static int compare_path(const void *a, const void *b)
{
    const ocs_copy *x = a, *y = b;
    int order = ocs_str_cmp(x->path, y->path);
    return order != 0 ? order : ocs_str_cmp(x->id, y->id);
}

ocs_status ocs_copies_find(ocs_index *index, xap_docid number, ocs_arena *arena, ocs_copies *out,
                           ocs_error *err)
{
    ocs_fingerprint print;
    xap_results *results = NULL;
    bool there;
    *out = (ocs_copies){0};
    ocs_status st = read_print(index, number, &print, &there, err);
    if (st != OCS_OK || !there)
        return st;
    st = search_bands(index, &print, &results, err);
    if (st == OCS_OK && results)
        st = take_copies(index, number, &print, results, arena, out, err);
    xap_results_free(results);
    if (out->n > 1)
        qsort(out->at, out->n, sizeof *out->at, compare_path);
    return st;
}
