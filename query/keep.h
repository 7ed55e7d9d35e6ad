/* Small files that are kept for a person: read whole, replaced whole.  Who reads one sees the old
 * bytes or the new ones, whenever the writer dies; who changes one takes its lock first. */
#ifndef OCS_QUERY_KEEP_H
#define OCS_QUERY_KEEP_H

#include "base/base.h"

/* All of ${path} in ${arena}; OCS_NOTFOUND without a message when it is not there, OCS_LIMIT when it
 * has more than ${cap} bytes. */
ocs_status ocs_keep_read(const char *path, size_t cap, ocs_arena *arena, ocs_str *bytes,
                         ocs_error *err) OCS_MUST_CHECK;
/* Put ${bytes} in its place, on the disk itself when this returns; folders above it are made.  A
 * link stays one: what it leads to is replaced.  The old file's mode is kept. */
ocs_status ocs_keep_replace(const char *path, ocs_str bytes, ocs_error *err) OCS_MUST_CHECK;
/* Take the lock of ${path}, which is PATH.lock beside it, waiting up to ${wait} seconds; OCS_LOCKED
 * when another process keeps it.  Folders above are made. */
ocs_status ocs_keep_lock(const char *path, double wait, int *lock, ocs_error *err) OCS_MUST_CHECK;
void ocs_keep_unlock(int lock);

#endif
