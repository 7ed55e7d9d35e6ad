/* The last word on content and frame: rules first, then the model, which may overrule them about
 * text, but not about facts (title, kind, labels, dates) nor about what is said twice. */
#include "ingest/judge.h"

static const float AGAINST_EMPTY = 0.3f; /* least, to find content where the rules find none */

enum {
    WORDS_AGAINST_EMPTY = 25, /* that are no links, likewise */
    MENU_LINE_WORDS = 5,
    MENU_LINES = 15,
    MENU_PER_CENT = 30
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

/* A dump of a page of unknown make: many of its lines are short like a menu's.  The forms that the
 * rules know have their navigation recognised, or have none. */
static bool unknown_make(const ocs_blocks *blocks)
{
    size_t menu_like = 0;
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        menu_like += b->words > 0 && b->words <= MENU_LINE_WORDS && !b->sentence && !b->colon;
    }
    return !blocks->navigated && menu_like >= MENU_LINES &&
           menu_like * 100 >= blocks->n * MENU_PER_CENT;
}

void ocs_roles_of_dump(const ocs_rules *rules, ocs_blocks *blocks, ocs_arena *arena)
{
    ocs_rules_dump(rules, blocks);
    if (blocks->list || !unknown_make(blocks) || !ocs_judge(&ocs_model_dump, blocks, arena) ||
        !convincing(blocks))
        return;
    obey(blocks);
    ocs_roles_repeats(blocks);
}
