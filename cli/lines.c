/* Folding is that of all text for people (cli/flow.h). */
#include "cli/lines.h"

#include "cli/flow.h"

static void put_spaces(ocs_out *out, unsigned n)
{
    ocs_out_putf(out, "%*s", (int)n, "");
}

/* What a program reads is not touched, not even the white space within. */
void ocs_lines_wrap(ocs_out *out, ocs_str text, unsigned indent)
{
    if (text.n == 0)
        return;
    put_spaces(out, indent);
    if (out->width > 0)
        ocs_flow(out, text, NULL, 0, indent, indent);
    else
        ocs_out_line(out, text);
    ocs_out_puts(out, "\n");
}

ocs_str ocs_lines_date(ocs_date date, char out[OCS_WHEN_TEXT])
{
    return date.year == 0 ? (ocs_str){0} : ocs_date_print(date, out);
}

ocs_str ocs_lines_when(ocs_when when, char out[OCS_WHEN_TEXT])
{
    return when.from.year == 0 && when.from.month == 0 ? (ocs_str){0} : ocs_when_print(when, out);
}

void ocs_lines_date_key(ocs_json *json, const char *key, ocs_date date)
{
    char text[OCS_WHEN_TEXT];
    ocs_json_key(json, key);
    ocs_json_cstr(json, ocs_lines_date(date, text).p);
}

void ocs_lines_when_key(ocs_json *json, const char *key, ocs_when when)
{
    char text[OCS_WHEN_TEXT];
    ocs_json_key(json, key);
    ocs_json_cstr(json, ocs_lines_when(when, text).p);
}

void ocs_citation_place(ocs_out *out, const ocs_citation *citation)
{
    ocs_out_line(out, citation->id);
    ocs_out_putf(out, " --bytes=%zu..%zu  ", citation->raw.from, citation->raw.to);
    ocs_out_line(out, citation->path);
}

void ocs_citation_lines(ocs_out *out, const ocs_citation *citation, unsigned indent)
{
    char date[OCS_WHEN_TEXT];
    ocs_str when = ocs_lines_when(citation->published, date);
    put_spaces(out, indent);
    ocs_out_style(out, OCS_STYLE_FAINT);
    ocs_out_putf(out, "%-10.*s  ", OCS_ARG(when.n > 0 ? when : OCS_STR("no date")));
    ocs_citation_place(out, citation);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, "\n");
    ocs_lines_wrap(out, citation->text, indent + 2);
}

void ocs_citation_record(ocs_json *json, const ocs_citation *citation)
{
    ocs_json_object(json);
    ocs_json_key_str(json, "id", citation->id);
    ocs_json_key_str(json, "path", citation->path);
    ocs_lines_when_key(json, "date", citation->published);
    ocs_json_key_str(json, "text", citation->text);
    ocs_json_key(json, "raw");
    ocs_json_span(json, citation->raw);
    if (citation->inexact)
        ocs_json_key_bool(json, "raw_exact", false);
}
