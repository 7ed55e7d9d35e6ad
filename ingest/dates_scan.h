/* What the recognisers of dates share: the text under way, questions about single words, and the
 * shape of an answer.  Which words make dates is in the tables months, weekdays and datewords; a
 * wording asks for a word by its class there ("joint", "unit", "turn") and never spells it. */
#ifndef OCS_INGEST_DATES_SCAN_H
#define OCS_INGEST_DATES_SCAN_H

#include "ingest/dates.h"

typedef struct ocs_date_scan {
    const ocs_gaz *gaz;
    ocs_str text;
    ocs_str lang; /* of the text, empty if unknown */
    ocs_tokens tokens;
    const ocs_gaz_survey *survey; /* of the tokens, for OCS_DATE_TABLES at least */
    ocs_arena *arena;
    bool mentions; /* a weekday belongs to the date behind it */
    OCS_VEC(ocs_text_date) found;
} ocs_date_scan;

static inline const char *ocs_dates_key(const ocs_date_scan *s, const ocs_gaz_thing *thing)
{
    return ocs_gaz_cstr(s->gaz, thing->key);
}

/* What a wording takes from the text. */
typedef struct ocs_date_taken {
    size_t n;    /* tokens; 0: does not fit */
    size_t skip; /* of them, tokens before the date itself */
    ocs_when when, other;
    const char *relative; /* as in ocs_text_date */
    ocs_date_shift shift;
    const char *rule;
    uint8_t sure;
    size_t first_to, second_from; /* two dates in one wording: end of the first, start and value of
                                   * the second; else 0 */
    ocs_when second;
} ocs_date_taken;

/* A wording: does it start at token ${i}? */
typedef ocs_date_taken ocs_date_wording(const ocs_date_scan *s, size_t i);

enum { OCS_SURE_DATE = 97, OCS_SURE_ROUGH = 75, OCS_SURE_EITHER = 70 };

/* ---- words (dates_words.c) ---- */

static inline const ocs_token *ocs_dates_token(const ocs_date_scan *s, size_t i)
{
    return i < s->tokens.n ? &s->tokens.at[i] : NULL;
}
/* The text between token i - 1 and token i. */
ocs_str ocs_dates_between(const ocs_date_scan *s, size_t i);
/* Only what ${allowed} names, and little of it, stands before token i, which exists. */
bool ocs_dates_gap(const ocs_date_scan *s, size_t i, unsigned allowed);
bool ocs_dates_hyphen(const ocs_date_scan *s, size_t i); /* one, and no space */
/* Can a wording start at token ${i}?  Most words start none, and one look tells. */
bool ocs_dates_can_start(const ocs_date_scan *s, size_t i);
/* The date word of ${class_} at token ${i}, NULL if none; ${n} (may be NULL) gets its tokens. */
const ocs_gaz_thing *ocs_dates_word(const ocs_date_scan *s, size_t i, const char *class_,
                                    size_t *n);
/* The same without words of a Latin language that is not the text's: "an" is a year in Romanian
 * only.  English words always count. */
const ocs_gaz_phrase *ocs_dates_own_word(const ocs_date_scan *s, size_t i, const char *class_,
                                         size_t *n);
/* The weekday ("mon") or relative day ("today") at token ${i}, NULL if none; a short form ("Mon")
 * only when asked. */
const ocs_gaz_thing *ocs_dates_day_name(const ocs_date_scan *s, size_t i, bool short_too,
                                        size_t *n);
int ocs_weekday_of(const char *key); /* "mon" is 0; -1 for what is no weekday */

/* Value of a number of up to four digits, -1 else; an ordinal counts when asked. */
int ocs_dates_number(const ocs_date_scan *s, size_t i, bool ordinal);
int ocs_dates_day(const ocs_date_scan *s, size_t i);   /* 0 if none */
int ocs_dates_year(const ocs_date_scan *s, size_t i);  /* of four digits, from 1900; 0 if none */
int ocs_dates_month(const ocs_date_scan *s, size_t i); /* 0 if none */
/* A number in digits or in a word, at most 99, at token ${i}; 0 if none. */
int ocs_dates_count(const ocs_date_scan *s, size_t i, size_t *n);

/* ---- parts of dates (dates_parts.c); they return the tokens taken, 0 if none ---- */

ocs_date ocs_dates_make(int year, int month, int day);
ocs_when ocs_dates_single(ocs_date date);
size_t ocs_dates_of(const ocs_date_scan *s, size_t i);
/* A year behind a month or day: ", 2017", " 2017", ". 2017", " of 2017". */
size_t ocs_dates_year_after(const ocs_date_scan *s, size_t i, int *year);
size_t ocs_dates_day_month(const ocs_date_scan *s, size_t i, int *day, int *month);
size_t ocs_dates_month_day(const ocs_date_scan *s, size_t i, int *month, int *day);
bool ocs_dates_and(const ocs_date_scan *s, size_t i); /* "and" at token i, between two things */
bool ocs_dates_between_before(const ocs_date_scan *s, size_t i);
/* Tokens that a joint of a range takes before token ${i}, the range having started at ${from}: 0 a
 * dash, 1 or more words ("to", "deri më", "until the end of"), -1 none. */
int ocs_dates_joint(const ocs_date_scan *s, size_t from, size_t i);
/* From ${first} to ${second}, of which either may lack its year; false when that is no range.  Two
 * days more than ten years apart are someone's birth and death: two dates. */
bool ocs_dates_range(ocs_date first, ocs_date second, ocs_when *range);

/* ---- what is no date (dates_not.c) ---- */

/* The separator of a numeric date before token i: one of "/.-" without spaces, or ". "; 0: none. */
char ocs_dates_separator(const ocs_date_scan *s, size_t i);
/* A numeric date's first and last part must not go on: "PC.DEL/10/09/2018", "1.2.2018.7". */
bool ocs_dates_begins_alone(const ocs_date_scan *s, size_t i);
bool ocs_dates_ends_alone(const ocs_date_scan *s, size_t end);
/* The number at token i counts something or is the number of something. */
bool ocs_dates_counted_before(const ocs_date_scan *s, size_t i);
bool ocs_dates_counted_after(const ocs_date_scan *s, size_t i);
/* "5-2016", "2016,5", "2016:5": part of a longer number. */
bool ocs_dates_glued(const ocs_date_scan *s, size_t i);

/* ---- wordings ---- */

/* dates_numeric.c: 2016-10-25 · 25.10.2016 · 10/09/2018 · 10.09.18 · 10-14.10.2016 */
ocs_date_wording ocs_dates_numeric, ocs_dates_numeric_short, ocs_dates_numeric_days,
    ocs_dates_year_named_month;
/* dates_days.c */
ocs_date_wording ocs_dates_days_month, ocs_dates_listed_day, ocs_dates_day_month_year,
    ocs_dates_month_days, ocs_dates_month_day_year;
/* dates_periods.c */
ocs_date_wording ocs_dates_month_year, ocs_dates_year_alone, ocs_dates_decade, ocs_dates_quarter,
    ocs_dates_year_quarter;
/* dates_relative.c: "yesterday", "last week", "three days ago" */
ocs_date_wording ocs_dates_relative;

#endif
