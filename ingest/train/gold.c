#include "ingest/train/gold.h"

#include <stdlib.h>

enum { RUN = 4 };

typedef struct runs {
    uint64_t *at; /* sorted hashes of runs of 1 to RUN words */
    size_t n;
} runs;

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static uint64_t run_hash(const ocs_tokens *t, size_t from, size_t words)
{
    uint64_t hash = words;
    for (size_t i = from; i < from + words; i++)
        hash = ocs_hash_mix(hash, t->at[i].hash);
    return hash;
}

static bool collect(ocs_str gold, ocs_arena *arena, runs *out)
{
    ocs_tokens t;
    if (!ocs_tokenize(arena, gold, &t))
        return false;
    out->at = ocs_arena_array(arena, t.n * RUN + 1, sizeof *out->at);
    for (size_t i = 0; out->at && i < t.n; i++)
        for (size_t words = 1; words <= RUN && i + words <= t.n; words++)
            out->at[out->n++] = run_hash(&t, i, words);
    if (out->at)
        qsort(out->at, out->n, sizeof *out->at, by_value);
    return out->at != NULL;
}

static bool holds(const runs *r, uint64_t hash)
{
    return bsearch(&hash, r->at, r->n, sizeof hash, by_value) != NULL;
}

/* The words of all blocks, one behind the other. */
typedef struct stream {
    ocs_tokens *blocks; /* of each block */
    uint64_t *hash;     /* of each word */
    bool *covered;      /* the word is in a run that stands in the gold text, across blocks */
    size_t n;
} stream;

static bool read_stream(const ocs_blocks *blocks, ocs_arena *arena, stream *out)
{
    size_t words = 0, n = blocks->n;
    *out = (stream){.blocks = ocs_arena_array(arena, n + 1, sizeof *out->blocks)};
    for (size_t i = 0; out->blocks && i < n; i++) {
        if (!ocs_tokenize(arena, ocs_block_words(blocks, &blocks->at[i]), &out->blocks[i]))
            return false;
        words += out->blocks[i].n;
    }
    out->hash = ocs_arena_array(arena, words + 1, sizeof *out->hash);
    out->covered = ocs_arena_array(arena, words + 1, sizeof *out->covered);
    if (!out->blocks || !out->hash || !out->covered)
        return false;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < out->blocks[i].n; k++)
            out->hash[out->n++] = out->blocks[i].at[k].hash;
    return true;
}

static void cover(const runs *r, stream *s)
{
    for (size_t i = 0; i + RUN <= s->n; i++) {
        uint64_t hash = RUN;
        for (size_t k = i; k < i + RUN; k++)
            hash = ocs_hash_mix(hash, s->hash[k]);
        if (holds(r, hash))
            memset(s->covered + i, true, RUN * sizeof *s->covered);
    }
}

/* Share of the block's runs that the gold text holds. */
static double share_of_runs(const runs *r, const ocs_tokens *t)
{
    size_t hits = 0, all = t->n - RUN + 1;
    for (size_t i = 0; i < all; i++)
        hits += holds(r, run_hash(t, i, RUN));
    return (double)hits / (double)all;
}

/* Of a block too short for a run: 1 when the runs that it has with its neighbours stand in the gold
 * text, as the cells of a table do; -1 when its words stand there by themselves. */
static double share_of_short(const runs *r, const ocs_tokens *t, const bool *covered)
{
    size_t hits = 0;
    for (size_t i = 0; i < t->n; i++)
        hits += covered[i];
    if (t->n == 0)
        return 0;
    return hits == t->n ? 1 : holds(r, run_hash(t, 0, t->n)) ? -1 : 0;
}

static bool content_near(const double *shares, size_t n, size_t i)
{
    size_t from = i > 3 ? i - 3 : 0, to = i + 4 < n ? i + 4 : n;
    for (size_t k = from; k < to; k++)
        if (shares[k] >= 0.5)
            return true;
    return false;
}

bool ocs_gold_label(const ocs_blocks *blocks, ocs_str gold, ocs_arena *arena, float *labels,
                    float *weights)
{
    runs r = {0};
    stream s;
    double *shares = ocs_arena_array(arena, blocks->n + 1, sizeof *shares), total = 0;
    if (!shares || !collect(gold, arena, &r) || !read_stream(blocks, arena, &s))
        return false;
    cover(&r, &s);
    for (size_t i = 0, word = 0; i < blocks->n; word += s.blocks[i++].n) {
        const ocs_tokens *t = &s.blocks[i];
        shares[i] = t->n < RUN ? share_of_short(&r, t, s.covered + word) : share_of_runs(&r, t);
        weights[i] = t->n < OCS_GOLD_WORDS ? (float)t->n : (float)OCS_GOLD_WORDS;
        total += weights[i];
    }
    for (size_t i = 0; i < blocks->n; i++) {
        bool short_hit = shares[i] < 0 && content_near(shares, blocks->n, i);
        labels[i] = shares[i] >= 0.5 || short_hit ? 1.0f : 0.0f;
        weights[i] *= total > 0 ? (float)(OCS_GOLD_PAGE_WEIGHT / total) : 0.0f;
    }
    return true;
}
