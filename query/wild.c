/* Words with ? for one letter or digit and * for any run of them. */
#include "query/lex.h"

static bool word_point(uint32_t point)
{
    return ocs_point_letter(point) || ocs_point_digit(point);
}

bool ocs_lex_pattern(ocs_str word)
{
    bool marks = false;
    uint32_t point;
    for (size_t at = 0, n; at < word.n; at += n) {
        n = ocs_utf8_at(word, at, &point);
        bool mark = point == '?' || point == '*';
        marks |= mark;
        if (!mark && !word_point(point))
            return false;
    }
    return marks;
}

size_t ocs_lex_head(ocs_str wildcard)
{
    size_t at = 0;
    while (at < wildcard.n && wildcard.p[at] != '?' && wildcard.p[at] != '*')
        at++;
    return at;
}

/* From the left to the right; what comes after the last star is tried again one further each time. */
bool ocs_lex_fits(ocs_str wildcard, bool open, ocs_str word)
{
    size_t i = 0, at = 0, star = SIZE_MAX, again = 0;
    uint32_t wanted, point;
    for (;;) {
        if (i == wildcard.n && (open || at == word.n))
            return true;
        if (i < wildcard.n && wildcard.p[i] == '*') {
            star = ++i;
            again = at;
            continue;
        }
        if (at < word.n && i < wildcard.n) {
            size_t n = ocs_utf8_at(wildcard, i, &wanted), m = ocs_utf8_at(word, at, &point);
            if (wanted == '?' || wanted == point) {
                i += n;
                at += m;
                continue;
            }
        }
        if (star == SIZE_MAX || again >= word.n)
            return false;
        again += ocs_utf8_at(word, again, &point);
        i = star;
        at = again;
    }
}
