/* People with roles, places, countries, organisations and dates in a document's text. */
#ifndef OCS_INGEST_MENTIONS_H
#define OCS_INGEST_MENTIONS_H

#include "corpus/corpus.h"

/* Fill in ${document}->mentions from its text, language and published date. */
ocs_status ocs_mentions_find(const ocs_gaz *gaz, ocs_arena *arena, ocs_document *document,
                             ocs_error *err) OCS_MUST_CHECK;

#endif
