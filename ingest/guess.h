/* Which one-byte encoding of the area a page is in, told by how well its bytes spell the letters of
 * the area's languages.  A guesser for the whole world is weak on a few lines with four letters
 * beyond ASCII; knowing the languages to expect is what helps. */
#ifndef OCS_INGEST_GUESS_H
#define OCS_INGEST_GUESS_H

#include "base/base.h"

/* The name of the encoding (for iconv), a constant; NULL when none spells the bytes as a language
 * would.  ${believed} (may be NULL) is kept unless another is clearly better: its name comes back
 * when it is as good, also when it is an encoding that this file does not know. */
const char *ocs_guess_encoding(ocs_str raw, const char *believed);

#endif
