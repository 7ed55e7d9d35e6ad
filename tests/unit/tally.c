/* What is counted of entities over a small index: documents and mentions, names, dates, orders. */
#include "tests/unit/query_fixture.h"

#include "query/tally.h"

static const ocs_tally_wanted ALL = {.least = 1};

static ocs_tally count(house *h, const char *query, ocs_tally_wanted wanted)
{
    ocs_tally tally;
    MUST(h, ocs_tally_count(h->index, ocs_str_of(query), &wanted, h->arena, &tally, &h->err));
    return tally;
}

static const ocs_tally_entity *find(const ocs_tally *tally, const char *key)
{
    for (size_t i = 0; i < tally->n; i++)
        if (ocs_str_eq(tally->at[i].key, ocs_str_of(key)))
            return &tally->at[i];
    return NULL;
}

static void assert_keys(const ocs_tally *tally, const char *wanted)
{
    char keys[512] = "";
    for (size_t i = 0; i < tally->n; i++) {
        size_t used = strlen(keys);
        snprintf(keys + used, sizeof keys - used, "%s%.*s", i > 0 ? " " : "",
                 OCS_ARG(tally->at[i].key));
    }
    assert_string_equal(keys, wanted);
}

static void assert_date(ocs_date date, const char *wanted)
{
    char text[OCS_WHEN_TEXT];
    ocs_str printed = ocs_date_print(date, text);
    assert_int_equal(printed.n, strlen(wanted));
    assert_memory_equal(printed.p, wanted, printed.n);
}

static void without_a_query_all_documents_count(void **state)
{
    ocs_tally tally = count(*state, "", ALL);
    assert_int_equal(tally.documents, SAMPLES);
    assert_non_null(find(&tally, "sebastian-kurz"));
    assert_non_null(find(&tally, "odihr"));
    assert_non_null(find(&tally, "2014-06"));
}

static void a_query_limits_what_is_counted(void **state)
{
    ocs_tally tally = count(*state, "person:petrov", ALL);
    assert_int_equal(tally.documents, 1);
    assert_non_null(find(&tally, "maria-kurz"));
    assert_null(find(&tally, "sebastian-kurz"));
}

static void types_are_chosen(void **state)
{
    ocs_tally tally = count(
        *state, "", (ocs_tally_wanted){.types = 1 << OCS_MENTION_COUNTRY | 1 << OCS_MENTION_ORG});
    for (size_t i = 0; i < tally.n; i++)
        assert_true(tally.at[i].type == OCS_MENTION_COUNTRY || tally.at[i].type == OCS_MENTION_ORG);
    assert_non_null(find(&tally, "RS"));
    assert_non_null(find(&tally, "odihr"));
}

static void names_are_found_by_all_their_words_in_any_case(void **state)
{
    ocs_tally_wanted wanted = {.types = 1 << OCS_MENTION_PERSON, .name = OCS_STR("KURZ")};
    ocs_tally tally = count(*state, "", wanted);
    assert_keys(&tally, "sebastian-kurz alexander-kurz maria-kurz sebastian-maria-kurz");
    wanted.name = OCS_STR("kurz maria");
    tally = count(*state, "", wanted);
    assert_keys(&tally, "maria-kurz sebastian-maria-kurz");
    wanted.name = OCS_STR("\xD0\x9C\xD0\xB0\xD1\x80\xD0\xB8\xD1\x8F"); /* Мария */
    tally = count(*state, "", wanted);
    assert_keys(&tally, "maria-kurz sebastian-maria-kurz");
    wanted.name = OCS_STR("kur");
    tally = count(*state, "", wanted);
    assert_int_equal(tally.n, 0);
}

static void a_document_counts_once_for_each_entity(void **state)
{
    ocs_tally tally = count(*state, "", ALL);
    const ocs_tally_entity *kurz = find(&tally, "sebastian-kurz");
    assert_non_null(kurz);
    assert_int_equal(kurz->documents, 1);
    assert_int_equal(kurz->mentions, 2);
    assert_int_equal(kurz->n_names, 1);
}

static void dates_are_those_of_publication(void **state)
{
    ocs_tally tally = count(*state, "", ALL);
    assert_date(find(&tally, "sebastian-kurz")->first, "2017-02-13");
    assert_date(find(&tally, "odihr")->last, "2016-11");
    assert_int_equal(find(&tally, "alexander-kurz")->first.year, 0);
}

static void what_has_no_date_comes_last(void **state)
{
    ocs_tally_wanted wanted = {.types = 1 << OCS_MENTION_PERSON, .name = OCS_STR("kurz")};
    wanted.order = OCS_TALLY_BY_FIRST;
    ocs_tally tally = count(*state, "", wanted);
    assert_keys(&tally, "maria-kurz sebastian-kurz alexander-kurz sebastian-maria-kurz");
    wanted.order = OCS_TALLY_BY_LAST;
    tally = count(*state, "", wanted);
    assert_keys(&tally, "sebastian-kurz maria-kurz alexander-kurz sebastian-maria-kurz");
    wanted.order = OCS_TALLY_BY_NAME;
    tally = count(*state, "", wanted);
    assert_keys(&tally, "alexander-kurz maria-kurz sebastian-kurz sebastian-maria-kurz");
}

static void rare_entities_are_left_out(void **state)
{
    ocs_tally tally = count(*state, "", (ocs_tally_wanted){.least = SAMPLES + 1});
    assert_int_equal(tally.n, 0);
    assert_int_equal(tally.documents, SAMPLES);
}

static void a_bad_query_is_refused_with_its_place(void **state)
{
    house *h = *state;
    ocs_tally tally;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_status st =
        ocs_tally_count(h->index, OCS_STR("crime colour:red"), &ALL, h->arena, &tally, &err);
    assert_int_equal(st, OCS_USAGE);
    assert_int_equal(err.at, 6);
    assert_int_equal(tally.n, 0);
}

static void a_full_arena_is_told(void **state)
{
    house *h = *state;
    ocs_tally tally;
    ocs_error err = {0};
    ocs_arena *small = ocs_arena_new(1000);
    assert_non_null(small);
    assert_int_equal(ocs_tally_count(h->index, OCS_STR(""), &ALL, small, &tally, &err), OCS_LIMIT);
    ocs_arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_query_all_documents_count),
        cmocka_unit_test(a_query_limits_what_is_counted),
        cmocka_unit_test(types_are_chosen),
        cmocka_unit_test(names_are_found_by_all_their_words_in_any_case),
        cmocka_unit_test(a_document_counts_once_for_each_entity),
        cmocka_unit_test(dates_are_those_of_publication),
        cmocka_unit_test(what_has_no_date_comes_last),
        cmocka_unit_test(rare_entities_are_left_out),
        cmocka_unit_test(a_bad_query_is_refused_with_its_place),
        cmocka_unit_test(a_full_arena_is_told),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
