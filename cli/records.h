/* Records on an ocs_out: one JSON object a line, or the same objects in one array. */
#ifndef OCS_CLI_RECORDS_H
#define OCS_CLI_RECORDS_H

#include "cli/out.h"

enum { OCS_SCHEMA_VERSION = 1 };

typedef struct ocs_records {
    ocs_out *out;
    bool array;
    size_t n;
    ocs_buf buf;
    ocs_json json;
} ocs_records;

void ocs_records_init(ocs_records *records, ocs_out *out, bool array);
/* The writer for the next record, which must be left with its object open. */
ocs_json *ocs_records_next(ocs_records *records);
/* The same with the object opened and its "type" written. */
ocs_json *ocs_records_begin(ocs_records *records, const char *type);
/* Close the object and print it. */
void ocs_records_end(ocs_records *records);
/* Print records that are ready-made, one a line. */
void ocs_records_lines(ocs_records *records, ocs_str lines);
/* End the array and free the memory. */
void ocs_records_finish(ocs_records *records);

#endif
