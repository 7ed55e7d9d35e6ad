/* Matching and look-ups.  A walk goes down the trie one token at a time: from every node by the
 * token's own word and, where stems go on from there and its first bytes begin any stem at all, by
 * its cuts.  It sets out only if a phrase of the tables that were asked for may start with its first
 * token.  It is shared by ocs_gaz_match, which keeps the longest phrase that stands in the text, the
 * survey, which keeps all of them, and ocs_gaz_find, which keeps the best phrase that takes every
 * token. */
#include "corpus/gaz_internal.h"

/* Twice what the words of the longest phrase take in the longest text. */
enum { FIND_MEMORY = 16 * 1024 };

typedef struct walk {
    const ocs_gaz *gaz;
    ocs_str text;
    ocs_tokens tokens;
    size_t from;
    unsigned tables;
    const uint32_t *first; /* the tables in which phrases start, by the first word */
    void (*reach)(struct walk *walk, uint32_t phrase, size_t to); /* a node that ends phrases */
    ocs_gaz_stand stand;         /* of ocs_gaz_match; to = 0: none */
    const ocs_gaz_phrase *found; /* of ocs_gaz_find */
    ocs_gaz_survey *survey;      /* and its arena; of ocs_gaz_survey_make */
    ocs_arena *arena;
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

static bool may_have_stem(const ocs_gaz *gaz, const ocs_token *token)
{
    if (token->points < OCS_GAZ_STEM_MIN || token->fold.n < OCS_GAZ_STEM_MIN)
        return false;
    unsigned head = ocs_gaz_head(token->fold.p);
    return (gaz->heads[head / 64] >> head % 64 & 1) != 0;
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

/* The stems that ${word} may have, as in edges: the word whole, without its last letter, and so on;
 * 0 for one that is too long.  The tail is letters: no "serb2" for "serb*". */
static size_t stems_of(ocs_str word, uint64_t stems[OCS_GAZ_STEM_TAIL + 1])
{
    size_t ends[OCS_GAZ_STEM_TAIL + 1], n = 0, at = 0;
    ocs_str stem = word;
    do
        ends[n++] = stem.n;
    while (n <= OCS_GAZ_STEM_TAIL && cut_letter(&stem) && stem.n >= OCS_GAZ_STEM_MIN);
    uint64_t hash = OCS_GAZ_STEM_START;
    for (size_t i = n; i-- > 0;) {
        for (; at < ends[i]; at++)
            hash = ocs_gaz_stem_step(hash, word.p[at]);
        stems[i] = ends[i] <= OCS_GAZ_STEM_BYTES ? ocs_gaz_stem_end(hash) : 0;
    }
    return n;
}

static void arrive(walk *w, uint32_t node, size_t to);

/* Down an edge from ${node}, if there is one. */
static void descend(walk *w, uint32_t node, uint64_t word, size_t to)
{
    if (node == 0 && !(w->first[ocs_gaz_first(word)] & w->tables))
        return;
    uint32_t next = edge_find(w->gaz, node, word);
    if (next > 0)
        arrive(w, next, to + 1);
}

static void descend_by_stems(walk *w, uint32_t node, size_t to)
{
    uint64_t stems[OCS_GAZ_STEM_TAIL + 1];
    size_t n = stems_of(w->tokens.at[to].fold, stems);
    for (size_t i = 0; i < n; i++)
        if (stems[i] != 0)
            descend(w, node, stems[i], to);
}

/* On from ${node} by token ${to}. */
static void go_on(walk *w, uint32_t node, size_t to)
{
    const ocs_token *token = &w->tokens.at[to];
    if (w->gaz->node_phrase[node] & OCS_GAZ_WORDS_FOLLOW)
        descend(w, node, ocs_gaz_word(token->hash), to);
    if ((w->gaz->node_phrase[node] & OCS_GAZ_STEMS_FOLLOW) && may_have_stem(w->gaz, token))
        descend_by_stems(w, node, to);
}

static void arrive(walk *w, uint32_t node, size_t to)
{
    uint32_t phrase = w->gaz->node_phrase[node] & OCS_GAZ_NODE_PHRASE;
    if (phrase > 0)
        w->reach(w, phrase - 1, to);
    if (to < w->tokens.n && to - w->from < OCS_GAZ_WORDS_MAX &&
        !(w->tokens.at[to].gap & OCS_GAP_LINE))
        go_on(w, node, to);
}

/* From the root by the first token, for phrases as they stand in a text. */
static void set_out(walk *w)
{
    bool small = !(w->tokens.at[w->from].flags & (OCS_TOKEN_UPPER | OCS_TOKEN_DIGIT));
    w->first = small ? w->gaz->first_small : w->gaz->first;
    go_on(w, 0, w->from);
}

/* ---- matching ---- */

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

/* The phrases from ${first} on, whose words these are, that stand in the text. */
static ocs_gaz_stand stand_of(const walk *w, uint32_t first, size_t to)
{
    ocs_gaz_stand stand = {.first = first, .to = (uint32_t)to};
    for (uint32_t i = first;; i++) {
        const ocs_gaz_phrase *phrase = &w->gaz->phrases[i];
        if (accepts(w, phrase)) {
            stand.accepted |= 1u << (i - first);
            stand.tables |= 1u << phrase->table;
        }
        if (phrase->next == 0)
            return stand;
    }
}

static ocs_gaz_hit hit_of(const ocs_gaz *gaz, const ocs_gaz_stand *stand, size_t from,
                          unsigned tables)
{
    ocs_gaz_hit hit = {.from = (uint32_t)from,
                       .to = stand->to,
                       .first = stand->first,
                       .accepted = stand->accepted};
    hit.phrase = (uint32_t)(ocs_gaz_hit_next(gaz, &hit, tables, NULL) - gaz->phrases);
    return hit;
}

static void keep_longest(walk *w, uint32_t first, size_t to)
{
    if (to <= w->stand.to)
        return;
    ocs_gaz_stand stand = stand_of(w, first, to);
    if (stand.tables & w->tables)
        w->stand = stand;
}

bool ocs_gaz_match(const ocs_gaz *gaz, ocs_str text, ocs_tokens tokens, size_t at, unsigned tables,
                   ocs_gaz_hit *hit)
{
    if (at >= tokens.n)
        return false;
    walk w = {.gaz = gaz,
              .text = text,
              .tokens = tokens,
              .from = at,
              .tables = tables,
              .reach = keep_longest};
    set_out(&w);
    if (w.stand.to == 0)
        return false;
    *hit = hit_of(gaz, &w.stand, at, tables);
    return true;
}

const ocs_gaz_phrase *ocs_gaz_hit_next(const ocs_gaz *gaz, const ocs_gaz_hit *hit, unsigned tables,
                                       const ocs_gaz_phrase *phrase)
{
    const ocs_gaz_phrase *first = gaz->phrases + hit->first;
    size_t i = phrase ? (size_t)(phrase - first) + 1 : 0;
    for (; i < OCS_GAZ_SAME_MAX && hit->accepted >> i != 0; i++)
        if ((hit->accepted >> i & 1) && (1u << first[i].table & tables))
            return &first[i];
    return NULL;
}

/* ---- surveys ---- */

static void keep_all(walk *w, uint32_t first, size_t to)
{
    ocs_gaz_stand stand = stand_of(w, first, to);
    ocs_gaz_stand *kept =
        stand.tables & w->tables ? ocs_vec_push(w->arena, &w->survey->stands) : NULL;
    if (!kept)
        return;
    *kept = stand;
    w->survey->tables[w->from] |= stand.tables & w->tables;
}

bool ocs_gaz_survey_make(const ocs_gaz *gaz, ocs_arena *arena, ocs_str text, ocs_tokens tokens,
                         unsigned tables, ocs_gaz_survey *survey)
{
    *survey = (ocs_gaz_survey){
        .gaz = gaz,
        .tables = ocs_arena_array(arena, tokens.n + 1, sizeof *survey->tables),
        .begin = ocs_arena_array(arena, tokens.n + 1, sizeof *survey->begin),
    };
    if (!survey->tables || !survey->begin)
        return false;
    walk w = {.gaz = gaz,
              .text = text,
              .tokens = tokens,
              .tables = tables,
              .reach = keep_all,
              .survey = survey,
              .arena = arena};
    for (w.from = 0; w.from < tokens.n; w.from++) {
        set_out(&w);
        survey->begin[w.from + 1] = (uint32_t)survey->stands.n;
    }
    return ocs_arena_status(arena) == OCS_OK;
}

bool ocs_gaz_survey_match(const ocs_gaz_survey *survey, size_t end, size_t at, unsigned tables,
                          ocs_gaz_hit *hit)
{
    const ocs_gaz_stand *best = NULL;
    if (at >= end || !(survey->tables[at] & tables))
        return false;
    for (uint32_t i = survey->begin[at]; i < survey->begin[at + 1]; i++) {
        const ocs_gaz_stand *stand = &survey->stands.at[i];
        if ((stand->tables & tables) && stand->to <= end && (!best || stand->to > best->to))
            best = stand;
    }
    if (!best)
        return false;
    *hit = hit_of(survey->gaz, best, at, tables);
    return true;
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
        if ((1u << phrase->table & w->tables) && (!w->found || better(w, phrase)))
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
    walk w = {.gaz = gaz, .text = text, .tables = tables, .first = gaz->first, .reach = keep_best};
    if (ocs_tokenize(arena, text, &w.tokens) && w.tokens.n > 0)
        go_on(&w, 0, 0);
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
