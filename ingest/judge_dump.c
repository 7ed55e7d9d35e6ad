/* The bar that a line must reach depends on the page: where some lines are surely content, an
 * article, a doubtful line is a teaser or a comment; where nothing is sure, a list, doubt is all
 * there is. The two numbers were found by leaving out each fifth of the sites in turn
 * (docs/decisions/0016). */
#include "ingest/judge_dump.h"

#include "ingest/features_dump.h"
#include "ingest/judge.h"

enum {
    LEVELS = 100,
    SUREST_WORDS = 60,
    HEADLINE_WORDS = 30,
    HEADLINE_LINES = 20, /* most, above the text */
    TEXT_WORDS = 12      /* least, of the line that the text starts with */
};

static const float BAR = 0.65f;

/* The mean probability of the page's surest words. */
static float surest(const ocs_blocks *blocks)
{
    uint64_t words[LEVELS + 1] = {0};
    double sum = 0, counted = 0;
    for (size_t i = 0; i < blocks->n; i++)
        words[(size_t)(blocks->at[i].judged * (float)LEVELS)] += blocks->at[i].words;
    for (size_t level = LEVELS + 1; level-- > 0 && counted < SUREST_WORDS;) {
        double room = SUREST_WORDS - counted;
        double taken = (double)words[level] < room ? (double)words[level] : room;
        sum += taken * ((double)level + 0.5) / LEVELS;
        counted += taken;
    }
    return counted > 0 ? (float)(sum / counted) : 0.0f;
}

static bool could_be_headline(const ocs_block *b)
{
    return b->kind == OCS_BLOCK_LINE && b->words >= 2 && b->words <= HEADLINE_WORDS && !b->colon &&
           b->role != OCS_ROLE_CONTACT && b->role != OCS_ROLE_CREDIT;
}

/* The line above the text that shares most words with the page's densest prose; what stands twice on
 * the page, in the menu or a breadcrumb, too, and what is nearer, counts for more. */
static size_t find_headline(const ocs_blocks *blocks, const float *rows)
{
    size_t text = 0, best = blocks->n;
    float most = 0;
    while (text < blocks->n && !(blocks->at[text].chosen && blocks->at[text].words >= TEXT_WORDS &&
                                 ocs_block_prose(&blocks->at[text])))
        text++;
    for (size_t i = text > HEADLINE_LINES ? text - HEADLINE_LINES : 0; i < text; i++) {
        const float *row = rows + i * OCS_DUMP_FEATURE_COUNT;
        const float *subject = row + OCS_DUMP_SUBJECT_;
        bool twice = row[OCS_DUMP_SHAPE_ + 3] > 1.0f;
        float points = subject[0] * subject[2] + (twice ? 0.3f : 0.0f) - 0.03f * (float)(text - i);
        if (could_be_headline(&blocks->at[i]) && subject[2] > 0 && points > most) {
            most = points;
            best = i;
        }
    }
    return text < blocks->n ? best : blocks->n;
}

void ocs_judge_dump_choose(ocs_blocks *blocks)
{
    float sure = surest(blocks), bar = BAR * sure * sure;
    for (size_t i = 0; i < blocks->n; i++)
        blocks->at[i].chosen = blocks->at[i].judged > bar;
}

bool ocs_judge_dump(const ocs_model *model, ocs_blocks *blocks, ocs_arena *arena, size_t *headline)
{
    const float *rows = ocs_dump_features(blocks, arena);
    if (!rows)
        return false;
    ocs_judge_ask(model, blocks, rows);
    blocks->judged = true;
    ocs_judge_dump_choose(blocks);
    *headline = find_headline(blocks, rows);
    return true;
}
