/* A set of 64-bit hashes, 16 bytes or less for each: what was already written. */
#ifndef OCS_CLI_HASHSET_H
#define OCS_CLI_HASHSET_H

#include "base/base.h"

typedef struct ocs_hashset {
    uint64_t *slots; /* 0: free */
    size_t n, room;  /* room is a power of two, at most three quarters taken */
} ocs_hashset;

/* Starts as {0}.  ${added} is false when it was there; OCS_NOMEM. */
ocs_status ocs_hashset_add(ocs_hashset *set, uint64_t hash, bool *added) OCS_MUST_CHECK;
void ocs_hashset_clear(ocs_hashset *set);

#endif
