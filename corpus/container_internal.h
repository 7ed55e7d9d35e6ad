/* What the kinds of container share.  Private to corpus/container*.c. */
#ifndef OCS_CORPUS_CONTAINER_INTERNAL_H
#define OCS_CORPUS_CONTAINER_INTERNAL_H

#include "corpus/archive_library.h"
#include "corpus/container.h"

/* ---- bytes of a file, unpacked as they are read ---- */

typedef struct ocs_byte_stream ocs_byte_stream;

ocs_status ocs_byte_stream_open(const char *path, ocs_byte_stream **stream,
                                ocs_error *err) OCS_MUST_CHECK;
void ocs_byte_stream_close(ocs_byte_stream *stream);
/* The next line without its end (LF or CR LF), borrowed until the next call; OCS_NOTFOUND at the end,
 * OCS_LIMIT when the line is longer than ${cap}, which ends the stream. */
ocs_status ocs_byte_stream_line(ocs_byte_stream *stream, size_t cap, ocs_str *line,
                                ocs_error *err) OCS_MUST_CHECK;
/* Append the next ${n} bytes to ${out}, or pass over them when it is NULL.  OCS_BADINPUT when there
 * are fewer. */
ocs_status ocs_byte_stream_take(ocs_byte_stream *stream, uint64_t n, ocs_buf *out,
                                ocs_error *err) OCS_MUST_CHECK;

/* Load the library, and make an archive to read from, its formats still to be said; NULL when memory
 * ran out.  No program is ever run to unpack it. */
ocs_status ocs_archive_new(ocs_archive_library *library, struct archive **archive,
                           ocs_error *err) OCS_MUST_CHECK;
/* How much may come of the file at ${path}. */
uint64_t ocs_container_bound(const char *path);

/* ---- the kinds ---- */

/* A member as its kind found it: a name that need not be unique, or NULL. */
typedef struct ocs_found {
    const char *name, *url;
} ocs_found;

/* What each kind can do; statuses as in container.h. */
typedef struct ocs_container_kind {
    ocs_status (*open)(const char *path, void **state, ocs_error *err);
    ocs_status (*next)(void *state, ocs_found *found, ocs_error *err);
    /* Append the bytes to ${out}, whose cap is the caller's. */
    ocs_status (*read)(void *state, ocs_buf *out, ocs_error *err);
    void (*close)(void *state);
} ocs_container_kind;

extern const ocs_container_kind ocs_container_archive, ocs_container_warc, ocs_container_lines;

#endif
