/* Attributes taken before the parser: what is taken, and what is left because the parser would see
 * something else. */
#include "ingest/attributes.h"
#include "tests/unit/shared_arena.h"
#include "tests/unit/unit.h"

/* The page after the traits of ${html} were taken, and the traits. */
typedef struct taken {
    ocs_str page;
    ocs_traits_list traits;
} taken;

static taken take(const char *html)
{
    taken t;
    size_t n = strlen(html);
    char *page = ocs_arena_copy(arena, html, n);
    assert_non_null(page);
    ocs_attributes_take(arena, page, n, &t.traits);
    t.page = (ocs_str){page, n};
    return t;
}

static void attributes_are_blank_and_traits_are_told(void **state)
{
    (void)state;
    taken t = take("<p CLASS=\"a b\" title='x>y' id=i hidden>x</p>");
    assert_str(t.page, "<p                                    >x</p>");
    assert_int_equal(t.traits.n, 1);
    assert_int_equal(t.traits.at[0].at, 38);
    assert_string_equal(t.traits.at[0].class_, "a b");
    assert_string_equal(t.traits.at[0].id, "i");
    assert_string_equal(t.traits.at[0].hidden, "");
    assert_null(t.traits.at[0].role);
}

static void of_an_attribute_that_stands_twice_the_first_counts(void **state)
{
    (void)state;
    taken t = take("<p class=a class=b>");
    assert_int_equal(t.traits.n, 1);
    assert_string_equal(t.traits.at[0].class_, "a");
}

static void an_empty_element_is_told_of_at_its_slash(void **state)
{
    (void)state;
    taken t = take("<hr class=\"x\"/>");
    assert_int_equal(t.traits.n, 1);
    assert_int_equal(t.traits.at[0].at, 13);
}

static void lines_stay(void **state)
{
    (void)state;
    taken t = take("<p\nstyle='a\nb'\n>x");
    assert_str(t.page, "<p\n        \n  \n>x");
    assert_string_equal(t.traits.at[0].style, "a\nb");
}

static void left(const char *html)
{
    taken t = take(html);
    assert_str(t.page, html);
    assert_int_equal(t.traits.n, 0);
}

static void what_only_the_parser_can_read_is_left(void **state)
{
    (void)state;
    left("<meta name=\"date\" content=\"2016\">");
    left("<TIME datetime=2016>");
    left("<p class=\"a&amp;b\" id=c>");
    left("<p class=\"a>");
    left("<p class=a\"b\">");
    left("<p =class>");
    left("<p class=a");
    left("<");
    left("");
}

/* An open quote makes a value of what follows, so that no tag behind it is sure. */
static void behind_broken_markup_all_is_left(void **state)
{
    (void)state;
    left("<a href=\"x>y</a><p class=z>");
    left("</p \"<p class=z>");
    left("<![CDATA[ <p class=z> ]]>");
    left("<title>a <b class=z>b</b></title><p class=z>");
    left("1 < 2 <p class=z>");
}

static void a_page_with_a_nul_is_left(void **state)
{
    (void)state;
    char page[] = "<p class=a>\0<p class=a>";
    ocs_traits_list traits;
    ocs_attributes_take(arena, page, sizeof page - 1, &traits);
    assert_int_equal(traits.n, 0);
    assert_memory_equal(page, "<p class=a>\0<p class=a>", sizeof page);
}

static void of_very_many_attributes_none_is_taken(void **state)
{
    (void)state;
    char html[1024] = "<p", *end = html + 2;
    for (unsigned i = 0; i < 40; i++)
        end += snprintf(end, 16, " a%u=b", i);
    memcpy(end, " class=c>", sizeof " class=c>");
    left(html);
}

int main(void)
{
#define SHARED(name) cmocka_unit_test_setup_teardown(name, make_shared_arena, free_shared_arena)
    const struct CMUnitTest tests[] = {
        SHARED(attributes_are_blank_and_traits_are_told),
        SHARED(of_an_attribute_that_stands_twice_the_first_counts),
        SHARED(an_empty_element_is_told_of_at_its_slash),
        SHARED(lines_stay),
        SHARED(what_only_the_parser_can_read_is_left),
        SHARED(behind_broken_markup_all_is_left),
        SHARED(a_page_with_a_nul_is_left),
        SHARED(of_very_many_attributes_none_is_taken),
    };
#undef SHARED
    return cmocka_run_group_tests(tests, NULL, NULL);
}
