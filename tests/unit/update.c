/* Runs over folders of pages: what they find, refuse, survive and leave alone; all of it in this
 * process, and again with workers. */
#include "tests/unit/index_fixture.h"

/* ---- the plain course of things ---- */

static void new_pages_are_added_in_order(void **state)
{
    place *p = *state;
    write_pages(p, 2);
    write_page(in(p->pages, "a.html"), "Organised crime");
    assert_run(p);
    assert_string_equal(p->last, "added a.html\nadded p0000.html\nadded p0001.html\n");
    assert_counts(p, 0, 3, 0, 0, 0);
    assert_string_equal(p->err.text, "");
    assert_int_equal(p->counts.documents, 3);
    assert_true(p->counts.bytes_read > 0);
    assert_int_equal(documents_with(p, "Zcrime"), 3);
    assert_int_equal(documents_with(p, "organized"), 1);
}

static void a_second_run_leaves_the_revision(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    assert_run(p);
    ocs_index *index = open_index(p);
    assert_run(p);
    assert_counts(p, 3, 0, 0, 0, 0);
    assert_int_equal(p->counts.bytes_read, 0);
    assert_int_equal(p->counts.documents, 3);
    assert_false(moved(index));
    ocs_index_close(index);
}

static void a_touched_page_is_read_once_and_unchanged(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    assert_run(p);
    touch(in(p->pages, "p0001.html"));
    assert_run(p);
    assert_counts(p, 3, 0, 0, 0, 0);
    assert_int_equal(p->counts.bytes_read, strlen("Page number1 speaks of crimes"));
    assert_run(p);
    assert_int_equal(p->counts.bytes_read, 0);
}

static void a_changed_page_replaces_its_document(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    assert_run(p);
    write_page(in(p->pages, "p0001.html"), "Something else altogether");
    assert_run(p);
    assert_string_equal(p->last,
                        "unchanged p0000.html\nchanged p0001.html\nunchanged p0002.html\n");
    assert_int_equal(p->counts.documents, 3);
    assert_int_equal(documents_with(p, "number1"), 0);
    assert_int_equal(documents_with(p, "altogether"), 1);
}

static void a_vanished_page_is_deleted(void **state)
{
    place *p = *state;
    write_pages(p, 10);
    assert_run(p);
    assert_int_equal(unlink(in(p->pages, "p0004.html")), 0);
    assert_run(p);
    assert_counts(p, 9, 0, 0, 1, 0);
    assert_int_equal(p->counts.documents, 9);
    assert_int_equal(documents_with(p, "number4"), 0);
    assert_run(p);
    assert_counts(p, 9, 0, 0, 0, 0);
}

static void other_rules_make_all_documents_anew(void **state)
{
    place *p = *state;
    ocs_index_info info;
    write_pages(p, 3);
    assert_run(p);
    rules = 0xABC;
    assert_run(p);
    assert_counts(p, 0, 0, 3, 0, 0);
    ocs_index *index = open_index(p);
    assert_int_equal(ocs_index_read_info(index, &info, NULL), OCS_OK);
    assert_int_equal(info.rules, 0xABC);
    assert_int_equal(info.documents, 3);
    ocs_index_close(index);
}

static void more_pages_than_a_batch_are_all_there(void **state)
{
    place *p = *state;
    write_pages(p, 2100);
    assert_run(p);
    assert_int_equal(p->counts.documents, 2100);
    assert_run(p);
    assert_counts(p, 2100, 0, 0, 0, 0);
}

/* ---- what is refused ---- */

/* A run that must give ${wanted}, say ${said} and leave everything as it was. */
static void assert_refused(place *p, ocs_status wanted, const char *said)
{
    ocs_index *index = open_index(p);
    uint32_t before, after;
    assert_int_equal(xap_db_count(ocs_index_db(index), &before, NULL), OCS_OK);
    assert_int_equal(run(p), wanted);
    if (!strstr(p->err.text, said))
        fail_msg("\"%s\" does not say \"%s\"", p->err.text, said);
    assert_false(moved(index));
    assert_int_equal(xap_db_count(ocs_index_db(index), &after, NULL), OCS_OK);
    assert_int_equal(before, after);
    ocs_index_close(index);
}

static void empty_folder(const place *p, int n)
{
    char name[32];
    for (int i = 0; i < n; i++) {
        snprintf(name, sizeof name, "p%04d.html", i);
        assert_int_equal(unlink(in(p->pages, name)), 0);
    }
}

static void a_missing_source_is_refused(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    assert_run(p);
    empty_folder(p, 3);
    assert_int_equal(rmdir(p->pages), 0);
    assert_refused(p, OCS_REFUSED, "is missing");
    assert_non_null(strstr(p->err.text, "nothing was changed"));
}

static void an_empty_source_is_refused(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    assert_run(p);
    empty_folder(p, 3);
    assert_refused(p, OCS_REFUSED, "has no pages");
}

static void too_many_deletions_are_refused(void **state)
{
    place *p = *state;
    write_pages(p, 10);
    assert_run(p);
    write_page(in(p->pages, "new.html"), "This must not be indexed either");
    empty_folder(p, 3);
    assert_refused(p, OCS_REFUSED, "3 of the 10 pages");
    p->update.max_delete = 30;
    assert_run(p);
    assert_counts(p, 7, 1, 0, 3, 0);
}

static void a_refused_first_run_leaves_nothing_behind(void **state)
{
    place *p = *state;
    assert_int_equal(run(p), OCS_REFUSED);
    assert_int_equal(access(p->db, F_OK), -1);
    assert_int_equal(rmdir(p->pages), 0);
    assert_int_equal(run(p), OCS_REFUSED);
    assert_int_equal(access(p->db, F_OK), -1);
    assert_int_equal(mkdir(p->pages, 0777), 0);
}

static void no_source_at_all_is_a_usage_error(void **state)
{
    place *p = *state;
    assert_int_equal(run_on(p, NULL, 0, NULL), OCS_USAGE);
}

/* ---- the lock ---- */

static void a_locked_index_is_left_alone(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    assert_run(p);
    int fd = open(in(p->db, "lock"), O_RDWR);
    assert_int_equal(flock(fd, LOCK_EX), 0);
    write_pages(p, 4);
    assert_refused(p, OCS_LOCKED, "another run");
    close(fd);
    assert_run(p);
}

static void a_run_waits_for_the_lock(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    assert_run(p);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        int fd = open(in(p->db, "lock"), O_RDWR);
        flock(fd, LOCK_EX);
        write_page(in(p->root, "locked"), "");
        usleep(300 * 1000);
        _exit(0);
    }
    while (access(in(p->root, "locked"), F_OK) != 0)
        usleep(1000);
    p->update.lock_wait = 30;
    assert_run(p);
    assert_int_equal(waitpid(child, NULL, 0), child);
}

/* ---- runs that are killed ---- */

static void killed_after(place *p, int pages)
{
    pid_t child = fork();
    int status;
    assert_true(child >= 0);
    if (child == 0) {
        p->kill_after = pages;
        _exit(run(p) == OCS_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGKILL);
}

/* A second index of the same folder, whose runs nobody disturbs.  It must see the same pages at the
 * same runs: what is known of a site is learnt from a sample of those that are new. */
static void put_beside(const place *p, place *calm)
{
    *calm = *p;
    snprintf(calm->db, sizeof calm->db, "%s/calm", p->root);
    calm->update.payload = calm;
}

static void assert_as_undisturbed(const place *p, place *calm)
{
    ocs_buf wanted, disturbed;
    assert_run(calm);
    dump(calm, &wanted);
    dump(p, &disturbed);
    assert_true(ocs_str_eq(ocs_buf_str(&wanted), ocs_buf_str(&disturbed)));
    ocs_buf_clear(&wanted);
    ocs_buf_clear(&disturbed);
}

static void a_killed_build_is_made_again(void **state)
{
    place *p = *state, calm;
    put_beside(p, &calm);
    write_pages(p, 30);
    killed_after(p, 15);
    ocs_index *index;
    assert_int_equal(ocs_index_open(p->db, &index, NULL), OCS_NOTFOUND);
    assert_int_equal(access(in(p->db, "gen-000001.new"), F_OK), 0);
    assert_run(p);
    assert_counts(p, 0, 30, 0, 0, 0);
    assert_int_equal(access(in(p->db, "gen-000001.new"), F_OK), -1);
    assert_as_undisturbed(p, &calm);
}

static void a_killed_update_is_continued(void **state)
{
    place *p = *state, calm;
    put_beside(p, &calm);
    write_page(in(p->pages, "a.html"), "The first page");
    assert_run(p);
    assert_run(&calm);
    write_pages(p, 2050);
    p->update.builder = OCS_BUILDER_XAPIAN; /* else so many are written in one go */
    killed_after(p, 2040);                  /* one batch is committed, the next is not */
    p->update.builder = OCS_BUILDER_AUTO;
    assert_int_equal(documents_with(p, "Zcrime"), 1999 + 1);
    assert_run(p);
    assert_counts(p, 2001, 50, 0, 0, 0);
    assert_as_undisturbed(p, &calm);
}

static void a_killed_deletion_is_continued(void **state)
{
    place *p = *state;
    write_pages(p, 20);
    assert_run(p);
    empty_folder(p, 3);
    killed_after(p, 2);
    assert_int_equal(documents_with(p, "Zcrime"), 20);
    assert_run(p);
    assert_counts(p, 17, 0, 0, 3, 0);
}

/* A file system that is full: no file may grow beyond a limit. */
static void a_full_disk_keeps_what_was_committed(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    assert_run(p);
    write_pages(p, 600);
    pid_t child = fork();
    int status;
    if (child == 0) {
        const struct rlimit limit = {64 * 1024, 64 * 1024};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(run(p) == OCS_IO ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(documents_with(p, "Zcrime"), 3);
    assert_run(p);
    assert_int_equal(p->counts.documents, 600);
}

/* ---- dry runs ---- */

static void a_dry_run_makes_no_index(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    p->update.dry_run = true;
    assert_run(p);
    assert_counts(p, 0, 3, 0, 0, 0);
    assert_int_equal(access(p->db, F_OK), -1);
}

static void a_dry_run_tells_and_changes_nothing(void **state)
{
    place *p = *state;
    write_pages(p, 10);
    assert_run(p);
    ocs_index *index = open_index(p);
    touch(in(p->pages, "p0002.html"));
    write_page(in(p->pages, "p0003.html"), "Changed this one");
    write_page(in(p->pages, "p0010.html"), "A new one");
    assert_int_equal(unlink(in(p->pages, "p0009.html")), 0);
    p->update.dry_run = true;
    assert_run(p);
    assert_counts(p, 8, 1, 1, 1, 0);
    assert_false(moved(index));
    ocs_index_close(index);
    p->update.dry_run = false;
    assert_run(p);
    assert_counts(p, 8, 1, 1, 1, 0);
}

/* ---- pages that fail ---- */

static void count_failure(void *payload, ocs_str path, ocs_str message)
{
    assert_true(ocs_str_ends(path, OCS_STR("p0001.html")));
    assert_str(message, "it says FAIL");
    ++*(int *)payload;
}

static int failures(const place *p)
{
    int n = 0;
    ocs_index *index = open_index(p);
    assert_int_equal(ocs_index_each_failure(index, count_failure, &n, NULL), OCS_OK);
    ocs_index_close(index);
    return n;
}

static void a_failed_page_keeps_its_document_and_is_remembered(void **state)
{
    place *p = *state;
    write_pages(p, 3);
    assert_run(p);
    write_page(in(p->pages, "p0001.html"), "FAIL");
    assert_run(p);
    assert_counts(p, 2, 0, 0, 0, 1);
    assert_int_equal(documents_with(p, "number1"), 1);
    assert_int_equal(failures(p), 1);
    ocs_index *index = open_index(p);
    assert_run(p);
    assert_counts(p, 2, 0, 0, 0, 1);
    assert_int_equal(p->counts.bytes_read, 0);
    assert_false(moved(index));
    ocs_index_close(index);
}

static void a_touched_failure_is_recalled_and_a_mended_page_indexed(void **state)
{
    place *p = *state;
    write_pages(p, 2);
    write_page(in(p->pages, "p0001.html"), "FAIL");
    assert_run(p);
    touch(in(p->pages, "p0001.html"));
    assert_run(p);
    assert_counts(p, 1, 0, 0, 0, 1);
    assert_int_equal(failures(p), 1);
    write_page(in(p->pages, "p0001.html"), "Now it is well");
    assert_run(p);
    assert_counts(p, 1, 0, 1, 0, 0);
    assert_int_equal(failures(p), 0);
    assert_int_equal(p->counts.documents, 2);
}

static void a_page_too_large_fails_until_the_cap_is_raised(void **state)
{
    place *p = *state;
    write_pages(p, 2);
    write_page(in(p->pages, "large.html"), "This page is larger than the others, who have less");
    p->update.page_cap = 40;
    assert_run(p);
    assert_counts(p, 0, 2, 0, 0, 1);
    p->update.page_cap = 1000;
    assert_run(p);
    assert_counts(p, 2, 0, 1, 0, 0);
}

static void what_the_walk_cannot_tell_is_not_gone(void **state)
{
    place *p = *state;
    p->update.max_delete = 100;
    assert_int_equal(mkdir(in(p->pages, "sub"), 0777), 0);
    write_pages(p, 2);
    write_page(in(p->pages, "sub/a.html"), "One below");
    write_page(in(p->pages, "sub.html"), "One beside");
    assert_run(p);
    assert_int_equal(rename(in(p->pages, "sub"), in(p->root, "away")), 0);
    assert_int_equal(symlink(".", in(p->pages, "sub")), 0); /* leads back: its pages are unknown */
    assert_int_equal(unlink(in(p->pages, "sub.html")), 0);
    assert_run(p);
    assert_string_equal(p->last, "unchanged p0000.html\nunchanged p0001.html\nfailed sub\n"
                                 "deleted sub.html\n");
    assert_int_equal(documents_with(p, "below"), 1);
    assert_int_equal(documents_with(p, "beside"), 0);
}

/* ---- several sources ---- */

static void a_source_within_another_is_indexed_once(void **state)
{
    place *p = *state;
    assert_int_equal(mkdir(in(p->pages, "sub"), 0777), 0);
    write_pages(p, 8);
    write_page(in(p->pages, "sub/a.html"), "One below");
    char sub[ROOM], single[ROOM];
    strcpy(sub, in(p->pages, "sub"));
    strcpy(single, in(p->pages, "p0003.html"));
    const char *const paths[] = {sub, p->pages, single};
    assert_int_equal(run_on(p, paths, 3, NULL), OCS_OK);
    assert_counts(p, 0, 9, 0, 0, 0);
    assert_int_equal(run_on(p, paths, 1, NULL), OCS_OK);
    assert_counts(p, 1, 0, 0, 0, 0);
    assert_int_equal(p->counts.documents, 9);
    assert_int_equal(run_on(p, paths, 2, NULL), OCS_OK);
    assert_counts(p, 9, 0, 0, 0, 0);
}

static void a_run_over_one_folder_keeps_what_another_brought(void **state)
{
    place *p = *state;
    char hidden[ROOM];
    p->update.max_delete = 100;
    strcpy(hidden, in(p->pages, ".hidden"));
    assert_int_equal(mkdir(hidden, 0777), 0);
    write_pages(p, 2);
    write_page(in(hidden, "h.html"), "A page that the walk over pages passes by");
    const char *const paths[] = {hidden, p->pages};
    assert_int_equal(run_on(p, paths, 2, NULL), OCS_OK);
    assert_counts(p, 0, 3, 0, 0, 0);
    assert_run(p);
    assert_counts(p, 2, 0, 0, 0, 0);
    assert_int_equal(p->counts.documents, 3);
    assert_int_equal(unlink(in(hidden, "h.html")), 0);
    assert_run(p);
    assert_counts(p, 2, 0, 0, 1, 0);
}

static ocs_source *list_of(const place *p, FILE **stream)
{
    char lines[ROOM];
    ocs_source *list;
    int n = snprintf(lines, sizeof lines, "%s/p0001.html\n%s/missing.html\n", p->pages, p->pages);
    *stream = tmpfile();
    assert_int_equal(fwrite(lines, 1, (size_t)n, *stream), n);
    rewind(*stream);
    assert_int_equal(ocs_source_open_list(*stream, "test", false, &list, NULL), OCS_OK);
    return list;
}

static void a_list_deletes_nothing_and_what_it_misses_fails(void **state)
{
    place *p = *state;
    FILE *stream;
    write_pages(p, 3);
    assert_run(p);
    assert_int_equal(unlink(in(p->pages, "p0002.html")), 0);
    ocs_source *list = list_of(p, &stream);
    assert_int_equal(run_on(p, NULL, 0, list), OCS_OK);
    assert_string_equal(p->last, "failed missing.html\nunchanged p0001.html\n");
    assert_int_equal(p->counts.documents, 3);
    ocs_source_close(list);
    fclose(stream);
}

static void name_source(void *payload, ocs_str name)
{
    ocs_buf_put(payload, name);
    ocs_buf_putc(payload, '\n');
}

static void sources_are_noted(void **state)
{
    place *p = *state;
    char long_name[ROOM];
    ocs_buf names;
    ocs_buf_init(&names, 64 * 1024);
    snprintf(long_name, sizeof long_name, "%s/%0240d", p->pages, 7);
    assert_int_equal(mkdir(long_name, 0777), 0);
    write_page(in(long_name, "a.html"), "A page");
    const char *const paths[] = {long_name, p->pages};
    assert_int_equal(run_on(p, paths, 2, NULL), OCS_OK);
    ocs_index *index = open_index(p);
    assert_int_equal(ocs_index_each_source(index, name_source, &names, NULL), OCS_OK);
    assert_non_null(strstr(names.p, long_name));
    assert_int_equal(names.n, strlen(long_name) + strlen(p->pages) + 2);
    ocs_index_close(index);
    ocs_buf_clear(&names);
}

/* The page of a long path has a key that is cut, and is told whole. */
static void tell_page(void *payload, const ocs_index_page *page)
{
    char line[2 * ROOM];
    snprintf(line, sizeof line, "%.*s %d %d %d %.*s\n", OCS_ARG(page->path), page->failed,
             page->hash != 0, page->rules == ocs_update_rules(true, NULL, NULL),
             OCS_ARG(page->message));
    ocs_buf_puts(payload, line);
}

static void every_page_is_told_with_what_is_known_of_it(void **state)
{
    place *p = *state;
    char folder[ROOM], due[4 * ROOM];
    ocs_buf told;
    ocs_buf_init(&told, 64 * 1024);
    snprintf(folder, sizeof folder, "%s/%0240d", p->pages, 7);
    assert_int_equal(mkdir(folder, 0777), 0);
    write_page(in(folder, "a.html"), "A page");
    write_page(in(p->pages, "b.html"), "FAIL");
    p->update.keep_blocks = true;
    assert_run(p);
    ocs_index *index = open_index(p);
    assert_int_equal(ocs_index_each_page(index, tell_page, &told, NULL), OCS_OK);
    snprintf(due, sizeof due, "%s/a.html 0 1 1 \n%s/b.html 1 1 1 it says FAIL\n", folder, p->pages);
    assert_str(ocs_buf_str(&told), due);
    ocs_index_close(index);
    ocs_buf_clear(&told);
}

/* ---- names ---- */

static void pages_of_long_paths_come_and_go_like_others(void **state)
{
    place *p = *state;
    char folder[ROOM], page[ROOM + 32];
    snprintf(folder, sizeof folder, "%s/%0240d", p->pages, 7);
    assert_int_equal(mkdir(folder, 0777), 0);
    p->update.max_delete = 50;
    write_pages(p, 2);
    for (int i = 0; i < 4; i++) {
        snprintf(page, sizeof page, "%s/%d.html", folder, i);
        write_page(page, "A page far below");
    }
    assert_run(p);
    assert_counts(p, 0, 6, 0, 0, 0);
    assert_run(p);
    assert_counts(p, 6, 0, 0, 0, 0);
    assert_int_equal(unlink(page), 0);
    assert_run(p);
    assert_counts(p, 5, 0, 0, 1, 0);
    assert_non_null(strstr(p->last, "deleted 3.html\n"));
    const char *const paths[] = {folder}; /* whose keys are all cut */
    assert_int_equal(unlink(in(folder, "0.html")), 0);
    assert_int_equal(run_on(p, paths, 1, NULL), OCS_OK);
    assert_counts(p, 2, 0, 0, 1, 0);
    assert_int_equal(p->counts.documents, 4);
}

static void names_need_not_be_utf8(void **state)
{
    place *p = *state;
    write_page(in(p->pages, "\xE9\xFF.html"), "A page of old");
    write_page(in(p->pages, "new\nline.html"), "A page of mischief");
    assert_run(p);
    assert_counts(p, 0, 2, 0, 0, 0);
    assert_run(p);
    assert_counts(p, 2, 0, 0, 0, 0);
    xap_docid id;
    ocs_index *index = open_index(p);
    assert_int_equal(ocs_index_find(index, ocs_str_of(in(p->pages, "\xE9\xFF.html")), &id, NULL),
                     OCS_OK);
    ocs_index_close(index);
}

static void an_index_inside_its_source_does_not_index_itself(void **state)
{
    place *p = *state;
    snprintf(p->db, sizeof p->db, "%s/db", p->pages);
    write_pages(p, 2);
    assert_run(p);
    assert_run(p);
    assert_counts(p, 2, 0, 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(new_pages_are_added_in_order),
        TEST(a_second_run_leaves_the_revision),
        TEST(a_touched_page_is_read_once_and_unchanged),
        TEST(a_changed_page_replaces_its_document),
        TEST(a_vanished_page_is_deleted),
        TEST(other_rules_make_all_documents_anew),
        TEST(more_pages_than_a_batch_are_all_there),
        TEST(a_missing_source_is_refused),
        TEST(an_empty_source_is_refused),
        TEST(too_many_deletions_are_refused),
        TEST(a_refused_first_run_leaves_nothing_behind),
        TEST(no_source_at_all_is_a_usage_error),
        TEST(a_locked_index_is_left_alone),
        TEST(a_run_waits_for_the_lock),
        TEST(a_killed_build_is_made_again),
        TEST(a_killed_update_is_continued),
        TEST(a_killed_deletion_is_continued),
        TEST(a_full_disk_keeps_what_was_committed),
        TEST(a_dry_run_makes_no_index),
        TEST(a_dry_run_tells_and_changes_nothing),
        TEST(a_failed_page_keeps_its_document_and_is_remembered),
        TEST(a_touched_failure_is_recalled_and_a_mended_page_indexed),
        TEST(a_page_too_large_fails_until_the_cap_is_raised),
        TEST(what_the_walk_cannot_tell_is_not_gone),
        TEST(a_source_within_another_is_indexed_once),
        TEST(a_run_over_one_folder_keeps_what_another_brought),
        TEST(a_list_deletes_nothing_and_what_it_misses_fails),
        TEST(sources_are_noted),
        TEST(every_page_is_told_with_what_is_known_of_it),
        TEST(pages_of_long_paths_come_and_go_like_others),
        TEST(names_need_not_be_utf8),
        TEST(an_index_inside_its_source_does_not_index_itself),
    };
    int failed = cmocka_run_group_tests_name("in this process", tests, NULL, NULL);
    return failed + cmocka_run_group_tests_name("with workers", tests, use_workers, NULL);
}
