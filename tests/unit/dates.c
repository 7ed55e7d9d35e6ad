/* Dates in running text: a row is a sentence and the dates that it speaks of, in ISO 8601.  "?fri"
 * stands for a relative word, "|2018-10-09" behind a date for its other reading. */
#include "ingest/dates.h"
#include "tests/unit/unit.h"

enum { ARENA = 16 << 20 };

typedef struct row {
    const char *text, *dates;
} row;

static int make_arena(void **state)
{
    *state = ocs_arena_new(ARENA);
    return *state ? 0 : -1;
}

static int free_arena(void **state)
{
    ocs_arena_free(*state);
    return 0;
}

static ocs_text_dates find_dates(ocs_arena *arena, const char *text)
{
    ocs_tokens tokens;
    ocs_text_dates dates;
    ocs_arena_clear(arena);
    assert_true(ocs_tokenize(arena, ocs_str_of(text), &tokens));
    assert_true(ocs_dates_find(ocs_gaz_builtin(), ocs_str_of(text), tokens, arena, &dates));
    return dates;
}

static void print_date(const ocs_text_date *d, ocs_buf *out)
{
    char text[OCS_WHEN_TEXT];
    if (out->n > 0)
        ocs_buf_putc(out, ' ');
    if (d->relative && !d->resolved) {
        ocs_buf_putf(out, "?%s", d->relative);
        return;
    }
    ocs_buf_put(out, ocs_when_print(d->when, text));
    if (d->other.from.month != 0) {
        ocs_buf_putc(out, '|');
        ocs_buf_put(out, ocs_when_print(d->other, text));
    }
}

static bool reads(ocs_text_dates dates, const row *r)
{
    ocs_buf got;
    ocs_buf_init(&got, 1 << 16);
    for (size_t i = 0; i < dates.n; i++)
        print_date(&dates.at[i], &got);
    bool same = ocs_str_eq(ocs_buf_str(&got), ocs_str_of(r->dates));
    if (!same)
        print_error("\"%s\"\n    gives \"%.*s\", not \"%s\"\n", r->text, OCS_ARG(ocs_buf_str(&got)),
                    r->dates);
    ocs_buf_clear(&got);
    return same;
}

static void check(void **state, const row *rows, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++)
        wrong += !reads(find_dates(*state, rows[i].text), &rows[i]);
    assert_int_equal(wrong, 0);
}

#define CHECK(state, rows) check((state), (rows), sizeof(rows) / sizeof *(rows))

/* The same against a published date. */
static void check_resolved(void **state, ocs_date published, const row *rows, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        ocs_text_dates dates = find_dates(*state, rows[i].text);
        ocs_dates_resolve(&dates, published);
        wrong += !reads(dates, &rows[i]);
    }
    assert_int_equal(wrong, 0);
}

/* ---- wordings ---- */

static void english_days_months_and_years_are_read(void **state)
{
    static const row rows[] = {
        {"The law was signed on 25 October 2016 in the capital.", "2016-10-25"},
        {"The law was signed on 25 Oct 2016.", "2016-10-25"},
        {"The law was signed on 9 Sept. 2012.", "2012-09-09"},
        {"on 5th May 2011 and the 3rd of June, 2012", "2011-05-05 2012-06-03"},
        {"It entered into force on June 30, 2018.", "2018-06-30"},
        {"It entered into force on Sep. 3, 2018, and stayed.", "2018-09-03"},
        {"On April 2 the three met.", "--04-02"},
        {"They met on 6 December, as before.", "--12-06"},
        {"Since March 2014 the team has grown.", "2014-03"},
        {"The office opened in April 2016.", "2016-04"},
        {"He said in July that it would.", "--07"},
        {"Elections were held in 2014.", "2014"},
        {"the 2016 elections", "2016"},
        {"25\xC2\xA0October\xC2\xA0"
         "2016",
         "2016-10-25"},
        {"6-October-2017", "2017-10-06"},
    };
    CHECK(state, rows);
}

static void ranges_of_days_are_one_date(void **state)
{
    static const row rows[] = {
        {"from 12-13 October 2017", "2017-10-12/2017-10-13"},
        {"on 12–13 October 2017", "2017-10-12/2017-10-13"},
        {"on 12 - 13 October 2017", "2017-10-12/2017-10-13"},
        {"from 10 to 14 October", "--10-10/--10-14"},
        {"From 10 to 14 October 2016 a course", "2016-10-10/2016-10-14"},
        {"between 3 and 7 April 2017", "2017-04-03/2017-04-07"},
        {"Between 3 and 9 May", "--05-03/--05-09"},
        {"on 5 and 6 May 2016", "2016-05-05/2016-05-06"},
        {"on 5 and 12 May 2016", "2016-05-05 2016-05-12"},
        {"May 5-7, 2016", "2016-05-05/2016-05-07"},
        {"May 5 to 7, 2016", "2016-05-05/2016-05-07"},
        {"28 September - 2 October 2015", "2015-09-28/2015-10-02"},
        {"30 December 2015 to 4 January 2016", "2015-12-30/2016-01-04"},
        {"from 30 December to 4 January 2016", "2015-12-30/2016-01-04"},
        {"between 28 May and 3 June 2018", "2018-05-28/2018-06-03"},
        {"from 9 to 11 October", "--10-09/--10-11"},
        {"June 28 - July 2, 2019", "2019-06-28/2019-07-02"},
    };
    CHECK(state, rows);
}

static void ranges_of_months_and_years_are_one_date(void **state)
{
    static const row rows[] = {
        {"between September and December 2019", "2019-09/2019-12"},
        {"from March to May 2018", "2018-03/2018-05"},
        {"April-June 2016", "2016-04/2016-06"},
        {"from November 2018 to February 2019", "2018-11/2019-02"},
        {"between November 2018 and February 2019", "2018-11/2019-02"},
        {"from 2013 to 2016", "2013/2016"},
        {"in 2013-2016", "2013/2016"},
        {"in 2013–2016", "2013/2016"},
        {"between 2013 and 2016", "2013/2016"},
        {"from 2013 until the end of 2016", "2013/2016"},
        {"2013 until the end of 2016", "2013/2016"},
        {"in 2013 and 2016", "2013 2016"},
    };
    CHECK(state, rows);
}

static void russian_and_ukrainian_wordings_are_read(void **state)
{
    static const row rows[] = {
        {"Встреча прошла 15 апреля 2015 года в городе.", "2015-04-15"},
        {"Встреча прошла 28 октября 2019 г.", "2019-10-28"},
        {"Миссия открыта в апреле 2014 года.", "2014-04"},
        {"Курс прошёл с 10 по 14 октября 2016 года.", "2016-10-10/2016-10-14"},
        {"Курс прошёл 10-14 октября 2016 года.", "2016-10-10/2016-10-14"},
        {"Курс прошёл с 28 сентября по 2 октября 2015 года.", "2015-09-28/2015-10-02"},
        {"5 и 6 мая 2016 года", "2016-05-05/2016-05-06"},
        {"в период с 2013 по 2016 год", "2013/2016"},
        {"с сентября по декабрь 2019 года", "2019-09/2019-12"},
        {"1 января, 2 февраля, 3 марта, 4 мая, 5 июня", "--01-01 --02-02 --03-03 --05-04 --06-05"},
        {"6 июля, 7 августа, 8 сентября, 9 ноября, 10 декабря",
         "--07-06 --08-07 --09-08 --11-09 --12-10"},
        {"Зустріч відбулася 15 квітня 2015 року.", "2015-04-15"},
        {"з 10 до 14 жовтня 2016 року", "2016-10-10/2016-10-14"},
        {"5 та 6 травня 2016 року", "2016-05-05/2016-05-06"},
        {"1 січня, 2 лютого, 3 березня, 4 червня, 5 липня",
         "--01-01 --02-02 --03-03 --06-04 --07-05"},
        {"6 серпня, 7 вересня, 8 листопада, 9 грудня", "--08-06 --09-07 --11-08 --12-09"},
        {"у вересні 2018 року", "2018-09"},
    };
    CHECK(state, rows);
}

static void serbian_croatian_bosnian_and_macedonian_wordings_are_read(void **state)
{
    static const row rows[] = {
        {"Sastanak je održan 9. februara 2023. godine.", "2023-02-09"},
        {"Састанак је одржан 9. фебруара 2023. године.", "2023-02-09"},
        {"od 10. do 14. oktobra 2016.", "2016-10-10/2016-10-14"},
        {"од 10. до 14. октобра 2016.", "2016-10-10/2016-10-14"},
        {"5. i 6. maja 2016. godine", "2016-05-05/2016-05-06"},
        {"12-13. oktobra 2017.", "2017-10-12/2017-10-13"},
        {"u oktobru 2017. godine", "2017-10"},
        {"u periodu od 2013. do 2016. godine", "2013/2016"},
        {"1. januara, 3. marta, 4. aprila, 5. juna, 6. jula, 7. avgusta",
         "--01-01 --03-03 --04-04 --06-05 --07-06 --08-07"},
        {"1. јануара, 3. марта, 4. априла, 5. јуна, 6. јула, 7. августа",
         "--01-01 --03-03 --04-04 --06-05 --07-06 --08-07"},
        {"8. septembra, 9. novembra, 10. decembra", "--09-08 --11-09 --12-10"},
        {"8. септембра, 9. новембра, 10. децембра", "--09-08 --11-09 --12-10"},
        {"Skup je održan 13. veljače 2017. u gradu.", "2017-02-13"},
        {"3. siječnja, 4. ožujka, 5. travnja, 6. svibnja, 7. lipnja 2010.",
         "--01-03 --03-04 --04-05 --05-06 2010-06-07"},
        {"8. srpnja, 9. kolovoza, 10. rujna, 11. listopada, 12. studenoga, 13. prosinca",
         "--07-08 --08-09 --09-10 --10-11 --11-12 --12-13"},
        {"Средбата се одржа на 25 октомври 2016 година.", "2016-10-25"},
        {"од 10 до 14 декември 2016", "2016-12-10/2016-12-14"},
        {"3 јануари, 4 февруари, 5 јуни, 6 јули, 7 септември 2014",
         "--01-03 --02-04 --06-05 --07-06 2014-09-07"},
    };
    CHECK(state, rows);
}

static void albanian_and_romanian_wordings_are_read(void **state)
{
    static const row rows[] = {
        {"Takimi u mbajt më 13 prill 2012.", "2012-04-13"},
        {"Takimi u mbajt më 5 tetor 2015 në qytet.", "2015-10-05"},
        {"nga 9 deri më 11 tetor", "--10-09/--10-11"},
        {"nga 9 deri më 11 tetor 2018", "2018-10-09/2018-10-11"},
        {"më 9 dhe 10 nëntor 2018", "2018-11-09/2018-11-10"},
        {"në mars 2017", "2017-03"},
        {"3 janar, 4 shkurt, 5 maj, 6 qershor, 7 korrik",
         "--01-03 --02-04 --05-05 --06-06 --07-07"},
        {"8 gusht, 9 shtator, 10 dhjetor", "--08-08 --09-09 --12-10"},
        {"Reuniunea a avut loc pe 3 martie 2014 la Chișinău.", "2014-03-03"},
        {"de la 10 la 14 octombrie 2016", "2016-10-10/2016-10-14"},
        {"5 și 6 mai 2016", "2016-05-05/2016-05-06"},
        {"3 ianuarie, 4 februarie, 5 iunie, 6 iulie, 7 noiembrie",
         "--01-03 --02-04 --06-05 --07-06 --11-07"},
    };
    CHECK(state, rows);
}

static void german_french_italian_spanish_and_polish_wordings_are_read(void **state)
{
    static const row rows[] = {
        {"Das Treffen fand am 13. Februar 2017 statt.", "2017-02-13"},
        {"vom 10. bis 14. Oktober 2016", "2016-10-10/2016-10-14"},
        {"vom 10. bis zum 14. Oktober 2016", "2016-10-10/2016-10-14"},
        {"am 5. und 6. Mai 2016", "2016-05-05/2016-05-06"},
        {"im März 2018", "2018-03"},
        {"Das Treffen am 3. Jänner, 4. Juni, 5. Dezember", "--01-03 --06-04 --12-05"},
        {"La réunion a eu lieu le 13 février 2017.", "2017-02-13"},
        {"du 10 au 14 octobre 2016", "2016-10-10/2016-10-14"},
        {"le 1er août 2012", "2012-08-01"},
        {"les 5 et 6 mai 2016", "2016-05-05/2016-05-06"},
        {"en décembre 2013", "2013-12"},
        {"La riunione si è tenuta il 13 febbraio 2017.", "2017-02-13"},
        {"dal 10 al 14 ottobre 2016", "2016-10-10/2016-10-14"},
        {"il 5 e 6 maggio 2016", "2016-05-05/2016-05-06"},
        {"La reunión tuvo lugar el 13 de febrero de 2017.", "2017-02-13"},
        {"del 10 al 14 de octubre de 2016", "2016-10-10/2016-10-14"},
        {"el 5 y 6 de mayo de 2016", "2016-05-05/2016-05-06"},
        {"en septiembre de 2018", "2018-09"},
        {"Spotkanie odbyło się 13 lutego 2017 r.", "2017-02-13"},
        {"od 10 do 14 października 2016 roku", "2016-10-10/2016-10-14"},
        {"5 i 6 maja 2016", "2016-05-05/2016-05-06"},
        {"3 stycznia, 4 kwietnia, 5 czerwca, 6 września, 7 grudnia",
         "--01-03 --04-04 --06-05 --09-06 --12-07"},
    };
    CHECK(state, rows);
}

static void numeric_dates_are_day_first_and_keep_the_other_reading(void **state)
{
    static const row rows[] = {
        {"signed on 10/09/2018 by both", "2018-09-10|2018-10-09"},
        {"signed on 25/09/2018 by both", "2018-09-25"},
        {"Mon, 10/25/2020 - 19:05", "?mon 2020-10-25"},
        {"on 05/05/2018", "2018-05-05"},
        {"signed on 06.10.2016", "2016-10-06"},
        {"signed on 6. 10. 2016.", "2016-10-06"},
        {"signed on 2016-10-06", "2016-10-06"},
        {"2016-10-06T12:30:00+02:00", "2016-10-06"},
        {"signed on 06-10-2016", "2016-10-06"},
    };
    CHECK(state, rows);
}

/* ---- what is no date ---- */

static void numbers_of_other_things_are_no_dates(void **state)
{
    static const char *const texts[] = {
        "Resolution 1540 of the Security Council",
        "Security Council resolutions 2014 and 2015",
        "UNSCR 1970",
        "at 15:00 hrs",
        "as of 19:30hrs",
        "at 9:24hrs and 8:59",
        "call +43 1 514 36 2010",
        "Tel: +43 664 1950 2020",
        "a ceasefire violation [12] and [3]",
        "Daily Report 247/2019",
        "some 2,500 people",
        "worth 2.015 euros",
        "2014 people crossed",
        "over 2000 explosions",
        "PC.DEL/10/09/2018",
        "MC.DEC/7/2019",
        "section 3.2.1 of the annex",
        "Law No. 1999 on arms",
        "room 2010",
        "99/99/2018",
        "31/31/2018",
        "he may 5 times",
        "they march 12 km",
        "version 1.2.2018.7",
        "32 October",
        "",
        "0",
        "2016x",
    };
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        wrong += !reads(find_dates(*state, texts[i]), &(row){texts[i], ""});
    assert_int_equal(wrong, 0);
}

static void a_day_that_no_month_has_is_no_day(void **state)
{
    static const row rows[] = {
        {"30 February", ""},
        {"29 February 2020", "2020-02-29"},
        {"29 February", "--02-29"},
        {"31.04.2016", ""},
    };
    CHECK(state, rows);
}

static void the_place_is_that_of_the_whole_wording(void **state)
{
    static const char text[] = "It ran from 10 to 14 October 2016, then stopped.";
    ocs_tokens tokens;
    ocs_text_dates dates;
    assert_true(ocs_tokenize(*state, ocs_str_of(text), &tokens));
    assert_true(ocs_dates_find(ocs_gaz_builtin(), ocs_str_of(text), tokens, *state, &dates));
    assert_int_equal(dates.n, 1);
    ocs_str all = ocs_str_sub(ocs_str_of(text), tokens.at[dates.at[0].from].at.from,
                              tokens.at[dates.at[0].to - 1].at.to);
    assert_str(all, "10 to 14 October 2016");
}

/* ---- against the published date ---- */

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

/* ---- values ---- */

static void a_value_is_read_with_its_place(void **state)
{
    static const struct {
        const char *text;
        ocs_date date;
        const char *place;
    } rows[] = {
        {"Mon, 10/05/2020 - 19:05", {2020, 5, 10}, "10/05/2020"},
        {"2017-02-13T10:00:00+01:00", {2017, 2, 13}, "2017-02-13T10"},
        {"Published on 19 Dec 2019 — View Original", {2019, 12, 19}, "19 Dec 2019"},
        {"RTV 25.05.2023 | Tanjug", {2023, 5, 25}, "25.05.2023"},
        {"5 May, later 6 June 2018", {2018, 6, 6}, "6 June 2018"},
        {"today", {0}, ""},
        {"5 May", {0}, ""},
        {"", {0}, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ocs_date date = {0};
        ocs_span at = {0};
        ocs_str value = ocs_str_of(rows[i].text);
        bool found = ocs_date_read(ocs_gaz_builtin(), value, *state, &date, &at);
        assert_int_equal(found, rows[i].date.year != 0);
        assert_true(ocs_date_equal(date, rows[i].date));
        assert_str(ocs_str_sub(value, at.from, at.to), rows[i].place);
    }
}

static void dates_of_a_large_text_take_little_time(void **state)
{
    enum { TIMES = 20000 };
    static const char piece[] = "12-13 ";
    ocs_str text = {ocs_arena_array(*state, TIMES, sizeof piece), TIMES * (sizeof piece - 1)};
    ocs_arena *arena = ocs_arena_new((size_t)256 << 20);
    ocs_tokens tokens;
    ocs_text_dates dates;
    assert_non_null(text.p);
    assert_non_null(arena);
    for (size_t i = 0; i < TIMES; i++)
        memcpy((char *)(uintptr_t)text.p + i * (sizeof piece - 1), piece, sizeof piece - 1);
    assert_true(ocs_tokenize(arena, text, &tokens));
    assert_true(ocs_dates_find(ocs_gaz_builtin(), text, tokens, arena, &dates));
    assert_int_equal(dates.n, 0);
    ocs_arena_free(arena);
}

int main(void)
{
#define TEST(claim) cmocka_unit_test_setup_teardown(claim, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(english_days_months_and_years_are_read),
        TEST(ranges_of_days_are_one_date),
        TEST(ranges_of_months_and_years_are_one_date),
        TEST(russian_and_ukrainian_wordings_are_read),
        TEST(serbian_croatian_bosnian_and_macedonian_wordings_are_read),
        TEST(albanian_and_romanian_wordings_are_read),
        TEST(german_french_italian_spanish_and_polish_wordings_are_read),
        TEST(numeric_dates_are_day_first_and_keep_the_other_reading),
        TEST(numbers_of_other_things_are_no_dates),
        TEST(a_day_that_no_month_has_is_no_day),
        TEST(the_place_is_that_of_the_whole_wording),
        TEST(relative_words_wait_for_the_published_date),
        TEST(relative_words_without_a_published_day_are_dropped),
        TEST(a_missing_year_is_that_of_publishing),
        TEST(a_day_that_the_year_lacks_stays_without_it),
        TEST(a_value_is_read_with_its_place),
        TEST(dates_of_a_large_text_take_little_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
