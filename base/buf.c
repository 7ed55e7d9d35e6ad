#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void ocs_buf_init(ocs_buf *buf, size_t cap)
{
    *buf = (ocs_buf){.cap = cap};
}

void ocs_buf_clear(ocs_buf *buf)
{
    free(buf->p);
    ocs_buf_init(buf, buf->cap);
}

void ocs_buf_reset(ocs_buf *buf)
{
    buf->n = 0;
    buf->status = OCS_OK;
    if (buf->p)
        buf->p[0] = '\0';
}

/* Room for ${more} bytes and a NUL. */
static bool make_room(ocs_buf *buf, size_t more)
{
    if (buf->status != OCS_OK)
        return false;
    if (more > buf->cap - buf->n) {
        buf->status = OCS_LIMIT;
        return false;
    }
    if (buf->room - buf->n > more) /* room counts the NUL's byte */
        return true;
    size_t room = buf->room ? buf->room : 256;
    while (room - buf->n <= more)
        room *= 2;
    char *grown = realloc(buf->p, room);
    if (!grown) {
        buf->status = OCS_NOMEM;
        return false;
    }
    buf->p = grown;
    buf->room = room;
    return true;
}

void ocs_buf_put(ocs_buf *buf, ocs_str s)
{
    if (!make_room(buf, s.n))
        return;
    if (s.n > 0)
        memcpy(buf->p + buf->n, s.p, s.n);
    buf->n += s.n;
    buf->p[buf->n] = '\0';
}

void ocs_buf_puts(ocs_buf *buf, const char *nul_terminated)
{
    ocs_buf_put(buf, ocs_str_of(nul_terminated));
}

void ocs_buf_putc(ocs_buf *buf, char c)
{
    if (!make_room(buf, 1))
        return;
    buf->p[buf->n++] = c;
    buf->p[buf->n] = '\0';
}

void ocs_buf_put_point(ocs_buf *buf, uint32_t point)
{
    char bytes[4];
    size_t n = ocs_utf8_put(bytes, point);
    ocs_buf_put(buf, (ocs_str){bytes, n});
}

void ocs_buf_putf(ocs_buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n < 0)
        buf->status = buf->status == OCS_OK ? OCS_BUG : buf->status;
    else if (make_room(buf, (size_t)n)) {
        vsnprintf(buf->p + buf->n, (size_t)n + 1, format, again);
        buf->n += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

void ocs_buf_cut(ocs_buf *buf, size_t n)
{
    if (n < buf->n) {
        buf->n = n;
        buf->p[n] = '\0';
    }
}

ocs_str ocs_buf_str(const ocs_buf *buf)
{
    return (ocs_str){buf->p, buf->n};
}

ocs_status ocs_buf_status(const ocs_buf *buf)
{
    return buf->status;
}

char *ocs_buf_begin(ocs_buf *buf, size_t most)
{
    return make_room(buf, most) ? buf->p + buf->n : NULL;
}

void ocs_buf_wrote(ocs_buf *buf, const char *end)
{
    buf->n = (size_t)(end - buf->p);
    buf->p[buf->n] = '\0';
}

void ocs_buf_put_varint(ocs_buf *buf, uint64_t value)
{
    char bytes[OCS_VARINT_MAX];
    if (value < 0x80)
        ocs_buf_putc(buf, (char)value);
    else
        ocs_buf_put(buf, (ocs_str){bytes, (size_t)(ocs_write_varint(bytes, value) - bytes)});
}

void ocs_buf_put_string(ocs_buf *buf, ocs_str s)
{
    ocs_buf_put_varint(buf, s.n);
    ocs_buf_put(buf, s);
}

bool ocs_take_long_varint(ocs_str *rest, uint64_t *value)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < rest->n && i < 10; i++) {
        unsigned char byte = (unsigned char)rest->p[i];
        if (i == 9 && byte > 1)
            return false;
        sum |= (uint64_t)(byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            *value = sum;
            *rest = ocs_str_sub(*rest, i + 1, rest->n);
            return true;
        }
    }
    return false;
}

bool ocs_take_string(ocs_str *rest, ocs_str *s)
{
    uint64_t n;
    ocs_str after = *rest;
    if (!ocs_take_varint(&after, &n) || n > after.n)
        return false;
    *s = ocs_str_sub(after, 0, (size_t)n);
    *rest = ocs_str_sub(after, (size_t)n, after.n);
    return true;
}
