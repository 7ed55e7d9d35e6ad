/* Tables of tags and of the words that web authors give to the parts of their pages, and the cutter
 * that takes scripts and comments out of the bytes before the parser sees them. */
#include "ingest/markup.h"

#include "ingest/writer.h"

#include <strings.h>

const ocs_tag *ocs_tag_find(const char *name)
{
    static const ocs_tag tags[] = {
        {"address", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, OCS_MARK_CONTACT},
        {"article", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, OCS_MARK_CONTENT},
        {"aside", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, OCS_MARK_ASIDE},
        {"blockquote", OCS_TAG_BLOCK, OCS_BLOCK_QUOTE, 0},
        {"body", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"br", OCS_TAG_BREAK, OCS_BLOCK_DIVISION, 0},
        {"button", OCS_TAG_BLOCK, OCS_BLOCK_CONTROL, OCS_MARK_FORM},
        {"caption", OCS_TAG_BLOCK, OCS_BLOCK_CAPTION, 0},
        {"center", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"dd", OCS_TAG_BLOCK, OCS_BLOCK_ITEM, 0},
        {"details", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"dialog", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, OCS_MARK_COOKIE},
        {"dir", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"div", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"dl", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"dt", OCS_TAG_BLOCK, OCS_BLOCK_ITEM, 0},
        {"fieldset", OCS_TAG_BLOCK, OCS_BLOCK_CONTROL, OCS_MARK_FORM},
        {"figcaption", OCS_TAG_BLOCK, OCS_BLOCK_CAPTION, OCS_MARK_CAPTION},
        {"figure", OCS_TAG_BLOCK, OCS_BLOCK_CAPTION, 0},
        {"footer", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, OCS_MARK_FOOTER},
        {"form", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"h1", OCS_TAG_BLOCK, OCS_BLOCK_HEADING, 0},
        {"h2", OCS_TAG_BLOCK, OCS_BLOCK_HEADING, 0},
        {"h3", OCS_TAG_BLOCK, OCS_BLOCK_HEADING, 0},
        {"h4", OCS_TAG_BLOCK, OCS_BLOCK_HEADING, 0},
        {"h5", OCS_TAG_BLOCK, OCS_BLOCK_HEADING, 0},
        {"h6", OCS_TAG_BLOCK, OCS_BLOCK_HEADING, 0},
        {"head", OCS_TAG_HIDDEN, OCS_BLOCK_DIVISION, 0},
        {"header", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, OCS_MARK_HEADER},
        {"hr", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"html", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"iframe", OCS_TAG_HIDDEN, OCS_BLOCK_DIVISION, 0},
        {"label", OCS_TAG_BLOCK, OCS_BLOCK_CONTROL, 0},
        {"legend", OCS_TAG_BLOCK, OCS_BLOCK_CONTROL, OCS_MARK_FORM},
        {"li", OCS_TAG_BLOCK, OCS_BLOCK_ITEM, 0},
        {"main", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, OCS_MARK_CONTENT},
        {"map", OCS_TAG_HIDDEN, OCS_BLOCK_DIVISION, 0},
        {"menu", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, OCS_MARK_NAV},
        {"nav", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, OCS_MARK_NAV},
        {"noscript", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"object", OCS_TAG_HIDDEN, OCS_BLOCK_DIVISION, 0},
        {"ol", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"option", OCS_TAG_BLOCK, OCS_BLOCK_CONTROL, OCS_MARK_FORM},
        {"p", OCS_TAG_BLOCK, OCS_BLOCK_PARAGRAPH, 0},
        {"pre", OCS_TAG_BLOCK, OCS_BLOCK_PARAGRAPH, 0},
        {"section", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"select", OCS_TAG_BLOCK, OCS_BLOCK_CONTROL, OCS_MARK_FORM},
        {"summary", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"table", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"tbody", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"td", OCS_TAG_BLOCK, OCS_BLOCK_CELL, 0},
        {"template", OCS_TAG_HIDDEN, OCS_BLOCK_DIVISION, 0},
        {"textarea", OCS_TAG_HIDDEN, OCS_BLOCK_DIVISION, 0},
        {"tfoot", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"th", OCS_TAG_BLOCK, OCS_BLOCK_CELL, 0},
        {"thead", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"time", OCS_TAG_INLINE, OCS_BLOCK_DIVISION, OCS_MARK_DATE},
        {"tr", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
        {"ul", OCS_TAG_BLOCK, OCS_BLOCK_DIVISION, 0},
    };
    size_t low = 0, high = sizeof tags / sizeof *tags;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcasecmp(name, tags[middle].name);
        if (order == 0)
            return &tags[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* ---- names ---- */

typedef struct mark_word {
    const char *word;
    uint32_t marks;
    bool prefix; /* the word may go on */
} mark_word;

/* One word of an attribute, lower case.  Words are split at anything but letters and at the change
 * from small to capital letters. */
static uint32_t marks_of_word(const char *word, size_t n)
{
    static const mark_word table[] = {
        {"nav", OCS_MARK_NAV, false},
        {"navbar", OCS_MARK_NAV, true},
        {"navigation", OCS_MARK_NAV, true},
        {"menu", OCS_MARK_NAV, true},
        {"submenu", OCS_MARK_NAV, true},
        {"megamenu", OCS_MARK_NAV, true},
        {"breadcrumb", OCS_MARK_NAV, true},
        {"pager", OCS_MARK_NAV, true},
        {"pagination", OCS_MARK_NAV, true},
        {"skip", OCS_MARK_NAV, false},
        {"toolbar", OCS_MARK_NAV, false},
        {"topbar", OCS_MARK_HEADER, false},
        {"masthead", OCS_MARK_HEADER, false},
        {"banner", OCS_MARK_HEADER, false},
        {"footer", OCS_MARK_FOOTER, true},
        {"copyright", OCS_MARK_FOOTER, false},
        {"contentinfo", OCS_MARK_FOOTER, false},
        {"sidebar", OCS_MARK_ASIDE, true},
        {"aside", OCS_MARK_ASIDE, false},
        {"complementary", OCS_MARK_ASIDE, false},
        {"widget", OCS_MARK_ASIDE, false},
        {"search", OCS_MARK_FORM, false},
        {"searchbox", OCS_MARK_FORM, false},
        {"login", OCS_MARK_FORM, false},
        {"newsletter", OCS_MARK_FORM, false},
        {"subscribe", OCS_MARK_FORM, false},
        {"share", OCS_MARK_SHARE, false},
        {"sharing", OCS_MARK_SHARE, false},
        {"social", OCS_MARK_SHARE, true},
        {"addthis", OCS_MARK_SHARE, false},
        {"addtoany", OCS_MARK_SHARE, false},
        {"related", OCS_MARK_RELATED, true},
        {"recommended", OCS_MARK_RELATED, false},
        {"popular", OCS_MARK_RELATED, false},
        {"trending", OCS_MARK_RELATED, false},
        {"latest", OCS_MARK_RELATED, false},
        {"teaser", OCS_MARK_RELATED, true},
        {"promo", OCS_MARK_RELATED, false},
        {"advert", OCS_MARK_RELATED, true},
        {"sponsored", OCS_MARK_RELATED, false},
        {"tags", OCS_MARK_RELATED, false},
        {"cookie", OCS_MARK_COOKIE, true},
        {"consent", OCS_MARK_COOKIE, false},
        {"gdpr", OCS_MARK_COOKIE, false},
        {"modal", OCS_MARK_COOKIE, false},
        {"popup", OCS_MARK_COOKIE, false},
        {"comment", OCS_MARK_COMMENT, true},
        {"disqus", OCS_MARK_COMMENT, false},
        {"contact", OCS_MARK_CONTACT, true},
        {"hidden", OCS_MARK_HIDDEN, false},
        {"article", OCS_MARK_CONTENT, false},
        {"articlebody", OCS_MARK_CONTENT, false},
        {"content", OCS_MARK_CONTENT, false},
        {"main", OCS_MARK_CONTENT, false},
        {"entry", OCS_MARK_CONTENT, false},
        {"story", OCS_MARK_CONTENT, false},
        {"headline", OCS_MARK_TITLE, false},
        {"title", OCS_MARK_TITLE, false},
        {"date", OCS_MARK_DATE, true},
        {"published", OCS_MARK_DATE, false},
        {"publishing", OCS_MARK_DATE, false},
        {"caption", OCS_MARK_CAPTION, true},
        {"credit", OCS_MARK_CAPTION, true},
        {"label", OCS_MARK_LABEL, false},
        {"snippet", OCS_MARK_SNIPPET, false},
    };
    uint32_t marks = 0;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t length = strlen(table[i].word);
        if (n < length || memcmp(word, table[i].word, length) != 0)
            continue;
        if (n == length || table[i].prefix)
            marks |= table[i].marks;
    }
    return marks;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

uint32_t ocs_marks_of(const char *value)
{
    uint32_t marks = 0;
    char word[32];
    size_t n = 0;
    for (size_t i = 0;; i++) {
        char c = value[i];
        bool turn = i > 0 && is_capital(c) && !is_capital(value[i - 1]);
        if ((!is_letter(c) || turn) && n > 0) {
            marks |= marks_of_word(word, n);
            n = 0;
        }
        if (c == '\0')
            break;
        if (is_letter(c) && n < sizeof word)
            word[n++] = (char)(c | 0x20);
    }
    /* names that only make sense as a whole */
    if (strstr(value, "search-result") || strstr(value, "search-title"))
        marks = (marks & ~(uint32_t)OCS_MARK_FORM) | OCS_MARK_LIST_ITEM;
    if (strstr(value, "search-snippet"))
        marks = OCS_MARK_SNIPPET;
    if (strstr(value, "date-display-single"))
        marks |= OCS_MARK_DATE;
    return marks;
}

/* ---- the cutter ---- */

typedef struct cutter {
    ocs_arena *arena;
    ocs_str text;
    ocs_origin origin;
    char *out;
    size_t n, hint;
    ocs_origin_builder built;
    OCS_VEC(ocs_span) ld;
    bool endless[4]; /* of comments, then of what is cut: none ends from here on */
} cutter;

static bool keep(cutter *c, size_t from, size_t to)
{
    if (to <= from)
        return true;
    memcpy(c->out + c->n, c->text.p + from, to - from);
    for (size_t i = c->n; i < c->n + (to - from); i++)
        if (c->out[i] == '\0')
            c->out[i] = ' '; /* the parser would stop there */
    if (!ocs_origin_slice(c->arena, c->origin, from, to, c->n, &c->built, &c->hint))
        return false;
    c->n += to - from;
    return true;
}

static bool tag_at(ocs_str text, size_t at, const char *name)
{
    size_t n = strlen(name);
    if (at + 1 + n >= text.n || strncasecmp(text.p + at + 1, name, n) != 0)
        return false;
    char after = text.p[at + 1 + n];
    return ocs_ascii_space(after) || after == '>' || after == '/';
}

/* The end of the element ${name} that starts at ${at}: behind "</name ... >"; 0 when it never ends.
 */
static size_t element_end(ocs_str text, size_t at, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = ocs_str_find(text, OCS_STR("</"), at); i < text.n;
         i = ocs_str_find(text, OCS_STR("</"), i + 2)) {
        if (i + 2 + length <= text.n && strncasecmp(text.p + i + 2, name, length) == 0) {
            size_t end = ocs_str_find_char(text, '>', i + 2 + length);
            return end < text.n ? end + 1 : text.n;
        }
    }
    return 0;
}

static size_t comment_end(cutter *c, size_t at)
{
    size_t end = c->endless[0] ? c->text.n : ocs_str_find(c->text, OCS_STR("-->"), at + 2);
    c->endless[0] = end >= c->text.n;
    return end < c->text.n ? end + 3 : at;
}

static void note_ld(cutter *c, size_t at, size_t end)
{
    size_t open_end = ocs_str_find_char(c->text, '>', at);
    ocs_str head = ocs_str_sub(c->text, at, open_end);
    if (ocs_str_find(head, OCS_STR("ld+json"), 0) >= head.n || end <= open_end)
        return;
    ocs_span *span = ocs_vec_push(c->arena, &c->ld);
    if (span)
        *span = (ocs_span){open_end + 1, end};
}

/* Where the thing to be cut at ${at} ('<') ends; ${at} itself when nothing is to be cut.  What never
 * ends is looked for once only. */
static size_t cut_end(cutter *c, size_t at)
{
    static const char *const cut[] = {"script", "style", "svg"};
    if (ocs_str_starts(ocs_str_sub(c->text, at, c->text.n), OCS_STR("<!--")))
        return comment_end(c, at);
    for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
        if (!tag_at(c->text, at, cut[i]))
            continue;
        size_t end = c->endless[i + 1] ? 0 : element_end(c->text, at, cut[i]);
        c->endless[i + 1] = end == 0;
        if (i == 0 && end > 0)
            note_ld(c, at, end);
        return end > 0 ? end : at;
    }
    return at;
}

ocs_status ocs_markup_cut(const ocs_decoded *page, ocs_arena *arena, ocs_decoded *cut,
                          ocs_spans *ld, ocs_error *err)
{
    cutter c = {.arena = arena, .text = page->text, .origin = page->origin};
    c.out = ocs_arena_alloc(arena, page->text.n + 1);
    if (!c.out)
        return ocs_fail(err, ocs_arena_status(arena), "the page needs more memory than allowed");
    size_t kept = 0;
    for (size_t at = ocs_str_find_char(c.text, '<', 0); at < c.text.n;
         at = ocs_str_find_char(c.text, '<', at)) {
        size_t end = cut_end(&c, at);
        if (end == at) {
            at++;
            continue;
        }
        if (!keep(&c, kept, at))
            break;
        kept = at = end;
    }
    if (!keep(&c, kept, c.text.n) || ocs_arena_status(arena) != OCS_OK)
        return ocs_fail(err, ocs_arena_status(arena), "the page needs more memory than allowed");
    *cut = *page;
    cut->text = (ocs_str){c.out, c.n};
    cut->origin = ocs_origin_of(&c.built);
    *ld = (ocs_spans){c.ld.at, c.ld.n};
    return OCS_OK;
}
