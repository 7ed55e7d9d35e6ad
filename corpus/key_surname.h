/* One spelling for the romanisations of a surname.  Private to corpus/. */
#ifndef OCS_CORPUS_KEY_SURNAME_H
#define OCS_CORPUS_KEY_SURNAME_H

#include "base/base.h"

enum { OCS_SURNAME_MAX = 64 }; /* bytes; a longer word is left as it is */

/* ${word} is as written (Latin letters), ${fold} the same folded.  The result is ${fold} unless its
 * form shows a romanisation, else in ${arena}; a NULL pointer when the arena failed. */
ocs_str ocs_surname_key(ocs_arena *arena, ocs_str word, ocs_str fold);

#endif
