/* A document as bytes and back: what the two sides share, corpus/document_pack.c and
 * corpus/document_unpack.c.  Private to corpus/.
 *
 * Numbers are LEB128 varints, signed ones zigzag.  The form, in order: format byte, facts about the
 * page, text, runs, facts, mentions, items; the functions of the two files come in pairs, put_X and
 * take_X, which must stay in step.  What follows from something else is left out:
 *   strings   0 and the string, when new; 1 when it equals its hint (a name its surface, a key its
 *             date or its name in small letters, a title the first line); else 2 + its number among
 *             the strings told so far, of which both sides remember the first OCS_PACKED_MEMORY.
 *             Number 0 is the empty string; ocs_packed_known follow, as if told already.
 *   runs      start where the one before ends in the text, and mostly in the page, too
 *   raw spans of mentions and roles follow from their place in the text and the runs
 */
#ifndef OCS_CORPUS_DOCUMENT_PACKED_H
#define OCS_CORPUS_DOCUMENT_PACKED_H

#include "corpus/document.h"

enum {
    OCS_PACKED_FORMAT = 2,
    OCS_PACKED_KEY = 128, /* longest key that follows from a name */
    OCS_PACKED_KNOWN = 92,
    OCS_PACKED_MEMORY = 1024, /* strings remembered, the known ones among them */
    OCS_PACKED_DERIVE_MAX =
        1024, /* longer stretches of text give their raw span, to bound the reader's work */
    OCS_PACKED_MENTION_BYTES = 7, /* the least that one takes */
    OCS_PACKED_ROLE_BYTES = 3,
    OCS_PACKED_FACT_BYTES = 4,
    OCS_PACKED_ITEM_BYTES = 7
};

typedef enum page_flag {
    PAGE_EMPTY = 1 << 0,
    PAGE_LIST = 1 << 1,
    PAGE_PUBLISHED_INEXACT = 1 << 2,
    PAGE_OWN_ID = 1 << 3, /* the id is not that of the path and follows */
    PAGE_TITLED = 1 << 4,
    PAGE_FLAGS = (1 << 5) - 1
} page_flag;

typedef enum run_shape { SHAPE_COPIED, SHAPE_GAP, SHAPE_UNITS, SHAPE_INEXACT } run_shape;

/* The head of a mention: type in bits 0 to 2, via in 3 to 5, then these. */
typedef enum mention_flag {
    MENTION_INEXACT = 1 << 6,
    MENTION_NESTED = 1 << 7,
    MENTION_RELATIVE = 1 << 8,
    MENTION_RAW = 1 << 9, /* the raw span follows */
    MENTION_WHEN = 1 << 10,
    MENTION_OTHER = 1 << 11,
    MENTION_COUNTRY = 1 << 12,
    MENTION_ROLES = 1 << 13,
    MENTION_PARTS = 1 << 14, /* the parts of each role follow the roles */
    MENTION_HEAD_MAX = (1 << 15) - 1
} mention_flag;

/* What both sides can work out of a place in the text. */
static inline bool ocs_packed_derivable(ocs_origin origin, ocs_span at)
{
    return origin.n > 0 && at.to > at.from && at.to - at.from <= OCS_PACKED_DERIVE_MAX;
}

static inline ocs_str ocs_packed_first_line(ocs_str text)
{
    return ocs_str_sub(text, 0, ocs_str_find_char(text, '\n', 0));
}

/* The bytes of the page that a run stands for. */
static inline uint64_t ocs_packed_run_bytes(const ocs_run *run)
{
    if (run->inexact)
        return run->raw_length;
    return (uint64_t)run->length / run->text_unit * run->raw_unit;
}

/* Strings that many documents have, known to both sides beforehand; each ends with a NUL. */
extern const ocs_str ocs_packed_known[OCS_PACKED_KNOWN];

/* The key that most things of ${name} have, in ${key}: small letters and digits, a hyphen for
 * whatever stands between.  Empty unless the name is short and ASCII.  Much cheaper than ocs_slug, and
 * nothing is lost where the key is another. */
ocs_str ocs_packed_key(ocs_str name, char key[OCS_PACKED_KEY]);

#endif
