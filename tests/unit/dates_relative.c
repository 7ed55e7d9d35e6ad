/* Dates against the day of publication: years that are lent, and relative words in many
 * languages. */
#include "tests/unit/dates_rows.h"

/* A Wednesday. */
#define PUBLISHED ((ocs_date){2017, 2, 15})

static void relative_words_wait_for_the_published_date(void **state)
{
    static const row found[] = {
        {"They spoke today, after yesterday and before tomorrow.", "?today ?yesterday ?tomorrow"},
        {"They met on Friday.", "?fri"},
        {"сегодня и вчера", "?today ?yesterday"},
    };
    static const row resolved[] = {
        {"They spoke today.", "2017-02-13"},
        {"They spoke yesterday.", "2017-02-12"},
        {"They speak tomorrow.", "2017-02-14"},
        {"They met on Monday.", "2017-02-13"}, /* a Monday */
        {"They met on Friday.", "2017-02-10"},
        {"They met on Tuesday.", "2017-02-07"},
        {"They met on Sunday.", "2017-02-12"},
    };
    CHECK(state, found);
    check_resolved(state, (ocs_date){2017, 2, 13}, resolved, 7);
}

static void relative_words_without_a_published_day_are_dropped(void **state)
{
    static const row rows[] = {
        {"They spoke today and on 5 May and in 2014.", "--05-05 2014"},
    };
    check_resolved(state, (ocs_date){0}, rows, 1);
    check_resolved(state, (ocs_date){2017, 2, 0}, rows, 1);
    check_resolved(state, (ocs_date){0, 2, 13}, rows, 1);
}

static void a_missing_year_is_that_of_publishing(void **state)
{
    static const row june[] = {
        {"on 1 January", "2017-01-01"},
        {"on 30 December", "2017-12-30"},
        {"10 to 14 October", "2017-10-10/2017-10-14"},
        {"in April", "2017-04"},
        {"on 5 May 2011", "2011-05-05"},
    };
    static const row december[] = {
        {"on 1 January", "2018-01-01"},
        {"on 28 February", "2018-02-28"},
        {"on 3 March", "2017-03-03"},
        {"on 1 November", "2017-11-01"},
        {"28 February - 2 March", "2018-02-28/2018-03-02"},
    };
    static const row january[] = {
        {"on 30 December", "2016-12-30"}, {"on 1 November", "2016-11-01"},
        {"on 31 October", "2017-10-31"},  {"30 October - 2 November", "2016-10-30/2016-11-02"},
        {"on 28 February", "2017-02-28"},
    };
    check_resolved(state, (ocs_date){2017, 6, 5}, june, 5);
    check_resolved(state, (ocs_date){2017, 12, 5}, december, 5);
    check_resolved(state, (ocs_date){2017, 1, 5}, january, 5);
}

static void a_day_that_the_year_lacks_stays_without_it(void **state)
{
    static const row rows[] = {{"on 29 February", "--02-29"}};
    check_resolved(state, (ocs_date){2017, 6, 5}, rows, 1);
    static const row leap[] = {{"on 29 February", "2020-02-29"}};
    check_resolved(state, (ocs_date){2020, 6, 5}, leap, 1);
}

static void english_relative_wordings_are_counted_from_publishing(void **state)
{
    static const row rows[] = {
        {"last week", "2017-02-06/2017-02-12"},
        {"last year", "2016"},
        {"earlier this month", "2017-02"},
        {"next year", "2018"},
        {"in the past three months", "2016-11-15/2017-02-15"},
        {"in the next two weeks", "2017-02-15/2017-03-01"},
        {"three days ago", "2017-02-12"},
        {"three weeks ago", "2017-01-23/2017-01-29"},
        {"a year ago", "2016"},
        {"this quarter", "2017-01/2017-03"},
        {"last quarter", "2016-10/2016-12"},
        {"this decade", "2010/2019"},
        {"this weekend", "2017-02-18/2017-02-19"},
        {"the day before yesterday", "2017-02-13"},
        {"tomorrow night", "2017-02-16"},
        {"last Friday", "2017-02-10"},
        {"last Wednesday", "2017-02-08"},
        {"this Friday", "2017-02-17"},
        {"next Monday", "2017-02-20"},
        {"next Wednesday", "2017-02-22"},
        {"on Tuesday next week", "2017-02-21"},
        {"on Friday of last week", "2017-02-10"},
        {"last December", "2016-12"},
        {"next March", "2017-03"},
        {"this Dec. 12, 2006", "2006-12-12"},
    };
    CHECK_RESOLVED(state, PUBLISHED, rows);
}

static void russian_and_ukrainian_relative_wordings_are_counted_from_publishing(void **state)
{
    static const row rows[] = {
        {"на прошлой неделе", "2017-02-06/2017-02-12"},
        {"в этом году", "2017"},
        {"за последние три месяца", "2016-11-15/2017-02-15"},
        {"два дня назад", "2017-02-13"},
        {"неделю назад", "2017-02-06/2017-02-12"},
        {"в прошлую пятницу", "2017-02-10"},
        {"позавчера", "2017-02-13"},
        {"в следующем месяце", "2017-03"},
        {"минулого тижня", "2017-02-06/2017-02-12"},
        {"цього року", "2017"},
        {"за останні три місяці", "2016-11-15/2017-02-15"},
        {"два дні тому", "2017-02-13"},
        {"рік тому", "2016"},
        {"наступного місяця", "2017-03"},
    };
    CHECK_RESOLVED(state, PUBLISHED, rows);
}

static void south_slavic_relative_wordings_are_counted_from_publishing(void **state)
{
    static const row rows[] = {
        {"prošle nedelje", "2017-02-06/2017-02-12"},
        {"прошле недеље", "2017-02-06/2017-02-12"},
        {"prošlog meseca", "2017-01"},
        {"ove godine", "2017"},
        {"ове године", "2017"},
        {"u poslednja tri meseca", "2016-11-15/2017-02-15"},
        {"пре три дана", "2017-02-12"},
        {"prije dva dana", "2017-02-13"},
        {"prošlog tjedna", "2017-02-06/2017-02-12"},
        {"u posljednja tri mjeseca", "2016-11-15/2017-02-15"},
        {"минатата недела", "2017-02-06/2017-02-12"},
        {"во последните три месеци", "2016-11-15/2017-02-15"},
        {"пред два дена", "2017-02-13"},
        {"следната година", "2018"},
        {"миналата седмица", "2017-02-06/2017-02-12"},
        {"преди два дни", "2017-02-13"},
        {"тази година", "2017"},
        {"завчера", "2017-02-13"},
    };
    CHECK_RESOLVED(state, PUBLISHED, rows);
}

static void albanian_and_romanian_relative_wordings_are_counted_from_publishing(void **state)
{
    static const row rows[] = {
        {"javën e kaluar", "2017-02-06/2017-02-12"},
        {"këtë vit", "2017"},
        {"muajin e kaluar", "2017-01"},
        {"në tre muajt e fundit", "2016-11-15/2017-02-15"},
        {"para dy ditësh", "2017-02-13"},
        {"vitin e ardhshëm", "2018"},
        {"pardje", "2017-02-13"},
        {"săptămâna trecută", "2017-02-06/2017-02-12"},
        {"acest an", "2017"},
        {"în ultimele trei luni", "2016-11-15/2017-02-15"},
        {"acum două zile", "2017-02-13"},
    };
    CHECK_RESOLVED(state, PUBLISHED, rows);
}

static void
german_french_italian_spanish_and_polish_relative_wordings_are_counted_from_publishing(void **state)
{
    static const row rows[] = {
        {"letzte Woche", "2017-02-06/2017-02-12"},
        {"in diesem Jahr", "2017"},
        {"in den letzten drei Monaten", "2016-11-15/2017-02-15"},
        {"vor zwei Tagen", "2017-02-13"},
        {"am vergangenen Freitag", "2017-02-10"},
        {"la semaine dernière", "2017-02-06/2017-02-12"},
        {"cette année", "2017"},
        {"ces trois derniers mois", "2016-11-15/2017-02-15"},
        {"il y a deux jours", "2017-02-13"},
        {"vendredi dernier", "2017-02-10"},
        {"la settimana scorsa", "2017-02-06/2017-02-12"},
        {"negli ultimi tre mesi", "2016-11-15/2017-02-15"},
        {"due giorni fa", "2017-02-13"},
        {"la semana pasada", "2017-02-06/2017-02-12"},
        {"hace dos días", "2017-02-13"},
        {"este año", "2017"},
        {"w zeszłym tygodniu", "2017-02-06/2017-02-12"},
        {"dwa dni temu", "2017-02-13"},
        {"w tym roku", "2017"},
    };
    CHECK_RESOLVED(state, PUBLISHED, rows);
}

static void what_tells_no_time_is_not_counted(void **state)
{
    static const row rows[] = {
        {"years ago, in coming weeks, in years past", ""},
        {"every Monday and each Tuesday", ""},
        {"Black Friday, the Sun", ""},
        {"on Mondays", ""},
        {"the next day, on the last day", ""},
        {"in the past 40 years", ""},
        {"last week of August", "2017-08"},
        {"an upcoming vote", ""},
        {"the second half", ""},
        {"at the last minute", ""},
    };
    CHECK_RESOLVED(state, PUBLISHED, rows);
}

static void edges_of_the_calendar_are_kept(void **state)
{
    static const row leap[] = {{"a year ago", "2015"},
                               {"last month", "2016-01"},
                               {"in the past year", "2015-02-28/2016-02-29"},
                               {"yesterday", "2016-02-28"},
                               {"tomorrow", "2016-03-01"}};
    static const row january[] = {{"last month", "2016-12"},
                                  {"last quarter", "2016-10/2016-12"},
                                  {"last week", "2016-12-19/2016-12-25"},
                                  {"last half", ""}};
    static const row first[] = {{"last year", ""}, {"yesterday", ""}, {"99 years ago", ""}};
    CHECK_RESOLVED(state, ((ocs_date){2016, 2, 29}), leap);
    CHECK_RESOLVED(state, ((ocs_date){2017, 1, 1}), january);
    CHECK_RESOLVED(state, ((ocs_date){1, 1, 1}), first);
}

static void find_mentions(ocs_arena *arena, const char *lang, ocs_str text, ocs_tokens *tokens,
                          ocs_text_dates *dates)
{
    ocs_gaz_survey survey;
    assert_true(ocs_tokenize(arena, text, tokens));
    assert_true(
        ocs_gaz_survey_make(ocs_gaz_builtin(), arena, text, *tokens, OCS_DATE_TABLES, &survey));
    assert_true(ocs_dates_find_mentions(&survey, ocs_str_of(lang), text, *tokens, arena, dates));
}

static size_t count_in(ocs_arena *arena, const char *lang, const char *text)
{
    ocs_tokens tokens;
    ocs_text_dates dates;
    ocs_arena_clear(arena);
    find_mentions(arena, lang, ocs_str_of(text), &tokens, &dates);
    return dates.n;
}

static void words_of_other_languages_are_not_taken(void **state)
{
    assert_int_equal(count_in(*state, "fr", "Il est venu hier."), 1);
    assert_int_equal(count_in(*state, "de", "Er ist hier."), 0);
    assert_int_equal(count_in(*state, "de", "He came yesterday."), 1);
    assert_int_equal(count_in(*state, "bs", "Došao je danas."), 1);
    assert_int_equal(count_in(*state, "uk", "три години тому"), 0);
    assert_int_equal(count_in(*state, "en", "сегодня"), 1);
}

static void a_doubtful_order_is_settled_by_the_published_day(void **state)
{
    static const row rows[] = {
        {"on 03/04/2016", "2016-03-04"},
        {"on 04/03/2016", "2016-03-04"},
        {"on 05/03/2016", "2016-03-05|2016-05-03"},
    };
    CHECK_RESOLVED(state, ((ocs_date){2016, 3, 4}), rows);
}

static void a_mention_holds_its_weekday(void **state)
{
    static const char text[] = "on Friday, 13 October 2017, too";
    ocs_str all = ocs_str_of(text);
    ocs_tokens tokens;
    ocs_text_dates dates;
    find_mentions(*state, "en", all, &tokens, &dates);
    assert_int_equal(dates.n, 1);
    assert_str(
        ocs_str_sub(all, tokens.at[dates.at[0].from].at.from, tokens.at[dates.at[0].to - 1].at.to),
        "Friday, 13 October 2017");
}

static void a_resolved_date_is_less_sure_and_says_so(void **state)
{
    ocs_text_dates dates = find_dates(*state, "on 5 May 2016, 6 May, Friday and last week");
    ocs_dates_resolve(&dates, PUBLISHED);
    assert_int_equal(dates.n, 4);
    assert_false(dates.at[0].resolved);
    for (size_t i = 1; i < dates.n; i++) {
        assert_true(dates.at[i].resolved);
        assert_true(dates.at[i].sure < dates.at[0].sure);
        assert_string_not_equal(dates.at[i].rule, "");
    }
}

int main(void)
{
#define TEST(claim) cmocka_unit_test_setup_teardown(claim, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(relative_words_wait_for_the_published_date),
        TEST(relative_words_without_a_published_day_are_dropped),
        TEST(a_missing_year_is_that_of_publishing),
        TEST(a_day_that_the_year_lacks_stays_without_it),
        TEST(english_relative_wordings_are_counted_from_publishing),
        TEST(russian_and_ukrainian_relative_wordings_are_counted_from_publishing),
        TEST(south_slavic_relative_wordings_are_counted_from_publishing),
        TEST(albanian_and_romanian_relative_wordings_are_counted_from_publishing),
        TEST(
            german_french_italian_spanish_and_polish_relative_wordings_are_counted_from_publishing),
        TEST(what_tells_no_time_is_not_counted),
        TEST(edges_of_the_calendar_are_kept),
        TEST(words_of_other_languages_are_not_taken),
        TEST(a_doubtful_order_is_settled_by_the_published_day),
        TEST(a_mention_holds_its_weekday),
        TEST(a_resolved_date_is_less_sure_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
