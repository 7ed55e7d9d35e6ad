/* One pass a line: the score of each tag of each word, sums forward and backward in the
 * probability domain (for confidence), and the best path. */
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

/* One line's working memory, used again for every line. */
typedef struct line {
    float (*score)[OCS_TAG_COUNT];               /* of each word and tag */
    float (*forward)[OCS_TAG_COUNT];             /* probabilities, scaled */
    float (*chance)[OCS_TAG_COUNT];              /* that the word has the tag */
    uint8_t (*from)[OCS_TAG_COUNT];              /* best tag before */
    float follows[OCS_TAG_COUNT][OCS_TAG_COUNT]; /* exp of the weight, 0 where it may not be */
    uint8_t *best;
} line;

static bool line_new(const ocs_tagger *tagger, ocs_arena *arena, line *l)
{
    l->score = ocs_arena_array(arena, LINE_WORDS_MAX, sizeof *l->score);
    l->forward = ocs_arena_array(arena, LINE_WORDS_MAX, sizeof *l->forward);
    l->chance = ocs_arena_array(arena, LINE_WORDS_MAX, sizeof *l->chance);
    l->from = ocs_arena_array(arena, LINE_WORDS_MAX, sizeof *l->from);
    l->best = ocs_arena_array(arena, LINE_WORDS_MAX, 1);
    if (!l->score || !l->forward || !l->chance || !l->from || !l->best)
        return false;
    for (unsigned a = 0; a < OCS_TAG_COUNT; a++)
        for (unsigned b = 0; b < OCS_TAG_COUNT; b++)
            l->follows[a][b] =
                ocs_tag_follows(a, b) ? expf((float)tagger->follows[a][b] * tagger->unit) : 0;
    return true;
}

static void add_feature(const ocs_tagger *tagger, uint32_t feature, int32_t sum[OCS_TAG_ROW])
{
    uint32_t mask = tagger->n_slots - 1;
    for (uint32_t i = feature & mask; tagger->slots[i] != 0; i = (i + 1) & mask) {
        uint32_t row = tagger->slots[i] - 1u;
        if (tagger->keys[row] != feature)
            continue;
        for (unsigned tag = 0; tag < OCS_TAG_ROW; tag++)
            sum[tag] += tagger->rows[row][tag];
        return;
    }
}

static void score_line(const ocs_tagger *tagger, const ocs_tag_words *words, size_t from, size_t to,
                       line *l)
{
    uint32_t features[OCS_TAG_FEATURES];
    for (size_t i = from; i < to; i++) {
        memset(l->score[i - from], 0, sizeof l->score[i - from]);
        if (words->at[i].far > OCS_TAG_NEAR)
            continue;
        int32_t sum[OCS_TAG_ROW] = {0};
        size_t n = ocs_tag_features(words, from, to, i, features);
        for (size_t k = 0; k < n; k++)
            add_feature(tagger, features[k], sum);
        for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
            l->score[i - from][tag] = (float)sum[tag] * tagger->unit;
    }
}

/* exp of the scores, the largest of a word made 1, 0 for what is not allowed. */
static void exponents(line *l, const ocs_tag_word *words, const uint8_t *allowed, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (words[i].far > OCS_TAG_NEAR) {
            l->score[i][OCS_TAG_O] = 1;
            continue;
        }
        float most = -1e30f;
        for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
            if (allowed[i] >> tag & 1u)
                most = fmaxf(most, l->score[i][tag]);
        for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
            l->score[i][tag] = allowed[i] >> tag & 1u ? expf(l->score[i][tag] - most) : 0;
    }
}

static void scale(float row[OCS_TAG_COUNT])
{
    float sum = 0;
    for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
        sum += row[tag];
    for (unsigned tag = 0; tag < OCS_TAG_COUNT && sum > 0; tag++)
        row[tag] /= sum;
}

static void chances(line *l, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        for (unsigned b = 0; b < OCS_TAG_COUNT; b++) {
            float sum = i == 0 ? l->follows[OCS_TAG_O][b] : 0;
            for (unsigned a = 0; i > 0 && a < OCS_TAG_COUNT; a++)
                sum += l->forward[i - 1][a] * l->follows[a][b];
            l->forward[i][b] = sum * l->score[i][b];
        }
        scale(l->forward[i]);
    }
    float back[OCS_TAG_COUNT] = {1, 1, 1, 1, 1, 1, 1};
    for (size_t i = n; i-- > 0;) {
        float before[OCS_TAG_COUNT] = {0};
        for (unsigned b = 0; b < OCS_TAG_COUNT; b++) {
            l->chance[i][b] = l->forward[i][b] * back[b];
            for (unsigned a = 0; a < OCS_TAG_COUNT; a++)
                before[a] += l->follows[a][b] * l->score[i][b] * back[b];
        }
        scale(l->chance[i]);
        scale(before);
        memcpy(back, before, sizeof back);
    }
}

/* Best path over products, scaled like the sums. */
static void best_path(line *l, size_t n)
{
    float here[OCS_TAG_COUNT], next[OCS_TAG_COUNT];
    for (unsigned b = 0; b < OCS_TAG_COUNT; b++)
        here[b] = l->follows[OCS_TAG_O][b] * l->score[0][b];
    for (size_t i = 1; i < n; i++) {
        for (unsigned b = 0; b < OCS_TAG_COUNT; b++) {
            unsigned best = 0;
            for (unsigned a = 1; a < OCS_TAG_COUNT; a++)
                if (here[a] * l->follows[a][b] > here[best] * l->follows[best][b])
                    best = a;
            l->from[i][b] = (uint8_t)best;
            next[b] = here[best] * l->follows[best][b] * l->score[i][b];
        }
        scale(next);
        memcpy(here, next, sizeof here);
    }
    unsigned tag = 0;
    for (unsigned b = 1; b < OCS_TAG_COUNT; b++)
        tag = here[b] > here[tag] ? b : tag;
    for (size_t i = n; i-- > 0;) {
        l->best[i] = (uint8_t)tag;
        tag = i > 0 ? l->from[i][tag] : tag;
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
        float least = l->chance[i][l->best[i]];
        for (; to < n && ocs_tag_goes_on(l->best[to]); to++)
            least = fminf(least, l->chance[to][l->best[to]]);
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
    ocs_arena *arena = words->scan->arena;
    line l;
    *out = (ocs_tagged_names){0};
    if (tagger->n_rows == 0)
        return true;
    if (!line_new(tagger, arena, &l))
        return false;
    for (size_t from = 0, to; from < words->n; from = to) {
        to = ocs_tag_line_end(words->scan, from);
        score_line(tagger, words, from, to, &l);
        exponents(&l, words->at + from, allowed + from, to - from);
        chances(&l, to - from);
        best_path(&l, to - from);
        for (size_t i = from; i < to; i++)
            outside[i] = (uint8_t)(l.chance[i - from][OCS_TAG_O] * 100.0f);
        if (!take_names(&l, from, to - from, arena, out))
            return false;
    }
    return true;
}
