/* One pass over the bytes; ASCII, which most of a page is, is told apart without decoding. */
#include "ingest/line_tally.h"

static bool upper_at(ocs_str word, size_t at)
{
    uint32_t p = (unsigned char)word.p[at];
    if (p < 0x80)
        return p >= 'A' && p <= 'Z';
    ocs_utf8_at(word, at, &p);
    return ocs_point_upper(p);
}

static bool letter_first(ocs_str word)
{
    uint32_t p = (unsigned char)word.p[0];
    if (p < 0x80)
        return (p | 0x20) >= 'a' && (p | 0x20) <= 'z';
    ocs_utf8_at(word, 0, &p);
    return ocs_point_letter(p);
}

static void tally_word(ocs_line_tally *t, ocs_str word)
{
    bool capital = upper_at(word, 0);
    size_t last = word.n - 1;
    while (last > 0 && ((unsigned char)word.p[last] & 0xC0) == 0x80)
        last--;
    t->words++;
    t->capitals += capital;
    t->shouted += word.n >= 3 && capital && upper_at(word, last);
    t->small += word.n <= 4 && !capital && letter_first(word);
    t->longest = word.n > t->longest ? (unsigned)word.n : t->longest;
}

static void tally_ascii(ocs_line_tally *t, char c)
{
    t->points++;
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
        t->letters++;
        return;
    }
    t->digits += ocs_ascii_digit(c);
    t->commas += c == ',';
    t->stops += c == '.' || c == '!' || c == '?' || c == ';';
    t->quotes += c == '"';
    t->signs += c == '|' || c == '>' || c == '{' || c == '#' || c == '@' || c == '$';
}

static void tally_point(ocs_line_tally *t, uint32_t p)
{
    t->points++;
    if (ocs_point_letter(p)) {
        t->letters++;
        return;
    }
    t->digits += ocs_point_digit(p);
    t->commas += p == 0x60C || p == 0x3001;
    t->stops += p == 0x3002;
    t->quotes += p == 0x201C || p == 0x201D || p == 0x201E || p == 0xAB || p == 0xBB;
    t->signs += p == 0x2022 || p == 0xB7 || p == 0xA9 || p == 0x2192;
}

ocs_line_tally ocs_line_tally_of(ocs_str text)
{
    ocs_line_tally t = {0};
    size_t start = 0, n = 1;
    for (size_t at = 0; at < text.n; at += n) {
        uint32_t p = (unsigned char)text.p[at];
        n = p < 0x80 ? 1 : ocs_utf8_at(text, at, &p);
        if (p == ' ') {
            if (at > start)
                tally_word(&t, ocs_str_sub(text, start, at));
            start = at + 1;
        } else if (p < 0x80) {
            tally_ascii(&t, (char)p);
        } else {
            tally_point(&t, p);
        }
    }
    if (text.n > start)
        tally_word(&t, ocs_str_sub(text, start, text.n));
    return t;
}
