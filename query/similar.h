/* The documents that are most like one: those that share its most telling words and names.
 *
 * A word tells more the more often this document has it and the fewer others do; names of people,
 * organisations, places and countries count by their keys, however they are spelled.  The best of
 * both become one weighted query. */
#ifndef OCS_QUERY_SIMILAR_H
#define OCS_QUERY_SIMILAR_H

#include "query/query.h"

enum { OCS_SIMILAR_WORDS = 30, OCS_SIMILAR_NAMES = 12 };

/* What the query asks for. */
typedef struct ocs_similar_term {
    ocs_str term; /* as the index spells it */
    ocs_str text; /* as the document does */
    bool name;    /* of an entity, which is of .type; else a word */
    ocs_mention_type type;
    double weight;      /* above 0, 1 for the most telling */
    uint32_t documents; /* that have it */
} ocs_similar_term;

typedef struct ocs_similar_hit {
    ocs_hit hit;                     /* without snippets and copies */
    bool copy;                       /* of the document that was asked about */
    const ocs_similar_term **shared; /* what both have, the most telling first */
    size_t n_shared;
} ocs_similar_hit;

typedef struct ocs_similar {
    uint32_t most;
    bool all_copies; /* else copies of the document, and of better hits, are left out */
    /* Before the first hit; the terms by weight.  May be NULL. */
    void (*terms)(void *payload, const ocs_similar_term *terms, size_t n);
    bool (*each)(void *payload, const ocs_similar_hit *hit); /* false: enough */
    void *payload;
} ocs_similar;

/* Documents like document ${number}, which is itself left out; best first.  A document that shares
 * nothing with any other has none.  OCS_NOTFOUND when there is no such document; OCS_MODIFIED when the
 * index moved on. */
ocs_status ocs_similar_find(ocs_index *index, xap_docid number, const ocs_similar *wanted,
                            ocs_error *err) OCS_MUST_CHECK;

#endif
