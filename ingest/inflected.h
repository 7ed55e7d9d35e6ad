/* What the rules for inflected names share: entities_inflect.c, which knows words, and
 * entities_turn.c, which puts people's names into the nominative. */
#ifndef OCS_INGEST_INFLECTED_H
#define OCS_INGEST_INFLECTED_H

#include "ingest/scan.h"

enum {
    OCS_INFLECTED_LEAST = 4, /* letters of a word that is believed to be inflected */
    OCS_CAPITAL_BITS = 1 << 15
};

/* Of a token: no given name, one as written, one in another case; 0: not asked yet. */
enum { OCS_GIVEN_NOT = 1, OCS_GIVEN_AS_WRITTEN, OCS_GIVEN_INFLECTED };

typedef struct ocs_inflected {
    ocs_str lang;         /* of the endings; empty: names do not change */
    ocs_translit_way way; /* how its Cyrillic is written in Latin letters */
    uint8_t *given;       /* token -> OCS_GIVEN_* */
    ocs_str *nominative;  /* token -> what it is in the nominative; {NULL,0}: as written */
    uint64_t *lemma;      /* token -> hash of that, folded; 0: of the word itself */
    ocs_arena *scratch;   /* for the forms of one word */
    uint8_t
        capitals[OCS_CAPITAL_BITS / 8]; /* words that the document has with a capital, by hash */
} ocs_inflected;

/* What was made of the word before is let go: a long page has many. */
void ocs_inflect_start_word(const ocs_scan *s);
ocs_str ocs_inflect_written(const ocs_scan *s, size_t i);
uint64_t ocs_inflect_folded_hash(const ocs_scan *s, ocs_str word);
/* The document has the word, with a capital. */
bool ocs_inflect_in_document(const ocs_scan *s, ocs_str word);
/* The nominative of token i that is a given name, in the scratch arena; {NULL,0}: there is none. */
ocs_str ocs_inflect_given_nominative(const ocs_scan *s, size_t i);

#endif
