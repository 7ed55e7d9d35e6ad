/* Tar and zip, by libarchive.  What is passed over is read, so that it counts against the bound; of
 * a zip, which is not read in order, each member counts when it is read. */
#include "corpus/container_internal.h"

#include "corpus/source.h"

#include <stdlib.h>
#include <unistd.h>

enum { PIECE = 64 * 1024 };

typedef struct archive_state {
    struct archive *archive;
    char *path, *name;
    uint64_t bound, came;
    bool ended;
} archive_state;

static void close_archive(void *state)
{
    archive_state *s = state;
    if (!s)
        return;
    archive_read_free(s->archive);
    free(s->path);
    free(s->name);
    free(s);
}

static ocs_status open_file(archive_state *s, ocs_error *err)
{
    archive_read_support_format_tar(s->archive);
    archive_read_support_format_zip(s->archive);
    archive_read_support_format_empty(s->archive);
    if (archive_read_open_filename(s->archive, s->path, PIECE) == ARCHIVE_OK)
        return OCS_OK;
    bool readable = access(s->path, R_OK) == 0; /* then it is no archive */
    return ocs_fail(err, readable ? OCS_BADINPUT : OCS_IO, "cannot read %s: %s", s->path,
                    archive_error_string(s->archive));
}

static ocs_status open_archive(const char *path, void **state, ocs_error *err)
{
    archive_state *s = *state = calloc(1, sizeof *s);
    if (s) {
        s->path = strdup(path);
        s->archive = ocs_archive_new();
        s->bound = ocs_container_bound(path);
    }
    if (!s || !s->path || !s->archive)
        return ocs_fail(err, OCS_NOMEM, "no memory to read %s", path);
    return open_file(s, err);
}

/* ${name} may be NULL. */
static ocs_status fail_member(archive_state *s, const char *name, ocs_error *err)
{
    const char *why = archive_error_string(s->archive);
    return ocs_fail(err, OCS_BADINPUT, "cannot read %s%s%s: %s", s->path, name ? "/" : "",
                    name ? name : "", why ? why : "it is damaged");
}

static ocs_status count(archive_state *s, size_t n, ocs_error *err)
{
    s->came += n;
    if (s->came <= s->bound)
        return OCS_OK;
    s->ended = true;
    return ocs_fail(err, OCS_LIMIT, "%s becomes more than %llu bytes when it is unpacked", s->path,
                    (unsigned long long)s->bound);
}

/* No part of it may start with a full stop, which tells "../x" and ".git/x" as well. */
static bool hidden(const char *name)
{
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (*part == '.')
            return true;
    }
    return false;
}

/* Without what stands before the first name: "./a/b", "/a/b". */
static const char *plain_name(const char *name)
{
    while (name && (*name == '/' || strncmp(name, "./", 2) == 0))
        name += *name == '/' ? 1 : 2;
    return name;
}

static bool is_page(struct archive_entry *entry, const char *name)
{
    return archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry) && name &&
           *name != '\0' && !hidden(name) && !ocs_never_page(name);
}

/* The data of the entry at hand, to ${out} or to nowhere. */
static ocs_status take_data(archive_state *s, ocs_buf *out, ocs_error *err)
{
    char piece[PIECE];
    la_ssize_t n;
    while ((n = archive_read_data(s->archive, piece, sizeof piece)) > 0) {
        ocs_status st = count(s, (size_t)n, err);
        if (st != OCS_OK)
            return st;
        if (out)
            ocs_buf_put(out, (ocs_str){piece, (size_t)n});
        if (out && ocs_buf_status(out) != OCS_OK)
            return OCS_OK; /* the caller sees it */
    }
    return n < 0 ? fail_member(s, s->name, err) : OCS_OK;
}

static bool packed_as_one(archive_state *s)
{
    return archive_filter_count(s->archive) > 1;
}

/* The next header; the data before it, which nobody wanted, is passed over. */
static ocs_status next_header(archive_state *s, struct archive_entry **entry, ocs_error *err)
{
    ocs_status st = OCS_OK;
    if (s->name && packed_as_one(s))
        st = take_data(s, NULL, err);
    if (st != OCS_OK)
        return st;
    int got = archive_read_next_header(s->archive, entry);
    if (got == ARCHIVE_OK || got == ARCHIVE_WARN)
        return OCS_OK;
    s->ended = got != ARCHIVE_RETRY;
    return got == ARCHIVE_EOF ? OCS_NOTFOUND : fail_member(s, NULL, err);
}

static ocs_status next_member(void *state, ocs_found *found, ocs_error *err)
{
    archive_state *s = state;
    struct archive_entry *entry;
    while (!s->ended) {
        ocs_status st = next_header(s, &entry, err);
        if (st != OCS_OK)
            return st;
        const char *name = plain_name(archive_entry_pathname(entry));
        bool page = is_page(entry, name);
        free(s->name);
        if (!(s->name = strdup(name ? name : "")))
            return ocs_fail(err, OCS_NOMEM, "no memory to read %s", s->path);
        if (!page)
            continue;
        *found = (ocs_found){.name = s->name};
        return OCS_OK;
    }
    return OCS_NOTFOUND;
}

static ocs_status read_member(void *state, ocs_buf *out, ocs_error *err)
{
    return take_data(state, out, err);
}

const ocs_container_kind ocs_container_archive = {open_archive, next_member, read_member,
                                                  close_archive};
