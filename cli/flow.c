/* Word by word.  A style ends with its line and starts again on the next, since a pager may show any
 * line first. */
#include "cli/flow.h"

typedef struct flow {
    ocs_out *out;
    ocs_str text;
    const ocs_stretch *styles;
    size_t n_styles, next; /* the first stretch that does not end before the place */
    ocs_style now;
    size_t column, indent, width;
} flow;

static void switch_to(flow *f, ocs_style style)
{
    if (style == f->now)
        return;
    if (f->now != OCS_STYLE_PLAIN)
        ocs_out_style(f->out, OCS_STYLE_PLAIN);
    if (style != OCS_STYLE_PLAIN)
        ocs_out_style(f->out, style);
    f->now = style;
}

/* The style at ${at}, and where it ends at the latest. */
static ocs_style style_at(flow *f, size_t at, size_t *end)
{
    while (f->next < f->n_styles && f->styles[f->next].at.to <= at)
        f->next++;
    if (f->next == f->n_styles)
        return OCS_STYLE_PLAIN;
    const ocs_stretch *s = &f->styles[f->next];
    size_t edge = at < s->at.from ? s->at.from : s->at.to;
    *end = edge < *end ? edge : *end;
    return at < s->at.from ? OCS_STYLE_PLAIN : s->style;
}

static void put_piece(flow *f, size_t from, size_t to)
{
    while (from < to) {
        size_t end = to;
        switch_to(f, style_at(f, from, &end));
        ocs_out_text(f->out, ocs_str_sub(f->text, from, end));
        from = end;
    }
}

static void break_line(flow *f)
{
    switch_to(f, OCS_STYLE_PLAIN);
    ocs_out_putf(f->out, "\n%*s", (int)f->indent, "");
    f->column = f->indent;
}

/* A word that no line can hold. */
static void put_long(flow *f, size_t from, size_t to)
{
    while (from < to) {
        uint32_t point;
        size_t n = ocs_utf8_at(f->text, from, &point);
        size_t width = ocs_visible_width(ocs_str_sub(f->text, from, from + n));
        if (f->column + width > f->width && f->column > f->indent)
            break_line(f);
        put_piece(f, from, from + n);
        f->column += width;
        from += n;
    }
}

static void put_word(flow *f, size_t from, size_t to, bool first)
{
    size_t width = ocs_visible_width(ocs_str_sub(f->text, from, to));
    bool fits = f->width == 0 || f->column + !first + width <= f->width;
    if (!fits && f->column > f->indent)
        break_line(f);
    else if (!first) {
        size_t end = from;
        switch_to(f, style_at(f, from - 1, &end));
        ocs_out_puts(f->out, " ");
        f->column++;
    }
    if (f->width > 0 && f->column + width > f->width) {
        put_long(f, from, to);
        return;
    }
    put_piece(f, from, to);
    f->column += width;
}

void ocs_flow(ocs_out *out, ocs_str text, const ocs_stretch *styles, size_t n_styles, size_t column,
              size_t indent)
{
    enum { ROOM = 8 }; /* columns that a line has at least for its words */
    flow f = {.out = out, .text = text, .styles = styles, .n_styles = n_styles};
    bool first = true;
    f.column = column;
    f.indent = indent;
    f.width = out->width > 0 && out->width < indent + ROOM ? indent + ROOM : out->width;
    for (size_t from = 0; from < text.n;) {
        size_t to = from;
        while (to < text.n && !ocs_ascii_space(text.p[to]))
            to++;
        if (to > from) {
            put_word(&f, from, to, first);
            first = false;
        }
        from = to + 1;
    }
    switch_to(&f, OCS_STYLE_PLAIN);
}
