/* A run is found by binary search over where the runs start in the text; the bytes behind a stretch
 * of text are the hull of what its runs give, each run cut to the stretch in whole units. */
#include "corpus/origin.h"

typedef struct hull {
    ocs_span raw;
    size_t last; /* where the piece before ended in the page */
    bool some;   /* a piece that the page holds has been seen */
    bool exact;
} hull;

static size_t run_end(const ocs_run *run)
{
    return (size_t)run->text + run->length;
}

/* The last run that starts at or before byte ${text}; the first one if none does. */
static size_t run_at(ocs_origin origin, size_t text)
{
    size_t low = 0, high = origin.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (origin.runs[middle].text <= text)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static size_t units_up(size_t bytes, size_t unit)
{
    return bytes / unit + (bytes % unit != 0);
}

/* The page's bytes behind [from, to) of the text, which lies within ${run}; whole units, so that a
 * cut through one is not exact. */
static ocs_span piece_of(const ocs_run *run, size_t from, size_t to, bool *exact)
{
    if (run->inexact) {
        *exact = false;
        return (ocs_span){run->raw, (size_t)run->raw + run->raw_length};
    }
    size_t unit = run->text_unit > 0 ? run->text_unit : 1;
    size_t head = from - run->text, tail = to - run->text;
    if (head % unit != 0 || tail % unit != 0)
        *exact = false;
    return (ocs_span){run->raw + head / unit * run->raw_unit,
                      run->raw + units_up(tail, unit) * run->raw_unit};
}

/* Pieces that run backwards in the page leave foreign bytes between them, which is not exact. */
static void hull_add(hull *h, ocs_span piece)
{
    if (!h->some) {
        h->raw = piece;
        h->some = true;
    } else {
        h->exact = h->exact && piece.from >= h->last;
        h->raw.from = piece.from < h->raw.from ? piece.from : h->raw.from;
        h->raw.to = piece.to > h->raw.to ? piece.to : h->raw.to;
    }
    h->last = piece.to;
}

ocs_span ocs_origin_raw(ocs_origin origin, ocs_span at, bool *exact)
{
    hull h = {.exact = true};
    size_t gap = 0; /* where text that the page does not hold stands */
    for (size_t i = origin.n > 0 ? run_at(origin, at.from) : 0; i < origin.n; i++) {
        const ocs_run *run = &origin.runs[i];
        size_t from = run->text > at.from ? run->text : at.from;
        size_t to = run_end(run) < at.to ? run_end(run) : at.to;
        if (run->text >= at.to)
            break;
        if (from >= to)
            continue;
        ocs_span piece = piece_of(run, from, to, &h.exact);
        if (piece.from < piece.to)
            hull_add(&h, piece);
        else
            gap = piece.from;
    }
    if (exact)
        *exact = h.exact && origin.n > 0;
    return h.some ? h.raw : (ocs_span){gap, gap};
}

static bool same_units(const ocs_run *a, const ocs_run *b)
{
    return a->text_unit == b->text_unit && a->raw_unit == b->raw_unit && a->inexact == b->inexact;
}

/* Does ${run} go on where ${before} ends, in the text and in the page? */
static bool continues(const ocs_run *before, const ocs_run *run)
{
    if (!same_units(before, run) || run_end(before) != run->text ||
        run->length > UINT32_MAX - before->length)
        return false;
    if (run->inexact)
        return run->raw == before->raw && run->raw_length == before->raw_length;
    if (run->text_unit == 0 || before->length % before->text_unit != 0)
        return false;
    uint64_t raw = (uint64_t)before->length / before->text_unit * before->raw_unit;
    return before->raw + raw == run->raw;
}

bool ocs_origin_add(ocs_arena *arena, ocs_origin_builder *builder, ocs_run run)
{
    if (run.length == 0)
        return true;
    if (!run.inexact)
        run.raw_length = 0;
    size_t n = builder->runs.n;
    if (n > 0 && continues(&builder->runs.at[n - 1], &run)) {
        builder->runs.at[n - 1].length += run.length;
        return true;
    }
    ocs_run *added = ocs_vec_push(arena, &builder->runs);
    if (!added)
        return false;
    *added = run;
    return true;
}

ocs_origin ocs_origin_of(const ocs_origin_builder *builder)
{
    return (ocs_origin){builder->runs.at, builder->runs.n};
}
