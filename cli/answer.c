/* The arena is as large as an answer may become; what does not fit is told, and nothing printed. */
#include "cli/answer.h"

#include "cli/ask.h"

static const size_t ANSWER_CAP = (size_t)4 << 30;

static ocs_exit find_and_print(const ocs_cli *cli, const ocs_answer_calls *calls, ocs_index *index,
                               ocs_arena *arena)
{
    bool found = false;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_status st = calls->find(calls->payload, index, arena, &err);
    if (st != OCS_OK)
        return ocs_ask_failure(calls->query, st, &err);
    ocs_exit code = calls->print(calls->payload, index, &found);
    if (code != OCS_EXIT_OK || found || ocs_cli_flag(cli, calls->ok_empty))
        return code;
    return OCS_EXIT_NONE;
}

ocs_exit ocs_answer(const ocs_cli *cli, const ocs_answer_calls *calls)
{
    ocs_index *index;
    ocs_exit code = ocs_place_open(cli, calls->db, &index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_arena *arena = ocs_arena_new(ANSWER_CAP);
    code = arena ? find_and_print(cli, calls, index, arena)
                 : ocs_say_failure(OCS_NOMEM, &(ocs_error){0});
    ocs_arena_free(arena);
    return ocs_place_close(index, code);
}

void ocs_answer_missing(ocs_json *json, const ocs_index *index)
{
    if (!index || !ocs_index_missing(index, 0))
        return;
    ocs_json_key(json, "missing");
    ocs_json_array(json);
    for (size_t i = 0; ocs_index_missing(index, i); i++)
        ocs_json_str(json, ocs_str_of(ocs_index_missing(index, i)));
    ocs_json_array_end(json);
}
