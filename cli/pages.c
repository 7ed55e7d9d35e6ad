/* A file is taken under the name that the user gave it; pages of folders and lists under the names
 * that their source gives them. */
#include "cli/pages.h"

#include "corpus/container.h"

static void walk_source(const ocs_cli *cli, ocs_source *source, const ocs_pages *pages)
{
    ocs_page_info info = {0};
    ocs_error err = {0};
    ocs_status st;
    while ((st = ocs_source_next(source, &info, &err)) != OCS_NOTFOUND && cli->out->error == 0) {
        if (st == OCS_OK)
            pages->take(pages->payload, info.path, true);
        else
            pages->fail(pages->payload, info.path, st, &err);
        err = (ocs_error){0};
    }
}

static void walk_argument(const ocs_cli *cli, const char *path, const ocs_pages *pages)
{
    ocs_source *source;
    ocs_error err = {0};
    if (strcmp(path, "-") == 0) {
        pages->take(pages->payload, path, false);
        return;
    }
    ocs_status st = ocs_source_open(path, &source, &err);
    if (st == OCS_NOTFOUND && ocs_page_on_disk(path)) { /* it leads into a container */
        pages->take(pages->payload, path, false);
        return;
    }
    if (st != OCS_OK) {
        pages->fail(pages->payload, path, st, &err);
        return;
    }
    if (ocs_source_kind_of(source) == OCS_SOURCE_FILE)
        pages->take(pages->payload, path, false);
    else
        walk_source(cli, source, pages);
    ocs_source_close(source);
}

void ocs_pages_walk(const ocs_cli *cli, const ocs_list *list, const ocs_pages *pages)
{
    for (size_t i = 0; i < cli->given->n_arguments && cli->out->error == 0; i++)
        walk_argument(cli, cli->given->arguments[i], pages);
    if (list->source)
        walk_source(cli, list->source, pages);
}

/* ---- gathering ---- */

static const size_t GATHERING_CAP = (size_t)4 << 30; /* some 20 million paths */

static ocs_gathered *gather(ocs_gathering *gathering, const char *path)
{
    const char *copy = ocs_arena_copy(gathering->arena, path, strlen(path));
    ocs_gathered *page = copy ? ocs_vec_push(gathering->arena, &gathering->pages) : NULL;
    if (page)
        *page = (ocs_gathered){.path = copy};
    return page;
}

static void gather_page(void *payload, const char *path, bool many)
{
    ocs_gathered *page = gather(payload, path);
    if (page)
        page->many = many;
}

static void gather_fault(void *payload, const char *path, ocs_status status, const ocs_error *err)
{
    ocs_gathering *gathering = payload;
    ocs_gathered *page = gather(gathering, path);
    if (!page)
        return;
    page->status = status;
    page->why = ocs_arena_copy(gathering->arena, err->text, strlen(err->text));
}

ocs_status ocs_pages_gather(const ocs_cli *cli, const ocs_list *list, ocs_gathering *gathering,
                            ocs_error *err)
{
    ocs_pages pages = {.take = gather_page, .fail = gather_fault, .payload = gathering};
    *gathering = (ocs_gathering){.arena = ocs_arena_new(GATHERING_CAP)};
    if (!gathering->arena)
        return ocs_fail(err, OCS_NOMEM, "no memory for a list of pages");
    ocs_pages_walk(cli, list, &pages);
    ocs_status st = ocs_arena_status(gathering->arena);
    return st == OCS_OK ? st : ocs_fail(err, st, "no memory for a list of so many pages");
}

void ocs_pages_take(const ocs_cli *cli, const ocs_gathering *gathering, const ocs_pages *pages)
{
    for (size_t i = 0; i < gathering->pages.n && cli->out->error == 0; i++) {
        const ocs_gathered *page = &gathering->pages.at[i];
        if (page->status == OCS_OK) {
            pages->take(pages->payload, page->path, page->many);
            continue;
        }
        ocs_error err = {.status = page->status};
        (void)ocs_fail(&err, page->status, "%s", page->why ? page->why : "");
        pages->fail(pages->payload, page->path, page->status, &err);
    }
}

void ocs_gathering_clear(ocs_gathering *gathering)
{
    ocs_arena_free(gathering->arena);
    *gathering = (ocs_gathering){0};
}
