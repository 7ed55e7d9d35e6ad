/* A passage starts with the sentence of its match where the whole of that fits, or where its start
 * is near; else at a word a little before the match.  It ends with the last sentence that fits, else
 * between words. */
#include "query/passage.h"

enum {
    SENTENCE_REACH = 100, /* bytes before a match in which a sentence may start that does not fit */
    LEAD = 60,            /* bytes before a match otherwise */
    SHORT = 120           /* a passage that has so much does not go on into the next paragraph */
};

/* ---- sentences ---- */

/* The last sentence that starts at ${at} or before; sentences->n when none does. */
static size_t sentence_at(const ocs_sentences *sentences, size_t at)
{
    size_t low = 0, high = sentences->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sentences->at[middle].from <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : sentences->n;
}

static bool sentence_starts(const ocs_sentences *sentences, size_t at)
{
    size_t i = sentence_at(sentences, at);
    return at == 0 || (i < sentences->n && sentences->at[i].from == at);
}

static bool line_ends(ocs_str text, size_t at)
{
    return at >= text.n || text.p[at] == '\n';
}

/* ---- bounds ---- */

static size_t lowest(size_t floor, size_t at, size_t reach)
{
    size_t low = at > reach ? at - reach : 0;
    return low > floor ? low : floor;
}

/* The start of the sentence that holds ${at}; at + 1 when it is before ${low}. */
static size_t sentence_before(const ocs_sentences *sentences, size_t at, size_t low)
{
    size_t i = sentence_at(sentences, at);
    return i < sentences->n && sentences->at[i].from >= low ? sentences->at[i].from : at + 1;
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
static size_t sentence_end(const ocs_sentences *sentences, size_t at, size_t high)
{
    size_t i = sentence_at(sentences, at);
    if (i == sentences->n || sentences->at[i].to < at)
        i = i == sentences->n ? 0 : i + 1;
    return i < sentences->n && sentences->at[i].to <= high ? sentences->at[i].to : high + 1;
}

/* Where the passage starts, and whether the sentence of the match fits whole. */
static size_t start_of(const ocs_sentences *sentences, ocs_str text, size_t floor, ocs_span match,
                       bool *fits)
{
    size_t from =
        sentence_before(sentences, match.from, lowest(floor, match.from, OCS_SNIPPET_BYTES));
    size_t high = from + OCS_SNIPPET_BYTES;
    *fits = from <= match.from && sentence_end(sentences, match.to, high) <= high;
    if (*fits || (from <= match.from && match.from - from <= SENTENCE_REACH))
        return from;
    size_t low = lowest(floor, match.from, LEAD);
    return low == floor ? low : word_between(text, low, match.from);
}

/* The end of the last sentence that ends from ${must} to ${high}; 0 when none does.  Once a passage
 * from ${from} is long enough, it ends with the line. */
static size_t last_end(const ocs_sentences *sentences, ocs_str text, size_t from, size_t must,
                       size_t high)
{
    size_t last = 0;
    for (size_t at = must; (at = sentence_end(sentences, at, high)) <= high; at++) {
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

ocs_passage ocs_passage_around(const ocs_sentences *sentences, ocs_str text, size_t floor,
                               ocs_span match)
{
    bool fits;
    size_t from = start_of(sentences, text, floor, match, &fits);
    size_t high = from + OCS_SNIPPET_BYTES;
    ocs_passage p = {.whole_from = from == floor || sentence_starts(sentences, from)};
    size_t end = last_end(sentences, text, from, match.to, high);
    p.whole_to = end > 0 && (fits || end - from >= SHORT || end >= text.n);
    if (!p.whole_to && high >= text.n)
        end = text.n;
    else if (!p.whole_to)
        end = word_end(text, match.to, high);
    p.at = (ocs_span){from, end > match.to ? end : match.to};
    return p;
}
