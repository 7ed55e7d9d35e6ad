/* Whole dates in digits.  Day first unless that is impossible; with slashes a date that could be
 * either way round keeps its other reading, which dates.c settles from the rest of the text. */
#include "ingest/dates_scan.h"

enum { CENTURY_TURN = 50 }; /* 49 is 2049, 50 is 1950 */

/* The day of "25T14": a time may be glued to it. */
static int day_before_time(const ocs_date_scan *s, size_t i)
{
    ocs_str word = s->tokens.at[i].fold;
    if (word.n < 3 || word.p[2] != 't' || !ocs_ascii_digit(word.p[0]) ||
        !ocs_ascii_digit(word.p[1]))
        return -1;
    return (word.p[0] - '0') * 10 + (word.p[1] - '0');
}

static ocs_date_taken year_first(const ocs_date_scan *s, size_t i, int year, int month)
{
    int day = ocs_dates_number(s, i + 2, false);
    if (day < 0)
        day = day_before_time(s, i + 2);
    if (day < 1 || day > 31 || !ocs_date_valid(ocs_dates_make(year, month, day)))
        return (ocs_date_taken){0};
    return (ocs_date_taken){.n = 3,
                            .when = ocs_dates_single(ocs_dates_make(year, month, day)),
                            .rule = "year-month-day"};
}

/* Three numbers with the same separator between them; ${of} gets them. */
static char three_numbers(const ocs_date_scan *s, size_t i, int of[3])
{
    char separator = ocs_dates_separator(s, i + 1);
    if (!separator || separator != ocs_dates_separator(s, i + 2))
        return 0;
    for (size_t k = 0; k < 3; k++)
        of[k] = ocs_dates_number(s, i + k, false);
    return of[0] >= 0 && of[1] >= 0 ? separator : 0;
}

static ocs_date_taken day_month_year(const int of[2], int year, char separator)
{
    int a = of[0], b = of[1];
    ocs_date_taken t = {0};
    if (a < 1 || b < 1 || a > 31 || b > 31)
        return t;
    ocs_date day_first = ocs_dates_make(year, b, a), month_first = ocs_dates_make(year, a, b);
    bool can_day = b <= 12 && ocs_date_valid(day_first);
    bool can_month = separator == '/' && a <= 12 && ocs_date_valid(month_first);
    if (!can_day && !can_month)
        return t;
    t = (ocs_date_taken){.n = 3,
                         .when = ocs_dates_single(can_day ? day_first : month_first),
                         .rule = can_day ? "day/month/year" : "month/day/year"};
    if (can_day && can_month && a != b) {
        t.other = ocs_dates_single(month_first);
        t.sure = OCS_SURE_EITHER;
    }
    return t;
}

/* A date whose parts ${of} are: 2016-10-25 · 25.10.2016 · 10/09/2018. */
static ocs_date_taken whole(const ocs_date_scan *s, size_t i, const int of[3], char separator)
{
    if (ocs_dates_year(s, i) && of[1] >= 1 && of[1] <= 12)
        return year_first(s, i, of[0], of[1]);
    int year = ocs_dates_year(s, i + 2);
    if (!year || s->tokens.at[i].points > 2 || s->tokens.at[i + 1].points > 2)
        return (ocs_date_taken){0};
    return day_month_year(of, year, separator);
}

/* The range from ${first} to the date that starts at token ${i} behind a joint; n = 0 if there is
 * none.  Both must be written in the same way. */
static ocs_date_taken range(const ocs_date_scan *s, size_t i, const ocs_date_taken *first,
                            char separator)
{
    int of[3];
    if (three_numbers(s, i, of) != separator || !ocs_dates_ends_alone(s, i + 3))
        return (ocs_date_taken){0};
    ocs_date_taken t = whole(s, i, of, separator);
    if (t.n == 0 || ocs_date_cmp(first->when.from, t.when.to) >= 0)
        return (ocs_date_taken){0};
    t.when.from = first->when.from;
    bool either = first->other.from.month && t.other.from.month &&
                  ocs_date_cmp(first->other.from, t.other.to) < 0;
    t.other = either ? (ocs_when){first->other.from, t.other.to} : (ocs_when){0};
    t.rule = "numeric range";
    return t;
}

/* 2016-10-25 · 25.10.2016 · 10/09/2018 · 10.09.2018-14.09.2018 */
ocs_date_taken ocs_dates_numeric(const ocs_date_scan *s, size_t i)
{
    int of[3];
    char separator = three_numbers(s, i, of);
    ocs_date_taken t = separator ? whole(s, i, of, separator) : (ocs_date_taken){0};
    if (t.n == 0 || !(ocs_dates_year(s, i) || ocs_dates_begins_alone(s, i)))
        return (ocs_date_taken){0};
    int way = ocs_dates_joint(s, i, i + 3);
    ocs_date_taken second = {0};
    if (way >= 0)
        second = range(s, i + 3 + (size_t)way, &t, separator);
    if (second.n > 0) {
        second.n += 3 + (size_t)way;
        return second;
    }
    bool ends = ocs_dates_year(s, i) || ocs_dates_ends_alone(s, i + 3);
    return ends ? t : (ocs_date_taken){0};
}

/* 10-14.10.2016 · 10.-14.10.2016 */
ocs_date_taken ocs_dates_numeric_days(const ocs_date_scan *s, size_t i)
{
    int day = ocs_dates_number(s, i, false), of[3];
    bool alone = day >= 1 && day <= 31 && ocs_dates_begins_alone(s, i);
    if (!alone || ocs_dates_joint(s, i, i + 1) != 0 || three_numbers(s, i + 1, of) != '.' ||
        !ocs_dates_ends_alone(s, i + 4))
        return (ocs_date_taken){0};
    ocs_date_taken t = whole(s, i + 1, of, '.');
    if (t.n == 0 || t.when.to.day <= day || ocs_dates_year(s, i + 1))
        return (ocs_date_taken){0};
    t.when.from.day = (uint8_t)day;
    t.n = 4;
    t.rule = "numeric range";
    return t;
}

/* 2020-Sep-23 */
ocs_date_taken ocs_dates_year_named_month(const ocs_date_scan *s, size_t i)
{
    int year = ocs_dates_year(s, i), day = ocs_dates_number(s, i + 2, false);
    char separator = year && day > 0 ? ocs_dates_separator(s, i + 1) : 0;
    if (!separator || separator == '.' || separator != ocs_dates_separator(s, i + 2) || day > 31)
        return (ocs_date_taken){0};
    int month = ocs_dates_month(s, i + 1);
    return (ocs_date_taken){.n = month ? 3 : 0,
                            .when = ocs_dates_single(ocs_dates_make(year, month, day)),
                            .rule = "year-month-day"};
}

/* "10.09.18" and "10/09/18": all parts of two digits, and nothing that makes it a version, a
 * section or a time. */
ocs_date_taken ocs_dates_numeric_short(const ocs_date_scan *s, size_t i)
{
    int of[3];
    char separator = three_numbers(s, i, of);
    bool spaced = separator && ocs_dates_between(s, i + 1).n + ocs_dates_between(s, i + 2).n > 2;
    if (!separator || separator == '-' || spaced || of[2] < 0)
        return (ocs_date_taken){0};
    for (size_t k = 0; k < 3; k++)
        if (s->tokens.at[i + k].points != 2)
            return (ocs_date_taken){0};
    if (!ocs_dates_begins_alone(s, i) || !ocs_dates_ends_alone(s, i + 3) ||
        ocs_dates_counted_before(s, i) || ocs_dates_counted_after(s, i + 2))
        return (ocs_date_taken){0};
    ocs_date_taken t =
        day_month_year(of, of[2] < CENTURY_TURN ? 2000 + of[2] : 1900 + of[2], separator);
    t.sure = t.sure ? t.sure : OCS_SURE_ROUGH;
    return t;
}
