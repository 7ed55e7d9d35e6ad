/* Whatever fails while a page is read or made into a record is told in the response, memory included:
 * only the caller knows whether it was the page's share of it or all there is. */
#include "index/page_worker.h"

static const size_t page_arena_cap = (size_t)2 << 30;

/* ---- messages ---- */

void ocs_page_request_pack(const ocs_page_request *request, ocs_buf *out)
{
    ocs_buf_put_varint(out, request->page);
    ocs_buf_put_varint(out, request->known);
    ocs_buf_put_varint(out, request->hash);
}

static bool unpack_request(ocs_str packed, size_t n_pages, ocs_page_request *request)
{
    uint64_t page, known;
    if (!ocs_take_varint(&packed, &page) || !ocs_take_varint(&packed, &known) ||
        !ocs_take_varint(&packed, &request->hash) || packed.n > 0 || page >= n_pages || known > 1)
        return false;
    request->page = (size_t)page;
    request->known = known == 1;
    return true;
}

void ocs_page_response_pack(const ocs_page_response *response, ocs_buf *out)
{
    ocs_buf_put_varint(out, (uint64_t)response->end);
    ocs_buf_put_varint(out, response->hash);
    ocs_buf_put_varint(out, response->size);
    ocs_buf_put_varint(out, response->text);
    ocs_buf_put_varint(out, (uint64_t)response->status);
    ocs_buf_put_string(out, response->message);
    ocs_buf_put(out, response->record); /* to the end */
}

ocs_status ocs_page_response_unpack(ocs_str packed, ocs_page_response *response, ocs_error *err)
{
    uint64_t end, status;
    if (!ocs_take_varint(&packed, &end) || end >= OCS_PAGE_END_COUNT ||
        !ocs_take_varint(&packed, &response->hash) || !ocs_take_varint(&packed, &response->size) ||
        !ocs_take_varint(&packed, &response->text) || !ocs_take_varint(&packed, &status) ||
        status > OCS_BUG || !ocs_take_string(&packed, &response->message))
        return ocs_fail(err, OCS_BUG, "a worker said what nobody understands");
    response->end = (ocs_page_end)end;
    response->status = (ocs_status)status;
    response->record = packed;
    return OCS_OK;
}

/* ---- the work ---- */

ocs_status ocs_page_worker_init(ocs_page_worker *worker, ocs_error *err)
{
    worker->stemmers = ocs_stemmers_new();
    worker->arena = ocs_arena_new(page_arena_cap);
    worker->reader = ocs_page_reader_new();
    if (!worker->stemmers || !worker->arena || !worker->reader)
        return ocs_fail(err, OCS_NOMEM, "no memory to index pages");
    if (worker->update->dry_run)
        return OCS_OK;
    ocs_stemmers_use_tables(worker->stemmers, worker->update->tables);
    ocs_status st = ocs_ingest_new(&worker->ingest, err);
    if (st != OCS_OK)
        return st;
    ocs_ingest_keep_blocks(worker->ingest, worker->update->keep_blocks);
    ocs_ingest_use_tables(worker->ingest, worker->update->tables);
    return OCS_OK;
}

void ocs_page_worker_clear(ocs_page_worker *worker)
{
    ocs_ingest_free(worker->ingest);
    ocs_stemmers_free(worker->stemmers);
    ocs_page_reader_free(worker->reader);
    ocs_arena_free(worker->arena);
}

static ocs_status make_record(ocs_page_worker *worker, const ocs_page *page, ocs_record *record,
                              uint64_t *text, ocs_error *why)
{
    char id[17];
    ocs_document document;
    ocs_status st = ocs_ingest_page(worker->ingest, page, OCS_STAGE_MENTIONS, worker->arena,
                                    &document, NULL, why);
    if (st != OCS_OK)
        return st;
    *text = document.text.n;
    ocs_document_id(page->path, id); /* by which a vanished page is deleted */
    document.id = ocs_str_copy(worker->arena, ocs_str_of(id));
    if (!ocs_aliases_apply(worker->update->aliases, worker->arena, &document))
        return ocs_fail(why, ocs_arena_status(worker->arena),
                        "the page needs more memory than allowed");
    return ocs_record_make(&document, worker->stemmers, worker->arena, record, why);
}

static void put_failure(ocs_page_response *response, ocs_page_end end, const ocs_error *why,
                        ocs_buf *out)
{
    response->end = end;
    response->status = why->status;
    response->message = ocs_str_of(why->text);
    ocs_page_response_pack(response, out);
}

/* The record follows the response; where it does not fit, a failure takes their place. */
static void put_record(ocs_page_response *response, const ocs_page *page, const ocs_record *record,
                       ocs_buf *out)
{
    ocs_error why;
    response->end = OCS_PAGE_END_RECORD;
    ocs_page_response_pack(response, out);
    ocs_record_pack(record, out);
    ocs_status st = ocs_buf_status(out);
    if (st == OCS_OK)
        return;
    ocs_buf_reset(out);
    (void)ocs_fail(&why, st, "%.*s: what is to be indexed of it takes more than %s",
                   OCS_ARG(page->path), st == OCS_NOMEM ? "memory holds" : "is allowed");
    put_failure(response, OCS_PAGE_END_FAILED, &why, out);
}

static void index_page(ocs_page_worker *worker, const ocs_page *page, ocs_page_response *response,
                       ocs_buf *out)
{
    ocs_error why = {0};
    ocs_record record;
    if (make_record(worker, page, &record, &response->text, &why) == OCS_OK)
        put_record(response, page, &record, out);
    else
        put_failure(response, OCS_PAGE_END_FAILED, &why, out);
}

/* What is counted of it follows the response. */
static void sample_page(ocs_page_worker *worker, const ocs_page *page, ocs_page_response *response,
                        ocs_buf *out)
{
    ocs_error why = {0};
    response->end = OCS_PAGE_END_SAMPLE;
    ocs_page_response_pack(response, out);
    if (ocs_ingest_sample(page, worker->arena, out, &why) == OCS_OK)
        return;
    ocs_buf_reset(out);
    put_failure(response, OCS_PAGE_END_FAILED, &why, out);
}

/* What is done with a page whose bytes are not the known ones. */
typedef void work(ocs_page_worker *worker, const ocs_page *page, ocs_page_response *response,
                  ocs_buf *out);

static void answer(ocs_page_worker *worker, const ocs_page_request *request, work *work_on,
                   ocs_buf *out)
{
    const char *path = worker->todo->pages.at[request->page].path;
    ocs_page page = {.path = ocs_str_of(path), .sites = worker->sites};
    ocs_page_response response = {.end = OCS_PAGE_END_RECORD};
    ocs_error why = {0};
    if (ocs_page_reader_read(worker->reader, path, worker->update->page_cap, worker->arena,
                             &page.bytes, &page.url, &why) != OCS_OK) {
        put_failure(&response, OCS_PAGE_END_UNREADABLE, &why, out);
        return;
    }
    response.hash = ocs_hash(page.bytes);
    response.size = page.bytes.n;
    if (request->known && request->hash == response.hash)
        response.end = OCS_PAGE_END_SAME;
    if (response.end == OCS_PAGE_END_SAME || !worker->ingest)
        ocs_page_response_pack(&response, out);
    else
        work_on(worker, &page, &response, out);
}

/* A request that cannot be read gets an empty response, which cannot be read either. */
static void answer_packed(ocs_page_worker *worker, ocs_str packed, work *work_on, ocs_buf *response)
{
    ocs_page_request request;
    if (!unpack_request(packed, worker->todo->pages.n, &request))
        return;
    answer(worker, &request, work_on, response);
    ocs_arena_clear(worker->arena);
}

void ocs_page_worker_answer(ocs_page_worker *worker, ocs_str request, ocs_buf *response)
{
    answer_packed(worker, request, index_page, response);
}

void ocs_page_worker_sample(ocs_page_worker *worker, ocs_str request, ocs_buf *response)
{
    answer_packed(worker, request, sample_page, response);
}
