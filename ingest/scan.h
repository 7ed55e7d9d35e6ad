/* What the entity rules share: the words of a document, who has claimed them, and small questions
 * about words.  A claim is a mention in the making, over tokens; the first claim on a word wins, so
 * the rules run from the surest to the boldest. */
#ifndef OCS_INGEST_SCAN_H
#define OCS_INGEST_SCAN_H

#include "corpus/corpus.h"
#include "ingest/dates.h"

enum { OCS_CLAIM_ROLES = 6 };
/* The tables that the rules and the tagger ask about words. */
enum {
    OCS_SCAN_TABLES = 1u << OCS_GAZ_COUNTRY | 1u << OCS_GAZ_ORG | 1u << OCS_GAZ_PLACE |
                      1u << OCS_GAZ_CITY | 1u << OCS_GAZ_TOPIC | 1u << OCS_GAZ_MONTH |
                      1u << OCS_GAZ_WEEKDAY | 1u << OCS_GAZ_HONORIFIC | 1u << OCS_GAZ_ROLE |
                      1u << OCS_GAZ_ORGWORD | 1u << OCS_GAZ_GIVEN | 1u << OCS_GAZ_ATTRIBUTION |
                      1u << OCS_GAZ_STOPWORD | 1u << OCS_GAZ_DATEWORD | 1u << OCS_GAZ_AUTHORITY
};
#define OCS_NO_CLAIM UINT32_MAX

typedef struct ocs_claim {
    ocs_mention_type type;
    uint32_t from, to; /* tokens */
    ocs_str name, key; /* empty until resolved */
    ocs_str country;
    ocs_via via;
    uint8_t sure;
    bool nested;  /* within another claim */
    bool bare;    /* ends before a possessive's letters: always so for the surface */
    bool dropped; /* found out to be nothing */
    const char *rule;
    ocs_when when, other;
    bool relative;
    ocs_span roles[OCS_CLAIM_ROLES]; /* bytes of the text */
    uint8_t n_roles;
    const ocs_gaz_thing *thing; /* of the gazetteer, if it is one */
} ocs_claim;

typedef struct ocs_scan {
    const ocs_gaz *gaz;
    ocs_arena *arena;
    ocs_document *doc;
    ocs_str text;
    ocs_tokens tokens;
    ocs_gaz_survey survey;           /* what stands at each token, of OCS_SCAN_TABLES */
    uint32_t *owner;                 /* token -> claim that is not nested, or OCS_NO_CLAIM */
    uint8_t *headline;               /* token -> stands in a line written like a headline */
    struct ocs_inflected *inflected; /* entities_inflect.c; NULL in English and the like */
    OCS_VEC(ocs_claim) claims;
} ocs_scan;

/* ---- words ---- */

static inline const ocs_token *ocs_scan_token(const ocs_scan *s, size_t i)
{
    return i < s->tokens.n ? &s->tokens.at[i] : NULL;
}
/* Starts with a capital and is no number. */
static inline bool ocs_scan_capital(const ocs_scan *s, size_t i)
{
    const ocs_token *t = ocs_scan_token(s, i);
    return t && (t->flags & (OCS_TOKEN_UPPER | OCS_TOKEN_DIGIT)) == OCS_TOKEN_UPPER;
}
/* Only spaces (or nothing) between token i - 1, which is no possessive, and token i; also a hyphen
 * without spaces when asked. */
bool ocs_scan_joined(const ocs_scan *s, size_t i, bool hyphen);
/* A comma and spaces before token i. */
bool ocs_scan_comma(const ocs_scan *s, size_t i);
bool ocs_scan_is(const ocs_scan *s, size_t i, const char *word);
bool ocs_scan_any(const ocs_scan *s, size_t i, const char *const *words);
/* A capitalised "Northern", "South" and the like, nobody's so far. */
bool ocs_scan_direction(const ocs_scan *s, size_t i);
/* A capitalised "Square", "River" and the like, the last word of a landmark's name. */
bool ocs_scan_landmark(const ocs_scan *s, size_t i);
/* Tokens [from, to) are named after somebody and are nobody: "Ahmed Square", "Norton Prize". */
bool ocs_scan_named_after(const ocs_scan *s, size_t from, size_t to);
/* Token i exists and is claimed by nobody. */
static inline bool ocs_scan_free(const ocs_scan *s, size_t i)
{
    return i < s->tokens.n && s->owner[i] == OCS_NO_CLAIM;
}
bool ocs_scan_particle(const ocs_scan *s, size_t i); /* "von", "al" in a person's name */
/* ocs_gaz_match at i, of ${tables} among OCS_SCAN_TABLES. */
bool ocs_scan_match(const ocs_scan *s, size_t i, unsigned tables, ocs_gaz_hit *hit);
/* Tokens of the longest phrase of ${table} at i, 0 if none; ${thing} and ${phrase} may be NULL. */
size_t ocs_scan_phrase(const ocs_scan *s, size_t i, ocs_gaz_table table,
                       const ocs_gaz_thing **thing, const ocs_gaz_phrase **phrase);
/* The same, and quick where there is none, which is nearly everywhere. */
static inline size_t ocs_scan_gaz(const ocs_scan *s, size_t i, ocs_gaz_table table,
                                  const ocs_gaz_thing **thing, const ocs_gaz_phrase **phrase)
{
    bool some = i < s->tokens.n && (s->survey.tables[i] & 1u << table);
    return some ? ocs_scan_phrase(s, i, table, thing, phrase) : 0;
}
ocs_span ocs_scan_span(const ocs_scan *s, size_t from, size_t to); /* without a final possessive */
ocs_str ocs_scan_text(const ocs_scan *s, size_t from, size_t to);

/* ---- inflected names (entities_inflect.c) ---- */

/* Get ready for the document's language; false when the arena failed.  ocs_scan_end ends it. */
bool ocs_scan_inflect(ocs_scan *s);
void ocs_scan_end(ocs_scan *s);
/* A given name stands at token i, in any case of a language that has cases. */
bool ocs_scan_given(const ocs_scan *s, size_t i);
/* In a language with cases: token i is in another table than that of given names, or the document
 * has its nominative. */
bool ocs_scan_known_otherwise(const ocs_scan *s, size_t i);
/* The name at token i was put into the nominative. */
bool ocs_scan_turned(const ocs_scan *s, size_t i);
/* The word at token i ends as genitives of the language do. */
bool ocs_scan_oblique(const ocs_scan *s, size_t i);
/* The thing of ${tables} that the word at token i names in another case, or NULL. */
const ocs_gaz_thing *ocs_scan_inflected(const ocs_scan *s, size_t i, unsigned tables);
/* The hash of the word, of its nominative once that is known: surnames are joined by it. */
uint64_t ocs_scan_lemma(const ocs_scan *s, size_t i);
/* The words [from, to) of a person's name in the nominative as far as that is known. */
ocs_str ocs_scan_nominative(const ocs_scan *s, size_t from, size_t to);
/* The folded word ends as surnames of the region do. */
bool ocs_surname_ending(ocs_str fold);

/* ---- claims ---- */

/* Claim tokens [from, to); NULL when one of them is taken or the arena is full.  A nested claim
 * takes nothing away from its owner. */
ocs_claim *ocs_scan_claim(ocs_scan *s, ocs_mention_type type, size_t from, size_t to, uint8_t sure,
                          const char *rule);
ocs_claim *ocs_scan_nested(ocs_scan *s, ocs_mention_type type, size_t from, size_t to, uint8_t sure,
                           const char *rule);
/* Drop the claims that own tokens of [from, to). */
void ocs_scan_release(ocs_scan *s, size_t from, size_t to);
/* The claim that owns token i, or NULL. */
static inline ocs_claim *ocs_scan_owner(const ocs_scan *s, size_t i)
{
    return i < s->tokens.n && s->owner[i] != OCS_NO_CLAIM ? &s->claims.at[s->owner[i]] : NULL;
}
static inline bool ocs_scan_owned_by(const ocs_scan *s, size_t i, ocs_mention_type type)
{
    const ocs_claim *claim = ocs_scan_owner(s, i);
    return claim && claim->type == type;
}

/* ---- rules, in the order in which they run ---- */

void ocs_find_orgs(ocs_scan *s);        /* entities_org.c */
void ocs_find_missions(ocs_scan *s);    /* entities_mission.c: by ocs_find_orgs */
void ocs_find_authorities(ocs_scan *s); /* entities_authority.c: by ocs_find_orgs */
void ocs_find_people(ocs_scan *s);      /* entities_person.c */
void ocs_turn_names(ocs_scan *s);       /* entities_turn.c: people into the nominative */
void ocs_find_places(ocs_scan *s);      /* entities_place.c: places and countries */
void ocs_find_cities(ocs_scan *s); /* entities_city.c: of the large table, by ocs_find_places */
/* The countries of cities, where the document names no country at all. */
void ocs_find_countries_of_cities(ocs_scan *s);
struct ocs_tagger;
void ocs_find_by_model(ocs_scan *s, const struct ocs_tagger *tagger); /* entities_model.c */
void ocs_find_surnames(ocs_scan *s); /* entities_person.c: of people named in full elsewhere */
void ocs_find_acronyms(ocs_scan *s); /* entities_org.c: bound to a name before their bracket */
void ocs_find_roles(ocs_scan *s);    /* entities_role.c */
void ocs_resolve(ocs_scan *s);       /* entities_resolve.c: names and keys */

/* A role phrase that starts at token ${i}: "Acting Head of the OSCE's Strategic Police Matters
 * Unit", "Austrian Foreign Minister".  Returns the token behind it, ${i} if there is none. */
size_t ocs_role_end(const ocs_scan *s, size_t i);

/* What an office that ends at ${end} is of in a language with cases, where no "of" says it:
 * "министр иностранных дел", "Kryetari i Bashkisë".  Returns the token behind it, where a name
 * starts; ${end} if there is none. */
size_t ocs_role_object(const ocs_scan *s, size_t end);

/* Fill in office, organisation and country of ${role} but for their raw spans, from the claims
 * within role->at, which are resolved. */
void ocs_role_parts(const ocs_scan *s, ocs_role *role);

#endif
