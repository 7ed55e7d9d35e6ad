/* What can be wrong with a query, said to the person who wrote it. */
#ifndef OCS_CLI_ASK_H
#define OCS_CLI_ASK_H

#include "cli/place.h"

/* Say what is wrong with a query, with a caret under the place, or what else failed in running it.
 */
ocs_exit ocs_ask_failure(ocs_str query, ocs_status status, const ocs_error *err) OCS_MUST_CHECK;

/* A mistake in the query, or an empty one, is told before the index is looked for. */
ocs_exit ocs_ask_check(const ocs_cli *cli, ocs_str query) OCS_MUST_CHECK;

/* The dates of --since and --until; a date of zeros where it is not given.  Says what is wrong. */
ocs_exit ocs_ask_dates(const ocs_cli *cli, int since, int until, ocs_date *first,
                       ocs_date *last) OCS_MUST_CHECK;
/* The same for an option that wants a whole day. */
ocs_exit ocs_ask_day(const ocs_cli *cli, int option, ocs_date *day) OCS_MUST_CHECK;

/* Put the range of --since and --until (either may be left out) into a query that was checked: as
 * date:.. beside the whole of it, which may be empty.  Says what is wrong. */
ocs_exit ocs_ask_within(const ocs_cli *cli, int since, int until, ocs_str *query) OCS_MUST_CHECK;

/* The types of entity that the option ${row} lists, as a set of 1 << ocs_mention_type: ${preset} when
 * it was not given.  Says which name is none. */
ocs_exit ocs_ask_types(const ocs_cli *cli, int row, unsigned preset,
                       unsigned *types) OCS_MUST_CHECK;

#endif
