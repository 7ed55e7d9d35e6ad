#include "cli/clip.h"

ocs_str ocs_clip_last(ocs_str text, size_t most)
{
    size_t from = text.n, columns = 0;
    while (from > 0) {
        uint32_t point;
        size_t n = ocs_utf8_before(text, from, &point);
        columns += ocs_point_width(point);
        if (columns > most)
            break;
        from -= n;
    }
    return ocs_str_sub(text, from, text.n);
}

ocs_str ocs_clip_first(ocs_str text, size_t most)
{
    size_t to = 0, columns = 0;
    while (to < text.n) {
        uint32_t point;
        size_t n = ocs_utf8_at(text, to, &point);
        columns += ocs_point_width(point);
        if (columns > most)
            break;
        to += n;
    }
    return ocs_str_sub(text, 0, to);
}
