/* The last word on content and frame: rules first, then the model, which may overrule them about
 * text, but not about facts (title, kind, labels, dates) nor about what is said twice. */
#include "ingest/judge.h"
#include "ingest/judge_dump.h"

static const float AGAINST_EMPTY = 0.3f; /* least, to find content where the rules find none */

enum {
    WORDS_AGAINST_EMPTY = 25, /* that are no links, likewise */
    MENU_LINE_WORDS = 5,
    MENU_LINES = 15,
    MENU_PER_CENT = 30,
    PROSE_WORDS = 12,
    KIND_LINES = 3,  /* most, from a kind down to its title */
    HEAD_LINES = 10, /* short lines above the prose that are a menu */
    FRAME_LINES = 3  /* lines in words of a frame */
};

/* Roles that the model may overrule: what is content and what is frame, not what is a fact. */
static bool open_to_judgement(const ocs_block *b)
{
    switch (b->role) {
    case OCS_ROLE_BODY:
    case OCS_ROLE_MENU:
    case OCS_ROLE_CHROME:
    case OCS_ROLE_CONTACT:
    case OCS_ROLE_CREDIT:
    case OCS_ROLE_RELATED:
        return true;
    default:
        return false;
    }
}

static void obey(ocs_blocks *blocks)
{
    for (size_t i = 0; i < blocks->n; i++) {
        ocs_block *b = &blocks->at[i];
        if (!open_to_judgement(b))
            continue;
        if (b->chosen && b->role != OCS_ROLE_BODY)
            ocs_block_give(b, OCS_ROLE_BODY, "judged content");
        else if (!b->chosen && b->role == OCS_ROLE_BODY)
            ocs_block_give(b, OCS_ROLE_CHROME, "judged frame");
    }
}

/* Whether to follow the model: it chose something, and where the rules found a page of navigation
 * only it must have found text. */
static bool convincing(const ocs_blocks *blocks)
{
    bool chosen = false, body = false;
    uint64_t sure = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        chosen = chosen || (b->chosen && open_to_judgement(b));
        body = body || b->role == OCS_ROLE_BODY;
        sure += b->judged > AGAINST_EMPTY && ocs_block_unlinked(b) ? b->words : 0;
    }
    return chosen && (body || sure >= WORDS_AGAINST_EMPTY);
}

void ocs_roles_of_html(const ocs_rules *rules, ocs_blocks *blocks, ocs_arena *arena)
{
    ocs_rules_html(rules, blocks);
    if (blocks->list || !ocs_judge(&ocs_model_html, blocks, arena) || !convincing(blocks))
        return;
    obey(blocks);
    ocs_roles_repeats(blocks);
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

/* On a page of unknown make the rules take a word of its menu for the kind, and the line below for the
 * title: these stand only where the judgement finds them above the text.  A headline becomes the
 * title. */
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
        !ocs_judge_dump(&ocs_model_dump, blocks, arena, &headline) || !convincing(blocks))
        return;
    obey(blocks);
    give_title(blocks, headline);
    ocs_roles_repeats(blocks);
}
