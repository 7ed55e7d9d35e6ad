/* The distance of Damerau and Levenshtein (a swapped pair is not changed again), by rows of which
 * only the cells near the diagonal can stay within the limit; most words are told apart by their
 * length alone. */
#include "query/fuzzy.h"

/* The points of ${word}; 0 for a word of too many. */
static size_t read_points(ocs_str word, uint32_t *points)
{
    size_t n = 0;
    for (size_t at = 0; at < word.n; n++) {
        if (n == OCS_FUZZY_POINTS)
            return 0;
        at += ocs_utf8_at(word, at, &points[n]);
    }
    return n;
}

void ocs_fuzzy_init(ocs_fuzzy *fuzzy, ocs_str word, unsigned most)
{
    fuzzy->most = most;
    fuzzy->n = read_points(word, fuzzy->points);
}

size_t ocs_fuzzy_least(unsigned most)
{
    return most > 1 ? 5 : 3;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

typedef struct rows {
    unsigned cells[3][OCS_FUZZY_POINTS + 1];
    unsigned *older, *last, *this; /* the row before last, the last, this one */
} rows;

static void next_row(rows *r)
{
    unsigned *unused = r->older;
    r->older = r->last;
    r->last = r->this;
    r->this = unused;
}

/* Row ${i} of the comparison of ${a} with ${m} points of ${b}; the least cell of it. */
static unsigned fill_row(rows *r, const uint32_t *a, size_t i, const uint32_t *b, size_t m,
                         unsigned most)
{
    size_t from = i > most ? i - most : 1, to = i + most < m ? i + most : m;
    unsigned best = most + 1;
    r->this[from - 1] = from == 1 ? (unsigned)i : most + 1;
    for (size_t j = from; j <= to; j++) {
        unsigned cell = r->last[j - 1] + (a[i - 1] != b[j - 1]);
        cell = least(cell, least(r->last[j], r->this[j - 1]) + 1);
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            cell = least(cell, r->older[j - 2] + 1);
        r->this[j] = cell;
        best = least(best, cell);
    }
    if (to < m)
        r->this[to + 1] = most + 1;
    return least(best, r->this[from - 1]);
}

unsigned ocs_fuzzy_distance(const ocs_fuzzy *fuzzy, ocs_str other)
{
    uint32_t points[OCS_FUZZY_POINTS];
    const unsigned far = fuzzy->most + 1;
    if (fuzzy->n == 0 || other.n > 4 * OCS_FUZZY_POINTS)
        return far;
    size_t m = read_points(other, points);
    if (m == 0 || m + fuzzy->most < fuzzy->n || fuzzy->n + fuzzy->most < m)
        return far;
    rows r;
    r.older = r.cells[0];
    r.last = r.cells[1];
    r.this = r.cells[2];
    for (size_t j = 0; j <= m; j++)
        r.older[j] = r.this[j] = far, r.last[j] = j < far ? (unsigned)j : far;
    for (size_t i = 1; i <= fuzzy->n; i++, next_row(&r))
        if (fill_row(&r, fuzzy->points, i, points, m, fuzzy->most) > fuzzy->most)
            return far;
    return least(r.last[m], far);
}
