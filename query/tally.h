/* Who and what a set of documents speaks of: every entity that they mention, with its names, how
 * often it is mentioned, and from when to when. */
#ifndef OCS_QUERY_TALLY_H
#define OCS_QUERY_TALLY_H

#include "query/query.h"

enum { OCS_TALLY_NAMES = 32 }; /* names given of one entity: the most frequent */

typedef struct ocs_tally_name {
    ocs_str text;
    uint32_t mentions;
} ocs_tally_name;

/* Entities are told apart by type and key. */
typedef struct ocs_tally_entity {
    ocs_mention_type type;
    ocs_str key;
    ocs_str country;       /* of a place, by its most frequent name that tells; empty if unknown */
    ocs_tally_name *names; /* the most frequent first, equals by bytes */
    size_t n_names;        /* 1 or more */
    uint32_t documents, mentions;
    ocs_date first, last; /* publication of its documents; year 0: none is known */
} ocs_tally_entity;

typedef enum ocs_tally_order {
    OCS_TALLY_BY_DOCUMENTS, /* then by mentions */
    OCS_TALLY_BY_NAME,
    OCS_TALLY_BY_FIRST, /* oldest first, without a date last */
    OCS_TALLY_BY_LAST   /* newest first, without a date last */
} ocs_tally_order;

typedef struct ocs_tally_wanted {
    unsigned types;        /* 1 << ocs_mention_type, or 0 for all */
    ocs_str name;          /* only entities with all words of this in names or key; empty: all */
    uint32_t least;        /* documents that must mention it */
    ocs_tally_order order; /* what is equal in it: by type and key */
    uint32_t most; /* in the order of documents and with any name: only the first so many, which is
                    * quicker; 0: all */
} ocs_tally_wanted;

typedef struct ocs_tally {
    ocs_tally_entity *at;
    size_t n;
    size_t found;       /* entities; more than .n where only the first were wanted */
    uint32_t documents; /* that were counted over */
} ocs_tally;

/* Count over the documents that match ${query}, or over all when it is empty.  Mentions that the
 * index passes over (ocs_mention_is_indexed) do not count.  The result lives in ${arena}; OCS_LIMIT
 * when it is full.  Errors of the query as by ocs_search_run.  Cost: as of ocs_counts_make. */
ocs_status ocs_tally_count(ocs_index *index, ocs_str query, const ocs_tally_wanted *wanted,
                           ocs_arena *arena, ocs_tally *tally, ocs_error *err) OCS_MUST_CHECK;

#endif
