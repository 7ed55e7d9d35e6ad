/* The matching documents are unpacked one after the other and their mentions counted in a hash
 * table of entities.  An entity remembers the last document that it was met in, so that documents
 * are counted once; names are kept as they first come and ordered at the end. */
#include "query/tally.h"

#include <stdlib.h>

enum {
    QUERY_MEMORY = 128 * 1024 * 1024,
    PAGE_MEMORY = 512 * 1024 * 1024,
    FIRST_SLOTS = 1024 /* a power of two */
};

/* Beside the entity what is only needed while counting. */
typedef struct slot {
    uint32_t entity; /* from 1; 0: free */
    uint64_t hash;
} slot;

typedef struct name_list {
    OCS_VEC(ocs_tally_name) at;
    uint32_t met_in; /* the document that last had it, from 1 */
} name_list;

typedef OCS_VEC(ocs_word_forms) word_list;

typedef struct counter {
    ocs_index *index;
    const ocs_tally_wanted *wanted;
    ocs_arena *arena, *page_arena;
    OCS_VEC(ocs_tally_entity) entities;
    OCS_VEC(name_list) names; /* beside them */
    slot *slots;
    size_t n_slots;
    uint32_t documents;
    ocs_error *err;
} counter;

/* ---- the table ---- */

static uint64_t hash_of(ocs_mention_type type, ocs_str key)
{
    return ocs_hash_mix(ocs_hash(key), (uint64_t)type);
}

static void put_slot(counter *c, slot put)
{
    size_t i = put.hash & (c->n_slots - 1);
    while (c->slots[i].entity != 0)
        i = (i + 1) & (c->n_slots - 1);
    c->slots[i] = put;
}

static bool grow(counter *c)
{
    if ((c->entities.n + 1) * 2 <= c->n_slots)
        return true;
    const slot *old = c->slots;
    size_t n_old = c->n_slots, n = n_old > 0 ? 2 * n_old : FIRST_SLOTS;
    slot *slots = ocs_arena_array(c->arena, n, sizeof *slots);
    if (!slots)
        return false;
    c->slots = slots;
    c->n_slots = n;
    for (size_t i = 0; i < n_old; i++)
        if (old[i].entity != 0)
            put_slot(c, old[i]);
    return true;
}

/* From 1; 0 when it is not there. */
static uint32_t find_entity(const counter *c, uint64_t hash, const ocs_mention *mention)
{
    for (size_t i = hash & (c->n_slots - 1); c->slots[i].entity != 0;
         i = (i + 1) & (c->n_slots - 1)) {
        const ocs_tally_entity *e = &c->entities.at[c->slots[i].entity - 1];
        if (c->slots[i].hash == hash && e->type == mention->type &&
            ocs_str_eq(e->key, mention->key))
            return c->slots[i].entity;
    }
    return 0;
}

/* From 1; 0 when the arena is full. */
static uint32_t entity_of(counter *c, const ocs_mention *mention)
{
    uint64_t hash = hash_of(mention->type, mention->key);
    if (!grow(c))
        return 0;
    uint32_t found = find_entity(c, hash, mention);
    if (found > 0)
        return found;
    ocs_tally_entity *entity = ocs_vec_push(c->arena, &c->entities);
    name_list *beside = ocs_vec_push(c->arena, &c->names);
    if (!entity || !beside)
        return 0;
    entity->type = mention->type;
    entity->key = ocs_str_copy(c->arena, mention->key);
    entity->country = ocs_str_copy(c->arena, mention->country);
    put_slot(c, (slot){(uint32_t)c->entities.n, hash});
    return (uint32_t)c->entities.n;
}

/* ---- counting ---- */

static bool add_name(counter *c, name_list *list, ocs_str name)
{
    for (size_t i = 0; i < list->at.n; i++) {
        if (ocs_str_eq(list->at.at[i].text, name)) {
            list->at.at[i].mentions++;
            return true;
        }
    }
    if (list->at.n == OCS_TALLY_NAMES)
        return true;
    ocs_tally_name *added = ocs_vec_push(c->arena, &list->at);
    if (!added)
        return false;
    *added = (ocs_tally_name){ocs_str_copy(c->arena, name), 1};
    return added->text.p != NULL;
}

static void add_date(ocs_tally_entity *entity, ocs_date date)
{
    if (date.year == 0)
        return;
    if (entity->first.year == 0 || ocs_date_cmp(date, entity->first) < 0)
        entity->first = date;
    if (entity->last.year == 0 || ocs_date_cmp(date, entity->last) > 0)
        entity->last = date;
}

static bool add_mention(counter *c, const ocs_document *document, const ocs_mention *mention)
{
    uint32_t number = entity_of(c, mention);
    if (number == 0)
        return false;
    ocs_tally_entity *entity = &c->entities.at[number - 1];
    name_list *beside = &c->names.at[number - 1];
    entity->mentions++;
    if (beside->met_in != c->documents) {
        beside->met_in = c->documents;
        entity->documents++;
        add_date(entity, document->published.from);
    }
    return add_name(c, beside, mention->name);
}

static bool of_wanted_type(const counter *c, const ocs_mention *mention)
{
    unsigned types = c->wanted->types;
    return ocs_mention_is_indexed(mention) && (types == 0 || (types >> mention->type & 1U) != 0);
}

static ocs_status count_document(counter *c, xap_docid number)
{
    ocs_document document;
    ocs_arena_clear(c->page_arena);
    ocs_status st = ocs_index_document(c->index, number, c->page_arena, &document, c->err);
    if (st != OCS_OK)
        return st;
    c->documents++;
    for (size_t i = 0; i < document.n_mentions; i++)
        if (of_wanted_type(c, &document.mentions[i]) &&
            !add_mention(c, &document, &document.mentions[i]))
            return ocs_fail(c->err, ocs_arena_status(c->arena), "too many entities to count");
    return OCS_OK;
}

/* ---- what is wanted of them ---- */

static bool is_form(const ocs_word_forms *forms, ocs_str word)
{
    for (size_t i = 0; i < forms->n; i++)
        if (ocs_str_eq(forms->at[i], word))
            return true;
    return false;
}

static bool name_has(ocs_arena *arena, ocs_str name, const ocs_word_forms *forms)
{
    ocs_tokens tokens;
    if (!ocs_tokenize(arena, name, &tokens))
        return false;
    for (size_t i = 0; i < tokens.n; i++)
        if (is_form(forms, tokens.at[i].fold))
            return true;
    return false;
}

static bool key_has(ocs_str key, const ocs_word_forms *forms)
{
    ocs_str part;
    while (ocs_str_split(&key, '-', &part))
        if (is_form(forms, part))
            return true;
    return false;
}

/* Each word stands in one of the names or in the key, in whatever spelling. */
static bool is_called(counter *c, const ocs_tally_entity *entity, const name_list *list,
                      const word_list *words)
{
    for (size_t w = 0; w < words->n; w++) {
        const ocs_word_forms *forms = &words->at[w];
        bool found = key_has(entity->key, forms);
        for (size_t i = 0; i < list->at.n && !found; i++)
            found = name_has(c->page_arena, list->at.at[i].text, forms);
        if (!found)
            return false;
    }
    return true;
}

/* The words of the name that is wanted, in all their forms. */
static bool read_words(counter *c, word_list *words)
{
    ocs_tokens tokens;
    ocs_str name = ocs_str_copy(c->arena, c->wanted->name);
    if (!ocs_tokenize(c->arena, name, &tokens))
        return false;
    for (size_t i = 0; i < tokens.n; i++) {
        ocs_str word = ocs_str_sub(name, tokens.at[i].at.from, tokens.at[i].word);
        ocs_word_forms *forms = ocs_vec_push(c->arena, words);
        if (!forms || !ocs_word_forms_of(c->arena, word, true, forms))
            return false;
        forms->at[0] = tokens.at[i].fold; /* without full stops */
    }
    return true;
}

static int by_mentions(const void *a, const void *b)
{
    const ocs_tally_name *x = a, *y = b;
    if (x->mentions != y->mentions)
        return x->mentions > y->mentions ? -1 : 1;
    return ocs_str_cmp(x->text, y->text);
}

/* Keep what is wanted, each with its names in their order. */
static bool choose(counter *c, ocs_tally *tally)
{
    word_list words = {0};
    ocs_arena_clear(c->page_arena);
    if (!read_words(c, &words))
        return false;
    *tally = (ocs_tally){.at = c->entities.at, .documents = c->documents};
    for (size_t i = 0; i < c->entities.n; i++) {
        ocs_tally_entity entity = c->entities.at[i];
        name_list *beside = &c->names.at[i];
        ocs_arena_clear(c->page_arena);
        if (entity.documents < c->wanted->least || !is_called(c, &entity, beside, &words))
            continue;
        qsort(beside->at.at, beside->at.n, sizeof *beside->at.at, by_mentions);
        entity.names = beside->at.at;
        entity.n_names = beside->at.n;
        tally->at[tally->n++] = entity;
    }
    return ocs_arena_status(c->page_arena) == OCS_OK;
}

static int by_key(const ocs_tally_entity *x, const ocs_tally_entity *y)
{
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return ocs_str_cmp(x->key, y->key);
}

static int by_documents(const void *a, const void *b)
{
    const ocs_tally_entity *x = a, *y = b;
    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    if (x->mentions != y->mentions)
        return x->mentions > y->mentions ? -1 : 1;
    return by_key(x, y);
}

static int by_name(const void *a, const void *b)
{
    const ocs_tally_entity *x = a, *y = b;
    int names = ocs_str_cmp(x->names[0].text, y->names[0].text);
    return names != 0 ? names : by_key(x, y);
}

static int by_first(const void *a, const void *b)
{
    const ocs_tally_entity *x = a, *y = b;
    if ((x->first.year == 0) != (y->first.year == 0))
        return x->first.year == 0 ? 1 : -1;
    int dates = ocs_date_cmp(x->first, y->first);
    return dates != 0 ? dates : by_key(x, y);
}

static int by_last(const void *a, const void *b)
{
    const ocs_tally_entity *x = a, *y = b;
    int dates = ocs_date_cmp(y->last, x->last); /* an unknown date sorts before others */
    return dates != 0 ? dates : by_key(x, y);
}

static void order(ocs_tally *tally, ocs_tally_order by)
{
    static int (*const orders[])(const void *, const void *) = {
        [OCS_TALLY_BY_DOCUMENTS] = by_documents,
        [OCS_TALLY_BY_NAME] = by_name,
        [OCS_TALLY_BY_FIRST] = by_first,
        [OCS_TALLY_BY_LAST] = by_last,
    };
    if (tally->n > 0)
        qsort(tally->at, tally->n, sizeof *tally->at, orders[by]);
}

/* ---- the documents ---- */

static ocs_status count_results(counter *c, const xap_results *results)
{
    for (size_t i = 0; i < xap_results_count(results); i++) {
        ocs_status st = count_document(c, xap_results_docid(results, i));
        if (st == OCS_NOTFOUND) /* deleted since; the same as an index that moved on */
            st = ocs_fail(c->err, OCS_MODIFIED, "the index changed while it was counted");
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

static ocs_status count_matches(counter *c, const xap_query *query)
{
    xap_search all = {.sort = XAP_BY_DOCID};
    xap_results *results = NULL;
    ocs_status st = xap_db_count(ocs_index_db(c->index), &all.most, c->err);
    if (st == OCS_OK)
        st = ocs_plan_run(c->index, query, &all, &results, c->err);
    if (st == OCS_OK)
        st = count_results(c, results);
    xap_results_free(results);
    return st;
}

static ocs_status count_once(counter *c, const ocs_node *tree, ocs_arena *arena)
{
    ocs_plan plan = {0};
    ocs_status st = tree->kind == OCS_NODE_EMPTY
                        ? xap_query_all(&plan.query, c->err)
                        : ocs_query_plan(tree, c->index, arena, &plan, c->err);
    if (st != OCS_OK)
        return st;
    st = count_matches(c, plan.query);
    ocs_plan_clear(&plan);
    return st;
}

/* Once more from nothing; what was counted before stays in the arena until its end. */
static void forget(counter *c)
{
    memset(&c->entities, 0, sizeof c->entities);
    memset(&c->names, 0, sizeof c->names);
    c->slots = NULL;
    c->n_slots = 0;
    c->documents = 0;
}

static ocs_status count_twice(counter *c, ocs_str query, ocs_arena *arena)
{
    ocs_node *tree;
    ocs_status st = ocs_query_parse(query, arena, &tree, c->err);
    if (st != OCS_OK)
        return st;
    st = count_once(c, tree, arena);
    if (st != OCS_MODIFIED || (st = ocs_index_reopen(c->index, c->err)) != OCS_OK)
        return st;
    forget(c);
    return count_once(c, tree, arena);
}

ocs_status ocs_tally_count(ocs_index *index, ocs_str query, const ocs_tally_wanted *wanted,
                           ocs_arena *arena, ocs_tally *tally, ocs_error *err)
{
    counter c = {.index = index, .wanted = wanted, .arena = arena, .err = err};
    ocs_arena *query_arena = ocs_arena_new(QUERY_MEMORY);
    ocs_status st = OCS_NOMEM;
    *tally = (ocs_tally){0};
    c.page_arena = ocs_arena_new(PAGE_MEMORY);
    if (query_arena && c.page_arena)
        st = count_twice(&c, query, query_arena);
    else
        st = ocs_fail(err, OCS_NOMEM, "no memory to count entities");
    if (st == OCS_OK && !choose(&c, tally))
        st = ocs_fail(err, OCS_LIMIT, "too many entities to count");
    if (st == OCS_OK)
        order(tally, wanted->order);
    ocs_arena_free(c.page_arena);
    ocs_arena_free(query_arena);
    return st;
}
