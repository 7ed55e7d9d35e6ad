/* Pages that end their workers, runs that end theirs, and that nobody can tell how many there
 * were. */
#include "tests/unit/index_fixture.h"

static int make_place_with_workers(void **state)
{
    if (make_place(state) != 0)
        return -1;
    place *p = *state;
    p->update.jobs = 2;
    p->update.page_seconds = 1;
    return 0;
}

#define WITH_WORKERS(test) \
    cmocka_unit_test_setup_teardown(test, make_place_with_workers, remove_place)

/* ---- what is remembered ---- */

static void name_failure(void *payload, ocs_str path, ocs_str message)
{
    size_t at = path.n;
    while (at > 0 && path.p[at - 1] != '/')
        at--;
    ocs_str name = ocs_str_sub(path, at, path.n);
    ocs_buf_putf(payload, "%.*s: %.*s\n", OCS_ARG(name), OCS_ARG(message));
}

/* The pages that failed, by name, with what is remembered of them. */
static void list_failures(const place *p, ocs_buf *out)
{
    ocs_index *index = open_index(p);
    ocs_buf_init(out, 64 * 1024);
    assert_int_equal(ocs_index_each_failure(index, name_failure, out, NULL), OCS_OK);
    ocs_index_close(index);
}

static void assert_failure(const place *p, const char *name, const char *said)
{
    ocs_buf list;
    char line[ROOM];
    list_failures(p, &list);
    snprintf(line, sizeof line, "%s: %s/%s: %s", name, p->pages, name, said);
    if (!strstr(list.p ? list.p : "", line))
        fail_msg("\"%s\" is not in \"%s\"", line, list.p);
    ocs_buf_clear(&list);
}

/* ---- pages that end their workers ---- */

static void a_page_that_crashes_its_worker_costs_itself_alone(void **state)
{
    place *p = *state;
    write_pages(p, 40);
    write_page(in(p->pages, "p0007.html"), "CRASH");
    write_page(in(p->pages, "p0008.html"), "CRASH again");
    assert_run(p);
    assert_counts(p, 0, 38, 0, 0, 2);
    assert_int_equal(p->counts.documents, 38);
    assert_failure(p, "p0007.html", "ended its worker process by signal 11 (Segmentation fault)\n");
    assert_failure(p, "p0008.html", "ended its worker process by signal 11");
    assert_int_equal(documents_with(p, "number39"), 1);
}

/* Pages that are looked at for evidence of their site before any is indexed. */
static void a_page_that_crashes_while_it_is_sampled_costs_itself_alone(void **state)
{
    place *p = *state;
    write_pages(p, 6);
    write_page(in(p->pages, "p0001.txt"), "CUTS BADLY, but becomes a document");
    assert_run(p);
    assert_counts(p, 0, 7, 0, 0, 0);
    assert_int_equal(documents_with(p, "badly"), 1);
}

static void a_crash_is_not_tried_again_until_its_page_or_the_rules_change(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    write_page(in(p->pages, "p0001.html"), "CRASH");
    assert_run(p);
    uint64_t read_first = p->counts.bytes_read;
    assert_run(p);
    assert_counts(p, 2, 0, 0, 0, 1);
    assert_int_equal(p->counts.bytes_read, 0);
    touch(in(p->pages, "p0001.html"));
    assert_run(p); /* the bytes are read, and known to be bad */
    assert_counts(p, 2, 0, 0, 0, 1);
    assert_int_equal(p->counts.bytes_read, strlen("CRASH"));
    assert_failure(p, "p0001.html", "ended its worker process by signal 11");
    p->update.jobs = 0; /* where trying it again would end us */
    touch(in(p->pages, "p0001.html"));
    assert_run(p);
    p->update.jobs = 2;
    rules++;
    assert_run(p);
    assert_counts(p, 0, 0, 2, 0, 1);
    assert_int_equal(p->counts.bytes_read, read_first);
    write_page(in(p->pages, "p0001.html"), "It is mended");
    assert_run(p);
    assert_counts(p, 2, 0, 1, 0, 0);
    assert_int_equal(documents_with(p, "mended"), 1);
}

static void a_page_that_never_ends_is_ended(void **state)
{
    place *p = *state;
    write_pages(p, 10);
    write_page(in(p->pages, "p0000.html"), "LOOP");
    assert_run(p);
    assert_counts(p, 0, 9, 0, 0, 1);
    assert_failure(p, "p0000.html", "took more than 1 seconds of CPU");
}

static void memory_that_runs_out_fails_a_page_of_a_worker_and_a_run_without(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    write_page(in(p->pages, "p0001.html"), "HOG");
    assert_run(p);
    assert_counts(p, 0, 2, 0, 0, 1);
    p->update.jobs = 0;
    rules++;
    assert_int_equal(run(p), OCS_NOMEM);
    assert_non_null(strstr(p->err.text, "more memory"));
    assert_int_equal(documents_with(p, "Zcrime"), 2);
}

/* ---- any number of workers ---- */

enum { KINDS = 4 };
static const size_t jobs_of_kind[KINDS] = {0, 1, 2, 5};

/* A run with each number of workers, each number with an index of its own. */
static void run_all_kinds(place kinds[KINDS])
{
    for (size_t i = 0; i < KINDS; i++)
        assert_run(&kinds[i]);
}

static void make_kinds(const place *p, place kinds[KINDS])
{
    for (size_t i = 0; i < KINDS; i++) {
        kinds[i] = *p;
        kinds[i].update.payload = &kinds[i];
        kinds[i].update.jobs = jobs_of_kind[i];
        snprintf(kinds[i].db, sizeof kinds[i].db, "%s/db%zu", p->root, i);
    }
}

static void assert_all_alike(const place kinds[KINDS])
{
    ocs_buf first, other;
    dump(&kinds[0], &first);
    for (size_t i = 1; i < KINDS; i++) {
        dump(&kinds[i], &other);
        assert_true(ocs_str_eq(ocs_buf_str(&first), ocs_buf_str(&other)));
        assert_string_equal(kinds[0].last, kinds[i].last);
        assert_int_equal(kinds[0].counts.bytes_read, kinds[i].counts.bytes_read);
        ocs_buf_clear(&other);
    }
    ocs_buf_clear(&first);
}

static void any_number_of_workers_tells_and_writes_the_same(void **state)
{
    place *p = *state, *kinds = calloc(KINDS, sizeof *kinds);
    assert_non_null(kinds);
    write_pages(p, 90);
    write_page(in(p->pages, "p0030.html"), "FAIL");
    make_kinds(p, kinds);
    run_all_kinds(kinds);
    assert_counts(&kinds[2], 0, 89, 0, 0, 1);
    assert_all_alike(kinds);
    write_page(in(p->pages, "p0011.html"), "Something else altogether");
    write_page(in(p->pages, "p0030.html"), "It is mended");
    write_page(in(p->pages, "p0041.html"), "FAIL");
    write_page(in(p->pages, "p0090.html"), "One more");
    touch(in(p->pages, "p0012.html"));
    assert_int_equal(unlink(in(p->pages, "p0020.html")), 0);
    run_all_kinds(kinds);
    assert_counts(&kinds[2], 86, 1, 2, 1, 1);
    assert_all_alike(kinds);
    free(kinds);
}

/* ---- what outlives whom ---- */

/* Wait, at most a few seconds, until someone has ${path} locked, or nobody has. */
static bool wait_until(const char *path, bool locked)
{
    bool is = !locked;
    for (int i = 0; i < 500 && is != locked; i++) {
        int fd = open(path, O_RDONLY);
        assert_true(fd >= 0);
        is = flock(fd, LOCK_EX | LOCK_NB) != 0;
        close(fd);
        usleep(10 * 1000);
    }
    return is == locked;
}

static void a_killed_run_leaves_no_worker_and_no_lock(void **state)
{
    place *p = *state;
    char looping[ROOM];
    write_page(in(p->pages, "a.html"), "The first page");
    assert_run(p);
    write_pages(p, 4);
    strcpy(looping, in(p->pages, "p0003.html"));
    write_page(looping, "LOOP");
    p->update.page_seconds = 60; /* far longer than we wait */
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(run(p) == OCS_OK ? 0 : 1);
    bool loops = wait_until(looping, true);
    kill(child, SIGKILL);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(loops);
    write_page(looping, "It is mended");
    assert_run(p); /* without waiting for the lock */
    assert_counts(p, 1, 4, 0, 0, 0);
    assert_true(wait_until(looping, false));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_WORKERS(a_page_that_crashes_its_worker_costs_itself_alone),
        WITH_WORKERS(a_page_that_crashes_while_it_is_sampled_costs_itself_alone),
        WITH_WORKERS(a_crash_is_not_tried_again_until_its_page_or_the_rules_change),
        WITH_WORKERS(a_page_that_never_ends_is_ended),
        WITH_WORKERS(memory_that_runs_out_fails_a_page_of_a_worker_and_a_run_without),
        WITH_WORKERS(any_number_of_workers_tells_and_writes_the_same),
        WITH_WORKERS(a_killed_run_leaves_no_worker_and_no_lock),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
