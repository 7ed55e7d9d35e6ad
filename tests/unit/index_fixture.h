/* What the tests of runs and of reading share: a place with a folder of pages and an index of it,
 * and an ingest of our own instead of the real one: a page's bytes are its text, a page that starts
 * with "FAIL" cannot become a document, one that starts with "CRASH", "LOOP" or "HOG" does what it
 * says, and the rules change when a test says so. */
#ifndef OCS_TESTS_INDEX_FIXTURE_H
#define OCS_TESTS_INDEX_FIXTURE_H

#include "index/index.h"
#include "ingest/site.h"
#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ROOM = 4096 };

/* ---- the ingest of these tests ---- */

struct ocs_ingest {
    int unused;
};
static struct ocs_ingest only_ingest;
static uint64_t rules = 1;
static size_t jobs_of_runs; /* ocs_update.jobs */

/* For the tests that come behind it. */
static inline int use_workers(void **state)
{
    (void)state;
    jobs_of_runs = 2;
    return 0;
}

ocs_status ocs_ingest_new(ocs_ingest **ingest, ocs_error *err)
{
    (void)err;
    *ingest = &only_ingest;
    return OCS_OK;
}

void ocs_ingest_free(ocs_ingest *ingest)
{
    (void)ingest;
}

void ocs_ingest_keep_blocks(ocs_ingest *ingest, bool keep)
{
    (void)ingest, (void)keep;
}

void ocs_ingest_use_tables(ocs_ingest *ingest, const ocs_gaz *tables)
{
    (void)ingest, (void)tables;
}

uint64_t ocs_ingest_version(void)
{
    return rules;
}

ocs_status ocs_ingest_sample(const ocs_page *page, ocs_arena *arena, ocs_buf *sample,
                             ocs_error *err)
{
    if (ocs_str_starts(page->bytes, OCS_STR("CUTS BADLY")))
        raise(SIGSEGV);
    ocs_blocks *blocks = ocs_arena_alloc(arena, sizeof *blocks);
    ocs_decoded decoded;
    ocs_status st = ocs_decode(page->bytes, false, arena, &decoded, err);
    if (st == OCS_OK)
        st = ocs_dump_cut(&decoded, arena, blocks, err);
    if (st != OCS_OK)
        return st;
    return ocs_site_page_pack(ocs_site_name(page, blocks, arena), ocs_hash(page->path), blocks,
                              sample, err);
}

/* It has its page locked, so that one sees whether it still goes on. */
static inline void loop(ocs_str path)
{
    char name[4096];
    snprintf(name, sizeof name, "%.*s", OCS_ARG(path));
    flock(open(name, O_RDONLY), LOCK_EX);
    for (volatile uint64_t i = 0;; i++)
        continue;
}

ocs_status ocs_ingest_page(ocs_ingest *ingest, const ocs_page *page, ocs_stage stage,
                           ocs_arena *arena, ocs_document *document, const ocs_blocks **blocks,
                           ocs_error *err)
{
    (void)ingest, (void)stage, (void)arena, (void)blocks;
    if (ocs_str_starts(page->bytes, OCS_STR("FAIL")))
        return ocs_fail(err, OCS_BADINPUT, "it says FAIL");
    if (ocs_str_starts(page->bytes, OCS_STR("CRASH")))
        raise(SIGSEGV);
    if (ocs_str_starts(page->bytes, OCS_STR("LOOP")))
        loop(page->path);
    if (ocs_str_starts(page->bytes, OCS_STR("HOG")))
        return ocs_fail(err, OCS_NOMEM, "it needs more memory than there is");
    *document = (ocs_document){
        .path = page->path, .lang = OCS_STR("en"), .text = page->bytes, .raw_size = page->bytes.n};
    return OCS_OK;
}

/* ---- a place to work in ---- */

typedef struct place {
    char root[64], db[256], pages[128];
    ocs_update update;
    ocs_update_counts counts;
    ocs_error err;
    char last[ROOM]; /* what .each was told, "fate name\n", the last name of each path */
    size_t n;
    int kill_after; /* pages; 0: never */
} place;

static inline int remove_one(const char *path, const struct stat *st, int kind, struct FTW *walk)
{
    (void)st, (void)kind, (void)walk;
    return remove(path);
}

static inline void note(void *payload, const char *path, ocs_fate fate, const char *why)
{
    place *p = payload;
    const char *name = strrchr(path, '/') + 1;
    assert_int_equal(why != NULL, fate == OCS_FATE_FAILED);
    if (p->n + strlen(name) + 16 < sizeof p->last)
        p->n += (size_t)snprintf(p->last + p->n, sizeof p->last - p->n, "%s %s\n",
                                 ocs_fate_name(fate), name);
    if (p->kill_after > 0 && --p->kill_after == 0)
        kill(getpid(), SIGKILL);
}

static inline int make_place(void **state)
{
    place *p = calloc(1, sizeof *p);
    if (!p)
        return -1;
    strcpy(p->root, "/tmp/ocs-update-XXXXXX");
    if (!mkdtemp(p->root))
        return -1;
    snprintf(p->db, sizeof p->db, "%s/db", p->root);
    snprintf(p->pages, sizeof p->pages, "%s/pages", p->root);
    p->update = ocs_update_defaults;
    p->update.each = note;
    p->update.payload = p;
    p->update.jobs = jobs_of_runs;
    rules = 1;
    *state = p;
    return mkdir(p->pages, 0777);
}

static inline int remove_place(void **state)
{
    place *p = *state;
    int failed = nftw(p->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(p);
    return failed;
}

static inline const char *in(const char *folder, const char *name)
{
    static char paths[4][ROOM];
    static unsigned next;
    char *path = paths[next++ % 4];
    int n = snprintf(path, ROOM, "%s/%s", folder, name);
    assert_in_range(n, 1, ROOM - 1);
    return path;
}

static inline void write_page(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* Move the page's time forward without touching its bytes. */
static inline void touch(const char *path)
{
    static int later = 100;
    later++;
    struct timespec times[2] = {{.tv_sec = 1900000000 + later}, {.tv_sec = 1900000000 + later}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static inline void write_pages(const place *p, int n)
{
    char name[32], text[64];
    for (int i = 0; i < n; i++) {
        snprintf(name, sizeof name, "p%04d.html", i);
        snprintf(text, sizeof text, "Page number%d speaks of crimes", i);
        write_page(in(p->pages, name), text);
    }
}

/* ---- running and looking ---- */

static inline ocs_status run_on(place *p, const char *const *paths, size_t n, ocs_source *list)
{
    p->n = 0;
    p->last[0] = '\0';
    p->err = (ocs_error){0};
    return ocs_index_update(p->db, paths, n, list, &p->update, &p->counts, &p->err);
}

static inline ocs_status run(place *p)
{
    const char *paths[] = {p->pages};
    return run_on(p, paths, 1, NULL);
}

#define assert_run(p) assert_int_equal_or_say(run(p), OCS_OK, &(p)->err)
#define assert_int_equal_or_say(got, wanted, error)                        \
    do {                                                                   \
        ocs_status got_ = (got);                                           \
        if (got_ != (wanted))                                              \
            print_error("%s: %s\n", ocs_status_name(got_), (error)->text); \
        assert_int_equal(got_, wanted);                                    \
    } while (0)

#define assert_counts(p, unchanged, added, changed, deleted, failed)             \
    do {                                                                         \
        const uint64_t wanted_[] = {unchanged, added, changed, deleted, failed}; \
        for (int i_ = 0; i_ < OCS_FATE_COUNT; i_++)                              \
            if ((p)->counts.pages[i_] != wanted_[i_])                            \
                fail_msg("%d pages %s, not %d", (int)(p)->counts.pages[i_],      \
                         ocs_fate_name((ocs_fate)i_), (int)wanted_[i_]);         \
    } while (0)

static inline ocs_index *open_index(const place *p)
{
    ocs_index *index;
    ocs_error err = {0};
    assert_int_equal_or_say(ocs_index_open(p->db, &index, &err), OCS_OK, &err);
    return index;
}

static inline uint32_t count_of(ocs_index *index, const char *term)
{
    uint32_t n;
    assert_int_equal(xap_db_term_documents(ocs_index_db(index), ocs_str_of(term), &n, NULL),
                     OCS_OK);
    return n;
}

static inline uint32_t documents_with(const place *p, const char *term)
{
    ocs_index *index = open_index(p);
    uint32_t n = count_of(index, term);
    ocs_index_close(index);
    return n;
}

/* Has the index moved on since ${index} was opened? */
static inline bool moved(ocs_index *index)
{
    bool yes;
    assert_int_equal(xap_db_reopen(ocs_index_db(index), &yes, NULL), OCS_OK);
    return yes;
}

static inline void dump_document(xap_db *db, xap_docid id, ocs_buf *out)
{
    xap_terms *terms;
    ocs_str term;
    ocs_arena *arena = ocs_arena_new(1024 * 1024);
    assert_int_equal(xap_db_doc_terms(db, id, &terms, NULL), OCS_OK);
    ocs_buf_putf(out, "document %u\n", id);
    while (xap_terms_next(terms, &term, NULL, NULL) == OCS_OK) {
        uint32_t *positions;
        size_t n;
        ocs_buf_put(out, term);
        if (xap_db_positions(db, id, term, arena, &positions, &n, NULL) == OCS_OK)
            for (size_t i = 0; i < n; i++)
                ocs_buf_putf(out, " %u", positions[i]);
        ocs_buf_putc(out, '\n');
    }
    xap_terms_free(terms);
    ocs_arena_free(arena);
}

static inline void dump_states(xap_db *db, ocs_buf *out)
{
    xap_terms *keys;
    ocs_str key, value;
    assert_int_equal(xap_db_keys(db, OCS_STR(""), &keys, NULL), OCS_OK);
    while (xap_terms_next(keys, &key, NULL, NULL) == OCS_OK) {
        if (ocs_str_eq(key, OCS_STR(OCS_META_UPDATED)))
            continue;
        assert_int_equal(xap_db_metadata(db, key, &value, NULL), OCS_OK);
        ocs_buf_put(out, key);
        ocs_buf_putc(out, '=');
        ocs_buf_put(out, value);
        ocs_buf_putc(out, '\n');
    }
    xap_terms_free(keys);
}

/* By their numbers. */
static inline void dump_documents(xap_db *db, ocs_buf *out)
{
    xap_docid last;
    ocs_str data;
    assert_int_equal(xap_db_last_docid(db, &last, NULL), OCS_OK);
    for (xap_docid id = 1; id <= last; id++)
        if (xap_db_data(db, id, &data, NULL) == OCS_OK)
            dump_document(db, id, out);
}

/* Everything in the index but the time. */
static inline void dump(const place *p, ocs_buf *out)
{
    ocs_index *index = open_index(p);
    xap_db *db = ocs_index_db(index);
    ocs_buf_init(out, 64 * 1024 * 1024);
    dump_documents(db, out);
    dump_states(db, out);
    assert_int_equal(ocs_buf_status(out), OCS_OK);
    ocs_index_close(index);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

#endif
