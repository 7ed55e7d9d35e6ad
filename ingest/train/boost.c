/* Newton boosting on the logistic loss.  A tree starts as one leaf that holds all rows; the leaf
 * whose best cut gains most is split, until there are enough leaves.  Rows are kept in one array of
 * indexes that is partitioned in place, so that a leaf is a range of it. */
#include "ingest/train/boost.h"

#include <math.h>
#include <stdlib.h>

enum { BINS = 64, LEAVES_MAX = 64 };

static const size_t SCRATCH_CAP = (size_t)8 << 30;

typedef struct slope {
    double gradient, hessian;
} slope;

typedef struct leaf {
    slope *bins;     /* drawn features x BINS */
    size_t from, to; /* of booster.order */
    uint16_t node;
    double gain;
    uint32_t feature;
    unsigned bin; /* rows with bin <= this go left */
    double gradient, hessian;
} leaf;

typedef struct booster {
    const ocs_boost_rows *rows;
    const ocs_boost_options *options;
    float *edges;  /* features x (BINS - 1): upper edge of each bin */
    uint8_t *bins; /* rows x features */
    uint32_t *order, *spare;
    double *score, *gradient, *hessian;
    leaf leaves[LEAVES_MAX];
    size_t n_leaves;
    uint32_t *drawn; /* features that the tree at hand sees */
    uint32_t n_drawn;
} booster;

/* ---- bins ---- */

static int by_float(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

static void cut_feature(booster *b, uint32_t f, float *sorted)
{
    size_t n = 0;
    float *edges = b->edges + (size_t)f * (BINS - 1);
    for (size_t i = 0; i < b->rows->n; i++)
        if (b->rows->weights[i] > 0)
            sorted[n++] = b->rows->values[i * b->rows->features + f];
    qsort(sorted, n, sizeof *sorted, by_float);
    size_t distinct = 1;
    for (size_t i = 1; i < n; i++)
        distinct += sorted[i] != sorted[i - 1];
    size_t used = 0;
    if (distinct <= BINS) {
        for (size_t i = 1; i < n; i++)
            if (sorted[i] != sorted[i - 1])
                edges[used++] = (sorted[i] + sorted[i - 1]) / 2;
    } else {
        for (size_t k = 1; k < BINS; k++) {
            float edge = sorted[n * k / BINS];
            if (used == 0 || edge > edges[used - 1])
                edges[used++] = edge;
        }
    }
    while (used < BINS - 1)
        edges[used++] = INFINITY;
}

static uint8_t bin_of(const float *edges, float value)
{
    unsigned low = 0, high = BINS - 1;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        if (value <= edges[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return (uint8_t)low;
}

static void fill_bins(booster *b)
{
    uint32_t features = b->rows->features;
    for (size_t i = 0; i < b->rows->n; i++)
        for (uint32_t f = 0; f < features; f++)
            b->bins[i * features + f] =
                bin_of(b->edges + (size_t)f * (BINS - 1), b->rows->values[i * features + f]);
}

/* ---- one tree ---- */

static double worth(const booster *b, double gradient, double hessian)
{
    return gradient * gradient / (hessian + b->options->lambda);
}

/* The features that this tree sees, at least one. */
static void draw_features(booster *b, uint32_t tree)
{
    b->n_drawn = 0;
    for (uint32_t f = 0; f < b->rows->features; f++)
        if ((double)(ocs_hash_mix(f, tree) % 1000) < b->options->some_features * 1000)
            b->drawn[b->n_drawn++] = f;
    if (b->n_drawn == 0)
        b->drawn[b->n_drawn++] = tree % b->rows->features;
}

/* The best cut of a leaf; gain 0 when none is allowed. */
static void find_cut(const booster *b, leaf *l)
{
    l->gain = 0;
    for (uint32_t d = 0; d < b->n_drawn; d++) {
        const slope *bins = l->bins + (size_t)d * BINS;
        double g = 0, h = 0;
        for (unsigned bin = 0; bin + 1 < BINS; bin++) {
            g += bins[bin].gradient;
            h += bins[bin].hessian;
            double rest = l->hessian - h;
            if (h < b->options->min_leaf || rest < b->options->min_leaf)
                continue;
            double gain = worth(b, g, h) + worth(b, l->gradient - g, rest) -
                          worth(b, l->gradient, l->hessian);
            if (gain > l->gain + 1e-9) {
                l->gain = gain;
                l->feature = b->drawn[d];
                l->bin = bin;
            }
        }
    }
}

/* Sums by feature and bin: what all cuts of a leaf are judged by. */
static void fill_histogram(const booster *b, const leaf *l)
{
    uint32_t features = b->rows->features;
    memset(l->bins, 0, (size_t)b->n_drawn * BINS * sizeof *l->bins);
    for (size_t k = l->from; k < l->to; k++) {
        size_t row = b->order[k];
        const uint8_t *bins = b->bins + row * features;
        double gradient = b->gradient[row], hessian = b->hessian[row];
        for (uint32_t d = 0; d < b->n_drawn; d++) {
            slope *s = &l->bins[(size_t)d * BINS + bins[b->drawn[d]]];
            s->gradient += gradient;
            s->hessian += hessian;
        }
    }
}

/* ${whole}'s sums without ${part}'s: half of the rows need not be visited. */
static void subtract_histogram(const booster *b, slope *whole, const slope *part)
{
    for (size_t i = 0; i < (size_t)b->n_drawn * BINS; i++) {
        whole[i].gradient -= part[i].gradient;
        whole[i].hessian -= part[i].hessian;
    }
}

static void weigh_leaf(const booster *b, leaf *l)
{
    l->gradient = l->hessian = 0;
    for (size_t k = l->from; k < l->to; k++) {
        l->gradient += b->gradient[b->order[k]];
        l->hessian += b->hessian[b->order[k]];
    }
}

/* Rows of the left part first, both in their old order. */
static size_t partition(booster *b, const leaf *l)
{
    size_t left = l->from, right = 0;
    for (size_t k = l->from; k < l->to; k++) {
        uint32_t row = b->order[k];
        if (b->bins[(size_t)row * b->rows->features + l->feature] <= l->bin)
            b->order[left++] = row;
        else
            b->spare[right++] = row;
    }
    memcpy(b->order + left, b->spare, right * sizeof *b->spare);
    return left;
}

static void split(booster *b, ocs_tree_node *nodes, uint16_t *n_nodes)
{
    leaf *best = &b->leaves[0];
    for (size_t i = 1; i < b->n_leaves; i++)
        if (b->leaves[i].gain > best->gain)
            best = &b->leaves[i];
    if (best->gain <= 0)
        return;
    size_t middle = partition(b, best);
    ocs_tree_node *node = &nodes[best->node];
    node->feature = (int16_t)best->feature;
    node->value = b->edges[(size_t)best->feature * (BINS - 1) + best->bin];
    node->left = (*n_nodes)++;
    node->right = (*n_nodes)++;
    leaf *other = &b->leaves[b->n_leaves++];
    bool more_left = middle - best->from > best->to - middle;
    slope *fresh = other->bins, *rest = best->bins;
    *other = (leaf){.from = middle, .to = best->to, .node = node->right};
    best->to = middle;
    best->node = node->left;
    best->bins = more_left ? rest : fresh;
    other->bins = more_left ? fresh : rest;
    weigh_leaf(b, best);
    weigh_leaf(b, other);
    fill_histogram(b, more_left ? other : best);
    subtract_histogram(b, rest, fresh);
    find_cut(b, best);
    find_cut(b, other);
}

static uint16_t grow_tree(booster *b, ocs_tree_node *nodes)
{
    uint16_t n_nodes = 1;
    size_t n = 0;
    for (size_t i = 0; i < b->rows->n; i++)
        if (b->rows->weights[i] > 0)
            b->order[n++] = (uint32_t)i;
    b->leaves[0] = (leaf){.bins = b->leaves[0].bins, .from = 0, .to = n};
    b->n_leaves = 1;
    weigh_leaf(b, &b->leaves[0]);
    fill_histogram(b, &b->leaves[0]);
    find_cut(b, &b->leaves[0]);
    for (size_t before = 0; b->n_leaves < b->options->leaves && before != b->n_leaves;) {
        before = b->n_leaves;
        split(b, nodes, &n_nodes);
    }
    for (size_t i = 0; i < b->n_leaves; i++) {
        const leaf *l = &b->leaves[i];
        double value = -l->gradient / (l->hessian + b->options->lambda) * b->options->rate;
        nodes[l->node] = (ocs_tree_node){.feature = -1, .value = (float)value};
        for (size_t k = l->from; k < l->to; k++)
            b->score[b->order[k]] += (float)value;
    }
    return n_nodes;
}

/* ---- the run ---- */

static void derive(booster *b)
{
    for (size_t i = 0; i < b->rows->n; i++) {
        double p = 1.0 / (1.0 + exp(-b->score[i])), w = b->rows->weights[i];
        b->gradient[i] = (p - b->rows->labels[i]) * w;
        b->hessian[i] = p * (1.0 - p) * w;
    }
}

static double prior(const ocs_boost_rows *rows)
{
    double positive = 1e-6, all = 2e-6;
    for (size_t i = 0; i < rows->n; i++) {
        positive += rows->labels[i] * rows->weights[i];
        all += rows->weights[i];
    }
    return log(positive / (all - positive));
}

static bool allocate(booster *b, ocs_arena *arena)
{
    size_t n = b->rows->n, features = b->rows->features;
    b->edges = ocs_arena_array(arena, features * (BINS - 1), sizeof *b->edges);
    b->bins = ocs_arena_array(arena, n, features);
    b->order = ocs_arena_array(arena, n, sizeof *b->order);
    b->spare = ocs_arena_array(arena, n, sizeof *b->spare);
    b->score = ocs_arena_array(arena, n, sizeof *b->score);
    b->gradient = ocs_arena_array(arena, n, sizeof *b->gradient);
    b->hessian = ocs_arena_array(arena, n, sizeof *b->hessian);
    b->drawn = ocs_arena_array(arena, features, sizeof *b->drawn);
    for (size_t i = 0; i < b->options->leaves; i++)
        b->leaves[i].bins = ocs_arena_array(arena, features * BINS, sizeof *b->leaves[i].bins);
    return ocs_arena_status(arena) == OCS_OK;
}

/* Into ${nodes} and ${roots}, which have room for all trees. */
static void grow_all(booster *b, ocs_tree_node *nodes, uint32_t *roots, double base)
{
    for (size_t i = 0; i < b->rows->n; i++)
        b->score[i] = base;
    uint32_t used = 0;
    for (uint32_t t = 0; t < b->options->trees; t++) {
        draw_features(b, t);
        derive(b);
        roots[t] = used;
        used += grow_tree(b, nodes + used);
    }
}

static bool prepare(booster *b, ocs_arena *scratch)
{
    float *sorted = ocs_arena_array(scratch, b->rows->n, sizeof *sorted);
    if (!sorted || !allocate(b, scratch))
        return false;
    for (uint32_t f = 0; f < b->rows->features; f++)
        cut_feature(b, f, sorted);
    fill_bins(b);
    return true;
}

ocs_status ocs_boost(const ocs_boost_rows *rows, const ocs_boost_options *options, ocs_arena *arena,
                     ocs_model *model, ocs_error *err)
{
    booster b = {.rows = rows, .options = options};
    if (rows->n == 0 || options->leaves < 2 || options->leaves > LEAVES_MAX)
        return ocs_fail(err, OCS_USAGE, "training wants rows and 2 to %d leaves", LEAVES_MAX);
    ocs_arena *scratch = ocs_arena_new(SCRATCH_CAP);
    size_t per_tree = 2 * (size_t)options->leaves;
    ocs_tree_node *nodes = ocs_arena_array(arena, per_tree * options->trees, sizeof *nodes);
    uint32_t *roots = ocs_arena_array(arena, options->trees, sizeof *roots);
    double base = prior(rows);
    bool ready = scratch && nodes && roots && prepare(&b, scratch);
    if (ready)
        grow_all(&b, nodes, roots, base);
    ocs_arena_free(scratch);
    if (!ready)
        return ocs_fail(err, OCS_NOMEM, "no memory for training");
    *model = (ocs_model){.nodes = nodes,
                         .roots = roots,
                         .n_trees = options->trees,
                         .features = rows->features,
                         .base = (float)base};
    return OCS_OK;
}
