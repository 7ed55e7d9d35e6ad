/* pagegen: pages like the OSCE's, made up by rule, for measuring.  Page ${number} of ${seed} is the
 * same bytes on every machine, whatever the count: the first thousand of ten thousand pages are the
 * thousand pages of a smaller run.  Only the names of States, cities, fields of work and public
 * bodies are real, and come from the gazetteer. */
#ifndef OCS_TESTS_PAGEGEN_H
#define OCS_TESTS_PAGEGEN_H

#include "corpus/gaz.h"

/* ---- chance (splitmix64) ---- */

typedef struct chance {
    uint64_t state;
} chance;

chance chance_of(uint64_t seed, uint64_t number); /* a stream of its own for every number */
uint64_t chance_next(chance *c);
uint32_t chance_below(chance *c, uint32_t n); /* 0 to n - 1 */
double chance_real(chance *c);                /* [0, 1) */

/* ---- the world: what texts are made of ---- */

enum { VOCABULARY = 5000, THINGS_MAX = 2048 };

/* Things of the gazetteer of one sort, in its order. */
typedef struct things {
    const ocs_gaz_thing *at[THINGS_MAX];
    size_t n;
} things;

typedef struct world {
    char words[VOCABULARY][24]; /* by rank: function words, words of the trade, made-up ones */
    double reach[VOCABULARY];   /* cumulated share of the words up to this rank */
    things states, cities, topics, missions, structures, bodies, menu, given;
} world;

void world_fill(world *w);

static inline const char *thing_name(const ocs_gaz_thing *thing)
{
    return ocs_gaz_cstr(ocs_gaz_builtin(), thing->name);
}
static inline const char *thing_key(const ocs_gaz_thing *thing)
{
    return ocs_gaz_cstr(ocs_gaz_builtin(), thing->key);
}

/* ---- articles ---- */

enum { PARAGRAPHS_MAX = 16 };

typedef struct article {
    bool empty; /* a page of navigation only */
    char title[512], date[40] /* ISO */, day[40] /* "5 October 2021" */;
    const ocs_gaz_thing *city, *source, *topics[3];
    const char *kind;
    size_t n_topics, n_paragraphs;
    ocs_str paragraphs[PARAGRAPHS_MAX]; /* in .text */
    uint64_t number;                    /* of the page */
    ocs_buf text;
} article;

/* Write article ${number}; ${a} has been through article_init and may hold an earlier one. */
void article_init(article *a);
void article_clear(article *a);
void article_write(const world *from, uint64_t seed, uint64_t number, article *a);

/* ---- forms of a page, added to ${out} ---- */

void form_txt(const world *w, const article *a, ocs_buf *out);  /* F1: a flattened page */
void form_html(const world *w, const article *a, ocs_buf *out); /* the site's own markup */

#endif
