/* Every match is the anchor of one window of text: from the start of its sentence where that is
 * near, else from a word a little before it, for about OCS_SNIPPET_BYTES.  Windows are chosen one
 * after the other: the one with the most marks not shown yet, then with the most marks, then with
 * the most matches, then the earliest. */
#include "query/snippet.h"

#include <stdlib.h>

enum {
    SENTENCE_REACH = 100, /* bytes before a match in which its sentence may start */
    LEAD = 60,            /* bytes before a match otherwise */
    SHORT = 120           /* a window that has so much does not go on into the next paragraph */
};

typedef struct window {
    ocs_span at;
    size_t first; /* its first match */
    bool chosen;
} window;

typedef struct worth {
    size_t fresh, marks, matches;
} worth;

typedef struct cutter {
    const ocs_document *document;
    const ocs_matches *matches;
    size_t n_marks;
    ocs_arena *arena;
    window *windows; /* one for each match */
    bool *shown;     /* mark -> stands in a chosen window */
    size_t *round;   /* mark -> when it was last counted */
    size_t rounds;
} cutter;

/* ---- bounds ---- */

/* Does a sentence or paragraph start at ${at}, behind a full stop and a space? */
static bool sentence_starts(ocs_str text, size_t at)
{
    if (at == 0 || text.p[at - 1] == '\n')
        return true;
    return at >= 2 && text.p[at - 1] == ' ' && strchr(".!?", text.p[at - 2]) != NULL;
}

static size_t sentence_before(ocs_str text, size_t at)
{
    size_t lowest = at > SENTENCE_REACH ? at - SENTENCE_REACH : 0;
    for (size_t i = at + 1; i-- > lowest;)
        if (sentence_starts(text, i))
            return i;
    return at + 1;
}

/* The first word that starts after ${from} and not after ${to}. */
static size_t word_between(ocs_str text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (ocs_ascii_space(text.p[i]))
            return i + 1;
    return to;
}

static size_t start_of(ocs_str text, size_t match)
{
    size_t sentence = sentence_before(text, match);
    if (sentence <= match)
        return sentence;
    return word_between(text, match > LEAD ? match - LEAD : 0, match);
}

/* The end of a window from ${from} that must hold what ends at ${must}. */
static size_t end_of(ocs_str text, size_t from, size_t must)
{
    size_t to = from + OCS_SNIPPET_BYTES;
    size_t line = from + SHORT < text.n ? ocs_str_find_char(text, '\n', from + SHORT) : text.n;
    if (to >= text.n)
        to = text.n;
    else
        while (to > must && !ocs_ascii_space(text.p[to]))
            to--;
    if (line < to)
        to = line;
    if (to < must)
        to = must;
    while (to > must && ocs_ascii_space(text.p[to - 1]))
        to--;
    return to;
}

/* ---- choice ---- */

static bool within(const ocs_match *match, const window *w)
{
    return match->at.from >= w->at.from && match->at.to <= w->at.to;
}

static worth worth_of(cutter *c, const window *w)
{
    worth value = {0};
    c->rounds++;
    for (size_t i = w->first; i < c->matches->n && c->matches->at[i].at.from < w->at.to; i++) {
        size_t mark = c->matches->at[i].mark;
        if (!within(&c->matches->at[i], w))
            continue;
        value.matches++;
        if (c->round[mark] == c->rounds)
            continue;
        c->round[mark] = c->rounds;
        value.marks++;
        value.fresh += !c->shown[mark];
    }
    return value;
}

static bool better(worth a, worth b)
{
    if (a.fresh != b.fresh)
        return a.fresh > b.fresh;
    return a.marks != b.marks ? a.marks > b.marks : a.matches > b.matches;
}

static bool overlaps_chosen(const cutter *c, const window *w)
{
    for (size_t i = 0; i < c->matches->n; i++) {
        const window *other = &c->windows[i];
        if (other->chosen && w->at.from < other->at.to && other->at.from < w->at.to)
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
        worth value = worth_of(c, w);
        if (best && !better(value, best_worth))
            continue;
        if (overlaps_chosen(c, w))
            continue;
        best = w;
        best_worth = value;
    }
    return best;
}

static void choose(cutter *c, window *w)
{
    w->chosen = true;
    for (size_t i = w->first; i < c->matches->n && c->matches->at[i].at.from < w->at.to; i++)
        if (within(&c->matches->at[i], w))
            c->shown[c->matches->at[i].mark] = true;
}

static bool make_windows(cutter *c)
{
    ocs_str text = c->document->text;
    size_t n = c->matches->n, first = 0;
    c->windows = ocs_arena_array(c->arena, n, sizeof *c->windows);
    c->shown = ocs_arena_array(c->arena, c->n_marks, sizeof *c->shown);
    c->round = ocs_arena_array(c->arena, c->n_marks, sizeof *c->round);
    if (ocs_arena_status(c->arena) != OCS_OK)
        return false;
    for (size_t i = 0; i < n; i++) {
        ocs_span at = c->matches->at[i].at;
        size_t from = start_of(text, at.from);
        while (c->matches->at[first].at.from < from)
            first++;
        c->windows[i] = (window){.at = {from, end_of(text, from, at.to)}, .first = first};
    }
    return true;
}

/* ---- snippets ---- */

/* The spans of the matches within, those that overlap made one. */
static bool put_matches(cutter *c, const window *w, ocs_snippet *out)
{
    OCS_VEC(ocs_span) spans = {0};
    for (size_t i = w->first; i < c->matches->n && c->matches->at[i].at.from < w->at.to; i++) {
        if (!within(&c->matches->at[i], w))
            continue;
        ocs_span at = {c->matches->at[i].at.from - w->at.from,
                       c->matches->at[i].at.to - w->at.from};
        ocs_span *last = spans.n > 0 ? &spans.at[spans.n - 1] : NULL;
        if (last && at.from < last->to) {
            last->to = at.to > last->to ? at.to : last->to;
            continue;
        }
        if (!(last = ocs_vec_push(c->arena, &spans)))
            return false;
        *last = at;
    }
    out->matches = spans.at;
    out->n_matches = spans.n;
    return true;
}

static void put_text(const cutter *c, ocs_span at, ocs_snippet *out)
{
    bool exact = true;
    out->text = ocs_str_sub(c->document->text, at.from, at.to);
    out->at = at;
    out->raw = ocs_origin_raw(c->document->origin, at, &exact);
    out->inexact = !exact;
}

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

static bool cut_beginning(cutter *c, ocs_snippet *out, size_t *n)
{
    ocs_str text = c->document->text;
    size_t from = behind_title(c->document);
    while (from < text.n && ocs_ascii_space(text.p[from]))
        from++;
    if (from == text.n)
        return true;
    size_t to = end_of(text, from, from);
    if (to == from) /* one endless word */
        to = word_between(text, from, text.n);
    put_text(c, (ocs_span){from, to}, &out[(*n)++]);
    return true;
}

static bool cut_windows(cutter *c, unsigned most, ocs_snippet *out, size_t *n)
{
    window *w;
    if (!make_windows(c))
        return false;
    for (unsigned i = 0; i < most && (w = best_window(c)) != NULL; i++)
        choose(c, w);
    for (size_t i = 0; i < c->matches->n; i++) {
        w = &c->windows[i];
        if (!w->chosen)
            continue;
        put_text(c, w->at, &out[*n]);
        if (!put_matches(c, w, &out[(*n)++]))
            return false;
    }
    return true;
}

ocs_status ocs_snippets_cut(const ocs_document *document, const ocs_matches *matches,
                            size_t n_marks, unsigned most, ocs_arena *arena, ocs_snippet **out,
                            size_t *n, ocs_error *err)
{
    cutter c = {.document = document, .matches = matches, .n_marks = n_marks, .arena = arena};
    *n = 0;
    *out = ocs_arena_array(arena, most, sizeof **out);
    if (most == 0)
        return OCS_OK;
    bool done =
        *out && (matches->n > 0 ? cut_windows(&c, most, *out, n) : cut_beginning(&c, *out, n));
    if (done && ocs_arena_status(arena) == OCS_OK)
        return OCS_OK;
    return ocs_fail(err, ocs_arena_status(arena), "no memory for excerpts of %.*s",
                    OCS_ARG(document->path));
}
