/* What names and tags of HTML tell about an element. */
#ifndef OCS_INGEST_MARKUP_H
#define OCS_INGEST_MARKUP_H

#include "ingest/attributes.h"
#include "ingest/block.h"

typedef enum ocs_tag_class {
    OCS_TAG_INLINE,
    OCS_TAG_BLOCK, /* starts and ends a block */
    OCS_TAG_BREAK, /* br */
    OCS_TAG_HIDDEN /* its text is never shown: head, noscript, template, ... */
} ocs_tag_class;

typedef struct ocs_tag {
    const char *name;
    ocs_tag_class class_;
    ocs_block_kind kind;
    uint32_t marks; /* ocs_element_mark */
} ocs_tag;

/* NULL for a tag without a meaning of its own: it is inline. */
const ocs_tag *ocs_tag_find(const char *name);

/* Marks that the words of a class, id, role or itemprop attribute give. */
uint32_t ocs_marks_of(const char *value);

/* The page without script, style, svg and comments, which are half of its bytes and nothing of its
 * text, and with blanks for attributes, whose
 * ${traits} are told (ingest/attributes.h); ${ld} gets the spans, in page->text, of JSON-LD scripts. */
typedef struct ocs_spans {
    ocs_span *at;
    size_t n;
} ocs_spans;
ocs_status ocs_markup_cut(const ocs_decoded *page, ocs_arena *arena, ocs_decoded *cut,
                          ocs_spans *ld, ocs_traits_list *traits, ocs_error *err) OCS_MUST_CHECK;

#endif
