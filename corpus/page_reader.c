/* A path whose folder is no folder but a container is looked up in it.  The container stays open at
 * the member that was read; a page before that one takes a pass from the start. */
#include "corpus/container.h"
#include "corpus/source_internal.h"

#include <errno.h>
#include <stdlib.h>

struct ocs_page_reader {
    ocs_container *container;
    char *path;      /* of the container */
    struct stat was; /* when it was opened */
    bool begun;      /* members were passed */
};

ocs_page_reader *ocs_page_reader_new(void)
{
    return calloc(1, sizeof(ocs_page_reader));
}

static void leave(ocs_page_reader *reader)
{
    ocs_container_close(reader->container);
    free(reader->path);
    *reader = (ocs_page_reader){0};
}

void ocs_page_reader_free(ocs_page_reader *reader)
{
    if (reader)
        leave(reader);
    free(reader);
}

static size_t container_of(const char *path, struct stat *st)
{
    char *copy = strdup(path);
    size_t n = copy ? strlen(copy) : 0;
    for (; n > 0; n--) {
        if (copy[n] != '/')
            continue;
        copy[n] = '\0';
        if (stat(copy, st) == 0)
            break;
    }
    bool is = n > 0 && S_ISREG(st->st_mode) && ocs_container_named(copy);
    free(copy);
    return is ? n : 0;
}

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static ocs_status enter(ocs_page_reader *reader, const char *path, size_t n, const struct stat *st,
                        ocs_error *err)
{
    if (reader->container && strlen(reader->path) == n && memcmp(reader->path, path, n) == 0 &&
        same_file(&reader->was, st))
        return OCS_OK;
    leave(reader);
    if (!(reader->path = strndup(path, n)))
        return ocs_fail(err, OCS_NOMEM, "cannot read %s: out of memory", path);
    reader->was = *st;
    return ocs_container_open(reader->path, &reader->container, err);
}

/* On to the member of that name; OCS_NOTFOUND when it does not come any more. */
static ocs_status advance(ocs_page_reader *reader, const char *name, ocs_member *member)
{
    ocs_error passed; /* what is wrong with another member is told when that one is read */
    ocs_status st;
    reader->begun = true;
    while ((st = ocs_container_next(reader->container, member, &passed)) != OCS_NOTFOUND) {
        if (st == OCS_OK && strcmp(member->name, name) == 0)
            return OCS_OK;
        if (st == OCS_LIMIT || st == OCS_NOMEM)
            break;
    }
    return OCS_NOTFOUND;
}

static ocs_status find(ocs_page_reader *reader, const char *path, size_t n, const struct stat *st,
                       ocs_member *member, ocs_error *err)
{
    ocs_status status = enter(reader, path, n, st, err);
    bool begun = reader->begun;
    if (status != OCS_OK)
        return status;
    status = advance(reader, path + n + 1, member);
    if (status == OCS_NOTFOUND && begun) {
        leave(reader);
        if ((status = enter(reader, path, n, st, err)) != OCS_OK)
            return status;
        status = advance(reader, path + n + 1, member);
    }
    if (status == OCS_OK)
        return status;
    leave(reader);
    return ocs_fail(err, OCS_IO, "cannot read %s: it is not in its container any more", path);
}

static ocs_status read_member(ocs_page_reader *reader, const char *path, size_t n,
                              const struct stat *st, size_t cap, ocs_arena *arena, ocs_str *bytes,
                              ocs_str *url, ocs_error *err)
{
    ocs_member member;
    ocs_status status = find(reader, path, n, st, &member, err);
    if (status != OCS_OK)
        return status;
    if (url && member.url)
        *url = ocs_str_copy(arena, ocs_str_of(member.url));
    return ocs_container_read(reader->container, cap, arena, bytes, err);
}

/* The bytes of ${path} that name the container it lies in; 0 when it lies in none. */
static size_t find_container(const char *path, struct stat *st)
{
    bool apart = stat(path, st) != 0 && errno == ENOTDIR;
    return apart ? container_of(path, st) : 0;
}

ocs_status ocs_page_reader_read(ocs_page_reader *reader, const char *path, size_t cap,
                                ocs_arena *arena, ocs_str *bytes, ocs_str *url, ocs_error *err)
{
    struct stat st;
    size_t n = find_container(path, &st);
    if (url)
        *url = (ocs_str){0};
    *bytes = (ocs_str){0};
    if (n == 0)
        return ocs_page_read(path, cap, arena, bytes, err);
    return read_member(reader, path, n, &st, cap, arena, bytes, url, err);
}

ocs_status ocs_page_read_member(const char *path, size_t cap, ocs_arena *arena, ocs_str *bytes,
                                ocs_error *err)
{
    struct stat st;
    ocs_page_reader reader = {0};
    size_t n = find_container(path, &st);
    if (n == 0)
        return ocs_fail(err, OCS_IO, "cannot read %s: %s", path, strerror(ENOTDIR));
    ocs_status status = read_member(&reader, path, n, &st, cap, arena, bytes, NULL, err);
    leave(&reader);
    return status;
}

bool ocs_path_in_container(const char *path)
{
    char *copy = strdup(path);
    bool in = false;
    for (char *slash = copy ? strrchr(copy, '/') : NULL; slash && !in; slash = strrchr(copy, '/')) {
        *slash = '\0';
        in = ocs_container_named(copy);
    }
    free(copy);
    return in;
}

bool ocs_page_on_disk(const char *path)
{
    struct stat st;
    if (lstat(path, &st) == 0)
        return true;
    return errno == ENOTDIR ? container_of(path, &st) > 0 : errno != ENOENT;
}
