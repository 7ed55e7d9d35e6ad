/* The width is asked of the terminal each time: it may change between two runs, not within one. */
#include "cli/lines.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_LEAST = 40, WIDTH_MOST = 500 };

static unsigned clamp(long columns)
{
    if (columns < WIDTH_LEAST)
        return WIDTH_LEAST;
    return columns > WIDTH_MOST ? (unsigned)WIDTH_MOST : (unsigned)columns;
}

unsigned ocs_lines_width(const ocs_out *out)
{
    struct winsize size = {0};
    const char *columns = getenv("COLUMNS");
    if (!out->terminal)
        return 0;
    if (columns && *columns >= '1' && *columns <= '9')
        return clamp(strtol(columns, NULL, 10));
    if (ioctl(out->fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return clamp(size.ws_col);
    return 80;
}

static void put_spaces(ocs_out *out, unsigned n)
{
    ocs_out_putf(out, "%*s", (int)n, "");
}

/* The end of the last word that still fits, or of the first where none does. */
static size_t line_end(ocs_str text, size_t from, unsigned columns)
{
    size_t end = from;
    for (size_t to = from; to < text.n;) {
        to = ocs_str_find_char(text, ' ', to + 1);
        if (end > from && ocs_utf8_points(ocs_str_sub(text, from, to)) > columns)
            return end;
        end = to;
    }
    return end > from ? end : text.n;
}

void ocs_lines_wrap(ocs_out *out, ocs_str text, unsigned indent, unsigned width)
{
    if (text.n == 0)
        return;
    for (size_t from = 0; from < text.n;) {
        size_t to = width > indent ? line_end(text, from, width - indent) : text.n;
        put_spaces(out, indent);
        ocs_out_line(out, ocs_str_sub(text, from, to));
        ocs_out_puts(out, "\n");
        for (from = to; from < text.n && text.p[from] == ' ';)
            from++;
    }
}

ocs_str ocs_lines_date(ocs_date date, char out[OCS_WHEN_TEXT])
{
    return date.year == 0 ? (ocs_str){0} : ocs_date_print(date, out);
}

ocs_str ocs_lines_when(ocs_when when, char out[OCS_WHEN_TEXT])
{
    return when.from.year == 0 && when.from.month == 0 ? (ocs_str){0} : ocs_when_print(when, out);
}

void ocs_citation_place(ocs_out *out, const ocs_citation *citation)
{
    ocs_out_line(out, citation->id);
    ocs_out_putf(out, " --bytes=%zu..%zu  ", citation->raw.from, citation->raw.to);
    ocs_out_line(out, citation->path);
}

void ocs_citation_lines(ocs_out *out, const ocs_citation *citation, unsigned indent, unsigned width)
{
    char date[OCS_WHEN_TEXT];
    ocs_str when = ocs_lines_when(citation->published, date);
    put_spaces(out, indent);
    ocs_out_style(out, OCS_STYLE_FAINT);
    ocs_out_putf(out, "%-10.*s  ", OCS_ARG(when.n > 0 ? when : OCS_STR("no date")));
    ocs_citation_place(out, citation);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, "\n");
    ocs_lines_wrap(out, citation->text, indent + 2, width);
}

void ocs_citation_record(ocs_json *json, const ocs_citation *citation)
{
    char date[OCS_WHEN_TEXT];
    ocs_json_object(json);
    ocs_json_key_str(json, "id", citation->id);
    ocs_json_key_str(json, "path", citation->path);
    ocs_json_key(json, "date");
    ocs_str when = ocs_lines_when(citation->published, date);
    if (when.n > 0)
        ocs_json_str(json, when);
    else
        ocs_json_null(json);
    ocs_json_key_str(json, "text", citation->text);
    ocs_json_key(json, "raw");
    ocs_json_span(json, citation->raw);
    if (citation->inexact)
        ocs_json_key_bool(json, "raw_exact", false);
}
