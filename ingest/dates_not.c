/* What is no date: numbers of resolutions and telephones, counts, times, and parts of longer
 * numbers. */
#include "ingest/dates_scan.h"

enum { LISTED_MOST = 8 };

char ocs_dates_separator(const ocs_date_scan *s, size_t i)
{
    if (!ocs_dates_token(s, i) || i == 0)
        return 0;
    ocs_str between = ocs_dates_between(s, i);
    if (ocs_str_eq(between, OCS_STR(". ")))
        return '.';
    return between.n == 1 && strchr("/.-", between.p[0]) ? between.p[0] : 0;
}

bool ocs_dates_begins_alone(const ocs_date_scan *s, size_t i)
{
    char before = ocs_dates_separator(s, i);
    bool number_before =
        before && (s->tokens.at[i - 1].flags & OCS_TOKEN_DIGIT) && ocs_dates_between(s, i).n == 1;
    return !number_before && before != '/';
}

bool ocs_dates_ends_alone(const ocs_date_scan *s, size_t end)
{
    return !ocs_dates_separator(s, end) || ocs_dates_between(s, end).n != 1 ||
           !(s->tokens.at[end].flags & OCS_TOKEN_DIGIT);
}

static bool counting(const ocs_date_scan *s, size_t i)
{
    return ocs_dates_word(s, i, "counting", NULL) != NULL;
}

static bool number_at(const ocs_date_scan *s, size_t i)
{
    return s->tokens.at[i].flags & OCS_TOKEN_NUMBER;
}

/* "resolutions 2014 and 2015", "articles 1950, 1951 and 1952". */
static bool counted_in_list(const ocs_date_scan *s, size_t i)
{
    for (int listed = 0; listed < LISTED_MOST; listed++) {
        size_t back = i > 1 && ocs_dates_and(s, i - 1) ? 2 : 1;
        bool listing = back == 2 || (s->tokens.at[i].gap & OCS_GAP_COMMA);
        if (!listing || i <= back || !number_at(s, i - back))
            return false;
        i -= back;
        if (counting(s, i - 1))
            return true;
    }
    return false;
}

/* Also the last group of a telephone number, and the year of "resolution 1325 (2000)". */
bool ocs_dates_counted_before(const ocs_date_scan *s, size_t i)
{
    if (i == 0 || ocs_dates_word(s, i + 1, "yearword", NULL))
        return false;
    unsigned gap = s->tokens.at[i].gap;
    if (!(gap & (OCS_GAP_LINE | OCS_GAP_COMMA)) && counting(s, i - 1))
        return true;
    if (strchr("+$#@", s->text.p[s->tokens.at[i].at.from - 1]) || counted_in_list(s, i))
        return true;
    bool is_date = s->found.n > 0 && s->found.at[s->found.n - 1].to == i;
    return !is_date && number_at(s, i - 1) &&
           (gap == OCS_GAP_SPACE || gap == (OCS_GAP_SPACE | OCS_GAP_OPEN));
}

/* "the 2016 elections" */
static bool named_by_year(const ocs_date_scan *s, size_t i)
{
    static const char *const articles[] = {"the", "its", "their", "our", "last"};
    static const char *const events[] = {"elections", "polls"};
    const ocs_token *next = &s->tokens.at[i + 1];
    for (size_t k = 0; k < sizeof events / sizeof *events; k++)
        if (ocs_str_eq(next->fold, ocs_str_of(events[k])))
            return true;
    if (i == 0 || !ocs_dates_gap(s, i, OCS_GAP_SPACE))
        return false;
    const ocs_token *before = &s->tokens.at[i - 1];
    for (size_t k = 0; k < sizeof articles / sizeof *articles; k++)
        if (ocs_str_eq(before->fold, ocs_str_of(articles[k])))
            return true;
    return before->flags & OCS_TOKEN_POSSESSIVE;
}

/* "2016 people": an English plural in small letters makes it a count, too. */
bool ocs_dates_counted_after(const ocs_date_scan *s, size_t i)
{
    static const char *const verbs[] = {"this", "does", "says", "sees", "has", "was"};
    const ocs_token *next = ocs_dates_token(s, i + 1);
    if (!next || (next->gap & ~OCS_GAP_SPACE) || (next->flags & OCS_TOKEN_UPPER))
        return false;
    if (ocs_dates_word(s, i + 1, "counted", NULL))
        return true;
    if (!(next->flags & OCS_TOKEN_LATIN) || next->fold.n < 4 ||
        next->fold.p[next->fold.n - 1] != 's')
        return false;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
        if (ocs_str_eq(next->fold, ocs_str_of(verbs[k])))
            return false;
    return !named_by_year(s, i);
}

bool ocs_dates_glued(const ocs_date_scan *s, size_t i)
{
    unsigned gap = s->tokens.at[i].gap;
    if (i > 0 && (gap & (OCS_GAP_SLASH | OCS_GAP_HYPHEN)) && !(gap & OCS_GAP_SPACE))
        return true;
    if (i > 0 && number_at(s, i - 1) && ocs_str_eq(ocs_dates_between(s, i), OCS_STR(":")))
        return true; /* "ISO 9001:2015" */
    size_t end = s->tokens.at[i].at.to;
    ocs_str behind = ocs_str_sub(s->text, end, end + 2);
    return behind.n == 2 && strchr(",.:/", behind.p[0]) && ocs_ascii_digit(behind.p[1]);
}
