/* One array of saturating counters. */
#include "query/pair_sieve.h"

#include <stdlib.h>

struct ocs_pair_sieve {
    size_t mask;
    uint8_t *counters;
};

ocs_pair_sieve *ocs_pair_sieve_new(unsigned bits)
{
    ocs_pair_sieve *sieve = calloc(1, sizeof *sieve);
    if (!sieve)
        return NULL;
    sieve->mask = ((size_t)1 << bits) - 1;
    sieve->counters = calloc(sieve->mask + 1, 1);
    if (sieve->counters)
        return sieve;
    free(sieve);
    return NULL;
}

void ocs_pair_sieve_free(ocs_pair_sieve *sieve)
{
    if (!sieve)
        return;
    free(sieve->counters);
    free(sieve);
}

void ocs_pair_sieve_add(ocs_pair_sieve *sieve, uint64_t hash)
{
    uint8_t *counter = &sieve->counters[hash & sieve->mask];
    if (*counter < UINT8_MAX)
        ++*counter;
}

bool ocs_pair_sieve_passes(const ocs_pair_sieve *sieve, uint64_t hash, uint32_t least)
{
    uint8_t counted = sieve->counters[hash & sieve->mask];
    return counted == UINT8_MAX || counted >= least;
}
