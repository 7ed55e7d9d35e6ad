/* A page's bytes, all or none.  A file is opened without waiting (a pipe put in its place must not
 * hang a nightly run), read to the size the system states and one byte further, where the end must
 * be.  Standard input has no size and is read to its end. */
#include "corpus/source_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

static ssize_t read_some(int fd, char *out, size_t room)
{
    ssize_t n;
    do
        n = read(fd, out, room);
    while (n < 0 && errno == EINTR);
    return n;
}

/* Up to ${room} bytes, fewer only at the end; -1 with errno. */
static ssize_t read_full(int fd, char *out, size_t room)
{
    size_t sum = 0;
    while (sum < room) {
        ssize_t n = read_some(fd, out + sum, room - sum);
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        sum += (size_t)n;
    }
    return (ssize_t)sum;
}

static ocs_status cannot_read(const char *path, ocs_error *err)
{
    return ocs_fail(err, OCS_IO, "cannot read %s: %s", path, strerror(errno));
}

static ocs_status too_large(const char *path, size_t cap, ocs_error *err)
{
    return ocs_fail(err, OCS_LIMIT, "%s is larger than %zu bytes", path, cap);
}

static ocs_status no_room(const char *path, ocs_status st, ocs_error *err)
{
    return ocs_fail(err, st, "cannot read %s: %s", path, ocs_status_name(st));
}

static ocs_status read_file(int fd, const char *path, size_t size, ocs_arena *arena, ocs_str *bytes,
                            ocs_error *err)
{
    char *out = ocs_arena_alloc(arena, size + 1); /* the byte more is to see the end */
    if (!out)
        return no_room(path, ocs_arena_status(arena), err);
    ssize_t n = read_full(fd, out, size + 1);
    if (n < 0)
        return cannot_read(path, err);
    if ((size_t)n != size)
        return ocs_fail(err, OCS_IO, "%s changed while it was read", path);
    *bytes = (ocs_str){out, size};
    return OCS_OK;
}

static ocs_status read_if_page(int fd, const char *path, size_t cap, ocs_arena *arena,
                               ocs_str *bytes, ocs_error *err)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return cannot_read(path, err);
    ocs_status status = ocs_page_kind_check(path, st.st_mode, err);
    if (status != OCS_OK)
        return status;
    if ((uint64_t)st.st_size > cap || (uint64_t)st.st_size >= SIZE_MAX)
        return too_large(path, cap, err);
    return read_file(fd, path, (size_t)st.st_size, arena, bytes, err);
}

static ocs_status read_stream(int fd, const char *name, size_t cap, ocs_buf *out, ocs_error *err)
{
    char chunk[CHUNK];
    ssize_t n;
    while ((n = read_some(fd, chunk, sizeof chunk)) > 0) {
        ocs_buf_put(out, (ocs_str){chunk, (size_t)n});
        if (ocs_buf_status(out) == OCS_LIMIT)
            return too_large(name, cap, err);
        if (ocs_buf_status(out) != OCS_OK)
            return no_room(name, ocs_buf_status(out), err);
    }
    return n < 0 ? cannot_read(name, err) : OCS_OK;
}

static ocs_status read_standard_input(size_t cap, ocs_arena *arena, ocs_str *bytes, ocs_error *err)
{
    static const char name[] = "standard input";
    ocs_buf all;
    ocs_buf_init(&all, cap);
    ocs_status st = read_stream(STDIN_FILENO, name, cap, &all, err);
    if (st == OCS_OK) {
        *bytes = (ocs_str){ocs_arena_copy(arena, all.p, all.n), all.n};
        if (!bytes->p)
            st = no_room(name, ocs_arena_status(arena), err);
    }
    ocs_buf_clear(&all);
    return st;
}

ocs_status ocs_page_read(const char *path, size_t cap, ocs_arena *arena, ocs_str *bytes,
                         ocs_error *err)
{
    *bytes = (ocs_str){0};
    if (strcmp(path, "-") == 0)
        return read_standard_input(cap, arena, bytes, err);
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0 && errno == ENOTDIR)
        return ocs_page_read_member(path, cap, arena, bytes, err);
    if (fd < 0 && errno == ENXIO) /* a socket, or a device that is not there */
        return ocs_fail(err, OCS_BADINPUT, "%s is not a regular file", path);
    if (fd < 0)
        return cannot_read(path, err);
    ocs_status st = read_if_page(fd, path, cap, arena, bytes, err);
    close(fd);
    return st;
}
