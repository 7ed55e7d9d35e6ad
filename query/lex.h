/* Query text into tokens that keep their place.  Private to query/.
 *
 * White space separates.  What carries no letter or digit and no meaning in the language ("&", a
 * dash between spaces) is skipped, as the index skips it. */
#ifndef OCS_QUERY_LEX_H
#define OCS_QUERY_LEX_H

#include "query/fields.h"

enum {
    OCS_QUERY_BYTES = 64 * 1024,
    OCS_QUERY_DISTANCE_MAX = 1000,
    OCS_QUERY_NEAR = 10, /* NEAR without a number */
    OCS_QUERY_ADJ = 1,
    OCS_FUZZY_MAX = 2 /* word~2 */
};

typedef enum ocs_lexeme_kind {
    OCS_LEXEME_END,
    OCS_LEXEME_WORD,   /* text; wildcard, exact, fuzzy */
    OCS_LEXEME_PHRASE, /* text between the quotes */
    OCS_LEXEME_FIELD, /* field, and its value: text, wildcard; a title's value follows as lexemes */
    OCS_LEXEME_OPEN,
    OCS_LEXEME_CLOSE,
    OCS_LEXEME_AND,
    OCS_LEXEME_OR,
    OCS_LEXEME_NOT, /* the word, or a minus */
    OCS_LEXEME_NEAR,
    OCS_LEXEME_ADJ,
    OCS_LEXEME_SENT, /* the word right before a bracket, which comes next */
    OCS_LEXEME_PARA
} ocs_lexeme_kind;

typedef struct ocs_lexeme {
    ocs_lexeme_kind kind;
    ocs_span at;
    ocs_str text; /* borrowed from the query */
    size_t text_at;
    int field;
    bool wildcard; /* a trailing *, which is not in text; for a field with empty text: any */
    bool exact;
    unsigned fuzzy; /* ~1, ~2: so many letters may differ */
    bool held;      /* of a field: an @ follows, and then the field that says whose office it is */
    uint32_t distance;
} ocs_lexeme;

typedef struct ocs_lexer {
    ocs_str query;
    size_t at;
} ocs_lexer;

/* The next lexeme; OCS_LEXEME_END again and again at the end.  OCS_USAGE with the place of what is
 * wrong.  ${lexer->query} must be well-formed UTF-8. */
ocs_status ocs_lex_next(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err) OCS_MUST_CHECK;

/* Letters, digits, question marks and stars only, and at least one of the marks: then each ? stands
 * for one letter or digit, each * for any number of them (query/wild.c).  "a/b?c" is none. */
bool ocs_lex_pattern(ocs_str word);
/* How many bytes stand before the first ? or *. */
size_t ocs_lex_head(ocs_str wildcard);
/* Whether ${word} is what ${wildcard} stands for; ${open}: more may follow. */
bool ocs_lex_fits(ocs_str wildcard, bool open, ocs_str word);
/* Whether ${run}, a part of a quoted text between spaces, holds a wildcard: its text without what
 * stands around it goes into ${core}, a final star included. */
bool ocs_lex_quoted_pattern(ocs_str run, ocs_str *core);

/* Whether a field's value can be written without quotes and be read as the same again. */
bool ocs_lex_plain_value(ocs_value_form form, ocs_str value);

#endif
