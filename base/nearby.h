/* How far words are from one in spelling: the insertions, deletions, changes and swaps of neighbours
 * that lead from it to the other (Damerau and Levenshtein; a swapped pair is not changed again), by
 * code points.  Made for walks over sorted words: what a word has in common with the one before it is
 * not compared again, and of a word that is too far it is known how much of it was enough to tell. */
#ifndef OCS_BASE_NEARBY_H
#define OCS_BASE_NEARBY_H

#include "base/text.h"

enum { OCS_NEARBY_POINTS = 64, OCS_NEARBY_MOST = 3 };

typedef struct ocs_nearby {
    uint32_t word[OCS_NEARBY_POINTS];
    size_t n;
    unsigned most;
    /* the word compared last: its points, where each ends, and the row after each */
    uint32_t path[OCS_NEARBY_POINTS + OCS_NEARBY_MOST];
    size_t depth;
    unsigned char rows[OCS_NEARBY_POINTS + OCS_NEARBY_MOST + 1][OCS_NEARBY_POINTS + 1];
} ocs_nearby;

/* Words at most ${most} (up to OCS_NEARBY_MOST) from ${word} are near; false for an empty word and for
 * one of more than OCS_NEARBY_POINTS, which no word is near. */
bool ocs_nearby_init(ocs_nearby *nearby, ocs_str word, unsigned most);

/* The distance of ${other}, or most + 1 when it is too far.  Then no near word begins with the first
 * ${dead} bytes of it. */
unsigned ocs_nearby_distance(ocs_nearby *nearby, ocs_str other, size_t *dead);

#endif
