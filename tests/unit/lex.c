/* Query text to lexemes: what is a word, an operator, a field, and where each stands. */
#include "query/lex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static ocs_lexeme nth(const char *query, int n)
{
    ocs_lexer lexer = {.query = ocs_str_of(query)};
    ocs_lexeme lexeme = {0};
    ocs_error err = {0};
    for (int i = 0; i <= n; i++)
        if (ocs_lex_next(&lexer, &lexeme, &err) != OCS_OK)
            fail_msg("%s: %s", query, err.text);
    return lexeme;
}

static void assert_kind(const char *query, int n, ocs_lexeme_kind kind, const char *text)
{
    ocs_lexeme lexeme = nth(query, n);
    assert_int_equal(lexeme.kind, kind);
    assert_int_equal(lexeme.text.n, strlen(text));
    if (lexeme.text.n > 0)
        assert_memory_equal(lexeme.text.p, text, lexeme.text.n);
}

static void white_space_separates_words(void **state)
{
    (void)state;
    assert_kind(" organized \t crime\n", 0, OCS_LEXEME_WORD, "organized");
    assert_kind(" organized \t crime\n", 1, OCS_LEXEME_WORD, "crime");
    assert_kind(" organized \t crime\n", 2, OCS_LEXEME_END, "");
    assert_kind("a\xC2\xA0"
                "b",
                1, OCS_LEXEME_WORD, "b");
}

static void lexemes_keep_their_place(void **state)
{
    (void)state;
    ocs_lexeme lexeme = nth("one \"two three\" person:kurz", 1);
    assert_int_equal(lexeme.at.from, 4);
    assert_int_equal(lexeme.at.to, 15);
    lexeme = nth("one \"two three\" person:kurz", 2);
    assert_int_equal(lexeme.at.from, 16);
    assert_int_equal(lexeme.at.to, 27);
    assert_int_equal(lexeme.text_at, 23);
}

static void punctuation_around_a_word_is_trimmed(void **state)
{
    (void)state;
    assert_kind("...crime,", 0, OCS_LEXEME_WORD, "crime");
    assert_kind("crime & justice", 1, OCS_LEXEME_WORD, "justice");
    assert_kind("Belgrade - Pristina", 1, OCS_LEXEME_WORD, "Pristina");
    assert_kind("Belgrade \xE2\x80\x94 Pristina", 1, OCS_LEXEME_WORD, "Pristina");
    assert_kind("U.S. troops", 0, OCS_LEXEME_WORD, "U.S");
}

static void words_hold_hyphens_and_apostrophes(void **state)
{
    (void)state;
    assert_kind("co-operation", 0, OCS_LEXEME_WORD, "co-operation");
    assert_kind("Kurz\xE2\x80\x99s", 0, OCS_LEXEME_WORD, "Kurz\xE2\x80\x99s");
}

static void operators_are_in_capitals(void **state)
{
    (void)state;
    assert_kind("OR", 0, OCS_LEXEME_OR, "");
    assert_kind("AND", 0, OCS_LEXEME_AND, "");
    assert_kind("NOT", 0, OCS_LEXEME_NOT, "");
    assert_kind("or", 0, OCS_LEXEME_WORD, "or");
    assert_kind("near/8", 0, OCS_LEXEME_WORD, "near/8");
    assert_kind("NEARLY", 0, OCS_LEXEME_WORD, "NEARLY");
    assert_kind("ADJUST", 0, OCS_LEXEME_WORD, "ADJUST");
    assert_kind("OR,", 0, OCS_LEXEME_PHRASE, "OR");
}

static void near_and_adj_take_a_distance(void **state)
{
    (void)state;
    assert_int_equal(nth("NEAR", 0).distance, 10);
    assert_int_equal(nth("NEAR/8", 0).distance, 8);
    assert_int_equal(nth("ADJ", 0).distance, 1);
    assert_int_equal(nth("ADJ/3", 0).distance, 3);
    assert_int_equal(nth("NEAR/8", 0).kind, OCS_LEXEME_NEAR);
    assert_int_equal(nth("ADJ/1000", 0).kind, OCS_LEXEME_ADJ);
}

static void a_minus_before_something_negates(void **state)
{
    (void)state;
    assert_kind("-crime", 0, OCS_LEXEME_NOT, "");
    assert_kind("-crime", 1, OCS_LEXEME_WORD, "crime");
    assert_kind("-\"a b\"", 1, OCS_LEXEME_PHRASE, "a b");
    assert_kind("-(a)", 1, OCS_LEXEME_OPEN, "");
    assert_kind("- crime", 0, OCS_LEXEME_WORD, "crime");
}

static void curly_quotes_are_quotes(void **state)
{
    (void)state;
    assert_kind("\xE2\x80\x9Corganized crime\xE2\x80\x9D", 0, OCS_LEXEME_PHRASE, "organized crime");
    assert_kind("\xE2\x80\x9Eorganizirani kriminal\xE2\x80\x9C", 0, OCS_LEXEME_PHRASE,
                "organizirani kriminal");
    assert_kind("\xC2\xAB\xD0\xB0 \xD0\xB1\xC2\xBB", 0, OCS_LEXEME_PHRASE, "\xD0\xB0 \xD0\xB1");
}

static void wildcards_and_exact_words_are_told(void **state)
{
    (void)state;
    assert_true(nth("traffick*", 0).wildcard);
    assert_kind("traffick*", 0, OCS_LEXEME_WORD, "traffick");
    assert_kind("te?t", 0, OCS_LEXEME_WORD, "te?t");
    assert_true(nth("=organised", 0).exact);
    assert_kind("=organised", 0, OCS_LEXEME_WORD, "organised");
}

static void a_question_mark_behind_a_word_is_a_character(void **state)
{
    (void)state;
    assert_kind("polic?", 0, OCS_LEXEME_WORD, "polic?");
    assert_kind("polic??, x", 0, OCS_LEXEME_WORD, "polic??");
    assert_kind("poli*?", 0, OCS_LEXEME_WORD, "poli*?");
    assert_true(nth("polic?*", 0).wildcard);
    assert_kind("polic?*", 0, OCS_LEXEME_WORD, "polic?");
    assert_kind("=polic?", 0, OCS_LEXEME_WORD, "polic");
    assert_kind("U.S.?", 0, OCS_LEXEME_WORD, "U.S");
    assert_kind("person:kur?", 0, OCS_LEXEME_FIELD, "kur?");
    assert_kind("lang:e?", 0, OCS_LEXEME_FIELD, "e");
}

static void a_pattern_is_of_letters_and_question_marks(void **state)
{
    (void)state;
    assert_true(ocs_lex_pattern(OCS_STR("te?t")));
    assert_false(ocs_lex_pattern(OCS_STR("test")));
    assert_false(ocs_lex_pattern(OCS_STR("a/b?c")));
    assert_true(ocs_lex_fits(OCS_STR("te?t"), false, OCS_STR("test")));
    assert_false(ocs_lex_fits(OCS_STR("te?t"), false, OCS_STR("tests")));
    assert_true(ocs_lex_fits(OCS_STR("te?t"), true, OCS_STR("tests")));
    assert_false(ocs_lex_fits(OCS_STR("te?t"), true, OCS_STR("te")));
    assert_true(ocs_lex_fits(OCS_STR("te?t"), false, OCS_STR("te\xC5\x82t")));
}

static void a_field_is_letters_a_colon_and_a_value(void **state)
{
    (void)state;
    assert_int_equal(nth("person:kurz", 0).field, OCS_FIELD_PERSON);
    assert_kind("PERSON:kurz,", 0, OCS_LEXEME_FIELD, "kurz");
    assert_kind("person:\"Sebastian Kurz\"", 0, OCS_LEXEME_FIELD, "Sebastian Kurz");
    assert_true(nth("person:*", 0).wildcard);
    assert_kind("person:*", 0, OCS_LEXEME_FIELD, "");
    assert_true(nth("person:stoj*", 0).wildcard);
    assert_kind("path:/data/a.html", 0, OCS_LEXEME_FIELD, "/data/a.html");
    assert_kind("on:--12-06", 0, OCS_LEXEME_FIELD, "--12-06");
    assert_kind("(place:Vienna)", 1, OCS_LEXEME_FIELD, "Vienna");
}

static void a_colon_in_plain_text_makes_no_field(void **state)
{
    (void)state;
    assert_kind("19:30", 0, OCS_LEXEME_WORD, "19:30");
    assert_kind("http://www.osce.org/a", 0, OCS_LEXEME_WORD, "http://www.osce.org/a");
    assert_kind("Note: this", 0, OCS_LEXEME_WORD, "Note");
    assert_kind("MC.DEC/7:14", 0, OCS_LEXEME_WORD, "MC.DEC/7:14");
}

static void a_plain_value_needs_no_quotes(void **state)
{
    (void)state;
    assert_true(ocs_lex_plain_value(OCS_VALUE_ENTITY, OCS_STR("kurz")));
    assert_true(ocs_lex_plain_value(OCS_VALUE_ENTITY, OCS_STR("co-operation")));
    assert_false(ocs_lex_plain_value(OCS_VALUE_ENTITY, OCS_STR("Sebastian Kurz")));
    assert_false(ocs_lex_plain_value(OCS_VALUE_ENTITY, OCS_STR("kurz,")));
    assert_false(ocs_lex_plain_value(OCS_VALUE_ENTITY, OCS_STR("")));
    assert_true(ocs_lex_plain_value(OCS_VALUE_PATH, OCS_STR("/data/")));
    assert_false(ocs_lex_plain_value(OCS_VALUE_PATH, OCS_STR("/data/(1)")));
}

static void a_mistyped_field_is_guessed(void **state)
{
    (void)state;
    assert_int_equal(ocs_field_guess(OCS_STR("persn")), OCS_FIELD_PERSON);
    assert_int_equal(ocs_field_guess(OCS_STR("preson")), OCS_FIELD_PERSON);
    assert_int_equal(ocs_field_guess(OCS_STR("contry")), OCS_FIELD_COUNTRY);
    assert_int_equal(ocs_field_guess(OCS_STR("organisation")), OCS_FIELD_ORG);
    assert_int_equal(ocs_field_guess(OCS_STR("language")), OCS_FIELD_LANG);
    assert_int_equal(ocs_field_guess(OCS_STR("zzz")), OCS_FIELD_COUNT);
    assert_int_equal(ocs_field_guess(OCS_STR("thisisaverylongnameindeed")), OCS_FIELD_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_separates_words),
        cmocka_unit_test(lexemes_keep_their_place),
        cmocka_unit_test(punctuation_around_a_word_is_trimmed),
        cmocka_unit_test(words_hold_hyphens_and_apostrophes),
        cmocka_unit_test(operators_are_in_capitals),
        cmocka_unit_test(near_and_adj_take_a_distance),
        cmocka_unit_test(a_minus_before_something_negates),
        cmocka_unit_test(curly_quotes_are_quotes),
        cmocka_unit_test(wildcards_and_exact_words_are_told),
        cmocka_unit_test(a_question_mark_behind_a_word_is_a_character),
        cmocka_unit_test(a_pattern_is_of_letters_and_question_marks),
        cmocka_unit_test(a_field_is_letters_a_colon_and_a_value),
        cmocka_unit_test(a_colon_in_plain_text_makes_no_field),
        cmocka_unit_test(a_plain_value_needs_no_quotes),
        cmocka_unit_test(a_mistyped_field_is_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
