/* All pages of all sources are gathered in one array, sorted by path, so that a page that two
 * sources share is there once.  Each is then looked up in the index; and each page that the index
 * knows below a folder is looked up in the array, where it is missing when it has vanished.  Both
 * look-ups are by whole path, so the order of the index's keys, of which long ones end in a hash,
 * does not matter. */
#include "index/todo.h"

#include "index/page_state.h"
#include "index/todo_container.h"

#include <stdlib.h>

static const size_t arena_cap = (size_t)16 << 30; /* some 60 million pages */

enum { KEY_CAP = 64 * 1024 };

ocs_status ocs_todo_init(ocs_todo *todo, ocs_source *const *sources, size_t n, ocs_error *err)
{
    *todo = (ocs_todo){.arena = ocs_arena_new(arena_cap), .sources = sources, .n_sources = n};
    return todo->arena ? OCS_OK : ocs_fail(err, OCS_NOMEM, "no memory for the list of pages");
}

void ocs_todo_clear(ocs_todo *todo)
{
    ocs_arena_free(todo->arena);
    *todo = (ocs_todo){0};
}

static ocs_status out_of_memory(const ocs_todo *todo, ocs_error *err)
{
    return ocs_fail(err, ocs_arena_status(todo->arena), "no memory for the list of %zu pages",
                    todo->pages.n);
}

/* ---- the array ---- */

static ocs_todo_page *add_page(ocs_todo *todo, ocs_str path, size_t source, ocs_todo_what what)
{
    const char *copy = ocs_arena_copy(todo->arena, path.p, path.n);
    ocs_todo_page *page = copy ? ocs_vec_push(todo->arena, &todo->pages) : NULL;
    if (page)
        *page = (ocs_todo_page){.path = copy, .source = (uint32_t)source, .what = what};
    return page;
}

/* By path; of the same page first what a source could tell, then by source. */
static int compare_pages(const void *a, const void *b)
{
    const ocs_todo_page *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    if (order == 0)
        order = (x->what == OCS_TODO_FAULT) - (y->what == OCS_TODO_FAULT);
    if (order == 0)
        order = (x->source > y->source) - (x->source < y->source);
    return order;
}

static void sort_pages(ocs_todo *todo)
{
    ocs_todo_page *pages = todo->pages.at;
    size_t kept = 0;
    if (todo->pages.n == 0)
        return;
    qsort(pages, todo->pages.n, sizeof *pages, compare_pages);
    for (size_t i = 0; i < todo->pages.n; i++)
        if (kept == 0 || strcmp(pages[kept - 1].path, pages[i].path) != 0)
            pages[kept++] = pages[i];
    todo->pages.n = kept;
}

/* Among the first ${n} pages, which are sorted. */
static const ocs_todo_page *find_page(const ocs_todo *todo, size_t n, ocs_str path)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = ocs_str_cmp(path, ocs_str_of(todo->pages.at[middle].path));
        if (order == 0)
            return &todo->pages.at[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* ---- walking the sources ---- */

/* Records of a container that cannot be read are faults of the container: the first is told, the
 * others are counted. */
static bool is_another_fault(ocs_todo *todo, const char *path)
{
    for (size_t i = todo->pages.n; i > 0; i--) {
        ocs_todo_page *page = &todo->pages.at[i - 1];
        if (page->what == OCS_TODO_FAULT && strcmp(page->path, path) == 0) {
            page->more++;
            return true;
        }
        if (page->container != strlen(path))
            break;
    }
    return false;
}

static ocs_status tell_more(ocs_todo *todo, ocs_error *err)
{
    ocs_error all;
    for (size_t i = 0; i < todo->pages.n; i++) {
        ocs_todo_page *page = &todo->pages.at[i];
        if (page->more == 0)
            continue;
        (void)ocs_fail(&all, OCS_BADINPUT, "%s (and %llu more of its records)", page->why,
                       (unsigned long long)page->more);
        page->why = ocs_arena_copy(todo->arena, all.text, strlen(all.text));
        if (!page->why)
            return out_of_memory(todo, err);
    }
    return OCS_OK;
}

/* Take one page, or the fault of one entry. */
static ocs_status take(ocs_todo *todo, size_t source, const ocs_page_info *info, ocs_status fault,
                       const ocs_error *why)
{
    bool ok = fault == OCS_OK;
    if (!ok && is_another_fault(todo, info->path))
        return OCS_OK;
    ocs_todo_page *page =
        add_page(todo, ocs_str_of(info->path), source, ok ? OCS_TODO_ADD : OCS_TODO_FAULT);
    if (!page)
        return ocs_arena_status(todo->arena);
    page->size = info->size;
    page->mtime_ns = info->mtime_ns;
    page->container = info->container;
    page->member = info->member;
    todo->contained |= info->member > 0;
    if (!ok)
        page->why = ocs_arena_copy(todo->arena, why->text, strlen(why->text));
    todo->faults |= !ok;
    return ok || page->why ? OCS_OK : ocs_arena_status(todo->arena);
}

static ocs_status refuse_empty(const ocs_source *source, bool faults, const ocs_error *why,
                               ocs_error *err)
{
    if (faults)
        return ocs_fail(err, OCS_REFUSED,
                        "the source %s has no page that can be read: %s; nothing was changed",
                        ocs_source_name(source), why->text);
    return ocs_fail(err, OCS_REFUSED,
                    "the source %s has no pages: is it the right folder, and mounted? Nothing was "
                    "changed",
                    ocs_source_name(source));
}

static bool in_scope(const ocs_todo_scope *scope, const ocs_page_info *info)
{
    ocs_str path = ocs_str_of(info->path);
    return (scope->since_ns == 0 || info->mtime_ns >= scope->since_ns) &&
           (scope->parts == 0 || ocs_hash(path) % scope->parts == scope->part);
}

/* The walk through one source. */
typedef struct walk {
    ocs_todo *todo;
    const ocs_todo_scope *scope;
    size_t source;
    size_t pages;  /* that it has, of any part or time */
    ocs_status st; /* of what failed while it was asked for a container */
    ocs_error why;
} walk;

/* What lies in a container has its time, and is taken over when it has not changed. */
static bool is_known(void *payload, const ocs_page_info *container)
{
    walk *w = payload;
    bool known = w->scope->since_ns != 0 && container->mtime_ns < w->scope->since_ns;
    if (!known && w->scope->known && w->st == OCS_OK)
        w->st = ocs_todo_take_known(w->todo, w->scope, w->source, container, &known, &w->why);
    w->pages += known;
    return known;
}

static ocs_status take_next(walk *w, const ocs_page_info *info, ocs_status st, const ocs_error *why,
                            ocs_error *err)
{
    bool ok = st == OCS_OK, wanted = ok && in_scope(w->scope, info);
    w->pages += ok;
    if (!ocs_todo_see_opened(w->todo, info, !ok, wanted))
        return out_of_memory(w->todo, err);
    if ((wanted || !ok) && take(w->todo, w->source, info, st, why) != OCS_OK)
        return out_of_memory(w->todo, err);
    return OCS_OK;
}

static ocs_status walk_pages(walk *w, bool *faults, ocs_error *why, ocs_error *err)
{
    ocs_source *source = w->todo->sources[w->source];
    ocs_page_info info;
    ocs_status st;
    while ((st = ocs_source_next(source, &info, why)) != OCS_NOTFOUND) {
        if (st == OCS_NOMEM || !info.path)
            return ocs_fail(err, st, "cannot go through %s: %s", ocs_source_name(source),
                            why->text);
        if (ocs_page_is_below(ocs_str_of(info.path), w->scope->skip))
            continue;
        *faults |= st != OCS_OK;
        if ((st = take_next(w, &info, st, why, err)) != OCS_OK)
            return st;
    }
    return w->st == OCS_OK ? OCS_OK : ocs_fail(err, w->st, "%s", w->why.text);
}

static ocs_status walk_source(ocs_todo *todo, size_t i, const ocs_todo_scope *scope, ocs_error *err)
{
    ocs_source *source = todo->sources[i];
    walk w = {.todo = todo, .scope = scope, .source = i};
    ocs_error why = {0};
    bool faults = false;
    ocs_source_ask_known(source, is_known, &w);
    ocs_status st = walk_pages(&w, &faults, &why, err);
    ocs_source_ask_known(source, NULL, NULL); /* the walk ends with this call */
    if (st != OCS_OK)
        return st;
    /* an empty list is a quiet night; nothing is deleted by it */
    bool list = ocs_source_kind_of(source) == OCS_SOURCE_LIST;
    return w.pages > 0 || list ? OCS_OK : refuse_empty(source, faults, &why, err);
}

ocs_status ocs_todo_walk(ocs_todo *todo, const ocs_todo_scope *scope, ocs_error *err)
{
    todo->stamp = ocs_todo_stamp(scope);
    for (size_t i = 0; i < todo->n_sources; i++) {
        ocs_status st = walk_source(todo, i, scope, err);
        if (st != OCS_OK)
            return st;
    }
    sort_pages(todo);
    return tell_more(todo, err);
}

/* ---- comparing pages ---- */

static ocs_todo_what verdict(const ocs_todo_page *page, const ocs_page_state *state, uint64_t rules)
{
    if (page->size != state->size || page->mtime_ns != state->mtime_ns || state->rules != rules)
        return OCS_TODO_READ;
    if (state->outcome == OCS_PAGE_INDEXED)
        return OCS_TODO_NOTHING;
    return state->outcome == OCS_PAGE_FAILED ? OCS_TODO_RECALL : OCS_TODO_READ;
}

static ocs_status compare_page(ocs_todo *todo, ocs_todo_page *page, xap_db *db, uint64_t rules,
                               ocs_error *err)
{
    ocs_page_state state;
    ocs_status st = ocs_page_state_find(db, ocs_str_of(page->path), &state, err);
    if (st == OCS_NOTFOUND)
        return OCS_OK; /* to be added, as it says already */
    if (st != OCS_OK)
        return st;
    page->what = verdict(page, &state, rules);
    page->touched = page->size == state.size && state.rules == rules;
    if (page->what != OCS_TODO_RECALL)
        return OCS_OK;
    page->why = ocs_arena_copy(todo->arena, state.message.p, state.message.n);
    return page->why ? OCS_OK : out_of_memory(todo, err);
}

/* ---- what has vanished ---- */

/* The search for vanished pages of one source. */
typedef struct hunt {
    ocs_todo *todo;
    xap_db *db;
    size_t source;
    size_t sorted; /* so many of the pages are sorted; deletions are added behind them */
    uint64_t known, vanished;
} hunt;

/* Could the walk not tell of ${path}, or of a folder above it?  Then it is unknown, not gone. */
static bool in_the_dark(const hunt *h, ocs_str path)
{
    while (h->todo->faults && path.n > 0) {
        const ocs_todo_page *page = find_page(h->todo, h->sorted, path);
        if (page && page->what == OCS_TODO_FAULT)
            return true;
        while (path.n > 0 && path.p[path.n - 1] != '/')
            path.n--;
        path.n -= path.n > 1; /* the slash, unless it is the root */
        if (path.n == 1)
            path.n = 0;
    }
    return false;
}

/* A page that this source does not give any more.  One that another source brought (a list, a
 * folder within, perhaps of hidden files) goes only when it is not there at all. */
static ocs_status take_vanished(hunt *h, const ocs_page_state *state, ocs_error *err)
{
    const char *name = ocs_source_name(h->todo->sources[h->source]);
    if (in_the_dark(h, state->path))
        return OCS_OK;
    const char *path = ocs_arena_copy(h->todo->arena, state->path.p, state->path.n);
    if (!path)
        return out_of_memory(h->todo, err);
    if (state->source != ocs_hash(ocs_str_of(name)) && ocs_page_on_disk(path))
        return OCS_OK;
    h->vanished++;
    if (!add_page(h->todo, state->path, h->source, OCS_TODO_DELETE))
        return out_of_memory(h->todo, err);
    return OCS_OK;
}

static ocs_status check_known(hunt *h, ocs_str folder, ocs_str key, ocs_error *err)
{
    ocs_str path = ocs_str_sub(key, strlen(OCS_META_PAGE), key.n), packed;
    ocs_page_state state;
    if (find_page(h->todo, h->sorted, path) && ocs_page_is_below(path, folder)) {
        h->known++;
        return OCS_OK;
    }
    ocs_status st = xap_db_metadata(h->db, key, &packed, err);
    if (st != OCS_OK)
        return st;
    if (!ocs_page_state_unpack(key, packed, &state))
        return ocs_fail(err, OCS_CORRUPT, "what the index knows of %.*s is damaged", OCS_ARG(path));
    if (!ocs_page_is_below(state.path, folder))
        return OCS_OK;
    h->known++;
    return find_page(h->todo, h->sorted, state.path) ? OCS_OK : take_vanished(h, &state, err);
}

static ocs_status hunt_below(hunt *h, ocs_str folder, ocs_error *err)
{
    xap_terms *keys;
    ocs_str key;
    ocs_status st = ocs_page_state_keys(h->db, folder, &keys, err);
    if (st != OCS_OK)
        return st;
    while ((st = xap_terms_next(keys, &key, NULL, err)) == OCS_OK)
        if ((st = check_known(h, folder, key, err)) != OCS_OK)
            break;
    xap_terms_free(keys);
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

static ocs_status guard(const hunt *h, unsigned max_delete, ocs_error *err)
{
    if (h->vanished * 100 <= h->known * (uint64_t)max_delete)
        return OCS_OK;
    return ocs_fail(err, OCS_REFUSED,
                    "%llu of the %llu pages known from %s have vanished, more than the %u %% that "
                    "one run may delete; nothing was changed",
                    (unsigned long long)h->vanished, (unsigned long long)h->known,
                    ocs_source_name(h->todo->sources[h->source]), max_delete);
}

/* Is what it does not give any more gone? */
static bool holds_pages(const ocs_source *source)
{
    ocs_source_kind kind = ocs_source_kind_of(source);
    return kind == OCS_SOURCE_FOLDER || kind == OCS_SOURCE_CONTAINER;
}

static ocs_status find_vanished(ocs_todo *todo, xap_db *db, unsigned max_delete, ocs_error *err)
{
    size_t sorted = todo->pages.n;
    for (size_t i = 0; i < todo->n_sources; i++) {
        hunt h = {.todo = todo, .db = db, .source = i, .sorted = sorted};
        if (!holds_pages(todo->sources[i]))
            continue;
        ocs_status st = hunt_below(&h, ocs_str_of(ocs_source_name(todo->sources[i])), err);
        if (st == OCS_OK)
            st = guard(&h, max_delete, err);
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

ocs_status ocs_todo_compare(ocs_todo *todo, const ocs_todo_scope *scope, xap_db *db,
                            unsigned max_delete, ocs_error *err)
{
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < todo->pages.n; i++)
        if (todo->pages.at[i].what == OCS_TODO_ADD)
            st = compare_page(todo, &todo->pages.at[i], db, scope->rules, err);
    if (st == OCS_OK && scope->prunes)
        st = find_vanished(todo, db, max_delete, err);
    if (st == OCS_OK)
        sort_pages(todo);
    return st;
}

/* ---- what else the index knows ---- */

static ocs_status count_document(xap_db *db, ocs_str path, uint32_t *documents, ocs_error *err)
{
    char id[17];
    ocs_buf term;
    xap_docid number;
    ocs_document_id(path, id);
    ocs_buf_init(&term, KEY_CAP);
    ocs_term_id(&term, ocs_str_of(id));
    ocs_status st = ocs_buf_status(&term);
    if (st == OCS_OK)
        st = xap_db_first(db, ocs_buf_str(&term), &number, err);
    else
        (void)ocs_fail(err, st, "cannot look up the page %.*s", OCS_ARG(path));
    ocs_buf_clear(&term);
    *documents += st == OCS_OK;
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

/* The first ${sorted} pages are those that the run is about. */
static ocs_status add_known(ocs_todo *todo, size_t sorted, xap_db *db, ocs_str key,
                            uint32_t *documents, ocs_error *err)
{
    ocs_str packed;
    ocs_page_state state;
    ocs_status st = xap_db_metadata(db, key, &packed, err);
    if (st != OCS_OK)
        return st;
    if (!ocs_page_state_unpack(key, packed, &state))
        return ocs_fail(err, OCS_CORRUPT, "what the index knows of %.*s is damaged", OCS_ARG(key));
    if (!find_page(todo, sorted, state.path) && !add_page(todo, state.path, 0, OCS_TODO_KEEP))
        return out_of_memory(todo, err);
    return count_document(db, state.path, documents, err);
}

ocs_status ocs_todo_add_rest(ocs_todo *todo, xap_db *db, uint32_t *documents, ocs_error *err)
{
    xap_terms *keys;
    ocs_str key;
    size_t sorted = todo->pages.n;
    *documents = 0;
    ocs_status st = xap_db_keys(db, OCS_STR(OCS_META_PAGE), &keys, err);
    if (st != OCS_OK)
        return st;
    while ((st = xap_terms_next(keys, &key, NULL, err)) == OCS_OK)
        if ((st = add_known(todo, sorted, db, key, documents, err)) != OCS_OK)
            break;
    xap_terms_free(keys);
    sort_pages(todo);
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

/* ---- the order of the work ---- */

/* What tells its place among those that lie in no container. */
static ocs_str outer_path(const ocs_todo_page *page)
{
    ocs_str path = ocs_str_of(page->path);
    return page->container > 0 ? ocs_str_sub(path, 0, page->container) : path;
}

static int compare_places(const void *a, const void *b)
{
    const ocs_todo_page *x = a, *y = b;
    int order = ocs_str_cmp(outer_path(x), outer_path(y));
    if (order == 0)
        order = (x->member > y->member) - (x->member < y->member);
    return order != 0 ? order : strcmp(x->path, y->path);
}

void ocs_todo_arrange(ocs_todo *todo)
{
    if (todo->contained)
        qsort(todo->pages.at, todo->pages.n, sizeof *todo->pages.at, compare_places);
}
