/* Recursive descent over the lexemes, one function a rule, in the order of precedence:
 *
 *   query   = [ or ] END
 *   or      = and { "OR" and }
 *   and     = near { [ "AND" ] near }
 *   near    = unary { ( "NEAR" | "ADJ" ) unary }         all of one kind and distance
 *   unary   = { "NOT" | "-" } primary
 *   primary = "(" or ")" | WORD | PHRASE | FIELD [ "@" FIELD ] | "title:" title | within
 *   title   = WORD | PHRASE | "(" or ")"                 without fields
 *   within  = ( "SENT" | "PARA" ) "(" or ")"             of what has a place in the text
 *
 * An AND within an AND and an OR within an OR become one node, and a bracket around one thing
 * leaves no trace, so that a tree has one form in print. */
#include "query/lex.h"
#include "query/within.h"

enum { DEPTH_MAX = 100 };

typedef struct parser {
    ocs_lexer lexer;
    ocs_lexeme next; /* the one looked at and not yet taken */
    ocs_arena *arena;
    ocs_error *err;
    unsigned depth; /* open brackets and negations */
    bool in_title;
} parser;

static ocs_status parse_or(parser *p, ocs_node **out);

static ocs_status advance(parser *p)
{
    return ocs_lex_next(&p->lexer, &p->next, p->err);
}

static ocs_status fail_at_next(parser *p, const char *what)
{
    return ocs_fail_at(p->err, OCS_USAGE, (long)p->next.at.from, "%s", what);
}

static ocs_status fail_at_node(parser *p, const ocs_node *node, const char *what)
{
    return ocs_fail_at(p->err, OCS_USAGE, (long)node->at.from, "%s", what);
}

static ocs_status new_node(parser *p, ocs_node_kind kind, ocs_span at, ocs_node **out)
{
    ocs_node *node = ocs_arena_alloc(p->arena, sizeof *node);
    *out = node;
    if (!node)
        return ocs_fail(p->err, ocs_arena_status(p->arena), "no memory for the query");
    node->kind = kind;
    node->at = at;
    return OCS_OK;
}

/* ---- dates ---- */

static ocs_date last_day(ocs_date date)
{
    if (date.month == 0)
        date.month = 12;
    if (date.day == 0)
        date.day = (uint8_t)ocs_month_days(date.year, date.month);
    return date;
}

static ocs_date first_day(ocs_date date)
{
    if (date.month == 0)
        date.month = 1;
    if (date.day == 0)
        date.day = 1;
    return date;
}

static ocs_status bad_date(parser *p, ocs_str text, size_t at)
{
    int n = text.n > 40 ? 40 : (int)text.n;
    return ocs_fail_at(p->err, OCS_USAGE, (long)at,
                       "'%.*s' is no date: write YYYY, YYYY-MM or YYYY-MM-DD", n, text.p);
}

/* One end of a range; empty is open. */
static ocs_status parse_end(parser *p, ocs_str text, size_t at, ocs_date *date)
{
    *date = (ocs_date){0};
    if (text.n == 0)
        return OCS_OK;
    if (!ocs_date_parse(text, date) || date->year == 0)
        return bad_date(p, text, at);
    return OCS_OK;
}

static ocs_status parse_single(parser *p, ocs_node *node, ocs_str text, size_t at)
{
    if (!ocs_date_parse(text, &node->from))
        return bad_date(p, text, at);
    if (node->from.year == 0 && node->field != OCS_FIELD_ON)
        return ocs_fail_at(p->err, OCS_USAGE, (long)at,
                           "a page is published in a known year; only on: takes --MM-DD");
    node->to = node->from;
    return OCS_OK;
}

static ocs_status parse_range(parser *p, ocs_node *node, ocs_str text, size_t at)
{
    size_t dots = ocs_str_find(text, OCS_STR(".."), 0);
    if (dots == text.n)
        return parse_single(p, node, text, at);
    if (text.n == 2)
        return ocs_fail_at(p->err, OCS_USAGE, (long)at, "an empty range: give it one end at least");
    ocs_status st = parse_end(p, ocs_str_sub(text, 0, dots), at, &node->from);
    if (st != OCS_OK)
        return st;
    size_t to = dots + 2;
    if ((st = parse_end(p, ocs_str_sub(text, to, text.n), at + to, &node->to)) != OCS_OK)
        return st;
    if (node->from.year > 0 && node->to.year > 0 &&
        ocs_date_cmp(first_day(node->from), last_day(node->to)) > 0)
        return ocs_fail_at(p->err, OCS_USAGE, (long)at, "the range ends before it begins");
    return OCS_OK;
}

/* ---- primaries ---- */

static ocs_status parse_text(parser *p, ocs_node **out)
{
    ocs_lexeme *lexeme = &p->next;
    ocs_node_kind kind = lexeme->kind == OCS_LEXEME_PHRASE ? OCS_NODE_PHRASE : OCS_NODE_WORD;
    ocs_status st = new_node(p, kind, lexeme->at, out);
    if (st != OCS_OK)
        return st;
    (*out)->text = lexeme->text;
    (*out)->wildcard = lexeme->wildcard;
    (*out)->exact = lexeme->exact;
    (*out)->fuzzy = lexeme->fuzzy;
    return advance(p);
}

static ocs_status enter(parser *p)
{
    if (p->depth == DEPTH_MAX)
        return fail_at_next(p, "brackets and negations are nested too deep");
    p->depth++;
    return OCS_OK;
}

static ocs_status parse_group(parser *p, ocs_node **out)
{
    size_t open = p->next.at.from;
    ocs_status st = enter(p);
    if (st != OCS_OK || (st = advance(p)) != OCS_OK)
        return st;
    if (p->next.kind == OCS_LEXEME_CLOSE)
        return ocs_fail_at(p->err, OCS_USAGE, (long)open, "there is nothing between the brackets");
    if (p->next.kind == OCS_LEXEME_END)
        return ocs_fail_at(p->err, OCS_USAGE, (long)open, "this bracket is never closed");
    if ((st = parse_or(p, out)) != OCS_OK)
        return st;
    if (p->next.kind != OCS_LEXEME_CLOSE)
        return ocs_fail_at(p->err, OCS_USAGE, (long)open, "this bracket is never closed");
    p->depth--;
    return advance(p);
}

static ocs_status parse_title(parser *p, ocs_node **out)
{
    ocs_status st = new_node(p, OCS_NODE_TITLE, p->next.at, out);
    if (st != OCS_OK || (st = advance(p)) != OCS_OK)
        return st;
    p->in_title = true;
    if (p->next.kind == OCS_LEXEME_WORD || p->next.kind == OCS_LEXEME_PHRASE)
        st = parse_text(p, &(*out)->children);
    else if (p->next.kind == OCS_LEXEME_OPEN)
        st = parse_group(p, &(*out)->children);
    else
        st = fail_at_next(p, "title: needs a word, a phrase or a group in brackets");
    p->in_title = false;
    return st;
}

static bool dated(const ocs_lexeme *lexeme)
{
    return ocs_field_of(lexeme->field)->form == OCS_VALUE_DATE && !lexeme->wildcard;
}

static ocs_status parse_field(parser *p, ocs_node **out);

/* Behind person:kurz@ or role:head@. */
static ocs_status parse_held(parser *p, ocs_node *node)
{
    if (node->field != OCS_FIELD_PERSON && node->field != OCS_FIELD_ROLE)
        return fail_at_next(p, "only person: and role: take an @, and only one");
    if (p->next.kind != OCS_LEXEME_FIELD ||
        (p->next.field != OCS_FIELD_ORG && p->next.field != OCS_FIELD_COUNTRY))
        return fail_at_next(p, "after an @ stands org: or country:");
    ocs_status st = parse_field(p, &node->children);
    if (st == OCS_OK)
        node->at.to = node->children->at.to;
    return st;
}

static ocs_status parse_field(parser *p, ocs_node **out)
{
    ocs_lexeme *lexeme = &p->next;
    bool held = lexeme->held;
    if (p->in_title)
        return fail_at_next(p, "a title holds words and phrases, no fields");
    if (ocs_field_of(lexeme->field)->form == OCS_VALUE_TITLE)
        return parse_title(p, out);
    ocs_node_kind kind = dated(lexeme) ? OCS_NODE_RANGE : OCS_NODE_FIELD;
    ocs_status st = new_node(p, kind, lexeme->at, out);
    if (st != OCS_OK)
        return st;
    (*out)->field = lexeme->field;
    if (kind == OCS_NODE_RANGE) {
        if ((st = parse_range(p, *out, lexeme->text, lexeme->text_at)) != OCS_OK)
            return st;
    } else {
        (*out)->text = lexeme->text;
        (*out)->wildcard = lexeme->wildcard;
        (*out)->fuzzy = lexeme->fuzzy;
    }
    st = advance(p);
    return st == OCS_OK && held ? parse_held(p, *out) : st;
}

/* Why no operand can begin with the next lexeme. */
static ocs_status no_operand(parser *p)
{
    switch (p->next.kind) {
    case OCS_LEXEME_AND:
        return fail_at_next(p, "AND needs something on both sides");
    case OCS_LEXEME_OR:
        return fail_at_next(p, "OR needs something on both sides");
    case OCS_LEXEME_NEAR:
        return fail_at_next(p, "NEAR needs something on both sides");
    case OCS_LEXEME_ADJ:
        return fail_at_next(p, "ADJ needs something on both sides");
    case OCS_LEXEME_CLOSE:
        return fail_at_next(p, p->depth == 0 ? "this bracket was never opened"
                                             : "something is missing before this bracket");
    default:
        return fail_at_next(p, "something is missing here");
    }
}

static ocs_status parse_within(parser *p, ocs_node **out)
{
    bool sentence = p->next.kind == OCS_LEXEME_SENT;
    ocs_span at = p->next.at;
    if (p->in_title)
        return fail_at_next(p, "a title has no sentences and no paragraphs");
    ocs_status st = new_node(p, sentence ? OCS_NODE_SENT : OCS_NODE_PARA, at, out);
    if (st != OCS_OK || (st = advance(p)) != OCS_OK)
        return st;
    st = parse_group(p, &(*out)->children);
    return st == OCS_OK ? ocs_within_form((*out)->children, p->err) : st;
}

static ocs_status parse_primary(parser *p, ocs_node **out)
{
    switch (p->next.kind) {
    case OCS_LEXEME_OPEN:
        return parse_group(p, out);
    case OCS_LEXEME_WORD:
    case OCS_LEXEME_PHRASE:
        return parse_text(p, out);
    case OCS_LEXEME_FIELD:
        return parse_field(p, out);
    case OCS_LEXEME_SENT:
    case OCS_LEXEME_PARA:
        return parse_within(p, out);
    default:
        return no_operand(p);
    }
}

/* ---- operators ---- */

/* Take an operator; what must follow it must not be missing. */
static ocs_status take_operator(parser *p, const char *missing)
{
    ocs_span at = p->next.at;
    ocs_status st = advance(p);
    if (st != OCS_OK)
        return st;
    if (p->next.kind == OCS_LEXEME_END || p->next.kind == OCS_LEXEME_CLOSE)
        return ocs_fail_at(p->err, OCS_USAGE, (long)at.from, "%s", missing);
    return OCS_OK;
}

static ocs_status parse_unary(parser *p, ocs_node **out)
{
    if (p->next.kind != OCS_LEXEME_NOT)
        return parse_primary(p, out);
    ocs_status st = enter(p);
    if (st != OCS_OK || (st = new_node(p, OCS_NODE_NOT, p->next.at, out)) != OCS_OK)
        return st;
    if ((st = take_operator(p, "NOT needs something after it")) != OCS_OK)
        return st;
    st = parse_unary(p, &(*out)->children);
    p->depth--;
    return st;
}

static bool near_operand(const ocs_node *node)
{
    switch (node->kind) {
    case OCS_NODE_WORD:
    case OCS_NODE_PHRASE:
        return true;
    case OCS_NODE_FIELD:
    case OCS_NODE_RANGE:
        return ocs_field_positional(node->field);
    case OCS_NODE_OR:
        for (const ocs_node *child = node->children; child; child = child->next)
            if (!near_operand(child))
                return false;
        return true;
    default:
        return false;
    }
}

static ocs_status check_near_operand(parser *p, const ocs_node *node)
{
    if (near_operand(node))
        return OCS_OK;
    return fail_at_node(p, node, "NEAR and ADJ take words, entities and ORs of these");
}

static bool near_operator(const parser *p)
{
    return p->next.kind == OCS_LEXEME_NEAR || p->next.kind == OCS_LEXEME_ADJ;
}

static ocs_status parse_near_rest(parser *p, ocs_node *first, ocs_node **out)
{
    ocs_lexeme op = p->next;
    ocs_node_kind kind = op.kind == OCS_LEXEME_NEAR ? OCS_NODE_NEAR : OCS_NODE_ADJ;
    ocs_status st = check_near_operand(p, first);
    if (st != OCS_OK || (st = new_node(p, kind, op.at, out)) != OCS_OK)
        return st;
    (*out)->children = first;
    (*out)->distance = op.distance;
    for (ocs_node **last = &first->next; near_operator(p); last = &(*last)->next) {
        if (p->next.kind != op.kind || p->next.distance != op.distance)
            return fail_at_next(p, "NEAR and ADJ chain only with themselves at one distance");
        if ((st = take_operator(p, "NEAR and ADJ need something on both sides")) != OCS_OK)
            return st;
        if ((st = parse_unary(p, last)) != OCS_OK || (st = check_near_operand(p, *last)) != OCS_OK)
            return st;
    }
    return OCS_OK;
}

static ocs_status parse_near(parser *p, ocs_node **out)
{
    ocs_node *first;
    ocs_status st = parse_unary(p, &first);
    if (st != OCS_OK)
        return st;
    *out = first;
    return near_operator(p) ? parse_near_rest(p, first, out) : OCS_OK;
}

/* Children of an AND or OR while they come in. */
typedef struct family {
    ocs_node *first, **end;
    size_t n;
} family;

/* Add ${node}, or its children where it is of the ${kind} that is being built. */
static void adopt(family *f, ocs_node_kind kind, ocs_node *node)
{
    *f->end = node->kind == kind ? node->children : node;
    f->n += node->kind == kind ? 2 : 1;
    while (*f->end)
        f->end = &(*f->end)->next;
}

static ocs_status close_family(parser *p, const family *f, ocs_node_kind kind, size_t from,
                               ocs_node **out)
{
    *out = f->first;
    if (f->n == 1)
        return OCS_OK;
    ocs_status st = new_node(p, kind, (ocs_span){from, p->next.at.from}, out);
    if (st == OCS_OK)
        (*out)->children = f->first;
    return st;
}

static bool and_goes_on(const parser *p)
{
    return p->next.kind != OCS_LEXEME_END && p->next.kind != OCS_LEXEME_CLOSE &&
           p->next.kind != OCS_LEXEME_OR;
}

static ocs_status parse_and(parser *p, ocs_node **out)
{
    family f = {0};
    f.end = &f.first;
    size_t from = p->next.at.from;
    do {
        ocs_node *node;
        ocs_status st = OCS_OK;
        if (f.n > 0 && p->next.kind == OCS_LEXEME_AND)
            st = take_operator(p, "AND needs something on both sides");
        if (st != OCS_OK || (st = parse_near(p, &node)) != OCS_OK)
            return st;
        adopt(&f, OCS_NODE_AND, node);
    } while (and_goes_on(p));
    return close_family(p, &f, OCS_NODE_AND, from, out);
}

static ocs_status parse_or(parser *p, ocs_node **out)
{
    family f = {0};
    f.end = &f.first;
    size_t from = p->next.at.from;
    for (;;) {
        ocs_node *node;
        ocs_status st = parse_and(p, &node);
        if (st != OCS_OK)
            return st;
        adopt(&f, OCS_NODE_OR, node);
        if (p->next.kind != OCS_LEXEME_OR)
            return close_family(p, &f, OCS_NODE_OR, from, out);
        if ((st = take_operator(p, "OR needs something on both sides")) != OCS_OK)
            return st;
    }
}

/* ---- the whole ---- */

static bool only_spaces(ocs_str text)
{
    uint32_t point;
    for (size_t at = 0; at < text.n;) {
        at += ocs_utf8_at(text, at, &point);
        if (!ocs_point_space(point))
            return false;
    }
    return true;
}

static ocs_status check_text(ocs_str text, ocs_error *err)
{
    if (text.n > OCS_QUERY_BYTES)
        return ocs_fail_at(err, OCS_USAGE, OCS_QUERY_BYTES, "the query is longer than %d bytes",
                           OCS_QUERY_BYTES);
    size_t bad = ocs_utf8_check(text);
    if (bad < text.n)
        return ocs_fail_at(err, OCS_USAGE, (long)bad, "the query is not UTF-8 from here on");
    return OCS_OK;
}

ocs_status ocs_query_parse(ocs_str text, ocs_arena *arena, ocs_node **tree, ocs_error *err)
{
    parser p = {.lexer = {.query = text}, .arena = arena, .err = err};
    ocs_status st = check_text(text, err);
    *tree = NULL;
    if (st != OCS_OK)
        return st;
    if (only_spaces(text))
        return new_node(&p, OCS_NODE_EMPTY, (ocs_span){0, 0}, tree);
    if ((st = advance(&p)) != OCS_OK)
        return st;
    if (p.next.kind == OCS_LEXEME_END)
        return ocs_fail_at(err, OCS_USAGE, 0, "there is no word in the query");
    if ((st = parse_or(&p, tree)) != OCS_OK)
        return st;
    if (p.next.kind != OCS_LEXEME_END)
        return fail_at_next(&p, "this bracket was never opened");
    return OCS_OK;
}
