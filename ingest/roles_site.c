/* How evidence of other pages of the site changes verdicts.  A line is common when other pages have
 * it: three of them, or half where fewer are known.  Common lines before and after the page's own
 * prose are frame.  Between its paragraphs a single common line may be a heading of a series
 * ("Summary") or a link that stands on every page ("Read more"), and a common paragraph a standing
 * one; docs/decisions/0014 tells which of them stay.
 *
 * In a dump, where a menu's lines look like any other, short lines of the page's own between lines of
 * the frame are the unfolded part of a menu. */
#include "ingest/block.h"

enum {
    SURELY = 3, /* other pages */
    SHARE_PER_CENT = 50,
    LONG_WORDS = 12,
    COPY_PER_CENT = 60,  /* of the words of long lines common: the page is a copy of one counted */
    RUN = 3,             /* common lines in a row are frame in the midst of prose, too */
    PROSE_PER_CENT = 50, /* of the words kept, for the page to be prose */
    MANY = 6,            /* other pages: surely frame, however much of this page it is */
    PROMOTE = 10,        /* other pages, to overrule the model in a dump of unknown make */
    HEAD_WORDS = 20      /* of a line that is cut before the rules have seen it */
};

static const char COMMON[] = "on other pages of the site";

typedef struct evidence {
    ocs_blocks *blocks;
    uint32_t pages;     /* others */
    uint32_t discount;  /* pages that are taken for copies of this one */
    size_t first, last; /* the page's own prose: [first, last], or first > last */
} evidence;

static bool common(const evidence *e, const ocs_block *b)
{
    if (b->seen <= e->discount)
        return false;
    uint32_t seen = b->seen - e->discount, pages = e->pages - e->discount;
    return seen >= SURELY || seen * 100 >= pages * SHARE_PER_CENT;
}

/* Before the rules nothing is body yet, and everything may be. */
static bool body(const ocs_block *b)
{
    return b->role == OCS_ROLE_BODY || b->role == OCS_ROLE_UNDECIDED;
}

static bool blank(const ocs_block *b)
{
    return b->role == OCS_ROLE_EMPTY || b->words == 0;
}

static bool is_long(const ocs_block *b)
{
    return ocs_block_prose(b) || b->words >= LONG_WORDS;
}

static bool own_prose(const evidence *e, const ocs_block *b)
{
    return body(b) && is_long(b) && !common(e, b);
}

/* ---- copies ---- */

/* Words of the body in lines of ${least} words and more, all and those of common lines; but for lines
 * that so many pages have that they are frame however much of this one they are: copies are not
 * counted. */
static uint64_t count_words(const evidence *e, uint32_t least, uint64_t *known)
{
    uint64_t words = 0;
    *known = 0;
    for (size_t i = 0; i < e->blocks->n; i++) {
        const ocs_block *b = &e->blocks->at[i];
        if (!body(b) || b->words < least || b->seen >= MANY)
            continue;
        words += b->words;
        *known += common(e, b) ? b->words : 0;
    }
    return words;
}

/* By its long lines, or, where it has none, by all. */
static bool mostly_common(const evidence *e)
{
    uint64_t known, words = count_words(e, LONG_WORDS, &known);
    if (words == 0)
        words = count_words(e, 1, &known);
    return words > 0 && known * 100 >= words * COPY_PER_CENT;
}

/* A page that is a copy of another has all its lines there: that one is not counted.  False when the
 * page is then still nothing but what others have: it has no other content, or more copies. */
static bool discount_copies(evidence *e)
{
    if (mostly_common(e))
        e->discount = 1;
    return e->pages > e->discount && (e->discount == 0 || !mostly_common(e));
}

/* ---- common lines ---- */

static void find_own_prose(evidence *e)
{
    e->first = e->blocks->n;
    for (size_t i = 0; i < e->blocks->n; i++) {
        if (!own_prose(e, &e->blocks->at[i]))
            continue;
        if (e->first == e->blocks->n)
            e->first = i;
        e->last = i;
    }
}

/* The end of the run of common lines from ${i}, blank ones among them; ${lines} counts them. */
static size_t run_end(const evidence *e, size_t i, size_t *lines)
{
    *lines = 0;
    while (i < e->blocks->n && (blank(&e->blocks->at[i]) || common(e, &e->blocks->at[i])))
        *lines += !blank(&e->blocks->at[i++]);
    return i;
}

/* In the midst of prose: what is a link, or one of several in a row, goes; prose stays. */
static bool frame_within(const evidence *e, const ocs_block *b, size_t run)
{
    if (is_long(b))
        return false;
    return e->blocks->html ? !ocs_block_unlinked(b) : run >= RUN;
}

static void cut_run(const evidence *e, size_t from, size_t to, size_t run)
{
    for (size_t i = from; i < to; i++) {
        ocs_block *b = &e->blocks->at[i];
        bool within = i > e->first && i < e->last;
        if (body(b) && !blank(b) && (!within || frame_within(e, b, run)))
            ocs_block_give(b, OCS_ROLE_CHROME, COMMON);
    }
}

static void cut_common(const evidence *e)
{
    for (size_t i = 0, run; i < e->blocks->n;) {
        size_t end = run_end(e, i, &run);
        cut_run(e, i, end, run);
        i = end > i ? end : i + 1;
    }
}

/* ---- what stands among them ---- */

static bool is_prose(const ocs_blocks *blocks)
{
    uint64_t words = 0, prose = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        words += body(b) ? b->words : 0;
        prose += body(b) && is_long(b) ? b->words : 0;
    }
    return prose * 100 > words * PROSE_PER_CENT;
}

/* A short line of the page's own that is kept. */
static bool lonely(const evidence *e, const ocs_block *b)
{
    return body(b) && !is_long(b) && !common(e, b);
}

static size_t lonely_end(const evidence *e, size_t i)
{
    while (i < e->blocks->n && (blank(&e->blocks->at[i]) || lonely(e, &e->blocks->at[i])))
        i++;
    return i;
}

static bool common_frame(const evidence *e, const ocs_block *b)
{
    return common(e, b) && (b->role == OCS_ROLE_MENU || b->role == OCS_ROLE_CHROME);
}

/* Whether the run of lonely lines [${from}, ${to}) has the frame on both sides; the page's end is
 * frame when the other side is. */
static bool enclosed(const evidence *e, size_t from, size_t to)
{
    bool before = from > 0 && common_frame(e, &e->blocks->at[from - 1]);
    bool after = to < e->blocks->n && common_frame(e, &e->blocks->at[to]);
    return (before && after) || (before && to == e->blocks->n) || (after && from == 0);
}

static void cut_enclosed(const evidence *e, size_t from, size_t to)
{
    for (size_t i = from; i < to && enclosed(e, from, to); i++)
        if (lonely(e, &e->blocks->at[i]) && !blank(&e->blocks->at[i]))
            ocs_block_give(&e->blocks->at[i], OCS_ROLE_MENU, "among lines of the site");
}

static void cut_all_enclosed(const evidence *e)
{
    for (size_t i = 0; i < e->blocks->n;) {
        size_t end = lonely_end(e, i);
        cut_enclosed(e, i, end);
        i = end > i ? end : i + 1;
    }
}

/* Where many pages are known, prose of the page's own is content, whatever the model made of it. */
static void restore_own(const evidence *e)
{
    for (size_t i = 0; i < e->blocks->n; i++) {
        ocs_block *b = &e->blocks->at[i];
        if (b->role == OCS_ROLE_CHROME && !b->chosen && is_long(b) && !common(e, b))
            ocs_block_give(b, OCS_ROLE_BODY, "on no other page of the site");
    }
}

void ocs_roles_site(ocs_blocks *blocks)
{
    evidence e = {.blocks = blocks, .pages = blocks->site_pages};
    if (e.pages == 0 || blocks->list || !discount_copies(&e))
        return;
    if (!blocks->html && blocks->judged && e.pages - e.discount >= PROMOTE)
        restore_own(&e);
    find_own_prose(&e);
    cut_common(&e);
    if (!blocks->html && is_prose(blocks))
        cut_all_enclosed(&e);
}

/* ---- before the rules ---- */

/* What labels and kinds are told by is for the rules to say, on however many pages it stands. */
static bool may_be_fact(const ocs_gaz *gaz, const ocs_blocks *blocks, size_t i)
{
    const ocs_block *b = &blocks->at[i];
    ocs_str text = ocs_block_words(blocks, b);
    return ocs_str_find_char(text, ':', 0) < text.n || (i > 0 && blocks->at[i - 1].colon) ||
           ocs_kind_in_line(gaz, text) != NULL;
}

/* A line of the frame wherever it stands, or one of several in a row. */
static void mark_run(const evidence *e, const ocs_gaz *gaz, size_t from, size_t to, size_t run)
{
    for (size_t i = from; i < to; i++) {
        ocs_block *b = &e->blocks->at[i];
        bool within = i > e->first && i < e->last;
        if (b->words > 0 && b->words <= HEAD_WORDS && (!within || run >= RUN) &&
            !may_be_fact(gaz, e->blocks, i))
            ocs_block_give(b, OCS_ROLE_MENU, COMMON);
    }
}

/* The unfolded part of a menu before the prose.  The last of such runs is not looked at: the title is
 * in it, with lines of the frame before it and, often, behind it. */
static void mark_unfolded(const evidence *e)
{
    ocs_span run = {0, 0};
    for (size_t i = 0; i < e->first && e->first < e->blocks->n;) {
        size_t end = lonely_end(e, i);
        if (end > i && end <= e->first) {
            cut_enclosed(e, run.from, run.to);
            run = (ocs_span){i, end};
        }
        i = end > i ? end : i + 1;
    }
}

void ocs_roles_site_head(const ocs_gaz *gaz, ocs_blocks *blocks)
{
    /* whether the page is a copy is not known yet */
    evidence e = {.blocks = blocks, .pages = blocks->site_pages, .discount = 1};
    if (e.pages <= e.discount)
        return;
    find_own_prose(&e);
    for (size_t i = 0, run; i < blocks->n;) {
        size_t end = run_end(&e, i, &run);
        mark_run(&e, gaz, i, end, run);
        i = end > i ? end : i + 1;
    }
    mark_unfolded(&e);
}
