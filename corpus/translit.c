/* Cyrillic to Latin, letter by letter, in one of three ways.  A letter may depend on the one before
 * it: "я" after a consonant, "ё" after a vowel. */
#include "corpus/key.h"

enum { LETTER_ROOM = 4 }; /* bytes that one letter may become, "shch" */

typedef struct letter {
    uint32_t point;
    const char *to[OCS_TRANSLIT_WAYS]; /* the first is not used */
} letter;

/* Sorted by code point.  What depends on the letter before is in `after` below. */
static const letter letters[] = {
    {0x430, {NULL, "a", "a", "a"}},
    {0x431, {NULL, "b", "b", "b"}},
    {0x432, {NULL, "v", "v", "v"}},
    {0x433, {NULL, "g", "g", "h"}},
    {0x434, {NULL, "d", "d", "d"}},
    {0x435, {NULL, "e", "e", "e"}},
    {0x436, {NULL, "zh", "\xC5\xBE", "zh"}},
    {0x437, {NULL, "z", "z", "z"}},
    {0x438, {NULL, "i", "i", "y"}},
    {0x439, {NULL, "y", "j", "i"}},
    {0x43A, {NULL, "k", "k", "k"}},
    {0x43B, {NULL, "l", "l", "l"}},
    {0x43C, {NULL, "m", "m", "m"}},
    {0x43D, {NULL, "n", "n", "n"}},
    {0x43E, {NULL, "o", "o", "o"}},
    {0x43F, {NULL, "p", "p", "p"}},
    {0x440, {NULL, "r", "r", "r"}},
    {0x441, {NULL, "s", "s", "s"}},
    {0x442, {NULL, "t", "t", "t"}},
    {0x443, {NULL, "u", "u", "u"}},
    {0x444, {NULL, "f", "f", "f"}},
    {0x445, {NULL, "kh", "h", "kh"}},
    {0x446, {NULL, "ts", "c", "ts"}},
    {0x447, {NULL, "ch", "\xC4\x8D", "ch"}},
    {0x448, {NULL, "sh", "\xC5\xA1", "sh"}},
    {0x449, {NULL, "shch", "\xC5\xA1t", "shch"}},
    {0x44A, {NULL, "a", "a", ""}}, /* Bulgarian; a Russian sign stands before a vowel */
    {0x44B, {NULL, "y", "i", "y"}},
    {0x44C, {NULL, "", "", ""}},
    {0x44D, {NULL, "e", "e", "e"}},
    {0x44E, {NULL, "yu", "ju", "iu"}},
    {0x44F, {NULL, "ya", "ja", "ia"}},
    {0x450, {NULL, "e", "e", "e"}},
    {0x451, {NULL, "e", "e", "e"}},
    {0x452, {NULL, "dj", "\xC4\x91", "dj"}},
    {0x453, {NULL, "gj", "gj", "gj"}},
    {0x454, {NULL, "ye", "e", "ie"}},
    {0x455, {NULL, "dz", "dz", "dz"}},
    {0x456, {NULL, "i", "i", "i"}},
    {0x457, {NULL, "yi", "i", "i"}},
    {0x458, {NULL, "j", "j", "y"}},
    {0x459, {NULL, "lj", "lj", "l"}},
    {0x45A, {NULL, "nj", "nj", "n"}},
    {0x45B, {NULL, "c", "\xC4\x87", "c"}},
    {0x45C, {NULL, "kj", "kj", "kj"}},
    {0x45D, {NULL, "i", "i", "y"}},
    {0x45E, {NULL, "u", "u", "u"}},
    {0x45F, {NULL, "dz", "d\xC5\xBE", "dz"}},
    {0x491, {NULL, "g", "g", "g"}},
    {0x493, {NULL, "g", "g", "g"}}, /* Kazakh, Kyrgyz, Tajik and Azerbaijani letters */
    {0x497, {NULL, "j", "j", "j"}},
    {0x49B, {NULL, "k", "k", "k"}},
    {0x4A3, {NULL, "ng", "ng", "ng"}},
    {0x4AF, {NULL, "u", "u", "u"}},
    {0x4B1, {NULL, "u", "u", "u"}},
    {0x4B3, {NULL, "h", "h", "h"}},
    {0x4B7, {NULL, "j", "j", "j"}},
    {0x4BB, {NULL, "h", "h", "h"}},
    {0x4D9, {NULL, "a", "a", "a"}},
    {0x4E3, {NULL, "i", "i", "i"}},
    {0x4E9, {NULL, "o", "o", "o"}},
    {0x4EF, {NULL, "u", "u", "u"}},
};

static bool one_of(uint32_t point, const uint32_t *set, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (set[i] == point)
            return true;
    return false;
}

static bool cyrillic(uint32_t point)
{
    return ocs_point_script(point) == OCS_SCRIPT_CYRILLIC;
}

bool ocs_has_cyrillic(ocs_str text)
{
    uint32_t point;
    for (size_t at = 0; at < text.n;) {
        at += ocs_utf8_at(text, at, &point);
        if (cyrillic(point))
            return true;
    }
    return false;
}

/* ---- which way ---- */

/* ђ ѓ ѕ ј љ њ ћ ќ џ */
static bool southern(uint32_t p)
{
    return p == 0x452 || p == 0x453 || p == 0x455 || (p >= 0x458 && p <= 0x45C) || p == 0x45F;
}

/* є і ї ґ */
static bool ukrainian(uint32_t p)
{
    return p == 0x454 || p == 0x456 || p == 0x457 || p == 0x491;
}

/* Whether the letters before byte ${end} are -ски or -ска, as in Macedonian surnames. */
static bool ends_in_ski(ocs_str text, size_t end)
{
    static const uint32_t tail[] = {0x43A, 0x441}; /* к, с: from the end */
    uint32_t point;
    if (end == 0)
        return false;
    end -= ocs_utf8_before(text, end, &point);
    point = ocs_point_lower(point);
    if (point != 0x438 && point != 0x430)
        return false;
    for (size_t i = 0; i < 2; i++) {
        if (end == 0)
            return false;
        end -= ocs_utf8_before(text, end, &point);
        if (ocs_point_lower(point) != tail[i])
            return false;
    }
    return end > 0;
}

/* -ськ-, -цьк-, -зьк-: the soft sign of Ukrainian surnames. */
static bool soft_k(uint32_t older, uint32_t old, uint32_t point)
{
    return point == 0x43A && old == 0x44C && (older == 0x441 || older == 0x446 || older == 0x437);
}

ocs_translit_way ocs_translit_guess(ocs_str text)
{
    ocs_translit_way way = OCS_TRANSLIT_EAST;
    uint32_t older = 0, old = 0, point;
    for (size_t at = 0, n; at < text.n; at += n, older = old, old = point) {
        n = ocs_utf8_at(text, at, &point);
        point = ocs_point_lower(point);
        if (southern(point))
            return OCS_TRANSLIT_SOUTH;
        if (ukrainian(point) || soft_k(older, old, point))
            way = OCS_TRANSLIT_UKRAINIAN;
        if (!ocs_point_letter(point) && way == OCS_TRANSLIT_EAST && ends_in_ski(text, at))
            way = OCS_TRANSLIT_SOUTH;
    }
    return way == OCS_TRANSLIT_EAST && ends_in_ski(text, text.n) ? OCS_TRANSLIT_SOUTH : way;
}

/* ---- letters ---- */

static const char *plain(uint32_t point, ocs_translit_way way)
{
    size_t low = 0, high = sizeof letters / sizeof *letters;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (letters[middle].point == point)
            return letters[middle].to[way];
        if (letters[middle].point < point)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static bool vowel(uint32_t point)
{
    static const uint32_t vowels[] = {0x430, 0x435, 0x438, 0x43E, 0x443, 0x44B, 0x44D,
                                      0x44E, 0x44F, 0x451, 0x454, 0x456, 0x457};
    return one_of(point, vowels, sizeof vowels / sizeof *vowels);
}

/* A letter that sounds otherwise after ${before} (0 at the start of a word); NULL for the rest. */
static const char *after(uint32_t before, uint32_t point, ocs_translit_way way)
{
    bool sign = before == 0x44C || before == 0x44A; /* ь ъ */
    bool start = before == 0;
    if (way == OCS_TRANSLIT_UKRAINIAN) { /* "ya" at the start, "ia" within */
        const char *first = point == 0x44E   ? "yu"
                            : point == 0x44F ? "ya"
                            : point == 0x454 ? "ye"
                            : point == 0x457 ? "yi"
                            : point == 0x439 ? "y"
                                             : NULL;
        return start ? first : NULL;
    }
    if (way != OCS_TRANSLIT_EAST)
        return NULL;
    if (sign && (point == 0x435 || point == 0x451))
        return "ye";
    if (point == 0x451 && (start || vowel(before)))
        return "yo";
    return NULL;
}

/* A hard sign between consonant and vowel is silent. */
static bool silent(ocs_str text, size_t next, uint32_t point)
{
    static const uint32_t soft[] = {0x435, 0x451, 0x44E, 0x44F};
    uint32_t following;
    if (point != 0x44A || next >= text.n)
        return false;
    (void)ocs_utf8_at(text, next, &following);
    return one_of(ocs_point_lower(following), soft, sizeof soft / sizeof *soft);
}

static size_t put_letter(char *out, ocs_str raw, uint32_t before, uint32_t point,
                         ocs_translit_way way)
{
    const char *to = after(before, point, way);
    if (!to)
        to = plain(point, way);
    ocs_str s = to ? ocs_str_of(to) : raw;
    memcpy(out, s.p, s.n);
    return s.n;
}

ocs_str ocs_translit(ocs_arena *arena, ocs_str text, ocs_translit_way way)
{
    if (!ocs_has_cyrillic(text))
        return text.p ? text : (ocs_str){"", 0};
    if (way == OCS_TRANSLIT_GUESS)
        way = ocs_translit_guess(text);
    char *out = ocs_arena_array(arena, text.n, LETTER_ROOM);
    if (!out)
        return (ocs_str){0};
    size_t n = 0;
    uint32_t before = 0, point;
    for (size_t at = 0, bytes; at < text.n; at += bytes) {
        bytes = ocs_utf8_at(text, at, &point);
        ocs_str raw = {text.p + at, bytes};
        uint32_t lower = ocs_point_lower(point);
        if (!cyrillic(point)) {
            memcpy(out + n, raw.p, raw.n);
            n += raw.n;
        } else if (!silent(text, at + bytes, lower))
            n += put_letter(out + n, raw, before, lower, way);
        before = ocs_point_letter(point) ? lower : 0;
    }
    return (ocs_str){out, n};
}
