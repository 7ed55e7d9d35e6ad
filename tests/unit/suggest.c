/* What a query was perhaps meant to be: words, phrases, names and labels; never what finds nothing. */
#include "tests/unit/query_fixture.h"

#include "query/near_terms.h"
#include "query/suggest.h"

static void assert_suggests(void **state, const char *query, const char *wanted)
{
    house *h = *state;
    ocs_suggestion *s;
    size_t n;
    MUST(h, ocs_suggest(h->index, ocs_str_of(query), h->arena, &s, &n, &h->err));
    if (!wanted) {
        assert_int_equal(n, 0);
        return;
    }
    assert_true(n > 0);
    assert_str(s[0].query, wanted);
    for (size_t i = 0; i < n; i++) {
        uint32_t matches;
        MUST(h, ocs_search_count(h->index, s[i].query, &matches, &h->err));
        assert_true(matches > 0);
        assert_int_equal(s[i].matches, matches);
    }
}

static void mistyped_words_are_exchanged(void **state)
{
    assert_suggests(state, "crmie", "crime");
    assert_suggests(state, "organzied crmie", "organized crime");
    assert_suggests(state, "thraet OR nonesuch", "threat OR nonesuch");
}

static void a_phrase_keeps_its_quotes(void **state)
{
    assert_suggests(state, "\"organzied crime\"", "\"organized crime\"");
}

static void names_and_labels_are_those_of_their_field(void **state)
{
    assert_suggests(state, "person:kz", NULL); /* too short */
    assert_suggests(state, "person:kruzz", NULL); /* for two mistakes as well */
    assert_suggests(state, "person:kruz", "person:kurz");
    assert_suggests(state, "person:\"Sebastain Kurz\"", "person:\"sebastian Kurz\"");
    assert_suggests(state, "crime person:Stojanovc", "crime person:stojanovic");
    assert_suggests(state, "place:crime", NULL); /* a word of the text is no place */
}

static void what_finds_nothing_is_not_suggested(void **state)
{
    assert_suggests(state, "crmie nonesuch", NULL);
    assert_suggests(state, "nonesuch", NULL);
    assert_suggests(state, "-crmie", NULL);
    assert_suggests(state, "crm*", NULL);
}

static void a_word_that_is_known_stays(void **state)
{
    assert_suggests(state, "texts crmie", NULL);                    /* never in one document */
    assert_suggests(state, "organising crmie", "organising crime"); /* known by its stem */
}

static void a_bad_query_is_told(void **state)
{
    house *h = *state;
    ocs_suggestion *s;
    size_t n;
    assert_int_equal(ocs_suggest(h->index, OCS_STR("persn:x"), h->arena, &s, &n, &h->err),
                     OCS_USAGE);
    assert_int_equal(n, 0);
}

static void the_nearer_and_the_more_frequent_come_first(void **state)
{
    house *h = *state;
    ocs_near_term terms[OCS_NEAR_TERMS];
    size_t n;
    MUST(h, ocs_near_terms(ocs_index_db(h->index), OCS_STR("XP~"), OCS_STR("kurs"), 1, h->arena,
                           terms, &n, &h->err));
    assert_int_equal(n, 1);
    assert_str(terms[0].word, "kurz");
    assert_int_equal(terms[0].distance, 1);
    assert_int_equal(terms[0].documents, 3);
    MUST(h, ocs_near_terms(ocs_index_db(h->index), OCS_STR("XP~"), OCS_STR("kurs"), 4, h->arena,
                           terms, &n, &h->err));
    assert_int_equal(n, 0); /* too few have it */
    MUST(h, ocs_near_terms(ocs_index_db(h->index), OCS_STR(""), OCS_STR("te"), 1, h->arena, terms,
                           &n, &h->err));
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistyped_words_are_exchanged),
        cmocka_unit_test(a_phrase_keeps_its_quotes),
        cmocka_unit_test(names_and_labels_are_those_of_their_field),
        cmocka_unit_test(what_finds_nothing_is_not_suggested),
        cmocka_unit_test(a_word_that_is_known_stays),
        cmocka_unit_test(a_bad_query_is_told),
        cmocka_unit_test(the_nearer_and_the_more_frequent_come_first),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
