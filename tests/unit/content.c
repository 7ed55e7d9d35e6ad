/* The content model: trees, their making, the labels they are taught with, and what is chosen. */
#include "ingest/judge.h"
#include "ingest/smooth.h"
#include "ingest/train/boost.h"
#include "ingest/train/gold.h"
#include "ingest/train/measure.h"
#include "tests/unit/shared_arena.h"

static void a_tree_is_walked_to_its_leaf(void **state)
{
    (void)state;
    static const ocs_tree_node nodes[] = {{0, 1, 2, 5.0f}, {-1, 0, 0, -2.0f}, {-1, 0, 0, 3.0f}};
    static const uint32_t roots[] = {0};
    ocs_model model = {nodes, roots, 1, 1, 0.0f, NULL, NULL};
    float low = 5.0f, high = 5.5f;
    assert_float_equal(ocs_model_judge(&model, &low), 0.1192, 0.001);
    assert_float_equal(ocs_model_judge(&model, &high), 0.9526, 0.001);
}

/* Two features that tell nothing alone: content where both are high or both are low. */
static void fill_rows(float *values, float *labels, float *weights, size_t n)
{
    uint32_t seed = 7;
    for (size_t i = 0; i < n; i++) {
        for (size_t f = 0; f < 2; f++) {
            seed = seed * 1664525u + 1013904223u;
            values[2 * i + f] = (float)(seed >> 16 & 0xFF);
        }
        labels[i] = (values[2 * i] > 127) == (values[2 * i + 1] > 127) ? 1.0f : 0.0f;
        weights[i] = 1.0f;
    }
}

static void trees_learn_what_takes_two_features(void **state)
{
    (void)state;
    enum { N = 2000 };
    static float values[2 * N], labels[N], weights[N];
    fill_rows(values, labels, weights, N);
    ocs_boost_rows rows = {values, labels, weights, N, 2};
    ocs_boost_options options = {
        .trees = 20, .leaves = 8, .rate = 0.3, .lambda = 1, .min_leaf = 1, .some_features = 1};
    ocs_model model, again;
    ocs_error err;
    assert_int_equal(ocs_boost(&rows, &options, arena, &model, &err), OCS_OK);
    size_t right = 0;
    for (size_t i = 0; i < N; i++)
        right += (ocs_model_judge(&model, values + 2 * i) > 0.5f) == (labels[i] > 0.5f);
    assert_true(right > N * 97 / 100);
    assert_int_equal(ocs_boost(&rows, &options, arena, &again, &err), OCS_OK);
    for (size_t i = 0; i < N; i += 100) /* the same rows give the same model */
        assert_true(ocs_model_judge(&model, values + 2 * i) ==
                    ocs_model_judge(&again, values + 2 * i));
}

static void training_without_rows_is_refused(void **state)
{
    (void)state;
    ocs_boost_rows rows = {0};
    ocs_boost_options options = {.trees = 1, .leaves = 4, .rate = 0.1, .some_features = 1};
    ocs_model model;
    ocs_error err;
    assert_int_equal(ocs_boost(&rows, &options, arena, &model, &err), OCS_USAGE);
}

/* ---- pages ---- */

#define TEASER(n)                                                                          \
    "<div class='teaser'><h3><a href='/" n "'>Another story about something else " n       \
    "</a></h3><p><a href='/" n "'>It begins like a story and goes on elsewhere, number " n \
    ".</a></p></div>"

static const char article[] =
    "<html><head><title>Border guards compare notes</title></head><body>"
    "<div id='nav'><ul><li><a href='/'>Home</a></li><li><a href='/a'>News</a></li></ul></div>"
    "<div id='x1'><h1>Border guards compare notes</h1>"
    "<p>Thirty border guards from four countries met on Monday to compare how they check lorries, "
    "and which of the papers that drivers carry are forged most often, the host said.</p>"
    "<p>They spent the first day at a crossing in the hills, where the queue is long in summer, "
    "and "
    "the second in a classroom with a heap of seized stamps, seals and half-printed permits.</p>"
    "<p>\"A forged stamp is easy to make and hard to make well,\" said the officer who led the "
    "course, and she passed around three, of which one was real, without saying which it was.</p>"
    "<p>Short.</p>"
    "<p>The group will meet again in spring, when the new scanners are in place, and hopes to have "
    "by then a common list of the signs that tell a lorry worth a second look.</p></div>"
    "<div id='x2'>" TEASER("one") TEASER("two")
        TEASER("three") "</div>"
                        "<div>Copyright the site. All rights reserved.</div></body></html>";

static ocs_blocks cut(const char *page)
{
    ocs_decoded decoded;
    ocs_blocks blocks;
    ocs_error err;
    assert_int_equal(ocs_decode(ocs_str_of(page), true, arena, &decoded, &err), OCS_OK);
    assert_int_equal(ocs_html_cut(&decoded, arena, &blocks, &err), OCS_OK);
    return blocks;
}

static const ocs_block *block_with(const ocs_blocks *blocks, const char *text)
{
    for (size_t i = 0; i < blocks->n; i++) {
        ocs_str s = ocs_block_text(blocks, &blocks->at[i]);
        if (ocs_str_find(s, ocs_str_of(text), 0) < s.n)
            return &blocks->at[i];
    }
    fail_msg("no block with '%s'", text);
    return NULL;
}

static void an_article_is_kept_and_its_teasers_are_not(void **state)
{
    (void)state;
    ocs_blocks blocks = cut(article);
    assert_true(ocs_judge(&ocs_model_html, &ocs_model_html_second, &blocks, arena));
    assert_true(block_with(&blocks, "Thirty border guards")->chosen);
    assert_true(block_with(&blocks, "Short.")->chosen);
    assert_true(block_with(&blocks, "meet again in spring")->chosen);
    assert_false(block_with(&blocks, "It begins like a story")->chosen);
    assert_false(block_with(&blocks, "Copyright")->chosen);
    assert_false(block_with(&blocks, "Home")->chosen);
}

static void gold_text_labels_blocks_and_pages_weigh_the_same(void **state)
{
    (void)state;
    ocs_blocks blocks = cut(article);
    float *labels = ocs_arena_array(arena, blocks.n, sizeof *labels);
    float *weights = ocs_arena_array(arena, blocks.n, sizeof *weights), sum = 0;
    ocs_str gold =
        OCS_STR("Thirty border guards from four countries met on Monday to compare how they "
                "check lorries, and which of the papers that drivers carry are forged most "
                "often, the host said. Short.");
    assert_true(ocs_gold_label(&blocks, gold, arena, labels, weights));
    for (size_t i = 0; i < blocks.n; i++)
        sum += weights[i];
    assert_float_equal(sum, OCS_GOLD_PAGE_WEIGHT, 0.1);
    assert_true(labels[block_with(&blocks, "Thirty border guards") - blocks.at] > 0);
    assert_true(labels[block_with(&blocks, "Short.") - blocks.at] > 0);
    assert_true(labels[block_with(&blocks, "It begins like a story") - blocks.at] == 0);
}

/* No cell has the four words of a run; together they stand in the gold text. */
static void cells_are_content_by_their_neighbours(void **state)
{
    (void)state;
    ocs_blocks blocks = cut("<html><body><div><a href='/'>Home</a></div><table>"
                            "<tr><td>Skopje</td><td>twelve guards</td></tr>"
                            "<tr><td>Tirana</td><td>nine</td></tr></table>"
                            "<div><a href='/x'>Contact</a></div></body></html>");
    float *labels = ocs_arena_array(arena, blocks.n, sizeof *labels);
    float *weights = ocs_arena_array(arena, blocks.n, sizeof *weights);
    ocs_str gold = OCS_STR("Skopje twelve guards Tirana nine");
    assert_true(ocs_gold_label(&blocks, gold, arena, labels, weights));
    for (size_t i = 0; i < blocks.n; i++)
        assert_true((labels[i] > 0) == (blocks.at[i].kind == OCS_BLOCK_CELL));
}

/* ---- the second stage ---- */

static const float *smooth_row(const float *rows, size_t i)
{
    return rows + i * OCS_ROW_COUNT + OCS_FEATURE_COUNT;
}

static void a_block_is_told_what_was_said_of_its_like(void **state)
{
    (void)state;
    ocs_blocks blocks = cut(article);
    const float *rows = ocs_block_features(&blocks, arena);
    assert_non_null(rows);
    for (size_t i = 0; i < blocks.n; i++)
        blocks.at[i].judged = 0.1f;
    size_t teaser = (size_t)(block_with(&blocks, "elsewhere, number one") - blocks.at);
    size_t like = (size_t)(block_with(&blocks, "elsewhere, number two") - blocks.at);
    blocks.at[like].judged = 0.9f;
    const float *smooth = ocs_smooth_features(&blocks, rows, arena);
    assert_non_null(smooth);
    /* the element alike by itself or by the one around it holds the other teasers */
    float said = 0;
    for (size_t k = OCS_SMOOTH_ALIKE_; k <= OCS_SMOOTH_ALIKE_last_; k++)
        said = said > smooth_row(smooth, teaser)[k] ? said : smooth_row(smooth, teaser)[k];
    assert_true(said > 0.3f);
    assert_float_equal(smooth_row(smooth, teaser)[OCS_SMOOTH_SELF_], 0.1, 0.001);
}

static void the_stretch_of_content_is_where_probable_words_are(void **state)
{
    (void)state;
    ocs_blocks blocks = cut(article);
    const float *rows = ocs_block_features(&blocks, arena);
    size_t first = (size_t)(block_with(&blocks, "Thirty border guards") - blocks.at);
    size_t last = (size_t)(block_with(&blocks, "meet again in spring") - blocks.at);
    for (size_t i = 0; i < blocks.n; i++)
        blocks.at[i].judged = i >= first && i <= last ? 0.95f : 0.05f;
    const float *smooth = ocs_smooth_features(&blocks, rows, arena);
    assert_non_null(smooth);
    for (size_t i = 0; i < blocks.n; i++)
        assert_true((smooth_row(smooth, i)[OCS_SMOOTH_STRETCH_] > 0) == (i >= first && i <= last));
    assert_float_equal(smooth_row(smooth, first)[OCS_SMOOTH_NEAR_ + 3], 0.95, 0.001);
    assert_float_equal(smooth_row(smooth, first)[OCS_SMOOTH_NEAR_ + 2], 0.05, 0.001);
}

/* ---- measuring ---- */

static ocs_overlap overlap_of(ocs_measure measure, const char *want, const char *got)
{
    ocs_overlap o;
    assert_true(ocs_overlap_of(measure, ocs_str_of(want), ocs_str_of(got), arena, &o));
    return o;
}

static void words_are_counted_as_often_as_they_stand(void **state)
{
    (void)state;
    ocs_overlap o = overlap_of(OCS_MEASURE_WORDS, "The end, the END.", "the end of");
    assert_int_equal(o.both, 2);
    assert_int_equal(o.surplus, 1);
    assert_int_equal(o.missed, 2);
    assert_float_equal(ocs_overlap_f1(&o), 0.571, 0.001);
}

static void runs_are_of_four_words_and_keep_case(void **state)
{
    (void)state;
    ocs_overlap o = overlap_of(OCS_MEASURE_RUNS, "one two three four five", "two three four five");
    assert_int_equal(o.both, 1);
    assert_int_equal(o.missed, 1);
    assert_int_equal(o.surplus, 0);
    o = overlap_of(OCS_MEASURE_RUNS, "One two", "one two"); /* a short text is one run */
    assert_int_equal(o.both, 0);
    assert_int_equal(o.missed, 1);
}

static void pages_without_output_have_no_precision_of_runs(void **state)
{
    (void)state;
    ocs_overlap pages[] = {{.both = 8, .surplus = 2}, {.missed = 10}};
    ocs_score runs = ocs_score_of(OCS_MEASURE_RUNS, pages, 2);
    assert_float_equal(runs.precision, 0.8, 0.001);
    assert_float_equal(runs.recall, 0.5, 0.001);
    ocs_score words = ocs_score_of(OCS_MEASURE_WORDS, pages, 2);
    assert_float_equal(words.precision, 0.4, 0.001);
    assert_float_equal(words.f1, (2 * 0.8 / 1.8 + 0) / 2, 0.001);
    assert_true(words.error > 0.1 && words.error < 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_tree_is_walked_to_its_leaf, make_shared_arena,
                                        free_shared_arena),
        cmocka_unit_test_setup_teardown(trees_learn_what_takes_two_features, make_shared_arena,
                                        free_shared_arena),
        cmocka_unit_test_setup_teardown(training_without_rows_is_refused, make_shared_arena,
                                        free_shared_arena),
        cmocka_unit_test_setup_teardown(an_article_is_kept_and_its_teasers_are_not,
                                        make_shared_arena, free_shared_arena),
        cmocka_unit_test_setup_teardown(gold_text_labels_blocks_and_pages_weigh_the_same,
                                        make_shared_arena, free_shared_arena),
        cmocka_unit_test_setup_teardown(cells_are_content_by_their_neighbours, make_shared_arena,
                                        free_shared_arena),
        cmocka_unit_test_setup_teardown(a_block_is_told_what_was_said_of_its_like,
                                        make_shared_arena, free_shared_arena),
        cmocka_unit_test_setup_teardown(the_stretch_of_content_is_where_probable_words_are,
                                        make_shared_arena, free_shared_arena),
        cmocka_unit_test_setup_teardown(words_are_counted_as_often_as_they_stand, make_shared_arena,
                                        free_shared_arena),
        cmocka_unit_test_setup_teardown(runs_are_of_four_words_and_keep_case, make_shared_arena,
                                        free_shared_arena),
        cmocka_unit_test_setup_teardown(pages_without_output_have_no_precision_of_runs,
                                        make_shared_arena, free_shared_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
