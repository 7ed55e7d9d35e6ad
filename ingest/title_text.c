/* Folding, counting, cutting and decoding of titles. */
#include "ingest/title_text.h"

#include "ingest/xml_library.h"

#include <stdio.h>

enum { LOOSE_LETTERS = 4, REFERENCE_MAX = 12 /* bytes of a character's name, with its end */ };

ocs_str ocs_title_fold(ocs_arena *arena, ocs_str s, bool spaced)
{
    ocs_str folded = ocs_fold(arena, s);
    char *out = ocs_arena_alloc(arena, folded.n + 1);
    size_t n = 0;
    bool gap = false;
    for (size_t i = 0; out && i < folded.n;) {
        uint32_t point;
        size_t length = ocs_utf8_at(folded, i, &point);
        if (ocs_point_letter(point) || ocs_point_digit(point)) {
            if (gap && spaced && n > 0)
                out[n++] = ' '; /* in place of what was left out */
            memcpy(out + n, folded.p + i, length);
            n += length;
            gap = false;
        } else {
            gap = true;
        }
        i += length;
    }
    return (ocs_str){out, out ? n : 0};
}

size_t ocs_title_words(ocs_str spaced)
{
    size_t words = spaced.n > 0;
    for (size_t i = 0; i < spaced.n; i++)
        words += spaced.p[i] == ' ';
    return words;
}

static bool has_word(ocs_str spaced, ocs_str word)
{
    ocs_str rest = spaced, piece;
    while (ocs_str_split(&rest, ' ', &piece))
        if (ocs_str_eq(piece, word))
            return true;
    return false;
}

unsigned ocs_title_shared(ocs_str a, ocs_str b)
{
    ocs_str rest = ocs_title_words(a) <= ocs_title_words(b) ? a : b, other = rest.p == a.p ? b : a,
            word;
    unsigned all = 0, both = 0;
    while (ocs_str_split(&rest, ' ', &word)) {
        if (ocs_utf8_points(word) < LOOSE_LETTERS)
            continue;
        all++;
        both += has_word(other, word);
    }
    return all ? both * 100 / all : 0;
}

/* ---- parts ---- */

static bool is_separator(uint32_t point)
{
    switch (point) {
    case '|':
    case '-':
    case '/':
    case '~':
    case ':':
    case 0xAB:   /* « */
    case 0xBB:   /* » */
    case 0xB7:   /* middle dot */
    case 0x2010: /* dashes, to */
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015: /* the horizontal bar */
    case 0x2022: /* bullet */
    case 0x203A: /* › */
    case 0x22C6: /* star */
        return true;
    default:
        return false;
    }
}

/* The next separator from ${at} with the spaces around it: "a | b", "a|b", "a: b". */
static bool next_separator(ocs_str s, size_t at, ocs_span *found)
{
    while (at < s.n) {
        uint32_t point;
        size_t to = at + ocs_utf8_at(s, at, &point);
        bool bar = point == '|', colon = point == ':';
        bool space_before = at > 0 && s.p[at - 1] == ' ';
        while (to < s.n && is_separator(point) && s.p[to] == (char)point)
            to++; /* "::", "--" */
        bool space_after = to < s.n && s.p[to] == ' ';
        if (is_separator(point) && at > 0 && (bar || (space_after && (space_before || colon)))) {
            *found = (ocs_span){at, to};
            while (found->from > 0 && s.p[found->from - 1] == ' ')
                found->from--;
            while (found->to < s.n && s.p[found->to] == ' ')
                found->to++;
            return true;
        }
        at = to;
    }
    return false;
}

size_t ocs_title_separators(ocs_str s, ocs_span out[OCS_TITLE_PARTS])
{
    size_t n = 0, at = 0;
    ocs_span found;
    while (next_separator(s, at, &found)) {
        if (n == OCS_TITLE_PARTS)
            return 0;
        out[n++] = found;
        at = found.to;
    }
    return n;
}

/* ---- references ---- */

/* The character that "amp", "#38" or "#x26" stands for; 0: none. */
static uint32_t point_of(ocs_str name)
{
    char text[REFERENCE_MAX];
    unsigned point = 0;
    if (name.n == 0 || name.n >= sizeof text)
        return 0;
    snprintf(text, sizeof text, "%.*s", (int)name.n, name.p);
    if (text[0] != '#')
        return ocs_xml_entity(text);
    bool read = sscanf(text, "#x%x", &point) == 1 || sscanf(text, "#%u", &point) == 1;
    return read && point >= ' ' && point < 0xD800 ? point : 0;
}

ocs_str ocs_title_decode(ocs_arena *arena, ocs_str text)
{
    if (ocs_str_find_char(text, '&', 0) == text.n)
        return text;
    char *out = ocs_arena_alloc(arena, text.n + 1); /* a reference is longer than its character */
    size_t n = 0;
    for (size_t i = 0; out && i < text.n;) {
        size_t end = ocs_str_find_char(text, ';', i);
        uint32_t point =
            text.p[i] == '&' && end < text.n ? point_of(ocs_str_sub(text, i + 1, end)) : 0;
        if (point == 0) {
            out[n++] = text.p[i++];
            continue;
        }
        n += ocs_utf8_put(out + n, point == 0xA0 ? ' ' : point);
        i = end + 1;
    }
    return out ? (ocs_str){out, n} : text;
}
