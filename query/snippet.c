/* Every match is the anchor of one window of text (query/passage.h).  Windows are chosen one after
 * the other: the one whose marks not shown yet weigh most, then the one whose marks weigh most, then
 * a whole sentence before a cut one, then the one with the most matches, then the earliest.  The
 * title, which is shown by itself, is no anchor where anything else matches. */
#include "query/snippet.h"

typedef struct window {
    ocs_passage passage;
    size_t first; /* its first match */
    bool chosen;
} window;

typedef struct worth {
    double fresh, all; /* weights of the marks in it, those not shown yet and all */
    bool whole;
    size_t matches;
} worth;

typedef struct cutter {
    const ocs_document *document;
    const ocs_matches *matches;
    const ocs_snippet_marks *marks;
    ocs_arena *arena;
    ocs_sentences sentences; /* of the text */
    window *windows;         /* one for each match, empty for what is no anchor */
    window **chosen;         /* at most as many as are wanted */
    size_t n_chosen;
    bool *shown;   /* mark -> stands in a chosen window */
    size_t *round; /* mark -> when it was last counted */
    size_t rounds;
} cutter;

/* ---- choice ---- */

static bool within(const ocs_match *match, const window *w)
{
    return match->at.from >= w->passage.at.from && match->at.to <= w->passage.at.to;
}

static double weight_of(const cutter *c, size_t mark)
{
    return c->marks->weights ? c->marks->weights[mark] : 1;
}

static worth worth_of(cutter *c, const window *w)
{
    const ocs_matches *matches = c->matches;
    worth value = {.whole = w->passage.whole_from && w->passage.whole_to};
    c->rounds++;
    for (size_t i = w->first; i < matches->n && matches->at[i].at.from < w->passage.at.to; i++) {
        size_t mark = matches->at[i].mark;
        if (!within(&matches->at[i], w))
            continue;
        value.matches++;
        if (c->round[mark] == c->rounds)
            continue;
        c->round[mark] = c->rounds;
        value.all += weight_of(c, mark);
        value.fresh += c->shown[mark] ? 0 : weight_of(c, mark);
    }
    return value;
}

/* The same weights in another order may differ in their last digits. */
static int compare_weights(double a, double b)
{
    static const double NEAR = 1e-9;
    return a > b + NEAR ? 1 : a < b - NEAR ? -1 : 0;
}

static bool better(worth a, worth b)
{
    int order = compare_weights(a.fresh, b.fresh);
    if (order == 0)
        order = compare_weights(a.all, b.all);
    if (order == 0)
        order = (int)a.whole - (int)b.whole;
    return order != 0 ? order > 0 : a.matches > b.matches;
}

static bool overlaps_chosen(const cutter *c, const window *w)
{
    for (size_t i = 0; i < c->n_chosen; i++) {
        ocs_span other = c->chosen[i]->passage.at;
        if (w->passage.at.from < other.to && other.from < w->passage.at.to)
            return true;
    }
    return false;
}

/* The best window that is left; NULL when none is. */
static window *best_window(cutter *c)
{
    window *best = NULL;
    worth best_worth = {0};
    for (size_t i = 0; i < c->matches->n; i++) {
        window *w = &c->windows[i];
        if (w->passage.at.to == 0 || overlaps_chosen(c, w))
            continue;
        worth value = worth_of(c, w);
        if (best && !better(value, best_worth))
            continue;
        best = w;
        best_worth = value;
    }
    return best;
}

static void choose(cutter *c, window *w)
{
    const ocs_matches *matches = c->matches;
    w->chosen = true;
    c->chosen[c->n_chosen++] = w;
    for (size_t i = w->first; i < matches->n && matches->at[i].at.from < w->passage.at.to; i++)
        if (within(&matches->at[i], w))
            c->shown[matches->at[i].mark] = true;
}

/* ---- windows ---- */

/* Where the text goes on behind its first line when that is the title. */
static size_t behind_title(const ocs_document *document)
{
    ocs_str text = document->text, title = ocs_str_trim(document->title.value);
    size_t line = ocs_str_find_char(text, '\n', 0);
    if (line + 1 >= text.n || title.n == 0 ||
        !ocs_str_eq(ocs_str_trim(ocs_str_sub(text, 0, line)), title))
        return 0;
    return line + 1;
}

/* The first byte that windows may show: what matches in the title alone is shown there. */
static size_t floor_of(const cutter *c)
{
    size_t floor = behind_title(c->document);
    const ocs_match *last = &c->matches->at[c->matches->n - 1];
    return last->at.from >= floor ? floor : 0;
}

/* No match is cut in two: the passage of match ${i} ends before the first that it would cut. */
static void spare_matches(const cutter *c, size_t i, ocs_passage *passage)
{
    size_t must = c->matches->at[i].at.to;
    for (size_t k = i; k < c->matches->n && c->matches->at[k].at.from < passage->at.to; k++) {
        ocs_span at = c->matches->at[k].at;
        if (at.to <= passage->at.to || at.from <= must)
            continue;
        passage->at.to = at.from;
        while (passage->at.to > must && ocs_ascii_space(c->document->text.p[passage->at.to - 1]))
            passage->at.to--;
        return;
    }
}

static bool make_windows(cutter *c, unsigned most)
{
    size_t n = c->matches->n, first = 0, floor = floor_of(c);
    c->windows = ocs_arena_array(c->arena, n, sizeof *c->windows);
    c->chosen = ocs_arena_array(c->arena, most, sizeof(window *));
    c->shown = ocs_arena_array(c->arena, c->marks->n, sizeof *c->shown);
    c->round = ocs_arena_array(c->arena, c->marks->n, sizeof *c->round);
    if (ocs_arena_status(c->arena) != OCS_OK)
        return false;
    for (size_t i = 0; i < n; i++) {
        ocs_span at = c->matches->at[i].at;
        if (at.from < floor)
            continue;
        ocs_passage passage = ocs_passage_around(&c->sentences, c->document->text, floor, at);
        spare_matches(c, i, &passage);
        if (passage.at.from < c->matches->at[first].at.from)
            first = 0;
        while (c->matches->at[first].at.from < passage.at.from)
            first++;
        c->windows[i] = (window){.passage = passage, .first = first};
    }
    return true;
}

/* ---- snippets ---- */

static void put_text(const cutter *c, const ocs_passage *passage, ocs_snippet *out)
{
    bool exact = true;
    out->text = ocs_str_sub(c->document->text, passage->at.from, passage->at.to);
    out->at = passage->at;
    out->whole_from = passage->whole_from;
    out->whole_to = passage->whole_to;
    out->raw = ocs_origin_raw(c->document->origin, passage->at, &exact);
    out->inexact = !exact;
}

static bool put_snippet(const cutter *c, const ocs_passage *passage, ocs_snippet *out)
{
    put_text(c, passage, out);
    return ocs_matches_marked(c->matches, c->marks->marks, passage->at, c->arena, &out->marks,
                              &out->n_marks) &&
           ocs_marked_spans(out->marks, out->n_marks, c->arena, &out->matches, &out->n_matches) &&
           ocs_mentions_named(c->document, passage->at, c->arena, &out->mentions, &out->n_mentions);
}

static bool cut_beginning(cutter *c, ocs_snippet *out, size_t *n)
{
    ocs_str text = c->document->text;
    size_t from = behind_title(c->document);
    while (from < text.n && ocs_ascii_space(text.p[from]))
        from++;
    if (from == text.n)
        return true;
    size_t word = from; /* of one endless word all is shown */
    while (word < text.n && !ocs_ascii_space(text.p[word]))
        word++;
    const ocs_passage passage =
        ocs_passage_around(&c->sentences, text, from, (ocs_span){from, word});
    return put_snippet(c, &passage, &out[(*n)++]);
}

static bool cut_windows(cutter *c, unsigned most, ocs_snippet *out, size_t *n)
{
    window *w;
    if (!make_windows(c, most))
        return false;
    for (unsigned i = 0; i < most && (w = best_window(c)) != NULL; i++)
        choose(c, w);
    for (size_t i = 0; i < c->matches->n; i++) {
        w = &c->windows[i];
        if (w->chosen && !put_snippet(c, &w->passage, &out[(*n)++]))
            return false;
    }
    return true;
}

static ocs_status outcome(const ocs_document *document, ocs_arena *arena, bool done, ocs_error *err)
{
    ocs_status st = ocs_arena_status(arena);
    if (done && st == OCS_OK)
        return OCS_OK;
    return ocs_fail(err, st == OCS_OK ? OCS_NOMEM : st, "no memory for excerpts of %.*s",
                    OCS_ARG(document->path));
}

ocs_status ocs_snippets_cut(const ocs_document *document, const ocs_matches *matches,
                            const ocs_snippet_marks *marks, unsigned most, ocs_arena *arena,
                            ocs_snippet **out, size_t *n, ocs_error *err)
{
    cutter c = {.document = document, .matches = matches, .marks = marks, .arena = arena};
    *n = 0;
    *out = ocs_arena_array(arena, most, sizeof **out);
    if (most == 0)
        return OCS_OK;
    bool done = *out && ocs_sentences_of(ocs_gaz_builtin(), arena, document->text, &c.sentences) &&
                (matches->n > 0 ? cut_windows(&c, most, *out, n) : cut_beginning(&c, *out, n));
    return outcome(document, arena, done, err);
}

ocs_status ocs_title_matches(const ocs_document *document, const ocs_matches *matches,
                             ocs_arena *arena, ocs_span **out, size_t *n, ocs_error *err)
{
    OCS_VEC(ocs_span) spans = {0};
    size_t line = behind_title(document);
    ocs_str title = document->title.value;
    size_t shown = ocs_str_find(ocs_str_sub(document->text, 0, line), ocs_str_trim(title), 0);
    size_t into = ocs_str_find(title, ocs_str_trim(title), 0);
    bool done = true;
    for (size_t i = 0; done && i < matches->n && matches->at[i].at.from < line; i++) {
        ocs_span at = matches->at[i].at, *last = spans.n > 0 ? &spans.at[spans.n - 1] : NULL;
        at.from = at.from - shown + into;
        at.to = at.to - shown + into;
        if (at.to > title.n || (last && at.from < last->to))
            continue;
        ocs_span *added = ocs_vec_push(arena, &spans);
        done = added != NULL;
        if (added)
            *added = at;
    }
    *out = spans.at;
    *n = spans.n;
    return outcome(document, arena, done, err);
}
