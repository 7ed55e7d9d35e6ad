/* What can be wrong with a query, said to the person who wrote it. */
#ifndef OCS_CLI_ASK_H
#define OCS_CLI_ASK_H

#include "cli/place.h"

/* Say what is wrong with a query, with a caret under the place, or what else failed in running it.
 */
ocs_exit ocs_ask_failure(ocs_str query, ocs_status status, const ocs_error *err) OCS_MUST_CHECK;

/* A mistake in the query, or an empty one, is told before the index is looked for. */
ocs_exit ocs_ask_check(const ocs_cli *cli, ocs_str query) OCS_MUST_CHECK;

#endif
