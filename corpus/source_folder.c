/* The walk over a folder: a stack of levels, each an open folder with its sorted entries.
 *
 * A level is read whole when it is entered.  Every entry is asked for its kind at once, through
 * links, because the order depends on it: a folder counts as its name and a slash, so that all of
 * "a-b" and "a.b" comes before what is in "a", as in the order of whole paths.  A level ends with
 * its arena.  What vanishes between being listed and being asked was never there. */
#include "corpus/source_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { DEPTH_MAX = 200 }; /* each level holds a descriptor */
static const size_t level_bytes = (size_t)1 << 30;

typedef struct entry {
    const char *name;
    ocs_page_info info;
    mode_t mode;
    int failed; /* errno of asking; 0 when .info and .mode hold */
} entry;

typedef struct level {
    int fd;
    dev_t device;
    ino_t inode;
    size_t path; /* length of this folder's path with a final slash */
    ocs_arena *arena;
    OCS_VEC(entry) entries;
    size_t next;
    int failed; /* errno with which the listing broke off, told after the entries before it */
} level;

struct ocs_folder_walk {
    ocs_buf path; /* of the entry last given */
    uint64_t passed_over;
    size_t depth;
    level levels[DEPTH_MAX];
};

/* ---- one level ---- */

static bool is_folder(const entry *e)
{
    return e->failed == 0 && S_ISDIR(e->mode);
}

static int compare_entries(const void *left, const void *right)
{
    const entry *a = left, *b = right;
    size_t i = 0;
    while (a->name[i] != '\0' && a->name[i] == b->name[i])
        i++;
    int x = (unsigned char)a->name[i], y = (unsigned char)b->name[i];
    if (x == '\0' && is_folder(a))
        x = '/';
    if (y == '\0' && is_folder(b))
        y = '/';
    return (x > y) - (x < y);
}

/* False when the name is gone by now. */
static bool ask(int fd, entry *e)
{
    struct stat st;
    if (fstatat(fd, e->name, &st, 0) == 0) {
        e->info = ocs_page_info_of(e->name, &st);
        e->mode = st.st_mode;
        return true;
    }
    e->failed = errno;
    return e->failed != ENOENT || fstatat(fd, e->name, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool add_entry(level *l, const char *name)
{
    entry e = {.name = ocs_arena_copy(l->arena, name, strlen(name))};
    if (!e.name)
        return false;
    if (!ask(l->fd, &e))
        return true;
    entry *added = ocs_vec_push(l->arena, &l->entries);
    if (added)
        *added = e;
    return added != NULL;
}

static ocs_status read_names(level *l, DIR *dir)
{
    for (;;) {
        errno = 0;
        const struct dirent *d = readdir(dir);
        if (!d) {
            l->failed = errno;
            return OCS_OK;
        }
        if (d->d_name[0] != '.' && !add_entry(l, d->d_name))
            return ocs_arena_status(l->arena);
    }
}

/* Through a descriptor of its own, because closedir closes the one it reads. */
static ocs_status list_level(level *l)
{
    int fd = fcntl(l->fd, F_DUPFD_CLOEXEC, 0);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (!dir) {
        l->failed = errno;
        if (fd >= 0)
            close(fd);
        return OCS_IO;
    }
    ocs_status st = read_names(l, dir);
    closedir(dir);
    if (st == OCS_OK && l->entries.n > 0)
        qsort(l->entries.at, l->entries.n, sizeof *l->entries.at, compare_entries);
    return st;
}

static void leave_level(level *l)
{
    if (l->fd >= 0)
        close(l->fd);
    ocs_arena_free(l->arena);
}

/* ---- the stack ---- */

static const char *folder_path(ocs_folder_walk *walk)
{
    return walk->path.p;
}

/* The level that this folder already is, or NULL. */
static const level *level_of(const ocs_folder_walk *walk, const struct stat *st)
{
    for (size_t i = 0; i < walk->depth; i++)
        if (walk->levels[i].device == st->st_dev && walk->levels[i].inode == st->st_ino)
            return &walk->levels[i];
    return NULL;
}

static ocs_status open_folder(ocs_folder_walk *walk, int at, const char *name, level *l,
                              ocs_error *err)
{
    struct stat st;
    l->fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (l->fd < 0 || fstat(l->fd, &st) != 0)
        return ocs_fail(err, OCS_IO, "cannot read folder %s: %s", folder_path(walk),
                        strerror(errno));
    const level *again = level_of(walk, &st);
    if (again)
        return ocs_fail(err, OCS_BADINPUT, "%s leads back into the folder %.*s", folder_path(walk),
                        (int)again->path, walk->path.p);
    if (walk->depth == DEPTH_MAX)
        return ocs_fail(err, OCS_LIMIT, "%s: folders are nested more than %d deep",
                        folder_path(walk), DEPTH_MAX);
    l->device = st.st_dev;
    l->inode = st.st_ino;
    return OCS_OK;
}

static ocs_status fill_level(ocs_folder_walk *walk, level *l, ocs_error *err)
{
    l->arena = ocs_arena_new(level_bytes);
    if (!l->arena)
        return ocs_fail(err, OCS_NOMEM, "cannot read folder %s: out of memory", folder_path(walk));
    ocs_status st = list_level(l);
    if (st == OCS_IO)
        return ocs_fail(err, st, "cannot read folder %s: %s", folder_path(walk),
                        strerror(l->failed));
    if (st != OCS_OK)
        return ocs_fail(err, st, "cannot read folder %s: %s", folder_path(walk),
                        ocs_status_name(st));
    return OCS_OK;
}

/* Go down into ${name} of the folder open as ${at}; its path is in walk->path. */
static ocs_status enter(ocs_folder_walk *walk, int at, const char *name, ocs_error *err)
{
    level l = {.fd = -1};
    ocs_status st = open_folder(walk, at, name, &l, err);
    if (st == OCS_OK)
        st = fill_level(walk, &l, err);
    if (st != OCS_OK) {
        leave_level(&l);
        return st;
    }
    if (!ocs_str_ends(ocs_buf_str(&walk->path), OCS_STR("/")))
        ocs_buf_putc(&walk->path, '/');
    l.path = walk->path.n;
    walk->levels[walk->depth++] = l;
    return OCS_OK;
}

ocs_status ocs_folder_walk_open(const char *root, ocs_folder_walk **walk, ocs_error *err)
{
    *walk = calloc(1, sizeof **walk);
    if (!*walk)
        return ocs_fail(err, OCS_NOMEM, "cannot read folder %s: out of memory", root);
    ocs_buf_init(&(*walk)->path, OCS_SOURCE_PATH_MAX);
    ocs_buf_puts(&(*walk)->path, root);
    ocs_status st = ocs_buf_status(&(*walk)->path);
    if (st != OCS_OK)
        st = ocs_fail(err, st, "cannot read folder %s: %s", root, ocs_status_name(st));
    else
        st = enter(*walk, AT_FDCWD, root, err);
    if (st != OCS_OK) {
        ocs_folder_walk_close(*walk);
        *walk = NULL;
    }
    return st;
}

void ocs_folder_walk_close(ocs_folder_walk *walk)
{
    if (!walk)
        return;
    while (walk->depth > 0)
        leave_level(&walk->levels[--walk->depth]);
    ocs_buf_clear(&walk->path);
    free(walk);
}

/* Go up; a listing that broke off is told now, as the fault of the folder. */
static ocs_status leave(ocs_folder_walk *walk, ocs_page_info *info, ocs_error *err)
{
    level *l = &walk->levels[--walk->depth];
    int failed = l->failed;
    size_t n = l->path;
    leave_level(l);
    if (failed == 0)
        return OCS_OK;
    ocs_buf_cut(&walk->path, n > 1 ? n - 1 : n);
    info->path = walk->path.p;
    return ocs_fail(err, OCS_IO, "cannot read all of folder %s: %s", info->path, strerror(failed));
}

static ocs_status set_path(ocs_folder_walk *walk, const level *l, const entry *e,
                           ocs_page_info *info, ocs_error *err)
{
    ocs_buf_cut(&walk->path, l->path);
    ocs_buf_puts(&walk->path, e->name);
    info->path = walk->path.p;
    ocs_status st = ocs_buf_status(&walk->path);
    if (st == OCS_OK)
        return OCS_OK;
    walk->path.status = OCS_OK; /* the content is as before: the fault is this entry's alone */
    return ocs_fail(err, st, "cannot go on to %s in %s: %s", e->name, walk->path.p,
                    ocs_status_name(st));
}

static ocs_status fault_of(const entry *e, const char *path, ocs_error *err)
{
    if (e->failed == ENOENT)
        return ocs_fail(err, OCS_IO, "%s is a link that leads nowhere", path);
    return ocs_fail(err, OCS_IO, "cannot read %s: %s", path, strerror(e->failed));
}

static bool passes_over(const entry *e)
{
    return e->failed == 0 && S_ISREG(e->mode) && ocs_never_page(e->name);
}

/* One entry: a page or a fault into ${info}; a folder is entered and gives none (info->path NULL),
 * and so does what is no page by its name. */
static ocs_status visit(ocs_folder_walk *walk, level *l, const entry *e, ocs_page_info *info,
                        ocs_error *err)
{
    if (passes_over(e)) {
        walk->passed_over++;
        return OCS_OK;
    }
    ocs_status st = set_path(walk, l, e, info, err);
    if (st != OCS_OK)
        return st;
    if (e->failed != 0)
        return fault_of(e, info->path, err);
    if (is_folder(e)) {
        st = enter(walk, l->fd, e->name, err);
        info->path = st == OCS_OK ? NULL : walk->path.p;
        return st;
    }
    if ((st = ocs_page_kind_check(info->path, e->mode, err)) != OCS_OK)
        return st;
    info->size = e->info.size;
    info->mtime_ns = e->info.mtime_ns;
    return OCS_OK;
}

ocs_status ocs_folder_walk_next(ocs_folder_walk *walk, ocs_page_info *info, ocs_error *err)
{
    while (walk->depth > 0) {
        level *l = &walk->levels[walk->depth - 1];
        ocs_status st = l->next < l->entries.n
                            ? visit(walk, l, &l->entries.at[l->next++], info, err)
                            : leave(walk, info, err);
        if (st != OCS_OK || info->path)
            return st;
    }
    return OCS_NOTFOUND;
}

uint64_t ocs_folder_walk_passed_over(const ocs_folder_walk *walk)
{
    return walk->passed_over;
}
