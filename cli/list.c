/* The stream must outlive the source that reads it, so that both are kept together. */
#include "cli/list.h"

#include <errno.h>

ocs_exit ocs_list_open(const ocs_cli *cli, int files_from, int nul, ocs_list *list)
{
    ocs_error err = {0};
    const char *path = ocs_cli_text(cli, files_from);
    *list = (ocs_list){0};
    if (!path)
        return OCS_EXIT_OK;
    bool standard = strcmp(path, "-") == 0;
    list->stream = standard ? stdin : fopen(path, "rbe");
    if (!list->stream) {
        ocs_say("cannot read the list %s: %s", path, strerror(errno));
        return OCS_EXIT_USAGE;
    }
    ocs_status st = ocs_source_open_list(list->stream, standard ? "standard input" : path,
                                         ocs_cli_flag(cli, nul), &list->source, &err);
    if (st == OCS_OK)
        return OCS_EXIT_OK;
    ocs_list_close(list);
    return ocs_say_failure(st, &err);
}

void ocs_list_close(ocs_list *list)
{
    ocs_source_close(list->source);
    if (list->stream && list->stream != stdin)
        fclose(list->stream);
    *list = (ocs_list){0};
}
