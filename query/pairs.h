/* Who and what is named together: pairs of entities that stand in one sentence, paragraph or
 * document, with how often, from when to when, and an example.
 *
 * Standing together is what the texts do, no more: a pair is no statement that two have anything to
 * do with each other.  Copies of an article count once unless asked for. */
#ifndef OCS_QUERY_PAIRS_H
#define OCS_QUERY_PAIRS_H

#include "query/unit.h"

enum {
    OCS_PAIRS_UNIT_MOST = 200 /* entities of one unit that are paired: those that come first */
};

typedef struct ocs_pairs_wanted {
    ocs_str query;  /* only documents that match it; empty: all */
    unsigned types; /* 1 << ocs_mention_type; of both */
    ocs_str with;   /* one of both is called so; empty: any */
    ocs_unit within;
    uint32_t least; /* documents of a pair; pairs of rarer entities are never kept */
    bool all_copies;
    size_t first, most; /* of the pairs found, what is given back; most 0: all from first on */
    size_t memory;      /* bytes for all pairs while they are counted; 0: OCS_PAIRS_MEMORY */
} ocs_pairs_wanted;

#define OCS_PAIRS_MEMORY ((size_t)2 << 30) /* some twenty-five million pairs */

typedef struct ocs_pairs_entity {
    ocs_mention_type type;
    ocs_str key, name;  /* the name by which it is first met */
    uint32_t documents; /* that mention it, of those gone through */
} ocs_pairs_entity;

typedef struct ocs_pair {
    uint32_t a, b;             /* in ocs_pairs.entities; the more frequent first */
    uint32_t documents, units; /* units: sentences, paragraphs or, again, documents */
    ocs_date first, last;      /* of publication; year 0: none is known */
    ocs_str id, path;          /* of the document that has the example: the earliest */
    ocs_when published;
    ocs_cited example;
} ocs_pair;

typedef struct ocs_pairs {
    ocs_pairs_entity *entities;
    size_t n_entities;
    ocs_pair *at; /* most documents first, then most units, then by types and keys */
    size_t n;
    size_t found;       /* pairs of ${least} documents or more */
    uint32_t documents; /* gone through, without copies */
    uint32_t cut;       /* units with more than OCS_PAIRS_UNIT_MOST entities */
} ocs_pairs;

/* The result lives in ${arena}; OCS_LIMIT and a sentence that tells the way out when the pairs do
 * not fit.  Errors of the query as by ocs_search_run. */
ocs_status ocs_pairs_find(ocs_index *index, const ocs_pairs_wanted *wanted, ocs_arena *arena,
                          ocs_pairs *pairs, ocs_error *err) OCS_MUST_CHECK;

#endif
