#include "ingest/train/pages.h"

#include "ingest/features.h"
#include "ingest/features_dump.h"
#include "ingest/train/gold.h"

#include <stdio.h>

enum { PAGE_CAP = 64 << 20, PATH_BYTES = 4096 };

/* The name of the folder that a page lies in is its site. */
static ocs_str site_of(ocs_str path)
{
    size_t end = path.n;
    while (end > 0 && path.p[end - 1] != '/')
        end--;
    size_t from = end > 0 ? end - 1 : 0;
    while (from > 0 && path.p[from - 1] != '/')
        from--;
    return ocs_str_sub(path, from, end);
}

static bool is_page(const ocs_labelled_pages *all, ocs_str path)
{
    if (!all->dump)
        return ocs_str_ends(path, OCS_STR(".html"));
    return ocs_str_ends(path, OCS_STR(".txt")) && !ocs_str_ends(path, OCS_STR(".gold.txt"));
}

static ocs_status read_both(ocs_labelled_pages *all, ocs_labelled *page, ocs_str *bytes,
                            ocs_error *err)
{
    char gold_path[PATH_BYTES];
    size_t stem = strlen(page->path) - strlen(all->dump ? ".txt" : ".html");
    snprintf(gold_path, sizeof gold_path, "%.*s.gold.txt", (int)stem, page->path);
    ocs_status status = ocs_page_read(page->path, PAGE_CAP, all->arena, bytes, err);
    if (status == OCS_OK)
        status = ocs_page_read(gold_path, PAGE_CAP, all->arena, &page->gold, err);
    return status;
}

static ocs_status cut_page(ocs_labelled_pages *all, ocs_labelled *page, ocs_error *err)
{
    ocs_str bytes;
    ocs_decoded decoded;
    ocs_status status = read_both(all, page, &bytes, err);
    if (status == OCS_OK)
        status = ocs_decode(bytes, !all->dump, all->arena, &decoded, err);
    if (status == OCS_OK)
        status = all->dump ? ocs_dump_cut(&decoded, all->arena, &page->blocks, err)
                           : ocs_html_cut(&decoded, all->arena, &page->blocks, err);
    if (status != OCS_OK)
        return status;
    if (all->dump)
        ocs_rules_dump(&all->rules, &page->blocks);
    else
        ocs_rules_html(&all->rules, &page->blocks);
    return OCS_OK;
}

static bool keep_rows(ocs_labelled_pages *all, ocs_labelled *page)
{
    size_t n = page->blocks.n;
    float *labels = ocs_arena_array(all->arena, n + 1, sizeof *labels);
    float *weights = ocs_arena_array(all->arena, n + 1, sizeof *weights);
    float *rows = all->dump ? ocs_dump_features(&page->blocks, all->arena)
                            : ocs_block_features(&page->blocks, all->arena);
    page->roles = ocs_arena_array(all->arena, n + 1, sizeof *page->roles);
    page->first = all->rows.n;
    if (!labels || !weights || !rows || !page->roles ||
        !ocs_gold_label(&page->blocks, page->gold, all->arena, labels, weights))
        return false;
    for (size_t i = 0; i < n; i++) {
        float **row = ocs_vec_push(all->arena, &all->rows);
        float *label = ocs_vec_push(all->arena, &all->labels);
        float *weight = ocs_vec_push(all->arena, &all->weights);
        if (!row || !label || !weight)
            return false;
        *row = rows + i * all->width;
        *label = labels[i];
        *weight = weights[i];
        page->roles[i] = page->blocks.at[i].role;
    }
    return true;
}

static ocs_status add_page(ocs_labelled_pages *all, const char *path, ocs_error *err)
{
    ocs_labelled page = {.path = ocs_arena_copy(all->arena, path, strlen(path)),
                         .folder = all->folders.n - 1,
                         .site = ocs_hash(site_of(ocs_str_of(path)))};
    ocs_status status = page.path ? cut_page(all, &page, err) : OCS_NOMEM;
    if (status != OCS_OK)
        return status;
    ocs_labelled *kept = NULL;
    if (keep_rows(all, &page))
        kept = ocs_vec_push(all->arena, &all->pages);
    if (!kept)
        return ocs_fail(err, OCS_NOMEM, "the pages need more memory than allowed");
    *kept = page;
    return OCS_OK;
}

ocs_status ocs_labelled_add(ocs_labelled_pages *all, const char *folder,
                            void (*complain)(const char *path, const ocs_error *err),
                            ocs_error *err)
{
    ocs_source *source;
    ocs_page_info info;
    const char **name = ocs_vec_push(all->arena, &all->folders);
    if (!name)
        return ocs_fail(err, OCS_NOMEM, "the pages need more memory than allowed");
    *name = folder;
    all->width = all->dump ? OCS_DUMP_FEATURE_COUNT : OCS_FEATURE_COUNT;
    ocs_status status = ocs_source_open(folder, &source, err);
    if (status != OCS_OK)
        return status;
    while ((status = ocs_source_next(source, &info, err)) != OCS_NOTFOUND && status != OCS_NOMEM) {
        if (status == OCS_OK && is_page(all, ocs_str_of(info.path)))
            status = add_page(all, info.path, err);
        if (status == OCS_NOMEM)
            break;
        if (status != OCS_OK)
            complain(info.path, err);
    }
    ocs_source_close(source);
    return status == OCS_NOMEM ? status : OCS_OK;
}

bool ocs_labelled_measure(const ocs_labelled *page, const float *labels, bool untitled,
                          ocs_measure measure, ocs_arena *scratch, ocs_overlap *out)
{
    const ocs_blocks *b = &page->blocks;
    ocs_arena_clear(scratch);
    char *text = ocs_arena_alloc(scratch, b->text.n + b->n + 1);
    size_t n = 0;
    for (size_t i = 0; text && i < b->n; i++) {
        bool title = untitled && b->at[i].role == OCS_ROLE_TITLE;
        if (labels ? labels[i] <= 0 : title || !ocs_block_kept(b, &b->at[i]))
            continue;
        ocs_str line = ocs_block_text(b, &b->at[i]);
        memcpy(text + n, line.p, line.n);
        n += line.n;
        text[n++] = '\n';
    }
    return text && ocs_overlap_of(measure, page->gold, (ocs_str){text, n}, scratch, out);
}
