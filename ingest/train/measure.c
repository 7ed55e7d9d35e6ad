/* A text is turned into the sorted hashes of its runs; two sorted lists are compared in step. */
#include "ingest/train/measure.h"

#include <math.h>
#include <stdlib.h>

enum { RUN = 4, DRAWS = 300 };

typedef struct bag {
    uint64_t *at;
    size_t n;
} bag;

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool in_word(uint32_t point)
{
    bool mark = point >= 0x300 && point <= 0x36F;
    return point == '_' || (ocs_point_letter(point) && !mark) || ocs_point_digit(point);
}

/* The hashes of the words in their order. */
static bool split_words(ocs_str text, bool fold, ocs_arena *arena, bag *out)
{
    *out = (bag){.at = ocs_arena_array(arena, text.n + 1, sizeof *out->at)};
    uint64_t hash = 0;
    bool open = false;
    for (size_t at = 0; out->at && at < text.n;) {
        uint32_t point;
        at += ocs_utf8_at(text, at, &point);
        bool word = in_word(point);
        if (word)
            hash = ocs_hash_mix(open ? hash : 0, fold ? ocs_point_lower(point) : point);
        if (open && !word)
            out->at[out->n++] = hash;
        open = word;
    }
    if (open)
        out->at[out->n++] = hash;
    return out->at != NULL;
}

/* Words to runs of ${length} in place; a shorter text is one run. */
static void join_runs(bag *b, size_t length)
{
    size_t n = b->n >= length ? b->n - length + 1 : b->n > 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t hash = 0;
        for (size_t k = i; k < i + length && k < b->n; k++)
            hash = ocs_hash_mix(hash, b->at[k]);
        b->at[i] = hash;
    }
    b->n = n;
}

static bool collect(ocs_measure measure, ocs_str text, ocs_arena *arena, bag *out)
{
    if (!split_words(text, measure == OCS_MEASURE_WORDS, arena, out))
        return false;
    if (measure == OCS_MEASURE_RUNS)
        join_runs(out, RUN);
    qsort(out->at, out->n, sizeof *out->at, by_value);
    return true;
}

bool ocs_overlap_of(ocs_measure measure, ocs_str want, ocs_str got, ocs_arena *arena,
                    ocs_overlap *out)
{
    bag w, g;
    if (!collect(measure, want, arena, &w) || !collect(measure, got, arena, &g))
        return false;
    *out = (ocs_overlap){0};
    for (size_t i = 0, k = 0; i < w.n && k < g.n;) {
        out->both += w.at[i] == g.at[k];
        bool step_want = w.at[i] <= g.at[k], step_got = g.at[k] <= w.at[i];
        i += step_want;
        k += step_got;
    }
    out->surplus = g.n - out->both;
    out->missed = w.n - out->both;
    return true;
}

/* ---- over pages ---- */

static double ratio(uint64_t hit, uint64_t miss, uint64_t other)
{
    if (hit + miss == 0)
        return other == 0 ? 1.0 : 0.0;
    return (double)hit / (double)(hit + miss);
}

static double harmonic(double p, double r)
{
    return p + r > 0 ? 2 * p * r / (p + r) : 0;
}

double ocs_overlap_f1(const ocs_overlap *o)
{
    return harmonic(ratio(o->both, o->surplus, o->missed), ratio(o->both, o->missed, o->surplus));
}

/* Pages ${drawn}, or all when that is NULL. */
static ocs_score average(ocs_measure measure, const ocs_overlap *pages, size_t n,
                         const size_t *drawn)
{
    ocs_score s = {0};
    double with_output = 0, with_gold = 0;
    bool all = measure == OCS_MEASURE_WORDS;
    for (size_t i = 0; i < n; i++) {
        const ocs_overlap *o = &pages[drawn ? drawn[i] : i];
        bool output = all || o->both + o->surplus > 0, gold = all || o->both + o->missed > 0;
        s.precision += output ? ratio(o->both, o->surplus, o->missed) : 0;
        s.recall += gold ? ratio(o->both, o->missed, o->surplus) : 0;
        s.f1 += ocs_overlap_f1(o);
        with_output += output;
        with_gold += gold;
    }
    s.precision /= with_output > 0 ? with_output : 1;
    s.recall /= with_gold > 0 ? with_gold : 1;
    s.f1 = all ? s.f1 / (n > 0 ? (double)n : 1) : harmonic(s.precision, s.recall);
    return s;
}

ocs_score ocs_score_of(ocs_measure measure, const ocs_overlap *pages, size_t n)
{
    ocs_score score = average(measure, pages, n, NULL);
    size_t *drawn = calloc(n + 1, sizeof *drawn);
    double sum = 0, squares = 0;
    uint64_t chance = 1;
    for (size_t draw = 0; drawn && draw < DRAWS; draw++) {
        for (size_t i = 0; i < n; i++) {
            chance = ocs_hash_mix(chance, i + 1);
            drawn[i] = (size_t)(chance % n);
        }
        double f1 = average(measure, pages, n, drawn).f1;
        sum += f1;
        squares += f1 * f1;
    }
    double variance = squares / DRAWS - sum / DRAWS * (sum / DRAWS);
    score.error = drawn && variance > 0 ? sqrt(variance) : 0;
    free(drawn);
    return score;
}
