/* Facts about a page as a whole, read off its blocks: kind, title, published date, places, sources,
 * fields of work; and the cleaned text that is left when frame and facts are out. */
#ifndef OCS_INGEST_FACTS_H
#define OCS_INGEST_FACTS_H

#include "ingest/block.h"
#include "ingest/dates.h"

/* "BELGRADE, 13 February 2017 -" at the start of a paragraph. */
typedef struct ocs_dateline {
    ocs_span places[4]; /* of its place names, in the text */
    size_t n_places;
    ocs_span date_at;
    ocs_date date; /* month 0: a dateline without a date */
    size_t end;    /* of the dateline, separator included */
} ocs_dateline;

/* Read a dateline at the start of ${text}; false when there is none.  Wants capitals or a known
 * place before or after the date, and a separator or the line's end behind. */
bool ocs_dateline_read(const ocs_gaz *gaz, ocs_str text, ocs_arena *arena, ocs_dateline *out);

/* The name of a place as it should be shown: canonical where it is known, else "SOMEWHERE NEW" as
 * "Somewhere New".  NULL slice when the text names a country. */
ocs_fact ocs_place_fact(const ocs_gaz *gaz, ocs_str text, ocs_arena *arena);

/* Fill in text, origin and all facts of ${document} from ${blocks}. */
ocs_status ocs_facts_read(const ocs_gaz *gaz, const ocs_page *page, const ocs_blocks *blocks,
                          ocs_arena *arena, ocs_document *document, ocs_error *err) OCS_MUST_CHECK;

#endif
