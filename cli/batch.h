/* Queries from a file or from standard input, one a line: `QUERY` or `NAME<TAB>QUERY`.  Lines that are
 * blank or begin with # are passed over, so that a file of saved queries is a batch, too, as long as
 * its names are followed by tabs. */
#ifndef OCS_CLI_BATCH_H
#define OCS_CLI_BATCH_H

#include "cli/ask.h"
#include "cli/records.h"

#include <stdio.h>

enum {
    OCS_BATCH_LINE = 1 << 20, /* bytes; a longer line is a mistake */
    OCS_BATCH_CARET = 500     /* a longer query is not printed with its mistake */
};

#define OCS_ROW_BATCH(verb)                                                              \
    {                                                                                    \
        .name = "batch", .value = "FILE", .type = OCS_OPTION_STRING,                     \
        .about = verb " the queries in FILE, one a line, QUERY or NAME<TAB>QUERY; - is " \
                      "standard input"                                                   \
    }

typedef struct ocs_batch {
    FILE *stream;
    const char *path;
    ocs_buf line;
    unsigned number;     /* of the line, from 1 */
    ocs_str name, query; /* until the next line; the name is empty where there is none */
    uint32_t queries, failed;
} ocs_batch;

/* Says what went wrong. */
ocs_exit ocs_batch_open(const char *path, ocs_batch *batch) OCS_MUST_CHECK;
void ocs_batch_close(ocs_batch *batch);

/* Go on to the next query.  OCS_NOTFOUND at the end; OCS_USAGE when the line is none that can be
 * run, and one may go on to the next; OCS_IO when the file cannot be read further. */
ocs_status ocs_batch_next(ocs_batch *batch, ocs_error *err) OCS_MUST_CHECK;

/* Whether ${status} is the fault of one query, so that the others can still be run. */
bool ocs_batch_goes_on(ocs_status status);
/* Count and say what is wrong with the query at hand, and put an `error` record of it unless
 * ${records} is NULL. */
void ocs_batch_fail(ocs_batch *batch, ocs_records *records, ocs_status status, ocs_error *err);
/* "line", "name" and "query" of the record at hand. */
void ocs_batch_keys(const ocs_batch *batch, ocs_json *json);

#endif
