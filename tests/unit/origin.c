/* Text led back to the page: copied bytes, other units, entities, gaps, inexact lines. */
#include "corpus/origin.h"
#include "tests/unit/unit.h"

static void add(ocs_arena *arena, ocs_origin_builder *builder, ocs_run run)
{
    assert_true(ocs_origin_add(arena, builder, run));
}

static void assert_raw(ocs_origin origin, size_t from, size_t to, size_t raw_from, size_t raw_to,
                       bool exact)
{
    bool is_exact = !exact;
    ocs_span raw = ocs_origin_raw(origin, (ocs_span){from, to}, &is_exact);
    assert_int_equal(raw.from, raw_from);
    assert_int_equal(raw.to, raw_to);
    assert_int_equal(is_exact, exact);
}

static ocs_run copied(uint32_t text, uint32_t raw, uint32_t length)
{
    return (ocs_run){.text = text, .raw = raw, .length = length, .text_unit = 1, .raw_unit = 1};
}

static ocs_run gap(uint32_t text, uint32_t raw)
{
    return (ocs_run){.text = text, .raw = raw, .length = 1, .text_unit = 1, .raw_unit = 0};
}

/* Page: "<p>Law &amp; order</p>\n<p>\xD0\xE8\xEA</p><p>list" in windows-1251; text:
 * "Law & order\nРик\nline of unknown place". */
static ocs_origin sample(ocs_arena *arena)
{
    ocs_origin_builder b = {0};
    add(arena, &b, copied(0, 3, 4));
    add(arena, &b, (ocs_run){.text = 4, .raw = 7, .length = 1, .text_unit = 1, .raw_unit = 5});
    add(arena, &b, copied(5, 12, 6));
    add(arena, &b, gap(11, 18));
    add(arena, &b, (ocs_run){.text = 12, .raw = 26, .length = 6, .text_unit = 2, .raw_unit = 1});
    add(arena, &b, gap(18, 29));
    add(arena, &b,
        (ocs_run){.text = 19, .raw = 40, .length = 21, .inexact = true, .raw_length = 60});
    assert_int_equal(b.runs.n, 7);
    return ocs_origin_of(&b);
}

static int make_arena(void **state)
{
    *state = ocs_arena_new(1 << 20);
    return *state ? 0 : -1;
}

static int free_arena(void **state)
{
    ocs_arena_free(*state);
    return 0;
}

static void copied_bytes_stand_where_they_stood(void **state)
{
    ocs_origin origin = sample(*state);
    assert_raw(origin, 0, 3, 3, 6, true);
    assert_raw(origin, 6, 11, 13, 18, true);
}

static void an_entity_is_all_of_its_bytes(void **state)
{
    ocs_origin origin = sample(*state);
    assert_raw(origin, 4, 5, 7, 12, true);
    assert_raw(origin, 0, 11, 3, 18, true);
    assert_raw(origin, 2, 5, 5, 12, true);
}

static void two_bytes_of_text_are_one_of_the_page(void **state)
{
    ocs_origin origin = sample(*state);
    assert_raw(origin, 12, 18, 26, 29, true);
    assert_raw(origin, 14, 16, 27, 28, true);
}

static void a_cut_unit_is_whole_but_not_exact(void **state)
{
    ocs_origin origin = sample(*state);
    assert_raw(origin, 13, 16, 26, 28, false);
    assert_raw(origin, 14, 15, 27, 28, false);
}

static void a_gap_alone_is_an_empty_span_at_its_place(void **state)
{
    ocs_origin origin = sample(*state);
    assert_raw(origin, 11, 12, 18, 18, true);
}

static void gaps_at_the_ends_add_nothing(void **state)
{
    ocs_origin origin = sample(*state);
    assert_raw(origin, 11, 14, 26, 27, true);
    assert_raw(origin, 6, 12, 13, 18, true);
    assert_raw(origin, 6, 14, 13, 27, true);
}

static void an_inexact_run_gives_its_line(void **state)
{
    ocs_origin origin = sample(*state);
    assert_raw(origin, 25, 27, 40, 100, false);
    assert_raw(origin, 16, 27, 28, 100, false);
}

static void what_lies_beyond_the_text_is_clipped(void **state)
{
    ocs_origin origin = sample(*state);
    assert_raw(origin, 14, 18, 27, 29, true);
    ocs_origin only = {origin.runs, 1};
    assert_raw(only, 2, 90, 5, 7, true);
    assert_raw(only, 50, 90, 0, 0, true);
}

static void runs_that_go_backwards_are_not_exact(void **state)
{
    ocs_origin_builder b = {0};
    add(*state, &b, copied(0, 500, 5));
    add(*state, &b, copied(5, 100, 5));
    assert_raw(ocs_origin_of(&b), 0, 5, 500, 505, true);
    assert_raw(ocs_origin_of(&b), 3, 8, 100, 505, false);
}

static void an_empty_origin_knows_nothing(void **state)
{
    (void)state;
    assert_raw((ocs_origin){0}, 3, 9, 0, 0, false);
    ocs_span raw = ocs_origin_raw((ocs_origin){0}, (ocs_span){3, 9}, NULL);
    assert_int_equal(raw.to, 0);
}

static void every_byte_of_many_runs_is_found(void **state)
{
    ocs_origin_builder b = {0};
    for (uint32_t i = 0; i < 1000; i++)
        add(*state, &b, copied(3 * i, 10 * i, 3));
    assert_int_equal(b.runs.n, 1000);
    for (size_t at = 0; at < 3000; at++)
        assert_raw(ocs_origin_of(&b), at, at + 1, at / 3 * 10 + at % 3, at / 3 * 10 + at % 3 + 1,
                   true);
}

static void runs_that_go_on_are_merged(void **state)
{
    ocs_origin_builder b = {0};
    add(*state, &b, copied(0, 10, 4));
    add(*state, &b, copied(4, 14, 4));
    add(*state, &b, copied(8, 0, 0)); /* empty: adds nothing */
    assert_int_equal(b.runs.n, 1);
    add(*state, &b, copied(8, 19, 1)); /* one byte of the page is left out */
    assert_int_equal(b.runs.n, 2);
    add(*state, &b, (ocs_run){.text = 9, .raw = 20, .length = 1, .text_unit = 1, .raw_unit = 5});
    add(*state, &b, (ocs_run){.text = 10, .raw = 25, .length = 1, .text_unit = 1, .raw_unit = 5});
    assert_int_equal(b.runs.n, 3);
    add(*state, &b, gap(11, 30));
    add(*state, &b, gap(12, 30));
    assert_int_equal(b.runs.n, 4);
    assert_raw(ocs_origin_of(&b), 2, 6, 12, 16, true);
    assert_raw(ocs_origin_of(&b), 10, 11, 25, 30, true);
}

static void inexact_runs_merge_on_one_line_only(void **state)
{
    ocs_origin_builder b = {0};
    ocs_run run = {.length = 4, .raw = 7, .inexact = true, .raw_length = 50};
    add(*state, &b, run);
    run.text = 4;
    add(*state, &b, run);
    assert_int_equal(b.runs.n, 1);
    run.text = 8;
    run.raw = 58;
    add(*state, &b, run);
    assert_int_equal(b.runs.n, 2);
}

static void a_full_arena_is_told(void **state)
{
    (void)state;
    ocs_arena *small = ocs_arena_new(8);
    ocs_origin_builder b = {0};
    assert_false(ocs_origin_add(small, &b, copied(0, 0, 1)));
    assert_int_equal(ocs_origin_of(&b).n, 0);
    ocs_arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(copied_bytes_stand_where_they_stood, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(an_entity_is_all_of_its_bytes, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(two_bytes_of_text_are_one_of_the_page, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(a_cut_unit_is_whole_but_not_exact, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(a_gap_alone_is_an_empty_span_at_its_place, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(gaps_at_the_ends_add_nothing, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(an_inexact_run_gives_its_line, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(what_lies_beyond_the_text_is_clipped, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(runs_that_go_backwards_are_not_exact, make_arena,
                                        free_arena),
        cmocka_unit_test(an_empty_origin_knows_nothing),
        cmocka_unit_test_setup_teardown(every_byte_of_many_runs_is_found, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(runs_that_go_on_are_merged, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(inexact_runs_merge_on_one_line_only, make_arena,
                                        free_arena),
        cmocka_unit_test(a_full_arena_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
