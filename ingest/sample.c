/* Paths are sorted by folder and, within it, by hash; the first of each folder are the sample. */
#include "ingest/sample.h"

#include "ingest/block.h"

#include <stdlib.h>

typedef struct entry {
    ocs_str folder, path;
    uint64_t hash;
    size_t at;
} entry;

static int compare_entries(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    int order = ocs_str_cmp(x->folder, y->folder);
    if (order == 0)
        order = (x->hash > y->hash) - (x->hash < y->hash);
    if (order == 0)
        order = ocs_str_cmp(x->path, y->path);
    return order ? order : (x->at > y->at) - (x->at < y->at);
}

/* Without empty paths and doubles. */
static size_t sort_paths(const ocs_str *paths, size_t n, entry *entries)
{
    size_t filled = 0, kept = 0;
    for (size_t i = 0; i < n; i++)
        if (paths[i].n > 0)
            entries[filled++] = (entry){ocs_path_folder(paths[i]), paths[i], ocs_hash(paths[i]), i};
    qsort(entries, filled, sizeof *entries, compare_entries);
    for (size_t i = 0; i < filled; i++)
        if (kept == 0 || !ocs_str_eq(entries[kept - 1].path, entries[i].path))
            entries[kept++] = entries[i];
    return kept;
}

static size_t folder_end(const entry *entries, size_t n, size_t from)
{
    size_t end = from + 1;
    while (end < n && ocs_str_eq(entries[end].folder, entries[from].folder))
        end++;
    return end;
}

/* By the name alone: to look into the files would cost what this is to save. */
static bool html_only(const entry *entries, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        if (!ocs_named_like_html(entries[i].path))
            return false;
    return true;
}

static bool enough(const entry *entries, size_t from, size_t end, size_t least)
{
    size_t n = end - from;
    return n >= least && (least < 2 || n >= OCS_SAMPLE_HTML || !html_only(entries, from, end));
}

ocs_status ocs_sample_pick(const ocs_str *paths, size_t n, size_t least, ocs_arena *arena,
                           ocs_samples *samples, ocs_error *err)
{
    entry *entries = ocs_arena_array(arena, n, sizeof *entries);
    *samples = (ocs_samples){.at = ocs_arena_array(arena, n, sizeof *samples->at)};
    if (!entries || !samples->at)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for a sample of %zu pages", n);
    size_t kept = sort_paths(paths, n, entries);
    for (size_t from = 0, end; from < kept; from = end) {
        end = folder_end(entries, kept, from);
        bool wanted = enough(entries, from, end, least);
        for (size_t i = from; wanted && i < end; i++)
            if (i - from < OCS_SAMPLE_MOST)
                samples->at[samples->n++] = entries[i].at;
    }
    return OCS_OK;
}
