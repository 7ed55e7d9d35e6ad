/* A file, plain or compressed, read through libarchive as one run of bytes.  Compressed files may be
 * several put one behind the other, as crawlers write them. */
#include "corpus/container_internal.h"

#include <stdlib.h>
#include <sys/stat.h>

enum { PIECE = 64 * 1024 };

struct ocs_byte_stream {
    char *path;
    ocs_archive_library library;
    struct archive *archive;
    uint64_t bound, came; /* bytes */
    char *at;             /* PIECE bytes, of which [from, to) are not taken yet */
    size_t from, to;
    ocs_buf line;
    bool ended;
};

ocs_status ocs_archive_new(ocs_archive_library *library, struct archive **archive, ocs_error *err)
{
    *archive = NULL;
    ocs_status st = ocs_archive_library_load(library, err);
    if (st != OCS_OK)
        return st;
    if (!(*archive = library->read_new()))
        return ocs_fail(err, OCS_NOMEM, "no memory to read an archive");
    library->read_support_filter_gzip(*archive);
    library->read_support_filter_bzip2(*archive);
    library->read_support_filter_xz(*archive);
    library->read_support_filter_zstd(*archive);
    return OCS_OK;
}

uint64_t ocs_container_bound(const char *path)
{
    struct stat st;
    uint64_t size = stat(path, &st) == 0 ? (uint64_t)st.st_size : 0;
    return size * OCS_CONTAINER_RATIO + OCS_CONTAINER_SPARE;
}

static ocs_status cannot_read(const ocs_byte_stream *s, ocs_error *err)
{
    const char *why = s->library.error_string(s->archive);
    return ocs_fail(err, OCS_BADINPUT, "cannot read %s: %s", s->path, why ? why : "it is damaged");
}

static ocs_status open_archive(ocs_byte_stream *s, ocs_error *err)
{
    struct archive_entry *entry;
    s->library.read_support_format_raw(s->archive);
    s->library.read_support_format_empty(s->archive);
    if (s->library.read_open_filename(s->archive, s->path, PIECE) != ARCHIVE_OK)
        return ocs_fail(err, OCS_IO, "cannot read %s: %s", s->path,
                        s->library.error_string(s->archive));
    int got = s->library.read_next_header(s->archive, &entry);
    s->ended = got == ARCHIVE_EOF;
    return got == ARCHIVE_OK || s->ended ? OCS_OK : cannot_read(s, err);
}

ocs_status ocs_byte_stream_open(const char *path, ocs_byte_stream **stream, ocs_error *err)
{
    enum { LINE_CAP = 512 * 1024 * 1024 };
    ocs_byte_stream *s = *stream = calloc(1, sizeof *s);
    if (!s)
        return ocs_fail(err, OCS_NOMEM, "no memory to read %s", path);
    ocs_buf_init(&s->line, LINE_CAP);
    s->path = strdup(path);
    s->at = malloc(PIECE);
    s->bound = ocs_container_bound(path);
    ocs_status st = s->path && s->at ? ocs_archive_new(&s->library, &s->archive, err)
                                     : ocs_fail(err, OCS_NOMEM, "no memory to read %s", path);
    if (st == OCS_OK)
        st = open_archive(s, err);
    if (st == OCS_OK)
        return st;
    ocs_byte_stream_close(s);
    *stream = NULL;
    return st;
}

void ocs_byte_stream_close(ocs_byte_stream *s)
{
    if (!s)
        return;
    if (s->archive)
        s->library.read_free(s->archive);
    ocs_buf_clear(&s->line);
    free(s->path);
    free(s->at);
    free(s);
}

/* More bytes behind none; at the end there are none. */
static ocs_status fill(ocs_byte_stream *s, ocs_error *err)
{
    s->from = s->to = 0;
    if (s->ended)
        return OCS_OK;
    la_ssize_t n = s->library.read_data(s->archive, s->at, PIECE);
    s->ended = n <= 0;
    if (n < 0)
        return cannot_read(s, err);
    s->to = (size_t)n;
    s->came += (uint64_t)n;
    if (s->came <= s->bound)
        return OCS_OK;
    s->ended = true;
    s->to = 0;
    return ocs_fail(err, OCS_LIMIT, "%s becomes more than %llu bytes when it is unpacked", s->path,
                    (unsigned long long)s->bound);
}

static ocs_status line_too_long(ocs_byte_stream *s, size_t cap, ocs_error *err)
{
    s->ended = true;
    s->from = s->to = 0;
    return ocs_fail(err, OCS_LIMIT, "%s has a line of more than %zu bytes", s->path, cap);
}

ocs_status ocs_byte_stream_line(ocs_byte_stream *s, size_t cap, ocs_str *line, ocs_error *err)
{
    bool whole = false, any = false;
    ocs_buf_reset(&s->line);
    while (!whole) {
        ocs_status st = s->from == s->to ? fill(s, err) : OCS_OK;
        if (st != OCS_OK)
            return st;
        if (s->from == s->to)
            break;
        ocs_str rest = {s->at + s->from, s->to - s->from};
        size_t end = ocs_str_find_char(rest, '\n', 0);
        any = true;
        whole = end < rest.n;
        ocs_buf_put(&s->line, ocs_str_sub(rest, 0, end));
        s->from += end + whole;
        if (s->line.n > cap || ocs_buf_status(&s->line) != OCS_OK)
            return line_too_long(s, cap, err);
    }
    *line = ocs_buf_str(&s->line);
    if (line->n > 0 && line->p[line->n - 1] == '\r')
        line->n--;
    return any ? OCS_OK : OCS_NOTFOUND;
}

ocs_status ocs_byte_stream_take(ocs_byte_stream *s, uint64_t n, ocs_buf *out, ocs_error *err)
{
    while (n > 0) {
        ocs_status st = s->from == s->to ? fill(s, err) : OCS_OK;
        if (st != OCS_OK)
            return st;
        if (s->from == s->to)
            return ocs_fail(err, OCS_BADINPUT, "%s ends in the midst of a record", s->path);
        size_t some = s->to - s->from < n ? s->to - s->from : (size_t)n;
        if (out)
            ocs_buf_put(out, (ocs_str){s->at + s->from, some});
        s->from += some;
        n -= some;
    }
    return OCS_OK;
}
