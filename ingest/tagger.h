/* The tagger: a linear chain over the words of a line (a conditional random field; Lafferty,
 * McCallum and Pereira 2001), which says for each word whether a person's, a place's or an
 * organisation's name starts or goes on there.  Its measures include what the rules found
 * (ingest/tagwords.h); what it may not change is given to it as bounds.  Its table is data, made by
 * ingest/train/tagtrain.c and turned into C at build time; an empty table leaves the rules alone. */
#ifndef OCS_INGEST_TAGGER_H
#define OCS_INGEST_TAGGER_H

#include "ingest/tagwords.h"

/* Outside, and first and further words of each type. */
typedef enum ocs_tag {
    OCS_TAG_O,
    OCS_TAG_B_PERSON,
    OCS_TAG_I_PERSON,
    OCS_TAG_B_PLACE,
    OCS_TAG_I_PLACE,
    OCS_TAG_B_ORG,
    OCS_TAG_I_ORG,
    OCS_TAG_COUNT
} ocs_tag;

enum { OCS_TAG_ANY = (1 << OCS_TAG_COUNT) - 1, OCS_TAG_ROW = 8 };

static inline bool ocs_tag_goes_on(unsigned tag)
{
    return tag == OCS_TAG_I_PERSON || tag == OCS_TAG_I_PLACE || tag == OCS_TAG_I_ORG;
}
/* Whether ${tag} may stand behind ${before}; at the start of a line, behind OCS_TAG_O. */
static inline bool ocs_tag_follows(unsigned before, unsigned tag)
{
    return !ocs_tag_goes_on(tag) || before == tag || before + 1 == tag;
}
ocs_mention_type ocs_tag_type(unsigned tag);
unsigned ocs_tag_first(ocs_mention_type type); /* OCS_TAG_O for other types */

/* A row of the table has a byte for each tag, ${tag} at bit 8 * ${tag}: its weight, from -127 to 127,
 * plus OCS_TAG_BIAS, so that rows can be summed up many bytes at once. */
enum { OCS_TAG_BIAS = 128 };
static inline uint64_t ocs_tag_row(const int8_t weights[OCS_TAG_COUNT])
{
    uint64_t row = 0;
    for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
        row |= (uint64_t)(weights[tag] + OCS_TAG_BIAS) << 8 * tag;
    return row;
}
static inline int ocs_tag_weight(uint64_t row, unsigned tag)
{
    return (int)(row >> 8 * tag & 0xFF) - OCS_TAG_BIAS;
}

typedef struct ocs_tagger {
    const uint16_t *slots; /* open addressing, a power of two: 1 + row of a feature, 0 = free */
    const uint32_t *keys;  /* of the rows */
    const uint64_t *rows;  /* weights for each tag, see ocs_tag_weight */
    uint32_t n_slots, n_rows;
    int16_t follows[OCS_TAG_COUNT][OCS_TAG_COUNT]; /* [before][tag] */
    float unit;                                    /* what 1 weighs */
} ocs_tagger;

/* The table in ingest/models/names.tsv. */
extern const ocs_tagger ocs_tagger_names;

typedef struct ocs_tagged {
    ocs_mention_type type;
    uint32_t from, to; /* tokens */
    uint8_t sure;      /* 0 to 100: the least likely of its words' tags, as the model sees it */
} ocs_tagged;

typedef struct ocs_tagged_names {
    ocs_tagged *at;
    size_t n, room;
    ocs_tagged *spare;
} ocs_tagged_names;

/* Cut ${name} to what a name is: no articles, no titles before a person, no small words around it
 * but those that open one, no country behind a comma.  False when nothing is left. */
bool ocs_name_trim(const ocs_scan *scan, ocs_tagged *name);

/* The most likely names of a document.  ${allowed} has a set of tags (1u << ocs_tag) for each token;
 * ${outside} gets how likely each token is to be in no name, 0 to 100.  False when the arena
 * failed. */
bool ocs_tagger_run(const ocs_tagger *tagger, const ocs_tag_words *words, const uint8_t *allowed,
                    uint8_t *outside, ocs_tagged_names *out);

/* The line that starts at token ${from}: the token behind it. */
size_t ocs_tag_line_end(const ocs_scan *scan, size_t from);

#endif
