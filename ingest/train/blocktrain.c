/* blocktrain: make a model of content blocks from labelled pages, or measure how good it is.
 *
 *   blocktrain [--dump] [OPTION...] OUT.tsv [SECOND.tsv] FOLDER...
 *   blocktrain [--dump] [OPTION...] --folds [--pages] FOLDER...
 *
 * FOLDER/SITE/NAME.html (with --dump: NAME.txt, a text dump) is a page and FOLDER/SITE/NAME.gold.txt
 * its content, as text.  The first form writes the tables of the two stages, of one with --dump, which
 * teaches the model of dumps; they are what ingest/models/ holds: `tree`, `node`, `feature`, `left`,
 * `right`, `value`, tab-separated.
 *
 * --folds leaves out each fifth of the sites in turn and measures the texts that the ingester would
 * make of its pages: for each folder what blocks chosen without a mistake would reach, the rules
 * alone, the model, and the model without the title, which most gold texts leave out; F1 with its standard error, precision, recall.  --pages adds a line for each
 * page.  OPTION: --trees, --leaves, --rate, --lambda, --min-leaf of the first stage, the same with
 * --second- before the name; --second-trees=0 does without the second stage. */
#include "ingest/patterns.h"
#include "ingest/train/stages.h"

#include <stdio.h>
#include <stdlib.h>

static const size_t ALL_CAP = (size_t)16 << 30, MODELS_CAP = 1 << 30;

typedef struct trainer {
    ocs_labelled_pages all;
    ocs_stages stages;
    ocs_arena *scratch;
    bool folds, pages;
    const char *out[2];
} trainer;

static void complain(const char *path, const ocs_error *err)
{
    fprintf(stderr, "blocktrain: %s: %s\n", path, err->text);
}

/* ---- measuring ---- */

typedef enum verdict { PERFECT, RULES, MODEL, UNTITLED, VERDICTS } verdict;

static const char *const verdict_names[VERDICTS] = {"perfect", "rules", "model", "untitled"};
static const char *const measure_names[OCS_MEASURE_COUNT] = {"words", "runs"};

/* The overlaps of all pages for a verdict, [measure * pages + page]. */
static bool measure_all(trainer *t, verdict of, ocs_overlap *out)
{
    for (size_t m = 0; m < OCS_MEASURE_COUNT; m++)
        for (size_t p = 0; p < t->all.pages.n; p++) {
            const ocs_labelled *page = &t->all.pages.at[p];
            const float *labels = of == PERFECT ? t->all.labels.at + page->first : NULL;
            if (!ocs_labelled_measure(page, labels, of == UNTITLED, (ocs_measure)m, t->scratch,
                                      &out[m * t->all.pages.n + p]))
                return false;
        }
    return true;
}

static void print_pages(const trainer *t, ocs_overlap *const *overlaps)
{
    size_t n = t->all.pages.n;
    for (size_t p = 0; p < n; p++) {
        printf("page\t%s\t%u", t->all.pages.at[p].path, ocs_stages_fold(&t->all.pages.at[p]));
        for (size_t m = 0; m < OCS_MEASURE_COUNT; m++)
            for (size_t v = 0; v < VERDICTS; v++)
                printf("\t%.4f", ocs_overlap_f1(&overlaps[v][m * n + p]));
        const ocs_overlap *o = &overlaps[UNTITLED][p];
        printf("\t%u\t%u\t%u\n", (unsigned)o->both, (unsigned)o->surplus, (unsigned)o->missed);
    }
}

/* Pages lie in the order of the folders. */
static void print_folder(const trainer *t, size_t folder, ocs_overlap *const *overlaps)
{
    size_t n = t->all.pages.n, from = 0;
    while (from < n && t->all.pages.at[from].folder != folder)
        from++;
    size_t to = from;
    while (to < n && t->all.pages.at[to].folder == folder)
        to++;
    printf("%s: %zu pages\n", t->all.folders.at[folder], to - from);
    for (size_t m = 0; m < OCS_MEASURE_COUNT && to > from; m++)
        for (size_t v = 0; v < VERDICTS; v++) {
            ocs_score s = ocs_score_of((ocs_measure)m, overlaps[v] + m * n + from, to - from);
            printf("  %-6s%-8s F1 %.4f +- %.4f  precision %.4f  recall %.4f\n", measure_names[m],
                   verdict_names[v], s.f1, s.error, s.precision, s.recall);
        }
}

static ocs_status measure(trainer *t, ocs_error *err)
{
    ocs_overlap *overlaps[VERDICTS];
    for (size_t v = 0; v < VERDICTS; v++) {
        overlaps[v] = ocs_arena_array(t->all.arena, t->all.pages.n * OCS_MEASURE_COUNT + 1,
                                      sizeof *overlaps[v]);
        if (!overlaps[v])
            return ocs_fail(err, OCS_NOMEM, "no memory for measuring");
    }
    bool fine =
        measure_all(t, PERFECT, overlaps[PERFECT]) && measure_all(t, RULES, overlaps[RULES]);
    ocs_status status = ocs_stages_judge_all(&t->stages, err);
    if (status != OCS_OK)
        return status;
    for (size_t p = 0; p < t->all.pages.n; p++)
        ocs_stages_choose(&t->stages, &t->all.pages.at[p]);
    if (!fine || !measure_all(t, MODEL, overlaps[MODEL]) ||
        !measure_all(t, UNTITLED, overlaps[UNTITLED]))
        return ocs_fail(err, OCS_NOMEM, "no memory for measuring");
    if (t->pages)
        print_pages(t, overlaps);
    for (size_t folder = 0; folder < t->all.folders.n; folder++)
        print_folder(t, folder, overlaps);
    return OCS_OK;
}

/* ---- writing ---- */

static ocs_status write_model(const trainer *t, const ocs_model *model, const char *path,
                              ocs_error *err)
{
    FILE *out = fopen(path, "w");
    if (!out)
        return ocs_fail(err, OCS_IO, "cannot write %s", path);
    fprintf(out, "# Boosted trees made by blocktrain from %zu pages, %zu blocks%s.\n",
            t->all.pages.n, t->all.rows.n, t->all.dump ? ", as text dumps" : "");
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

static ocs_status train(trainer *t, ocs_error *err)
{
    ocs_model models[2];
    ocs_status status = ocs_stages_train(&t->stages, OCS_FOLDS, &models[0], &models[1], err);
    for (size_t i = 0; i < 2 && t->out[i] && status == OCS_OK; i++)
        status = write_model(t, &models[i], t->out[i], err);
    return status;
}

/* ---- the command line ---- */

static bool option(const char *argument, const char *name, const char **value)
{
    size_t n = strlen(name);
    if (strncmp(argument, name, n) != 0 || (argument[n] != '=' && argument[n] != '\0'))
        return false;
    *value = argument[n] == '=' ? argument + n + 1 : "";
    return true;
}

static bool boost_option(ocs_boost_options *boost, const char *name)
{
    const char *value;
    if (option(name, "trees", &value))
        boost->trees = (uint32_t)atoi(value);
    else if (option(name, "leaves", &value))
        boost->leaves = (uint32_t)atoi(value);
    else if (option(name, "rate", &value))
        boost->rate = atof(value);
    else if (option(name, "lambda", &value))
        boost->lambda = atof(value);
    else if (option(name, "min-leaf", &value))
        boost->min_leaf = atof(value);
    else if (option(name, "features", &value))
        boost->some_features = atof(value);
    else
        return false;
    return true;
}

static bool read_option(trainer *t, const char *argument)
{
    if (strcmp(argument, "--dump") == 0)
        t->all.dump = true;
    else if (strcmp(argument, "--folds") == 0)
        t->folds = true;
    else if (strcmp(argument, "--pages") == 0)
        t->pages = true;
    else if (strncmp(argument, "--second-", 9) == 0)
        return boost_option(&t->stages.second, argument + 9);
    else
        return boost_option(&t->stages.first, argument + 2);
    return true;
}

/* Options, then where to write, then folders. */
static ocs_status read_arguments(trainer *t, int argc, char **argv, ocs_error *err)
{
    int i = 1;
    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++)
        if (!read_option(t, argv[i]))
            return ocs_fail(err, OCS_USAGE, "no such option: %s", argv[i]);
    if (t->all.dump)
        t->stages.second.trees = 0;
    for (size_t out = 0; !t->folds && out < (t->stages.second.trees > 0 ? 2 : 1); out++)
        t->out[out] = i < argc ? argv[i++] : NULL;
    ocs_status status = OCS_OK;
    for (; i < argc && status == OCS_OK; i++)
        status = ocs_labelled_add(&t->all, argv[i], complain, err);
    if (status == OCS_OK && t->all.pages.n == 0)
        return ocs_fail(err, OCS_USAGE, "no labelled pages given");
    return status;
}

int main(int argc, char **argv)
{
    ocs_boost_options first = {.trees = 80, .leaves = 16, .rate = 0.1, .lambda = 2, .min_leaf = 20};
    first.some_features = 0.3;
    ocs_boost_options second = first;
    second.rate = 0.08;
    trainer t = {.all.rules.gaz = ocs_gaz_builtin(), .stages = {.first = first, .second = second}};
    ocs_error err = {0};
    t.stages.all = &t.all;
    t.all.arena = ocs_arena_new(ALL_CAP);
    t.stages.arena = ocs_arena_new(MODELS_CAP);
    t.scratch = ocs_arena_new(ALL_CAP);
    ocs_status status = OCS_NOMEM;
    if (t.all.arena && t.stages.arena && t.scratch)
        status = ocs_patterns_new(&t.all.rules.patterns, &err);
    if (status == OCS_OK)
        status = read_arguments(&t, argc, argv, &err);
    if (status == OCS_OK)
        status = t.folds ? measure(&t, &err) : train(&t, &err);
    if (status != OCS_OK)
        fprintf(stderr, "blocktrain: %s\n", err.text);
    ocs_patterns_free(t.all.rules.patterns);
    ocs_arena_free(t.scratch);
    ocs_arena_free(t.stages.arena);
    ocs_arena_free(t.all.arena);
    return status == OCS_OK ? 0 : status == OCS_USAGE ? 2 : 1;
}
