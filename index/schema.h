/* What is in the index, in words.  This file and the code that speaks it change together; a change
 * that an older program would misread raises OCS_FORMAT_VERSION.
 *
 * POSITIONS.  Words of the text are numbered from 1; the first word of each further line
 * (paragraph) skips OCS_PARAGRAPH_GAP numbers, so that no phrase and no NEAR up to that distance
 * reaches from one paragraph into the next.  A word written with the hyphen of "co-" counts as one
 * word ("co-operation" is "cooperation").  What a mention adds stands at the position of the
 * mention's first word.
 *
 * TERMS (word = folded word, base/text.h; key = see corpus/document.h)
 *   word           every word of the text, with positions
 *   word           and, where it differs, its canonical spelling (organised -> organized,
 *                  labour -> labor) at the same position
 *   Z stem         the Snowball stem of the canonical spelling, by the document's language (English
 *                  where it is unknown, the word itself where there is no stemmer); no positions
 *   S word         the same for the title, positions counted in the title
 *   ZS stem
 *   X?*            a mention of type ?, with positions: P person, L place, C country, O org, D date,
 *                  R role
 *   X?=key         the mentioned entity by its key, with positions (XC=RS, XP=sebastian-kurz); of
 *                  dates only what has no year (XD=--12-06)
 *   X?~word        a word of the entity's name or of the surface, in both spellings and, from
 *                  Cyrillic, in Latin letters; of a person also each word of the key; of what the
 *                  tables know each word of its own name there, and of those other names that the
 *                  program's tables lack (--tables); by the words of its further names a query finds
 *                  its key (index/other_names.h); with positions; for roles (XR~) each word of the
 *                  role at its own position in the text; not for stopwords, not for countries, not
 *                  for dates
 *   XA* XA=key     an office of an organisation, by its key, and each word of its name and of the
 *   XA~word        surface; XN=RS, an office of a country.  They stand at the position after each
 *   XN* XN=code    position where such an office is held: after the first word of the person's
 *                  name and after each word of the role.  "XP=key, then XA=key" as a phrase is a
 *                  person of that organisation, and nothing else is
 *   XL=key XL~word also for the places that the page's labels state, without positions
 *   XDY2018        the years, months and days that a date mention names, with positions: a day
 *   XDM2018-06     gives all three, a month two, a year one; a range gives every day of it where
 *   XDD2018-06-30  they are at most OCS_RANGE_DAYS, else every month where those are at most so
 *                  many, else every year
 *   DY2017         the same for the published date
 *   DM2017-02
 *   DD2017-02-13
 *   XK=slug XK~word   kind of page
 *   XS=slug XS~word   source
 *   XT=slug XT~word   field of work
 *   L code         language of the text
 *   P path         the page's path and each folder above it
 *   Q id           the document's id; unique
 *   BP             no word of the page's: its positions are those of the first word of every line of
 *                  the text, each of which is a paragraph; absent when the text has no words
 *   BS             the same for every sentence (corpus/sentence.h) but the first of a paragraph
 *   XB0=89abcdef   eight bands of the fingerprint (index/fingerprint.h), numbered from 0: copies of
 *                  one article have one in common; absent when the text is too short
 *
 * Words, stems, X?=key of mentions and XP~word count for the frequency within the document (wdf 1
 * each time; XP~word once a mention, which older indexes lack), all other terms only select.  A country or place inside another mention gives no terms: in
 * "Mission to Serbia" it belongs to the mission.  A term longer than OCS_TERM_MAX bytes is cut and
 * ends in '#' and 16 hexadecimal digits of its hash.
 *
 * VALUE SLOTS
 *   0  published date as eight digits, unknown parts 0, absent when there is no year: for sorting
 *   1  hash of the cleaned text, 8 bytes big-endian: equal texts have equal values; absent when
 *      there is no text
 *   2  fingerprint, OCS_PRINT_BYTES: 128 bins, then hash of the numbers in the title and day of
 *      publication, 4 bytes big-endian each; absent when the text is too short
 *
 * DATA  the packed document (ocs_document_pack).
 *
 * WHAT IT COSTS  Of 2,000 generated pages of 3.5 KB of text with 802 terms each, 443 of which have
 * positions, in bytes a page: positions 8,410 (19 each pair of a term and a document, of which 7 are
 * the word and 7 the entry's head), lists of terms 3,460 (4.3 a term), postings, values and metadata
 * 3,000 (375 of them columns and page/), data 2,700; together 17.6 KB.
 *
 * METADATA
 *   ocs.format     OCS_FORMAT_VERSION in decimal
 *   ocs.rules      version of rules and tables of the last run that came to its end, 16 hexadecimal
 *                  digits; each page's own is in its state
 *   ocs.updated    time of the last committed change, seconds since 1970 in decimal
 *   ocs.langs      languages whose stemmer was used, space-separated, sorted
 *   ocs.changes    documents added, replaced or deleted since the database was written in one piece, in
 *                  decimal; absent: none
 *   ocs.learnt     there while a run that has brought site/ up to date is not at its end: the next one
 *                  goes on with it as it is, so that a run that was killed and continued comes to the
 *                  same
 *   column/        what documents are counted by (index/columns.h); of each family (its letter ?)
 *     ?d/BLOCK     entries of OCS_COLUMN_DOCUMENTS documents (index/column_store.h): how many
 *                  documents, the length of each one's entries, all entries.  BLOCK has eight
 *                  hexadecimal digits
 *     ?k/BLOCK     OCS_COLUMN_THINGS things: key, name (empty where it is the key), country
 *     ?n/BLOCK     as many further names: ordinal of the thing, name, country
 *     published/BLOCK  of each document the published date in 3 bytes, the low one first: day in 5
 *                  bits, month in 4, year; all 0 where there is none
 *     head         of each family how many things and how many further names there are
 *   page/KEY       what is known of a page, so that a run can tell what changed: ocs_page_state in
 *                  index/page_state.h; KEY is the path, or for a long one its start, '#' and its
 *                  hash
 *   container/PATH a container whose pages all have their states: index/todo_container.h; PATH is cut
 *                  like a page's
 *   site/NAME      what the pages of a site have in common (ingest/site.h), by which new and changed
 *                  ones are judged; NAME is a host or a folder ending in '/', cut like a page's path;
 *                  the value is the version of rules and tables as a number, the name, both as
 *                  base/buf.h packs them, and what ocs_site_pack writes; of another version: void
 *   source/NAME    a source that was indexed; the value is its kind ("file", "folder", "list"),
 *                  followed by a space and the name when the key had to be cut */
#ifndef OCS_INDEX_SCHEMA_H
#define OCS_INDEX_SCHEMA_H

#include "corpus/corpus.h"

enum {
    OCS_FORMAT_VERSION = 3,
    OCS_TERM_MAX = 200, /* glass takes 245; NUL bytes count twice there */
    OCS_PARAGRAPH_GAP = 20,
    OCS_RANGE_DAYS = 62,
    OCS_SLOT_DATE = 0,
    OCS_SLOT_TEXT = 1,
    OCS_SLOT_PRINT = 2,
    OCS_BANDS = 8
};

#define OCS_META_FORMAT "ocs.format"
#define OCS_META_RULES "ocs.rules"
#define OCS_META_UPDATED "ocs.updated"
#define OCS_META_LANGS "ocs.langs"
#define OCS_META_CHANGES "ocs.changes"
#define OCS_META_LEARNT "ocs.learnt"
#define OCS_META_COLUMN "column/"
#define OCS_META_CONTAINER "container/"
#define OCS_META_PAGE "page/"
#define OCS_META_SITE "site/"
#define OCS_META_SOURCE "source/"

/* What a field of the query language searches: field, letter in X?, what it is */
#define OCS_TERM_FAMILIES(X)   \
    X(PERSON, "person", 'P')   \
    X(PLACE, "place", 'L')     \
    X(COUNTRY, "country", 'C') \
    X(ORG, "org", 'O')         \
    X(DATE, "on", 'D')         \
    X(ROLE, "role", 'R')       \
    X(KIND, "kind", 'K')       \
    X(SOURCE, "source", 'S')   \
    X(TOPIC, "topic", 'T')     \
    X(ROLE_ORG, "@org", 'A')   \
    X(ROLE_COUNTRY, "@country", 'N')

typedef enum ocs_family {
#define X(name, field, letter) OCS_FAMILY_##name,
    OCS_TERM_FAMILIES(X)
#undef X
        OCS_FAMILY_COUNT
} ocs_family;
char ocs_family_letter(ocs_family family);
const char *ocs_family_field(ocs_family family);
ocs_family ocs_family_of_mention(ocs_mention_type type);

/* Whether a mention gives terms.  The country or city in "Mission to Serbia" belongs to the name of
 * the mission: a search for the country would find every paper of the mission. */
bool ocs_mention_is_indexed(const ocs_mention *mention);

/* The one place that spells terms, for the writer and for the reader.  Each appends to ${out},
 * which callers reset; the result is within OCS_TERM_MAX. */
void ocs_term_word(ocs_buf *out, ocs_str word);
void ocs_term_stem(ocs_buf *out, ocs_str stem);
void ocs_term_title_word(ocs_buf *out, ocs_str word);
void ocs_term_title_stem(ocs_buf *out, ocs_str stem);
void ocs_term_any(ocs_buf *out, ocs_family family);                /* XP*  */
void ocs_term_key(ocs_buf *out, ocs_family family, ocs_str key);   /* XP=… */
void ocs_term_name(ocs_buf *out, ocs_family family, ocs_str word); /* XP~… */
/* ${date} at ${precision}: DY… DM… DD… (published) or XDY… XDM… XDD… (text). */
void ocs_term_date(ocs_buf *out, bool published, ocs_date date, ocs_precision precision);
void ocs_term_lang(ocs_buf *out, ocs_str code);
void ocs_term_path(ocs_buf *out, ocs_str path);
void ocs_term_id(ocs_buf *out, ocs_str id);
void ocs_term_band(ocs_buf *out, size_t band, uint32_t key);
/* Where paragraphs and further sentences begin. */
#define OCS_TERM_PARAGRAPH "BP"
#define OCS_TERM_SENTENCE "BS"
void ocs_meta_container_key(ocs_buf *out, ocs_str path);
void ocs_meta_page_key(ocs_buf *out, ocs_str path);
void ocs_meta_site_key(ocs_buf *out, ocs_str name);
void ocs_meta_source_key(ocs_buf *out, ocs_str name);

/* Words as the index counts them, from tokens: "co-" joined to what follows, tokens that fold to
 * nothing left out, positions given. */
typedef struct ocs_word {
    ocs_span at;       /* in the text */
    uint32_t position; /* 1 and up */
    uint32_t token;    /* index of its first token */
    ocs_str fold;      /* folded word */
    ocs_str canonical; /* canonical spelling; equal to fold when there is no other */
} ocs_word;
typedef struct ocs_words {
    ocs_word *at;
    size_t n;
} ocs_words;
bool ocs_words_of(ocs_arena *arena, ocs_str text, ocs_words *out); /* false: arena */

/* The canonical spelling of a folded word: -ise/-isation to -ize/-ization, -our to -or and the
 * like, by rules with a table of exceptions (exercise, advise, four, ...). */
ocs_str ocs_word_canonical(ocs_arena *arena, ocs_str fold);

#endif
