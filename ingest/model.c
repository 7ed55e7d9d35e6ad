#include "ingest/model.h"

#include <math.h>

enum { WIDTH = 4, VECTORS = 4, LANES = WIDTH * VECTORS, COLUMNS = 192 };

static float probability(float sum)
{
    return 1.0f / (1.0f + expf(-sum));
}

float ocs_model_judge(const ocs_model *model, const float *row)
{
    float sum = model->base;
    for (uint32_t t = 0; t < model->n_trees; t++) {
        const ocs_tree_node *tree = model->nodes + model->roots[t], *node = tree;
        while (node->feature >= 0)
            node = tree + (row[node->feature] <= node->value ? node->left : node->right);
        sum += node->value;
    }
    return probability(sum);
}

/* ---- many rows ---- */

/* Vectors of gcc and clang: where the machine has none they are loops. */
typedef float values __attribute__((vector_size(WIDTH * sizeof(float))));
typedef int32_t leaves __attribute__((vector_size(WIDTH * sizeof(int32_t))));

/* A lane for each row; those without one repeat the last. */
static void turn(const float *rows, size_t features, size_t n, values columns[][VECTORS])
{
    for (size_t k = 0; k < LANES; k++) {
        const float *row = rows + (k < n ? k : n - 1) * features;
        for (size_t f = 0; f < features; f++)
            columns[f][k / WIDTH][k % WIDTH] = row[f];
    }
}

static void add_tree(const ocs_model *model, uint32_t tree, values columns[][VECTORS], float *sums)
{
    const ocs_tree_test *tests = model->tests + (size_t)tree * OCS_MODEL_TESTS;
    const float *added = model->leaves + (size_t)tree * OCS_MODEL_LEAVES;
    leaves alive[VECTORS];
    memset(alive, 0xFF, sizeof alive);
    for (size_t i = 0; i < OCS_MODEL_TESTS; i++) {
        const values *column = columns[tests[i].feature];
        values threshold = (values){0} + tests[i].threshold;
        leaves left = (leaves){0} + tests[i].left;
        for (size_t v = 0; v < VECTORS; v++)
            alive[v] &= (leaves)(column[v] <= threshold) | left;
    }
    for (size_t k = 0; k < LANES; k++)
        sums[k] += added[__builtin_ctz((unsigned)alive[k / WIDTH][k % WIDTH])];
}

static void judge_lanes(const ocs_model *model, const float *rows, size_t n, float *judged)
{
    values columns[COLUMNS][VECTORS];
    float sums[LANES];
    turn(rows, model->features, n, columns);
    for (size_t k = 0; k < LANES; k++)
        sums[k] = model->base;
    for (uint32_t tree = 0; tree < model->n_trees; tree++)
        add_tree(model, tree, columns, sums);
    for (size_t k = 0; k < n; k++)
        judged[k] = probability(sums[k]);
}

void ocs_model_judge_rows(const ocs_model *model, const float *rows, size_t n, float *judged)
{
    bool lanes = model->tests && model->features <= COLUMNS;
    for (size_t i = 0; i < n; i += lanes ? LANES : 1)
        if (lanes)
            judge_lanes(model, rows + i * model->features, n - i < LANES ? n - i : LANES,
                        judged + i);
        else
            judged[i] = ocs_model_judge(model, rows + i * model->features);
}
