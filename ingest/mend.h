/* Text that was encoded twice: UTF-8 read by a one-byte code page and stored again as UTF-8, so
 * that "’" became "â€™".  The code pages are windows-1252 with ISO-8859-1, windows-1250,
 * windows-1251 and windows-874; control characters of C1, which only such accidents leave, are read
 * as windows-1252. */
#ifndef OCS_INGEST_MEND_H
#define OCS_INGEST_MEND_H

#include "ingest/decode.h"

/* Mends ${decoded} where the result is well formed and genuine text would not stand so; a page
 * without such places stays as it is, untouched.  Each character mended is a unit of the origin and
 * counts as one repair, once for every time that it was encoded too often. */
ocs_status ocs_mend(ocs_decoded *decoded, ocs_arena *arena, ocs_error *err) OCS_MUST_CHECK;

#endif
