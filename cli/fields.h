/* The fields of a hit that --fields chooses: keys of a doc record, columns of a row. */
#ifndef OCS_CLI_FIELDS_H
#define OCS_CLI_FIELDS_H

#include "cli/table.h"
#include "query/query.h"

enum { OCS_FIELDS_RECORDS = 1, OCS_FIELDS_ROWS = 2, OCS_FIELDS_BOTH = 3 };

/* id, name, where it can stand; rows have the first eleven unless told */
#define OCS_HIT_FIELDS(X)                  \
    X(RANK, "rank", BOTH)                  \
    X(SCORE, "score", BOTH)                \
    X(ID, "id", BOTH)                      \
    X(DATE, "date", BOTH)                  \
    X(TITLE, "title", BOTH)                \
    X(KIND, "kind", BOTH)                  \
    X(LANG, "lang", BOTH)                  \
    X(PLACE, "place", BOTH)                \
    X(SOURCE, "source", BOTH)              \
    X(PATH, "path", BOTH)                  \
    X(COPIES, "copies", ROWS)              \
    X(URL, "url", BOTH)                    \
    X(TOPIC, "topic", BOTH)                \
    X(ENCODING, "encoding", BOTH)          \
    X(TEXT, "text", BOTH)                  \
    X(REPAIRS, "repairs", RECORDS)         \
    X(EMPTY, "empty", RECORDS)             \
    X(LIST, "list", RECORDS)               \
    X(ITEMS, "items", RECORDS)             \
    X(MENTIONS, "mentions", RECORDS)       \
    X(TITLE_MATCH, "title_match", RECORDS) \
    X(SNIPPETS, "snippets", BOTH)          \
    X(DUPLICATES, "duplicates", BOTH)

typedef enum ocs_hit_field {
#define X(id, name, where) OCS_HIT_##id,
    OCS_HIT_FIELDS(X)
#undef X
        OCS_HIT_FIELD_COUNT
} ocs_hit_field;

/* What was chosen, in the order in which it was named. */
typedef struct ocs_fields {
    ocs_hit_field at[OCS_HIT_FIELD_COUNT];
    size_t n;
} ocs_fields;

extern const ocs_fields ocs_fields_of_rows;    /* unless told */
extern const ocs_fields ocs_fields_of_records; /* likewise */

/* "id,title,date" for ${where}.  OCS_USAGE and a sentence for a name that is none, with what was
 * probably meant, for one that has no place there, and for one named twice. */
ocs_status ocs_fields_parse(const char *text, unsigned where, ocs_fields *fields,
                            ocs_error *err) OCS_MUST_CHECK;
bool ocs_fields_have(const ocs_fields *fields, ocs_hit_field field);
const char *ocs_hit_field_name(ocs_hit_field field);

/* As the keys of ocs_document_print_keys. */
unsigned ocs_fields_keys(const ocs_fields *fields);

/* The value of ${field} as it stands in a row; borrowed from ${hit} or put into ${room}, which is
 * emptied first.  Several values are joined by "; ". */
ocs_str ocs_hit_value(const ocs_hit *hit, ocs_hit_field field, ocs_buf *room);

#endif
