/* Doing what an ocs_todo says, page by page.  Private to index/. */
#ifndef OCS_INDEX_APPLY_H
#define OCS_INDEX_APPLY_H

#include "index/batch.h"
#include "index/crew.h"
#include "index/page_worker.h"

/* What the work on pages needs; made once a run. */
typedef struct ocs_apply {
    const ocs_update *update;
    ocs_update_counts *counts;
    const ocs_todo *todo;
    ocs_batch *batch;
    uint64_t rules;
    ocs_arena *arena;        /* of the page at hand */
    struct ocs_sites *sites; /* evidence to judge pages by; NULL before ocs_apply_learn */
    ocs_page_worker worker;  /* in this process, or what the processes of the crew are copies of */
    ocs_crew *crew;          /* NULL: pages are read in this process */
    size_t asked;            /* the crew got the requests of the pages before this one */
    ocs_buf request, response;
} ocs_apply;

/* Fills what is empty of: arena, worker, the buffers.  ocs_apply_clear also after a failure. */
ocs_status ocs_apply_init(ocs_apply *apply, ocs_error *err) OCS_MUST_CHECK;
void ocs_apply_clear(ocs_apply *apply);

/* A crew that answers by ${answer}, whose state is .worker; NULL when pages are to be read in this
 * process. */
ocs_status ocs_apply_call_crew(ocs_apply *apply,
                               void (*answer)(void *state, ocs_str request, ocs_buf *response),
                               ocs_crew **crew, ocs_error *err) OCS_MUST_CHECK;
/* Into .request: the request for page ${number}, with what the index knows of it. */
ocs_status ocs_apply_request(ocs_apply *apply, size_t number, ocs_error *err) OCS_MUST_CHECK;

/* What the sites of the pages to be indexed have in common: what the index knows of it, brought up to
 * date from a sample of these pages and given to the batch.  Pages that cannot be read or cut, or
 * end the process that does it, are passed over; the work on them will tell. */
ocs_status ocs_apply_learn(ocs_apply *apply, ocs_error *err) OCS_MUST_CHECK;

/* All pages in order.  Faults of single pages are told and remembered; what is returned ends the
 * run: the index cannot be written, or memory ran out. */
ocs_status ocs_apply_pages(ocs_apply *apply, ocs_error *err) OCS_MUST_CHECK;

#endif
