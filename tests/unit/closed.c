/* Containers that are as they were stay closed: their bytes are made unreadable here under the size and
 * time that they had, so that a run which opened one would tell. */
#include "index/page_state.h"
#include "tests/unit/index_fixture.h"

enum { RECORDS = 3 };

static const char *container_of(const place *p)
{
    return in(p->pages, "crawl.jsonl");
}

static void write_records(const place *p, int n, const char *word)
{
    FILE *f = fopen(container_of(p), "w");
    assert_non_null(f);
    for (int i = 0; i < n; i++)
        fprintf(f, "{\"url\":\"r%d\",\"text\":\"Record %d speaks of %s\"}\n", i, i, word);
    assert_int_equal(fclose(f), 0);
}

/* Other bytes; size and time stay. */
static void garble(const place *p)
{
    struct stat st;
    assert_int_equal(stat(container_of(p), &st), 0);
    FILE *f = fopen(container_of(p), "r+");
    assert_non_null(f);
    for (off_t i = 0; i < st.st_size; i++)
        fputc('?', f);
    assert_int_equal(fclose(f), 0);
    const struct timespec times[2] = {st.st_atim, st.st_mtim};
    assert_int_equal(utimensat(AT_FDCWD, container_of(p), times, 0), 0);
}

static void index_records(place *p)
{
    write_records(p, RECORDS, "crimes");
    assert_run(p);
    assert_counts(p, 0, RECORDS, 0, 0, 0);
}

/* Forget what is known of one record, as if the run before had not come to it. */
static void forget(const place *p, const char *record)
{
    char path[ROOM];
    ocs_error err = {0};
    ocs_buf key;
    xap_writer *writer;
    snprintf(path, sizeof path, "%s/%s", container_of(p), record);
    ocs_buf_init(&key, ROOM);
    ocs_meta_page_key(&key, ocs_str_of(path));
    assert_int_equal_or_say(xap_writer_open(in(p->db, "current"), XAP_OPEN_EXISTING, &writer, &err),
                            OCS_OK, &err);
    assert_int_equal(xap_writer_set_metadata(writer, ocs_buf_str(&key), (ocs_str){0}, &err),
                     OCS_OK);
    assert_int_equal(xap_writer_commit(writer, &err), OCS_OK);
    assert_int_equal(xap_writer_close(writer, &err), OCS_OK);
    ocs_buf_clear(&key);
}

static void one_that_is_as_it_was_is_not_opened(void **state)
{
    place *p = *state;
    index_records(p);
    garble(p);
    ocs_index *reader = open_index(p);
    for (int i = 0; i < 2; i++) {
        assert_run(p);
        assert_counts(p, RECORDS, 0, 0, 0, 0);
    }
    assert_false(moved(reader));
    ocs_index_close(reader);
}

static void its_pages_are_told_in_the_order_they_have_there(void **state)
{
    place *p = *state;
    write_records(p, 12, "crimes"); /* by name r10 comes before r2 */
    assert_run(p);
    assert_run(p);
    assert_non_null(strstr(p->last, "unchanged r2\nunchanged r3\n"));
    assert_non_null(strstr(p->last, "unchanged r9\nunchanged r10\n"));
}

static void one_of_another_time_or_size_is_opened(void **state)
{
    place *p = *state;
    index_records(p);
    garble(p);
    touch(container_of(p));
    assert_int_equal(run(p), OCS_REFUSED); /* there is no page that can be read */
    write_records(p, RECORDS + 1, "crimes");
    assert_run(p);
    assert_counts(p, RECORDS, 1, 0, 0, 0);
    write_records(p, RECORDS - 1, "police");
    p->update.max_delete = 100;
    assert_run(p);
    assert_counts(p, 0, 0, RECORDS - 1, 2, 0);
}

static void other_rules_open_it(void **state)
{
    place *p = *state;
    index_records(p);
    rules = 2;
    assert_run(p);
    assert_counts(p, 0, 0, RECORDS, 0, 0);
    garble(p);
    rules = 3;
    assert_int_equal(run(p), OCS_REFUSED);
}

static void one_of_which_a_page_is_not_known_is_opened(void **state)
{
    place *p = *state;
    index_records(p);
    forget(p, "r1");
    assert_run(p);
    assert_counts(p, RECORDS - 1, 1, 0, 0, 0);
    garble(p);
    assert_run(p);
    assert_counts(p, RECORDS, 0, 0, 0, 0);
}

static void one_with_a_bad_record_is_opened_by_every_run(void **state)
{
    place *p = *state;
    write_page(container_of(p), "no record\n{\"text\":\"Of crimes\"}\n");
    for (int i = 0; i < 3; i++) {
        assert_run(p);
        assert_counts(p, i > 0, i == 0, 0, 0, 1);
    }
}

static void what_failed_in_it_is_told_again(void **state)
{
    place *p = *state;
    write_page(container_of(p), "{\"text\":\"FAIL\"}\n{\"text\":\"Of crimes\"}\n");
    assert_run(p);
    assert_counts(p, 0, 1, 0, 0, 1);
    garble(p);
    assert_run(p);
    assert_counts(p, 1, 0, 0, 0, 1);
}

/* What the system refuses is tried again by every run. */
static void a_page_that_was_too_large_opens_it(void **state)
{
    place *p = *state;
    p->update.page_cap = 8;
    write_page(container_of(p), "{\"text\":\"short\"}\n{\"text\":\"longer than allowed\"}\n");
    assert_run(p);
    assert_counts(p, 0, 1, 0, 0, 1);
    p->update.page_cap = 64;
    assert_run(p);
    assert_counts(p, 1, 0, 1, 0, 0);
}

static void parts_of_a_collection_have_their_own_pages_of_it(void **state)
{
    place *p = *state;
    write_records(p, 8, "crimes");
    p->update.parts = 2;
    assert_run(p);
    uint64_t first = p->counts.pages[OCS_FATE_ADDED];
    assert_in_range(first, 1, 7);
    garble(p);
    assert_run(p);
    assert_counts(p, first, 0, 0, 0, 0);
    write_records(p, 8, "crimes");
    p->update.part = 1; /* into the same index: nothing of the other part is taken for it */
    p->update.keep_vanished = true;
    assert_run(p);
    assert_counts(p, 0, 8 - first, 0, 0, 0);
}

static void one_older_than_asked_for_is_not_opened(void **state)
{
    place *p = *state;
    index_records(p);
    garble(p);
    p->update.since_ns = INT64_MAX;
    assert_run(p);
    assert_counts(p, 0, 0, 0, 0, 0);
}

static void a_container_that_is_gone_is_forgotten(void **state)
{
    place *p = *state;
    ocs_buf dumped;
    write_page(in(p->pages, "page.html"), "A page of crimes");
    write_records(p, 1, "crimes");
    assert_run(p);
    dump(p, &dumped);
    assert_true(ocs_str_find(ocs_buf_str(&dumped), OCS_STR(OCS_META_CONTAINER), 0) < dumped.n);
    ocs_buf_clear(&dumped);
    assert_int_equal(remove(container_of(p)), 0);
    p->update.max_delete = 100;
    assert_run(p);
    assert_counts(p, 1, 0, 0, 1, 0);
    dump(p, &dumped);
    assert_int_equal(ocs_str_find(ocs_buf_str(&dumped), OCS_STR(OCS_META_CONTAINER), 0), dumped.n);
    ocs_buf_clear(&dumped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_that_is_as_it_was_is_not_opened),
        TEST(its_pages_are_told_in_the_order_they_have_there),
        TEST(one_of_another_time_or_size_is_opened),
        TEST(other_rules_open_it),
        TEST(one_of_which_a_page_is_not_known_is_opened),
        TEST(one_with_a_bad_record_is_opened_by_every_run),
        TEST(what_failed_in_it_is_told_again),
        TEST(a_page_that_was_too_large_opens_it),
        TEST(parts_of_a_collection_have_their_own_pages_of_it),
        TEST(one_older_than_asked_for_is_not_opened),
        TEST(a_container_that_is_gone_is_forgotten),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
