/* The new file has the mode that any other would get: mkstemp's own is for its owner alone. */
#include "cli/save.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static ocs_status fail(ocs_error *err, const char *path)
{
    return ocs_fail(err, OCS_IO, "cannot write '%s': %s", path, strerror(errno));
}

static bool write_all(int fd, ocs_str content)
{
    while (content.n > 0) {
        ssize_t n = write(fd, content.p, content.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        content = ocs_str_sub(content, (size_t)n, content.n);
    }
    return true;
}

/* Leaves errno. */
static bool fill(int fd, ocs_str content)
{
    mode_t mask = umask(0);
    umask(mask);
    bool filled = write_all(fd, content) && fchmod(fd, 0666 & ~mask) == 0 && fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && filled) {
        filled = false;
        why = errno;
    }
    errno = why;
    return filled;
}

ocs_status ocs_save(const char *path, ocs_str content, ocs_error *err)
{
    char name[PATH_MAX];
    struct stat there;
    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode))
        return ocs_fail(err, OCS_IO, "cannot write '%s': it is there, and no file", path);
    int n = snprintf(name, sizeof name, "%s.XXXXXX", path);
    if (n < 0 || (size_t)n >= sizeof name)
        return ocs_fail(err, OCS_IO, "cannot write '%s': the name is too long", path);
    int fd = mkstemp(name);
    if (fd < 0)
        return fail(err, path);
    if (fill(fd, content) && rename(name, path) == 0)
        return OCS_OK;
    ocs_status st = fail(err, path);
    unlink(name);
    return st;
}
