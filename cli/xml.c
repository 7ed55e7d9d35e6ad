/* Point by point. */
#include "cli/xml.h"

/* XML 1.0, production 2: no control characters but white space, no noncharacters at the end. */
static bool is_xml_char(uint32_t point)
{
    if (point < 0x20)
        return point == '\t' || point == '\n' || point == '\r';
    return point != 0xFFFE && point != 0xFFFF;
}

static const char *entity_of(uint32_t point)
{
    switch (point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

void ocs_xml_put(ocs_buf *out, ocs_str text)
{
    uint32_t point;
    for (size_t at = 0; at < text.n;) {
        at += ocs_utf8_at(text, at, &point);
        if (entity_of(point))
            ocs_buf_puts(out, entity_of(point));
        else
            ocs_buf_put_point(out, is_xml_char(point) ? point : OCS_REPLACEMENT);
    }
}
