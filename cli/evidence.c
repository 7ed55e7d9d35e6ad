/* The pages are gathered, the sample of them is read and counted, then all are taken.  A page that
 * cannot be read or cut is passed over in the sample: it will be told of when it is taken. */
#include "cli/evidence.h"

#include "ingest/sample.h"

#include <stdlib.h>

enum {
    LEAST = 2, /* pages of a folder: one alone has nothing in common with others */
    SAMPLE_CAP = 1 << 20
};

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

static ocs_status sample_page(const ocs_evidence *evidence, const char *path, ocs_buf *sample,
                              ocs_error *err)
{
    ocs_page page = {.path = ocs_str_of(path)};
    ocs_error why = {0};
    ocs_status st = ocs_page_reader_read(evidence->reader, path, evidence->page_cap,
                                         evidence->arena, &page.bytes, &page.url, &why);
    ocs_buf_reset(sample);
    if (st == OCS_OK)
        st = ocs_ingest_sample(&page, evidence->arena, sample, &why);
    if (st == OCS_OK)
        st = ocs_sites_take_packed(*evidence->sites, ocs_buf_str(sample), &why);
    ocs_arena_clear(evidence->arena);
    return st == OCS_NOMEM ? ocs_fail(err, st, "%s", why.text) : OCS_OK;
}

static int compare_numbers(const void *a, const void *b)
{
    const size_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* A container is read once, from end to end. */
static void arrange(const ocs_gathering *gathering, ocs_samples *samples)
{
    bool contained = false;
    for (size_t i = 0; i < samples->n; i++)
        contained |= ocs_path_in_container(gathering->pages.at[samples->at[i]].path);
    if (contained)
        qsort(samples->at, samples->n, sizeof *samples->at, compare_numbers);
}

static ocs_status sample_pages(const ocs_evidence *evidence, const ocs_gathering *gathering,
                               const ocs_samples *samples, ocs_error *err)
{
    ocs_buf sample;
    ocs_status st = OCS_OK;
    ocs_buf_init(&sample, SAMPLE_CAP);
    for (size_t i = 0; st == OCS_OK && i < samples->n; i++)
        st = sample_page(evidence, gathering->pages.at[samples->at[i]].path, &sample, err);
    ocs_buf_clear(&sample);
    return st;
}

static ocs_status learn(const ocs_evidence *evidence, const ocs_gathering *gathering,
                        ocs_error *err)
{
    ocs_samples samples;
    size_t n = gathering->pages.n;
    const ocs_str *paths = paths_of(gathering);
    if (!paths)
        return ocs_fail(err, ocs_arena_status(gathering->arena), "no memory for a list of pages");
    ocs_status st = ocs_sample_pick(paths, n, LEAST, gathering->arena, &samples, err);
    if (st != OCS_OK || samples.n == 0)
        return st;
    if (!(*evidence->sites = ocs_sites_new()))
        return ocs_fail(err, OCS_NOMEM, "no memory for sites");
    arrange(gathering, &samples);
    return sample_pages(evidence, gathering, &samples, err);
}

ocs_status ocs_evidence_walk(const ocs_cli *cli, const ocs_list *list, const ocs_evidence *evidence,
                             const ocs_pages *pages, ocs_error *err)
{
    ocs_gathering gathering;
    if (!evidence) {
        ocs_pages_walk(cli, list, pages);
        return OCS_OK;
    }
    ocs_status st = ocs_pages_gather(cli, list, &gathering, err);
    if (st == OCS_OK)
        st = learn(evidence, &gathering, err);
    if (st == OCS_OK)
        ocs_pages_take(cli, &gathering, pages);
    ocs_gathering_clear(&gathering);
    return st;
}
