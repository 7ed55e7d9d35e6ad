/* Dates that are counted from the day of publication: "yesterday", "on Friday", "last week", "in
 * the past three months", "three days ago".  A wording is a few words of known classes: a turn
 * (last, this, next), a count, and what is counted (a unit, a weekday, a month), in the orders that
 * languages put them. */
#include "ingest/dates_scan.h"

enum { OCS_SURE_RELATIVE = 80, SURE_WEEKDAY = 75, SURE_STRETCH = 70 };

/* What is counted, and in what word it was said. */
typedef struct counted {
    size_t n; /* tokens; 0: none */
    const char *key;
    bool plural; /* a unit that says nothing without a count */
    ocs_date_shift shift;
} counted;

static ocs_date_unit unit_of(const char *key)
{
    static const struct {
        const char *key;
        ocs_date_unit unit;
    } units[] = {
        {"day", OCS_UNIT_DAY},     {"week", OCS_UNIT_WEEK},     {"weekend", OCS_UNIT_WEEKEND},
        {"month", OCS_UNIT_MONTH}, {"year", OCS_UNIT_YEAR},     {"quarter", OCS_UNIT_QUARTER},
        {"half", OCS_UNIT_HALF},   {"decade", OCS_UNIT_DECADE},
    };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(key, units[i].key) == 0)
            return units[i].unit;
    return OCS_UNIT_NONE;
}

/* "годин" is an hour in Ukrainian, a year in its neighbours. */
static bool is_hour(const ocs_date_scan *s, size_t i)
{
    return ocs_str_eq(s->lang, OCS_STR("uk")) && ocs_dates_word(s, i, "hour", NULL);
}

static counted unit_at(const ocs_date_scan *s, size_t i)
{
    size_t n = 0;
    const ocs_gaz_phrase *word = ocs_dates_own_word(s, i, "unit", &n);
    const char *key = word ? ocs_dates_key(s, &s->gaz->things[word->thing]) : "";
    ocs_date_unit unit = is_hour(s, i) ? OCS_UNIT_NONE : unit_of(key);
    if (unit == OCS_UNIT_NONE)
        return (counted){0};
    return (counted){.n = n,
                     .key = key,
                     .plural = ocs_dates_own_word(s, i, "plural", NULL) != NULL,
                     .shift.unit = (uint8_t)unit};
}

/* The same behind another word. */
static counted unit_after(const ocs_date_scan *s, size_t i)
{
    return ocs_dates_gap(s, i, OCS_GAP_SPACE) ? unit_at(s, i) : (counted){0};
}

/* A weekday or month, which only the present count ("last Friday"). */
static counted name_at(const ocs_date_scan *s, size_t i)
{
    size_t n;
    const ocs_gaz_thing *day = ocs_dates_day_name(s, i, true, &n);
    int which = day ? ocs_weekday_of(ocs_dates_key(s, day)) : -1;
    if (which >= 0)
        return (counted){.n = n,
                         .key = ocs_dates_key(s, day),
                         .shift = {.unit = OCS_UNIT_WEEKDAY, .which = (uint8_t)which}};
    int more;
    which = ocs_dates_month(s, i);
    bool alone = which > 0 && !ocs_dates_month_day(s, i, &which, &more) &&
                 !ocs_dates_year_after(s, i + 1, &more);
    if (alone) /* "this Dec. 12, 2006" is a date without "this" */
        return (counted){.n = 1,
                         .key = "month",
                         .shift = {.unit = OCS_UNIT_MONTH_NAME, .which = (uint8_t)which}};
    return (counted){0};
}

/* -1 last, 0 this, 1 next; ${n} gets 0 when there is none.  ${past} (may be NULL) is told of the
 * English word. */
static int turn_at(const ocs_date_scan *s, size_t i, size_t *n, bool *past)
{
    const ocs_gaz_phrase *turn = ocs_dates_own_word(s, i, "turn", n);
    const char *key = turn ? ocs_dates_key(s, &s->gaz->things[turn->thing]) : "this";
    if (!turn)
        *n = 0;
    if (past)
        *past = strcmp(key, "past") == 0;
    return strcmp(key, "this") == 0 ? 0 : strcmp(key, "next") == 0 ? 1 : -1;
}

/* English puts no turn behind its noun: "years past". */
static int turn_behind(const ocs_date_scan *s, size_t i, size_t *n)
{
    const ocs_gaz_phrase *turn = ocs_dates_own_word(s, i, "turn", n);
    if (turn && !ocs_str_eq(ocs_gaz_str(s->gaz, turn->lang), OCS_STR("en")))
        return turn_at(s, i, n, NULL);
    *n = 0;
    return 0;
}

static ocs_date_taken make(size_t n, const counted *c, int by, bool stretch, const char *rule)
{
    ocs_date_taken t = {.n = n, .relative = c->key, .shift = c->shift, .rule = rule};
    t.shift.by = (int16_t)by;
    t.shift.stretch = stretch;
    t.sure = stretch ? SURE_STRETCH : OCS_SURE_RELATIVE;
    return t;
}

/* "last week of August" tells of August. */
static bool goes_on(const ocs_date_scan *s, size_t end)
{
    size_t of = ocs_dates_of(s, end);
    return of > 0 && (ocs_dates_month(s, end + of) || ocs_dates_year(s, end + of));
}

/* ---- wordings ---- */

/* last week · the past three months · прошлой недели · last Friday · next March */
static ocs_date_taken turn_first(const ocs_date_scan *s, size_t i)
{
    size_t turns, counts = 0;
    bool past;
    int by = turn_at(s, i, &turns, &past);
    if (turns == 0 || !ocs_dates_gap(s, i + turns, OCS_GAP_SPACE))
        return (ocs_date_taken){0};
    int count = ocs_dates_count(s, i + turns, &counts);
    counted c = unit_after(s, i + turns + (count ? counts : 0));
    if (c.n > 0 && count && by != 0)
        return make(turns + counts + c.n, &c, by * count, true, "last and a count");
    if (count && c.n > 0)
        return (ocs_date_taken){0};
    if (count) /* "acest an": a word of two meanings */
        c = unit_after(s, i + turns);
    if (c.n == 0)
        c = name_at(s, i + turns);
    if (c.n == 0 || c.plural || goes_on(s, i + turns + c.n) || c.shift.unit == OCS_UNIT_DAY ||
        (c.shift.unit == OCS_UNIT_HALF && by != 0))
        return (ocs_date_taken){0};
    bool stretch = past && c.shift.unit != OCS_UNIT_WEEKDAY && c.shift.unit != OCS_UNIT_MONTH_NAME;
    return make(turns + c.n, &c, by, stretch, stretch ? "last and a count" : "last, this, next");
}

/* The linking word of Albanian: "javën e kaluar", "muajt e fundit". */
static size_t link_word(const ocs_date_scan *s, size_t i)
{
    static const char *const words[] = {"e", "te", "i", "se"};
    for (size_t k = 0; ocs_dates_gap(s, i, OCS_GAP_SPACE) && k < sizeof words / sizeof *words; k++)
        if (ocs_str_eq(s->tokens.at[i].fold, ocs_str_of(words[k])))
            return 1;
    return 0;
}

/* semaine dernière · javën e kaluar · vendredi dernier · tre muajt e fundit */
static ocs_date_taken turn_last(const ocs_date_scan *s, size_t i, size_t counts, int count)
{
    counted c = count ? unit_after(s, i + counts) : unit_at(s, i);
    if (c.n == 0 && !count)
        c = name_at(s, i);
    size_t end = i + counts + c.n, turns;
    end += c.n > 0 ? link_word(s, end) : 0;
    if (c.n == 0 || !ocs_dates_gap(s, end, OCS_GAP_SPACE))
        return (ocs_date_taken){0};
    int by = turn_behind(s, end, &turns);
    bool belongs_right = turns > 0 && ocs_dates_word(s, end + turns, "unit", NULL);
    if (turns == 0 || belongs_right || (c.plural && !count) ||
        (by == 0 && !count && c.shift.unit == OCS_UNIT_DAY))
        return (ocs_date_taken){0};
    end += turns;
    if (count)
        return by ? make(end - i, &c, by * count, true, "last and a count") : (ocs_date_taken){0};
    return make(end - i, &c, by, false, "last, this, next");
}

/* three days ago · неделю назад · drei letzten Monate · trois derniers mois */
static ocs_date_taken count_first(const ocs_date_scan *s, size_t i)
{
    size_t counts, turns, agos;
    int count = ocs_dates_count(s, i, &counts);
    if (!count)
        return (ocs_date_taken){0};
    int by = turn_at(s, i + counts, &turns, NULL);
    counted c = unit_after(s, i + counts + turns);
    if (turns > 0 && c.n > 0)
        return by ? make(counts + turns + c.n, &c, by * count, true, "last and a count")
                  : (ocs_date_taken){0};
    if (c.n > 0 && ocs_dates_gap(s, i + counts + c.n, OCS_GAP_SPACE) &&
        ocs_dates_own_word(s, i + counts + c.n, "ago", &agos))
        return make(counts + c.n + agos, &c, -count, false, "ago");
    return turn_last(s, i, counts, count);
}

/* vor drei Tagen · pre tri dana · il y a trois jours */
static ocs_date_taken before_first(const ocs_date_scan *s, size_t i)
{
    size_t n, counts;
    if (!ocs_dates_own_word(s, i, "before", &n) || !ocs_dates_gap(s, i + n, OCS_GAP_SPACE))
        return (ocs_date_taken){0};
    int count = ocs_dates_count(s, i + n, &counts);
    counted c = count ? unit_after(s, i + n + counts) : (counted){0};
    return c.n ? make(n + counts + c.n, &c, -count, false, "ago") : (ocs_date_taken){0};
}

/* неделю назад · тиждень тому */
static ocs_date_taken phrase(const ocs_date_scan *s, size_t i)
{
    size_t n;
    const ocs_gaz_thing *said = ocs_dates_word(s, i, "phrase", &n);
    if (!said)
        return (ocs_date_taken){0};
    counted c = {.n = n,
                 .key = ocs_dates_key(s, said) + 1,
                 .shift.unit = (uint8_t)unit_of(ocs_dates_key(s, said) + 1)};
    return make(n, &c, -1, false, "ago");
}

static ocs_date_taken unit_first(const ocs_date_scan *s, size_t i)
{
    return turn_last(s, i, 0, 0);
}

/* Tuesday next week · on Tuesday of last week */
static ocs_date_taken day_of_week(const ocs_date_scan *s, size_t i, const counted *day)
{
    size_t end = i + day->n, turns;
    end += ocs_dates_of(s, end);
    if (!ocs_dates_gap(s, end, OCS_GAP_SPACE))
        return (ocs_date_taken){0};
    int by = turn_at(s, end, &turns, NULL);
    counted week = turns ? unit_after(s, end + turns) : (counted){0};
    if (week.n == 0 || week.plural || week.shift.unit != OCS_UNIT_WEEK)
        return (ocs_date_taken){0};
    week.shift.which = (uint8_t)(day->shift.which + 1);
    return make(end + turns + week.n - i, &week, by, false, "last, this, next");
}

/* today · yesterday · Friday */
static ocs_date_taken day_name(const ocs_date_scan *s, size_t i)
{
    static const struct {
        const char *key;
        int by;
    } days[] = {{"today", 0},    {"tonight", 0},           {"yesterday", -1},
                {"tomorrow", 1}, {"before-yesterday", -2}, {"after-tomorrow", 2}};
    size_t n;
    bool on = i > 0 && ocs_dates_gap(s, i, OCS_GAP_SPACE) &&
              ocs_str_eq(s->tokens.at[i - 1].fold, OCS_STR("on")); /* "on Sun", not "the Sun" */
    const ocs_gaz_thing *day = ocs_dates_day_name(s, i, on, &n);
    if (!day)
        return (ocs_date_taken){0};
    counted c = {.n = n, .key = ocs_dates_key(s, day), .shift.unit = OCS_UNIT_DAY};
    for (size_t k = 0; k < sizeof days / sizeof *days; k++)
        if (strcmp(ocs_dates_key(s, day), days[k].key) == 0)
            return make(n, &c, days[k].by, false, "relative");
    bool recurs =
        i > 0 && ocs_dates_gap(s, i, OCS_GAP_SPACE) && ocs_dates_word(s, i - 1, "every", NULL);
    if (ocs_weekday_of(ocs_dates_key(s, day)) < 0 || recurs)
        return (ocs_date_taken){0};
    c.shift.unit = OCS_UNIT_WEEKDAY;
    c.shift.which = (uint8_t)ocs_weekday_of(ocs_dates_key(s, day));
    c.shift.bare = true;
    ocs_date_taken t = day_of_week(s, i, &c);
    if (t.n > 0)
        return t;
    t = make(n, &c, 0, false, "relative");
    t.sure = SURE_WEEKDAY;
    return t;
}

/* "tomorrow night"; but "on Friday night" is on Friday. */
static ocs_date_taken with_part_of_day(const ocs_date_scan *s, size_t i, ocs_date_taken t)
{
    if (t.shift.unit == OCS_UNIT_DAY && ocs_dates_gap(s, i + t.n, OCS_GAP_SPACE) &&
        ocs_dates_word(s, i + t.n, "daypart", NULL))
        t.n++;
    return t;
}

ocs_date_taken ocs_dates_relative(const ocs_date_scan *s, size_t i)
{
    static ocs_date_wording *const wordings[] = {turn_first, before_first, count_first,
                                                 phrase,     unit_first,   day_name};
    for (size_t w = 0; w < sizeof wordings / sizeof *wordings; w++) {
        ocs_date_taken t = wordings[w](s, i);
        if (t.n > 0)
            return with_part_of_day(s, i, t);
    }
    return (ocs_date_taken){0};
}
