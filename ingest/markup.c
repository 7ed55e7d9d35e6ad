/* Tables of tags and of the words that web authors give to the parts of their pages, and the cutter
 * that takes scripts and comments out of the bytes before the parser sees them. */
#include "ingest/markup.h"

#include "ingest/writer.h"

#include <strings.h>

/* As strcmp, in line: nearly always the first letters tell. */
static int name_order(const char *a, const char *b)
{
    while (*a == *b && *a != '\0') {
        a++;
        b++;
    }
    return (unsigned char)*a - (unsigned char)*b;
}

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
        int order = name_order(name, tags[middle].name);
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
    uint8_t length;
    bool prefix; /* the word may go on */
    uint32_t marks;
} mark_word;

/* The first word of ${table} that starts with ${letter} or a later one. */
static size_t first_of(const mark_word *table, size_t n, char letter)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (table[middle].word[0] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* One word of an attribute, lower case.  Words are split at anything but letters and at the change
 * from small to capital letters. */
static uint32_t marks_of_word(const char *word, size_t n)
{
#define WORD(w) w, sizeof w - 1
    static const mark_word table[] = {
        /* in the order of their first letters, for first_of */
        {WORD("addthis"), false, OCS_MARK_SHARE},
        {WORD("addtoany"), false, OCS_MARK_SHARE},
        {WORD("advert"), true, OCS_MARK_RELATED},
        {WORD("article"), false, OCS_MARK_CONTENT},
        {WORD("articlebody"), false, OCS_MARK_CONTENT},
        {WORD("aside"), false, OCS_MARK_ASIDE},
        {WORD("banner"), false, OCS_MARK_HEADER},
        {WORD("breadcrumb"), true, OCS_MARK_NAV},
        {WORD("caption"), true, OCS_MARK_CAPTION},
        {WORD("comment"), true, OCS_MARK_COMMENT},
        {WORD("complementary"), false, OCS_MARK_ASIDE},
        {WORD("consent"), false, OCS_MARK_COOKIE},
        {WORD("contact"), true, OCS_MARK_CONTACT},
        {WORD("content"), false, OCS_MARK_CONTENT},
        {WORD("contentinfo"), false, OCS_MARK_FOOTER},
        {WORD("cookie"), true, OCS_MARK_COOKIE},
        {WORD("copyright"), false, OCS_MARK_FOOTER},
        {WORD("credit"), true, OCS_MARK_CAPTION},
        {WORD("date"), true, OCS_MARK_DATE},
        {WORD("disqus"), false, OCS_MARK_COMMENT},
        {WORD("entry"), false, OCS_MARK_CONTENT},
        {WORD("footer"), true, OCS_MARK_FOOTER},
        {WORD("gdpr"), false, OCS_MARK_COOKIE},
        {WORD("headline"), false, OCS_MARK_TITLE},
        {WORD("hidden"), false, OCS_MARK_HIDDEN},
        {WORD("label"), false, OCS_MARK_LABEL},
        {WORD("latest"), false, OCS_MARK_RELATED},
        {WORD("login"), false, OCS_MARK_FORM},
        {WORD("main"), false, OCS_MARK_CONTENT},
        {WORD("masthead"), false, OCS_MARK_HEADER},
        {WORD("megamenu"), true, OCS_MARK_NAV},
        {WORD("menu"), true, OCS_MARK_NAV},
        {WORD("modal"), false, OCS_MARK_COOKIE},
        {WORD("nav"), false, OCS_MARK_NAV},
        {WORD("navbar"), true, OCS_MARK_NAV},
        {WORD("navigation"), true, OCS_MARK_NAV},
        {WORD("newsletter"), false, OCS_MARK_FORM},
        {WORD("pager"), true, OCS_MARK_NAV},
        {WORD("pagination"), true, OCS_MARK_NAV},
        {WORD("popular"), false, OCS_MARK_RELATED},
        {WORD("popup"), false, OCS_MARK_COOKIE},
        {WORD("promo"), false, OCS_MARK_RELATED},
        {WORD("published"), false, OCS_MARK_DATE},
        {WORD("publishing"), false, OCS_MARK_DATE},
        {WORD("recommended"), false, OCS_MARK_RELATED},
        {WORD("related"), true, OCS_MARK_RELATED},
        {WORD("search"), false, OCS_MARK_FORM},
        {WORD("searchbox"), false, OCS_MARK_FORM},
        {WORD("share"), false, OCS_MARK_SHARE},
        {WORD("sharing"), false, OCS_MARK_SHARE},
        {WORD("sidebar"), true, OCS_MARK_ASIDE},
        {WORD("skip"), false, OCS_MARK_NAV},
        {WORD("snippet"), false, OCS_MARK_SNIPPET},
        {WORD("social"), true, OCS_MARK_SHARE},
        {WORD("sponsored"), false, OCS_MARK_RELATED},
        {WORD("story"), false, OCS_MARK_CONTENT},
        {WORD("submenu"), true, OCS_MARK_NAV},
        {WORD("subscribe"), false, OCS_MARK_FORM},
        {WORD("tags"), false, OCS_MARK_RELATED},
        {WORD("teaser"), true, OCS_MARK_RELATED},
        {WORD("title"), false, OCS_MARK_TITLE},
        {WORD("toolbar"), false, OCS_MARK_NAV},
        {WORD("topbar"), false, OCS_MARK_HEADER},
        {WORD("trending"), false, OCS_MARK_RELATED},
        {WORD("widget"), false, OCS_MARK_ASIDE},
    };
#undef WORD
    uint32_t marks = 0;
    size_t count = sizeof table / sizeof *table;
    for (size_t i = first_of(table, count, word[0]); i < count && table[i].word[0] == word[0];
         i++) {
        size_t length = table[i].length;
        if ((n == length || (n > length && table[i].prefix)) &&
            memcmp(word, table[i].word, length) == 0)
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

/* "date-updated": the day of a change is not that of publishing. */
static bool names_change(const char *value)
{
    return (strstr(value, "updated") || strstr(value, "modified")) && !strstr(value, "publish");
}

uint32_t ocs_marks_of(const char *value)
{
    uint32_t marks = 0;
    char word[32];
    size_t n = 0;
    bool hyphen = false;
    for (size_t i = 0;; i++) {
        char c = value[i];
        hyphen |= c == '-';
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
    if ((marks & OCS_MARK_DATE) && names_change(value))
        marks &= ~(uint32_t)OCS_MARK_DATE;
    if (!hyphen)
        return marks;
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
    char *out = c->out + c->n, *end = out + (to - from);
    memcpy(out, c->text.p + from, to - from);
    for (char *nul = out; (nul = memchr(nul, '\0', (size_t)(end - nul))) != NULL;)
        *nul = ' '; /* the parser would stop there */
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
    if (at + 1 >= c->text.n || (c->text.p[at + 1] | 0x20) != 's')
        return at; /* all that is cut starts so */
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
                          ocs_spans *ld, ocs_traits_list *traits, ocs_error *err)
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
    *traits = (ocs_traits_list){0};
    if (!c.endless[0] && !c.endless[1] && !c.endless[2] && !c.endless[3])
        ocs_attributes_take(arena, c.out, c.n, traits);
    *cut = *page;
    cut->text = (ocs_str){c.out, c.n};
    cut->origin = ocs_origin_of(&c.built);
    *ld = (ocs_spans){c.ld.at, c.ld.n};
    return OCS_OK;
}
