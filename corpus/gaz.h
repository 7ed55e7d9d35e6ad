/* The gazetteer: knowledge of the world as phrases.  Tables of tab-separated values under
 * corpus/tables/ are read by ocs_gaz_builder, at build time by gazgen (which writes the compiled
 * form as C) and at run time for a user's own tables.  A compiled gazetteer is const and may be
 * shared by threads.
 *
 * A phrase is a sequence of folded words (base/token.h).  The match walks a trie of words, so the
 * longest phrase is found in one pass over the tokens.  A word of a phrase may end in `*`: it
 * stands for a stem (three letters or more) and matches words that go on by at most
 * OCS_GAZ_STEM_TAIL letters, which is how inflected Slavic and Albanian forms are listed.
 *
 * Tables (first column names the thing, last column the phrase; see the head of each file):
 *   countries orgs places cities topics kinds labels months weekdays menu chrome honorifics roles
 *   orgwords given variants attributions stopwords datewords abbreviations
 *   endings authorities
 */
#ifndef OCS_CORPUS_GAZ_H
#define OCS_CORPUS_GAZ_H

#include "base/base.h"

#include <stdio.h>

/* One table: its enum, its file name without .tsv, and what its rows are about. */
#define OCS_GAZ_TABLES(X)                                                                   \
    X(COUNTRY, "countries", "states and territories, by ISO 3166-1 code")                   \
    X(ORG, "orgs", "organisations and their parts")                                         \
    X(PLACE, "places", "cities and regions")                                                \
    X(CITY, "cities", "cities and towns by population, with coordinates")                   \
    X(TOPIC, "topics", "the OSCE's fields of work")                                         \
    X(KIND, "kinds", "kinds of page: press release, news item, ...")                        \
    X(LABEL, "labels", "labels of metadata: Date:, Place:, ...")                            \
    X(MONTH, "months", "names of months")                                                   \
    X(WEEKDAY, "weekdays", "names of days and relative days")                               \
    X(MENU, "menu", "entries and headings of navigation")                                   \
    X(CHROME, "chrome", "other words of the page's frame: share, skip, cookie, ...")        \
    X(HONORIFIC, "honorifics", "titles before names: Mr, Ambassador, ...")                  \
    X(ROLE, "roles", "nouns of office: minister, head, director, ...")                      \
    X(ORGWORD, "orgwords", "nouns that head an organisation's name: ministry, office, ...") \
    X(AUTHORITY, "authorities", "authorities of states: ministries, what they are for, services") \
    X(GIVEN, "given", "given names of people")                                              \
    X(VARIANT, "variants", "spellings of one given name, for keys")                         \
    X(ATTRIBUTION, "attributions", "verbs of speech: said, stressed, ...")                  \
    X(STOPWORD, "stopwords", "articles, prepositions and conjunctions")                     \
    X(DATEWORD, "datewords", "words of dates: until, last, week, ago, ...")                 \
    X(ABBREVIATION, "abbreviations", "words with a full stop that ends no sentence")        \
    X(ENDING, "endings", "endings of inflected names")

typedef enum ocs_gaz_table {
#define X(name, file, about) OCS_GAZ_##name,
    OCS_GAZ_TABLES(X)
#undef X
        OCS_GAZ_TABLE_COUNT
} ocs_gaz_table;

const char *ocs_gaz_table_name(ocs_gaz_table table); /* "countries" */

enum {
    OCS_GAZ_STEM_TAIL = 4,
    OCS_GAZ_WORDS_MAX = 24,
    OCS_GAZ_FIND_BYTES = 1024, /* longest text of ocs_gaz_find */
    OCS_GAZ_NOWHERE = 32767,
    OCS_GAZ_SAME_MAX = 32, /* phrases of the same words */
    OCS_GAZ_HEADS = 64,    /* words of the bit set ocs_gaz.heads */
    OCS_GAZ_FIRSTS = 32768 /* places of ocs_gaz.first and ocs_gaz.first_small */
};

/* Besides its phrases, a node of the trie says how it goes on. */
#define OCS_GAZ_WORDS_FOLLOW (UINT32_C(1) << 31)
#define OCS_GAZ_STEMS_FOLLOW (UINT32_C(1) << 30)
#define OCS_GAZ_NODE_PHRASE (OCS_GAZ_STEMS_FOLLOW - 1)

/* How a phrase names its thing (column `kind`). */
typedef enum ocs_gaz_kind {
    OCS_GAZ_NAME,    /* the present name; the first NAME of a thing is its canonical one */
    OCS_GAZ_ALIAS,   /* another way to say it */
    OCS_GAZ_FORMER,  /* a name it had */
    OCS_GAZ_DEMONYM, /* the people or adjective of a country: "Serbian" */
    OCS_GAZ_ACRONYM, /* matched in the case in which it is written: "US", "PA" */
    OCS_GAZ_BLOCK,   /* takes an earlier row's phrase away from its thing; never in a phrase */
    OCS_GAZ_KIND_COUNT
} ocs_gaz_kind;
const char *ocs_gaz_kind_name(ocs_gaz_kind kind); /* "name", "alias", ... */

/* Where a text starts in ocs_gaz.texts; ocs_gaz_str and ocs_gaz_cstr give it.  Numbers instead of
 * pointers leave the loader nothing to do at start-up, and the pages of the tables shared. */
typedef uint32_t ocs_gaz_text;

/* A thing that phrases name: a country, an organisation, a month. */
typedef struct ocs_gaz_thing {
    ocs_gaz_text key;    /* ISO code for a country, number for a month, a stable slug otherwise */
    ocs_gaz_text name;   /* canonical display name (UTF-8) */
    ocs_gaz_text class_; /* second column: "state", "partner", "city", "mission", ...; "" if none */
    ocs_gaz_text country; /* ISO code of the country it lies in or belongs to; "" if none */
    uint32_t people;      /* who live there, 0 if unknown */
    int16_t lat, lon;     /* in hundredths of a degree, OCS_GAZ_NOWHERE if unknown */
    uint8_t table;        /* ocs_gaz_table */
} ocs_gaz_thing;

typedef enum ocs_gaz_flag {
    OCS_GAZ_CAPITAL = 1 << 0, /* a proper name that must start with a capital in the text, too */
    OCS_GAZ_SHARED = 1 << 1   /* names several things of its table (column `shared`) */
} ocs_gaz_flag;

/* One way to name a thing. */
typedef struct ocs_gaz_phrase {
    ocs_gaz_text text; /* as written in the table, stems with their '*' */
    ocs_gaz_text lang; /* ISO 639-1, "" for any */
    uint32_t thing;    /* index into things */
    uint32_t gaps;     /* index into ocs_gaz.gaps, 0 = only spaces, hyphens and slashes */
    uint16_t next;     /* how many phrases further the next one of the same words is; 0 = last */
    uint8_t kind;      /* ocs_gaz_kind */
    uint8_t words;     /* length in words */
    uint8_t flags;     /* ocs_gaz_flag */
    uint8_t table;     /* ocs_gaz_table of its thing */
} ocs_gaz_phrase;

/* A slot of the trie's hash table: from node ${parent} by a word of hash ${word} to ${node}. */
typedef struct ocs_gaz_edge {
    uint64_t word; /* 0 = free slot; of a stem, another hash than of a word */
    uint32_t parent, node;
} ocs_gaz_edge;

typedef struct ocs_gaz {
    const char *texts;           /* all texts, each ended by a NUL; the one at 0 is empty */
    size_t n_texts;              /* bytes */
    const ocs_gaz_thing *things; /* by table, then key */
    size_t n_things;
    const ocs_gaz_phrase *phrases; /* those of the same words together, by table, then kind */
    size_t n_phrases;
    const ocs_gaz_edge *edges;   /* open addressing, linear probing */
    size_t n_edges;              /* a power of two */
    const uint32_t *node_phrase; /* node -> 1 + its first phrase, 0 = none, and how it goes on (see
                                  * OCS_GAZ_WORDS_FOLLOW); node 0 is the root */
    size_t n_nodes;
    const uint8_t
        *gaps; /* runs of ocs_gap sets, one for each word: what else may stand before it */
    size_t n_gaps;
    const uint64_t *heads; /* OCS_GAZ_HEADS words: which first bytes a stem has, to skip the rest */
    /* Tables (a bit set of 1u << ocs_gaz_table) in which a phrase may start with a word or stem, by
     * its hash, and those in which it may do so in small letters: most words start nothing, and cost
     * no search. */
    const uint32_t *first, *first_small;
    uint64_t version; /* hash of all tables: changes whenever a table does */
} ocs_gaz;

static inline const char *ocs_gaz_cstr(const ocs_gaz *gaz, ocs_gaz_text text)
{
    return gaz->texts + text;
}
static inline ocs_str ocs_gaz_str(const ocs_gaz *gaz, ocs_gaz_text text)
{
    return ocs_str_of(ocs_gaz_cstr(gaz, text));
}

/* The tables this program was built with. */
const ocs_gaz *ocs_gaz_builtin(void);

/* One match over tokens [from, to): the first phrase whose table was asked for.  Others of the same
 * words that stand there as well, in any table, come from ocs_gaz_hit_next. */
typedef struct ocs_gaz_hit {
    uint32_t phrase, from, to;
    uint32_t first, accepted; /* bit i: phrase first + i stands here */
} ocs_gaz_hit;

/* The longest phrase of any table in ${tables} (a bit set of 1u << ocs_gaz_table) that starts at
 * token ${at}; of two of the same length, the one whose words are exact before one with stems.
 * Phrases do not cross a line end.  Between their words spaces, hyphens and slashes may stand for
 * each other; a comma, full stop, quote or other character only where the table's phrase has one,
 * too.  An ACRONYM must be written as in its table (a possessive may follow).  A name of a country,
 * organisation, place or person that the table capitalises must start with a capital letter or a
 * digit in the text; the other tables hold common words.  False: no match.  Never allocates. */
bool ocs_gaz_match(const ocs_gaz *gaz, ocs_str text, ocs_tokens tokens, size_t at, unsigned tables,
                   ocs_gaz_hit *hit);

/* The first phrase at ${hit} whose table is in ${tables} and which ocs_gaz_match would accept
 * there; NULL when none.  ${phrase} continues after a given one (NULL starts). */
const ocs_gaz_phrase *ocs_gaz_hit_next(const ocs_gaz *gaz, const ocs_gaz_hit *hit, unsigned tables,
                                       const ocs_gaz_phrase *phrase);

/* ---- many questions about one text ---- */

/* What stands at a token: the phrases of one node of the trie. */
typedef struct ocs_gaz_stand {
    uint32_t first, accepted; /* as in ocs_gaz_hit */
    uint32_t to;              /* the token behind it */
    uint32_t tables;          /* of the accepted phrases, a bit set */
} ocs_gaz_stand;

/* All that stands in a text, found by one walk a token.  Rules that ask about the same words again
 * and again, each for tables of its own, ask this and not the trie. */
typedef struct ocs_gaz_survey {
    const ocs_gaz *gaz;
    uint32_t *tables; /* token -> tables of all phrases that start there */
    uint32_t *begin;  /* token -> its first stand; one more than there are tokens */
    OCS_VEC(ocs_gaz_stand) stands;
} ocs_gaz_survey;

/* Survey ${tokens} for ${tables}; the survey lives in ${arena}.  False when the arena failed. */
bool ocs_gaz_survey_make(const ocs_gaz *gaz, ocs_arena *arena, ocs_str text, ocs_tokens tokens,
                         unsigned tables, ocs_gaz_survey *survey);

/* What ocs_gaz_match says of a text that ends before token ${end}, for ${tables} among those of the
 * survey.  Costs next to nothing where there is none. */
bool ocs_gaz_survey_match(const ocs_gaz_survey *survey, size_t end, size_t at, unsigned tables,
                          ocs_gaz_hit *hit);

/* ---- look-ups ---- */

/* The thing of ${table} that the whole of ${text} names (blind to case, diacritics and punctuation,
 * acronyms too), or NULL; for query values and labels.  NAME wins over ALIAS over the rest; of two
 * of one rank, the one with more people.  A text of more than OCS_GAZ_FIND_BYTES names nothing. */
const ocs_gaz_thing *ocs_gaz_find(const ocs_gaz *gaz, ocs_gaz_table table, ocs_str text);
/* The same for several tables at once (a bit set of 1u << ocs_gaz_table): of one rank, the table that
 * comes first. */
const ocs_gaz_thing *ocs_gaz_find_any(const ocs_gaz *gaz, unsigned tables, ocs_str text);
/* The thing with this key. */
const ocs_gaz_thing *ocs_gaz_by_key(const ocs_gaz *gaz, ocs_gaz_table table, ocs_str key);

/* ---- building ---- */

typedef struct ocs_gaz_builder ocs_gaz_builder;

ocs_gaz_builder *ocs_gaz_builder_new(void); /* NULL when memory ran out */
void ocs_gaz_builder_free(ocs_gaz_builder *builder);

/* Add the rows of one table from the text of its file; a thing of an earlier call may get further
 * phrases.  ${file} is for messages.  A bad row (missing tab, unknown kind, duplicate phrase for the
 * same thing, a phrase without words, ill-formed UTF-8, ...) gives OCS_BADINPUT and "file:line: what
 * is wrong" for the first one; the other rows are read all the same. */
ocs_status ocs_gaz_builder_add(ocs_gaz_builder *builder, ocs_gaz_table table, const char *file,
                               ocs_str tsv, ocs_error *err) OCS_MUST_CHECK;

/* Add everything that ${gaz} holds, for a user's tables to lie over; ${gaz} must outlive the
 * builder. */
ocs_status ocs_gaz_builder_add_gaz(ocs_gaz_builder *builder, const ocs_gaz *gaz,
                                   ocs_error *err) OCS_MUST_CHECK;

/* What was wrong with all rows so far, a line each; borrowed until the next call. */
ocs_str ocs_gaz_builder_complaints(const ocs_gaz_builder *builder);

/* Compile all that was added into ${gaz}, which points into the builder and ends with it. */
ocs_status ocs_gaz_builder_finish(ocs_gaz_builder *builder, ocs_gaz *gaz,
                                  ocs_error *err) OCS_MUST_CHECK;

/* The built-in tables with those of ${dir} over them: DIR/places.tsv and so on, any of them.  A bad
 * row is OCS_BADINPUT with file and line; a folder without any table is OCS_USAGE. */
typedef struct ocs_gaz_overlay ocs_gaz_overlay;
ocs_status ocs_gaz_overlay_new(ocs_gaz_overlay **overlay, const char *dir,
                               ocs_error *err) OCS_MUST_CHECK;
const ocs_gaz *ocs_gaz_overlay_gaz(const ocs_gaz_overlay *overlay); /* NULL of NULL */
void ocs_gaz_overlay_free(ocs_gaz_overlay *overlay);

/* Write ${gaz} as C source that defines ocs_gaz_builtin(). */
ocs_status ocs_gaz_write_c(const ocs_gaz *gaz, FILE *out, ocs_error *err) OCS_MUST_CHECK;

#endif
