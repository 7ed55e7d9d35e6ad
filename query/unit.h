/* The parts of a document within which things are said together: its sentences, its paragraphs, or
 * all of it.  Private to query/. */
#ifndef OCS_QUERY_UNIT_H
#define OCS_QUERY_UNIT_H

#include "query/query.h"

typedef enum ocs_unit { OCS_UNIT_SENTENCE, OCS_UNIT_PARAGRAPH, OCS_UNIT_DOCUMENT } ocs_unit;

typedef struct ocs_units {
    const ocs_span *at; /* in the order of the text, apart from each other, none empty */
    size_t n;
} ocs_units;

/* False: the arena. */
bool ocs_units_of(const ocs_document *document, ocs_unit unit, ocs_arena *arena, ocs_units *out);

/* The unit in which byte ${at} lies, or the last one before it; .n when there is none. */
size_t ocs_units_find(const ocs_units *units, size_t at);

/* What is cited as evidence: the words of a unit, and where the page has them.  A longer one than
 * OCS_CITED_BYTES is cut to what stands around ${about}, an offset span in the text. */
enum { OCS_CITED_BYTES = 600 };
typedef struct ocs_cited {
    ocs_str text; /* in the arena it was copied to; of a document, within it */
    ocs_span at, raw;
    bool inexact;
} ocs_cited;
ocs_cited ocs_cite(const ocs_document *document, ocs_span unit, ocs_span about);

#endif
