/* Facets, sources and the limit of time over a small index. */
#include "tests/unit/query_fixture.h"

#include "query/facets.h"

typedef struct found {
    char text[4096]; /* "facet: key=documents ..." a line each, then the hits as digits */
    size_t n;
    ocs_outcome outcome;
} found;

static OCS_PRINTF(2, 3) void print(found *f, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    f->n += (size_t)vsnprintf(f->text + f->n, sizeof f->text - f->n, format, arguments);
    va_end(arguments);
    assert_true(f->n < sizeof f->text);
}

static void note_facet(void *payload, const ocs_facet *facet)
{
    found *f = payload;
    print(f, "%s (%u): ", ocs_facet_name(facet->facet), (unsigned)facet->distinct);
    for (size_t i = 0; i < facet->n; i++)
        print(f, "%.*s=%u ", OCS_ARG(facet->at[i].key), (unsigned)facet->at[i].documents);
    print(f, "\n");
}

static bool note_hit(void *payload, const ocs_hit *hit)
{
    ocs_str path = hit->document.path;
    size_t slash = path.n;
    while (path.p[slash - 1] != '/')
        slash--;
    print(payload, "%.*s ", OCS_ARG(ocs_str_sub(path, slash, path.n - 5)));
    return true;
}

static void search(house *h, const char *query, const ocs_search *wanted, found *f)
{
    const ocs_search_calls calls = {.each = note_hit, .payload = f};
    *f = (found){.n = 0};
    MUST(h, ocs_search_run(h->index, ocs_str_of(query), wanted, &calls, &f->outcome, &h->err));
}

/* What is printed of one facet over all that matches. */
static void assert_facet(void **state, const char *query, const char *name, uint32_t most,
                         const char *wanted)
{
    found f;
    const ocs_facet_wanted facet = {ocs_facet_find(ocs_str_of(name)), most};
    const ocs_search request = {.facets = &facet, .n_facets = 1, .facet = note_facet};
    assert_in_range(facet.facet, 0, OCS_FACET_COUNT - 1);
    search(*state, query, &request, &f);
    assert_string_equal(f.text, wanted);
}

static void things_are_counted_once_a_document(void **state)
{
    assert_facet(state, "crime OR texts", "person", 0,
                 "person (6): alexander-kurz=1 ana-stojanovic=1 ivan-petrov=1 maria-kurz=1 "
                 "sebastian-kurz=1 sebastian-maria-kurz=1 \n");
    assert_facet(state, "crime", "country", 0, "country (2): MK=1 RS=1 \n");
    assert_facet(state, "lang:en OR lang:ru", "lang", 0, "lang (2): en=2 ru=1 \n");
}

static void equals_are_chosen_by_key(void **state)
{
    assert_facet(state, "crime OR texts", "person", 2,
                 "person (6): alexander-kurz=1 ana-stojanovic=1 \n");
    assert_facet(state, "lang:en OR lang:ru", "lang", 1, "lang (2): en=2 \n");
}

static void years_stand_in_the_order_of_time(void **state)
{
    assert_facet(state, "path:/pages*", "year", 0, "year (3): 2016=1 2017=1 2018=1 \n");
    assert_facet(state, "path:/pages*", "month", 0, "month (3): 2016-11=1 2017-02=1 2018=1 \n");
    assert_facet(state, "path:/pages*", "on-year", 0, "on-year (2): 2014=1 2018=1 \n");
    assert_facet(state, "path:/pages*", "on", 0, "on (3): --12-06=1 2014-06=1 2018-06-30=1 \n");
}

static void labels_are_counted(void **state)
{
    assert_facet(state, "crime", "kind", 0, "kind (2): news-item=1 press-release=1 \n");
    assert_facet(state, "crime", "topic", 0, "topic (2): elections=1 policing=1 \n");
    assert_facet(state, "crime", "source", 0, "source (2): odihr=1 osce-mission-to-serbia=1 \n");
    assert_facet(state, "crime", "site", 0, "site (1): /pages/serbia/=2 \n");
}

static void nothing_matches_and_nothing_is_counted(void **state)
{
    assert_facet(state, "nosuchword", "person", 0, "person (0): \n");
    assert_facet(state, "nosuchword", "year", 0, "year (0): \n");
}

static void hits_do_not_limit_facets(void **state)
{
    found f;
    const ocs_facet_wanted facet = {OCS_COLUMN_COUNTRY, 0};
    const ocs_search request = {.most = 1, .facets = &facet, .n_facets = 1, .facet = note_facet};
    search(*state, "crime", &request, &f);
    assert_int_equal(f.outcome.shown, 1);
    assert_int_equal(f.outcome.matches, 2);
    assert_true(f.outcome.exact);
    assert_string_equal(strchr(f.text, 'c'), "country (2): MK=1 RS=1 \n");
}

static void several_indexes_are_added_up(void **state)
{
    house *h = *state;
    MUST(h, ocs_index_add(h->index, h->dir, &h->err)); /* the same one again */
    assert_facet(state, "crime", "country", 0, "country (2): MK=2 RS=2 \n");
    assert_facet(state, "lang:en OR lang:ru", "lang", 1, "lang (2): en=4 \n");
    assert_facet(state, "path:/pages*", "year", 0, "year (3): 2016=2 2017=2 2018=2 \n");
}

static void other_rules_for_names_are_obeyed(void **state)
{
    house *h = *state;
    ocs_aliases *rules;
    MUST(h, ocs_aliases_parse("rules",
                              OCS_STR("merge person: A Kurz = Maria Kurz; Sebastian Kurz\n"
                                      "block person: Ivan Petrov\n"),
                              &rules, &h->err));
    ocs_index_set_aliases(h->index, rules);
    assert_facet(state, "crime", "person", 0, "person (2): a-kurz=2 ana-stojanovic=1 \n");
    ocs_index_set_aliases(h->index, NULL);
    ocs_aliases_free(rules);
    assert_facet(state, "crime", "person", 1, "person (4): ana-stojanovic=1 \n");
}

static void of_a_source_the_best_hit_is_shown(void **state)
{
    found f;
    house *h = *state;
    ocs_search request = {.most = 10, .order = OCS_ORDER_DATE_ASCENDING};
    MUST(h, ocs_index_add(h->index, h->dir, &h->err)); /* so that each source has two pages */
    search(h, "crime", &request, &f);
    assert_string_equal(f.text, "2 2 1 1 ");
    request.group = OCS_GROUP_SOURCE;
    search(h, "crime", &request, &f);
    assert_string_equal(f.text, "2 1 ");
    assert_true(f.outcome.grouped);
    assert_int_equal(f.outcome.groups, 2);
    search(h, "path:/pages*", &request, &f); /* 3 and 4 have none; 4 has no date and comes first */
    assert_string_equal(f.text, "4 2 1 ");
}

static void time_that_ran_out_is_told(void **state)
{
    found f;
    const ocs_facet_wanted facet = {OCS_COLUMN_COUNTRY, 0};
    const ocs_search request = {
        .most = 10, .facets = &facet, .n_facets = 1, .facet = note_facet, .time_limit = 1e-9};
    search(*state, "crime", &request, &f);
    assert_true(f.outcome.incomplete);
    assert_string_equal(f.text, "");
    search(*state, "crime", &(ocs_search){.most = 10, .time_limit = 600}, &f);
    assert_false(f.outcome.incomplete);
    assert_int_equal(f.outcome.shown, 2);
}

#define IN_HOUSE(test) cmocka_unit_test_setup_teardown(test, build_house, remove_house)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(things_are_counted_once_a_document),
        IN_HOUSE(equals_are_chosen_by_key),
        IN_HOUSE(years_stand_in_the_order_of_time),
        IN_HOUSE(labels_are_counted),
        IN_HOUSE(nothing_matches_and_nothing_is_counted),
        IN_HOUSE(hits_do_not_limit_facets),
        IN_HOUSE(several_indexes_are_added_up),
        IN_HOUSE(other_rules_for_names_are_obeyed),
        IN_HOUSE(of_a_source_the_best_hit_is_shown),
        IN_HOUSE(time_that_ran_out_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
