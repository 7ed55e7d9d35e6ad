/* Lines are measured once (words, capitals, ...); everything about their surroundings is then read
 * from sums over the lines before, so that a page costs little more than one pass over its bytes.
 * Shares are between 0 and 1, counts are logarithms: a short page and a long one can be judged by
 * the same trees. */
#include "ingest/features_dump.h"

#include "ingest/line_tally.h"

#include <math.h>

enum {
    PROSE_WORDS = 12,   /* of a line that is prose however it ends */
    SENTENCE_WORDS = 6, /* and of one that ends like a sentence */
    STRETCH_WORDS = 60, /* a line counts for at most so many words of a stretch */
    LEXICON_ROW = 16,
    LEXICON_BYTES = 160,  /* of a line are searched */
    SUBJECT_BYTES = 6,    /* least, of a word that tells the subject */
    SUBJECT_SLOTS = 4096, /* a power of two */
    FAR = 40,             /* lines: farther is not told apart */
    RUN_FEATURES = OCS_DUMP_RUN_last_ - OCS_DUMP_RUN_ + 1,
    MARKER_WORDS = 8, /* most, of a line that opens a part of the frame */
    HEADLINE_WORDS = 25,
    COMMENT = 2 /* groups of the lexicon */
};

/* Sums over the lines before each line, one more than there are lines. */
typedef struct sums {
    uint32_t words, prose, prose_words, prose_sentences, entries, sentences, comments;
    float capitals;
} sums;

typedef struct run {
    uint32_t from, to; /* lines */
} run;

typedef struct measured {
    const ocs_blocks *blocks;
    float *rows;
    sums *sum;
    uint32_t *repeats; /* line -> how many lines say the same */
    uint32_t *runs;    /* line -> index of its run in run_at */
    run *run_at;
    size_t n_runs;
    ocs_span stretch[OCS_DUMP_STRETCHES];
    uint8_t subject[SUBJECT_SLOTS]; /* hash of a word -> lines of the stretch that have it */
    size_t headline;
    uint8_t lexicon_first[256]; /* 1 + the first word that starts with the byte; 0: none */
    uint8_t lexicon_next[OCS_DUMP_LEXICON * LEXICON_ROW]; /* word -> 1 + the next one */
    float page[OCS_DUMP_PAGE_last_ - OCS_DUMP_PAGE_ + 1];
} measured;

static float *row_of(const measured *m, size_t i)
{
    return m->rows + i * OCS_DUMP_FEATURE_COUNT;
}

static float log_of(double value)
{
    return (float)log2(1.0 + value);
}

static float share(double part, double whole)
{
    return whole > 0 ? (float)(part / whole) : 0.0f;
}

static float near(double distance)
{
    return (float)(distance > FAR ? FAR : distance < -FAR ? -FAR : distance);
}

static bool is_prose(const ocs_block *b)
{
    return b->words >= PROSE_WORDS || (b->sentence && b->words >= SENTENCE_WORDS);
}

/* ---- the line itself ---- */

static void text_features(const measured *m, size_t i)
{
    const ocs_block *b = &m->blocks->at[i];
    ocs_str text = ocs_block_words(m->blocks, b);
    ocs_line_tally t = ocs_line_tally_of(text);
    double words = t.words ? t.words : 1;
    float *f = row_of(m, i) + OCS_DUMP_TEXT_;
    *f++ = log_of(b->words);
    *f++ = share(t.points, words);
    *f++ = b->sentence;
    *f++ = b->colon;
    *f++ = share(t.commas, words);
    *f++ = share(t.stops, words);
    *f++ = share(t.digits, t.points);
    *f++ = share(t.capitals, words);
    *f++ = share(t.shouted, words);
    *f++ = share(t.small, words);
    *f++ = share(t.letters, t.points);
    *f++ = (float)t.signs;
    *f++ = (float)t.quotes;
    *f++ = (float)t.longest;
    *f++ = (float)b->role; /* what the rules said of it */
    *f = ocs_block_role_kept(b->role);
    m->sum[i + 1].capitals = share(t.capitals, words);
}

/* Beginnings of words, in lower case, that tell what a line is about; a word that starts with a
 * blank must start the line. */
static const char *const lexicon[OCS_DUMP_LEXICON][LEXICON_ROW] = {
    {"copyright", "©", "rights reserved", "terms of", "privacy", "cookie", "impressum", NULL},
    {"share", "tweet", "facebook", "twitter", "whatsapp", "instagram", "follow", "linkedin",
     "pinterest", "email", "print", NULL},
    {"comment", "repl", "responses", "kommentar", "log in", "sign in", "register", "upvote", "flag",
     "report abuse", "permalink", NULL},
    {"photo", "image", "getty", "foto", "credit", "reuters", "courtesy", "picture", "(ap",
     "file photo", "pictured", NULL},
    {"related", "read more", "more from", "recommended", "trending", "most read", "popular",
     "you may also", "see also", "read also", "more stories", "latest", "also read", NULL},
    {"subscribe", "newsletter", "sign up", "advert", "sponsored", "promo", "free trial", "donate",
     "inbox", "membership", NULL},
    {"posted", "published", "updated", "min read", "author", "written by", "publicado", "edited",
     "last modified", "reporter", "correspondent", NULL},
    {"previous", "next", "page ", "back to", "home", "menu", "search", "skip to", "load more",
     "view all", "show more", "close", "login", NULL},
    {" by ", " von ", " por ", " di ", " par ", " by: ", " (", " [", NULL},
    {"ago", "january", "february", "march", "april", "june", "july", "august", "september",
     "october", "november", "december", "am", "pm", NULL}};

/* Groups whose short lines open a part of the frame: sharing, comments, related, newsletters,
 * legal. */
static const size_t marker_groups[OCS_DUMP_MARKERS] = {1, COMMENT, 4, 5, 0};

static bool starts_word(ocs_str text, size_t at)
{
    return at == 0 || text.p[at - 1] == ' ';
}

static bool has_word_at(ocs_str text, size_t at, const char *word)
{
    if (*word == ' ') {
        if (at > 0)
            return false;
        word++;
    }
    size_t n = strlen(word);
    return text.n - at >= n && memcmp(text.p + at, word, n) == 0;
}

/* The words by their first byte: most words of a text start as none of them. */
static void index_lexicon(measured *m)
{
    for (size_t i = OCS_DUMP_LEXICON * LEXICON_ROW; i-- > 0;) {
        const char *word = lexicon[i / LEXICON_ROW][i % LEXICON_ROW];
        if (!word)
            continue;
        uint8_t *first = &m->lexicon_first[(unsigned char)(*word == ' ' ? word[1] : *word)];
        m->lexicon_next[i] = *first;
        *first = (uint8_t)(i + 1);
    }
}

static void lexical_features(const measured *m, size_t i)
{
    char low[LEXICON_BYTES];
    float *f = row_of(m, i) + OCS_DUMP_LEXICAL_;
    ocs_str text = ocs_block_words(m->blocks, &m->blocks->at[i]);
    text = ocs_str_sub(text, 0, text.n < sizeof low ? text.n : sizeof low);
    for (size_t k = 0; k < text.n; k++)
        low[k] = (char)(text.p[k] >= 'A' && text.p[k] <= 'Z' ? text.p[k] + 32 : text.p[k]);
    text.p = low;
    for (size_t at = 0; at < text.n; at++) {
        if (!starts_word(text, at))
            continue;
        for (size_t w = m->lexicon_first[(unsigned char)low[at]]; w > 0; w = m->lexicon_next[w - 1])
            if (has_word_at(text, at, lexicon[(w - 1) / LEXICON_ROW][(w - 1) % LEXICON_ROW]))
                f[(w - 1) / LEXICON_ROW] = 1.0f;
    }
}

static void shape_features(const measured *m, size_t i)
{
    const ocs_block *b = &m->blocks->at[i];
    float *f = row_of(m, i) + OCS_DUMP_SHAPE_;
    f[0] = b->kind == OCS_BLOCK_ENTRY;
    f[1] = b->bullet > 0;
    f[2] = (float)(b->blank_before > 3 ? 3 : b->blank_before);
    f[3] = log_of(m->repeats[i]);
    f[4] = i > 0 && m->blocks->at[i - 1].kind == OCS_BLOCK_DASH;
}

/* ---- its place and neighbours ---- */

static void place_features(const measured *m, size_t i)
{
    const sums *all = &m->sum[m->blocks->n], *s = &m->sum[i];
    float *f = row_of(m, i) + OCS_DUMP_PLACE_;
    f[0] = share((double)i, (double)m->blocks->n);
    f[1] = share(s->words, all->words);
    f[2] = share(s->prose_words, all->prose_words);
    f[3] = log_of((double)i);
    f[4] = log_of((double)(m->blocks->n - i));
    f[5] = log_of(s->prose_words);
}

static void neighbour_features(const measured *m, size_t i)
{
    static const int offsets[OCS_DUMP_NEIGHBOURS] = {-3, -2, -1, 1, 2, 3};
    float *f = row_of(m, i) + OCS_DUMP_NEIGHBOUR_;
    for (size_t k = 0; k < OCS_DUMP_NEIGHBOURS; k++, f += 3) {
        long at = (long)i + offsets[k];
        if (at < 0 || (size_t)at >= m->blocks->n)
            continue;
        const ocs_block *b = &m->blocks->at[at];
        f[0] = row_of(m, (size_t)at)[OCS_DUMP_TEXT_]; /* words, as a logarithm */
        f[1] = b->sentence;
        f[2] = b->kind == OCS_BLOCK_ENTRY || b->kind == OCS_BLOCK_DASH;
    }
}

static void window_features(const measured *m, size_t i)
{
    static const size_t reach[OCS_DUMP_WINDOWS] = {3, 8, 20};
    float *f = row_of(m, i) + OCS_DUMP_WINDOW_;
    for (size_t k = 0; k < OCS_DUMP_WINDOWS; k++, f += 7) {
        size_t from = i > reach[k] ? i - reach[k] : 0;
        size_t to = i + reach[k] + 1 < m->blocks->n ? i + reach[k] + 1 : m->blocks->n;
        const sums *a = &m->sum[from], *z = &m->sum[to];
        double lines = (double)(to - from);
        f[0] = log_of((z->words - a->words) / lines);
        f[1] = share(z->prose - a->prose, lines);
        f[2] = share(z->entries - a->entries, lines);
        f[3] = share(z->sentences - a->sentences, lines);
        f[4] = share((double)(z->capitals - a->capitals), lines);
        f[5] = log_of(share(z->prose_words - a->prose_words, z->prose - a->prose));
        f[6] = share(z->prose_sentences - a->prose_sentences, z->prose - a->prose);
    }
}

/* ---- runs of prose and of short lines ---- */

static uint32_t run_words(const measured *m, size_t r)
{
    return m->sum[m->run_at[r].to].words - m->sum[m->run_at[r].from].words;
}

static double run_lines(const measured *m, size_t r)
{
    return m->run_at[r].to - m->run_at[r].from;
}

/* The same for all lines of a run. */
static void measure_run(const measured *m, size_t r, float *f)
{
    f[0] = log_of(run_lines(m, r));
    f[1] = log_of(run_words(m, r));
    f[4] =
        share(m->sum[m->run_at[r].to].entries - m->sum[m->run_at[r].from].entries, run_lines(m, r));
    f[5] = r > 0 ? log_of(run_lines(m, r - 1)) : 0;
    f[6] = r > 0 ? log_of(run_words(m, r - 1)) : 0;
    f[7] = r + 1 < m->n_runs ? log_of(run_lines(m, r + 1)) : 0;
    f[8] = r + 1 < m->n_runs ? log_of(run_words(m, r + 1)) : 0;
    f[9] = r > 1 ? log_of(run_words(m, r - 2)) : 0;
    f[10] = r + 2 < m->n_runs ? log_of(run_words(m, r + 2)) : 0;
}

static void run_features(const measured *m, size_t i)
{
    const run *here = &m->run_at[m->runs[i]];
    float *f = row_of(m, i) + OCS_DUMP_RUN_;
    if (i > here->from)
        memcpy(f, f - OCS_DUMP_FEATURE_COUNT, RUN_FEATURES * sizeof *f);
    else
        measure_run(m, m->runs[i], f);
    f[2] = near((double)(i - here->from));
    f[3] = near((double)(here->to - i));
}

/* ---- the densest piece of prose ---- */

static void stretch_features(const measured *m, size_t i)
{
    float *f = row_of(m, i) + OCS_DUMP_STRETCH_;
    for (size_t k = 0; k < OCS_DUMP_STRETCHES; k++, f += 5) {
        ocs_span s = m->stretch[k];
        double words = m->sum[s.to].words - m->sum[s.from].words;
        f[0] = i >= s.from && i < s.to;
        f[1] = near((double)i - (double)s.from);
        f[2] = near((double)s.to - (double)i);
        f[3] = share(words, m->sum[m->blocks->n].words);
        f[4] = share((double)i - (double)s.from, (double)(s.to - s.from));
    }
}

/* Calls for each long word of the line give its slot in the table of the subject's words. */
static bool next_subject_word(ocs_str text, size_t *at, size_t *slot)
{
    while (*at < text.n) {
        size_t from = *at;
        while (*at < text.n && text.p[*at] != ' ')
            ++*at;
        size_t to = *at;
        while (*at < text.n && text.p[*at] == ' ')
            ++*at;
        while (to > from && strchr(".,;:!?\"')", text.p[to - 1]))
            to--;
        if (to - from >= SUBJECT_BYTES) {
            *slot = (size_t)ocs_hash(ocs_str_sub(text, from, to)) & (SUBJECT_SLOTS - 1);
            return true;
        }
    }
    return false;
}

static void gather_subject(measured *m)
{
    for (size_t i = m->stretch[1].from; i < m->stretch[1].to; i++) {
        ocs_str text = ocs_block_words(m->blocks, &m->blocks->at[i]);
        for (size_t at = 0, slot; next_subject_word(text, &at, &slot);)
            if (m->subject[slot] < 255)
                m->subject[slot]++;
    }
}

/* A line of the stretch does not count for itself. */
static void subject_features(const measured *m, size_t i)
{
    ocs_str text = ocs_block_words(m->blocks, &m->blocks->at[i]);
    bool inside = i >= m->stretch[1].from && i < m->stretch[1].to;
    double words = 0, shared = 0, often = 0;
    for (size_t at = 0, slot; next_subject_word(text, &at, &slot);) {
        unsigned others = m->subject[slot];
        others -= inside && others > 0;
        words++;
        shared += others > 0;
        often += others > 2;
    }
    float *f = row_of(m, i) + OCS_DUMP_SUBJECT_;
    f[0] = share(shared, words);
    f[1] = share(often, words);
    f[2] = log_of(shared);
}

/* ---- short lines of the frame ---- */

/* Lines to the last short line of each of the first groups of the lexicon, and to the next one. */
static void mark_distances(measured *m)
{
    uint32_t last[OCS_DUMP_MARKERS], n = (uint32_t)m->blocks->n;
    for (size_t g = 0; g < OCS_DUMP_MARKERS; g++)
        last[g] = FAR;
    for (uint32_t step = 0; step < 2 * n; step++) {
        uint32_t i = step < n ? step : 2 * n - 1 - step;
        float *row = row_of(m, i), *f = row + OCS_DUMP_MARKER_ + (step < n ? 0 : OCS_DUMP_MARKERS);
        for (size_t g = 0; g < OCS_DUMP_MARKERS; g++) {
            bool marker = row[OCS_DUMP_LEXICAL_ + marker_groups[g]] > 0 &&
                          m->blocks->at[i].words <= MARKER_WORDS;
            if (step == n)
                last[g] = FAR;
            last[g] = marker ? 0 : last[g] < FAR ? last[g] + 1 : FAR;
            f[g] = (float)last[g];
        }
    }
}

static void comment_features(const measured *m, size_t i)
{
    size_t from = i > 10 ? i - 10 : 0, to = i + 11 < m->blocks->n ? i + 11 : m->blocks->n;
    row_of(m, i)[OCS_DUMP_MARKER_ + 2 * OCS_DUMP_MARKERS] =
        log_of(m->sum[to].comments - m->sum[from].comments);
}

/* ---- the headline ---- */

/* Of the lines before the stretch or in its first half, the one that shares most words with it. */
static void find_headline(measured *m)
{
    float most = 0;
    size_t end = (m->stretch[1].from + m->stretch[1].to) / 2;
    m->headline = m->blocks->n;
    for (size_t i = 0; i < end; i++) {
        const ocs_block *b = &m->blocks->at[i];
        const float *f = row_of(m, i) + OCS_DUMP_SUBJECT_;
        float points = f[0] * f[2];
        if (b->words >= 3 && b->words <= HEADLINE_WORDS && !b->sentence && points >= most &&
            points > 0) {
            most = points;
            m->headline = i;
        }
    }
}

static void headline_features(const measured *m, size_t i)
{
    float *f = row_of(m, i) + OCS_DUMP_HEADLINE_;
    if (m->headline >= m->blocks->n)
        return;
    f[0] = 1;
    f[1] = near((double)i - (double)m->headline);
    f[2] = i > m->headline;
    f[3] = share(m->sum[i].prose_words - (double)m->sum[m->headline].prose_words,
                 m->sum[m->blocks->n].prose_words);
}

/* ---- what the groups share ---- */

static void sum_up(measured *m)
{
    for (size_t i = 0; i < m->blocks->n; i++) {
        const ocs_block *b = &m->blocks->at[i];
        sums *s = &m->sum[i + 1];
        float capitals = s->capitals;
        bool prose = is_prose(b);
        *s = m->sum[i];
        s->words += b->words;
        s->prose += prose;
        s->prose_words += prose ? b->words : 0;
        s->entries += b->kind == OCS_BLOCK_ENTRY || b->kind == OCS_BLOCK_DASH;
        s->sentences += b->sentence;
        s->prose_sentences += prose && b->sentence;
        s->comments += row_of(m, i)[OCS_DUMP_LEXICAL_ + COMMENT] > 0 && b->words <= MARKER_WORDS;
        s->capitals += capitals;
    }
}

static void cut_runs(measured *m)
{
    for (size_t i = 0; i < m->blocks->n; i++) {
        bool prose = is_prose(&m->blocks->at[i]);
        if (i == 0 || prose != is_prose(&m->blocks->at[i - 1]))
            m->run_at[m->n_runs++].from = (uint32_t)i;
        m->run_at[m->n_runs - 1].to = (uint32_t)i + 1;
        m->runs[i] = (uint32_t)m->n_runs - 1;
    }
}

/* The lines with the greatest sum, where prose counts its words and any other line costs ${cost}. */
static ocs_span find_stretch(const ocs_blocks *blocks, long cost)
{
    ocs_span best = {0, 0};
    long sum = 0, most = 0;
    size_t from = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        long words = b->words < STRETCH_WORDS ? (long)b->words : STRETCH_WORDS;
        sum += is_prose(b) ? words : -cost;
        if (sum < 0) {
            sum = 0;
            from = i + 1;
        }
        if (sum > most) {
            most = sum;
            best = (ocs_span){from, i + 1};
        }
    }
    return best;
}

static void count_repeats(measured *m, uint32_t *table, size_t size)
{
    for (size_t i = 0; i < m->blocks->n; i++) {
        ocs_str text = ocs_block_words(m->blocks, &m->blocks->at[i]);
        size_t slot = (size_t)ocs_hash(text) & (size - 1);
        while (table[slot] != 0 &&
               !ocs_str_eq(text, ocs_block_words(m->blocks, &m->blocks->at[table[slot] - 1])))
            slot = (slot + 1) & (size - 1);
        if (table[slot] == 0)
            table[slot] = (uint32_t)i + 1;
        m->runs[i] = table[slot] - 1; /* the first that says it; runs are cut later */
        m->repeats[table[slot] - 1]++;
    }
    for (size_t i = m->blocks->n; i-- > 0;)
        m->repeats[i] = m->repeats[m->runs[i]];
}

static void page_features(measured *m)
{
    const sums *all = &m->sum[m->blocks->n];
    double n = (double)m->blocks->n;
    float *f = m->page;
    f[0] = log_of(all->words);
    f[1] = log_of(n);
    f[2] = log_of(all->prose_words);
    f[3] = share(all->prose_words, all->words);
    f[4] = share(all->prose, n);
    f[5] = share(all->entries, n);
    f[6] = share(all->sentences, n);
    f[7] = log_of((double)m->n_runs);
}

static bool measure_page(measured *m, ocs_arena *arena)
{
    size_t n = m->blocks->n, size = 64;
    while (size < n * 2)
        size *= 2;
    uint32_t *table = ocs_arena_array(arena, size, sizeof *table);
    m->rows = ocs_arena_array(arena, n * OCS_DUMP_FEATURE_COUNT + 1, sizeof *m->rows);
    m->sum = ocs_arena_array(arena, n + 1, sizeof *m->sum);
    m->repeats = ocs_arena_array(arena, n + 1, sizeof *m->repeats);
    m->runs = ocs_arena_array(arena, n + 1, sizeof *m->runs);
    m->run_at = ocs_arena_array(arena, n + 1, sizeof *m->run_at);
    if (!table || !m->rows || !m->sum || !m->repeats || !m->runs || !m->run_at)
        return false;
    count_repeats(m, table, size);
    index_lexicon(m);
    for (size_t i = 0; i < n; i++) {
        text_features(m, i);
        lexical_features(m, i);
    }
    sum_up(m);
    cut_runs(m);
    m->stretch[0] = find_stretch(m->blocks, 6);
    m->stretch[1] = find_stretch(m->blocks, 20);
    gather_subject(m);
    page_features(m);
    return true;
}

float *ocs_dump_features(const ocs_blocks *blocks, ocs_arena *arena)
{
    measured m = {.blocks = blocks};
    if (!measure_page(&m, arena))
        return NULL;
    for (size_t i = 0; i < blocks->n; i++)
        subject_features(&m, i);
    find_headline(&m);
    mark_distances(&m);
    for (size_t i = 0; i < blocks->n; i++) {
        shape_features(&m, i);
        place_features(&m, i);
        neighbour_features(&m, i);
        window_features(&m, i);
        run_features(&m, i);
        stretch_features(&m, i);
        comment_features(&m, i);
        headline_features(&m, i);
        memcpy(row_of(&m, i) + OCS_DUMP_PAGE_, m.page, sizeof m.page);
    }
    return m.rows;
}
