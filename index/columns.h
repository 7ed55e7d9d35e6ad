/* Columns: what each document speaks of and what is known of it, family by family and in the order
 * of the documents' numbers, so that whole sets of documents are counted without unpacking them.
 * They live in the database's metadata (index/schema.h) and are written with the documents.
 *
 * A family (people, kinds of page, ...) numbers its things from 0 as they come: the ordinals.  A thing
 * is what has one key.  Its names are numbered, too: 0 is the first that was met, all further ones
 * have a number of their own within the family, so that aliases are counted apart and the thing once.
 * Ordinals hold for one database until its next change.
 *
 *   open the columns of a database (ocs_index_columns does for each part of an index)
 *   ocs_columns_of a family -> ocs_column
 *   ocs_column_seek a document, in ascending order for speed -> its entries
 *   ocs_column_next entry after entry: ordinal, name, mentions
 *   ocs_column_thing, ocs_column_name: what a number stands for
 *
 * All that is lent lasts until the next call on the same column.  Failures: as for metadata of the
 * database; OCS_CORRUPT when a column is not what the writer writes. */
#ifndef OCS_INDEX_COLUMNS_H
#define OCS_INDEX_COLUMNS_H

#include "index/schema.h"
#include "index/xapian_c.h"

/* family, name, letter in the keys of metadata, what it is */
#define OCS_COLUMNS(X)                                                                      \
    X(PERSON, "person", 'P', "people that the text names")                                  \
    X(PLACE, "place", 'L', "places that the text names or the page's labels state")         \
    X(COUNTRY, "country", 'C', "states")                                                    \
    X(ORG, "org", 'O', "organisations")                                                     \
    X(DATE, "on", 'D', "dates that the text speaks of")                                     \
    X(ON_YEAR, "on-year", 'N', "years of these dates; the key of a range is all its years") \
    X(KIND, "kind", 'K', "kind of page")                                                    \
    X(SOURCE, "source", 'S', "who published it")                                            \
    X(TOPIC, "topic", 'T', "field of work")                                                 \
    X(LANG, "lang", 'G', "language of the text")                                            \
    X(SITE, "site", 'H', "host of the page's address, else folder of its path")

typedef enum ocs_column_family {
#define X(name, text, letter, about) OCS_COLUMN_##name,
    OCS_COLUMNS(X)
#undef X
        OCS_COLUMN_COUNT
} ocs_column_family;
const char *ocs_column_family_name(ocs_column_family family);
char ocs_column_family_letter(ocs_column_family family);
/* Mentions of this type are in it. */
ocs_column_family ocs_column_of_mention(ocs_mention_type type);

/* ---- reading ---- */

typedef struct ocs_columns ocs_columns; /* of one database */
typedef struct ocs_column ocs_column;   /* one family of it */

/* Borrows ${db}.  OCS_CORRUPT when the database has none. */
ocs_status ocs_columns_open(xap_db *db, ocs_columns **columns, ocs_error *err) OCS_MUST_CHECK;
void ocs_columns_close(ocs_columns *columns);
ocs_column *ocs_columns_of(ocs_columns *columns, ocs_column_family family);

/* How many things the family has had, and how many names beside the first of each. */
uint32_t ocs_column_things(const ocs_column *column);
uint32_t ocs_column_names(const ocs_column *column);

typedef struct ocs_column_thing {
    ocs_str key, name;
    ocs_str country; /* of a place, by ISO code; empty if unknown */
} ocs_column_thing;

/* Thing ${ordinal} with its first name. */
ocs_status ocs_column_thing_at(ocs_column *column, uint32_t ordinal, ocs_column_thing *thing,
                               ocs_error *err) OCS_MUST_CHECK;
/* Name ${name}, 1 and up, and whose it is; .key is empty. */
ocs_status ocs_column_name_at(ocs_column *column, uint32_t name, uint32_t *ordinal,
                              ocs_column_thing *thing, ocs_error *err) OCS_MUST_CHECK;

/* One name of one thing in a document.  A thing with several names there has one entry each, next to
 * each other, all but the first with .again. */
typedef struct ocs_column_entry {
    uint32_t ordinal;
    uint32_t name;     /* 0: the first of the thing */
    uint32_t mentions; /* 0: stated by a label, not in the text */
    bool again;
} ocs_column_entry;

typedef struct ocs_column_entries {
    const unsigned char *at, *end;
    uint32_t last;          /* ordinal + 1 */
    uint32_t things, names; /* how many there are; a damaged entry beyond them ends the walk */
    bool damaged;
} ocs_column_entries;

/* The entries of document ${id} of this database, sorted by ordinal; none when there is no such
 * document. */
ocs_status ocs_column_seek(ocs_column *column, xap_docid id, ocs_column_entries *entries,
                           ocs_error *err) OCS_MUST_CHECK;
/* False at the end, and where an entry names what there is not. */
static inline bool ocs_column_next(ocs_column_entries *entries, ocs_column_entry *entry);

/* When document ${id} was published; all 0 when that is not known. */
ocs_status ocs_columns_published(ocs_columns *columns, xap_docid id, ocs_date *date,
                                 ocs_error *err) OCS_MUST_CHECK;

/* A date as a number that sorts like it, less than 2 to the 24. */
static inline uint32_t ocs_date_pack(ocs_date date)
{
    return date.year <= 0 ? 0 : (uint32_t)date.year << 9 | (uint32_t)date.month << 5 | date.day;
}
static inline ocs_date ocs_date_unpack(uint32_t packed)
{
    return (ocs_date){(int16_t)(packed >> 9), packed >> 5 & 15, packed & 31};
}

/* ---- within ---- */

/* An entry: how much the ordinal is above the last, times 2, plus 1 where the name is the first and
 * mentioned once; else name and mentions follow. */
static inline uint32_t ocs_column_take(ocs_column_entries *entries)
{
    uint32_t value = 0;
    if (entries->at < entries->end && *entries->at < 0x80) /* most of them */
        return *entries->at++;
    for (unsigned shift = 0; entries->at < entries->end; shift += 7) {
        unsigned char byte = *entries->at++;
        if (shift < 32)
            value |= (uint32_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            break;
    }
    return value;
}

static inline bool ocs_column_next(ocs_column_entries *entries, ocs_column_entry *entry)
{
    if (entries->at >= entries->end)
        return false;
    uint32_t head = ocs_column_take(entries), step = head >> 1;
    entry->again = step == 0;
    entries->last += step;
    entry->ordinal = entries->last - 1;
    entry->name = 0;
    entry->mentions = 1;
    if ((head & 1) == 0) {
        entry->name = ocs_column_take(entries);
        entry->mentions = ocs_column_take(entries);
    }
    entries->damaged |= entry->ordinal >= entries->things || entry->name > entries->names;
    return !entries->damaged;
}

#endif
