/* Parts of dates, of which the wordings are made: day and month in either order, the year behind
 * them, and what joins the two ends of a range. */
#include "ingest/dates_scan.h"

enum { YEAR_OLDEST = 1500, YEAR_HIGH = 2099, FILLERS_MOST = 3, LIFE = 10 };

ocs_date ocs_dates_make(int year, int month, int day)
{
    return (ocs_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

ocs_when ocs_dates_single(ocs_date date)
{
    return (ocs_when){date, date};
}

/* ---- day, month, year ---- */

/* "of" and its like between day, month and year: "of", "de", "of the year", "të vitit". */
size_t ocs_dates_of(const ocs_date_scan *s, size_t i)
{
    if (!ocs_dates_gap(s, i, OCS_GAP_SPACE) || !ocs_dates_word(s, i, "of", NULL))
        return 0;
    bool year = ocs_dates_gap(s, i + 1, OCS_GAP_SPACE) &&
                ocs_dates_word(s, i + 1, "yearword", NULL) && ocs_dates_year(s, i + 2);
    return year ? 2 : 1;
}

/* Behind a month a year may be older than one that stands alone, but it is no time of day. */
static int year_of_month(const ocs_date_scan *s, size_t i)
{
    int year = ocs_dates_year(s, i), value = ocs_dates_number(s, i, false);
    if (year)
        return year;
    bool old = value >= YEAR_OLDEST && value <= YEAR_HIGH && s->tokens.at[i].points == 4;
    return old && !ocs_dates_word(s, i + 1, "counted", NULL) ? value : 0;
}

/* "between May and June in 1981" */
static bool in(const ocs_date_scan *s, size_t i)
{
    return ocs_dates_gap(s, i, OCS_GAP_SPACE) && ocs_str_eq(s->tokens.at[i].fold, OCS_STR("in")) &&
           ocs_dates_year(s, i + 1);
}

size_t ocs_dates_year_after(const ocs_date_scan *s, size_t i, int *year)
{
    size_t of = ocs_dates_of(s, i);
    *year = 0;
    if (of == 0 && in(s, i))
        of = 1;
    if (!ocs_dates_gap(s, i + of, OCS_GAP_SPACE | OCS_GAP_COMMA | OCS_GAP_STOP))
        return 0;
    *year = year_of_month(s, i + of);
    return *year ? of + 1 : 0;
}

static bool slash(const ocs_date_scan *s, size_t i)
{
    return ocs_dates_gap(s, i, OCS_GAP_SLASH) && ocs_dates_between(s, i).n == 1;
}

/* The "-го" of "5-го мая". */
static size_t ending(const ocs_date_scan *s, size_t i)
{
    return ocs_dates_hyphen(s, i) && ocs_dates_word(s, i, "ending", NULL) ? 1 : 0;
}

/* "12:30 December": the end of a time of day is no day. */
static bool minutes(const ocs_date_scan *s, size_t i)
{
    return i > 0 && (s->tokens.at[i - 1].flags & OCS_TOKEN_DIGIT) &&
           ocs_str_eq(ocs_dates_between(s, i), OCS_STR(":"));
}

/* "25 October", "25th of October", "25-October", "25/Oct". */
size_t ocs_dates_day_month(const ocs_date_scan *s, size_t i, int *day, int *month)
{
    *day = ocs_dates_day(s, i);
    if (!*day || minutes(s, i))
        return 0;
    size_t end = i + 1 + ending(s, i + 1);
    end += ocs_dates_of(s, end);
    if (!ocs_dates_gap(s, end, OCS_GAP_SPACE | OCS_GAP_STOP) && !ocs_dates_hyphen(s, end) &&
        !slash(s, end))
        return 0;
    *month = ocs_dates_month(s, end);
    return *month ? end + 1 - i : 0;
}

/* "October 25", "October the 25th", "October, 1st". */
size_t ocs_dates_month_day(const ocs_date_scan *s, size_t i, int *month, int *day)
{
    *day = 0;
    *month = ocs_dates_month(s, i);
    if (!*month)
        return 0;
    bool ordinal = ocs_dates_number(s, i + 1, false) < 0;
    unsigned gap = OCS_GAP_SPACE | OCS_GAP_STOP | (ordinal ? OCS_GAP_COMMA : 0u);
    if (ocs_dates_gap(s, i + 1, gap))
        *day = ocs_dates_day(s, i + 1);
    return *day ? 2 : 0;
}

/* ---- ranges ---- */

/* Only a dash (any; spaces around it and the full stop of an ordinal before it) before token i. */
static bool dash(const ocs_date_scan *s, size_t i)
{
    if (!ocs_dates_token(s, i) || i == 0 || (s->tokens.at[i].gap & OCS_GAP_LINE))
        return false;
    ocs_str between = ocs_dates_between(s, i);
    if (ocs_str_starts(between, OCS_STR(".")))
        between = ocs_str_sub(between, 1, between.n);
    between = ocs_str_trim(between);
    return ocs_str_eq(between, OCS_STR("-")) || ocs_str_eq(between, OCS_STR("–")) ||
           ocs_str_eq(between, OCS_STR("—")) || ocs_str_eq(between, OCS_STR("‑")) ||
           ocs_str_eq(between, OCS_STR("~"));
}

static bool joins(const ocs_date_scan *s, size_t i, const char *class_)
{
    return ocs_dates_gap(s, i, OCS_GAP_SPACE | OCS_GAP_STOP) &&
           ocs_dates_gap(s, i + 1, OCS_GAP_SPACE) && ocs_dates_word(s, i, class_, NULL);
}

bool ocs_dates_and(const ocs_date_scan *s, size_t i)
{
    return joins(s, i, "and");
}

/* "between" before token i makes a range of what "and" joins. */
bool ocs_dates_between_before(const ocs_date_scan *s, size_t i)
{
    return i > 0 && ocs_dates_gap(s, i, OCS_GAP_SPACE) && ocs_dates_word(s, i - 1, "between", NULL);
}

int ocs_dates_joint(const ocs_date_scan *s, size_t from, size_t i)
{
    if (dash(s, i))
        return 0;
    if (!joins(s, i, "joint") && !(ocs_dates_between_before(s, from) && ocs_dates_and(s, i)))
        return -1;
    int n = 1;
    while (n <= FILLERS_MOST && joins(s, i + (size_t)n, "filler"))
        n++;
    return n;
}

bool ocs_dates_range(ocs_date first, ocs_date second, ocs_when *range)
{
    if (!first.year && second.year)
        first.year = (int16_t)(first.month > second.month ? second.year - 1 : second.year);
    *range = (ocs_when){first, second};
    bool life = first.day && first.year && second.year - first.year > LIFE;
    return !life && !(first.year && !second.year) && ocs_date_cmp(first, second) < 0;
}
