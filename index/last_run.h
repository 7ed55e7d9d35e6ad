/* How runs went, noted in the file of the lock, which whoever writes the index has open: beside the
 * database, so that a run that finds nothing to do leaves that at its revision.  Private to index/. */
#ifndef OCS_INDEX_LAST_RUN_H
#define OCS_INDEX_LAST_RUN_H

#include "index/index.h"

/* Write ${run} into ${lock}, a lock that is held; nothing for -1.  What cannot be written is left: the
 * run is right without it. */
void ocs_last_run_note(int lock, const ocs_last_run *run);

/* Of the index at ${dir}; OCS_NOTFOUND without a message when no run has noted anything. */
ocs_status ocs_last_run_read(const char *dir, ocs_last_run *run, ocs_error *err) OCS_MUST_CHECK;

#endif
