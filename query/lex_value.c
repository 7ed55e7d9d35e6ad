/* What stands in words, in quotes and behind the colon of a field: wildcards, ~1, the @ that asks
 * whose office it is, and every way in which these are wrong. */
#include "query/lex_text.h"

/* ---- wildcards and ~ ---- */

bool ocs_lex_two_letters(ocs_str word)
{
    uint32_t point;
    size_t n = point_at(word, 0, &point);
    return n > 0 && word_point(point) && word_at(word, n);
}

/* What stands behind a ~: 1 or 2, or a number that is none of these. */
static ocs_status take_changes(ocs_str digits, size_t tilde, unsigned *most, ocs_error *err)
{
    *most = digits.n == 1 ? (unsigned)(digits.p[0] - '0') : 0;
    if (*most >= 1 && *most <= OCS_FUZZY_MAX)
        return OCS_OK;
    return ocs_fail_at(err, OCS_USAGE, (long)tilde, "~ takes 1 or 2: so many letters may differ");
}

/* Where the "~12" begins that ${run} ends with; its end when there is none. */
static size_t tilde_at(ocs_str query, ocs_span run)
{
    size_t at = run.to;
    while (at > run.from && ocs_ascii_digit(query.p[at - 1]))
        at--;
    return at < run.to && at > run.from && query.p[at - 1] == '~' ? at - 1 : run.to;
}

/* Cut "~1" or "~2", which stands behind a letter or digit, off the end of ${run}. */
static ocs_status take_fuzzy(ocs_str query, ocs_span *run, ocs_lexeme *lexeme, ocs_error *err)
{
    uint32_t before;
    size_t tilde = tilde_at(query, *run);
    if (tilde == run->to || tilde == run->from || ocs_utf8_before(query, tilde, &before) == 0 ||
        !word_point(before))
        return OCS_OK;
    ocs_str digits = ocs_str_sub(query, tilde + 1, run->to);
    run->to = tilde;
    return take_changes(digits, tilde, &lexeme->fuzzy, err);
}

/* Whether a ? that ends ${lexeme} is a wildcard, and not the end of a question. */
static bool takes_mark(const ocs_lexeme *lexeme)
{
    return !lexeme->exact && (lexeme->kind != OCS_LEXEME_FIELD ||
                              ocs_value_takes_pattern(ocs_field_of(lexeme->field)->form));
}

/* The end of the word in ${run} with the question marks right behind its letters: "polic?". */
static size_t marked_end(ocs_str query, ocs_span run, size_t end)
{
    size_t marked = end;
    for (size_t at = end; at < run.to && (query.p[at] == '?' || query.p[at] == '*'); at++)
        if (query.p[at] == '?')
            marked = at + 1;
    return ocs_lex_pattern(ocs_str_sub(query, run.from, marked)) ? marked : end;
}

/* A star within ${text} must be one of a wildcard. */
static ocs_status check_inner_star(ocs_str text, size_t star, const ocs_lexeme *lexeme,
                                   ocs_error *err)
{
    if (star == text.n || (star > 0 && ocs_lex_pattern(text)))
        return OCS_OK;
    return ocs_fail_at(err, OCS_USAGE, (long)(lexeme->text_at + star),
                       "a * may stand only in a word of letters and digits, or at its end");
}

/* Set text, wildcard and fuzzy from the run ${run}, whose start is a letter, a digit or a *. */
ocs_status ocs_lex_take_text(ocs_str query, ocs_span run, ocs_lexeme *lexeme, ocs_error *err)
{
    ocs_span word = {run.from, trimmed_end(query, run)}, tail = {word.to, run.to};
    ocs_status st = take_fuzzy(query, &word, lexeme, err);
    if (st != OCS_OK)
        return st;
    size_t end =
        lexeme->fuzzy == 0 && takes_mark(lexeme) ? marked_end(query, run, word.to) : word.to;
    tail.from = end > tail.from ? end : tail.from;
    size_t star = ocs_str_find_char(slice(query, tail), '*', 0) + tail.from;
    lexeme->text = ocs_str_sub(query, run.from, end);
    lexeme->text_at = run.from;
    lexeme->wildcard = star < run.to;
    if (lexeme->wildcard && star != tail.from)
        return ocs_fail_at(err, OCS_USAGE, (long)star,
                           "a * may stand only at the end of a word, after a letter");
    size_t inner = ocs_str_find_char(lexeme->text, '*', 0);
    if (lexeme->fuzzy > 0 && (lexeme->wildcard || ocs_lex_pattern(lexeme->text)))
        return ocs_fail_at(err, OCS_USAGE, (long)end, "a word is either a wildcard* or fuzzy~");
    return check_inner_star(lexeme->text, inner, lexeme, err);
}

/* ---- quotes ---- */

static bool closes(uint32_t opened, uint32_t point)
{
    return opened == '"' ? point == '"' : quote(point);
}

static size_t closing_quote(ocs_str query, size_t at, uint32_t opened)
{
    uint32_t point;
    size_t n;
    while ((n = point_at(query, at, &point)) > 0 && !closes(opened, point))
        at += n;
    return at;
}

/* Whether "te?t" or "traffick*": ${core} begins with two letters or digits and is a wildcard. */
static bool core_is_pattern(ocs_str core)
{
    return ocs_lex_two_letters(core) && ocs_lex_pattern(core);
}

bool ocs_lex_quoted_pattern(ocs_str run, ocs_str *core)
{
    ocs_span at = {trimmed_start(run, (ocs_span){0, run.n}), run.n};
    at.to = trimmed_end(run, at);
    if (at.to < run.n && run.p[at.to] == '*')
        at.to++;
    *core = slice(run, at);
    return core_is_pattern(*core);
}

/* Each star must belong to a word with a wildcard; a star between spaces is skipped. */
static ocs_status check_stars_within(ocs_str query, ocs_span inside, ocs_error *err)
{
    uint32_t point;
    for (size_t at = inside.from, from = at, n; at <= inside.to; at += n) {
        n = at < inside.to ? ocs_utf8_at(query, at, &point) : 1;
        if (at < inside.to && !ocs_point_space(point))
            continue;
        ocs_str run = ocs_str_sub(query, from, at), core;
        size_t star = ocs_str_find_char(run, '*', 0);
        if (star < run.n && has_word(run) && !ocs_lex_quoted_pattern(run, &core))
            return ocs_fail_at(err, OCS_USAGE, (long)(from + star),
                               "a * within quotes stands in a word, after two letters");
        from = at + n;
    }
    return OCS_OK;
}

/* Of what may be in quotes, phrases and names may hold wildcards. */
static ocs_status check_quoted(const ocs_lexeme *lexeme, ocs_str query, ocs_span inside,
                               ocs_error *err)
{
    if (!has_word(slice(query, inside)))
        return ocs_fail_at(err, OCS_USAGE, (long)inside.from,
                           "there is no word between the quotes");
    if (lexeme->kind != OCS_LEXEME_FIELD || ocs_field_of(lexeme->field)->form == OCS_VALUE_ENTITY)
        return check_stars_within(query, inside, err);
    size_t star = ocs_str_find_char(query, '*', inside.from);
    uint32_t before;
    if (star < inside.to && star > inside.from && ocs_utf8_before(query, star, &before) > 0 &&
        word_point(before))
        return ocs_fail_at(err, OCS_USAGE, (long)star, "%s: takes no * within quotes",
                           ocs_field_of(lexeme->field)->name);
    return OCS_OK;
}

static ocs_span trim_spaces(ocs_str query, ocs_span span)
{
    uint32_t point;
    size_t n;
    while (span.from < span.to && (n = point_at(query, span.from, &point), ocs_point_space(point)))
        span.from += n;
    while (span.from < span.to &&
           (n = ocs_utf8_before(query, span.to, &point), ocs_point_space(point)))
        span.to -= n;
    return span;
}

/* A quoted name may be fuzzy; nothing else may stand right behind a quote. */
static ocs_status take_behind_quote(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err)
{
    ocs_str query = lexer->query;
    size_t tilde = lexer->at, end = tilde + 1;
    if (tilde < query.n && query.p[tilde] == '*')
        return ocs_fail_at(err, OCS_USAGE, (long)tilde, "a * cannot stand after a quote");
    if (tilde >= query.n)
        return OCS_OK;
    while (end < query.n && ocs_ascii_digit(query.p[end]))
        end++;
    if (tilde_at(query, (ocs_span){tilde, end}) != tilde)
        return OCS_OK;
    if (lexeme->kind != OCS_LEXEME_FIELD)
        return ocs_fail_at(err, OCS_USAGE, (long)tilde,
                           "a phrase takes no ~; NEAR says how close words stand");
    lexer->at = end;
    return take_changes(ocs_str_sub(query, tilde + 1, end), tilde, &lexeme->fuzzy, err);
}

/* Set text from the quote at lexer->at and go behind it. */
ocs_status ocs_lex_take_quoted(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err)
{
    ocs_str query = lexer->query;
    uint32_t opened, point;
    size_t start = lexer->at, from = start + point_at(query, start, &opened);
    size_t to = closing_quote(query, from, opened), n = point_at(query, to, &point);
    if (n == 0)
        return ocs_fail_at(err, OCS_USAGE, (long)start, "this quote is never closed");
    ocs_status st = check_quoted(lexeme, query, (ocs_span){from, to}, err);
    if (st != OCS_OK)
        return st;
    ocs_span inside = trim_spaces(query, (ocs_span){from, to});
    lexeme->text = slice(query, inside);
    lexeme->text_at = inside.from;
    lexer->at = to + n;
    if ((st = take_behind_quote(lexer, lexeme, err)) != OCS_OK)
        return st;
    lexeme->at.to = lexer->at;
    return OCS_OK;
}

/* ---- values ---- */

static ocs_status no_value(const ocs_lexeme *lexeme, size_t at, ocs_error *err)
{
    const ocs_field *field = ocs_field_of(lexeme->field);
    return ocs_fail_at(err, OCS_USAGE, (long)at, "%s: needs a value right after the colon",
                       field->name);
}

static ocs_status check_stars(const ocs_lexeme *lexeme, ocs_error *err)
{
    const ocs_field *field = ocs_field_of(lexeme->field);
    bool any = lexeme->text.n == 0, inner = ocs_lex_pattern(lexeme->text);
    size_t mark = ocs_lex_head(lexeme->text);
    if (inner && !ocs_value_takes_pattern(field->form) && lexeme->text.p[mark] == '*')
        return ocs_fail_at(err, OCS_USAGE, (long)(lexeme->text_at + mark),
                           "%s: takes a * only at the end", field->name);
    if (!lexeme->wildcard)
        return OCS_OK;
    if (any ? ocs_value_takes_any(field->form) : ocs_value_takes_prefix(field->form))
        return OCS_OK;
    return ocs_fail_at(err, OCS_USAGE, (long)(lexeme->text_at + lexeme->text.n),
                       any ? "%s: needs a value, * alone is none" : "%s: takes no *", field->name);
}

static ocs_status check_fuzzy(const ocs_lexeme *lexeme, ocs_error *err)
{
    const ocs_field *field = ocs_field_of(lexeme->field);
    if (lexeme->fuzzy == 0 || ocs_value_takes_fuzzy(field->form))
        return OCS_OK;
    return ocs_fail_at(err, OCS_USAGE, (long)lexeme->text_at, "%s: takes no ~", field->name);
}

/* Paths and dates are taken as they stand. */
static bool raw_form(ocs_value_form form)
{
    return form == OCS_VALUE_PATH || form == OCS_VALUE_DATE;
}

static ocs_status take_raw_value(ocs_str query, ocs_span run, ocs_lexeme *lexeme, ocs_error *err)
{
    size_t star = ocs_str_find_char(slice(query, run), '*', 0) + run.from;
    if (star + 1 < run.to)
        return ocs_fail_at(err, OCS_USAGE, (long)star, "a * may stand only at the end of a value");
    lexeme->wildcard = star < run.to;
    lexeme->text = ocs_str_sub(query, run.from, star);
    lexeme->text_at = run.from;
    return OCS_OK;
}

/* Where "@org:" or the like stands in ${run}; run.to when nowhere. */
static size_t held_at(ocs_str query, ocs_span run)
{
    for (size_t at = run.from; (at = ocs_str_find_char(query, '@', at)) < run.to; at++)
        if (field_colon(query, (ocs_span){at + 1, run.to}) < run.to)
            return at;
    return run.to;
}

/* Is the field of a form that an office may be asked for with, which @org: may follow?  Of a place
 * it is asked as well, for the parser to refuse. */
static bool form_held(ocs_value_form form)
{
    return form == OCS_VALUE_ENTITY || form == OCS_VALUE_ROLE;
}

/* The organisation's or country's field that ${run} ends with, without its colon: "kurz@org". */
static ocs_field_id field_at_end(ocs_str query, ocs_span run)
{
    size_t end = trimmed_end(query, run);
    for (size_t at = run.from; (at = ocs_str_find_char(query, '@', at)) < end;) {
        ocs_field_id field = ocs_field_find(ocs_str_sub(query, ++at, end));
        if (field == OCS_FIELD_ORG || field == OCS_FIELD_COUNTRY)
            return field;
    }
    return OCS_FIELD_COUNT;
}

/* End ${run}, a value, before its "@org:". */
static ocs_status cut_at(ocs_str query, ocs_span *run, ocs_error *err)
{
    run->to = held_at(query, *run);
    ocs_field_id field = field_at_end(query, *run);
    if (field == OCS_FIELD_COUNT)
        return OCS_OK;
    return ocs_fail_at(err, OCS_USAGE, (long)trimmed_end(query, *run),
                       "%s: needs a value after a colon", ocs_field_of((int)field)->name);
}

/* Go over the @ that stands right behind a value. */
static void take_at(ocs_lexer *lexer, ocs_lexeme *lexeme)
{
    size_t at = lexer->at;
    ocs_span rest = {at, run_end(lexer->query, at)};
    lexeme->held = form_held(ocs_field_of(lexeme->field)->form) && rest.to > at &&
                   held_at(lexer->query, rest) == at;
    lexer->at += lexeme->held;
}

/* The value at lexer->at, which is no space, quote or bracket. */
static ocs_status take_plain_value(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err)
{
    ocs_str query = lexer->query;
    ocs_span run = {lexer->at, run_end(query, lexer->at)};
    ocs_status st = OCS_OK;
    if (form_held(ocs_field_of(lexeme->field)->form) && (st = cut_at(query, &run, err)) != OCS_OK)
        return st;
    if (run.to == run.from)
        return no_value(lexeme, run.from, err);
    lexer->at = lexeme->at.to = run.to;
    if (raw_form(ocs_field_of(lexeme->field)->form) ||
        (run.to == run.from + 1 && query.p[run.from] == '*')) {
        st = take_raw_value(query, run, lexeme, err);
    } else {
        size_t from = query.p[run.from] == '*' ? run.from : trimmed_start(query, run);
        ocs_span word = {from, run.to};
        if (word.from == word.to)
            return no_value(lexeme, run.from, err);
        st = ocs_lex_take_text(query, word, lexeme, err);
    }
    if (st == OCS_OK)
        st = check_stars(lexeme, err);
    return st == OCS_OK ? check_fuzzy(lexeme, err) : st;
}

static ocs_status take_value(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err)
{
    const ocs_field *field = ocs_field_of(lexeme->field);
    uint32_t point;
    size_t n = point_at(lexer->query, lexer->at, &point);
    if (n == 0 || ocs_point_space(point) || point == ')')
        return no_value(lexeme, lexer->at, err);
    if (field->form == OCS_VALUE_TITLE)
        return OCS_OK;
    if (quote(point)) {
        ocs_status st = ocs_lex_take_quoted(lexer, lexeme, err);
        return st == OCS_OK ? check_fuzzy(lexeme, err) : st;
    }
    if (point == '(')
        return ocs_fail_at(err, OCS_USAGE, (long)lexer->at,
                           "%s: takes one value; write (%s:a OR %s:b)", field->name, field->name,
                           field->name);
    return take_plain_value(lexer, lexeme, err);
}

ocs_status ocs_lex_take_value(ocs_lexer *lexer, ocs_lexeme *lexeme, ocs_error *err)
{
    ocs_status st = take_value(lexer, lexeme, err);
    if (st == OCS_OK)
        take_at(lexer, lexeme);
    return st;
}

bool ocs_lex_at_field(ocs_str query, size_t at)
{
    ocs_span rest = {at, run_end(query, at)};
    return at < query.n && query.p[at] == '@' && held_at(query, rest) == at;
}

bool ocs_lex_plain_value(ocs_value_form form, ocs_str value)
{
    bool pattern = ocs_value_takes_pattern(form) && ocs_lex_pattern(value);
    bool marked = pattern && value.p[value.n - 1] == '?';
    uint32_t point;
    for (size_t at = 0, n; at < value.n; at += n) {
        n = ocs_utf8_at(value, at, &point);
        if (ends_run(point) || (point == '*' && !pattern))
            return false;
    }
    const ocs_span all = {0, value.n};
    if (tilde_at(value, all) < value.n)
        return false;
    if (form_held(form) &&
        (held_at(value, all) < value.n || field_at_end(value, all) != OCS_FIELD_COUNT))
        return false;
    if (value.n == 0 || raw_form(form))
        return value.n > 0;
    return word_at(value, 0) && (marked || trimmed_end(value, all) == value.n);
}
