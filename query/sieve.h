/* Where in a text words stand that may be among those looked for, by their first letters, so that
 * all other words need not be cut, folded and stemmed.  Private to query/. */
#ifndef OCS_QUERY_SIEVE_H
#define OCS_QUERY_SIEVE_H

#include "index/index.h"

/* What folded words begin with; all zero lets nothing through. */
typedef struct ocs_sieve {
    bool any;                 /* is anything let through? */
    bool all;                 /* every word: for what begins with any letter */
    bool first[256];          /* first bytes of words */
    bool second[256];         /* second bytes of those that do not begin in ASCII */
    unsigned char kinds[256]; /* of bytes of a text, for the scan; set by the first addition */
} ocs_sieve;

/* Let through words that begin as the folded ${text} does; when it is empty or begins with '?' every
 * word. */
void ocs_sieve_add(ocs_sieve *sieve, ocs_str text);
void ocs_sieve_add_all(ocs_sieve *sieve);
/* May the folded ${word} be one of those?  Its canonical spelling begins with the same letter. */
bool ocs_sieve_passes(const ocs_sieve *sieve, ocs_str word);

/* The next stretch of ${text} from byte ${*at} on that may hold such a word; ${*at} moves behind it.
 * Stretches are bounded by white space or, when every word is looked for, by line feeds: no word
 * reaches over that, and the words of a stretch are cut as they are in the whole text.  False at the
 * end. */
bool ocs_sieve_next(const ocs_sieve *sieve, ocs_str text, size_t *at, ocs_span *stretch);

#endif
