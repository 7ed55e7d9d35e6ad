/* A page that may have changed is read; if its bytes and the rules are those of before, only its
 * time is noted, else it becomes a document.  A page that fails keeps its old document.
 *
 * Two cursors go over the pages: one asks for those that are to be read, as far ahead as the crew
 * lets it, the other settles page after page with the crew's answers, which come in the order they
 * were asked for.  What is told and written is so the same however many workers there are. */
#include "index/apply.h"

#include "ingest/site.h"

enum { REQUEST_CAP = 64 };
static const size_t page_arena_cap = (size_t)2 << 30;
static const size_t response_cap = (size_t)256 << 20;

ocs_status ocs_apply_init(ocs_apply *apply, ocs_error *err)
{
    ocs_buf_init(&apply->request, REQUEST_CAP);
    ocs_buf_init(&apply->response, response_cap);
    apply->worker.update = apply->update;
    apply->worker.todo = apply->todo;
    apply->arena = ocs_arena_new(page_arena_cap);
    if (!apply->arena)
        return ocs_fail(err, OCS_NOMEM, "no memory to index pages");
    return ocs_page_worker_init(&apply->worker, err);
}

void ocs_apply_clear(ocs_apply *apply)
{
    ocs_crew_free(apply->crew);
    ocs_page_worker_clear(&apply->worker);
    ocs_sites_free(apply->sites);
    ocs_arena_free(apply->arena);
    ocs_buf_clear(&apply->request);
    ocs_buf_clear(&apply->response);
}

static void *start_worker(void *payload)
{
    return payload;
}

/* A dry run reads and compares, which takes no crew. */
ocs_status ocs_apply_call_crew(ocs_apply *apply,
                               void (*answer)(void *state, ocs_str request, ocs_buf *response),
                               ocs_crew **crew, ocs_error *err)
{
    const ocs_update *update = apply->update;
    const ocs_crew_work work = {start_worker, answer, &apply->worker};
    const ocs_crew_limits limits = {.jobs = update->jobs,
                                    .memory = update->page_memory,
                                    .seconds = update->page_seconds,
                                    .response_cap = response_cap};
    *crew = NULL;
    if (update->jobs == 0 || update->dry_run)
        return OCS_OK;
    return ocs_crew_new(&work, &limits, crew, err);
}

static void tell(ocs_apply *apply, const ocs_todo_page *page, ocs_fate fate, const char *why)
{
    apply->counts->pages[fate]++;
    if (apply->update->each)
        apply->update->each(apply->update->payload, page->path, fate, why);
}

static ocs_page_state state_of(const ocs_apply *apply, const ocs_todo_page *page)
{
    const char *source = ocs_source_name(apply->todo->sources[page->source]);
    return (ocs_page_state){
        .path = ocs_str_of(page->path),
        .size = page->size,
        .mtime_ns = page->mtime_ns,
        .source = ocs_hash(ocs_str_of(source)),
        .member = page->member,
    };
}

static ocs_status remember(ocs_apply *apply, const ocs_page_state *state, ocs_error *err)
{
    return apply->update->dry_run ? OCS_OK : ocs_batch_remember(apply->batch, state, err);
}

static ocs_status keep_document(ocs_apply *apply, const ocs_todo_page *page, ocs_error *err)
{
    return ocs_batch_keep_document(apply->batch, ocs_str_of(page->path), apply->arena, err);
}

static ocs_status keep_page(ocs_apply *apply, const ocs_todo_page *page, ocs_error *err)
{
    return ocs_batch_keep_page(apply->batch, ocs_str_of(page->path), apply->arena, err);
}

/* ---- pages that fail ---- */

static ocs_status fail_page(ocs_apply *apply, const ocs_todo_page *page, ocs_page_state *state,
                            const ocs_error *why, ocs_error *err)
{
    state->message = ocs_str_of(why->text);
    ocs_status st = keep_document(apply, page, err);
    if (st == OCS_OK)
        st = remember(apply, state, err);
    if (st == OCS_OK)
        tell(apply, page, OCS_FATE_FAILED, why->text);
    return st;
}

/* A fault of the system, not of the bytes: the next run tries again. */
static ocs_status fail_unread(ocs_apply *apply, const ocs_todo_page *page, const ocs_error *why,
                              ocs_error *err)
{
    ocs_page_state state = state_of(apply, page);
    state.outcome = OCS_PAGE_UNREADABLE;
    return fail_page(apply, page, &state, why, err);
}

static ocs_status fail_bytes(ocs_apply *apply, const ocs_todo_page *page, uint64_t hash,
                             const ocs_error *why, ocs_error *err)
{
    ocs_page_state state = state_of(apply, page);
    state.outcome = OCS_PAGE_FAILED;
    state.hash = hash;
    state.rules = apply->rules;
    return fail_page(apply, page, &state, why, err);
}

/* ---- pages that are as they were ---- */

static ocs_status refresh(ocs_apply *apply, const ocs_todo_page *page, ocs_error *err)
{
    ocs_page_state state;
    ocs_status st =
        ocs_page_state_find(ocs_batch_db(apply->batch), ocs_str_of(page->path), &state, err);
    if (st != OCS_OK)
        return st == OCS_NOTFOUND ? ocs_fail(err, OCS_BUG, "%s is forgotten", page->path) : st;
    state.message = ocs_str_copy(apply->arena, state.message);
    state.size = page->size;
    state.mtime_ns = page->mtime_ns;
    state.member = page->member;
    if ((st = keep_document(apply, page, err)) != OCS_OK ||
        (st = remember(apply, &state, err)) != OCS_OK)
        return st;
    bool failed = state.outcome == OCS_PAGE_FAILED;
    tell(apply, page, failed ? OCS_FATE_FAILED : OCS_FATE_UNCHANGED,
         failed ? state.message.p : NULL);
    return OCS_OK;
}

/* ---- pages that become documents ---- */

static ocs_status put(ocs_apply *apply, const ocs_todo_page *page,
                      const ocs_page_response *response, const ocs_record *record, ocs_error *err)
{
    ocs_page_state state = state_of(apply, page);
    state.outcome = OCS_PAGE_INDEXED;
    state.hash = response->hash;
    state.rules = apply->rules;
    return ocs_batch_put(apply->batch, record, (size_t)response->text, &state, err);
}

static ocs_status index_page(ocs_apply *apply, const ocs_todo_page *page,
                             const ocs_page_response *response, ocs_error *err)
{
    ocs_record record;
    ocs_error why = {0};
    if (!apply->update->dry_run) {
        ocs_status st = ocs_record_unpack(response->record, apply->arena, &record, &why);
        if (st == OCS_NOMEM)
            return ocs_fail(err, st, "%s", why.text);
        if (st != OCS_OK)
            return fail_bytes(apply, page, response->hash, &why, err);
        if ((st = put(apply, page, response, &record, err)) != OCS_OK)
            return st;
    }
    tell(apply, page, page->what == OCS_TODO_ADD ? OCS_FATE_ADDED : OCS_FATE_CHANGED, NULL);
    return OCS_OK;
}

/* ---- asking for pages ---- */

static bool is_to_be_read(const ocs_todo_page *page)
{
    return page->what == OCS_TODO_READ || page->what == OCS_TODO_ADD;
}

ocs_status ocs_apply_request(ocs_apply *apply, size_t number, ocs_error *err)
{
    const ocs_todo_page *page = &apply->todo->pages.at[number];
    ocs_page_request request = {.page = number};
    ocs_page_state old;
    ocs_status st = OCS_NOTFOUND;
    if (page->what == OCS_TODO_READ)
        st = ocs_page_state_find(ocs_batch_db(apply->batch), ocs_str_of(page->path), &old, err);
    if (st != OCS_OK && st != OCS_NOTFOUND)
        return st;
    if (st == OCS_OK && old.outcome != OCS_PAGE_UNREADABLE && old.rules == apply->rules) {
        request.known = true;
        request.hash = old.hash;
    }
    ocs_buf_reset(&apply->request);
    ocs_page_request_pack(&request, &apply->request);
    st = ocs_buf_status(&apply->request);
    return st == OCS_OK ? st : ocs_fail(err, st, "no memory to ask for %s", page->path);
}

static ocs_status ask_ahead(ocs_apply *apply, ocs_error *err)
{
    ocs_status st = OCS_OK;
    for (; apply->asked < apply->todo->pages.n && !ocs_crew_full(apply->crew); apply->asked++) {
        if (!is_to_be_read(&apply->todo->pages.at[apply->asked]))
            continue;
        if ((st = ocs_apply_request(apply, apply->asked, err)) != OCS_OK)
            return st;
        if ((st = ocs_crew_put(apply->crew, ocs_buf_str(&apply->request), err)) != OCS_OK)
            return st;
    }
    return OCS_OK;
}

/* Its worker was lost with it.  That is remembered with its bytes, that it is not tried again
 * before they change. */
static ocs_status tell_loss(ocs_apply *apply, const ocs_todo_page *page, const char *how,
                            ocs_page_response *response, ocs_error *err)
{
    ocs_str bytes;
    ocs_error why = {0};
    *response = (ocs_page_response){.end = OCS_PAGE_END_UNREADABLE};
    ocs_status st = ocs_page_read(page->path, apply->update->page_cap, apply->arena, &bytes, &why);
    if (st == OCS_NOMEM)
        return ocs_fail(err, st, "%s", why.text);
    if (st == OCS_OK) {
        response->end = OCS_PAGE_END_FAILED;
        response->hash = ocs_hash(bytes);
        response->size = bytes.n;
        (void)ocs_fail(&why, OCS_BADINPUT, "%s: %s", page->path, how);
    }
    response->status = why.status;
    response->message = ocs_str_copy(apply->arena, ocs_str_of(why.text));
    return OCS_OK;
}

/* From here on memory of ours that runs out is no fault of the page. */
static ocs_status answer_here(ocs_apply *apply, size_t number, ocs_page_response *response,
                              ocs_error *err)
{
    ocs_status st = ocs_apply_request(apply, number, err);
    if (st != OCS_OK)
        return st;
    ocs_buf_reset(&apply->response);
    ocs_page_worker_answer(&apply->worker, ocs_buf_str(&apply->request), &apply->response);
    st = ocs_page_response_unpack(ocs_buf_str(&apply->response), response, err);
    if (st == OCS_OK && response->status == OCS_NOMEM)
        return ocs_fail(err, OCS_NOMEM, "%.*s", OCS_ARG(response->message));
    return st;
}

/* What became of page ${number}, the oldest that was asked for or is not asked for yet.  Lives until
 * the next call. */
static ocs_status read_page(ocs_apply *apply, size_t number, ocs_page_response *response,
                            ocs_error *err)
{
    ocs_crew_result result;
    if (!apply->crew)
        return answer_here(apply, number, response, err);
    ocs_status st = ask_ahead(apply, err);
    if (st == OCS_OK)
        st = ocs_crew_take(apply->crew, &result, err);
    if (st != OCS_OK)
        return st;
    if (result.lost)
        return tell_loss(apply, &apply->todo->pages.at[number], result.why, response, err);
    return ocs_page_response_unpack(result.response, response, err);
}

static ocs_status settle_read(ocs_apply *apply, size_t number, ocs_error *err)
{
    const ocs_todo_page *page = &apply->todo->pages.at[number];
    ocs_page_response response;
    ocs_error why = {0};
    ocs_status st = read_page(apply, number, &response, err);
    if (st != OCS_OK)
        return st;
    apply->counts->bytes_read += response.size;
    if (response.end == OCS_PAGE_END_SAME)
        return refresh(apply, page, err);
    if (response.end == OCS_PAGE_END_RECORD)
        return index_page(apply, page, &response, err);
    (void)ocs_fail(&why, response.status, "%.*s", OCS_ARG(response.message));
    if (response.end == OCS_PAGE_END_UNREADABLE)
        return fail_unread(apply, page, &why, err);
    return fail_bytes(apply, page, response.hash, &why, err);
}

/* ---- all pages ---- */

static ocs_status delete_page(ocs_apply *apply, const ocs_todo_page *page, ocs_error *err)
{
    ocs_status st = OCS_OK;
    if (!apply->update->dry_run)
        st = ocs_batch_delete(apply->batch, ocs_str_of(page->path), err);
    if (st == OCS_OK)
        tell(apply, page, OCS_FATE_DELETED, NULL);
    return st;
}

static ocs_status settle_page(ocs_apply *apply, size_t number, ocs_error *err)
{
    const ocs_todo_page *page = &apply->todo->pages.at[number];
    switch (page->what) {
    case OCS_TODO_NOTHING:
        tell(apply, page, OCS_FATE_UNCHANGED, NULL);
        return keep_page(apply, page, err);
    case OCS_TODO_RECALL:
    case OCS_TODO_FAULT:
        tell(apply, page, OCS_FATE_FAILED, page->why);
        return keep_page(apply, page, err);
    case OCS_TODO_KEEP:
        return keep_page(apply, page, err);
    case OCS_TODO_DELETE:
        return delete_page(apply, page, err);
    case OCS_TODO_READ:
    case OCS_TODO_ADD:
        return settle_read(apply, number, err);
    }
    return ocs_fail(err, OCS_BUG, "nothing is known to be done with %s", page->path);
}

static void answer_request(void *state, ocs_str request, ocs_buf *response)
{
    ocs_page_worker_answer(state, request, response);
}

ocs_status ocs_apply_pages(ocs_apply *apply, ocs_error *err)
{
    apply->worker.sites = apply->sites;
    ocs_status st = ocs_apply_call_crew(apply, answer_request, &apply->crew, err);
    for (size_t i = 0; st == OCS_OK && i < apply->todo->pages.n; i++) {
        st = settle_page(apply, i, err);
        ocs_arena_clear(apply->arena);
        if (st == OCS_OK && !apply->update->dry_run)
            st = ocs_batch_flush(apply->batch, err);
    }
    return st;
}
