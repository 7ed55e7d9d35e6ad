/* Names in other cases than the nominative: "Путину", "Dačićem", "Tiranës".  The endings are data
 * (corpus/tables/endings.tsv): each of a language's paradigms says which endings stand for which
 * ending of the nominative.  A word may have several nominatives; which of them is meant is for the
 * caller to say, who knows the document and the lists of names.  Never allocates but in the arena. */
#ifndef OCS_CORPUS_INFLECT_H
#define OCS_CORPUS_INFLECT_H

#include "corpus/gaz.h"

/* What a paradigm is for: a set of these. */
enum {
    OCS_INFLECT_NOUN = 1 << 0,  /* given names, surnames of men, places */
    OCS_INFLECT_MAN = 1 << 1,   /* surnames of men */
    OCS_INFLECT_WOMAN = 1 << 2, /* surnames of women */
    OCS_INFLECT_PLACE = 1 << 3,
    OCS_INFLECT_OWNED = 1 << 4,   /* adjectives of a name: "Dodikov" */
    OCS_INFLECT_GENITIVE = 1 << 5 /* words that may be a genitive: no nominative is made of them */
};

enum { OCS_NOMINATIVES_MAX = 16 };

typedef struct ocs_nominative {
    ocs_str word;     /* as written, with the ending of the nominative */
    uint8_t class_;   /* one of the above */
    uint8_t ending;   /* letters of the ending that was taken off */
    uint8_t replaced; /* letters of the ending that was put there */
} ocs_nominative;

/* The language whose endings hold for documents in ${lang}: "sr" for Croatian; empty where names
 * do not change or no paradigm is known. */
ocs_str ocs_inflect_lang(ocs_str lang);

/* What ${word} may be in the nominative by the paradigms of ${lang} in ${classes}, those with the
 * longest ending first; the word itself is not among them.  Returns how many. */
size_t ocs_nominatives(const ocs_gaz *gaz, ocs_arena *arena, ocs_str lang, unsigned classes,
                       ocs_str word, ocs_nominative out[OCS_NOMINATIVES_MAX]);

/* Whether ${word} ends as one that has the ending of another case: "дел", "policije" for
 * OCS_INFLECT_GENITIVE. */
bool ocs_ends_as_inflected(const ocs_gaz *gaz, ocs_arena *arena, ocs_str lang, unsigned classes,
                           ocs_str word);

/* Whether ${word} ends as the nominative of a paradigm of ${classes} with an ending of two letters
 * or more does: "Петрова" for OCS_INFLECT_WOMAN. */
bool ocs_ends_as_nominative(const ocs_gaz *gaz, ocs_arena *arena, ocs_str lang, unsigned classes,
                            ocs_str word);

#endif
