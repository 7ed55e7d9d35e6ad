/* The thresholds were found by leaving out each fifth of the sites in turn (docs/decisions/0013 and
 * 0015). */
#include "ingest/judge.h"

#include "ingest/smooth.h"

static const float ARTICLE_BAR = 0.6f; /* least probability to be kept */
static const float SURE = 0.9f;        /* of prose that makes an article */
static const float LOWEST_BAR = 0.05f, LOWER = 0.8f;

static const float AGAINST_EMPTY = 0.3f; /* least, to find content where the rules find none */

enum {
    ROWS = 16,                /* judged at once */
    BINS = 50,                /* of probabilities */
    WORDS_AGAINST_EMPTY = 25, /* that are no links, likewise */
    ARTICLE_WORDS = 150,      /* surely prose: the page is an article */
    ENOUGH_WORDS = 80,        /* with so many words kept, the bar is not lowered */
    ENOUGH_PER_CENT = 30,     /* of the words that are no links */
    OWN_WORDS = 50            /* of prose, for comments behind it to be no content */
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

/* The bar that promises the best F1 of words.  A block adds to F1 when its probability is above half
 * of the F1 reached without it, so the bar is half of the best that any bar can reach: high where the
 * page is clear, low where little is certain and leaving out would lose more than taking in. */
static float promising_bar(const ocs_blocks *blocks)
{
    double words[BINS + 1] = {0}, content[BINS + 1] = {0}, all = 0, best = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        size_t bin = (size_t)(b->judged * BINS);
        words[bin] += b->words;
        content[bin] += (double)b->judged * b->words;
        all += (double)b->judged * b->words;
    }
    double taken = 0, hit = 0;
    for (size_t bin = BINS + 1; bin-- > 0;) {
        taken += words[bin];
        hit += content[bin];
        double f1 = taken + all > 0 ? 2 * hit / (taken + all) : 0;
        best = f1 > best ? f1 : best;
    }
    return (float)(best / 2);
}

void ocs_judge_choose(ocs_blocks *blocks)
{
    if (!is_article(blocks)) {
        choose_enough(blocks, promising_bar(blocks));
        return;
    }
    choose_enough(blocks, ARTICLE_BAR);
    ocs_span stretch = ocs_smooth_stretch(blocks);
    for (size_t i = 0; i < blocks->n; i++)
        if (i < stretch.from || i >= stretch.to)
            blocks->at[i].chosen = false;
}

void ocs_judge_ask(const ocs_model *model, ocs_blocks *blocks, const float *rows)
{
    float judged[ROWS];
    for (size_t i = 0; i < blocks->n; i += ROWS) {
        size_t n = blocks->n - i < ROWS ? blocks->n - i : ROWS;
        ocs_model_judge_rows(model, rows + i * model->features, n, judged);
        for (size_t k = 0; k < n; k++)
            blocks->at[i + k].judged = judged[k];
    }
}

/* A few rows at a time: all those of a large page at once would be most of its memory. */
static bool judge_again(const ocs_model *model, ocs_blocks *blocks, const float *features,
                        ocs_arena *arena)
{
    const float *measures = ocs_smooth_measures(blocks, arena);
    float rows[ROWS * OCS_ROW_COUNT], judged[ROWS];
    for (size_t i = 0; measures && i < blocks->n; i += ROWS) {
        size_t n = blocks->n - i < ROWS ? blocks->n - i : ROWS;
        for (size_t k = 0; k < n; k++)
            ocs_smooth_join(features + (i + k) * OCS_FEATURE_COUNT,
                            measures + (i + k) * OCS_SMOOTH_COUNT, rows + k * OCS_ROW_COUNT);
        ocs_model_judge_rows(model, rows, n, judged);
        for (size_t k = 0; k < n; k++)
            blocks->at[i + k].judged = judged[k];
    }
    return measures != NULL;
}

bool ocs_judge(const ocs_model *first, const ocs_model *second, ocs_blocks *blocks,
               ocs_arena *arena)
{
    const float *rows = ocs_block_features(blocks, arena);
    if (!rows)
        return false;
    ocs_judge_ask(first, blocks, rows);
    if (second && !judge_again(second, blocks, rows, arena))
        return false;
    blocks->judged = true;
    ocs_judge_choose(blocks);
    return true;
}

/* ---- roles ---- */

/* Roles that the model may overrule: what is content and what is frame, not what is a fact. */
static bool open_to_judgement(const ocs_block *b)
{
    switch (b->role) {
    case OCS_ROLE_BODY:
    case OCS_ROLE_MENU:
    case OCS_ROLE_CHROME:
    case OCS_ROLE_CONTACT:
    case OCS_ROLE_CREDIT:
    case OCS_ROLE_RELATED:
        return true;
    default:
        return false;
    }
}

static bool is_comment(const ocs_block *b)
{
    return b->role == OCS_ROLE_CHROME && strcmp(b->reason, "comments") == 0;
}

static bool heads_comments(const ocs_block *b)
{
    return b->role == OCS_ROLE_CHROME && strcmp(b->reason, "heading of comments") == 0;
}

/* Readers' comments read like any text.  Behind the text of what declares itself an article they are
 * not its content, whether elements call them so or a heading does; in a forum the posts themselves
 * are called comments. */
static void leave_out_comments(ocs_blocks *blocks)
{
    uint64_t before = 0;
    bool headed = false;
    if (!ocs_blocks_article(blocks))
        return;
    for (size_t i = 0; i < blocks->n; i++) {
        ocs_block *b = &blocks->at[i];
        headed = headed || (before >= OWN_WORDS && heads_comments(b));
        if (before >= OWN_WORDS && (headed || is_comment(b)))
            b->chosen = false;
        before += b->chosen && ocs_block_prose(b) ? b->words : 0;
    }
}

static void obey(ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n; i++) {
        ocs_block *b = &blocks->at[i];
        if (!open_to_judgement(b))
            continue;
        if (b->chosen && b->role != OCS_ROLE_BODY)
            ocs_block_give(b, OCS_ROLE_BODY, "judged content");
        else if (!b->chosen && b->role == OCS_ROLE_BODY)
            ocs_block_give(b, OCS_ROLE_CHROME, "judged frame");
    }
}

/* Whether to follow the model: it chose something, and where the rules found a page of navigation
 * only it must have found text. */
static bool convincing(const ocs_blocks *blocks)
{
    bool chosen = false, body = false;
    uint64_t sure = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        chosen = chosen || (b->chosen && open_to_judgement(b));
        body = body || b->role == OCS_ROLE_BODY;
        sure += b->judged > AGAINST_EMPTY && ocs_block_unlinked(b) ? b->words : 0;
    }
    return chosen && (body || sure >= WORDS_AGAINST_EMPTY);
}

bool ocs_judge_roles(ocs_blocks *blocks)
{
    if (!convincing(blocks))
        return false;
    leave_out_comments(blocks);
    obey(blocks);
    ocs_roles_repeats(blocks);
    return true;
}
