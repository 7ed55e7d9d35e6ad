#include "tests/unit/unit.h"

/* The tokens of one text, freed by the next call of the fixture's clear. */
static ocs_tokens tokens_of(void **state, const char *text)
{
    ocs_tokens tokens;
    assert_true(ocs_tokenize(*state, ocs_str_of(text), &tokens));
    return tokens;
}

static int make_arena(void **state)
{
    return (*state = ocs_arena_new(1 << 20)) ? 0 : -1;
}

static int drop_arena(void **state)
{
    ocs_arena_free(*state);
    return 0;
}

/* The folded words, joined by "|". */
static void assert_words(void **state, const char *text, const char *wanted)
{
    ocs_tokens tokens = tokens_of(state, text);
    ocs_buf buf;
    ocs_buf_init(&buf, 10000);
    for (size_t i = 0; i < tokens.n; i++) {
        ocs_buf_puts(&buf, i > 0 ? "|" : "");
        ocs_buf_put(&buf, tokens.at[i].fold);
    }
    assert_str(ocs_buf_str(&buf), wanted);
    ocs_buf_clear(&buf);
}

static void words_are_letters_and_digits(void **state)
{
    assert_words(state, "The OSCE's 2nd (of 57) — “Mission”!", "the|osce|2nd|of|57|mission");
    assert_words(state, "", "");
    assert_words(state, " ,.- \n", "");
    assert_words(state, "Đukanović/Ђукановић", "dukanovic|ђукановић");
}

static void letters_joined_by_stops_are_one_word(void **state)
{
    assert_words(state, "the U.S. and a.i. in U.S.A", "the|us|and|ai|in|usa");
    ocs_token us = tokens_of(state, "U.S. x").at[0];
    assert_int_equal(us.at.to, 4); /* the last stop belongs to it */
    assert_int_equal(us.word, 4);
    assert_true(us.flags & OCS_TOKEN_DOTTED);
    assert_true(us.flags & OCS_TOKEN_CAPS);
    assert_true(us.hash == ocs_hash(OCS_STR("us")));
}

static void a_stop_before_a_word_ends_a_sentence(void **state)
{
    assert_words(state, "Plan B.Then", "plan|b|then");
    assert_words(state, "end.Start 3.5", "end|start|3|5");
    ocs_tokens tokens = tokens_of(state, "J. Smith");
    assert_int_equal(tokens.at[0].at.to, 1); /* one letter alone keeps no stop */
    assert_int_equal(tokens.at[1].gap, OCS_GAP_STOP | OCS_GAP_SPACE);
}

static void a_possessive_belongs_to_its_word(void **state)
{
    const char *const texts[] = {"Prosecutor's Office", "Prosecutor’s Office",
                                 "PROSECUTOR'S Office"};
    for (size_t i = 0; i < 3; i++) {
        ocs_tokens tokens = tokens_of(state, texts[i]);
        assert_int_equal(tokens.n, 2);
        assert_str(tokens.at[0].fold, "prosecutor");
        assert_int_equal(tokens.at[0].word, 10);
        assert_int_equal(tokens.at[1].at.from, tokens.at[0].at.to + 1);
        assert_true(tokens.at[0].flags & OCS_TOKEN_POSSESSIVE);
        assert_int_equal(tokens.at[1].gap, OCS_GAP_SPACE);
    }
    assert_words(state, "the U.S.'s", "the|us");
}

static void an_apostrophe_before_other_letters_separates(void **state)
{
    assert_words(state, "d'Ivoire it'sx 5's", "d|ivoire|it|sx|5|s");
    assert_int_equal(tokens_of(state, "d'Ivoire").at[1].gap, OCS_GAP_OTHER);
}

static void gaps_say_what_stands_between(void **state)
{
    static const struct {
        const char *text;
        unsigned gap;
    } cases[] = {
        {"a b", OCS_GAP_SPACE},
        {"a\xC2\xA0"
         "b",
         OCS_GAP_SPACE},
        {"co-operation", OCS_GAP_HYPHEN},
        {"co\xE2\x80\x90operation", OCS_GAP_HYPHEN},
        {"co- operation", OCS_GAP_HYPHEN | OCS_GAP_SPACE},
        {"and/or", OCS_GAP_SLASH},
        {"a, b", OCS_GAP_COMMA | OCS_GAP_SPACE},
        {"a. b", OCS_GAP_STOP | OCS_GAP_SPACE},
        {"a: b", OCS_GAP_STOP | OCS_GAP_SPACE},
        {"a (b", OCS_GAP_SPACE | OCS_GAP_OPEN},
        {"a „b", OCS_GAP_SPACE | OCS_GAP_OPEN},
        {"a) b", OCS_GAP_SPACE | OCS_GAP_OTHER},
        {"a – b", OCS_GAP_SPACE | OCS_GAP_OTHER},
        {"a & b", OCS_GAP_SPACE | OCS_GAP_OTHER},
        {"a\nb", OCS_GAP_LINE},
        {"a,\r\n b", OCS_GAP_COMMA | OCS_GAP_SPACE | OCS_GAP_LINE},
        {"a\xE2\x80\x8B b", OCS_GAP_SPACE}, /* the zero-width space is part of nothing */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ocs_tokens tokens = tokens_of(state, cases[i].text);
        assert_int_equal(tokens.n, 2);
        assert_int_equal(tokens.at[0].gap, OCS_GAP_LINE); /* the start of the text */
        if (tokens.at[1].gap != cases[i].gap)
            print_error("in '%s'\n", cases[i].text);
        assert_int_equal(tokens.at[1].gap, cases[i].gap);
    }
}

static void soft_hyphens_vanish_within_words(void **state)
{
    ocs_tokens tokens = tokens_of(state, "Zusammen\xC2\xAD"
                                         "arbeit \xEF\xBB\xBFnow");
    assert_int_equal(tokens.n, 2);
    assert_str(tokens.at[0].fold, "zusammenarbeit");
    assert_int_equal(tokens.at[0].points, 14);
    assert_int_equal(tokens.at[0].at.to, 16);
    assert_int_equal(tokens.at[1].at.from, 20); /* the byte order mark is no part of the word */
}

static void flags_describe_the_word(void **state)
{
    ocs_tokens tokens = tokens_of(state, "OSCE Serbia word 2nd 2017 A ЕУ Šćepan 5A");
    const unsigned upper = OCS_TOKEN_UPPER, latin = OCS_TOKEN_LATIN;
    const unsigned wanted[] = {upper | OCS_TOKEN_CAPS | latin,
                               upper | latin,
                               latin,
                               OCS_TOKEN_DIGIT | latin,
                               OCS_TOKEN_DIGIT | OCS_TOKEN_NUMBER,
                               upper | latin,
                               upper | OCS_TOKEN_CAPS | OCS_TOKEN_CYRILLIC,
                               upper | latin,
                               OCS_TOKEN_DIGIT | latin};
    assert_int_equal(tokens.n, 9);
    for (size_t i = 0; i < tokens.n; i++)
        assert_int_equal(tokens.at[i].flags, wanted[i]);
}

static void combining_accents_do_not_count_against_capitals(void **state)
{
    ocs_token token = tokens_of(state, "E\xCC\x81U").at[0];
    assert_true(token.flags & OCS_TOKEN_CAPS);
    assert_str(token.fold, "eu");
}

static void offsets_point_at_the_text(void **state)
{
    const char *text = "– Šaban,\nĆuprija";
    ocs_tokens tokens = tokens_of(state, text);
    assert_int_equal(tokens.n, 2);
    assert_memory_equal(text + tokens.at[0].at.from, "Šaban",
                        tokens.at[0].at.to - tokens.at[0].at.from);
    assert_int_equal(tokens.at[1].at.to, strlen(text));
    assert_int_equal(tokens.at[1].points, 7);
}

static void an_endless_word_is_cut_and_goes_on(void **state)
{
    static char text[3001];
    memset(text, 'a', sizeof text - 1);
    ocs_tokens tokens = tokens_of(state, text);
    assert_int_equal(tokens.n, 3);
    assert_int_equal(tokens.at[0].at.to, OCS_TOKEN_MAX);
    assert_int_equal(tokens.at[1].gap, 0);
    assert_int_equal(tokens.at[2].at.to, 3000);
}

static void a_cut_keeps_characters_whole(void **state)
{
    static char text[4001] = "x";
    for (size_t i = 1; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "š", 2);
    ocs_tokens tokens = tokens_of(state, text);
    for (size_t i = 0; i < tokens.n; i++)
        assert_int_equal(ocs_utf8_check(tokens.at[i].fold), tokens.at[i].fold.n);
    assert_int_equal(tokens.at[0].at.to, OCS_TOKEN_MAX - 1);
}

static void ill_formed_bytes_separate(void **state)
{
    assert_words(state,
                 "a\xFF"
                 "b\xC5",
                 "a|b");
    assert_int_equal(tokens_of(state, "a\xFF"
                                      "b")
                         .at[1]
                         .gap,
                     OCS_GAP_OTHER);
}

static void a_full_arena_is_told(void **state)
{
    (void)state;
    ocs_arena *small = ocs_arena_new(100);
    ocs_tokens tokens;
    assert_false(ocs_tokenize(small, OCS_STR("one two three"), &tokens));
    assert_int_equal(ocs_arena_status(small), OCS_LIMIT);
    ocs_arena_free(small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(words_are_letters_and_digits, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(letters_joined_by_stops_are_one_word, make_arena,
                                        drop_arena),
        cmocka_unit_test_setup_teardown(a_stop_before_a_word_ends_a_sentence, make_arena,
                                        drop_arena),
        cmocka_unit_test_setup_teardown(a_possessive_belongs_to_its_word, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(an_apostrophe_before_other_letters_separates, make_arena,
                                        drop_arena),
        cmocka_unit_test_setup_teardown(gaps_say_what_stands_between, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(soft_hyphens_vanish_within_words, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(flags_describe_the_word, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(combining_accents_do_not_count_against_capitals, make_arena,
                                        drop_arena),
        cmocka_unit_test_setup_teardown(offsets_point_at_the_text, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(an_endless_word_is_cut_and_goes_on, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(a_cut_keeps_characters_whole, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(ill_formed_bytes_separate, make_arena, drop_arena),
        cmocka_unit_test_setup_teardown(a_full_arena_is_told, make_arena, drop_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
