/* Entries of a list page in HTML: elements side by side of which each has a linked title and a date,
 * and beside which the page has next to no prose.  The beginning of an article in an entry makes it
 * no article; so the page is a list, and what is told of one entry is no fact of the page. */
#include "ingest/block.h"
#include "ingest/dates.h"

#include <stdlib.h>

enum {
    ENTRIES_LEAST = 3,
    TITLE_WORDS = 3,
    HEADING_WORDS = 60,
    DATE_WORDS = 16,
    SNIPPET_WORDS = 4,
    BESIDE_WORDS = 6,    /* of a date that stands in the title's line */
    INTRO_WORDS = 40,    /* of text that may stand beside the entries, */
    OUTSIDE_WORDS = 100, /* or where their own text is much longer */
    LEVELS = 40,
    FRAME = OCS_MARK_NAV | OCS_MARK_FOOTER | OCS_MARK_ASIDE | OCS_MARK_COMMENT | OCS_MARK_HIDDEN,
    NO_ENTRY = OCS_MARK_NAV | OCS_MARK_SHARE | OCS_MARK_FORM | OCS_MARK_COMMENT | OCS_MARK_HIDDEN
};

enum { DATED = 1, TITLED = 2 }; /* what an element holds */

typedef struct finder {
    const ocs_gaz *gaz;
    ocs_blocks *blocks;
    ocs_arena *scratch;
    uint8_t *holds;    /* of each element */
    uint32_t *entries; /* of each element: children that are like entries */
    ocs_date *dates;   /* of each block; month 0: it is no date */
} finder;

/* ---- single blocks ---- */

/* A day is never without one. */
static bool has_digit(ocs_str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (ocs_ascii_digit(text.p[i]))
            return true;
    return false;
}

/* "12 April 2023", "Published: 12 April 2023", or a link "5 July 2024 at 5:39 PM, post 2 of 7": short
 * and mostly a day, or a link that begins with one. */
static ocs_date date_of(finder *f, const ocs_block *b)
{
    ocs_date date = {0};
    ocs_span at;
    ocs_str text = ocs_block_text(f->blocks, b);
    if (b->words == 0 || b->words > DATE_WORDS || !has_digit(text) ||
        !ocs_date_read(f->gaz, text, f->scratch, &date, &at) || date.day == 0 ||
        ((at.to - at.from) * 2 < text.n && (at.from > 0 || b->links * 2 <= b->words)))
        date = (ocs_date){0};
    ocs_arena_clear(f->scratch);
    return date;
}

static bool is_title(const ocs_block *b)
{
    bool heading = b->kind == OCS_BLOCK_HEADING && b->words <= HEADING_WORDS;
    return b->words >= TITLE_WORDS && b->links * 2 > b->words && (heading || !b->sentence);
}

bool ocs_block_dated_title(const ocs_block *b)
{
    return b->links >= TITLE_WORDS && b->words <= HEADING_WORDS && b->words > b->links &&
           b->words - b->links <= BESIDE_WORDS;
}

/* "A title 13 February 2017": a link, and beside it a day at an end of the line. */
static bool holds_both(finder *f, const ocs_block *b)
{
    ocs_date date;
    ocs_span at;
    ocs_str text = ocs_block_text(f->blocks, b);
    bool both = ocs_block_dated_title(b) && ocs_date_read(f->gaz, text, f->scratch, &date, &at) &&
                date.day != 0 && (at.from == 0 || at.to + 2 >= text.n);
    ocs_arena_clear(f->scratch);
    return both;
}

static bool is_text(const ocs_block *b)
{
    return ocs_block_prose(b) && ocs_block_unlinked(b);
}

static void note(finder *f, uint32_t element, uint8_t what)
{
    for (uint32_t e = element; !(f->holds[e] & what); e = f->blocks->elements[e].parent)
        f->holds[e] |= what;
}

static void note_blocks(finder *f)
{
    for (size_t i = 0; i < f->blocks->n; i++) {
        const ocs_block *b = &f->blocks->at[i];
        bool both = holds_both(f, b);
        f->dates[i] = both ? (ocs_date){0} : date_of(f, b);
        if (both)
            note(f, b->element, DATED);
        if (f->dates[i].month != 0)
            note(f, b->element, DATED);
        else if (is_title(b))
            note(f, b->element, TITLED);
    }
    for (size_t i = 0; i < f->blocks->n_hints; i++)
        if (f->blocks->hints[i].about == OCS_HINT_DATE && f->blocks->hints[i].element != 0)
            note(f, f->blocks->hints[i].element, DATED);
}

/* ---- the list ---- */

static bool like_entry(const finder *f, uint32_t e)
{
    return e != 0 && f->holds[e] == (DATED | TITLED) &&
           !(f->blocks->elements[e].marks & OCS_MARK_COMMENT);
}

/* The element with most children like entries of one tag; the inner one of two. */
static uint32_t find_list(finder *f)
{
    uint32_t best = 0;
    for (uint32_t e = 1; e < f->blocks->n_elements; e++) {
        uint32_t parent = f->blocks->elements[e].parent;
        if (!like_entry(f, e))
            continue;
        f->entries[parent]++;
        if (f->entries[parent] >= f->entries[best])
            best = parent;
    }
    return f->entries[best] >= ENTRIES_LEAST ? best : 0;
}

static bool marked(const ocs_blocks *blocks, uint32_t e, uint32_t stop, uint32_t marks)
{
    for (unsigned up = 0; e != stop && e != 0 && up < LEVELS; up++) {
        if (blocks->elements[e].marks & marks)
            return true;
        e = blocks->elements[e].parent;
    }
    return false;
}

uint32_t ocs_entry_of(const ocs_blocks *blocks, uint32_t element)
{
    uint32_t e = element;
    while (e > blocks->entries && blocks->elements[e].parent != blocks->entries)
        e = blocks->elements[e].parent;
    return e > blocks->entries ? e : 0;
}

/* The entry that a block stands in and is part of; 0: none. */
static uint32_t entry_of(const finder *f, const ocs_block *b)
{
    uint32_t e = ocs_entry_of(f->blocks, b->element);
    return like_entry(f, e) && !marked(f->blocks, b->element, e, NO_ENTRY) ? e : 0;
}

/* An article with a list of others beneath it has its text outside the entries; a list may have a
 * few lines that introduce it. */
static bool is_most_of_page(const finder *f)
{
    size_t inside = 0, outside = 0;
    for (size_t i = 0; i < f->blocks->n; i++) {
        const ocs_block *b = &f->blocks->at[i];
        if (!is_text(b))
            continue;
        if (entry_of(f, b))
            inside += b->words;
        else if (!marked(f->blocks, b->element, 0, FRAME))
            outside += b->words;
    }
    if (ocs_blocks_article(f->blocks))
        return outside == 0;
    return outside <= INTRO_WORDS || (outside <= OUTSIDE_WORDS && outside * 3 <= inside);
}

/* Its title comes before its text. */
static size_t title_in(const finder *f, size_t from, size_t to)
{
    size_t title = to;
    for (size_t i = from; i < to; i++) {
        const ocs_block *b = &f->blocks->at[i];
        if (is_text(b))
            return title;
        if (!is_title(b) || f->dates[i].month != 0 || !entry_of(f, b))
            continue;
        if (b->kind == OCS_BLOCK_HEADING)
            return i;
        title = title == to ? i : title;
    }
    return title;
}

/* The blocks [from, end) of the entry that starts at ${from}. */
static size_t entry_end(const finder *f, size_t from)
{
    uint32_t entry = ocs_entry_of(f->blocks, f->blocks->at[from].element);
    size_t end = from + 1;
    while (end < f->blocks->n && ocs_entry_of(f->blocks, f->blocks->at[end].element) == entry)
        end++;
    return end;
}

static ocs_date date_in(const finder *f, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (f->dates[i].month != 0)
            return f->dates[i];
    return (ocs_date){0};
}

static int order(ocs_date a, ocs_date b)
{
    int days = (a.year - b.year) * 400 + (a.month - b.month) * 31 + (a.day - b.day);
    return (days > 0) - (days < 0);
}

/* Of what is dated or titled in the list, two of three are both. */
static bool is_regular(const finder *f)
{
    size_t entries = 0, others = 0;
    for (uint32_t e = 1; e < f->blocks->n_elements; e++) {
        if (f->blocks->elements[e].parent != f->blocks->entries)
            continue;
        entries += like_entry(f, e);
        others += f->holds[e] != 0 && !like_entry(f, e);
    }
    return entries >= 2 * others;
}

/* Posts of a thread come in the order of their dates, repeat its title or have none. */
static bool is_thread(const finder *f)
{
    size_t entries = 0, same = 0, untitled = 0, later = 0, earlier = 0;
    ocs_str last = {NULL, 0};
    ocs_date before = {0};
    for (size_t i = 0, end; i < f->blocks->n; i = end) {
        end = i + 1;
        if (!entry_of(f, &f->blocks->at[i]))
            continue;
        end = entry_end(f, i);
        size_t at = title_in(f, i, end);
        ocs_str title = at < end ? ocs_block_text(f->blocks, &f->blocks->at[at]) : last;
        ocs_date date = date_in(f, i, end);
        same += entries > 0 && ocs_str_eq(title, last);
        later += before.month != 0 && date.month != 0 && order(date, before) > 0;
        earlier += before.month != 0 && date.month != 0 && order(date, before) < 0;
        untitled += at == end;
        entries++;
        last = title;
        before = date.month != 0 ? date : before;
    }
    return same * 2 > entries || untitled * 3 > entries || later > earlier;
}

/* ---- roles ---- */

static void give_date(ocs_block *b)
{
    ocs_block_give(b, OCS_ROLE_VALUE, "date of an entry");
    b->fact = OCS_FACT_DATE;
}

static void mark_entry(finder *f, size_t from, size_t to)
{
    size_t title = title_in(f, from, to);
    for (size_t i = from; i < to; i++) {
        ocs_block *b = &f->blocks->at[i];
        if (b->role != OCS_ROLE_UNDECIDED || b->words == 0 || !entry_of(f, b))
            continue;
        if (i == title) {
            ocs_block_give(b, OCS_ROLE_ITEM, "title of an entry");
            b->fact = OCS_FACT_TITLE;
        } else if (f->dates[i].month != 0) {
            give_date(b);
        } else if (b->words <= 4 && ocs_kind_in_line(f->gaz, ocs_block_text(f->blocks, b))) {
            ocs_block_give(b, OCS_ROLE_VALUE, "kind of an entry");
            b->fact = OCS_FACT_KIND;
        } else if (ocs_block_prose(b) || (b->sentence && b->words >= SNIPPET_WORDS)) {
            ocs_block_give(b, OCS_ROLE_BODY, "text of an entry");
        } else if (b->links * 2 > b->words) {
            ocs_block_give(b, OCS_ROLE_RELATED, "link of an entry");
        }
    }
}

/* The last heading above the entries, the main one if there is one. */
static void mark_title(ocs_blocks *blocks, size_t first)
{
    ocs_block *title = NULL;
    for (size_t i = 0; i < first; i++) {
        ocs_block *b = &blocks->at[i];
        if (b->kind != OCS_BLOCK_HEADING || b->level > 2 || b->words == 0 || b->links > 0 ||
            marked(blocks, b->element, 0, FRAME))
            continue;
        if (!title || b->level <= title->level)
            title = b;
    }
    if (title)
        ocs_block_give(title, OCS_ROLE_TITLE, "heading of a list");
}

static void mark_list(finder *f)
{
    size_t first = f->blocks->n;
    for (size_t i = 0, end; i < f->blocks->n; i = end) {
        end = i + 1;
        if (!entry_of(f, &f->blocks->at[i]))
            continue;
        first = first < i ? first : i;
        end = entry_end(f, i);
        mark_entry(f, i, end);
    }
    mark_title(f->blocks, first);
    f->blocks->list = true;
}

/* False when there is no memory for it: the page is no list then. */
static bool prepare(finder *f)
{
    f->scratch = ocs_arena_new(1 << 20);
    f->holds = calloc(f->blocks->n_elements + 1, sizeof *f->holds);
    f->entries = calloc(f->blocks->n_elements + 1, sizeof *f->entries);
    f->dates = calloc(f->blocks->n + 1, sizeof *f->dates);
    return f->scratch && f->holds && f->entries && f->dates;
}

void ocs_roles_entries(const ocs_gaz *gaz, ocs_blocks *blocks)
{
    finder f = {.gaz = gaz, .blocks = blocks};
    if (prepare(&f)) {
        note_blocks(&f);
        blocks->entries = find_list(&f);
        if (blocks->entries != 0 && !marked(blocks, blocks->entries, 0, FRAME) && is_regular(&f) &&
            is_most_of_page(&f) && !is_thread(&f))
            mark_list(&f);
        else
            blocks->entries = 0;
    }
    free(f.dates);
    free(f.entries);
    free(f.holds);
    ocs_arena_free(f.scratch);
}
