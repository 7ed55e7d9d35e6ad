/* One pass a line: the score of each tag of each word, sums forward and backward in the
 * probability domain (for confidence), and the best path.  Most words are far from any name and can
 * only be outside: they cost a few operations each. */
#include "ingest/tagger.h"

#include <math.h>

enum { LINE_WORDS_MAX = 2048 };

ocs_mention_type ocs_tag_type(unsigned tag)
{
    return tag <= OCS_TAG_I_PERSON  ? OCS_MENTION_PERSON
           : tag <= OCS_TAG_I_PLACE ? OCS_MENTION_PLACE
                                    : OCS_MENTION_ORG;
}

unsigned ocs_tag_first(ocs_mention_type type)
{
    return type == OCS_MENTION_PERSON  ? OCS_TAG_B_PERSON
           : type == OCS_MENTION_PLACE ? OCS_TAG_B_PLACE
           : type == OCS_MENTION_ORG   ? OCS_TAG_B_ORG
                                       : OCS_TAG_O;
}

size_t ocs_tag_line_end(const ocs_scan *scan, size_t from)
{
    size_t to = from + 1;
    while (to < scan->tokens.n && !(scan->tokens.at[to].gap & OCS_GAP_LINE) &&
           to - from < LINE_WORDS_MAX)
        to++;
    return to;
}

/* A number for each tag, and one more, which is always 0, so that a row is two whole vectors: the
 * compilers do not find them by themselves. */
typedef float quad __attribute__((vector_size(16)));
typedef int32_t quad_mask __attribute__((vector_size(16)));
typedef union row {
    float of[OCS_TAG_ROW];
    quad half[OCS_TAG_ROW / 4];
} row;
#define EACH_HALF(h) (unsigned h = 0; h < OCS_TAG_ROW / 4; h++)

/* One line's working memory, used again for every line. */
typedef struct line {
    row *score;                   /* of each word and tag */
    row *forward;                 /* probabilities, scaled */
    row *chance;                  /* that the word has the tag */
    uint8_t (*from)[OCS_TAG_ROW]; /* best tag before */
    row follows[OCS_TAG_COUNT];   /* [before][tag]: exp of the weight, 0 where it may not be */
    row before[OCS_TAG_COUNT];    /* the same by [tag][before] */
    uint8_t *best;
} line;

static size_t longest_line(const ocs_tag_words *words)
{
    size_t longest = 0;
    for (size_t from = 0, to; from < words->n; from = to) {
        to = ocs_tag_line_end(words->scan, from);
        longest = to - from > longest ? to - from : longest;
    }
    return longest;
}

static bool line_new(const ocs_tagger *tagger, const ocs_tag_words *words, line *l)
{
    ocs_arena *arena = words->scan->arena;
    size_t longest = longest_line(words);
    *l = (line){.score = ocs_arena_array(arena, longest, sizeof *l->score),
                .forward = ocs_arena_array(arena, longest, sizeof *l->forward),
                .chance = ocs_arena_array(arena, longest, sizeof *l->chance),
                .from = ocs_arena_array(arena, longest, sizeof *l->from),
                .best = ocs_arena_array(arena, longest, 1)};
    for (unsigned a = 0; a < OCS_TAG_COUNT; a++)
        for (unsigned b = 0; b < OCS_TAG_COUNT; b++)
            l->follows[a].of[b] = l->before[b].of[a] =
                ocs_tag_follows(a, b) ? expf((float)tagger->follows[a][b] * tagger->unit) : 0;
    return l->score && l->forward && l->chance && l->from && l->best;
}

/* Sums of rows: every other byte of them in lanes of sixteen bits, which hold OCS_TAG_FEATURES of
 * them. */
typedef struct sums {
    uint64_t even, odd;
    int rows;
} sums;

static inline void add_feature(const ocs_tagger *tagger, uint32_t feature, sums *sum)
{
    const uint64_t lanes = UINT64_C(0x00FF00FF00FF00FF);
    uint32_t mask = tagger->n_slots - 1;
    for (uint32_t i = feature & mask; tagger->slots[i] != 0; i = (i + 1) & mask) {
        uint32_t at = tagger->slots[i] - 1u;
        if (tagger->keys[at] != feature)
            continue;
        sum->even += tagger->rows[at] & lanes;
        sum->odd += tagger->rows[at] >> 8 & lanes;
        sum->rows++;
        return;
    }
}

/* Of ${n} features keep those that may have a row; how many.  Without a branch, so that one look at
 * memory does not wait for the other. */
static size_t keep_likely(const ocs_tagger *tagger, uint32_t *features, size_t n)
{
    size_t kept = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t feature = features[k];
        features[kept] = feature;
        kept += tagger->slots[feature & (tagger->n_slots - 1)] != 0;
    }
    return kept;
}

static int sum_of(const sums *sum, unsigned tag)
{
    uint64_t lanes = tag % 2 == 0 ? sum->even : sum->odd;
    return (int)(lanes >> tag / 2 * 16 & 0xFFFF) - sum->rows * OCS_TAG_BIAS;
}

/* In no name, whatever its features: outside is all it may be. */
static bool far(const ocs_tag_word *word)
{
    return word->far > OCS_TAG_NEAR;
}

static void score_line(const ocs_tagger *tagger, const ocs_tag_words *words, size_t from, size_t to,
                       line *l)
{
    uint32_t features[OCS_TAG_FEATURES];
    for (size_t i = from; i < to; i++) {
        if (far(&words->at[i]))
            continue;
        sums sum = {0};
        size_t n = ocs_tag_features(words, from, to, i, features);
        n = keep_likely(tagger, features, n);
        for (size_t k = 0; k < n; k++)
            add_feature(tagger, features[k], &sum);
        for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
            l->score[i - from].of[tag] = (float)sum_of(&sum, tag) * tagger->unit;
    }
}

/* exp of the scores, the largest of a word made 1, 0 for what is not allowed. */
static void exponents(line *l, const ocs_tag_word *words, const uint8_t *allowed, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        float *score = l->score[i].of, most = -1e30f;
        if (far(&words[i])) {
            l->score[i] = (row){.of = {[OCS_TAG_O] = 1}};
            continue;
        }
        for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
            if ((allowed[i] >> tag & 1u) && score[tag] > most)
                most = score[tag];
        for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
            score[tag] = allowed[i] >> tag & 1u ? expf(score[tag] - most) : 0;
    }
}

static inline row times(row a, row b)
{
    for
        EACH_HALF(h)
    a.half[h] *= b.half[h];
    return a;
}

/* So that the sum is 1, unless it is 0. */
static inline row scaled(row r)
{
    float sum = 0;
    for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
        sum += r.of[tag];
    if (!(sum > 0))
        return r;
    for
        EACH_HALF(h)
    r.half[h] /= sum;
    return r;
}

/* What flows to each tag from those of the word before. */
static inline row spread(const line *l, const row *before)
{
    row sum = {{0}};
    for (unsigned a = 0; a < OCS_TAG_COUNT; a++)
        for
            EACH_HALF(h)
    sum.half[h] += before->of[a] * l->follows[a].half[h];
    return sum;
}

/* What flows back to the tags of the word before a word of these scores. */
static inline row spread_back(const line *l, const row *score, const row *back, unsigned tags)
{
    row sum = {{0}};
    for (unsigned b = 0; b < tags; b++)
        for
            EACH_HALF(h)
    sum.half[h] += l->before[b].half[h] * score->of[b] * back->of[b];
    return sum;
}

static void go_forward(line *l, const ocs_tag_word *words, size_t n)
{
    const row start = {.of = {[OCS_TAG_O] = 1}};
    for (size_t i = 0; i < n; i++) {
        const row *before = i == 0 ? &start : &l->forward[i - 1];
        if (far(&words[i]) && before->of[OCS_TAG_O] == 1)
            l->forward[i] = start; /* outside follows outside */
        else
            l->forward[i] = scaled(times(spread(l, before), l->score[i]));
    }
}

static void go_back(line *l, const ocs_tag_word *words, size_t n)
{
    row back = {.of = {1, 1, 1, 1, 1, 1, 1}};
    for (size_t i = n; i-- > 0;) {
        l->chance[i] = scaled(times(l->forward[i], back));
        back = scaled(spread_back(l, &l->score[i], &back, far(&words[i]) ? 1 : OCS_TAG_COUNT));
    }
}

/* The largest product of ${here} and an edge for each tag, and in ${from} the tag before the edge;
 * ${outside}: all of ${here} but the first is 0. */
static inline row step(const line *l, const row *here, bool outside, uint8_t from[OCS_TAG_ROW])
{
    row most;
    union {
        int32_t of[OCS_TAG_ROW];
        quad_mask half[OCS_TAG_ROW / 4];
    } best = {{0}};
    for
        EACH_HALF(h)
    most.half[h] = here->of[OCS_TAG_O] * l->follows[OCS_TAG_O].half[h];
    for (unsigned a = 1; a < OCS_TAG_COUNT && !outside; a++)
        for
            EACH_HALF(h)
            {
                quad product = here->of[a] * l->follows[a].half[h];
                quad_mask more = product > most.half[h];
                best.half[h] = (more & (int32_t)a) | (~more & best.half[h]);
                most.half[h] =
                    (quad)((more & (quad_mask)product) | (~more & (quad_mask)most.half[h]));
            }
    for (unsigned b = 0; b < OCS_TAG_ROW; b++)
        from[b] = (uint8_t)best.of[b];
    return most;
}

/* Best path over products, scaled like the sums. */
static void best_path(line *l, const ocs_tag_word *words, size_t n)
{
    row here = {.of = {[OCS_TAG_O] = 1}};
    for (size_t i = 0; i < n; i++) {
        bool outside = i == 0 || far(&words[i - 1]);
        here = times(step(l, &here, outside, l->from[i]), l->score[i]);
        here = i > 0 ? scaled(here) : here;
    }
    unsigned tag = 0;
    for (unsigned b = 1; b < OCS_TAG_COUNT; b++)
        tag = here.of[b] > here.of[tag] ? b : tag;
    for (size_t i = n; i-- > 0;) {
        l->best[i] = (uint8_t)tag;
        tag = l->from[i][tag];
    }
}

static bool take_names(const line *l, size_t from, size_t n, ocs_arena *arena,
                       ocs_tagged_names *out)
{
    for (size_t i = 0; i < n;) {
        size_t to = i + 1;
        if (l->best[i] == OCS_TAG_O) {
            i = to;
            continue;
        }
        float least = l->chance[i].of[l->best[i]];
        for (; to < n && ocs_tag_goes_on(l->best[to]); to++)
            least = fminf(least, l->chance[to].of[l->best[to]]);
        ocs_tagged *name = ocs_vec_push(arena, out);
        if (!name)
            return false;
        *name = (ocs_tagged){ocs_tag_type(l->best[i]), (uint32_t)(from + i), (uint32_t)(from + to),
                             (uint8_t)(least * 100.0f)};
        i = to;
    }
    return true;
}

bool ocs_tagger_run(const ocs_tagger *tagger, const ocs_tag_words *words, const uint8_t *allowed,
                    uint8_t *outside, ocs_tagged_names *out)
{
    line l;
    *out = (ocs_tagged_names){0};
    if (tagger->n_rows == 0)
        return true;
    if (!line_new(tagger, words, &l))
        return false;
    for (size_t from = 0, to; from < words->n; from = to) {
        to = ocs_tag_line_end(words->scan, from);
        score_line(tagger, words, from, to, &l);
        exponents(&l, words->at + from, allowed + from, to - from);
        go_forward(&l, words->at + from, to - from);
        go_back(&l, words->at + from, to - from);
        best_path(&l, words->at + from, to - from);
        for (size_t i = from; i < to; i++)
            outside[i] = (uint8_t)(l.chance[i - from].of[OCS_TAG_O] * 100.0f);
        if (!take_names(&l, from, to - from, words->scan->arena, out))
            return false;
    }
    return true;
}
