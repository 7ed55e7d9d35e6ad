#include "ingest/train/tagcrf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { T = OCS_TAG_COUNT, WORDS = 2048 };

/* What dual averaging remembers of each weight: the sum of its gradients and of their squares. */
typedef struct learner {
    float *sum, *square;
    float *weight;
    uint32_t n_features;
    double rate, l1;
    uint64_t step;
    float (*score)[T], (*alpha)[T], (*beta)[T];
    float (*wanted)[T], (*expected)[T];
    float follows[T][T], follows_wanted[T][T], follows_expected[T][T];
} learner;

static float weight_of(const learner *l, size_t i)
{
    float mean = l->sum[i], bar = (float)(l->l1 * (double)l->step);
    float over = fabsf(mean) - bar;
    if (over <= 0 || l->square[i] <= 0)
        return 0;
    float size = (float)l->rate * over / sqrtf(l->square[i]);
    return mean > 0 ? size : -size;
}

static void refresh(learner *l, const ocs_tag_line *line)
{
    const uint32_t *feature = line->features;
    for (uint32_t i = 0; i < line->n; i++) {
        memset(l->score[i], 0, sizeof l->score[i]);
        for (uint16_t k = 0; k < line->counts[i]; k++, feature++)
            for (size_t tag = 0; tag < T; tag++)
                l->score[i][tag] += weight_of(l, (size_t)*feature * T + tag);
    }
    for (size_t a = 0; a < T; a++)
        for (size_t b = 0; b < T; b++)
            l->follows[a][b] = ocs_tag_follows((unsigned)a, (unsigned)b)
                                   ? expf(weight_of(l, (l->n_features + a) * T + b))
                                   : 0;
    for (uint32_t i = 0; i < line->n; i++) {
        float most = l->score[i][0];
        for (size_t tag = 1; tag < T; tag++)
            most = fmaxf(most, l->score[i][tag]);
        for (size_t tag = 0; tag < T; tag++)
            l->score[i][tag] = expf(l->score[i][tag] - most);
    }
}

static void scale(float row[T])
{
    float sum = 0;
    for (size_t tag = 0; tag < T; tag++)
        sum += row[tag];
    for (size_t tag = 0; tag < T && sum > 0; tag++)
        row[tag] /= sum;
}

static float held(const learner *l, const uint8_t *allowed, uint32_t i, size_t tag)
{
    return !allowed || allowed[i] >> tag & 1u ? l->score[i][tag] : 0;
}

static void forward(learner *l, uint32_t n, const uint8_t *allowed)
{
    for (uint32_t i = 0; i < n; i++) {
        for (size_t b = 0; b < T; b++) {
            float sum = i == 0 ? l->follows[OCS_TAG_O][b] : 0;
            for (size_t a = 0; i > 0 && a < T; a++)
                sum += l->alpha[i - 1][a] * l->follows[a][b];
            l->alpha[i][b] = sum * held(l, allowed, i, b);
        }
        scale(l->alpha[i]);
    }
}

static void backward(learner *l, uint32_t n, const uint8_t *allowed)
{
    for (size_t tag = 0; tag < T; tag++)
        l->beta[n - 1][tag] = 1;
    for (uint32_t i = n - 1; i-- > 0;) {
        for (size_t a = 0; a < T; a++) {
            l->beta[i][a] = 0;
            for (size_t b = 0; b < T; b++)
                l->beta[i][a] += l->follows[a][b] * held(l, allowed, i + 1, b) * l->beta[i + 1][b];
        }
        scale(l->beta[i]);
    }
}

/* How often each tag and each pair is to be expected. */
static void expect(learner *l, uint32_t n, const uint8_t *allowed, float (*tags)[T],
                   float pairs[T][T])
{
    forward(l, n, allowed);
    backward(l, n, allowed);
    memset(pairs, 0, sizeof(float) * T * T);
    for (uint32_t i = 0; i < n; i++) {
        for (size_t tag = 0; tag < T; tag++)
            tags[i][tag] = l->alpha[i][tag] * l->beta[i][tag];
        scale(tags[i]);
        float pair[T][T], sum = 0;
        for (size_t a = 0; a < T; a++)
            for (size_t b = 0; b < T; b++) {
                float before = i == 0 ? (a == OCS_TAG_O ? 1.0f : 0.0f) : l->alpha[i - 1][a];
                pair[a][b] = before * l->follows[a][b] * held(l, allowed, i, b) * l->beta[i][b];
                sum += pair[a][b];
            }
        for (size_t a = 0; a < T && sum > 0; a++)
            for (size_t b = 0; b < T; b++)
                pairs[a][b] += pair[a][b] / sum;
    }
}

static void add(learner *l, size_t i, float gradient)
{
    l->sum[i] += gradient;
    l->square[i] += gradient * gradient;
}

static void learn_line(learner *l, const ocs_tag_line *line)
{
    const float least = 1e-4f;
    refresh(l, line);
    expect(l, line->n, NULL, l->expected, l->follows_expected);
    expect(l, line->n, line->allowed, l->wanted, l->follows_wanted);
    l->step++;
    const uint32_t *feature = line->features;
    for (uint32_t i = 0; i < line->n; i++)
        for (uint16_t k = 0; k < line->counts[i]; k++, feature++)
            for (size_t tag = 0; tag < T; tag++) {
                float gradient = l->wanted[i][tag] - l->expected[i][tag];
                if (gradient > least || gradient < -least)
                    add(l, (size_t)*feature * T + tag, gradient);
            }
    for (size_t a = 0; a < T; a++)
        for (size_t b = 0; b < T; b++)
            add(l, (l->n_features + a) * T + b,
                l->follows_wanted[a][b] - l->follows_expected[a][b]);
}

/* The same order every time the trainer runs, another one in each epoch. */
static void shuffle(uint32_t *order, size_t n, uint64_t *state)
{
    for (size_t i = n; i > 1; i--) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        size_t k = (size_t)((*state >> 33) % i);
        uint32_t other = order[k];
        order[k] = order[i - 1];
        order[i - 1] = other;
    }
}

static bool learner_new(learner *l, uint32_t n_features, const ocs_tag_options *options)
{
    size_t n = ((size_t)n_features + T) * T;
    *l = (learner){.n_features = n_features, .rate = options->rate, .l1 = options->l1};
    l->sum = calloc(n, sizeof *l->sum);
    l->square = calloc(n, sizeof *l->square);
    l->score = calloc(WORDS, sizeof *l->score);
    l->alpha = calloc(WORDS, sizeof *l->alpha);
    l->beta = calloc(WORDS, sizeof *l->beta);
    l->wanted = calloc(WORDS, sizeof *l->wanted);
    l->expected = calloc(WORDS, sizeof *l->expected);
    return l->sum && l->square && l->score && l->alpha && l->beta && l->wanted && l->expected;
}

static void learner_clear(learner *l)
{
    free(l->sum);
    free(l->square);
    free(l->score);
    free(l->alpha);
    free(l->beta);
    free(l->wanted);
    free(l->expected);
}

bool ocs_tag_train(const ocs_tag_line *lines, size_t n, uint32_t n_features,
                   const ocs_tag_options *options, float *weights)
{
    learner l;
    uint64_t state = 1;
    uint32_t *order = calloc(n + 1, sizeof *order);
    bool fine = learner_new(&l, n_features, options) && order;
    for (uint32_t i = 0; fine && i < n; i++)
        order[i] = i;
    for (unsigned epoch = 0; fine && epoch < options->epochs; epoch++) {
        shuffle(order, n, &state);
        for (size_t i = 0; i < n; i++)
            learn_line(&l, &lines[order[i]]);
    }
    for (size_t i = 0; fine && i < ((size_t)n_features + T) * T; i++)
        weights[i] = weight_of(&l, i);
    learner_clear(&l);
    free(order);
    return fine;
}
