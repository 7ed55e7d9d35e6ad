/* The files of an index: its directory, its generations, its lock.  Private to index/.
 *
 * A generation is built as "gen-000001.new" and loses the ending when it is complete; `current` is
 * then switched to it by a rename.  So whatever ends in ".new" is left over from a killed build,
 * and a complete generation is never thrown away for want of the link. */
#ifndef OCS_INDEX_FILES_H
#define OCS_INDEX_FILES_H

#include "base/base.h"

enum { OCS_PATH_ROOM = 4096 };

/* "${dir}/${name}"; OCS_LIMIT when it is too long. */
ocs_status ocs_path_join(char out[OCS_PATH_ROOM], const char *dir, const char *name,
                         ocs_error *err) OCS_MUST_CHECK;

/* The generation in use.  OCS_NOTFOUND with a message when there is no index, OCS_CORRUPT when
 * `current` leads nowhere. */
ocs_status ocs_generation_current(const char *dir, char path[OCS_PATH_ROOM],
                                  ocs_error *err) OCS_MUST_CHECK;
/* Where to build the next generation. */
ocs_status ocs_generation_new(const char *dir, char path[OCS_PATH_ROOM],
                              ocs_error *err) OCS_MUST_CHECK;
/* Make the complete generation built at ${path} the current one; after a failure to do so it is still
 * at ${path}. */
ocs_status ocs_generation_switch(const char *dir, const char *path, ocs_error *err) OCS_MUST_CHECK;
/* Remove what killed and earlier builds left; call under the lock. */
ocs_status ocs_generation_sweep(const char *dir, ocs_error *err) OCS_MUST_CHECK;
/* The result may be ignored: the next sweep tries again. */
ocs_status ocs_generation_remove(const char *path, ocs_error *err);
ocs_status ocs_generation_size(const char *path, uint64_t *bytes, ocs_error *err) OCS_MUST_CHECK;

/* Make ${dir} and what is missing above it; ${made}: was it missing? */
ocs_status ocs_index_dir_make(const char *dir, bool *made, ocs_error *err) OCS_MUST_CHECK;
/* Take away a directory that holds nothing but our lock, which the caller has. */
void ocs_index_dir_unmake(const char *dir);

/* Take the lock of ${dir}, waiting up to ${wait} seconds: OCS_LOCKED when another run keeps it, whose
 * process the message names where it is known.
 * Without ${create} a missing lock file gives OCS_OK and -1. */
ocs_status ocs_lock_take(const char *dir, double wait, bool create, int *lock,
                         ocs_error *err) OCS_MUST_CHECK;
void ocs_lock_release(int lock);

#endif
