/* One run: open the sources, take the lock, see what there is to do, do it, and, where the index is
 * new or made anew because most pages are to be read, switch to it.  Until ocs_todo_compare has agreed nothing is changed. */
#include "index/apply.h"
#include "index/compact.h"
#include "index/database.h"
#include "index/files.h"
#include "index/last_run.h"
#include "index/todo_container.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { REBUILD_LEAST = 500 }; /* pages; fewer are quickly changed in place */

const ocs_update ocs_update_defaults = {.max_delete = 20,
                                        .page_cap = 64 * 1024 * 1024,
                                        .page_seconds = 60,
                                        .page_memory = (size_t)4 << 30};

const char *ocs_fate_name(ocs_fate fate)
{
    static const char *const names[OCS_FATE_COUNT] = {
        [OCS_FATE_UNCHANGED] = "unchanged", [OCS_FATE_ADDED] = "added",
        [OCS_FATE_CHANGED] = "changed",     [OCS_FATE_DELETED] = "deleted",
        [OCS_FATE_FAILED] = "failed",
    };
    return fate >= 0 && fate < OCS_FATE_COUNT ? names[fate] : "unknown";
}

uint64_t ocs_update_rules(bool keep_blocks, const ocs_gaz *tables, const ocs_aliases *aliases)
{
    uint64_t rules = ocs_ingest_version(), hash = ocs_aliases_hash(aliases);
    if (hash != 0)
        rules = ocs_hash_mix(rules, hash);
    if (keep_blocks)
        rules = ocs_hash_mix(rules, 1);
    return tables ? ocs_hash_mix(rules, tables->version) : rules;
}

static bool builds_in_bulk(const ocs_update *update)
{
    return update->builder == OCS_BUILDER_AUTO && ocs_glass_known();
}

static uint64_t rules_of(const ocs_update *update)
{
    return ocs_update_rules(update->keep_blocks, update->tables, update->aliases);
}

typedef struct run {
    const char *dir;
    const ocs_update *update;
    ocs_update_counts *counts;
    ocs_source **sources; /* all; the first .n_opened are ours to close */
    size_t n_sources, n_opened;
    bool made_dir;
    char database[OCS_PATH_ROOM];
    xap_db *before; /* NULL for a new index */
    bool rebuild;   /* it is to be made anew, and take the place of .before */
    ocs_todo todo;
    ocs_batch batch;
} run;

/* ---- sources ---- */

static ocs_status open_source(const char *path, ocs_source **source, ocs_error *err)
{
    ocs_status st = ocs_source_open(path, source, err);
    if (st == OCS_NOTFOUND)
        return ocs_fail(err, OCS_REFUSED, "the source %s is missing; nothing was changed", path);
    if (st == OCS_IO)
        return ocs_fail_within(err, OCS_REFUSED, "nothing was changed");
    return st;
}

static ocs_status open_sources(run *r, const char *const *paths, size_t n, ocs_source *list,
                               ocs_error *err)
{
    if (n == 0 && !list)
        return ocs_fail(err, OCS_USAGE, "no source to index");
    r->sources = calloc(n + 1, sizeof *r->sources);
    if (!r->sources)
        return ocs_fail(err, OCS_NOMEM, "no memory for %zu sources", n);
    for (size_t i = 0; i < n; i++) {
        ocs_status st = open_source(paths[i], &r->sources[i], err);
        if (st != OCS_OK)
            return st;
        r->n_opened++;
    }
    r->n_sources = n;
    if (list)
        r->sources[r->n_sources++] = list;
    return OCS_OK;
}

static void close_sources(run *r)
{
    for (size_t i = 0; i < r->n_opened; i++)
        ocs_source_close(r->sources[i]);
    free(r->sources);
}

/* ---- what there is to do ---- */

/* The current generation into .database and .before; a new index has neither. */
static ocs_status open_before(run *r, ocs_error *err)
{
    ocs_error none;
    ocs_status st = ocs_generation_current(r->dir, r->database, &none);
    if (st == OCS_NOTFOUND)
        return OCS_OK;
    if (st != OCS_OK)
        return ocs_fail(err, st, "%s", none.text);
    return ocs_database_open(r->database, &r->before, err);
}

/* What was not looked at has not vanished. */
static ocs_todo_scope scope_of(const run *r, ocs_str self)
{
    const ocs_update *update = r->update;
    return (ocs_todo_scope){.skip = self,
                            .known = r->before,
                            .rules = rules_of(update),
                            .since_ns = update->since_ns,
                            .part = update->part,
                            .parts = update->parts,
                            .prunes = !update->keep_vanished && update->since_ns == 0};
}

/* What in-place changes would cost is known from how many pages are read; what an index that is built
 * anew costs, from all of them.  A page that was only touched most likely becomes no other document. */
static bool rebuild_pays(const run *r, uint32_t documents)
{
    uint64_t after = documents, to_read = 0;
    for (size_t i = 0; i < r->todo.pages.n; i++) {
        ocs_todo_what what = r->todo.pages.at[i].what;
        to_read += (what == OCS_TODO_READ && !r->todo.pages.at[i].touched) || what == OCS_TODO_ADD;
        after += what == OCS_TODO_ADD;
        after -= what == OCS_TODO_DELETE && after > 0;
    }
    return to_read >= REBUILD_LEAST && to_read * 2 >= after;
}

/* A document that belongs to no page would be lost by it; then changes go on in place. */
static ocs_status plan_rebuild(run *r, ocs_error *err)
{
    uint32_t documents, known;
    if (!r->before || r->update->dry_run || !builds_in_bulk(r->update))
        return OCS_OK;
    ocs_status st = xap_db_count(r->before, &documents, err);
    if (st != OCS_OK || !rebuild_pays(r, documents))
        return st;
    st = ocs_todo_add_rest(&r->todo, r->before, &known, err);
    r->rebuild = st == OCS_OK && known == documents;
    if (r->rebuild)
        ocs_log_write(r->update->log, OCS_LOG_INFO,
                      "most pages are to be read: the index is built anew");
    return st;
}

static ocs_status find_todo(run *r, ocs_error *err)
{
    char *self = realpath(r->dir, NULL); /* NULL in a dry run before there is an index */
    const ocs_todo_scope scope = scope_of(r, ocs_str_of(self));
    ocs_status st = ocs_todo_walk(&r->todo, &scope, err);
    free(self);
    if (st != OCS_OK)
        return st;
    ocs_log_write(r->update->log, OCS_LOG_DEBUG, "%zu pages in %zu sources, for %s %s",
                  r->todo.pages.n, r->n_sources, r->before ? "the index" : "a new index in",
                  r->before ? r->database : r->dir);
    if (r->before)
        st = ocs_todo_compare(&r->todo, &scope, r->before, r->update->max_delete, err);
    if (st == OCS_OK)
        st = plan_rebuild(r, err);
    ocs_todo_arrange(&r->todo);
    return st;
}

static ocs_status count_documents(run *r, ocs_error *err)
{
    xap_db *db = ocs_batch_db(&r->batch);
    return db ? xap_db_count(db, &r->counts->documents, err) : OCS_OK;
}

/* ---- doing it ---- */

static void tell_passed_over(const run *r)
{
    for (size_t i = 0; i < r->n_sources; i++) {
        uint64_t n = ocs_source_passed_over(r->sources[i]);
        if (n > 0)
            ocs_log_write(r->update->log, OCS_LOG_INFO,
                          "%s: %llu files are no pages by their names",
                          ocs_source_name(r->sources[i]), (unsigned long long)n);
    }
}

static void tell_closed(const run *r)
{
    if (r->todo.closed > 0)
        ocs_log_write(r->update->log, OCS_LOG_INFO,
                      "%llu containers are as they were, and were not opened",
                      (unsigned long long)r->todo.closed);
}

static void tell_plan(const run *r)
{
    uint64_t to_read = 0, kept = 0;
    for (size_t i = 0; i < r->todo.pages.n; i++) {
        ocs_todo_what what = r->todo.pages.at[i].what;
        to_read += what == OCS_TODO_READ || what == OCS_TODO_ADD;
        kept += what == OCS_TODO_KEEP;
    }
    if (r->update->planned)
        r->update->planned(r->update->payload, r->todo.pages.n - kept, to_read);
}

static ocs_status apply_pages(run *r, ocs_error *err)
{
    ocs_apply apply = {
        .update = r->update,
        .counts = r->counts,
        .todo = &r->todo,
        .batch = &r->batch,
        .rules = rules_of(r->update),
    };
    tell_passed_over(r);
    tell_closed(r);
    tell_plan(r);
    ocs_status st = ocs_apply_init(&apply, err);
    if (st == OCS_OK && !r->update->dry_run)
        st = ocs_apply_learn(&apply, err);
    if (st == OCS_OK)
        st = ocs_apply_pages(&apply, err);
    if (st == OCS_OK && !r->update->dry_run)
        st = ocs_todo_note_containers(&r->todo, &r->batch, err);
    if (st == OCS_OK && !r->update->dry_run)
        st = ocs_batch_finish(&r->batch, apply.rules, err);
    if (st == OCS_OK)
        st = count_documents(r, err);
    ocs_apply_clear(&apply);
    return st;
}

/* libxapian does not tell which file it could not write. */
static ocs_status name_database(const run *r, ocs_status st, ocs_error *err)
{
    if (st != OCS_IO || !err || strstr(err->text, r->dir))
        return st;
    return ocs_fail_within(err, st, "%s", r->database);
}

static ocs_status apply_todo(run *r, ocs_error *err)
{
    xap_db *before = r->before;
    r->before = NULL; /* the batch's from here on */
    ocs_error closing = {0};
    bool bulk = before ? r->rebuild : builds_in_bulk(r->update);
    ocs_status st =
        ocs_batch_init(&r->batch, r->database, before, bulk, r->sources, r->n_sources, err);
    if (st == OCS_OK)
        st = apply_pages(r, err);
    ocs_status closed = ocs_batch_clear(&r->batch, &closing);
    if (st == OCS_OK && closed != OCS_OK)
        st = ocs_fail(err, closed, "%s", closing.text);
    return name_database(r, st, err);
}

/* A new generation must open and hold what we put into it before it is switched to. */
static ocs_status verify(run *r, ocs_error *err)
{
    xap_db *db;
    uint32_t documents;
    ocs_status st = ocs_database_open(r->database, &db, err);
    if (st != OCS_OK)
        return st;
    st = xap_db_count(db, &documents, err);
    xap_db_close(db);
    if (st == OCS_OK && documents != r->counts->documents)
        st = ocs_fail(err, OCS_CORRUPT, "%s holds %u documents where %u were written", r->database,
                      documents, r->counts->documents);
    return st;
}

static ocs_status build(run *r, ocs_error *err)
{
    ocs_status st = ocs_generation_new(r->dir, r->database, err);
    if (st == OCS_OK)
        st = apply_todo(r, err);
    if (st == OCS_OK)
        st = verify(r, err);
    if (st == OCS_OK)
        st = ocs_generation_switch(r->dir, r->database, err);
    if (st != OCS_OK)
        (void)ocs_generation_remove(r->database, NULL); /* else the next run sweeps it away */
    return st;
}

/* In place; what is wasted by it is won back when that pays. */
static ocs_status change(run *r, ocs_error *err)
{
    bool compacted;
    ocs_error why = {0};
    ocs_status st = apply_todo(r, err);
    if (st != OCS_OK || r->update->dry_run)
        return st;
    st = ocs_compact(r->dir, r->database, r->update->compact, &compacted, &why);
    if (st != OCS_OK) /* the index is right as it is */
        ocs_log_write(r->update->log, OCS_LOG_WARN, "not compacted: %s", why.text);
    else if (compacted)
        ocs_log_write(r->update->log, OCS_LOG_INFO, "compacted");
    return OCS_OK;
}

static ocs_status update_sources(run *r, ocs_error *err)
{
    ocs_status st = open_before(r, err);
    bool fresh = !r->before;
    if (st == OCS_OK)
        st = ocs_todo_init(&r->todo, r->sources, r->n_sources, err);
    if (st == OCS_OK)
        st = find_todo(r, err);
    if (st == OCS_OK)
        st = (fresh || r->rebuild) && !r->update->dry_run ? build(r, err) : change(r, err);
    ocs_todo_clear(&r->todo);
    xap_db_close(r->before);
    return st;
}

/* ---- under the lock ---- */

static ocs_status update_locked(run *r, ocs_error *err)
{
    ocs_status st = OCS_OK;
    if (!r->update->dry_run)
        st = ocs_generation_sweep(r->dir, err);
    if (st == OCS_OK)
        st = update_sources(r, err);
    if (st != OCS_OK && r->made_dir)
        ocs_index_dir_unmake(r->dir);
    return st;
}

/* What the run came to, for whoever asks in the morning. */
static void note_end(int lock, const run *r, ocs_status st, const ocs_error *err,
                     ocs_last_run *note)
{
    note->ended = (int64_t)time(NULL);
    note->status = st;
    memcpy(note->pages, r->counts->pages, sizeof note->pages);
    if (st != OCS_OK && err)
        memcpy(note->message, err->text, sizeof note->message);
    ocs_last_run_note(lock, note);
}

static ocs_status update_noted(run *r, int lock, ocs_error *err)
{
    ocs_last_run note = {.began = (int64_t)time(NULL)};
    if (r->update->dry_run)
        return update_locked(r, err);
    ocs_last_run_note(lock, &note);
    ocs_status st = update_locked(r, err);
    note_end(lock, r, st, err, &note);
    return st;
}

/* A run that ends before it has the lock, for want of a source, is noted when there is an index. */
static void note_refusal(const run *r, ocs_status st, const ocs_error *err)
{
    int lock;
    char database[OCS_PATH_ROOM];
    ocs_last_run note = {.began = (int64_t)time(NULL)};
    if (r->update->dry_run || ocs_generation_current(r->dir, database, NULL) != OCS_OK ||
        ocs_lock_take(r->dir, 0, true, &lock, NULL) != OCS_OK)
        return;
    note_end(lock, r, st, err, &note);
    ocs_lock_release(lock);
}

static ocs_status update_dir(run *r, ocs_error *err)
{
    int lock;
    ocs_status st = OCS_OK;
    if (!r->update->dry_run)
        st = ocs_index_dir_make(r->dir, &r->made_dir, err);
    if (st != OCS_OK)
        return st;
    st = ocs_lock_take(r->dir, r->update->lock_wait, !r->update->dry_run, &lock, err);
    if (st != OCS_OK) {
        if (r->made_dir)
            rmdir(r->dir); /* refuses when there is a lock in it */
        return st;
    }
    st = update_noted(r, lock, err);
    ocs_lock_release(lock);
    return st;
}

ocs_status ocs_index_update(const char *dir, const char *const *paths, size_t n_paths,
                            ocs_source *list, const ocs_update *update, ocs_update_counts *counts,
                            ocs_error *err)
{
    run r = {.dir = dir, .update = update, .counts = counts};
    *counts = (ocs_update_counts){0};
    ocs_status st = open_sources(&r, paths, n_paths, list, err);
    if (st == OCS_OK)
        st = update_dir(&r, err);
    else
        note_refusal(&r, st, err);
    close_sources(&r);
    return st;
}
