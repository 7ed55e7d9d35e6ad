/* BibTeX: an @misc entry for each document.  Its key is made of the document's id, so that it does
 * not change when the page is read better; what the page does not state is left out. */
#include "cli/export.h"
#include "cli/print.h"

static void start(ocs_export *x)
{
    (void)x;
}

/* What TeX would take for an order.  Braces cannot be escaped: BibTeX counts them all the same. */
static const char *in_tex(uint32_t point)
{
    switch (point) {
    case '\\':
        return "\\textbackslash{}";
    case '{':
        return "\\textbraceleft{}";
    case '}':
        return "\\textbraceright{}";
    case '^':
        return "\\textasciicircum{}";
    case '~':
        return "\\textasciitilde{}";
    case '$':
        return "\\$";
    case '&':
        return "\\&";
    case '#':
        return "\\#";
    case '%':
        return "\\%";
    case '_':
        return "\\_";
    default:
        return point < 0x20 || point == 0x7F ? " " : NULL;
    }
}

static void put_tex(ocs_buf *out, ocs_str text)
{
    uint32_t point;
    for (size_t at = 0; at < text.n;) {
        at += ocs_utf8_at(text, at, &point);
        if (in_tex(point))
            ocs_buf_puts(out, in_tex(point));
        else
            ocs_buf_put_point(out, point);
    }
}

/* An address is not TeX, but its braces count, too. */
static void put_url(ocs_buf *out, ocs_str url)
{
    for (size_t i = 0; i < url.n; i++) {
        unsigned char c = (unsigned char)url.p[i];
        if (c <= ' ' || c == '{' || c == '}' || c == '\\' || c == 0x7F)
            ocs_buf_putf(out, "%%%02X", c);
        else
            ocs_buf_putc(out, (char)c);
    }
}

/* Braces within keep capitals as they are. */
static void put_field(ocs_buf *out, const char *name, ocs_str value)
{
    if (value.n == 0)
        return;
    ocs_buf_putf(out, ",\n  %s = {{", name);
    put_tex(out, value);
    ocs_buf_puts(out, "}}");
}

/* Institutions, each in braces of its own, so that none is taken apart at "and" or a comma. */
static void put_authors(ocs_buf *out, const ocs_facts *sources)
{
    for (size_t i = 0; i < sources->n; i++) {
        ocs_buf_puts(out, i == 0 ? ",\n  author = {{" : " and {");
        put_tex(out, sources->at[i].value);
        ocs_buf_putc(out, '}');
    }
    ocs_buf_puts(out, sources->n > 0 ? "}" : "");
}

static void put_date(ocs_buf *out, const ocs_document *document)
{
    static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                         "jul", "aug", "sep", "oct", "nov", "dec"};
    char text[OCS_WHEN_TEXT];
    ocs_date date = document->published.from;
    if (date.year == 0)
        return;
    ocs_buf_putf(out, ",\n  year = {%04d}", date.year);
    if (date.month > 0)
        ocs_buf_putf(out, ",\n  month = %s", months[date.month - 1]);
    ocs_buf_putf(out, ",\n  date = {%.*s}", OCS_ARG(ocs_when_print(document->published, text)));
}

static void put_part(ocs_buf *out, bool *some, const char *head, ocs_str text)
{
    if (text.n == 0)
        return;
    ocs_buf_puts(out, *some ? ". " : ",\n  note = {");
    ocs_buf_puts(out, head);
    put_tex(out, text);
    *some = true;
}

/* Kind, place, what was fetched when and lies where. */
static void put_note(ocs_export *x, const ocs_document *document)
{
    bool some = false;
    put_part(&x->buf, &some, "", document->kind.value);
    if (document->places.n > 0)
        put_part(&x->buf, &some, "", document->places.at[0].value);
    put_part(&x->buf, &some, "accessed ", ocs_str_of(x->accessed));
    put_part(&x->buf, &some, "local copy: ", document->path);
    ocs_buf_puts(&x->buf, some ? "}" : "");
}

static ocs_status put(ocs_export *x, const ocs_document *document)
{
    ocs_buf *out = &x->buf;
    ocs_buf_putf(out, "@misc{ocs-%.*s", OCS_ARG(document->id));
    put_field(out, "title",
              document->title.value.n > 0 ? document->title.value : OCS_STR("[no title]"));
    put_authors(out, &document->sources);
    put_date(out, document);
    if (document->url.n > 0) {
        ocs_buf_puts(out, ",\n  url = {");
        put_url(out, document->url);
        ocs_buf_puts(out, "}");
    }
    if (x->accessed)
        ocs_buf_putf(out, ",\n  urldate = {%s}", x->accessed);
    if (document->lang.n > 0)
        put_field(out, "langid", document->lang);
    put_note(x, document);
    ocs_buf_puts(out, "\n}\n\n");
    return ocs_export_flush(x);
}

const ocs_export_writer ocs_export_bibtex = {"bibtex", start, put, start};
