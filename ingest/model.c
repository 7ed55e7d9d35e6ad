#include "ingest/model.h"

#include <math.h>

float ocs_model_judge(const ocs_model *model, const float *row)
{
    float sum = model->base;
    for (uint32_t t = 0; t < model->n_trees; t++) {
        const ocs_tree_node *tree = model->nodes + model->roots[t], *node = tree;
        while (node->feature >= 0)
            node = tree + (row[node->feature] <= node->value ? node->left : node->right);
        sum += node->value;
    }
    return 1.0f / (1.0f + expf(-sum));
}
