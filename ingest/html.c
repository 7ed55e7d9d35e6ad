/* HTML through libxml2's SAX parser: no tree is built; elements are kept on our own list so that
 * blocks know what they stand in.  The parser works on the page's own bytes (less scripts and
 * comments), so the place of a piece of text is known from the parser's position: the piece ends
 * there, or a few bytes before, and is compared with the source to be sure.  A piece that cannot be
 * found is marked as known only to its line. */
#include "ingest/block.h"
#include "ingest/json_ld.h"
#include "ingest/markup.h"
#include "ingest/writer.h"
#include "ingest/xml_library.h"

#include <stdio.h>
#include <strings.h>

enum {
    ENTITY_MAX = 40,
    NEAR_BYTES = 4096,
    ELEMENTS_MAX = 400000,
    DEPTH_MAX = 400, /* walks up to the root stay short on pages nested to be slow */
    DATE_TEXT_MAX = 60,
    NOSCRIPT_WORDS = 80,
    CLASSES = 64 /* remembered */
};

typedef struct class_marks {
    uint64_t hash; /* of the class attribute */
    uint32_t marks;
} class_marks;

typedef struct reader {
    ocs_xml_library xml;
    ocs_arena *arena;
    htmlParserCtxtPtr parser;
    ocs_decoded page; /* as cut */
    ocs_traits_list traits;
    size_t traits_passed;
    class_marks classes[CLASSES];
    ocs_writer w;
    OCS_VEC(ocs_block) blocks;
    OCS_VEC(ocs_element) elements;
    OCS_VEC(const ocs_tag *) tags; /* of each element; NULL: without a meaning of its own */
    OCS_VEC(ocs_hint) hints;
    uint32_t current;       /* innermost element */
    size_t unlisted;        /* open elements beyond the caps, within the current one */
    uint32_t hidden, links; /* how many hidden elements and links are open */
    size_t last;            /* source position behind what was seen last */
    size_t block_from;      /* text of the open block starts here in w.text */
    uint32_t block_links;   /* words of it that are link text */
    ocs_block_kind block_kind;
    uint8_t block_level;
    uint32_t noscript;      /* open noscript element; 0: none */
    size_t noscript_blocks; /* blocks before it */
    bool break_pending;
    bool in_title;
    size_t title_from, title_to; /* of the title element, in the source */
    uint32_t date_element;       /* open element whose class says that it is a date; 0: none */
    size_t date_from;            /* its text starts here in w.text */
    uint32_t line;
    size_t line_at; /* source position up to which lines are counted */
} reader;

static size_t position(const reader *r)
{
    long at = r->xml.xmlByteConsumed(r->parser);
    if (at < 0)
        return r->last;
    return (size_t)at < r->page.text.n ? (size_t)at : r->page.text.n;
}

/* ---- blocks ---- */

static uint32_t line_of(reader *r, size_t at)
{
    while (r->line_at < at) {
        const char *from = r->page.text.p + r->line_at;
        const char *feed = memchr(from, '\n', at - r->line_at);
        r->line += feed != NULL;
        r->line_at = feed ? r->line_at + (size_t)(feed - from) + 1 : at;
    }
    return r->line + 1;
}

static void weigh_ancestors(reader *r, const ocs_block *block, size_t bytes)
{
    bool prose = block->words >= 12 && block->links * 3 < block->words;
    uint32_t linked = block->words ? (uint32_t)(bytes * block->links / block->words) : 0;
    for (uint32_t e = r->current;; e = r->elements.at[e].parent) {
        r->elements.at[e].text += (uint32_t)bytes;
        r->elements.at[e].link_text += linked;
        r->elements.at[e].prose += prose ? (uint32_t)bytes : 0;
        if (e == 0)
            break;
    }
}

static size_t word_count(ocs_str text)
{
    size_t words = 0;
    for (size_t i = 0; i < text.n; i++)
        words += text.p[i] != ' ' && (i == 0 || text.p[i - 1] == ' ');
    return words;
}

static void end_block(reader *r)
{
    r->break_pending = false;
    r->w.pending_space = false;
    if (r->w.n == r->block_from) {
        r->block_links = 0;
        return;
    }
    ocs_str text = {r->w.text + r->block_from, r->w.n - r->block_from};
    ocs_block *block = ocs_vec_push(r->arena, &r->blocks);
    if (block) {
        *block = (ocs_block){.at = {r->block_from, r->w.n},
                             .line = line_of(r, r->last),
                             .element = r->current,
                             .kind = (uint8_t)r->block_kind,
                             .level = r->block_level};
        ocs_block_measure(block, text);
        block->links = r->block_links < block->words ? r->block_links : block->words;
        weigh_ancestors(r, block, text.n);
    }
    ocs_writer_end_line(&r->w);
    r->block_from = r->w.n;
    r->block_links = 0;
}

/* The kind of the block that starts now: of the nearest element that has one. */
static void name_block(reader *r)
{
    r->block_kind = OCS_BLOCK_DIVISION;
    r->block_level = 0;
    for (uint32_t e = r->current; e != 0; e = r->elements.at[e].parent) {
        const ocs_tag *tag = r->tags.at[e];
        if (!tag || tag->class_ != OCS_TAG_BLOCK)
            continue;
        r->block_kind = tag->kind;
        if (tag->kind == OCS_BLOCK_HEADING)
            r->block_level = (uint8_t)(tag->name[1] - '0');
        if (tag->kind != OCS_BLOCK_DIVISION)
            return;
    }
}

/* ---- text ---- */

static bool same(const reader *r, size_t at, const char *text, size_t n)
{
    return at + n <= r->page.text.n && memcmp(r->page.text.p + at, text, n) == 0;
}

/* Where in the source the ${n} bytes of ${text} stand that the parser has just passed. */
static bool find_text(const reader *r, size_t end, const char *text, size_t n, size_t *from)
{
    if (end >= n && end - n >= r->last && same(r, end - n, text, n)) {
        *from = end - n;
        return true;
    }
    if (same(r, r->last, text, n)) {
        *from = r->last;
        return true;
    }
    size_t stop = end + 8 < r->page.text.n ? end + 8 : r->page.text.n;
    if (stop - r->last > NEAR_BYTES + n)
        return false;
    ocs_str window = ocs_str_sub(r->page.text, 0, stop);
    *from = ocs_str_find(window, (ocs_str){text, n}, r->last);
    return *from < window.n;
}

/* A character reference ends at ${end}: where its '&' stands. */
static bool find_reference(const reader *r, size_t end, size_t *from)
{
    for (size_t i = end; i > r->last && end - i < ENTITY_MAX; i--)
        if (r->page.text.p[i - 1] == '&') {
            *from = i - 1;
            return true;
        }
    return false;
}

static ocs_span line_around(ocs_str text, size_t at)
{
    ocs_span line = {at, at};
    while (line.from > 0 && text.p[line.from - 1] != '\n')
        line.from--;
    while (line.to < text.n && text.p[line.to] != '\n')
        line.to++;
    if (line.from == line.to && line.to < text.n)
        line.to++;
    return line;
}

static void write_text(reader *r, const char *text, size_t n)
{
    size_t end = position(r), from;
    if (find_text(r, end, text, n, &from)) {
        ocs_writer_copy(&r->w, from, from + n);
        r->last = from + n;
    } else if (n <= 8 && find_reference(r, end, &from)) {
        ocs_writer_decoded(&r->w, (ocs_str){text, n}, from, end);
        r->last = end;
    } else {
        ocs_span line = line_around(r->page.text, r->last);
        ocs_writer_inexact(&r->w, (ocs_str){text, n}, line.from, line.to);
        r->last = end > r->last ? end : r->last;
    }
}

static void on_text(void *payload, const xmlChar *chars, int length)
{
    reader *r = payload;
    const char *text = (const char *)chars;
    size_t n = length > 0 ? (size_t)length : 0;
    if (r->in_title) {
        r->title_to = position(r);
        return;
    }
    if (r->hidden > 0 || n == 0)
        return;
    size_t before = r->w.n;
    bool starts = r->w.n == r->block_from;
    if (starts)
        name_block(r);
    write_text(r, text, n);
    if (r->w.n > before) {
        r->break_pending = false;
        if (r->links > 0)
            r->block_links += (uint32_t)word_count((ocs_str){r->w.text + before, r->w.n - before});
    }
}

/* ---- facts that the markup states ---- */

static void add_hint(reader *r, int about, ocs_str value, ocs_span at, bool inexact, int trust,
                     const char *source)
{
    value = ocs_str_trim(value);
    if (value.n == 0)
        return;
    ocs_hint *hint = ocs_vec_push(r->arena, &r->hints);
    if (!hint)
        return;
    *hint = (ocs_hint){.value = ocs_str_copy(r->arena, value),
                       .inexact = inexact,
                       .trust = trust,
                       .source = source};
    hint->about = (ocs_hint_about)about;
    if (at.to > at.from)
        hint->raw = ocs_origin_raw(r->page.origin, at, NULL);
}

/* The parser gives names of tags and attributes in lower case. */
static bool is(const char *name, const char *what)
{
    return name[0] == what[0] && strcmp(name, what) == 0;
}

static const char *attribute(const xmlChar **atts, const char *name)
{
    for (size_t i = 0; atts && atts[i]; i += 2)
        if (is((const char *)atts[i], name))
            return atts[i + 1] ? (const char *)atts[i + 1] : "";
    return NULL;
}

/* An attribute's value in the source: the tag that ends at the parser's position holds it. */
static void add_attribute_hint(reader *r, int about, const char *value, int trust,
                               const char *source)
{
    ocs_str wanted = ocs_str_trim(ocs_str_of(value));
    size_t end = position(r), from = end;
    while (from > 0 && r->page.text.p[from - 1] != '<' && end - from < NEAR_BYTES)
        from--;
    size_t stop = end + 2 < r->page.text.n ? end + 2 : r->page.text.n;
    size_t at = ocs_str_find(ocs_str_sub(r->page.text, 0, stop), wanted, from);
    bool exact = at < stop && wanted.n > 0;
    ocs_span span = exact ? (ocs_span){at, at + wanted.n} : line_around(r->page.text, from);
    add_hint(r, about, wanted, span, !exact, trust, source);
}

typedef struct meta_name {
    const char *name;
    int about, trust;
} meta_name;

static void read_meta(reader *r, const xmlChar **atts)
{
    static const meta_name names[] = {
        {"article:published_time", OCS_HINT_DATE, 80},
        {"og:published_time", OCS_HINT_DATE, 78},
        {"datepublished", OCS_HINT_DATE, 78},
        {"dcterms.created", OCS_HINT_DATE, 60},
        {"dc.date.issued", OCS_HINT_DATE, 70},
        {"dcterms.issued", OCS_HINT_DATE, 70},
        {"dc.date", OCS_HINT_DATE, 62},
        {"dcterms.date", OCS_HINT_DATE, 62},
        {"pubdate", OCS_HINT_DATE, 66},
        {"publishdate", OCS_HINT_DATE, 66},
        {"publish-date", OCS_HINT_DATE, 66},
        {"parsely-pub-date", OCS_HINT_DATE, 66},
        {"sailthru.date", OCS_HINT_DATE, 64},
        {"date", OCS_HINT_DATE, 50},
        {"og:title", OCS_HINT_TITLE, 60},
        {"twitter:title", OCS_HINT_TITLE, 50},
        {"dc.title", OCS_HINT_TITLE, 55},
        {"og:site_name", OCS_HINT_SITE, 60},
        {"og:url", OCS_HINT_URL, 50},
        {"og:type", OCS_HINT_KIND, 20},
        {"content-language", OCS_HINT_LANG, 40},
        {"og:locale", OCS_HINT_LANG, 30},
    };
    const char *content = attribute(atts, "content"), *name = attribute(atts, "property");
    if (!name)
        name = attribute(atts, "name");
    if (!name)
        name = attribute(atts, "itemprop");
    if (!name)
        name = attribute(atts, "http-equiv");
    if (!name || !content)
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasecmp(name, names[i].name) == 0)
            add_attribute_hint(r, names[i].about, content, names[i].trust, "meta");
}

static void read_time(reader *r, const xmlChar **atts)
{
    const char *value = attribute(atts, "datetime"), *property = attribute(atts, "itemprop");
    if (!value)
        return;
    bool modified = property && strcasecmp(property, "dateModified") == 0;
    bool published = (property && strcasecmp(property, "datePublished") == 0) ||
                     attribute(atts, "pubdate") != NULL;
    const char *class_ = attribute(atts, "class");
    modified = modified || (class_ && (strstr(class_, "updated") || strstr(class_, "modified")) &&
                            !strstr(class_, "published"));
    size_t before = r->hints.n;
    if (!modified)
        add_attribute_hint(r, OCS_HINT_DATE, value, published ? 76 : 40, "time");
    if (r->hints.n > before) /* in comments and related items it is not to be trusted */
        r->hints.at[before].element = r->current;
}

static void read_head(reader *r, const char *tag, const xmlChar **atts)
{
    const char *value;
    if (is(tag, "meta")) {
        read_meta(r, atts);
    } else if (is(tag, "time")) {
        read_time(r, atts);
    } else if (is(tag, "html") && (value = attribute(atts, "lang")) != NULL) {
        add_attribute_hint(r, OCS_HINT_LANG, value, 50, "html lang");
    } else if (is(tag, "link") && (value = attribute(atts, "rel")) != NULL &&
               strcasecmp(value, "canonical") == 0 && (value = attribute(atts, "href")) != NULL) {
        add_attribute_hint(r, OCS_HINT_URL, value, 60, "link");
    }
}

/* Its script is no part of the page as cut: the place is of the whole page. */
static void add_ld_hint(reader *r, const ocs_decoded *page, int about, const ocs_ld_text *text,
                        int trust)
{
    bool exact;
    size_t before = r->hints.n;
    add_hint(r, about, text->value, (ocs_span){0, 0}, false, trust, "json-ld");
    if (r->hints.n == before)
        return;
    r->hints.at[before].raw = ocs_origin_raw(page->origin, text->at, &exact);
    r->hints.at[before].inexact = !exact;
}

static bool ends_with_any(ocs_str s, const char *const *tails)
{
    for (; *tails; tails++)
        if (ocs_str_ends(s, ocs_str_of(*tails)))
            return true;
    return false;
}

static void read_ld(reader *r, const ocs_decoded *page, const ocs_spans *ld)
{
    static const char *const texts[] = {"Article", "Posting", "Report", "WebPage", NULL};
    static const char *const others[] = {"Object", "Review", "Comment", "WebSite", NULL};
    for (size_t i = 0; i < ld->n; i++) {
        ocs_ld_things things;
        if (!ocs_json_ld_read(page->text, ld->at[i], r->arena, &things))
            return; /* the arena's status tells */
        for (size_t k = 0; k < things.n; k++) {
            const ocs_ld_thing *t = &things.at[k];
            add_ld_hint(r, page, OCS_HINT_SITE, &t->publisher, 40);
            if (ocs_str_eq(t->type.value, OCS_STR("WebSite")))
                add_ld_hint(r, page, OCS_HINT_SITE, &t->name, 50);
            if (ends_with_any(t->type.value, others))
                continue; /* a picture, a judgement: not the page */
            bool text = ends_with_any(t->type.value, texts);
            add_ld_hint(r, page, OCS_HINT_DATE, &t->published, text ? 79 : 75);
            add_ld_hint(r, page, OCS_HINT_DATE, &t->created, text ? 65 : 64);
            add_ld_hint(r, page, OCS_HINT_TITLE, &t->headline, 58);
        }
    }
}

/* ---- elements ---- */

/* Taken before the parser ran, or of what was left to it. */
static ocs_traits traits_of(reader *r, const xmlChar **atts, size_t at)
{
    ocs_traits t = {0};
    while (r->traits_passed < r->traits.n && r->traits.at[r->traits_passed].at < at)
        r->traits_passed++;
    if (r->traits_passed < r->traits.n && r->traits.at[r->traits_passed].at == at)
        return r->traits.at[r->traits_passed];
    for (size_t i = 0; atts && atts[i]; i += 2) {
        const char **trait = ocs_trait_of(&t, (const char *)atts[i]);
        if (trait && !*trait)
            *trait = atts[i + 1] ? (const char *)atts[i + 1] : "";
    }
    return t;
}

static bool invisible(const ocs_traits *t)
{
    if (t->hidden)
        return true;
    return t->style && (strstr(t->style, "display:none") || strstr(t->style, "display: none") ||
                        strstr(t->style, "visibility:hidden"));
}

/* The same classes stand on many elements. */
static uint32_t marks_of_class(reader *r, const char *class_, uint64_t hash)
{
    class_marks *known = &r->classes[hash % CLASSES];
    if (known->hash != hash || hash == 0)
        *known = (class_marks){hash, ocs_marks_of(class_)};
    return known->marks;
}

static uint32_t marks_of(reader *r, const ocs_tag *tag, const ocs_traits *t, uint64_t class_hash)
{
    const char *const values[] = {t->id, t->role, t->itemprop};
    uint32_t marks = tag ? tag->marks : 0;
    if (t->class_)
        marks |= marks_of_class(r, t->class_, class_hash);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        if (values[i])
            marks |= ocs_marks_of(values[i]);
    if (invisible(t))
        marks |= OCS_MARK_HIDDEN;
    return marks;
}

/* False when the element is beyond a cap: its text counts for the one around it. */
static bool push_element(reader *r, const char *name, const ocs_tag *tag, const ocs_traits *t)
{
    uint32_t parent = r->current;
    bool room = r->elements.n < ELEMENTS_MAX && r->elements.at[parent].depth < DEPTH_MAX;
    ocs_element *element = room ? ocs_vec_push(r->arena, &r->elements) : NULL;
    const ocs_tag **known = element ? ocs_vec_push(r->arena, &r->tags) : NULL;
    if (!known) {
        r->unlisted++;
        return false;
    }
    *known = tag;
    uint64_t class_hash = t->class_ ? ocs_hash(ocs_str_of(t->class_)) : 0;
    *element = (ocs_element){.parent = parent,
                             .depth = r->elements.at[parent].depth + 1,
                             .marks = marks_of(r, tag, t, class_hash),
                             .make = ocs_hash_mix(ocs_hash(ocs_str_of(name)), class_hash)};
    memcpy(element->tag, name, strnlen(name, sizeof element->tag - 1));
    r->current = (uint32_t)(r->elements.n - 1);
    return true;
}

static bool is_void(const char *name)
{
    static const char *const names[] = {"area", "base",  "br",   "col",  "embed",  "hr",
                                        "img",  "input", "link", "meta", "source", "wbr"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is(name, names[i]))
            return true;
    return false;
}

static void line_break(reader *r, size_t at)
{
    if (r->break_pending)
        end_block(r);
    ocs_writer_space(&r->w, at);
    r->break_pending = true;
}

/* A tag of the page is told of while its '>' is next; one that the parser puts in before text that
 * wants a body or paragraph is told of behind that text, which is yet to come. */
static bool ends_tag(const reader *r, size_t at)
{
    return at < r->page.text.n && (r->page.text.p[at] == '>' || r->page.text.p[at] == '/');
}

/* What is noted where an element of the page starts. */
static void open_element(reader *r, const char *name)
{
    const ocs_element *e = &r->elements.at[r->current];
    if (r->date_element == 0 && r->hidden == 0 && r->current != 0 && (e->marks & OCS_MARK_DATE) &&
        !is(name, "body")) {
        r->date_element = r->current;
        r->date_from = r->w.n;
    }
    if (r->noscript == 0 && is(name, "noscript")) {
        r->noscript = r->current;
        r->noscript_blocks = r->blocks.n;
    }
}

static void on_start(void *payload, const xmlChar *tag_name, const xmlChar **atts)
{
    reader *r = payload;
    const char *name = (const char *)tag_name;
    const ocs_tag *tag = ocs_tag_find(name);
    size_t at = position(r);
    read_head(r, name, atts);
    if (is(name, "title") && r->title_from == 0) {
        r->in_title = true;
        size_t open = ocs_str_find_char(r->page.text, '>', at);
        r->title_from = open < r->page.text.n ? open + 1 : at;
        r->title_to = 0;
    }
    if (r->hidden == 0 && tag && tag->class_ == OCS_TAG_BREAK)
        line_break(r, at);
    else if (r->hidden == 0 && tag && tag->class_ == OCS_TAG_BLOCK)
        end_block(r);
    if (at > r->last && ends_tag(r, at))
        r->last = at;
    if (is(name, "body"))
        r->hidden = 0; /* text in the head ends here, whatever was left open */
    if (is_void(name))
        return;
    ocs_traits t = traits_of(r, atts, at);
    if (push_element(r, name, tag, &t))
        open_element(r, name);
    r->hidden += tag && tag->class_ == OCS_TAG_HIDDEN;
    r->links += is(name, "a");
}

/* Text of an element that is marked as a date by its class. */
static void end_date(reader *r)
{
    size_t from = r->date_from, to = r->w.n;
    while (from < to && (r->w.text[from] == ' ' || r->w.text[from] == '\n'))
        from++;
    while (to > from && (r->w.text[to - 1] == ' ' || r->w.text[to - 1] == '\n'))
        to--;
    size_t before = r->hints.n;
    if (from < to && to - from <= DATE_TEXT_MAX)
        add_hint(r, OCS_HINT_DATE, (ocs_str){r->w.text + from, to - from}, (ocs_span){0, 0}, false,
                 70, "class name");
    if (r->hints.n > before) {
        bool exact;
        ocs_hint *hint = &r->hints.at[before];
        hint->raw = ocs_origin_raw(ocs_origin_of(&r->w.origin), (ocs_span){from, to}, &exact);
        hint->inexact = !exact;
        hint->element = r->date_element;
    }
    r->date_element = 0;
}

/* Some sites serve the whole page to readers without scripts, most only "enable JavaScript" or the
 * address of a picture: what is short is taken back. */
static void end_noscript(reader *r)
{
    size_t words = 0;
    for (size_t i = r->noscript_blocks; i < r->blocks.n; i++)
        words += r->blocks.at[i].words;
    if (words < NOSCRIPT_WORDS)
        r->blocks.n = r->noscript_blocks;
    r->noscript = 0;
}

static void pop_element(reader *r, const char *name)
{
    uint32_t e = r->current;
    if (r->unlisted > 0) {
        r->unlisted--;
        return;
    }
    for (unsigned up = 0; e != 0 && up < 64; up++, e = r->elements.at[e].parent)
        if (strncmp(r->elements.at[e].tag, name, sizeof r->elements.at[e].tag - 1) == 0) {
            if (r->date_element != 0 && e <= r->date_element)
                end_date(r);
            if (r->noscript != 0 && e <= r->noscript)
                end_noscript(r);
            r->current = r->elements.at[e].parent;
            return;
        }
}

static void on_end(void *payload, const xmlChar *tag_name)
{
    reader *r = payload;
    const char *name = (const char *)tag_name;
    const ocs_tag *tag = ocs_tag_find(name);
    if (is(name, "title"))
        r->in_title = false;
    if (r->hidden == 0 && tag && tag->class_ == OCS_TAG_BLOCK)
        end_block(r);
    size_t at = position(r);
    if (at > r->last)
        r->last = at;
    if (is_void(name))
        return;
    pop_element(r, name);
    if (tag && tag->class_ == OCS_TAG_HIDDEN && r->hidden > 0)
        r->hidden--;
    if (is(name, "a") && r->links > 0)
        r->links--;
}

/* ---- the run ---- */

static void stay_quiet(void *payload, const char *message, ...)
{
    (void)payload;
    (void)message; /* broken markup is the normal case */
}

static void read_title(reader *r)
{
    if (r->title_from == 0)
        return;
    size_t end = ocs_str_find(r->page.text, OCS_STR("</"), r->title_from);
    if (end >= r->page.text.n)
        return;
    ocs_str value = ocs_str_sub(r->page.text, r->title_from, end);
    /* character references in titles are decoded by a writer of their own */
    ocs_writer w;
    ocs_writer_init(&w, r->arena, r->page.text, r->page.origin);
    for (size_t i = 0; i < value.n;) {
        ocs_str near = ocs_str_sub(value, 0, i + ENTITY_MAX);
        size_t semicolon = ocs_str_find_char(near, ';', i), from = r->title_from + i;
        const htmlEntityDesc *entity = NULL;
        char decoded[4];
        size_t n = 0;
        if (value.p[i] == '&' && semicolon < near.n) {
            char name[ENTITY_MAX];
            snprintf(name, sizeof name, "%.*s", (int)(semicolon - i - 1), value.p + i + 1);
            unsigned point = 0;
            if (sscanf(name, "#x%x", &point) == 1 || sscanf(name, "#%u", &point) == 1)
                n = ocs_utf8_put(decoded, point);
            else if ((entity = r->xml.htmlEntityLookup((const xmlChar *)name)) != NULL)
                n = ocs_utf8_put(decoded, entity->value);
        }
        if (n > 0) {
            ocs_writer_decoded(&w, (ocs_str){decoded, n}, from, r->title_from + semicolon + 1);
            i = semicolon + 1;
        } else {
            uint32_t point;
            size_t length = ocs_utf8_at(value, i, &point);
            ocs_writer_copy(&w, from, from + length);
            i += length;
        }
    }
    size_t before = r->hints.n;
    add_hint(r, OCS_HINT_TITLE, (ocs_str){w.text, w.n}, (ocs_span){0, 0}, false, 30,
             "title element");
    if (r->hints.n > before)
        r->hints.at[before].raw =
            ocs_origin_raw(ocs_origin_of(&w.origin), (ocs_span){0, w.n}, NULL);
}

static htmlParserCtxtPtr new_parser(reader *r, htmlSAXHandler *sax)
{
    htmlParserCtxtPtr parser = r->xml.htmlCreateMemoryParserCtxt(
        r->page.text.n ? r->page.text.p : " ", r->page.text.n ? (int)r->page.text.n : 1);
    if (!parser)
        return NULL;
    r->xml.htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
                                          HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                          HTML_PARSE_IGNORE_ENC);
    *sax = (htmlSAXHandler){.startElement = on_start,
                            .endElement = on_end,
                            .characters = on_text,
                            .cdataBlock = NULL,
                            .ignorableWhitespace = on_text,
                            .warning = stay_quiet,
                            .error = stay_quiet,
                            .fatalError = stay_quiet};
    *parser->sax = *sax;
    parser->userData = r;
    parser->charset = XML_CHAR_ENCODING_UTF8; /* decoded before: libxml2 must not guess */
    return parser;
}

ocs_status ocs_html_cut(const ocs_decoded *page, ocs_arena *arena, ocs_blocks *blocks,
                        ocs_error *err)
{
    reader r = {.arena = arena};
    ocs_spans ld;
    ocs_status status = ocs_xml_library_load(&r.xml, err);
    if (status == OCS_OK)
        status = ocs_markup_cut(page, arena, &r.page, &ld, &r.traits, err);
    if (status != OCS_OK)
        return status;
    if (r.page.text.n > INT32_MAX)
        return ocs_fail(err, OCS_LIMIT, "an HTML page of %zu bytes is too large", r.page.text.n);
    ocs_writer_init(&r.w, arena, r.page.text, r.page.origin);
    ocs_element *root = ocs_vec_push(arena, &r.elements);
    const ocs_tag **none = ocs_vec_push(arena, &r.tags);
    htmlSAXHandler sax;
    if (!root || !none || !(r.parser = new_parser(&r, &sax)))
        return ocs_fail(err, OCS_NOMEM, "no memory for the HTML parser");
    r.xml.htmlParseDocument(r.parser);
    end_block(&r);
    r.xml.htmlFreeParserCtxt(r.parser);
    read_title(&r);
    read_ld(&r, page, &ld);
    if (ocs_arena_status(arena) != OCS_OK)
        return ocs_fail(err, ocs_arena_status(arena), "the page needs more memory than allowed");
    *blocks = (ocs_blocks){.text = {r.w.text, r.w.n},
                           .origin = ocs_origin_of(&r.w.origin),
                           .at = r.blocks.at,
                           .n = r.blocks.n,
                           .elements = r.elements.at,
                           .n_elements = r.elements.n,
                           .hints = r.hints.at,
                           .n_hints = r.hints.n,
                           .html = true};
    return OCS_OK;
}

bool ocs_looks_like_html(ocs_str raw)
{
    static const char *const signs[] = {"<!doctype html", "<html", "<head", "<body", "<table",
                                        "<div",           "<p>",   "<meta", "<title"};
    ocs_str head = ocs_str_sub(raw, 0, 8192);
    for (size_t at = ocs_str_find_char(head, '<', 0); at < head.n;
         at = ocs_str_find_char(head, '<', at + 1))
        for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
            size_t n = strlen(signs[i]);
            if (head.n - at > n && strncasecmp(head.p + at, signs[i], n) == 0)
                return true;
        }
    return false;
}
