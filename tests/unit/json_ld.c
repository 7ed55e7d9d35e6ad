/* JSON-LD as pages have it: nested, escaped, cut off, hostile. */
#include "ingest/json_ld.h"
#include "tests/unit/arena_fixture.h"

static ocs_ld_things read_ld(ocs_arena *arena, ocs_str text)
{
    ocs_ld_things things;
    assert_true(ocs_json_ld_read(text, (ocs_span){0, text.n}, arena, &things));
    return things;
}

static void an_article_says_its_headline_and_dates(void **state)
{
    ocs_str text = OCS_STR("{\"@context\": \"https://schema.org\", \"@type\": \"NewsArticle\",\n"
                           " \"headline\": \"A title\", \"datePublished\": \"2017-02-13\",\n"
                           " \"dateCreated\" : \"2017-02-12\", \"dateModified\": \"2020-01-01\"}");
    ocs_ld_things things = read_ld(*state, text);
    assert_int_equal(things.n, 1);
    assert_str(things.at[0].type.value, "NewsArticle");
    assert_str(things.at[0].headline.value, "A title");
    assert_str(things.at[0].published.value, "2017-02-13");
    assert_str(things.at[0].created.value, "2017-02-12");
}

static void a_value_knows_its_place(void **state)
{
    ocs_str text = OCS_STR("xx {\"headline\": \"caf\\u00e9\"} yy");
    ocs_ld_things things;
    assert_true(ocs_json_ld_read(text, (ocs_span){3, text.n - 3}, *state, &things));
    assert_int_equal(things.n, 1);
    ocs_span at = things.at[0].headline.at;
    assert_str(ocs_str_sub(text, at.from, at.to), "caf\\u00e9");
    assert_str(things.at[0].headline.value, "caf\xC3\xA9");
}

static void escapes_are_decoded(void **state)
{
    ocs_str text =
        OCS_STR("{\"headline\":\"a\\/b \\\"c\\\" \\\\ \\u00E9 \\uD83D\\uDE00 \\uD83D!\\t\"}");
    ocs_ld_things things = read_ld(*state, text);
    assert_int_equal(things.n, 1);
    assert_str(things.at[0].headline.value,
               "a/b \"c\" \\ \xC3\xA9 \xF0\x9F\x98\x80 \xEF\xBF\xBD!\t");
}

static void graphs_arrays_and_main_entities_are_the_page(void **state)
{
    ocs_str text =
        OCS_STR("[{\"@graph\":[{\"@type\":[\"Article\",\"Report\"],\"headline\":\"one\"},"
                "{\"mainEntity\":{\"headline\":\"two\"}}]},{\"headline\":\"three\"}]");
    ocs_ld_things things = read_ld(*state, text);
    assert_int_equal(things.n, 3);
    assert_str(things.at[0].type.value, "Article");
    assert_str(things.at[0].headline.value, "one");
    assert_str(things.at[1].headline.value, "two");
    assert_str(things.at[2].headline.value, "three");
}

static void what_the_page_lists_or_cites_is_not_the_page(void **state)
{
    ocs_str text = OCS_STR(
        "{\"comment\":[{\"datePublished\":\"2001-01-01\"}],\"isPartOf\":{\"headline\":\"x\"},"
        "\"itemListElement\":[{\"headline\":\"y\"}],\"datePublished\":\"2002-02-02\"}");
    ocs_ld_things things = read_ld(*state, text);
    assert_int_equal(things.n, 1);
    assert_str(things.at[0].published.value, "2002-02-02");
    assert_int_equal(things.at[0].headline.value.n, 0);
}

static void the_publisher_is_known_by_its_name_alone(void **state)
{
    ocs_str text = OCS_STR("{\"publisher\":{\"@type\":\"Organization\",\"logo\":{\"name\":\"x\"},"
                           "\"name\":\"The Daily\",\"headline\":\"y\"},\"headline\":\"one\"}");
    ocs_ld_things things = read_ld(*state, text);
    assert_int_equal(things.n, 1);
    assert_str(things.at[0].publisher.value, "The Daily");
    assert_str(things.at[0].headline.value, "one");
    assert_int_equal(things.at[0].name.value.n, 0);
}

static void text_that_looks_like_a_key_is_no_key(void **state)
{
    ocs_str text = OCS_STR("{\"description\":\"say \\\"headline\\\": \\\"no\\\"\",\"n\":[1,null,"
                           "true,-2.5e3,{}],\"headline\":\"yes\"}");
    ocs_ld_things things = read_ld(*state, text);
    assert_int_equal(things.n, 1);
    assert_str(things.at[0].headline.value, "yes");
}

static void broken_json_keeps_what_it_had_said(void **state)
{
    static const char *const texts[] = {
        "{\"headline\":\"kept\", \"datePublished\":\"2017", "{\"headline\":\"kept\", oops}",
        "{\"headline\":\"kept\" \"b\":1}", "{\"headline\":\"kept\",\"b\":\"\\q\"}",
        "<![CDATA[ {\"headline\":\"kept\",}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        ocs_ld_things things = read_ld(*state, ocs_str_of(texts[i]));
        assert_int_equal(things.n, 1);
        assert_str(things.at[0].headline.value, "kept");
        assert_int_equal(things.at[0].published.value.n, 0);
    }
}

static void every_prefix_is_read_without_harm(void **state)
{
    ocs_str text =
        OCS_STR("{\"@graph\":[{\"headline\":\"\\u00e9\\ud83d\\ude00\\n\",\"a\":[1,{}]}]}");
    for (size_t n = 0; n < text.n; n++) {
        char *copy = test_malloc(n + 1); /* so that the sanitizer sees its end */
        memcpy(copy, text.p, n);
        ocs_ld_things things = read_ld(*state, (ocs_str){copy, n});
        assert_in_range(things.n, 0, 1);
        test_free(copy);
    }
}

static void deep_nesting_ends_the_reading(void **state)
{
    enum { DEEP = 1 << 20 };
    char *text = test_malloc(DEEP);
    memset(text, '[', DEEP);
    assert_int_equal(read_ld(*state, (ocs_str){text, DEEP}).n, 0);
    test_free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_article_says_its_headline_and_dates, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(a_value_knows_its_place, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(escapes_are_decoded, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(graphs_arrays_and_main_entities_are_the_page, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(what_the_page_lists_or_cites_is_not_the_page, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(the_publisher_is_known_by_its_name_alone, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(text_that_looks_like_a_key_is_no_key, make_arena,
                                        free_arena),
        cmocka_unit_test_setup_teardown(broken_json_keeps_what_it_had_said, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(every_prefix_is_read_without_harm, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(deep_nesting_ends_the_reading, make_arena, free_arena),
    };
    return cmocka_run_group_tests_name("json_ld", tests, NULL, NULL);
}
