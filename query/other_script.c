/* Each Cyrillic letter has one Latin letter or two; Latin pairs are read before single letters, as
 * nearly all of them are pairs. */
#include "query/other_script.h"

#include "base/text.h"

enum { LATIN_MAX = 2 };

typedef struct letter {
    uint32_t cyrillic[2];         /* small and capital */
    uint32_t latin[2][LATIN_MAX]; /* the same; 0: there is no second one */
} letter;

static const letter letters[] = {
    {{0x459, 0x409}, {{'l', 'j'}, {'L', 'J'}}},
    {{0x45A, 0x40A}, {{'n', 'j'}, {'N', 'J'}}},
    {{0x45F, 0x40F}, {{'d', 0x17E}, {'D', 0x17D}}},
    {{0x430, 0x410}, {{'a'}, {'A'}}},
    {{0x431, 0x411}, {{'b'}, {'B'}}},
    {{0x432, 0x412}, {{'v'}, {'V'}}},
    {{0x433, 0x413}, {{'g'}, {'G'}}},
    {{0x434, 0x414}, {{'d'}, {'D'}}},
    {{0x452, 0x402}, {{0x111}, {0x110}}},
    {{0x435, 0x415}, {{'e'}, {'E'}}},
    {{0x436, 0x416}, {{0x17E}, {0x17D}}},
    {{0x437, 0x417}, {{'z'}, {'Z'}}},
    {{0x438, 0x418}, {{'i'}, {'I'}}},
    {{0x458, 0x408}, {{'j'}, {'J'}}},
    {{0x43A, 0x41A}, {{'k'}, {'K'}}},
    {{0x43B, 0x41B}, {{'l'}, {'L'}}},
    {{0x43C, 0x41C}, {{'m'}, {'M'}}},
    {{0x43D, 0x41D}, {{'n'}, {'N'}}},
    {{0x43E, 0x41E}, {{'o'}, {'O'}}},
    {{0x43F, 0x41F}, {{'p'}, {'P'}}},
    {{0x440, 0x420}, {{'r'}, {'R'}}},
    {{0x441, 0x421}, {{'s'}, {'S'}}},
    {{0x442, 0x422}, {{'t'}, {'T'}}},
    {{0x45B, 0x40B}, {{0x107}, {0x106}}},
    {{0x443, 0x423}, {{'u'}, {'U'}}},
    {{0x444, 0x424}, {{'f'}, {'F'}}},
    {{0x445, 0x425}, {{'h'}, {'H'}}},
    {{0x446, 0x426}, {{'c'}, {'C'}}},
    {{0x447, 0x427}, {{0x10D}, {0x10C}}},
    {{0x448, 0x428}, {{0x161}, {0x160}}},
};
enum { LETTERS = sizeof letters / sizeof *letters };

/* The bytes of the Cyrillic letter at ${at}, put in Latin ones; 0: it is none. */
static size_t put_latin(ocs_str word, size_t at, ocs_buf *out)
{
    uint32_t point;
    size_t n = ocs_utf8_at(word, at, &point);
    for (size_t i = 0; i < LETTERS; i++) {
        if (point != letters[i].cyrillic[0] && point != letters[i].cyrillic[1])
            continue;
        for (size_t k = 0; k < LATIN_MAX && letters[i].latin[0][k] != 0; k++)
            ocs_buf_put_point(out, letters[i].latin[0][k]);
        return n;
    }
    return 0;
}

static bool is_either(uint32_t point, const letter *l, size_t k)
{
    return point == l->latin[0][k] || point == l->latin[1][k];
}

/* The same of Latin letters. */
static size_t put_cyrillic(ocs_str word, size_t at, ocs_buf *out)
{
    uint32_t first, second = 0;
    size_t n = ocs_utf8_at(word, at, &first);
    size_t m = at + n < word.n ? ocs_utf8_at(word, at + n, &second) : 0;
    for (size_t i = 0; i < LETTERS; i++) {
        bool pair = letters[i].latin[0][1] != 0;
        if (!is_either(first, &letters[i], 0) || (pair && !is_either(second, &letters[i], 1)))
            continue;
        ocs_buf_put_point(out, letters[i].cyrillic[0]);
        return pair ? n + m : n;
    }
    return 0;
}

ocs_str ocs_other_script(ocs_arena *arena, ocs_str word)
{
    ocs_buf out;
    size_t at = 0, n = 1;
    ocs_buf_init(&out, 64 * 1024);
    size_t (*put)(ocs_str, size_t, ocs_buf *) = put_latin;
    if (word.n > 0 && put_latin(word, 0, &out) == 0)
        put = put_cyrillic;
    ocs_buf_reset(&out);
    for (; at < word.n && n > 0; at += n)
        n = put(word, at, &out);
    ocs_str copy = {"", 0};
    if (n > 0 && ocs_buf_status(&out) == OCS_OK)
        copy = ocs_str_copy(arena, ocs_buf_str(&out));
    ocs_buf_clear(&out);
    return copy;
}
