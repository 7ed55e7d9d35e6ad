/* The wide characters are those of the blocks of East Asia; what combines with the letter before it
 * takes no column of its own. */
#include "cli/columns.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

size_t ocs_columns_of_terminal(int fd)
{
    struct winsize size = {0};
    const char *set = getenv("COLUMNS");
    long columns = set ? strtol(set, NULL, 10) : 0;
    if (!isatty(fd))
        return 0;
    if (columns > 0)
        return (size_t)columns;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static bool combines(uint32_t point)
{
    return (point >= 0x300 && point <= 0x36F) || (point >= 0x483 && point <= 0x489) ||
           (point >= 0x591 && point <= 0x5BD) || (point >= 0x64B && point <= 0x65F) ||
           (point >= 0x1AB0 && point <= 0x1AFF) || (point >= 0x1DC0 && point <= 0x1DFF) ||
           (point >= 0x20D0 && point <= 0x20FF) || (point >= 0xFE00 && point <= 0xFE0F) ||
           (point >= 0xFE20 && point <= 0xFE2F) || ocs_point_invisible(point);
}

static bool wide(uint32_t point)
{
    return (point >= 0x1100 && point <= 0x115F) || (point >= 0x2E80 && point <= 0xA4CF) ||
           (point >= 0xAC00 && point <= 0xD7A3) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0xFE30 && point <= 0xFE6F) || (point >= 0xFF00 && point <= 0xFF60) ||
           (point >= 0xFFE0 && point <= 0xFFE6) || (point >= 0x1F300 && point <= 0x1F64F) ||
           (point >= 0x1F900 && point <= 0x1F9FF) || (point >= 0x20000 && point <= 0x3FFFD);
}

static size_t width(uint32_t point)
{
    if (combines(point))
        return 0;
    return wide(point) ? 2 : 1;
}

size_t ocs_columns(ocs_str text)
{
    size_t columns = 0;
    uint32_t point;
    for (size_t at = 0; at < text.n;) {
        at += ocs_utf8_at(text, at, &point);
        columns += width(point);
    }
    return columns;
}

ocs_str ocs_columns_last(ocs_str text, size_t most)
{
    size_t from = text.n, columns = 0;
    while (from > 0) {
        uint32_t point;
        size_t n = ocs_utf8_before(text, from, &point);
        columns += width(point);
        if (columns > most)
            break;
        from -= n;
    }
    return ocs_str_sub(text, from, text.n);
}

ocs_str ocs_columns_first(ocs_str text, size_t most)
{
    size_t to = 0, columns = 0;
    while (to < text.n) {
        uint32_t point;
        size_t n = ocs_utf8_at(text, to, &point);
        columns += width(point);
        if (columns > most)
            break;
        to += n;
    }
    return ocs_str_sub(text, 0, to);
}
