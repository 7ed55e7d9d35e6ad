/* Calendar arithmetic on days since 1970-01-01 and the ISO 8601 spelling of dates.  The conversion
 * between days and civil dates counts years from March, so that the leap day is the last of its
 * year and every month starts at (153 m + 2) / 5. */
#include "corpus/date.h"

#include <stdio.h>

enum { YEAR_MAX = 9999, DAYS_PER_ERA = 146097, YEARS_PER_ERA = 400, EPOCH_FROM_ERA = 719468 };

static int sign(int value)
{
    return (value > 0) - (value < 0);
}

bool ocs_date_equal(ocs_date a, ocs_date b)
{
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

int ocs_date_cmp(ocs_date a, ocs_date b)
{
    if (a.year != b.year)
        return sign(a.year - b.year);
    if (a.month != b.month)
        return sign(a.month - b.month);
    return sign(a.day - b.day);
}

int ocs_month_days(int year, int month)
{
    static const uint8_t days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month] + (month == 2 && leap);
}

bool ocs_date_valid(ocs_date date)
{
    if (date.year < 0 || date.year > YEAR_MAX || date.month > 12)
        return false;
    if (date.day > 0)
        return date.day <= ocs_month_days(date.year, date.month);
    return date.year > 0 || date.month > 0;
}

ocs_precision ocs_date_precision(ocs_date date)
{
    if (date.day > 0)
        return OCS_PRECISION_DAY;
    if (date.month > 0)
        return OCS_PRECISION_MONTH;
    return date.year > 0 ? OCS_PRECISION_YEAR : OCS_PRECISION_NONE;
}

const char *ocs_precision_name(ocs_precision precision)
{
    static const char *const names[] = {
        [OCS_PRECISION_NONE] = "none",
        [OCS_PRECISION_YEAR] = "year",
        [OCS_PRECISION_MONTH] = "month",
        [OCS_PRECISION_DAY] = "day",
    };
    size_t i = (size_t)precision;
    return i < sizeof names / sizeof *names ? names[i] : "unknown";
}

long ocs_date_days(ocs_date date)
{
    long year = date.year - (date.month <= 2);
    long era = (year >= 0 ? year : year - (YEARS_PER_ERA - 1)) / YEARS_PER_ERA;
    long of_era = year - era * YEARS_PER_ERA;
    long from_march = date.month > 2 ? date.month - 3 : date.month + 9;
    long of_year = (153 * from_march + 2) / 5 + date.day - 1;
    long days = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    return era * DAYS_PER_ERA + days - EPOCH_FROM_ERA;
}

/* The inverse of ocs_date_days for days of the years 1 to 9999. */
static ocs_date date_of_days(long days)
{
    days += EPOCH_FROM_ERA;
    long era = days / DAYS_PER_ERA, of_era = days % DAYS_PER_ERA;
    long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / (DAYS_PER_ERA - 1)) / 365;
    long of_year = of_era - (365 * year + year / 4 - year / 100);
    long from_march = (5 * of_year + 2) / 153;
    long month = from_march < 10 ? from_march + 3 : from_march - 9;
    return (ocs_date){
        .year = (int16_t)(era * YEARS_PER_ERA + year + (month <= 2)),
        .month = (uint8_t)month,
        .day = (uint8_t)(of_year - (153 * from_march + 2) / 5 + 1),
    };
}

ocs_date ocs_date_add_days(ocs_date date, int days)
{
    long sum = ocs_date_days(date) + days;
    if (sum < ocs_date_days((ocs_date){1, 1, 1}) ||
        sum > ocs_date_days((ocs_date){YEAR_MAX, 12, 31}))
        return (ocs_date){0};
    return date_of_days(sum);
}

int ocs_date_weekday(ocs_date date)
{
    long since_monday = (ocs_date_days(date) + 3) % 7; /* 1970-01-01 was a Thursday */
    return (int)(since_monday < 0 ? since_monday + 7 : since_monday);
}

/* ---- spelling ---- */

static size_t print_at(char *out, size_t room, ocs_date date)
{
    int n = 0;
    if (date.year > 0 && date.month == 0)
        n = snprintf(out, room, "%04d", date.year);
    else if (date.year > 0 && date.day == 0)
        n = snprintf(out, room, "%04d-%02d", date.year, date.month);
    else if (date.year > 0)
        n = snprintf(out, room, "%04d-%02d-%02d", date.year, date.month, date.day);
    else if (date.month > 0 && date.day == 0)
        n = snprintf(out, room, "--%02d", date.month);
    else if (date.month > 0)
        n = snprintf(out, room, "--%02d-%02d", date.month, date.day);
    else
        out[0] = '\0';
    return (size_t)n;
}

ocs_str ocs_date_print(ocs_date date, char out[OCS_WHEN_TEXT])
{
    return (ocs_str){out, print_at(out, OCS_WHEN_TEXT, date)};
}

ocs_str ocs_when_print(ocs_when when, char out[OCS_WHEN_TEXT])
{
    size_t n = print_at(out, OCS_WHEN_TEXT, when.from);
    if (!ocs_date_equal(when.from, when.to)) {
        out[n++] = '/';
        n += print_at(out + n, OCS_WHEN_TEXT - n, when.to);
    }
    return (ocs_str){out, n};
}

/* Exactly ${digits} digits off the front of ${rest}. */
static bool take_number(ocs_str *rest, size_t digits, int *value)
{
    if (rest->n < digits)
        return false;
    *value = 0;
    for (size_t i = 0; i < digits; i++) {
        if (!ocs_ascii_digit(rest->p[i]))
            return false;
        *value = *value * 10 + (rest->p[i] - '0');
    }
    *rest = ocs_str_sub(*rest, digits, rest->n);
    return true;
}

static bool take_hyphen(ocs_str *rest)
{
    if (!ocs_str_starts(*rest, OCS_STR("-")))
        return false;
    *rest = ocs_str_sub(*rest, 1, rest->n);
    return true;
}

bool ocs_date_parse(ocs_str text, ocs_date *date)
{
    int year = 0, month = 0, day = 0;
    bool no_year = ocs_str_starts(text, OCS_STR("--"));
    if (no_year)
        text = ocs_str_sub(text, 1, text.n); /* the second hyphen stands before the month */
    else if (!take_number(&text, 4, &year) || year == 0)
        return false;
    if (take_hyphen(&text) && (!take_number(&text, 2, &month) || month == 0))
        return false;
    if (month > 0 && take_hyphen(&text) && (!take_number(&text, 2, &day) || day == 0))
        return false;
    ocs_date read = {.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day};
    if (text.n > 0 || !ocs_date_valid(read))
        return false;
    *date = read;
    return true;
}

/* Does ${to} end before ${from} starts, as far as both are stated? */
static bool backwards(ocs_date from, ocs_date to)
{
    if (from.year == 0 || to.year == 0)
        return false; /* "--12-30/--01-02" goes over a new year */
    if (from.year != to.year || from.month == 0 || to.month == 0)
        return to.year < from.year;
    if (from.month != to.month || from.day == 0 || to.day == 0)
        return to.month < from.month;
    return to.day < from.day;
}

bool ocs_when_parse(ocs_str text, ocs_when *when)
{
    size_t slash = ocs_str_find_char(text, '/', 0);
    ocs_when read;
    if (!ocs_date_parse(ocs_str_sub(text, 0, slash), &read.from))
        return false;
    read.to = read.from;
    if (slash < text.n) {
        if (!ocs_date_parse(ocs_str_sub(text, slash + 1, text.n), &read.to))
            return false;
        if (ocs_date_equal(read.from, read.to) || backwards(read.from, read.to))
            return false;
    }
    *when = read;
    return true;
}
