/* What a document has in the place of what it was asked for: words that look alike, words in its
 * title or in what was cut from the page, its date, its names of the same sort. */
#include "query/marks.h"
#include "query/why_internal.h"

#include <stdarg.h>
#include <stdio.h>

enum {
    SHOWN = 5, /* names or words in one note */
    WORD_MAX = 48,
    PAGE_CAP = 64 * 1024 * 1024,
    NOTE_CAP = 64 * 1024
};

/* ---- notes ---- */

static ocs_status nomem(ocs_asker *a)
{
    ocs_status st = ocs_arena_status(a->arena);
    return ocs_fail(a->err, st == OCS_OK ? OCS_NOMEM : st, "no memory to ask about a document");
}

static ocs_status add_note(ocs_asker *a, ocs_clause *clause, const ocs_buf *text)
{
    if (clause->n_notes == OCS_WHY_NOTES)
        return OCS_OK;
    ocs_str copy = ocs_str_copy(a->arena, ocs_buf_str(text));
    if (ocs_buf_status(text) != OCS_OK || !copy.p)
        return nomem(a);
    clause->notes[clause->n_notes++] = copy;
    return OCS_OK;
}

static ocs_status say(ocs_asker *a, ocs_clause *clause, const char *format, ...) OCS_PRINTF(3, 4);
static ocs_status say(ocs_asker *a, ocs_clause *clause, const char *format, ...)
{
    char line[512];
    ocs_buf text;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    ocs_buf_init(&text, NOTE_CAP);
    ocs_buf_put(&text, (ocs_str){line, n < 0 ? 0 : strnlen(line, sizeof line)});
    ocs_status st = add_note(a, clause, &text);
    ocs_buf_clear(&text);
    return st;
}

/* A list of different things as "a, b, c and 4 more". */
typedef OCS_VEC(ocs_str) list;

static ocs_status add_once(ocs_asker *a, list *all, ocs_str text)
{
    for (size_t i = 0; i < all->n; i++)
        if (ocs_str_eq(all->at[i], text))
            return OCS_OK;
    ocs_str *place = text.n > 0 ? ocs_vec_push(a->arena, all) : NULL;
    if (place)
        *place = text;
    return place || text.n == 0 ? OCS_OK : nomem(a);
}

static ocs_status say_list(ocs_asker *a, ocs_clause *clause, const char *head, const list *all)
{
    ocs_buf text;
    if (all->n == 0)
        return OCS_OK;
    ocs_buf_init(&text, NOTE_CAP);
    ocs_buf_puts(&text, head);
    for (size_t i = 0; i < all->n && i < SHOWN; i++) {
        ocs_buf_puts(&text, i > 0 ? ", " : " ");
        ocs_buf_put(&text, all->at[i]);
    }
    if (all->n > SHOWN)
        ocs_buf_putf(&text, " and %zu more", all->n - SHOWN);
    ocs_status st = add_note(a, clause, &text);
    ocs_buf_clear(&text);
    return st;
}

/* ---- likeness ---- */

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Bytes to put in, take out or change, of two short words. */
static unsigned distance(ocs_str a, ocs_str b)
{
    unsigned row[WORD_MAX + 1];
    for (size_t j = 0; j <= b.n; j++)
        row[j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        unsigned corner = row[0];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            unsigned changed = corner + (a.p[i - 1] != b.p[j - 1]);
            corner = row[j];
            row[j] = least(changed, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b.n];
}

/* The same beginning for the most part, or a slip of the pen. */
static bool alike(ocs_str a, ocs_str b)
{
    enum { BEGINNING = 4, SHORT = 8 };
    size_t shorter = a.n < b.n ? a.n : b.n, common = ocs_str_common(a, b);
    if (common >= BEGINNING && 3 * common >= 2 * shorter)
        return true;
    if (shorter < BEGINNING || a.n > WORD_MAX || b.n > WORD_MAX)
        return false;
    return distance(a, b) <= (shorter < SHORT ? 1U : 2U);
}

static bool any_alike(const ocs_words *words, const ocs_words *others)
{
    for (size_t i = 0; i < words->n; i++)
        for (size_t k = 0; k < others->n; k++)
            if (alike(words->at[i].fold, others->at[k].fold))
                return true;
    return false;
}

/* ---- words ---- */

static bool has_word(const ocs_asker *a, const ocs_word *word)
{
    for (size_t i = 0; i < a->words.n; i++)
        if (ocs_str_eq(a->words.at[i].fold, word->fold) ||
            ocs_str_eq(a->words.at[i].canonical, word->canonical))
            return true;
    return false;
}

/* Of a phrase: which of its words are not there at all. */
static ocs_status note_missing(ocs_asker *a, const ocs_words *words, ocs_clause *clause)
{
    list missing = {0};
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < words->n; i++)
        if (!has_word(a, &words->at[i]))
            st = add_once(a, &missing, words->at[i].fold);
    if (st != OCS_OK)
        return st;
    if (missing.n == 0)
        return say(a, clause, "its words are in the text, but not one behind the other");
    return missing.n < words->n ? say_list(a, clause, "not in the text:", &missing) : OCS_OK;
}

static ocs_status note_alike(ocs_asker *a, const ocs_words *words, ocs_clause *clause)
{
    list found = {0};
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < a->words.n; i++)
        for (size_t k = 0; st == OCS_OK && k < words->n; k++)
            if (alike(a->words.at[i].fold, words->at[k].fold) && !has_word(a, &words->at[k]))
                st = add_once(a, &found, a->words.at[i].fold);
    return st == OCS_OK ? say_list(a, clause, "words of the text that look alike:", &found) : st;
}

static ocs_status note_title(ocs_asker *a, const ocs_node *node, ocs_clause *clause)
{
    bool there;
    if (a->in_title)
        return say(a, clause, "the title is: %.*s", OCS_ARG(a->document->title.value));
    ocs_status st = ocs_why_holds(a, node, true, &there);
    return st == OCS_OK && there ? say(a, clause, "stands in the title only, which title: searches")
                                 : st;
}

/* ---- what was cut from the page ---- */

/* Read the page again with all its blocks.  What is no longer the page proves nothing. */
static void read_all(ocs_asker *a)
{
    ocs_ingest *ingest = NULL;
    ocs_document *all = ocs_arena_alloc(a->arena, sizeof *all);
    char *path = ocs_arena_copy(a->arena, a->document->path.p, a->document->path.n);
    ocs_page page = {.path = a->document->path, .url = a->document->url};
    a->read_all = true;
    if (!all || !path || ocs_page_read(path, PAGE_CAP, a->arena, &page.bytes, NULL) != OCS_OK ||
        ocs_hash(page.bytes) != a->document->raw_hash || ocs_ingest_new(&ingest, NULL) != OCS_OK)
        return;
    ocs_ingest_keep_blocks(ingest, true);
    if (ocs_ingest_page(ingest, &page, OCS_STAGE_DOCUMENT, a->arena, all, NULL, NULL) == OCS_OK)
        a->all = all;
    ocs_ingest_free(ingest);
}

static ocs_str line_around(ocs_str text, ocs_span at)
{
    enum { REACH = 60 };
    size_t from = at.from, to = at.to;
    while (from > 0 && text.p[from - 1] != '\n' && at.from - from < REACH)
        from--;
    while (to < text.n && text.p[to] != '\n' && to - at.to < REACH)
        to++;
    while (from < at.from && ((unsigned char)text.p[from] & 0xC0) == 0x80)
        from++;
    while (to > at.to && to < text.n && ((unsigned char)text.p[to] & 0xC0) == 0x80)
        to--;
    return ocs_str_sub(text, from, to);
}

static ocs_status note_cut(ocs_asker *a, const ocs_node *node, ocs_clause *clause)
{
    ocs_plan plan;
    ocs_matches matches = {0};
    ocs_node alone = *node;
    alone.next = NULL;
    if (!a->read_all)
        read_all(a);
    if (!a->all || a->in_title)
        return OCS_OK;
    ocs_status st = ocs_query_plan(&alone, a->index, a->arena, &plan, a->err);
    if (st != OCS_OK)
        return st;
    st = ocs_marks_find(a->all, plan.marks, plan.n_marks, a->stemmers, a->arena, &matches, a->err);
    ocs_plan_clear(&plan);
    if (st != OCS_OK || matches.n == 0)
        return st;
    return say(a, clause, "stands in what was cut from the page as no part of its content: %.*s",
               OCS_ARG(line_around(a->all->text, matches.at[0].at)));
}

static ocs_status note_words(ocs_asker *a, const ocs_node *node, ocs_clause *clause)
{
    ocs_words words;
    if (!ocs_words_of(a->arena, node->text, &words))
        return nomem(a);
    ocs_status st = note_title(a, node, clause);
    if (st == OCS_OK && words.n > 1 && !a->in_title)
        st = note_missing(a, &words, clause);
    if (st == OCS_OK && !a->in_title)
        st = note_alike(a, &words, clause);
    return st == OCS_OK ? note_cut(a, node, clause) : st;
}

/* ---- names ---- */

static bool of_family(const ocs_mention *mention, ocs_family family)
{
    return ocs_family_of_mention(mention->type) == family;
}

/* Does ${name} look like what was asked for? */
static bool looks_like(ocs_asker *a, const ocs_words *asked, ocs_str name)
{
    ocs_words words;
    return ocs_words_of(a->arena, name, &words) && any_alike(asked, &words);
}

/* Names of the family in the document, those that look like ${asked} or (NULL) all. */
static ocs_status gather_names(ocs_asker *a, ocs_family family, const ocs_words *asked, list *out)
{
    const ocs_document *d = a->document;
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < d->n_mentions; i++) {
        const ocs_mention *m = &d->mentions[i];
        if (of_family(m, family) && ocs_mention_is_indexed(m) &&
            (!asked || looks_like(a, asked, m->name) ||
             looks_like(a, asked, ocs_mention_surface(d, m))))
            st = add_once(a, out, m->name);
        for (size_t k = 0; st == OCS_OK && family == OCS_FAMILY_ROLE && k < m->n_roles; k++)
            if (!asked || looks_like(a, asked, m->roles[k].text))
                st = add_once(a, out, m->roles[k].text);
    }
    return st;
}

/* A country or place within the name of an organisation is no mention of its own to the index. */
static ocs_status note_nested(ocs_asker *a, const ocs_node *node, const ocs_words *asked,
                              ocs_clause *clause)
{
    const ocs_document *d = a->document;
    for (size_t i = 0; i < d->n_mentions; i++) {
        const ocs_mention *m = &d->mentions[i];
        if (!of_family(m, ocs_field_of(node->field)->family) || ocs_mention_is_indexed(m) ||
            (!ocs_str_eq(m->key, node->text) && !looks_like(a, asked, m->name)))
            continue;
        return say(a, clause, "%.*s stands within another name only: %.*s", OCS_ARG(m->name),
                   OCS_ARG(line_around(d->text, m->at)));
    }
    return OCS_OK;
}

static ocs_status note_names(ocs_asker *a, const ocs_node *node, ocs_clause *clause)
{
    ocs_family family = ocs_field_of(node->field)->family;
    list near = {0}, all = {0};
    ocs_words asked;
    if (!ocs_words_of(a->arena, node->text, &asked))
        return nomem(a);
    ocs_status st = gather_names(a, family, &asked, &near);
    if (st == OCS_OK)
        st = gather_names(a, family, NULL, &all);
    if (st == OCS_OK && all.n == 0)
        st = say(a, clause, "the text names nothing of this sort");
    else if (st == OCS_OK)
        st = near.n > 0 ? say_list(a, clause, "the text names, and they look alike:", &near)
                        : say_list(a, clause, "the text names:", &all);
    return st == OCS_OK ? note_nested(a, node, &asked, clause) : st;
}

/* ---- facts and dates ---- */

static ocs_status note_facts(ocs_asker *a, const ocs_facts *facts, ocs_clause *clause)
{
    list all = {0};
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < facts->n; i++)
        st = add_once(a, &all, facts->at[i].value);
    if (st == OCS_OK && all.n == 0)
        return say(a, clause, "none is known of the page");
    return st == OCS_OK ? say_list(a, clause, "the page has:", &all) : st;
}

static ocs_status note_published(ocs_asker *a, ocs_clause *clause)
{
    char text[OCS_WHEN_TEXT];
    if (a->document->published.from.year == 0)
        return say(a, clause, "it is not known when the page was published");
    ocs_str when = ocs_when_print(a->document->published, text);
    return say(a, clause, "the page was published on %.*s", OCS_ARG(when));
}

static ocs_status note_one(ocs_asker *a, const char *what, ocs_str value, ocs_clause *clause)
{
    if (value.n == 0)
        return say(a, clause, "%s is not known", what);
    return say(a, clause, "%s is %.*s", what, OCS_ARG(value));
}

static ocs_status note_field(ocs_asker *a, const ocs_node *node, ocs_clause *clause)
{
    const ocs_document *d = a->document;
    switch ((ocs_field_id)node->field) {
    case OCS_FIELD_DATE:
        return note_published(a, clause);
    case OCS_FIELD_KIND:
        return note_one(a, "the kind of page", d->kind.value, clause);
    case OCS_FIELD_TOPIC:
        return note_facts(a, &d->topics, clause);
    case OCS_FIELD_SOURCE:
        return note_facts(a, &d->sources, clause);
    case OCS_FIELD_LANG:
        return note_one(a, "the language of the text", d->lang, clause);
    case OCS_FIELD_PATH:
        return note_one(a, "the path", d->path, clause);
    case OCS_FIELD_ID:
        return note_one(a, "the id", d->id, clause);
    default:
        return ocs_field_positional(node->field) ? note_names(a, node, clause) : OCS_OK;
    }
}

/* ---- operators ---- */

/* All that is asked for is there, only not together. */
static ocs_status note_apart(ocs_asker *a, const ocs_node *node, ocs_clause *clause)
{
    static const struct {
        ocs_node_kind kind;
        const char *text;
    } words[] = {
        {OCS_NODE_NEAR, "all are in the text, but not so near each other"},
        {OCS_NODE_ADJ, "all are in the text, but not so near each other in this order"},
        {OCS_NODE_SENT, "the document has what is asked for, but not in one sentence"},
        {OCS_NODE_PARA, "the document has what is asked for, but not in one paragraph"},
    };
    bool all = true;
    for (const ocs_node *child = node->children; all && child; child = child->next) {
        ocs_status st = ocs_why_holds(a, child, a->in_title, &all);
        if (st != OCS_OK)
            return st;
    }
    for (size_t i = 0; all && i < sizeof words / sizeof *words; i++)
        if (words[i].kind == node->kind)
            return say(a, clause, "%s", words[i].text);
    return OCS_OK;
}

ocs_status ocs_why_note(ocs_asker *a, const ocs_node *node, ocs_clause *clause)
{
    switch (node->kind) {
    case OCS_NODE_WORD:
    case OCS_NODE_PHRASE:
        return note_words(a, node, clause);
    case OCS_NODE_FIELD:
    case OCS_NODE_RANGE:
        return note_field(a, node, clause);
    case OCS_NODE_NEAR:
    case OCS_NODE_ADJ:
    case OCS_NODE_SENT:
    case OCS_NODE_PARA:
        return note_apart(a, node, clause);
    default:
        return OCS_OK;
    }
}
