/* The head is a table of labels and values, folded behind the labels.  The text is folded paragraph by
 * paragraph on a terminal, and printed as it is elsewhere. */
#include "cli/show_text.h"

#include "cli/print.h"

#include <stdlib.h>

enum { LABEL = 8, INDENT = LABEL + 1, VALUE_CAP = 1 << 20, CONTEXT = 60 };

/* ---- the head ---- */

static void put_label(ocs_out *out, const char *label)
{
    ocs_out_style(out, OCS_STYLE_FAINT);
    ocs_out_putf(out, "%-*s", LABEL, label);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, " ");
}

static void put_value(ocs_out *out, const char *label, ocs_str value, ocs_style style)
{
    const ocs_stretch all = {{0, value.n}, style};
    if (value.n == 0)
        return;
    put_label(out, label);
    ocs_flow(out, value, &all, 1, INDENT, INDENT);
    ocs_out_puts(out, "\n");
}

/* What is to be copied stays in one piece. */
static void put_whole(ocs_out *out, const char *label, ocs_str value)
{
    if (value.n == 0)
        return;
    put_label(out, label);
    ocs_out_line(out, value);
    ocs_out_puts(out, "\n");
}

static void put_facts(ocs_out *out, const char *label, const ocs_facts *facts)
{
    ocs_buf joined;
    ocs_buf_init(&joined, VALUE_CAP);
    ocs_print_facts(facts, &joined);
    put_value(out, label, ocs_buf_str(&joined), OCS_STYLE_PLAIN);
    ocs_buf_clear(&joined);
}

static void put_date(ocs_out *out, const ocs_document *document)
{
    char iso[OCS_WHEN_TEXT], line[OCS_WHEN_TEXT + 32];
    ocs_str date = ocs_print_published(document, iso);
    const char *from = ocs_date_from_name(document->published_from);
    if (date.n == 0)
        return;
    snprintf(line, sizeof line, "%.*s (%s)", OCS_ARG(date), from ? from : "?");
    put_value(out, "date", ocs_str_of(line), OCS_STYLE_PLAIN);
}

static ocs_str nature(const ocs_document *document)
{
    if (document->empty)
        return OCS_STR("empty: navigation only");
    return document->list ? OCS_STR("list") : (ocs_str){0};
}

/* ---- people ---- */

static bool first_of_person(const ocs_document *document, size_t i)
{
    const ocs_mention *m = &document->mentions[i];
    if (m->type != OCS_MENTION_PERSON)
        return false;
    for (size_t j = 0; j < i; j++)
        if (document->mentions[j].type == OCS_MENTION_PERSON &&
            ocs_str_eq(document->mentions[j].key, m->key))
            return false;
    return true;
}

/* A role that was not named yet: compared by its words as written. */
static void add_role(ocs_buf *line, size_t start, ocs_str role)
{
    ocs_str before = ocs_str_sub(ocs_buf_str(line), start, line->n);
    if (ocs_str_find(before, role, 0) < before.n)
        return;
    ocs_buf_puts(line, before.n > 0 ? "; " : "");
    ocs_buf_put(line, role);
}

static void add_roles(ocs_buf *line, const ocs_document *document, ocs_str key)
{
    size_t head = line->n;
    ocs_buf_puts(line, " – ");
    size_t start = line->n;
    for (size_t i = 0; i < document->n_mentions; i++) {
        const ocs_mention *m = &document->mentions[i];
        if (m->type != OCS_MENTION_PERSON || !ocs_str_eq(m->key, key))
            continue;
        for (size_t k = 0; k < m->n_roles; k++)
            add_role(line, start, m->roles[k].text);
    }
    if (line->n == start)
        ocs_buf_cut(line, head);
}

/* A line each, with all roles that the text states. */
static void put_people(const ocs_show *show, ocs_out *out)
{
    const ocs_document *document = show->document;
    enum { MOST = 200 };
    ocs_buf line;
    const char *label = "people";
    ocs_buf_init(&line, VALUE_CAP);
    size_t n = 0;
    for (size_t i = 0; i < document->n_mentions && n < MOST; i++) {
        if (!first_of_person(document, i))
            continue;
        ocs_buf_reset(&line);
        ocs_buf_put(&line, document->mentions[i].name);
        size_t name = line.n;
        add_roles(&line, document, document->mentions[i].key);
        const ocs_stretch person = {{0, name},
                                    show->highlight == OCS_HIGHLIGHT_ENTITIES ? OCS_STYLE_PERSON
                                                                              : OCS_STYLE_PLAIN};
        put_label(out, label);
        ocs_flow(out, ocs_buf_str(&line), &person, 1, INDENT, INDENT);
        ocs_out_puts(out, "\n");
        label = "";
        n++;
    }
    ocs_buf_clear(&line);
}

static void put_head(const ocs_show *show, ocs_out *out)
{
    const ocs_document *document = show->document;
    put_value(out, "title", document->title.value, OCS_STYLE_TITLE);
    put_value(out, "kind", document->kind.value, OCS_STYLE_PLAIN);
    put_date(out, document);
    put_facts(out, "place", &document->places);
    put_facts(out, "source", &document->sources);
    put_facts(out, "topic", &document->topics);
    put_people(show, out);
    put_value(out, "lang", document->lang, OCS_STYLE_PLAIN);
    put_whole(out, "url", document->url);
    put_whole(out, "path", document->path);
    put_whole(out, "id", document->id);
    put_value(out, "page", nature(document), OCS_STYLE_PLAIN);
}

/* ---- the text ---- */

typedef OCS_VEC(ocs_named) named_list;

static int compare_named(const void *a, const void *b)
{
    const ocs_named *x = a, *y = b;
    if (x->at.from != y->at.from)
        return x->at.from < y->at.from ? -1 : 1;
    return (x->at.to < y->at.to) - (x->at.to > y->at.to);
}

static void add_named(ocs_arena *arena, named_list *list, ocs_span at, ocs_mark_kind kind)
{
    ocs_named *named = ocs_vec_push(arena, list);
    if (named)
        *named = (ocs_named){.at = at, .kind = kind};
}

static void gather(const ocs_show *show, named_list *mentions, named_list *roles)
{
    const ocs_document *document = show->document;
    for (size_t i = 0; i < document->n_mentions; i++) {
        const ocs_mention *m = &document->mentions[i];
        add_named(show->arena, mentions, m->at, ocs_mark_kind_of_mention(m->type));
        for (size_t k = 0; k < m->n_roles; k++)
            add_named(show->arena, roles, m->roles[k].at, OCS_MARKED_ROLE);
    }
    if (roles->n > 0)
        qsort(roles->at, roles->n, sizeof *roles->at, compare_named);
}

/* The kinds that the text has, each in its colour. */
static void put_legend(const named_list *mentions, const named_list *roles, ocs_out *out)
{
    bool there[OCS_MARK_KIND_COUNT] = {false};
    const char *before = "";
    for (size_t i = 0; i < mentions->n; i++)
        there[mentions->at[i].kind] = true;
    there[OCS_MARKED_ROLE] = roles->n > 0;
    put_label(out, "colours");
    for (int kind = OCS_MARKED_PERSON; kind < OCS_MARK_KIND_COUNT; kind++) {
        if (!there[kind])
            continue;
        ocs_out_puts(out, before);
        ocs_out_style(out, ocs_style_of((ocs_mark_kind)kind));
        ocs_out_puts(out, ocs_mark_kind_name((ocs_mark_kind)kind));
        ocs_out_style(out, OCS_STYLE_PLAIN);
        before = " ";
    }
    ocs_out_puts(out, "\n");
}

/* Of the stretches of the whole text those of one line, counted from its start. */
static size_t of_line(const ocs_stretch *all, size_t n, ocs_span line, ocs_stretch *out)
{
    size_t found = 0;
    for (size_t i = 0; i < n && all[i].at.from < line.to; i++) {
        if (all[i].at.to <= line.from)
            continue;
        size_t from = all[i].at.from > line.from ? all[i].at.from : line.from;
        out[found++] = (ocs_stretch){{from - line.from, all[i].at.to - line.from}, all[i].style};
    }
    return found;
}

static void put_lines(const ocs_show *show, const ocs_stretch *all, size_t n, ocs_out *out)
{
    ocs_str text = show->document->text, rest = ocs_document_body(show->document), line;
    ocs_stretch *styles = ocs_arena_array(show->arena, n, sizeof *styles);
    size_t first = 0;
    while (ocs_str_split(&rest, '\n', &line)) {
        const ocs_span at = {(size_t)(line.p - text.p), (size_t)(line.p - text.p) + line.n};
        while (first < n && all[first].at.to <= at.from)
            first++;
        size_t found = styles ? of_line(all + first, n - first, at, styles) : 0;
        ocs_out_puts(out, out->width > 0 ? "\n" : "");
        ocs_flow(out, line, styles, found, 0, 0);
        ocs_out_puts(out, "\n");
    }
}

static void put_text(const ocs_show *show, ocs_out *out)
{
    ocs_str body = ocs_document_body(show->document);
    ocs_stretch *all = NULL;
    size_t n = 0;
    named_list mentions = {0}, roles = {0};
    if (body.n == 0)
        return;
    gather(show, &mentions, &roles);
    if (out->colour && show->highlight == OCS_HIGHLIGHT_ENTITIES && mentions.n > 0)
        put_legend(&mentions, &roles, out);
    const ocs_paint paint = {show->matches, show->n_matches, mentions.at,
                             mentions.n,    roles.at,        roles.n};
    if (out->colour)
        ocs_paint_stretches(&paint, show->highlight, show->arena, &all, &n);
    if (out->width > 0 || n > 0) {
        ocs_out_puts(out, out->width > 0 ? "" : "\n");
        put_lines(show, all, n, out);
        return;
    }
    ocs_out_puts(out, "\n");
    ocs_out_text(out, body);
    ocs_out_puts(out, ocs_str_ends(body, OCS_STR("\n")) ? "" : "\n");
}

void ocs_show_text(const ocs_show *show, ocs_out *out)
{
    put_head(show, out);
    put_text(show, out);
}

/* ---- bytes ---- */

static bool goes_on(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

void ocs_show_context(ocs_str path, size_t line, ocs_str page, ocs_span span, ocs_out *out)
{
    size_t from = span.from, to = span.to;
    while (from > 0 && page.p[from - 1] != '\n' &&
           (span.from - from < CONTEXT || goes_on((unsigned char)page.p[from])))
        from--;
    while (to < page.n && page.p[to] != '\n' &&
           (to - span.to < CONTEXT || goes_on((unsigned char)page.p[to])))
        to++;
    ocs_out_style(out, OCS_STYLE_FAINT);
    ocs_out_line(out, path);
    ocs_out_putf(out, ":%zu:", line);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, " ");
    ocs_out_line(out, ocs_str_sub(page, from, span.from));
    ocs_out_style(out, OCS_STYLE_MATCH);
    ocs_out_line(out, ocs_str_sub(page, span.from, span.to));
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_line(out, ocs_str_sub(page, span.to, to));
    ocs_out_puts(out, "\n");
}
