/* Text is a slice: pointer and length, UTF-8, borrowed from whoever owns the bytes (an arena, a
 * table, a page).  No call here depends on a final NUL.  Offsets and lengths are bytes unless a
 * name says points (Unicode code points). */
#ifndef OCS_BASE_TEXT_H
#define OCS_BASE_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct ocs_str {
    const char *p; /* may be NULL when n is 0 */
    size_t n;
} ocs_str;

/* Half open: [from, to). */
typedef struct ocs_span {
    size_t from, to;
} ocs_span;

#define OCS_STR(literal) ((ocs_str){"" literal, sizeof(literal) - 1})
#define OCS_STR_INIT(literal) {"" literal, sizeof(literal) - 1}
/* For printf: `"%.*s", OCS_ARG(text)`. */
#define OCS_ARG(s) (int)(s).n, (s).n ? (s).p : ""

ocs_str ocs_str_of(const char *nul_terminated); /* NULL gives the empty slice */
/* Bytes [from, to), clipped to the slice. */
static inline ocs_str ocs_str_sub(ocs_str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    if (s.p) {
        s.p += from;
        s.n = to - from;
    }
    return s;
}
ocs_str ocs_str_copy(ocs_arena *arena, ocs_str s);      /* {NULL,0} when the arena failed */
ocs_str ocs_str_trim(ocs_str s);                        /* ASCII white space off both ends */
static inline bool ocs_str_eq(ocs_str a, ocs_str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
bool ocs_str_eq_nocase(ocs_str a, ocs_str b); /* ASCII letters only */
bool ocs_str_starts(ocs_str s, ocs_str head);
bool ocs_str_ends(ocs_str s, ocs_str tail);
int ocs_str_cmp(ocs_str a, ocs_str b);        /* by unsigned bytes, shorter first */
/* Where ${what} first stands at or after ${from}; s.n when it does not. */
size_t ocs_str_find(ocs_str s, ocs_str what, size_t from);
size_t ocs_str_find_char(ocs_str s, char what, size_t from);
/* How many bytes both begin with. */
size_t ocs_str_common(ocs_str a, ocs_str b);
/* The folder of a path, with its slash; empty for a bare name. */
ocs_str ocs_path_folder(ocs_str path);
/* The text up to the next ${separator}, taken off the front of ${rest}; false at the end, which a
 * NULL slice is.  "a,b" gives a and b; "a," gives a and ""; "" gives "". */
bool ocs_str_split(ocs_str *rest, char separator, ocs_str *piece);

static inline bool ocs_ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool ocs_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ---- UTF-8 ---- */

enum { OCS_REPLACEMENT = 0xFFFD };

/* The code point at byte ${at} (< s.n) into ${point}; returns its length in bytes.  A byte that
 * starts no well-formed sequence (Unicode 15, table 3-7) gives OCS_REPLACEMENT and length 1. */
size_t ocs_utf8_at(ocs_str s, size_t at, uint32_t *point);
/* The same for the code point that ends at byte ${end} (> 0). */
size_t ocs_utf8_before(ocs_str s, size_t end, uint32_t *point);
/* Writes 1 to 4 bytes, returns how many; a surrogate or too large value is written as U+FFFD. */
size_t ocs_utf8_put(char out[4], uint32_t point);
/* The first byte that is not well formed; s.n when all are. */
size_t ocs_utf8_check(ocs_str s);
size_t ocs_utf8_points(ocs_str s); /* code points, ill-formed bytes counting one each */

/* Columns that a code point takes in a terminal: 0, 1 or 2; control characters count 1. */
size_t ocs_point_width(uint32_t point);
size_t ocs_str_width(ocs_str s);

/* ---- classes and folding ---- */

bool ocs_point_letter(uint32_t point); /* letters and combining marks */
bool ocs_point_digit(uint32_t point);  /* decimal digits */
bool ocs_point_upper(uint32_t point);
bool ocs_point_space(uint32_t point);     /* white space, NBSP and the general punctuation spaces */
bool ocs_point_invisible(uint32_t point); /* soft hyphen, zero-width, direction marks, BOM */
uint32_t ocs_point_lower(uint32_t point);
/* Scripts that the program tells apart. */
typedef enum ocs_script { OCS_SCRIPT_OTHER, OCS_SCRIPT_LATIN, OCS_SCRIPT_CYRILLIC } ocs_script;
ocs_script ocs_point_script(uint32_t point);

/* Case and diacritics folded away, for matching: "Stojanović" -> "stojanovic", "Đukanović" ->
 * "dukanovic", "Straße" -> "strasse", "ё" -> "е".  Cyrillic stays Cyrillic and keeps й and ї, which
 * are letters and no accents.  Writes at most OCS_FOLD_MAX bytes for one code point. */
enum { OCS_FOLD_MAX = 12 };
size_t ocs_fold_point(char out[OCS_FOLD_MAX], uint32_t point);
ocs_str ocs_fold(ocs_arena *arena, ocs_str s);

/* A 64-bit hash (XXH3), the same on every machine; for tables and change detection, not security. */
uint64_t ocs_hash(ocs_str s);
/* Continue a hash with one more piece: the order counts. */
uint64_t ocs_hash_mix(uint64_t hash, uint64_t more);

#endif
