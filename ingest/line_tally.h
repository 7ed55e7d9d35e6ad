/* What a line is made of: letters, digits, punctuation, kinds of words. */
#ifndef OCS_INGEST_LINE_TALLY_H
#define OCS_INGEST_LINE_TALLY_H

#include "base/base.h"

typedef struct ocs_line_tally {
    unsigned points, letters, digits; /* points: all but blanks */
    unsigned commas, stops, quotes;
    unsigned signs; /* bars, arrows, bullets and the like, that stand between links */
    unsigned words, capitals, shouted; /* words with a capital; with one at both ends */
    unsigned small;   /* words of at most four bytes in small letters: mostly function words */
    unsigned longest; /* word, in bytes */
} ocs_line_tally;

/* Count over ${text}, whose words are parted by single blanks. */
ocs_line_tally ocs_line_tally_of(ocs_str text);

#endif
