/* The pages that a command line names: files, folders, - for standard input, and a list.  They are
 * taken as they come, or first gathered, so that one can look at some of them before all are
 * taken. */
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

/* A page, or what is wrong in its place (.status, .why). */
typedef struct ocs_gathered {
    const char *path;
    ocs_status status;
    bool many;
    const char *why;
} ocs_gathered;

typedef struct ocs_gathering {
    ocs_arena *arena;
    OCS_VEC(ocs_gathered) pages;
} ocs_gathering;

/* What ocs_pages_walk would take, in its order; OCS_LIMIT when there are too many to remember. */
ocs_status ocs_pages_gather(const ocs_cli *cli, const ocs_list *list, ocs_gathering *gathering,
                            ocs_error *err) OCS_MUST_CHECK;
void ocs_pages_take(const ocs_cli *cli, const ocs_gathering *gathering, const ocs_pages *pages);
void ocs_gathering_clear(ocs_gathering *gathering);

#endif
