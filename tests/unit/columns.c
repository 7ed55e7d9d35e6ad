/* Text in columns of a terminal: wide characters, accents, and cuts that halve none. */
#include "tests/unit/unit.h"

#include "cli/columns.h"

#define ACUTE "\xCC\x81"    /* combining */
#define HAN "\xE6\xBC\xA2"  /* one character, two columns */
#define CYRILLIC "\xD0\x96" /* one column */

static void characters_have_their_columns(void **state)
{
    (void)state;
    assert_int_equal(ocs_columns(OCS_STR("")), 0);
    assert_int_equal(ocs_columns(OCS_STR("abc")), 3);
    assert_int_equal(ocs_columns(OCS_STR(CYRILLIC "e" ACUTE)), 2);
    assert_int_equal(ocs_columns(OCS_STR(HAN HAN "a")), 5);
}

static void a_beginning_and_an_end_fit(void **state)
{
    (void)state;
    assert_str(ocs_columns_first(OCS_STR("abc"), 2), "ab");
    assert_str(ocs_columns_last(OCS_STR("abc"), 2), "bc");
    assert_str(ocs_columns_first(OCS_STR("a" HAN "b"), 2), "a");
    assert_str(ocs_columns_last(OCS_STR("a" HAN "b"), 2), "b");
    assert_str(ocs_columns_first(OCS_STR("e" ACUTE "a"), 1), "e" ACUTE);
    assert_str(ocs_columns_first(OCS_STR("abc"), 10), "abc");
    assert_str(ocs_columns_last(OCS_STR("abc"), 0), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_have_their_columns),
        cmocka_unit_test(a_beginning_and_an_end_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
