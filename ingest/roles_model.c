/* The last word on content and frame: rules first, then the model, which may overrule them about
 * text, but not about facts (title, kind, labels, dates) nor about what is said twice. */
#include "ingest/judge.h"
#include "ingest/judge_dump.h"

enum {
    MENU_LINE_WORDS = 5,
    MENU_LINES = 15,
    MENU_PER_CENT = 30,
    PROSE_WORDS = 12,
    KIND_LINES = 3,  /* most, from a kind down to its title */
    HEAD_LINES = 10, /* short lines above the prose that are a menu */
    FRAME_LINES = 3  /* lines in words of a frame */
};

void ocs_roles_of_html(const ocs_rules *rules, ocs_blocks *blocks, ocs_arena *arena)
{
    ocs_rules_html(rules, blocks);
    if (!blocks->list && ocs_judge(&ocs_model_html, &ocs_model_html_second, blocks, arena))
        (void)ocs_judge_roles(blocks); /* or the rules stand */
}

static bool menu_like(const ocs_block *b)
{
    return b->words > 0 && b->words <= MENU_LINE_WORDS && !b->sentence && !b->colon;
}

/* Menus above the text, or words of a frame anywhere: a report or a programme may have many short
 * lines, too, but they come behind its first words. */
static bool has_frame(const ocs_blocks *blocks)
{
    size_t head = 0, frame = 0;
    bool prose = false;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        prose = prose || (b->words >= PROSE_WORDS && ocs_block_prose(b));
        head += !prose && menu_like(b);
        frame += b->role == OCS_ROLE_CHROME || b->role == OCS_ROLE_CONTACT;
    }
    return head >= HEAD_LINES || frame >= FRAME_LINES;
}

/* A dump of a page of unknown make: many of its lines are short like a menu's.  The forms that the
 * rules know have their navigation recognised, or have none. */
static bool unknown_make(const ocs_blocks *blocks)
{
    size_t lines = 0;
    for (size_t i = 0; i < blocks->n; i++)
        lines += menu_like(&blocks->at[i]);
    return !blocks->navigated && lines >= MENU_LINES && lines * 100 >= blocks->n * MENU_PER_CENT &&
           has_frame(blocks);
}

/* On a page of unknown make the rules take a word of its menu for the kind, and the line below for
 * the title: these stand only where the judgement finds them above the text.  A headline becomes
 * the title. */
static void give_title(ocs_blocks *blocks, size_t headline)
{
    if (headline >= blocks->n)
        return;
    for (size_t i = 0; i < blocks->n; i++) {
        ocs_block *b = &blocks->at[i];
        if (b->role == OCS_ROLE_TITLE || (b->role == OCS_ROLE_KIND && headline - i > KIND_LINES))
            ocs_block_give(b, b->chosen ? OCS_ROLE_BODY : OCS_ROLE_CHROME, "not above the text");
    }
    ocs_block_give(&blocks->at[headline], OCS_ROLE_TITLE, "headline of the judged text");
}

void ocs_roles_of_dump(const ocs_rules *rules, ocs_blocks *blocks, ocs_arena *arena)
{
    size_t headline;
    ocs_rules_dump(rules, blocks);
    if (blocks->list || !unknown_make(blocks) ||
        !ocs_judge_dump(&ocs_model_dump, blocks, arena, &headline) || !ocs_judge_roles(blocks))
        return;
    give_title(blocks, headline);
    ocs_roles_repeats(blocks);
}
