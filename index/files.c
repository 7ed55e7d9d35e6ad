/* Paths, the directory, and the lock.  The lock is an flock on DIR/lock, so that it ends with its
 * process however that ends. */
#include "index/files.h"

#include "index/last_run.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { POLL_NS = 50 * 1000 * 1000, HOLDER_ROOM = 40 };

ocs_status ocs_path_join(char out[OCS_PATH_ROOM], const char *dir, const char *name, ocs_error *err)
{
    int n = snprintf(out, OCS_PATH_ROOM, "%s/%s", dir, name);
    if (n < 0 || n >= OCS_PATH_ROOM)
        return ocs_fail(err, OCS_LIMIT, "the path %s/%s is too long", dir, name);
    return OCS_OK;
}

/* ---- the directory ---- */

static ocs_status make_one(const char *dir, bool *made, ocs_error *err)
{
    *made = mkdir(dir, 0777) == 0;
    if (!*made && errno != EEXIST)
        return ocs_fail(err, OCS_IO, "cannot make the directory %s: %s", dir, strerror(errno));
    return OCS_OK;
}

ocs_status ocs_index_dir_make(const char *dir, bool *made, ocs_error *err)
{
    char part[OCS_PATH_ROOM];
    size_t n = strlen(dir);
    ocs_status st;
    if (n == 0 || n >= sizeof part)
        return ocs_fail(err, OCS_USAGE, "'%s' cannot be the directory of an index", dir);
    memcpy(part, dir, n + 1);
    for (size_t i = 1; i < n; i++) {
        if (part[i] != '/')
            continue;
        part[i] = '\0';
        if ((st = make_one(part, made, err)) != OCS_OK)
            return st;
        part[i] = '/';
    }
    return make_one(dir, made, err);
}

void ocs_index_dir_unmake(const char *dir)
{
    char lock[OCS_PATH_ROOM];
    if (ocs_path_join(lock, dir, "lock", NULL) != OCS_OK)
        return;
    unlink(lock); /* who waits on it sees that it is gone, and takes the next one */
    rmdir(dir);   /* refuses when there is anything else */
}

/* ---- the lock ---- */

/* Is the file open at ${fd} still the one at ${path}? */
static bool still_there(int fd, const char *path)
{
    struct stat open_one, there;
    return fstat(fd, &open_one) == 0 && stat(path, &there) == 0 &&
           open_one.st_dev == there.st_dev && open_one.st_ino == there.st_ino;
}

/* " (process 123)" when the one who noted a run is still at it on this machine, else nothing. */
static const char *holder(const char *dir, char out[HOLDER_ROOM])
{
    ocs_last_run run;
    out[0] = '\0';
    if (ocs_last_run_read(dir, &run, NULL) == OCS_OK && run.going)
        snprintf(out, HOLDER_ROOM, " (process %" PRId64 ")", run.process);
    return out;
}

/* One attempt: OCS_LOCKED (no message) when another has it. */
static ocs_status try_lock(const char *path, bool create, int *lock, ocs_error *err)
{
    int fd = open(path, (create ? O_RDWR | O_CREAT : O_RDWR) | O_CLOEXEC, 0666);
    *lock = -1;
    if (fd < 0 && !create && errno != ENOENT)
        fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && !create)
        return OCS_OK;
    if (fd < 0)
        return ocs_fail(err, OCS_IO, "cannot open %s: %s", path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && still_there(fd, path)) {
        *lock = fd;
        return OCS_OK;
    }
    close(fd);
    return OCS_LOCKED;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

ocs_status ocs_lock_take(const char *dir, double wait, bool create, int *lock, ocs_error *err)
{
    const struct timespec pause = {0, POLL_NS};
    char path[OCS_PATH_ROOM], name[HOLDER_ROOM];
    double end = now() + wait;
    ocs_status st = ocs_path_join(path, dir, "lock", err);
    if (st != OCS_OK)
        return st;
    while ((st = try_lock(path, create, lock, err)) == OCS_LOCKED) {
        if (now() >= end)
            return ocs_fail(
                err, OCS_LOCKED,
                "another run%s is updating the index at %s: try again, or wait for it with "
                "--lock-wait=SECONDS",
                holder(dir, name), dir);
        nanosleep(&pause, NULL);
    }
    return st;
}

void ocs_lock_release(int lock)
{
    if (lock >= 0)
        close(lock);
}
