/* Boosted trees (Friedman 2001, "Greedy function approximation"; logistic loss): a sum of small
 * decision trees over a row of features.  The tables are data, made by ingest/train/ and turned into
 * C at build time. */
#ifndef OCS_INGEST_MODEL_H
#define OCS_INGEST_MODEL_H

#include "base/base.h"

typedef struct ocs_tree_node {
    int16_t feature;      /* -1: a leaf */
    uint16_t left, right; /* nodes of the same tree, counted from its root: value <= and > */
    float value;          /* threshold; of a leaf: what it adds */
} ocs_tree_node;

/* The same tree for many rows at once: an inner node whose value is above the threshold rules out the
 * leaves to its left, and of those that no node rules out the first is the one that the row comes to
 * (Lucchese and others 2015, "QuickScorer").  The leaves are bits, the leftmost the lowest. */
enum { OCS_MODEL_LEAVES = 16, OCS_MODEL_TESTS = OCS_MODEL_LEAVES - 1 };

typedef struct ocs_tree_test {
    float threshold;
    uint16_t feature;
    uint16_t left; /* leaves that remain when the value is above */
} ocs_tree_test;

typedef struct ocs_model {
    const ocs_tree_node *nodes;
    const uint32_t *roots;      /* n_trees of them, indexes into nodes */
    uint32_t n_trees, features; /* features: how many a row must have */
    float base;
    const ocs_tree_test *tests; /* OCS_MODEL_TESTS of each tree; NULL: rows one by one */
    const float *leaves;        /* OCS_MODEL_LEAVES of each tree */
} ocs_model;

/* The probability, 0 to 1, that the thing with these features is what the model was taught. */
float ocs_model_judge(const ocs_model *model, const float *row);
/* The same of ${n} rows that follow each other, in a third of the time. */
void ocs_model_judge_rows(const ocs_model *model, const float *rows, size_t n, float *judged);

/* The tables in ingest/models/: blocks of HTML pages in two stages, lines of text dumps. */
extern const ocs_model ocs_model_html, ocs_model_html_second, ocs_model_dump;

#endif
