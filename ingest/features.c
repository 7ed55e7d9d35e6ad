/* Features are computed group by group.  Shares are between 0 and 1, counts are logarithms, so that
 * a short page and a long one can be judged by the same trees. */
#include "ingest/features.h"

#include <math.h>

enum {
    LEXICON_GROUPS = 8,
    LEXICON_ROW = 12,
    LEXICON_WORDS = LEXICON_GROUPS * LEXICON_ROW,
    LEXICON_SLOTS = 1024,
    LEXICON_BYTES = 200 /* of a block are searched */
};

typedef struct measured {
    const ocs_blocks *blocks;
    ocs_arena *arena;
    float *rows;
    size_t title;        /* block of the title, or n */
    uint32_t main, best; /* elements: most of the prose; best paragraph score */
    uint32_t *siblings;  /* element -> blocks right in it */
    float *score;        /* element -> paragraph score */
    uint32_t *same_make; /* element -> how many elements are made alike */
    uint32_t *repeats;   /* block -> how many blocks say the same */
    uint64_t text, words, linked, prose, prose_words, linked_prose_words;
    float page[OCS_FEATURES_PAGE_last_ - OCS_FEATURES_PAGE_ + 1]; /* the same for every block */
    uint8_t lexicon_first[LEXICON_SLOTS]; /* 1 + the first word of the slot; 0: none */
    uint8_t lexicon_next[LEXICON_WORDS];  /* word -> 1 + the next one of its slot */
    uint8_t lexicon_length[LEXICON_WORDS];
} measured;

static float *row_of(const measured *m, size_t i)
{
    return m->rows + i * OCS_FEATURE_COUNT;
}

static float log_of(double value)
{
    return (float)log2(1.0 + value);
}

static float share(double part, double whole)
{
    return whole > 0 ? (float)(part / whole) : 0.0f;
}

static size_t bytes_of(const ocs_block *b)
{
    return b->at.to - b->at.from;
}

/* ---- text ---- */

typedef struct tally {
    unsigned commas, stops, digits, capitals, shouted, small, letters, signs, quotes, words;
} tally;

static bool separator_sign(uint32_t p)
{
    return p == '|' || p == 0xBB || p == 0xAB || p == 0xA9 || p == '>' || p == 0x2022 ||
           p == 0xB7 || p == '{' || p == '}' || p == 0x2192;
}

static bool all_capitals(ocs_str word)
{
    size_t i = 0;
    while (i < word.n && word.p[i] >= 'A' && word.p[i] <= 'Z')
        i++;
    return i == word.n;
}

static void tally_word(tally *t, ocs_str word)
{
    uint32_t first = (unsigned char)word.p[0];
    bool capital = first >= 'A' && first <= 'Z', letter = capital || (first >= 'a' && first <= 'z');
    if (first >= 0x80) {
        ocs_utf8_at(word, 0, &first);
        capital = ocs_point_upper(first);
        letter = ocs_point_letter(first);
    }
    t->words++;
    t->capitals += capital;
    t->shouted += capital && word.n >= 3 && all_capitals(word);
    t->small += word.n <= 3 && !capital && letter;
}

static void tally_ascii(tally *t, char c)
{
    bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    t->letters += letter;
    if (letter || c == ' ')
        return;
    if (ocs_ascii_digit(c)) {
        t->digits++;
        return;
    }
    t->commas += c == ',';
    t->stops += c == '.' || c == '!' || c == '?' || c == ';';
    t->signs += separator_sign((unsigned char)c);
    t->quotes += c == '"';
}

static void tally_point(tally *t, uint32_t p)
{
    t->commas += p == 0x60C;
    t->letters += ocs_point_letter(p);
    t->signs += separator_sign(p);
    t->quotes += p == 0x201C || p == 0x201D || p == 0x201E;
}

static tally tally_text(ocs_str text)
{
    tally t = {0};
    size_t start = 0, n = 1;
    for (size_t at = 0; at < text.n; at += n) {
        uint32_t p = (unsigned char)text.p[at];
        n = p < 0x80 ? 1 : ocs_utf8_at(text, at, &p);
        if (p == ' ') {
            if (at > start)
                tally_word(&t, ocs_str_sub(text, start, at));
            start = at + 1;
        }
        if (p < 0x80)
            tally_ascii(&t, (char)p);
        else
            tally_point(&t, p);
    }
    if (text.n > start)
        tally_word(&t, ocs_str_sub(text, start, text.n));
    return t;
}

/* Of the group TEXT, which the neighbours are told, too. */
enum { TEXT_WORDS = 0, TEXT_LINKS = 2, TEXT_SENTENCE = 3, TEXT_KEPT = 16 };

static void text_features(const measured *m, size_t i)
{
    const ocs_block *b = &m->blocks->at[i];
    ocs_str text = ocs_block_words(m->blocks, b);
    tally t = tally_text(text);
    float words = t.words ? (float)t.words : 1.0f;
    float *f = row_of(m, i) + OCS_FEATURES_TEXT_;
    *f++ = log_of(b->words);
    *f++ = share((double)text.n, words);
    *f++ = share(b->links, b->words);
    *f++ = b->sentence;
    *f++ = b->colon;
    *f++ = (float)t.commas / words;
    *f++ = (float)t.stops / words;
    *f++ = share(t.digits, (double)text.n);
    *f++ = (float)t.capitals / words;
    *f++ = (float)t.shouted / words;
    *f++ = (float)t.small / words;
    *f++ = share(t.letters, (double)text.n);
    *f++ = (float)t.signs;
    *f++ = (float)t.quotes;
    *f++ = log_of(m->repeats[i]);
    *f++ = (float)b->role; /* what the rules said of it */
    *f = ocs_block_role_kept(b->role);
}

/* Parts of words, lower case and of two bytes or more, that tell what a short line is about. */
static const char *const lexicon[LEXICON_GROUPS][LEXICON_ROW] = {
    {"copyright", "©", "rights reserved", "terms of", "privacy", "cookie", "impressum",
     "todos os direitos", NULL},
    {"share", "tweet", "facebook", "twitter", "whatsapp", "instagram", "follow us", "linkedin",
     "compartilh", NULL},
    {"comment", "repl", "responses", "comentário", "kommentar", "log in", "sign in", "register",
     "upvote", NULL},
    {"photo", "image", "getty", "foto", "credit:", "reuters", "courtesy", "picture:", "(ap)", NULL},
    {"related", "read more", "more from", "recommended", "trending", "most read", "popular",
     "you may also", "leia mais", "see also", "next:", NULL},
    {"subscribe", "newsletter", "sign up", "advert", "sponsored", "promo", "free trial", "donate",
     "inscreva", NULL},
    {"posted", "published", "updated", "by ", "min read", "author", "written by", "publicado",
     " ago", NULL},
    {"previous", "next", "page ", "back to", "home", "menu", "search", "skip to", "load more",
     "view all", "show more", NULL}};

/* Lower case, enough of it; what follows ASCII is what the lexicon's words are. */
static size_t lowered(ocs_str text, char *out, size_t room)
{
    size_t n = text.n < room ? text.n : room;
    for (size_t i = 0; i < n; i++)
        out[i] = (char)(text.p[i] >= 'A' && text.p[i] <= 'Z' ? text.p[i] + 32 : text.p[i]);
    return n;
}

static size_t lexicon_slot(const char *word)
{
    unsigned first = (unsigned char)word[0], second = (unsigned char)word[1];
    return (first * 37 + second) % LEXICON_SLOTS;
}

/* The words by their first two bytes: most places of a text start none of them. */
static void index_lexicon(measured *m)
{
    for (size_t i = 0; i < LEXICON_WORDS; i++) {
        const char *word = lexicon[i / LEXICON_ROW][i % LEXICON_ROW];
        if (!word)
            continue;
        uint8_t *slot = &m->lexicon_first[lexicon_slot(word)];
        m->lexicon_next[i] = *slot;
        m->lexicon_length[i] = (uint8_t)strlen(word);
        *slot = (uint8_t)(i + 1);
    }
}

static void lexical_features(const measured *m, size_t i)
{
    char text[LEXICON_BYTES];
    float *f = row_of(m, i) + OCS_FEATURES_LEXICAL_;
    size_t n = lowered(ocs_block_words(m->blocks, &m->blocks->at[i]), text, sizeof text);
    for (size_t at = 0; at + 1 < n; at++)
        for (size_t w = m->lexicon_first[lexicon_slot(text + at)]; w > 0;
             w = m->lexicon_next[w - 1]) {
            const char *word = lexicon[(w - 1) / LEXICON_ROW][(w - 1) % LEXICON_ROW];
            size_t length = m->lexicon_length[w - 1];
            if (length <= n - at && text[at + length - 1] == word[length - 1] &&
                memcmp(text + at, word, length) == 0)
                f[(w - 1) / LEXICON_ROW] = 1.0f;
        }
}

static bool is_prose(const ocs_block *b)
{
    return b->words >= 12 && b->links * 3 < b->words;
}

/* The stretch of blocks around i in which at most two short ones stand between prose. */
static void run_features(const measured *m, size_t i)
{
    const ocs_blocks *b = m->blocks;
    float *f = row_of(m, i) + OCS_FEATURES_RUN_;
    double words = 0, gap = 0;
    size_t to_before = 0, to_behind = 0;
    for (size_t k = i; k-- > 0 && gap <= 3;) {
        bool prose = is_prose(&b->at[k]);
        gap = prose ? 0 : gap + 1;
        words += prose ? b->at[k].words : 0;
        if (prose && to_before == 0)
            to_before = i - k;
    }
    f[0] = log_of(words);
    gap = 0;
    double behind = 0;
    for (size_t k = i + 1; k < b->n && gap <= 3; k++) {
        bool prose = is_prose(&b->at[k]);
        gap = prose ? 0 : gap + 1;
        behind += prose ? b->at[k].words : 0;
        if (prose && to_behind == 0)
            to_behind = k - i;
    }
    f[1] = log_of(behind);
    f[2] = log_of(words + behind + (is_prose(&b->at[i]) ? b->at[i].words : 0));
    f[3] = share(words + behind, (double)m->words);
    f[4] = to_before ? (float)to_before : 9.0f;
    f[5] = to_behind ? (float)to_behind : 9.0f;
}

static void kind_features(const measured *m, size_t i)
{
    const ocs_block *b = &m->blocks->at[i];
    float *f = row_of(m, i) + OCS_FEATURES_KIND_;
    f[0] = b->kind == OCS_BLOCK_PARAGRAPH;
    f[1] = b->kind == OCS_BLOCK_HEADING ? (float)b->level : 0.0f;
    f[2] = b->kind == OCS_BLOCK_ITEM || b->kind == OCS_BLOCK_ENTRY;
    f[3] = b->kind == OCS_BLOCK_CELL;
    f[4] = b->kind == OCS_BLOCK_CAPTION;
    f[5] = b->kind == OCS_BLOCK_QUOTE;
    f[6] = b->kind == OCS_BLOCK_DIVISION;
    f[7] = b->kind == OCS_BLOCK_CONTROL;
    f[8] = b->bullet > 0;
}

/* ---- place and neighbours ---- */

static void place_features(const measured *m, size_t i, uint64_t before)
{
    double n = (double)m->blocks->n;
    float *f = row_of(m, i) + OCS_FEATURES_PLACE_;
    double distance = m->title < m->blocks->n ? (double)i - (double)m->title : 0.0;
    f[0] = (float)((double)i / n);
    f[1] = share((double)before, (double)m->text);
    f[2] = (float)(distance > 30 ? 30 : distance < -30 ? -30 : distance);
    f[3] = m->title < m->blocks->n && i > m->title;
    f[4] = m->title < m->blocks->n;
    f[5] = log_of((double)i);
    f[6] = log_of(n - (double)i);
}

static void neighbour_features(const measured *m, size_t i)
{
    static const int offsets[OCS_NEIGHBOURS] = {-2, -1, 1, 2};
    float *f = row_of(m, i) + OCS_FEATURES_NEIGHBOUR_;
    for (size_t k = 0; k < OCS_NEIGHBOURS; k++, f += 4) {
        long at = (long)i + offsets[k];
        if (at < 0 || (size_t)at >= m->blocks->n)
            continue;
        const float *text = row_of(m, (size_t)at) + OCS_FEATURES_TEXT_;
        f[0] = text[TEXT_WORDS];
        f[1] = text[TEXT_LINKS];
        f[2] = text[TEXT_SENTENCE];
        f[3] = text[TEXT_KEPT];
    }
    double words = 0, links = 0, sentences = 0, seen = 0, kept = 0;
    for (long at = (long)i - 5; at <= (long)i + 5; at++) {
        if (at < 0 || (size_t)at >= m->blocks->n || at == (long)i)
            continue;
        const ocs_block *b = &m->blocks->at[at];
        words += b->words;
        links += b->links;
        sentences += b->sentence && b->words >= 8;
        kept += (double)row_of(m, (size_t)at)[OCS_FEATURES_TEXT_ + TEXT_KEPT];
        seen++;
    }
    f[0] = log_of(seen > 0 ? words / seen : 0);
    f[1] = share(links, words);
    f[2] = share(sentences, seen);
    f[3] = log_of(words);
    f[4] = share(kept, seen);
}

/* ---- tree ---- */

static const ocs_element *element(const measured *m, uint32_t e)
{
    return &m->blocks->elements[e];
}

/* Steps from ${e} up to the first element that also holds ${other}. */
static unsigned steps_to(const measured *m, uint32_t e, uint32_t other)
{
    unsigned steps = 0;
    while (e != other && e != 0) {
        if (element(m, e)->depth >= element(m, other)->depth) {
            e = element(m, e)->parent;
            steps++;
        } else {
            other = element(m, other)->parent;
        }
        if (steps > 40)
            break;
    }
    return steps;
}

static void tree_features(const measured *m, size_t i)
{
    float *f = row_of(m, i) + OCS_FEATURES_TREE_;
    uint32_t e = m->blocks->at[i].element;
    uint32_t parent = element(m, e)->parent, above = element(m, parent)->parent;
    f[0] = (float)element(m, e)->depth;
    f[1] = log_of(m->siblings[e]);
    f[2] = log_of(m->siblings[parent]);
    f[3] = (float)steps_to(m, e, m->main);
    f[4] = (float)steps_to(m, e, m->best);
    f[5] = log_of(m->same_make[e]);
    f[6] = log_of(m->same_make[parent]);
    f[7] = log_of(m->same_make[above]);
}

static void container_features(const measured *m, size_t i)
{
    float *f = row_of(m, i) + OCS_FEATURES_CONTAINER_;
    uint32_t e = m->blocks->at[i].element;
    uint32_t held = element(m, e)->text;
    for (size_t k = 0; k < OCS_CONTAINERS; k++, f += 4) {
        const ocs_element *c = element(m, e);
        f[0] = share(c->text, (double)m->text);
        f[1] = share(c->link_text, c->text);
        f[2] = share(c->prose, c->text);
        f[3] = share(c->prose, (double)m->prose);
        /* the next one that holds more than this: wrappers of one child say nothing new */
        while (e != 0 && element(m, e)->text <= held)
            e = element(m, e)->parent;
        held = element(m, e)->text;
    }
}

static void mark_features(const measured *m, size_t i)
{
    static const uint32_t marks[OCS_MARKS_USED] = {
        OCS_MARK_NAV,    OCS_MARK_HEADER,  OCS_MARK_FOOTER, OCS_MARK_ASIDE,   OCS_MARK_FORM,
        OCS_MARK_SHARE,  OCS_MARK_RELATED, OCS_MARK_COOKIE, OCS_MARK_COMMENT, OCS_MARK_CONTACT,
        OCS_MARK_HIDDEN, OCS_MARK_CONTENT, OCS_MARK_TITLE,  OCS_MARK_CAPTION, OCS_MARK_LIST_ITEM};
    float *f = row_of(m, i) + OCS_FEATURES_MARK_;
    unsigned steps = 1;
    uint32_t seen = 0; /* the nearest element with a mark counts */
    for (uint32_t e = m->blocks->at[i].element; e != 0; e = element(m, e)->parent, steps++) {
        uint32_t fresh = element(m, e)->marks & ~seen;
        for (size_t k = 0; fresh != 0 && k < OCS_MARKS_USED; k++)
            if (fresh & marks[k])
                f[k] = 1.0f / (float)steps;
        seen |= fresh;
    }
}

static void page_features(measured *m)
{
    float *f = m->page;
    f[0] = log_of((double)m->words);
    f[1] = share((double)m->linked, (double)m->words);
    f[2] = share((double)m->prose, (double)m->text);
    f[3] = log_of((double)m->blocks->n);
    f[4] = log_of((double)m->prose_words);
    f[5] = log_of((double)m->linked_prose_words);
    f[6] = share((double)m->prose_words, (double)m->words);
    f[7] = share((double)m->linked_prose_words, (double)m->words);
}

/* ---- what the groups share ---- */

static void find_title(measured *m)
{
    m->title = m->blocks->n;
    for (size_t i = 0; i < m->blocks->n; i++) {
        const ocs_block *b = &m->blocks->at[i];
        if (b->kind == OCS_BLOCK_HEADING && b->level == 1 && b->words >= 2) {
            m->title = i;
            return;
        }
    }
}

/* Paragraphs give points to the elements above them, as readability does: a point, one for each
 * comma and for each hundred bytes, half to the grandparent. */
static void score_elements(measured *m)
{
    for (size_t i = 0; i < m->blocks->n; i++) {
        const ocs_block *b = &m->blocks->at[i];
        if (b->words < 8 || b->links * 2 > b->words)
            continue;
        double points = 1.0 + (double)bytes_of(b) / 100.0;
        uint32_t e = element(m, b->element)->parent;
        m->score[e] += (float)points;
        m->score[element(m, e)->parent] += (float)(points / 2);
    }
    for (uint32_t e = 0; e < m->blocks->n_elements; e++) {
        const ocs_element *c = element(m, e);
        float score = m->score[e] * (1.0f - share(c->link_text, c->text));
        if (score > m->score[m->best] *
                        (1.0f - share(element(m, m->best)->link_text, element(m, m->best)->text)))
            m->best = e;
        if ((double)c->prose >= 0.7 * (double)m->prose && m->prose > 0 &&
            c->depth >= element(m, m->main)->depth)
            m->main = e;
    }
}

/* The place of ${hashes}[i] in a table of ${size}, a power of two: 1 + the first index with the same
 * hash, or 0 where it is new. */
static uint32_t *equal_slot(uint32_t *table, size_t size, const uint64_t *hashes, size_t i)
{
    size_t slot = (size_t)hashes[i] & (size - 1);
    while (table[slot] != 0 && hashes[table[slot] - 1] != hashes[i])
        slot = (slot + 1) & (size - 1);
    return &table[slot];
}

/* For each of ${n} hashes how many are equal to it, at most 255. */
static bool count_equal(ocs_arena *arena, const uint64_t *hashes, size_t n, uint32_t *counts)
{
    size_t size = 16;
    while (size < n * 2)
        size *= 2;
    uint32_t *table = ocs_arena_array(arena, size, sizeof *table);
    if (!table)
        return false;
    for (size_t i = 0; i < n; i++) {
        uint32_t *first = equal_slot(table, size, hashes, i);
        if (*first == 0)
            *first = (uint32_t)i + 1;
        counts[*first - 1] += counts[*first - 1] < 255;
    }
    for (size_t i = 0; i < n; i++)
        counts[i] = counts[*equal_slot(table, size, hashes, i) - 1];
    return true;
}

static bool count_repeats(measured *m)
{
    size_t most = m->blocks->n > m->blocks->n_elements ? m->blocks->n : m->blocks->n_elements;
    uint64_t *hashes = ocs_arena_array(m->arena, most + 1, sizeof *hashes);
    if (!hashes)
        return false;
    for (size_t i = 0; i < m->blocks->n; i++)
        hashes[i] = ocs_hash(ocs_block_words(m->blocks, &m->blocks->at[i]));
    if (!count_equal(m->arena, hashes, m->blocks->n, m->repeats))
        return false;
    for (size_t e = 0; e < m->blocks->n_elements; e++)
        hashes[e] = m->blocks->elements[e].make;
    return count_equal(m->arena, hashes, m->blocks->n_elements, m->same_make);
}

static bool measure_page(measured *m)
{
    const ocs_blocks *b = m->blocks;
    m->rows = ocs_arena_array(m->arena, b->n * OCS_FEATURE_COUNT + 1, sizeof *m->rows);
    m->repeats = ocs_arena_array(m->arena, b->n + 1, sizeof *m->repeats);
    m->siblings = ocs_arena_array(m->arena, b->n_elements + 1, sizeof *m->siblings);
    m->score = ocs_arena_array(m->arena, b->n_elements + 1, sizeof *m->score);
    m->same_make = ocs_arena_array(m->arena, b->n_elements + 1, sizeof *m->same_make);
    if (!m->rows || !m->repeats || !m->siblings || !m->score || !m->same_make)
        return false;
    for (size_t i = 0; i < b->n; i++) {
        const ocs_block *block = &b->at[i];
        m->text += bytes_of(block);
        m->words += block->words;
        m->linked += block->links;
        m->prose_words += is_prose(block) ? block->words : 0;
        m->linked_prose_words +=
            block->words >= 8 && block->links * 2 > block->words ? block->words : 0;
        m->prose += block->words >= 12 && block->links * 3 < block->words ? bytes_of(block) : 0;
        if (b->n_elements > 0)
            m->siblings[block->element]++;
    }
    page_features(m);
    index_lexicon(m);
    find_title(m);
    if (b->n_elements > 0)
        score_elements(m);
    return count_repeats(m);
}

float *ocs_block_features(const ocs_blocks *blocks, ocs_arena *arena)
{
    measured m = {.blocks = blocks, .arena = arena};
    uint64_t before = 0;
    if (!measure_page(&m))
        return NULL;
    for (size_t i = 0; i < blocks->n; i++)
        text_features(&m, i);
    for (size_t i = 0; i < blocks->n; i++) {
        lexical_features(&m, i);
        run_features(&m, i);
        kind_features(&m, i);
        place_features(&m, i, before);
        neighbour_features(&m, i);
        memcpy(row_of(&m, i) + OCS_FEATURES_PAGE_, m.page, sizeof m.page);
        before += bytes_of(&blocks->at[i]);
        if (blocks->n_elements == 0)
            continue;
        tree_features(&m, i);
        container_features(&m, i);
        mark_features(&m, i);
    }
    return m.rows;
}
