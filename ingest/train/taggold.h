/* Marked texts: docs/NAME.txt and gold.jsonl, an object a line with "doc", "type", "start", "end"
 * (bytes, half open) and, for a mark that counts neither way, "opt". */
#ifndef OCS_INGEST_TAGGOLD_H
#define OCS_INGEST_TAGGOLD_H

#include "ingest/scan.h"

typedef struct ocs_tag_mark {
    ocs_str doc;
    ocs_mention_type type;
    ocs_span at;
    bool optional;
} ocs_tag_mark;

typedef struct ocs_tag_marks {
    ocs_tag_mark *at;
    size_t n, room;
    ocs_tag_mark *spare;
} ocs_tag_marks;

/* All marks of ${jsonl}, which must stay while they are used.  OCS_BADINPUT and the line that is
 * no such object. */
ocs_status ocs_tag_marks_read(ocs_str jsonl, ocs_arena *arena, ocs_tag_marks *marks,
                              ocs_error *err) OCS_MUST_CHECK;

/* The tokens that the tagger is to find for a mark; an empty span when there are none. */
ocs_span ocs_tag_mark_tokens(const ocs_scan *scan, const ocs_tag_mark *mark);

/* For each token of a document the set of tags (1u << ocs_tag) that its marks, the longest first,
 * allow.  NULL when the arena failed. */
uint8_t *ocs_tag_marks_tags(const ocs_scan *scan, const ocs_tag_marks *marks);

#endif
