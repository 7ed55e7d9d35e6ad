/* What is paired over a small index: within which unit, how often, with which example. */
#include "tests/unit/query_fixture.h"

#include "query/pair_sieve.h"
#include "query/pairs.h"

enum {
    PEOPLE = 1 << OCS_MENTION_PERSON,
    NAMES = 1 << OCS_MENTION_PERSON | 1 << OCS_MENTION_ORG | 1 << OCS_MENTION_COUNTRY
};

static ocs_pairs find(house *h, ocs_pairs_wanted wanted)
{
    ocs_pairs pairs;
    wanted.types = wanted.types ? wanted.types : NAMES;
    MUST(h, ocs_pairs_find(h->index, &wanted, h->arena, &pairs, &h->err));
    return pairs;
}

static bool is_entity(const ocs_pairs *pairs, uint32_t number, const char *key)
{
    return ocs_str_eq(pairs->entities[number].key, ocs_str_of(key));
}

static const ocs_pair *pair_of(const ocs_pairs *pairs, const char *a, const char *b)
{
    for (size_t i = 0; i < pairs->n; i++) {
        const ocs_pair *pair = &pairs->at[i];
        if ((is_entity(pairs, pair->a, a) && is_entity(pairs, pair->b, b)) ||
            (is_entity(pairs, pair->a, b) && is_entity(pairs, pair->b, a)))
            return pair;
    }
    return NULL;
}

static void names_of_one_sentence_are_paired(void **state)
{
    ocs_pairs pairs = find(*state, (ocs_pairs_wanted){.least = 1});
    assert_non_null(pair_of(&pairs, "maria-kurz", "ivan-petrov"));
    assert_non_null(pair_of(&pairs, "alexander-kurz", "sebastian-maria-kurz"));
    assert_null(pair_of(&pairs, "sebastian-kurz", "ana-stojanovic"));
    assert_null(pair_of(&pairs, "odihr", "maria-kurz"));
    assert_int_equal(pairs.documents, SAMPLES);
}

static void the_unit_is_chosen(void **state)
{
    ocs_pairs pairs = find(*state, (ocs_pairs_wanted){.least = 1, .within = OCS_UNIT_DOCUMENT});
    assert_non_null(pair_of(&pairs, "sebastian-kurz", "ana-stojanovic"));
    assert_non_null(pair_of(&pairs, "odihr", "maria-kurz"));
    pairs = find(*state, (ocs_pairs_wanted){.least = 1, .within = OCS_UNIT_PARAGRAPH});
    assert_null(pair_of(&pairs, "odihr", "maria-kurz"));
    assert_non_null(pair_of(&pairs, "MK", "maria-kurz"));
}

static void nobody_is_paired_with_himself(void **state)
{
    ocs_pairs pairs = find(*state, (ocs_pairs_wanted){.least = 1, .within = OCS_UNIT_DOCUMENT});
    for (size_t i = 0; i < pairs.n; i++)
        assert_int_not_equal(pairs.at[i].a, pairs.at[i].b);
    const ocs_pair *pair = pair_of(&pairs, "sebastian-kurz", "RS");
    assert_non_null(pair);
    assert_int_equal(pair->units, 1);
    assert_int_equal(pair->documents, 1);
}

static void types_and_queries_limit_it(void **state)
{
    ocs_pairs pairs = find(*state, (ocs_pairs_wanted){.least = 1, .types = PEOPLE});
    assert_int_equal(pairs.found, 2);
    pairs = find(*state, (ocs_pairs_wanted){.least = 1, .query = OCS_STR("lang:en NOT date:2016")});
    assert_int_equal(pairs.documents, 1);
    assert_null(pair_of(&pairs, "maria-kurz", "ivan-petrov"));
}

static void one_of_both_is_called_so(void **state)
{
    ocs_pairs pairs = find(
        *state,
        (ocs_pairs_wanted){.least = 1, .within = OCS_UNIT_DOCUMENT, .with = OCS_STR("STOJANOVIC")});
    assert_int_equal(pairs.found, 2);
    for (size_t i = 0; i < pairs.n; i++)
        assert_true(is_entity(&pairs, pairs.at[i].a, "ana-stojanovic") ||
                    is_entity(&pairs, pairs.at[i].b, "ana-stojanovic"));
}

static void dates_and_examples_are_those_of_the_documents(void **state)
{
    ocs_pairs pairs = find(*state, (ocs_pairs_wanted){.least = 1});
    const ocs_pair *pair = pair_of(&pairs, "maria-kurz", "ivan-petrov");
    assert_non_null(pair);
    assert_int_equal(pair->first.year, 2016);
    assert_int_equal(pair->first.month, 11);
    assert_true(ocs_str_eq(pair->path, ocs_str_of(samples[1].path)));
    assert_true(ocs_str_starts(pair->example.text, OCS_STR("Maria Kurz, Head")));
    ocs_str page = ocs_str_of(samples[1].text);
    assert_true(ocs_str_eq(pair->example.text,
                           ocs_str_sub(page, pair->example.raw.from, pair->example.raw.to)));
    pair = pair_of(&pairs, "alexander-kurz", "sebastian-maria-kurz");
    assert_int_equal(pair->first.year, 0);
}

static void rare_pairs_are_left_out(void **state)
{
    ocs_pairs pairs = find(*state, (ocs_pairs_wanted){.least = 2});
    assert_int_equal(pairs.found, 0);
    assert_int_equal(pairs.documents, SAMPLES);
}

static void a_part_of_the_list_is_given(void **state)
{
    ocs_pairs all = find(*state, (ocs_pairs_wanted){.least = 1});
    ocs_pairs part = find(*state, (ocs_pairs_wanted){.least = 1, .first = 1, .most = 2});
    assert_int_equal(part.found, all.found);
    assert_int_equal(part.n, 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(
            ocs_str_eq(part.entities[part.at[i].a].key, all.entities[all.at[i + 1].a].key) &&
            ocs_str_eq(part.entities[part.at[i].b].key, all.entities[all.at[i + 1].b].key));
    part = find(*state, (ocs_pairs_wanted){.least = 1, .first = 100});
    assert_int_equal(part.n, 0);
}

static void more_pairs_than_memory_are_refused_with_the_way_out(void **state)
{
    house *h = *state;
    ocs_pairs pairs;
    ocs_pairs_wanted wanted = {.least = 1, .types = NAMES, .memory = 64 * 1024};
    assert_int_equal(ocs_pairs_find(h->index, &wanted, h->arena, &pairs, &h->err), OCS_LIMIT);
    assert_non_null(strstr(h->err.text, "more pairs than fit into memory"));
    assert_int_equal(pairs.n, 0);
    wanted.memory = 16 * 1024 * 1024;
    MUST(h, ocs_pairs_find(h->index, &wanted, h->arena, &pairs, &h->err));
}

/* There is no room for any pair, but none is in two documents, and that can be known without. */
static void rare_pairs_need_no_memory(void **state)
{
    ocs_pairs pairs = find(*state, (ocs_pairs_wanted){.least = 2,
                                                      .within = OCS_UNIT_DOCUMENT,
                                                      .types = PEOPLE | 1 << OCS_MENTION_DATE,
                                                      .memory = 64 * 1024});
    assert_int_equal(pairs.found, 0);
    assert_int_equal(pairs.documents, SAMPLES);
}

static void a_sieve_never_keeps_back_what_is_frequent(void **state)
{
    enum { THINGS = 5000 };
    size_t let_through = 0;
    ocs_pair_sieve *sieve = ocs_pair_sieve_new(14);
    (void)state;
    assert_non_null(sieve);
    for (uint64_t i = 0; i < THINGS; i++)
        for (uint64_t times = 0; times < (i % 10 == 0 ? 3 : 1); times++)
            ocs_pair_sieve_add(sieve, ocs_hash_mix(i, 1));
    for (uint64_t i = 0; i < THINGS; i++) {
        bool passes = ocs_pair_sieve_passes(sieve, ocs_hash_mix(i, 1), 3);
        assert_true(passes || i % 10 != 0);
        let_through += passes;
    }
    assert_true(let_through < THINGS / 4); /* and most of what is rare it does */
    for (unsigned times = 0; times < 300; times++)
        ocs_pair_sieve_add(sieve, 7);
    assert_true(ocs_pair_sieve_passes(sieve, 7, 299)); /* beyond what a counter can count */
    ocs_pair_sieve_free(sieve);
}

static void a_full_arena_is_told(void **state)
{
    house *h = *state;
    ocs_pairs pairs;
    const ocs_pairs_wanted wanted = {.least = 1, .types = NAMES};
    ocs_arena *small = ocs_arena_new(600);
    assert_non_null(small);
    assert_int_equal(ocs_pairs_find(h->index, &wanted, small, &pairs, &h->err), OCS_LIMIT);
    ocs_arena_free(small);
}

/* ---- what is cited ---- */

static void a_long_unit_is_cut_around_what_it_is_about(void **state)
{
    char text[4 * OCS_CITED_BYTES];
    (void)state;
    for (size_t i = 0; i < sizeof text; i += 2) /* two bytes a letter: no cut may divide one */
        memcpy(text + i, "\xC4\x87", 2);
    const ocs_run run = {.length = sizeof text, .text_unit = 1, .raw_unit = 1};
    ocs_document document = {.text = {text, sizeof text}, .origin = {&run, 1}};
    ocs_span all = {0, sizeof text}, about = {1500, 1520};
    ocs_cited cited = ocs_cite(&document, all, about);
    assert_true(cited.text.n <= OCS_CITED_BYTES + 4);
    assert_true(cited.at.from <= about.from && cited.at.to >= about.to);
    assert_int_equal(ocs_utf8_check(cited.text), cited.text.n);
    assert_int_equal(cited.raw.from, cited.at.from);
    assert_false(cited.inexact);
    cited = ocs_cite(&document, all, all); /* what is itself too long is cut, too */
    assert_int_equal(cited.at.from, 0);
    assert_true(cited.text.n <= OCS_CITED_BYTES + 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_one_sentence_are_paired),
        cmocka_unit_test(the_unit_is_chosen),
        cmocka_unit_test(nobody_is_paired_with_himself),
        cmocka_unit_test(types_and_queries_limit_it),
        cmocka_unit_test(one_of_both_is_called_so),
        cmocka_unit_test(dates_and_examples_are_those_of_the_documents),
        cmocka_unit_test(rare_pairs_are_left_out),
        cmocka_unit_test(a_part_of_the_list_is_given),
        cmocka_unit_test(more_pairs_than_memory_are_refused_with_the_way_out),
        cmocka_unit_test(rare_pairs_need_no_memory),
        cmocka_unit_test(a_sieve_never_keeps_back_what_is_frequent),
        cmocka_unit_test(a_full_arena_is_told),
        cmocka_unit_test(a_long_unit_is_cut_around_what_it_is_about),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
