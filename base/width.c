/* How wide text stands in a terminal, by libunistring's table: marks that combine and invisible
 * characters take no column, those of East Asia and most pictures two. */
#include "base/text.h"

#include <uniwidth.h>

size_t ocs_point_width(uint32_t point)
{
    if (point < 0x300) /* controls, which are not printed as they are, are the caller's */
        return point == 0xAD ? 0 : 1;
    int width = uc_width(point, "UTF-8");
    return width > 0 ? (size_t)width : 0;
}

size_t ocs_str_width(ocs_str s)
{
    size_t width = 0;
    for (size_t at = 0; at < s.n;) {
        uint32_t point;
        at += ocs_utf8_at(s, at, &point);
        width += ocs_point_width(point);
    }
    return width;
}
