/* Sources of pages: a file, a folder, or a list of files (from a file or standard input).  Pages
 * come in a stable order: sorted by the bytes of their path.  Only regular files are pages; symbolic
 * links are followed, but a link that leads back into a folder being walked is an error of that
 * link, and devices, pipes and sockets are refused.  A fault of one page is reported through
 * ocs_source_next and never ends the walk. */
#ifndef OCS_CORPUS_SOURCE_H
#define OCS_CORPUS_SOURCE_H

#include "base/base.h"

typedef struct ocs_source ocs_source;

typedef enum ocs_source_kind { OCS_SOURCE_FILE, OCS_SOURCE_FOLDER, OCS_SOURCE_LIST } ocs_source_kind;

/* What the file system says of a page, enough to see that it has not changed. */
typedef struct ocs_page_info {
    const char *path; /* absolute; borrowed until the next call on the source */
    uint64_t size;
    int64_t mtime_ns;
} ocs_page_info;

/* Open a file or folder.  OCS_NOTFOUND with a message when it is missing, OCS_IO when it cannot be
 * read, OCS_BADINPUT when it is neither. */
ocs_status ocs_source_open(const char *path, ocs_source **source, ocs_error *err) OCS_MUST_CHECK;
/* A list of paths, one a line, or separated by NUL bytes when ${nul}.  ${stream} stays the
 * caller's.  ${name} is for messages: "list.txt", "standard input". */
ocs_status ocs_source_open_list(void *stream, const char *name, bool nul, ocs_source **source,
                                ocs_error *err) OCS_MUST_CHECK;
void ocs_source_close(ocs_source *source);

/* The source's absolute path ("list:" and the name for a list), which identifies it. */
const char *ocs_source_name(const ocs_source *source);
ocs_source_kind ocs_source_kind_of(const ocs_source *source);

/* The next page.  OCS_NOTFOUND: no more.  Any other status but OCS_OK is the fault of one entry,
 * named in ${err}; go on with the next call. */
ocs_status ocs_source_next(ocs_source *source, ocs_page_info *info, ocs_error *err) OCS_MUST_CHECK;

/* Read one page whole into ${arena}.  A file larger than ${cap} bytes gives OCS_LIMIT; one that
 * changes its size while it is read, or vanishes, gives OCS_IO.  "-" is standard input. */
ocs_status ocs_page_read(const char *path, size_t cap, ocs_arena *arena, ocs_str *bytes,
                         ocs_error *err) OCS_MUST_CHECK;

#endif
