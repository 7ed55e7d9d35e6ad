/* Containers that are as they were.  To list the pages of a compressed one it has to be unpacked whole;
 * so the run that settled all of them notes the container's size and time and how many they are, and
 * a later run takes over their states.  It does so only when as many pages are known to be of this
 * container, of this size and time, by these rules: a run that was killed, a page that could not be
 * read, a container that was changed and put back all leave fewer.  A container in which something
 * could not be read at all is never noted. */
#include "index/todo_container.h"

#include "index/page_state.h"

#include <errno.h>
#include <unistd.h>

enum { FORM = 1, BUF_CAP = 256 * 1024 };

/* ---- the note ---- */

static void pack(const ocs_todo_container *container, uint64_t stamp, ocs_buf *out)
{
    ocs_buf_put_varint(out, FORM);
    ocs_buf_put_varint(out, container->size);
    ocs_buf_put_varint(out, (uint64_t)container->mtime_ns);
    ocs_buf_put_varint(out, stamp);
    ocs_buf_put_varint(out, container->pages);
    ocs_buf_put_string(out, ocs_str_of(container->path));
}

/* False for a note of another form, which is as good as none. */
static bool unpack(ocs_str packed, ocs_todo_container *container, uint64_t *stamp, ocs_str *path)
{
    uint64_t form, mtime;
    if (!ocs_take_varint(&packed, &form) || form != FORM ||
        !ocs_take_varint(&packed, &container->size) || !ocs_take_varint(&packed, &mtime) ||
        !ocs_take_varint(&packed, stamp) || !ocs_take_varint(&packed, &container->pages) ||
        !ocs_take_string(&packed, path))
        return false;
    container->mtime_ns = (int64_t)mtime;
    return true;
}

uint64_t ocs_todo_stamp(const ocs_todo_scope *scope)
{
    if (scope->parts == 0)
        return scope->rules;
    return ocs_hash_mix(ocs_hash_mix(scope->rules, scope->parts), scope->part);
}

static ocs_status find_note(xap_db *db, ocs_str path, ocs_buf *key, ocs_str *packed, ocs_error *err)
{
    ocs_meta_container_key(key, path);
    ocs_status st = ocs_buf_status(key);
    if (st != OCS_OK)
        return ocs_fail(err, st, "cannot look up the container %.*s", OCS_ARG(path));
    return xap_db_metadata(db, ocs_buf_str(key), packed, err);
}

/* How many pages are to be known of it; 0: it is to be opened. */
static ocs_status read_note(const ocs_todo_scope *scope, const ocs_page_info *info, uint64_t *pages,
                            ocs_error *err)
{
    ocs_buf key;
    ocs_str packed = {0}, path;
    uint64_t stamp;
    ocs_todo_container was;
    *pages = 0;
    ocs_buf_init(&key, BUF_CAP);
    ocs_status st = find_note(scope->known, ocs_str_of(info->path), &key, &packed, err);
    if (st == OCS_OK && unpack(packed, &was, &stamp, &path) &&
        ocs_str_eq(path, ocs_str_of(info->path)) && was.size == info->size &&
        was.mtime_ns == info->mtime_ns && stamp == ocs_todo_stamp(scope))
        *pages = was.pages;
    ocs_buf_clear(&key);
    return st;
}

/* ---- taking over ---- */

static bool belongs(const ocs_page_state *state, const ocs_page_info *info, uint64_t rules)
{
    return state->size == info->size && state->mtime_ns == info->mtime_ns &&
           state->rules == rules && state->member > 0 && state->outcome != OCS_PAGE_UNREADABLE &&
           ocs_page_is_below(state->path, ocs_str_of(info->path));
}

static ocs_status add_state(ocs_todo *todo, size_t source, const ocs_page_info *info,
                            const ocs_page_state *state, ocs_error *err)
{
    const char *path = ocs_arena_copy(todo->arena, state->path.p, state->path.n);
    ocs_todo_page *page = path ? ocs_vec_push(todo->arena, &todo->pages) : NULL;
    if (!page)
        return ocs_fail(err, ocs_arena_status(todo->arena), "no memory for the list of %zu pages",
                        todo->pages.n);
    *page = (ocs_todo_page){.path = path,
                            .size = info->size,
                            .mtime_ns = info->mtime_ns,
                            .source = (uint32_t)source,
                            .what = OCS_TODO_ADD,
                            .container = strlen(info->path),
                            .member = state->member};
    return OCS_OK;
}

static ocs_status take_states(ocs_todo *todo, const ocs_todo_scope *scope, size_t source,
                              const ocs_page_info *info, xap_terms *keys, ocs_error *err)
{
    ocs_str key, packed;
    ocs_page_state state;
    ocs_status st;
    while ((st = xap_terms_next(keys, &key, NULL, err)) == OCS_OK) {
        if ((st = xap_db_metadata(scope->known, key, &packed, err)) != OCS_OK)
            return st;
        if (!ocs_page_state_unpack(key, packed, &state))
            return ocs_fail(err, OCS_CORRUPT, "what the index knows of %.*s is damaged",
                            OCS_ARG(key));
        if (belongs(&state, info, scope->rules) &&
            (st = add_state(todo, source, info, &state, err)) != OCS_OK)
            return st;
    }
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

ocs_status ocs_todo_take_known(ocs_todo *todo, const ocs_todo_scope *scope, size_t source,
                               const ocs_page_info *info, bool *known, ocs_error *err)
{
    uint64_t pages;
    xap_terms *keys;
    size_t before = todo->pages.n;
    *known = false;
    ocs_status st = read_note(scope, info, &pages, err);
    if (st != OCS_OK || pages == 0)
        return st;
    if ((st = ocs_page_state_keys(scope->known, ocs_str_of(info->path), &keys, err)) != OCS_OK)
        return st;
    st = take_states(todo, scope, source, info, keys, err);
    xap_terms_free(keys);
    *known = st == OCS_OK && todo->pages.n - before == pages;
    if (*known)
        todo->contained = true;
    else
        todo->pages.n = before;
    todo->closed += *known;
    return st;
}

/* ---- what was opened ---- */

/* The path of the container that ${info} lies in or, being faulty, is; empty for none. */
static ocs_str container_of(const ocs_page_info *info)
{
    ocs_str path = ocs_str_of(info->path);
    if (info->container > 0)
        return ocs_str_sub(path, 0, info->container);
    return ocs_container_named(info->path) ? path : (ocs_str){0};
}

static ocs_todo_container *last_opened(ocs_todo *todo, ocs_str path)
{
    size_t n = todo->containers.n;
    bool same = n > 0 && ocs_str_eq(ocs_str_of(todo->containers.at[n - 1].path), path);
    return same ? &todo->containers.at[n - 1] : NULL;
}

bool ocs_todo_see_opened(ocs_todo *todo, const ocs_page_info *info, bool faulty, bool in_scope)
{
    ocs_str path = container_of(info);
    ocs_todo_container *c = last_opened(todo, path);
    if (path.n == 0)
        return true;
    if (!c) {
        const char *copy = ocs_arena_copy(todo->arena, path.p, path.n);
        if (!copy || !(c = ocs_vec_push(todo->arena, &todo->containers)))
            return false;
        *c = (ocs_todo_container){.path = copy};
    }
    if (faulty) {
        c->faulty = true;
        return true;
    }
    c->size = info->size;
    c->mtime_ns = info->mtime_ns;
    c->pages += in_scope;
    return true;
}

/* ---- noting ---- */

static ocs_status note(const ocs_todo_container *container, uint64_t stamp, ocs_batch *batch,
                       ocs_error *err)
{
    ocs_buf value;
    ocs_buf_init(&value, BUF_CAP);
    pack(container, stamp, &value);
    ocs_status st = ocs_buf_status(&value);
    if (st != OCS_OK)
        st = ocs_fail(err, st, "the path %s is too long", container->path);
    else
        st = ocs_batch_note_container(batch, ocs_str_of(container->path), ocs_buf_str(&value), err);
    ocs_buf_clear(&value);
    return st;
}

static bool is_gone(ocs_str path, ocs_arena *arena)
{
    const char *name = ocs_arena_copy(arena, path.p, path.n);
    return name && access(name, F_OK) != 0 && errno == ENOENT;
}

/* Notes on containers that are gone, so that names that change every night do not pile up. */
static ocs_status gather_gone(xap_db *db, ocs_arena *arena, ocs_todo *gone, ocs_error *err)
{
    xap_terms *keys;
    ocs_str key, packed, path;
    uint64_t stamp;
    ocs_todo_container was;
    ocs_status st = xap_db_keys(db, OCS_STR(OCS_META_CONTAINER), &keys, err);
    if (st != OCS_OK)
        return st;
    while ((st = xap_terms_next(keys, &key, NULL, err)) == OCS_OK &&
           (st = xap_db_metadata(db, key, &packed, err)) == OCS_OK) {
        if (!unpack(packed, &was, &stamp, &path) || !is_gone(path, arena))
            continue;
        ocs_todo_container *c = ocs_vec_push(arena, &gone->containers);
        if (c)
            *c = (ocs_todo_container){.path = ocs_arena_copy(arena, path.p, path.n)};
    }
    xap_terms_free(keys);
    if (st == OCS_NOTFOUND)
        st = ocs_arena_status(arena);
    return st;
}

static ocs_status forget_gone(ocs_todo *todo, ocs_batch *batch, ocs_error *err)
{
    ocs_todo gone = {0};
    xap_db *db = ocs_batch_db(batch);
    if (!db || batch->bulk)
        return OCS_OK;
    ocs_status st = gather_gone(db, todo->arena, &gone, err);
    for (size_t i = 0; st == OCS_OK && i < gone.containers.n; i++)
        st = ocs_batch_note_container(batch, ocs_str_of(gone.containers.at[i].path), (ocs_str){0},
                                      err);
    return st;
}

ocs_status ocs_todo_note_containers(ocs_todo *todo, ocs_batch *batch, ocs_error *err)
{
    ocs_status st = forget_gone(todo, batch, err);
    for (size_t i = 0; st == OCS_OK && i < todo->containers.n; i++) {
        const ocs_todo_container *container = &todo->containers.at[i];
        if (!container->faulty && container->pages > 0)
            st = note(container, todo->stamp, batch, err);
    }
    return st;
}
