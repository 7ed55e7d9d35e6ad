/* The terms of the document are made as the index made them, weighed by frequency here and rarity
 * there, and the best go into one OR, each scaled by its weight.  Rarity is counted twice, once here
 * and once by libxapian, which favours names and terms of art over the vocabulary of all reports. */
#include "query/similar.h"

#include "query/copies.h"

#include <math.h>
#include <stdlib.h>

enum {
    OWN_MEMORY = 512 * 1024 * 1024,
    HIT_MEMORY = 512 * 1024 * 1024,
    SHOWN_MEMORY = 256 * 1024 * 1024,
    SPARE =
        1000,  /* matches fetched for those that are copies; when there are more, fewer are given */
    SMALL = 20 /* in a collection of less nothing is too frequent to tell */
};

static const double NAME_WORTH = 1.5; /* a name against a word of the same frequency */

typedef OCS_VEC(ocs_similar_term) term_list;

typedef struct finder {
    ocs_index *index;
    xap_db *db;
    const ocs_similar *wanted;
    xap_docid number;
    ocs_document document;
    ocs_arena *arena, *hit_arena;
    ocs_stemmers *stemmers;
    ocs_shown *shown;
    uint32_t documents; /* in the index */
    ocs_copies copies;  /* of the document */
    ocs_similar_term *terms;
    size_t n_terms;
    xap_query *query;
    ocs_error *err;
} finder;

static ocs_status nomem(finder *f)
{
    ocs_status st = ocs_arena_status(f->arena);
    return ocs_fail(f->err, st == OCS_OK ? OCS_NOMEM : st, "no memory to find similar documents");
}

/* ---- which terms tell ---- */

/* A stem of two letters or more that is no number. */
static bool is_word(ocs_str term)
{
    uint32_t point;
    ocs_str stem = ocs_str_sub(term, 1, term.n);
    if (!ocs_str_starts(term, OCS_STR("Z")) || ocs_str_starts(term, OCS_STR("ZS")) ||
        ocs_utf8_points(stem) < 2)
        return false;
    (void)ocs_utf8_at(stem, 0, &point);
    return !ocs_point_digit(point);
}

/* XP= XL= XC= XO= */
static bool is_name(ocs_str term, ocs_mention_type *type)
{
    if (term.n < 4 || term.p[0] != 'X' || term.p[2] != '=')
        return false;
    for (size_t i = 0; i < OCS_MENTION_TYPE_COUNT; i++) {
        *type = (ocs_mention_type)i;
        if (*type != OCS_MENTION_DATE &&
            term.p[1] == ocs_family_letter(ocs_family_of_mention(*type)))
            return true;
    }
    return false;
}

/* What only this document and its copies have finds no other; what a quarter of all have tells them
 * apart little. */
static bool tells(const finder *f, uint32_t documents)
{
    if (documents < 2 + (f->wanted->all_copies ? 0 : f->copies.count))
        return false;
    return f->documents < SMALL ? documents < f->documents : documents <= f->documents / 4;
}

static ocs_status weigh(finder *f, const ocs_record_term *term, term_list *words, term_list *names)
{
    uint32_t documents = 0;
    ocs_mention_type type = OCS_MENTION_PERSON;
    bool name = is_name(term->term, &type);
    if (term->wdf == 0 || (!name && !is_word(term->term)))
        return OCS_OK;
    ocs_status st = xap_db_term_documents(f->db, term->term, &documents, f->err);
    if (st != OCS_OK || !tells(f, documents))
        return st;
    ocs_similar_term *new = ocs_vec_push(f->arena, name ? names : words);
    if (!new)
        return nomem(f);
    double rarity = log((double)f->documents / documents);
    *new = (ocs_similar_term){.term = term->term,
                              .name = name,
                              .type = type,
                              .documents = documents,
                              .weight = (1 + log(term->wdf)) * rarity * (name ? NAME_WORTH : 1)};
    return OCS_OK;
}

static int by_weight(const void *a, const void *b)
{
    const ocs_similar_term *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return ocs_str_cmp(x->term, y->term);
}

static size_t keep_best(term_list *list, size_t most)
{
    if (list->n > 0)
        qsort(list->at, list->n, sizeof *list->at, by_weight);
    return list->n < most ? list->n : most;
}

static ocs_status join(finder *f, term_list *words, term_list *names)
{
    size_t n_words = keep_best(words, OCS_SIMILAR_WORDS);
    size_t n_names = keep_best(names, OCS_SIMILAR_NAMES);
    f->n_terms = n_words + n_names;
    f->terms = ocs_arena_array(f->arena, f->n_terms, sizeof *f->terms);
    if (!f->terms)
        return nomem(f);
    if (n_words > 0)
        memcpy(f->terms, words->at, n_words * sizeof *f->terms);
    if (n_names > 0)
        memcpy(f->terms + n_words, names->at, n_names * sizeof *f->terms);
    if (f->n_terms > 0)
        qsort(f->terms, f->n_terms, sizeof *f->terms, by_weight);
    for (size_t i = f->n_terms; i-- > 0;)
        f->terms[i].weight /= f->terms[0].weight;
    return OCS_OK;
}

static ocs_status choose_terms(finder *f)
{
    ocs_record record;
    term_list words = {0}, names = {0};
    ocs_status st = ocs_record_make(&f->document, f->stemmers, f->arena, &record, f->err);
    for (size_t i = 0; st == OCS_OK && i < record.n_terms; i++)
        st = weigh(f, &record.terms[i], &words, &names);
    return st == OCS_OK ? join(f, &words, &names) : st;
}

/* ---- as the document has them ---- */

static ocs_similar_term *find_term(const finder *f, ocs_str term)
{
    for (size_t i = 0; i < f->n_terms; i++)
        if (ocs_str_eq(f->terms[i].term, term))
            return &f->terms[i];
    return NULL;
}

static void name_words(finder *f, const ocs_words *words, ocs_buf *term)
{
    ocs_str lang = f->document.lang.n > 0 ? f->document.lang : OCS_STR("en");
    for (size_t i = 0; i < words->n; i++) {
        ocs_buf_reset(term);
        ocs_term_stem(term, ocs_stemmers_stem(f->stemmers, lang, words->at[i].canonical));
        ocs_similar_term *found = find_term(f, ocs_buf_str(term));
        if (found && found->text.n == 0)
            found->text = words->at[i].fold;
    }
}

static void name_entities(finder *f, ocs_buf *term)
{
    for (size_t i = 0; i < f->document.n_mentions; i++) {
        const ocs_mention *mention = &f->document.mentions[i];
        if (mention->type == OCS_MENTION_DATE || !ocs_mention_is_indexed(mention))
            continue;
        ocs_buf_reset(term);
        ocs_term_key(term, ocs_family_of_mention(mention->type), mention->key);
        ocs_similar_term *found = find_term(f, ocs_buf_str(term));
        if (found && found->text.n == 0)
            found->text = mention->name;
    }
}

/* The first word of each stem and the first name of each key; what is left shows as it is. */
static ocs_status name_terms(finder *f)
{
    ocs_words words;
    ocs_buf term;
    if (!ocs_words_of(f->arena, f->document.text, &words))
        return nomem(f);
    ocs_buf_init(&term, 1 << 16);
    name_words(f, &words, &term);
    name_entities(f, &term);
    ocs_buf_clear(&term);
    for (size_t i = 0; i < f->n_terms; i++)
        if (f->terms[i].text.n == 0)
            f->terms[i].text =
                ocs_str_sub(f->terms[i].term, f->terms[i].name ? 3 : 1, f->terms[i].term.n);
    return OCS_OK;
}

/* ---- the query ---- */

static ocs_status scaled_term(const ocs_similar_term *term, xap_query **out, ocs_error *err)
{
    xap_query *plain = NULL;
    ocs_status st = xap_query_term(term->term, &plain, err);
    if (st == OCS_OK)
        st = xap_query_scale(plain, term->weight, out, err);
    xap_query_free(plain);
    return st;
}

static ocs_status combine(finder *f, xap_query **parts)
{
    xap_query *any = NULL, *own = NULL;
    ocs_buf term;
    ocs_buf_init(&term, 1 << 10);
    ocs_term_id(&term, f->document.id);
    ocs_status st = xap_query_combine(XAP_OR, parts, f->n_terms, 0, &any, f->err);
    if (st == OCS_OK)
        st = xap_query_term(ocs_buf_str(&term), &own, f->err);
    if (st == OCS_OK)
        st = xap_query_combine(XAP_AND_NOT, (xap_query *[]){any, own}, 2, 0, &f->query, f->err);
    xap_query_free(any);
    xap_query_free(own);
    ocs_buf_clear(&term);
    return st;
}

static ocs_status make_query(finder *f)
{
    ocs_status st = OCS_OK;
    xap_query **parts = ocs_arena_array(f->arena, f->n_terms, sizeof(xap_query *));
    if (!parts)
        return nomem(f);
    for (size_t i = 0; st == OCS_OK && i < f->n_terms; i++)
        st = scaled_term(&f->terms[i], &parts[i], f->err);
    if (st == OCS_OK)
        st = combine(f, parts);
    for (size_t i = 0; i < f->n_terms; i++)
        xap_query_free(parts[i]);
    return st;
}

/* ---- hits ---- */

/* The terms of the hit, in the order of their weights. */
static ocs_status find_shared(finder *f, xap_docid number, ocs_similar_hit *hit)
{
    hit->shared = ocs_arena_array(f->hit_arena, f->n_terms, sizeof *hit->shared);
    if (!hit->shared)
        return nomem(f);
    for (size_t i = 0; i < f->n_terms; i++) {
        xap_terms *terms = NULL;
        ocs_str at = {0};
        ocs_status st = xap_db_doc_terms(f->db, number, &terms, f->err);
        if (st == OCS_OK)
            st = xap_terms_skip_to(terms, f->terms[i].term, f->err);
        if (st == OCS_OK)
            st = xap_terms_next(terms, &at, NULL, f->err);
        if (st == OCS_OK && ocs_str_eq(at, f->terms[i].term))
            hit->shared[hit->n_shared++] = &f->terms[i];
        xap_terms_free(terms);
        if (st != OCS_OK && st != OCS_NOTFOUND)
            return st;
    }
    return OCS_OK;
}

static bool is_among(const ocs_copies *copies, ocs_str id)
{
    for (size_t i = 0; i < copies->n; i++)
        if (ocs_str_eq(copies->at[i].id, id))
            return true;
    return false;
}

static ocs_status give(finder *f, const xap_results *results, size_t i, uint32_t rank, bool *more)
{
    xap_docid number = xap_results_docid(results, i);
    ocs_similar_hit hit = {.hit = {.rank = rank, .score = xap_results_score(results, i)}};
    ocs_arena_clear(f->hit_arena);
    ocs_status st = ocs_index_document(f->index, number, f->hit_arena, &hit.hit.document, f->err);
    if (st == OCS_OK)
        st = find_shared(f, number, &hit);
    if (st != OCS_OK)
        return st;
    hit.copy = is_among(&f->copies, hit.hit.document.id);
    *more = f->wanted->each(f->wanted->payload, &hit);
    return OCS_OK;
}

/* The document itself is shown first, so that its copies are copies of something shown. */
static ocs_status give_results(finder *f, const xap_results *results)
{
    bool copy, more = true;
    uint32_t given = 0;
    ocs_status st = ocs_shown_let_in(f->shown, f->index, f->number, &copy, f->err);
    for (size_t i = 0;
         st == OCS_OK && more && given < f->wanted->most && i < xap_results_count(results); i++) {
        copy = false;
        if (!f->wanted->all_copies)
            st = ocs_shown_let_in(f->shown, f->index, xap_results_docid(results, i), &copy, f->err);
        if (st == OCS_OK && !copy)
            st = give(f, results, i, ++given, &more);
    }
    return st;
}

static ocs_status run(finder *f)
{
    xap_results *results = NULL;
    xap_search wanted = {.most = f->wanted->most < UINT32_MAX - SPARE ? f->wanted->most + SPARE
                                                                      : UINT32_MAX};
    ocs_status st = xap_search_run(f->db, f->query, &wanted, &results, f->err);
    if (st == OCS_OK)
        st = give_results(f, results);
    xap_results_free(results);
    return st == OCS_NOTFOUND
               ? ocs_fail(f->err, OCS_MODIFIED, "the index changed while it was searched")
               : st;
}

/* ---- the whole ---- */

static ocs_status find(finder *f)
{
    ocs_status st = ocs_index_document(f->index, f->number, f->arena, &f->document, f->err);
    if (st != OCS_OK || (st = xap_db_count(f->db, &f->documents, f->err)) != OCS_OK)
        return st;
    if ((st = ocs_copies_find(f->index, f->number, f->arena, &f->copies, f->err)) != OCS_OK)
        return st;
    if ((st = choose_terms(f)) != OCS_OK || (st = name_terms(f)) != OCS_OK)
        return st;
    if (f->wanted->terms)
        f->wanted->terms(f->wanted->payload, f->terms, f->n_terms);
    if (f->n_terms == 0)
        return OCS_OK;
    st = make_query(f);
    return st == OCS_OK ? run(f) : st;
}

ocs_status ocs_similar_find(ocs_index *index, xap_docid number, const ocs_similar *wanted,
                            ocs_error *err)
{
    finder f = {.index = index, .wanted = wanted, .number = number, .err = err};
    ocs_status st;
    f.db = ocs_index_db(index);
    f.arena = ocs_arena_new(OWN_MEMORY);
    f.hit_arena = ocs_arena_new(HIT_MEMORY);
    f.stemmers = ocs_stemmers_new();
    f.shown = ocs_shown_new(SHOWN_MEMORY);
    if (f.arena && f.hit_arena && f.stemmers && f.shown)
        st = find(&f);
    else
        st = ocs_fail(err, OCS_NOMEM, "no memory to find similar documents");
    xap_query_free(f.query);
    ocs_shown_free(f.shown);
    ocs_stemmers_free(f.stemmers);
    ocs_arena_free(f.hit_arena);
    ocs_arena_free(f.arena);
    return st;
}
