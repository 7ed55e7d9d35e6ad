/* What becomes of the bytes of one page: read, hashed, compared with what the index knows, made
 * into a record.  It is done in a worker process (index/crew.h) or in this one; either way a
 * request and a response are bytes, so that both ways are one.  Private to index/. */
#ifndef OCS_INDEX_PAGE_WORKER_H
#define OCS_INDEX_PAGE_WORKER_H

#include "index/index.h"
#include "index/todo.h"

/* What the work needs; made before the processes are, and seen by all of them. */
typedef struct ocs_page_worker {
    const ocs_update *update;
    const ocs_todo *todo;
    const struct ocs_sites *sites; /* may be NULL */
    ocs_ingest *ingest;            /* NULL in a dry run: no record is made */
    ocs_stemmers *stemmers;
    ocs_arena *arena; /* of the page at hand */
    ocs_page_reader *reader;
} ocs_page_worker;

/* Fills what is empty of: ingest, stemmers, arena, reader.  ocs_page_worker_clear also after a failure. */
ocs_status ocs_page_worker_init(ocs_page_worker *worker, ocs_error *err) OCS_MUST_CHECK;
void ocs_page_worker_clear(ocs_page_worker *worker);

typedef struct ocs_page_request {
    size_t page;   /* its number in the todo */
    bool known;    /* bytes of this hash would become what the index has */
    uint64_t hash; /* when known */
} ocs_page_request;

typedef enum ocs_page_end {
    OCS_PAGE_END_SAME,       /* its bytes are the known ones */
    OCS_PAGE_END_RECORD,     /* it is a document now */
    OCS_PAGE_END_FAILED,     /* no document can be made of its bytes */
    OCS_PAGE_END_UNREADABLE, /* the system refused */
    OCS_PAGE_END_SAMPLE,     /* it was only cut: ocs_page_worker_sample */
    OCS_PAGE_END_COUNT
} ocs_page_end;

typedef struct ocs_page_response {
    ocs_page_end end;
    uint64_t hash, size; /* of the bytes; 0 when unreadable */
    uint64_t text;       /* bytes of the document's text */
    ocs_status status;   /* of what failed */
    ocs_str message;     /* likewise */
    ocs_str record;      /* packed (ocs_record_unpack); empty in a dry run.  Of a sample: what
                          * ocs_sites_take_packed takes */
} ocs_page_response;

/* Both append.  What is unpacked points into the bytes; OCS_BUG when they are not what the packer
 * writes. */
void ocs_page_request_pack(const ocs_page_request *request, ocs_buf *out);
void ocs_page_response_pack(const ocs_page_response *response, ocs_buf *out);
ocs_status ocs_page_response_unpack(ocs_str packed, ocs_page_response *response,
                                    ocs_error *err) OCS_MUST_CHECK;

/* Do what ${request} asks, and append the response, which tells of every failure. */
void ocs_page_worker_answer(ocs_page_worker *worker, ocs_str request, ocs_buf *response);
/* The same, but only cut the page, for evidence of its site (ingest/site.h). */
void ocs_page_worker_sample(ocs_page_worker *worker, ocs_str request, ocs_buf *response);

#endif
