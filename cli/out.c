/* A buffer in front of a descriptor. */
#include "cli/out.h"

#include "cli/pager.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FLUSH_AT = 64 * 1024, BUFFER_CAP = 1 << 30 };

/* $COLUMNS where a shell exports it, else what the terminal says. */
static size_t columns(int fd)
{
    enum { LEAST = 20, MOST = 1000, USUAL = 80 };
    struct winsize size = {0};
    const char *told = getenv("COLUMNS");
    long n = told ? strtol(told, NULL, 10) : 0;
    if (n <= 0 && ioctl(fd, TIOCGWINSZ, &size) == 0)
        n = size.ws_col;
    if (n <= 0)
        return USUAL;
    return n < LEAST ? LEAST : n > MOST ? MOST : (size_t)n;
}

void ocs_out_init(ocs_out *out, int fd)
{
    struct stat about;
    *out = (ocs_out){.fd = fd, .terminal = isatty(fd) == 1};
    out->width = out->terminal ? columns(fd) : 0;
    out->kept = fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
    ocs_buf_init(&out->buf, BUFFER_CAP);
}

void ocs_out_set_colour(ocs_out *out, ocs_colour colour)
{
    const char *no = getenv("NO_COLOR");
    bool automatic = out->terminal && !(no && *no);
    out->colour = colour == OCS_COLOUR_ALWAYS || (colour == OCS_COLOUR_AUTO && automatic);
}

static void write_all(ocs_out *out)
{
    size_t done = 0;
    if (out->pager.command && out->buf.n > 0 && out->error == 0)
        ocs_pager_start(out);
    while (done < out->buf.n && out->error == 0) {
        ssize_t n = write(out->fd, out->buf.p + done, out->buf.n - done);
        if (n >= 0)
            done += (size_t)n;
        else if (errno != EINTR)
            out->error = errno;
    }
    ocs_buf_reset(&out->buf);
}

void ocs_out_flush(ocs_out *out)
{
    write_all(out);
}

/* After every change of the buffer. */
static void settle(ocs_out *out)
{
    if (ocs_buf_status(&out->buf) != OCS_OK && out->error == 0)
        out->error = ENOMEM;
    if (out->buf.n >= FLUSH_AT || out->error != 0)
        write_all(out);
}

void ocs_out_put(ocs_out *out, ocs_str s)
{
    ocs_buf_put(&out->buf, s);
    settle(out);
}

void ocs_out_puts(ocs_out *out, const char *nul_terminated)
{
    ocs_out_put(out, ocs_str_of(nul_terminated));
}

void ocs_out_putf(ocs_out *out, const char *format, ...)
{
    va_list args;
    char *text = NULL;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    if (n >= 0)
        ocs_out_put(out, (ocs_str){text, (size_t)n});
    else if (out->error == 0)
        out->error = ENOMEM;
    if (n >= 0)
        free(text);
}

static bool point_hidden(uint32_t point)
{
    return (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7F && point < 0xA0) ||
           point == 0x200E || point == 0x200F || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

static bool ill_formed(ocs_str s, size_t at, size_t n)
{
    return n == 1 && (unsigned char)s.p[at] >= 0x80;
}

size_t ocs_visible_width(ocs_str s)
{
    enum { BYTE = 4, POINT = 6 }; /* of \xHH and \uHHHH */
    size_t width = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t point;
        size_t n = ocs_utf8_at(s, at, &point);
        if (ill_formed(s, at, n) || (point_hidden(point) && point < 0x80))
            width += BYTE;
        else
            width += point_hidden(point) ? POINT : ocs_point_width(point);
        at += n;
    }
    return width;
}

void ocs_visible(ocs_str s, ocs_buf *out)
{
    for (size_t at = 0; at < s.n;) {
        uint32_t point;
        size_t n = ocs_utf8_at(s, at, &point);
        if (ill_formed(s, at, n) || (point_hidden(point) && point < 0x80))
            ocs_buf_putf(out, "\\x%02x", (unsigned)(unsigned char)s.p[at]);
        else if (point_hidden(point))
            ocs_buf_putf(out, "\\u%04x", (unsigned)point);
        else
            ocs_buf_put(out, ocs_str_sub(s, at, at + n));
        at += n;
    }
}

void ocs_out_text(ocs_out *out, ocs_str s)
{
    if (out->terminal)
        ocs_visible(s, &out->buf);
    else
        ocs_buf_put(&out->buf, s);
    settle(out);
}

void ocs_out_line(ocs_out *out, ocs_str s)
{
    for (size_t from = 0; from < s.n;) {
        size_t to = from;
        while (to < s.n && !(s.p[to] >= '\t' && s.p[to] <= '\r'))
            to++;
        ocs_out_text(out, ocs_str_sub(s, from, to));
        if (to < s.n)
            ocs_out_puts(out, " ");
        from = to + 1;
    }
}

void ocs_out_style(ocs_out *out, ocs_style style)
{
    static const char *const codes[] = {
        [OCS_STYLE_PLAIN] = "\033[0m",    [OCS_STYLE_TITLE] = "\033[1m",
        [OCS_STYLE_FAINT] = "\033[2m",    [OCS_STYLE_MATCH] = "\033[1;31m",
        [OCS_STYLE_PERSON] = "\033[36m",  [OCS_STYLE_PLACE] = "\033[32m",
        [OCS_STYLE_COUNTRY] = "\033[34m", [OCS_STYLE_ORG] = "\033[35m",
        [OCS_STYLE_DATE] = "\033[33m",    [OCS_STYLE_ROLE] = "\033[3m",
    };
    if (out->colour)
        ocs_out_puts(out, codes[style]);
}

void ocs_out_deliver(ocs_out *out)
{
    if (!out->kept && out->buf.n > 0)
        write_all(out);
}

void ocs_out_drop(ocs_out *out)
{
    ocs_buf_reset(&out->buf);
}

ocs_status ocs_out_finish(ocs_out *out, const char *name, ocs_error *err)
{
    if (out->fd >= 0)
        ocs_pager_end(out);
    ocs_buf_clear(&out->buf);
    /* a network file system may tell only now that the data is lost; a stream that was closed when
     * the program started and was never written to is no loss */
    if (out->fd >= 0 && close(out->fd) != 0 && out->error == 0 && errno != EINTR)
        out->error = errno;
    out->fd = -1;
    if (out->pager.failed)
        return ocs_fail(err, OCS_IO, "the pager cannot be run; --pager=never does without it");
    if (out->error == 0)
        return OCS_OK;
    return ocs_fail(err, OCS_IO, "cannot write %s: %s", name, strerror(out->error));
}

void ocs_out_guard_streams(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) != -1 || errno != EBADF)
            continue;
        /* the wrong way round: reading a closed stdin, writing a closed stdout must fail */
        if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            _exit(70);
    }
}
