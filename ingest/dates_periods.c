/* Months, years, quarters, halves and decades, alone and as ranges. */
#include "ingest/dates_scan.h"

enum { LISTED_MOST = 6, OLD_LOW = 1600, OLD_HIGH = 1899, DECADE_LOW = 1800 };

/* A word of time before a month that has no year, for "May" and "Mars" are names, too. */
static bool speaks_of_time(const ocs_date_scan *s, size_t i)
{
    if (i == 0)
        return false;
    if (ocs_dates_hyphen(s, i) && ocs_dates_word(s, i - 1, "in", NULL))
        return true; /* "mid-November" */
    return ocs_dates_gap(s, i, OCS_GAP_SPACE) &&
           (ocs_dates_word(s, i - 1, "in", NULL) || ocs_dates_between_before(s, i));
}

/* The year of the month at token i in "March, April and May 2016"; 0 if it is in no such list. */
static int year_of_list(const ocs_date_scan *s, size_t i)
{
    int year = 0;
    for (int listed = 0; listed < LISTED_MOST; listed++) {
        bool and = ocs_dates_and(s, i + 1);
        if (!and&&!ocs_dates_gap(s, i + 1, OCS_GAP_SPACE | OCS_GAP_COMMA))
            return 0;
        i += and? 2 : 1;
        if (!ocs_dates_month(s, i))
            return 0;
        if (ocs_dates_year_after(s, i + 1, &year))
            return and? year : 0;
    }
    return 0;
}

/* October 2016 · April-June 2016 · November 2018 to February 2019 · in April */
ocs_date_taken ocs_dates_month_year(const ocs_date_scan *s, size_t i)
{
    ocs_date_taken t = {0};
    int month = ocs_dates_month(s, i), month2 = 0, year, year2 = 0;
    if (!month)
        return t;
    size_t with_year = ocs_dates_year_after(s, i + 1, &year);
    t = (ocs_date_taken){.n = 1 + with_year,
                         .when = ocs_dates_single(ocs_dates_make(year, month, 0)),
                         .rule = "month"};
    int way = ocs_dates_joint(s, i, i + t.n);
    size_t second = way < 0 ? i : i + t.n + (size_t)way;
    if (way >= 0 && (month2 = ocs_dates_month(s, second)) > 0) {
        size_t n2 = 1 + ocs_dates_year_after(s, second + 1, &year2);
        ocs_when range;
        if (ocs_dates_range(ocs_dates_make(year, month, 0), ocs_dates_make(year2, month2, 0),
                            &range))
            t = (ocs_date_taken){.n = second + n2 - i, .when = range, .rule = "months"};
    }
    if (t.when.to.year == 0 && t.n == 1 && (year = year_of_list(s, i)) > 0)
        t.when = ocs_dates_single(ocs_dates_make(year, month, 0));
    if (t.when.to.year == 0 && (s->tokens.at[i].points < 3 || !speaks_of_time(s, i)))
        t.n = 0;
    return t;
}

/* ---- years ---- */

/* The second year of "2016/17" and "2012-15", given the first; 0 if it is none.  With a hyphen what
 * could be a month is one. */
static int short_year(const ocs_date_scan *s, size_t i, int first)
{
    char separator = ocs_dates_separator(s, i);
    int value = ocs_dates_number(s, i, false), year = first - first % 100 + value;
    if (value < 0 || s->tokens.at[i].points != 2 || year <= first ||
        !ocs_dates_ends_alone(s, i + 1))
        return 0;
    if (separator == '/')
        return year == first + 1 ? year : 0;
    return ocs_dates_joint(s, i, i) == 0 && (separator != '-' || value > 12) ? year : 0;
}

/* "2016-10": the month that ISO 8601 means. */
static int iso_month(const ocs_date_scan *s, size_t i)
{
    int value = ocs_dates_number(s, i, false);
    bool month = ocs_dates_hyphen(s, i) && value >= 1 && value <= 12;
    return month && s->tokens.at[i].points == 2 && ocs_dates_ends_alone(s, i + 1) ? value : 0;
}

/* "2016/17", "2013/2014", "2012-15", "2016-10" */
static ocs_date_taken year_and_more(const ocs_date_scan *s, size_t i, int year)
{
    int last = short_year(s, i + 1, year), month = iso_month(s, i + 1);
    bool next = ocs_dates_separator(s, i + 1) == '/' && ocs_dates_year(s, i + 1) == year + 1 &&
                ocs_dates_ends_alone(s, i + 2);
    if (next)
        last = year + 1;
    if (last)
        return (ocs_date_taken){.n = 2,
                                .when = {ocs_dates_make(year, 0, 0), ocs_dates_make(last, 0, 0)},
                                .rule = "years"};
    if (month)
        return (ocs_date_taken){.n = 2,
                                .when = ocs_dates_single(ocs_dates_make(year, month, 0)),
                                .rule = "year-month",
                                .sure = OCS_SURE_ROUGH};
    return (ocs_date_taken){0};
}

static int old_year(const ocs_date_scan *s, size_t i)
{
    int value = ocs_dates_number(s, i, false);
    bool old = value >= OLD_LOW && value <= OLD_HIGH && s->tokens.at[i].points == 4;
    return old ? value : 0;
}

/* Something shows that the number at token i is a year: "in 1878", "(1878)", "1871-1918". */
static bool shown_to_be_year(const ocs_date_scan *s, size_t i)
{
    size_t end = s->tokens.at[i].at.to;
    bool closed = end < s->text.n && s->text.p[end] == ')';
    if (closed && (s->tokens.at[i].gap & OCS_GAP_OPEN))
        return true;
    if (ocs_dates_joint(s, i, i + 1) == 0 &&
        (old_year(s, i + 1) > old_year(s, i) || ocs_dates_year(s, i + 1)))
        return true;
    if (i == 0 || !ocs_dates_gap(s, i, OCS_GAP_SPACE))
        return false;
    bool time = ocs_dates_word(s, i - 1, "in", NULL) && !ocs_dates_word(s, i - 1, "of", NULL);
    return time || ocs_dates_between_before(s, i);
}

/* A year before 1900 is a number like others. */
static int year_in_text(const ocs_date_scan *s, size_t i)
{
    int year = ocs_dates_year(s, i);
    if (year)
        return year;
    return old_year(s, i) && shown_to_be_year(s, i) ? old_year(s, i) : 0;
}

/* The second year of a range that starts with ${first}; 0 if it is none. */
static int second_year(const ocs_date_scan *s, size_t i, int first)
{
    int year = ocs_dates_year(s, i);
    if (!year)
        year = old_year(s, i);
    return year > first && ocs_dates_ends_alone(s, i + 1) && !ocs_dates_counted_after(s, i) ? year
                                                                                            : 0;
}

/* A year that nothing more exact holds: 2014 · 2013 to 2016 · 2013-2016 */
ocs_date_taken ocs_dates_year_alone(const ocs_date_scan *s, size_t i)
{
    ocs_date_taken t = {0};
    int year = year_in_text(s, i);
    if (!year || !ocs_dates_begins_alone(s, i) || ocs_dates_counted_before(s, i))
        return t;
    unsigned gap = s->tokens.at[i].gap;
    if (!((gap & (OCS_GAP_SLASH | OCS_GAP_HYPHEN)) && !(gap & OCS_GAP_SPACE) && i > 0))
        t = year_and_more(s, i, year);
    if (t.n > 0 || ocs_dates_glued(s, i))
        return t;
    int way = ocs_dates_joint(s, i, i + 1);
    size_t last = way < 0 ? i : i + 1 + (size_t)way;
    int until = way < 0 ? 0 : second_year(s, last, year);
    if (until)
        return (ocs_date_taken){.n = last + 1 - i,
                                .when = {ocs_dates_make(year, 0, 0), ocs_dates_make(until, 0, 0)},
                                .rule = "years"};
    if (ocs_dates_ends_alone(s, i + 1) && !ocs_dates_counted_after(s, i))
        t = (ocs_date_taken){
            .n = 1, .when = ocs_dates_single(ocs_dates_make(year, 0, 0)), .rule = "year"};
    return t;
}

/* "1990s" · "1990-х" */
ocs_date_taken ocs_dates_decade(const ocs_date_scan *s, size_t i)
{
    static const char *const endings[] = {"х", "е", "ті", "их", "те", "ih", "er", "ern"};
    ocs_date_taken t = {0};
    const ocs_token *word = ocs_dates_token(s, i), *next = ocs_dates_token(s, i + 1);
    if (!(word->flags & OCS_TOKEN_DIGIT) || word->fold.n < 4 || word->fold.p[3] != '0')
        return t;
    int year = 0;
    for (size_t k = 0; k < 4 && ocs_ascii_digit(word->fold.p[k]); k++)
        year = year * 10 + (word->fold.p[k] - '0');
    ocs_str rest = ocs_str_sub(word->fold, 4, word->fold.n);
    bool known = ocs_str_eq(rest, OCS_STR("s")) || ocs_str_eq(rest, OCS_STR("er")) ||
                 (rest.n == 0 && (word->flags & OCS_TOKEN_POSSESSIVE));
    size_t n = 1;
    for (size_t k = 0; !known && rest.n == 0 && next && k < sizeof endings / sizeof *endings; k++)
        if (ocs_dates_hyphen(s, i + 1) && ocs_str_eq(next->fold, ocs_str_of(endings[k]))) {
            known = true;
            n = 2;
        }
    if (!known || year < DECADE_LOW || year > 2090 || ocs_dates_counted_before(s, i))
        return t;
    return (ocs_date_taken){.n = n,
                            .when = {ocs_dates_make(year, 0, 0), ocs_dates_make(year + 9, 0, 0)},
                            .rule = "decade"};
}

/* ---- quarters and halves ---- */

/* Part ${which} of ${parts} of a year; of no year when that is 0. */
static ocs_when part_of_year(int year, int which, int parts)
{
    int months = 12 / parts;
    return (ocs_when){ocs_dates_make(year, (which - 1) * months + 1, 0),
                      ocs_dates_make(year, which * months, 0)};
}

/* "Q1", "H2": the letter and the figure are one word. */
static int part_in_short(const ocs_date_scan *s, size_t i, int *parts)
{
    const ocs_token *t = &s->tokens.at[i];
    if (t->fold.n != 2 || !(t->flags & OCS_TOKEN_UPPER))
        return 0;
    *parts = t->fold.p[0] == 'q' ? 4 : t->fold.p[0] == 'h' ? 2 : 0;
    int which = t->fold.p[1] - '0';
    return *parts && which >= 1 && which <= *parts ? which : 0;
}

/* "first quarter", "second half"; tokens taken. */
static size_t part_in_words(const ocs_date_scan *s, size_t i, int *which, int *parts)
{
    size_t n, n2;
    const ocs_gaz_thing *ordinal = ocs_dates_word(s, i, "ordinal", &n);
    if (!ordinal || !ocs_dates_gap(s, i + n, OCS_GAP_SPACE))
        return 0;
    const ocs_gaz_thing *unit = ocs_dates_word(s, i + n, "unit", &n2);
    if (!unit)
        return 0;
    *which = ocs_dates_key(s, ordinal)[0] - '0';
    *parts = strcmp(ocs_dates_key(s, unit), "quarter") == 0 ? 4
             : strcmp(ocs_dates_key(s, unit), "half") == 0  ? 2
                                                            : 0;
    return *which >= 1 && *which <= *parts ? n + n2 : 0;
}

/* Q1 2016 · the second half of 2017 · в первом квартале 2016 года */
ocs_date_taken ocs_dates_quarter(const ocs_date_scan *s, size_t i)
{
    int which = 0, parts = 0, year = 0;
    size_t n = part_in_words(s, i, &which, &parts);
    if (n == 0 && (which = part_in_short(s, i, &parts)) > 0)
        n = 1;
    if (n == 0)
        return (ocs_date_taken){0};
    size_t more = ocs_dates_year_after(s, i + n, &year);
    if (more == 0)
        return (ocs_date_taken){0};
    return (ocs_date_taken){.n = n + more,
                            .when = part_of_year(year, which, parts),
                            .rule = parts == 4 ? "quarter" : "half"};
}

/* 2016 Q1 · 2017-H2 */
ocs_date_taken ocs_dates_year_quarter(const ocs_date_scan *s, size_t i)
{
    int year = ocs_dates_year(s, i), parts = 0;
    bool close = year && (ocs_dates_hyphen(s, i + 1) || ocs_dates_gap(s, i + 1, OCS_GAP_SPACE));
    int which = close ? part_in_short(s, i + 1, &parts) : 0;
    if (!which)
        return (ocs_date_taken){0};
    return (ocs_date_taken){
        .n = 2, .when = part_of_year(year, which, parts), .rule = parts == 4 ? "quarter" : "half"};
}
