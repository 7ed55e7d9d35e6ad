/* ingest: one page's bytes become one document.
 *
 *   bytes -> decoded, mended text (decode.h, mend.h) -> blocks with roles (block.h, judge.h)
 *         -> facts and body (facts.h) -> mentions (mentions.h)
 *
 * An ocs_ingest holds what is built once: compiled patterns, the gazetteer, the language model.
 * Matching needs scratch space that lives in it, so one is for one thread at a time: make one per
 * worker. */
#ifndef OCS_INGEST_H
#define OCS_INGEST_H

#include "corpus/corpus.h"

typedef struct ocs_ingest ocs_ingest;

ocs_status ocs_ingest_new(ocs_ingest **ingest, ocs_error *err) OCS_MUST_CHECK;
void ocs_ingest_free(ocs_ingest *ingest);

/* Version of rules and tables: documents made under another version are stale.  Whether blocks are
 * kept is no part of it. */
uint64_t ocs_ingest_version(void);

/* Names and words are those of ${tables}, which must outlive ${ingest}; NULL: the built-in ones. */
void ocs_ingest_use_tables(ocs_ingest *ingest, const ocs_gaz *tables);

/* Keep the text of all blocks but empty ones, so that nothing is lost to a wrong verdict.  Facts are
 * read as ever, by the blocks' roles; names are then found in frame and content alike. */
void ocs_ingest_keep_blocks(ocs_ingest *ingest, bool keep);

/* Find names by the rules alone, without the tagger's model (ingest/tagger.h). */
void ocs_ingest_rules_only(ocs_ingest *ingest, bool alone);

/* How far to go. */
typedef enum ocs_stage { OCS_STAGE_BLOCKS, OCS_STAGE_DOCUMENT, OCS_STAGE_MENTIONS } ocs_stage;

typedef struct ocs_page {
    ocs_str bytes; /* as they lie on disk */
    ocs_str path;
    ocs_str url;                   /* where the page was fetched from, if known */
    const struct ocs_sites *sites; /* ingest/site.h: evidence of other pages, or NULL */
    ocs_str counted_as;            /* the path that evidence knows the page by; empty: .path */
} ocs_page;

typedef struct ocs_blocks ocs_blocks; /* ingest/block.h */

/* Make the document of ${page} in ${arena}; ${page} must stay while the document is used. ${blocks}
 * (may be NULL) gets the blocks with their verdicts, for printing.  OCS_LIMIT when the page needs
 * more memory than the arena may hold. */
ocs_status ocs_ingest_page(ocs_ingest *ingest, const ocs_page *page, ocs_stage stage,
                           ocs_arena *arena, ocs_document *document, const ocs_blocks **blocks,
                           ocs_error *err) OCS_MUST_CHECK;

/* Cut ${page} and append what its lines say about its site, for ocs_sites_take_packed
 * (ingest/site.h); nothing else is made of it.  What it needs in between is in ${arena}. */
ocs_status ocs_ingest_sample(const ocs_page *page, ocs_arena *arena, ocs_buf *sample,
                             ocs_error *err) OCS_MUST_CHECK;

/* The blocks, one a line: verdict, reason, kind, text.  For `extract --stage=blocks`. */
void ocs_blocks_print(const ocs_blocks *blocks, ocs_buf *out);
/* The same as JSON objects, one a line. */
void ocs_blocks_print_json(const ocs_blocks *blocks, ocs_str path, ocs_buf *out);

#endif
