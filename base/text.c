/* Slices and UTF-8. */
#include "base/text.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

ocs_str ocs_str_of(const char *nul_terminated)
{
    return nul_terminated ? (ocs_str){nul_terminated, strlen(nul_terminated)} : (ocs_str){NULL, 0};
}

ocs_str ocs_str_copy(ocs_arena *arena, ocs_str s)
{
    char *copy = ocs_arena_copy(arena, s.p, s.n);
    return copy ? (ocs_str){copy, s.n} : (ocs_str){NULL, 0};
}

ocs_str ocs_str_trim(ocs_str s)
{
    while (s.n > 0 && ocs_ascii_space(s.p[0]))
        s = (ocs_str){s.p + 1, s.n - 1};
    while (s.n > 0 && ocs_ascii_space(s.p[s.n - 1]))
        s.n--;
    return s;
}

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool ocs_str_eq_nocase(ocs_str a, ocs_str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[i]))
            return false;
    return true;
}

bool ocs_str_starts(ocs_str s, ocs_str head)
{
    return s.n >= head.n && ocs_str_eq(ocs_str_sub(s, 0, head.n), head);
}

bool ocs_str_ends(ocs_str s, ocs_str tail)
{
    return s.n >= tail.n && ocs_str_eq(ocs_str_sub(s, s.n - tail.n, s.n), tail);
}

int ocs_str_cmp(ocs_str a, ocs_str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n > 0 ? memcmp(a.p, b.p, n) : 0;
    if (order != 0)
        return order;
    return a.n < b.n ? -1 : a.n > b.n;
}

size_t ocs_str_find(ocs_str s, ocs_str what, size_t from)
{
    if (what.n == 0)
        return from <= s.n ? from : s.n;
    if (from >= s.n || what.n > s.n - from)
        return s.n;
    const char *hit = memmem(s.p + from, s.n - from, what.p, what.n);
    return hit ? (size_t)(hit - s.p) : s.n;
}

size_t ocs_str_find_char(ocs_str s, char what, size_t from)
{
    if (from >= s.n)
        return s.n;
    const char *hit = memchr(s.p + from, what, s.n - from);
    return hit ? (size_t)(hit - s.p) : s.n;
}

size_t ocs_str_common(ocs_str a, ocs_str b)
{
    size_t n = 0, most = a.n < b.n ? a.n : b.n;
    while (n < most && a.p[n] == b.p[n])
        n++;
    return n;
}

ocs_str ocs_path_folder(ocs_str path)
{
    size_t end = path.n;
    while (end > 0 && path.p[end - 1] != '/')
        end--;
    return ocs_str_sub(path, 0, end);
}

bool ocs_str_split(ocs_str *rest, char separator, ocs_str *piece)
{
    if (!rest->p)
        return false;
    size_t end = ocs_str_find_char(*rest, separator, 0);
    *piece = ocs_str_sub(*rest, 0, end);
    *rest = end < rest->n ? ocs_str_sub(*rest, end + 1, rest->n) : (ocs_str){NULL, 0};
    return true;
}

/* Unicode 15, table 3-7: the range of the second byte depends on the first. */
static size_t decode(const unsigned char *p, size_t n, uint32_t *point)
{
    unsigned char a = p[0];
    if (a < 0x80) {
        *point = a;
        return 1;
    }
    size_t length = a >= 0xC2 && a <= 0xDF   ? 2
                    : (a & 0xF0) == 0xE0     ? 3
                    : a >= 0xF0 && a <= 0xF4 ? 4
                                             : 0;
    *point = OCS_REPLACEMENT;
    if (length == 0 || length > n)
        return 1;
    unsigned char low = 0x80, high = 0xBF;
    if (a == 0xE0)
        low = 0xA0;
    else if (a == 0xED)
        high = 0x9F;
    else if (a == 0xF0)
        low = 0x90;
    else if (a == 0xF4)
        high = 0x8F;
    if (p[1] < low || p[1] > high)
        return 1;
    uint32_t value = (uint32_t)(a & (0xFF >> (length + 1)));
    value = value << 6 | (p[1] & 0x3F);
    for (size_t i = 2; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 1;
        value = value << 6 | (p[i] & 0x3F);
    }
    *point = value;
    return length;
}

size_t ocs_utf8_at(ocs_str s, size_t at, uint32_t *point)
{
    return decode((const unsigned char *)s.p + at, s.n - at, point);
}

size_t ocs_utf8_before(ocs_str s, size_t end, uint32_t *point)
{
    size_t start = end - 1;
    while (start > 0 && end - start < 4 && ((unsigned char)s.p[start] & 0xC0) == 0x80)
        start--;
    if (decode((const unsigned char *)s.p + start, end - start, point) == end - start)
        return end - start;
    *point = OCS_REPLACEMENT;
    return 1;
}

size_t ocs_utf8_put(char out[4], uint32_t point)
{
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        point = OCS_REPLACEMENT;
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

size_t ocs_utf8_check(ocs_str s)
{
    size_t at = 0;
    while (at < s.n) {
        /* eight ASCII bytes at a time: most pages are mostly ASCII */
        uint64_t eight;
        while (s.n - at >= sizeof eight) {
            memcpy(&eight, s.p + at, sizeof eight);
            if (eight & UINT64_C(0x8080808080808080))
                break;
            at += sizeof eight;
        }
        if (at >= s.n)
            break;
        uint32_t point;
        size_t n = ocs_utf8_at(s, at, &point);
        if (n == 1 && (unsigned char)s.p[at] >= 0x80)
            return at;
        at += n;
    }
    return s.n;
}

size_t ocs_utf8_points(ocs_str s)
{
    size_t points = 0;
    uint32_t point;
    for (size_t at = 0; at < s.n; at += ocs_utf8_at(s, at, &point))
        points++;
    return points;
}

uint64_t ocs_hash(ocs_str s)
{
    return XXH3_64bits(s.n ? s.p : "", s.n);
}

uint64_t ocs_hash_mix(uint64_t hash, uint64_t more)
{
    uint64_t both[2] = {hash, more};
    return XXH3_64bits(both, sizeof both);
}
