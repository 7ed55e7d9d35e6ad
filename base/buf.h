/* A growing byte buffer with a cap and an error that sticks: after the first failure every call
 * is a no-op, so that a builder stays linear and asks ocs_buf_status once at its end.  The content
 * is always followed by a NUL that does not count. */
#ifndef OCS_BASE_BUF_H
#define OCS_BASE_BUF_H

#include "base/text.h"

typedef struct ocs_buf {
    char *p;
    size_t n, room, cap;
    ocs_status status;
} ocs_buf;

void ocs_buf_init(ocs_buf *buf, size_t cap);
void ocs_buf_clear(ocs_buf *buf); /* frees the memory; usable again with the same cap */
void ocs_buf_reset(ocs_buf *buf); /* empty and error-free, memory kept */
void ocs_buf_put(ocs_buf *buf, ocs_str s);
void ocs_buf_puts(ocs_buf *buf, const char *nul_terminated);
void ocs_buf_putc(ocs_buf *buf, char c);
void ocs_buf_put_point(ocs_buf *buf, uint32_t point);
void ocs_buf_putf(ocs_buf *buf, const char *format, ...) OCS_PRINTF(2, 3);
void ocs_buf_cut(ocs_buf *buf, size_t n); /* shorten to ${n} bytes */
ocs_str ocs_buf_str(const ocs_buf *buf);  /* borrowed until the next change */
ocs_status ocs_buf_status(const ocs_buf *buf);

/* For many small pieces: where ${most} more bytes may be written, NULL when there is no room; then
 * ocs_buf_wrote tells where the last one ended. */
char *ocs_buf_begin(ocs_buf *buf, size_t most);
void ocs_buf_wrote(ocs_buf *buf, const char *end);

/* LEB128 numbers, for packed records. */
void ocs_buf_put_varint(ocs_buf *buf, uint64_t value);
void ocs_buf_put_string(ocs_buf *buf, ocs_str s); /* length, then bytes */
/* Take them off the front of ${rest}; false when it is too short or ill formed. */
bool ocs_take_long_varint(ocs_str *rest, uint64_t *value); /* not for direct use */
static inline bool ocs_take_varint(ocs_str *rest, uint64_t *value)
{
    if (rest->n == 0 || (unsigned char)rest->p[0] >= 0x80)
        return ocs_take_long_varint(rest, value);
    *value = (unsigned char)rest->p[0]; /* most numbers are small */
    rest->p++;
    rest->n--;
    return true;
}
bool ocs_take_string(ocs_str *rest, ocs_str *s);

/* The same where there is room at ${at}, OCS_VARINT_MAX bytes for a number; the end comes back. */
enum { OCS_VARINT_MAX = 10 };
static inline char *ocs_write_varint(char *at, uint64_t value)
{
    for (; value > 0x7F; value >>= 7)
        *at++ = (char)(value | 0x80);
    *at++ = (char)value;
    return at;
}
static inline char *ocs_write_bytes(char *at, ocs_str s)
{
    if (s.n > 0)
        memcpy(at, s.p, s.n);
    return at + s.n;
}

#endif
