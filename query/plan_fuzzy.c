/* Words with wildcards among the words of a text, and words of the index that are near one in
 * spelling.  Of very many near ones the nearest are searched, of equally near ones the most
 * frequent; each is told. */
#include "query/planner.h"

#include "query/lex.h"

#include <stdlib.h>

/* ---- pieces ---- */

static ocs_status add_piece(ocs_planner *p, ocs_piece_list *pieces, ocs_piece piece)
{
    ocs_piece *place = ocs_vec_push(p->arena, pieces);
    if (!place)
        return ocs_planner_nomem(p);
    *place = piece;
    return OCS_OK;
}

static ocs_status add_words(ocs_planner *p, ocs_str text, ocs_piece_list *pieces)
{
    ocs_words words;
    ocs_status st = OCS_OK;
    if (!ocs_words_of(p->arena, text, &words))
        return ocs_planner_nomem(p);
    for (size_t i = 0; st == OCS_OK && i < words.n; i++) {
        ocs_piece piece = {.text = ocs_str_sub(text, words.at[i].at.from, words.at[i].at.to),
                           .fold = words.at[i].fold,
                           .canonical = words.at[i].canonical};
        st = add_piece(p, pieces, piece);
    }
    return st;
}

static ocs_status add_run(ocs_planner *p, ocs_str run, ocs_piece_list *pieces)
{
    ocs_str core;
    if (!ocs_lex_quoted_pattern(run, &core))
        return add_words(p, run, pieces);
    ocs_piece piece = {.text = core, .pattern = true};
    piece.fold = piece.canonical = ocs_fold(p->arena, core);
    return piece.fold.p ? add_piece(p, pieces, piece) : ocs_planner_nomem(p);
}

static size_t space_at(ocs_str text, size_t at)
{
    uint32_t point;
    for (size_t n; at < text.n; at += n) {
        n = ocs_utf8_at(text, at, &point);
        if (ocs_point_space(point))
            break;
    }
    return at;
}

static bool has_marks(ocs_str text)
{
    return ocs_lex_head(text) < text.n;
}

ocs_status ocs_planner_pieces(ocs_planner *p, const ocs_node *node, ocs_str text,
                              ocs_piece_list *pieces)
{
    ocs_status st = OCS_OK;
    uint32_t point;
    if (!has_marks(text))
        st = add_words(p, text, pieces);
    else
        for (size_t at = 0, to; st == OCS_OK && at < text.n;
             at = to < text.n ? to + ocs_utf8_at(text, to, &point) : to) {
            to = space_at(text, at);
            st = add_run(p, ocs_str_sub(text, at, to), pieces);
        }
    if (st == OCS_OK && pieces->n == 0)
        return ocs_fail_at(p->err, OCS_USAGE, (long)node->at.from, "there is no word in this");
    return st;
}

static bool fits_pattern(const void *payload, ocs_str word)
{
    const ocs_str *pattern = payload;
    return ocs_lex_fits(*pattern, false, word);
}

ocs_status ocs_planner_walk_pattern(ocs_planner *p, const ocs_node *node, ocs_str pattern,
                                    ocs_term_list *terms)
{
    size_t head = ocs_lex_head(pattern);
    ocs_str rest = ocs_str_sub(pattern, head, pattern.n);
    ocs_buf_put(&p->term, ocs_str_sub(pattern, 0, head));
    return ocs_planner_walk(p, node, OCS_WILDCARD_WORDS, fits_pattern, &rest, terms);
}

/* ---- near words ---- */

/* How many letters a word must have to be asked for so: a short one is near everything. */
static size_t least_letters(unsigned most)
{
    return most > 1 ? 5 : 3;
}

ocs_status ocs_planner_fuzzy(ocs_planner *p, const ocs_node *node, ocs_str word, bool alone,
                             ocs_nearby *nearby)
{
    size_t least = least_letters(node->fuzzy);
    bool enough = ocs_utf8_points(word) >= least;
    (void)ocs_nearby_init(nearby, word, enough ? node->fuzzy : 0); /* no word is near a long one */
    if (enough || !alone)
        return OCS_OK;
    return ocs_fail_at(p->err, OCS_USAGE, (long)node->at.from,
                       "~%u needs a word of %zu letters or more", node->fuzzy, least);
}

typedef struct near_term {
    ocs_str term;
    unsigned distance;
    uint32_t documents;
} near_term;

typedef OCS_VEC(near_term) near_list;

static int nearer(const void *a, const void *b)
{
    const near_term *x = a, *y = b;
    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    if (x->documents != y->documents)
        return x->documents > y->documents ? -1 : 1;
    return ocs_str_cmp(x->term, y->term);
}

static ocs_status collect_near(ocs_planner *p, xap_terms *walk, size_t skip, ocs_nearby *nearby,
                               near_list *found)
{
    ocs_str term;
    uint32_t documents;
    ocs_status st;
    while ((st = xap_terms_next(walk, &term, &documents, p->err)) == OCS_OK) {
        size_t dead;
        unsigned distance = ocs_nearby_distance(nearby, ocs_str_sub(term, skip, term.n), &dead);
        if (distance > nearby->most)
            continue;
        near_term *place = ocs_vec_push(p->arena, found);
        ocs_str copy = ocs_str_copy(p->arena, term);
        if (!place || !copy.p)
            return ocs_planner_nomem(p);
        *place = (near_term){copy, distance, documents};
    }
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

static ocs_status tell_rest(ocs_planner *p, const ocs_node *node, size_t rest)
{
    char text[64];
    if (rest == 0)
        return OCS_OK;
    int n = snprintf(text, sizeof text, "but not %zu more that are less near or rarer", rest);
    return ocs_planner_expand(p, node, (ocs_str){text, (size_t)n});
}

ocs_status ocs_planner_walk_near(ocs_planner *p, const ocs_node *node, size_t skip,
                                 ocs_nearby *nearby, ocs_term_list *terms)
{
    near_list found = {0};
    xap_terms *walk = NULL;
    if (ocs_buf_status(&p->term) != OCS_OK)
        return ocs_planner_nomem(p);
    ocs_status st = xap_db_terms(p->db, ocs_buf_str(&p->term), &walk, p->err);
    if (st == OCS_OK)
        st = collect_near(p, walk, skip, nearby, &found);
    xap_terms_free(walk);
    if (st == OCS_OK && found.n > 0)
        qsort(found.at, found.n, sizeof *found.at, nearer);
    size_t n = found.n < OCS_FUZZY_WORDS ? found.n : OCS_FUZZY_WORDS;
    for (size_t i = 0; st == OCS_OK && i < n; i++) {
        ocs_str term = found.at[i].term;
        st = ocs_planner_add(p, terms, term);
        if (st == OCS_OK && found.at[i].distance > 0)
            st = ocs_planner_expand(p, node, ocs_str_sub(term, skip, term.n));
    }
    return st == OCS_OK ? tell_rest(p, node, found.n - n) : st;
}
