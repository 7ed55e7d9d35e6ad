/* The analyst's own file of aliases: which names are one, how an entity is shown, which name stands
 * for two, and what is no entity at all.  ocsearch-aliases(5) describes the file; a rule a line:
 *
 *   merge  person: Vladimir Putin = V. Putin; Poutine
 *   rename org:    ODIHR = Office for Democratic Institutions and Human Rights
 *   split  person: John Smith = John Smith (Vienna) when path /data/vienna
 *   block  person: Front Page; Read More
 *
 * Names stand for keys (corpus/key.h): every spelling that has the key is meant.  Rules never follow
 * each other: the split of a name comes first, then its merge, and neither result is looked up again,
 * so that applying rules twice changes nothing.  Rules that contradict each other are refused. */
#ifndef OCS_CORPUS_ALIAS_H
#define OCS_CORPUS_ALIAS_H

#include "corpus/document.h"

typedef struct ocs_aliases ocs_aliases;

typedef enum ocs_alias_verb {
    OCS_ALIAS_MERGE,
    OCS_ALIAS_RENAME,
    OCS_ALIAS_SPLIT,
    OCS_ALIAS_BLOCK,
    OCS_ALIAS_VERBS
} ocs_alias_verb;
const char *ocs_alias_verb_name(ocs_alias_verb verb);

typedef enum ocs_alias_when { OCS_WHEN_PATH, OCS_WHEN_WORD, OCS_WHEN_ID } ocs_alias_when;

typedef struct ocs_alias_rule {
    ocs_alias_verb verb;
    ocs_mention_type type; /* person, place or org */
    unsigned line;
    ocs_str text; /* as written */
    ocs_str key;  /* what comes out; empty for BLOCK */
    ocs_str name; /* how it is shown; empty for BLOCK */
    /* Keys that become .key (MERGE), the key that is split (SPLIT, one), that are blocked, or by
     * which a renamed entity is found, too (RENAME, one). */
    const ocs_str *from;
    size_t n_from;
    ocs_alias_when when; /* SPLIT only, with what must be so: */
    ocs_str value;       /* a folder or page, words of the text, an id */
} ocs_alias_rule;

/* Read a file.  OCS_USAGE and "FILE:LINE: what is wrong" for the first wrong rule; other statuses
 * when it cannot be read.  ${aliases} is the caller's to free also after OCS_USAGE, to be asked for
 * all that is wrong; it is NULL after any other failure. */
ocs_status ocs_aliases_read(const char *path, ocs_aliases **aliases, ocs_error *err) OCS_MUST_CHECK;
/* The same from memory; ${file} is for messages. */
ocs_status ocs_aliases_parse(const char *file, ocs_str text, ocs_aliases **aliases,
                             ocs_error *err) OCS_MUST_CHECK;
void ocs_aliases_free(ocs_aliases *aliases);

/* What is wrong, "FILE:LINE: ..." each. */
size_t ocs_aliases_complaints(const ocs_aliases *aliases, const ocs_str **complaints);
/* The rules in the order of the file. */
size_t ocs_aliases_rules(const ocs_aliases *aliases, const ocs_alias_rule **rules);
/* Changes when a rule does, not with comments and blanks; 0 for NULL and for no rules. */
uint64_t ocs_aliases_hash(const ocs_aliases *aliases);

/* Put keys and names of the mentions of ${document}, and the places that its labels state, as the
 * rules say; blocked ones are taken out.  ${aliases} may be NULL.  False when the arena failed. */
bool ocs_aliases_apply(const ocs_aliases *aliases, ocs_arena *arena, ocs_document *document);

bool ocs_aliases_blocked(const ocs_aliases *aliases, ocs_mention_type type, ocs_str key);

#endif
