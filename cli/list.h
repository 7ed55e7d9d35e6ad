/* A list of paths given with --files-from. */
#ifndef OCS_CLI_LIST_H
#define OCS_CLI_LIST_H

#include "cli/command.h"
#include "corpus/source.h"

#include <stdio.h>

typedef struct ocs_list {
    FILE *stream;
    ocs_source *source; /* NULL when no list was given */
} ocs_list;

/* Open the list that the options name, if they do.  Says what went wrong. */
ocs_exit ocs_list_open(const ocs_cli *cli, int files_from, int nul, ocs_list *list) OCS_MUST_CHECK;
void ocs_list_close(ocs_list *list);

#endif
