/* The documents that match are unpacked one after the other in the order of their numbers, and what
 * the plan marks is found in their texts again.  Unsorted lines go out at once; those to be sorted
 * are kept, with the words that they are sorted by folded once. */
#include "query/kwic.h"

#include "query/copies.h"
#include "query/every.h"
#include "query/marks.h"

#include <stdlib.h>

enum {
    PAGE_MEMORY = 512 * 1024 * 1024,
    KEY_BYTES = 64 /* of a context that lines are sorted by */
};

static const size_t LINES_MEMORY = (size_t)4 << 30, COPY_MEMORY = (size_t)1 << 30;

/* A line that waits to be sorted. */
typedef struct kept {
    ocs_kwic_line line;
    ocs_str key; /* folded */
    uint32_t number;
} kept;

typedef struct lister {
    ocs_index *index;
    const ocs_kwic_wanted *wanted;
    ocs_kwic_each *each;
    void *payload;
    ocs_kwic_counts *counts;
    const ocs_plan *plan;
    ocs_stemmers *stemmers;
    ocs_arena *page_arena, *lines_arena;
    ocs_shown *shown; /* NULL where copies are listed, too */
    OCS_VEC(kept) lines;
    bool given, stopped; /* the caller has got a line; wants no more */
    ocs_error *err;
} lister;

static ocs_status nomem(ocs_error *err)
{
    return ocs_fail(err, OCS_NOMEM, "no memory for a concordance");
}

/* ---- contexts ---- */

static bool word_point(uint32_t point)
{
    return ocs_point_letter(point) || ocs_point_digit(point);
}

/* What a context is measured in: a character, or the end of a word in the direction of reading. */
typedef struct measure {
    size_t left;
    bool words, in_word;
} measure;

static measure measure_of(const ocs_kwic_wanted *wanted)
{
    bool words = wanted->words > 0;
    return (measure){words ? wanted->words : wanted->points, words, false};
}

/* Whether ${point} still belongs to the context. */
static bool takes(measure *m, uint32_t point)
{
    if (!m->words)
        return m->left > 0 && m->left-- > 0;
    bool in_word = word_point(point);
    if (m->in_word && !in_word)
        m->left--;
    m->in_word = in_word;
    return m->left > 0;
}

static size_t left_start(ocs_str text, size_t at, const ocs_kwic_wanted *wanted)
{
    measure m = measure_of(wanted);
    while (at > 0 && text.p[at - 1] != '\n') {
        uint32_t point;
        size_t n = ocs_utf8_before(text, at, &point);
        if (!takes(&m, point))
            break;
        at -= n;
    }
    return at;
}

static size_t right_end(ocs_str text, size_t at, const ocs_kwic_wanted *wanted)
{
    measure m = measure_of(wanted);
    while (at < text.n && text.p[at] != '\n') {
        uint32_t point;
        size_t n = ocs_utf8_at(text, at, &point);
        if (!takes(&m, point))
            break;
        at += n;
    }
    return at;
}

static ocs_kwic_line line_of(const lister *l, const ocs_document *document, const ocs_match *match)
{
    bool exact;
    ocs_str text = document->text;
    ocs_kwic_line line = {.id = document->id,
                          .path = document->path,
                          .published = document->published,
                          .at = match->at,
                          .mark = l->plan->marks[match->mark]};
    line.raw = ocs_origin_raw(document->origin, match->at, &exact);
    line.inexact = !exact;
    line.left = ocs_str_sub(text, left_start(text, match->at.from, l->wanted), match->at.from);
    line.match = ocs_str_sub(text, match->at.from, match->at.to);
    line.right = ocs_str_sub(text, match->at.to, right_end(text, match->at.to, l->wanted));
    return line;
}

/* ---- sorting ---- */

/* The words of ${context} from the last to the first, with spaces between. */
static ocs_str backwards(ocs_arena *arena, ocs_str context)
{
    char *out = ocs_arena_alloc(arena, context.n + 1);
    size_t n = 0, end = context.n;
    if (!out)
        return (ocs_str){0};
    while (end > 0) {
        size_t from = end;
        while (from > 0 && context.p[from - 1] != ' ')
            from--;
        memcpy(out + n, context.p + from, end - from);
        n += end - from;
        out[n++] = ' ';
        end = from > 0 ? from - 1 : 0;
    }
    return (ocs_str){out, n};
}

/* Letters and digits of ${text}, folded, with one space for all that stands between; not more than
 * tell lines apart. */
static ocs_str folded_words(ocs_arena *arena, ocs_str text)
{
    ocs_str folded = ocs_fold(arena, text);
    char *out = ocs_arena_alloc(arena, folded.n + 1);
    size_t n = 0, used;
    for (size_t at = 0; out && at < folded.n && n < KEY_BYTES; at += used) {
        uint32_t point;
        used = ocs_utf8_at(folded, at, &point);
        if (word_point(point)) {
            memcpy(out + n, folded.p + at, used);
            n += used;
        } else if (n > 0 && out[n - 1] != ' ') {
            out[n++] = ' ';
        }
    }
    return (ocs_str){out, n};
}

/* A NUL between them, which is before every letter: a shorter match comes first. */
static ocs_str match_then_right(ocs_arena *arena, ocs_str match, ocs_str right)
{
    char *both = ocs_arena_alloc(arena, match.n + 1 + right.n);
    if (!both)
        return (ocs_str){0};
    memcpy(both, match.p, match.n);
    both[match.n] = '\0';
    memcpy(both + match.n + 1, right.p, right.n);
    return (ocs_str){both, match.n + 1 + right.n};
}

static ocs_str key_of(lister *l, const ocs_kwic_line *line)
{
    ocs_str match = folded_words(l->page_arena, line->match);
    ocs_str right = folded_words(l->page_arena, line->right);
    switch (l->wanted->order) {
    case OCS_KWIC_BY_LEFT:
        return folded_words(l->page_arena, backwards(l->page_arena, line->left));
    case OCS_KWIC_BY_RIGHT:
        return right;
    case OCS_KWIC_BY_MATCH:
        return match_then_right(l->page_arena, match, right);
    default:
        return (ocs_str){"", 0};
    }
}

static int by_place(const void *a, const void *b)
{
    const kept *x = a, *y = b;
    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return (x->line.at.from > y->line.at.from) - (x->line.at.from < y->line.at.from);
}

static int by_path(const void *a, const void *b)
{
    const kept *x = a, *y = b;
    int order = ocs_str_cmp(x->line.path, y->line.path);
    return order != 0 ? order : by_place(a, b);
}

static int by_key(const void *a, const void *b)
{
    const kept *x = a, *y = b;
    int order = ocs_str_cmp(x->key, y->key);
    return order != 0 ? order : by_path(a, b);
}

static int by_date(const void *a, const void *b)
{
    const kept *x = a, *y = b;
    ocs_date first = x->line.published.from, second = y->line.published.from;
    if ((first.year == 0) != (second.year == 0))
        return first.year == 0 ? 1 : -1;
    int order = ocs_date_cmp(first, second);
    return order != 0 ? order : by_path(a, b);
}

static void sort(lister *l)
{
    static int (*const orders[])(const void *, const void *) = {
        [OCS_KWIC_UNSORTED] = by_place, [OCS_KWIC_BY_LEFT] = by_key,
        [OCS_KWIC_BY_MATCH] = by_key,   [OCS_KWIC_BY_RIGHT] = by_key,
        [OCS_KWIC_BY_DATE] = by_date,   [OCS_KWIC_BY_DOCUMENT] = by_path,
    };
    if (l->lines.n > 1)
        qsort(l->lines.at, l->lines.n, sizeof *l->lines.at, orders[l->wanted->order]);
}

/* ---- lines ---- */

static void give(lister *l, const ocs_kwic_line *line)
{
    if (l->wanted->most > 0 && l->counts->lines == l->wanted->most) {
        l->counts->all = false;
        l->stopped = true;
        return;
    }
    l->given = true;
    l->counts->lines++;
    l->stopped = !l->each(l->payload, line);
}

/* Slices of the text that follow each other are copied as one. */
static ocs_status keep(lister *l, uint32_t number, const ocs_kwic_line *line)
{
    ocs_arena *arena = l->lines_arena;
    kept *k = ocs_vec_push(arena, &l->lines);
    const kept *last = l->lines.n > 1 ? &l->lines.at[l->lines.n - 2] : NULL;
    if (!k)
        return ocs_fail(l->err, OCS_LIMIT, "too many places to sort; leave them unsorted");
    size_t left = line->left.n, match = line->match.n, n = left + match + line->right.n;
    ocs_str all =
        ocs_str_copy(arena, (ocs_str){line->left.n > 0 ? line->left.p : line->match.p, n});
    k->line = *line;
    k->number = number;
    k->line.left = ocs_str_sub(all, 0, left);
    k->line.match = ocs_str_sub(all, left, left + match);
    k->line.right = ocs_str_sub(all, left + match, n);
    k->line.id = last && last->number == number ? last->line.id : ocs_str_copy(arena, line->id);
    k->line.path =
        last && last->number == number ? last->line.path : ocs_str_copy(arena, line->path);
    k->key = ocs_str_copy(arena, key_of(l, line));
    if (ocs_arena_status(arena) != OCS_OK)
        return ocs_fail(l->err, OCS_LIMIT, "too many places to sort; leave them unsorted");
    return OCS_OK;
}

static ocs_status give_kept(lister *l)
{
    sort(l);
    for (size_t i = 0; i < l->lines.n && !l->stopped; i++)
        give(l, &l->lines.at[i].line);
    return OCS_OK;
}

/* ---- documents ---- */

static ocs_status list_document(lister *l, xap_docid number)
{
    ocs_document document;
    ocs_matches matches;
    ocs_arena_clear(l->page_arena);
    ocs_status st = ocs_index_document(l->index, number, l->page_arena, &document, l->err);
    if (st == OCS_OK)
        st = ocs_marks_find_all(&document, l->plan->marks, l->plan->n_marks, l->stemmers,
                                l->page_arena, &matches, l->err);
    if (st != OCS_OK)
        return st;
    l->counts->with += matches.n > 0;
    for (size_t i = 0, end = 0; i < matches.n && !l->stopped && st == OCS_OK; i++) {
        if (matches.at[i].at.from < end)
            continue;
        end = matches.at[i].at.to;
        ocs_kwic_line line = line_of(l, &document, &matches.at[i]);
        if (l->wanted->order == OCS_KWIC_UNSORTED)
            give(l, &line);
        else
            st = keep(l, number, &line);
    }
    return st;
}

static ocs_status list_results(lister *l, const xap_results *results)
{
    l->counts->documents = (uint32_t)xap_results_count(results);
    for (size_t i = 0; i < xap_results_count(results) && !l->stopped; i++) {
        xap_docid number = xap_results_docid(results, i);
        bool copy = false;
        ocs_status st = OCS_OK;
        if (l->shown)
            st = ocs_shown_let_in(l->shown, l->index, number, &copy, l->err);
        if (st == OCS_OK && !copy)
            st = list_document(l, number);
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

static ocs_status list_matches(lister *l)
{
    xap_search all = {.sort = XAP_BY_DOCID};
    xap_results *results = NULL;
    ocs_status st = xap_db_count(ocs_index_db(l->index), &all.most, l->err);
    if (st == OCS_OK)
        st = ocs_plan_run(l->index, l->plan->query, &all, &results, l->err);
    if (st == OCS_OK)
        st = list_results(l, results);
    xap_results_free(results);
    return st == OCS_OK ? give_kept(l) : st;
}

/* ---- a try ---- */

static ocs_status list_planned(void *payload, const ocs_node *tree, const ocs_plan *plan,
                               ocs_error *err)
{
    lister *l = payload;
    (void)tree;
    (void)err; /* the same as the lister's */
    *l->counts = (ocs_kwic_counts){.all = true};
    ocs_arena_clear(l->lines_arena);
    memset(&l->lines, 0, sizeof l->lines);
    l->plan = plan;
    ocs_shown_free(l->shown);
    l->shown = l->wanted->all_copies ? NULL : ocs_shown_new(COPY_MEMORY);
    return l->shown || l->wanted->all_copies ? list_matches(l) : nomem(l->err);
}

static bool nothing_given(void *payload)
{
    return !((const lister *)payload)->given;
}

ocs_status ocs_kwic_run(ocs_index *index, ocs_str query, const ocs_kwic_wanted *wanted,
                        ocs_kwic_each *each, void *payload, ocs_kwic_counts *counts, ocs_error *err)
{
    lister l = {.index = index,
                .wanted = wanted,
                .each = each,
                .payload = payload,
                .counts = counts,
                .err = err};
    *counts = (ocs_kwic_counts){0};
    l.stemmers = ocs_stemmers_new();
    l.page_arena = ocs_arena_new(PAGE_MEMORY);
    l.lines_arena = ocs_arena_new(LINES_MEMORY);
    ocs_status st = OCS_NOMEM;
    if (l.stemmers && l.page_arena && l.lines_arena)
        st = ocs_every_plan(index, query, list_planned, nothing_given, &l, err);
    else
        st = nomem(err);
    ocs_shown_free(l.shown);
    ocs_arena_free(l.lines_arena);
    ocs_arena_free(l.page_arena);
    ocs_stemmers_free(l.stemmers);
    return st;
}
