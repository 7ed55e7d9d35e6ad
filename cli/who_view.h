/* What who prints: one printer for each form of output.  Private to cmd_who.c and its printers. */
#ifndef OCS_CLI_WHO_VIEW_H
#define OCS_CLI_WHO_VIEW_H

#include "cli/lines.h"
#include "query/who.h"

typedef struct ocs_who_view {
    ocs_out *out;
    const ocs_index *index;
    const ocs_who *who;
    ocs_str asked;
    const size_t *order;     /* holdings by number */
    const ocs_who_day *days; /* by number of the holding; NULL unless a day was asked for */
    ocs_date day;
    size_t from, to, n; /* of .order, what is printed */
    size_t evidence;    /* sentences of a holding, at most */
} ocs_who_view;

const ocs_who_holding *ocs_who_view_holding(const ocs_who_view *view, size_t i);
const ocs_who_office *ocs_who_view_office(const ocs_who_view *view, size_t i);
const ocs_who_day *ocs_who_view_day(const ocs_who_view *view, size_t i);
/* Does holding ${i} begin a group, of an office or of a person? */
bool ocs_who_view_heads(const ocs_who_view *view, size_t i);
ocs_citation ocs_who_view_citation(const ocs_who_evidence *evidence);

/* How many sentences are shown of a holding, and the ${i}th of these: the first ones, then the last
 * one with a date. */
size_t ocs_who_view_shown(const ocs_who_view *view, const ocs_who_holding *holding);
const ocs_who_evidence *ocs_who_view_evidence(const ocs_who_holding *holding, size_t i,
                                              size_t shown);

void ocs_who_view_text(const ocs_who_view *view);
void ocs_who_view_records(const ocs_who_view *view, bool array);
void ocs_who_view_rows(const ocs_who_view *view, bool tabs); /* one for each sentence */

#endif
