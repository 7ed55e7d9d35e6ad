/* Every sum here counts a block by its words, at most WORDS_MAX of them: one endless paragraph is not
 * the whole page.  "Content" is probability times words. */
#include "ingest/smooth.h"

#include <math.h>

enum { WORDS_MAX = 60, LEVELS_MAX = 40 };

static const float SURE = 0.8f, FAST = 0.5f, SLOW = 0.85f; /* fading per block */
static const float STRETCH_BAR = 0.4f;                     /* above it a block lengthens */

typedef struct sum {
    float content, words;
} sum;

typedef struct smoother {
    const ocs_blocks *blocks;
    ocs_arena *arena;
    float *rows;
    sum *held;        /* element -> within it */
    sum *made;        /* slot of the make -> of all elements with it */
    uint32_t *slot;   /* element -> slot */
    ocs_span stretch; /* of blocks */
    uint32_t node;    /* element with most content above the bar */
    float most;       /* what the node has */
    sum page;
    float doubt,
        sure; /* of the page: words by how far from certain; share that is surely content */
} smoother;

static float words_of(const ocs_block *b)
{
    return (float)(b->words < WORDS_MAX ? b->words : WORDS_MAX);
}

static float mean_of(sum s)
{
    return s.words > 0 ? s.content / s.words : 0.0f;
}

static void add(sum *s, const ocs_block *b)
{
    s->content += b->judged * words_of(b);
    s->words += words_of(b);
}

static float *row_of(const smoother *m, size_t i)
{
    return m->rows + i * OCS_SMOOTH_COUNT;
}

/* ---- along the page ---- */

static void self_features(const smoother *m, size_t i)
{
    const ocs_block *at = m->blocks->at;
    float *f = row_of(m, i) + OCS_SMOOTH_SELF_;
    f[0] = at[i].judged;
    f[1] = m->page.content > 0 ? at[i].judged * m->page.words / m->page.content : 0.0f;
}

static void near_features(const smoother *m, size_t i)
{
    static const int offsets[OCS_SMOOTH_NEAR] = {-3, -2, -1, 1, 2, 3};
    float *f = row_of(m, i) + OCS_SMOOTH_NEAR_;
    for (size_t k = 0; k < OCS_SMOOTH_NEAR; k++) {
        long at = (long)i + offsets[k];
        f[k] = at >= 0 && (size_t)at < m->blocks->n ? m->blocks->at[at].judged : 0.0f;
    }
}

static void fade(sum *s, const ocs_block *b, float by)
{
    s->content *= by;
    s->words *= by;
    add(s, b);
}

/* One walk down and one up; what is before a block is noted before the block is added. */
static void window_features(const smoother *m)
{
    size_t n = m->blocks->n;
    sum fast = {0}, slow = {0}, all = {0};
    for (size_t i = 0; i < n; i++) {
        float *f = row_of(m, i);
        f[OCS_SMOOTH_WINDOW_] = mean_of(fast);
        f[OCS_SMOOTH_WINDOW_ + 1] = mean_of(slow);
        f[OCS_SMOOTH_MASS_] = m->page.content > 0 ? all.content / m->page.content : 0.0f;
        fade(&fast, &m->blocks->at[i], FAST);
        fade(&slow, &m->blocks->at[i], SLOW);
        add(&all, &m->blocks->at[i]);
        f[OCS_SMOOTH_WINDOW_ + 4] = mean_of(slow);
    }
    fast = slow = (sum){0};
    for (size_t i = n; i-- > 0;) {
        float *f = row_of(m, i);
        f[OCS_SMOOTH_WINDOW_ + 2] = mean_of(fast);
        f[OCS_SMOOTH_WINDOW_ + 3] = mean_of(slow);
        f[OCS_SMOOTH_WINDOW_ + 4] = (f[OCS_SMOOTH_WINDOW_ + 4] + mean_of(slow)) / 2;
        fade(&fast, &m->blocks->at[i], FAST);
        fade(&slow, &m->blocks->at[i], SLOW);
    }
}

static void page_features(const smoother *m, size_t i)
{
    float *f = row_of(m, i) + OCS_SMOOTH_MASS_;
    f[1] = (float)log2(1.0 + (double)m->page.content);
    f[2] = mean_of(m->page);
    f[3] = m->doubt;
    f[4] = m->sure;
    f[5] = m->most > 0 && m->page.content > 0 ? m->most / m->page.content : 0.0f;
}

/* A section is what stands between two headings; the heading belongs to what follows it. */
static void section_features(const smoother *m)
{
    const ocs_blocks *b = m->blocks;
    float heading = 0;
    for (size_t from = 0, to; from < b->n; from = to) {
        bool headed = b->at[from].kind == OCS_BLOCK_HEADING;
        sum s = {0};
        for (to = from + 1; to < b->n && b->at[to].kind != OCS_BLOCK_HEADING; to++)
            add(&s, &b->at[to]);
        if (!headed)
            add(&s, &b->at[from]);
        float before = heading;
        heading = headed ? b->at[from].judged : 0.0f;
        for (size_t i = from; i < to; i++) {
            float *f = row_of(m, i) + OCS_SMOOTH_SECTION_;
            f[0] = mean_of(s);
            f[1] = heading;
            f[2] = before;
            f[3] = (float)log2(1.0 + (double)s.words);
        }
    }
}

ocs_span ocs_smooth_stretch(const ocs_blocks *blocks)
{
    ocs_span best = {0, 0};
    float so_far = 0, most = 0;
    size_t from = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        so_far += (blocks->at[i].judged - STRETCH_BAR) * words_of(&blocks->at[i]);
        if (so_far < 0) {
            so_far = 0;
            from = i + 1;
        }
        if (so_far > most) {
            most = so_far;
            best = (ocs_span){from, i + 1};
        }
    }
    return best;
}

static float capped(double value)
{
    return (float)(value > 30 ? 30 : value < -30 ? -30 : value);
}

static void stretch_features(const smoother *m, size_t i)
{
    float *f = row_of(m, i) + OCS_SMOOTH_STRETCH_;
    double at = (double)i, from = (double)m->stretch.from, to = (double)m->stretch.to;
    f[0] = i >= m->stretch.from && i < m->stretch.to;
    f[1] = capped(at - from);
    f[2] = capped(at - to);
    f[3] = to > from ? (float)((at - from) / (to - from)) : 0.0f;
    f[3] = f[3] > 3 ? 3.0f : f[3] < -3 ? -3.0f : f[3];
}

/* ---- in the tree ---- */

static const ocs_element *element(const smoother *m, uint32_t e)
{
    return &m->blocks->elements[e];
}

static void inside_features(const smoother *m, size_t i)
{
    float *f = row_of(m, i) + OCS_SMOOTH_INSIDE_;
    uint32_t e = m->blocks->at[i].element;
    for (size_t k = 0; k < OCS_SMOOTH_CONTAINERS; k++, f += 2) {
        uint32_t held = element(m, e)->text;
        f[0] = mean_of(m->held[e]);
        f[1] = m->page.content > 0 ? m->held[e].content / m->page.content : 0.0f;
        while (e != 0 && element(m, e)->text <= held)
            e = element(m, e)->parent;
    }
}

static float mean_of_others(const smoother *m, uint32_t e)
{
    sum made = m->made[m->slot[e]], held = m->held[e];
    made.content -= held.content;
    made.words -= held.words;
    return made.words > 0.5f ? mean_of(made) : -1.0f;
}

static void alike_features(const smoother *m, size_t i)
{
    float *f = row_of(m, i) + OCS_SMOOTH_ALIKE_;
    uint32_t e = m->blocks->at[i].element;
    for (size_t k = 0; k < 4; k++) {
        f[k] = mean_of_others(m, e);
        e = element(m, e)->parent;
    }
}

static void node_features(const smoother *m, size_t i)
{
    float *f = row_of(m, i) + OCS_SMOOTH_NODE_;
    uint32_t e = m->blocks->at[i].element, node = m->node;
    unsigned up = 0;
    while (e != node && e != 0 && up < LEVELS_MAX) {
        if (element(m, e)->depth >= element(m, node)->depth) {
            e = element(m, e)->parent;
            up++;
        } else {
            node = element(m, node)->parent;
        }
    }
    f[0] = (float)up;
    f[1] = node == m->node;
    f[2] = (float)(element(m, m->node)->depth - element(m, node)->depth);
}

/* Sums of every element; a parent comes before its children. */
static void sum_elements(smoother *m)
{
    const ocs_blocks *b = m->blocks;
    for (size_t i = 0; i < b->n; i++)
        add(&m->held[b->at[i].element], &b->at[i]);
    for (size_t e = b->n_elements; e-- > 1;) {
        sum *parent = &m->held[b->elements[e].parent];
        parent->content += m->held[e].content;
        parent->words += m->held[e].words;
    }
    float most = 0;
    for (uint32_t e = 0; e < b->n_elements; e++) {
        float above = m->held[e].content - STRETCH_BAR * m->held[e].words;
        if (above >= most && above > 0) { /* of equals the innermost */
            most = above;
            m->node = e;
        }
    }
    m->most = m->held[m->node].content;
}

/* Elements made alike share a slot, found by hashing. */
static bool sum_makes(smoother *m)
{
    size_t n = m->blocks->n_elements, size = 16;
    while (size < n * 2)
        size *= 2;
    uint64_t *make = ocs_arena_array(m->arena, size, sizeof *make);
    m->made = ocs_arena_array(m->arena, size, sizeof *m->made);
    m->slot = ocs_arena_array(m->arena, n + 1, sizeof *m->slot);
    if (!make || !m->made || !m->slot)
        return false;
    for (size_t e = 0; e < n; e++) {
        uint64_t wanted = m->blocks->elements[e].make | 1;
        size_t slot = (size_t)(wanted >> 1) & (size - 1);
        while (make[slot] != 0 && make[slot] != wanted)
            slot = (slot + 1) & (size - 1);
        make[slot] = wanted;
        m->slot[e] = (uint32_t)slot;
        m->made[slot].content += m->held[e].content;
        m->made[slot].words += m->held[e].words;
    }
    return true;
}

/* ---- all ---- */

static void sum_page(smoother *m)
{
    for (size_t i = 0; i < m->blocks->n; i++) {
        const ocs_block *b = &m->blocks->at[i];
        float p = b->judged;
        add(&m->page, b);
        m->doubt += p * (1 - p) * words_of(b);
        m->sure += p > SURE ? p * words_of(b) : 0.0f;
    }
    m->doubt /= m->page.words > 0 ? m->page.words : 1;
    m->sure /= m->page.content > 0 ? m->page.content : 1;
    m->stretch = ocs_smooth_stretch(m->blocks);
}

static bool prepare(smoother *m)
{
    const ocs_blocks *b = m->blocks;
    m->rows = ocs_arena_array(m->arena, b->n * OCS_SMOOTH_COUNT + 1, sizeof *m->rows);
    m->held = ocs_arena_array(m->arena, b->n_elements + 1, sizeof *m->held);
    if (!m->rows || !m->held)
        return false;
    sum_page(m);
    if (b->n_elements == 0)
        return true;
    sum_elements(m);
    return sum_makes(m);
}

float *ocs_smooth_measures(const ocs_blocks *blocks, ocs_arena *arena)
{
    smoother m = {.blocks = blocks, .arena = arena};
    if (!prepare(&m))
        return NULL;
    window_features(&m);
    section_features(&m);
    for (size_t i = 0; i < blocks->n; i++) {
        self_features(&m, i);
        near_features(&m, i);
        page_features(&m, i);
        stretch_features(&m, i);
        if (blocks->n_elements == 0)
            continue;
        inside_features(&m, i);
        alike_features(&m, i);
        node_features(&m, i);
    }
    return m.rows;
}

void ocs_smooth_join(const float *features, const float *measures, float *row)
{
    memcpy(row, features, OCS_FEATURE_COUNT * sizeof *row);
    memcpy(row + OCS_FEATURE_COUNT, measures, OCS_SMOOTH_COUNT * sizeof *row);
}

float *ocs_smooth_features(const ocs_blocks *blocks, const float *rows, ocs_arena *arena)
{
    const float *measures = ocs_smooth_measures(blocks, arena);
    float *out = ocs_arena_array(arena, blocks->n * OCS_ROW_COUNT + 1, sizeof *out);
    for (size_t i = 0; measures && out && i < blocks->n; i++)
        ocs_smooth_join(rows + i * OCS_FEATURE_COUNT, measures + i * OCS_SMOOTH_COUNT,
                        out + i * OCS_ROW_COUNT);
    return measures ? out : NULL;
}
