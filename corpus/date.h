/* Dates as pages state them: a day, a month, a year, a day and month without a year, or a range of
 * these.  Nothing is invented: what is not stated stays 0. */
#ifndef OCS_CORPUS_DATE_H
#define OCS_CORPUS_DATE_H

#include "base/base.h"

typedef enum ocs_precision {
    OCS_PRECISION_NONE,
    OCS_PRECISION_YEAR,
    OCS_PRECISION_MONTH,
    OCS_PRECISION_DAY
} ocs_precision;

/* Gregorian; year 0 = not stated, month 0 and day 0 likewise.  A day needs a month. */
typedef struct ocs_date {
    int16_t year;
    uint8_t month, day;
} ocs_date;

/* from == to for a single date. */
typedef struct ocs_when {
    ocs_date from, to;
} ocs_when;

bool ocs_date_equal(ocs_date a, ocs_date b);
/* By calendar; what is not stated sorts before what is. */
int ocs_date_cmp(ocs_date a, ocs_date b);
/* Month 1..12, day within the month (29 February passes when the year is unknown), year 1..9999. */
bool ocs_date_valid(ocs_date date);
ocs_precision ocs_date_precision(ocs_date date);
const char *ocs_precision_name(ocs_precision precision); /* "none", "year", "month", "day" */
int ocs_month_days(int year, int month);                  /* year 0 counts as a leap year */
/* ${days} later (negative: earlier); needs a full date. */
ocs_date ocs_date_add_days(ocs_date date, int days);
int ocs_date_weekday(ocs_date date); /* 0 = Monday; needs a full date */
long ocs_date_days(ocs_date date);   /* days since 1970-01-01; needs a full date */

/* ISO 8601: "2017-02-13", "2016-04", "2017", "--12-06" and "--12" where the year is unknown;
 * ranges "2017-10-12/2017-10-13". */
enum { OCS_WHEN_TEXT = 32 };
ocs_str ocs_date_print(ocs_date date, char out[OCS_WHEN_TEXT]);
ocs_str ocs_when_print(ocs_when when, char out[OCS_WHEN_TEXT]);
/* Reads exactly what the printers write; false for anything else and for impossible dates. */
bool ocs_date_parse(ocs_str text, ocs_date *date);
bool ocs_when_parse(ocs_str text, ocs_when *when);

#endif
