/* Classes of code points and folding.  ASCII and Cyrillic, which are nearly all of what we read,
 * are answered from their ranges; the rest asks libunistring for decompositions (Unicode Character
 * Database, canonical and compatibility) and drops the marks.  A few Latin letters have no
 * decomposition and are spelled out here. */
#include "base/text.h"

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

bool ocs_point_letter(uint32_t p)
{
    if (p < 0x80)
        return (p | 0x20) >= 'a' && (p | 0x20) <= 'z';
    if (p >= 0x400 && p <= 0x481)
        return true;
    return uc_is_general_category_withtable(p, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M);
}

bool ocs_point_digit(uint32_t p)
{
    if (p < 0x80)
        return p >= '0' && p <= '9';
    return uc_is_general_category_withtable(p, UC_CATEGORY_MASK_Nd);
}

bool ocs_point_upper(uint32_t p)
{
    if (p < 0x80)
        return p >= 'A' && p <= 'Z';
    if (p >= 0x400 && p <= 0x42F)
        return true;
    return uc_is_general_category_withtable(p, UC_CATEGORY_MASK_Lu | UC_CATEGORY_MASK_Lt);
}

bool ocs_point_space(uint32_t p)
{
    return p == ' ' || (p >= '\t' && p <= '\r') || p == 0x85 || p == 0xA0 || p == 0x1680 ||
           (p >= 0x2000 && p <= 0x200A) || p == 0x2028 || p == 0x2029 || p == 0x202F ||
           p == 0x205F || p == 0x3000;
}

bool ocs_point_invisible(uint32_t p)
{
    return p == 0xAD || (p >= 0x200B && p <= 0x200F) || (p >= 0x202A && p <= 0x202E) ||
           (p >= 0x2060 && p <= 0x2064) || (p >= 0x2066 && p <= 0x2069) || p == 0xFEFF;
}

uint32_t ocs_point_lower(uint32_t p)
{
    if (p < 0x80)
        return p >= 'A' && p <= 'Z' ? p + 0x20 : p;
    if (p >= 0x410 && p <= 0x42F)
        return p + 0x20;
    if (p >= 0x400 && p <= 0x40F)
        return p + 0x50;
    return uc_tolower(p);
}

ocs_script ocs_point_script(uint32_t p)
{
    if (p < 0x80)
        return (p | 0x20) >= 'a' && (p | 0x20) <= 'z' ? OCS_SCRIPT_LATIN : OCS_SCRIPT_OTHER;
    if (p >= 0x400 && p <= 0x52F)
        return OCS_SCRIPT_CYRILLIC;
    if ((p >= 0xC0 && p <= 0x24F && p != 0xD7 && p != 0xF7) || (p >= 0x1E00 && p <= 0x1EFF))
        return OCS_SCRIPT_LATIN;
    return OCS_SCRIPT_OTHER;
}

/* Letters whose stroke or ligature Unicode does not take apart. */
static const char *spelled_out(uint32_t p)
{
    switch (p) {
    case 0xDF:
    case 0x1E9E:
        return "ss";
    case 0xE6:
        return "ae";
    case 0xF0:
    case 0x111:
        return "d";
    case 0xF8:
        return "o";
    case 0xFE:
        return "th";
    case 0x127:
        return "h";
    case 0x131:
        return "i";
    case 0x138:
        return "k";
    case 0x142:
        return "l";
    case 0x14B:
        return "n";
    case 0x153:
        return "oe";
    case 0x167:
        return "t";
    case 0x18F: /* schwa, both cases and the look-alike */
    case 0x259:
    case 0x1DD:
        return "a";
    case 0x2B9:
    case 0x2BB:
    case 0x2BC:
        return ""; /* modifier apostrophes of transliterations */
    default:
        return NULL;
    }
}

static size_t put_string(char *out, const char *s)
{
    size_t n = strlen(s);
    memcpy(out, s, n);
    return n;
}

size_t ocs_fold_point(char out[OCS_FOLD_MAX], uint32_t p)
{
    if (p < 0x80) {
        out[0] = (char)(p >= 'A' && p <= 'Z' ? p + 0x20 : p);
        return 1;
    }
    if (ocs_point_invisible(p))
        return 0;
    uint32_t lower = ocs_point_lower(p);
    if (lower >= 0x430 && lower <= 0x45F) /* Cyrillic: only ё loses its dots */
        return ocs_utf8_put(out, lower == 0x451 ? 0x435 : lower);
    const char *spelled = spelled_out(lower);
    if (spelled)
        return put_string(out, spelled);
    if (uc_is_general_category_withtable(p, UC_CATEGORY_MASK_Mn | UC_CATEGORY_MASK_Me))
        return 0;
    ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
    int tag, n = uc_decomposition(lower, &tag, parts);
    if (n <= 0)
        return ocs_utf8_put(out, lower);
    size_t used = 0;
    for (int i = 0; i < n && used + 4 <= OCS_FOLD_MAX / 2; i++) /* half: the parts may unfold again */
        used += parts[i] == p ? 0 : ocs_fold_point(out + used, parts[i]);
    return used;
}

static bool ascii_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static ocs_str fold_ascii(ocs_arena *arena, ocs_str s)
{
    char *out = ocs_arena_alloc(arena, s.n);
    if (!out)
        return (ocs_str){NULL, 0};
    for (size_t i = 0; i < s.n; i++)
        out[i] = (char)(ascii_upper(s.p[i]) ? s.p[i] + 0x20 : s.p[i]);
    return (ocs_str){out, s.n};
}

ocs_str ocs_fold(ocs_arena *arena, ocs_str s)
{
    bool ascii = true, upper = false;
    for (size_t i = 0; i < s.n; i++) {
        ascii &= (unsigned char)s.p[i] < 0x80;
        upper |= ascii_upper(s.p[i]);
    }
    if (ascii)
        return upper ? fold_ascii(arena, s) : s; /* else folded already */
    char *out = ocs_arena_alloc(arena, s.n * 3 + OCS_FOLD_MAX); /* ﬃ-like ligatures grow most */
    if (!out)
        return (ocs_str){NULL, 0};
    size_t n = 0, room = s.n * 3;
    for (size_t at = 0; at < s.n && n <= room;) {
        uint32_t point;
        size_t length = ocs_utf8_at(s, at, &point);
        n += ocs_fold_point(out + n, point);
        at += length;
    }
    return (ocs_str){out, n};
}
