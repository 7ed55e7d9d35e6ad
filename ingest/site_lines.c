/* Lines are known by a hash of 32 bits: among the some ten thousand lines of a site a stranger is
 * taken for one of them once in 400,000 times, and then for one that stands on few pages. */
#include "ingest/site_lines.h"

#include <stdlib.h>

enum { FOLDED_PIECE = 512, NOT_A_LINE = 0, TITLE_SALT = 1 };

/* Fold the character at ${at} to the end of ${out}; false when it is no letter.  Most are ASCII. */
static bool fold_at(ocs_str text, size_t *at, char *out, size_t *n)
{
    char c = text.p[*at];
    if ((unsigned char)c < 0x80) {
        bool upper = c >= 'A' && c <= 'Z';
        out[(*n)++] = (char)(upper ? c - 'A' + 'a' : c);
        ++*at;
        return upper || (c >= 'a' && c <= 'z');
    }
    uint32_t point;
    *at += ocs_utf8_at(text, *at, &point);
    *n += ocs_fold_point(out + *n, point);
    return ocs_point_letter(point);
}

/* The hash of the folded text, piece by piece; NOT_A_LINE when no letter is in it. */
static uint32_t hash_folded(ocs_str text, uint64_t hash)
{
    char piece[FOLDED_PIECE + OCS_FOLD_MAX];
    size_t n = 0;
    bool words = false;
    for (size_t i = 0; i < text.n;) {
        words |= fold_at(text, &i, piece, &n);
        if (n >= FOLDED_PIECE) {
            hash = ocs_hash_mix(hash, ocs_hash((ocs_str){piece, n}));
            n = 0;
        }
    }
    uint32_t key = (uint32_t)ocs_hash_mix(hash, ocs_hash((ocs_str){piece, n}));
    if (!words)
        return NOT_A_LINE;
    return key == NOT_A_LINE ? key + 1 : key;
}

uint32_t ocs_site_line_key(ocs_str line)
{
    return hash_folded(ocs_str_trim(line), 0);
}

uint32_t ocs_site_title_key(ocs_str part)
{
    return hash_folded(ocs_str_trim(part), TITLE_SALT);
}

/* ---- the title element ---- */

/* Where the next separator starts at or after ${from}, and its bytes; text.n when none does. */
static size_t find_separator(ocs_str text, size_t from, size_t *length)
{
    static const char *const separators[] = {
        " | ", " - ", " – ", " — ", " :: ", " « ", " » ", " · ", " • "};
    size_t first = text.n;
    for (size_t i = 0; i < sizeof separators / sizeof *separators; i++) {
        ocs_str separator = ocs_str_of(separators[i]);
        size_t at = ocs_str_find(text, separator, from);
        if (at >= first)
            continue;
        first = at;
        *length = separator.n;
    }
    return first;
}

static size_t add_line(ocs_site_line *lines, size_t n, uint32_t key, uint32_t words)
{
    if (key == NOT_A_LINE || n == OCS_SITE_PAGE_LINES)
        return n;
    lines[n] = (ocs_site_line){key, words >= OCS_SITE_LONG ? words : 0};
    return n + 1;
}

static size_t add_title(ocs_site_line *lines, size_t n, ocs_str title)
{
    for (size_t from = 0, length = 0; from < title.n;) {
        size_t end = find_separator(title, from, &length);
        n = add_line(lines, n, ocs_site_title_key(ocs_str_sub(title, from, end)), 0);
        from = end < title.n ? end + length : title.n;
    }
    return n;
}

static size_t add_titles(const ocs_blocks *blocks, ocs_site_line *lines, size_t n)
{
    for (size_t i = 0; i < blocks->n_hints; i++) {
        const ocs_hint *h = &blocks->hints[i];
        if (h->about == OCS_HINT_TITLE && strcmp(h->source, "title element") == 0)
            n = add_title(lines, n, h->value);
    }
    return n;
}

/* ---- the page ---- */

static int compare_lines(const void *a, const void *b)
{
    const ocs_site_line *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

size_t ocs_site_lines_sort(ocs_site_line *lines, size_t n)
{
    size_t kept = 0;
    qsort(lines, n, sizeof *lines, compare_lines);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || lines[kept - 1].key != lines[i].key)
            lines[kept++] = lines[i];
    return kept;
}

size_t ocs_site_lines_of(const ocs_blocks *blocks, ocs_site_line *lines)
{
    size_t n = add_titles(blocks, lines, 0);
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        n = add_line(lines, n, ocs_site_line_key(ocs_block_words(blocks, b)), b->words);
    }
    return n;
}
