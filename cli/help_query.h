/* The query language in short, as `ocsearch help query` prints it. */
#ifndef OCS_CLI_HELP_QUERY_H
#define OCS_CLI_HELP_QUERY_H

#include "base/buf.h"

void ocs_help_query(ocs_buf *out);
/* Its fields alone, a line each. */
void ocs_help_fields(ocs_buf *out);

#endif
