/* The terms are walked in order.  When the beginning of one is too far already, the walk goes on
 * behind all that begin so, and thus sees a small part of the words. */
#include "query/near_terms.h"

#include "base/nearby.h"

#include <math.h>

enum { SHORT = 3, LONG = 6 }; /* letters from which one mistake, and two, are forgiven */

static const double MISTAKE = 30.0; /* so many times the documents outweigh one more mistake */

typedef struct walk {
    xap_terms *terms;
    ocs_str prefix, word;
    uint32_t least;
    ocs_nearby nearby;
    ocs_buf target; /* of a skip */
    ocs_arena *arena;
    ocs_near_term *out;
    size_t *n;
    ocs_error *err;
} walk;

static bool better(const ocs_near_term *a, const ocs_near_term *b)
{
    return a->worth > b->worth;
}

/* Into its place among the best. */
static bool keep(walk *w, ocs_near_term term)
{
    size_t at = *w->n;
    while (at > 0 && better(&term, &w->out[at - 1]))
        at--;
    if (at == OCS_NEAR_TERMS)
        return true;
    term.word = ocs_str_copy(w->arena, term.word);
    size_t last = *w->n < OCS_NEAR_TERMS ? *w->n : OCS_NEAR_TERMS - 1;
    for (size_t i = last; i > at; i--)
        w->out[i] = w->out[i - 1];
    w->out[at] = term;
    *w->n = last + 1;
    return term.word.p != NULL;
}

/* Behind all terms that begin with ${head}; false when there can be none. */
static bool past(walk *w, ocs_str head)
{
    size_t n = head.n;
    while (n > 0 && (unsigned char)head.p[n - 1] == 0xFF)
        n--;
    ocs_buf_reset(&w->target);
    ocs_buf_put(&w->target, w->prefix);
    ocs_buf_put(&w->target, ocs_str_sub(head, 0, n));
    if (n == 0 || ocs_buf_status(&w->target) != OCS_OK)
        return false;
    w->target.p[w->target.n - 1] = (char)((unsigned char)w->target.p[w->target.n - 1] + 1);
    return true;
}

static ocs_status look_at(walk *w, ocs_str term, uint32_t documents)
{
    size_t dead;
    ocs_str other = ocs_str_sub(term, w->prefix.n, term.n);
    unsigned distance = ocs_nearby_distance(&w->nearby, other, &dead);
    if (distance > w->nearby.most && dead <= other.n) {
        if (!past(w, ocs_str_sub(other, 0, dead)))
            return OCS_NOTFOUND;
        return xap_terms_skip_to(w->terms, ocs_buf_str(&w->target), w->err);
    }
    if (distance == 0 || distance > w->nearby.most || documents < w->least)
        return OCS_OK;
    ocs_near_term found = {.word = other, .documents = documents, .distance = distance};
    found.worth = log((double)documents) - log(MISTAKE) * distance;
    return keep(w, found) ? OCS_OK : ocs_fail(w->err, OCS_NOMEM, "no memory for suggestions");
}

/* A word without prefix is in small letters; behind them stand no other terms but in other scripts. */
static bool out_of_place(const walk *w, ocs_str term)
{
    return w->prefix.n == 0 && term.p[0] >= 'A' && term.p[0] <= 'Z';
}

static ocs_status walk_on(walk *w)
{
    ocs_str term;
    uint32_t documents;
    ocs_status st = w->prefix.n == 0 ? xap_terms_skip_to(w->terms, OCS_STR("a"), w->err) : OCS_OK;
    for (unsigned i = 0; i < OCS_NEAR_STEPS && st == OCS_OK; i++) {
        st = xap_terms_next(w->terms, &term, &documents, w->err);
        if (st == OCS_OK && !out_of_place(w, term))
            st = look_at(w, term, documents);
    }
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

static ocs_status near_within(walk *w, xap_db *db, unsigned most)
{
    if (!ocs_nearby_init(&w->nearby, w->word, most))
        return OCS_OK;
    ocs_status st = xap_db_terms(db, w->prefix, &w->terms, w->err);
    if (st == OCS_OK)
        st = walk_on(w);
    xap_terms_free(w->terms);
    return st;
}

ocs_status ocs_near_terms(xap_db *db, ocs_str prefix, ocs_str word, uint32_t least,
                          ocs_arena *arena, ocs_near_term out[OCS_NEAR_TERMS], size_t *n,
                          ocs_error *err)
{
    walk w = {.prefix = prefix,
              .word = word,
              .least = least,
              .arena = arena,
              .out = out,
              .n = n,
              .err = err};
    size_t points = ocs_utf8_points(word);
    *n = 0;
    if (points < SHORT)
        return OCS_OK;
    ocs_buf_init(&w.target, 64 * 1024);
    ocs_status st = near_within(&w, db, points < LONG ? 1 : 2);
    ocs_buf_clear(&w.target);
    return st;
}
