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

/* Value of a number of up to four digits, -1 else; an English ordinal ("5th") counts when asked. */
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
    bool suffix = ocs_str_eq(rest, OCS_STR("st")) || ocs_str_eq(rest, OCS_STR("nd")) ||
                  ocs_str_eq(rest, OCS_STR("rd")) || ocs_str_eq(rest, OCS_STR("th"));
    if (digits == 0 || digits > 4 || (rest.n > 0 && !(ordinal && suffix)))
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

static int month_at(const finder *f, size_t i)
{
    static const char *const also_words[] = {"may", "march", "mars", "mart", "sept", "mar", "jan",
                                             "dec", "set",   "ago",  "out",  "sen",  NULL};
    ocs_gaz_hit hit;
    const ocs_token *t = token(f, i);
    if (!t || (t->flags & OCS_TOKEN_DIGIT) || t->points < 2 ||
        !ocs_gaz_match(f->gaz, f->text, f->tokens, i, 1u << OCS_GAZ_MONTH, &hit))
        return 0;
    if (!(t->flags & OCS_TOKEN_UPPER) && word_is(f, i, also_words))
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

/* Only a dash (any, spaces around it allowed) before token i. */
static bool dash_before(const finder *f, size_t i)
{
    if (!token(f, i) || i == 0)
        return false;
    ocs_str s = ocs_str_trim(between(f, i));
    return ocs_str_eq(s, OCS_STR("-")) || ocs_str_eq(s, OCS_STR("–")) ||
           ocs_str_eq(s, OCS_STR("—"));
}

static bool close_before(const finder *f, size_t i)
{
    return gap_within(f, i, OCS_GAP_SPACE | OCS_GAP_STOP);
}

/* Tokens that a joint of a range takes before token i: 0 a dash, 1 a word, -1 none. */
static int joint(const finder *f, size_t i)
{
    static const char *const words[] = {"to",  "until", "till", "through", "до",    "по", "do",
                                        "bis", "deri",  "au",   "al",      "hasta", NULL};
    if (dash_before(f, i))
        return 0;
    if (word_is(f, i, words) && gap_within(f, i, OCS_GAP_SPACE) &&
        gap_within(f, i + 1, OCS_GAP_SPACE))
        return 1;
    return -1;
}

static bool and_at(const finder *f, size_t i)
{
    static const char *const words[] = {"and", "i",   "и", "і",    "та", "und", "et",
                                        "e",   "dhe", "y", "oraz", "si", NULL};
    return word_is(f, i, words) && gap_within(f, i, OCS_GAP_SPACE) &&
           gap_within(f, i + 1, OCS_GAP_SPACE);
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
    if (!close_before(f, i + 1 + of) && !dash_before(f, i + 1 + of))
        return 0;
    *month = month_at(f, i + 1 + of);
    return *month ? 2 + of : 0;
}

/* ---- wordings ---- */

typedef struct taken {
    size_t n; /* tokens; 0: does not fit */
    ocs_when when, other;
    const char *rule;
    size_t second_from; /* two dates in one wording: the second one's tokens and value */
    ocs_when second;
} taken;

/* 12-13 October 2017 · 10 to 14 October · 5 and 6 May 2016 */
static taken days_month(const finder *f, size_t i)
{
    taken t = {0};
    int first = day_at(f, i), day, month, year;
    if (!first || number(f, i, false) < 0)
        return t;
    int way = joint(f, i + 1);
    bool with_and = way < 0 && and_at(f, i + 1);
    if (way < 0 && !with_and && !(gap_within(f, i + 1, OCS_GAP_SLASH)))
        return t;
    size_t skip = way == 1 || with_and ? 2 : 1;
    size_t n = day_month(f, i + skip, &day, &month);
    if (n == 0 || day <= first)
        return t;
    t.n = skip + n;
    t.n += year_after(f, i + t.n, &year);
    t.when = (ocs_when){make_date(year, month, first), make_date(year, month, day)};
    t.rule = "days of a month";
    if (with_and && day > first + 1) { /* "5 and 12 May": two days, no range */
        t.second_from = i + skip;
        t.second = single(t.when.to);
        t.when.to = t.when.from;
    }
    return t;
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
    t = (taken){
        .n = n + with_year, .when = single(make_date(year, month, day)), .rule = "day month"};
    int way = joint(f, i + t.n);
    if (way < 0)
        return t;
    size_t second = i + t.n + (size_t)way, n2 = day_month(f, second, &day2, &month2);
    if (n2 == 0)
        return t;
    size_t with_year2 = year_after(f, second + n2, &year2);
    if (!year && year2)
        year = month > month2 ? year2 - 1 : year2;
    ocs_when range = {make_date(year, month, day), make_date(year2, month2, day2)};
    if ((year && !year2) || ocs_date_cmp(range.from, range.to) >= 0)
        return t;
    t.n = second + n2 + with_year2 - i;
    t.when = range;
    t.rule = "day month - day month";
    return t;
}

/* June 30, 2018 · May 5-7, 2016 · October 4 */
static taken month_day_year(const finder *f, size_t i)
{
    taken t = {0};
    int month = month_at(f, i), day = day_at(f, i + 1), last = 0, year;
    if (!month || !day || !gap_within(f, i + 1, OCS_GAP_SPACE | OCS_GAP_STOP))
        return t;
    size_t n = 2;
    if ((dash_before(f, i + 2) && (last = day_at(f, i + 2)) > day && !month_at(f, i + 3)))
        n = 3;
    else
        last = day;
    size_t with_year = year_after(f, i + n, &year);
    if (!with_year && (month_at(f, i + 2) || !(f->tokens.at[i].flags & OCS_TOKEN_UPPER)))
        return t; /* "October 4 November": the day belongs to the right */
    t.n = n + with_year;
    t.when = (ocs_when){make_date(year, month, day), make_date(year, month, last)};
    t.rule = "month day";
    return t;
}

/* October 2016 · April-June 2016 · in April */
static taken month_year(const finder *f, size_t i)
{
    static const char *const before[] = {
        "in",   "since", "of",   "last", "until", "by", "during", "early", "late", "mid", "this",
        "next", "from",  "till", "в",    "u",     "у",  "im",     "en",    "ne",   "në",  NULL};
    taken t = {0};
    int month = month_at(f, i), month2 = 0, year;
    if (!month)
        return t;
    int way = joint(f, i + 1);
    size_t n = 1;
    if (way >= 0 && (month2 = month_at(f, i + 1 + (size_t)way)) > month)
        n = 2 + (size_t)way;
    else
        month2 = month;
    size_t with_year = year_after(f, i + n, &year);
    if (!with_year && (i == 0 || !word_is(f, i - 1, before) || f->tokens.at[i].points < 3 ||
                       !gap_within(f, i, OCS_GAP_SPACE)))
        return t;
    t.n = n + with_year;
    t.when = (ocs_when){make_date(year, month, 0), make_date(year, month2, 0)};
    t.rule = "month";
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
static bool stands_alone(const finder *f, size_t i, size_t n)
{
    char before = separator(f, i), after = separator(f, i + n);
    bool number_before =
        before && i > 0 && (f->tokens.at[i - 1].flags & OCS_TOKEN_DIGIT) && between(f, i).n == 1;
    bool glued = before == '/' && i > 0;
    bool number_after =
        after && between(f, i + n).n == 1 && (f->tokens.at[i + n].flags & OCS_TOKEN_DIGIT);
    return !number_before && !glued && !number_after;
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
        !stands_alone(f, i, 3))
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
static bool counted_before(const finder *f, size_t i)
{
    static const char *const words[] = {
        "resolution", "no",         "nr",        "number",        "decision", "article", "law",
        "directive",  "regulation", "page",      "room",          "tel",      "phone",   "fax",
        "order",      "convention", "paragraph", "box",           "item",     "line",    "grad",
        "about",      "over",       "some",      "approximately", "nearly",   "almost",  NULL};
    return i > 0 && (word_is(f, i - 1, words) ||
                     strchr("+$#", f->text.p[f->tokens.at[i].at.from - 1]) != NULL);
}

/* "2016 people": a small-letter plural makes it a count. */
static bool counted_after(const finder *f, size_t i)
{
    static const char *const function_words[] = {"was", "is", "as", "has", "this", "its", NULL};
    const ocs_token *next = token(f, i + 1);
    if (!next || (next->gap & ~OCS_GAP_SPACE) || (next->flags & OCS_TOKEN_UPPER) ||
        !(next->flags & OCS_TOKEN_LATIN))
        return false;
    static const char *const units[] = {"people", "km",    "kg",       "m",   "metres", "eur",
                                        "men",    "women", "children", "hrs", "hours",  NULL};
    return word_is(f, i + 1, units) || (next->fold.n > 3 && next->fold.p[next->fold.n - 1] == 's' &&
                                        !word_is(f, i + 1, function_words));
}

/* A year that nothing more exact holds: 2014 · 2013 to 2016 · 2013-2016 */
static taken year_alone(const finder *f, size_t i)
{
    taken t = {0};
    int year = year_at(f, i), last = 0;
    if (!year || !stands_alone(f, i, 1) || counted_before(f, i) || counted_after(f, i))
        return t;
    unsigned gap = f->tokens.at[i].gap;
    if (i > 0 && (gap & (OCS_GAP_SLASH | OCS_GAP_HYPHEN)) && !(gap & OCS_GAP_SPACE))
        return t;
    ocs_str behind = ocs_str_sub(f->text, f->tokens.at[i].at.to, f->tokens.at[i].at.to + 2);
    if (behind.n == 2 && strchr(",.:/", behind.p[0]) && ocs_ascii_digit(behind.p[1]))
        return t;
    t = (taken){.n = 1, .when = single(make_date(year, 0, 0)), .rule = "year"};
    int way = joint(f, i + 1);
    if (way >= 0 && (last = year_at(f, i + 1 + (size_t)way)) > year &&
        stands_alone(f, i + 1 + (size_t)way, 1)) {
        t.n = 2 + (size_t)way;
        t.when.to = make_date(last, 0, 0);
        t.rule = "years";
    }
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
        numeric, days_month, day_month_year, month_day_year, month_year, year_alone};
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

static void resolve_one(ocs_text_date *date, ocs_date published)
{
    if (date->relative) {
        date->when = single(relative_day(date->relative, published));
        date->resolved = true;
    } else if (date->when.from.year == 0 && date->when.from.month != 0) {
        date->when.from.year = (int16_t)year_near(date->when.from, published);
        date->when.to.year = (int16_t)year_near(date->when.to, published);
        date->resolved = true;
    }
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
