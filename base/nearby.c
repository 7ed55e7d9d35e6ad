/* Row i holds the distances of the other word's first i points from each beginning of the word.  Only
 * cells near the diagonal can be small enough; the others are not computed.  Once all of a row are too
 * large they stay so: a row depends on the two before it, and the least of two neighbours differ by
 * one at most. */
#include "base/nearby.h"

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

bool ocs_nearby_init(ocs_nearby *nearby, ocs_str word, unsigned most)
{
    nearby->n = 0;
    nearby->depth = 0;
    nearby->most = least(most, OCS_NEARBY_MOST);
    for (size_t at = 0; at < word.n; nearby->n++) {
        if (nearby->n == OCS_NEARBY_POINTS) {
            nearby->n = 0;
            return false;
        }
        at += ocs_utf8_at(word, at, &nearby->word[nearby->n]);
    }
    for (size_t j = 0; j <= nearby->n; j++)
        nearby->rows[0][j] = (unsigned char)j;
    return nearby->n > 0;
}

/* Fill row ${i} from the two before it, and one cell too far on either side for those that follow; the
 * least of its cells. */
static unsigned fill_row(ocs_nearby *nearby, size_t i)
{
    const uint32_t *a = nearby->word, *b = nearby->path;
    unsigned char *row = nearby->rows[i];
    const unsigned char *last = nearby->rows[i - 1];
    const unsigned far = nearby->most + 1;
    size_t from = i > nearby->most ? i - nearby->most : 1;
    size_t to = i + nearby->most < nearby->n ? i + nearby->most : nearby->n;
    unsigned best = from == 1 ? least((unsigned)i, far) : far;
    row[from - 1] = (unsigned char)best;
    if (to < nearby->n)
        row[to + 1] = (unsigned char)far;
    for (size_t j = from; j <= to; j++) {
        unsigned cell = last[j - 1] + (unsigned)(a[j - 1] != b[i - 1]);
        cell = least(cell, least(last[j], row[j - 1]) + 1U);
        if (i > 1 && j > 1 && a[j - 1] == b[i - 2] && a[j - 2] == b[i - 1])
            cell = least(cell, nearby->rows[i - 2][j - 2] + 1U);
        row[j] = (unsigned char)cell;
        best = least(best, cell);
    }
    return best;
}

unsigned ocs_nearby_distance(ocs_nearby *nearby, ocs_str other, size_t *dead)
{
    size_t i = 0;
    bool shared = true; /* with the word compared last, so far */
    *dead = 0;
    if (nearby->n == 0)
        return nearby->most + 1;
    for (size_t at = 0; at < other.n;) {
        uint32_t point;
        at += ocs_utf8_at(other, at, &point);
        *dead = at;
        if (i == nearby->n + nearby->most)
            return nearby->most + 1;
        shared = shared && i < nearby->depth && nearby->path[i] == point;
        if (!shared) {
            nearby->path[i] = point;
            nearby->depth = i; /* the row is kept only when it is alive */
            if (fill_row(nearby, i + 1) > nearby->most)
                return nearby->most + 1;
            nearby->depth = i + 1;
        }
        i++;
    }
    *dead = other.n + 1; /* a longer word may be near */
    if (i + nearby->most < nearby->n)
        return nearby->most + 1;
    return least(nearby->rows[i][nearby->n], nearby->most + 1);
}
