/* Where text comes from.  Cleaned text is made of runs, each copied or decoded from a stretch of
 * the raw page; every fact can so be led back to the bytes on disk.  Runs are sorted by .text, do
 * not overlap, and together cover the text. */
#ifndef OCS_CORPUS_ORIGIN_H
#define OCS_CORPUS_ORIGIN_H

#include "base/base.h"

/* ${length} bytes of text in units of ${text_unit} bytes (1 or more, ${length} a multiple of it),
 * each from ${raw_unit} bytes of the page: 1 from 1 for bytes copied, 2 from 1 for Cyrillic in
 * windows-1251, 1 from 5 for "&amp;" (one unit).  A raw_unit of 0 marks text that the page does not
 * hold, such as the line feed between two blocks: it stands at .raw.  Where the source of a text
 * node cannot be known exactly, the run is marked and covers its line: .raw_length bytes from .raw,
 * whatever the units. */
typedef struct ocs_run {
    uint32_t text, raw, length;
    uint16_t text_unit, raw_unit;
    bool inexact;
    uint32_t raw_length; /* of an inexact run: of the line in the page; 0 otherwise */
} ocs_run;

typedef struct ocs_origin {
    const ocs_run *runs;
    size_t n;
} ocs_origin;

/* The bytes of the page behind text [at.from, at.to), from the first of them to the last; what the
 * page has between (markup, folded white space) is within.  ${at} is not empty.  Text that the page
 * does not hold adds nothing; alone it gives the empty span at its place.  ${exact} (may be NULL)
 * tells whether the ends are those of the text: not so when an inexact run takes part, when a unit
 * is cut, or when the runs go backwards in the page.  An empty origin gives {0,0}, inexact.  Cost:
 * a binary search, then the runs behind ${at}. */
ocs_span ocs_origin_raw(ocs_origin origin, ocs_span at, bool *exact);

/* Building: runs are added in the order of the text and merged where they continue each other; an
 * empty run adds nothing. */
typedef struct ocs_origin_builder {
    OCS_VEC(ocs_run) runs;
} ocs_origin_builder;
bool ocs_origin_add(ocs_arena *arena, ocs_origin_builder *builder, ocs_run run); /* false: arena */
ocs_origin ocs_origin_of(const ocs_origin_builder *builder);

#endif
