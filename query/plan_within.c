/* SENT( ) and PARA( ).  libxapian finds the candidates: the same tree as if it stood alone, without
 * what is forbidden, for that may well stand in another sentence.  They are then looked into
 * (query/within.h) for a sentence in which it holds; for this every operand becomes terms with
 * positions.  A stem has none, so that a word becomes the words of the index with its stem. */
#include "query/planner.h"

#include "query/lex.h"

#include <stdlib.h>

enum { SCRATCH = 256 * 1024 * 1024 }; /* positions of one document */

/* ---- parts ---- */

static ocs_status new_part(ocs_planner *p, ocs_part_kind kind, ocs_part **out)
{
    *out = ocs_arena_alloc(p->arena, sizeof **out);
    if (!*out)
        return ocs_planner_nomem(p);
    (*out)->kind = kind;
    return OCS_OK;
}

static int compare_terms(const void *a, const void *b)
{
    return ocs_str_cmp(*(const ocs_str *)a, *(const ocs_str *)b);
}

static ocs_status terms_part(ocs_planner *p, const ocs_term_list *terms, ocs_part **out)
{
    ocs_status st = new_part(p, OCS_PART_TERMS, out);
    if (st != OCS_OK)
        return st;
    if (terms->n > 1)
        qsort(terms->at, terms->n, sizeof *terms->at, compare_terms);
    (*out)->terms = terms->at;
    (*out)->n_terms = terms->n;
    return OCS_OK;
}

/* The children of ${node} as parts of a ${kind}. */
static ocs_status group_part(ocs_planner *p, ocs_part_kind kind, const ocs_node *node,
                             ocs_part **out)
{
    ocs_status st = new_part(p, kind, out);
    ocs_part **last = st == OCS_OK ? &(*out)->children : NULL;
    for (const ocs_node *child = node->children; st == OCS_OK && child; child = child->next) {
        st = ocs_plan_part(p, child, last);
        if (st == OCS_OK)
            last = &(*last)->next;
    }
    return st;
}

/* ---- words ---- */

/* One word of a phrase: as it is spelled, or all that a wildcard stands for. */
static ocs_status phrase_word(ocs_planner *p, const ocs_node *node, const ocs_piece *piece,
                              bool open, ocs_part **out)
{
    ocs_term_list terms = {0};
    bool own = node->exact || open || !ocs_planner_expands(p, OCS_EXPAND_SPELLING);
    ocs_status st;
    ocs_buf_reset(&p->term);
    if (piece->pattern) {
        st = ocs_planner_walk_pattern(p, node, piece->fold, &terms);
    } else {
        ocs_term_word(&p->term, own ? piece->fold : piece->canonical);
        st = open ? ocs_planner_walk(p, node, OCS_WILDCARD_WORDS, NULL, NULL, &terms)
                  : ocs_planner_list(p, &terms);
    }
    return st == OCS_OK ? terms_part(p, &terms, out) : st;
}

/* "a b c*", as ocs_plan_phrase marks it. */
static ocs_status mark_pieces(ocs_planner *p, const ocs_node *node, const ocs_piece_list *pieces)
{
    bool own = node->exact || !ocs_planner_expands(p, OCS_EXPAND_SPELLING);
    ocs_buf_reset(&p->term);
    for (size_t i = 0; i < pieces->n; i++) {
        bool open = node->wildcard && i + 1 == pieces->n;
        ocs_buf_puts(&p->term, i > 0 ? " " : "");
        ocs_buf_put(&p->term, own || open ? pieces->at[i].fold : pieces->at[i].canonical);
    }
    ocs_buf_puts(&p->term, node->wildcard ? "*" : "");
    if (ocs_buf_status(&p->term) != OCS_OK)
        return ocs_planner_nomem(p);
    return ocs_planner_mark(p, ocs_buf_str(&p->term));
}

static ocs_status phrase_part(ocs_planner *p, const ocs_node *node, const ocs_piece_list *pieces,
                              ocs_part **out)
{
    ocs_status st = new_part(p, OCS_PART_PHRASE, out);
    ocs_part **last = st == OCS_OK ? &(*out)->children : NULL;
    if (st == OCS_OK)
        st = mark_pieces(p, node, pieces);
    for (size_t i = 0; st == OCS_OK && i < pieces->n; i++) {
        st = phrase_word(p, node, &pieces->at[i], node->wildcard && i + 1 == pieces->n, last);
        if (st == OCS_OK)
            last = &(*last)->next;
    }
    return st;
}

static ocs_status word_part(ocs_planner *p, const ocs_node *node, ocs_part **out)
{
    ocs_piece_list pieces = {0};
    ocs_term_list terms = {0};
    bool wild = node->kind == OCS_NODE_WORD && !node->exact && ocs_lex_pattern(node->text);
    ocs_status st = wild ? OCS_OK : ocs_planner_pieces(p, node, node->text, &pieces);
    if (st != OCS_OK)
        return st;
    if (!wild && pieces.n > 1 && node->fuzzy == 0)
        return phrase_part(p, node, &pieces, out);
    bool stems = !wild && !node->wildcard && !node->exact && node->fuzzy == 0 && !p->in_near &&
                 node->kind == OCS_NODE_WORD && ocs_planner_expands(p, OCS_EXPAND_STEMS);
    st = stems ? ocs_plan_form_terms(p, node, pieces.at[0].canonical, &terms)
               : ocs_plan_word_terms(p, node, &terms);
    return st == OCS_OK ? terms_part(p, &terms, out) : st;
}

/* ---- fields ---- */

static ocs_status field_part(ocs_planner *p, const ocs_node *node, ocs_part **out);

/* The words of a role stand near each other, as ocs_plan_role has it. */
static ocs_status role_part(ocs_planner *p, const ocs_node *node, ocs_part **out)
{
    ocs_piece_list words = {0};
    ocs_status st = OCS_OK;
    if (node->text.n > 0)
        st = ocs_planner_name_pieces(p, node, &words);
    if (st == OCS_OK && words.n > 1)
        st = new_part(p, OCS_PART_NEAR, out);
    ocs_part **last = st == OCS_OK && words.n > 1 ? &(*out)->children : out;
    for (size_t i = 0; st == OCS_OK && (i < words.n || i == 0); i++) {
        ocs_node word = *node;
        ocs_term_list terms = {0};
        word.text = words.n > 0 ? words.at[i].text : word.text;
        word.wildcard = node->wildcard && i + 1 >= words.n;
        st = ocs_plan_role_terms(p, &word, &terms);
        if (st == OCS_OK && (st = terms_part(p, &terms, last)) == OCS_OK)
            last = &(*last)->next;
    }
    if (st == OCS_OK && words.n > 1)
        (*out)->window = (uint32_t)words.n + OCS_ROLE_SLACK;
    return st;
}

/* ${first} and right behind it whose office it is (index/schema.h). */
static ocs_status before_part(ocs_planner *p, ocs_part *first, const ocs_term_list *whose,
                              ocs_part **out)
{
    ocs_status st = new_part(p, OCS_PART_PHRASE, out);
    if (st != OCS_OK)
        return st;
    (*out)->children = first;
    return terms_part(p, whose, &first->next);
}

/* A person or role, and each word of several, before whose office it is. */
static ocs_status held_part(ocs_planner *p, const ocs_node *node, ocs_part **out)
{
    ocs_part *plain, **last;
    ocs_term_list whose = {0};
    ocs_node own = *node;
    own.children = NULL;
    ocs_status st = ocs_plan_whose(p, node->children, &whose);
    if (st != OCS_OK || (st = field_part(p, &own, &plain)) != OCS_OK)
        return st;
    if (plain->kind == OCS_PART_TERMS)
        return before_part(p, plain, &whose, out);
    *out = plain;
    last = &plain->children;
    for (ocs_part *child = plain->children; st == OCS_OK && child; last = &(*last)->next) {
        ocs_part *next = child->next;
        child->next = NULL;
        st = before_part(p, child, &whose, last);
        child = next;
    }
    return st;
}

static ocs_status field_part(ocs_planner *p, const ocs_node *node, ocs_part **out)
{
    ocs_term_list terms = {0};
    if (node->children)
        return held_part(p, node, out);
    if (node->kind == OCS_NODE_FIELD && node->field == OCS_FIELD_ROLE)
        return role_part(p, node, out);
    ocs_status st = node->kind == OCS_NODE_RANGE ? ocs_plan_range_terms(p, node, &terms)
                                                 : ocs_plan_entity_terms(p, node, &terms);
    return st == OCS_OK ? terms_part(p, &terms, out) : st;
}

/* ---- operators ---- */

static ocs_status near_part(ocs_planner *p, const ocs_node *node, ocs_part **out)
{
    ocs_part_kind kind = node->kind == OCS_NODE_NEAR ? OCS_PART_NEAR : OCS_PART_ADJ;
    p->in_near = true;
    ocs_status st = group_part(p, kind, node, out);
    p->in_near = false;
    uint32_t n = 0;
    for (const ocs_node *child = node->children; child; child = child->next)
        n++;
    if (st == OCS_OK)
        (*out)->window = node->distance * (n - 1) + 1;
    return st;
}

static ocs_status not_part(ocs_planner *p, const ocs_node *node, ocs_part **out)
{
    p->negated++;
    ocs_status st = group_part(p, OCS_PART_NOT, node, out);
    p->negated--;
    return st;
}

ocs_status ocs_plan_part(ocs_planner *p, const ocs_node *node, ocs_part **out)
{
    switch (node->kind) {
    case OCS_NODE_WORD:
    case OCS_NODE_PHRASE:
        return word_part(p, node, out);
    case OCS_NODE_FIELD:
    case OCS_NODE_RANGE:
        return field_part(p, node, out);
    case OCS_NODE_AND:
        return group_part(p, OCS_PART_ALL, node, out);
    case OCS_NODE_OR:
        return group_part(p, OCS_PART_ANY, node, out);
    case OCS_NODE_NOT:
        return not_part(p, node, out);
    case OCS_NODE_NEAR:
    case OCS_NODE_ADJ:
        return near_part(p, node, out);
    default:
        return ocs_fail(p->err, OCS_BUG, "an operand of SENT that the parser let through");
    }
}

/* ---- candidates ---- */

/* A copy of ${node} without its NOTs, of which an AND is never all made. */
static ocs_status without_nots(ocs_planner *p, const ocs_node *node, ocs_node **out)
{
    ocs_node *copy = ocs_arena_alloc(p->arena, sizeof *copy),
             **last = copy ? &copy->children : NULL;
    ocs_status st = copy ? OCS_OK : ocs_planner_nomem(p);
    *out = copy;
    if (st == OCS_OK) {
        *copy = *node;
        copy->children = copy->next = NULL;
    }
    for (const ocs_node *child = node->children; st == OCS_OK && child; child = child->next) {
        if (child->kind == OCS_NODE_NOT)
            continue;
        if ((st = without_nots(p, child, last)) == OCS_OK)
            last = &(*last)->next;
    }
    return st;
}

/* An index that was made before sentences were known cannot tell. */
static ocs_status check_bounds(ocs_planner *p)
{
    bool known;
    xap_slot texts;
    ocs_buf_reset(&p->term);
    ocs_buf_puts(&p->term, OCS_TERM_PARAGRAPH);
    ocs_status st = ocs_planner_known(p, &known);
    if (st != OCS_OK || known || (st = xap_db_slot(p->db, OCS_SLOT_TEXT, &texts, p->err)) != OCS_OK)
        return st;
    if (texts.documents == 0)
        return OCS_OK;
    return ocs_fail(p->err, OCS_VERSION,
                    "this index does not know where sentences begin: `ocsearch index` brings it up "
                    "to date");
}

ocs_status ocs_plan_checked(ocs_planner *p, xap_query *candidates, ocs_bound unit,
                            const ocs_part *part, xap_query **out)
{
    ocs_within *within = ocs_arena_alloc(p->arena, sizeof *within);
    if (!p->scratch)
        p->scratch = ocs_arena_new(SCRATCH);
    xap_query **made = ocs_vec_push(p->arena, &p->queries);
    if (!within || !p->scratch || !made)
        return ocs_planner_nomem(p);
    *within = (ocs_within){unit, part, p->scratch};
    ocs_status st = xap_query_checked(candidates, ocs_within_check, within, made, p->err);
    if (st != OCS_OK)
        *made = NULL;
    *out = *made;
    return st;
}

ocs_status ocs_plan_within(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_bound unit = node->kind == OCS_NODE_SENT ? OCS_BOUND_SENTENCE : OCS_BOUND_PARAGRAPH;
    ocs_part *part;
    ocs_node *plain;
    xap_query *candidates;
    ocs_status st;
    if ((st = check_bounds(p)) != OCS_OK ||
        (st = without_nots(p, node->children, &plain)) != OCS_OK ||
        (st = ocs_plan_node(p, plain, &candidates)) != OCS_OK ||
        (st = ocs_plan_part(p, node->children, &part)) != OCS_OK)
        return st;
    return ocs_plan_checked(p, candidates, unit, part, out);
}

/* ---- what may stand there ---- */

static ocs_status refuse(const ocs_node *node, ocs_error *err, const char *why)
{
    return ocs_fail_at(err, OCS_USAGE, (long)node->at.from, "%s", why);
}

/* The children of an OR, or of an AND, which may have NOTs beside something else. */
static ocs_status check_children(const ocs_node *node, ocs_error *err)
{
    bool beside = false;
    ocs_status st = OCS_OK;
    for (const ocs_node *child = node->children; st == OCS_OK && child; child = child->next) {
        bool not = child->kind == OCS_NODE_NOT && node->kind == OCS_NODE_AND;
        st = ocs_within_form(not ? child->children : child, err);
        beside |= !not ;
    }
    if (st == OCS_OK && !beside)
        return refuse(node, err, "NOT needs something beside it within SENT and PARA");
    return st;
}

ocs_status ocs_within_form(const ocs_node *node, ocs_error *err)
{
    switch (node->kind) {
    case OCS_NODE_WORD:
    case OCS_NODE_PHRASE:
    case OCS_NODE_NEAR: /* has been looked at by itself */
    case OCS_NODE_ADJ:
        return OCS_OK;
    case OCS_NODE_FIELD:
    case OCS_NODE_RANGE:
        if (ocs_field_positional(node->field))
            return OCS_OK;
        return refuse(node, err,
                      "this field has no place in the text; write it outside of SENT "
                      "and PARA");
    case OCS_NODE_AND:
    case OCS_NODE_OR:
        return check_children(node, err);
    case OCS_NODE_NOT:
        return refuse(node, err, "NOT needs something beside it within SENT and PARA");
    default:
        return refuse(node, err, "SENT and PARA take words, phrases, entities and NEAR");
    }
}
