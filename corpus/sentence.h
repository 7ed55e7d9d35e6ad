/* Sentences: where one ends and the next begins, by rules that hold for every language of the
 * collection together, since a page may change its language with every paragraph.
 *
 * A line of the text is a paragraph, and no sentence goes beyond it.  Within a line a sentence ends
 * behind `.`, `!`, `?` or an ellipsis, with the closing quotation marks, brackets and numbers of
 * notes that follow, where white space comes next and then what can begin a sentence: a word in
 * small letters cannot.  A full stop is none behind an initial ("J. Smith"), behind an abbreviation
 * of corpus/tables/abbreviations.tsv as that table says, behind an ordinal number ("am 3. Oktober",
 * "13. oktobar"), and behind the number that opens a line ("1. Introduction").  Behind letters with
 * full stops between ("U.S.") it is one where an article, a preposition or a pronoun begins what
 * follows. */
#ifndef OCS_CORPUS_SENTENCE_H
#define OCS_CORPUS_SENTENCE_H

#include "corpus/gaz.h"

typedef struct ocs_sentences {
    ocs_span *at; /* in the order of the text; white space around them belongs to none */
    size_t n;
} ocs_sentences;

/* The sentences of ${text}, whose lines end in line feeds.  None is empty.  False: the arena. */
bool ocs_sentences_of(const ocs_gaz *gaz, ocs_arena *arena, ocs_str text, ocs_sentences *out);

#endif
