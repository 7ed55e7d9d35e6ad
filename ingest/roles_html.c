/* Roles in an HTML page.  Elements whose names say that they are navigation, footer, sharing and
 * the like are out, unless they hold the page's prose after all (names lie).  Among the rest the
 * smallest element with most of the prose is taken for the content; what stands outside it goes,
 * and inside it what is nearly all links.  A page without prose keeps whatever is not out by name.
 */
#include "ingest/block.h"

#include <strings.h>

enum { MAIN_SHARE = 70, LIAR_SHARE = 40, LINK_SHARE = 60 }; /* per cent */

typedef struct view {
    const ocs_gaz *gaz;
    ocs_blocks *blocks;
    uint32_t main;  /* element that holds the content */
    uint32_t prose; /* bytes of prose on the page, outside bad elements */
} view;

static const ocs_element *element(const view *v, uint32_t i)
{
    return &v->blocks->elements[i];
}

/* ---- names ---- */

enum {
    BAD_MARKS = OCS_MARK_NAV | OCS_MARK_FOOTER | OCS_MARK_ASIDE | OCS_MARK_FORM | OCS_MARK_SHARE |
                OCS_MARK_RELATED | OCS_MARK_COOKIE | OCS_MARK_COMMENT | OCS_MARK_CONTACT |
                OCS_MARK_HIDDEN | OCS_MARK_HEADER
};

static bool holds_most(const ocs_element *e, const ocs_element *root, unsigned share)
{
    return root->prose > 0 && (uint64_t)e->prose * 100 >= (uint64_t)root->prose * share;
}

/* The bad marks of an element that are to be believed. */
static uint32_t believed(const view *v, uint32_t i)
{
    const ocs_element *e = element(v, i), *root = element(v, 0);
    if (i == 0 || strcasecmp(e->tag, "body") == 0 || strcasecmp(e->tag, "html") == 0)
        return 0;
    uint32_t bad = e->marks & BAD_MARKS;
    if (!bad || holds_most(e, root, LIAR_SHARE))
        return 0;
    if ((e->marks & (OCS_MARK_CONTENT | OCS_MARK_TITLE)) &&
        !(bad & (OCS_MARK_NAV | OCS_MARK_HIDDEN)))
        bad &= ~(uint32_t)(OCS_MARK_RELATED | OCS_MARK_HEADER);
    return bad;
}

static uint32_t bad_above(const view *v, uint32_t i)
{
    for (; i != 0; i = element(v, i)->parent) {
        uint32_t bad = believed(v, i);
        if (bad)
            return bad;
    }
    return 0;
}

static bool marked_above(const view *v, uint32_t i, uint32_t marks, unsigned levels)
{
    for (; i != 0 && levels > 0; i = element(v, i)->parent, levels--)
        if (element(v, i)->marks & marks)
            return true;
    return false;
}

static bool within(const view *v, uint32_t i, uint32_t ancestor)
{
    for (;; i = element(v, i)->parent) {
        if (i == ancestor)
            return true;
        if (i == 0)
            return false;
    }
}

typedef struct bad_name {
    uint32_t mark;
    ocs_block_role role;
    const char *reason;
} bad_name;

static void drop_by_name(ocs_block *b, uint32_t bad)
{
    static const bad_name names[] = {
        {OCS_MARK_HIDDEN, OCS_ROLE_CHROME, "hidden"},
        {OCS_MARK_NAV, OCS_ROLE_MENU, "navigation by name"},
        {OCS_MARK_COOKIE, OCS_ROLE_CHROME, "cookies or dialog"},
        {OCS_MARK_SHARE, OCS_ROLE_CHROME, "sharing"},
        {OCS_MARK_FOOTER, OCS_ROLE_CHROME, "footer"},
        {OCS_MARK_FORM, OCS_ROLE_CHROME, "form"},
        {OCS_MARK_COMMENT, OCS_ROLE_CHROME, "comments"},
        {OCS_MARK_RELATED, OCS_ROLE_RELATED, "related by name"},
        {OCS_MARK_CONTACT, OCS_ROLE_CONTACT, "contact by name"},
        {OCS_MARK_ASIDE, OCS_ROLE_RELATED, "aside"},
        {OCS_MARK_HEADER, OCS_ROLE_CHROME, "page header"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (bad & names[i].mark) {
            ocs_block_give(b, names[i].role, names[i].reason);
            return;
        }
}

static void mark_bad_names(const view *v)
{
    for (size_t i = 0; i < v->blocks->n; i++) {
        ocs_block *b = &v->blocks->at[i];
        uint32_t bad = bad_above(v, b->element);
        bool heading = b->kind == OCS_BLOCK_HEADING && b->level == 1;
        if (bad == OCS_MARK_HEADER && heading)
            continue; /* the title may stand in the page's header */
        if (bad && b->role == OCS_ROLE_UNDECIDED)
            drop_by_name(b, bad);
    }
}

/* ---- the content ---- */

static bool undecided(const ocs_block *b)
{
    return b->role == OCS_ROLE_UNDECIDED;
}

static bool counts_as_prose(const ocs_block *b)
{
    return undecided(b) && b->words >= 12 && b->links * 3 < b->words;
}

/* Down from the root into the child that still holds enough of the prose. */
static void find_main(view *v)
{
    ocs_blocks *blocks = v->blocks;
    for (size_t i = 0; i < blocks->n_elements; i++)
        blocks->elements[i].prose = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        if (!counts_as_prose(b))
            continue;
        uint32_t bytes = (uint32_t)(b->at.to - b->at.from);
        v->prose += bytes;
        for (uint32_t e = b->element;; e = blocks->elements[e].parent) {
            blocks->elements[e].prose += bytes;
            if (e == 0)
                break;
        }
    }
    uint32_t depth = 0;
    for (uint32_t i = 0; i < blocks->n_elements && v->prose > 0; i++) {
        const ocs_element *e = element(v, i);
        if ((uint64_t)e->prose * 100 >= (uint64_t)v->prose * MAIN_SHARE && e->depth >= depth &&
            strcasecmp(e->tag, "p") != 0) {
            v->main = i;
            depth = e->depth;
        }
    }
}

static bool mostly_links(const ocs_block *b)
{
    return b->words > 0 && b->links * 100 >= b->words * LINK_SHARE && b->words < 20;
}

/* ---- title ---- */

/* How well a heading agrees with what the page's head says the title is: the shared start. */
static size_t agreement(const ocs_blocks *blocks, ocs_str text)
{
    size_t best = 0;
    for (size_t i = 0; i < blocks->n_hints; i++) {
        const ocs_hint *h = &blocks->hints[i];
        if (h->about != OCS_HINT_TITLE)
            continue;
        if (ocs_str_find(h->value, text, 0) < h->value.n || ocs_str_eq(h->value, text))
            return text.n;
        size_t n = 0;
        while (n < text.n && n < h->value.n && text.p[n] == h->value.p[n])
            n++;
        best = n > best ? n : best;
    }
    return best;
}

/* The last heading before the content, where none agrees with the page's head. */
static ocs_block *heading_before_main(const view *v)
{
    ocs_block *last = NULL;
    for (size_t i = 0; i < v->blocks->n && v->prose > 0; i++) {
        ocs_block *b = &v->blocks->at[i];
        if (undecided(b) && b->kind == OCS_BLOCK_HEADING && b->words >= 2 && b->words <= 60)
            last = b;
        if (within(v, b->element, v->main) && counts_as_prose(b))
            return last;
    }
    return NULL;
}

static void mark_title(const view *v)
{
    ocs_block *best = NULL;
    size_t best_score = 0;
    for (size_t i = 0; i < v->blocks->n; i++) {
        ocs_block *b = &v->blocks->at[i];
        if (!undecided(b) || b->kind != OCS_BLOCK_HEADING || b->level > 2 || b->words > 60)
            continue;
        ocs_str text = ocs_block_text(v->blocks, b);
        size_t score =
            agreement(v->blocks, text) * 4 / (text.n ? text.n : 1) + (b->level == 1 ? 3 : 0);
        if (score > best_score && score >= 3) {
            best = b;
            best_score = score;
        }
    }
    if (!best)
        best = heading_before_main(v);
    if (best)
        ocs_block_give(best, OCS_ROLE_TITLE, "heading of the page");
}

static bool has_title(const ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n; i++)
        if (blocks->at[i].role == OCS_ROLE_TITLE)
            return true;
    return false;
}

/* Dates by class name count only where the page itself is, not its frame. */
static void trust_hints(const view *v)
{
    for (size_t i = 0; i < v->blocks->n_hints; i++) {
        ocs_hint *h = &v->blocks->hints[i];
        if (h->element != 0 && bad_above(v, h->element))
            h->trust = 0;
    }
}

/* Blocks between the title and the content hold the facts: labels, the date, the kind. */
static void mark_by_place(const view *v)
{
    size_t title = v->blocks->n, first = v->blocks->n;
    for (size_t i = 0; i < v->blocks->n; i++) {
        if (v->blocks->at[i].role == OCS_ROLE_TITLE)
            title = i;
        if (first == v->blocks->n && within(v, v->blocks->at[i].element, v->main) &&
            counts_as_prose(&v->blocks->at[i]))
            first = i;
    }
    for (size_t i = 0; i < v->blocks->n; i++) {
        ocs_block *b = &v->blocks->at[i];
        bool between = i > title && i < first && b->words <= 40;
        if (!undecided(b))
            continue;
        if (v->prose > 0 && !within(v, b->element, v->main) && !between)
            ocs_block_give(b, OCS_ROLE_CHROME, "outside the content");
        else if (b->kind == OCS_BLOCK_CONTROL)
            ocs_block_give(b, OCS_ROLE_CHROME, "part of a form");
        else if (marked_above(v, b->element, OCS_MARK_CAPTION, 2))
            ocs_block_give(b, OCS_ROLE_CREDIT, "caption");
        else if (!between && mostly_links(b) && b->kind != OCS_BLOCK_PARAGRAPH &&
                 !marked_above(v, b->element, OCS_MARK_LIST_ITEM | OCS_MARK_TITLE, 4))
            ocs_block_give(b, OCS_ROLE_RELATED, "nearly all links");
    }
}

/* What is left between title and content after labels and kind were read is a date or frame. */
static void clear_between(const view *v)
{
    for (size_t i = 0; i < v->blocks->n; i++) {
        ocs_block *b = &v->blocks->at[i];
        if (!undecided(b) || v->prose == 0 || within(v, b->element, v->main) || ocs_block_prose(b))
            continue;
        bool digits = false;
        ocs_str text = ocs_block_text(v->blocks, b);
        for (size_t c = 0; c < text.n; c++)
            digits = digits || ocs_ascii_digit(text.p[c]);
        ocs_block_give(b, digits && b->words <= 8 ? OCS_ROLE_DATE : OCS_ROLE_CHROME,
                       "between title and content");
    }
}

/* A kind stands above the title or right under it, alone on its line. */
static void mark_kind(const view *v)
{
    size_t title = 0;
    while (title < v->blocks->n && v->blocks->at[title].role != OCS_ROLE_TITLE)
        title++;
    size_t from = title < v->blocks->n && title > 4 ? title - 4 : 0;
    for (size_t i = from; i < v->blocks->n && i <= title + 3; i++) {
        ocs_block *b = &v->blocks->at[i];
        if (undecided(b) && b->words <= 8 && b->words > 0 &&
            ocs_kind_in_line(v->gaz, ocs_block_text(v->blocks, b))) {
            ocs_block_give(b, OCS_ROLE_KIND, "names a kind of page");
            return;
        }
    }
}

static void rest_is_body(const view *v)
{
    for (size_t i = 0; i < v->blocks->n; i++)
        if (undecided(&v->blocks->at[i]))
            ocs_block_give(&v->blocks->at[i], OCS_ROLE_BODY, "content");
}

void ocs_rules_html(const ocs_rules *rules, ocs_blocks *blocks)
{
    const ocs_gaz *gaz = rules->gaz;
    view v = {.gaz = gaz, .blocks = blocks};
    ocs_roles_entries(gaz, blocks);
    mark_bad_names(&v);
    ocs_roles_frame(rules, blocks);
    find_main(&v);
    if (!has_title(blocks)) /* of a list it is known */
        mark_title(&v);
    mark_kind(&v);
    mark_by_place(&v);
    trust_hints(&v);
    ocs_roles_list(gaz, blocks);
    if (!blocks->list)
        ocs_roles_labels(gaz, blocks);
    clear_between(&v);
    ocs_roles_repeats(blocks);
    rest_is_body(&v);
}
