/* A library to be loaded before the C library (LD_PRELOAD) into a program whose writing is to be
 * disturbed at a certain moment: it counts what the process does to files below a folder, and at one
 * count ends the process, or has the disk full from there on.  So every stage of a run can be met
 * exactly, whatever the machine is busy with.
 *
 *   FAULT_DIR  the folder, as the program spells it
 *   FAULT_LOG  a file that gets a line for every deed: its name and the file
 *   FAULT_AT   at which deed, from 1; without it none is disturbed
 *   FAULT_DO   "kill": SIGKILL to the process before the deed; of bytes to be written the first half
 *              is still written.  "kill-group": to its whole group of processes.  "full": the deed
 *              and all later ones that need room on the disk fail with ENOSPC.
 *
 * Processes that it makes are left alone.  What the C library writes for itself (stdio) passes by. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* One process loads it once: what it has counted must be global, and nothing else is. */
static struct {
    pid_t pid;
    const char *dir;
    int log;
    long at, done;
    bool full, group, stop;
} plan = {.log = -1};

/* The next one of this name, for ISO C has no cast from an object pointer to a function. */
#define REAL(name)                          \
    __typeof__(&name) real;                 \
    void *found_ = dlsym(RTLD_NEXT, #name); \
    memcpy(&real, &found_, sizeof real)

__attribute__((constructor)) static void make_plan(void)
{
    const char *log = getenv("FAULT_LOG"), *at = getenv("FAULT_AT"), *what = getenv("FAULT_DO");
    plan.dir = getenv("FAULT_DIR");
    plan.pid = getpid();
    plan.at = at ? strtol(at, NULL, 10) : 0;
    plan.full = what && strcmp(what, "full") == 0;
    plan.group = what && strcmp(what, "kill-group") == 0;
    plan.stop = what && strcmp(what, "stop") == 0;
    REAL(open);
    if (log && plan.dir)
        plan.log = real(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

/* ---- what it is done to ---- */

static bool watched(const char *path)
{
    size_t n = plan.dir ? strlen(plan.dir) : 0;
    return n > 0 && getpid() == plan.pid && strncmp(path, plan.dir, n) == 0 &&
           (path[n] == '/' || path[n] == '\0');
}

static bool path_of(int fd, char path[PATH_MAX])
{
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_MAX - 1);
    path[n > 0 ? n : 0] = '\0';
    return n > 0;
}

static void note(const char *deed, const char *path)
{
    char line[PATH_MAX + 32];
    REAL(write);
    int n = snprintf(line, sizeof line, "%s %s\n", deed, path + strlen(plan.dir));
    if (plan.log >= 0 && real(plan.log, line, (size_t)n) != n)
        abort();
}

/* ---- what happens ---- */

enum fate { FATE_GOES_ON, FATE_KILLED, FATE_NO_ROOM };

/* Count a deed. */
static enum fate meet(const char *deed, const char *path)
{
    if (!watched(path))
        return FATE_GOES_ON;
    note(deed, path);
    plan.done++;
    if (plan.at == 0 || plan.done < plan.at)
        return FATE_GOES_ON;
    if (plan.full)
        return FATE_NO_ROOM;
    if (plan.done != plan.at)
        return FATE_GOES_ON;
    if (plan.stop)
        raise(SIGSTOP);
    return plan.stop ? FATE_GOES_ON : FATE_KILLED;
}

static void die(void)
{
    kill(plan.group ? 0 : plan.pid, SIGKILL);
    for (;;) /* it comes at once, but not before we are here */
        pause();
}

static int no_room(void)
{
    errno = ENOSPC;
    return -1;
}

/* A deed that takes no room. */
static void meet_free(const char *deed, const char *path)
{
    if (meet(deed, path) == FATE_KILLED)
        die();
}

/* A deed that takes some: false when there is none. */
static bool meet_costly(const char *deed, const char *path)
{
    enum fate fate = meet(deed, path);
    if (fate == FATE_KILLED)
        die();
    return fate != FATE_NO_ROOM;
}

/* ---- the C library's functions ---- */

int open(const char *path, int flags, ...)
{
    va_list more;
    REAL(open);
    va_start(more, flags);
    mode_t mode = flags & O_CREAT ? va_arg(more, mode_t) : 0;
    va_end(more);
    if ((flags & O_CREAT) && access(path, F_OK) != 0 && !meet_costly("create", path))
        return no_room();
    return real(path, flags, mode);
}

int mkstemp(char *path)
{
    REAL(mkstemp);
    return meet_costly("create", path) ? real(path) : no_room();
}

int mkdir(const char *path, mode_t mode)
{
    REAL(mkdir);
    bool there = access(path, F_OK) == 0;
    return there || meet_costly("mkdir", path) ? real(path, mode) : no_room();
}

int symlink(const char *target, const char *path)
{
    REAL(symlink);
    return meet_costly("symlink", path) ? real(target, path) : no_room();
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    meet_free("rename", to);
    return real(from, to);
}

int unlink(const char *path)
{
    REAL(unlink);
    meet_free("unlink", path);
    return real(path);
}

int unlinkat(int dir, const char *name, int flags)
{
    char path[PATH_MAX];
    REAL(unlinkat);
    if (path_of(dir, path))
        meet_free("unlink", path);
    return real(dir, name, flags);
}

int rmdir(const char *path)
{
    REAL(rmdir);
    meet_free("rmdir", path);
    return real(path);
}

int fsync(int fd)
{
    char path[PATH_MAX];
    REAL(fsync);
    if (path_of(fd, path))
        meet_free("sync", path);
    return real(fd);
}

int fdatasync(int fd)
{
    char path[PATH_MAX];
    REAL(fdatasync);
    if (path_of(fd, path))
        meet_free("sync", path);
    return real(fd);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    char path[PATH_MAX];
    REAL(write);
    enum fate fate = path_of(fd, path) ? meet("write", path) : FATE_GOES_ON;
    if (fate == FATE_NO_ROOM)
        return no_room();
    if (fate == FATE_KILLED && real(fd, bytes, n / 2) >= 0)
        die();
    return real(fd, bytes, n);
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    char path[PATH_MAX];
    REAL(pwrite);
    enum fate fate = path_of(fd, path) ? meet("write", path) : FATE_GOES_ON;
    if (fate == FATE_NO_ROOM)
        return no_room();
    if (fate == FATE_KILLED && real(fd, bytes, n / 2, at) >= 0)
        die();
    return real(fd, bytes, n, at);
}
