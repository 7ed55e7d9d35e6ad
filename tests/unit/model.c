/* The models of blocks and lines: many rows at once are judged as each by itself. */
#include "ingest/model.h"
#include "ingest/smooth.h"
#include "tests/unit/shared_arena.h"
#include "tests/unit/unit.h"

#include <math.h>

enum { ROWS = 37 }; /* no multiple of what is judged at once */

/* Thresholds of the model itself and what lies near them, so that both sides of each are tried. */
static void fill(const ocs_model *model, float *rows)
{
    uint32_t seed = 11, nodes = model->roots[model->n_trees - 1];
    for (size_t i = 0; i < ROWS; i++)
        for (size_t f = 0; f < model->features; f++) {
            seed = seed * 1664525u + 1013904223u;
            rows[i * model->features + f] = (float)(seed >> 16 & 0xFF) / 64.0f;
        }
    for (size_t i = 0; i < ROWS * 40; i++) {
        seed = seed * 1664525u + 1013904223u;
        const ocs_tree_node *node = &model->nodes[(seed >> 8) % nodes];
        if (node->feature >= 0)
            rows[i % ROWS * model->features + (size_t)node->feature] = node->value;
    }
    rows[3] = NAN;
    rows[model->features + 5] = INFINITY;
}

static void judged_alike(const ocs_model *model)
{
    float judged[ROWS];
    float *rows = ocs_arena_array(arena, (size_t)ROWS * model->features, sizeof *rows);
    assert_non_null(rows);
    assert_non_null(model->tests);
    fill(model, rows);
    for (size_t n = 1; n <= ROWS; n += 6) {
        ocs_model_judge_rows(model, rows, n, judged);
        for (size_t i = 0; i < n; i++)
            assert_true(judged[i] == ocs_model_judge(model, rows + i * model->features));
    }
}

static void many_rows_are_judged_as_each_by_itself(void **state)
{
    (void)state;
    judged_alike(&ocs_model_html);
    judged_alike(&ocs_model_html_second);
    judged_alike(&ocs_model_dump);
}

static void a_model_without_tables_for_many_is_asked_row_by_row(void **state)
{
    (void)state;
    ocs_model trained = ocs_model_dump;
    trained.tests = NULL;
    trained.leaves = NULL;
    float judged[ROWS], again[ROWS];
    float *rows = ocs_arena_array(arena, (size_t)ROWS * trained.features, sizeof *rows);
    assert_non_null(rows);
    fill(&trained, rows);
    ocs_model_judge_rows(&trained, rows, ROWS, judged);
    ocs_model_judge_rows(&ocs_model_dump, rows, ROWS, again);
    assert_memory_equal(judged, again, sizeof judged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(many_rows_are_judged_as_each_by_itself, make_shared_arena,
                                        free_shared_arena),
        cmocka_unit_test_setup_teardown(a_model_without_tables_for_many_is_asked_row_by_row,
                                        make_shared_arena, free_shared_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
