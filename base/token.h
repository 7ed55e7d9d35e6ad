/* Words.  One tokenizer for the gazetteer, the entity rules, the index and the query, so that they
 * cannot drift apart.
 *
 * A token is a run of letters and digits (with combining marks and invisible characters inside).
 * Letters joined by full stops ("U.S.", "a.i.") are one token whose folded form has none.  An
 * English possessive ("'s" or "’s" after a letter) belongs to the token before it: it is in .at but
 * not in .fold.  A final full stop after an abbreviation of single letters is in .at, too.  Any
 * other character separates. */
#ifndef OCS_BASE_TOKEN_H
#define OCS_BASE_TOKEN_H

#include "base/text.h"

typedef enum ocs_token_flag {
    OCS_TOKEN_UPPER = 1 << 0,      /* starts with an upper-case letter */
    OCS_TOKEN_CAPS = 1 << 1,       /* two letters or more, all upper case */
    OCS_TOKEN_DIGIT = 1 << 2,      /* starts with a digit */
    OCS_TOKEN_NUMBER = 1 << 3,     /* digits only */
    OCS_TOKEN_POSSESSIVE = 1 << 4, /* carries 's */
    OCS_TOKEN_DOTTED = 1 << 5,     /* letters joined by full stops */
    OCS_TOKEN_CYRILLIC = 1 << 6,
    OCS_TOKEN_LATIN = 1 << 7
} ocs_token_flag;

/* What stands between a token and the one before it: a set of these.  0 means that they touch
 * (a token cut at OCS_TOKEN_MAX, or letters after an apostrophe); OCS_GAP_HYPHEN alone means a
 * hyphen without spaces. */
typedef enum ocs_gap {
    OCS_GAP_SPACE = 1 << 0,
    OCS_GAP_HYPHEN = 1 << 1, /* - U+2010 U+2011 */
    OCS_GAP_SLASH = 1 << 2,
    OCS_GAP_COMMA = 1 << 3,
    OCS_GAP_STOP = 1 << 4,  /* . ! ? : ; */
    OCS_GAP_OPEN = 1 << 5,  /* an opening bracket or any quotation mark */
    OCS_GAP_OTHER = 1 << 6, /* any other character: dashes, closing brackets, & */
    OCS_GAP_LINE = 1 << 7   /* a line feed, or the start of the text */
} ocs_gap;

typedef struct ocs_token {
    ocs_span at;    /* in the text, with possessive */
    uint32_t word;  /* end of the word itself (without possessive), in the text */
    uint8_t flags;  /* ocs_token_flag */
    uint8_t gap;     /* ocs_gap before it */
    uint16_t points; /* code points in the word */
    ocs_str fold;   /* folded word, in the arena or in the text itself */
    uint64_t hash;  /* ocs_hash(fold) */
} ocs_token;

typedef struct ocs_tokens {
    ocs_token *at;
    size_t n;
} ocs_tokens;

/* All tokens of ${text}, which must stay while they are used.  A token longer than
 * OCS_TOKEN_MAX bytes is cut there and goes on as the next token.  False when the arena failed. */
enum { OCS_TOKEN_MAX = 1024 };
bool ocs_tokenize(ocs_arena *arena, ocs_str text, ocs_tokens *out);

#endif
