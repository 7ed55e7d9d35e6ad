/* What a saved query has already given of an index: ids of documents with a hash of their text, by
 * which a document is new or changed, whatever number the index gives it after a rebuild.
 *
 * One process at a time has it open.  What is added counts for the next run only once it is saved,
 * which is to be done when the output has safely been written: a run that dies gives its documents
 * again, and none is lost. */
#ifndef OCS_QUERY_SEEN_H
#define OCS_QUERY_SEEN_H

#include "index/index.h"

typedef struct ocs_seen ocs_seen;

typedef enum ocs_news { OCS_NEWS_NONE, OCS_NEWS_NEW, OCS_NEWS_CHANGED } ocs_news;
const char *ocs_news_name(ocs_news news); /* NULL for OCS_NEWS_NONE */

/* The state in ${path}, which need not be there yet, for what ${about} describes (name and index).
 * With ${several} indexes, which may hold a page each of the same path, all texts of an id are
 * remembered and not only the last.  OCS_LOCKED when another run has it; OCS_CORRUPT when it is
 * damaged or about something else. */
ocs_status ocs_seen_open(const char *path, ocs_str about, bool several, ocs_seen **seen,
                         ocs_error *err) OCS_MUST_CHECK;
void ocs_seen_close(ocs_seen *seen);

/* ${id} as documents have it, ${text} the hash of the cleaned text, 0 for none. */
ocs_news ocs_seen_look(const ocs_seen *seen, ocs_str id, uint64_t text);
ocs_status ocs_seen_add(ocs_seen *seen, ocs_str id, uint64_t text, ocs_error *err) OCS_MUST_CHECK;
size_t ocs_seen_count(const ocs_seen *seen); /* what was there when it was opened */
ocs_status ocs_seen_save(ocs_seen *seen, ocs_error *err) OCS_MUST_CHECK;

/* The same of document ${number} of ${index}, without unpacking it. */
ocs_status ocs_seen_ask(const ocs_seen *seen, ocs_index *index, xap_docid number, ocs_news *news,
                        ocs_error *err) OCS_MUST_CHECK;

/* Hash of a document's text, as the index has it in its value slot. */
uint64_t ocs_seen_text(const ocs_document *document);

#endif
