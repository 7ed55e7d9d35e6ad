/* The stretch of text around a match that an excerpt shows.  Private to query/. */
#ifndef OCS_QUERY_PASSAGE_H
#define OCS_QUERY_PASSAGE_H

#include "corpus/sentence.h"

enum { OCS_SNIPPET_BYTES = 240 }; /* of one excerpt, unless one match is longer */

typedef struct ocs_passage {
    ocs_span at;
    bool whole_from, whole_to; /* it begins, ends where a sentence does */
} ocs_passage;

/* Around ${match}, not before byte ${floor}: its whole sentence where that fits, and whole
 * sentences behind it as long as they do.  ${sentences} are those of ${text}. */
ocs_passage ocs_passage_around(const ocs_sentences *sentences, ocs_str text, size_t floor,
                               ocs_span match);

#endif
