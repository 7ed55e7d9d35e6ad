#include "corpus/date.h"
#include "tests/unit/unit.h"

static ocs_date date(int year, int month, int day)
{
    return (ocs_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

static void printed_dates_are_read_back(void **state)
{
    (void)state;
    static const struct {
        int year, month, day;
        const char *text;
    } cases[] = {
        {2017, 2, 13, "2017-02-13"},  {2016, 4, 0, "2016-04"}, {2017, 0, 0, "2017"},
        {0, 12, 6, "--12-06"},        {0, 12, 0, "--12"},      {1, 1, 1, "0001-01-01"},
        {9999, 12, 31, "9999-12-31"}, {0, 2, 29, "--02-29"},   {2016, 2, 29, "2016-02-29"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char out[OCS_WHEN_TEXT];
        ocs_date back, wanted = date(cases[i].year, cases[i].month, cases[i].day);
        assert_str(ocs_date_print(wanted, out), cases[i].text);
        assert_true(ocs_date_parse(ocs_str_of(cases[i].text), &back));
        assert_true(ocs_date_equal(back, wanted));
    }
}

static void ranges_are_read_back(void **state)
{
    (void)state;
    static const char *const texts[] = {"2017-10-12/2017-10-13", "2016/2018",  "2016-04/2016-06",
                                        "--12-30/--01-02",       "2017-02-13", "--12",
                                        "2016/2016-04"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char out[OCS_WHEN_TEXT];
        ocs_when when;
        assert_true(ocs_when_parse(ocs_str_of(texts[i]), &when));
        assert_str(ocs_when_print(when, out), texts[i]);
    }
}

static void no_date_prints_as_nothing(void **state)
{
    (void)state;
    char out[OCS_WHEN_TEXT];
    assert_str(ocs_date_print((ocs_date){0}, out), "");
    assert_str(ocs_when_print((ocs_when){0}, out), "");
}

static void anything_else_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",           "2",           "201",      "20170213",    "2017-2-13",
        "2017-02-3",  "2017-13",     "2017-00",  "2017-02-00",  "2017-02-30",
        "2015-02-29", "1900-02-29",  "0000",     "0000-01-01",  "2017-",
        "2017-02-",   "2017-02-13 ", " 2017",    "2017-02-13T", "+2017",
        "-2017",      "--",          "--13",     "--12-",       "--12-32",
        "---12",      "---06",       "2017--06", "--02-30",     "12-06",
        "2017/02/13", "2o17",
    };
    ocs_date out = date(1, 2, 3);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (ocs_date_parse(ocs_str_of(bad[i]), &out))
            fail_msg("'%s' was taken for a date", bad[i]);
        assert_true(ocs_date_equal(out, date(1, 2, 3))); /* untouched */
    }
    assert_false(ocs_date_parse((ocs_str){NULL, 0}, &out));
}

static void bad_ranges_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"2017/",
                                      "/2017",
                                      "2017/2017",
                                      "2018/2017",
                                      "2017-05/2017-04",
                                      "2017-10-13/2017-10-12",
                                      "2016/2017/2018",
                                      "2017/x",
                                      "/",
                                      ""};
    ocs_when out;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (ocs_when_parse(ocs_str_of(bad[i]), &out))
            fail_msg("'%s' was taken for a range", bad[i]);
}

static void a_month_without_a_day_is_a_month(void **state)
{
    (void)state;
    assert_int_equal(ocs_date_precision(date(2014, 6, 0)), OCS_PRECISION_MONTH);
    assert_int_equal(ocs_date_precision(date(0, 6, 0)), OCS_PRECISION_MONTH);
    assert_int_equal(ocs_date_precision(date(0, 6, 1)), OCS_PRECISION_DAY);
    assert_int_equal(ocs_date_precision(date(2014, 0, 0)), OCS_PRECISION_YEAR);
    assert_int_equal(ocs_date_precision(date(0, 0, 0)), OCS_PRECISION_NONE);
    assert_string_equal(ocs_precision_name(OCS_PRECISION_MONTH), "month");
    assert_string_equal(ocs_precision_name(OCS_PRECISION_NONE), "none");
}

static void impossible_dates_are_not_valid(void **state)
{
    (void)state;
    assert_true(ocs_date_valid(date(2016, 2, 29)) && ocs_date_valid(date(0, 2, 29)));
    assert_true(ocs_date_valid(date(2000, 2, 29)) && ocs_date_valid(date(2017, 0, 0)));
    assert_false(ocs_date_valid(date(2017, 2, 29)));
    assert_false(ocs_date_valid(date(1900, 2, 29)));
    assert_false(ocs_date_valid(date(2017, 0, 3))); /* a day needs a month */
    assert_false(ocs_date_valid(date(2017, 13, 0)));
    assert_false(ocs_date_valid(date(2017, 4, 31)));
    assert_false(ocs_date_valid(date(-1, 1, 1)));
    assert_false(ocs_date_valid(date(10000, 1, 1)));
    assert_false(ocs_date_valid((ocs_date){0}));
    assert_int_equal(ocs_month_days(0, 2), 29);
    assert_int_equal(ocs_month_days(2017, 13), 0);
}

static void what_is_not_stated_sorts_first(void **state)
{
    (void)state;
    const ocs_date sorted[] = {date(0, 0, 0),    date(0, 12, 6),   date(2016, 0, 0),
                               date(2016, 4, 0), date(2016, 4, 1), date(2016, 5, 0),
                               date(2017, 0, 0)};
    for (size_t i = 0; i < sizeof sorted / sizeof *sorted; i++)
        for (size_t k = 0; k < sizeof sorted / sizeof *sorted; k++)
            assert_int_equal(ocs_date_cmp(sorted[i], sorted[k]), (i > k) - (i < k));
}

static void days_are_counted_from_1970(void **state)
{
    (void)state;
    assert_int_equal(ocs_date_days(date(1970, 1, 1)), 0);
    assert_int_equal(ocs_date_days(date(1969, 12, 31)), -1);
    assert_int_equal(ocs_date_days(date(2000, 3, 1)), 11017);
    assert_int_equal(ocs_date_days(date(2017, 2, 13)), 17210);
    assert_int_equal(ocs_date_days(date(1, 1, 1)), -719162);
}

static void every_day_follows_the_one_before(void **state)
{
    (void)state;
    ocs_date day = date(1895, 1, 1);
    for (int i = 0; i < 150000; i++) {
        ocs_date next = ocs_date_add_days(day, 1);
        bool last = day.day == ocs_month_days(day.year, day.month);
        assert_int_equal(next.day, last ? 1 : day.day + 1);
        assert_int_equal(ocs_date_days(next), ocs_date_days(day) + 1);
        assert_int_equal(ocs_date_weekday(next), (ocs_date_weekday(day) + 1) % 7);
        day = next;
    }
}

static void days_may_be_added_and_taken(void **state)
{
    (void)state;
    assert_true(ocs_date_equal(ocs_date_add_days(date(2016, 2, 28), 1), date(2016, 2, 29)));
    assert_true(ocs_date_equal(ocs_date_add_days(date(2017, 1, 1), -1), date(2016, 12, 31)));
    assert_true(ocs_date_equal(ocs_date_add_days(date(2017, 1, 1), -365), date(2016, 1, 2)));
    assert_true(ocs_date_equal(ocs_date_add_days(date(9999, 12, 31), 1), (ocs_date){0}));
    assert_true(ocs_date_equal(ocs_date_add_days(date(1, 1, 1), -1), (ocs_date){0}));
}

static void weekdays_start_on_monday(void **state)
{
    (void)state;
    assert_int_equal(ocs_date_weekday(date(2017, 2, 13)), 0);
    assert_int_equal(ocs_date_weekday(date(2017, 2, 19)), 6);
    assert_int_equal(ocs_date_weekday(date(1970, 1, 1)), 3);
    assert_int_equal(ocs_date_weekday(date(1914, 6, 28)), 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed_dates_are_read_back),
        cmocka_unit_test(ranges_are_read_back),
        cmocka_unit_test(no_date_prints_as_nothing),
        cmocka_unit_test(anything_else_is_refused),
        cmocka_unit_test(bad_ranges_are_refused),
        cmocka_unit_test(a_month_without_a_day_is_a_month),
        cmocka_unit_test(impossible_dates_are_not_valid),
        cmocka_unit_test(what_is_not_stated_sorts_first),
        cmocka_unit_test(days_are_counted_from_1970),
        cmocka_unit_test(every_day_follows_the_one_before),
        cmocka_unit_test(days_may_be_added_and_taken),
        cmocka_unit_test(weekdays_start_on_monday),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
