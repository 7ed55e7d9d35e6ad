/* query: query text -> tokens -> tree -> Xapian query -> hits.  The language is described in
 * docs/ocsearch-query.7; the grammar stands at the top of query/parse.c. */
#ifndef OCS_QUERY_H
#define OCS_QUERY_H

#include "index/index.h"

/* ---- the tree ---- */

typedef enum ocs_node_kind {
    OCS_NODE_WORD,   /* text, which may hold ? for a letter and * for any; wildcard: a * after it;
                      * exact: =text; fuzzy: text~1 */
    OCS_NODE_PHRASE, /* text: the words between the quotes, which may hold ? and * */
    OCS_NODE_FIELD,  /* field, text (value as written); wildcard with empty text: person:*; with a
                      * child: whose office it is, person:*@org:ODIHR */
    OCS_NODE_RANGE,  /* date: or on:, from and to */
    OCS_NODE_TITLE,  /* title:( ... ), one child */
    OCS_NODE_AND,    /* children */
    OCS_NODE_OR,
    OCS_NODE_NOT,  /* one child */
    OCS_NODE_NEAR, /* two children or more, distance */
    OCS_NODE_ADJ,
    OCS_NODE_SENT, /* SENT( ... ), one child */
    OCS_NODE_PARA, /* PARA( ... ), one child */
    OCS_NODE_EMPTY /* the empty query */
} ocs_node_kind;

typedef struct ocs_node ocs_node;
struct ocs_node {
    ocs_node_kind kind;
    ocs_span at; /* in the query text, for messages */
    int field;   /* ocs_field_id of a FIELD or RANGE */
    ocs_str text;
    bool wildcard, exact;
    unsigned fuzzy;    /* so many letters may differ; 0: none */
    ocs_date from, to; /* RANGE: inclusive; all 0 is open, only year 0 a day of unknown year */
    uint32_t distance;
    ocs_node *children; /* first child; of a FIELD its only one */
    ocs_node *next;     /* next sibling */
};

/* Parse ${text}, which the tree points into.  OCS_USAGE, a sentence and the byte place for an
 * unknown field, an unbalanced quote or bracket, a bad date, a missing operand, or too deep
 * nesting.  A query of white space is an OCS_NODE_EMPTY. */
ocs_status ocs_query_parse(ocs_str text, ocs_arena *arena, ocs_node **tree,
                           ocs_error *err) OCS_MUST_CHECK;
/* As query text in one normal form: parsing it again gives the same tree. */
void ocs_query_print(const ocs_node *tree, ocs_buf *out);
/* "word", "near", ...: what a node is called in what follows. */
const char *ocs_query_kind_name(ocs_node_kind kind);
/* Indented, one node a line, for --explain. */
void ocs_query_print_tree(const ocs_node *tree, ocs_buf *out);

/* The line of the query with a caret under ${err->at}, two lines without a final newline; of a long
 * line the part about that place. */
void ocs_query_caret(ocs_str query, const ocs_error *err, ocs_buf *out);

/* All field names, for help and completion; NULL at the end. */
const char *ocs_query_field_name(size_t i);
const char *ocs_query_field_about(size_t i);

/* ---- options of the plan ---- */

/* What is searched beside what was written. */
typedef enum ocs_expand {
    OCS_EXPAND_STEMS = 1 << 0,    /* a word also finds its inflected forms */
    OCS_EXPAND_SPELLING = 1 << 1, /* organised also finds organized */
    OCS_EXPAND_ACRONYM = 1 << 2,  /* ODIHR also finds the full name, and the full name ODIHR */
    OCS_EXPAND_NAMES = 1 << 3,    /* other names of a thing, and names that hold what was written */
    OCS_EXPAND_TRANSLIT = 1 << 4, /* names in Cyrillic and in Latin letters find each other */
    OCS_EXPAND_ALL = (1 << 5) - 1
} ocs_expand;

/* "stems,names", "all", "none" into bits of ocs_expand; OCS_USAGE and a sentence for another word. */
ocs_status ocs_expand_parse(ocs_str text, unsigned *expand, ocs_error *err) OCS_MUST_CHECK;

/* How queries are planned.  All zero is the default. */
typedef struct ocs_plan_options {
    unsigned without;      /* bits of ocs_expand that are left away; 0: everything is searched */
    const ocs_gaz *tables; /* names of things; NULL: the built-in ones */
    bool brief; /* nobody reads the expansions: names are not looked up only to be told */
    /* The text of the query saved under ${name}, for saved:NAME; it must last as long as ${arena}.
     * OCS_NOTFOUND without a message: there is none of that name; any other failure comes with a
     * message and ends the plan.  The text is parsed and planned in place of the field, and may
     * itself use saved:; circles and too many of them are refused by the planner.  NULL: no query
     * can be saved here. */
    ocs_status (*saved)(void *payload, ocs_str name, ocs_arena *arena, ocs_str *text,
                        ocs_error *err);
    void *payload;
} ocs_plan_options;

/* ---- the plan ---- */

/* What was searched beside what was written: "organised" -> "organized", country:Serbia -> RS. */
typedef struct ocs_expansion {
    ocs_str from, to;
} ocs_expansion;

/* What the query asks for and not against, to find what to highlight in a text.  A mark is spelled
 * like the term it was searched by: "word", "Zstem", "XP=key", "XP~word", "XP*", "XDY2018"; "a b c"
 * is a phrase, "pre*" and "te?t" are wildcards. */
typedef struct ocs_plan {
    xap_query *query; /* owned: ocs_plan_clear */
    ocs_expansion *expansions;
    size_t n_expansions;
    ocs_str *marks; /* what to highlight; see above */
    size_t n_marks;
    ocs_arena *scratch; /* of a query that looks into documents; owned, may be NULL */
} ocs_plan;

/* ${index} is asked for entity names and languages, and for the options (ocs_index_set_planning).
 * The query may point into ${arena}. */
ocs_status ocs_query_plan(const ocs_node *tree, ocs_index *index, ocs_arena *arena, ocs_plan *plan,
                          ocs_error *err) OCS_MUST_CHECK;
void ocs_plan_clear(ocs_plan *plan);
/* Run a planned query; as xap_search_run, but a wildcard that stands for too much, which is only
 * known now, is OCS_USAGE and a sentence. */
ocs_status ocs_plan_run(ocs_index *index, const xap_query *query, const xap_search *wanted,
                        xap_results **results, ocs_error *err) OCS_MUST_CHECK;
/* The same by xap_search_each, on one part of the index. */
ocs_status ocs_plan_run_each(xap_db *db, const xap_query *query,
                             bool (*each)(void *payload, xap_docid id), void *payload,
                             ocs_error *err) OCS_MUST_CHECK;

/* ---- hits ---- */

/* What a stretch of text is that matches a mark, or that names something. */
#define OCS_MARK_KINDS(X) \
    X(WORD, "word")       \
    X(PHRASE, "phrase")   \
    X(PERSON, "person")   \
    X(PLACE, "place")     \
    X(COUNTRY, "country") \
    X(ORG, "org")         \
    X(DATE, "date")       \
    X(ROLE, "role")

typedef enum ocs_mark_kind {
#define X(name, text) OCS_MARKED_##name,
    OCS_MARK_KINDS(X)
#undef X
        OCS_MARK_KIND_COUNT
} ocs_mark_kind;
const char *ocs_mark_kind_name(ocs_mark_kind kind);
ocs_mark_kind ocs_mark_kind_of_mention(ocs_mention_type type);

typedef struct ocs_marked {
    ocs_span at;
    ocs_mark_kind kind;
} ocs_marked;

/* A mention of the document that stands within an excerpt. */
typedef struct ocs_named {
    ocs_span at;
    ocs_mark_kind kind;
    uint32_t mention; /* its index among the document's */
} ocs_named;

/* All spans but .at and .raw are bytes within .text. */
typedef struct ocs_snippet {
    ocs_str text; /* an excerpt of the document's text */
    ocs_span at;  /* where in the document's text */
    ocs_span raw; /* where in the page */
    bool inexact;
    bool whole_from, whole_to; /* it begins, ends where a sentence does */
    ocs_span *matches;         /* sorted, disjoint: those of .marks, joined where they overlap */
    size_t n_matches;
    ocs_marked *marks; /* every match by itself; by start, longer first */
    size_t n_marks;
    ocs_named *mentions; /* what is named, found or not; by start, longer first */
    size_t n_mentions;
} ocs_snippet;

typedef struct ocs_copy {
    ocs_str id, path;
} ocs_copy;

/* Other documents of the index with the same article, whether they match the query or not. */
typedef struct ocs_copies {
    uint32_t count;
    ocs_copy *at; /* by path; of very many only OCS_COPIES_NAMED (query/copies.h) */
    size_t n;
} ocs_copies;

typedef struct ocs_hit {
    uint32_t rank; /* 1 and up */
    double score;
    ocs_document document;
    ocs_snippet *snippets;
    size_t n_snippets;
    ocs_span *title_matches; /* in the title's value, where that is the first line of the text */
    size_t n_title_matches;
    ocs_copies copies;
} ocs_hit;

typedef enum ocs_order { OCS_ORDER_SCORE, OCS_ORDER_DATE, OCS_ORDER_DATE_ASCENDING } ocs_order;

/* With ${group} a hit of the same group as a better one is left out: ${first}, ${most} and the
 * ranks count what is left.  Hits of equal score (or date) stand in the order in which their pages
 * came into the index; of several indexes, one of each in turn. */
typedef enum ocs_group {
    OCS_GROUP_NONE,
    OCS_GROUP_COPIES, /* of copies of one article */
    OCS_GROUP_SOURCE  /* of pages of one source, and of those without any */
} ocs_group;

typedef struct ocs_facet_wanted ocs_facet_wanted; /* query/facets.h */
typedef struct ocs_facet ocs_facet;

typedef struct ocs_search {
    uint32_t first, most;
    ocs_group group;
    const ocs_facet_wanted *facets; /* counted over all matches, whatever is shown */
    size_t n_facets;
    /* Called for each of them after the last hit, with the payload of ocs_search_calls. */
    void (*facet)(void *payload, const ocs_facet *facet);
    double time_limit; /* seconds, 0: none; see ocs_outcome.incomplete */
    ocs_order order;
    unsigned snippets; /* at most so many a hit; 0: none */
    bool skip_copies;  /* hits come without their copies */
} ocs_search;

typedef struct ocs_outcome {
    uint32_t matches;
    bool exact; /* ${matches} is no estimate */
    uint32_t shown;
    uint32_t groups; /* matches without copies, which is known when all were looked at: */
    bool grouped;    /* ${groups} is known; never without ocs_search.group */
    bool incomplete; /* time ran out; what was found until then was given, and facets all or none */
} ocs_outcome;

/* Run a query text: parse, plan, search, and call ${each} with every hit, in order; a hit lasts for
 * the call.  ${each} may return false to stop.  When the index moved on under the search it is
 * reopened and the query run once more, before any hit was given.  ${planned} (may be NULL) is
 * called with tree and plan before the first hit. */
typedef struct ocs_search_calls {
    bool (*each)(void *payload, const ocs_hit *hit);
    void (*planned)(void *payload, const ocs_node *tree, const ocs_plan *plan);
    void *payload;
    /* May be NULL.  Asked of each match as it is looked at, before copies of one another are left
     * out: what is not ${admitted} is as if it did not match, but for the outcome's .matches. */
    ocs_status (*admit)(void *payload, ocs_index *index, xap_docid number, bool *admitted,
                        ocs_error *err);
} ocs_search_calls;
ocs_status ocs_search_run(ocs_index *index, ocs_str query, const ocs_search *search,
                          const ocs_search_calls *calls, ocs_outcome *outcome,
                          ocs_error *err) OCS_MUST_CHECK;
/* Where ${query} matches in the text of ${document}: spans in ${arena}, sorted and disjoint.  Errors
 * as by ocs_search_run. */
ocs_status ocs_query_highlight(ocs_index *index, ocs_str query, const ocs_document *document,
                               ocs_arena *arena, ocs_span **spans, size_t *n,
                               ocs_error *err) OCS_MUST_CHECK;
/* How many documents match, exactly. */
ocs_status ocs_search_count(ocs_index *index, ocs_str query, uint32_t *matches,
                            ocs_error *err) OCS_MUST_CHECK;

#endif
