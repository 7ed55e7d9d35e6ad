/* Words are measured once, in one pass over the document and one over the lines; a feature is then a
 * mix of one to three such measures and the number of its template.  How a word is written elsewhere
 * is kept in a small open hash table that lives as long as the measuring. */
#include "ingest/tagwords.h"

enum { BLUR_MAX = 48, MANY = 8 };

/* ---- elsewhere in the document ---- */

enum {
    SEEN_SMALL = 1 << 0,  /* without a capital */
    SEEN_INSIDE = 1 << 1, /* with one, within a sentence */
    SEEN_PERSON = 1 << 2, /* in a name that a rule is sure of */
    SEEN_PLACE = 1 << 3,
    SEEN_ORG = 1 << 4,
    SEEN_LAST = 1 << 5, /* last word of a person's name of several words */
    SURE = 85
};

typedef struct sighting {
    uint64_t hash;
    uint8_t seen;
} sighting;

typedef struct sightings {
    sighting *at;
    size_t mask;
} sightings;

static uint8_t *sighted(const sightings *s, uint64_t hash)
{
    size_t i = (size_t)hash & s->mask;
    while (s->at[i].hash != 0 && s->at[i].hash != hash)
        i = (i + 1) & s->mask;
    s->at[i].hash = hash;
    return &s->at[i].seen;
}

static uint8_t sight(const ocs_scan *s, size_t i)
{
    const ocs_token *t = &s->tokens.at[i];
    const ocs_claim *owner = ocs_scan_owner(s, i);
    bool starts = (t->gap & (OCS_GAP_STOP | OCS_GAP_LINE | OCS_GAP_OPEN)) != 0;
    unsigned seen = 0;
    if (!(t->flags & OCS_TOKEN_UPPER))
        seen |= SEEN_SMALL;
    else if (!starts && !s->headline[i])
        seen |= SEEN_INSIDE;
    if (owner && owner->sure >= SURE && (t->flags & OCS_TOKEN_UPPER)) {
        seen |= owner->type == OCS_MENTION_PERSON  ? SEEN_PERSON
                : owner->type == OCS_MENTION_PLACE ? SEEN_PLACE
                : owner->type == OCS_MENTION_ORG   ? SEEN_ORG
                                                   : 0u;
        if (owner->type == OCS_MENTION_PERSON && owner->to == i + 1 && owner->from < i)
            seen |= SEEN_LAST;
    }
    return (uint8_t)seen;
}

static bool look_around(const ocs_scan *s, ocs_tag_words *words)
{
    size_t room = 16;
    while (room < s->tokens.n * 2)
        room *= 2;
    sightings all = {ocs_arena_array(s->arena, room, sizeof *all.at), room - 1};
    if (!all.at)
        return false;
    for (size_t i = 0; i < words->n; i++)
        *sighted(&all, s->tokens.at[i].hash | 1) |= sight(s, i);
    for (size_t i = 0; i < words->n; i++)
        words->at[i].seen = *sighted(&all, s->tokens.at[i].hash | 1);
    return true;
}

/* ---- the word itself ---- */

static uint32_t short_hash(ocs_str s)
{
    uint64_t h = ocs_hash(s);
    uint32_t low = (uint32_t)(h ^ h >> 32);
    return low ? low : 1;
}

/* "2014" and "1999" are one word to the tagger. */
static uint32_t word_hash(const ocs_token *t)
{
    char blurred[BLUR_MAX];
    bool digits = false;
    for (size_t i = 0; i < t->fold.n && i < sizeof blurred; i++) {
        bool digit = t->fold.p[i] >= '0' && t->fold.p[i] <= '9';
        digits = digits || digit;
        blurred[i] = digit ? '0' : t->fold.p[i];
    }
    if (digits && t->fold.n <= sizeof blurred)
        return short_hash((ocs_str){blurred, t->fold.n});
    uint32_t low = (uint32_t)(t->hash ^ t->hash >> 32);
    return low ? low : 1;
}

enum {
    SHAPE_SMALL = 1,
    SHAPE_CAPITAL,
    SHAPE_CAPS,
    SHAPE_LETTER,
    SHAPE_DOTTED,
    SHAPE_MIXED,
    SHAPE_NUMBER,
    SHAPE_DIGIT
};

static uint8_t shape_of(const ocs_scan *s, const ocs_token *t)
{
    if (t->flags & OCS_TOKEN_NUMBER)
        return (uint8_t)(SHAPE_DIGIT + (t->points < MANY ? t->points : MANY));
    if (t->flags & OCS_TOKEN_DIGIT)
        return SHAPE_NUMBER;
    if (t->flags & OCS_TOKEN_DOTTED)
        return SHAPE_DOTTED;
    if (!(t->flags & OCS_TOKEN_UPPER))
        return SHAPE_SMALL;
    if (t->points == 1)
        return SHAPE_LETTER;
    if (t->flags & OCS_TOKEN_CAPS)
        return SHAPE_CAPS;
    for (size_t i = t->at.from + 1; i < t->word; i++)
        if (s->text.p[i] >= 'A' && s->text.p[i] <= 'Z')
            return SHAPE_MIXED;
    return SHAPE_CAPITAL;
}

static uint32_t affix(ocs_str fold, size_t from, size_t to)
{
    uint32_t h = 2166136261u;
    for (size_t i = from; i < to; i++)
        h = (h ^ (uint8_t)fold.p[i]) * 16777619u;
    return h;
}

static void measure(const ocs_scan *s, size_t i, ocs_tag_word *word)
{
    const ocs_token *t = &s->tokens.at[i];
    *word = (ocs_tag_word){.word = word_hash(t), .shape = shape_of(s, t), .gap = t->gap};
    for (size_t k = 0; k < OCS_TAG_AFFIXES; k++) {
        size_t n = k + 2;
        if (t->fold.n <= n)
            continue;
        word->prefix[k] = affix(t->fold, 0, n);
        word->suffix[k] = affix(t->fold, t->fold.n - n, t->fold.n);
    }
}

/* ---- what the tables say ---- */

/* Tables of proper names first: words without a capital are not in them. */
static const ocs_gaz_table tables[] = {OCS_GAZ_COUNTRY, OCS_GAZ_ORG,         OCS_GAZ_PLACE,
                                       OCS_GAZ_CITY,    OCS_GAZ_GIVEN,       OCS_GAZ_MONTH,
                                       OCS_GAZ_TOPIC,   OCS_GAZ_HONORIFIC,   OCS_GAZ_ROLE,
                                       OCS_GAZ_ORGWORD, OCS_GAZ_ATTRIBUTION, OCS_GAZ_STOPWORD};
enum { TABLES = sizeof tables / sizeof *tables, PROPER = 6 };

static void look_up(const ocs_scan *s, ocs_tag_words *words)
{
    for (size_t i = 0; i < words->n; i++) {
        if (words->at[i].far > 2 * OCS_TAG_NEAR || s->survey.tables[i] == 0)
            continue;
        unsigned first = words->at[i].shape == SHAPE_SMALL ? PROPER : 0;
        for (unsigned t = first; t < TABLES; t++) {
            if (words->at[i].known & 3u << 2 * t)
                continue; /* within a phrase of that table already */
            size_t n = ocs_scan_gaz(s, i, tables[t], NULL, NULL);
            for (size_t k = 0; k < n; k++)
                words->at[i + k].known |= (k == 0 ? 1u : 2u) << 2 * t;
        }
    }
}

/* ---- what the rules say ---- */

static void ask_rules(const ocs_scan *s, ocs_tag_words *words)
{
    for (size_t i = 0; i < words->n; i++) {
        const ocs_claim *owner = ocs_scan_owner(s, i);
        if (!owner)
            continue;
        words->at[i].type = 1u + 2u * (uint32_t)owner->type + (owner->from == i);
        words->at[i].rule = short_hash(ocs_str_of(owner->rule)) + words->at[i].type;
    }
}

static bool quiet(const ocs_tag_word *word)
{
    return word->shape == SHAPE_SMALL && word->type == 0;
}

static void measure_distances(ocs_tag_words *words)
{
    unsigned far = UINT8_MAX;
    for (size_t i = 0; i < words->n; i++) {
        far = quiet(&words->at[i]) ? far + (far < UINT8_MAX) : 0;
        words->at[i].far = (uint8_t)far;
    }
    far = UINT8_MAX;
    for (size_t i = words->n; i-- > 0;) {
        far = quiet(&words->at[i]) ? far + (far < UINT8_MAX) : 0;
        if (words->at[i].far > far)
            words->at[i].far = (uint8_t)far;
    }
}

/* ---- runs of capitals ---- */

static bool in_run(const ocs_scan *s, size_t i)
{
    return ocs_scan_capital(s, i) && s->tokens.at[i].points > 0;
}

static void find_runs(const ocs_scan *s, ocs_tag_words *words)
{
    for (size_t i = 0; i < words->n;) {
        size_t to = i;
        while (to < words->n && in_run(s, to) && (to == i || ocs_scan_joined(s, to, true)))
            to++;
        for (size_t k = i; k < to; k++) {
            words->at[k].run_from = (uint32_t)i;
            words->at[k].run_to = (uint32_t)to;
        }
        i = to > i ? to : i + 1;
    }
}

bool ocs_tag_words_make(const ocs_scan *scan, ocs_tag_words *out)
{
    size_t n = scan->tokens.n;
    *out = (ocs_tag_words){scan, ocs_arena_array(scan->arena, n + 1, sizeof *out->at), n};
    if (!out->at)
        return false;
    for (size_t i = 0; i < n; i++)
        measure(scan, i, &out->at[i]);
    ask_rules(scan, out);
    measure_distances(out);
    look_up(scan, out);
    find_runs(scan, out);
    return look_around(scan, out);
}

/* ---- features ---- */

typedef struct row {
    uint32_t *at;
    size_t n;
    uint32_t template_;
} row;

/* The next template with these measures; templates are numbered by their order. */
static inline void put(row *r, uint64_t a, uint64_t b, uint64_t c)
{
    uint64_t h = (uint64_t)++r->template_ * 0x9e3779b97f4a7c15u;
    h = (h ^ a) * 0xff51afd7ed558ccdu;
    h = (h ^ h >> 29 ^ b) * 0xc4ceb9fe1a85ec53u;
    h = (h ^ h >> 31 ^ c) * 0x9e3779b97f4a7c15u;
    if (r->n < OCS_TAG_FEATURES)
        r->at[r->n++] = (uint32_t)(h >> 32);
}

/* The same, but only where there is something to say. */
static inline void put_some(row *r, uint64_t a, uint64_t b)
{
    if (a)
        put(r, a, b, 0);
    else
        r->template_++;
}

static void put_words(row *r, const ocs_tag_word *w[5])
{
    for (size_t k = 0; k < 5; k++)
        put(r, w[k]->word, 0, 0);
    put(r, w[1]->word, w[2]->word, 0);
    put(r, w[2]->word, w[3]->word, 0);
    put(r, w[1]->word, w[2]->shape, 0);
    put(r, w[3]->word, w[2]->shape, 0);
    put(r, w[0]->word, w[1]->word, w[2]->shape);
    put(r, w[2]->word, w[2]->shape, 0);
    for (size_t k = 0; k < OCS_TAG_AFFIXES; k++) {
        put_some(r, w[2]->prefix[k], 0);
        put_some(r, w[2]->suffix[k], w[2]->shape);
    }
    put_some(r, w[1]->suffix[1], 0);
    put_some(r, w[3]->suffix[1], 0);
}

static void put_shapes(row *r, const ocs_tag_word *w[5], bool headline)
{
    const uint64_t shapes[] = {w[0]->shape, w[1]->shape, w[2]->shape, w[3]->shape, w[4]->shape};
    for (size_t k = 0; k < 5; k++)
        put(r, shapes[k], headline, 0);
    put(r, shapes[1] << 8 | shapes[2], w[2]->gap, 0);
    put(r, shapes[2] << 8 | shapes[3], w[3]->gap, 0);
    put(r, shapes[1] << 16 | shapes[2] << 8 | shapes[3], w[2]->gap, w[3]->gap);
    put(r, w[2]->gap, shapes[2], w[2]->seen);
    put(r, w[3]->gap, shapes[2], 0);
    put(r, w[2]->gap, w[1]->word, w[2]->type);
}

static void put_known(row *r, const ocs_tag_word *w[5])
{
    for (unsigned t = 0; t < TABLES; t++)
        put_some(r, w[2]->known >> 2 * t & 3u, 0);
    put_some(r, w[2]->known, w[2]->shape);
    put_some(r, w[1]->known, 0);
    put_some(r, w[3]->known, 0);
    put(r, w[1]->known, w[2]->known, 0);
    put(r, w[2]->known, w[3]->known, 0);
    put_some(r, w[0]->known, 0);
    put_some(r, w[4]->known, 0);
}

static void put_rules(row *r, const ocs_tag_word *w[5])
{
    put_some(r, w[1]->type, 0);
    put_some(r, w[2]->type, 0);
    put_some(r, w[3]->type, 0);
    put(r, w[2]->rule, 0, 0);
    put_some(r, w[1]->rule, 0);
    put_some(r, w[3]->rule, 0);
    put(r, w[2]->rule, w[2]->word, 0);
    put(r, w[2]->rule, w[2]->shape, w[2]->seen);
    put(r, w[1]->type, w[2]->type, w[3]->type);
    put(r, w[2]->rule, w[1]->word, 0);
    put(r, w[2]->rule, w[3]->word, 0);
    put(r, w[2]->type, w[2]->known, 0);
    put(r, w[1]->seen, w[2]->seen, w[2]->shape);
    put(r, w[2]->seen, w[3]->seen, w[2]->shape);
    put(r, w[2]->seen, w[2]->type, w[2]->known);
}

static const ocs_tag_word *word_at(const ocs_tag_words *words, size_t from, size_t to, size_t i)
{
    static const ocs_tag_word beyond;
    return i >= from && i < to ? &words->at[i] : &beyond;
}

/* The run that the word stands in: its first and last word, what stands around it, its tables. */
static void put_run(row *r, const ocs_tag_words *words, size_t from, size_t to, size_t i)
{
    const ocs_tag_word *w = &words->at[i];
    if (w->run_to <= w->run_from)
        return;
    const ocs_tag_word *first = word_at(words, from, to, w->run_from);
    const ocs_tag_word *last = word_at(words, from, to, w->run_to - 1u);
    const ocs_tag_word *before = word_at(words, from, to, w->run_from - (size_t)1);
    const ocs_tag_word *after = word_at(words, from, to, w->run_to);
    uint64_t length = w->run_to - w->run_from, place = i - w->run_from;
    uint64_t where = (length < MANY ? length : MANY) << 8 | (place < MANY ? place : MANY);
    uint64_t known = 0;
    for (size_t k = w->run_from; k < w->run_to; k++)
        known |= words->at[k].known;
    put(r, where, first->gap, 0);
    put(r, where, last->word, 1);
    put(r, first->word, place == 0, 2);
    put(r, last->word, i + 1 == w->run_to, 3);
    put(r, before->word, where, 4);
    put(r, after->word, where, 5);
    put(r, before->word, place == 0, 6);
    put(r, after->word, i + 1 == w->run_to, 7);
    put(r, known, where, 8);
    put(r, first->known, last->known, where);
    put(r, last->suffix[1], where, 9);
    put(r, before->known, place == 0, 10);
}

size_t ocs_tag_features(const ocs_tag_words *words, size_t from, size_t to, size_t i,
                        uint32_t features[OCS_TAG_FEATURES])
{
    row r = {features, 0, 0};
    const ocs_tag_word *w[5];
    for (size_t k = 0; k < 5; k++)
        w[k] = word_at(words, from, to, i + k - 2);
    put(&r, 1, 0, 0);
    put_words(&r, w);
    put_shapes(&r, w, words->scan->headline[i] != 0);
    put_known(&r, w);
    put_rules(&r, w);
    put_run(&r, words, from, to, i);
    return r.n;
}
