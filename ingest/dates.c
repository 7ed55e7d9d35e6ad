/* A small recogniser by hand: at each number, month or relative word the longest wording that fits
 * is taken.  Every wording is one function that gets the token to start at and returns how many
 * tokens it took.  Numbers that are no dates (times, footnotes, numbers of resolutions, phone
 * numbers) fail the checks on their neighbours. */
#include "ingest/dates.h"

enum { YEAR_LOW = 1900, YEAR_HIGH = 2099 };

typedef struct finder {
    const ocs_gaz *gaz;
    ocs_str text;
    ocs_tokens tokens;
    ocs_arena *arena;
    OCS_VEC(ocs_text_date) found;
} finder;

/* ---- single tokens ---- */

static const ocs_token *token(const finder *f, size_t i)
{
    return i < f->tokens.n ? &f->tokens.at[i] : NULL;
}

/* The text between token i - 1 and token i. */
static ocs_str between(const finder *f, size_t i)
{
    return ocs_str_sub(f->text, f->tokens.at[i - 1].at.to, f->tokens.at[i].at.from);
}

static bool word_is(const finder *f, size_t i, const char *const *words)
{
    const ocs_token *t = token(f, i);
    for (; t && *words; words++)
        if (ocs_str_eq(t->fold, ocs_str_of(*words)))
            return true;
    return false;
}

/* "5th", "1er" */
static bool ordinal_suffix(ocs_str rest)
{
    static const char *const suffixes[] = {"st", "nd", "rd", "th", "er"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (ocs_str_eq(rest, ocs_str_of(suffixes[i])))
            return true;
    return false;
}

/* Value of a number of up to four digits, -1 else; an ordinal counts when asked. */
static int number(const finder *f, size_t i, bool ordinal)
{
    const ocs_token *t = token(f, i);
    if (!t || !(t->flags & OCS_TOKEN_DIGIT))
        return -1;
    int value = 0;
    size_t digits = 0;
    while (digits < t->fold.n && ocs_ascii_digit(t->fold.p[digits]) && digits < 5)
        value = value * 10 + (t->fold.p[digits++] - '0');
    ocs_str rest = ocs_str_sub(t->fold, digits, t->fold.n);
    if (digits == 0 || digits > 4 || (rest.n > 0 && !(ordinal && ordinal_suffix(rest))))
        return -1;
    return value;
}

static int day_at(const finder *f, size_t i)
{
    int value = number(f, i, true);
    const ocs_token *t = token(f, i);
    return value >= 1 && value <= 31 && t->points <= 4 && !(t->points > 2 && value > 31) ? value
                                                                                         : 0;
}

static int year_at(const finder *f, size_t i)
{
    int value = number(f, i, false);
    return value >= YEAR_LOW && value <= YEAR_HIGH && f->tokens.at[i].points == 4 ? value : 0;
}

/* Short or common words that are months, too: "he may 5 times", "they march".  In small letters a
 * number must show what is meant: a day before or a year behind, of the English ones both. */
static bool month_by_neighbours(const finder *f, size_t i)
{
    static const char *const weak[] = {"mars", "mart", "sept", "jan", "dec", NULL};
    static const char *const weaker[] = {"may", "march", "mar", "set", "ago", "out", "sen", NULL};
    bool day = i > 0 && day_at(f, i - 1) > 0, year = year_at(f, i + 1) > 0;
    if (word_is(f, i, weaker))
        return day && year;
    return !word_is(f, i, weak) || day || year;
}

static int month_at(const finder *f, size_t i)
{
    ocs_gaz_hit hit;
    const ocs_token *t = token(f, i);
    if (!t || (t->flags & OCS_TOKEN_DIGIT) || t->points < 2 ||
        !ocs_gaz_match(f->gaz, f->text, f->tokens, i, 1u << OCS_GAZ_MONTH, &hit))
        return 0;
    if (!(t->flags & OCS_TOKEN_UPPER) && !month_by_neighbours(f, i))
        return 0;
    const ocs_gaz_phrase *p = ocs_gaz_hit_next(f->gaz, &hit, 1u << OCS_GAZ_MONTH, NULL);
    if (!p)
        return 0;
    int value = 0;
    for (const char *c = f->gaz->things[p->thing].key; *c; c++)
        value = value * 10 + (*c - '0');
    return value >= 1 && value <= 12 ? value : 0;
}

/* ---- what stands between ---- */

static bool gap_within(const finder *f, size_t i, unsigned allowed)
{
    const ocs_token *t = token(f, i);
    return t && i > 0 && (t->gap & ~allowed) == 0 && between(f, i).n <= 6;
}

/* Only a dash (any; spaces around it and the full stop of an ordinal before it) before token i. */
static bool dash_before(const finder *f, size_t i)
{
    if (!token(f, i) || i == 0)
        return false;
    ocs_str s = between(f, i);
    if (ocs_str_starts(s, OCS_STR(".")))
        s = ocs_str_sub(s, 1, s.n);
    s = ocs_str_trim(s);
    return ocs_str_eq(s, OCS_STR("-")) || ocs_str_eq(s, OCS_STR("–")) ||
           ocs_str_eq(s, OCS_STR("—"));
}

static bool hyphen_before(const finder *f, size_t i)
{
    return token(f, i) && i > 0 && ocs_str_eq(between(f, i), OCS_STR("-"));
}

static bool close_before(const finder *f, size_t i)
{
    return gap_within(f, i, OCS_GAP_SPACE | OCS_GAP_STOP);
}

static bool joins(const finder *f, size_t i, const char *const *words)
{
    return word_is(f, i, words) && gap_within(f, i, OCS_GAP_SPACE | OCS_GAP_STOP) &&
           gap_within(f, i + 1, OCS_GAP_SPACE);
}

static bool and_at(const finder *f, size_t i)
{
    static const char *const words[] = {"and", "i", "и", "і",   "й",    "та", "und",
                                        "et",  "e", "y", "dhe", "oraz", "si", NULL};
    return joins(f, i, words);
}

/* "between" before token i makes a range of what "and" joins. */
static bool between_before(const finder *f, size_t i)
{
    static const char *const words[] = {"between", "между", "між",      "izmedu",   "између",
                                        "помегу",  "midis", "ndermjet", "zwischen", "entre",
                                        "tra",     "fra",   "miedzy",   "intre",    NULL};
    return i > 0 && word_is(f, i - 1, words) && gap_within(f, i, OCS_GAP_SPACE);
}

/* Tokens that a joint of a range takes before token ${i}, the range having started at ${from}: 0 a
 * dash, 1 or more words ("to", "deri më", "until the end of"), -1 none. */
static int joint(const finder *f, size_t from, size_t i)
{
    static const char *const words[] = {"to", "until", "till",  "through", "до",   "по",
                                        "do", "bis",   "deri",  "au",      "al",   "a",
                                        "la", "hasta", "jusqu", "fino",    "pana", NULL};
    static const char *const fillers[] = {"the",   "end",   "of",    "late", "early", "mid",
                                          "me",    "ne",    "zum",   "la",   "al",    "kraja",
                                          "конца", "кінця", "краја", NULL};
    if (dash_before(f, i))
        return 0;
    if (!joins(f, i, words) && !(between_before(f, from) && and_at(f, i)))
        return -1;
    int n = 1;
    while (n < 4 && joins(f, i + (size_t)n, fillers))
        n++;
    return n;
}

/* "of" and its like between day, month and year; returns how many tokens it takes. */
static size_t of_at(const finder *f, size_t i)
{
    static const char *const words[] = {"of", "de", "del", "di", NULL};
    return word_is(f, i, words) && gap_within(f, i, OCS_GAP_SPACE) ? 1 : 0;
}

/* ---- parts ---- */

static ocs_date make_date(int year, int month, int day)
{
    return (ocs_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

static ocs_when single(ocs_date date)
{
    return (ocs_when){date, date};
}

/* A year after a month or day: ", 2017", " 2017", ". 2017", " of 2017"; tokens taken, 0 if none. */
static size_t year_after(const finder *f, size_t i, int *year)
{
    size_t of = of_at(f, i);
    *year = 0;
    if (!gap_within(f, i + of, OCS_GAP_SPACE | OCS_GAP_COMMA | OCS_GAP_STOP))
        return 0;
    *year = year_at(f, i + of);
    return *year ? of + 1 : 0;
}

/* "25 October" or "25th of October" at i, without a year; tokens taken. */
static size_t day_month(const finder *f, size_t i, int *day, int *month)
{
    *day = day_at(f, i);
    if (!*day)
        return 0;
    size_t of = of_at(f, i + 1);
    if (!close_before(f, i + 1 + of) && !hyphen_before(f, i + 1 + of))
        return 0;
    *month = month_at(f, i + 1 + of);
    return *month ? 2 + of : 0;
}

/* "October 25" at i; tokens taken. */
static size_t month_day(const finder *f, size_t i, int *month, int *day)
{
    *month = month_at(f, i);
    *day = *month && gap_within(f, i + 1, OCS_GAP_SPACE | OCS_GAP_STOP) ? day_at(f, i + 1) : 0;
    return *day ? 2 : 0;
}

/* ---- wordings ---- */

typedef struct taken {
    size_t n; /* tokens; 0: does not fit */
    ocs_when when, other;
    const char *rule;
    size_t second_from; /* two dates in one wording: the second one's tokens and value */
    ocs_when second;
} taken;

/* Two days that "and" joins are a range when one follows the other, else two dates. */
static void split_days(taken *t, size_t second_from)
{
    if (t->when.to.day <= t->when.from.day + 1)
        return;
    t->second_from = second_from;
    t->second = single(t->when.to);
    t->when.to = t->when.from;
}

/* 12-13 October 2017 · 10 to 14 October · 5 and 6 May 2016 */
static taken days_month(const finder *f, size_t i)
{
    taken t = {0};
    int first = day_at(f, i), day, month, year;
    if (!first)
        return t;
    int way = joint(f, i, i + 1);
    bool with_and = way < 0 && and_at(f, i + 1);
    if (way < 0 && !with_and && !gap_within(f, i + 1, OCS_GAP_SLASH))
        return t;
    size_t skip = way > 0 ? 1 + (size_t)way : with_and ? 2 : 1;
    size_t n = day_month(f, i + skip, &day, &month);
    if (n == 0 || day <= first)
        return t;
    t.n = skip + n;
    t.n += year_after(f, i + t.n, &year);
    t.when = (ocs_when){make_date(year, month, first), make_date(year, month, day)};
    t.rule = "days of a month";
    if (with_and)
        split_days(&t, i + skip);
    return t;
}

/* From ${first} to ${second}, of which either may lack its year; false when that is no range. */
static bool make_range(ocs_date first, ocs_date second, ocs_when *range)
{
    if (!first.year && second.year)
        first.year = (int16_t)(first.month > second.month ? second.year - 1 : second.year);
    *range = (ocs_when){first, second};
    return !(first.year && !second.year) && ocs_date_cmp(first, second) < 0;
}

/* 25 October 2016 · 28 September - 2 October 2015 · 30 December 2015 to 4 January 2016 */
static taken day_month_year(const finder *f, size_t i)
{
    taken t = {0};
    int day, month, year, day2, month2, year2;
    size_t n = day_month(f, i, &day, &month);
    if (n == 0)
        return t;
    size_t with_year = year_after(f, i + n, &year);
    if (!with_year && hyphen_before(f, i + 1) && hyphen_before(f, i + n)) { /* 6-October-2017 */
        year = year_at(f, i + n);
        with_year = year > 0;
    }
    t = (taken){
        .n = n + with_year, .when = single(make_date(year, month, day)), .rule = "day month"};
    int way = joint(f, i, i + t.n);
    size_t second = way < 0 ? i : i + t.n + (size_t)way;
    size_t n2 = way < 0 ? 0 : day_month(f, second, &day2, &month2);
    if (n2 == 0)
        return t;
    n2 += year_after(f, second + n2, &year2);
    ocs_when range;
    if (!make_range(make_date(year, month, day), make_date(year2, month2, day2), &range))
        return t;
    return (taken){.n = second + n2 - i, .when = range, .rule = "day month - day month"};
}

/* May 5-7, 2016 · May 5 and 7, 2016 */
static taken month_days(const finder *f, size_t i)
{
    taken t = {0};
    int month, day, last, year;
    if (month_day(f, i, &month, &day) == 0)
        return t;
    int way = joint(f, i, i + 2);
    bool with_and = way < 0 && and_at(f, i + 2);
    if (way < 0 && !with_and)
        return t;
    size_t second = i + 2 + (with_and ? 1 : (size_t)way);
    last = day_at(f, second);
    if (last <= day || (close_before(f, second + 1) && month_at(f, second + 1)))
        return t; /* "May 5 - 7 June": the second day belongs to the right */
    t.n = second + 1 - i;
    t.n += year_after(f, i + t.n, &year);
    t.when = (ocs_when){make_date(year, month, day), make_date(year, month, last)};
    t.rule = "month days";
    if (with_and)
        split_days(&t, second);
    return t;
}

/* June 30, 2018 · October 4 · June 28 - July 2, 2019 */
static taken month_day_year(const finder *f, size_t i)
{
    taken t = {0};
    int month, day, year, month2, day2, year2;
    if (month_day(f, i, &month, &day) == 0)
        return t;
    size_t with_year = year_after(f, i + 2, &year);
    bool belongs_right = close_before(f, i + 2) && month_at(f, i + 2);
    if (!with_year && (belongs_right || !(f->tokens.at[i].flags & OCS_TOKEN_UPPER)))
        return t; /* "October 4 November" */
    t = (taken){
        .n = 2 + with_year, .when = single(make_date(year, month, day)), .rule = "month day"};
    int way = joint(f, i, i + t.n);
    size_t second = way < 0 ? i : i + t.n + (size_t)way;
    size_t n2 = way < 0 ? 0 : month_day(f, second, &month2, &day2);
    if (n2 == 0)
        return t;
    n2 += year_after(f, second + n2, &year2);
    ocs_when range;
    if (!make_range(make_date(year, month, day), make_date(year2, month2, day2), &range))
        return t;
    return (taken){.n = second + n2 - i, .when = range, .rule = "month day - month day"};
}

/* Words before a month that has no year, for "May" and "Mars" are names, too. */
static bool speaks_of_time(const finder *f, size_t i)
{
    static const char *const words[] = {"in",    "since", "of",  "last", "until", "by",   "during",
                                        "early", "late",  "mid", "this", "next",  "from", "till",
                                        "в",     "у",     "u",   "im",   "en",    "ne",   "с",
                                        "з",     "od",    "од",  "nga",  "me",    NULL};
    return i > 0 && gap_within(f, i, OCS_GAP_SPACE) &&
           (word_is(f, i - 1, words) || between_before(f, i));
}

/* October 2016 · April-June 2016 · November 2018 to February 2019 · in April */
static taken month_year(const finder *f, size_t i)
{
    taken t = {0};
    int month = month_at(f, i), month2 = 0, year, year2 = 0;
    if (!month)
        return t;
    size_t with_year = year_after(f, i + 1, &year);
    t = (taken){.n = 1 + with_year, .when = single(make_date(year, month, 0)), .rule = "month"};
    int way = joint(f, i, i + t.n);
    size_t second = way < 0 ? i : i + t.n + (size_t)way;
    if (way >= 0 && (month2 = month_at(f, second)) > 0) {
        size_t n2 = 1 + year_after(f, second + 1, &year2);
        ocs_when range;
        if (make_range(make_date(year, month, 0), make_date(year2, month2, 0), &range))
            t = (taken){.n = second + n2 - i, .when = range, .rule = "months"};
    }
    if (t.when.to.year == 0 && (f->tokens.at[i].points < 3 || !speaks_of_time(f, i)))
        t.n = 0;
    return t;
}

/* The separator of a numeric date before token i: one of "/.-" without spaces, or ". "; 0 if none.
 */
static char separator(const finder *f, size_t i)
{
    if (!token(f, i) || i == 0)
        return 0;
    ocs_str s = between(f, i);
    if (ocs_str_eq(s, OCS_STR(". ")))
        return '.';
    return s.n == 1 && strchr("/.-", s.p[0]) ? s.p[0] : 0;
}

/* A numeric date's first and last part must not go on: "PC.DEL/10/09/2018", "1.2.2018.7". */
static bool begins_alone(const finder *f, size_t i)
{
    char before = separator(f, i);
    bool number_before =
        before && (f->tokens.at[i - 1].flags & OCS_TOKEN_DIGIT) && between(f, i).n == 1;
    return !number_before && before != '/';
}

static bool ends_alone(const finder *f, size_t end)
{
    return !separator(f, end) || between(f, end).n != 1 ||
           !(f->tokens.at[end].flags & OCS_TOKEN_DIGIT);
}

/* 2016-10-25 · 25.10.2016 · 10/09/2018, day first unless that is impossible */
static taken numeric(const finder *f, size_t i)
{
    taken t = {0};
    char s = separator(f, i + 1), s2 = separator(f, i + 2);
    int a = number(f, i, false), b = number(f, i + 1, false), c = number(f, i + 2, false);
    if (!s || s != s2 || a < 0 || b < 0)
        return t;
    if (year_at(f, i) && b >= 1 && b <= 12) { /* ISO; a time may be glued on: 25T14 */
        ocs_str last = f->tokens.at[i + 2].fold;
        if (c < 0 && last.n > 2 && last.p[2] == 't' && ocs_ascii_digit(last.p[0]) &&
            ocs_ascii_digit(last.p[1]))
            c = (last.p[0] - '0') * 10 + (last.p[1] - '0');
        if (c >= 1 && ocs_date_valid(make_date(a, b, c)))
            t = (taken){.n = 3, .when = single(make_date(a, b, c)), .rule = "year-month-day"};
        return t;
    }
    int year = year_at(f, i + 2);
    if (!year || f->tokens.at[i].points > 2 || f->tokens.at[i + 1].points > 2 ||
        !begins_alone(f, i) || !ends_alone(f, i + 3))
        return t;
    ocs_date day_first = make_date(year, b, a), month_first = make_date(year, a, b);
    bool can_day = a >= 1 && b >= 1 && b <= 12 && a <= 31 && ocs_date_valid(day_first);
    bool can_month =
        s == '/' && a >= 1 && a <= 12 && b >= 1 && b <= 31 && ocs_date_valid(month_first);
    if (!can_day && !can_month)
        return t;
    t = (taken){
        .n = 3, .when = single(can_day ? day_first : month_first), .rule = "day/month/year"};
    if (can_day && can_month && a != b)
        t.other = single(month_first);
    return t;
}

/* Words before a number that make it the number of a thing. */
static bool counting_word(const finder *f, size_t i)
{
    static const char *const words[] = {"resolution",
                                        "resolutions",
                                        "unscr",
                                        "no",
                                        "nr",
                                        "number",
                                        "decision",
                                        "decisions",
                                        "article",
                                        "articles",
                                        "law",
                                        "directive",
                                        "regulation",
                                        "page",
                                        "room",
                                        "tel",
                                        "phone",
                                        "telephone",
                                        "mobile",
                                        "fax",
                                        "order",
                                        "convention",
                                        "paragraph",
                                        "box",
                                        "item",
                                        "line",
                                        "grad",
                                        "about",
                                        "approximately",
                                        "over",
                                        "some",
                                        "nearly",
                                        "almost",
                                        "around",
                                        "резолюция",
                                        "резолюции",
                                        "rezolucija",
                                        "rezolucije",
                                        "rezoluta",
                                        NULL};
    return word_is(f, i, words);
}

/* Also "resolutions 2014 and 2015", and the last group of a telephone number. */
static bool counted_before(const finder *f, size_t i)
{
    if (i == 0)
        return false;
    if (counting_word(f, i - 1) || strchr("+$#", f->text.p[f->tokens.at[i].at.from - 1]) != NULL)
        return true;
    bool listed = and_at(f, i - 1) && i > 2 && number(f, i - 2, false) >= 0;
    if (listed && counting_word(f, i - 3))
        return true;
    bool is_date = f->found.n > 0 && f->found.at[f->found.n - 1].to == i;
    return !is_date && (f->tokens.at[i - 1].flags & OCS_TOKEN_NUMBER) &&
           f->tokens.at[i].gap == OCS_GAP_SPACE;
}

/* "the 2016 elections" */
static bool named_by_year(const finder *f, size_t i)
{
    static const char *const articles[] = {"the", "its", "their", "our", "last", NULL};
    static const char *const events[] = {"elections", "polls", NULL};
    return word_is(f, i + 1, events) ||
           (i > 0 && gap_within(f, i, OCS_GAP_SPACE) &&
            (word_is(f, i - 1, articles) || (f->tokens.at[i - 1].flags & OCS_TOKEN_POSSESSIVE)));
}

/* "2016 people": a small-letter plural makes it a count. */
static bool counted_after(const finder *f, size_t i)
{
    static const char *const function_words[] = {"was", "is", "as", "has", "this", "its", NULL};
    static const char *const units[] = {"people", "km",    "kg",       "m",   "metres", "eur",
                                        "men",    "women", "children", "hrs", "hours",  NULL};
    const ocs_token *next = token(f, i + 1);
    if (!next || (next->gap & ~OCS_GAP_SPACE) || (next->flags & OCS_TOKEN_UPPER) ||
        !(next->flags & OCS_TOKEN_LATIN))
        return false;
    if (word_is(f, i + 1, units))
        return true;
    return next->fold.n > 3 && next->fold.p[next->fold.n - 1] == 's' &&
           !word_is(f, i + 1, function_words) && !named_by_year(f, i);
}

/* "5-2016", "2016,5", "2016:5": part of a longer number. */
static bool glued_year(const finder *f, size_t i)
{
    unsigned gap = f->tokens.at[i].gap;
    if (i > 0 && (gap & (OCS_GAP_SLASH | OCS_GAP_HYPHEN)) && !(gap & OCS_GAP_SPACE))
        return true;
    size_t end = f->tokens.at[i].at.to;
    ocs_str behind = ocs_str_sub(f->text, end, end + 2);
    return behind.n == 2 && strchr(",.:/", behind.p[0]) && ocs_ascii_digit(behind.p[1]);
}

/* A year that nothing more exact holds: 2014 · 2013 to 2016 · 2013-2016 */
static taken year_alone(const finder *f, size_t i)
{
    taken t = {0};
    int year = year_at(f, i);
    if (!year || !begins_alone(f, i) || counted_before(f, i) || glued_year(f, i))
        return t;
    int way = joint(f, i, i + 1);
    size_t last = way < 0 ? i : i + 1 + (size_t)way;
    if (year_at(f, last) > year && ends_alone(f, last + 1) && !counted_after(f, last))
        return (taken){.n = last + 1 - i,
                       .when = {make_date(year, 0, 0), make_date(year_at(f, last), 0, 0)},
                       .rule = "years"};
    if (ends_alone(f, i + 1) && !counted_after(f, i))
        t = (taken){.n = 1, .when = single(make_date(year, 0, 0)), .rule = "year"};
    return t;
}

static const ocs_gaz_thing *relative_at(const finder *f, size_t i, size_t *n)
{
    ocs_gaz_hit hit;
    if (!ocs_gaz_match(f->gaz, f->text, f->tokens, i, 1u << OCS_GAZ_WEEKDAY, &hit))
        return NULL;
    const ocs_gaz_phrase *p = ocs_gaz_hit_next(f->gaz, &hit, 1u << OCS_GAZ_WEEKDAY, NULL);
    *n = hit.to - hit.from;
    return p ? &f->gaz->things[p->thing] : NULL;
}

static bool is_one_of(const char *key, const char *const *keys)
{
    for (; *keys; keys++)
        if (strcmp(key, *keys) == 0)
            return true;
    return false;
}

static const char *const relative_keys[] = {"today", "yesterday", "tomorrow", NULL};
static const char *const weekday_keys[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL};

/* ---- the walk ---- */

static bool plausible(const taken *t)
{
    bool valid = ocs_date_valid(t->when.from) && ocs_date_valid(t->when.to);
    return t->n > 0 && valid;
}

static bool add(finder *f, size_t i, const taken *t)
{
    size_t end = t->second_from ? t->second_from - 1 : i + t->n;
    ocs_text_date *date = ocs_vec_push(f->arena, &f->found);
    if (!date)
        return false;
    *date = (ocs_text_date){.from = (uint32_t)i,
                            .to = (uint32_t)end,
                            .when = t->when,
                            .other = t->other,
                            .rule = t->rule};
    if (!t->second_from)
        return true;
    ocs_text_date *second = ocs_vec_push(f->arena, &f->found);
    if (!second)
        return false;
    *second = (ocs_text_date){.from = (uint32_t)t->second_from,
                              .to = (uint32_t)(i + t->n),
                              .when = t->second,
                              .rule = t->rule};
    return true;
}

static bool add_relative(finder *f, size_t i, size_t *n)
{
    const ocs_gaz_thing *thing = relative_at(f, i, n);
    if (!thing || (!is_one_of(thing->key, relative_keys) && !is_one_of(thing->key, weekday_keys))) {
        *n = 1;
        return true;
    }
    ocs_text_date *date = ocs_vec_push(f->arena, &f->found);
    if (!date)
        return false;
    *date = (ocs_text_date){
        .from = (uint32_t)i, .to = (uint32_t)(i + *n), .relative = thing->key, .rule = "relative"};
    return true;
}

static taken take(const finder *f, size_t i)
{
    static taken (*const wordings[])(const finder *, size_t) = {
        numeric, days_month, day_month_year, month_days, month_day_year, month_year, year_alone};
    for (size_t w = 0; w < sizeof wordings / sizeof *wordings; w++) {
        taken t = wordings[w](f, i);
        if (plausible(&t))
            return t;
    }
    return (taken){0};
}

bool ocs_dates_find(const ocs_gaz *gaz, ocs_str text, ocs_tokens tokens, ocs_arena *arena,
                    ocs_text_dates *dates)
{
    finder f = {.gaz = gaz, .text = text, .tokens = tokens, .arena = arena};
    for (size_t i = 0; i < tokens.n;) {
        taken t = take(&f, i);
        if (t.n > 0) {
            if (!add(&f, i, &t))
                return false;
            i += t.n;
            continue;
        }
        size_t n = 1;
        if (!add_relative(&f, i, &n))
            return false;
        i += n;
    }
    *dates = (ocs_text_dates){f.found.at, f.found.n};
    return true;
}

/* ---- against the published date ---- */

static int year_near(ocs_date date, ocs_date published)
{
    if (date.month <= 2 && published.month >= 11)
        return published.year + 1;
    if (date.month >= 11 && published.month <= 2)
        return published.year - 1;
    return published.year;
}

static ocs_date relative_day(const char *key, ocs_date published)
{
    if (strcmp(key, "today") == 0)
        return published;
    if (strcmp(key, "yesterday") == 0)
        return ocs_date_add_days(published, -1);
    if (strcmp(key, "tomorrow") == 0)
        return ocs_date_add_days(published, 1);
    int wanted = 0;
    while (weekday_keys[wanted] && strcmp(weekday_keys[wanted], key) != 0)
        wanted++;
    int back = (ocs_date_weekday(published) - wanted + 7) % 7;
    return ocs_date_add_days(published, -back);
}

/* Both ends of a range without a year are of one year, or they would not follow each other. */
static int year_of(ocs_when when, ocs_date published)
{
    int year = year_near(when.from, published);
    return year != published.year ? year : year_near(when.to, published);
}

static void resolve_one(ocs_text_date *date, ocs_date published)
{
    ocs_when when = date->when;
    if (date->relative) {
        when = single(relative_day(date->relative, published));
    } else if (when.from.year == 0 && when.from.month != 0) {
        when.from.year = when.to.year = (int16_t)year_of(when, published);
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
        if (known)
            resolve_one(&dates->at[i], published);
        if (dates->at[i].relative && !dates->at[i].resolved)
            continue;
        dates->at[kept++] = dates->at[i];
    }
    dates->n = kept;
}

bool ocs_date_read(const ocs_gaz *gaz, ocs_str value, ocs_arena *arena, ocs_date *date,
                   ocs_span *at)
{
    ocs_tokens tokens;
    ocs_text_dates dates;
    if (!ocs_tokenize(arena, value, &tokens) || !ocs_dates_find(gaz, value, tokens, arena, &dates))
        return false;
    for (size_t i = 0; i < dates.n; i++) {
        if (dates.at[i].when.from.year == 0)
            continue;
        *date = dates.at[i].when.from;
        if (at)
            *at = (ocs_span){tokens.at[dates.at[i].from].at.from,
                             tokens.at[dates.at[i].to - 1].at.to};
        return true;
    }
    return false;
}
