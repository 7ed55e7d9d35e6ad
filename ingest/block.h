/* Blocks: the page cut into the pieces that a reader sees as lines, list entries, headings and
 * paragraphs, each with its cleaned text, its place in the page, and a verdict with a reason. */
#ifndef OCS_INGEST_BLOCK_H
#define OCS_INGEST_BLOCK_H

#include "ingest/decode.h"
#include "ingest/ingest.h"

/* What a block is in the markup; in a text dump, what its line looks like. */
#define OCS_BLOCK_KINDS(X)                                         \
    X(LINE, "line")   /* a line of a text dump */                  \
    X(ENTRY, "entry") /* "- text" in a dump */                     \
    X(DASH, "dash")   /* a lone "-" in a dump */                   \
    X(RULE, "rule")   /* a line of dashes, underscores or stars */ \
    X(PARAGRAPH, "p")                                              \
    X(HEADING, "heading")                                          \
    X(ITEM, "li")                                                  \
    X(CELL, "cell")                                                \
    X(CAPTION, "caption")                                          \
    X(QUOTE, "quote")                                              \
    X(DIVISION, "div")                                             \
    X(CONTROL, "control") /* button, label, option, legend */

typedef enum ocs_block_kind {
#define X(name, text) OCS_BLOCK_##name,
    OCS_BLOCK_KINDS(X)
#undef X
        OCS_BLOCK_KIND_COUNT
} ocs_block_kind;
const char *ocs_block_kind_name(ocs_block_kind kind);

/* What a block is for the page.  The third column tells whether it is
 * part of the document's text. */
#define OCS_BLOCK_ROLES(X)                                                          \
    X(UNDECIDED, "?", false)                                                        \
    X(BODY, "body", true)                                                           \
    X(TITLE, "title", true)                                                         \
    X(LEAD, "lead", false)     /* a first paragraph that the body repeats */        \
    X(REPEAT, "repeat", false) /* says what another block of the page says */       \
    X(KIND, "kind", false)     /* "Press release" */                                \
    X(LABEL, "label", false)   /* "Date:" */                                        \
    X(VALUE, "value", false)   /* what stands under a label */                      \
    X(DATE, "date", false)     /* a date on a line of its own under the title */    \
    X(ITEM, "item", true)      /* an entry of a list page */                        \
    X(MENU, "menu", false)                                                          \
    X(CHROME, "chrome", false) /* share, skip, cookie, search, login, pager, ... */ \
    X(CONTACT, "contact", false)                                                    \
    X(CREDIT, "credit", false) /* caption and credit of a picture */                \
    X(RELATED, "related", false)                                                    \
    X(EMPTY, "blank", false) /* no letters or digits */

typedef enum ocs_block_role {
#define X(name, text, kept) OCS_ROLE_##name,
    OCS_BLOCK_ROLES(X)
#undef X
        OCS_ROLE_COUNT
} ocs_block_role;
const char *ocs_block_role_name(ocs_block_role role);
/* Part of the document's text, unless all blocks are (ocs_block_kept). */
bool ocs_block_role_kept(ocs_block_role role);

typedef struct ocs_block {
    ocs_span at;               /* in ocs_blocks.text */
    uint32_t line;             /* of the page, from 1 */
    uint32_t element;          /* HTML: index of the innermost element; 0 in a dump */
    uint32_t words, links;     /* words, and those of them that are link text */
    uint32_t blank_before;     /* dump: empty lines before it */
    uint8_t kind, role, level; /* level: of a heading */
    uint8_t bullet;            /* bytes at the start that are a bullet: "- ", "-", "• " */
    float judged;        /* by a model: probability that it is content; 0 where none was asked */
    bool chosen;         /* taken for content by the model */
    bool colon;          /* ends in a colon */
    bool sentence;       /* ends like a sentence: . ! ? or a closing quote after one */
    const char *reason;  /* why this role; a static string */
    uint16_t seen;       /* other pages of the site that have this line; 0 where none is known */
    uint8_t fact;        /* ocs_fact_kind that a label or value feeds */
    uint16_t value_from; /* where in the block's text an inline value starts; 0: none */
} ocs_block;

/* What a label says (column class of labels.tsv). */
typedef enum ocs_fact_kind {
    OCS_FACT_NONE,
    OCS_FACT_DATE,
    OCS_FACT_PLACE,
    OCS_FACT_SOURCE,
    OCS_FACT_TOPICS,
    OCS_FACT_KIND,
    OCS_FACT_TITLE,
    OCS_FACT_EVENT_DATE,
    OCS_FACT_EVENT_PLACE,
    OCS_FACT_ORGANIZER,
    OCS_FACT_OTHER /* a known label whose value is no fact of the page: author, contact, ... */
} ocs_fact_kind;

/* An element of an HTML page that holds blocks. */
typedef struct ocs_element {
    uint32_t parent; /* 0 is the root */
    uint32_t depth;
    char tag[12];
    uint32_t marks;                  /* ocs_element_mark bits, of itself */
    uint32_t text, link_text, prose; /* bytes within, descendants too; prose: of long blocks */
    uint64_t make;                   /* hash of tag and class: elements made alike are equal */
} ocs_element;

/* Words in id, class, role and itemprop that tell what an element is. */
typedef enum ocs_element_mark {
    OCS_MARK_NAV = 1 << 0, /* nav element or menu-like name */
    OCS_MARK_HEADER = 1 << 1,
    OCS_MARK_FOOTER = 1 << 2,
    OCS_MARK_ASIDE = 1 << 3,
    OCS_MARK_FORM = 1 << 4,
    OCS_MARK_SHARE = 1 << 5,
    OCS_MARK_RELATED = 1 << 6,
    OCS_MARK_COOKIE = 1 << 7,
    OCS_MARK_COMMENT = 1 << 8,
    OCS_MARK_CONTACT = 1 << 9,
    OCS_MARK_HIDDEN = 1 << 10,
    OCS_MARK_CONTENT = 1 << 11, /* main, article, content-like names */
    OCS_MARK_TITLE = 1 << 12,
    OCS_MARK_DATE = 1 << 13,
    OCS_MARK_LIST_ITEM = 1 << 14, /* one result of a list page */
    OCS_MARK_CAPTION = 1 << 15,
    OCS_MARK_LABEL = 1 << 16,
    OCS_MARK_SNIPPET = 1 << 17,
    OCS_MARK_KIND = 1 << 18
} ocs_element_mark;

typedef enum ocs_hint_about {
    OCS_HINT_TITLE,
    OCS_HINT_DATE,
    OCS_HINT_LANG,
    OCS_HINT_URL,
    OCS_HINT_SITE,
    OCS_HINT_KIND
} ocs_hint_about;

/* A fact that the markup states outside the text: meta elements, time elements, JSON-LD. */
typedef struct ocs_hint {
    ocs_hint_about about;
    ocs_str value;
    ocs_span raw;
    bool inexact;
    int trust;          /* higher wins */
    const char *source; /* "meta", "time", "json-ld", "title element", "class name" */
    uint32_t element;   /* that it stands in; 0: in the page's head */
} ocs_hint;

struct ocs_blocks {
    ocs_str text;      /* cleaned text of all blocks, each ended by a line feed */
    ocs_origin origin; /* to the raw page */
    ocs_block *at;
    size_t n;
    ocs_element *elements; /* HTML only; elements[0] is the root */
    size_t n_elements;
    ocs_hint *hints;
    size_t n_hints;
    bool html;
    bool navigated;              /* a dump with a block of navigation at its head */
    bool list;                   /* a list page: its entries have role OCS_ROLE_ITEM */
    uint32_t entries;            /* HTML: the element whose children are the entries of the list;
                                  * 0: no markup tells them apart */
    bool judged;                 /* a model was asked: .judged of the blocks tells what it said */
    const struct ocs_site *site; /* what is known of other pages of the site, or NULL */
    uint32_t site_pages;         /* how many other pages that is from */
    bool keep_all; /* the text is of all blocks but empty ones, whatever their roles */
};

static inline ocs_str ocs_block_text(const ocs_blocks *blocks, const ocs_block *block)
{
    return ocs_str_sub(blocks->text, block->at.from, block->at.to);
}

/* Give a block its role; ${reason} is a static string. */
static inline void ocs_block_give(ocs_block *block, ocs_block_role role, const char *reason)
{
    block->role = (uint8_t)role;
    block->reason = reason;
}

/* At most a third of its words are links. */
static inline bool ocs_block_unlinked(const ocs_block *block)
{
    return block->links * 3 < block->words;
}

/* The text behind the bullet. */
static inline ocs_str ocs_block_words(const ocs_blocks *blocks, const ocs_block *block)
{
    return ocs_str_sub(blocks->text, block->at.from + block->bullet, block->at.to);
}

/* Part of the document's text. */
static inline bool ocs_block_kept(const ocs_blocks *blocks, const ocs_block *block)
{
    bool blank = block->role == OCS_ROLE_EMPTY || block->at.to == block->at.from;
    return ocs_block_role_kept(block->role) || (blocks->keep_all && !blank);
}

/* What both cutters note of a block's text: words, bullet, how it ends. */
void ocs_block_measure(ocs_block *block, ocs_str text);

/* Cut a text dump at its lines; OCS_LIMIT when the arena is full. */
ocs_status ocs_dump_cut(const ocs_decoded *page, ocs_arena *arena, ocs_blocks *blocks,
                        ocs_error *err) OCS_MUST_CHECK;
/* Cut an HTML page with libxml2's SAX parser. */
ocs_status ocs_html_cut(const ocs_decoded *page, ocs_arena *arena, ocs_blocks *blocks,
                        ocs_error *err) OCS_MUST_CHECK;

/* What roles are given by: knowledge of the world, and shapes of lines (ingest/patterns.h). */
typedef struct ocs_rules {
    const ocs_gaz *gaz;
    struct ocs_patterns *patterns;
} ocs_rules;

/* Give every block its role, with a reason: first by rules, then by the model, which may overrule
 * them about what is content and what is frame, but not about facts.  On OCS_LIMIT of the arena the
 * rules stand. */
void ocs_roles_of_dump(const ocs_rules *rules, ocs_blocks *blocks, ocs_arena *arena);
void ocs_roles_of_html(const ocs_rules *rules, ocs_blocks *blocks, ocs_arena *arena);
/* The rules alone, beside which the model was taught. */
void ocs_rules_dump(const ocs_rules *rules, ocs_blocks *blocks);
void ocs_rules_html(const ocs_rules *rules, ocs_blocks *blocks);

/* Steps that both share, in the order in which they run: words of the page's frame; kind and title
 * at the head; labels and their values; entries of a list page; what says the same twice. */
void ocs_roles_frame(const ocs_rules *rules, ocs_blocks *blocks);
void ocs_roles_head(const ocs_gaz *gaz, ocs_blocks *blocks);
void ocs_roles_labels(const ocs_gaz *gaz, ocs_blocks *blocks);
void ocs_roles_list(const ocs_gaz *gaz, ocs_blocks *blocks);
void ocs_roles_repeats(ocs_blocks *blocks);

/* What evidence of other pages of the site changes, where there is some (ingest/site.h): first, in a
 * dump, the lines that are surely frame, so that no rule takes them for a title; last, the verdicts
 * about what is content. */
void ocs_roles_site_head(const ocs_gaz *gaz, ocs_blocks *blocks);
void ocs_roles_site(ocs_blocks *blocks);
/* Entries of a list page by the markup alone: before anything else is decided. */
void ocs_roles_entries(const ocs_gaz *gaz, ocs_blocks *blocks);
/* Whether a title of an entry may have the entry's date beside it: all but a few words are a link. */
bool ocs_block_dated_title(const ocs_block *block);
/* The entry that an element stands in; 0: none. */
uint32_t ocs_entry_of(const ocs_blocks *blocks, uint32_t element);

/* Whether the page declares itself an article (og:type). */
bool ocs_blocks_article(const ocs_blocks *blocks);

/* The kind that a short line names: "Press release", "News Item 5 February 2020", "Home > News";
 * NULL when it names none. */
const ocs_gaz_thing *ocs_kind_in_line(const ocs_gaz *gaz, ocs_str line);

/* Long enough, or ending like a sentence, to be running text. */
bool ocs_block_prose(const ocs_block *block);

/* Whether the name of a file says that it is HTML. */
bool ocs_named_like_html(ocs_str path);
/* Whether the bytes are HTML rather than a text dump: tags that only a page has near its start. */
bool ocs_looks_like_html(ocs_str raw);

#endif
