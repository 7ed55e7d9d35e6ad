/* The tree in print: as a query in its one normal form, as indented lines, and the caret that
 * points into a query at what is wrong. */
#include "query/lex.h"
#include "query/query.h"

#include <stdio.h>

/* ---- values ---- */

static void put_quoted(ocs_buf *out, ocs_str text)
{
    ocs_buf_putc(out, '"');
    ocs_buf_put(out, text);
    ocs_buf_putc(out, '"');
}

static void put_date(ocs_buf *out, ocs_date date)
{
    char text[OCS_WHEN_TEXT];
    if (ocs_date_precision(date) != OCS_PRECISION_NONE)
        ocs_buf_put(out, ocs_date_print(date, text));
}

static void put_fuzzy(ocs_buf *out, const ocs_node *node)
{
    if (node->fuzzy > 0)
        ocs_buf_putf(out, "~%u", node->fuzzy);
}

static void put_word(ocs_buf *out, const ocs_node *node)
{
    if (node->exact)
        ocs_buf_putc(out, '=');
    ocs_buf_put(out, node->text);
    if (node->wildcard)
        ocs_buf_putc(out, '*');
    put_fuzzy(out, node);
}

static void put_field(ocs_buf *out, const ocs_node *node)
{
    const ocs_field *field = ocs_field_of(node->field);
    ocs_buf_putf(out, "%s:", field->name);
    if (node->wildcard || ocs_lex_plain_value(field->form, node->text))
        ocs_buf_put(out, node->text);
    else
        put_quoted(out, node->text);
    if (node->wildcard)
        ocs_buf_putc(out, '*');
    put_fuzzy(out, node);
    if (node->children) {
        ocs_buf_putc(out, '@');
        put_field(out, node->children);
    }
}

static void put_range(ocs_buf *out, const ocs_node *node)
{
    ocs_buf_putf(out, "%s:", ocs_field_of(node->field)->name);
    put_date(out, node->from);
    if (ocs_date_equal(node->from, node->to))
        return;
    ocs_buf_puts(out, "..");
    put_date(out, node->to);
}

/* ---- as a query ---- */

/* How tightly a node's parts hold together in print; an operand that holds less tightly than the
 * place it stands in asks for is put in brackets. */
enum { HOLDS_OR, HOLDS_AND, HOLDS_NEAR, HOLDS_NOT, HOLDS_ALONE };

static int holds(const ocs_node *node)
{
    switch (node->kind) {
    case OCS_NODE_OR:
        return HOLDS_OR;
    case OCS_NODE_AND:
        return HOLDS_AND;
    case OCS_NODE_NEAR:
    case OCS_NODE_ADJ:
        return HOLDS_NEAR;
    case OCS_NODE_NOT:
        return HOLDS_NOT;
    default:
        return HOLDS_ALONE;
    }
}

static void put_node(ocs_buf *out, const ocs_node *node, int wanted);

static void put_children(ocs_buf *out, const ocs_node *node, const char *between, int wanted)
{
    for (const ocs_node *child = node->children; child; child = child->next) {
        if (child != node->children)
            ocs_buf_puts(out, between);
        put_node(out, child, wanted);
    }
}

static void put_near(ocs_buf *out, const ocs_node *node)
{
    char between[32];
    const char *name = node->kind == OCS_NODE_NEAR ? "NEAR" : "ADJ";
    snprintf(between, sizeof between, " %s/%u ", name, (unsigned)node->distance);
    put_children(out, node, between, HOLDS_ALONE);
}

static void put_title(ocs_buf *out, const ocs_node *node)
{
    ocs_buf_puts(out, "title:");
    bool alone = node->children->kind == OCS_NODE_WORD || node->children->kind == OCS_NODE_PHRASE;
    ocs_buf_puts(out, alone ? "" : "(");
    put_node(out, node->children, HOLDS_OR);
    ocs_buf_puts(out, alone ? "" : ")");
}

/* SENT( and PARA( with their bracket, which makes them what they are. */
static void put_within(ocs_buf *out, const ocs_node *node)
{
    ocs_buf_puts(out, node->kind == OCS_NODE_SENT ? "SENT(" : "PARA(");
    put_node(out, node->children, HOLDS_OR);
    ocs_buf_putc(out, ')');
}

/* Two minuses side by side are a dash; brackets between them would nest deeper than the query. */
static void put_not(ocs_buf *out, const ocs_node *child)
{
    bool another = child->kind == OCS_NODE_NOT;
    ocs_buf_puts(out, another ? "NOT " : "-");
    put_node(out, child, another ? HOLDS_NOT : HOLDS_ALONE);
}

static void put_bare(ocs_buf *out, const ocs_node *node)
{
    switch (node->kind) {
    case OCS_NODE_WORD:
        put_word(out, node);
        return;
    case OCS_NODE_PHRASE:
        put_quoted(out, node->text);
        return;
    case OCS_NODE_FIELD:
        put_field(out, node);
        return;
    case OCS_NODE_RANGE:
        put_range(out, node);
        return;
    case OCS_NODE_TITLE:
        put_title(out, node);
        return;
    case OCS_NODE_AND:
        put_children(out, node, " ", HOLDS_NEAR);
        return;
    case OCS_NODE_OR:
        put_children(out, node, " OR ", HOLDS_AND);
        return;
    case OCS_NODE_NEAR:
    case OCS_NODE_ADJ:
        put_near(out, node);
        return;
    case OCS_NODE_NOT:
        put_not(out, node->children);
        return;
    case OCS_NODE_SENT:
    case OCS_NODE_PARA:
        put_within(out, node);
        return;
    case OCS_NODE_EMPTY:
        return;
    }
}

static void put_node(ocs_buf *out, const ocs_node *node, int wanted)
{
    bool brackets = holds(node) < wanted;
    ocs_buf_puts(out, brackets ? "(" : "");
    put_bare(out, node);
    ocs_buf_puts(out, brackets ? ")" : "");
}

void ocs_query_print(const ocs_node *tree, ocs_buf *out)
{
    put_node(out, tree, HOLDS_OR);
}

/* ---- as lines ---- */

const char *ocs_query_kind_name(ocs_node_kind kind)
{
    static const char *const names[] = {
        [OCS_NODE_WORD] = "word",   [OCS_NODE_PHRASE] = "phrase", [OCS_NODE_FIELD] = "field",
        [OCS_NODE_RANGE] = "range", [OCS_NODE_TITLE] = "title",   [OCS_NODE_AND] = "and",
        [OCS_NODE_OR] = "or",       [OCS_NODE_NOT] = "not",       [OCS_NODE_NEAR] = "near",
        [OCS_NODE_ADJ] = "adj",     [OCS_NODE_SENT] = "sent",     [OCS_NODE_PARA] = "para",
        [OCS_NODE_EMPTY] = "empty",
    };
    return names[kind];
}

static void put_line(ocs_buf *out, const ocs_node *node, unsigned depth)
{
    ocs_buf_putf(out, "%*s%s", (int)(2 * depth), "", ocs_query_kind_name(node->kind));
    if (node->kind == OCS_NODE_NEAR || node->kind == OCS_NODE_ADJ)
        ocs_buf_putf(out, "/%u", (unsigned)node->distance);
    bool leaf = !node->children || node->kind == OCS_NODE_FIELD;
    if (leaf && node->kind != OCS_NODE_EMPTY) {
        ocs_buf_putc(out, ' ');
        put_bare(out, node);
    }
    ocs_buf_putc(out, '\n');
    for (const ocs_node *child = node->children; !leaf && child; child = child->next)
        put_line(out, child, depth + 1);
}

void ocs_query_print_tree(const ocs_node *tree, ocs_buf *out)
{
    put_line(out, tree, 0);
}

/* ---- the caret ---- */

/* A query of a whole file is not repeated to who has mistyped a letter of it. */
enum { CARET_BEFORE = 200, CARET_BEHIND = 100 }; /* bytes */

/* The line of ${text} that holds byte ${at}. */
static ocs_span line_at(ocs_str text, size_t at)
{
    ocs_span line = {at, ocs_str_find_char(text, '\n', at)};
    while (line.from > 0 && text.p[line.from - 1] != '\n')
        line.from--;
    return line;
}

/* A space for each character before the place; a tab stays one, to reach as far. */
static void put_indent(ocs_buf *out, ocs_str before)
{
    uint32_t point;
    for (size_t at = 0; at < before.n;) {
        at += ocs_utf8_at(before, at, &point);
        ocs_buf_putc(out, point == '\t' ? '\t' : ' ');
    }
}

/* The part of ${line} about ${at} that is worth showing; characters stay whole. */
static ocs_span clip_about(ocs_str text, ocs_span line, size_t at)
{
    ocs_span part = line;
    if (at - line.from > CARET_BEFORE)
        part.from = at - CARET_BEFORE;
    if (line.to > at && line.to - at > CARET_BEHIND)
        part.to = at + CARET_BEHIND;
    while (part.from < at && ((unsigned char)text.p[part.from] & 0xC0) == 0x80)
        part.from++;
    while (part.to > at && part.to < line.to && ((unsigned char)text.p[part.to] & 0xC0) == 0x80)
        part.to--;
    return part;
}

void ocs_query_caret(ocs_str query, const ocs_error *err, ocs_buf *out)
{
    if (err->at < 0)
        return;
    size_t at = (size_t)err->at < query.n ? (size_t)err->at : query.n;
    ocs_span line = line_at(query, at), part = clip_about(query, line, at);
    const char *left = part.from > line.from ? "…" : "";
    ocs_buf_puts(out, left);
    ocs_buf_put(out, ocs_str_sub(query, part.from, part.to));
    ocs_buf_puts(out, part.to < line.to ? "…\n" : "\n");
    ocs_buf_puts(out, *left ? " " : "");
    put_indent(out, ocs_str_sub(query, part.from, at));
    ocs_buf_putc(out, '^');
}
