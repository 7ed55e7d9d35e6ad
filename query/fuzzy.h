/* How far words are from each other in spelling.  Private to query/. */
#ifndef OCS_QUERY_FUZZY_H
#define OCS_QUERY_FUZZY_H

#include "base/base.h"

enum {
    OCS_FUZZY_MAX = 2,    /* ~2 */
    OCS_FUZZY_POINTS = 64 /* code points of a word; a longer one is near none */
};

/* A word made ready to be compared with many. */
typedef struct ocs_fuzzy {
    uint32_t points[OCS_FUZZY_POINTS];
    size_t n;      /* 0: near none */
    unsigned most; /* insertions, deletions, changes and swaps of neighbours */
} ocs_fuzzy;

void ocs_fuzzy_init(ocs_fuzzy *fuzzy, ocs_str word, unsigned most);
/* How many of these lead from the word to ${other}; more than ${fuzzy->most} when it is too far. */
unsigned ocs_fuzzy_distance(const ocs_fuzzy *fuzzy, ocs_str other);

/* How many letters a word must have to be asked for so: a short one is near everything. */
size_t ocs_fuzzy_least(unsigned most);

#endif
