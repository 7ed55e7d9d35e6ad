/* Text in columns of a terminal. */
#ifndef OCS_CLI_COLUMNS_H
#define OCS_CLI_COLUMNS_H

#include "base/base.h"

/* The columns of the terminal at ${fd}, or $COLUMNS; 0 when it is none. */
size_t ocs_columns_of_terminal(int fd);

/* How many columns ${text} takes, none of whose characters is a control character: 2 for one of
 * East Asia, 0 for an accent. */
size_t ocs_columns(ocs_str text);

/* The longest end, and the longest beginning, of ${text} that take ${most} columns or fewer. */
ocs_str ocs_columns_last(ocs_str text, size_t most);
ocs_str ocs_columns_first(ocs_str text, size_t most);

#endif
