/* Length of the document, number of terms, then the terms: how much of the one before each begins
 * with, what is new, and its frequency.  All is checked and written in one pass, since every term of
 * every document comes through here. */
#include "index/glass_list.h"

enum {
    TERM_MAX = 245, /* libxapian's limit, NUL bytes counting twice */
    PACKED = 256,
    WDF_PACKED = 127,
    TERM_HEAD = 2 /* bytes, without the frequency */
};

static bool storable(ocs_str term)
{
    size_t stored = term.n;
    if (term.n == 0 || term.n > TERM_MAX)
        return false;
    for (size_t i = ocs_str_find_char(term, '\0', 0); i < term.n;
         i = ocs_str_find_char(term, '\0', i + 1))
        stored++;
    return stored <= TERM_MAX;
}

/* Does ${term} come after ${before}, with which it has its first ${same} bytes in common? */
static bool comes_after(ocs_str term, ocs_str before, size_t same)
{
    if (same == before.n || same == term.n)
        return same < term.n;
    return (unsigned char)before.p[same] < (unsigned char)term.p[same];
}

/* Where what is common and the frequency fit into one byte together they share it. */
static char *write_term(char *at, const ocs_record_term *term, ocs_str before, size_t same)
{
    ocs_str rest = ocs_str_sub(term->term, same, term->term.n);
    size_t packed =
        term->wdf < WDF_PACKED ? ((size_t)term->wdf + 1) * (before.n + 1) + same : PACKED;
    *at++ = (char)(packed < PACKED ? packed : same);
    *at++ = (char)rest.n;
    at = ocs_write_bytes(at, rest);
    return packed < PACKED ? at : ocs_write_varint(at, term->wdf);
}

/* The first one has none before it. */
static char *write_first(char *at, const ocs_record_term *term)
{
    *at++ = (char)term->term.n;
    return ocs_write_varint(ocs_write_bytes(at, term->term), term->wdf);
}

/* NULL when a term is refused. */
static char *write_terms(char *at, const ocs_record *record, ocs_error *err)
{
    ocs_str before = {0};
    for (size_t i = 0; i < record->n_terms; i++) {
        const ocs_record_term *term = &record->terms[i];
        size_t same = ocs_str_common(before, term->term);
        if (!storable(term->term)) {
            (void)ocs_fail(err, OCS_BUG, "a term of %zu bytes", term->term.n);
            return NULL;
        }
        if (i > 0 && !comes_after(term->term, before, same)) {
            (void)ocs_fail(err, OCS_BUG, "the terms of a record are not sorted");
            return NULL;
        }
        at = i == 0 ? write_first(at, term) : write_term(at, term, before, same);
        before = term->term;
    }
    return at;
}

/* How many bytes the entry may take. */
static size_t measure(const ocs_record *record, ocs_glass_list *list)
{
    size_t bytes = 2 * (size_t)OCS_VARINT_MAX;
    *list = (ocs_glass_list){0};
    for (size_t i = 0; i < record->n_terms; i++) {
        uint32_t wdf = record->terms[i].wdf;
        list->length += wdf;
        if (wdf > list->great_wdf)
            list->great_wdf = wdf;
        bytes += TERM_HEAD + record->terms[i].term.n + OCS_VARINT_MAX;
    }
    return bytes;
}

ocs_status ocs_glass_put_list(ocs_buf *out, const ocs_record *record, ocs_glass_list *list,
                              ocs_error *err)
{
    size_t most = measure(record, list);
    if (list->length > UINT32_MAX)
        return ocs_fail(err, OCS_LIMIT, "more than a database can count");
    if (record->n_terms == 0)
        return OCS_OK;
    char *at = ocs_buf_begin(out, most);
    if (!at)
        return ocs_fail(err, ocs_buf_status(out), "no memory for the terms of a document");
    at = ocs_write_varint(at, list->length);
    at = ocs_write_varint(at, record->n_terms);
    if (!(at = write_terms(at, record, err)))
        return OCS_BUG;
    ocs_buf_wrote(out, at);
    return OCS_OK;
}
