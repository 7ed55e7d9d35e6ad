/* Cleaned text: what becomes of every kind of white space and invisible character, and that each
 * byte leads back to the source. */
#include "ingest/writer.h"
#include "tests/unit/arena_fixture.h"

/* ${source} is the page itself: text and raw offsets are the same. */
static ocs_writer writer(ocs_arena *arena, const char *source)
{
    ocs_writer w;
    ocs_origin_builder builder = {0};
    ocs_str text = ocs_str_of(source);
    ocs_run run = {.length = (uint32_t)text.n, .text_unit = 1, .raw_unit = 1};
    assert_true(ocs_origin_add(arena, &builder, run));
    ocs_writer_init(&w, arena, text, ocs_origin_of(&builder));
    return w;
}

static ocs_str written(const ocs_writer *w)
{
    assert_false(w->failed);
    return (ocs_str){w->text, w->n};
}

static ocs_str clean(ocs_arena *arena, const char *source)
{
    ocs_writer w = writer(arena, source);
    ocs_writer_copy(&w, 0, w.source.n);
    return written(&w);
}

static void assert_from(const ocs_writer *w, size_t at, size_t to, size_t raw_from, size_t raw_to)
{
    bool exact;
    ocs_span raw = ocs_origin_raw(ocs_origin_of(&w->origin), (ocs_span){at, to}, &exact);
    assert_true(exact);
    assert_int_equal(raw.from, raw_from);
    assert_int_equal(raw.to, raw_to);
}

/* ---- characters ---- */

static void white_space_of_any_kind_is_one_space(void **state)
{
    assert_str(clean(*state, "a  b\t\tc\r\n d"), "a b c d");
    assert_str(clean(*state, "a\xC2\xA0 \xC2\xA0"
                             "b"),
               "a b");
    assert_str(clean(*state, "a\xE2\x80\x89"
                             "b\xE2\x80\xAF"
                             "c\xE3\x80\x80"
                             "d\xE2\x80\xA8"
                             "e"),
               "a b c d e");
}

static void white_space_at_the_ends_goes(void **state)
{
    assert_str(clean(*state, " \xC2\xA0 a \xC2\xA0\n"), "a");
    assert_str(clean(*state, " \t "), "");
    assert_str(clean(*state, ""), "");
}

static void invisible_characters_go(void **state)
{
    assert_str(clean(*state, "co\xC2\xADop\xE2\x80\x8B"
                             "eration\xE2\x80\x8C\xE2\x80\x8D"),
               "cooperation");
    assert_str(clean(*state, "\xEF\xBB\xBF\xE2\x80\x8E"
                             "a\xE2\x80\x8F"),
               "a");
    assert_str(clean(*state, "a \xC2\xAD b"), "a b");
}

static void hyphens_that_do_not_break_are_hyphens(void **state)
{
    assert_str(clean(*state, "cease\xE2\x80\x91"
                             "fire co\xE2\x80\x90op a–b"),
               "cease-fire co-op a–b");
}

static void control_characters_are_spaces(void **state)
{
    assert_str(clean(*state, "a\x01"
                             "b\x7F"
                             "c\xC2\x85"
                             "d\xC2\x93"
                             "e"),
               "a b c d e");
    ocs_writer w = writer(*state, "a.b");
    w.source.p = "a\0b";
    ocs_writer_copy(&w, 0, 3);
    assert_str(written(&w), "a b");
}

static void other_characters_stay_as_they_are(void **state)
{
    static const char text[] = "“Đorđević” – 5 € 😀 ë Ћ";
    assert_str(clean(*state, text), text);
}

/* ---- references ---- */

static ocs_str decoded(ocs_arena *arena, const char *utf8)
{
    ocs_writer w = writer(arena, "x&ref;y");
    ocs_writer_copy(&w, 0, 1);
    ocs_writer_decoded(&w, ocs_str_of(utf8), 1, 6);
    ocs_writer_copy(&w, 6, 7);
    return written(&w);
}

static void references_are_cleaned_like_text(void **state)
{
    assert_str(decoded(*state, "&"), "x&y");
    assert_str(decoded(*state, "\xC2\xA0"), "x y");
    assert_str(decoded(*state, "\xC2\xAD"), "xy");
    assert_str(decoded(*state, "\xE2\x80\x91"), "x-y");
    assert_str(decoded(*state, "\x01"), "x y");
    assert_str(decoded(*state, ""), "xy");
}

static void references_to_control_characters_mean_windows_1252(void **state)
{
    assert_str(decoded(*state, "\xC2\x97"), "x—y"); /* &#151; */
    assert_str(decoded(*state, "\xC2\x96"), "x–y");
    assert_str(decoded(*state, "\xC2\x93"), "x“y");
    assert_str(decoded(*state, "\xC2\x8A"), "xŠy");
    assert_str(decoded(*state, "\xC2\x81"), "x y"); /* means nothing there either */
}

/* ---- places ---- */

static void every_byte_leads_back_to_the_source(void **state)
{
    /*                            0  1 2   3 4   5   6     9 10 */
    ocs_writer w = writer(*state, "a\xC2\xA0 b\xC2\xAD"
                                  "c\xE2\x80\x91"
                                  "d");
    ocs_writer_copy(&w, 0, w.source.n);
    assert_str(written(&w), "a bc-d");
    assert_from(&w, 0, 1, 0, 1);
    assert_from(&w, 2, 3, 4, 5);
    assert_from(&w, 3, 4, 7, 8);
    assert_from(&w, 4, 5, 8, 11);
    assert_from(&w, 5, 6, 11, 12);
    assert_from(&w, 2, 4, 4, 8); /* the soft hyphen is within */
    assert_from(&w, 0, 6, 0, 12);
}

static void a_space_leads_back_to_its_first_character(void **state)
{
    ocs_writer w = writer(*state, "a \n b");
    ocs_writer_copy(&w, 0, w.source.n);
    assert_from(&w, 1, 2, 1, 2);
    w = writer(*state, "a\xC2\xA0"
                       "b");
    ocs_writer_copy(&w, 0, w.source.n);
    assert_from(&w, 1, 2, 1, 3);
}

static void a_reference_leads_back_to_all_its_bytes(void **state)
{
    ocs_writer w = writer(*state, "x&amp;y");
    ocs_writer_copy(&w, 0, 1);
    ocs_writer_decoded(&w, OCS_STR("&"), 1, 6);
    ocs_writer_copy(&w, 6, 7);
    assert_from(&w, 0, 1, 0, 1);
    assert_from(&w, 1, 2, 1, 6);
    assert_from(&w, 2, 3, 6, 7);
}

static void a_source_of_other_units_is_followed(void **state)
{
    ocs_writer w;
    ocs_origin_builder builder = {0};
    ocs_run run = {.length = 6, .raw = 10, .text_unit = 2, .raw_unit = 1};
    assert_true(ocs_origin_add(*state, &builder, run)); /* "мир" in windows-1251 at 10 */
    ocs_writer_init(&w, *state, ocs_str_of("мир"), ocs_origin_of(&builder));
    ocs_writer_copy(&w, 0, 6);
    assert_from(&w, 0, 6, 10, 13);
    assert_from(&w, 2, 4, 11, 12);
}

static void inexact_text_leads_to_its_line_and_says_so(void **state)
{
    ocs_writer w = writer(*state, "a whole line");
    ocs_writer_inexact(&w, OCS_STR("lost\xC2\xA0word"), 2, 12);
    assert_str(written(&w), "lost word");
    bool exact = true;
    ocs_span raw = ocs_origin_raw(ocs_origin_of(&w.origin), (ocs_span){0, 4}, &exact);
    assert_false(exact);
    assert_int_equal(raw.from, 2);
    assert_int_equal(raw.to, 12);
}

static void a_reference_of_absurd_length_is_inexact(void **state)
{
    enum { LONG = 70000 };
    char *source = ocs_arena_alloc(*state, LONG + 1);
    memset(source, 'x', LONG);
    ocs_writer w = writer(*state, source);
    ocs_writer_decoded(&w, OCS_STR("&"), 0, LONG);
    assert_str(written(&w), "&");
    bool exact = true;
    ocs_span raw = ocs_origin_raw(ocs_origin_of(&w.origin), (ocs_span){0, 1}, &exact);
    assert_false(exact);
    assert_int_equal(raw.to, LONG);
}

/* ---- lines ---- */

static void a_line_ends_without_its_spaces(void **state)
{
    ocs_writer w = writer(*state, "one  two ");
    ocs_writer_copy(&w, 0, 4);
    ocs_writer_end_line(&w);
    ocs_writer_copy(&w, 4, 9);
    ocs_writer_end_line(&w);
    assert_str(written(&w), "one\ntwo\n");
    bool exact;
    ocs_span raw = ocs_origin_raw(ocs_origin_of(&w.origin), (ocs_span){3, 4}, &exact);
    assert_int_equal(raw.from, raw.to); /* the page does not hold it */
    assert_int_equal(raw.from, 3);
}

static void a_space_that_is_asked_for_comes_once(void **state)
{
    ocs_writer w = writer(*state, "ab");
    ocs_writer_space(&w, 0);
    ocs_writer_copy(&w, 0, 1);
    ocs_writer_space(&w, 1);
    ocs_writer_space(&w, 1);
    ocs_writer_copy(&w, 1, 2);
    ocs_writer_space(&w, 2);
    assert_str(written(&w), "a b");
}

static void a_full_arena_stops_the_writer(void **state)
{
    ocs_arena *small = ocs_arena_new(4096);
    char *source = ocs_arena_alloc(*state, 100001);
    memset(source, 'x', 100000);
    ocs_writer w = writer(*state, source);
    w.arena = small;
    ocs_writer_copy(&w, 0, 100000);
    assert_true(w.failed);
    ocs_writer_copy(&w, 0, 5);
    ocs_writer_end_line(&w);
    assert_true(w.failed);
    ocs_arena_free(small);
}

int main(void)
{
#define TEST(claim) cmocka_unit_test_setup_teardown(claim, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(white_space_of_any_kind_is_one_space),
        TEST(white_space_at_the_ends_goes),
        TEST(invisible_characters_go),
        TEST(hyphens_that_do_not_break_are_hyphens),
        TEST(control_characters_are_spaces),
        TEST(other_characters_stay_as_they_are),
        TEST(references_are_cleaned_like_text),
        TEST(references_to_control_characters_mean_windows_1252),
        TEST(every_byte_leads_back_to_the_source),
        TEST(a_space_leads_back_to_its_first_character),
        TEST(a_reference_leads_back_to_all_its_bytes),
        TEST(a_source_of_other_units_is_followed),
        TEST(inexact_text_leads_to_its_line_and_says_so),
        TEST(a_reference_of_absurd_length_is_inexact),
        TEST(a_line_ends_without_its_spaces),
        TEST(a_space_that_is_asked_for_comes_once),
        TEST(a_full_arena_stops_the_writer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
