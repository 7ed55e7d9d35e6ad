/* The C binding of libxapian: each class of failure is brought about for real and must come out as
 * its status.  Memory runs out through an operator new of our own, which stands here under its
 * binary name, so that no second C++ file is needed and every build can use it. */
#include "xapian_fixture.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>

static void file_in(const place *p, const char *name, char out[2 * PATH_ROOM])
{
    snprintf(out, 2 * PATH_ROOM, "%s/%s", p->db, name);
}

/* Overwrite ${n} bytes at ${at} of a file of the database. */
static void damage(const place *p, const char *name, off_t at, const char *bytes, size_t n)
{
    char path[2 * PATH_ROOM];
    file_in(p, name, path);
    int fd = open(path, O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, n, at), n);
    close(fd);
}

static void fill(xap_writer *writer, unsigned documents, const char *text)
{
    char name[16];
    for (unsigned i = 0; i < documents; i++) {
        snprintf(name, sizeof name, "Q%u", i);
        put(writer, name, text);
    }
}

static void make_db_of(const place *p, unsigned documents)
{
    xap_writer *writer = writer_at(p->db);
    fill(writer, documents, "some words of a text");
    done(writer);
}

static void make_db(const place *p)
{
    make_db_of(p, 200);
}

enum { MANY = 1500 }; /* documents that take more blocks than a reader has in hand */

/* ---- locked ---- */

static void a_locked_database_is_locked(void **state)
{
    const place *p = *state;
    xap_writer *first = writer_at(p->db), *second = NULL;
    FAILS(OCS_LOCKED, xap_writer_open(p->db, XAP_OPEN_EXISTING, &second, &err));
    assert_null(second);
    OK(xap_writer_close(first, &err));
    OK(xap_writer_open(p->db, XAP_OPEN_EXISTING, &second, &err));
    OK(xap_writer_close(second, &err));
}

static void a_message_names_the_path_and_the_reason(void **state)
{
    const place *p = *state;
    ocs_error said = {.text = ""};
    xap_writer *first = writer_at(p->db), *second = NULL;
    assert_int_equal(xap_writer_open(p->db, XAP_OPEN_EXISTING, &second, &said), OCS_LOCKED);
    assert_int_equal(said.status, OCS_LOCKED);
    assert_non_null(strstr(said.text, "cannot open for writing /"));
    assert_non_null(strstr(said.text, p->db));
    assert_non_null(strstr(said.text, "already locked"));
    assert_int_equal(xap_writer_open(p->db, XAP_OPEN_EXISTING, &second, NULL), OCS_LOCKED);
    OK(xap_writer_close(first, &err));
}

/* Trying again would not help, so it must not look as if it did. */
static void a_lock_that_cannot_be_made_is_no_lock(void **state)
{
    const place *p = *state;
    char path[2 * PATH_ROOM];
    xap_writer *writer = NULL;
    make_db(p);
    file_in(p, "flintlock", path);
    assert_int_equal(remove(path), 0);
    assert_int_equal(mkdir(path, 0700), 0);
    FAILS(OCS_IO, xap_writer_open(p->db, XAP_OPEN_EXISTING, &writer, &err));
    assert_null(writer);
}

static ocs_status walk_to_its_end(xap_terms *terms)
{
    ocs_str out;
    ocs_status status = OCS_OK;
    while (status == OCS_OK)
        status = xap_terms_next(terms, &out, NULL, NULL);
    return status;
}

static void a_walk_left_over_does_not_keep_the_lock(void **state)
{
    const place *p = *state;
    xap_terms *terms = NULL;
    make_db_of(p, MANY);
    xap_writer *writer = writer_at(p->db);
    OK(xap_db_terms(xap_writer_db(writer), OCS_STR("Q"), &terms, &err));
    OK(xap_writer_close(writer, &err));
    writer = writer_at(p->db);
    OK(xap_writer_close(writer, &err));
    assert_int_equal(walk_to_its_end(terms), OCS_BUG);
    xap_terms_free(terms);
}

/* ---- modified under a reader ---- */

/* Freed blocks are used again by the second commit after the one that freed them. */
static void change_much(const place *p)
{
    static const char *const texts[] = {"first change", "second change", "third change"};
    xap_writer *writer = writer_at(p->db);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        fill(writer, MANY, texts[i]);
        OK(xap_writer_commit(writer, &err));
    }
    OK(xap_writer_close(writer, &err));
}

static void a_reader_left_behind_is_told_and_may_reopen(void **state)
{
    const place *p = *state;
    xap_results *results = NULL;
    bool moved = false;
    make_db_of(p, MANY);
    xap_db *db = db_at(p->db);
    xap_query *query = term("words");
    change_much(p);
    FAILS(OCS_MODIFIED, xap_search_run(db, query, &(xap_search){.most = 5}, &results, &err));
    assert_null(results);
    OK(xap_db_reopen(db, &moved, &err));
    assert_true(moved);
    assert_finds(db, query, "");
    assert_finds(db, join(XAP_AND, 0, term("third"), term("Q7")), "8 ");
    xap_db_close(db);
}

static void a_walk_left_behind_is_told(void **state)
{
    const place *p = *state;
    xap_terms *terms = NULL;
    ocs_str out;
    make_db_of(p, MANY);
    xap_db *db = db_at(p->db);
    OK(xap_db_terms(db, OCS_STR(""), &terms, &err));
    OK(xap_terms_next(terms, &out, NULL, &err));
    change_much(p);
    assert_int_equal(walk_to_its_end(terms), OCS_MODIFIED);
    xap_terms_free(terms);
    xap_db_close(db);
}

/* ---- not found ---- */

static void a_missing_database_is_not_found(void **state)
{
    const place *p = *state;
    char missing[PATH_ROOM];
    xap_db *db = NULL;
    xap_writer *writer = NULL;
    FAILS(OCS_NOTFOUND, xap_db_open(p->db, &db, &err));
    assert_null(db);
    FAILS(OCS_NOTFOUND, xap_db_open(p->dir, &db, &err)); /* a folder of other things */
    FAILS(OCS_NOTFOUND, xap_writer_open(p->db, XAP_OPEN_EXISTING, &writer, &err));
    assert_null(writer);
    FAILS(OCS_NOTFOUND, xap_check(p->db, NULL, &err));
    make_db(p);
    snprintf(missing, sizeof missing, "%s/missing", p->dir);
    db = db_at(p->db);
    FAILS(OCS_NOTFOUND, xap_db_add(db, missing, &err));
    xap_db_close(db);
}

static void a_missing_document_is_not_found(void **state)
{
    const place *p = *state;
    ocs_str out;
    uint32_t n;
    xap_terms *terms = NULL;
    make_db(p);
    xap_db *db = db_at(p->db);
    FAILS(OCS_NOTFOUND, xap_db_data(db, 999, &out, &err));
    FAILS(OCS_NOTFOUND, xap_db_value(db, 999, 0, &out, &err));
    FAILS(OCS_NOTFOUND, xap_db_doc_length(db, 999, &n, &err));
    FAILS(OCS_NOTFOUND, xap_db_doc_terms(db, 999, &terms, &err));
    FAILS(OCS_NOTFOUND, xap_db_first(db, OCS_STR("never"), &n, &err));
    assert_null(terms);
    xap_db_close(db);
}

/* ---- damaged, or of another version ---- */

/* The first block is a leaf, far from the root, so that opening does not see it. */
static void a_block_of_zeros_is_corrupt(void **state)
{
    const place *p = *state;
    static const char zeros[8192];
    ocs_buf report;
    xap_terms *terms = NULL;
    ocs_buf_init(&report, 1 << 16);
    make_db_of(p, MANY);
    damage(p, "postlist.glass", 0, zeros, sizeof zeros);
    xap_db *db = db_at(p->db);
    ocs_status status = xap_db_terms(db, OCS_STR(""), &terms, NULL);
    if (status == OCS_OK)
        status = walk_to_its_end(terms);
    assert_int_equal(status, OCS_CORRUPT);
    xap_terms_free(terms);
    xap_db_close(db);
    FAILS(OCS_CORRUPT, xap_check(p->db, &report, &err));
    assert_true(ocs_buf_str(&report).n > 0);
    ocs_buf_clear(&report);
}

static void a_file_cut_short_is_corrupt(void **state)
{
    const place *p = *state;
    char path[2 * PATH_ROOM];
    xap_terms *terms = NULL;
    make_db_of(p, MANY);
    file_in(p, "postlist.glass", path);
    assert_int_equal(truncate(path, 8192), 0);
    xap_db *db = NULL;
    ocs_status status = xap_db_open(p->db, &db, NULL);
    if (status == OCS_OK)
        status = xap_db_terms(db, OCS_STR(""), &terms, NULL);
    if (status == OCS_OK)
        status = walk_to_its_end(terms);
    assert_int_equal(status, OCS_CORRUPT);
    xap_terms_free(terms);
    xap_db_close(db);
}

static void a_header_of_other_bytes_is_corrupt(void **state)
{
    const place *p = *state;
    xap_db *db = NULL;
    make_db(p);
    damage(p, "iamglass", 0, "NoXapian", 8);
    FAILS(OCS_CORRUPT, xap_db_open(p->db, &db, &err));
    FAILS(OCS_CORRUPT, xap_check(p->db, NULL, &err));
}

static void a_missing_table_is_corrupt(void **state)
{
    const place *p = *state;
    char path[2 * PATH_ROOM];
    xap_db *db = NULL;
    make_db(p);
    file_in(p, "postlist.glass", path);
    assert_int_equal(remove(path), 0);
    FAILS(OCS_CORRUPT, xap_db_open(p->db, &db, &err));
}

static void a_file_of_other_things_is_corrupt(void **state)
{
    const place *p = *state;
    xap_db *db = NULL;
    FILE *file = fopen(p->db, "w");
    assert_non_null(file);
    fputs("not a database\n", file);
    assert_int_equal(fclose(file), 0);
    FAILS(OCS_CORRUPT, xap_db_open(p->db, &db, &err));
    assert_null(db);
}

/* The two bytes after the fourteen of the magic say which glass it is. */
static void another_format_is_another_version(void **state)
{
    const place *p = *state;
    xap_db *db = NULL;
    xap_writer *writer = NULL;
    make_db(p);
    damage(p, "iamglass", 14, "\x01\x01", 2);
    FAILS(OCS_VERSION, xap_db_open(p->db, &db, &err));
    FAILS(OCS_VERSION, xap_writer_open(p->db, XAP_OPEN_EXISTING, &writer, &err));
    FAILS(OCS_VERSION, xap_check(p->db, NULL, &err));
    assert_null(db);
}

/* ---- refused by the system ---- */

/* Leave no file descriptor to open anything with. */
static rlim_t limit_files(rlim_t files)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    rlim_t before = limit.rlim_cur;
    limit.rlim_cur = files;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
    return before;
}

static void a_file_that_cannot_be_opened_is_no_damage(void **state)
{
    const place *p = *state;
    ocs_error err = {.text = ""};
    xap_db *db = NULL;
    xap_writer *writer = NULL;
    make_db(p);
    rlim_t before = limit_files(0);
    ocs_status reading = xap_db_open(p->db, &db, &err);
    ocs_status writing = xap_writer_open(p->db, XAP_OPEN_EXISTING, &writer, NULL);
    limit_files(before);
    assert_int_equal(reading, OCS_IO);
    assert_int_equal(writing, OCS_IO);
    assert_non_null(strstr(err.text, "Too many open files"));
}

static void a_new_database_does_not_replace_another(void **state)
{
    const place *p = *state;
    xap_writer *writer = NULL;
    make_db(p);
    FAILS(OCS_IO, xap_writer_open(p->db, XAP_CREATE_NEW, &writer, &err));
    xap_db *db = db_at(p->db);
    assert_finds(db, term("Q7"), "8 ");
    xap_db_close(db);
}

/* ---- network ---- */

/* A loopback socket bound to a free port. */
static int bind_loopback(unsigned *port)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
    *port = ntohs(at.sin_port);
    return fd;
}

static void a_port_where_nobody_listens_is_a_network_failure(void **state)
{
    (void)state;
    unsigned port = 0;
    xap_db *db = NULL;
    int fd = bind_loopback(&port); /* taken, but not listening */
    FAILS(OCS_NETWORK, xap_db_open_remote("127.0.0.1", port, 2000, &db, &err));
    assert_null(db);
    close(fd);
}

static void a_server_that_says_nothing_is_a_timeout(void **state)
{
    (void)state;
    unsigned port = 0;
    xap_db *db = NULL;
    int fd = bind_loopback(&port);
    assert_int_equal(listen(fd, 1), 0);
    FAILS(OCS_TIMEOUT, xap_db_open_remote("127.0.0.1", port, 100, &db, &err));
    assert_null(db);
    close(fd);
}

/* ---- broken promises ---- */

static void empty_terms_are_refused(void **state)
{
    (void)state;
    xap_query *query = NULL;
    xap_document *document = xap_document_new();
    FAILS(OCS_BUG, xap_query_term(OCS_STR(""), &query, &err));
    FAILS(OCS_BUG, xap_query_wildcard(OCS_STR(""), 0, &query, &err));
    FAILS(OCS_BUG, xap_query_combine((xap_op)15, NULL, 0, 0, &query, &err));
    assert_null(query);
    FAILS(OCS_BUG, xap_document_add_term(document, OCS_STR(""), 1, &err));
    xap_document_free(document);
}

static void a_term_too_long_is_refused(void **state)
{
    const place *p = *state;
    char term[300];
    xap_document *document = xap_document_new();
    xap_writer *writer = writer_at(p->db);
    memset(term, 'x', sizeof term);
    OK(xap_document_add_term(document, (ocs_str){term, sizeof term}, 1, &err));
    FAILS(OCS_BUG, xap_writer_replace(writer, OCS_STR("Q1"), document, NULL, &err));
    xap_document_free(document);
    done(writer);
}

static void transactions_out_of_turn_are_refused(void **state)
{
    const place *p = *state;
    xap_writer *writer = writer_at(p->db);
    FAILS(OCS_BUG, xap_writer_cancel(writer, &err));
    OK(xap_writer_begin(writer, &err));
    FAILS(OCS_BUG, xap_writer_begin(writer, &err));
    put(writer, "Q1", "kept");
    OK(xap_writer_commit(writer, &err)); /* the first one is still open and ends here */
    FAILS(OCS_BUG, xap_writer_cancel(writer, &err));
    OK(xap_writer_close(writer, &err));
}

/* ---- out of memory ---- */

/* C++'s allocation functions under the names of the x86-64 and arm64 C++ ABI; the last is what
 * libstdc++ throws with.  All of one family are replaced, for the sanitizer compares them. */
void *cxx_new(size_t size) __asm__("_Znwm");
void *cxx_new_array(size_t size) __asm__("_Znam");
void *cxx_new_nothrow(size_t size, const void *tag) __asm__("_ZnwmRKSt9nothrow_t");
void *cxx_new_array_nothrow(size_t size, const void *tag) __asm__("_ZnamRKSt9nothrow_t");
void cxx_delete(void *p) __asm__("_ZdlPv");
void cxx_delete_sized(void *p, size_t size) __asm__("_ZdlPvm");
void cxx_delete_array(void *p) __asm__("_ZdaPv");
void cxx_delete_array_sized(void *p, size_t size) __asm__("_ZdaPvm");
_Noreturn void cxx_throw_bad_alloc(void) __asm__("_ZSt17__throw_bad_allocv");

/* Asked by the leak sanitizer: libxapian loses pieces of its own when memory runs out in the middle
 * of a search.  What the binding itself were to lose is still reported. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libxapian.so";
}
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}

static struct {
    bool armed, fired;
    size_t left; /* allocations that still succeed */
} memory;

static void *allocate(size_t size)
{
    if (memory.armed && memory.left-- == 0) {
        memory.armed = false;
        memory.fired = true;
        return NULL;
    }
    return malloc(size ? size : 1);
}

void *cxx_new(size_t size)
{
    void *p = allocate(size);
    if (!p)
        cxx_throw_bad_alloc();
    return p;
}

void *cxx_new_array(size_t size)
{
    return cxx_new(size);
}

void *cxx_new_nothrow(size_t size, const void *tag)
{
    (void)tag;
    return allocate(size);
}

void *cxx_new_array_nothrow(size_t size, const void *tag)
{
    (void)tag;
    return allocate(size);
}

void cxx_delete(void *p)
{
    free(p);
}

void cxx_delete_sized(void *p, size_t size)
{
    (void)size;
    free(p);
}

void cxx_delete_array(void *p)
{
    free(p);
}

void cxx_delete_array_sized(void *p, size_t size)
{
    (void)size;
    free(p);
}

/* Let ${step} run with the n-th allocation failing, for every n that it comes to.  It must be told
 * each time, and leave nothing behind, which the sanitizer sees. */
static void fail_each_allocation(ocs_status (*step)(const place *, ocs_error *), const place *p,
                                 size_t at_least)
{
    for (size_t n = 0; n < 20000; n++) {
        ocs_error err = {.text = ""};
        memory.armed = true;
        memory.fired = false;
        memory.left = n;
        ocs_status status = step(p, &err);
        memory.armed = false;
        if (!memory.fired) {
            assert_int_equal(status, OCS_OK);
            assert_true(n >= at_least);
            return;
        }
        if (status != OCS_NOMEM)
            fail_msg("allocation %zu: %s: %s", n, ocs_status_name(status), err.text);
        assert_non_null(strstr(err.text, "out of memory"));
    }
    fail_msg("no end");
}

static ocs_status open_and_close(const place *p, ocs_error *err)
{
    xap_db *db = NULL;
    ocs_status status = xap_db_open(p->db, &db, err);
    assert_true((db != NULL) == (status == OCS_OK));
    xap_db_close(db);
    return status;
}

static ocs_status search_once(const place *p, ocs_error *err)
{
    xap_db *db = NULL;
    xap_query *query = NULL;
    xap_results *results = NULL;
    ocs_status status = xap_db_open(p->db, &db, err);
    if (status == OCS_OK)
        status = xap_query_term(OCS_STR("words"), &query, err);
    if (status == OCS_OK)
        status = xap_search_run(db, query, &(xap_search){.most = 5}, &results, err);
    xap_results_free(results);
    xap_query_free(query);
    xap_db_close(db);
    return status;
}

static ocs_status walk_once(const place *p, ocs_error *err)
{
    xap_db *db = NULL;
    xap_terms *terms = NULL;
    ocs_str out;
    ocs_status status = xap_db_open(p->db, &db, err);
    if (status == OCS_OK)
        status = xap_db_terms(db, OCS_STR("word"), &terms, err);
    if (status == OCS_OK)
        status = xap_terms_next(terms, &out, NULL, err);
    xap_terms_free(terms);
    xap_db_close(db);
    return status;
}

static ocs_status stem_once(const place *p, ocs_error *err)
{
    (void)p;
    xap_stem *stem = NULL;
    ocs_str out;
    ocs_status status = xap_stem_new("en", &stem, err);
    if (status == OCS_OK)
        status = xap_stem_word(stem, OCS_STR("internationalisations"), &out, err);
    xap_stem_free(stem);
    return status;
}

static ocs_status fill_a_document(const place *p, ocs_error *err)
{
    (void)p;
    const ocs_str text = OCS_STR("a text that is too long to be kept within a string itself");
    xap_document *document = xap_document_new();
    if (!document)
        return ocs_fail(err, OCS_NOMEM, "out of memory");
    ocs_status status = xap_document_add_posting(document, text, 1, 1, err);
    if (status == OCS_OK)
        status = xap_document_set_data(document, text, err);
    if (status == OCS_OK)
        status = xap_document_set_value(document, 0, text, err);
    xap_document_free(document);
    return status;
}

static ocs_status write_once(const place *p, ocs_error *err)
{
    bool armed = memory.armed;
    memory.armed = false;
    xap_document *document = document_of("Q5", "other words of another text", "value");
    memory.armed = armed;
    xap_writer *writer = NULL;
    ocs_status status = xap_writer_open(p->db, XAP_OPEN_EXISTING, &writer, err);
    if (status == OCS_OK)
        status = xap_writer_replace(writer, OCS_STR("Q5"), document, NULL, err);
    if (status == OCS_OK)
        status = xap_writer_commit(writer, err);
    xap_document_free(document);
    ocs_status closing = xap_writer_close(writer, status == OCS_OK ? err : NULL);
    return status == OCS_OK ? closing : status;
}

static void memory_may_run_out_while_opening(void **state)
{
    make_db(*state);
    fail_each_allocation(open_and_close, *state, 5);
}

static void memory_may_run_out_while_searching(void **state)
{
    make_db(*state);
    fail_each_allocation(search_once, *state, 10);
}

static void memory_may_run_out_while_walking(void **state)
{
    make_db(*state);
    fail_each_allocation(walk_once, *state, 10);
}

static void memory_may_run_out_while_stemming(void **state)
{
    fail_each_allocation(stem_once, *state, 2);
}

static void memory_may_run_out_while_filling_a_document(void **state)
{
    fail_each_allocation(fill_a_document, *state, 4);
}

static void memory_may_run_out_while_writing(void **state)
{
    const place *p = *state;
    make_db(p);
    fail_each_allocation(write_once, p, 20);
    xap_db *db = db_at(p->db);
    assert_finds(db, join(XAP_AND, 0, term("another"), term("words")), "6 ");
    xap_db_close(db);
    OK(xap_check(p->db, NULL, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_PLACE(a_locked_database_is_locked),
        TEST_IN_PLACE(a_message_names_the_path_and_the_reason),
        TEST_IN_PLACE(a_lock_that_cannot_be_made_is_no_lock),
        TEST_IN_PLACE(a_walk_left_over_does_not_keep_the_lock),
        TEST_IN_PLACE(a_reader_left_behind_is_told_and_may_reopen),
        TEST_IN_PLACE(a_walk_left_behind_is_told),
        TEST_IN_PLACE(a_missing_database_is_not_found),
        TEST_IN_PLACE(a_missing_document_is_not_found),
        TEST_IN_PLACE(a_block_of_zeros_is_corrupt),
        TEST_IN_PLACE(a_file_cut_short_is_corrupt),
        TEST_IN_PLACE(a_header_of_other_bytes_is_corrupt),
        TEST_IN_PLACE(a_missing_table_is_corrupt),
        TEST_IN_PLACE(a_file_of_other_things_is_corrupt),
        TEST_IN_PLACE(another_format_is_another_version),
        TEST_IN_PLACE(a_file_that_cannot_be_opened_is_no_damage),
        TEST_IN_PLACE(a_new_database_does_not_replace_another),
        cmocka_unit_test(a_port_where_nobody_listens_is_a_network_failure),
        cmocka_unit_test(a_server_that_says_nothing_is_a_timeout),
        cmocka_unit_test(empty_terms_are_refused),
        TEST_IN_PLACE(a_term_too_long_is_refused),
        TEST_IN_PLACE(transactions_out_of_turn_are_refused),
        TEST_IN_PLACE(memory_may_run_out_while_opening),
        TEST_IN_PLACE(memory_may_run_out_while_searching),
        TEST_IN_PLACE(memory_may_run_out_while_walking),
        TEST_IN_PLACE(memory_may_run_out_while_stemming),
        TEST_IN_PLACE(memory_may_run_out_while_filling_a_document),
        TEST_IN_PLACE(memory_may_run_out_while_writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
