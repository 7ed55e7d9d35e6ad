/* The text forms of a document that show and extract share. */
#include "cli/print.h"

void ocs_print_facts(const ocs_facts *facts, ocs_buf *out)
{
    for (size_t i = 0; i < facts->n; i++) {
        if (i > 0)
            ocs_buf_puts(out, "; ");
        ocs_buf_put(out, facts->at[i].value);
    }
}

ocs_str ocs_print_published(const ocs_document *document, char out[OCS_WHEN_TEXT])
{
    if (document->published.from.year == 0 && document->published.from.month == 0)
        return (ocs_str){0};
    return ocs_when_print(document->published, out);
}

static void put_head(ocs_out *out, const char *name, ocs_str value)
{
    if (value.n == 0)
        return;
    ocs_out_style(out, OCS_STYLE_FAINT);
    ocs_out_putf(out, "%-8s", name);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, " ");
    ocs_out_line(out, value);
    ocs_out_puts(out, "\n");
}

static void put_head_facts(ocs_out *out, const char *name, const ocs_facts *facts)
{
    ocs_buf joined;
    ocs_buf_init(&joined, 1 << 20);
    ocs_print_facts(facts, &joined);
    put_head(out, name, ocs_buf_str(&joined));
    ocs_buf_clear(&joined);
}

static void put_head_date(ocs_out *out, const ocs_document *document)
{
    char iso[OCS_WHEN_TEXT], line[OCS_WHEN_TEXT + 32];
    ocs_str date = ocs_print_published(document, iso);
    const char *from = ocs_date_from_name(document->published_from);
    if (date.n == 0)
        return;
    int n = snprintf(line, sizeof line, "%.*s (%s)", OCS_ARG(date), from ? from : "?");
    put_head(out, "date", (ocs_str){line, n > 0 ? (size_t)n : 0});
}

/* What makes the page a special one, in a word. */
static ocs_str nature(const ocs_document *document)
{
    if (document->empty)
        return OCS_STR("empty: navigation only");
    return document->list ? OCS_STR("list") : (ocs_str){0};
}

void ocs_print_document(const ocs_document *document, ocs_out *out)
{
    put_head(out, "title", document->title.value);
    put_head(out, "kind", document->kind.value);
    put_head_date(out, document);
    put_head_facts(out, "place", &document->places);
    put_head_facts(out, "source", &document->sources);
    put_head_facts(out, "topic", &document->topics);
    put_head(out, "lang", document->lang);
    put_head(out, "url", document->url);
    put_head(out, "path", document->path);
    put_head(out, "id", document->id);
    put_head(out, "page", nature(document));
    if (document->text.n == 0)
        return;
    ocs_out_puts(out, "\n");
    ocs_out_text(out, ocs_document_body(document));
    if (!ocs_str_ends(document->text, OCS_STR("\n")))
        ocs_out_puts(out, "\n");
}

static void put_mention(const ocs_document *document, const ocs_mention *m, ocs_out *out)
{
    const ocs_str fields[] = {m->key, m->name, ocs_mention_surface(document, m)};
    ocs_out_putf(out, "%zu..%zu\t%s", m->raw.from, m->raw.to, ocs_mention_type_name(m->type));
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        ocs_out_puts(out, "\t");
        ocs_out_line(out, fields[i]);
    }
    ocs_out_putf(out, "\t%s\t", m->rule ? m->rule : "");
    for (size_t i = 0; i < m->n_roles; i++) {
        ocs_out_puts(out, i > 0 ? "; " : "");
        ocs_out_line(out, m->roles[i].text);
    }
    ocs_out_puts(out, "\n");
}

void ocs_print_mentions(const ocs_document *document, ocs_out *out)
{
    for (size_t i = 0; i < document->n_mentions; i++)
        put_mention(document, &document->mentions[i], out);
}
