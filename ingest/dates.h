/* Dates in running text: days, months, years, ranges and relative words, in every language whose
 * months the gazetteer knows.  Finding works on the words alone; what lacks a year or speaks of
 * "today" is resolved afterwards against the published date, and says so. */
#ifndef OCS_INGEST_DATES_H
#define OCS_INGEST_DATES_H

#include "corpus/corpus.h"

typedef struct ocs_text_date {
    uint32_t from, to; /* tokens */
    ocs_when when;
    ocs_when other; /* the other reading of an ambiguous day and month */
    const char
        *relative; /* key of a relative word ("today", "fri") yet to be resolved; else NULL */
    bool resolved; /* year or day come from the published date */
    const char *rule;
} ocs_text_date;

typedef struct ocs_text_dates {
    ocs_text_date *at;
    size_t n;
} ocs_text_dates;

/* All dates of ${text}, in order, not overlapping; false when the arena is full. */
bool ocs_dates_find(const ocs_gaz *gaz, ocs_str text, ocs_tokens tokens, ocs_arena *arena,
                    ocs_text_dates *dates);

/* Give years and days to what lacks them: a day and month without a year is of the published year,
 * but January and February seen from November and December are of the next, and November and
 * December seen from January and February of the last; a weekday is the last one up to the
 * published day.  Without a full published date nothing changes, and relative dates are dropped. */
void ocs_dates_resolve(ocs_text_dates *dates, ocs_date published);

/* A date as markup and labels write it: ISO 8601 with or without a time, "13 February 2017",
 * "Mon, 10/05/2020 - 19:05".  The first date in ${value} that has a year; false when none.
 * ${at} (may be NULL) gets its place. */
bool ocs_date_read(const ocs_gaz *gaz, ocs_str value, ocs_arena *arena, ocs_date *date,
                   ocs_span *at);

#endif
