/* Bytes as the glass format of libxapian 1.4 (format of 2016-03-14) has them.  The facts of the
 * format were taken from databases that libxapian writes; tests/unit/glass.c holds the two equal.
 * Private to index/. */
#ifndef OCS_INDEX_GLASS_CODE_H
#define OCS_INDEX_GLASS_CODE_H

#include "base/base.h"

/* Numbers of varying length are those of ocs_buf_put_varint. */

/* Little-endian, as few bytes as it takes, none for 0: a number at the end of a key. */
void ocs_glass_put_last(ocs_buf *out, uint32_t value);
/* Big-endian with the length in front, so that bytes sort like numbers. */
void ocs_glass_put_sorted(ocs_buf *out, uint32_t value);
/* A string that others may follow in a key: a NUL is "\0\xff", and a lone NUL ends it. */
void ocs_glass_put_key_string(ocs_buf *out, ocs_str s);
/* The same without the end: nothing follows. */
void ocs_glass_put_key_tail(ocs_buf *out, ocs_str s);

/* A list of ${n} ascending positions, 1 or more: the last one, then, bit by bit, the first one, the
 * number of those between, and these by interpolation (Moffat and Stuiver 2000, "Binary interpolative
 * coding for effective index compression"). */
void ocs_glass_put_positions(ocs_buf *out, const uint32_t *at, size_t n);

#endif
