/* The text is read as bytes.  A letter or digit of ASCII begins a word when none stands before it,
 * and folds to itself in lower case; any other character that may begin a word lets its stretch
 * through.  Where that is in doubt, the stretch is let through: its words are looked at one by one
 * afterwards. */
#include "query/sieve.h"

/* What a byte of a text is to the scan. */
enum { NO_LETTER, SPACE, BEYOND_ASCII, LETTER, SOUGHT };

/* ---- letters ---- */

static bool plain_letter(unsigned char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || ocs_ascii_digit((char)c);
}

static void start(ocs_sieve *sieve)
{
    if (sieve->any)
        return;
    sieve->any = true;
    for (unsigned c = 0; c < 256; c++)
        sieve->kinds[c] = c >= 0x80                        ? BEYOND_ASCII
                          : ocs_ascii_space((char)c)       ? SPACE
                          : plain_letter((unsigned char)c) ? LETTER
                                                           : NO_LETTER;
}

void ocs_sieve_add_all(ocs_sieve *sieve)
{
    start(sieve);
    sieve->all = true;
}

void ocs_sieve_add(ocs_sieve *sieve, ocs_str text)
{
    if (text.n == 0 || text.p[0] == '?') {
        ocs_sieve_add_all(sieve);
        return;
    }
    unsigned char head = (unsigned char)text.p[0];
    start(sieve);
    sieve->first[head] = true;
    if (head >= 0x80 && text.n > 1)
        sieve->second[(unsigned char)text.p[1]] = true;
    if (head >= 'a' && head <= 'z')
        sieve->kinds[head - 'a' + 'A'] = sieve->kinds[head] = SOUGHT;
    else if (plain_letter(head))
        sieve->kinds[head] = SOUGHT;
}

bool ocs_sieve_passes(const ocs_sieve *sieve, ocs_str word)
{
    if (sieve->all || word.n == 0)
        return sieve->all;
    unsigned char head = (unsigned char)word.p[0];
    if (!sieve->first[head])
        return false;
    return head < 0x80 || (word.n > 1 && sieve->second[(unsigned char)word.p[1]]);
}

/* ---- stretches ---- */

/* The bytes at ${at} that begin no word: U+2000 to U+203F, with dashes and quotation marks, and the
 * hard space; else 0. */
static size_t punctuation_at(ocs_str s, size_t at)
{
    unsigned char a = (unsigned char)s.p[at], b = at + 1 < s.n ? (unsigned char)s.p[at + 1] : 0;
    if (a == 0xE2 && b == 0x80 && at + 2 < s.n)
        return 3;
    return a == 0xC2 && b == 0xA0 ? 2 : 0;
}

/* Does a word in the run of characters from ${from} on, up to white space, begin as one of those
 * looked for?  ${to}: where that was settled. */
static bool holds_some(const ocs_sieve *sieve, ocs_str text, size_t from, size_t *to)
{
    bool inside = false; /* behind a letter or digit of ASCII */
    size_t i = from;
    for (unsigned char kind; i < text.n; inside = kind >= LETTER, i++) {
        kind = sieve->kinds[(unsigned char)text.p[i]];
        if (kind == SPACE || (kind == SOUGHT && !inside))
            break;
        if (kind != BEYOND_ASCII)
            continue;
        size_t n = punctuation_at(text, i);
        if (n == 0 && !inside)
            break;
        i += (n > 0 ? n : ocs_utf8_at(text, i, &(uint32_t){0})) - 1;
    }
    *to = i;
    /* a word too long may be cut anywhere */
    return i - from > OCS_TOKEN_MAX ||
           (i < text.n && sieve->kinds[(unsigned char)text.p[i]] != SPACE);
}

static size_t skip_space(ocs_str text, size_t at)
{
    while (at < text.n && ocs_ascii_space(text.p[at]))
        at++;
    return at;
}

static size_t run_end(ocs_str text, size_t at)
{
    while (at < text.n && !ocs_ascii_space(text.p[at]))
        at++;
    return at;
}

bool ocs_sieve_next(const ocs_sieve *sieve, ocs_str text, size_t *at, ocs_span *stretch)
{
    while (sieve->any && (*at = skip_space(text, *at)) < text.n) {
        size_t from = *at;
        if (!sieve->all && !holds_some(sieve, text, from, at))
            continue;
        *at = sieve->all ? ocs_str_find_char(text, '\n', from) : run_end(text, *at);
        *stretch = (ocs_span){from, *at};
        return true;
    }
    return false;
}
