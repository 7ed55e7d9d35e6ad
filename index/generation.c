/* Generations: finding the current one, making the next, switching, sweeping. */
#include "index/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define CURRENT "current"
#define NEXT_LINK "current.new"
#define UNFINISHED ".new"

enum { DIGITS = 6 };

/* ---- names ---- */

/* The number of "gen-000001" or "gen-000001.new"; 0 for any other name. */
static unsigned long number_of(const char *name, bool *unfinished)
{
    char *end;
    if (strncmp(name, "gen-", 4) != 0 || !ocs_ascii_digit(name[4]))
        return 0;
    unsigned long number = strtoul(name + 4, &end, 10);
    *unfinished = strcmp(end, UNFINISHED) == 0;
    return *end == '\0' || *unfinished ? number : 0;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* ---- the current one ---- */

/* What a new user has most likely mistaken: the folder of the pages for that of the index. */
static bool has_files(const char *dir)
{
    struct dirent *entry = NULL;
    DIR *open = opendir(dir);
    while (open && (entry = readdir(open)) != NULL)
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, "lock") != 0 &&
            strncmp(entry->d_name, "gen-", 4) != 0)
            break;
    if (open)
        closedir(open);
    return entry != NULL;
}

static ocs_status no_index(const char *dir, ocs_error *err)
{
    struct stat info;
    if (stat(dir, &info) == 0 && !S_ISDIR(info.st_mode))
        return ocs_fail(err, OCS_NOTFOUND, "no index at %s, which is a file: an index is a folder",
                        dir);
    if (has_files(dir))
        return ocs_fail(
            err, OCS_NOTFOUND,
            "no index at %s, though the folder has other files: is it the folder of the "
            "pages? `ocsearch index --db ANOTHER %s` indexes them",
            dir, dir);
    return ocs_fail(err, OCS_NOTFOUND,
                    "no index at %s: make one with `ocsearch index --db %s FOLDER`", dir, dir);
}

static ocs_status no_link(const char *dir, const char *link, ocs_error *err)
{
    if (errno == ENOENT || errno == ENOTDIR)
        return no_index(dir, err);
    if (errno == EINVAL)
        return ocs_fail(err, OCS_CORRUPT, "%s is no symbolic link", link);
    return ocs_fail(err, OCS_IO, "cannot read %s: %s", link, strerror(errno));
}

ocs_status ocs_generation_current(const char *dir, char path[OCS_PATH_ROOM], ocs_error *err)
{
    char link[OCS_PATH_ROOM], target[OCS_PATH_ROOM];
    struct stat info;
    ocs_status st = ocs_path_join(link, dir, CURRENT, err);
    if (st != OCS_OK)
        return st;
    ssize_t n = readlink(link, target, sizeof target - 1);
    if (n < 0)
        return no_link(dir, link, err);
    target[n] = '\0';
    if ((st = ocs_path_join(path, dir, target, err)) != OCS_OK)
        return st;
    if (stat(path, &info) != 0 || !S_ISDIR(info.st_mode))
        return ocs_fail(err, OCS_CORRUPT, "%s leads to %s, which is no directory", link, target);
    return OCS_OK;
}

/* ---- walking over a directory ---- */

static ocs_status open_dir(const char *path, DIR **dir, ocs_error *err)
{
    *dir = opendir(path);
    if (!*dir)
        return ocs_fail(err, OCS_IO, "cannot read the directory %s: %s", path, strerror(errno));
    return OCS_OK;
}

static bool hidden(const char *name)
{
    return name[0] == '.';
}

ocs_status ocs_generation_remove(const char *path, ocs_error *err)
{
    DIR *dir;
    ocs_status st = open_dir(path, &dir, err);
    if (st != OCS_OK)
        return st;
    for (struct dirent *entry; st == OCS_OK && (entry = readdir(dir));)
        if (!hidden(entry->d_name) && unlinkat(dirfd(dir), entry->d_name, 0) != 0)
            st = ocs_fail(err, OCS_IO, "cannot remove %s/%s: %s", path, entry->d_name,
                          strerror(errno));
    closedir(dir);
    if (st == OCS_OK && rmdir(path) != 0)
        st = ocs_fail(err, OCS_IO, "cannot remove %s: %s", path, strerror(errno));
    return st;
}

ocs_status ocs_generation_size(const char *path, uint64_t *bytes, ocs_error *err)
{
    DIR *dir;
    struct stat info;
    *bytes = 0;
    ocs_status st = open_dir(path, &dir, err);
    if (st != OCS_OK)
        return st;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (!hidden(entry->d_name) && fstatat(dirfd(dir), entry->d_name, &info, 0) == 0)
            *bytes += (uint64_t)info.st_size;
    closedir(dir);
    return OCS_OK;
}

/* ---- the next one ---- */

/* The highest number among the generations, or among the complete ones; 0 when there is none. */
static ocs_status highest(const char *dir, bool complete_only, unsigned long *number,
                          ocs_error *err)
{
    DIR *walk;
    bool unfinished;
    *number = 0;
    ocs_status st = open_dir(dir, &walk, err);
    if (st != OCS_OK)
        return st;
    for (struct dirent *entry; (entry = readdir(walk));) {
        unsigned long n = number_of(entry->d_name, &unfinished);
        if (n > *number && !(complete_only && unfinished))
            *number = n;
    }
    closedir(walk);
    return OCS_OK;
}

ocs_status ocs_generation_new(const char *dir, char path[OCS_PATH_ROOM], ocs_error *err)
{
    unsigned long number;
    char name[64];
    ocs_status st = highest(dir, false, &number, err);
    if (st != OCS_OK)
        return st;
    snprintf(name, sizeof name, "gen-%0*lu" UNFINISHED, DIGITS, number + 1);
    return ocs_path_join(path, dir, name, err);
}

/* Make what was done in ${dir} last beyond a loss of power. */
static ocs_status sync_dir(const char *dir, ocs_error *err)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done = fd >= 0 && fsync(fd) == 0;
    int reason = errno;
    if (fd >= 0)
        close(fd);
    if (!done)
        return ocs_fail(err, OCS_IO, "cannot write the directory %s: %s", dir, strerror(reason));
    return OCS_OK;
}

/* A link to ${name}, under another name as yet.  Of all steps of a switch only this one takes room on
 * the disk, so that it comes first. */
static ocs_status make_link(const char *dir, const char *name, char next[OCS_PATH_ROOM],
                            ocs_error *err)
{
    ocs_status st = ocs_path_join(next, dir, NEXT_LINK, err);
    if (st != OCS_OK)
        return st;
    unlink(next);
    if (symlink(name, next) != 0)
        return ocs_fail(err, OCS_IO, "cannot make the link %s to %s: %s", next, name,
                        strerror(errno));
    return OCS_OK;
}

/* Let the new link take the place of `current`. */
static ocs_status put_link(const char *dir, const char *next, ocs_error *err)
{
    char link[OCS_PATH_ROOM];
    ocs_status st = ocs_path_join(link, dir, CURRENT, err);
    if (st == OCS_OK && rename(next, link) != 0)
        st = ocs_fail(err, OCS_IO, "cannot rename %s to %s: %s", next, link, strerror(errno));
    return st;
}

ocs_status ocs_generation_switch(const char *dir, const char *path, ocs_error *err)
{
    char complete[OCS_PATH_ROOM], next[OCS_PATH_ROOM];
    size_t n = strlen(path) - strlen(UNFINISHED);
    memcpy(complete, path, n);
    complete[n] = '\0';
    ocs_status st = make_link(dir, last_part(complete), next, err);
    if (st != OCS_OK)
        return st;
    if (rename(path, complete) != 0)
        st = ocs_fail(err, OCS_IO, "cannot rename %s: %s", path, strerror(errno));
    else if ((st = put_link(dir, next, err)) != OCS_OK)
        (void)rename(complete, path); /* else it would look like one that was switched to */
    if (st != OCS_OK)
        unlink(next);
    return st == OCS_OK ? sync_dir(dir, err) : st;
}

/* ---- sweeping ---- */

/* A build that was killed after its last step but one, or a lost link: take the newest complete
 * generation. */
static ocs_status adopt_complete(const char *dir, ocs_error *err)
{
    unsigned long number;
    char name[64], next[OCS_PATH_ROOM];
    ocs_status st = highest(dir, true, &number, err);
    if (st != OCS_OK || number == 0)
        return st;
    snprintf(name, sizeof name, "gen-%0*lu", DIGITS, number);
    st = make_link(dir, name, next, err);
    if (st == OCS_OK)
        st = put_link(dir, next, err);
    return st == OCS_OK ? sync_dir(dir, err) : st;
}

/* What was to become `current` when a run was killed is of no use any more. */
static void remove_next_link(const char *dir)
{
    char next[OCS_PATH_ROOM];
    if (ocs_path_join(next, dir, NEXT_LINK, NULL) == OCS_OK)
        unlink(next);
}

static ocs_status remove_all_but(const char *dir, const char *current, ocs_error *err)
{
    DIR *walk;
    bool unfinished;
    char path[OCS_PATH_ROOM];
    ocs_status st = open_dir(dir, &walk, err);
    if (st != OCS_OK)
        return st;
    for (struct dirent *entry; st == OCS_OK && (entry = readdir(walk));) {
        if (number_of(entry->d_name, &unfinished) == 0 || strcmp(entry->d_name, current) == 0)
            continue;
        if ((st = ocs_path_join(path, dir, entry->d_name, err)) == OCS_OK)
            st = ocs_generation_remove(path, err);
    }
    closedir(walk);
    return st;
}

ocs_status ocs_generation_sweep(const char *dir, ocs_error *err)
{
    char path[OCS_PATH_ROOM];
    ocs_error none; /* to be without an index is no fault here */
    remove_next_link(dir);
    ocs_status st = ocs_generation_current(dir, path, &none);
    if (st == OCS_NOTFOUND) {
        if ((st = adopt_complete(dir, err)) != OCS_OK)
            return st;
        st = ocs_generation_current(dir, path, &none);
    }
    if (st == OCS_NOTFOUND)
        return remove_all_but(dir, "", err);
    if (st != OCS_OK)
        return ocs_fail(err, st, "%s", none.text);
    return remove_all_but(dir, last_part(path), err);
}
