/* Text folded to a width: what stands in each line, and where styles begin and end. */
#include "cli/flow.h"

#include "tests/unit/unit.h"

#include <fcntl.h>
#include <unistd.h>

/* ${text} in ${width} columns from column ${indent} on. */
static const char *flow(char room[2000], const char *text, size_t width, size_t indent,
                        const ocs_stretch *styles, size_t n_styles)
{
    ocs_out out;
    ocs_out_init(&out, open("/dev/null", O_WRONLY));
    out.width = width;
    out.colour = n_styles > 0;
    ocs_flow(&out, ocs_str_of(text), styles, n_styles, indent, indent);
    snprintf(room, 2000, "%.*s", OCS_ARG(ocs_buf_str(&out.buf)));
    assert_int_equal(ocs_out_finish(&out, "nothing", NULL), OCS_OK);
    return room;
}

static const char *plain(char room[2000], const char *text, size_t width, size_t indent)
{
    return flow(room, text, width, indent, NULL, 0);
}

static void lines_end_between_words(void **state)
{
    (void)state;
    char room[2000];
    assert_string_equal(plain(room, "one two three four", 10, 0), "one two\nthree four");
    assert_string_equal(plain(room, "one two three", 13, 2), "one two\n  three");
    assert_string_equal(plain(room, "one two", 9, 0), "one two");
}

static void without_a_width_it_is_one_line(void **state)
{
    (void)state;
    char room[2000];
    assert_string_equal(plain(room, " one\n two \t three", 0, 5), "one two three");
    assert_string_equal(plain(room, "", 0, 5), "");
}

static void a_word_too_long_is_cut_where_the_line_ends(void **state)
{
    (void)state;
    char room[2000];
    assert_string_equal(plain(room, "a 012345678901234567 b", 10, 0), "a\n0123456789\n01234567 b");
}

static void wide_letters_take_two_columns_and_marks_none(void **state)
{
    (void)state;
    char room[2000];
    /* five ideographs are ten columns; c and a combining caron one */
    assert_string_equal(plain(room, "漢字漢字漢字", 10, 0), "漢字漢字漢\n字");
    assert_string_equal(plain(room, "Kovac\xCC\x8C Kova", 10, 0), "Kovac\xCC\x8C Kova");
    assert_int_equal(ocs_str_width(OCS_STR("Kovac\xCC\x8C 漢\xE2\x80\x8B")), 8);
    assert_int_equal(ocs_visible_width(OCS_STR("a\033\xFF\xE2\x80\xAE")), 1 + 4 + 4 + 6);
}

static void a_style_ends_with_the_line_and_goes_on(void **state)
{
    (void)state;
    char room[2000];
    const ocs_stretch styles[] = {{{4, 13}, OCS_STYLE_TITLE}};
    assert_string_equal(flow(room, "one two three four", 9, 1, styles, 1),
                        "one \033[1mtwo\033[0m\n \033[1mthree\033[0m\n four");
    assert_string_equal(flow(room, "one two three four", 40, 0, styles, 1),
                        "one \033[1mtwo three\033[0m four");
}

static void a_narrow_terminal_still_has_room_for_words(void **state)
{
    (void)state;
    char room[2000];
    assert_string_equal(plain(room, "abcd efgh ij", 3, 5), "abcd\n     efgh ij");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_between_words),
        cmocka_unit_test(without_a_width_it_is_one_line),
        cmocka_unit_test(a_word_too_long_is_cut_where_the_line_ends),
        cmocka_unit_test(wide_letters_take_two_columns_and_marks_none),
        cmocka_unit_test(a_style_ends_with_the_line_and_goes_on),
        cmocka_unit_test(a_narrow_terminal_still_has_room_for_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
