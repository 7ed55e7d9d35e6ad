/* A hit is a title with its rank, a line of metadata, the path, a line with its copies, and excerpts
 * with what was found made bold; where the query asks for people or roles, a line with the people. */
#include "cli/hits_text.h"

#include "cli/print.h"

enum { INDENT = 5, PEOPLE_MAX = 6, COPIES_MAX = 3 };

/* ---- the query explained ---- */

static void put_indented(ocs_out *out, const char *title, ocs_str lines)
{
    ocs_str line;
    ocs_out_putf(out, "%s\n", title);
    while (ocs_str_split(&lines, '\n', &line)) {
        if (line.n == 0)
            continue;
        ocs_out_puts(out, "  ");
        ocs_out_line(out, line);
        ocs_out_puts(out, "\n");
    }
}

static void explain(ocs_out *out, const ocs_node *tree, const ocs_plan *plan)
{
    ocs_buf text;
    ocs_buf_init(&text, OCS_EXPLAIN_CAP);
    ocs_query_print(tree, &text);
    put_indented(out, "query", ocs_buf_str(&text));
    ocs_buf_reset(&text);
    ocs_query_print_tree(tree, &text);
    put_indented(out, "tree", ocs_buf_str(&text));
    ocs_buf_reset(&text);
    for (size_t i = 0; i < plan->n_expansions; i++)
        ocs_buf_putf(&text, "%.*s -> %.*s\n", OCS_ARG(plan->expansions[i].from),
                     OCS_ARG(plan->expansions[i].to));
    put_indented(out, "expansions", ocs_buf_str(&text));
    ocs_buf_reset(&text);
    if (xap_query_describe(plan->query, &text, NULL) == OCS_OK)
        put_indented(out, "xapian", ocs_buf_str(&text));
    ocs_out_puts(out, "\n");
    ocs_buf_clear(&text);
}

/* Does the query ask for people, outside of NOT? */
static bool asks_for_people(const ocs_node *node)
{
    if (node->kind == OCS_NODE_NOT)
        return false;
    if (node->kind == OCS_NODE_FIELD) {
        const char *field = ocs_query_field_name((size_t)node->field);
        return field && (strcmp(field, "person") == 0 || strcmp(field, "role") == 0);
    }
    for (const ocs_node *child = node->children; child; child = child->next)
        if (asks_for_people(child))
            return true;
    return false;
}

void ocs_hits_text_start(ocs_hits *hits, const ocs_node *tree, const ocs_plan *plan)
{
    hits->people = asks_for_people(tree);
    if (hits->explain)
        explain(hits->out, tree, plan);
}

/* ---- a hit ---- */

typedef OCS_VEC(ocs_stretch) stretch_list;

static void add_stretch(ocs_hits *hits, stretch_list *list, size_t from, size_t to, ocs_style style)
{
    ocs_stretch *added = from < to ? ocs_vec_push(hits->arena, list) : NULL;
    if (added)
        *added = (ocs_stretch){{from, to}, style};
}

/* The title in bold letters, with what matches in it. */
static void paint_title(ocs_hits *hits, const ocs_hit *hit, size_t length, stretch_list *list)
{
    size_t n = hits->highlight == OCS_HIGHLIGHT_NONE ? 0 : hit->n_title_matches, from = 0;
    for (size_t i = 0; i < n; i++) {
        ocs_span match = hit->title_matches[i];
        add_stretch(hits, list, from, match.from, OCS_STYLE_TITLE);
        add_stretch(hits, list, match.from, match.to, OCS_STYLE_MATCH);
        from = match.to;
    }
    add_stretch(hits, list, from, length, OCS_STYLE_TITLE);
}

static void put_title(ocs_hits *hits, const ocs_hit *hit)
{
    char rank[16];
    ocs_out *out = hits->out;
    stretch_list styles = {0};
    ocs_str title = hit->document.title.value;
    int n = snprintf(rank, sizeof rank, "%3u. ", (unsigned)hit->rank);
    if (title.n == 0)
        title = OCS_STR("(no title)");
    if (hits->arena)
        paint_title(hits, hit, title.n, &styles);
    ocs_out_puts(out, rank);
    ocs_flow(out, title, styles.at, styles.n, (size_t)n, (size_t)n);
    ocs_out_puts(out, "\n");
}

static void put_part(ocs_buf *line, ocs_str part)
{
    if (part.n == 0)
        return;
    if (line->n > 0)
        ocs_buf_puts(line, "\xC2\xA0· "); /* no line begins with the dot */
    ocs_buf_put(line, part);
}

static void put_part_facts(ocs_buf *line, const ocs_facts *facts)
{
    ocs_buf joined;
    ocs_buf_init(&joined, 1 << 20);
    ocs_print_facts(facts, &joined);
    put_part(line, ocs_buf_str(&joined));
    ocs_buf_clear(&joined);
}

/* A line of its own, folded. */
static void put_line(ocs_out *out, ocs_style style, ocs_str line)
{
    const ocs_stretch all = {{0, line.n}, style};
    if (line.n == 0)
        return;
    ocs_out_puts(out, "     ");
    ocs_flow(out, line, &all, 1, INDENT, INDENT);
    ocs_out_puts(out, "\n");
}

/* A path stays in one piece, so that it can be copied. */
static void put_path(ocs_out *out, ocs_str path)
{
    ocs_out_puts(out, "     ");
    ocs_out_style(out, OCS_STYLE_FAINT);
    ocs_out_line(out, path);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, "\n");
}

static void put_metadata(ocs_out *out, const ocs_document *document)
{
    char date[OCS_WHEN_TEXT];
    ocs_buf line;
    ocs_buf_init(&line, 1 << 20);
    put_part(&line, ocs_print_published(document, date));
    put_part_facts(&line, &document->places);
    put_part(&line, document->kind.value);
    put_part_facts(&line, &document->sources);
    put_part(&line, document->lang);
    put_line(out, OCS_STYLE_PLAIN, ocs_buf_str(&line));
    ocs_buf_clear(&line);
}

/* Where an excerpt is cut within a sentence, dots say so. */
static void put_snippet(ocs_hits *hits, const ocs_snippet *snippet)
{
    ocs_buf text;
    ocs_out *out = hits->out;
    ocs_stretch *styles = NULL;
    size_t n = 0, column = INDENT + 2;
    const ocs_paint paint = {.matches = snippet->matches,
                             .n_matches = snippet->n_matches,
                             .mentions = snippet->mentions,
                             .n_mentions = snippet->n_mentions};
    if (hits->arena)
        ocs_paint_stretches(&paint, hits->highlight, hits->arena, &styles, &n);
    ocs_out_puts(out, "     › ");
    if (!snippet->whole_from) {
        ocs_out_puts(out, "… ");
        column += 2;
    }
    ocs_buf_init(&text, 1 << 20);
    ocs_buf_put(&text, snippet->text);
    ocs_buf_puts(&text, snippet->whole_to ? "" : " …");
    ocs_flow(out, ocs_buf_str(&text), styles, n, column, INDENT + 2);
    ocs_out_puts(out, "\n");
    ocs_buf_clear(&text);
}

static void put_copies(ocs_out *out, const ocs_copies *copies)
{
    ocs_buf line;
    if (copies->count == 0)
        return;
    ocs_buf_init(&line, 1 << 20);
    ocs_buf_putf(&line, "also: %u more cop%s: ", (unsigned)copies->count,
                 copies->count == 1 ? "y" : "ies");
    for (size_t i = 0; i < copies->n && i < COPIES_MAX; i++) {
        ocs_buf_puts(&line, i > 0 ? ", " : "");
        ocs_buf_put(&line, copies->at[i].path);
    }
    ocs_buf_puts(&line, copies->count > COPIES_MAX ? ", …" : "");
    put_line(out, OCS_STYLE_FAINT, ocs_buf_str(&line));
    ocs_buf_clear(&line);
}

/* Is this the mention by which its person is listed: the first that states a role, or the first? */
static bool represents(const ocs_document *document, size_t i)
{
    size_t best = document->n_mentions;
    for (size_t j = 0; j < document->n_mentions; j++) {
        const ocs_mention *m = &document->mentions[j];
        if (m->type != OCS_MENTION_PERSON || !ocs_str_eq(m->key, document->mentions[i].key))
            continue;
        if (m->n_roles > 0)
            return j == i;
        if (best == document->n_mentions)
            best = j;
    }
    return best == i;
}

static void put_roles(ocs_buf *line, const ocs_mention *m)
{
    for (size_t i = 0; i < m->n_roles; i++) {
        ocs_buf_puts(line, i == 0 ? " (" : ", ");
        ocs_buf_put(line, m->roles[i].text);
    }
    ocs_buf_puts(line, m->n_roles > 0 ? ")" : "");
}

static void put_people(ocs_out *out, const ocs_document *document)
{
    size_t n = 0;
    ocs_buf line;
    ocs_buf_init(&line, 1 << 20);
    for (size_t i = 0; i < document->n_mentions; i++) {
        const ocs_mention *m = &document->mentions[i];
        if (m->type != OCS_MENTION_PERSON || !represents(document, i))
            continue;
        if (n++ == PEOPLE_MAX) {
            ocs_buf_puts(&line, "; …");
            break;
        }
        ocs_buf_puts(&line, line.n > 0 ? "; " : "people: ");
        ocs_buf_put(&line, m->name);
        put_roles(&line, m);
    }
    put_line(out, OCS_STYLE_PLAIN, ocs_buf_str(&line));
    ocs_buf_clear(&line);
}

void ocs_hits_text_put(ocs_hits *hits, const ocs_hit *hit)
{
    ocs_out *out = hits->out;
    if (hits->arena)
        ocs_arena_clear(hits->arena);
    if (hits->shown > 1)
        ocs_out_puts(out, "\n");
    put_title(hits, hit);
    put_metadata(out, &hit->document);
    if (hits->news && strcmp(hits->note, "changed") == 0)
        put_line(out, OCS_STYLE_PLAIN, OCS_STR("changed since it was last given"));
    put_path(out, hit->document.path);
    put_copies(out, &hit->copies);
    for (size_t i = 0; i < hit->n_snippets; i++)
        put_snippet(hits, &hit->snippets[i]);
    if (hits->people)
        put_people(out, &hit->document);
}
