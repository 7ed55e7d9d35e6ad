/* Evidence is learnt before any page is judged, so that neither the order of the pages nor a later
 * run over the same pages makes a difference.  What the index knows is fetched for the folders of
 * the pages at hand and for all hosts, since which host a page is from only its markup tells. */
#include "index/apply.h"

#include "index/sites.h"
#include "ingest/sample.h"

#include <stdlib.h>

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

/* Pages are cut in worker processes, too: what ends one of them is told when the page is indexed. */
typedef struct sampling {
    ocs_apply *apply;
    ocs_samples samples;
    size_t asked; /* of the samples, by the crew */
    ocs_crew *crew;
    bool *learnt;
} sampling;

static void answer_sample(void *state, ocs_str request, ocs_buf *response)
{
    ocs_page_worker_sample(state, request, response);
}

static ocs_status ask_ahead(sampling *s, ocs_error *err)
{
    for (; s->asked < s->samples.n && !ocs_crew_full(s->crew); s->asked++) {
        ocs_status st = ocs_apply_request(s->apply, s->samples.at[s->asked], err);
        if (st == OCS_OK)
            st = ocs_crew_put(s->crew, ocs_buf_str(&s->apply->request), err);
        if (st != OCS_OK)
            return st;
    }
    return OCS_OK;
}

/* The same bytes under the same rules will not be indexed, and are no evidence of anything new. */
static ocs_status take_response(sampling *s, ocs_str packed, ocs_page_response *response,
                                ocs_error *err)
{
    ocs_status st = ocs_page_response_unpack(packed, response, err);
    if (st != OCS_OK || response->end != OCS_PAGE_END_SAMPLE)
        return st;
    *s->learnt = true;
    return ocs_sites_take_packed(s->apply->sites, response->record, err);
}

static ocs_status sample_here(sampling *s, size_t i, ocs_error *err)
{
    ocs_apply *apply = s->apply;
    ocs_page_response response;
    ocs_status st = ocs_apply_request(apply, s->samples.at[i], err);
    if (st != OCS_OK)
        return st;
    ocs_buf_reset(&apply->response);
    ocs_page_worker_sample(&apply->worker, ocs_buf_str(&apply->request), &apply->response);
    st = take_response(s, ocs_buf_str(&apply->response), &response, err);
    if (st == OCS_OK && response.status == OCS_NOMEM)
        return ocs_fail(err, OCS_NOMEM, "%.*s", OCS_ARG(response.message));
    return st;
}

static ocs_status sample_page(sampling *s, size_t i, ocs_error *err)
{
    ocs_crew_result result;
    ocs_page_response response;
    if (!s->crew)
        return sample_here(s, i, err);
    ocs_status st = ask_ahead(s, err);
    if (st == OCS_OK)
        st = ocs_crew_take(s->crew, &result, err);
    if (st != OCS_OK || result.lost)
        return st;
    return take_response(s, result.response, &response, err);
}

static int compare_numbers(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static ocs_status pick_samples(ocs_apply *apply, size_t least, ocs_samples *samples, ocs_error *err)
{
    const ocs_todo *todo = apply->todo;
    ocs_str *paths = ocs_arena_array(todo->arena, todo->pages.n, sizeof *paths);
    if (!paths)
        return ocs_fail(err, ocs_arena_status(todo->arena), "no memory for a sample of pages");
    for (size_t i = 0; i < todo->pages.n; i++)
        if (to_be_indexed(&todo->pages.at[i]))
            paths[i] = ocs_str_of(todo->pages.at[i].path);
    ocs_status st = ocs_sample_pick(paths, todo->pages.n, least, todo->arena, samples, err);
    if (st == OCS_OK && todo->contained) /* a container is read once, from end to end */
        qsort(samples->at, samples->n, sizeof *samples->at, compare_numbers);
    return st;
}

static ocs_status sample_pages(ocs_apply *apply, size_t least, bool *learnt, ocs_error *err)
{
    sampling s = {.apply = apply, .learnt = learnt};
    ocs_status st = pick_samples(apply, least, &s.samples, err);
    if (st == OCS_OK)
        st = ocs_apply_call_crew(apply, answer_sample, &s.crew, err);
    for (size_t i = 0; st == OCS_OK && i < s.samples.n; i++)
        st = sample_page(&s, i, err);
    ocs_crew_free(s.crew);
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
