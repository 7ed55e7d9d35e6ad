/* From the statuses of the libraries to what a script can tell apart. */
#include "cli/exit.h"

ocs_exit ocs_exit_of(ocs_status status)
{
    switch (status) {
    case OCS_OK:
        return OCS_EXIT_OK;
    case OCS_NOTFOUND:
        return OCS_EXIT_NONE;
    case OCS_USAGE:
    case OCS_LIMIT: /* the request was too wide: a wildcard, a query */
    case OCS_BADINPUT:
    case OCS_UNSUPPORTED:
        return OCS_EXIT_USAGE;
    case OCS_TIMEOUT:
        return OCS_EXIT_INCOMPLETE;
    case OCS_IO:
    case OCS_CORRUPT:
    case OCS_VERSION:
        return OCS_EXIT_INDEX;
    case OCS_REFUSED:
        return OCS_EXIT_REFUSED;
    case OCS_LOCKED:
    case OCS_MODIFIED:
    case OCS_NETWORK:
        return OCS_EXIT_BUSY;
    case OCS_NOMEM:
    case OCS_BUG:
        return OCS_EXIT_BUG;
    }
    return OCS_EXIT_BUG;
}
