/* A record while it is being made: each term is kept once, its positions in the order in which they
 * are found; both are sorted at the end.  Failures stick in the arena and in the buffer and are
 * asked for once.  Private to index/. */
#ifndef OCS_INDEX_DRAFT_H
#define OCS_INDEX_DRAFT_H

#include "index/stemmers.h"

enum { OCS_NOWHERE = 0 }; /* the position of a term that has none */

typedef struct ocs_draft_term {
    uint64_t head; /* the first eight bytes, most significant first: most comparisons end here */
    uint64_t hash;
    ocs_str term;
    uint32_t wdf, rank; /* place among the sorted terms, at the end */
} ocs_draft_term;

typedef struct ocs_posting {
    uint32_t term, position; /* index into .terms */
} ocs_posting;

typedef struct ocs_draft {
    ocs_arena *arena;
    ocs_stemmers *stemmers;
    ocs_names *names;
    const ocs_document *document;
    ocs_words words; /* of the text */
    ocs_buf term;    /* the term being spelled */
    OCS_VEC(ocs_draft_term) terms;
    OCS_VEC(ocs_posting) postings;
    uint32_t *slots; /* hash table of 1 + the index of a term; 0 is free */
    size_t n_slots;  /* 0 or a power of two, at most half full */
} ocs_draft;

/* Take the term that stands in ${draft->term}, which becomes empty. */
void ocs_draft_add(ocs_draft *draft, uint32_t position, uint32_t wdf);

/* X?~ for each word of ${name} that is no stopword, in both spellings, all at ${position}. */
void ocs_draft_add_name(ocs_draft *draft, ocs_family family, ocs_str name, uint32_t position);
void ocs_draft_add_name_word(ocs_draft *draft, ocs_family family, const ocs_word *word,
                             uint32_t position);

/* The years, months and days that ${when} names. */
void ocs_draft_add_when(ocs_draft *draft, bool published, ocs_when when, uint32_t position);

/* Everything that the mentions of the document add (index/draft_mention.c). */
void ocs_draft_add_mentions(ocs_draft *draft);

/* Where sentences and paragraphs of the text begin, which is cut into words already
 * (index/draft_bounds.c). */
void ocs_draft_add_bounds(ocs_draft *draft);

/* Sort terms and positions into ${record}; false when the arena failed. */
bool ocs_draft_finish(ocs_draft *draft, ocs_record *record);

#endif
