/* The face of all sources: opens the right kind and hands each call on to it.  Folders are walked
 * in source_folder.c, lists are read in source_list.c; a single file is answered here.  Whatever
 * gave it, a container is replaced by its members. */
#include "corpus/container.h"
#include "corpus/source_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

struct ocs_source {
    ocs_source_kind kind;
    char *name;
    bool done; /* a file has been given */
    ocs_folder_walk *walk;
    ocs_path_list *list;
    ocs_container *container; /* its members come next */
    ocs_page_info outside;    /* of the container */
    ocs_buf path;             /* of the member */
    bool (*known)(void *payload, const ocs_page_info *container);
    void *payload; /* of .known, which may be NULL */
};

const char *ocs_file_kind_name(mode_t mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return "a regular file";
    case S_IFDIR:
        return "a folder";
    case S_IFIFO:
        return "a named pipe";
    case S_IFSOCK:
        return "a socket";
    case S_IFBLK:
    case S_IFCHR:
        return "a device";
    default:
        return "no file";
    }
}

ocs_page_info ocs_page_info_of(const char *path, const struct stat *st)
{
    return (ocs_page_info){
        .path = path,
        .size = (uint64_t)st->st_size,
        .mtime_ns = (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
    };
}

ocs_status ocs_page_kind_check(const char *path, mode_t mode, ocs_error *err)
{
    if (S_ISREG(mode))
        return OCS_OK;
    return ocs_fail(err, OCS_BADINPUT, "%s is %s, not a page", path, ocs_file_kind_name(mode));
}

ocs_status ocs_page_info_ask(ocs_page_info *info, const char *path, ocs_error *err)
{
    struct stat st;
    *info = (ocs_page_info){.path = path};
    if (stat(path, &st) != 0)
        return ocs_fail(err, OCS_IO, "cannot read %s: %s", path, strerror(errno));
    ocs_status status = ocs_page_kind_check(path, st.st_mode, err);
    if (status == OCS_OK)
        *info = ocs_page_info_of(path, &st);
    return status;
}

bool ocs_never_page(const char *name)
{
    static const char *const endings[] = {
        "7z",   "aac",  "avi",   "avif", "bin",  "bmp",  "bz2",  "css",  "db",   "dll",
        "dmg",  "doc",  "docx",  "eot",  "epub", "exe",  "flac", "flv",  "gif",  "gz",
        "heic", "ico",  "jpeg",  "jpg",  "js",   "json", "m4a",  "m4v",  "map",  "mjs",
        "mkv",  "mov",  "mp3",   "mp4",  "mpeg", "odp",  "ods",  "odt",  "ogg",  "ogv",
        "otf",  "pdf",  "png",   "pps",  "ppt",  "pptx", "psd",  "rar",  "rtf",  "sqlite",
        "svg",  "swf",  "tif",   "tiff", "ttf",  "wasm", "wav",  "webm", "webp", "wma",
        "wmv",  "woff", "woff2", "xls",  "xlsx", "xz",   "zst"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot + 1, endings[i]) == 0)
            return !ocs_container_named(name);
    return false;
}

uint64_t ocs_source_passed_over(const ocs_source *source)
{
    return source->walk ? ocs_folder_walk_passed_over(source->walk) : 0;
}

static ocs_status new_source(ocs_source_kind kind, char *name, ocs_source **source, ocs_error *err)
{
    *source = name ? calloc(1, sizeof **source) : NULL;
    if (!*source) {
        free(name);
        return ocs_fail(err, OCS_NOMEM, "cannot open a source: out of memory");
    }
    (*source)->kind = kind;
    (*source)->name = name;
    ocs_buf_init(&(*source)->path, 2 * OCS_SOURCE_PATH_MAX);
    return OCS_OK;
}

static ocs_status absent_or_refused(const char *path, ocs_error *err)
{
    bool absent = errno == ENOENT || errno == ENOTDIR;
    return ocs_fail(err, absent ? OCS_NOTFOUND : OCS_IO, "cannot open %s: %s", path,
                    strerror(errno));
}

static ocs_status open_kind(ocs_source *source, const struct stat *st, ocs_error *err)
{
    if (S_ISDIR(st->st_mode)) {
        source->kind = OCS_SOURCE_FOLDER;
        return ocs_folder_walk_open(source->name, &source->walk, err);
    }
    if (!S_ISREG(st->st_mode))
        return ocs_fail(err, OCS_BADINPUT, "%s is %s, neither file nor folder", source->name,
                        ocs_file_kind_name(st->st_mode));
    if (faccessat(AT_FDCWD, source->name, R_OK, AT_EACCESS) != 0)
        return ocs_fail(err, OCS_IO, "cannot read %s: %s", source->name, strerror(errno));
    if (ocs_container_named(source->name))
        source->kind = OCS_SOURCE_CONTAINER;
    return OCS_OK;
}

ocs_status ocs_source_open(const char *path, ocs_source **source, ocs_error *err)
{
    *source = NULL;
    char *real = realpath(path, NULL);
    struct stat st;
    if (!real)
        return absent_or_refused(path, err);
    if (stat(real, &st) != 0) {
        ocs_status failed = absent_or_refused(path, err);
        free(real);
        return failed;
    }
    ocs_status status = new_source(OCS_SOURCE_FILE, real, source, err);
    if (status == OCS_OK && (status = open_kind(*source, &st, err)) != OCS_OK) {
        ocs_source_close(*source);
        *source = NULL;
    }
    return status;
}

static char *list_name(const char *name)
{
    static const char scheme[] = "list:";
    size_t n = strlen(name);
    char *out = malloc(sizeof scheme + n);
    if (out) {
        memcpy(out, scheme, sizeof scheme - 1);
        memcpy(out + sizeof scheme - 1, name, n + 1);
    }
    return out;
}

ocs_status ocs_source_open_list(void *stream, const char *name, bool nul, ocs_source **source,
                                ocs_error *err)
{
    ocs_status status = new_source(OCS_SOURCE_LIST, list_name(name), source, err);
    if (status != OCS_OK)
        return status;
    status = ocs_path_list_read(stream, name, nul, &(*source)->list, err);
    if (status != OCS_OK) {
        ocs_source_close(*source);
        *source = NULL;
    }
    return status;
}

void ocs_source_close(ocs_source *source)
{
    if (!source)
        return;
    ocs_container_close(source->container);
    ocs_buf_clear(&source->path);
    ocs_folder_walk_close(source->walk);
    ocs_path_list_close(source->list);
    free(source->name);
    free(source);
}

const char *ocs_source_name(const ocs_source *source)
{
    return source->name;
}

ocs_source_kind ocs_source_kind_of(const ocs_source *source)
{
    return source->kind;
}

/* A page or a container, as the file system has it. */
static ocs_status next_file(ocs_source *source, ocs_page_info *info, ocs_error *err)
{
    if (source->kind == OCS_SOURCE_FOLDER)
        return ocs_folder_walk_next(source->walk, info, err);
    if (source->kind == OCS_SOURCE_LIST)
        return ocs_path_list_next(source->list, info, err);
    if (source->done)
        return OCS_NOTFOUND;
    source->done = true;
    return ocs_page_info_ask(info, source->name, err);
}

/* ---- containers ---- */

/* Its path is kept in .path, where those of its members begin with it. */
static ocs_status enter(ocs_source *source, ocs_page_info *info, ocs_error *err)
{
    ocs_buf_reset(&source->path);
    ocs_buf_puts(&source->path, info->path);
    source->outside = *info;
    source->outside.container = source->path.n;
    source->outside.member = 0;
    ocs_status st = ocs_buf_status(&source->path);
    if (st == OCS_OK)
        st = ocs_container_open(source->path.p, &source->container, err);
    else
        st = ocs_fail(err, st, "cannot read %s: %s", info->path, ocs_status_name(st));
    if (st != OCS_OK)
        *info = (ocs_page_info){.path = info->path};
    return st;
}

/* OCS_NOTFOUND: the container is at its end, and closed. */
static ocs_status next_member(ocs_source *source, ocs_page_info *info, ocs_error *err)
{
    ocs_member member;
    ocs_status st = ocs_container_next(source->container, &member, err);
    ocs_buf_cut(&source->path, source->outside.container);
    *info = (ocs_page_info){.path = source->path.p};
    if (st == OCS_LIMIT || st == OCS_NOTFOUND) {
        ocs_container_close(source->container);
        source->container = NULL;
    }
    if (st != OCS_OK)
        return st;
    ocs_buf_putc(&source->path, '/');
    ocs_buf_puts(&source->path, member.name);
    *info = source->outside;
    info->path = source->path.p;
    info->member = ++source->outside.member;
    st = ocs_buf_status(&source->path);
    return st == OCS_OK ? st
                        : ocs_fail(err, st, "cannot read %s: %s", info->path, ocs_status_name(st));
}

void ocs_source_ask_known(ocs_source *source,
                          bool (*known)(void *payload, const ocs_page_info *container),
                          void *payload)
{
    source->known = known;
    source->payload = payload;
}

static bool is_known(const ocs_source *source, const ocs_page_info *container)
{
    return source->known && source->known(source->payload, container);
}

ocs_status ocs_source_next(ocs_source *source, ocs_page_info *info, ocs_error *err)
{
    for (;;) {
        ocs_status st = source->container ? next_member(source, info, err) : OCS_NOTFOUND;
        if (st != OCS_NOTFOUND)
            return st;
        *info = (ocs_page_info){0};
        st = next_file(source, info, err);
        if (st != OCS_OK || !ocs_container_named(info->path))
            return st;
        if (is_known(source, info))
            continue;
        if ((st = enter(source, info, err)) != OCS_OK)
            return st;
    }
}
