/* What alias.c reads and alias_apply.c applies.  Private to corpus/. */
#ifndef OCS_CORPUS_ALIAS_INTERNAL_H
#define OCS_CORPUS_ALIAS_INTERNAL_H

#include "corpus/alias.h"

/* What a rule says of a key. */
typedef enum ocs_alias_part {
    OCS_ALIAS_BLOCKED,
    OCS_ALIAS_SPLIT_UP, /* several of one key: in the order of the file */
    OCS_ALIAS_MERGED,
    OCS_ALIAS_SHOWN /* it has the rule's name */
} ocs_alias_part;

typedef struct ocs_alias_entry {
    ocs_mention_type type;
    ocs_str key;
    ocs_alias_part part;
    uint32_t rule;
} ocs_alias_entry;

struct ocs_aliases {
    ocs_arena *arena;
    OCS_VEC(ocs_alias_rule) rules;
    OCS_VEC(ocs_alias_entry) entries; /* sorted by type, key, part, rule */
    OCS_VEC(ocs_str) complaints;
    bool words; /* some rule looks at the text */
};

/* The entries of a key, at least one; NULL when there is none. */
const ocs_alias_entry *ocs_aliases_find(const ocs_aliases *aliases, ocs_mention_type type,
                                        ocs_str key, size_t *n);

#endif
