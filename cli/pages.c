/* A file is taken under the name that the user gave it; pages of folders and lists under the names
 * that their source gives them. */
#include "cli/pages.h"

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
