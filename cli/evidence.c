/* Standard input is no part of the sample, for it can be read only once. */
#include "cli/evidence.h"

#include "ingest/sample.h"

/* The paths of the pages; of a fault, and of standard input, the empty one. */
static ocs_str *paths_of(const ocs_gathering *gathering)
{
    size_t n = gathering->pages.n;
    ocs_str *paths = ocs_arena_array(gathering->arena, n, sizeof *paths);
    for (size_t i = 0; paths && i < n; i++) {
        const ocs_gathered *page = &gathering->pages.at[i];
        if (page->status == OCS_OK && strcmp(page->path, "-") != 0)
            paths[i] = ocs_str_of(page->path);
    }
    return paths;
}

static ocs_status sample_page(const char *path, size_t page_cap, ocs_arena *arena, ocs_sites *sites,
                              ocs_error *err)
{
    ocs_page page = {.path = ocs_str_of(path)};
    ocs_error why = {0};
    ocs_status st = ocs_page_read(path, page_cap, arena, &page.bytes, &why);
    if (st == OCS_OK)
        st = ocs_ingest_sample(&page, arena, sites, &why);
    ocs_arena_clear(arena);
    return st == OCS_NOMEM ? ocs_fail(err, st, "%s", why.text) : OCS_OK;
}

ocs_status ocs_evidence_gather(const ocs_gathering *gathering, size_t page_cap, ocs_arena *arena,
                               ocs_sites **sites, ocs_error *err)
{
    ocs_samples samples;
    const ocs_str *paths = paths_of(gathering);
    *sites = NULL;
    if (!paths)
        return ocs_fail(err, ocs_arena_status(gathering->arena), "no memory for a list of pages");
    ocs_status st = ocs_sample_pick(paths, gathering->pages.n, gathering->arena, &samples, err);
    if (st != OCS_OK || samples.n == 0)
        return st;
    if (!(*sites = ocs_sites_new()))
        return ocs_fail(err, OCS_NOMEM, "no memory for sites");
    for (size_t i = 0; st == OCS_OK && i < samples.n; i++)
        st = sample_page(gathering->pages.at[samples.at[i]].path, page_cap, arena, *sites, err);
    return st;
}
