/* A document: what one page says, with the place of every fact in the page's bytes.  All that it
 * points to lives in one arena (or in const tables); clearing the arena ends it.  "raw" spans are
 * half-open byte offsets into the page as it lies on disk; "at" spans are offsets into .text. */
#ifndef OCS_CORPUS_DOCUMENT_H
#define OCS_CORPUS_DOCUMENT_H

#include "corpus/date.h"
#include "corpus/origin.h"

/* type, name (query field and JSON "type"), plural, what it is */
#define OCS_MENTION_TYPES(X)                                                              \
    X(PERSON, "person", "people", "a named person")                                       \
    X(PLACE, "place", "places", "a city, region or other named place that is no country") \
    X(COUNTRY, "country", "countries", "a state, by its ISO 3166-1 alpha-2 code")         \
    X(ORG, "org", "organisations", "an organisation, a body or a part of one")            \
    X(DATE, "date", "dates", "a date or range of dates that the text speaks of")

typedef enum ocs_mention_type {
#define X(name, text, plural, about) OCS_MENTION_##name,
    OCS_MENTION_TYPES(X)
#undef X
        OCS_MENTION_TYPE_COUNT
} ocs_mention_type;
const char *ocs_mention_type_name(ocs_mention_type type);
bool ocs_mention_type_parse(ocs_str name, ocs_mention_type *type);

/* How a country was found. */
typedef enum ocs_via {
    OCS_VIA_NONE,
    OCS_VIA_NAME,
    OCS_VIA_ALIAS,
    OCS_VIA_FORMER,
    OCS_VIA_DEMONYM,
    OCS_VIA_CITY
} ocs_via;
const char *ocs_via_name(ocs_via via); /* NULL for OCS_VIA_NONE */

/* Where the published date was read, in the order of trust. */
typedef enum ocs_date_from {
    OCS_FROM_NOWHERE,
    OCS_FROM_LABEL,    /* "Date:" with a value */
    OCS_FROM_MARKUP,   /* a time element, meta data, a class that marks dates */
    OCS_FROM_DATELINE, /* "BELGRADE, 13 February 2017 -" */
    OCS_FROM_LINE,     /* a line of its own under the title */
    OCS_FROM_URL,
    OCS_FROM_LEAD, /* the only dated sentence of the lead */
    OCS_FROM_TITLE
} ocs_date_from;
const char *ocs_date_from_name(ocs_date_from from); /* NULL for OCS_FROM_NOWHERE */

/* A fact read off the page, in words. */
typedef struct ocs_fact {
    ocs_str value; /* as it should be shown */
    ocs_str key;   /* slug of the gazetteer's thing or of the value; empty when it has no words */
    ocs_span raw;
    bool inexact; /* raw covers the enclosing line, not just the fact */
} ocs_fact;

typedef struct ocs_facts {
    ocs_fact *at;
    size_t n;
} ocs_facts;

/* A part of a role; empty name and span when the role does not state it. */
typedef struct ocs_role_part {
    ocs_str name, key; /* as mentions have them; a country's key is its ISO code */
    ocs_span at, raw;
    bool inexact;
} ocs_role_part;

typedef struct ocs_role {
    ocs_str text; /* "Head of the OSCE Mission to Serbia" */
    ocs_span at, raw;
    bool inexact;
    ocs_role_part office;       /* "Head"; the key is its normal form, "acting-head" */
    ocs_role_part org, country; /* what it is the office of: the OSCE Mission to Serbia, RS */
} ocs_role;

typedef struct ocs_mention {
    ocs_mention_type type;
    ocs_via via;      /* countries, and only they */
    uint8_t sure;     /* confidence, 0 to 100 */
    bool inexact;     /* raw covers the enclosing line */
    bool nested;      /* inside another mention: a country within an organisation's name */
    ocs_span at, raw; /* at is never empty and lies within the text */
    ocs_str name;     /* the full entity that is meant: "Sebastian Kurz" for "Kurz" */
    ocs_str key;      /* ISO code, ISO 8601 value, key of the gazetteer or of the name (key.h) */
    const char *rule; /* what found it; a static string */
    ocs_when when;    /* dates only */
    ocs_when other;   /* dates: the other reading of an ambiguous day and month; year 0 if none */
    bool relative;    /* dates: resolved against the published date */
    ocs_str country;  /* places: ISO code of the country they lie in; empty if unknown */
    ocs_role *roles;  /* people: as stated at this mention */
    size_t n_roles;
} ocs_mention;

/* An entry of a list page. */
typedef struct ocs_item {
    ocs_str title, kind, snippet;
    ocs_when when; /* year 0: none */
    ocs_span raw;
} ocs_item;

typedef struct ocs_document {
    ocs_str id;           /* 16 hexadecimal digits, see ocs_document_id */
    ocs_str path;         /* as the user can open it */
    ocs_str url;          /* empty if unknown */
    ocs_fact title, kind; /* empty value: none */
    ocs_str lang;         /* ISO 639-1 of the text; empty if unknown */
    ocs_str encoding;     /* the page's, as decoded: "UTF-8", "windows-1251" */
    uint32_t repairs;     /* ill-formed or doubly encoded sequences that were mended */
    ocs_when published;   /* year 0 and month 0: unknown */
    ocs_date_from published_from;
    ocs_span published_raw;
    bool published_inexact;
    ocs_facts places, sources, topics;
    ocs_str text; /* cleaned: the title where it is part of the content, then paragraphs, one a
                   * line; no line is empty and no line feed ends it */
    ocs_origin origin;
    ocs_mention *mentions; /* sorted by at.from, longer first */
    size_t n_mentions;
    ocs_item *items; /* list pages */
    size_t n_items;
    uint64_t raw_hash; /* ocs_hash of the page's bytes */
    uint64_t raw_size;
    bool empty; /* navigation only: no text, no entities, no items */
    bool
        titled; /* the markup says that the first line of the text is the title, and there is more */
    bool list;  /* only such pages have items */
} ocs_document;

/* The text without the title where that is its first line by markup: what is printed as the text, for
 * the title has a place of its own.  In a text dump the title is a line like the others. */
ocs_str ocs_document_body(const ocs_document *document);

/* The surface of a mention: document->text between at. */
ocs_str ocs_mention_surface(const ocs_document *document, const ocs_mention *mention);

/* The id of the page at ${path}: 16 hexadecimal digits of its hash. */
void ocs_document_id(ocs_str path, char out[17]);

/* "Sebastian Kurz" -> "sebastian-kurz", "OSCE Mission to Serbia" -> "osce-mission-to-serbia":
 * folded words joined by hyphens, without possessives; Cyrillic stays Cyrillic.  Empty for a name
 * without words; a NULL pointer when the arena failed. */
ocs_str ocs_slug(ocs_arena *arena, ocs_str name);

/* Checks everything that the comments above promise (spans within bounds and sorted, valid UTF-8,
 * keys of the right form, runs that cover the text, an empty page without mentions, ...).  OCS_BUG
 * and a sentence for the first broken promise. */
ocs_status ocs_document_check(const ocs_document *document, ocs_error *err) OCS_MUST_CHECK;

/* Pack into bytes and back, all fields but none of their memory; what the index stores and what
 * travels between processes.  Only a document that passes ocs_document_check comes back the same;
 * runs that do not follow each other have no packed form and leave OCS_BUG in ${out}.
 * ocs_document_unpack points into ${packed} and ${arena}.  ${packed} may be hostile: damaged bytes
 * give OCS_CORRUPT, or a document all of whose places lie within its text and page. */
void ocs_document_pack(const ocs_document *document, ocs_buf *out);
ocs_status ocs_document_unpack(ocs_str packed, ocs_arena *arena, ocs_document *document,
                               ocs_error *err) OCS_MUST_CHECK;

/* The `doc` record of docs/ocsearch.schema.json without rank, score and snippets: an object is open
 * when it returns, so that the caller adds what it has and closes it.  ${with_text} adds "text". */
void ocs_document_print(const ocs_document *document, bool with_text, ocs_json *json);

/* The keys of that record, in its order, but for type and id, which are always there. */
#define OCS_DOCUMENT_KEYS(X) \
    X(PATH, "path")          \
    X(URL, "url")            \
    X(TITLE, "title")        \
    X(KIND, "kind")          \
    X(LANG, "lang")          \
    X(ENCODING, "encoding")  \
    X(REPAIRS, "repairs")    \
    X(DATE, "date")          \
    X(PLACE, "place")        \
    X(SOURCE, "source")      \
    X(TOPIC, "topic")        \
    X(TEXT, "text")          \
    X(EMPTY, "empty")        \
    X(LIST, "list")          \
    X(ITEMS, "items")        \
    X(MENTIONS, "mentions")

typedef enum ocs_document_key {
#define X(name, text) OCS_DOCUMENT_##name,
    OCS_DOCUMENT_KEYS(X)
#undef X
        OCS_DOCUMENT_KEY_COUNT
} ocs_document_key;

/* The same with the keys in ${keys} (1 << ocs_document_key) only. */
void ocs_document_print_keys(const ocs_document *document, unsigned keys, ocs_json *json);

#endif
