/* Containers: files that hold many pages.  Known by the end of their name, blind to case:
 *   .tar .tar.gz .tgz .tar.bz2 .tbz2 .tar.xz .txz .tar.zst .zip   the regular files in them, but for
 *                  names that start with a full stop and what is no page by its name (source.h)
 *   .warc .warc.gz   (WARC 1.0 and 1.1, ISO 28500) the pages that a crawler got: responses of status
 *                  2xx, resources and conversions, of HTML, plain text or no stated type
 *   .jsonl .jsonl.gz .ndjson .ndjson.gz   one JSON object a line with the string "html" or "text",
 *                  and "url" if it is known; other members are let pass
 *
 * A member is a page.  Its path is that of the container, a slash, and its name: what the container
 * calls it, its address in a crawl, or else the number of its record.  The second of a name ends in
 * "#2", and so on.  So a container counts as a folder.  Containers within containers are not opened.
 *
 * What a container becomes when it is unpacked is bounded: OCS_CONTAINER_RATIO times its size and
 * OCS_CONTAINER_SPARE bytes. */
#ifndef OCS_CORPUS_CONTAINER_H
#define OCS_CORPUS_CONTAINER_H

#include "base/base.h"

enum { OCS_CONTAINER_RATIO = 500, OCS_CONTAINER_SPARE = 64 * 1024 * 1024 };

typedef struct ocs_container ocs_container;

typedef struct ocs_member {
    const char *name; /* unique in the container; both borrowed until the next call */
    const char *url;  /* NULL if unknown */
} ocs_member;

/* Whether ${path} is named like one. */
bool ocs_container_named(const char *path);

/* OCS_IO when it cannot be read, OCS_BADINPUT when it is no container, which some kinds only tell by
 * the first ocs_container_next; OCS_NOMEM. */
ocs_status ocs_container_open(const char *path, ocs_container **container,
                              ocs_error *err) OCS_MUST_CHECK;
void ocs_container_close(ocs_container *container);

/* The next page.  OCS_NOTFOUND: no more.  OCS_BADINPUT: the record or member that ${err} names cannot
 * be read, go on with the next call, which gives OCS_NOTFOUND where nothing behind it can be found.
 * OCS_LIMIT: it becomes too much; nothing behind it is read. */
ocs_status ocs_container_next(ocs_container *container, ocs_member *member,
                              ocs_error *err) OCS_MUST_CHECK;

/* The bytes of the member that ocs_container_next gave, once.  OCS_LIMIT beyond ${cap} bytes. */
ocs_status ocs_container_read(ocs_container *container, size_t cap, ocs_arena *arena,
                              ocs_str *bytes, ocs_error *err) OCS_MUST_CHECK;

/* ---- pages by their path, in containers or not ---- */

/* Keeps the container of the last page open, so that pages that are asked for in its order cost one
 * pass over it. */
typedef struct ocs_page_reader ocs_page_reader;

ocs_page_reader *ocs_page_reader_new(void); /* NULL when memory ran out */
void ocs_page_reader_free(ocs_page_reader *reader);
/* As ocs_page_read, of a page in a container, too, whose address is ${url} (may be NULL) where it is
 * known.  A container that lost the page gives OCS_IO. */
ocs_status ocs_page_reader_read(ocs_page_reader *reader, const char *path, size_t cap,
                                ocs_arena *arena, ocs_str *bytes, ocs_str *url,
                                ocs_error *err) OCS_MUST_CHECK;

/* Whether ${path} leads through a folder that is named like a container. */
bool ocs_path_in_container(const char *path);
/* Whether the file at ${path}, or the container that the path leads through, is on disk; true when
 * the system does not say. */
bool ocs_page_on_disk(const char *path);

#endif
