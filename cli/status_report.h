/* What `status` tells of an index, read whole before anything is printed, so that a failure leaves no
 * half of it. */
#ifndef OCS_CLI_STATUS_REPORT_H
#define OCS_CLI_STATUS_REPORT_H

#include "cli/place.h"

typedef struct ocs_status_source {
    ocs_str name;
    bool missing; /* a file or folder that is not there now */
} ocs_status_source;

typedef struct ocs_status_failure {
    ocs_str path, message;
    bool refused; /* every run tries it again, not only when it or the rules change */
} ocs_status_failure;

typedef struct ocs_status_report {
    ocs_arena *arena;
    bool lists_failures; /* or they are but counted */
    ocs_index_info info;
    ocs_last_run last;
    bool knows_last;
    uint64_t
        rules[4]; /* that this program makes documents by, with options that are not seen here */
    size_t n_rules;
    uint64_t stale_pages;   /* made by other rules than those, or than the last run's */
    uint64_t refused_pages; /* of the failed ones, those that the system did not let be read */
    OCS_VEC(ocs_status_source) sources;
    OCS_VEC(ocs_status_failure) failures;
} ocs_status_report;

/* ${report} is empty but for .arena, which is the caller's, and .lists_failures. */
ocs_status ocs_status_read(ocs_index *index, ocs_status_report *report,
                           ocs_error *err) OCS_MUST_CHECK;

/* The whole index was made by other rules: the next run makes all documents anew. */
bool ocs_status_is_stale(const ocs_status_report *report);

/* ISO 8601, UTC; empty for 0. */
ocs_str ocs_status_time(int64_t seconds, char out[32]);

void ocs_status_print_text(const ocs_status_report *report, ocs_out *out);

#endif
