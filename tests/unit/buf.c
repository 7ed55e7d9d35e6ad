#include "tests/unit/unit.h"

static void what_is_put_comes_back_in_order(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_buf_init(&buf, 1000);
    ocs_buf_put(&buf, OCS_STR("ab"));
    ocs_buf_puts(&buf, "cd");
    ocs_buf_putc(&buf, 'e');
    ocs_buf_put_point(&buf, 0x161);
    ocs_buf_putf(&buf, "%d-%s", 42, "x");
    assert_str(ocs_buf_str(&buf), "abcdeš42-x");
    assert_int_equal(buf.p[buf.n], '\0');
    ocs_buf_cut(&buf, 3);
    assert_str(ocs_buf_str(&buf), "abc");
    assert_int_equal(buf.p[3], '\0');
    ocs_buf_cut(&buf, 10); /* longer than it is: nothing to do */
    assert_int_equal(buf.n, 3);
    ocs_buf_clear(&buf);
}

static void the_cap_is_exact_and_the_error_sticks(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_buf_init(&buf, 4);
    ocs_buf_puts(&buf, "abcd");
    assert_int_equal(ocs_buf_status(&buf), OCS_OK);
    ocs_buf_putc(&buf, 'e');
    assert_int_equal(ocs_buf_status(&buf), OCS_LIMIT);
    ocs_buf_cut(&buf, 0);
    ocs_buf_putc(&buf, 'f'); /* would fit now, but the error stays */
    assert_int_equal(buf.n, 0);
    assert_int_equal(ocs_buf_status(&buf), OCS_LIMIT);
    ocs_buf_reset(&buf);
    ocs_buf_putc(&buf, 'g');
    assert_str(ocs_buf_str(&buf), "g");
    ocs_buf_clear(&buf);
}

static void a_failed_format_adds_nothing(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_buf_init(&buf, 6);
    ocs_buf_puts(&buf, "abc");
    ocs_buf_putf(&buf, "%s", "defg");
    assert_str(ocs_buf_str(&buf), "abc");
    assert_int_equal(ocs_buf_status(&buf), OCS_LIMIT);
    ocs_buf_clear(&buf);
}

static void it_grows_over_many_sizes(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_buf_init(&buf, 1 << 20);
    for (int i = 0; i < 5000; i++)
        ocs_buf_putf(&buf, "%04d", i);
    assert_int_equal(buf.n, 20000);
    assert_memory_equal(buf.p + 4 * 4321, "4321", 4);
    ocs_buf_clear(&buf);
    assert_int_equal(buf.n, 0);
    ocs_buf_puts(&buf, "again");
    assert_str(ocs_buf_str(&buf), "again");
    ocs_buf_clear(&buf);
}

static void bytes_may_be_nul(void **state)
{
    (void)state;
    ocs_buf buf;
    ocs_buf_init(&buf, 100);
    ocs_buf_put(&buf, OCS_STR("a\0b"));
    ocs_buf_put(&buf, (ocs_str){NULL, 0});
    assert_int_equal(buf.n, 3);
    assert_memory_equal(buf.p, "a\0b", 4);
    ocs_buf_clear(&buf);
}

static void numbers_and_strings_come_back(void **state)
{
    (void)state;
    const uint64_t numbers[] = {0, 1, 127, 128, 300, UINT32_MAX, UINT64_MAX};
    const size_t n = sizeof numbers / sizeof *numbers;
    ocs_buf buf;
    ocs_buf_init(&buf, 1000);
    for (size_t i = 0; i < n; i++)
        ocs_buf_put_varint(&buf, numbers[i]);
    ocs_buf_put_string(&buf, OCS_STR("šuma"));
    ocs_buf_put_string(&buf, OCS_STR(""));
    ocs_str rest = ocs_buf_str(&buf), s;
    for (size_t i = 0; i < n; i++) {
        uint64_t value;
        assert_true(ocs_take_varint(&rest, &value));
        assert_true(value == numbers[i]);
    }
    assert_true(ocs_take_string(&rest, &s));
    assert_str(s, "šuma");
    assert_true(ocs_take_string(&rest, &s));
    assert_int_equal(s.n, 0);
    assert_int_equal(rest.n, 0);
    ocs_buf_clear(&buf);
}

static void damaged_numbers_are_refused(void **state)
{
    (void)state;
    uint64_t value;
    ocs_str s;
    ocs_str cut = OCS_STR("\xFF\xFF"), empty = OCS_STR(""),
            endless = OCS_STR("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"),
            large = OCS_STR("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x02"),
            torn = OCS_STR("\x05"
                           "abc");
    assert_false(ocs_take_varint(&cut, &value));
    assert_false(ocs_take_varint(&empty, &value));
    assert_false(ocs_take_varint(&endless, &value));
    assert_false(ocs_take_varint(&large, &value));
    assert_false(ocs_take_string(&torn, &s));
    assert_int_equal(torn.n, 4); /* nothing was taken */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_comes_back_in_order),
        cmocka_unit_test(the_cap_is_exact_and_the_error_sticks),
        cmocka_unit_test(a_failed_format_adds_nothing),
        cmocka_unit_test(it_grows_over_many_sizes),
        cmocka_unit_test(bytes_may_be_nul),
        cmocka_unit_test(numbers_and_strings_come_back),
        cmocka_unit_test(damaged_numbers_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
