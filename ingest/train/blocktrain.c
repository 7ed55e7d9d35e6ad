/* blocktrain: make a model of content blocks from labelled pages.
 *
 *   blocktrain [--dump] [--without=K/N] [--trees=N] [--leaves=N] [--rate=R] [--min-leaf=W]
 *              OUT.tsv FOLDER...
 *
 * FOLDER/SITE/NAME.html (with --dump: NAME.txt, a text dump) is a page and FOLDER/SITE/NAME.gold.txt
 * its content, as text.  With
 * --without=K/N the sites whose hash is K modulo N are left out of training and measured afterwards:
 * precision, recall and F1 of words, averaged over pages, as the ingester would choose blocks.
 * --dump teaches the model of dumps, from text dumps alone.  OUT.tsv is what ingest/models/
 * holds: `tree`, `node`, `feature`, `left`, `right`, `value`, tab-separated. */
#include "ingest/block.h"
#include "ingest/features.h"
#include "ingest/features_dump.h"
#include "ingest/judge.h"
#include "ingest/judge_dump.h"
#include "ingest/patterns.h"
#include "ingest/train/boost.h"
#include "ingest/train/gold.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { PAGE_CAP = 64 << 20, ARENA_CAP = 1 << 30 };

typedef struct trainer {
    ocs_arena *arena, *page_arena; /* of the rows; of the page at hand */
    OCS_VEC(float) values;
    OCS_VEC(float) labels;
    OCS_VEC(float) weights;
    bool dump;
    uint32_t features;    /* of a row */
    unsigned fold, folds; /* sites of this fold are left out; folds 0: none is */
    size_t pages;
    bool measuring; /* second pass: pages of the fold are judged, the others skipped */
    const ocs_model *model;
    double precision, recall, f1;
    ocs_rules rules;
    ocs_boost_options boost;
} trainer;

static void complain(const char *path, const ocs_error *err)
{
    fprintf(stderr, "blocktrain: %s: %s\n", path, err->text);
}

static bool is_page(const trainer *t, ocs_str path)
{
    if (t->dump)
        return ocs_str_ends(path, OCS_STR(".txt")) && !ocs_str_ends(path, OCS_STR(".gold.txt"));
    return ocs_str_ends(path, OCS_STR(".html"));
}

/* The name of the folder that a page lies in is its site. */
static bool wanted(const trainer *t, const char *path)
{
    ocs_str s = ocs_str_of(path);
    if (!is_page(t, s))
        return false;
    size_t end = s.n;
    while (end > 0 && s.p[end - 1] != '/')
        end--;
    size_t from = end > 0 ? end - 1 : 0;
    while (from > 0 && s.p[from - 1] != '/')
        from--;
    ocs_str site = ocs_str_sub(s, from, end);
    bool in_fold = t->folds > 0 && ocs_hash(site) % t->folds == t->fold;
    return in_fold == t->measuring;
}

static bool keep_rows(trainer *t, const ocs_blocks *blocks, const float *rows, const float *labels,
                      const float *weights)
{
    for (size_t i = 0; i < blocks->n; i++) {
        float *label = ocs_vec_push(t->arena, &t->labels);
        float *weight = ocs_vec_push(t->arena, &t->weights);
        if (!label || !weight)
            return false;
        *label = labels[i];
        *weight = weights[i];
        for (size_t f = 0; f < t->features; f++) {
            float *value = ocs_vec_push(t->arena, &t->values);
            if (!value)
                return false;
            *value = rows[i * t->features + f];
        }
    }
    t->pages++;
    return true;
}

/* How well the chosen blocks are the labelled ones, by words. */
static bool measure_page(trainer *t, ocs_blocks *blocks, const float *labels)
{
    double hit = 0, chosen = 0, wanted_words = 0;
    size_t headline;
    bool judged = t->dump ? ocs_judge_dump(t->model, blocks, t->page_arena, &headline)
                          : ocs_judge(t->model, blocks, t->page_arena);
    if (!judged)
        return false;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        hit += b->chosen && labels[i] > 0 ? b->words : 0;
        chosen += b->chosen ? b->words : 0;
        wanted_words += labels[i] > 0 ? b->words : 0;
    }
    double p = chosen > 0 ? hit / chosen : wanted_words == 0;
    double r = wanted_words > 0 ? hit / wanted_words : chosen == 0;
    t->precision += p;
    t->recall += r;
    t->f1 += p + r > 0 ? 2 * p * r / (p + r) : 0;
    t->pages++;
    return true;
}

/* The page's blocks with their roles by rules, and the rows of features that go with them. */
static ocs_status read_blocks(trainer *t, ocs_str bytes, ocs_blocks *blocks, const float **rows,
                              ocs_error *err)
{
    ocs_decoded decoded;
    ocs_status status = ocs_decode(bytes, !t->dump, t->page_arena, &decoded, err);
    if (status == OCS_OK)
        status = t->dump ? ocs_dump_cut(&decoded, t->page_arena, blocks, err)
                         : ocs_html_cut(&decoded, t->page_arena, blocks, err);
    if (status != OCS_OK)
        return status;
    if (t->dump) {
        ocs_rules_dump(&t->rules, blocks);
        *rows = ocs_dump_features(blocks, t->page_arena);
    } else {
        ocs_rules_html(&t->rules, blocks);
        *rows = ocs_block_features(blocks, t->page_arena);
    }
    return *rows ? OCS_OK : ocs_fail(err, OCS_NOMEM, "the page needs more memory than allowed");
}

static ocs_status learn_page(trainer *t, const char *path, ocs_error *err)
{
    char gold_path[4096];
    ocs_str bytes, gold;
    ocs_blocks blocks;
    const float *rows;
    size_t stem = strlen(path) - strlen(t->dump ? ".txt" : ".html");
    snprintf(gold_path, sizeof gold_path, "%.*s.gold.txt", (int)stem, path);
    ocs_status status = ocs_page_read(path, PAGE_CAP, t->page_arena, &bytes, err);
    if (status == OCS_OK)
        status = ocs_page_read(gold_path, PAGE_CAP, t->page_arena, &gold, err);
    if (status == OCS_OK)
        status = read_blocks(t, bytes, &blocks, &rows, err);
    if (status != OCS_OK)
        return status;
    float *labels = ocs_arena_array(t->page_arena, blocks.n + 1, sizeof *labels);
    float *weights = ocs_arena_array(t->page_arena, blocks.n + 1, sizeof *weights);
    if (!labels || !weights || !ocs_gold_label(&blocks, gold, t->page_arena, labels, weights) ||
        !(t->measuring ? measure_page(t, &blocks, labels)
                       : keep_rows(t, &blocks, rows, labels, weights)))
        return ocs_fail(err, OCS_NOMEM, "the page needs more memory than allowed");
    return OCS_OK;
}

static ocs_status learn_folder(trainer *t, const char *folder, ocs_error *err)
{
    ocs_source *source;
    ocs_page_info info;
    ocs_status status = ocs_source_open(folder, &source, err);
    if (status != OCS_OK)
        return status;
    while ((status = ocs_source_next(source, &info, err)) != OCS_NOTFOUND) {
        if (status == OCS_OK && wanted(t, info.path)) {
            ocs_arena_clear(t->page_arena);
            status = learn_page(t, info.path, err);
        }
        if (status != OCS_OK)
            complain(info.path, err);
    }
    ocs_source_close(source);
    return OCS_OK;
}

static ocs_status write_model(const trainer *t, const ocs_model *model, const char *path,
                              ocs_error *err)
{
    FILE *out = fopen(path, "w");
    if (!out)
        return ocs_fail(err, OCS_IO, "cannot write %s", path);
    fprintf(out, "# Boosted trees made by blocktrain from %zu pages, %zu blocks%s.\n", t->pages,
            t->labels.n, t->dump ? ", as text dumps" : "");
    fprintf(out, "# trees %u\tfeatures %u\tbase %.6g\n", model->n_trees, model->features,
            (double)model->base);
    fprintf(out, "# tree\tnode\tfeature\tleft\tright\tvalue\n");
    for (uint32_t tree = 0; tree < model->n_trees; tree++) {
        const ocs_tree_node *nodes = model->nodes + model->roots[tree];
        uint32_t n = 1;
        for (uint32_t i = 0; i < n; i++) {
            fprintf(out, "%u\t%u\t%d\t%u\t%u\t%.6g\n", tree, i, nodes[i].feature, nodes[i].left,
                    nodes[i].right, (double)nodes[i].value);
            if (nodes[i].feature >= 0 && nodes[i].right + 1u > n)
                n = nodes[i].right + 1u;
        }
    }
    if (fclose(out) != 0)
        return ocs_fail(err, OCS_IO, "cannot write %s", path);
    return OCS_OK;
}

static ocs_status measure_fold(trainer *t, const ocs_model *model, char **folders, int n,
                               ocs_error *err)
{
    t->measuring = true;
    t->model = model;
    t->pages = 0;
    for (int i = 0; i < n; i++) {
        ocs_status status = learn_folder(t, folders[i], err);
        if (status != OCS_OK)
            return status;
    }
    double pages = t->pages > 0 ? (double)t->pages : 1;
    printf("fold %u/%u: %zu pages, precision %.4f, recall %.4f, F1 %.4f\n", t->fold, t->folds,
           t->pages, t->precision / pages, t->recall / pages, t->f1 / pages);
    return OCS_OK;
}

static ocs_status train(trainer *t, const char *path, char **folders, int n, ocs_error *err)
{
    ocs_model model;
    ocs_boost_rows rows = {.values = t->values.at,
                           .labels = t->labels.at,
                           .weights = t->weights.at,
                           .n = t->labels.n,
                           .features = t->features};
    fprintf(stderr, "blocktrain: %zu pages, %zu blocks, %d features\n", t->pages, rows.n,
            (int)t->features);
    ocs_status status = ocs_boost(&rows, &t->boost, t->arena, &model, err);
    if (status == OCS_OK)
        status = write_model(t, &model, path, err);
    return status == OCS_OK && t->folds > 0 ? measure_fold(t, &model, folders, n, err) : status;
}

static bool option(const char *argument, const char *name, const char **value)
{
    size_t n = strlen(name);
    if (strncmp(argument, name, n) != 0 || (argument[n] != '=' && argument[n] != '\0'))
        return false;
    *value = argument[n] == '=' ? argument + n + 1 : "";
    return true;
}

int main(int argc, char **argv)
{
    trainer t = {.boost = {.trees = 80, .leaves = 16, .rate = 0.12, .lambda = 2, .min_leaf = 4}};
    const char *out = NULL, *value;
    ocs_error err = {0};
    int folders = argc; /* the arguments from here on */
    t.arena = ocs_arena_new((size_t)ARENA_CAP * 8);
    t.page_arena = ocs_arena_new(ARENA_CAP);
    t.rules.gaz = ocs_gaz_builtin();
    bool ready = t.arena && t.page_arena && ocs_patterns_new(&t.rules.patterns, &err) == OCS_OK;
    int status = ready ? 0 : 1;
    t.features = OCS_FEATURE_COUNT;
    for (int i = 1; i < argc && status == 0; i++) {
        if (option(argv[i], "--dump", &value))
            t.dump = true, t.features = OCS_DUMP_FEATURE_COUNT;
        else if (option(argv[i], "--without", &value))
            status = sscanf(value, "%u/%u", &t.fold, &t.folds) == 2 ? 0 : 2;
        else if (option(argv[i], "--trees", &value))
            t.boost.trees = (uint32_t)atoi(value);
        else if (option(argv[i], "--leaves", &value))
            t.boost.leaves = (uint32_t)atoi(value);
        else if (option(argv[i], "--rate", &value))
            t.boost.rate = atof(value);
        else if (option(argv[i], "--min-leaf", &value))
            t.boost.min_leaf = atof(value);
        else if (!out) {
            out = argv[i];
            folders = i + 1;
        } else if (learn_folder(&t, argv[i], &err) != OCS_OK)
            status = 1;
    }
    if (status == 0 && (!out || t.pages == 0)) {
        fprintf(stderr, "usage: blocktrain [--dump] [--without=K/N] OUT.tsv FOLDER...\n");
        status = 2;
    } else if (status == 0 && train(&t, out, argv + folders, argc - folders, &err) != OCS_OK) {
        status = 1;
    }
    if (status == 1)
        fprintf(stderr, "blocktrain: %s\n", err.text);
    ocs_patterns_free(t.rules.patterns);
    ocs_arena_free(t.page_arena);
    ocs_arena_free(t.arena);
    return status;
}
