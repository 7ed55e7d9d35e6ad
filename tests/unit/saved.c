/* The file of saved queries and the memory of what was given: what is kept, what is told. */
#include "tests/unit/unit.h"

#include "query/keep.h"
#include "query/saved.h"
#include "query/seen.h"

#include <stdlib.h>
#include <unistd.h>

typedef struct desk {
    char dir[64], file[128], state[128];
    ocs_arena *arena;
    ocs_error err;
} desk;

static int set_up(void **state)
{
    desk *d = calloc(1, sizeof *d);
    assert_non_null(d);
    snprintf(d->dir, sizeof d->dir, "/tmp/ocs-saved-XXXXXX");
    assert_non_null(mkdtemp(d->dir));
    snprintf(d->file, sizeof d->file, "%s/above/saved", d->dir);
    snprintf(d->state, sizeof d->state, "%s/seen", d->dir);
    d->arena = ocs_arena_new(64 << 20);
    assert_non_null(d->arena);
    *state = d;
    return 0;
}

static int tear_down(void **state)
{
    desk *d = *state;
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", d->dir);
    ocs_arena_free(d->arena);
    int code = system(command);
    free(d);
    return code;
}

static void write_file(desk *d, const char *text)
{
    assert_int_equal(ocs_keep_replace(d->file, ocs_str_of(text), &d->err), OCS_OK);
}

static void assert_file(desk *d, const char *wanted)
{
    ocs_str text;
    assert_int_equal(ocs_keep_read(d->file, 1 << 20, d->arena, &text, &d->err), OCS_OK);
    assert_str(text, wanted);
}

/* ---- queries ---- */

static void a_name_needs_no_quotes_anywhere(void **state)
{
    (void)state;
    const char *good[] = {"a", "serbia-crime", "v1.2", "Београд", "x_y", "2024"};
    const char *bad[] = {"", "-a", ".", "a b", "a/b", "a\tb", "a:b", "a\"", "(a", "\xFF", "a*"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(ocs_saved_name_holds(ocs_str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(ocs_saved_name_holds(ocs_str_of(bad[i])));
}

static void a_missing_file_has_no_queries(void **state)
{
    desk *d = *state;
    ocs_saved saved;
    ocs_str query;
    assert_int_equal(ocs_saved_read(d->file, d->arena, &saved, &d->err), OCS_OK);
    assert_int_equal(saved.at.n, 0);
    assert_int_equal(ocs_saved_find(&saved, OCS_STR("a"), &query, &d->err), OCS_NOTFOUND);
}

static void lines_that_are_wrong_leave_the_others_alone(void **state)
{
    desk *d = *state;
    ocs_saved saved;
    ocs_str query;
    write_file(d, "# mine\n\na\tcrime\r\nb  person:x y \nonly\nb/d\tcrime");
    assert_int_equal(ocs_saved_read(d->file, d->arena, &saved, &d->err), OCS_OK);
    assert_int_equal(saved.at.n, 4);
    assert_null(saved.at.at[0].fault);
    assert_non_null(saved.at.at[2].fault);
    assert_non_null(saved.at.at[3].fault);
    assert_int_equal(saved.at.at[2].line, 5);
    assert_int_equal(ocs_saved_find(&saved, OCS_STR("a"), &query, &d->err), OCS_OK);
    assert_str(query, "crime");
    assert_int_equal(ocs_saved_find(&saved, OCS_STR("b"), &query, &d->err), OCS_OK);
    assert_str(query, "person:x y");
}

static void changes_keep_all_other_bytes(void **state)
{
    desk *d = *state;
    ocs_str name = OCS_STR("b");
    write_file(d, "# mine\r\n\nb\told\na x\n  ## last");
    assert_int_equal(ocs_saved_add(d->file, name, OCS_STR("new\n \"q\""), false, &d->err),
                     OCS_USAGE);
    assert_int_equal(ocs_saved_add(d->file, name, OCS_STR("new\n \"q\""), true, &d->err), OCS_OK);
    assert_file(d, "# mine\r\n\nb\tnew  \"q\"\na x\n  ## last\n");
    assert_int_equal(ocs_saved_remove(d->file, name, &d->err), OCS_OK);
    assert_file(d, "# mine\r\n\na x\n  ## last\n");
    assert_int_equal(ocs_saved_remove(d->file, name, &d->err), OCS_NOTFOUND);
    assert_int_equal(ocs_saved_add(d->file, name, OCS_STR("z"), false, &d->err), OCS_OK);
    assert_file(d, "# mine\r\n\na x\n  ## last\nb\tz\n");
}

static void the_mode_of_the_file_is_kept(void **state)
{
    desk *d = *state;
    char command[256];
    write_file(d, "a\tx\n");
    snprintf(command, sizeof command, "chmod 640 '%s'", d->file);
    assert_int_equal(system(command), 0);
    assert_int_equal(ocs_saved_add(d->file, OCS_STR("b"), OCS_STR("y"), false, &d->err), OCS_OK);
    snprintf(command, sizeof command, "test \"$(stat -c %%a '%s')\" = 640", d->file);
    assert_int_equal(system(command), 0);
}

/* ---- what was given ---- */

static ocs_seen *open_seen(desk *d, bool several)
{
    ocs_seen *seen;
    assert_int_equal(ocs_seen_open(d->state, OCS_STR("a\n/db"), several, &seen, &d->err), OCS_OK);
    return seen;
}

static const ocs_str ONE = OCS_STR_INIT("00000000000000aa"), TWO = OCS_STR_INIT("ff000000000000aa");

static void give(desk *d, bool several, ocs_str id, uint64_t text)
{
    ocs_seen *seen = open_seen(d, several);
    assert_int_equal(ocs_seen_add(seen, id, text, &d->err), OCS_OK);
    assert_int_equal(ocs_seen_save(seen, &d->err), OCS_OK);
    ocs_seen_close(seen);
}

static ocs_news look(desk *d, bool several, ocs_str id, uint64_t text)
{
    ocs_seen *seen = open_seen(d, several);
    ocs_news news = ocs_seen_look(seen, id, text);
    ocs_seen_close(seen);
    return news;
}

static void what_was_given_is_new_no_more_and_changed_with_its_text(void **state)
{
    desk *d = *state;
    assert_int_equal(look(d, false, ONE, 7), OCS_NEWS_NEW);
    give(d, false, ONE, 7);
    give(d, false, TWO, 0);
    assert_int_equal(look(d, false, ONE, 7), OCS_NEWS_NONE);
    assert_int_equal(look(d, false, TWO, 0), OCS_NEWS_NONE);
    assert_int_equal(look(d, false, ONE, 8), OCS_NEWS_CHANGED);
    give(d, false, ONE, 8);
    assert_int_equal(look(d, false, ONE, 8), OCS_NEWS_NONE);
    assert_int_equal(look(d, false, ONE, 7), OCS_NEWS_CHANGED);
    assert_int_equal(look(d, false, TWO, 0), OCS_NEWS_NONE);
}

static void of_several_indexes_each_has_its_text(void **state)
{
    desk *d = *state;
    give(d, true, ONE, 7);
    give(d, true, ONE, 8);
    assert_int_equal(look(d, true, ONE, 7), OCS_NEWS_NONE);
    assert_int_equal(look(d, true, ONE, 8), OCS_NEWS_NONE);
    assert_int_equal(look(d, true, ONE, 9), OCS_NEWS_CHANGED);
}

static void what_is_not_saved_was_not_given(void **state)
{
    desk *d = *state;
    ocs_seen *seen = open_seen(d, false);
    assert_int_equal(ocs_seen_add(seen, ONE, 7, &d->err), OCS_OK);
    ocs_seen_close(seen);
    assert_int_equal(look(d, false, ONE, 7), OCS_NEWS_NEW);
}

static void one_run_at_a_time(void **state)
{
    desk *d = *state;
    ocs_seen *other, *seen = open_seen(d, false);
    assert_int_equal(ocs_seen_open(d->state, OCS_STR("a\n/db"), false, &other, &d->err),
                     OCS_LOCKED);
    assert_null(other);
    ocs_seen_close(seen);
    ocs_seen_close(open_seen(d, false));
}

static void every_damaged_byte_and_every_cut_is_seen(void **state)
{
    desk *d = *state;
    ocs_seen *seen;
    ocs_str good;
    give(d, false, ONE, 7);
    assert_int_equal(ocs_keep_read(d->state, 1 << 20, d->arena, &good, &d->err), OCS_OK);
    for (size_t i = 0; i < good.n; i++) {
        char *bad = ocs_arena_copy(d->arena, good.p, good.n);
        assert_non_null(bad);
        bad[i] = (char)(bad[i] ^ 4);
        assert_int_equal(ocs_keep_replace(d->state, (ocs_str){bad, good.n}, &d->err), OCS_OK);
        assert_int_equal(ocs_seen_open(d->state, OCS_STR("a\n/db"), false, &seen, &d->err),
                         OCS_CORRUPT);
        assert_int_equal(ocs_keep_replace(d->state, ocs_str_sub(good, 0, i), &d->err), OCS_OK);
        assert_int_equal(ocs_seen_open(d->state, OCS_STR("a\n/db"), false, &seen, &d->err),
                         OCS_CORRUPT);
    }
    assert_int_equal(ocs_keep_replace(d->state, good, &d->err), OCS_OK);
    assert_int_equal(ocs_seen_open(d->state, OCS_STR("b\n/db"), false, &seen, &d->err),
                     OCS_CORRUPT);
    assert_int_equal(look(d, false, ONE, 7), OCS_NEWS_NONE);
}

static void many_are_found_again(void **state)
{
    desk *d = *state;
    enum { MANY = 3000 };
    char id[17];
    ocs_seen *seen = open_seen(d, false);
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(id, sizeof id, "%08x%08x", i * 2654435761U, i);
        assert_int_equal(ocs_seen_add(seen, ocs_str_of(id), i + 1, &d->err), OCS_OK);
    }
    assert_int_equal(ocs_seen_save(seen, &d->err), OCS_OK);
    ocs_seen_close(seen);
    seen = open_seen(d, false);
    assert_int_equal(ocs_seen_count(seen), MANY);
    for (unsigned i = 0; i < MANY; i++) {
        snprintf(id, sizeof id, "%08x%08x", i * 2654435761U, i);
        assert_int_equal(ocs_seen_look(seen, ocs_str_of(id), i + 1), OCS_NEWS_NONE);
        assert_int_equal(ocs_seen_look(seen, ocs_str_of(id), i), OCS_NEWS_CHANGED);
    }
    ocs_seen_close(seen);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_name_needs_no_quotes_anywhere),
        TEST(a_missing_file_has_no_queries),
        TEST(lines_that_are_wrong_leave_the_others_alone),
        TEST(changes_keep_all_other_bytes),
        TEST(the_mode_of_the_file_is_kept),
        TEST(what_was_given_is_new_no_more_and_changed_with_its_text),
        TEST(of_several_indexes_each_has_its_text),
        TEST(what_is_not_saved_was_not_given),
        TEST(one_run_at_a_time),
        TEST(every_damaged_byte_and_every_cut_is_seen),
        TEST(many_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
