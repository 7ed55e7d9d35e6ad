/* People with roles, places, countries, organisations and dates in a document's text. */
#ifndef OCS_INGEST_MENTIONS_H
#define OCS_INGEST_MENTIONS_H

#include "corpus/corpus.h"

struct ocs_tagger; /* ingest/tagger.h */
struct ocs_scan;   /* ingest/scan.h */

/* Fill in ${document}->mentions from its text, language and published date.  ${tagger} helps the
 * rules with documents in English; NULL leaves them alone. */
ocs_status ocs_mentions_find(const ocs_gaz *gaz, const struct ocs_tagger *tagger, ocs_arena *arena,
                             ocs_document *document, ocs_error *err) OCS_MUST_CHECK;

/* Only the rules, up to where the tagger would look at what they found: ${scan} has its gazetteer,
 * arena, document and text, and is for ocs_scan_end to end.  False when the arena failed. */
bool ocs_mentions_rules(struct ocs_scan *scan);

#endif
