/* Words by which the tables call organisations and places beside those of their own names: other
 * languages, acronyms, former names.  The index has the words of a mention and of the own name of
 * what is mentioned; by the words of its other names a query finds the thing here, and by its key
 * the mentions.  For the program's tables the words are sorted when it is built (index/namegen.c). */
#ifndef OCS_INDEX_OTHER_NAMES_H
#define OCS_INDEX_OTHER_NAMES_H

#include "corpus/corpus.h"

typedef struct ocs_other_name {
    uint32_t word;  /* folded; where it starts in .texts */
    uint32_t thing; /* index into the gazetteer's things */
} ocs_other_name;

typedef struct ocs_other_names {
    const char *texts;        /* words, each ended by a NUL */
    const ocs_other_name *at; /* by word, then by thing */
    size_t n;
} ocs_other_names;

/* Those of ocs_gaz_builtin(). */
const ocs_other_names *ocs_other_names_builtin(void);

/* Those of any gazetteer, in ${arena}; false: memory.  It takes as long as cutting all names into
 * words. */
bool ocs_other_names_make(const ocs_gaz *gaz, ocs_arena *arena, ocs_other_names *out);

static inline ocs_str ocs_other_names_word(const ocs_other_names *names, size_t i)
{
    return ocs_str_of(names->texts + names->at[i].word);
}

/* The first that is not less than ${word}; those that begin with it follow. */
size_t ocs_other_names_from(const ocs_other_names *names, ocs_str word);

#endif
