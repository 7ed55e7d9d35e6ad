/* Evidence is learnt before any page is judged, so that neither the order of the pages nor a later
 * run over the same pages makes a difference.  What the index knows is fetched for the folders of
 * the pages at hand and for all hosts, since which host a page is from only its markup tells. */
#include "index/apply.h"

#include "index/sites.h"
#include "ingest/sample.h"

enum { VALUE_CAP = 1 << 20, NEW_LEAST = 2, KNOWN_LEAST = 1 };

static bool to_be_indexed(const ocs_todo_page *page)
{
    return page->what == OCS_TODO_ADD || page->what == OCS_TODO_READ;
}

/* ---- what the index knows ---- */

/* Pages are sorted by path, so that those of one folder mostly follow each other. */
static ocs_status load_folders(ocs_apply *apply, ocs_error *err)
{
    ocs_str last = {0};
    ocs_buf key;
    ocs_status st = OCS_OK;
    ocs_buf_init(&key, VALUE_CAP);
    for (size_t i = 0; st == OCS_OK && i < apply->todo->pages.n; i++) {
        const ocs_todo_page *page = &apply->todo->pages.at[i];
        if (!to_be_indexed(page) || ocs_str_eq(ocs_path_folder(ocs_str_of(page->path)), last))
            continue;
        last = ocs_path_folder(ocs_str_of(page->path));
        ocs_buf_reset(&key);
        ocs_meta_site_key(&key, last);
        if (ocs_buf_status(&key) == OCS_OK && !ocs_sites_find(apply->sites, last))
            st = ocs_kept_site_load(ocs_batch_db(apply->batch), ocs_buf_str(&key), apply->sites,
                                    err);
    }
    ocs_buf_clear(&key);
    return st;
}

/* ---- the sample ---- */

/* The same bytes under the same rules will not be indexed, and are no evidence of anything new. */
static bool is_as_it_was(ocs_apply *apply, const ocs_todo_page *page, ocs_str bytes)
{
    ocs_page_state old;
    return page->what == OCS_TODO_READ &&
           ocs_page_state_find(ocs_batch_db(apply->batch), ocs_str_of(page->path), &old, NULL) ==
               OCS_OK &&
           old.outcome != OCS_PAGE_UNREADABLE && old.hash == ocs_hash(bytes) &&
           old.rules == apply->rules;
}

static ocs_status sample_page(ocs_apply *apply, const ocs_todo_page *todo, bool *learnt,
                              ocs_error *err)
{
    ocs_page page = {.path = ocs_str_of(todo->path)};
    ocs_error why = {0};
    ocs_status st =
        ocs_page_read(todo->path, apply->update->page_cap, apply->arena, &page.bytes, &why);
    if (st == OCS_OK && !is_as_it_was(apply, todo, page.bytes)) {
        st = ocs_ingest_sample(&page, apply->arena, apply->sites, &why);
        *learnt = true;
    }
    ocs_arena_clear(apply->arena);
    return st == OCS_NOMEM ? ocs_fail(err, st, "%s", why.text) : OCS_OK;
}

static ocs_status sample_pages(ocs_apply *apply, size_t least, bool *learnt, ocs_error *err)
{
    const ocs_todo *todo = apply->todo;
    ocs_samples samples;
    ocs_str *paths = ocs_arena_array(todo->arena, todo->pages.n, sizeof *paths);
    if (!paths)
        return ocs_fail(err, ocs_arena_status(todo->arena), "no memory for a sample of pages");
    for (size_t i = 0; i < todo->pages.n; i++)
        if (to_be_indexed(&todo->pages.at[i]))
            paths[i] = ocs_str_of(todo->pages.at[i].path);
    ocs_status st = ocs_sample_pick(paths, todo->pages.n, least, todo->arena, &samples, err);
    for (size_t i = 0; st == OCS_OK && i < samples.n; i++)
        st = sample_page(apply, &todo->pages.at[samples.at[i]], learnt, err);
    return st;
}

/* ---- writing it back ---- */

typedef struct saver {
    ocs_batch *batch;
    ocs_buf value;
    ocs_status status;
    ocs_error *err;
} saver;

static void save_site(void *payload, ocs_str name, const ocs_site *site)
{
    saver *s = payload;
    if (s->status != OCS_OK)
        return;
    ocs_buf_reset(&s->value);
    ocs_kept_site_pack(name, site, &s->value);
    s->status = ocs_buf_status(&s->value);
    if (s->status != OCS_OK)
        (void)ocs_fail(s->err, s->status, "what is known of the site %.*s is too much",
                       OCS_ARG(name));
    else
        s->status = ocs_batch_note_site(s->batch, name, ocs_buf_str(&s->value), s->err);
}

static ocs_status save(ocs_apply *apply, ocs_error *err)
{
    saver s = {.batch = apply->batch, .err = err};
    ocs_buf_init(&s.value, VALUE_CAP);
    ocs_sites_each(apply->sites, save_site, &s);
    ocs_buf_clear(&s.value);
    return s.status;
}

/* New knowledge of the sites of ${least} pages and more in a folder, given to the batch. */
static ocs_status learn(ocs_apply *apply, size_t least, ocs_error *err)
{
    bool learnt = false;
    ocs_status st = sample_pages(apply, least, &learnt, err);
    if (st == OCS_OK && learnt)
        st = save(apply, err);
    return st == OCS_OK && learnt ? ocs_batch_note_learnt(apply->batch, err) : st;
}

/* Did the run before this one learn, and not come to its end? */
static ocs_status is_continued(ocs_apply *apply, bool *continued, ocs_error *err)
{
    ocs_str value;
    ocs_status st =
        xap_db_metadata(ocs_batch_db(apply->batch), OCS_STR(OCS_META_LEARNT), &value, err);
    *continued = st == OCS_OK && value.n > 0;
    return st;
}

/* Into an index that is there pages come one by one: each is looked at, that a site be learnt. */
static ocs_status learn_more(ocs_apply *apply, ocs_error *err)
{
    bool continued;
    ocs_status st = ocs_kept_sites_load(ocs_batch_db(apply->batch), false, apply->sites, err);
    if (st == OCS_OK)
        st = load_folders(apply, err);
    if (st == OCS_OK)
        st = is_continued(apply, &continued, err);
    return st == OCS_OK && !continued ? learn(apply, KNOWN_LEAST, err) : st;
}

static bool has_work(const ocs_todo *todo)
{
    for (size_t i = 0; i < todo->pages.n; i++)
        if (to_be_indexed(&todo->pages.at[i]))
            return true;
    return false;
}

ocs_status ocs_apply_learn(ocs_apply *apply, ocs_error *err)
{
    if (!has_work(apply->todo))
        return OCS_OK;
    if (!(apply->sites = ocs_sites_new()))
        return ocs_fail(err, OCS_NOMEM, "no memory for sites");
    return ocs_batch_db(apply->batch) ? learn_more(apply, err) : learn(apply, NEW_LEAST, err);
}
