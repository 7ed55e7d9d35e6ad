/* How a query goes on: fields, names by any of their words, quotes where a name needs them. */
#include "tests/unit/query_fixture.h"

#include "query/complete.h"

/* What ${begun} may go on to, joined by '|'. */
static void assert_goes_on(void **state, const char *begun, const char *wanted)
{
    house *h = *state;
    ocs_completion *found;
    size_t n;
    char all[2000] = "";
    MUST(h, ocs_complete(h->index, ocs_str_of(begun), 10, h->arena, &found, &n, &h->err));
    for (size_t i = 0; i < n; i++) {
        size_t used = strlen(all);
        snprintf(all + used, sizeof all - used, "%s%.*s", i > 0 ? "|" : "", OCS_ARG(found[i].text));
    }
    assert_string_equal(all, wanted);
}

static void fields_go_on_to_their_colon(void **state)
{
    assert_goes_on(state, "pers", "person:");
    assert_goes_on(state, "P", "person:|place:|path:");
    assert_goes_on(state, "crime -(so", "crime -(source:");
    assert_goes_on(state, "zz", "");
}

static void names_are_found_by_any_of_their_words(void **state)
{
    assert_goes_on(state, "person:petr", "person:\"Ivan Petrov\"");
    assert_goes_on(state, "person:IVAN", "person:\"Ivan Petrov\"");
    assert_goes_on(state, "person:sebastian-maria", "person:\"Sebastian Maria Kurz\"");
    assert_goes_on(state, "person:\"Maria Ku",
                   "person:\"Maria Kurz\"|person:\"Sebastian Maria Kurz\"");
    assert_goes_on(state, "person:stojanović", "person:\"Ana Stojanović\"");
    assert_goes_on(state, "person:nobody", "");
}

static void other_fields_have_names_too(void **state)
{
    assert_goes_on(state, "country:ser", "country:Serbia");
    assert_goes_on(state, "country:mk", "country:\"North Macedonia\"");
    assert_goes_on(state, "kind:", "kind:\"News item\"|kind:\"Press release\"|kind:Speech");
    assert_goes_on(state, "topic:pol", "topic:Policing");
    assert_goes_on(state, "source:mission", "source:\"OSCE Mission to Serbia\"");
    assert_goes_on(state, "lang:", "lang:en|lang:ru");
    assert_goes_on(state, "place:bel", "place:Belgrade");
    assert_goes_on(state, "date:", "");
    assert_goes_on(state, "nofield:x", "");
}

static void what_stands_before_stays(void **state)
{
    assert_goes_on(state, "crime place:bel", "crime place:Belgrade");
    assert_goes_on(state, "(-PLACE:bel", "(-PLACE:Belgrade");
    assert_goes_on(state, "person:\"Ivan Petrov\" place:bel",
                   "person:\"Ivan Petrov\" place:Belgrade");
}

static void a_word_of_a_name_serves_where_no_key_goes_on(void **state)
{
    assert_goes_on(state, "org:democ", "org:democratic");
}

static void the_most_frequent_come_first_and_no_more_than_asked_for(void **state)
{
    house *h = *state;
    ocs_completion *found;
    size_t n;
    MUST(h, ocs_complete(h->index, OCS_STR("source:"), 1, h->arena, &found, &n, &h->err));
    assert_int_equal(n, 1);
    MUST(h, ocs_complete(h->index, OCS_STR("p"), 2, h->arena, &found, &n, &h->err));
    assert_int_equal(n, 2);
    MUST(h, ocs_complete(NULL, OCS_STR("person:x"), 2, h->arena, &found, &n, &h->err));
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_go_on_to_their_colon),
        cmocka_unit_test(names_are_found_by_any_of_their_words),
        cmocka_unit_test(other_fields_have_names_too),
        cmocka_unit_test(what_stands_before_stays),
        cmocka_unit_test(a_word_of_a_name_serves_where_no_key_goes_on),
        cmocka_unit_test(the_most_frequent_come_first_and_no_more_than_asked_for),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
