/* Keys of people, organisations and places that the gazetteer does not know: a function of the name
 * alone, the same in every run and for every spelling of one name that we can tell.
 *
 * A key is a slug of folded Latin words.  Cyrillic is transliterated; given names are put into one
 * spelling by corpus/tables/variants.tsv; of a surname only what its form shows to be the
 * romanisation of a Slavic or Armenian name is changed.  docs/decisions/0019-keys.md says why.  A key
 * of a key is itself. */
#ifndef OCS_CORPUS_KEY_H
#define OCS_CORPUS_KEY_H

#include "base/base.h"

/* "Sergey Ivanov", "Sergei Ivanov" and "Сергей Иванов" -> "sergey-ivanov"; "Sebastian Kurz" ->
 * "sebastian-kurz".  Empty for a name without words; a NULL pointer when the arena failed. */
ocs_str ocs_person_key(ocs_arena *arena, ocs_str name);

/* Organisations and places: "the Ministry of the Interior" -> "ministry-of-interior".  Articles are
 * left out, legal forms stay.  Empty and NULL as above. */
ocs_str ocs_name_key(ocs_arena *arena, ocs_str name);

/* ---- Cyrillic in Latin letters ---- */

/* One letter has several romanisations; which one is meant is guessed from the letters that only
 * some languages have, and from endings. */
typedef enum ocs_translit_way {
    OCS_TRANSLIT_GUESS,
    OCS_TRANSLIT_EAST,      /* Russian, Bulgarian: ж zh, х kh, ц ts */
    OCS_TRANSLIT_SOUTH,     /* Serbian, Macedonian: ж ž, х h, ц c, ј j */
    OCS_TRANSLIT_UKRAINIAN, /* г h, и y, я ia */
    OCS_TRANSLIT_WAYS
} ocs_translit_way;

bool ocs_has_cyrillic(ocs_str text);

/* ${text} with Cyrillic letters as lower-case Latin ones, everything else as it is; ${text} itself
 * where there is no Cyrillic.  A NULL pointer when the arena failed. */
ocs_str ocs_translit(ocs_arena *arena, ocs_str text, ocs_translit_way way);

/* What OCS_TRANSLIT_GUESS would take for ${text}. */
ocs_translit_way ocs_translit_guess(ocs_str text);

/* A folded word in folded Latin letters; itself where it has no Cyrillic. */
ocs_str ocs_latin_word(ocs_arena *arena, ocs_str fold);

/* ---- for searching ---- */

typedef struct ocs_word_forms {
    ocs_str at[16]; /* each once; the folded word first */
    size_t n;
} ocs_word_forms;

/* How a word of a name may stand in names and keys: as it is, in Latin letters, and for a person
 * (${person}) as the key spells it.  False when the arena failed. */
bool ocs_word_forms_of(ocs_arena *arena, ocs_str word, bool person, ocs_word_forms *forms);

#endif
