/* The fields of the query language, one line each: every list of fields in this folder is an
 * expansion of this one.  Private to query/. */
#ifndef OCS_QUERY_FIELDS_H
#define OCS_QUERY_FIELDS_H

#include "index/schema.h"

/* What may stand after the colon. */
typedef enum ocs_value_form {
    OCS_VALUE_ENTITY, /* a name, a part of one, prefix*, or * for any */
    OCS_VALUE_ROLE,   /* words of an office, prefix*, or * */
    OCS_VALUE_LABEL,  /* a name or words of one, prefix*, or * */
    OCS_VALUE_DATE,   /* a date or a range, or * */
    OCS_VALUE_LANG,   /* a code or a name, or * */
    OCS_VALUE_TITLE,  /* a word, a phrase or a group */
    OCS_VALUE_ID,     /* an id or prefix* */
    OCS_VALUE_PATH,   /* a path or prefix* */
    OCS_VALUE_SAVED   /* the name of a saved query */
} ocs_value_form;

/* id, name, family of terms (COUNT: none of X?), form of the value, help */
#define OCS_QUERY_FIELDS(X)                                                                    \
    X(PERSON, "person", PERSON, ENTITY, "a person the text names: person:kurz")                \
    X(PLACE, "place", PLACE, ENTITY, "a city or region the text names: place:Vienna")          \
    X(COUNTRY, "country", COUNTRY, ENTITY, "a state, by code or any of its names: country:RS") \
    X(ORG, "org", ORG, ENTITY, "an organisation or a part of one: org:ODIHR")                  \
    X(ROLE, "role", ROLE, ROLE, "an office that a person holds: role:\"head of mission\"")     \
    X(ON, "on", DATE, DATE, "a date the text speaks of: on:2018-06-30, on:2018..")             \
    X(DATE, "date", COUNT, DATE, "when the page was published: date:2016..2018")               \
    X(KIND, "kind", KIND, LABEL, "the kind of page: kind:\"press release\"")                   \
    X(TOPIC, "topic", TOPIC, LABEL, "the field of work: topic:policing")                       \
    X(SOURCE, "source", SOURCE, LABEL, "who published it: source:\"Mission to Serbia\"")       \
    X(LANG, "lang", COUNT, LANG, "the language of the text: lang:en")                          \
    X(TITLE, "title", COUNT, TITLE, "words of the title: title:(trafficking OR smuggling)")    \
    X(ID, "id", COUNT, ID, "the document with this id")                                        \
    X(PATH, "path", COUNT, PATH, "a page or all pages of a folder: path:/data/2017")           \
    X(SAVED, "saved", COUNT, SAVED, "the query saved under this name: saved:borders")

typedef enum ocs_field_id {
#define X(id, name, family, form, about) OCS_FIELD_##id,
    OCS_QUERY_FIELDS(X)
#undef X
        OCS_FIELD_COUNT
} ocs_field_id;

typedef struct ocs_field {
    const char *name;
    ocs_family family;
    ocs_value_form form;
    const char *about;
} ocs_field;

const ocs_field *ocs_field_of(int id);

/* The field called ${name}, blind to case; OCS_FIELD_COUNT when there is none. */
ocs_field_id ocs_field_find(ocs_str name);

/* The field that ${name} was probably meant for; OCS_FIELD_COUNT when none is close. */
ocs_field_id ocs_field_guess(ocs_str name);

/* Whether ${form} takes `prefix*`, and whether it takes a `*` alone. */
bool ocs_value_takes_prefix(ocs_value_form form);
bool ocs_value_takes_any(ocs_value_form form);

/* Whether what the field finds has a place in the text, so that NEAR and ADJ can use it. */
bool ocs_field_positional(int id);

/* Whether the field only filters and gives no score. */
bool ocs_field_filters(int id);

#endif
