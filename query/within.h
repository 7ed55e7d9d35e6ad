/* What stands within one sentence, one paragraph or so many words, read off the positions of the
 * index.  A query comes with a part for each of its operands; the parts are looked up in one
 * document after the other, as libxapian comes to them (xap_query_checked).  Private to query/. */
#ifndef OCS_QUERY_WITHIN_H
#define OCS_QUERY_WITHIN_H

#include "query/query.h"

/* The first five have places in the text, from a first word to a last one; the last two only hold in
 * a unit of the text or do not. */
typedef enum ocs_part_kind {
    OCS_PART_TERMS,  /* any of .terms */
    OCS_PART_PHRASE, /* .children, which are TERMS, one right behind the other */
    OCS_PART_NEAR,   /* .children, each with places, all within .window words in any order; the
                      * further words of a place do not count */
    OCS_PART_ADJ,    /* the same in their order */
    OCS_PART_ANY,    /* any of .children; it has places where all of them do */
    OCS_PART_ALL,    /* all of .children and, of these, none of the NOTs; not only NOTs */
    OCS_PART_NOT     /* within ALL: its one child does not */
} ocs_part_kind;

typedef struct ocs_part ocs_part;
struct ocs_part {
    ocs_part_kind kind;
    const ocs_str *terms;
    size_t n_terms;
    uint32_t window;
    ocs_part *children, *next; /* first child, next sibling */
};

typedef enum ocs_bound { OCS_BOUND_DOCUMENT, OCS_BOUND_SENTENCE, OCS_BOUND_PARAGRAPH } ocs_bound;

typedef struct ocs_within {
    ocs_bound unit;
    const ocs_part *part;
    ocs_arena *scratch; /* cleared for every document */
} ocs_within;

/* Whether the document has a unit in which the part holds: an xap_check_document whose payload is
 * an ocs_within.  OCS_LIMIT when its positions do not fit the arena. */
ocs_status ocs_within_check(void *within, xap_db *shard, xap_docid id, bool *yes, ocs_error *err);

/* Whether ${node} can stand within SENT( ) and PARA( ): OCS_USAGE at the first that cannot. */
ocs_status ocs_within_form(const ocs_node *node, ocs_error *err) OCS_MUST_CHECK;

#endif
