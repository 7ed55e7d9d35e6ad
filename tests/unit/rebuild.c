/* Runs that build the index anew because most pages are to be read: when they do, and that the index is
 * the one that changes in place would have made. */
#include "index/column_facts.h"
#include "index/page_state.h"
#include "tests/unit/index_fixture.h"

enum { MANY = 800 };

/* libxapian's own checker deletes by another size than it allocates. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "new_delete_type_mismatch=0";
}

/* Which generation is in use. */
static void assert_generation(const place *p, const char *name)
{
    char target[64] = "";
    assert_true(readlink(in(p->db, "current"), target, sizeof target - 1) > 0);
    assert_string_equal(target, name);
}

/* ---- when ---- */

static void other_rules_build_the_index_anew(void **state)
{
    place *p = *state;
    write_pages(p, MANY);
    assert_run(p);
    rules = 2;
    ocs_index *reader = open_index(p);
    assert_run(p);
    assert_counts(p, 0, 0, MANY, 0, 0);
    assert_generation(p, "gen-000002");
    assert_false(moved(reader));
    assert_int_equal(count_of(reader, "Zcrime"), MANY);
    ocs_index_close(reader);
    assert_run(p);
    assert_counts(p, MANY, 0, 0, 0, 0);
    assert_generation(p, "gen-000002");
    assert_int_equal(access(in(p->db, "gen-000001"), F_OK), -1);
}

static void few_pages_are_changed_in_place(void **state)
{
    place *p = *state;
    write_pages(p, 499);
    assert_run(p);
    rules = 2;
    assert_run(p);
    assert_counts(p, 0, 0, 499, 0, 0);
    assert_generation(p, "gen-000001");
}

static void a_small_part_is_changed_in_place(void **state)
{
    place *p = *state;
    char name[32];
    write_pages(p, 1101);
    assert_run(p);
    for (int i = 0; i < 550; i++) {
        snprintf(name, sizeof name, "p%04d.html", i);
        write_page(in(p->pages, name), "Another page");
    }
    assert_run(p);
    assert_counts(p, 551, 0, 550, 0, 0);
    assert_generation(p, "gen-000001");
}

static void pages_that_were_only_touched_are_noted_in_place(void **state)
{
    place *p = *state;
    char name[32];
    write_pages(p, MANY);
    assert_run(p);
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "p%04d.html", i);
        touch(in(p->pages, name));
    }
    assert_run(p);
    assert_counts(p, MANY, 0, 0, 0, 0);
    assert_generation(p, "gen-000001");
}

static void the_builder_may_be_chosen_and_a_dry_run_builds_nothing(void **state)
{
    place *p = *state;
    write_pages(p, MANY);
    assert_run(p);
    rules = 2;
    p->update.dry_run = true;
    assert_run(p);
    assert_counts(p, 0, 0, MANY, 0, 0);
    assert_int_equal(access(in(p->db, "gen-000002"), F_OK), -1);
    p->update.dry_run = false;
    p->update.builder = OCS_BUILDER_XAPIAN;
    p->update.compact = OCS_COMPACT_NEVER;
    assert_run(p);
    assert_counts(p, 0, 0, MANY, 0, 0);
    assert_generation(p, "gen-000001");
}

/* ---- what is in it ---- */

static void put_entries(ocs_columns *columns, ocs_column_family family, xap_docid id, ocs_buf *out)
{
    ocs_column *column = ocs_columns_of(columns, family);
    ocs_column_entries entries;
    ocs_column_entry entry;
    assert_int_equal(ocs_column_seek(column, id, &entries, NULL), OCS_OK);
    while (ocs_column_next(&entries, &entry)) {
        ocs_column_thing thing;
        assert_int_equal(ocs_column_thing_at(column, entry.ordinal, &thing, NULL), OCS_OK);
        ocs_buf_putf(out, "%s %.*s %u\n", ocs_column_family_name(family), OCS_ARG(thing.key),
                     entry.mentions);
    }
}

static void put_values(xap_db *db, xap_docid id, ocs_buf *out)
{
    ocs_str value;
    for (uint32_t slot = 0; slot <= OCS_SLOT_PRINT; slot++) {
        assert_int_equal(xap_db_value(db, id, slot, &value, NULL), OCS_OK);
        ocs_buf_put_string(out, value);
    }
    assert_int_equal(xap_db_data(db, id, &value, NULL), OCS_OK);
    ocs_buf_put_string(out, value);
}

static void put_terms(xap_db *db, xap_docid id, ocs_buf *out)
{
    xap_terms *terms;
    ocs_str term;
    uint32_t wdf;
    ocs_arena *arena = ocs_arena_new(1024 * 1024);
    assert_int_equal(xap_db_doc_terms(db, id, &terms, NULL), OCS_OK);
    while (xap_terms_next_wdf(terms, &term, &wdf, NULL) == OCS_OK) {
        uint32_t *positions;
        size_t n;
        ocs_buf_putf(out, "%.*s:%u", OCS_ARG(term), wdf);
        if (xap_db_positions(db, id, term, arena, &positions, &n, NULL) == OCS_OK)
            for (size_t i = 0; i < n; i++)
                ocs_buf_putf(out, " %u", positions[i]);
        ocs_buf_putc(out, '\n');
    }
    xap_terms_free(terms);
    ocs_arena_free(arena);
}

/* All of it but numbers, the time and how it was changed: documents in the order of their ids, with what is
 * counted of them, then the metadata. */
static void dump_contents(const place *p, ocs_buf *out)
{
    ocs_index *index = open_index(p);
    xap_db *db = ocs_index_db(index);
    ocs_columns *columns;
    xap_terms *all;
    ocs_str key, value;
    ocs_buf_init(out, 64 * 1024 * 1024);
    assert_int_equal(ocs_columns_open(db, &columns, NULL), OCS_OK);
    assert_int_equal(xap_db_terms(db, OCS_STR("Q"), &all, NULL), OCS_OK);
    while (xap_terms_next(all, &key, NULL, NULL) == OCS_OK) {
        xap_docid id;
        assert_int_equal(xap_db_first(db, key, &id, NULL), OCS_OK);
        put_terms(db, id, out);
        put_values(db, id, out);
        for (int family = 0; family < OCS_COLUMN_COUNT; family++)
            put_entries(columns, (ocs_column_family)family, id, out);
    }
    xap_terms_free(all);
    ocs_columns_close(columns);
    assert_int_equal(xap_db_keys(db, OCS_STR(""), &all, NULL), OCS_OK);
    while (xap_terms_next(all, &key, NULL, NULL) == OCS_OK) {
        if (ocs_str_starts(key, OCS_STR(OCS_META_COLUMN)) ||
            ocs_str_eq(key, OCS_STR(OCS_META_UPDATED)) ||
            ocs_str_eq(key, OCS_STR(OCS_META_CHANGES)))
            continue;
        assert_int_equal(xap_db_metadata(db, key, &value, NULL), OCS_OK);
        ocs_buf_put_string(out, key);
        ocs_buf_put_string(out, value);
    }
    xap_terms_free(all);
    assert_int_equal(ocs_buf_status(out), OCS_OK);
    ocs_index_close(index);
}

/* A second place beside ${p}, for an index of the same pages that is only changed in place. */
static place in_place_beside(const place *p)
{
    place beside = *p;
    snprintf(beside.db, sizeof beside.db, "%s/beside", p->root);
    beside.update.builder = OCS_BUILDER_XAPIAN;
    beside.update.compact = OCS_COMPACT_NEVER;
    return beside;
}

static void assert_same_contents(const place *a, const place *b)
{
    ocs_buf x, y;
    dump_contents(a, &x);
    dump_contents(b, &y);
    assert_true(x.n > 1000);
    assert_true(ocs_str_eq(ocs_buf_str(&x), ocs_buf_str(&y)));
    ocs_buf_clear(&x);
    ocs_buf_clear(&y);
}

static void run_both(place *a, place *b, const char *const *paths, size_t n)
{
    b->update.payload = b;
    assert_int_equal_or_say(run_on(a, paths, n, NULL), OCS_OK, &a->err);
    assert_int_equal_or_say(run_on(b, paths, n, NULL), OCS_OK, &b->err);
    assert_string_equal(a->last, b->last);
    assert_memory_equal(&a->counts, &b->counts, sizeof a->counts);
}

/* A second folder, which the next runs do not name: a document, a failure, and a failure that has a
 * document. */
static void write_others(const char *others, int step)
{
    write_page(in(others, "o1.html"), "One document\xC3\xA9 of another source, of 1999");
    write_page(in(others, "o2.html"), step == 0 ? "This will fail" : "FAIL");
    write_page(in(others, "o3.html"), "FAIL");
}

/* From both sides of a page's life: changed, gone, failing now, touched, mended, new. */
static void change_pages(const place *p)
{
    char name[32], text[64];
    for (int i = 0; i < MANY; i += 10) {
        snprintf(name, sizeof name, "p%04d.html", i);
        assert_int_equal(unlink(in(p->pages, name)), 0);
    }
    for (int i = 1; i < MANY; i++) {
        snprintf(name, sizeof name, "p%04d.html", i);
        snprintf(text, sizeof text, i % 10 == 3 ? "FAIL %d" : "Changed to number%d of 2018", i);
        if (i % 10 == 2)
            touch(in(p->pages, name));
        else if (i % 10 != 0 && i % 10 < 9)
            write_page(in(p->pages, name), text);
    }
    write_page(in(p->pages, "a new one.html"), "A new page");
}

static void it_is_the_index_that_changes_in_place_make(void **state)
{
    place *p = *state, beside = in_place_beside(p);
    char others[128];
    snprintf(others, sizeof others, "%s/others", p->root);
    assert_int_equal(mkdir(others, 0777), 0);
    const char *const both[] = {p->pages, others};
    write_pages(p, MANY);
    write_page(in(p->pages, "p0007.html"), "FAIL");
    for (int step = 0; step < 2; step++) {
        write_others(others, step);
        run_both(p, &beside, both, 2);
    }
    change_pages(p);
    run_both(p, &beside, both, 1);
    assert_generation(p, "gen-000002");
    assert_generation(&beside, "gen-000001");
    assert_same_contents(p, &beside);
    assert_int_equal(documents_with(p, "fail"), 1);
    assert_int_equal(p->counts.pages[OCS_FATE_DELETED], MANY / 10);
    assert_int_equal(p->counts.pages[OCS_FATE_FAILED], MANY / 10);

    rules = 2; /* the pages of the other folder stay those of the rules of then */
    run_both(p, &beside, both, 1);
    assert_generation(p, "gen-000003");
    assert_same_contents(p, &beside);
    run_both(p, &beside, both, 2);
    assert_counts(p, MANY - MANY / 5 + 1, 0, 1, 0, MANY / 10 + 2);
    assert_same_contents(p, &beside);
}

static void what_the_walk_cannot_tell_is_taken_over(void **state)
{
    place *p = *state, beside = in_place_beside(p);
    const char *const paths[] = {p->pages};
    assert_int_equal(mkdir(in(p->pages, "sub"), 0777), 0);
    write_pages(p, MANY);
    write_page(in(p->pages, "sub/a.html"), "One below");
    run_both(p, &beside, paths, 1);
    assert_int_equal(rename(in(p->pages, "sub"), in(p->root, "away")), 0);
    assert_int_equal(symlink(".", in(p->pages, "sub")), 0); /* leads back: its pages are unknown */
    rules = 2;
    run_both(p, &beside, paths, 1);
    assert_generation(p, "gen-000002");
    assert_int_equal(documents_with(p, "below"), 1);
    assert_same_contents(p, &beside);
}

static void pages_that_are_not_looked_at_stay_stale(void **state)
{
    place *p = *state, beside = in_place_beside(p);
    const char *const paths[] = {p->pages};
    char name[32];
    write_pages(p, MANY);
    run_both(p, &beside, paths, 1);
    for (int i = 100; i < MANY; i++) {
        snprintf(name, sizeof name, "p%04d.html", i);
        touch(in(p->pages, name));
    }
    rules = 2;
    p->update.since_ns = beside.update.since_ns = (int64_t)1900000000 * 1000000000;
    run_both(p, &beside, paths, 1);
    assert_generation(p, "gen-000002");
    assert_counts(p, 0, 0, MANY - 100, 0, 0);
    assert_int_equal(p->counts.documents, MANY);
    assert_same_contents(p, &beside);
    p->update.since_ns = beside.update.since_ns = 0;
    run_both(p, &beside, paths, 1);
    assert_counts(p, MANY - 100, 0, 100, 0, 0);
    assert_same_contents(p, &beside);
}

/* What is known of their site may differ: a new index learns from all pages, this one from the new. */
static void documents_of(const place *p, ocs_buf *out)
{
    ocs_index *index = open_index(p);
    ocs_buf_init(out, 64 * 1024 * 1024);
    dump_documents(ocs_index_db(index), out);
    assert_int_equal(ocs_buf_status(out), OCS_OK);
    ocs_index_close(index);
}

static void documents_lie_in_the_order_of_their_paths(void **state)
{
    place *p = *state;
    ocs_buf built, fresh;
    place calm = *p;
    snprintf(calm.db, sizeof calm.db, "%s/calm", p->root);
    calm.update.payload = &calm;
    write_page(in(p->pages, "z.html"), "The last page comes first");
    assert_run(p);
    write_pages(p, MANY);
    assert_run(p);
    assert_run(&calm);
    documents_of(p, &built);
    documents_of(&calm, &fresh);
    assert_true(built.n > 0 && ocs_str_eq(ocs_buf_str(&built), ocs_buf_str(&fresh)));
    ocs_buf_clear(&built);
    ocs_buf_clear(&fresh);
}

static void what_libxapian_checks_is_right(void **state)
{
    place *p = *state;
    write_pages(p, MANY);
    assert_run(p);
    change_pages(p);
    p->update.keep_vanished = true;
    assert_run(p);
    assert_generation(p, "gen-000002");
    assert_int_equal(p->counts.documents, MANY + 1);
    assert_int_equal_or_say(xap_check(in(p->db, "gen-000002"), NULL, &p->err), OCS_OK, &p->err);
}

/* ---- runs that come to no end ---- */

static void a_killed_run_leaves_the_old_index_and_the_next_starts_anew(void **state)
{
    place *p = *state, beside = in_place_beside(p);
    const char *const paths[] = {p->pages};
    int status;
    write_pages(p, MANY);
    run_both(p, &beside, paths, 1);
    change_pages(p);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        p->kill_after = MANY / 2;
        _exit(run(p) == OCS_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_generation(p, "gen-000001");
    assert_int_equal(access(in(p->db, "gen-000002.new"), F_OK), 0);
    assert_int_equal(documents_with(p, "Zcrime"), MANY);
    run_both(p, &beside, paths, 1);
    assert_generation(p, "gen-000002");
    assert_int_equal(access(in(p->db, "gen-000002.new"), F_OK), -1);
    assert_same_contents(p, &beside);
}

static void a_full_disk_leaves_the_old_index(void **state)
{
    place *p = *state;
    int status;
    write_pages(p, MANY);
    assert_run(p);
    rules = 2;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct rlimit limit = {64 * 1024, 64 * 1024};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        _exit(run(p) == OCS_IO ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_generation(p, "gen-000001");
    assert_int_equal(access(in(p->db, "gen-000002.new"), F_OK), -1);
    assert_int_equal(documents_with(p, "Zcrime"), MANY);
    assert_run(p);
    assert_generation(p, "gen-000002");
}

/* What no page accounts for would be lost. */
static void a_document_of_no_page_is_changed_around(void **state)
{
    place *p = *state;
    xap_writer *writer;
    ocs_buf key;
    ocs_buf_init(&key, ROOM);
    write_pages(p, MANY);
    assert_run(p);
    ocs_meta_page_key(&key, ocs_str_of(in(p->pages, "p0001.html")));
    assert_int_equal(xap_writer_open(in(p->db, "gen-000001"), XAP_OPEN_EXISTING, &writer, &p->err),
                     OCS_OK);
    assert_int_equal(xap_writer_set_metadata(writer, ocs_buf_str(&key), (ocs_str){0}, &p->err),
                     OCS_OK);
    assert_int_equal(xap_writer_commit(writer, &p->err), OCS_OK);
    assert_int_equal(xap_writer_close(writer, &p->err), OCS_OK);
    ocs_buf_clear(&key);
    assert_int_equal(unlink(in(p->pages, "p0001.html")), 0);
    p->update.compact = OCS_COMPACT_NEVER;
    rules = 2;
    assert_run(p);
    assert_generation(p, "gen-000001");
    assert_int_equal(documents_with(p, "number1"), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(other_rules_build_the_index_anew),
        TEST(few_pages_are_changed_in_place),
        TEST(a_small_part_is_changed_in_place),
        TEST(pages_that_were_only_touched_are_noted_in_place),
        TEST(the_builder_may_be_chosen_and_a_dry_run_builds_nothing),
        TEST(it_is_the_index_that_changes_in_place_make),
        TEST(what_the_walk_cannot_tell_is_taken_over),
        TEST(pages_that_are_not_looked_at_stay_stale),
        TEST(documents_lie_in_the_order_of_their_paths),
        TEST(what_libxapian_checks_is_right),
        TEST(a_killed_run_leaves_the_old_index_and_the_next_starts_anew),
        TEST(a_full_disk_leaves_the_old_index),
        TEST(a_document_of_no_page_is_changed_around),
    };
    int failed = cmocka_run_group_tests_name("in this process", tests, NULL, NULL);
    return failed + cmocka_run_group_tests_name("with workers", tests, use_workers, NULL);
}
