/* Datelines: a row is the start of a paragraph, the places that it names, its date, and what is left
 * behind it. */
#include "ingest/facts.h"
#include "tests/unit/arena_fixture.h"

typedef struct row {
    const char *text, *places, *date, *rest;
} row;

static void print_places(ocs_str text, const ocs_dateline *line, ocs_buf *out)
{
    for (size_t i = 0; i < line->n_places; i++) {
        if (i > 0)
            ocs_buf_putc(out, ';');
        ocs_buf_put(out, ocs_str_sub(text, line->places[i].from, line->places[i].to));
    }
}

static bool reads(ocs_arena *arena, const row *r)
{
    ocs_dateline line = {0};
    ocs_str text = ocs_str_of(r->text);
    char date[OCS_WHEN_TEXT];
    ocs_buf got;
    ocs_buf_init(&got, 1 << 12);
    ocs_arena_clear(arena);
    if (!ocs_dateline_read(ocs_gaz_builtin(), text, arena, &line))
        ocs_buf_puts(&got, "none");
    else {
        print_places(text, &line, &got);
        ocs_buf_putc(&got, '|');
        if (line.date.month)
            ocs_buf_put(&got, ocs_date_print(line.date, date));
        ocs_buf_putc(&got, '|');
        ocs_buf_put(&got, ocs_str_trim(ocs_str_sub(text, line.end, text.n)));
    }
    char wanted[400] = "none";
    if (r->places)
        snprintf(wanted, sizeof wanted, "%s|%s|%s", r->places, r->date, r->rest);
    bool same = ocs_str_eq(ocs_buf_str(&got), ocs_str_of(wanted));
    if (!same)
        print_error("\"%s\"\n    gives \"%.*s\", not \"%s\"\n", r->text, OCS_ARG(ocs_buf_str(&got)),
                    wanted);
    ocs_buf_clear(&got);
    return same;
}

static void check(void **state, const row *rows, size_t n)
{
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++)
        wrong += !reads(*state, &rows[i]);
    assert_int_equal(wrong, 0);
}

#define CHECK(state, rows) check((state), (rows), sizeof(rows) / sizeof *(rows))

static void place_then_day_month_year_then_a_dash_is_a_dateline(void **state)
{
    static const row rows[] = {
        {"SKOPJE, 25 October 2016 – A course ended.", "SKOPJE", "2016-10-25", "A course ended."},
        {"BELGRADE, 13 February 2017 –OSCE staff met.", "BELGRADE", "2017-02-13",
         "OSCE staff met."},
        {"SKOPJE, 13 August 2014- The team left.", "SKOPJE", "2014-08-13", "The team left."},
        {"PRISTINA, 8 July 2021 — Police met.", "PRISTINA", "2021-07-08", "Police met."},
        {"VIENNA, 8 July 2021  -  Police met.", "VIENNA", "2021-07-08", "Police met."},
        {"BELGRADE, 6 August 2001 (OSCE) - Police met.", "BELGRADE", "2001-08-06", "Police met."},
        {"Vienna, 12 January 2023 (MIA) — Police met.", "Vienna", "2023-01-12", "Police met."},
        {"Rome, 6 December 2024 (dpa/MIA) - Police met.", "Rome", "2024-12-06", "Police met."},
        {"19 December 2024, SARAJEVO – Police met.", "SARAJEVO", "2024-12-19", "Police met."},
        {"TIRANA, 3 Sept. 2009 - Police met.", "TIRANA", "2009-09-03", "Police met."},
    };
    CHECK(state, rows);
}

static void several_and_double_places_are_all_read(void **state)
{
    static const row rows[] = {
        {"PRISHTINË/PRIŠTINA, 9 Apr 2012- Police met.", "PRISHTINË;PRIŠTINA", "2012-04-09",
         "Police met."},
        {"Prishtinë/Priština, 13 April 2012 – Police met.", "Prishtinë;Priština", "2012-04-13",
         "Police met."},
        {"VIENNA/WARSAW, 18 July 2022 - Police met.", "VIENNA;WARSAW", "2022-07-18", "Police met."},
        {"YEREVAN / BAKU, 7 October 2017 - Police met.", "YEREVAN;BAKU", "2017-10-07",
         "Police met."},
        {"Moscow/Washington/Paris, April 2, 2016, the three said.", "Moscow;Washington;Paris",
         "2016-04-02", "the three said."},
        {"SREMSKI KARLOVCI, 7 October 2017 - Police met.", "SREMSKI KARLOVCI", "2017-10-07",
         "Police met."},
    };
    CHECK(state, rows);
}

static void a_country_behind_the_place_is_no_place(void **state)
{
    static const row rows[] = {
        {"OSH, Kyrgyzstan, 14 March 2006- Police met.", "OSH", "2006-03-14", "Police met."},
        {"BAKU, Azerbaijan, December 6. Police met.", "BAKU", "--12-06", "Police met."},
        {"STRUGA, North Macedonia, 6 May 2019 – Police met.", "STRUGA", "2019-05-06",
         "Police met."},
    };
    CHECK(state, rows);
}

static void month_first_and_missing_parts_are_read(void **state)
{
    static const row rows[] = {
        {"KYIV, July 6, 2015 - Police met.", "KYIV", "2015-07-06", "Police met."},
        {"TASHKENT 29 March 2001", "TASHKENT", "2001-03-29", ""},
        {"VIENNA/WARSAW, 18 July 2022", "VIENNA;WARSAW", "2022-07-18", ""},
        {"БЕОГРАД - Полиција је јуче", "БЕОГРАД", "", "Полиција је јуче"},
        {"BEOGRAD - Policija je", "BEOGRAD", "", "Policija je"},
        {"YERAVAN, 7 October 2017 - Police met.", "YERAVAN", "2017-10-07", "Police met."},
        {"CHISINAU, 7 October - Police met.", "CHISINAU", "--10-07", "Police met."},
    };
    CHECK(state, rows);
}

static void datelines_in_other_languages_are_read(void **state)
{
    static const row rows[] = {
        {"КИЕВ 28 октября 2019", "КИЕВ", "2019-10-28", ""},
        {"АШХАБАД, 15 апреля 2015 года – Встреча", "АШХАБАД", "2015-04-15", "Встреча"},
        {"БИШКЕК, 15 апреля 2015 г. - Встреча", "БИШКЕК", "2015-04-15", "Встреча"},
        {"КИЇВ, 15 квітня 2015 року – Зустріч", "КИЇВ", "2015-04-15", "Зустріч"},
        {"Душанбе, 20 февраля (НИАТ «Ховар»).- Встреча", "Душанбе", "--02-20", "Встреча"},
        {"TIRANË, 5 tetor 2015 – Takimi", "TIRANË", "2015-10-05", "Takimi"},
        {"BEOGRAD, 9. februara 2023. – Sastanak", "BEOGRAD", "2023-02-09", "Sastanak"},
        {"BEOGRAD, 9. februara 2023. godine – Sastanak", "BEOGRAD", "2023-02-09", "Sastanak"},
        {"БЕОГРАД, 9. фебруара 2023. године – Састанак", "БЕОГРАД", "2023-02-09", "Састанак"},
        {"СКОПЈЕ, 9 февруари 2023 година – Средба", "СКОПЈЕ", "2023-02-09", "Средба"},
        {"WIEN, 13. Februar 2017 – Das Treffen", "WIEN", "2017-02-13", "Das Treffen"},
        {"CHIȘINĂU, 3 martie 2014 – Reuniunea", "CHIȘINĂU", "2014-03-03", "Reuniunea"},
    };
    CHECK(state, rows);
}

static void no_break_spaces_between_the_parts_do_no_harm(void **state)
{
    static const row rows[] = {
        {"SKOPJE,\xC2\xA0"
         "25\xC2\xA0October\xC2\xA0"
         "2016\xC2\xA0–\xC2\xA0"
         "A course",
         "SKOPJE", "2016-10-25",
         "\xC2\xA0"
         "A course"},
    };
    CHECK(state, rows);
}

static void other_beginnings_are_no_datelines(void **state)
{
    static const row rows[] = {
        {"OSCE - a regional organisation - met today.", NULL, NULL, NULL},
        {"ODIHR – the office in Warsaw – said so.", NULL, NULL, NULL},
        {"The Hague is a city.", NULL, NULL, NULL},
        {"The Hague is a city that on 13 February 2017 - a Monday - slept.", NULL, NULL, NULL},
        {"POLICE TRAINING ENDS IN BELGRADE", NULL, NULL, NULL},
        {"POLICE TRAINING - A SUCCESS", NULL, NULL, NULL},
        {"Belgrade and Sarajevo signed on 13 February 2017 an accord.", NULL, NULL, NULL},
        {"Belgrade, 13 February 2017 was a cold day.", NULL, NULL, NULL},
        {"13 February 2017 was a cold day in Belgrade.", NULL, NULL, NULL},
        {"On 13 February 2017, Belgrade - the capital - froze.", NULL, NULL, NULL},
        {"Vienna-based staff met.", NULL, NULL, NULL},
        {"Vienna", NULL, NULL, NULL},
        {"- a bullet", NULL, NULL, NULL},
        {"12 - 13 people", NULL, NULL, NULL},
        {"", NULL, NULL, NULL},
    };
    CHECK(state, rows);
}

static void a_place_is_shown_by_its_usual_name(void **state)
{
    static const struct {
        const char *text, *value, *key;
    } rows[] = {
        {"BELGRADE", "Belgrade", "belgrade"},
        {"Београд", "Belgrade", "belgrade"},
        {"SOMEWHERE NEW", "Somewhere New", "somewhere-new"},
        {"Somewhere McNew", "Somewhere McNew", "somewhere-mcnew"},
        {"Kyrgyzstan", "", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ocs_fact fact = ocs_place_fact(ocs_gaz_builtin(), ocs_str_of(rows[i].text), *state);
        assert_str(fact.value, rows[i].value);
        assert_str(fact.key, rows[i].key);
    }
}

int main(void)
{
#define TEST(claim) cmocka_unit_test_setup_teardown(claim, make_arena, free_arena)
    const struct CMUnitTest tests[] = {
        TEST(place_then_day_month_year_then_a_dash_is_a_dateline),
        TEST(several_and_double_places_are_all_read),
        TEST(a_country_behind_the_place_is_no_place),
        TEST(month_first_and_missing_parts_are_read),
        TEST(datelines_in_other_languages_are_read),
        TEST(no_break_spaces_between_the_parts_do_no_harm),
        TEST(other_beginnings_are_no_datelines),
        TEST(a_place_is_shown_by_its_usual_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
