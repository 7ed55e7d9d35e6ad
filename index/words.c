/* Tokens become the words that the index counts: "co-" is joined to what follows, positions leap at
 * the end of a line, and every word gets its canonical spelling (index/spelling.c). */
#include "index/schema.h"

/* The token after ${i} that belongs to it as "operation" does to "co-"; NULL when none does. */
static const ocs_token *joined_to(const ocs_tokens *tokens, size_t i)
{
    if (!ocs_str_eq(tokens->at[i].fold, OCS_STR("co")) || i + 1 >= tokens->n)
        return NULL;
    const ocs_token *next = &tokens->at[i + 1];
    bool hyphened = next->gap == OCS_GAP_HYPHEN && !(next->flags & OCS_TOKEN_DIGIT);
    return hyphened ? next : NULL;
}

static ocs_str join(ocs_arena *arena, ocs_str head, ocs_str tail)
{
    char *both = ocs_arena_alloc(arena, head.n + tail.n);
    if (!both)
        return (ocs_str){0};
    memcpy(both, head.p, head.n);
    memcpy(both + head.n, tail.p, tail.n);
    return (ocs_str){both, head.n + tail.n};
}

/* The word that starts at token ${i}, all but its position; returns its number of tokens, 0 when
 * the arena failed. */
static size_t make_word(ocs_arena *arena, const ocs_tokens *tokens, size_t i, ocs_word *word)
{
    const ocs_token *token = &tokens->at[i], *more = joined_to(tokens, i);
    word->token = (uint32_t)i;
    word->at = token->at;
    word->fold = token->fold;
    if (more) {
        word->at.to = more->at.to;
        word->fold = join(arena, token->fold, more->fold);
    }
    word->canonical = ocs_word_canonical(arena, word->fold);
    if (ocs_arena_status(arena) != OCS_OK)
        return 0;
    return more ? 2 : 1;
}

bool ocs_words_of(ocs_arena *arena, ocs_str text, ocs_words *out)
{
    ocs_tokens tokens;
    *out = (ocs_words){0};
    if (!ocs_tokenize(arena, text, &tokens))
        return false;
    out->at = ocs_arena_array(arena, tokens.n, sizeof *out->at);
    if (!out->at)
        return false;
    uint32_t position = 0;
    bool new_line = false;
    for (size_t i = 0, used; i < tokens.n; i += used) {
        new_line |= position > 0 && (tokens.at[i].gap & OCS_GAP_LINE);
        used = 1;
        if (tokens.at[i].fold.n == 0) /* nothing but accents */
            continue;
        position += 1 + (new_line ? (uint32_t)OCS_PARAGRAPH_GAP : 0);
        ocs_word *word = &out->at[out->n];
        if ((used = make_word(arena, &tokens, i, word)) == 0)
            return false;
        word->position = position;
        new_line = false;
        out->n++;
    }
    return true;
}
