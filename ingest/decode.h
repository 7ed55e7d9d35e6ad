/* Bytes to UTF-8.  The encoding is, in this order: a byte order mark; UTF-8 where all bytes are
 * well formed; the page's own declaration (meta element or XML declaration), unless another
 * encoding of the area spells the bytes clearly better (guess.h); UTF-8 with single broken bytes
 * mended, where most of the non-ASCII bytes are well formed; the encoding of the area that spells
 * them best; a guess by uchardet for the rest of the world; windows-1252.  An encoding in which
 * more than one byte in fifty is undefined is not believed.  Text that was encoded twice is well
 * formed and passes: see mend.h. */
#ifndef OCS_INGEST_DECODE_H
#define OCS_INGEST_DECODE_H

#include "corpus/corpus.h"

typedef struct ocs_decoded {
    ocs_str text;      /* well-formed UTF-8 */
    ocs_origin origin; /* to the raw bytes */
    ocs_str encoding;  /* name as a person writes it: "UTF-8", "windows-1251" */
    uint32_t repairs;  /* bytes that were not valid and were replaced or read as windows-1252 */
} ocs_decoded;

/* ${html}: whether to look for a declaration.  ${raw} must stay while the result is used. */
ocs_status ocs_decode(ocs_str raw, bool html, ocs_arena *arena, ocs_decoded *out,
                      ocs_error *err) OCS_MUST_CHECK;

#endif
