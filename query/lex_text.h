/* Characters and runs of a query, for the files of the lexer.  Private to query/lex*.c. */
#ifndef OCS_QUERY_LEX_TEXT_H
#define OCS_QUERY_LEX_TEXT_H

#include "query/lex.h"

static inline bool word_point(uint32_t point)
{
    return ocs_point_letter(point) || ocs_point_digit(point);
}

/* Quotation marks that text editors make of ". */
static inline bool curly_quote(uint32_t point)
{
    return (point >= 0x201C && point <= 0x201F) || point == 0xAB || point == 0xBB;
}

static inline bool quote(uint32_t point)
{
    return point == '"' || curly_quote(point);
}

static inline bool ends_run(uint32_t point)
{
    return ocs_point_space(point) || point == '(' || point == ')' || quote(point);
}

/* The code point at ${at} and its length; 0 and 0 at the end. */
static inline size_t point_at(ocs_str text, size_t at, uint32_t *point)
{
    *point = 0;
    return at < text.n ? ocs_utf8_at(text, at, point) : 0;
}

static inline bool word_at(ocs_str text, size_t at)
{
    uint32_t point;
    return point_at(text, at, &point) > 0 && word_point(point);
}

static inline bool space_or_end_at(ocs_str text, size_t at)
{
    uint32_t point;
    return point_at(text, at, &point) == 0 || ocs_point_space(point);
}

static inline bool has_word(ocs_str text)
{
    uint32_t point;
    for (size_t at = 0; at < text.n; at += ocs_utf8_at(text, at, &point))
        if (word_at(text, at))
            return true;
    return false;
}

static inline size_t run_end(ocs_str query, size_t at)
{
    uint32_t point;
    size_t n;
    while ((n = point_at(query, at, &point)) > 0 && !ends_run(point))
        at += n;
    return at;
}

/* The end of ${span} without what is no letter or digit. */
static inline size_t trimmed_end(ocs_str query, ocs_span span)
{
    size_t end = span.to;
    while (end > span.from) {
        uint32_t point;
        size_t n = ocs_utf8_before(query, end, &point);
        if (word_point(point))
            break;
        end -= n;
    }
    return end;
}

static inline size_t trimmed_start(ocs_str query, ocs_span span)
{
    uint32_t point;
    size_t at = span.from;
    while (at < span.to && !word_at(query, at))
        at += ocs_utf8_at(query, at, &point);
    return at;
}

static inline ocs_str slice(ocs_str query, ocs_span span)
{
    return ocs_str_sub(query, span.from, span.to);
}
/* The colon behind a word of letters at ${run}'s start; run.to when it does not begin so. */
static inline size_t field_colon(ocs_str query, ocs_span run)
{
    uint32_t point;
    size_t at = run.from, n;
    while ((n = point_at(query, at, &point)) > 0 && at < run.to && ocs_point_letter(point))
        at += n;
    return at > run.from && at < run.to && query.p[at] == ':' ? at : run.to;
}

/* ---- query/lex_value.c ---- */

/* Set text, wildcard and fuzzy of ${lexeme} from ${run}, whose start is a letter, a digit or a *. */
ocs_status ocs_lex_take_text(ocs_str query, ocs_span run, ocs_lexeme *lexeme,
                             ocs_error *err) OCS_MUST_CHECK;
/* Set text from the quote at lexer->at and go behind it. */
ocs_status ocs_lex_take_quoted(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err) OCS_MUST_CHECK;
/* The value at lexer->at of the field in ${lexeme}, and the @ behind it. */
ocs_status ocs_lex_take_value(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err) OCS_MUST_CHECK;
/* Whether "@org:" or the like stands at ${at}. */
bool ocs_lex_at_field(ocs_str query, size_t at);
/* Whether two letters or digits are the first of ${word}. */
bool ocs_lex_two_letters(ocs_str word);

#endif
