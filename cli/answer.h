/* What the commands that count over documents have in common: open the index, find into memory that
 * lasts until it is printed, print, close. */
#ifndef OCS_CLI_ANSWER_H
#define OCS_CLI_ANSWER_H

#include "cli/place.h"

typedef struct ocs_answer_calls {
    /* Everything that is to be printed; ${arena} lasts until .print is done. */
    ocs_status (*find)(void *payload, ocs_index *index, ocs_arena *arena, ocs_error *err);
    /* ${found}: whether there was anything, for the exit code. */
    ocs_exit (*print)(void *payload, const ocs_index *index, bool *found);
    void *payload;
    ocs_str query; /* that a message about its mistakes shows */
    int db, ok_empty; /* the rows of these options */
} ocs_answer_calls;

ocs_exit ocs_answer(const ocs_cli *cli, const ocs_answer_calls *calls) OCS_MUST_CHECK;

/* "missing", the indexes that did not answer as --db named them, into the open object; nothing when all
 * did.  ${index} may be NULL. */
void ocs_answer_missing(ocs_json *json, const ocs_index *index);

#endif
