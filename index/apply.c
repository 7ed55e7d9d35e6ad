/* A page that may have changed is read; if its bytes and the rules are those of before, only its
 * time is noted, else it becomes a document.  A page that fails keeps its old document. */
#include "index/apply.h"

#include "ingest/site.h"

static const size_t page_arena_cap = (size_t)2 << 30;

ocs_status ocs_apply_init(ocs_apply *apply, ocs_error *err)
{
    apply->stemmers = ocs_stemmers_new();
    apply->arena = ocs_arena_new(page_arena_cap);
    if (!apply->stemmers || !apply->arena)
        return ocs_fail(err, OCS_NOMEM, "no memory to index pages");
    if (apply->update->dry_run)
        return OCS_OK;
    ocs_stemmers_use_tables(apply->stemmers, apply->update->tables);
    ocs_status st = ocs_ingest_new(&apply->ingest, err);
    if (st != OCS_OK)
        return st;
    ocs_ingest_keep_blocks(apply->ingest, apply->update->keep_blocks);
    ocs_ingest_use_tables(apply->ingest, apply->update->tables);
    return OCS_OK;
}

void ocs_apply_clear(ocs_apply *apply)
{
    ocs_sites_free(apply->sites);
    ocs_ingest_free(apply->ingest);
    ocs_stemmers_free(apply->stemmers);
    ocs_arena_free(apply->arena);
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
    };
}

static ocs_status remember(ocs_apply *apply, const ocs_page_state *state, ocs_error *err)
{
    return apply->update->dry_run ? OCS_OK : ocs_batch_remember(apply->batch, state, err);
}

/* ---- pages that fail ---- */

static ocs_status fail_page(ocs_apply *apply, const ocs_todo_page *page, ocs_page_state *state,
                            const ocs_error *why, ocs_error *err)
{
    state->message = ocs_str_of(why->text);
    ocs_status st = remember(apply, state, err);
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

/* ${known}: the bytes of the page, hashed ${hash}, are those that the index knows; ${old} gets what
 * it knows, its message in the page's arena. */
static ocs_status same_as_known(ocs_apply *apply, const ocs_todo_page *page, uint64_t hash,
                                ocs_page_state *old, bool *same, ocs_error *err)
{
    *same = false;
    if (page->what != OCS_TODO_READ)
        return OCS_OK;
    ocs_status st =
        ocs_page_state_find(ocs_batch_db(apply->batch), ocs_str_of(page->path), old, err);
    if (st != OCS_OK)
        return st == OCS_NOTFOUND ? OCS_OK : st;
    *same = old->outcome != OCS_PAGE_UNREADABLE && old->hash == hash && old->rules == apply->rules;
    old->message = ocs_str_copy(apply->arena, old->message);
    return OCS_OK;
}

static ocs_status refresh(ocs_apply *apply, const ocs_todo_page *page, const ocs_page_state *old,
                          ocs_error *err)
{
    ocs_page_state state = *old;
    state.size = page->size;
    state.mtime_ns = page->mtime_ns;
    ocs_status st = remember(apply, &state, err);
    if (st != OCS_OK)
        return st;
    bool failed = old->outcome == OCS_PAGE_FAILED;
    tell(apply, page, failed ? OCS_FATE_FAILED : OCS_FATE_UNCHANGED,
         failed ? old->message.p : NULL);
    return OCS_OK;
}

/* ---- pages that become documents ---- */

static ocs_status make_record(ocs_apply *apply, const ocs_todo_page *page, ocs_str bytes,
                              ocs_document *document, ocs_record *record, ocs_error *why)
{
    const ocs_page input = {.bytes = bytes, .path = ocs_str_of(page->path), .sites = apply->sites};
    char id[17];
    ocs_status st = ocs_ingest_page(apply->ingest, &input, OCS_STAGE_MENTIONS, apply->arena,
                                    document, NULL, why);
    if (st != OCS_OK)
        return st;
    ocs_document_id(input.path, id); /* by which a vanished page is deleted */
    document->id = ocs_str_copy(apply->arena, ocs_str_of(id));
    if (!ocs_aliases_apply(apply->update->aliases, apply->arena, document))
        return ocs_fail(why, ocs_arena_status(apply->arena),
                        "the page needs more memory than allowed");
    return ocs_record_make(document, apply->stemmers, apply->arena, record, why);
}

static ocs_status put(ocs_apply *apply, const ocs_todo_page *page, uint64_t hash,
                      const ocs_document *document, const ocs_record *record, ocs_error *err)
{
    ocs_page_state state = state_of(apply, page);
    state.outcome = OCS_PAGE_INDEXED;
    state.hash = hash;
    state.rules = apply->rules;
    return ocs_batch_put(apply->batch, record, document->text.n, &state, err);
}

static ocs_status index_page(ocs_apply *apply, const ocs_todo_page *page, ocs_str bytes,
                             uint64_t hash, ocs_error *err)
{
    ocs_document document;
    ocs_record record;
    ocs_error why = {0};
    ocs_fate fate = page->what == OCS_TODO_ADD ? OCS_FATE_ADDED : OCS_FATE_CHANGED;
    if (!apply->update->dry_run) {
        ocs_status st = make_record(apply, page, bytes, &document, &record, &why);
        if (st == OCS_NOMEM)
            return ocs_fail(err, st, "%s", why.text);
        if (st != OCS_OK)
            return fail_bytes(apply, page, hash, &why, err);
        if ((st = put(apply, page, hash, &document, &record, err)) != OCS_OK)
            return st;
    }
    tell(apply, page, fate, NULL);
    return OCS_OK;
}

static ocs_status read_page(ocs_apply *apply, const ocs_todo_page *page, ocs_error *err)
{
    ocs_str bytes;
    ocs_error why = {0};
    ocs_page_state old;
    bool same;
    ocs_status st = ocs_page_read(page->path, apply->update->page_cap, apply->arena, &bytes, &why);
    if (st == OCS_NOMEM)
        return ocs_fail(err, st, "%s", why.text);
    if (st != OCS_OK)
        return fail_unread(apply, page, &why, err);
    apply->counts->bytes_read += bytes.n;
    uint64_t hash = ocs_hash(bytes);
    if ((st = same_as_known(apply, page, hash, &old, &same, err)) != OCS_OK)
        return st;
    return same ? refresh(apply, page, &old, err) : index_page(apply, page, bytes, hash, err);
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

static ocs_status apply_page(ocs_apply *apply, const ocs_todo_page *page, ocs_error *err)
{
    switch (page->what) {
    case OCS_TODO_NOTHING:
        tell(apply, page, OCS_FATE_UNCHANGED, NULL);
        return OCS_OK;
    case OCS_TODO_RECALL:
    case OCS_TODO_FAULT:
        tell(apply, page, OCS_FATE_FAILED, page->why);
        return OCS_OK;
    case OCS_TODO_DELETE:
        return delete_page(apply, page, err);
    case OCS_TODO_READ:
    case OCS_TODO_ADD:
        return read_page(apply, page, err);
    }
    return ocs_fail(err, OCS_BUG, "nothing is known to be done with %s", page->path);
}

ocs_status ocs_apply_pages(ocs_apply *apply, ocs_error *err)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < apply->todo->pages.n; i++) {
        st = apply_page(apply, &apply->todo->pages.at[i], err);
        ocs_arena_clear(apply->arena);
        if (st == OCS_OK && !apply->update->dry_run)
            st = ocs_batch_flush(apply->batch, err);
    }
    return st;
}
