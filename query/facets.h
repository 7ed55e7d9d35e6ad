/* Facets: of the documents that match, how many there are of each person, country, kind, year, ...
 * Counts are exact, over documents, copies and all. */
#ifndef OCS_QUERY_FACETS_H
#define OCS_QUERY_FACETS_H

#include "query/counts.h"

/* The families of columns, then what is counted by the published date alone. */
enum { OCS_FACET_YEAR = OCS_COLUMN_COUNT, OCS_FACET_MONTH, OCS_FACET_COUNT };
const char *ocs_facet_name(int facet);
const char *ocs_facet_about(int facet);
/* OCS_FACET_COUNT when there is none of that name. */
int ocs_facet_find(ocs_str name);

/* Listed in the order of time, and by default all of them. */
bool ocs_facet_of_time(int facet);

struct ocs_facet_wanted {
    int facet;
    uint32_t most; /* the most frequent, equals by key; 0: all */
};

typedef struct ocs_facet_value {
    ocs_str key;
    ocs_str name; /* the most frequent in these documents */
    ocs_str country;
    uint32_t documents;
} ocs_facet_value;

struct ocs_facet {
    int facet;
    ocs_facet_value *at; /* most documents first, equals by key; facets of time by key */
    size_t n;
    size_t distinct; /* values there are, listed or not */
};

/* Count ${n} facets over ${matches} into ${out}, all in ${arena}. */
ocs_status ocs_facets_count(ocs_index *index, const ocs_docset *matches,
                            const ocs_facet_wanted *wanted, size_t n, ocs_deadline deadline,
                            ocs_arena *arena, ocs_facet *out, ocs_error *err) OCS_MUST_CHECK;

#endif
