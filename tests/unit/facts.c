/* Facts of whole small HTML pages: entries of lists that only the markup tells apart, dates that are
 * stated but not of publishing, values of labels. */
#include "ingest/markup.h"
#include "tests/unit/page_fixture.h"

static const ocs_document *read_page(void **state, const char *html)
{
    tester *t = *state;
    take(t, ocs_str_of(html), "page.html");
    return &t->doc;
}

static void assert_day(ocs_date date, int year, int month, int day)
{
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void assert_undated(const ocs_document *doc)
{
    assert_day(doc->published.from, 0, 0, 0);
}

#define TEXT                                                                                      \
    "<p>The town council met this week to speak about the bridge over the river, which has been " \
    "closed for two years and which many people want to use again.</p><p>Nobody could say when "  \
    "the works will end, as the money for them has not been found.</p>"

/* ---- lists ---- */

#define ROW(date, title, text)                                       \
    "<div class='views-row'><span class='date-display-single'>" date \
    "</span><h3><a href='/x'>" title "</a></h3><p>" text "</p><a href='/x'>Read more</a></div>"
#define ROWS                                                         \
    ROW("5 November 2019", "Workshop on equality held in the town",  \
        "Councillors took part in it.")                              \
    ROW("4 November 2019", "Police officers trained to fight fraud", \
        "Twenty completed the course.")                              \
    ROW("1 November 2019", "Public hearing on the media law",        \
        "Members of parliament heard experts.")

static void rows_with_a_date_above_the_title_are_items(void **state)
{
    const ocs_document *doc =
        read_page(state, "<html><body><h1>News from the Mission</h1><div>" ROWS "</div></body>");
    assert_true(doc->list);
    assert_undated(doc);
    assert_str(doc->title.value, "News from the Mission");
    assert_int_equal(doc->n_items, 3);
    assert_str(doc->items[0].title, "Workshop on equality held in the town");
    assert_str(doc->items[0].snippet, "Councillors took part in it.");
    assert_day(doc->items[0].when.from, 2019, 11, 5);
    assert_day(doc->items[2].when.from, 2019, 11, 1);
    ocs_str raw =
        ocs_str_sub(((tester *)*state)->page, doc->items[2].raw.from, doc->items[2].raw.to);
    assert_str(raw, "Public hearing on the media law");
    assert_true(ocs_str_find(doc->text, OCS_STR("Read more"), 0) == doc->text.n);
}

static void a_date_in_an_attribute_dates_its_item(void **state)
{
    const ocs_document *doc = read_page(
        state, "<html><body><main><h1>Latest news</h1>"
               "<article><h2><a href='/1'>Bridge over the river reopened</a></h2><time "
               "datetime='2023-04-12'>two days ago</time><p>Traffic moves again.</p></article>"
               "<article><h2><a href='/2'>Council votes on the budget</a></h2><time "
               "datetime='2023-04-11'>three days ago</time><p>More money for schools.</p></article>"
               "<article><h2><a href='/3'>Two held at the crossing</a></h2><time "
               "datetime='2023-04-10'>four days ago</time><p>Officers found papers.</p></article>"
               "</main></body>");
    assert_int_equal(doc->n_items, 3);
    assert_day(doc->items[0].when.from, 2023, 4, 12);
    assert_day(doc->items[1].when.from, 2023, 4, 11);
    assert_day(doc->items[2].when.from, 2023, 4, 10);
}

static void a_date_may_stand_in_the_line_of_a_title(void **state)
{
    const ocs_document *doc = read_page(
        state, "<html><body><h1>Press releases</h1><ul>"
               "<li><a href='/1'>Bridge over the river reopened</a> <span>13 February "
               "2017</span></li><li><a href='/2'>Council votes on the budget</a> (12.02.2017)</li>"
               "<li>11/02/2017: <a href='/3'>Two held at the crossing</a></li></ul></body>");
    assert_int_equal(doc->n_items, 3);
    assert_str(doc->items[0].title, "Bridge over the river reopened");
    assert_str(doc->items[1].title, "Council votes on the budget");
    assert_str(doc->items[2].title, "Two held at the crossing");
    for (int i = 0; i < 3; i++)
        assert_day(doc->items[i].when.from, 2017, 2, 13 - i);
    ocs_str raw =
        ocs_str_sub(((tester *)*state)->page, doc->items[2].raw.from, doc->items[2].raw.to);
    assert_str(raw, "Two held at the crossing");
}

static void a_report_in_a_list_is_dated_by_its_title(void **state)
{
    const ocs_document *doc = read_page(
        state, "<html><body><h1>Daily reports of the mission</h1>"
               "<div><h3><a href='/1'>Latest from OSCE Special Monitoring Mission to Ukraine based "
               "on information received as of 19:30hrs, 23 March 2016</a></h3><div>Report type: "
               "Daily report</div></div><div><h3><a href='/2'>Spot report by the OSCE Special "
               "Monitoring Mission to Ukraine: Shelling of a village</a></h3><div>Report type: "
               "Spot report</div></div></body>");
    assert_true(doc->list);
    assert_int_equal(doc->n_items, 2);
    assert_str(doc->items[0].kind, "Daily report");
    assert_day(doc->items[0].when.from, 2016, 3, 23);
    assert_str(doc->items[1].kind, "Spot report");
    assert_day(doc->items[1].when.from, 0, 0, 0);
}

static void an_article_above_a_list_of_others_is_no_list(void **state)
{
    const ocs_document *doc = read_page(
        state, "<html><head><meta property='og:type' content='article'></head><body><h1>The bridge "
               "stays closed</h1>" TEXT "<div>" ROWS "</div></body>");
    assert_false(doc->list);
    assert_int_equal(doc->n_items, 0);
    assert_str(doc->title.value, "The bridge stays closed");
}

#define POST(date, text)                                                                   \
    "<div class='post'><h3><a href='#p'>Re: Who knows this old bridge</a></h3><span>" date \
    "</span><p>" text "</p></div>"

static void posts_of_a_thread_are_no_items(void **state)
{
    const ocs_document *doc = read_page(
        state, "<html><body><h1>Who knows this old bridge</h1><div>" POST(
                   "4 April 2019", "I have seen it on an old map and would like to know more.")
                   POST("5 April 2019", "It was built by the railway company and used for a year.")
                       POST("7 April 2019",
                            "My father worked there, he still has the drawings.") "</div></body>");
    assert_false(doc->list);
    assert_int_equal(doc->n_items, 0);
}

/* ---- dates ---- */

static void the_day_of_an_event_is_not_that_of_publishing(void **state)
{
    assert_undated(read_page(
        state, "<html><body><h1>Seminar on bridges</h1><div><div>When</div><div><span "
               "class='date-display-start'>1 June 2015</span> - <span class='date-display-end'>3 "
               "June 2015</span></div></div><div><div>Where</div><div>Warsaw</div></div>" TEXT));
}

#define LINE(date, title) "<h3><a href='/x'>" title "</a></h3><p class='date'>" date "</p>"

static void a_date_in_a_list_of_them_is_none_of_the_page(void **state)
{
    assert_undated(read_page(
        state, "<html><body><h1>News from the field</h1>" LINE(
                   "13 February 2017",
                   "Judges learn to read a budget") "<p>Thirty judges took "
                                                    "part in the course.</p>" LINE(
                                                        "12 February 2017",
                                                        "The bridge over the river "
                                                        "opens") "<p>It had been "
                                                                 "closed for two "
                                                                 "years.</p>" LINE("11 February "
                                                                                   "2017",
                                                                                   "Apples are "
                                                                                   "dear") "<p>It "
                                                                                           "had "
                                                                                           "rained "
                                                                                           "for "
                                                                                           "weeks "
                                                                                           "on "
                                                                                           "end.</"
                                                                                           "p></"
                                                                                           "body"
                                                                                           ">"));
}

static void a_time_said_to_be_of_a_change_is_no_date(void **state)
{
    assert_undated(read_page(state,
                             "<html><body><h1>The bridge stays closed</h1><p>Last updated: "
                             "<time datetime='2026-01-12'>January 12, 2026</time></p>" TEXT));
    assert_undated(read_page(state, "<html><body><h1>The bridge stays closed</h1><p>Обновлено: "
                                    "<time datetime='2026-01-12'>12 января 2026</time></p>" TEXT));
    assert_int_equal(ocs_marks_of("date-updated") & OCS_MARK_DATE, 0);
    assert_int_equal(ocs_marks_of("date published updated") & OCS_MARK_DATE, OCS_MARK_DATE);
}

#define STAMP "<meta property='article:published_time' content='2025-12-19T02:41:41+00:00'>"

static void a_stamp_in_universal_time_is_read_by_the_sites_clock(void **state)
{
    const ocs_document *doc =
        read_page(state, "<html><head>" STAMP "</head><body><h1>The bridge stays closed</h1><time "
                         "datetime='2025-12-18T21:41:41-0500'>last night</time>" TEXT);
    assert_day(doc->published.from, 2025, 12, 18);
    assert_int_equal(doc->published_from, OCS_FROM_MARKUP);
    ocs_str raw =
        ocs_str_sub(((tester *)*state)->page, doc->published_raw.from, doc->published_raw.to);
    assert_str(raw, "2025-12-18T21:41:41-0500");
    doc = read_page(state, "<html><head>" STAMP "<link rel=canonical "
                           "href='https://a.org/2025/12/18/bridge'></head><body><h1>The bridge "
                           "stays closed</h1>" TEXT);
    assert_day(doc->published.from, 2025, 12, 18);
    assert_int_equal(doc->published_from, OCS_FROM_URL);
}

static void another_moment_does_not_move_the_day(void **state)
{
    assert_day(read_page(state, "<html><head>" STAMP
                                "<link rel=canonical href='https://a.org/2025/12/11/bridge'></head>"
                                "<body><h1>The bridge stays closed</h1><time "
                                "datetime='2025-12-18T20:00:00-0500'>last night</time>" TEXT)
                   ->published.from,
               2025, 12, 19);
}

static const ocs_document *read_at(void **state, const char *url)
{
    char html[2000];
    snprintf(html, sizeof html,
             "<html><head><link rel=canonical href='%s'></head><body><h1>The bridge stays "
             "closed</h1>" TEXT,
             url);
    return read_page(state, html);
}

static void an_address_dates_by_year_month_and_day_only(void **state)
{
    assert_day(read_at(state, "https://a.org/2017/02/13/bridge")->published.from, 2017, 2, 13);
    assert_day(read_at(state, "https://a.org/news/2017-2-3-bridge")->published.from, 2017, 2, 3);
    assert_day(read_at(state, "https://a.org/news/20170213")->published.from, 2017, 2, 13);
    assert_undated(read_at(state, "https://a.org/news/201702130"));
    assert_undated(read_at(state, "https://a.org/mission/12/10/2008"));
    assert_undated(read_at(state, "https://a.org/2017/02/bridge"));
    assert_undated(read_at(state, "https://a.org/20171302"));
    assert_undated(read_at(state, "https://a.org/bridge?from=2017-02-13"));
}

/* ---- labels ---- */

static void a_label_has_several_values(void **state)
{
    const ocs_document *doc = read_page(
        state,
        "<html><body><h1>The bridge stays closed</h1><div>Date:</div><div>25 October 2016</div>"
        "<div>Fields of work:</div><div><div class='item'><a href='/r'>Rule of law</a></div>"
        "<div class='item'><a href='/h'>Human rights</a></div></div><div>Source:</div><ul><li>"
        "OSCE Mission to Skopje</li><li>OSCE Mission to Serbia</li></ul>" TEXT);
    assert_int_equal(doc->topics.n, 2);
    assert_str(doc->topics.at[1].value, "Human rights");
    assert_int_equal(doc->sources.n, 2);
    assert_str(doc->sources.at[1].value, "OSCE Mission to Serbia");
    assert_day(doc->published.from, 2016, 10, 25);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_tester, close_tester)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_with_a_date_above_the_title_are_items),
        TEST(a_date_in_an_attribute_dates_its_item),
        TEST(a_date_may_stand_in_the_line_of_a_title),
        TEST(a_report_in_a_list_is_dated_by_its_title),
        TEST(an_article_above_a_list_of_others_is_no_list),
        TEST(posts_of_a_thread_are_no_items),
        TEST(the_day_of_an_event_is_not_that_of_publishing),
        TEST(a_date_in_a_list_of_them_is_none_of_the_page),
        TEST(a_time_said_to_be_of_a_change_is_no_date),
        TEST(a_stamp_in_universal_time_is_read_by_the_sites_clock),
        TEST(another_moment_does_not_move_the_day),
        TEST(an_address_dates_by_year_month_and_day_only),
        TEST(a_label_has_several_values),
    };
    return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
