/* First the whole query is tried in the other script of Serbian.
 *
 * The words of the query that hardly any document has are gathered with their places in it, each with
 * the likeliest words in its stead.  Then the query is tried with the likeliest for all of them, and
 * with each other one for one of them, until enough find something. */
#include "query/suggest.h"

#include "index/other_names.h"
#include "query/fields.h"
#include "query/near_terms.h"
#include "query/other_script.h"

enum {
    QUERY_MEMORY = 64 * 1024 * 1024,
    WALKS_MAX = 12,    /* for words in doubt, near which there may be none */
    WORDS_MAX = 6,     /* that are exchanged in one query */
    RARE = 2,          /* documents that a mistyped word may be in, beside those with it as meant */
    MORE = 10,         /* times as many must have the word in its stead */
    CHECK_UP_TO = 1000 /* documents, to count the hits of a suggestion exactly */
};

/* A word of the query that may be mistyped. */
typedef struct doubt {
    ocs_span at; /* in the query */
    ocs_near_term instead[OCS_NEAR_TERMS];
    size_t n;
} doubt;

typedef struct adviser {
    ocs_index *index;
    ocs_str query;
    ocs_stemmers *stemmers;
    ocs_arena *arena, *work;
    ocs_buf term;
    doubt doubts[WORDS_MAX];
    size_t n_doubts, n_walks;
    ocs_buf other;   /* the query so far in the other script */
    size_t other_to; /* bytes of the query that it stands for */
    bool one_script; /* a word cannot be put into it */
    ocs_suggestion *found;
    size_t n_found;
    ocs_error *err;
} adviser;

/* ---- words in doubt ---- */

/* How words of a field are spelled: as an empty one. */
static ocs_str prefix_of(adviser *a, int field)
{
    ocs_buf_reset(&a->term);
    if (field == OCS_FIELD_TITLE)
        ocs_term_title_word(&a->term, (ocs_str){0});
    else if (field >= 0)
        ocs_term_name(&a->term, ocs_field_of(field)->family, (ocs_str){0});
    return ocs_str_copy(a->work, ocs_buf_str(&a->term));
}

static ocs_status add_documents(adviser *a, uint32_t *documents)
{
    uint32_t n;
    ocs_status st =
        xap_db_term_documents(ocs_index_db(a->index), ocs_buf_str(&a->term), &n, a->err);
    ocs_buf_reset(&a->term);
    if (st == OCS_OK && n > *documents)
        *documents = n;
    return st;
}

/* Words alone are searched by their stems in each language. */
static ocs_status count_stems(adviser *a, const ocs_word *word, uint32_t *documents)
{
    ocs_str langs = ocs_index_langs(a->index), lang;
    ocs_status st = OCS_OK;
    while (st == OCS_OK && ocs_str_split(&langs, ' ', &lang)) {
        ocs_term_stem(&a->term, ocs_stemmers_stem(a->stemmers, lang, word->canonical));
        st = add_documents(a, documents);
    }
    return st;
}

static ocs_status count_word(adviser *a, ocs_str prefix, const ocs_word *word, bool stemmed,
                             uint32_t *documents)
{
    const ocs_str spellings[] = {word->fold, word->canonical};
    ocs_status st = OCS_OK;
    *documents = 0;
    for (size_t i = 0; i < 2 && st == OCS_OK; i++) {
        ocs_buf_reset(&a->term);
        ocs_buf_put(&a->term, prefix);
        ocs_buf_put(&a->term, spellings[i]);
        st = add_documents(a, documents);
    }
    return st == OCS_OK && stemmed ? count_stems(a, word, documents) : st;
}

/* What has another name with the word (index/other_names.h). */
static ocs_status count_others(adviser *a, int field, const ocs_word *word, uint32_t *documents)
{
    const ocs_other_names *others = ocs_other_names_builtin();
    const ocs_gaz *gaz = ocs_gaz_builtin();
    ocs_status st = OCS_OK;
    if (field != OCS_FIELD_ORG && field != OCS_FIELD_PLACE)
        return OCS_OK;
    for (size_t i = ocs_other_names_from(others, word->fold); st == OCS_OK && i < others->n; i++) {
        const ocs_gaz_thing *thing = &gaz->things[others->at[i].thing];
        if (!ocs_str_eq(ocs_other_names_word(others, i), word->fold))
            break;
        if ((thing->table == OCS_GAZ_ORG) != (field == OCS_FIELD_ORG))
            continue;
        ocs_buf_reset(&a->term);
        ocs_term_key(&a->term, ocs_field_of(field)->family, ocs_gaz_str(gaz, thing->key));
        st = add_documents(a, documents);
    }
    return st;
}

static ocs_status doubt_word(adviser *a, int field, ocs_str prefix, const ocs_word *word,
                             size_t text_at, bool stemmed)
{
    uint32_t documents;
    if (a->n_doubts == WORDS_MAX || a->n_walks == WALKS_MAX)
        return OCS_OK;
    ocs_status st = count_word(a, prefix, word, stemmed, &documents);
    if (st == OCS_OK)
        st = count_others(a, field, word, &documents);
    if (st != OCS_OK || documents > RARE)
        return st;
    a->n_walks++;
    doubt *d = &a->doubts[a->n_doubts];
    d->at = (ocs_span){text_at + word->at.from, text_at + word->at.to};
    st = ocs_near_terms(ocs_index_db(a->index), prefix, word->fold, documents * MORE + 1, a->work,
                        d->instead, &d->n, a->err);
    a->n_doubts += st == OCS_OK && d->n > 0;
    return st;
}

/* Words come in the order of the query.  Those of a field's names find both scripts as they are. */
static bool put_other_script(adviser *a, ocs_span at)
{
    ocs_str word = ocs_other_script(a->work, ocs_str_sub(a->query, at.from, at.to));
    a->one_script |= word.n == 0 || at.from < a->other_to;
    if (a->one_script)
        return word.p != NULL;
    ocs_buf_put(&a->other, ocs_str_sub(a->query, a->other_to, at.from));
    ocs_buf_put(&a->other, word);
    a->other_to = at.to;
    return true;
}

/* The text of a node is a part of the query, unless something else made it. */
static bool place_of(const adviser *a, ocs_str text, size_t *at)
{
    uintptr_t start = (uintptr_t)a->query.p, from = (uintptr_t)text.p;
    *at = (size_t)(from - start);
    return text.n > 0 && from >= start && *at <= a->query.n && text.n <= a->query.n - *at;
}

static ocs_status doubt_text(adviser *a, const ocs_node *node, int field, bool stemmed)
{
    ocs_words words;
    size_t at;
    if (node->wildcard || !place_of(a, node->text, &at))
        return OCS_OK;
    ocs_str prefix = prefix_of(a, field);
    if (!ocs_words_of(a->work, node->text, &words))
        return ocs_fail(a->err, ocs_arena_status(a->work), "no memory for suggestions");
    ocs_status st = OCS_OK;
    for (size_t i = 0; i < words.n && st == OCS_OK; i++) {
        ocs_span span = {at + words.at[i].at.from, at + words.at[i].at.to};
        if ((field < 0 || field == OCS_FIELD_TITLE) && !put_other_script(a, span))
            return ocs_fail(a->err, ocs_arena_status(a->work), "no memory for suggestions");
        st = doubt_word(a, field, prefix, &words.at[i], at, stemmed);
    }
    return st;
}

static bool has_words(int field)
{
    ocs_value_form form = ocs_field_of(field)->form;
    return field != OCS_FIELD_COUNTRY &&
           (form == OCS_VALUE_ENTITY || form == OCS_VALUE_ROLE || form == OCS_VALUE_LABEL);
}

/* ${field}: of the words, -1 for those of the text. */
static ocs_status doubt_node(adviser *a, const ocs_node *node, int field)
{
    ocs_status st = OCS_OK;
    switch (node->kind) {
    case OCS_NODE_NOT:
        return OCS_OK;
    case OCS_NODE_WORD:
        return doubt_text(a, node, field, field < 0 && !node->exact);
    case OCS_NODE_PHRASE:
        return doubt_text(a, node, field, false);
    case OCS_NODE_FIELD:
        return has_words(node->field) ? doubt_text(a, node, node->field, false) : OCS_OK;
    case OCS_NODE_TITLE:
        field = OCS_FIELD_TITLE;
        break;
    default:
        break;
    }
    for (const ocs_node *child = node->children; child && st == OCS_OK; child = child->next)
        st = doubt_node(a, child, field);
    return st;
}

/* ---- trying ---- */

/* The query with the ${which}-th word in the stead of each. */
static ocs_str corrected(adviser *a, const size_t which[WORDS_MAX])
{
    ocs_buf text;
    size_t from = 0;
    ocs_buf_init(&text, 1 << 24);
    for (size_t i = 0; i < a->n_doubts; i++) {
        const doubt *d = &a->doubts[i];
        ocs_buf_put(&text, ocs_str_sub(a->query, from, d->at.from));
        ocs_buf_put(&text, d->instead[which[i]].word);
        from = d->at.to;
    }
    ocs_buf_put(&text, ocs_str_sub(a->query, from, a->query.n));
    ocs_str copy = ocs_str_copy(a->arena, ocs_buf_str(&text));
    ocs_buf_clear(&text);
    return copy;
}

static ocs_status count(adviser *a, ocs_suggestion *s)
{
    ocs_node *tree;
    ocs_plan plan = {0};
    xap_results *results = NULL;
    const xap_search wanted = {.most = 1, .check_at_least = CHECK_UP_TO};
    ocs_status st = ocs_query_parse(s->query, a->work, &tree, a->err);
    if (st == OCS_OK)
        st = ocs_query_plan(tree, a->index, a->work, &plan, a->err);
    if (st != OCS_OK)
        return st;
    st = ocs_plan_run(a->index, plan.query, &wanted, &results, a->err);
    if (st == OCS_OK)
        s->matches = xap_results_matches(results, &s->exact);
    xap_results_free(results);
    ocs_plan_clear(&plan);
    return st;
}

/* What cannot be asked, say of a country that is none, is no suggestion. */
static ocs_status try_query(adviser *a, ocs_str query)
{
    ocs_suggestion s = {.query = query};
    if (a->n_found == OCS_SUGGESTIONS)
        return OCS_OK;
    ocs_status st = s.query.p ? count(a, &s) : OCS_NOMEM;
    if (st == OCS_USAGE)
        return OCS_OK;
    if (st == OCS_OK && s.matches > 0)
        a->found[a->n_found++] = s;
    return st;
}

static ocs_status try_words(adviser *a, const size_t which[WORDS_MAX])
{
    return try_query(a, corrected(a, which));
}

static ocs_status try_other_script(adviser *a)
{
    if (a->one_script || a->other_to == 0)
        return OCS_OK;
    ocs_buf_put(&a->other, ocs_str_sub(a->query, a->other_to, a->query.n));
    if (ocs_buf_status(&a->other) != OCS_OK)
        return ocs_fail(a->err, ocs_buf_status(&a->other), "no memory for suggestions");
    return try_query(a, ocs_str_copy(a->arena, ocs_buf_str(&a->other)));
}

static ocs_status try_all(adviser *a)
{
    size_t which[WORDS_MAX] = {0};
    ocs_status st = try_other_script(a);
    if (st == OCS_OK && a->n_doubts > 0)
        st = try_words(a, which);
    for (size_t i = 0; i < a->n_doubts; i++) {
        for (size_t k = 1; k < a->doubts[i].n && st == OCS_OK; k++) {
            which[i] = k;
            st = try_words(a, which);
        }
        which[i] = 0;
    }
    return st;
}

/* ---- the whole ---- */

static ocs_status advise(adviser *a)
{
    ocs_node *tree;
    ocs_status st = ocs_query_parse(a->query, a->work, &tree, a->err);
    if (st == OCS_OK)
        st = doubt_node(a, tree, -1);
    return st == OCS_OK ? try_all(a) : st;
}

ocs_status ocs_suggest(ocs_index *index, ocs_str query, ocs_arena *arena, ocs_suggestion **out,
                       size_t *n, ocs_error *err)
{
    adviser a = {.index = index, .query = query, .arena = arena, .err = err};
    ocs_status st = OCS_NOMEM;
    a.work = ocs_arena_new(QUERY_MEMORY);
    a.stemmers = ocs_stemmers_new();
    a.found = *out = ocs_arena_array(arena, OCS_SUGGESTIONS, sizeof **out);
    ocs_buf_init(&a.term, 64 * 1024);
    ocs_buf_init(&a.other, 1 << 20);
    if (a.work && a.stemmers && a.found)
        st = advise(&a);
    else
        (void)ocs_fail(err, st, "no memory for suggestions");
    ocs_buf_clear(&a.other);
    ocs_buf_clear(&a.term);
    ocs_stemmers_free(a.stemmers);
    ocs_arena_free(a.work);
    *n = st == OCS_OK ? a.n_found : 0;
    return st;
}
