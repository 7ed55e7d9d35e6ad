/* Reading an index: opening and reopening, finding documents, what it tells of itself. */
#include "tests/unit/index_fixture.h"

static void no_index_is_told_with_advice(void **state)
{
    place *p = *state;
    ocs_index *index;
    assert_int_equal(ocs_index_open(p->db, &index, &p->err), OCS_NOTFOUND);
    assert_null(index);
    assert_non_null(strstr(p->err.text, "ocsearch index --db"));
}

static void a_link_that_leads_nowhere_is_damage(void **state)
{
    place *p = *state;
    ocs_index *index;
    write_pages(p, 2);
    assert_run(p);
    assert_int_equal(unlink(in(p->db, "current")), 0);
    assert_int_equal(symlink("gen-000077", in(p->db, "current")), 0);
    assert_int_equal(ocs_index_open(p->db, &index, &p->err), OCS_CORRUPT);
    assert_int_equal(run(p), OCS_CORRUPT);
    assert_int_equal(access(in(p->db, "gen-000001"), F_OK), 0); /* not swept away */
}

static void set_metadata(const place *p, const char *key, const char *value)
{
    xap_writer *writer;
    char path[ROOM];
    strcpy(path, in(p->db, "current"));
    assert_int_equal(xap_writer_open(path, XAP_OPEN_EXISTING, &writer, NULL), OCS_OK);
    assert_int_equal(xap_writer_set_metadata(writer, ocs_str_of(key), ocs_str_of(value), NULL),
                     OCS_OK);
    assert_int_equal(xap_writer_commit(writer, NULL), OCS_OK);
    assert_int_equal(xap_writer_close(writer, NULL), OCS_OK);
}

static void other_formats_and_a_missing_one_are_told_apart(void **state)
{
    place *p = *state;
    ocs_index *index;
    write_pages(p, 2);
    assert_run(p);
    set_metadata(p, OCS_META_FORMAT, "4");
    assert_int_equal(ocs_index_open(p->db, &index, &p->err), OCS_VERSION);
    assert_int_equal(run(p), OCS_VERSION);
    set_metadata(p, OCS_META_FORMAT, "1");
    assert_int_equal(ocs_index_open(p->db, &index, &p->err), OCS_VERSION);
    assert_non_null(strstr(p->err.text, "run `ocsearch index` on its sources"));
    assert_int_equal(run(p), OCS_VERSION);
    set_metadata(p, OCS_META_FORMAT, "");
    assert_int_equal(ocs_index_open(p->db, &index, &p->err), OCS_CORRUPT);
}

static void leftovers_are_swept_and_a_lost_link_is_found(void **state)
{
    place *p = *state;
    write_pages(p, 2);
    assert_run(p);
    assert_int_equal(mkdir(in(p->db, "gen-000009.new"), 0777), 0);
    write_page(in(p->db, "gen-000009.new/postlist.glass"), "rubbish");
    assert_int_equal(unlink(in(p->db, "current")), 0);
    assert_run(p);
    assert_counts(p, 2, 0, 0, 0, 0);
    assert_int_equal(access(in(p->db, "gen-000009.new"), F_OK), -1);
}

static void reopening_follows_a_commit_and_a_switch(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    assert_run(p);
    ocs_index *index = open_index(p);
    write_page(in(p->pages, "x.html"), "Another page");
    assert_run(p);
    assert_int_equal(ocs_index_reopen(index, NULL), OCS_OK);
    assert_int_equal(count_of(index, "another"), 1);
    assert_int_equal(rename(in(p->db, "gen-000001"), in(p->db, "gen-000002")), 0);
    assert_int_equal(unlink(in(p->db, "current")), 0);
    assert_int_equal(symlink("gen-000002", in(p->db, "current")), 0);
    write_page(in(p->pages, "y.html"), "Yet another page");
    assert_run(p);
    assert_int_equal(ocs_index_reopen(index, NULL), OCS_OK);
    assert_int_equal(count_of(index, "another"), 2);
    ocs_index_close(index);
}

static void pages_are_found_by_id_and_by_any_path(void **state)
{
    place *p = *state;
    char id[17];
    xap_docid number, same;
    write_pages(p, 3);
    assert_run(p);
    ocs_index *index = open_index(p);
    const char *path = in(p->pages, "p0001.html");
    ocs_document_id(ocs_str_of(path), id);
    assert_int_equal(ocs_index_find(index, ocs_str_of(id), &number, NULL), OCS_OK);
    assert_int_equal(ocs_index_find(index, ocs_str_of(path), &same, NULL), OCS_OK);
    assert_int_equal(number, same);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(chdir(p->root), 0);
    assert_int_equal(ocs_index_find(index, OCS_STR("pages/./x/..//p0001.html"), &same, NULL),
                     OCS_OK);
    assert_int_equal(number, same);
    assert_int_equal(ocs_index_find(index, OCS_STR("p0001.html"), &same, NULL), OCS_NOTFOUND);
    assert_int_equal(ocs_index_find(index, OCS_STR(""), &same, NULL), OCS_NOTFOUND);
    assert_int_equal(chdir("/"), 0);
    ocs_index_close(index);
}

static void a_document_comes_back_whole(void **state)
{
    place *p = *state;
    ocs_document document;
    write_pages(p, 1);
    assert_run(p);
    ocs_index *index = open_index(p);
    ocs_arena *arena = ocs_arena_new(1024 * 1024);
    assert_int_equal(ocs_index_document(index, 1, arena, &document, NULL), OCS_OK);
    assert_str(document.text, "Page number0 speaks of crimes");
    assert_int_equal(ocs_index_document(index, 2, arena, &document, NULL), OCS_NOTFOUND);
    ocs_arena_free(arena);
    ocs_index_close(index);
}

static void two_indexes_are_searched_as_one(void **state)
{
    place *p = *state;
    place other = *p;
    ocs_index_info info;
    snprintf(other.db, sizeof other.db, "%s/other", p->root);
    other.update.payload = &other;
    write_pages(p, 3);
    assert_run(p);
    assert_run(&other);
    ocs_index *index = open_index(p);
    assert_int_equal(ocs_index_add(index, other.db, NULL), OCS_OK);
    assert_int_equal(count_of(index, "Zcrime"), 6);
    assert_str(ocs_index_langs(index), "en");
    assert_int_equal(ocs_index_read_info(index, &info, NULL), OCS_OK);
    assert_int_equal(info.documents, 6);
    assert_int_equal(ocs_index_add(index, in(p->root, "nothing"), NULL), OCS_NOTFOUND);
    assert_int_equal(ocs_index_reopen(index, NULL), OCS_OK);
    assert_int_equal(count_of(index, "Zcrime"), 6);
    ocs_index_close(index);
}

static void the_index_tells_of_itself(void **state)
{
    place *p = *state;
    ocs_index_info info;
    write_pages(p, 3);
    write_page(in(p->pages, "p0001.html"), "FAIL");
    assert_run(p);
    ocs_index *index = open_index(p);
    assert_int_equal(ocs_index_read_info(index, &info, NULL), OCS_OK);
    assert_string_equal(info.database, in(p->db, "gen-000001"));
    assert_int_equal(info.documents, 2);
    assert_int_equal(info.failed_pages, 1);
    assert_int_equal(info.format, OCS_FORMAT_VERSION);
    assert_int_equal(info.rules, 1);
    assert_true(info.updated > 1500000000);
    assert_true(info.bytes > 1000);
    assert_string_equal(info.langs, "en");
    ocs_index_close(index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(no_index_is_told_with_advice),
        TEST(a_link_that_leads_nowhere_is_damage),
        TEST(other_formats_and_a_missing_one_are_told_apart),
        TEST(leftovers_are_swept_and_a_lost_link_is_found),
        TEST(reopening_follows_a_commit_and_a_switch),
        TEST(pages_are_found_by_id_and_by_any_path),
        TEST(a_document_comes_back_whole),
        TEST(two_indexes_are_searched_as_one),
        TEST(the_index_tells_of_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
