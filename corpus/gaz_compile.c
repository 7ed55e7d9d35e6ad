/* From drafts to the compiled form.  Things are sorted by table and key, phrases by the node of the
 * trie where they end, so that those of the same words lie together. */
#include "corpus/gaz_internal.h"

#include <stdlib.h>

typedef struct compiler {
    ocs_gaz_builder *builder;
    ocs_arena *arena;
    ocs_gaz_map nodes; /* (parent, word) -> the edge's index plus one */
    OCS_VEC(ocs_gaz_edge) edges;
    uint32_t *new_thing; /* a thing's place among the added -> among the sorted */
    ocs_gaz_draft_thing *things;
    ocs_gaz_draft_phrase *phrases; /* in order of node */
    size_t n_things, n_phrases;
} compiler;

static int cmp_things(const void *a, const void *b)
{
    const ocs_gaz_draft_thing *x = a, *y = b;
    if (x->thing.table != y->thing.table)
        return x->thing.table < y->thing.table ? -1 : 1;
    return strcmp(x->key, y->key);
}

/* Within a node: by table, then kind, then as written. */
static int cmp_phrases(const void *a, const void *b)
{
    const ocs_gaz_draft_phrase *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    if (x->phrase.table != y->phrase.table)
        return x->phrase.table < y->phrase.table ? -1 : 1;
    if (x->phrase.kind != y->phrase.kind)
        return x->phrase.kind < y->phrase.kind ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void *copy_array(ocs_arena *arena, const void *from, size_t n, size_t size)
{
    void *copy = ocs_arena_array(arena, n, size);
    if (copy && n > 0)
        memcpy(copy, from, n * size);
    return copy;
}

/* ---- things ---- */

static const ocs_gaz_thing *compile_things(compiler *c)
{
    const ocs_gaz_builder *b = c->builder;
    c->n_things = b->things.n;
    c->things = copy_array(c->arena, b->things.at, c->n_things, sizeof *c->things);
    c->new_thing = ocs_arena_array(c->arena, c->n_things, sizeof *c->new_thing);
    ocs_gaz_thing *things = ocs_arena_array(c->arena, c->n_things, sizeof *things);
    if (!things || !c->things || !c->new_thing)
        return NULL;
    for (size_t i = 0; i < c->n_things; i++)
        c->things[i].key = b->texts.p + c->things[i].thing.key;
    if (c->n_things > 0)
        qsort(c->things, c->n_things, sizeof *c->things, cmp_things);
    for (size_t i = 0; i < c->n_things; i++) {
        things[i] = c->things[i].thing;
        c->new_thing[c->things[i].order] = (uint32_t)i;
    }
    return things;
}

/* Every country that a thing lies in must have a row of its own, if there are countries at all. */
static ocs_status check_countries(compiler *c, const ocs_gaz *gaz, ocs_error *err)
{
    ocs_error first = {.status = OCS_OK};
    if (c->n_things == 0 || gaz->things[0].table != OCS_GAZ_COUNTRY)
        return OCS_OK;
    for (size_t i = 0; i < c->n_things; i++) {
        ocs_str country = ocs_gaz_str(gaz, gaz->things[i].country);
        if (country.n > 0 && !ocs_gaz_by_key(gaz, OCS_GAZ_COUNTRY, country))
            (void)ocs_gaz_complain(c->builder, &first, c->things[i].place,
                                   "country '%s' is not among the countries", country.p);
    }
    if (first.status != OCS_OK && err)
        *err = first;
    return first.status;
}

/* ---- trie ---- */

/* The node that ${word} leads to from ${parent}, made where there is none; 0 when the arena failed.
 */
static uint32_t node_after(compiler *c, uint32_t parent, uint64_t word)
{
    uint32_t *slot = ocs_gaz_map_at(c->arena, &c->nodes, ocs_hash_mix(word, parent));
    if (!slot)
        return 0;
    if (*slot == 0) {
        ocs_gaz_edge *edge = ocs_vec_push(c->arena, &c->edges);
        if (!edge)
            return 0;
        *slot = (uint32_t)c->edges.n;
        *edge = (ocs_gaz_edge){.word = word, .parent = parent, .node = *slot};
    }
    return c->edges.at[*slot - 1].node;
}

static void drop_blocked(compiler *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->n_phrases; i++)
        if (!c->phrases[i].blocked)
            c->phrases[kept++] = c->phrases[i];
    c->n_phrases = kept;
}

static bool plant_phrases(compiler *c)
{
    c->n_phrases = c->builder->phrases.n;
    c->phrases = copy_array(c->arena, c->builder->phrases.at, c->n_phrases, sizeof *c->phrases);
    if (!c->phrases)
        return false;
    drop_blocked(c);
    for (size_t i = 0; i < c->n_phrases; i++) {
        ocs_gaz_draft_phrase *draft = &c->phrases[i];
        for (size_t k = 0; k < draft->phrase.words; k++)
            if ((draft->node = node_after(c, draft->node, draft->words[k])) == 0)
                return false;
    }
    if (c->n_phrases > 0)
        qsort(c->phrases, c->n_phrases, sizeof *c->phrases, cmp_phrases);
    return true;
}

/* Twice as many slots as edges, at least. */
static bool compile_edges(compiler *c, ocs_gaz *gaz)
{
    size_t room = 16;
    while (room < c->edges.n * 2)
        room *= 2;
    ocs_gaz_edge *edges = ocs_arena_array(c->arena, room, sizeof *edges);
    if (!edges)
        return false;
    for (size_t i = 0; i < c->edges.n; i++) {
        size_t slot = ocs_gaz_slot(room, c->edges.at[i].parent, c->edges.at[i].word);
        while (edges[slot].word != 0)
            slot = (slot + 1) & (room - 1);
        edges[slot] = c->edges.at[i];
    }
    gaz->edges = edges;
    gaz->n_edges = room;
    return true;
}

static bool compile_nodes(compiler *c, ocs_gaz *gaz)
{
    uint32_t *node_phrase = ocs_arena_array(c->arena, c->edges.n + 1, sizeof *node_phrase);
    if (!node_phrase)
        return false;
    for (size_t i = c->n_phrases; i-- > 0;)
        node_phrase[c->phrases[i].node] = (uint32_t)i + 1;
    for (size_t i = 0; i < c->edges.n; i++)
        node_phrase[c->edges.at[i].parent] |=
            c->edges.at[i].word & OCS_GAZ_STEM_BIT ? OCS_GAZ_STEMS_FOLLOW : OCS_GAZ_WORDS_FOLLOW;
    gaz->node_phrase = node_phrase;
    gaz->n_nodes = c->edges.n + 1;
    return true;
}

static bool compile_firsts(compiler *c, ocs_gaz *gaz)
{
    uint32_t *first = ocs_arena_array(c->arena, OCS_GAZ_FIRSTS, sizeof *first);
    uint32_t *small = ocs_arena_array(c->arena, OCS_GAZ_FIRSTS, sizeof *small);
    if (!first || !small)
        return false;
    for (size_t i = 0; i < c->n_phrases; i++) {
        const ocs_gaz_draft_phrase *draft = &c->phrases[i];
        size_t place = ocs_gaz_first(draft->words[0]);
        first[place] |= 1u << draft->phrase.table;
        if (!(draft->phrase.flags & OCS_GAZ_CAPITAL))
            small[place] |= 1u << draft->phrase.table;
    }
    gaz->first = first;
    gaz->first_small = small;
    return true;
}

/* ---- phrases ---- */

static bool compile_gaps(compiler *c, ocs_gaz *gaz)
{
    size_t n = 1; /* index 0 says that there are none */
    for (size_t i = 0; i < c->n_phrases; i++)
        n += c->phrases[i].gaps ? c->phrases[i].phrase.words : 0u;
    uint8_t *gaps = ocs_arena_array(c->arena, n, sizeof *gaps);
    if (!gaps)
        return false;
    size_t used = 1;
    for (size_t i = 0; i < c->n_phrases; i++) {
        ocs_gaz_draft_phrase *draft = &c->phrases[i];
        if (!draft->gaps)
            continue;
        memcpy(gaps + used, draft->gaps, draft->phrase.words);
        draft->phrase.gaps = (uint32_t)used;
        used += draft->phrase.words;
    }
    gaz->gaps = gaps;
    gaz->n_gaps = n;
    return true;
}

static bool compile_phrases(compiler *c, ocs_gaz *gaz)
{
    ocs_gaz_phrase *phrases = ocs_arena_array(c->arena, c->n_phrases, sizeof *phrases);
    if (!phrases)
        return false;
    for (size_t i = 0; i < c->n_phrases; i++) {
        phrases[i] = c->phrases[i].phrase;
        phrases[i].thing = c->new_thing[phrases[i].thing];
        phrases[i].next = i + 1 < c->n_phrases && c->phrases[i + 1].node == c->phrases[i].node;
    }
    gaz->phrases = phrases;
    gaz->n_phrases = c->n_phrases;
    return true;
}

/* A hit tells the phrases of the same words apart by the bits of one number. */
static ocs_status check_crowds(compiler *c, ocs_error *err)
{
    for (size_t i = OCS_GAZ_SAME_MAX; i < c->n_phrases; i++) {
        const ocs_gaz_draft_phrase *draft = &c->phrases[i];
        if (draft->node == c->phrases[i - OCS_GAZ_SAME_MAX].node)
            return ocs_gaz_complain(c->builder, err, draft->place,
                                    "'%s' has more than %d meanings in all tables",
                                    c->builder->texts.p + draft->phrase.text, OCS_GAZ_SAME_MAX);
    }
    return OCS_OK;
}

ocs_status ocs_gaz_builder_finish(ocs_gaz_builder *b, ocs_gaz *gaz, ocs_error *err)
{
    compiler c = {.builder = b, .arena = b->arena};
    ocs_gaz made = {.texts = b->texts.p,
                    .n_texts = b->texts.n,
                    .heads = b->heads,
                    .version = b->version,
                    .n_things = b->things.n};
    ocs_error crowd = {.status = OCS_OK};
    made.things = compile_things(&c);
    if (!made.things || !plant_phrases(&c) || !compile_edges(&c, &made) ||
        !compile_nodes(&c, &made) || !compile_firsts(&c, &made) || !compile_gaps(&c, &made) ||
        !compile_phrases(&c, &made)) {
        ocs_status st = ocs_arena_status(b->arena);
        return ocs_fail(err, st, "cannot compile the gazetteer: %s", ocs_status_name(st));
    }
    ocs_status st = check_countries(&c, &made, err);
    if (st == OCS_OK && (st = check_crowds(&c, &crowd)) != OCS_OK && err)
        *err = crowd;
    if (st == OCS_OK)
        *gaz = made;
    return st;
}
