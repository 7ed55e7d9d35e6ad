/* modelgen: turn tables of boosted trees (ingest/models/) into C at build time.
 *
 *   modelgen OUT.c NAME=TABLE.tsv...
 *
 * defines `const ocs_model ocs_model_NAME` for each.  A table that is not what blocktrain writes
 * (a node out of order, a child that does not exist, a feature that no row has, more leaves than
 * OCS_MODEL_LEAVES, another number of trees than its head says) is refused with file and line. */
#include "ingest/features.h"
#include "ingest/features_dump.h"
#include "ingest/model.h"
#include "ingest/smooth.h"

#include <stdio.h>
#include <stdlib.h>

enum { NODES_MAX = 1 << 16, TREES_MAX = 4096, LINE_MAX_BYTES = 256 };

typedef struct table {
    ocs_tree_node nodes[NODES_MAX];
    uint32_t roots[TREES_MAX + 1];
    uint32_t n, trees, promised, features, wanted; /* wanted: features that the program computes */
    double base;
} table;

/* The features of a row that the model of this name is asked with. */
static uint32_t wanted_of(const char *name)
{
    if (strcmp(name, "dump") == 0)
        return OCS_DUMP_FEATURE_COUNT;
    return strcmp(name, "html_second") == 0 ? OCS_ROW_COUNT : OCS_FEATURE_COUNT;
}

static bool refuse(const char *path, unsigned line, const char *why)
{
    fprintf(stderr, "modelgen: %s:%u: %s\n", path, line, why);
    return false;
}

static uint32_t count_leaves(const ocs_tree_node *tree, uint32_t n)
{
    uint32_t leaves = 0;
    for (uint32_t i = 0; i < n; i++)
        leaves += tree[i].feature < 0;
    return leaves;
}

/* Children come behind their parent and within their tree, and no node has two parents. */
static bool check_tree(const table *t, uint32_t tree)
{
    uint32_t n = t->roots[tree + 1] - t->roots[tree];
    uint64_t children = 0;
    if (n == 0 || n > 2 * OCS_MODEL_LEAVES - 1)
        return false;
    for (uint32_t i = 0; i < n; i++) {
        const ocs_tree_node *node = &t->nodes[t->roots[tree] + i];
        if (node->feature < 0)
            continue;
        if (node->left <= i || node->right <= i || node->left >= n || node->right >= n)
            return false;
        uint64_t both = (uint64_t)1 << node->left | (uint64_t)1 << node->right;
        if (node->left == node->right || (children & both) != 0)
            return false;
        children |= both;
    }
    return count_leaves(t->nodes + t->roots[tree], n) <= OCS_MODEL_LEAVES;
}

static bool read_node(table *t, const char *line, const char *path, unsigned number)
{
    unsigned tree, node, left, right;
    int feature;
    double value;
    if (sscanf(line, "%u\t%u\t%d\t%u\t%u\t%lf", &tree, &node, &feature, &left, &right, &value) != 6)
        return refuse(path, number, "not tree, node, feature, left, right, value");
    if (t->n >= NODES_MAX || tree >= TREES_MAX || left > UINT16_MAX || right > UINT16_MAX)
        return refuse(path, number, "too large");
    if (feature < -1 || feature >= (int)t->wanted)
        return refuse(path, number, "no such feature");
    if (node == 0 && tree == t->trees)
        t->roots[t->trees++] = t->n;
    if (t->trees == 0 || tree != t->trees - 1 || node != t->n - t->roots[tree])
        return refuse(path, number, "out of order");
    t->nodes[t->n++] =
        (ocs_tree_node){(int16_t)feature, (uint16_t)left, (uint16_t)right, (float)value};
    return true;
}

static bool read_table(table *t, const char *name, const char *path)
{
    char line[LINE_MAX_BYTES];
    unsigned number = 0;
    FILE *in = fopen(path, "r");
    if (!in)
        return refuse(path, 0, "cannot be read");
    *t = (table){0};
    t->wanted = wanted_of(name);
    bool fine = true;
    while (fine && fgets(line, sizeof line, in)) {
        number++;
        if (line[0] == '#')
            sscanf(line, "# trees %u\tfeatures %u\tbase %lf", &t->promised, &t->features, &t->base);
        else
            fine = read_node(t, line, path, number);
    }
    fclose(in);
    t->roots[t->trees] = t->n;
    for (uint32_t tree = 0; fine && tree < t->trees; tree++)
        fine = check_tree(t, tree) || refuse(path, number, "a tree is broken");
    if (fine && (t->trees == 0 || t->trees != t->promised))
        fine = refuse(path, number, "another number of trees than the head says");
    if (fine && t->features != t->wanted)
        fine = refuse(path, number, "made with other features: train it again");
    return fine;
}

/* The inner nodes at and below ${node}, which are ${leaves} on; the bits of the leaves there. */
static uint32_t write_tests(FILE *out, const ocs_tree_node *tree, uint32_t node, uint32_t *leaves)
{
    const ocs_tree_node *at = &tree[node];
    if (at->feature < 0)
        return 1U << (*leaves)++;
    uint32_t left = write_tests(out, tree, at->left, leaves);
    uint32_t right = write_tests(out, tree, at->right, leaves);
    fprintf(out, "{%#.9gf, %d, %u},\n", (double)at->value + 0.0, at->feature, UINT16_MAX & ~left);
    return left | right;
}

static void write_leaves(FILE *out, const ocs_tree_node *tree, uint32_t node)
{
    const ocs_tree_node *at = &tree[node];
    if (at->feature < 0) {
        fprintf(out, "%#.9gf,\n", (double)at->value + 0.0);
        return;
    }
    write_leaves(out, tree, at->left);
    write_leaves(out, tree, at->right);
}

/* Each tree has the place of the largest; what it does not fill says nothing. */
static void write_lanes(FILE *out, const char *name, const table *t)
{
    fprintf(out, "static const ocs_tree_test %s_tests[] = {\n", name);
    for (uint32_t i = 0; i < t->trees; i++) {
        uint32_t leaves = 0;
        write_tests(out, t->nodes + t->roots[i], 0, &leaves);
        for (; leaves < OCS_MODEL_LEAVES; leaves++)
            fprintf(out, "{0, 0, %u},\n", UINT16_MAX);
    }
    fprintf(out, "};\nstatic const float %s_leaves[] = {\n", name);
    for (uint32_t i = 0; i < t->trees; i++) {
        uint32_t leaves = count_leaves(t->nodes + t->roots[i], t->roots[i + 1] - t->roots[i]);
        write_leaves(out, t->nodes + t->roots[i], 0);
        for (; leaves < OCS_MODEL_LEAVES; leaves++)
            fputs("0,\n", out);
    }
    fputs("};\n", out);
}

static void write_table(FILE *out, const char *name, const table *t)
{
    fprintf(out, "static const ocs_tree_node %s_nodes[] = {\n", name);
    for (uint32_t i = 0; i < t->n; i++)
        fprintf(out, "{%d, %u, %u, %#.9gf},\n", t->nodes[i].feature, t->nodes[i].left,
                t->nodes[i].right, (double)t->nodes[i].value + 0.0);
    fprintf(out, "};\nstatic const uint32_t %s_roots[] = {\n", name);
    for (uint32_t i = 0; i < t->trees; i++)
        fprintf(out, "%u,\n", t->roots[i]);
    fputs("};\n", out);
    write_lanes(out, name, t);
    fprintf(out,
            "const ocs_model ocs_model_%s = {%s_nodes, %s_roots, %u, %u, (float)%.9g, %s_tests,"
            " %s_leaves};\n\n",
            name, name, name, t->trees, t->features, t->base, name, name);
}

static bool write_all(FILE *out, table *t, char **tables, int n)
{
    fputs("/* Made by modelgen from ingest/models/; not to be edited. */\n"
          "#include \"ingest/model.h\"\n\n",
          out);
    for (int i = 0; i < n; i++) {
        char *equals = strchr(tables[i], '=');
        if (!equals)
            return refuse(tables[i], 0, "not NAME=TABLE");
        *equals = '\0';
        if (!read_table(t, tables[i], equals + 1))
            return false;
        write_table(out, tables[i], t);
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: modelgen OUT.c NAME=TABLE.tsv...\n", stderr);
        return 2;
    }
    table *t = malloc(sizeof *t);
    FILE *out = t ? fopen(argv[1], "w") : NULL;
    bool fine = out && write_all(out, t, argv + 2, argc - 2);
    if (!out)
        refuse(argv[1], 0, "cannot be written");
    else
        fine = fclose(out) == 0 && fine;
    if (!fine)
        remove(argv[1]);
    free(t);
    return fine ? 0 : 1;
}
