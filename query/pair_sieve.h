/* How often something is met at least, for very many things in little memory: each is counted where
 * its hash falls, together with others that fall there.  So a count may be too high, and never too
 * low: what is not frequent here is not frequent.  Counts end at 255.  Private to query/. */
#ifndef OCS_QUERY_PAIR_SIEVE_H
#define OCS_QUERY_PAIR_SIEVE_H

#include "base/base.h"

typedef struct ocs_pair_sieve ocs_pair_sieve;

/* ${bits}: 2 to this power of counters, a byte each.  NULL when memory ran out. */
ocs_pair_sieve *ocs_pair_sieve_new(unsigned bits);
void ocs_pair_sieve_free(ocs_pair_sieve *sieve);
void ocs_pair_sieve_add(ocs_pair_sieve *sieve, uint64_t hash);
/* False: it was certainly added less than ${least} times. */
bool ocs_pair_sieve_passes(const ocs_pair_sieve *sieve, uint64_t hash, uint32_t least);

#endif
