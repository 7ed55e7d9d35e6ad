/* What the gazetteer says of names, as words: by which words a thing may be named, and which words
 * say nothing in a name ("of", "the").  Private to index/. */
#ifndef OCS_INDEX_NAMES_H
#define OCS_INDEX_NAMES_H

#include "corpus/corpus.h"

typedef struct ocs_names ocs_names;

/* ${gaz} must outlive it.  NULL when memory ran out. */
ocs_names *ocs_names_new(const ocs_gaz *gaz);
void ocs_names_free(ocs_names *names);

/* The folded words by which the index must find the thing of ${table} with ${key}, each once, in no
 * special order: those of its own name, and of its other names those that the tables of the program
 * do not have, since a query looks for the rest there (index/other_names.h).  None for an unknown
 * key.  They last as long as ${names}.  False: memory. */
bool ocs_names_of(ocs_names *names, ocs_gaz_table table, ocs_str key, const ocs_str **words,
                  size_t *n);

typedef OCS_VEC(ocs_str) ocs_name_words;

/* All words of the other names of ${thing}, in both spellings, that are no stopwords and do not stand
 * in its own name.  False: memory of ${arena}. */
bool ocs_names_others(const ocs_names *names, const ocs_gaz_thing *thing, ocs_arena *arena,
                      ocs_name_words *words);

/* The gazetteer that they are of. */
const ocs_gaz *ocs_names_gaz(const ocs_names *names);

bool ocs_names_stopword(const ocs_names *names, ocs_str fold);

#endif
