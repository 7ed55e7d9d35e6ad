/* One look at what stands next decides: a bracket, a quote, a minus, `=`, or a run of characters up
 * to white space, a bracket or a quote.  A run is an operator, a field with its value, or a word;
 * what is no letter or digit is trimmed off its ends, so that a word's text means the same wherever
 * it is written again. */
#include "query/lex_text.h"

static const ocs_str operator_near = OCS_STR_INIT("NEAR"), operator_adj = OCS_STR_INIT("ADJ");

/* ---- operators ---- */

/* "NEAR", "NEAR/8": whether ${run} is this operator; ${number} gets what stands behind the stroke.
 */
static bool distance_operator(ocs_str run, ocs_str name, ocs_str *number)
{
    *number = (ocs_str){0};
    if (!ocs_str_starts(run, name))
        return false;
    if (run.n == name.n)
        return true;
    *number = ocs_str_sub(run, name.n + 1, run.n);
    return run.p[name.n] == '/';
}

static ocs_status take_distance(ocs_lexeme *lexeme, const char *name, ocs_str number,
                                uint32_t usual, ocs_error *err)
{
    uint32_t value = 0;
    bool good = number.n > 0 && number.n <= 4;
    for (size_t i = 0; good && i < number.n; i++) {
        good = ocs_ascii_digit(number.p[i]);
        value = value * 10 + (uint32_t)(number.p[i] - '0');
    }
    bool plain = lexeme->at.to - lexeme->at.from == strlen(name);
    if (!plain && (!good || value < 1 || value > OCS_QUERY_DISTANCE_MAX))
        return ocs_fail_at(err, OCS_USAGE, (long)(lexeme->at.from + strlen(name) + 1),
                           "%s/ takes a number of words from 1 to %d", name,
                           OCS_QUERY_DISTANCE_MAX);
    lexeme->distance = plain ? usual : value;
    return OCS_OK;
}

static ocs_lexeme_kind operator_of(ocs_str run)
{
    static const struct {
        ocs_str text;
        ocs_lexeme_kind kind;
    } operators[] = {{OCS_STR_INIT("AND"), OCS_LEXEME_AND},
                     {OCS_STR_INIT("OR"), OCS_LEXEME_OR},
                     {OCS_STR_INIT("NOT"), OCS_LEXEME_NOT}};
    ocs_str number;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
        if (ocs_str_eq(run, operators[i].text))
            return operators[i].kind;
    if (distance_operator(run, operator_near, &number))
        return OCS_LEXEME_NEAR;
    return distance_operator(run, operator_adj, &number) ? OCS_LEXEME_ADJ : OCS_LEXEME_WORD;
}

static ocs_status take_operator(ocs_str run, ocs_lexeme *lexeme, ocs_error *err)
{
    ocs_str number;
    if (lexeme->kind == OCS_LEXEME_NEAR) {
        (void)distance_operator(run, operator_near, &number);
        return take_distance(lexeme, "NEAR", number, OCS_QUERY_NEAR, err);
    }
    if (lexeme->kind == OCS_LEXEME_ADJ) {
        (void)distance_operator(run, operator_adj, &number);
        return take_distance(lexeme, "ADJ", number, OCS_QUERY_ADJ, err);
    }
    return OCS_OK;
}

/* SENT and PARA are operators right before a bracket and words elsewhere. */
static ocs_lexeme_kind within_operator(ocs_str query, ocs_span run)
{
    if (run.to == query.n || query.p[run.to] != '(')
        return OCS_LEXEME_WORD;
    if (ocs_str_eq(slice(query, run), OCS_STR("SENT")))
        return OCS_LEXEME_SENT;
    return ocs_str_eq(slice(query, run), OCS_STR("PARA")) ? OCS_LEXEME_PARA : OCS_LEXEME_WORD;
}

/* ---- fields ---- */

/* Can what stands at ${at} be the value of a field that does not exist?  "http://" cannot. */
static bool looks_like_value(ocs_str query, size_t at)
{
    uint32_t point;
    if (point_at(query, at, &point) == 0)
        return false;
    return word_point(point) || quote(point) || point == '(' || point == '*' || point == '[';
}

static ocs_status unknown_field(ocs_str name, size_t at, ocs_error *err)
{
    ocs_field_id guess = ocs_field_guess(name);
    int n = name.n > 40 ? 40 : (int)name.n;
    if (guess != OCS_FIELD_COUNT)
        return ocs_fail_at(err, OCS_USAGE, (long)at, "unknown field '%.*s': did you mean %s?", n,
                           name.p, ocs_field_of((int)guess)->name);
    return ocs_fail_at(err, OCS_USAGE, (long)at,
                       "unknown field '%.*s'; quotes around it make it text", n, name.p);
}

/* ---- the lexer ---- */

/* Does a lexeme begin at ${at}, or is this punctuation to be skipped? */
static bool begins(ocs_str query, size_t at)
{
    uint32_t point;
    size_t n = point_at(query, at, &point);
    if (point == '-')
        return !space_or_end_at(query, at + n) && query.p[at + n] != '-';
    if (point == '=') {
        uint32_t after;
        return point_at(query, at + n, &after) > 0 && (word_point(after) || quote(after));
    }
    return word_point(point) || point == '(' || point == ')' || point == '*' || quote(point) ||
           ocs_lex_at_field(query, at);
}

static void skip(ocs_lexer *lexer)
{
    uint32_t point;
    while (lexer->at < lexer->query.n && !begins(lexer->query, lexer->at))
        lexer->at += ocs_utf8_at(lexer->query, lexer->at, &point);
}

static ocs_status single(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_lexeme_kind kind)
{
    lexeme->kind = kind;
    lexer->at++;
    lexeme->at.to = lexer->at;
    return OCS_OK;
}

static ocs_status take_exact(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err)
{
    ocs_str query = lexer->query;
    ocs_span run = {lexer->at + 1, run_end(query, lexer->at + 1)};
    if (!word_at(query, run.from))
        return ocs_fail_at(err, OCS_USAGE, (long)lexer->at,
                           "= stands before a word; a phrase is never stemmed");
    lexeme->kind = OCS_LEXEME_WORD;
    lexeme->exact = true;
    lexer->at = lexeme->at.to = run.to;
    ocs_status st = ocs_lex_take_text(query, run, lexeme, err);
    bool inner = ocs_str_find_char(lexeme->text, '*', 0) < lexeme->text.n;
    if (st == OCS_OK && (lexeme->wildcard || inner || lexeme->fuzzy > 0))
        return ocs_fail_at(err, OCS_USAGE, (long)(lexeme->text_at + lexeme->text.n),
                           "a word is either =exact or a wildcard* or fuzzy~");
    return st;
}

static ocs_status take_word(ocs_lexer *lexer, ocs_span run, ocs_lexeme *lexeme, ocs_error *err)
{
    lexeme->kind = OCS_LEXEME_WORD;
    lexer->at = lexeme->at.to = run.to;
    ocs_status st = ocs_lex_take_text(lexer->query, run, lexeme, err);
    if (st != OCS_OK)
        return st;
    bool wild = lexeme->wildcard || ocs_lex_pattern(lexeme->text);
    if (wild && !ocs_lex_two_letters(lexeme->text))
        return ocs_fail_at(err, OCS_USAGE, (long)run.from,
                           "a wildcard needs two letters before it");
    /* "OR," is the word: quoted, so that it stays one when it is printed */
    if (operator_of(lexeme->text) != OCS_LEXEME_WORD && !lexeme->wildcard && lexeme->fuzzy == 0)
        lexeme->kind = OCS_LEXEME_PHRASE;
    return OCS_OK;
}

static ocs_status take_field(ocs_lexer *lexer, ocs_span name, ocs_lexeme *lexeme, ocs_error *err)
{
    lexeme->kind = OCS_LEXEME_FIELD;
    lexeme->field = (int)ocs_field_find(slice(lexer->query, name));
    if (lexeme->field == OCS_FIELD_COUNT)
        return unknown_field(slice(lexer->query, name), name.from, err);
    lexer->at = lexeme->at.to = name.to + 1;
    return ocs_lex_take_value(lexer, lexeme, err);
}

static ocs_status take_run(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err)
{
    ocs_str query = lexer->query;
    ocs_span run = {lexer->at, run_end(query, lexer->at)};
    lexeme->kind = operator_of(slice(query, run));
    if (lexeme->kind == OCS_LEXEME_WORD)
        lexeme->kind = within_operator(query, run);
    if (lexeme->kind != OCS_LEXEME_WORD) {
        lexer->at = lexeme->at.to = run.to;
        return take_operator(slice(query, run), lexeme, err);
    }
    size_t colon = field_colon(query, run);
    ocs_span name = {run.from, colon};
    if (colon < run.to && (ocs_field_find(slice(query, name)) != OCS_FIELD_COUNT ||
                           looks_like_value(query, colon + 1)))
        return take_field(lexer, name, lexeme, err);
    return take_word(lexer, run, lexeme, err);
}

ocs_status ocs_lex_next(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err)
{
    skip(lexer);
    *lexeme = (ocs_lexeme){.at = {lexer->at, lexer->at}, .text_at = lexer->at};
    uint32_t point;
    if (point_at(lexer->query, lexer->at, &point) == 0)
        return OCS_OK;
    if (point == '(')
        return single(lexer, lexeme, OCS_LEXEME_OPEN);
    if (point == ')')
        return single(lexer, lexeme, OCS_LEXEME_CLOSE);
    if (point == '-')
        return single(lexer, lexeme, OCS_LEXEME_NOT);
    if (point == '=')
        return take_exact(lexer, lexeme, err);
    if (point == '@')
        return ocs_fail_at(err, OCS_USAGE, (long)lexer->at,
                           "an @ stands right behind the value of person: or role:");
    if (quote(point)) {
        lexeme->kind = OCS_LEXEME_PHRASE;
        return ocs_lex_take_quoted(lexer, lexeme, err);
    }
    return take_run(lexer, lexeme, err);
}
