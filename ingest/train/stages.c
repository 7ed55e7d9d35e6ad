#include "ingest/train/stages.h"

#include "ingest/judge.h"
#include "ingest/judge_dump.h"
#include "ingest/smooth.h"

unsigned ocs_stages_fold(const ocs_labelled *page)
{
    return (unsigned)(page->site % OCS_FOLDS);
}

/* Rows of ${width} values of all blocks, one behind the other, and weights that are 0 in the folds
 * left out. */
typedef struct matrix {
    ocs_arena *arena;
    float *values, *weights;
} matrix;

static const size_t MATRIX_CAP = (size_t)8 << 30;

static bool matrix_new(const ocs_stages *s, size_t width, matrix *out)
{
    size_t n = s->all->rows.n;
    *out = (matrix){.arena = ocs_arena_new(MATRIX_CAP)};
    if (!out->arena)
        return false;
    out->values = ocs_arena_array(out->arena, n * width + 1, sizeof *out->values);
    out->weights = ocs_arena_array(out->arena, n + 1, sizeof *out->weights);
    return out->values && out->weights;
}

static void weigh(const ocs_stages *s, unsigned a, unsigned b, float *weights)
{
    for (size_t p = 0; p < s->all->pages.n; p++) {
        const ocs_labelled *page = &s->all->pages.at[p];
        unsigned fold = ocs_stages_fold(page);
        for (size_t i = page->first; i < page->first + page->blocks.n; i++)
            weights[i] = fold == a || fold == b ? 0.0f : s->all->weights.at[i];
    }
}

static ocs_status boost(ocs_stages *s, const matrix *m, uint32_t width,
                        const ocs_boost_options *options, ocs_model *model, ocs_error *err)
{
    ocs_boost_rows rows = {.values = m->values,
                           .labels = s->all->labels.at,
                           .weights = m->weights,
                           .n = s->all->rows.n,
                           .features = width};
    return ocs_boost(&rows, options, s->arena, model, err);
}

/* The first stage without the folds ${a} and ${b}; both OCS_FOLDS: taught on all. */
static ocs_status first_without(ocs_stages *s, unsigned a, unsigned b, const ocs_model **model,
                                ocs_error *err)
{
    ocs_model *made = a < b ? &s->pairs[a][b] : &s->pairs[b][a];
    *model = made;
    if (made->n_trees > 0)
        return OCS_OK;
    matrix m;
    ocs_status status = OCS_NOMEM;
    uint32_t width = s->all->width;
    if (matrix_new(s, width, &m)) {
        for (size_t i = 0; i < s->all->rows.n; i++)
            memcpy(m.values + i * width, s->all->rows.at[i], width * sizeof(float));
        weigh(s, a, b, m.weights);
        status = boost(s, &m, width, &s->first, made, err);
    }
    ocs_arena_free(m.arena);
    return status;
}

static const float *rows_of(const ocs_stages *s, const ocs_labelled *page)
{
    return page->blocks.n > 0 ? s->all->rows.at[page->first] : NULL;
}

/* Rows for the second stage: each page as a first stage sees it that was taught neither its fold nor
 * the one left out. */
static ocs_status fill_second(ocs_stages *s, unsigned left_out, matrix *m, ocs_error *err)
{
    weigh(s, left_out, left_out, m->weights);
    for (size_t p = 0; p < s->all->pages.n; p++) {
        ocs_labelled *page = &s->all->pages.at[p];
        const ocs_model *first;
        if (page->blocks.n == 0 || ocs_stages_fold(page) == left_out)
            continue;
        ocs_status status = first_without(s, left_out, ocs_stages_fold(page), &first, err);
        if (status != OCS_OK)
            return status;
        ocs_judge_ask(first, &page->blocks, rows_of(s, page));
        float *rows = ocs_smooth_features(&page->blocks, rows_of(s, page), m->arena);
        if (!rows)
            return ocs_fail(err, OCS_NOMEM, "no memory for the second stage");
        memcpy(m->values + page->first * OCS_ROW_COUNT, rows,
               page->blocks.n * OCS_ROW_COUNT * sizeof *rows);
    }
    return OCS_OK;
}

ocs_status ocs_stages_train(ocs_stages *s, unsigned left_out, ocs_model *first, ocs_model *second,
                            ocs_error *err)
{
    const ocs_model *taught;
    matrix m = {0};
    ocs_status status = first_without(s, left_out, left_out, &taught, err);
    if (status != OCS_OK)
        return status;
    *first = *taught;
    *second = (ocs_model){0};
    if (s->second.trees == 0)
        return OCS_OK;
    status = matrix_new(s, OCS_ROW_COUNT, &m) ? fill_second(s, left_out, &m, err) : OCS_NOMEM;
    if (status == OCS_OK)
        status = boost(s, &m, OCS_ROW_COUNT, &s->second, second, err);
    ocs_arena_free(m.arena);
    return status;
}

static bool judge_page(const ocs_stages *s, ocs_labelled *page, const ocs_model *first,
                       const ocs_model *second, ocs_arena *scratch)
{
    ocs_blocks *b = &page->blocks;
    const float *rows = rows_of(s, page);
    ocs_arena_clear(scratch);
    ocs_judge_ask(first, b, rows);
    if (second->n_trees == 0)
        return true;
    rows = ocs_smooth_features(b, rows, scratch);
    if (rows)
        ocs_judge_ask(second, b, rows);
    return rows != NULL;
}

ocs_status ocs_stages_judge_all(ocs_stages *s, ocs_error *err)
{
    ocs_status status = OCS_OK;
    ocs_arena *scratch = ocs_arena_new(MATRIX_CAP);
    ocs_model first[OCS_FOLDS], second[OCS_FOLDS];
    for (unsigned fold = 0; fold < OCS_FOLDS && status == OCS_OK; fold++)
        status = ocs_stages_train(s, fold, &first[fold], &second[fold], err);
    for (size_t p = 0; p < s->all->pages.n && status == OCS_OK; p++) {
        ocs_labelled *page = &s->all->pages.at[p];
        unsigned fold = ocs_stages_fold(page);
        if (!scratch ||
            (page->blocks.n > 0 && !judge_page(s, page, &first[fold], &second[fold], scratch)))
            status = ocs_fail(err, OCS_NOMEM, "no memory for judging");
    }
    ocs_arena_free(scratch);
    return status;
}

void ocs_stages_choose(const ocs_stages *s, ocs_labelled *page)
{
    ocs_blocks *blocks = &page->blocks;
    for (size_t i = 0; i < blocks->n; i++)
        blocks->at[i].role = page->roles[i];
    if (blocks->n == 0 || blocks->list)
        return;
    if (s->all->dump)
        ocs_judge_dump_choose(blocks);
    else
        ocs_judge_choose(blocks);
    (void)ocs_judge_roles(blocks);
}
