/* Dates that a text states: days, months, years and ranges in many languages, and what is none. */
#include "tests/unit/dates_rows.h"

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
        {"Mon, 10/25/2020 - 19:05", "2020-10-25"},
        {"on 05/05/2018", "2018-05-05"},
        {"signed on 06.10.2016", "2016-10-06"},
        {"signed on 6. 10. 2016.", "2016-10-06"},
        {"signed on 2016-10-06", "2016-10-06"},
        {"2016-10-06T12:30:00+02:00", "2016-10-06"},
        {"signed on 06-10-2016", "2016-10-06"},
        {"10.10.2016 - 14.10.2016", "2016-10-10/2016-10-14"},
        {"10.-14.10.2016", "2016-10-10/2016-10-14"},
        {"10-14.10.2016", "2016-10-10/2016-10-14"},
        {"from 25/01/2019-26/07/2020", "2019-01-25/2020-07-26"},
        {"from 05/01/2019 to 06/07/2020", "2019-01-05/2020-07-06|2019-05-01/2020-06-07"},
        {"2016-10-06 to 2016-10-09", "2016-10-06/2016-10-09"},
        {"14.10.2016 - 10.10.2016", "2016-10-14 2016-10-10"},
        {"on 2020-Sep-23", "2020-09-23"},
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
        "resolution 1325 (2000)",
        "Resolution 1244 (1999) of the Council",
        "UNSCR 1540",
        "articles 1950, 1951 and 1952",
        "pages 1999-2003",
        "on page 12.05.16",
        "version 12.05.16",
        "a 2000 year old city",
        "paid $2000 and 2014 euros",
        "резолюция 2014",
        "neni 2012",
        "in 1540 cases",
        "12.05.16.7",
        "12:30:15",
        "7/6",
        "ISO 9001:2015",
        "at 12:30 may",
        "MC.DEC/3/2011",
        "1989th",
        "the fourth quarter",
        "Q5 and H3",
    };
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        wrong += !reads(find_dates(*state, texts[i]), &(row){texts[i], ""});
    assert_int_equal(wrong, 0);
}

static void periods_of_years_are_read(void **state)
{
    static const row rows[] = {
        {"in the first quarter of 2016", "2016-01/2016-03"},
        {"2017-Q1 and 2018 H2", "2017-01/2017-03 2018-07/2018-12"},
        {"between May and June in 1981", "1981-05/1981-06"},
        {"Q3 2017 and H2 2018", "2017-07/2017-09 2018-07/2018-12"},
        {"the second half of 2017", "2017-07/2017-12"},
        {"в первом квартале 2016 года", "2016-01/2016-03"},
        {"у другій половині 2017 року", "2017-07/2017-12"},
        {"u drugom kvartalu 2016. godine", "2016-04/2016-06"},
        {"im dritten Quartal 2016", "2016-07/2016-09"},
        {"IV квартал 2016 года", "2016-10/2016-12"},
        {"au premier semestre 2018", "2018-01/2018-06"},
        {"in the 1990s and the 2000s", "1990/1999 2000/2009"},
        {"в 1990-х годах", "1990/1999"},
        {"in 2016/17", "2016/2017"},
        {"in 2013/2014", "2013/2014"},
        {"from 2012-15", "2012/2015"},
        {"since 2016-10", "2016-10"},
        {"in 1878", "1878"},
        {"the treaty (1878)", "1878"},
        {"in July 1805", "1805-07"},
        {"1871-1918", "1871/1918"},
        {"(8 May 1700 – 17 March 1782)", "1700-05-08 1782-03-17"},
    };
    CHECK(state, rows);
}

static void lists_share_month_and_year(void **state)
{
    static const row rows[] = {
        {"5 & 6 May 2016", "2016-05-05/2016-05-06"},
        {"5 & 8 May 2016", "2016-05-05 2016-05-08"},
        {"am 3./4. Mai 2016", "2016-05-03/2016-05-04"},
        {"5; May 2016", "2016-05"},
        {"entre mars et juin 2016", "2016-03/2016-06"},
        {"между мартом и июнем 2016 года", "2016-03/2016-06"},
        {"між березнем і червнем 2016 року", "2016-03/2016-06"},
        {"on 3, 5 and 9 May 2016", "2016-05-03 2016-05-05 2016-05-09"},
        {"March, April and June 2016", "2016-03 2016-04 2016-06"},
        {"28 September and 2 October 2015", "2015-09-28 2015-10-02"},
        {"30 December and 2 January 2015", "--12-30 2015-01-02"},
        {"5 мая и 7 июня 2016 года", "2016-05-05 2016-06-07"},
        {"room 3, 5 May 2016", "2016-05-05"},
    };
    CHECK(state, rows);
}

static void a_weekday_belongs_to_its_date(void **state)
{
    static const row rows[] = {
        {"on Friday, 13 October 2017", "2017-10-13"},
        {"Monday 5 to Friday 9 October 2015", "2015-10-05/2015-10-09"},
        {"в понедельник, 5 октября 2020 года", "2020-10-05"},
        {"u petak, 13. oktobra 2017.", "2017-10-13"},
        {"am Montag, dem Rest", "?mon"},
    };
    CHECK(state, rows);
}

static void a_doubtful_order_is_settled_by_the_rest_of_the_text(void **state)
{
    static const row rows[] = {
        {"on 03/04/2016 and 05/06/2016", "2016-04-03|2016-03-04 2016-06-05|2016-05-06"},
        {"on 03/04/2016 and 25/06/2016", "2016-04-03 2016-06-25"},
        {"on 03/04/2016 and 06/25/2016", "2016-03-04 2016-06-25"},
        {"03/04/2016, 25/06/2016, 06/25/2016", "2016-04-03|2016-03-04 2016-06-25 2016-06-25"},
        {"Mon, 10/05/2020", "2020-10-05"},
        {"Sunday 10/05/2020", "2020-05-10"},
        {"Friday 10/05/2020", "2020-05-10|2020-10-05"},
        {"signed on 12.05.16 and 25/12/99", "2016-05-12 1999-12-25"},
    };
    CHECK(state, rows);
}

static void hostile_numbers_are_no_dates(void **state)
{
    static const char *const texts[] = {
        "99999999999999999999999999999999",
        "99/99/9999",
        "0/0/0000",
        "00.00.2016",
        "31.02.2016",
        "2016-02-30",
        "2016-13-01",
        "2016-00-00",
        "0000-01-01",
        "32767 May",
        "-1 -2 -3",
        "999999999 days ago",
        "last 99999999999 years",
        "Q0 2016",
        "2016//2017",
        "./-./-./-",
        "1990-",
    };
    static const char *const tails[] = {"last",      "the past", "three",   "3",
                                        "3 days",    "Monday,",  "between", "5 to",
                                        "May 5 and", "il y a",   "1990-",   "of"};
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ocs_text_dates dates = find_dates(*state, texts[i]);
        for (size_t k = 0; k < dates.n; k++)
            wrong += dates.at[k].relative || !ocs_date_valid(dates.at[k].when.from);
        wrong += dates.n > 0 && ocs_date_precision(dates.at[0].when.from) == OCS_PRECISION_DAY;
    }
    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
        (void)find_dates(*state, tails[i]); /* the text ends within a wording */
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

/* ---- values ---- */

static void a_value_is_read_with_its_place(void **state)
{
    static const struct {
        const char *text;
        ocs_date date;
        const char *place;
    } rows[] = {
        {"Mon, 10/05/2020 - 19:05", {2020, 10, 5}, "10/05/2020"},
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
        TEST(periods_of_years_are_read),
        TEST(lists_share_month_and_year),
        TEST(a_weekday_belongs_to_its_date),
        TEST(a_doubtful_order_is_settled_by_the_rest_of_the_text),
        TEST(hostile_numbers_are_no_dates),
        TEST(a_day_that_no_month_has_is_no_day),
        TEST(the_place_is_that_of_the_whole_wording),
        TEST(a_value_is_read_with_its_place),
        TEST(dates_of_a_large_text_take_little_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
