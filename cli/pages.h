/* The pages that a command line names: files, folders, - for standard input, and a list. */
#ifndef OCS_CLI_PAGES_H
#define OCS_CLI_PAGES_H

#include "cli/list.h"

/* What is done with them, one by one. */
typedef struct ocs_pages {
    /* ${many}: it is one of a folder or a list */
    void (*take)(void *payload, const char *path, bool many);
    /* a page or source that cannot be had; go on */
    void (*fail)(void *payload, const char *path, ocs_status status, const ocs_error *err);
    void *payload;
} ocs_pages;

/* The arguments in their order, then the list; ends early when standard output is lost. */
void ocs_pages_walk(const ocs_cli *cli, const ocs_list *list, const ocs_pages *pages);

#endif
