/* A passage starts with the sentence of its match where the whole of that fits, or where its start
 * is near; else at a word a little before the match.  It ends with the last sentence that fits, else
 * between words.
 *
 * A sentence starts at a line's start, and behind a stop, closing quotes and a space, unless the stop
 * belongs to an initial or a title ("J. Smith", "Dr. Smith") or a small letter follows. */
#include "query/passage.h"

enum {
    SENTENCE_REACH = 100, /* bytes before a match in which a sentence may start that does not fit */
    LEAD = 60,            /* bytes before a match otherwise */
    SHORT = 120           /* a passage that has so much does not go on into the next paragraph */
};

/* ---- sentences ---- */

static bool lower_ascii(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool upper_ascii(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool title_like(ocs_str word)
{
    static const ocs_str titles[] = {OCS_STR_INIT("Mr"),   OCS_STR_INIT("Mrs"), OCS_STR_INIT("Ms"),
                                     OCS_STR_INIT("Dr"),   OCS_STR_INIT("St"),  OCS_STR_INIT("Amb"),
                                     OCS_STR_INIT("Prof"), OCS_STR_INIT("Gen"), OCS_STR_INIT("Col"),
                                     OCS_STR_INIT("No")};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (ocs_str_eq(word, titles[i]))
            return true;
    return word.n == 1 && upper_ascii(word.p[0]);
}

/* Does the full stop at ${stop} belong to the word before it? */
static bool abbreviates(ocs_str text, size_t stop)
{
    size_t from = stop;
    while (from > 0 && (lower_ascii(text.p[from - 1]) || upper_ascii(text.p[from - 1])))
        from--;
    return title_like(ocs_str_sub(text, from, stop));
}

/* Back over closing quotes and brackets that end at ${at}. */
static size_t before_closing(ocs_str text, size_t at)
{
    while (at > 0) {
        uint32_t point;
        size_t n = ocs_utf8_before(text, at, &point);
        if (point != '"' && point != '\'' && point != ')' && point != 0x201D && point != 0x2019 &&
            point != 0xBB)
            return at;
        at -= n;
    }
    return at;
}

/* Does a sentence end at ${at}, quotes and all? */
static bool sentence_ends(ocs_str text, size_t at)
{
    size_t stop = before_closing(text, at);
    if (stop == 0 || !strchr(".!?", text.p[stop - 1]))
        return false;
    return text.p[stop - 1] != '.' || !abbreviates(text, stop - 1);
}

bool ocs_sentence_starts(ocs_str text, size_t at)
{
    if (at == 0 || text.p[at - 1] == '\n')
        return true;
    return text.p[at - 1] == ' ' && at < text.n && !lower_ascii(text.p[at]) &&
           sentence_ends(text, at - 1);
}

static bool line_ends(ocs_str text, size_t at)
{
    return at >= text.n || text.p[at] == '\n';
}

/* Is ${at} the end of a sentence or line, with another one or nothing behind it? */
static bool ends_here(ocs_str text, size_t at)
{
    return line_ends(text, at) || (text.p[at] == ' ' && ocs_sentence_starts(text, at + 1));
}

/* ---- bounds ---- */

static size_t lowest(size_t floor, size_t at, size_t reach)
{
    size_t low = at > reach ? at - reach : 0;
    return low > floor ? low : floor;
}

/* The start of the sentence that holds ${at}; at + 1 when it is before ${low}. */
static size_t sentence_before(ocs_str text, size_t at, size_t low)
{
    for (size_t i = at + 1; i-- > low;)
        if (ocs_sentence_starts(text, i))
            return i;
    return at + 1;
}

/* The first word that starts after ${from} and not after ${to}. */
static size_t word_between(ocs_str text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (ocs_ascii_space(text.p[i]))
            return i + 1;
    return to;
}

/* The first end of a sentence from ${at} on; past ${high} when there is none up to there. */
static size_t sentence_end(ocs_str text, size_t at, size_t high)
{
    while (at <= high && !ends_here(text, at))
        at++;
    return at;
}

/* Where the passage starts, and whether the sentence of the match fits whole. */
static size_t start_of(ocs_str text, size_t floor, ocs_span match, bool *fits)
{
    size_t from = sentence_before(text, match.from, lowest(floor, match.from, OCS_SNIPPET_BYTES));
    size_t high = from + OCS_SNIPPET_BYTES;
    *fits = from <= match.from && sentence_end(text, match.to, high) <= high;
    if (*fits || (from <= match.from && match.from - from <= SENTENCE_REACH))
        return from;
    size_t low = lowest(floor, match.from, LEAD);
    return low == floor ? low : word_between(text, low, match.from);
}

/* The end of the last sentence that ends from ${must} to ${high}; 0 when none does.  Once a passage
 * from ${from} is long enough, it ends with the line. */
static size_t last_end(ocs_str text, size_t from, size_t must, size_t high)
{
    size_t last = 0;
    for (size_t at = must; (at = sentence_end(text, at, high)) <= high; at++) {
        last = at;
        if (at >= text.n || (line_ends(text, at) && at - from >= SHORT))
            break;
    }
    return last;
}

static size_t word_end(ocs_str text, size_t must, size_t to)
{
    while (to > must && !ocs_ascii_space(text.p[to]))
        to--;
    while (to > must && ocs_ascii_space(text.p[to - 1]))
        to--;
    return to;
}

ocs_passage ocs_passage_around(ocs_str text, size_t floor, ocs_span match)
{
    bool fits;
    size_t from = start_of(text, floor, match, &fits);
    size_t high = from + OCS_SNIPPET_BYTES;
    ocs_passage p = {.whole_from = from == floor || ocs_sentence_starts(text, from)};
    size_t end = last_end(text, from, match.to, high);
    p.whole_to = end > 0 && (fits || end - from >= SHORT || end >= text.n);
    if (!p.whole_to && high >= text.n)
        end = text.n;
    else if (!p.whole_to)
        end = word_end(text, match.to, high);
    p.at = (ocs_span){from, end > match.to ? end : match.to};
    return p;
}
