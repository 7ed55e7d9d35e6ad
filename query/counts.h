/* How often the things of one family are in a set of documents: exactly, by document and by name.
 *
 * Counts come from the columns of the index; where the user's rules for names say otherwise than
 * the index does, from the documents themselves, unpacked one by one, which takes a thousand times
 * as long. */
#ifndef OCS_QUERY_COUNTS_H
#define OCS_QUERY_COUNTS_H

#include "index/column_dict.h"
#include "query/docset.h"

typedef struct ocs_count_days { /* ocs_date_pack; 0: none is known */
    uint32_t first, last;
} ocs_count_days;

typedef struct ocs_counts {
    ocs_column *column;          /* what the numbers stand for: this, */
    const ocs_column_dict *dict; /* or this, when it is not NULL */
    uint32_t *documents;         /* by ordinal */
    uint32_t *more;              /* mentions by the first name less documents, modulo 2 to the 32 */
    ocs_count_days *days;        /* likewise; NULL unless wanted */
    uint32_t *names;             /* mentions by name - 1 */
    uint32_t n_things, n_names;
} ocs_counts;

typedef struct ocs_counting {
    ocs_index *index;
    const ocs_docset *matches;
    ocs_deadline deadline;
    bool days;           /* fill .days */
    bool mentioned_only; /* not what only labels state */
    ocs_arena *arena;    /* for all that is counted */
} ocs_counting;

/* Count the ${n} families into ${counts}.  OCS_TIMEOUT as for matches. */
ocs_status ocs_counts_make(const ocs_counting *counting, const ocs_column_family *families,
                           size_t n, ocs_counts *counts, ocs_error *err) OCS_MUST_CHECK;

/* Mentions of thing ${ordinal} by its first name. */
static inline uint32_t ocs_counts_named(const ocs_counts *counts, uint32_t ordinal)
{
    return counts->documents[ordinal] + counts->more[ordinal];
}

/* The least number of documents among the ${most} things of these ${n} counts that have the most; 0
 * when there are no more than ${most}, and for ${most} 0. */
ocs_status ocs_counts_least(const ocs_counts *counts, size_t n, uint32_t most, ocs_arena *arena,
                            uint32_t *least, ocs_error *err) OCS_MUST_CHECK;

/* What number ${ordinal} is, with its first name; lent until the next call. */
ocs_status ocs_counts_thing(const ocs_counts *counts, uint32_t ordinal, ocs_column_thing *thing,
                            ocs_error *err) OCS_MUST_CHECK;

typedef struct ocs_counted_name {
    ocs_str text, country;
    uint32_t mentions;
} ocs_counted_name;
typedef struct ocs_counted_names {
    ocs_counted_name *at; /* the most frequent first, equals by bytes; 1 or more */
    size_t n;
} ocs_counted_names;

/* The names under which things were met, but for the first: to be made once, then asked. */
typedef struct ocs_name_index {
    uint32_t *heads; /* by ordinal: a name, or 0 */
    uint32_t *next;  /* by name - 1 */
} ocs_name_index;
ocs_status ocs_name_index_make(const ocs_counts *counts, ocs_arena *arena, ocs_name_index *names,
                               ocs_error *err) OCS_MUST_CHECK;
/* All names of ${thing}, which is number ${ordinal}, copied into ${arena}. */
ocs_status ocs_counts_names(const ocs_counts *counts, const ocs_name_index *index, uint32_t ordinal,
                            const ocs_column_thing *thing, ocs_arena *arena,
                            ocs_counted_names *names, ocs_error *err) OCS_MUST_CHECK;

#endif
