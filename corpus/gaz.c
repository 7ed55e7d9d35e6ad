/* Matching and look-ups.  A walk goes down the trie one token at a time: from every node by the
 * token's own word and, where its first bytes begin any stem at all, by its cuts.  It sets out only
 * if a phrase of the tables that were asked for may start with its first token.  It is shared by
 * ocs_gaz_match, which keeps the longest phrase that stands in the text, and ocs_gaz_find, which
 * keeps the best phrase that takes every token. */
#include "corpus/gaz_internal.h"

/* Twice what the words of the longest phrase take in the longest text. */
enum { FIND_MEMORY = 16 * 1024 };

typedef struct walk {
    const ocs_gaz *gaz;
    ocs_str text;
    ocs_tokens tokens;
    size_t from;
    unsigned tables;
    void (*reach)(struct walk *walk, uint32_t phrase, size_t to); /* a node that ends phrases */
    ocs_gaz_hit hit;             /* of ocs_gaz_match; to = 0: none */
    const ocs_gaz_phrase *found; /* of ocs_gaz_find */
} walk;

const char *ocs_gaz_table_name(ocs_gaz_table table)
{
    static const char *const names[] = {
#define X(name, file, about) file,
        OCS_GAZ_TABLES(X)
#undef X
    };
    size_t i = (size_t)table;
    return i < OCS_GAZ_TABLE_COUNT ? names[i] : "unknown";
}

const char *ocs_gaz_kind_name(ocs_gaz_kind kind)
{
    static const char *const names[] = {
        [OCS_GAZ_NAME] = "name",       [OCS_GAZ_ALIAS] = "alias",     [OCS_GAZ_FORMER] = "former",
        [OCS_GAZ_DEMONYM] = "demonym", [OCS_GAZ_ACRONYM] = "acronym", [OCS_GAZ_BLOCK] = "block",
    };
    size_t i = (size_t)kind;
    return i < OCS_GAZ_KIND_COUNT ? names[i] : "unknown";
}

/* ---- the walk ---- */

/* The node that ${word} leads to; 0, the root, when there is none. */
static uint32_t edge_find(const ocs_gaz *gaz, uint32_t parent, uint64_t word)
{
    size_t i = ocs_gaz_slot(gaz->n_edges, parent, word);
    while (gaz->edges[i].word != 0) {
        if (gaz->edges[i].word == word && gaz->edges[i].parent == parent)
            return gaz->edges[i].node;
        i = (i + 1) & (gaz->n_edges - 1);
    }
    return 0;
}

static bool long_enough(const ocs_token *token)
{
    return token->points >= OCS_GAZ_STEM_MIN && token->fold.n >= OCS_GAZ_STEM_MIN;
}

static bool may_have_stem(const ocs_gaz *gaz, const ocs_token *token)
{
    if (!long_enough(token))
        return false;
    unsigned head = ocs_gaz_head(token->fold.p);
    return (gaz->heads[head / 64] >> head % 64 & 1) != 0;
}

static void descend(walk *w, uint32_t node, size_t to);

static void arrive(walk *w, uint32_t node, size_t to)
{
    uint32_t phrase = w->gaz->node_phrase[node];
    if (phrase > 0)
        w->reach(w, phrase - 1, to);
    if (to < w->tokens.n && to - w->from < OCS_GAZ_WORDS_MAX &&
        !(w->tokens.at[to].gap & OCS_GAP_LINE))
        descend(w, node, to);
}

/* Take the last letter off ${stem}; false when it is a digit. */
static bool cut_letter(ocs_str *stem)
{
    char byte = stem->p[stem->n - 1];
    if ((unsigned char)byte < 0x80) {
        stem->n--;
        return !ocs_ascii_digit(byte);
    }
    uint32_t last;
    stem->n -= ocs_utf8_before(*stem, stem->n, &last);
    return !ocs_point_digit(last);
}

/* Try the word whole as a stem, then without its last letter, and so on. */
static void descend_by_stem(walk *w, uint32_t node, size_t to)
{
    ocs_str stem = w->tokens.at[to].fold;
    for (int cut = 0; cut <= OCS_GAZ_STEM_TAIL && stem.n >= OCS_GAZ_STEM_MIN; cut++) {
        uint32_t next = 0;
        if (stem.n <= OCS_GAZ_STEM_BYTES)
            next = edge_find(w->gaz, node, ocs_gaz_stem(stem));
        if (next > 0)
            arrive(w, next, to + 1);
        if (!cut_letter(&stem))
            return; /* the tail is letters: no "serb2" for "serb*" */
    }
}

static void descend(walk *w, uint32_t node, size_t to)
{
    const ocs_token *token = &w->tokens.at[to];
    uint32_t next = edge_find(w->gaz, node, ocs_gaz_word(token->hash));
    if (next > 0)
        arrive(w, next, to + 1);
    if (may_have_stem(w->gaz, token))
        descend_by_stem(w, node, to);
}

static bool starts_word(const ocs_gaz *gaz, const ocs_token *token, unsigned tables)
{
    return (gaz->first_words[ocs_gaz_first(token->hash)] & tables) != 0;
}

static bool starts_stem(const ocs_gaz *gaz, const ocs_token *token, unsigned tables)
{
    return long_enough(token) && (gaz->first_stems[ocs_gaz_head(token->fold.p)] & tables) != 0;
}

/* From the root by the first token. */
static void set_out(walk *w)
{
    const ocs_token *token = &w->tokens.at[w->from];
    if (starts_word(w->gaz, token, w->tables)) {
        uint32_t next = edge_find(w->gaz, 0, ocs_gaz_word(token->hash));
        if (next > 0)
            arrive(w, next, w->from + 1);
    }
    if (starts_stem(w->gaz, token, w->tables))
        descend_by_stem(w, 0, w->from);
}

/* ---- matching ---- */

static unsigned table_bit(const ocs_gaz *gaz, const ocs_gaz_phrase *phrase)
{
    return 1u << gaz->things[phrase->thing].table;
}

static bool gaps_fit(const walk *w, const ocs_gaz_phrase *phrase)
{
    const uint8_t *more = phrase->gaps > 0 ? w->gaz->gaps + phrase->gaps : NULL;
    for (size_t i = 1; i < phrase->words; i++) {
        unsigned allowed = OCS_GAZ_PLAIN_GAPS | (more ? more[i] : 0u);
        if (w->tokens.at[w->from + i].gap & ~allowed)
            return false;
    }
    return true;
}

/* Does ${phrase}, whose words these are, stand in the text as its table wants it? */
static bool accepts(const walk *w, const ocs_gaz_phrase *phrase)
{
    const ocs_token *first = &w->tokens.at[w->from];
    if (!gaps_fit(w, phrase))
        return false;
    if (phrase->kind == OCS_GAZ_ACRONYM) {
        size_t end = first[phrase->words - 1].word;
        return ocs_str_eq(ocs_str_sub(w->text, first->at.from, end),
                          ocs_gaz_str(w->gaz, phrase->text));
    }
    return !(phrase->flags & OCS_GAZ_CAPITAL) || first->flags & (OCS_TOKEN_UPPER | OCS_TOKEN_DIGIT);
}

static void keep_longest(walk *w, uint32_t first, size_t to)
{
    if (to <= w->hit.to)
        return;
    ocs_gaz_hit hit = {.from = (uint32_t)w->from, .to = (uint32_t)to, .first = first};
    bool asked = false;
    for (uint32_t i = first;; i++) {
        const ocs_gaz_phrase *phrase = &w->gaz->phrases[i];
        if (accepts(w, phrase)) {
            hit.accepted |= 1u << (i - first);
            if (!asked && (table_bit(w->gaz, phrase) & w->tables)) {
                asked = true;
                hit.phrase = i;
            }
        }
        if (phrase->next == 0)
            break;
    }
    if (asked)
        w->hit = hit;
}

bool ocs_gaz_match(const ocs_gaz *gaz, ocs_str text, ocs_tokens tokens, size_t at, unsigned tables,
                   ocs_gaz_hit *hit)
{
    if (at >= tokens.n ||
        !(starts_word(gaz, &tokens.at[at], tables) || starts_stem(gaz, &tokens.at[at], tables)))
        return false; /* most words: before a walk is made ready */
    walk w = {.gaz = gaz,
              .text = text,
              .tokens = tokens,
              .from = at,
              .tables = tables,
              .reach = keep_longest};
    set_out(&w);
    if (w.hit.to == 0)
        return false;
    *hit = w.hit;
    return true;
}

const ocs_gaz_phrase *ocs_gaz_hit_next(const ocs_gaz *gaz, const ocs_gaz_hit *hit, unsigned tables,
                                       const ocs_gaz_phrase *phrase)
{
    const ocs_gaz_phrase *first = gaz->phrases + hit->first;
    for (size_t i = phrase ? (size_t)(phrase - first) + 1 : 0; i < OCS_GAZ_SAME_MAX; i++)
        if ((hit->accepted >> i & 1) && (table_bit(gaz, &first[i]) & tables))
            return &first[i];
    return NULL;
}

/* ---- look-ups ---- */

/* NAME before ALIAS before all others. */
static int rank_of(const ocs_gaz_phrase *phrase)
{
    return phrase->kind < OCS_GAZ_FORMER ? phrase->kind : OCS_GAZ_FORMER;
}

/* Better than the phrase found so far, which comes first where nothing tells them apart. */
static bool better(const walk *w, const ocs_gaz_phrase *phrase)
{
    const ocs_gaz_thing *a = &w->gaz->things[phrase->thing];
    const ocs_gaz_thing *b = &w->gaz->things[w->found->thing];
    if (rank_of(phrase) != rank_of(w->found))
        return rank_of(phrase) < rank_of(w->found);
    return a->table == b->table && a->people > b->people;
}

static void keep_best(walk *w, uint32_t first, size_t to)
{
    if (to < w->tokens.n)
        return;
    for (const ocs_gaz_phrase *phrase = w->gaz->phrases + first;; phrase++) {
        if ((table_bit(w->gaz, phrase) & w->tables) && (!w->found || better(w, phrase)))
            w->found = phrase;
        if (phrase->next == 0)
            return;
    }
}

const ocs_gaz_thing *ocs_gaz_find(const ocs_gaz *gaz, ocs_gaz_table table, ocs_str text)
{
    return ocs_gaz_find_any(gaz, 1u << table, text);
}

/* What does not fit has more words than any phrase, so that a full arena is no match, too. */
const ocs_gaz_thing *ocs_gaz_find_any(const ocs_gaz *gaz, unsigned tables, ocs_str text)
{
    _Alignas(max_align_t) unsigned char memory[FIND_MEMORY];
    ocs_arena *arena = text.n <= OCS_GAZ_FIND_BYTES ? ocs_arena_in(memory, sizeof memory) : NULL;
    if (!arena)
        return NULL;
    walk w = {.gaz = gaz, .text = text, .tables = tables, .reach = keep_best};
    if (ocs_tokenize(arena, text, &w.tokens) && w.tokens.n > 0)
        set_out(&w);
    ocs_arena_free(arena);
    return w.found ? &gaz->things[w.found->thing] : NULL;
}

const ocs_gaz_thing *ocs_gaz_by_key(const ocs_gaz *gaz, ocs_gaz_table table, ocs_str key)
{
    size_t low = 0, high = gaz->n_things;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const ocs_gaz_thing *thing = &gaz->things[middle];
        int order = (int)thing->table - (int)table;
        if (order == 0)
            order = ocs_str_cmp(ocs_gaz_str(gaz, thing->key), key);
        if (order == 0)
            return thing;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
