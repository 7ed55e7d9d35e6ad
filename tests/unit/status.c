#include "tests/unit/unit.h"

static void a_failure_carries_its_message(void **state)
{
    (void)state;
    ocs_error err = {0};
    assert_int_equal(ocs_fail(&err, OCS_IO, "cannot read %s", "x"), OCS_IO);
    assert_int_equal(err.status, OCS_IO);
    assert_int_equal(err.at, OCS_ERROR_NO_PLACE);
    assert_string_equal(err.text, "cannot read x");
    assert_int_equal(ocs_fail_at(&err, OCS_USAGE, 7, "here"), OCS_USAGE);
    assert_int_equal(err.at, 7);
    assert_int_equal(ocs_fail_within(&err, OCS_USAGE, "query %d", 2), OCS_USAGE);
    assert_string_equal(err.text, "query 2: here");
    assert_int_equal(err.at, 7); /* the place stays */
}

static void nobody_has_to_listen(void **state)
{
    (void)state;
    assert_int_equal(ocs_fail(NULL, OCS_IO, "x"), OCS_IO);
    assert_int_equal(ocs_fail_within(NULL, OCS_LIMIT, "x"), OCS_LIMIT);
}

static void a_long_message_is_cut_at_a_character(void **state)
{
    (void)state;
    char text[2 * OCS_ERROR_TEXT + 3] = "x";
    for (size_t i = 1; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "š", 2);
    for (size_t skip_one = 0; skip_one < 2; skip_one++) { /* the cut falls on either byte */
        ocs_error err = {0};
        ocs_fail(&err, OCS_BADINPUT, "%s", text + skip_one);
        ocs_str s = ocs_str_of(err.text);
        assert_true(s.n > OCS_ERROR_TEXT - 4);
        assert_int_equal(ocs_utf8_check(s), s.n);
        ocs_fail_within(&err, OCS_BADINPUT, "%s", "prefix");
        s = ocs_str_of(err.text);
        assert_true(ocs_str_starts(s, OCS_STR("prefix: ")));
        assert_int_equal(ocs_utf8_check(s), s.n);
    }
}

static void every_status_has_a_name(void **state)
{
    (void)state;
    for (int i = OCS_OK; i <= OCS_BUG; i++)
        assert_string_not_equal(ocs_status_name((ocs_status)i), "unknown");
    assert_string_equal(ocs_status_name((ocs_status)(OCS_BUG + 1)), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_carries_its_message),
        cmocka_unit_test(nobody_has_to_listen),
        cmocka_unit_test(a_long_message_is_cut_at_a_character),
        cmocka_unit_test(every_status_has_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
