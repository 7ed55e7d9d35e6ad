/* A query is parsed once more before the index is opened, so that a mistake in it is told whatever
 * the state of the index. */
#include "cli/ask.h"

ocs_exit ocs_ask_failure(ocs_str query, ocs_status status, const ocs_error *err)
{
    ocs_exit code = ocs_place_failure(status, err);
    if (err->at == OCS_ERROR_NO_PLACE || status != OCS_USAGE)
        return code;
    ocs_buf caret;
    ocs_buf_init(&caret, 1 << 20);
    ocs_query_caret(query, err, &caret);
    ocs_say_plain(ocs_buf_str(&caret));
    ocs_buf_clear(&caret);
    return code;
}

ocs_exit ocs_ask_check(const ocs_cli *cli, ocs_str query)
{
    ocs_node *tree;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_status st = ocs_query_parse(query, cli->arena, &tree, &err);
    if (st == OCS_OK && tree->kind == OCS_NODE_EMPTY) /* a script's variable that was not set */
        st = ocs_fail(&err, OCS_USAGE, "the query is empty");
    return st == OCS_OK ? OCS_EXIT_OK : ocs_ask_failure(query, st, &err);
}
