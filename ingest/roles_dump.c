/* Roles in a text dump.  The navigation is found as a run of entries and headings of which many are
 * known menu words; the whole run is taken, so that an unfolded part with unknown names goes, too,
 * while the bullets of a report stay: they are long, or they end like sentences, or nothing of them
 * is in the menu's vocabulary. */
#include "ingest/block.h"

enum { RUN_MIN = 6, SHORT_WORDS = 14, STRAY_LINES = 4, STRAY_WORDS = 5 };

enum {
    MENU = 1 << OCS_GAZ_MENU,
    NAMES = 1 << OCS_GAZ_COUNTRY | 1 << OCS_GAZ_TOPIC | 1 << OCS_GAZ_ORG | 1 << OCS_GAZ_CHROME
};

/* Words that the site's navigation is made of. */
static bool menu_words(const ocs_gaz *gaz, const ocs_blocks *blocks, const ocs_block *b)
{
    if (b->words == 0 || b->words > 20 || b->colon)
        return false;
    unsigned tables = MENU;
    if (!b->sentence) /* "What is the OSCE?" is in the menu */
        tables |= NAMES;
    return ocs_gaz_find_any(gaz, tables, ocs_block_words(blocks, b)) != NULL;
}

static bool could_be_menu(const ocs_block *b)
{
    return b->kind == OCS_BLOCK_DASH ||
           (b->kind == OCS_BLOCK_ENTRY && b->words <= 24 && !b->sentence && !b->colon);
}

/* Does block ${i} go on with the run?  A plain line does only if it is a menu's heading between
 * entries. */
static bool in_run(const ocs_gaz *gaz, const ocs_blocks *blocks, size_t i)
{
    const ocs_block *b = &blocks->at[i];
    if (could_be_menu(b))
        return true;
    bool heading = b->kind == OCS_BLOCK_LINE && i > 0 && blocks->at[i - 1].kind == OCS_BLOCK_DASH;
    return (heading || b->kind == OCS_BLOCK_ENTRY) && menu_words(gaz, blocks, b);
}

/* The end of the run of menu-like lines from ${i}. */
static size_t run_end(const ocs_gaz *gaz, const ocs_blocks *blocks, size_t i)
{
    while (i < blocks->n && in_run(gaz, blocks, i))
        i++;
    return i;
}

static void mark_navigation(const ocs_gaz *gaz, ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n;) {
        size_t end = run_end(gaz, blocks, i), known = 0, dashes = 0;
        for (size_t k = i; k < end && end - i >= RUN_MIN; k++) {
            known += menu_words(gaz, blocks, &blocks->at[k]);
            dashes += blocks->at[k].kind == OCS_BLOCK_DASH;
        }
        if (end - i >= RUN_MIN && known * 2 >= end - i - dashes) {
            for (size_t k = i; k < end; k++)
                ocs_block_give(&blocks->at[k], OCS_ROLE_MENU, "run of menu entries");
            blocks->navigated = true;
        }
        i = end > i ? end : i + 1;
    }
}

static bool short_line(const ocs_block *b)
{
    return b->words <= STRAY_WORDS && !b->sentence && !b->colon;
}

static size_t first_prose(const ocs_blocks *blocks)
{
    size_t i = 0;
    while (i < blocks->n && !(ocs_block_prose(&blocks->at[i]) && blocks->at[i].words >= 12))
        i++;
    return i;
}

/* Many short lines before the first prose of a page of unknown make: its menu, too.  The last lines
 * before the prose stay, for a title and a date may be among them. */
static void mark_stray_head(ocs_blocks *blocks)
{
    size_t prose = first_prose(blocks), run = 0;
    if (prose >= blocks->n || blocks->navigated)
        return;
    for (size_t i = 0; i < prose; i++)
        run += blocks->at[i].role == OCS_ROLE_UNDECIDED && short_line(&blocks->at[i]);
    if (run < RUN_MIN + STRAY_LINES)
        return;
    for (size_t i = 0; i + STRAY_LINES < prose; i++)
        if (blocks->at[i].role == OCS_ROLE_UNDECIDED && short_line(&blocks->at[i]))
            ocs_block_give(&blocks->at[i], OCS_ROLE_MENU, "short lines at the head");
}

static void mark_stray_tail(ocs_blocks *blocks)
{
    size_t last = blocks->n;
    while (last > 0 &&
           !(ocs_block_prose(&blocks->at[last - 1]) && blocks->at[last - 1].words >= 12))
        last--;
    if (last == 0 || blocks->n - last < RUN_MIN)
        return;
    size_t listed = 0;
    for (size_t i = last; i < blocks->n; i++)
        listed += blocks->at[i].words > STRAY_WORDS;
    if (listed * 3 > blocks->n - last)
        return; /* a list of real entries */
    for (size_t i = last; i < blocks->n; i++)
        if (blocks->at[i].role == OCS_ROLE_UNDECIDED && short_line(&blocks->at[i]))
            ocs_block_give(&blocks->at[i], OCS_ROLE_CHROME, "short lines at the end");
}

static void rest_is_body(ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n; i++)
        if (blocks->at[i].role == OCS_ROLE_UNDECIDED)
            ocs_block_give(&blocks->at[i], OCS_ROLE_BODY, "text");
}

void ocs_rules_dump(const ocs_rules *rules, ocs_blocks *blocks)
{
    const ocs_gaz *gaz = rules->gaz;
    mark_navigation(gaz, blocks);
    ocs_roles_frame(rules, blocks);
    ocs_roles_head(gaz, blocks);
    ocs_roles_list(gaz, blocks);
    if (!blocks->list)
        ocs_roles_labels(gaz, blocks);
    mark_stray_head(blocks);
    mark_stray_tail(blocks);
    ocs_roles_repeats(blocks);
    rest_is_body(blocks);
}
