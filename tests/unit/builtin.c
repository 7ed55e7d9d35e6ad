/* The tables as compiled into the program against the same tables compiled now. */
#include "corpus/gaz.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

static void read_table(ocs_gaz_table table, ocs_buf *out)
{
    char path[4096], piece[65536];
    size_t n;
    snprintf(path, sizeof path, "%s/%s.tsv", TABLE_DIR, ocs_gaz_table_name(table));
    FILE *in = fopen(path, "rb");
    if (!in)
        fail_msg("no %s", path);
    while ((n = fread(piece, 1, sizeof piece, in)) > 0)
        ocs_buf_put(out, (ocs_str){piece, n});
    fclose(in);
}

static ocs_gaz_builder *build(ocs_gaz *gaz)
{
    ocs_gaz_builder *builder = ocs_gaz_builder_new();
    for (int i = 0; i < OCS_GAZ_TABLE_COUNT; i++) {
        ocs_gaz_table table = (ocs_gaz_table)i;
        ocs_buf text;
        ocs_buf_init(&text, 1 << 26);
        read_table(table, &text);
        assert_int_equal(ocs_gaz_builder_add(builder, table, "t", ocs_buf_str(&text), NULL),
                         OCS_OK);
        ocs_buf_clear(&text);
    }
    assert_int_equal(ocs_gaz_builder_finish(builder, gaz, NULL), OCS_OK);
    return builder;
}

static void assert_same_phrase(const ocs_gaz_phrase *a, const ocs_gaz_phrase *b)
{
    assert_int_equal(a->text, b->text);
    assert_int_equal(a->lang, b->lang);
    assert_int_equal(a->thing, b->thing);
    assert_int_equal(a->gaps, b->gaps);
    assert_int_equal(a->next, b->next);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->words, b->words);
    assert_int_equal(a->flags, b->flags);
    assert_int_equal(a->table, b->table);
}

static void assert_same_thing(const ocs_gaz_thing *a, const ocs_gaz_thing *b)
{
    assert_int_equal(a->key, b->key);
    assert_int_equal(a->name, b->name);
    assert_int_equal(a->class_, b->class_);
    assert_int_equal(a->country, b->country);
    assert_int_equal(a->people, b->people);
    assert_int_equal(a->lat, b->lat);
    assert_int_equal(a->lon, b->lon);
    assert_int_equal(a->table, b->table);
}

static void the_written_form_is_the_compiled_one(void **state)
{
    (void)state;
    ocs_gaz now;
    ocs_gaz_builder *builder = build(&now);
    const ocs_gaz *then = ocs_gaz_builtin();
    assert_true(then->version == now.version);
    assert_int_equal(then->n_things, now.n_things);
    assert_int_equal(then->n_phrases, now.n_phrases);
    assert_int_equal(then->n_edges, now.n_edges);
    assert_int_equal(then->n_nodes, now.n_nodes);
    assert_int_equal(then->n_gaps, now.n_gaps);
    assert_int_equal(then->n_texts, now.n_texts);
    assert_memory_equal(then->texts, now.texts, now.n_texts);
    for (size_t i = 0; i < now.n_things; i++)
        assert_same_thing(&then->things[i], &now.things[i]);
    for (size_t i = 0; i < now.n_phrases; i++)
        assert_same_phrase(&then->phrases[i], &now.phrases[i]);
    assert_memory_equal(then->edges, now.edges, now.n_edges * sizeof *now.edges);
    assert_memory_equal(then->node_phrase, now.node_phrase, now.n_nodes * sizeof *now.node_phrase);
    assert_memory_equal(then->gaps, now.gaps, now.n_gaps);
    assert_memory_equal(then->heads, now.heads, OCS_GAZ_HEADS * sizeof *now.heads);
    assert_memory_equal(then->first, now.first, OCS_GAZ_FIRSTS * sizeof *now.first);
    assert_memory_equal(then->first_small, now.first_small,
                        OCS_GAZ_FIRSTS * sizeof *now.first_small);
    ocs_gaz_builder_free(builder);
}

static void assert_same_answer(const ocs_gaz_survey *survey, ocs_str text, ocs_tokens tokens,
                               size_t at, unsigned tables)
{
    ocs_gaz_hit matched = {0}, surveyed = {0};
    bool some = ocs_gaz_match(survey->gaz, text, tokens, at, tables, &matched);
    assert_int_equal(ocs_gaz_survey_match(survey, tokens.n, at, tables, &surveyed), some);
    assert_memory_equal(&matched, &surveyed, sizeof matched);
}

/* For every table alone and all together, and for texts that end within a phrase. */
static void a_survey_says_what_a_match_says(void **state)
{
    static const char text[] =
        "On Monday, 3 March 2017, the Ministry of Foreign Affairs of Bosnia and Herzegovina met\n"
        "the OSCE High Commissioner on National Minorities in New York and North Macedonia: the "
        "US\n"
        "said us, Serbia and Montenegro. Ministarka unutrašnjih poslova u Srbiji i Crnoj Gori;\n"
        "Министр внутренних дел России в Нью-Йорке, в Боснии и Герцеговине, прошлой осенью.";
    (void)state;
    ocs_arena *arena = ocs_arena_new(1 << 20);
    ocs_str all = {text, sizeof text - 1};
    ocs_tokens tokens;
    ocs_gaz_survey survey;
    const unsigned every = (1u << OCS_GAZ_TABLE_COUNT) - 1;
    assert_true(ocs_tokenize(arena, all, &tokens));
    assert_true(ocs_gaz_survey_make(ocs_gaz_builtin(), arena, all, tokens, every, &survey));
    assert_true(survey.stands.n > tokens.n / 2);
    for (size_t at = 0; at < tokens.n; at++)
        for (size_t end = at; end <= tokens.n; end++) {
            ocs_tokens head = {tokens.at, end};
            assert_same_answer(&survey, all, head, at, every);
            for (unsigned table = 0; table < OCS_GAZ_TABLE_COUNT; table++)
                assert_same_answer(&survey, all, head, at, 1u << table);
        }
    ocs_arena_free(arena);
}

/* A phrase of a table that was not asked for is no answer of a survey. */
static void a_survey_knows_only_its_tables(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(1 << 16);
    ocs_str text = OCS_STR("in Vienna");
    ocs_tokens tokens;
    ocs_gaz_survey survey;
    ocs_gaz_hit hit;
    assert_true(ocs_tokenize(arena, text, &tokens));
    assert_true(
        ocs_gaz_survey_make(ocs_gaz_builtin(), arena, text, tokens, 1u << OCS_GAZ_MONTH, &survey));
    assert_false(ocs_gaz_survey_match(&survey, tokens.n, 1, 1u << OCS_GAZ_PLACE, &hit));
    assert_true(ocs_gaz_match(ocs_gaz_builtin(), text, tokens, 1, 1u << OCS_GAZ_PLACE, &hit));
    ocs_arena_free(arena);
}

/* Every phrase, where it stands alone as its table writes it, is matched whole. */
static void every_phrase_is_matched_as_written(void **state)
{
    (void)state;
    const ocs_gaz *gaz = ocs_gaz_builtin();
    ocs_arena *arena = ocs_arena_new(1 << 20);
    for (size_t i = 0; i < gaz->n_phrases; i++) {
        char text[1000];
        size_t n = 0;
        for (const char *p = ocs_gaz_cstr(gaz, gaz->phrases[i].text); *p != '\0'; p++)
            if (*p != '*')
                text[n++] = *p;
        ocs_tokens tokens;
        ocs_gaz_hit hit = {0};
        unsigned table = 1u << gaz->things[gaz->phrases[i].thing].table;
        assert_true(ocs_tokenize(arena, (ocs_str){text, n}, &tokens));
        if (!ocs_gaz_match(gaz, (ocs_str){text, n}, tokens, 0, table, &hit) || hit.to != tokens.n)
            fail_msg("'%s' is not matched", ocs_gaz_cstr(gaz, gaz->phrases[i].text));
        ocs_arena_clear(arena);
    }
    ocs_arena_free(arena);
}

static void assert_country(const char *text, const char *code)
{
    const ocs_gaz_thing *thing = ocs_gaz_find(ocs_gaz_builtin(), OCS_GAZ_COUNTRY, ocs_str_of(text));
    if (!thing)
        fail_msg("no country is called '%s'", text);
    else
        assert_string_equal(ocs_gaz_cstr(ocs_gaz_builtin(), thing->key), code);
}

static void countries_are_known_by_their_former_names(void **state)
{
    (void)state;
    assert_country("Serbia", "RS");
    assert_country("Srbija", "RS");
    assert_country("former Yugoslav Republic of Macedonia", "MK");
    assert_country("Turkey", "TR");
    assert_country("turkiye", "TR");
    assert_country("Czech Republic", "CZ");
    assert_country("Bosnia and Herzegovina", "BA");
}

static void months_are_keyed_by_number(void **state)
{
    (void)state;
    const ocs_gaz *gaz = ocs_gaz_builtin();
    static const char *const names[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
    for (int i = 0; i < 12; i++) {
        const ocs_gaz_thing *month = ocs_gaz_find(gaz, OCS_GAZ_MONTH, ocs_str_of(names[i]));
        assert_non_null(month);
        assert_int_equal(atoi(ocs_gaz_cstr(gaz, month->key)), i + 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_written_form_is_the_compiled_one),
        cmocka_unit_test(a_survey_says_what_a_match_says),
        cmocka_unit_test(a_survey_knows_only_its_tables),
        cmocka_unit_test(every_phrase_is_matched_as_written),
        cmocka_unit_test(countries_are_known_by_their_former_names),
        cmocka_unit_test(months_are_keyed_by_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
