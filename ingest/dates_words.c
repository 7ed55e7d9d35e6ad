/* Single words of dates: numbers, months, weekdays, and the words of the table datewords. */
#include "ingest/dates_scan.h"

enum { YEAR_LOW = 1900, YEAR_HIGH = 2099, GAP_LONGEST = 6, COUNT_HIGHEST = 99 };

ocs_str ocs_dates_between(const ocs_date_scan *s, size_t i)
{
    return ocs_str_sub(s->text, s->tokens.at[i - 1].at.to, s->tokens.at[i].at.from);
}

bool ocs_dates_gap(const ocs_date_scan *s, size_t i, unsigned allowed)
{
    const ocs_token *t = ocs_dates_token(s, i);
    if (!t || i == 0 || (t->gap & ~allowed) != 0)
        return false;
    ocs_str between = ocs_dates_between(s, i);
    for (size_t k = 0; (t->gap & OCS_GAP_STOP) && k < between.n; k++)
        if (strchr("!?:;", between.p[k]))
            return false; /* of the stops only the full stop stands within a date */
    return between.n <= GAP_LONGEST;
}

bool ocs_dates_hyphen(const ocs_date_scan *s, size_t i)
{
    return ocs_dates_token(s, i) && i > 0 && ocs_str_eq(ocs_dates_between(s, i), OCS_STR("-"));
}

/* ---- words of the tables ---- */

static bool match(const ocs_date_scan *s, size_t i, unsigned tables, ocs_gaz_hit *hit)
{
    return ocs_gaz_survey_match(s->survey, s->tokens.n, i, tables, hit);
}

/* Languages that share their words: Serbian, Croatian, Bosnian, Montenegrin. */
static ocs_str family(ocs_str lang)
{
    static const char *const same[] = {"hr", "bs", "sh", "me", "cnr"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        if (ocs_str_eq(lang, ocs_str_of(same[i])))
            return OCS_STR("sr");
    return lang;
}

/* Short Latin words mean other things in other languages: "hier", "azi", "dun".  Pages mix English
 * and another language, and languages of other letters do not get in each other's way. */
static bool foreign(const ocs_date_scan *s, size_t i, const ocs_gaz_phrase *p)
{
    ocs_str lang = family(ocs_gaz_str(s->gaz, p->lang));
    if (s->lang.n == 0 || lang.n == 0 || ocs_str_eq(lang, OCS_STR("en")))
        return false;
    return (s->tokens.at[i].flags & OCS_TOKEN_LATIN) && !ocs_str_eq(lang, family(s->lang));
}

static const ocs_gaz_phrase *find_word(const ocs_date_scan *s, size_t i, const char *class_,
                                       bool own, size_t *n)
{
    const unsigned table = 1u << OCS_GAZ_DATEWORD;
    ocs_gaz_hit hit;
    if (!match(s, i, table, &hit))
        return NULL;
    const ocs_gaz_phrase *p = NULL;
    while ((p = ocs_gaz_hit_next(s->gaz, &hit, table, p)) != NULL) {
        if (strcmp(ocs_gaz_cstr(s->gaz, s->gaz->things[p->thing].class_), class_) != 0 ||
            (own && foreign(s, i, p)))
            continue;
        if (n)
            *n = hit.to - hit.from;
        return p;
    }
    return NULL;
}

const ocs_gaz_thing *ocs_dates_word(const ocs_date_scan *s, size_t i, const char *class_, size_t *n)
{
    const ocs_gaz_phrase *p = find_word(s, i, class_, false, n);
    return p ? &s->gaz->things[p->thing] : NULL;
}

const ocs_gaz_phrase *ocs_dates_own_word(const ocs_date_scan *s, size_t i, const char *class_,
                                         size_t *n)
{
    return find_word(s, i, class_, true, n);
}

const ocs_gaz_thing *ocs_dates_day_name(const ocs_date_scan *s, size_t i, bool short_too, size_t *n)
{
    const unsigned table = 1u << OCS_GAZ_WEEKDAY;
    ocs_gaz_hit hit;
    if (!match(s, i, table, &hit))
        return NULL;
    const ocs_gaz_phrase *p = NULL;
    while ((p = ocs_gaz_hit_next(s->gaz, &hit, table, p)) != NULL)
        if (!foreign(s, i, p) && (short_too || p->kind != OCS_GAZ_ACRONYM))
            break;
    *n = hit.to - hit.from;
    return p ? &s->gaz->things[p->thing] : NULL;
}

/* Is the date word one of those that wordings start with? */
static bool starter(const ocs_gaz *gaz, const ocs_gaz_thing *thing)
{
    static const char *const classes[] = {"turn", "unit", "number", "before", "phrase", "ordinal"};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcmp(ocs_gaz_cstr(gaz, thing->class_), classes[i]) == 0)
            return true;
    return false;
}

bool ocs_dates_can_start(const ocs_date_scan *s, size_t i)
{
    const ocs_token *t = &s->tokens.at[i];
    ocs_gaz_hit hit;
    if ((t->flags & OCS_TOKEN_DIGIT) || (t->fold.n == 2 && ocs_ascii_digit(t->fold.p[1])))
        return true; /* "Q1" */
    if (!match(s, i, OCS_DATE_TABLES, &hit))
        return false;
    const ocs_gaz_phrase *p = NULL;
    while ((p = ocs_gaz_hit_next(s->gaz, &hit, OCS_DATE_TABLES, p)) != NULL) {
        const ocs_gaz_thing *thing = &s->gaz->things[p->thing];
        if (thing->table != OCS_GAZ_DATEWORD || starter(s->gaz, thing))
            return true;
    }
    return false;
}

int ocs_weekday_of(const char *key)
{
    static const char *const keys[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    for (int i = 0; i < (int)(sizeof keys / sizeof *keys); i++)
        if (strcmp(key, keys[i]) == 0)
            return i;
    return -1;
}

/* ---- numbers ---- */

/* "5th", "1er" */
static bool ordinal_suffix(ocs_str rest)
{
    static const char *const suffixes[] = {"st", "nd", "rd", "th", "er"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (ocs_str_eq(rest, ocs_str_of(suffixes[i])))
            return true;
    return false;
}

int ocs_dates_number(const ocs_date_scan *s, size_t i, bool ordinal)
{
    const ocs_token *t = ocs_dates_token(s, i);
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

int ocs_dates_day(const ocs_date_scan *s, size_t i)
{
    int value = ocs_dates_number(s, i, true);
    return value >= 1 && value <= 31 && s->tokens.at[i].points <= 4 ? value : 0;
}

int ocs_dates_year(const ocs_date_scan *s, size_t i)
{
    int value = ocs_dates_number(s, i, false);
    return value >= YEAR_LOW && value <= YEAR_HIGH && s->tokens.at[i].points == 4 ? value : 0;
}

static int key_number(const char *key)
{
    int value = 0;
    for (; *key >= '0' && *key <= '9' && value <= COUNT_HIGHEST; key++)
        value = value * 10 + (*key - '0');
    return value;
}

int ocs_dates_count(const ocs_date_scan *s, size_t i, size_t *n)
{
    int value = ocs_dates_number(s, i, false);
    *n = 1;
    if (value >= 1 && value <= COUNT_HIGHEST)
        return value;
    const ocs_gaz_phrase *word = value < 0 ? ocs_dates_own_word(s, i, "number", n) : NULL;
    return word ? key_number(ocs_dates_key(s, &s->gaz->things[word->thing])) : 0;
}

/* ---- months ---- */

static bool word_is(const ocs_date_scan *s, size_t i, const char *const *words)
{
    for (; *words; words++)
        if (ocs_str_eq(s->tokens.at[i].fold, ocs_str_of(*words)))
            return true;
    return false;
}

/* Short or common words that are months, too: "he may 5 times", "they march".  In small letters a
 * number must show what is meant: a day before or a year behind, of the English ones both. */
static bool month_by_neighbours(const ocs_date_scan *s, size_t i)
{
    static const char *const weak[] = {"mars", "mart", "sept", "jan", "dec", NULL};
    static const char *const weaker[] = {"may", "march", "mar", "set", "ago", "out", "sen", NULL};
    bool day = i > 0 && ocs_dates_day(s, i - 1) > 0, year = ocs_dates_year(s, i + 1) > 0;
    if (word_is(s, i, weaker))
        return day && year;
    return !word_is(s, i, weak) || day || year || ocs_dates_between_before(s, i);
}

int ocs_dates_month(const ocs_date_scan *s, size_t i)
{
    const unsigned table = 1u << OCS_GAZ_MONTH;
    ocs_gaz_hit hit;
    const ocs_token *t = ocs_dates_token(s, i);
    if (!t || (t->flags & OCS_TOKEN_DIGIT) || t->points < 2 || !match(s, i, table, &hit))
        return 0;
    if (!(t->flags & OCS_TOKEN_UPPER) && !month_by_neighbours(s, i))
        return 0;
    const ocs_gaz_phrase *p = ocs_gaz_hit_next(s->gaz, &hit, table, NULL);
    int value = p ? key_number(ocs_dates_key(s, &s->gaz->things[p->thing])) : 0;
    return value >= 1 && value <= 12 ? value : 0;
}
