/* Paragraphs are the lines of the text; sentences lie within them (corpus/sentence.h). */
#include "query/unit.h"

#include "corpus/sentence.h"

typedef OCS_VEC(ocs_span) span_list;

static bool add_line(ocs_arena *arena, span_list *list, ocs_span line)
{
    ocs_span *added = ocs_vec_push(arena, list);
    if (added)
        *added = line;
    return added != NULL;
}

static bool find_paragraphs(ocs_str text, ocs_arena *arena, span_list *list)
{
    for (size_t from = 0, to; from < text.n; from = to + 1) {
        to = ocs_str_find_char(text, '\n', from);
        if (to > from && !add_line(arena, list, (ocs_span){from, to}))
            return false;
    }
    return true;
}

static bool find_sentences(ocs_str text, ocs_arena *arena, ocs_units *out)
{
    ocs_sentences sentences;
    if (!ocs_sentences_of(ocs_gaz_builtin(), arena, text, &sentences))
        return false;
    *out = (ocs_units){sentences.at, sentences.n};
    return true;
}

bool ocs_units_of(const ocs_document *document, ocs_unit unit, ocs_arena *arena, ocs_units *out)
{
    span_list list = {0};
    bool found = true;
    if (unit == OCS_UNIT_SENTENCE)
        return find_sentences(document->text, arena, out);
    if (unit == OCS_UNIT_PARAGRAPH)
        found = find_paragraphs(document->text, arena, &list);
    else if (document->text.n > 0)
        found = add_line(arena, &list, (ocs_span){0, document->text.n});
    *out = (ocs_units){list.at, list.n};
    return found;
}

size_t ocs_units_find(const ocs_units *units, size_t at)
{
    size_t low = 0, high = units->n;
    while (low < high) { /* the first that begins behind ${at} */
        size_t middle = low + (high - low) / 2;
        if (units->at[middle].from <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? low - 1 : units->n;
}

/* ---- citing ---- */

static bool inside_point(ocs_str text, size_t at)
{
    return at < text.n && ((unsigned char)text.p[at] & 0xC0) == 0x80;
}

/* Half of the room before what it is about, half behind; of what is longer itself, the beginning. */
static ocs_span cut(ocs_str text, ocs_span unit, ocs_span about)
{
    size_t room = OCS_CITED_BYTES, taken = about.to - about.from;
    size_t half = taken < room ? (room - taken) / 2 : 0;
    ocs_span at = unit;
    if (about.from - unit.from > half)
        at.from = about.from - half;
    if (unit.to - at.from > room)
        at.to = at.from + room;
    while (inside_point(text, at.from))
        at.from++;
    while (at.to < unit.to && inside_point(text, at.to))
        at.to++;
    return at;
}

ocs_cited ocs_cite(const ocs_document *document, ocs_span unit, ocs_span about)
{
    bool exact;
    ocs_cited cited = {.at = unit};
    if (about.from < unit.from || about.from >= unit.to)
        about = (ocs_span){unit.from, unit.from};
    if (about.to > unit.to) /* a mention that goes on into the next unit */
        about.to = unit.to;
    if (unit.to - unit.from > OCS_CITED_BYTES)
        cited.at = cut(document->text, unit, about);
    cited.text = ocs_str_sub(document->text, cited.at.from, cited.at.to);
    cited.raw = ocs_origin_raw(document->origin, cited.at, &exact);
    cited.inexact = !exact;
    return cited;
}
