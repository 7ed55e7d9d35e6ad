/* The model of text dumps: what it knows of a line, and which lines are chosen. */
#include "ingest/judge_dump.h"

#include "ingest/features_dump.h"
#include "ingest/patterns.h"
#include "unit.h"

static ocs_arena *arena;
static ocs_rules rules;
static size_t headline;

static int make(void **state)
{
    (void)state;
    arena = ocs_arena_new(64 << 20);
    rules.gaz = ocs_gaz_builtin();
    return arena && ocs_patterns_new(&rules.patterns, NULL) == OCS_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    ocs_patterns_free(rules.patterns);
    ocs_arena_free(arena);
    return 0;
}

#define MENU                                                                          \
    "- Home\n- News\n- Sport\n- Culture\n- Travel\n- Weather\n- Opinion\n- Puzzles\n" \
    "- Shop\n- Jobs\n- Sign in\n- Subscribe\nSearch\nShare on Facebook\nShare on Twitter\n"
#define ARTICLE                                                                              \
    "Border guards compare notes\n"                                                          \
    "Thirty border guards from four countries met on Monday to compare how they check "      \
    "lorries, and which of the papers that drivers carry are forged most often, the host "   \
    "said.\n"                                                                                \
    "They spent the first day at a crossing in the hills, where the queue is long in "       \
    "summer, and the second in a classroom with a heap of seized stamps and permits.\n"      \
    "\"A forged stamp is easy to make and hard to make well,\" said the officer who led "    \
    "the course, and she passed around three, of which one was real, without saying which "  \
    "it was.\n"                                                                              \
    "The group will meet again in spring, when the new scanners are in place, and hopes to " \
    "have by then a common list of the signs that tell a lorry worth a second look.\n"
#define TAIL                                                                           \
    "Related stories\n- A bridge opens after years\n- Ten dishes for a cold evening\n" \
    "- Who wins on Sunday\n- The quiet lake\nPrivacy policy\nTerms of use\n"           \
    "Copyright 2019 The Hill Messenger. All rights reserved.\n"

static ocs_blocks cut(const char *page)
{
    ocs_decoded decoded;
    ocs_blocks blocks;
    ocs_error err;
    assert_int_equal(ocs_decode(ocs_str_of(page), false, arena, &decoded, &err), OCS_OK);
    assert_int_equal(ocs_dump_cut(&decoded, arena, &blocks, &err), OCS_OK);
    ocs_rules_dump(&rules, &blocks);
    return blocks;
}

static size_t line_with(const ocs_blocks *blocks, const char *text)
{
    for (size_t i = 0; i < blocks->n; i++) {
        ocs_str s = ocs_block_text(blocks, &blocks->at[i]);
        if (ocs_str_find(s, ocs_str_of(text), 0) < s.n)
            return i;
    }
    fail_msg("no line with '%s'", text);
    return 0;
}

static float feature(const ocs_blocks *blocks, const float *rows, const char *line, size_t f)
{
    return rows[line_with(blocks, line) * OCS_DUMP_FEATURE_COUNT + f];
}

static void lines_know_the_densest_piece_of_prose(void **state)
{
    (void)state;
    ocs_blocks blocks = cut(MENU ARTICLE TAIL);
    const float *rows = ocs_dump_features(&blocks, arena);
    assert_non_null(rows);
    assert_true(feature(&blocks, rows, "Thirty border guards", OCS_DUMP_STRETCH_) > 0);
    assert_true(feature(&blocks, rows, "meet again in spring", OCS_DUMP_STRETCH_) > 0);
    assert_true(feature(&blocks, rows, "- Weather", OCS_DUMP_STRETCH_) == 0);
    assert_true(feature(&blocks, rows, "Privacy policy", OCS_DUMP_STRETCH_) == 0);
    assert_true(feature(&blocks, rows, "Thirty border guards", OCS_DUMP_STRETCH_ + 1) == 0);
    assert_true(feature(&blocks, rows, "Border guards compare", OCS_DUMP_STRETCH_ + 1) == -1);
}

static void the_headline_is_the_line_that_shares_words_with_the_prose(void **state)
{
    (void)state;
    ocs_blocks blocks = cut(MENU ARTICLE TAIL);
    const float *rows = ocs_dump_features(&blocks, arena);
    assert_non_null(rows);
    assert_true(feature(&blocks, rows, "Border guards compare", OCS_DUMP_HEADLINE_) == 1);
    assert_true(feature(&blocks, rows, "Border guards compare", OCS_DUMP_HEADLINE_ + 1) == 0);
    assert_true(feature(&blocks, rows, "They spent the first day", OCS_DUMP_HEADLINE_ + 1) == 2);
    assert_true(feature(&blocks, rows, "- Weather", OCS_DUMP_HEADLINE_ + 2) == 0);
}

/* Marker groups come in the order sharing, comments, related, newsletters, legal. */
static void lines_know_how_far_the_words_of_a_frame_are(void **state)
{
    (void)state;
    ocs_blocks blocks = cut(MENU ARTICLE TAIL);
    const float *rows = ocs_dump_features(&blocks, arena);
    size_t before = OCS_DUMP_MARKER_, behind = OCS_DUMP_MARKER_ + OCS_DUMP_MARKERS;
    assert_non_null(rows);
    assert_true(feature(&blocks, rows, "Border guards compare", before) == 1);
    assert_true(feature(&blocks, rows, "meet again in spring", behind + 2) == 1);
    assert_true(feature(&blocks, rows, "- The quiet lake", before + 2) == 4);
    assert_true(feature(&blocks, rows, "Copyright", behind + 2) == 40);
}

static void what_stands_far_away_is_not_told_apart(void **state)
{
    (void)state;
    ocs_blocks blocks = cut(MENU MENU MENU MENU ARTICLE);
    const float *rows = ocs_dump_features(&blocks, arena);
    assert_non_null(rows);
    assert_true(rows[OCS_DUMP_STRETCH_ + 1] == -40);
}

static void an_empty_page_has_no_rows_and_no_choice(void **state)
{
    (void)state;
    ocs_blocks blocks = cut("");
    assert_int_equal(blocks.n, 0);
    assert_non_null(ocs_dump_features(&blocks, arena));
    assert_true(ocs_judge_dump(&ocs_model_dump, &blocks, arena, &headline));
}

static void an_article_is_kept_without_its_frame(void **state)
{
    (void)state;
    ocs_blocks blocks = cut(MENU ARTICLE TAIL);
    assert_true(ocs_judge_dump(&ocs_model_dump, &blocks, arena, &headline));
    assert_true(blocks.at[line_with(&blocks, "Thirty border guards")].chosen);
    assert_true(blocks.at[line_with(&blocks, "A forged stamp")].chosen);
    assert_true(blocks.at[line_with(&blocks, "meet again in spring")].chosen);
    assert_int_equal(headline, line_with(&blocks, "Border guards compare"));
    assert_false(blocks.at[line_with(&blocks, "- Weather")].chosen);
    assert_false(blocks.at[line_with(&blocks, "Share on Twitter")].chosen);
    assert_false(blocks.at[line_with(&blocks, "A bridge opens")].chosen);
    assert_false(blocks.at[line_with(&blocks, "Copyright")].chosen);
}

/* A model of one tree, which looks at the length of a line only. */
static ocs_model by_length(const ocs_tree_node nodes[3])
{
    static const uint32_t roots[] = {0};
    return (ocs_model){nodes, roots, 1, OCS_DUMP_FEATURE_COUNT, 0.0f, NULL, NULL};
}

static const char two_lines[] =
    "Contents of the box\n"
    "A line that is long enough to be taken for running text by anybody who counts its words.\n";

static void beside_sure_content_a_doubtful_line_goes(void **state)
{
    (void)state;
    ocs_tree_node nodes[] = {
        {OCS_DUMP_TEXT_, 1, 2, 3.0f}, {-1, 0, 0, 0.0f}, {-1, 0, 0, 6.0f}}; /* .5 and .998 */
    ocs_model model = by_length(nodes);
    ocs_blocks blocks = cut(two_lines);
    assert_true(ocs_judge_dump(&model, &blocks, arena, &headline));
    assert_true(blocks.at[1].chosen);
    assert_false(blocks.at[0].chosen);
}

static void where_nothing_is_sure_doubt_keeps(void **state)
{
    (void)state;
    ocs_tree_node nodes[] = {
        {OCS_DUMP_TEXT_, 1, 2, 3.0f}, {-1, 0, 0, -1.4f}, {-1, 0, 0, -0.4f}}; /* .2 and .4 */
    ocs_model model = by_length(nodes);
    ocs_blocks blocks = cut(two_lines);
    assert_true(ocs_judge_dump(&model, &blocks, arena, &headline));
    assert_true(blocks.at[0].chosen);
    assert_true(blocks.at[1].chosen);
}

int main(void)
{
#define TEST(claim) cmocka_unit_test_setup_teardown(claim, make, end)
    const struct CMUnitTest tests[] = {
        TEST(lines_know_the_densest_piece_of_prose),
        TEST(the_headline_is_the_line_that_shares_words_with_the_prose),
        TEST(lines_know_how_far_the_words_of_a_frame_are),
        TEST(what_stands_far_away_is_not_told_apart),
        TEST(an_empty_page_has_no_rows_and_no_choice),
        TEST(an_article_is_kept_without_its_frame),
        TEST(beside_sure_content_a_doubtful_line_goes),
        TEST(where_nothing_is_sure_doubt_keeps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
