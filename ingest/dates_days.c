/* Days with the month in a word, alone, listed and as ranges. */
#include "ingest/dates_scan.h"

enum { LISTED_MOST = 8 };

/* Two days that "and" joins are a range when one follows the other, else two dates. */
static void split_days(ocs_date_taken *t, size_t first_to, size_t second_from)
{
    if (t->when.to.day <= t->when.from.day + 1)
        return;
    t->first_to = first_to;
    t->second_from = second_from;
    t->second = ocs_dates_single(t->when.to);
    t->when.to = t->when.from;
}

/* The weekday of the second end of a range: "Monday 5 to Friday 9 October". */
static size_t weekday(const ocs_date_scan *s, size_t i)
{
    size_t n;
    const ocs_gaz_thing *day = ocs_dates_day_name(s, i, true, &n);
    bool close = day && ocs_dates_gap(s, i + n, OCS_GAP_SPACE | OCS_GAP_COMMA | OCS_GAP_STOP);
    return close && ocs_weekday_of(ocs_dates_key(s, day)) >= 0 ? n : 0;
}

/* Where the second end of a range that started at ${from} starts, its joint being at ${i}; 0 when
 * there is none. */
static size_t second_end(const ocs_date_scan *s, size_t from, size_t i)
{
    int way = ocs_dates_joint(s, from, i);
    if (way < 0)
        return 0;
    size_t second = i + (size_t)way;
    return second + weekday(s, second);
}

static bool ampersand(const ocs_date_scan *s, size_t i)
{
    return ocs_dates_token(s, i) && ocs_str_eq(ocs_str_trim(ocs_dates_between(s, i)), OCS_STR("&"));
}

/* "3/4 May", "3./4. Mai" */
static bool slash(const ocs_date_scan *s, size_t i)
{
    return ocs_dates_gap(s, i, OCS_GAP_SLASH | OCS_GAP_STOP) &&
           (s->tokens.at[i].gap & OCS_GAP_SLASH);
}

/* 12-13 October 2017 · 10 to 14 October · 5 and 6 May 2016 */
ocs_date_taken ocs_dates_days_month(const ocs_date_scan *s, size_t i)
{
    ocs_date_taken t = {0};
    int first = ocs_dates_day(s, i), day, month, year;
    if (!first)
        return t;
    size_t second = second_end(s, i, i + 1);
    bool with_word = second == 0 && ocs_dates_and(s, i + 1);
    bool with_and = with_word || (second == 0 && ampersand(s, i + 1));
    if (second == 0 && !with_and && !slash(s, i + 1))
        return t;
    if (second == 0)
        second = with_word ? i + 2 : i + 1;
    size_t n = ocs_dates_day_month(s, second, &day, &month);
    if (n == 0 || day <= first)
        return t;
    t.n = second + n - i;
    t.n += ocs_dates_year_after(s, i + t.n, &year);
    t.when = (ocs_when){ocs_dates_make(year, month, first), ocs_dates_make(year, month, day)};
    t.rule = "days of a month";
    if (with_and)
        split_days(&t, i + 1, second);
    return t;
}

/* The "3" of "3, 5 and 7 May 2016": month and year are those of the list's end. */
ocs_date_taken ocs_dates_listed_day(const ocs_date_scan *s, size_t i)
{
    int first = ocs_dates_day(s, i), last = first, day, month, year;
    size_t at = i;
    for (int listed = 0; first && listed < LISTED_MOST; listed++) {
        bool comma = ocs_dates_gap(s, at + 1, OCS_GAP_SPACE | OCS_GAP_COMMA | OCS_GAP_STOP) &&
                     (s->tokens.at[at + 1].gap & OCS_GAP_COMMA);
        if (!comma && !ocs_dates_and(s, at + 1))
            break;
        at += comma ? 1 : 2;
        if (ocs_dates_day(s, at) <= last)
            break;
        last = ocs_dates_day(s, at);
        size_t n = ocs_dates_day_month(s, at, &day, &month);
        if (n == 0)
            continue;
        if (comma)
            break; /* "room 3, 5 May" */
        ocs_dates_year_after(s, at + n, &year);
        return (ocs_date_taken){.n = 1,
                                .when = ocs_dates_single(ocs_dates_make(year, month, first)),
                                .rule = "listed day"};
    }
    return (ocs_date_taken){0};
}

/* The range from the day taken to another one that ends before token ${end}, or that day alone. */
static ocs_date_taken up_to(const ocs_date_scan *s, size_t i, ocs_date_taken t, size_t end,
                            int month, int day, const char *rule)
{
    int year;
    ocs_when range;
    end += ocs_dates_year_after(s, end, &year);
    if (!ocs_dates_range(t.when.from, ocs_dates_make(year, month, day), &range))
        return t;
    return (ocs_date_taken){.n = end - i, .when = range, .rule = rule};
}

/* 25 October 2016 · 28 September - 2 October 2015 · 30 December 2015 to 4 January 2016 */
ocs_date_taken ocs_dates_day_month_year(const ocs_date_scan *s, size_t i)
{
    ocs_date_taken t = {0};
    int day, month, year, day2, month2;
    size_t n = ocs_dates_day_month(s, i, &day, &month);
    if (n == 0)
        return t;
    size_t with_year = ocs_dates_year_after(s, i + n, &year);
    bool tied = ocs_dates_gap(s, i + n, OCS_GAP_HYPHEN | OCS_GAP_SLASH) && n == 2 &&
                s->tokens.at[i + n].gap == s->tokens.at[i + 1].gap;
    if (!with_year && tied) { /* 6-October-2017 */
        year = ocs_dates_year(s, i + n);
        with_year = year > 0;
    }
    t = (ocs_date_taken){.n = n + with_year,
                         .when = ocs_dates_single(ocs_dates_make(year, month, day)),
                         .rule = "day month"};
    size_t second = second_end(s, i, i + t.n);
    size_t n2 = second ? ocs_dates_day_month(s, second, &day2, &month2) : 0;
    if (n2 == 0)
        return t;
    return up_to(s, i, t, second + n2, month2, day2, "day month - day month");
}

/* May 5-7, 2016 · May 5 and 7, 2016 */
ocs_date_taken ocs_dates_month_days(const ocs_date_scan *s, size_t i)
{
    ocs_date_taken t = {0};
    int month, day, last, year;
    if (ocs_dates_month_day(s, i, &month, &day) == 0)
        return t;
    size_t second = second_end(s, i, i + 2);
    bool with_and = second == 0 && ocs_dates_and(s, i + 2);
    if (second == 0 && !with_and)
        return t;
    if (with_and)
        second = i + 3;
    last = ocs_dates_day(s, second);
    if (last <= day || (ocs_dates_gap(s, second + 1, OCS_GAP_SPACE | OCS_GAP_STOP) &&
                        ocs_dates_month(s, second + 1)))
        return t; /* "May 5 - 7 June": the second day belongs to the right */
    t.n = second + 1 - i;
    t.n += ocs_dates_year_after(s, i + t.n, &year);
    t.when = (ocs_when){ocs_dates_make(year, month, day), ocs_dates_make(year, month, last)};
    t.rule = "month days";
    if (with_and)
        split_days(&t, i + 2, second);
    return t;
}

/* June 30, 2018 · October 4 · June 28 - July 2, 2019 */
ocs_date_taken ocs_dates_month_day_year(const ocs_date_scan *s, size_t i)
{
    ocs_date_taken t = {0};
    int month, day, year, month2, day2;
    if (ocs_dates_month_day(s, i, &month, &day) == 0)
        return t;
    size_t with_year = ocs_dates_year_after(s, i + 2, &year);
    bool belongs_right =
        ocs_dates_gap(s, i + 2, OCS_GAP_SPACE | OCS_GAP_STOP) && ocs_dates_month(s, i + 2);
    if (!with_year && (belongs_right || !(s->tokens.at[i].flags & OCS_TOKEN_UPPER)))
        return t; /* "October 4 November" */
    t = (ocs_date_taken){.n = 2 + with_year,
                         .when = ocs_dates_single(ocs_dates_make(year, month, day)),
                         .rule = "month day"};
    size_t second = second_end(s, i, i + t.n);
    size_t n2 = second ? ocs_dates_month_day(s, second, &month2, &day2) : 0;
    if (n2 == 0)
        return t;
    return up_to(s, i, t, second + n2, month2, day2, "month day - month day");
}
