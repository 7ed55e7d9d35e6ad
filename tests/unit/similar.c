/* Which documents of a small index are alike, and why. */
#include "tests/unit/query_fixture.h"

#include "query/similar.h"

typedef struct seen_hits {
    ocs_str ids[SAMPLES];
    char shared[1024]; /* of the first hit: "text text ..." */
    double weights[64];
    size_t n, n_terms, most;
    house *h;
} seen_hits;

static void take_terms(void *payload, const ocs_similar_term *terms, size_t n)
{
    seen_hits *s = payload;
    s->n_terms = n;
    for (size_t i = 0; i < n && i < 64; i++)
        s->weights[i] = terms[i].weight;
}

static bool take_hit(void *payload, const ocs_similar_hit *hit)
{
    seen_hits *s = payload;
    assert_true(s->n < SAMPLES);
    assert_int_equal(hit->hit.rank, s->n + 1);
    assert_true(hit->n_shared > 0);
    for (size_t i = 0; s->n == 0 && i < hit->n_shared; i++) {
        size_t used = strlen(s->shared);
        snprintf(s->shared + used, sizeof s->shared - used, "%.*s ", OCS_ARG(hit->shared[i]->text));
    }
    s->ids[s->n++] = ocs_str_copy(s->h->arena, hit->hit.document.path);
    return s->n < s->most;
}

static seen_hits find(house *h, xap_docid number, uint32_t most)
{
    seen_hits s = {.h = h, .most = SAMPLES};
    ocs_similar wanted = {.most = most, .terms = take_terms, .each = take_hit, .payload = &s};
    MUST(h, ocs_similar_find(h->index, number, &wanted, &h->err));
    return s;
}

static void the_nearest_comes_first_and_the_document_itself_never(void **state)
{
    seen_hits s = find(*state, 1, 10);
    assert_true(s.n >= 1);
    assert_str(s.ids[0], "/pages/serbia/2.html");
    for (size_t i = 0; i < s.n; i++)
        assert_false(ocs_str_eq(s.ids[i], OCS_STR("/pages/serbia/1.html")));
    s = find(*state, 2, 10);
    assert_str(s.ids[0], "/pages/serbia/1.html");
}

static void what_both_have_is_told_as_this_document_spells_it(void **state)
{
    seen_hits s = find(*state, 1, 10);
    assert_non_null(strstr(s.shared, "crime "));
    assert_non_null(strstr(s.shared, "organized ")); /* the other has organised */
    assert_null(strstr(s.shared, "Kurz "));          /* another person of that name */
    assert_null(strstr(s.shared, "threat "));
    s = find(*state, 2, 10);
    assert_non_null(strstr(s.shared, "organised "));
}

static void terms_come_by_their_weight_the_first_of_1(void **state)
{
    seen_hits s = find(*state, 1, 10);
    assert_true(s.n_terms > 1);
    assert_true(s.weights[0] == 1.0);
    for (size_t i = 1; i < s.n_terms; i++)
        assert_true(s.weights[i] > 0 && s.weights[i] <= s.weights[i - 1]);
}

static void a_document_that_shares_nothing_has_none(void **state)
{
    seen_hits s = find(*state, 3, 10); /* in Russian */
    assert_int_equal(s.n, 0);
    assert_int_equal(s.n_terms, 0);
}

static void no_more_are_given_than_wanted(void **state)
{
    assert_int_equal(find(*state, 1, 1).n, 1);
    assert_int_equal(find(*state, 1, 0).n, 0);
}

static void a_document_that_is_not_there_is_told(void **state)
{
    house *h = *state;
    ocs_similar wanted = {.most = 1, .each = take_hit};
    assert_int_equal(ocs_similar_find(h->index, 99, &wanted, &h->err), OCS_NOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_nearest_comes_first_and_the_document_itself_never),
        cmocka_unit_test(what_both_have_is_told_as_this_document_spells_it),
        cmocka_unit_test(terms_come_by_their_weight_the_first_of_1),
        cmocka_unit_test(a_document_that_shares_nothing_has_none),
        cmocka_unit_test(no_more_are_given_than_wanted),
        cmocka_unit_test(a_document_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
