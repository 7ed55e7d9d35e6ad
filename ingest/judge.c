/* The thresholds were found by leaving out each fifth of the sites in turn (docs/decisions/0013). */
#include "ingest/judge.h"

#include "ingest/features.h"

static const float ARTICLE_BAR = 0.55f, OTHER_BAR = 0.4f; /* least probability to be kept */
static const float SURE = 0.9f;                           /* of prose that makes an article */
static const float STRETCH_BAR = 0.4f; /* blocks above it lengthen the article's stretch */
static const float LOWEST_BAR = 0.05f, LOWER = 0.8f;

enum {
    ARTICLE_WORDS = 150, /* surely prose: the page is an article */
    STRETCH_WORDS = 40,  /* a block counts for at most so many words of the stretch */
    ENOUGH_WORDS = 80,   /* with so many words kept, the bar is not lowered */
    ENOUGH_PER_CENT = 30 /* of the words that are no links */
};

static bool is_article(const ocs_blocks *blocks)
{
    uint64_t words = 0;
    for (size_t i = 0; i < blocks->n; i++)
        if (blocks->at[i].judged > SURE && ocs_block_unlinked(&blocks->at[i]))
            words += blocks->at[i].words;
    return words >= ARTICLE_WORDS;
}

static uint64_t choose_above(ocs_blocks *blocks, float bar)
{
    uint64_t words = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        ocs_block *b = &blocks->at[i];
        b->chosen = b->judged > bar;
        words += b->chosen ? b->words : 0;
    }
    return words;
}

/* Lower the bar while too little is kept: a page without any content is rare. */
static void choose_enough(ocs_blocks *blocks, float bar)
{
    uint64_t words = 0;
    for (size_t i = 0; i < blocks->n; i++)
        words += blocks->at[i].words - blocks->at[i].links;
    uint64_t enough = words * ENOUGH_PER_CENT / 100;
    if (enough > ENOUGH_WORDS)
        enough = ENOUGH_WORDS;
    while (choose_above(blocks, bar) < enough && bar > LOWEST_BAR)
        bar *= LOWER;
}

/* The stretch of blocks with the greatest sum of words, each counted by how far it is above the bar:
 * one article lies in one piece, and what is like it elsewhere is a teaser of another. */
static ocs_span find_stretch(const ocs_blocks *blocks)
{
    ocs_span best = {0, 0};
    float sum = 0, most = 0;
    size_t from = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        uint32_t words = b->words < STRETCH_WORDS ? b->words : STRETCH_WORDS;
        sum += (b->judged - STRETCH_BAR) * (float)words;
        if (sum < 0) {
            sum = 0;
            from = i + 1;
        }
        if (sum > most) {
            most = sum;
            best = (ocs_span){from, i + 1};
        }
    }
    return best;
}

bool ocs_judge(const ocs_model *model, ocs_blocks *blocks, ocs_arena *arena)
{
    const float *rows = ocs_block_features(blocks, arena);
    if (!rows)
        return false;
    for (size_t i = 0; i < blocks->n; i++)
        blocks->at[i].judged = ocs_model_judge(model, rows + i * OCS_FEATURE_COUNT);
    blocks->judged = true;
    if (!is_article(blocks)) {
        choose_enough(blocks, OTHER_BAR);
        return true;
    }
    choose_enough(blocks, ARTICLE_BAR);
    ocs_span stretch = find_stretch(blocks);
    for (size_t i = 0; i < blocks->n; i++)
        if (i < stretch.from || i >= stretch.to)
            blocks->at[i].chosen = false;
    return true;
}
