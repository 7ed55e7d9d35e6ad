/* The cleaner works in stretches: plain ASCII with single spaces between the words is copied and
 * mapped at once, everything else character by character. */
#include "ingest/writer.h"

void ocs_writer_init(ocs_writer *w, ocs_arena *arena, ocs_str source, ocs_origin origin)
{
    *w = (ocs_writer){.arena = arena, .source = source, .source_origin = origin};
}

static bool make_room(ocs_writer *w, size_t more)
{
    if (w->failed || w->room - w->n > more)
        return !w->failed;
    size_t room = w->room * 2 + more + 1024;
    char *grown = ocs_arena_alloc(w->arena, room);
    if (!grown) {
        w->failed = true;
        return false;
    }
    if (w->n > 0)
        memcpy(grown, w->text, w->n);
    w->text = grown;
    w->room = room;
    return true;
}

/* The run of ${origin} that holds byte ${at}; ${hint} makes walks in order cheap. */
static size_t run_at(ocs_origin origin, size_t at, size_t hint)
{
    if (hint < origin.n && origin.runs[hint].text <= at &&
        at < (size_t)origin.runs[hint].text + origin.runs[hint].length)
        return hint;
    if (hint + 1 < origin.n && origin.runs[hint + 1].text <= at &&
        at < (size_t)origin.runs[hint + 1].text + origin.runs[hint + 1].length)
        return hint + 1;
    size_t low = 0, high = origin.n;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (origin.runs[middle].text <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The part of ${run} for its text bytes [from, to), as a run at ${text}. */
static ocs_run cut_run(const ocs_run *run, size_t from, size_t to, size_t text)
{
    ocs_run cut = *run;
    size_t first = from - run->text, unit = run->text_unit ? run->text_unit : 1;
    cut.text = (uint32_t)text;
    cut.length = (uint32_t)(to - from);
    if (!run->inexact)
        cut.raw = (uint32_t)(run->raw + first / unit * run->raw_unit);
    if (first % unit != 0 || (to - from) % unit != 0) {
        /* not at a unit's edge: one unit of its own, which maps to all the raw bytes it touches */
        size_t last = (to - 1 - run->text) / unit;
        cut.raw_unit = (uint16_t)((last - first / unit + 1) * run->raw_unit);
        cut.text_unit = (uint16_t)cut.length;
    }
    return cut;
}

bool ocs_origin_slice(ocs_arena *arena, ocs_origin origin, size_t from, size_t to, size_t text,
                      ocs_origin_builder *builder, size_t *hint)
{
    while (from < to && origin.n > 0) {
        size_t i = run_at(origin, from, *hint);
        const ocs_run *run = &origin.runs[i];
        size_t end = (size_t)run->text + run->length, stop = to < end ? to : end;
        *hint = i;
        if (stop <= from)
            return true; /* behind the last run */
        if (!ocs_origin_add(arena, builder, cut_run(run, from, stop, text)))
            return false;
        text += stop - from;
        from = stop;
    }
    return true;
}

static void map(ocs_writer *w, size_t from, size_t to)
{
    if (!ocs_origin_slice(w->arena, w->source_origin, from, to, w->n, &w->origin, &w->hint))
        w->failed = true;
}

/* The raw bytes of source [from, to), from before the writer's own builder. */
static ocs_span raw_of(ocs_writer *w, size_t from, size_t to)
{
    return to > from ? ocs_origin_raw(w->source_origin, (ocs_span){from, to}, NULL)
                     : (ocs_span){0, 0};
}

/* ${s} as one unit from ${raw}; a unit too long to be noted (a reference with a comment inside) is
 * known to its stretch only. */
static void put_mapped_unit(ocs_writer *w, ocs_str s, ocs_span raw, bool inexact)
{
    if (s.n == 0 || !make_room(w, s.n))
        return;
    inexact = inexact || raw.to - raw.from > UINT16_MAX;
    ocs_run run = {.text = (uint32_t)w->n,
                   .raw = (uint32_t)raw.from,
                   .length = (uint32_t)s.n,
                   .text_unit = (uint16_t)(inexact ? 1 : s.n),
                   .raw_unit = (uint16_t)(inexact ? 0 : raw.to - raw.from),
                   .inexact = inexact,
                   .raw_length = inexact ? (uint32_t)(raw.to - raw.from) : 0};
    if (!ocs_origin_add(w->arena, &w->origin, run))
        w->failed = true;
    memcpy(w->text + w->n, s.p, s.n);
    w->n += s.n;
}

/* The pending space, unless a line has just begun. */
static void flush_space(ocs_writer *w)
{
    if (!w->pending_space)
        return;
    w->pending_space = false;
    if (w->n == 0 || w->text[w->n - 1] == '\n')
        return;
    ocs_span at = w->space_at, raw = {0, 0};
    if (at.from < w->source.n)
        raw = raw_of(w, at.from, at.to > at.from ? at.to : at.from + 1);
    if (at.to == at.from)
        raw.to = raw.from; /* the page does not hold it */
    put_mapped_unit(w, OCS_STR(" "), raw, false);
}

/* A space that source bytes [from, to) stand for, unless one is due already. */
static void want_space(ocs_writer *w, size_t from, size_t to)
{
    if (!w->pending_space)
        w->space_at = (ocs_span){from, to};
    w->pending_space = true;
}

void ocs_writer_space(ocs_writer *w, size_t at)
{
    want_space(w, at, at);
}

static bool plain(char c)
{
    return c > ' ' && c < 0x7F;
}

static void copy_stretch(ocs_writer *w, size_t from, size_t to)
{
    flush_space(w);
    if (!make_room(w, to - from))
        return;
    map(w, from, to);
    memcpy(w->text + w->n, w->source.p + from, to - from);
    w->n += to - from;
}

/* What a character becomes: itself (0), a space (1), nothing (2), a hyphen (3). */
static int treatment(uint32_t p)
{
    if (ocs_point_space(p) || p < 0x20 || (p >= 0x7F && p < 0xA0))
        return 1;
    if (ocs_point_invisible(p))
        return 2;
    return p == 0x2011 || p == 0x2010 ? 3 : 0;
}

/* How far from ${at} on the source maps byte by byte to the page: within it a space is mapped as its
 * neighbours are. */
static size_t simple_until(ocs_writer *w, size_t at)
{
    if (w->source_origin.n == 0)
        return at;
    size_t i = run_at(w->source_origin, at, w->hint);
    const ocs_run *run = &w->source_origin.runs[i];
    bool simple = !run->inexact && run->text_unit == 1 && run->raw_unit >= 1 && run->text <= at;
    w->hint = i;
    return simple ? (size_t)run->text + run->length : at;
}

/* The end of the stretch of plain words from ${at}: at its last plain character. */
static size_t stretch_end(ocs_writer *w, size_t at, size_t to)
{
    const char *p = w->source.p;
    size_t simple = 0;
    while (at < to && plain(p[at])) {
        while (at < to && plain(p[at]))
            at++;
        if (at + 1 >= to || p[at] != ' ' || !plain(p[at + 1]))
            break;
        simple = simple > 0 ? simple : simple_until(w, at);
        if (at + 1 >= simple)
            break;
        at++;
    }
    return at;
}

void ocs_writer_copy(ocs_writer *w, size_t from, size_t to)
{
    while (from < to && !w->failed) {
        size_t end = stretch_end(w, from, to);
        if (end > from) {
            copy_stretch(w, from, end);
            from = end;
            continue;
        }
        uint32_t p;
        size_t n = ocs_utf8_at(w->source, from, &p);
        switch (treatment(p)) {
        case 0:
            copy_stretch(w, from, from + n);
            break;
        case 1:
            want_space(w, from, from + n);
            break;
        case 3:
            flush_space(w);
            put_mapped_unit(w, OCS_STR("-"), raw_of(w, from, from + n), false);
            break;
        default:
            break;
        }
        from += n;
    }
}

/* "&#151;" means the windows-1252 dash and no control character (HTML Living Standard, 13.2.5.80).
 */
static uint32_t windows_point(uint32_t p)
{
    static const uint16_t table[32] = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    return p >= 0x80 && p <= 0x9F ? table[p - 0x80] : p;
}

void ocs_writer_decoded(ocs_writer *w, ocs_str decoded, size_t from, size_t to)
{
    if (decoded.n == 0)
        return;
    uint32_t p;
    ocs_utf8_at(decoded, 0, &p);
    p = windows_point(p);
    int how = treatment(p);
    if (how == 1) {
        want_space(w, from, to);
    } else if (how != 2) {
        char bytes[4];
        size_t n = ocs_utf8_put(bytes, how == 3 ? '-' : p);
        flush_space(w);
        put_mapped_unit(w, (ocs_str){bytes, n}, raw_of(w, from, to), false);
    }
}

void ocs_writer_inexact(ocs_writer *w, ocs_str text, size_t from, size_t to)
{
    ocs_span raw = raw_of(w, from, to);
    for (size_t at = 0; at < text.n && !w->failed;) {
        uint32_t p;
        size_t n = ocs_utf8_at(text, at, &p);
        int how = treatment(p);
        if (how == 1) {
            ocs_writer_space(w, from);
        } else if (how != 2) {
            flush_space(w);
            put_mapped_unit(w, how == 3 ? OCS_STR("-") : ocs_str_sub(text, at, at + n), raw, true);
        }
        at += n;
    }
}

void ocs_writer_end_line(ocs_writer *w)
{
    w->pending_space = false;
    size_t raw = 0;
    if (w->origin.runs.n > 0) {
        const ocs_run *last = &w->origin.runs.at[w->origin.runs.n - 1];
        raw = last->raw + (last->text_unit ? last->length / last->text_unit * last->raw_unit : 0);
    }
    put_mapped_unit(w, OCS_STR("\n"), (ocs_span){raw, raw}, false);
}
