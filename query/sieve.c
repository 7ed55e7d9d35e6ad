/* The text is read as bytes.  A letter or digit of ASCII begins a word when none stands before it,
 * and folds to itself in lower case; any other character that may begin a word lets its stretch
 * through.  Where that is in doubt, the stretch is let through: its words are looked at one by one
 * afterwards. */
#include "query/sieve.h"

/* ---- letters ---- */

void ocs_sieve_add_all(ocs_sieve *sieve)
{
    sieve->any = sieve->all = true;
}

void ocs_sieve_add(ocs_sieve *sieve, ocs_str text)
{
    if (text.n == 0 || text.p[0] == '?') {
        ocs_sieve_add_all(sieve);
        return;
    }
    unsigned char head = (unsigned char)text.p[0];
    sieve->any = true;
    sieve->first[head] = true;
    if (head >= 0x80 && text.n > 1)
        sieve->second[(unsigned char)text.p[1]] = true;
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

/* A letter of ASCII in lower case or a digit; 0 for all else. */
static unsigned char plain(unsigned char c)
{
    unsigned char lower = c | 0x20;
    if (lower >= 'a' && lower <= 'z')
        return lower;
    return c >= '0' && c <= '9' ? c : 0;
}

/* U+2000 to U+203F, with dashes and quotation marks, and the hard space begin no word. */
static size_t punctuation_at(ocs_str s, size_t at)
{
    if (at + 2 < s.n && (unsigned char)s.p[at] == 0xE2 && (unsigned char)s.p[at + 1] == 0x80)
        return 3;
    return at + 1 < s.n && (unsigned char)s.p[at] == 0xC2 && (unsigned char)s.p[at + 1] == 0xA0 ? 2
                                                                                                : 0;
}

/* Does a word in ${s}, which has no white space, begin as one of those looked for? */
static bool holds_some(const ocs_sieve *sieve, ocs_str s)
{
    bool inside = false;     /* behind a letter or digit of ASCII */
    if (s.n > OCS_TOKEN_MAX) /* may be cut anywhere */
        return true;
    for (size_t i = 0, n; i < s.n; i += n) {
        unsigned char c = (unsigned char)s.p[i], letter = plain(c);
        n = 1;
        if (letter != 0 && !inside && sieve->first[letter])
            return true;
        if (c >= 0x80) {
            n = punctuation_at(s, i);
            if (n == 0 && !inside)
                return true;
            n = n > 0 ? n : ocs_utf8_at(s, i, &(uint32_t){0});
        }
        inside = letter != 0;
    }
    return false;
}

static size_t skip_space(ocs_str text, size_t at)
{
    while (at < text.n && ocs_ascii_space(text.p[at]))
        at++;
    return at;
}

static size_t word_end(ocs_str text, size_t at)
{
    while (at < text.n && !ocs_ascii_space(text.p[at]))
        at++;
    return at;
}

bool ocs_sieve_next(const ocs_sieve *sieve, ocs_str text, size_t *at, ocs_span *stretch)
{
    while (sieve->any && (*at = skip_space(text, *at)) < text.n) {
        size_t from = *at;
        *at = sieve->all ? ocs_str_find_char(text, '\n', from) : word_end(text, from);
        *stretch = (ocs_span){from, *at};
        if (sieve->all || holds_some(sieve, ocs_str_sub(text, from, *at)))
            return true;
    }
    return false;
}
