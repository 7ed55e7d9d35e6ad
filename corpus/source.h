/* Sources of pages: a file, a folder, or a list of files (from a file or standard input).  Pages
 * come in a stable order: sorted by the bytes of their whole path.  Only regular files are pages;
 * symbolic links are followed, but a link that leads back into a folder being walked is an error of
 * that link, and devices, pipes and sockets are refused.  Below a folder and in archives, names that
 * start with a full stop are skipped, and so is what is no page by its name (ocs_never_page): the
 * style sheets, scripts and pictures of a mirror.  Every other file is a page, or a container of pages (container.h), which
 * come in the order they have there.  A fault of one page is reported through ocs_source_next and
 * never ends the walk. */
#ifndef OCS_CORPUS_SOURCE_H
#define OCS_CORPUS_SOURCE_H

#include "base/base.h"

typedef struct ocs_source ocs_source;

typedef enum ocs_source_kind {
    OCS_SOURCE_FILE,
    OCS_SOURCE_FOLDER,
    OCS_SOURCE_LIST,
    OCS_SOURCE_CONTAINER /* a file of many pages: see container.h */
} ocs_source_kind;

/* What the file system says of a page, enough to see that it has not changed. */
typedef struct ocs_page_info {
    const char *path; /* absolute; borrowed until the next call on the source */
    uint64_t size;    /* of a page in a container: the container's, and so is the next */
    int64_t mtime_ns;
    size_t container; /* so many bytes of the path name the container; 0: it lies in none */
    uint64_t member;  /* its place there, from 1 */
} ocs_page_info;

/* Open a file or folder; the paths of its pages start with its real path, and go on with names as
 * they stand in the folder.  OCS_NOTFOUND with a message when it is missing, OCS_IO when it cannot
 * be read, OCS_BADINPUT when it is neither. */
ocs_status ocs_source_open(const char *path, ocs_source **source, ocs_error *err) OCS_MUST_CHECK;
/* A list of paths, one a line (a carriage return before the line feed is no part of it), or
 * separated by NUL bytes when ${nul}; empty ones are skipped, doubles dropped, relative ones count
 * from the current directory.  Read whole at once.  A path comes back as the real path of its
 * folder and its own last name, so that it is spelled as a folder source spells it.  ${stream} is a
 * FILE and stays the caller's.  ${name} is for messages: "list.txt", "standard input". OCS_BADINPUT
 * for a NUL byte in a list of lines, OCS_LIMIT for a list of more than 256 MiB. */
ocs_status ocs_source_open_list(void *stream, const char *name, bool nul, ocs_source **source,
                                ocs_error *err) OCS_MUST_CHECK;
void ocs_source_close(ocs_source *source);

/* The source's absolute path ("list:" and the name for a list), which identifies it. */
const char *ocs_source_name(const ocs_source *source);
ocs_source_kind ocs_source_kind_of(const ocs_source *source);

/* The next page.  OCS_NOTFOUND: no more.  Any other status but OCS_OK is the fault of one entry, a
 * file or a folder, named in ${err} and in info->path (whose other fields are 0); go on with the
 * next call.  What lies below a folder that failed is unknown, not gone.  OCS_IO: missing, a
 * dangling link, or unreadable; OCS_BADINPUT: not a regular file, or a link back; OCS_LIMIT: nested
 * too deep, or a path too long; OCS_NOMEM.  info->path is NULL only when there is no more. */
ocs_status ocs_source_next(ocs_source *source, ocs_page_info *info, ocs_error *err) OCS_MUST_CHECK;

/* Ask ${known} of every container before it is opened: when it says true, the container is passed over,
 * and what lies in it is the caller's to know.  What it is given lives until it returns. */
void ocs_source_ask_known(ocs_source *source,
                          bool (*known)(void *payload, const ocs_page_info *container),
                          void *payload);

/* How many files were passed over so far for their names. */
uint64_t ocs_source_passed_over(const ocs_source *source);
/* Whether a file called so is never a page: a style sheet, a script, a picture, a font, sound, a film,
 * a program, or a document of a kind that is not read here (PDF, word processors). */
bool ocs_never_page(const char *name);

/* Read one page whole into ${arena}, from a container, too (many pages of one: ocs_page_reader in
 * container.h).  A file larger than ${cap} bytes gives OCS_LIMIT; one that
 * changes its size while it is read, or has vanished, gives OCS_IO; what is no regular file gives
 * OCS_BADINPUT and is never waited for.  "-" is standard input, which may be a pipe. */
ocs_status ocs_page_read(const char *path, size_t cap, ocs_arena *arena, ocs_str *bytes,
                         ocs_error *err) OCS_MUST_CHECK;

#endif
