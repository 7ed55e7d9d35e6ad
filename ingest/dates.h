/* Dates in running text: days, months, years, ranges and relative words, in every language whose
 * months and date words the gazetteer knows.  Finding works on the words alone; what lacks a year
 * or is counted from "today" is resolved afterwards against the published date, and says so. */
#ifndef OCS_INGEST_DATES_H
#define OCS_INGEST_DATES_H

#include "corpus/corpus.h"

/* How a relative date is counted. */
typedef enum ocs_date_unit {
    OCS_UNIT_NONE,
    OCS_UNIT_DAY,
    OCS_UNIT_WEEK, /* of it the day ${which}, 1 = Monday, or 0 for all of it */
    OCS_UNIT_WEEKEND,
    OCS_UNIT_MONTH,
    OCS_UNIT_QUARTER,
    OCS_UNIT_HALF,
    OCS_UNIT_YEAR,
    OCS_UNIT_DECADE,
    OCS_UNIT_WEEKDAY,   /* of ${which}, 0 = Monday */
    OCS_UNIT_MONTH_NAME /* of ${which}, 1 = January */
} ocs_date_unit;

/* ${by} units on from the published day (negative: back).  Weekdays and named months: -1 the last
 * one before it, 1 the next one behind it, 0 the one of the present week or year. */
typedef struct ocs_date_shift {
    uint8_t unit; /* ocs_date_unit */
    uint8_t which;
    bool stretch; /* all of the time from there to the published day: "in the past three months" */
    bool bare;    /* a weekday alone: the last one up to the published day */
    int16_t by;
} ocs_date_shift;

typedef struct ocs_text_date {
    uint32_t from, to; /* tokens */
    ocs_when when;
    ocs_when other; /* the other reading of an ambiguous day and month */
    const char
        *relative; /* a relative date yet to be resolved: the key of its word ("today", "fri",
                           * "week"); else NULL */
    ocs_date_shift shift; /* of relative dates */
    bool resolved;        /* year or day come from the published date */
    uint8_t sure;         /* 0 to 100 */
    const char *rule;
} ocs_text_date;

typedef struct ocs_text_dates {
    ocs_text_date *at;
    size_t n;
} ocs_text_dates;

enum { OCS_DATE_TABLES = 1u << OCS_GAZ_MONTH | 1u << OCS_GAZ_WEEKDAY | 1u << OCS_GAZ_DATEWORD };

/* All dates of ${text}, in order, not overlapping; false when the arena is full.  A day and month
 * in numbers that could be either way round is read as the others of the text are, and day first
 * when they do not tell. */
bool ocs_dates_find(const ocs_gaz *gaz, ocs_str text, ocs_tokens tokens, ocs_arena *arena,
                    ocs_text_dates *dates);
/* The same for the mentions of a text that has been surveyed for OCS_DATE_TABLES, at least, and whose
 * language is known (ISO 639-1; empty if not): "hier" is no yesterday in German, and the place of "Friday, 13 October 2017" has the weekday in it. */
bool ocs_dates_find_mentions(const ocs_gaz_survey *survey, ocs_str lang, ocs_str text,
                             ocs_tokens tokens, ocs_arena *arena, ocs_text_dates *dates);

/* Give years and days to what lacks them: a day and month without a year is of the published year,
 * but January and February seen from November and December are of the next, and November and
 * December seen from January and February of the last; a weekday is the last one up to the
 * published day.  Of two readings of a date the one that is the published day is kept alone.
 * Without a full published date nothing changes, and relative dates are dropped. */
void ocs_dates_resolve(ocs_text_dates *dates, ocs_date published);

/* A date as markup and labels write it: ISO 8601 with or without a time, "13 February 2017",
 * "Mon, 10/05/2020 - 19:05".  The first date in ${value} that has a year; false when none.
 * ${at} (may be NULL) gets its place. */
bool ocs_date_read(const ocs_gaz *gaz, ocs_str value, ocs_arena *arena, ocs_date *date,
                   ocs_span *at);

#endif
