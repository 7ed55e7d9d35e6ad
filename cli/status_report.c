/* Reading what `status` tells.  The pages are gone through once for what failed and what is stale. */
#include "cli/status_report.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- rules ---- */

static void add_rules(ocs_status_report *r, const ocs_gaz *tables, const ocs_aliases *aliases)
{
    r->rules[r->n_rules++] = ocs_update_rules(false, tables, aliases);
    r->rules[r->n_rules++] = ocs_update_rules(true, tables, aliases);
}

/* Tables of the user's that are named in the environment count; those of an option are unknown
 * here.  What is wrong with them is for `index` to tell. */
static void gather_rules(ocs_status_report *r, const ocs_aliases *aliases)
{
    const char *dir = getenv("OCSEARCH_TABLES");
    ocs_gaz_overlay *tables = NULL;
    add_rules(r, NULL, aliases);
    if (dir && *dir && ocs_gaz_overlay_new(&tables, dir, NULL) == OCS_OK)
        add_rules(r, ocs_gaz_overlay_gaz(tables), aliases);
    ocs_gaz_overlay_free(tables);
}

static bool is_ours(const ocs_status_report *r, uint64_t rules)
{
    for (size_t i = 0; i < r->n_rules; i++)
        if (r->rules[i] == rules)
            return true;
    return false;
}

bool ocs_status_is_stale(const ocs_status_report *r)
{
    return r->info.documents > 0 && !is_ours(r, r->info.rules);
}

/* ---- pages and sources ---- */

static void add_failure(ocs_status_report *r, const ocs_index_page *page)
{
    r->refused_pages += page->refused;
    ocs_status_failure *f = r->lists_failures ? ocs_vec_push(r->arena, &r->failures) : NULL;
    if (f)
        *f = (ocs_status_failure){ocs_str_copy(r->arena, page->path),
                                  ocs_str_copy(r->arena, page->message), page->refused};
}

/* After a run that came to its end, what it did not look at may be of older rules than its own. */
static void see_page(void *payload, const ocs_index_page *page)
{
    ocs_status_report *r = payload;
    bool current =
        is_ours(r, page->rules) && (ocs_status_is_stale(r) || page->rules == r->info.rules);
    r->stale_pages += !page->refused && !current;
    if (page->failed)
        add_failure(r, page);
}

static bool is_missing(const char *name)
{
    return name[0] == '/' && access(name, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

static void add_source(void *payload, ocs_str name)
{
    ocs_status_report *r = payload;
    const char *copy = ocs_arena_copy(r->arena, name.p, name.n);
    ocs_status_source *source = copy ? ocs_vec_push(r->arena, &r->sources) : NULL;
    if (source)
        *source = (ocs_status_source){ocs_str_of(copy), is_missing(copy)};
}

static ocs_status read_last(ocs_index *index, ocs_status_report *r, ocs_error *err)
{
    ocs_status st = ocs_index_last_run(index, &r->last, err);
    r->knows_last = st == OCS_OK;
    return st == OCS_NOTFOUND ? OCS_OK : st;
}

ocs_status ocs_status_read(ocs_index *index, ocs_status_report *r, ocs_error *err)
{
    gather_rules(r, ocs_index_aliases(index));
    ocs_status st = ocs_index_read_info(index, &r->info, err);
    if (st == OCS_OK)
        st = ocs_index_each_source(index, add_source, r, err);
    if (st == OCS_OK)
        st = ocs_index_each_page(index, see_page, r, err);
    if (st == OCS_OK)
        st = read_last(index, r, err);
    if (st == OCS_OK && ocs_arena_status(r->arena) != OCS_OK)
        st = ocs_fail(err, OCS_NOMEM, "no memory for the status of the index");
    return st;
}

ocs_str ocs_status_time(int64_t seconds, char out[32])
{
    struct tm tm;
    time_t time = (time_t)seconds;
    if (seconds == 0 || !gmtime_r(&time, &tm))
        return (ocs_str){0};
    return (ocs_str){out, strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm)};
}
