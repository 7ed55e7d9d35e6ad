/* Replacing is writing beside, bringing it to the disk, and renaming.  The lock is an flock, which ends
 * with its process however that ends; its file stays, because taking it away would let two in. */
#include "query/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { POLL_NS = 20 * 1000 * 1000 };

/* ---- reading ---- */

static ocs_status read_all(int fd, const char *path, size_t size, ocs_arena *arena, ocs_str *bytes,
                           ocs_error *err)
{
    char *room = ocs_arena_alloc(arena, size + 1);
    size_t n = 0;
    if (!room)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for %s", path);
    while (n < size) {
        ssize_t got = read(fd, room + n, size - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return ocs_fail(err, OCS_IO, "cannot read %s: %s", path, strerror(errno));
        if (got == 0)
            break;
        n += (size_t)got;
    }
    *bytes = (ocs_str){room, n};
    return OCS_OK;
}

static ocs_status read_open(int fd, const char *path, size_t cap, ocs_arena *arena, ocs_str *bytes,
                            ocs_error *err)
{
    struct stat about;
    if (fstat(fd, &about) != 0)
        return ocs_fail(err, OCS_IO, "cannot read %s: %s", path, strerror(errno));
    if (!S_ISREG(about.st_mode))
        return ocs_fail(err, OCS_IO, "%s is not a plain file", path);
    if ((uint64_t)about.st_size > cap)
        return ocs_fail(err, OCS_LIMIT, "%s has more than %zu bytes", path, cap);
    return read_all(fd, path, (size_t)about.st_size, arena, bytes, err);
}

ocs_status ocs_keep_read(const char *path, size_t cap, ocs_arena *arena, ocs_str *bytes,
                         ocs_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    *bytes = (ocs_str){"", 0};
    if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
        return OCS_NOTFOUND;
    if (fd < 0)
        return ocs_fail(err, OCS_IO, "cannot read %s: %s", path, strerror(errno));
    ocs_status st = read_open(fd, path, cap, arena, bytes, err);
    close(fd);
    return st;
}

/* ---- replacing ---- */

/* The folders above ${path}; that one is there already is no fault. */
static ocs_status make_folders(const char *path, ocs_error *err)
{
    char part[PATH_MAX];
    size_t n = strlen(path);
    if (n >= sizeof part)
        return ocs_fail(err, OCS_USAGE, "the path %.200s... is too long", path);
    memcpy(part, path, n + 1);
    for (size_t i = 1; i < n; i++) {
        if (part[i] != '/')
            continue;
        part[i] = '\0';
        if (mkdir(part, 0777) != 0 && errno != EEXIST && errno != EROFS && errno != EACCES)
            return ocs_fail(err, OCS_IO, "cannot make the directory %s: %s", part, strerror(errno));
        part[i] = '/';
    }
    return OCS_OK;
}

static bool write_all(int fd, ocs_str bytes)
{
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            bytes = ocs_str_sub(bytes, (size_t)n, bytes.n);
    }
    return true;
}

/* Renaming is on the disk when the folder is. */
static void sync_folder(const char *path)
{
    ocs_str folder = ocs_path_folder(ocs_str_of(path));
    char name[PATH_MAX];
    snprintf(name, sizeof name, "%.*s", OCS_ARG(folder));
    int fd = open(folder.n > 0 ? name : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)!fsync(fd); /* not every file system can; the bytes are complete in any case */
    close(fd);
}

/* ${path} is no link. */
static ocs_status replace(const char *path, ocs_str bytes, ocs_error *err)
{
    char beside[PATH_MAX + 32];
    struct stat old;
    snprintf(beside, sizeof beside, "%s.%ld.new", path, (long)getpid());
    unlink(beside); /* of a process that was killed and had the same number */
    int fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0)
        return ocs_fail(err, OCS_IO, "cannot write %s: %s", beside, strerror(errno));
    bool done = stat(path, &old) != 0 || fchmod(fd, old.st_mode & 07777) == 0;
    done = done && write_all(fd, bytes) && fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && done) {
        done = false;
        why = errno;
    }
    if (done && rename(beside, path) == 0) {
        sync_folder(path);
        return OCS_OK;
    }
    why = done ? errno : why;
    unlink(beside);
    return ocs_fail(err, OCS_IO, "cannot write %s: %s", path, strerror(why));
}

ocs_status ocs_keep_replace(const char *path, ocs_str bytes, ocs_error *err)
{
    ocs_status st = make_folders(path, err);
    if (st != OCS_OK)
        return st;
    char *target = realpath(path, NULL);
    st = replace(target ? target : path, bytes, err);
    free(target);
    return st;
}

/* ---- the lock ---- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

ocs_status ocs_keep_lock(const char *path, double wait, int *lock, ocs_error *err)
{
    const struct timespec pause = {0, POLL_NS};
    char name[PATH_MAX + 8];
    double end = now() + wait;
    *lock = -1;
    ocs_status st = make_folders(path, err);
    if (st != OCS_OK)
        return st;
    snprintf(name, sizeof name, "%s.lock", path);
    int fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return ocs_fail(err, OCS_IO, "cannot open %s: %s", name, strerror(errno));
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR)
            st = ocs_fail(err, OCS_IO, "cannot lock %s: %s", name, strerror(errno));
        else if (now() >= end)
            st = ocs_fail(err, OCS_LOCKED, "another run keeps %s", name);
        if (st != OCS_OK) {
            close(fd);
            return st;
        }
        nanosleep(&pause, NULL);
    }
    *lock = fd;
    return OCS_OK;
}

void ocs_keep_unlock(int lock)
{
    if (lock >= 0)
        close(lock);
}
