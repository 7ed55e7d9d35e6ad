/* Dates against the published date: the year of days without one, and the days that relative words
 * mean. */
#include "ingest/dates_scan.h"

enum { STRETCH_YEARS = 10, SURE_YEAR_LENT = 80 };

static int year_near(ocs_date date, ocs_date published)
{
    if (date.month <= 2 && published.month >= 11)
        return published.year + 1;
    if (date.month >= 11 && published.month <= 2)
        return published.year - 1;
    return published.year;
}

/* Both ends of a range without a year are of one year, or they would not follow each other. */
static int year_of(ocs_when when, ocs_date published)
{
    int year = year_near(when.from, published);
    return year != published.year ? year : year_near(when.to, published);
}

/* ---- counting ---- */

/* ${by} months on; the day is the last of its month when that is shorter. */
static ocs_date add_months(ocs_date date, int by)
{
    int months = date.year * 12 + date.month - 1 + by;
    if (months < 12)
        return (ocs_date){0};
    int year = months / 12, month = months % 12 + 1, last = ocs_month_days(year, month);
    return ocs_dates_make(year, month, date.day > last ? last : date.day);
}

static ocs_when days_from(ocs_date first, int days)
{
    return (ocs_when){first, ocs_date_add_days(first, days - 1)};
}

static ocs_when week_of(ocs_date day)
{
    return days_from(ocs_date_add_days(day, -ocs_date_weekday(day)), 7);
}

static ocs_when month_of(ocs_date date)
{
    return ocs_dates_single(ocs_dates_make(date.year, date.month, 0));
}

/* The part of ${months} months of a year in which ${date} lies, ${by} such parts on. */
static ocs_when part_of_year(ocs_date date, int months, int by)
{
    ocs_date first = ocs_dates_make(date.year, (date.month - 1) / months * months + 1, 0);
    first = add_months(first, by * months);
    return (ocs_when){first, add_months(first, months - 1)};
}

static ocs_when year_and(int year, int more)
{
    return (ocs_when){ocs_dates_make(year, 0, 0), ocs_dates_make(year + more, 0, 0)};
}

static ocs_date weekday(const ocs_date_shift *shift, ocs_date published)
{
    int ahead = (shift->which - ocs_date_weekday(published) + 7) % 7; /* 0 to 6 */
    if (shift->bare)
        return ocs_date_add_days(published, ahead ? ahead - 7 : 0);
    if (shift->by < 0)
        return ocs_date_add_days(published, ahead - 7);
    if (shift->by > 0)
        return ocs_date_add_days(published, ahead ? ahead : 7);
    return ocs_date_add_days(published, shift->which - ocs_date_weekday(published));
}

static ocs_when named_month(const ocs_date_shift *shift, ocs_date published)
{
    int year = published.year;
    if (shift->by < 0 && shift->which >= published.month)
        year--;
    if (shift->by > 0 && shift->which <= published.month)
        year++;
    return ocs_dates_single(ocs_dates_make(year, shift->which, 0));
}

/* The day ${by} units from the published one. */
static ocs_date moved(ocs_date_unit unit, ocs_date published, int by)
{
    switch (unit) {
    case OCS_UNIT_DAY:
        return ocs_date_add_days(published, by);
    case OCS_UNIT_WEEK:
    case OCS_UNIT_WEEKEND:
        return ocs_date_add_days(published, 7 * by);
    case OCS_UNIT_MONTH:
        return add_months(published, by);
    case OCS_UNIT_QUARTER:
        return add_months(published, 3 * by);
    case OCS_UNIT_HALF:
        return add_months(published, 6 * by);
    case OCS_UNIT_YEAR:
        return add_months(published, 12 * by);
    case OCS_UNIT_DECADE:
        return add_months(published, 120 * by);
    default:
        return (ocs_date){0};
    }
}

/* The calendar's unit around a day. */
static ocs_when around(ocs_date_unit unit, ocs_date day)
{
    switch (unit) {
    case OCS_UNIT_WEEK:
        return week_of(day);
    case OCS_UNIT_WEEKEND:
        return days_from(ocs_date_add_days(day, 5 - ocs_date_weekday(day)), 2);
    case OCS_UNIT_MONTH:
        return month_of(day);
    case OCS_UNIT_QUARTER:
        return part_of_year(day, 3, 0);
    case OCS_UNIT_HALF:
        return part_of_year(day, 6, 0);
    case OCS_UNIT_YEAR:
        return year_and(day.year, 0);
    case OCS_UNIT_DECADE:
        return year_and(day.year - day.year % 10, 9);
    default:
        return ocs_dates_single(day);
    }
}

/* "In the past 40 years" is no date: a search for one of them does not want the text. */
static bool too_long(ocs_date_unit unit, int by)
{
    int units = by < 0 ? -by : by;
    return (unit == OCS_UNIT_YEAR && units > STRETCH_YEARS) ||
           (unit == OCS_UNIT_DECADE && units * 10 > STRETCH_YEARS);
}

static ocs_when relative_when(const ocs_date_shift *shift, ocs_date published)
{
    ocs_date_unit unit = (ocs_date_unit)shift->unit;
    if (unit == OCS_UNIT_WEEKDAY)
        return ocs_dates_single(weekday(shift, published));
    if (unit == OCS_UNIT_MONTH_NAME)
        return named_month(shift, published);
    ocs_date day = moved(unit, published, shift->by);
    if (day.year == 0)
        return (ocs_when){0};
    if (unit == OCS_UNIT_WEEK && shift->which > 0)
        return ocs_dates_single(ocs_date_add_days(day, shift->which - 1 - ocs_date_weekday(day)));
    if (!shift->stretch)
        return around(unit, day);
    if (too_long(unit, shift->by))
        return (ocs_when){0};
    return shift->by < 0 ? (ocs_when){day, published} : (ocs_when){published, day};
}

/* ---- one and all ---- */

/* Of two readings, the published day is the one that is meant. */
static void settle_by_published(ocs_text_date *date, ocs_date published)
{
    bool other = ocs_date_equal(date->other.from, published);
    if (date->other.from.month == 0 || (!other && !ocs_date_equal(date->when.from, published)))
        return;
    if (other)
        date->when = date->other;
    date->other = (ocs_when){0};
    date->sure = OCS_SURE_ROUGH;
}

static void resolve_one(ocs_text_date *date, ocs_date published)
{
    ocs_when when = date->when;
    if (date->relative) {
        when = relative_when(&date->shift, published);
    } else if (when.from.year == 0 && when.from.month != 0) {
        when.from.year = when.to.year = (int16_t)year_of(when, published);
        date->sure = date->sure < SURE_YEAR_LENT ? date->sure : SURE_YEAR_LENT;
    } else {
        return;
    }
    if (!ocs_date_valid(when.from) || !ocs_date_valid(when.to))
        return; /* 29 February in a year that has none */
    date->when = when;
    date->resolved = true;
}

void ocs_dates_resolve(ocs_text_dates *dates, ocs_date published)
{
    bool known = ocs_date_precision(published) == OCS_PRECISION_DAY && published.year != 0;
    size_t kept = 0;
    for (size_t i = 0; i < dates->n; i++) {
        if (known) {
            settle_by_published(&dates->at[i], published);
            resolve_one(&dates->at[i], published);
        }
        if (dates->at[i].relative && !dates->at[i].resolved)
            continue;
        dates->at[kept++] = dates->at[i];
    }
    dates->n = kept;
}
