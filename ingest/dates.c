/* A small recogniser by hand, in one pass over the words: at each number, month or relative word
 * the first wording that fits is taken.  Every wording is one function that gets the token to start
 * at and returns how many tokens it took; dates_scan.h lists them by file.  Numbers that are no
 * dates fail the checks on their neighbours (dates_not.c). */
#include "ingest/dates.h"

#include "ingest/dates_scan.h"

static bool plausible(const ocs_date_taken *t)
{
    if (t->n == 0 || t->relative)
        return t->n > 0;
    return ocs_date_valid(t->when.from) && ocs_date_valid(t->when.to);
}

static ocs_date_taken first_of(const ocs_date_scan *s, size_t i, ocs_date_wording *const *wordings)
{
    for (; *wordings; wordings++) {
        ocs_date_taken t = (*wordings)(s, i);
        if (plausible(&t))
            return t;
    }
    return (ocs_date_taken){0};
}

/* A date that stands for itself, the weekday before it left aside. */
static ocs_date_taken stated(const ocs_date_scan *s, size_t i)
{
    static ocs_date_wording *const with_number[] = {
        ocs_dates_numeric,          ocs_dates_numeric_short, ocs_dates_numeric_days,
        ocs_dates_year_named_month, ocs_dates_year_quarter,  ocs_dates_days_month,
        ocs_dates_day_month_year,   ocs_dates_listed_day,    ocs_dates_decade,
        ocs_dates_year_alone,       ocs_dates_quarter,       NULL};
    static ocs_date_wording *const with_month[] = {ocs_dates_month_days, ocs_dates_month_day_year,
                                                   ocs_dates_month_year, NULL};
    static ocs_date_wording *const with_word[] = {ocs_dates_quarter, NULL};
    if (s->tokens.at[i].flags & OCS_TOKEN_DIGIT)
        return first_of(s, i, with_number);
    return first_of(s, i, ocs_dates_month(s, i) ? with_month : with_word);
}

/* ---- the weekday before a date ---- */

static bool full_day(const ocs_date_taken *t)
{
    return t->when.from.day != 0 && t->when.from.year != 0 &&
           ocs_date_equal(t->when.from, t->when.to);
}

/* The weekday tells which of two readings is meant. */
static void settle_by_weekday(ocs_date_taken *t, int weekday)
{
    if (t->other.from.month == 0 || !full_day(t))
        return;
    bool first = ocs_date_weekday(t->when.from) == weekday;
    bool second = ocs_date_weekday(t->other.from) == weekday;
    if (first == second)
        return;
    if (second)
        t->when = t->other;
    t->other = (ocs_when){0};
    t->sure = 0;
}

/* "Monday, 5 October 2020" is one date. */
static ocs_date_taken with_weekday(const ocs_date_scan *s, size_t i)
{
    size_t n;
    const ocs_gaz_thing *day = ocs_dates_day_name(s, i, true, &n);
    int weekday = day ? ocs_weekday_of(ocs_dates_key(s, day)) : -1;
    if (weekday < 0 || !ocs_dates_gap(s, i + n, OCS_GAP_SPACE | OCS_GAP_COMMA | OCS_GAP_STOP))
        return (ocs_date_taken){0};
    ocs_date_taken t = stated(s, i + n);
    if (t.n == 0 || t.when.from.day == 0)
        return (ocs_date_taken){0};
    settle_by_weekday(&t, weekday);
    t.n += n;
    t.skip = s->mentions ? 0 : n;
    return t;
}

/* ---- the walk ---- */

static bool push(ocs_date_scan *s, size_t from, size_t to, const ocs_date_taken *t, ocs_when when)
{
    ocs_text_date *date = ocs_vec_push(s->arena, &s->found);
    if (!date)
        return false;
    *date = (ocs_text_date){.from = (uint32_t)from,
                            .to = (uint32_t)to,
                            .when = when,
                            .other = t->other,
                            .relative = t->relative,
                            .shift = t->shift,
                            .sure = t->sure ? t->sure : OCS_SURE_DATE,
                            .rule = t->rule};
    return true;
}

/* "28 September and 2 October 2015": what "and" joins to a date with a year is of that year. */
static void lend_year(ocs_date_scan *s, size_t i, ocs_date year)
{
    if (s->found.n == 0 || year.year == 0 || year.month == 0 || !ocs_dates_and(s, i - 1))
        return;
    ocs_text_date *before = &s->found.at[s->found.n - 1];
    bool lacks = !before->relative && before->when.to.year == 0 && before->to == i - 1;
    if (!lacks || before->when.to.month > year.month)
        return;
    before->when.from.year = before->when.to.year = year.year;
}

static bool add(ocs_date_scan *s, size_t i, const ocs_date_taken *t)
{
    if (i > 0 && !t->relative)
        lend_year(s, i, t->when.from);
    if (!t->second_from)
        return push(s, i + t->skip, i + t->n, t, t->when);
    return push(s, i + t->skip, t->first_to, t, t->when) &&
           push(s, t->second_from, i + t->n, t, t->second);
}

static ocs_date_taken take(const ocs_date_scan *s, size_t i)
{
    if (!ocs_dates_can_start(s, i))
        return (ocs_date_taken){0};
    ocs_date_taken t = with_weekday(s, i);
    if (t.n == 0)
        t = ocs_dates_relative(s, i);
    return t.n > 0 ? t : stated(s, i);
}

/* Days and months in numbers that could be either way round are read as those that can be read one
 * way only. */
static void settle_by_others(ocs_date_scan *s)
{
    size_t day_first = 0, month_first = 0;
    for (size_t i = 0; i < s->found.n; i++) {
        const ocs_text_date *d = &s->found.at[i];
        ocs_str text =
            ocs_str_sub(s->text, s->tokens.at[d->from].at.from, s->tokens.at[d->to - 1].at.to);
        bool slashes = ocs_str_find_char(text, '/', 0) < text.n;
        month_first += strcmp(d->rule, "month/day/year") == 0;
        day_first += slashes && d->when.from.day > 12 && strcmp(d->rule, "day/month/year") == 0;
    }
    if ((day_first > 0) == (month_first > 0))
        return;
    for (size_t i = 0; i < s->found.n; i++) {
        ocs_text_date *d = &s->found.at[i];
        if (d->other.from.month == 0)
            continue;
        if (month_first > 0)
            d->when = d->other;
        d->other = (ocs_when){0};
        d->sure = OCS_SURE_ROUGH;
    }
}

static bool find(ocs_date_scan *s, ocs_text_dates *dates)
{
    for (size_t i = 0; i < s->tokens.n;) {
        ocs_date_taken t = take(s, i);
        if (t.n > 0 && !add(s, i, &t))
            return false;
        i += t.n > 0 ? t.n : 1;
    }
    settle_by_others(s);
    *dates = (ocs_text_dates){s->found.at, s->found.n};
    return true;
}

bool ocs_dates_find(const ocs_gaz *gaz, ocs_str text, ocs_tokens tokens, ocs_arena *arena,
                    ocs_text_dates *dates)
{
    ocs_gaz_survey survey;
    if (!ocs_gaz_survey_make(gaz, arena, text, tokens, OCS_DATE_TABLES, &survey))
        return false;
    ocs_date_scan s = {
        .gaz = gaz, .text = text, .tokens = tokens, .survey = &survey, .arena = arena};
    return find(&s, dates);
}

bool ocs_dates_find_mentions(const ocs_gaz_survey *survey, ocs_str lang, ocs_str text,
                             ocs_tokens tokens, ocs_arena *arena, ocs_text_dates *dates)
{
    ocs_date_scan s = {.gaz = survey->gaz,
                       .text = text,
                       .lang = lang,
                       .tokens = tokens,
                       .survey = survey,
                       .arena = arena,
                       .mentions = true};
    return find(&s, dates);
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
