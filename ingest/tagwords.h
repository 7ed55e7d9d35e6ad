/* What the tagger knows of each word of a document: measures of the word itself, what the tables
 * and the rules say of it, and how it is written elsewhere in the document.  The trainer and the
 * program use the same ones. */
#ifndef OCS_INGEST_TAGWORDS_H
#define OCS_INGEST_TAGWORDS_H

#include "ingest/scan.h"

/* Raise when a feature changes: a table that was made with others is refused by the build. */
enum { OCS_TAG_VERSION = 3 };
enum { OCS_TAG_FEATURES = 96, OCS_TAG_AFFIXES = 3 };

typedef struct ocs_tag_word {
    uint32_t word; /* hash of the folded word, digits made equal; 0 beyond the line */
    uint32_t prefix[OCS_TAG_AFFIXES], suffix[OCS_TAG_AFFIXES];
    uint32_t known; /* two bits a table: begins a phrase, goes on in one */
    uint32_t rule;  /* what the rules made of it: type, first or not, and which rule */
    uint32_t type;  /* the same without the rule */
    uint8_t shape, gap, seen;
    uint8_t far; /* words to the nearest that may be in a name: one with a capital, or a rule's */
    uint32_t run_from, run_to; /* the run of capitalised words that it stands in; empty if none */
} ocs_tag_word;

typedef struct ocs_tag_words {
    const ocs_scan *scan;
    ocs_tag_word *at;
    size_t n;
} ocs_tag_words;

/* Measure all words of ${scan}, whose rules have run.  False when the arena failed. */
bool ocs_tag_words_make(const ocs_scan *scan, ocs_tag_words *out);

/* Words farther than OCS_TAG_NEAR from any that may be in a name are in none: what their features
 * are does not matter. */
enum { OCS_TAG_NEAR = 2 };

/* The features of word ${i} of a line [from, to), as hashes; returns how many. */
size_t ocs_tag_features(const ocs_tag_words *words, size_t from, size_t to, size_t i,
                        uint32_t features[OCS_TAG_FEATURES]);

#endif
