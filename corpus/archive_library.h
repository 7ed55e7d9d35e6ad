/* libarchive, loaded when the first container is opened.  It brings eight libraries along, which
 * would take a tenth of the time of every search, and no search opens a container. */
#ifndef OCS_CORPUS_ARCHIVE_LIBRARY_H
#define OCS_CORPUS_ARCHIVE_LIBRARY_H

#include "base/base.h"

#include <archive.h>
#include <archive_entry.h>

/* The calls of libarchive that are used, without their "archive_". */
#define OCS_ARCHIVE_CALLS(X)     \
    X(read_new)                  \
    X(read_free)                 \
    X(read_support_filter_gzip)  \
    X(read_support_filter_bzip2) \
    X(read_support_filter_xz)    \
    X(read_support_filter_zstd)  \
    X(read_support_format_raw)   \
    X(read_support_format_empty) \
    X(read_support_format_tar)   \
    X(read_support_format_zip)   \
    X(read_open_filename)        \
    X(read_next_header)          \
    X(read_data)                 \
    X(filter_count)              \
    X(error_string)              \
    X(entry_filetype)            \
    X(entry_hardlink)            \
    X(entry_pathname)

typedef struct ocs_archive_library {
#define X(name) __typeof__(&archive_##name) name;
    OCS_ARCHIVE_CALLS(X)
#undef X
} ocs_archive_library;

/* OCS_UNSUPPORTED and a sentence when it is not installed.  It stays loaded. */
ocs_status ocs_archive_library_load(ocs_archive_library *library, ocs_error *err) OCS_MUST_CHECK;

#endif
