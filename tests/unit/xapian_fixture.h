/* What the tests of the binding share: a directory of their own with an empty index in it,
 * documents from a line of words, queries that are freed where they are used. */
#ifndef OCS_TESTS_XAPIAN_FIXTURE_H
#define OCS_TESTS_XAPIAN_FIXTURE_H

#include "index/xapian_c.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { PATH_ROOM = 256 };

/* Asked by the address sanitizer: libxapian's checker deletes a table by the size of its base. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}

typedef struct place {
    char dir[PATH_ROOM / 2];
    char db[PATH_ROOM]; /* dir/db, where nothing is at first */
} place;

static inline int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
    (void)st, (void)kind, (void)walk;
    return remove(path);
}

static inline int make_place(void **state)
{
    place *p = calloc(1, sizeof *p);
    const char *tmp = getenv("TMPDIR");
    if (!p)
        return -1;
    snprintf(p->dir, sizeof p->dir, "%s/ocs-xapian-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (!mkdtemp(p->dir))
        return -1;
    snprintf(p->db, sizeof p->db, "%s/db", p->dir);
    *state = p;
    return 0;
}

static inline int remove_place(void **state)
{
    place *p = *state;
    int failed = nftw(p->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(p);
    return failed;
}

#define TEST_IN_PLACE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

/* ${call} uses `&err`; shows the message where it fails. */
#define OK(call)                                 \
    do {                                         \
        ocs_error err = {.text = ""};            \
        if ((call) != OCS_OK)                    \
            fail_msg("%s: %s", #call, err.text); \
    } while (0)

/* ${call} fails with ${want}, and says why unless absence was expected. */
#define FAILS(want, call)                                                  \
    do {                                                                   \
        ocs_error err = {.text = ""};                                      \
        assert_string_equal(ocs_status_name(call), ocs_status_name(want)); \
        assert_int_equal(err.text[0] == '\0', (want) == OCS_NOTFOUND);     \
    } while (0)

static inline void assert_str(ocs_str got, ocs_str want)
{
    assert_int_equal(got.n, want.n);
    if (want.n)
        assert_memory_equal(got.p, want.p, want.n);
}

/* ---- writing ---- */

static inline xap_writer *writer_at(const char *path)
{
    xap_writer *writer = NULL;
    OK(xap_writer_open(path, XAP_CREATE_OR_OPEN, &writer, &err));
    return writer;
}

static inline void done(xap_writer *writer)
{
    OK(xap_writer_commit(writer, &err));
    OK(xap_writer_close(writer, &err));
}

/* The words of ${text} at positions 1, 2, ...; value 0 is ${value}, the data is ${text}. */
static inline xap_document *document_of(const char *unique, const char *text, const char *value)
{
    xap_document *document = xap_document_new();
    ocs_str rest = ocs_str_of(text), word;
    assert_non_null(document);
    OK(xap_document_set_data(document, rest, &err));
    OK(xap_document_set_value(document, 0, ocs_str_of(value), &err));
    OK(xap_document_add_term(document, ocs_str_of(unique), 0, &err));
    for (uint32_t at = 1; ocs_str_split(&rest, ' ', &word); at++)
        if (word.n > 0)
            OK(xap_document_add_posting(document, word, at, 1, &err));
    return document;
}

static inline xap_docid put_valued(xap_writer *writer, const char *unique, const char *text,
                                   const char *value)
{
    xap_docid id = 0;
    xap_document *document = document_of(unique, text, value);
    OK(xap_writer_replace(writer, ocs_str_of(unique), document, &id, &err));
    xap_document_free(document);
    return id;
}

static inline xap_docid put(xap_writer *writer, const char *unique, const char *text)
{
    return put_valued(writer, unique, text, "");
}

/* ---- reading ---- */

static inline xap_db *db_at(const char *path)
{
    xap_db *db = NULL;
    OK(xap_db_open(path, &db, &err));
    return db;
}

static inline xap_query *term(const char *word)
{
    xap_query *query = NULL;
    OK(xap_query_term(ocs_str_of(word), &query, &err));
    return query;
}

/* Uses its parts up. */
static inline xap_query *join(xap_op op, uint32_t window, xap_query *a, xap_query *b)
{
    xap_query *parts[] = {a, b}, *query = NULL;
    OK(xap_query_combine(op, parts, 2, window, &query, &err));
    xap_query_free(a);
    xap_query_free(b);
    return query;
}

/* The numbers of the hits as "1 3 4 ". */
static inline void list_hits(const xap_results *results, char *out, size_t room)
{
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < xap_results_count(results) && used + 12 < room; i++)
        used += (size_t)snprintf(out + used, room - used, "%u ", xap_results_docid(results, i));
}

static inline void assert_order(xap_db *db, xap_query *query, const xap_search *search,
                                const char *want)
{
    char got[PATH_ROOM];
    xap_results *results = NULL;
    OK(xap_search_run(db, query, search, &results, &err));
    list_hits(results, got, sizeof got);
    assert_string_equal(got, want);
    xap_results_free(results);
    xap_query_free(query);
}

/* Uses the query up. */
static inline void assert_finds(xap_db *db, xap_query *query, const char *want)
{
    assert_order(db, query, &(xap_search){.most = 20, .sort = XAP_BY_DOCID}, want);
}

#endif
