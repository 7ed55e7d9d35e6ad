/* Titles of pages of any site: what is the site's name goes, what headings and markup agree on
 * stays.  And their dates, from beside the title where the markup states none. */
#include "ingest/title.h"
#include "ingest/ingest.h"
#include "ingest/site.h"
#include "tests/unit/arena_fixture.h"

static ocs_blocks *cut(ocs_arena *arena, const char *html)
{
    ocs_decoded decoded;
    ocs_blocks *blocks = ocs_arena_alloc(arena, sizeof *blocks);
    ocs_error err = {0};
    if (ocs_decode(ocs_str_of(html), true, arena, &decoded, &err) != OCS_OK ||
        ocs_html_cut(&decoded, arena, blocks, &err) != OCS_OK)
        fail_msg("%s", err.text);
    return blocks;
}

/* Of a page without roles yet; the empty title when it has none. */
static ocs_title choose(ocs_arena *arena, const char *html, const char *url)
{
    ocs_title title;
    bool found = ocs_title_choose(cut(arena, html), ocs_str_of(url), arena, &title);
    assert_int_equal(found, title.text.n > 0);
    return title;
}

/* Of the first of ${pages}, seen beside the others. */
static void assert_title_beside(ocs_arena *arena, const char *const *pages, const char *title)
{
    ocs_sites *sites = ocs_sites_new();
    assert_non_null(sites);
    for (size_t i = 0; pages[i]; i++)
        assert_int_equal(ocs_sites_take(sites, OCS_STR("site"), i + 1, cut(arena, pages[i]), NULL),
                         OCS_OK);
    ocs_blocks *blocks = cut(arena, pages[0]);
    ocs_site_mark(ocs_sites_find(sites, OCS_STR("site")), 1, blocks);
    ocs_title chosen;
    assert_true(ocs_title_choose(blocks, OCS_STR(""), arena, &chosen));
    assert_str(chosen.text, title);
    ocs_sites_free(sites);
}

typedef struct sample {
    const char *html, *url, *title;
} sample;

static void assert_titles(ocs_arena *arena, const sample *samples, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ocs_title title = choose(arena, samples[i].html, samples[i].url);
        assert_str(title.text, samples[i].title);
    }
}

#define ASSERT_TITLES(state, samples) \
    assert_titles(*(state), (samples), sizeof(samples) / sizeof *(samples))

static void the_site_is_no_part_of_a_title(void **state)
{
    static const sample samples[] = {
        {"<title>Rules of trade | The Daily</title><meta property=og:site_name content='The "
         "Daily'>",
         "", "Rules of trade"},
        {"<title>Rules of trade \xE2\x80\x94 Daily</title>", "https://www.daily.org/a",
         "Rules of trade"},
        {"<title>Daily: Rules of trade</title>", "https://daily.org/", "Rules of trade"},
        {"<title>Daily \xC2\xBB Rules of trade</title>", "https://daily.org/", "Rules of trade"},
        {"<title>Rules of trade - News - Daily's pages</title><link rel=canonical "
         "href='https://daily.org/x'><h1>Rules of trade</h1>",
         "", "Rules of trade"},
        {"<title>Rules - Fair Trade Office Union</title>", "https://ftou.org/a", "Rules"},
        {"<title>A long title of this page | Some Site</title>", "", "A long title of this page"},
        {"<title>Rules of trade \xE2\x80\x93 Daily - Daily</title><h1>Rules of trade \xE2\x80\x93 "
         "Daily</h1>",
         "https://daily.org/", "Rules of trade"},
        {"<title>Rules - The Courier</title><script type='application/ld+json'>{\"@type\":"
         "\"Article\",\"publisher\":{\"name\":\"The Courier\"}}</script>",
         "", "Rules"},
    };
    ASSERT_TITLES(state, samples);
}

#define OTHERS                                                              \
    "<title>A new bridge is built - North Riding Courier and Post</title>", \
        "<title>The mill is sold - North Riding Courier and Post</title>",  \
        "<title>Apples are dear - North Riding Courier and Post</title>"

static void what_other_pages_have_in_their_titles_is_no_part_of_this(void **state)
{
    static const char *const site[] = {
        "<title>Rain - North Riding Courier and Post</title><p>It rained.", OTHERS, NULL};
    static const char *const own[] = {"<title>Rain - not seen for a year</title><p>It rained.",
                                      OTHERS, NULL};
    static const char *const two[] = {
        "<title>Rain - North Riding Courier and Post</title><p>It rained.",
        "<title>The mill is sold - North Riding Courier and Post</title>", NULL};
    assert_title_beside(*state, site, "Rain");
    assert_title_beside(*state, own, "Rain - not seen for a year");
    assert_title_beside(*state, two, "Rain - North Riding Courier and Post");
}

static void ways_to_the_page_are_no_part_of_a_title(void **state)
{
    static const sample samples[] = {
        {"<title>Who knows the rules of this old trade? / Trade / Town Forum</title><h1><a href=/>"
         "Town</a></h1>",
         "", "Who knows the rules of this old trade?"},
        {"<title>Best rules</title><h1><a href=/lists>Lists</a> &gt; Best rules</h1>", "",
         "Best rules"},
        {"<title>Home \xC2\xBB News \xC2\xBB Rules</title><h1>Home \xC2\xBB News \xC2\xBB "
         "Rules</h1>",
         "", "Rules"},
    };
    ASSERT_TITLES(state, samples);
}

static void references_written_twice_over_are_decoded(void **state)
{
    static const sample samples[] = {
        {"<title>Law &amp;amp; order</title><h1>Law &amp;amp; order</h1>", "", "Law & order"},
        {"<title>Law &amp;#x26; order</title>", "", "Law & order"},
        {"<title>Fish &amp; chips; nothing else &amp;nothing;</title>", "",
         "Fish & chips; nothing else &nothing;"},
    };
    ASSERT_TITLES(state, samples);
}

static void a_separator_alone_is_no_reason_to_cut(void **state)
{
    static const sample samples[] = {
        {"<title>Trade: rules | Law and order in the market</title>", "https://daily.org/",
         "Trade: rules | Law and order in the market"},
        {"<title>Co-operation in trade</title>", "https://co.org/", "Co-operation in trade"},
        {"<title>x</title><meta property=og:title content='Trade - rules'><h1>Trade - rules</h1>",
         "https://daily.org/", "Trade - rules"},
        {"<title>Daily | Home</title>", "https://daily.org/", "Daily | Home"},
    };
    ASSERT_TITLES(state, samples);
}

static void the_heading_that_agrees_is_the_title(void **state)
{
    static const sample samples[] = {
        {"<title>Rules of trade | Whatever</title><h1>Whatever</h1><h1>Rules of Trade</h1>", "",
         "Rules of Trade"},
        {"<title>Rules | Daily</title><meta property=og:site_name content=Daily><h1>Table of "
         "contents</h1><h2>Rules</h2>",
         "", "Rules"},
        {"<title>Rules of trade, 2025</title><h1>The rules of trade\xC2\xB6</h1>", "",
         "The rules of trade"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        assert_non_null(choose(*state, samples[i].html, samples[i].url).block);
    ASSERT_TITLES(state, samples);
}

static void a_slogan_is_not_the_title(void **state)
{
    static const sample samples[] = {
        {"<title>Work management software | Daily</title><meta property=og:title content='Work "
         "management software'><h1>Bring your strategy to life</h1>",
         "", "Work management software"},
    };
    ASSERT_TITLES(state, samples);
    assert_null(choose(*state, samples[0].html, "").block);
}

static void a_headline_of_a_neighbour_is_not_the_title(void **state)
{
    static const sample samples[] = {
        {"<title>Rust on Steam</title><script "
         "type='application/ld+json'>{\"@type\":\"NewsArticle\","
         "\"headline\":\"Naval update\"}</script><h1>Naval update</h1>",
         "", "Rust on Steam"},
        {"<title>Rules of trade and of war</title><script type='application/ld+json'>{\"headline\":"
         "\"Rules of trade\"}</script><h1>Rules of trade</h1>",
         "", "Rules of trade"},
    };
    ASSERT_TITLES(state, samples);
}

static void references_in_attributes_are_decoded(void **state)
{
    ocs_title title =
        choose(*state, "<meta property=og:title content='A &amp; B&#8217;s &ndash; c'>", "");
    assert_str(title.text, "A & B\xE2\x80\x99s \xE2\x80\x93 c");
    assert_non_null(title.hint);
}

static void the_place_within_a_hint_is_told(void **state)
{
    ocs_title title =
        choose(*state, "<title>Daily: Rules of trade | Daily</title>", "https://daily.org/");
    assert_str(ocs_str_sub(title.hint->value, title.at.from, title.at.to), "Rules of trade");
}

static void a_page_without_any_has_no_title(void **state)
{
    assert_int_equal(choose(*state, "<title> | </title><p>Text of it.</p>", "").text.n, 0);
    assert_int_equal(choose(*state, "<p>Text of it.</p>", "").text.n, 0);
}

static void a_page_of_headings_stays_cheap(void **state)
{
    enum { MANY = 50000 };
    ocs_buf page;
    ocs_buf_init(&page, (size_t)8 << 20);
    ocs_buf_puts(&page, "<title>a | b | c | d | e | f | g</title>");
    for (unsigned i = 0; i < MANY; i++)
        ocs_buf_puts(&page, "<h1>one more of them</h1>");
    assert_int_equal(ocs_buf_status(&page), OCS_OK);
    size_t before = ocs_arena_used(*state);
    ocs_title title = choose(*state, ocs_buf_str(&page).p, "");
    assert_true(title.text.n > 0);
    assert_true(ocs_arena_used(*state) - before < (size_t)200 << 20);
    ocs_buf_clear(&page);
}

/* ---- dates ---- */

#define BODY                                                                                      \
    "<p>The mission had a long day of work in the town, with many people who came to see how it " \
    "is done and what it is good for, and all of them went home late.</p>"

static ocs_document document_of(ocs_arena *arena, const char *html)
{
    ocs_ingest *ingest;
    ocs_document document = {0};
    ocs_page page = {.bytes = ocs_str_of(html), .path = OCS_STR("/page.html")};
    ocs_error err = {0};
    if (ocs_ingest_new(&ingest, &err) != OCS_OK ||
        ocs_ingest_page(ingest, &page, OCS_STAGE_DOCUMENT, arena, &document, NULL, &err) != OCS_OK)
        fail_msg("%s", err.text);
    ocs_ingest_free(ingest);
    return document;
}

static void assert_date(ocs_arena *arena, const char *html, const char *wanted, const char *shown)
{
    char text[OCS_WHEN_TEXT];
    ocs_document d = document_of(arena, html);
    assert_str(ocs_when_print(d.published, text), wanted);
    ocs_str page = ocs_str_of(html);
    assert_str(ocs_str_sub(page, d.published_raw.from, d.published_raw.to), shown);
}

static void a_byline_dates_the_page(void **state)
{
    assert_date(*state,
                "<html><body><h1>A day of work</h1><div>by Jane Doe \xC2\xB7 Aug 4, 2025 at "
                "3:00 am</div>" BODY,
                "2025-08-04", "Aug 4, 2025");
    assert_date(*state,
                "<html><body><div>Friday, December 19, 2025</div><h1>A day of work</h1>" BODY,
                "2025-12-19", "December 19, 2025");
}

static void the_day_of_a_change_is_no_date(void **state)
{
    assert_int_equal(document_of(*state, "<html><body><h1>A day of work</h1><div>Last updated Aug "
                                         "4, 2025</div>" BODY)
                         .published.from.year,
                     0);
    assert_int_equal(document_of(*state,
                                 "<html><body><h1>A day of work</h1><script "
                                 "type='application/ld+json'>{\"dateModified\":\"2025-08-04\""
                                 "}</script>" BODY)
                         .published.from.year,
                     0);
}

static void json_ld_states_the_date_and_where(void **state)
{
    assert_date(
        *state,
        "<html><head><script type='application/ld+json'>{\"@graph\":[{\"@type\":\"Article\","
        "\"dateCreated\":\"2017-02-11\",\"datePublished\":\"2017-02-13T23:10:00+01:00\"}]}"
        "</script></head><body><h1>A day of work</h1>" BODY,
        "2017-02-13", "2017-02-13T23:10:00+01:00");
}

#define PUBLISHED(date) "<meta property='article:published_time' content='" date "'>"

static void an_order_of_day_and_month_is_settled_by_what_else_is_stated(void **state)
{
    assert_date(*state, "<html><body>" PUBLISHED("10/05/2020") "<h1>A day of work</h1>" BODY,
                "2020-05-10", "10/05/2020");
    assert_date(*state, "<html><body>" PUBLISHED("Mon, 10/05/2020 - 19:05") "<h1>A day</h1>" BODY,
                "2020-10-05", "Mon, 10/05/2020 - 19:05");
    assert_date(*state,
                "<html><body>" PUBLISHED("10/05/2020") "<time datetime='2020-10-05'>x</time>"
                                                       "<h1>A day of work</h1>" BODY,
                "2020-10-05", "10/05/2020");
    assert_date(*state, "<html lang=en-US><body>" PUBLISHED("10/05/2020") "<h1>A day</h1>" BODY,
                "2020-10-05", "10/05/2020");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_site_is_no_part_of_a_title, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(what_other_pages_have_in_their_titles_is_no_part_of_this,
                                        make_arena, free_arena),
        cmocka_unit_test_setup_teardown(ways_to_the_page_are_no_part_of_a_title, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(references_written_twice_over_are_decoded, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(a_separator_alone_is_no_reason_to_cut, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(the_heading_that_agrees_is_the_title, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(a_slogan_is_not_the_title, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(a_headline_of_a_neighbour_is_not_the_title, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(references_in_attributes_are_decoded, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(the_place_within_a_hint_is_told, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(a_page_without_any_has_no_title, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(a_page_of_headings_stays_cheap, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(a_byline_dates_the_page, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(the_day_of_a_change_is_no_date, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(json_ld_states_the_date_and_where, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(an_order_of_day_and_month_is_settled_by_what_else_is_stated,
                                        make_arena, free_arena),
    };
    return cmocka_run_group_tests_name("title", tests, NULL, NULL);
}
