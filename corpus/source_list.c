/* A list of paths, read whole, made absolute, sorted and freed of doubles when it is opened; the
 * pages themselves are asked for one by one. */
#include "corpus/source_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LIST_MAX = 256 * 1024 * 1024, CHUNK = 64 * 1024 };
static const size_t paths_max = (size_t)2 << 30; /* absolute, so larger than the list itself */

struct ocs_path_list {
    ocs_arena *arena;
    OCS_VEC(const char *) paths;
    size_t next;
};

/* While reading: the folder of the path before, because neighbours mostly share it. */
typedef struct resolver {
    ocs_arena *arena;
    const char *here; /* the current directory */
    ocs_str folder;   /* as written, with its final slash; NULL before the first */
    const char *real; /* what it is really called; NULL when the system does not say */
} resolver;

static ocs_status read_all(FILE *stream, const char *name, ocs_buf *out, ocs_error *err)
{
    char chunk[CHUNK];
    size_t n;
    while ((n = fread(chunk, 1, sizeof chunk, stream)) > 0 && ocs_buf_status(out) == OCS_OK)
        ocs_buf_put(out, (ocs_str){chunk, n});
    if (ferror(stream))
        return ocs_fail(err, OCS_IO, "cannot read the list %s: %s", name, strerror(errno));
    if (ocs_buf_status(out) != OCS_OK)
        return ocs_fail(err, ocs_buf_status(out), "cannot read the list %s: %s", name,
                        ocs_status_name(ocs_buf_status(out)));
    return OCS_OK;
}

static const char *join(ocs_arena *arena, ocs_str head, bool slash, ocs_str tail)
{
    char *out = ocs_arena_alloc(arena, head.n + tail.n + 2);
    if (!out)
        return NULL;
    if (head.n > 0)
        memcpy(out, head.p, head.n);
    if (slash)
        out[head.n] = '/';
    if (tail.n > 0)
        memcpy(out + head.n + slash, tail.p, tail.n);
    return out;
}

static const char *absolute(resolver *r, ocs_str path)
{
    bool is = ocs_str_starts(path, OCS_STR("/"));
    ocs_str here = is ? (ocs_str){0} : ocs_str_of(r->here);
    return join(r->arena, here, !is && !ocs_str_ends(here, OCS_STR("/")), path);
}

/* Look up the real path of ${folder} unless it is that of the path before. */
static bool resolve_folder(resolver *r, ocs_str folder)
{
    if (r->folder.p && ocs_str_eq(folder, r->folder))
        return true;
    const char *named = folder.n > 0 ? absolute(r, folder) : r->here;
    if (!named)
        return false;
    char *real = realpath(named, NULL);
    r->real = real ? ocs_arena_copy(r->arena, real, strlen(real)) : NULL;
    bool done = !real || r->real;
    free(real);
    r->folder = folder.n > 0 ? folder : OCS_STR("");
    return done;
}

/* The path as a folder source would spell it; as written, but absolute, where its folder is
 * missing. NULL: the arena failed. */
static const char *resolve(resolver *r, ocs_str path)
{
    size_t name = path.n;
    while (name > 0 && path.p[name - 1] != '/')
        name--;
    ocs_str last = ocs_str_sub(path, name, path.n);
    if (!resolve_folder(r, ocs_str_sub(path, 0, name)))
        return NULL;
    bool folder = last.n == 0 || ocs_str_eq(last, OCS_STR(".")) || ocs_str_eq(last, OCS_STR(".."));
    if (!r->real || folder)
        return absolute(r, path);
    ocs_str real = ocs_str_of(r->real);
    return join(r->arena, real, !ocs_str_ends(real, OCS_STR("/")), last);
}

static ocs_status add_path(ocs_path_list *list, resolver *r, ocs_str path)
{
    const char *resolved = resolve(r, path);
    const char **added = resolved ? ocs_vec_push(list->arena, &list->paths) : NULL;
    if (!added)
        return ocs_arena_status(list->arena);
    *added = resolved;
    return OCS_OK;
}

static ocs_status add_paths(ocs_path_list *list, resolver *r, ocs_str rest, bool nul,
                            const char *name, ocs_error *err)
{
    ocs_str path;
    for (size_t line = 1; ocs_str_split(&rest, nul ? '\0' : '\n', &path); line++) {
        if (!nul && ocs_str_ends(path, OCS_STR("\r")))
            path.n--;
        if (path.n == 0)
            continue;
        if (!nul && memchr(path.p, '\0', path.n))
            return ocs_fail(err, OCS_BADINPUT,
                            "%s, line %zu: a NUL byte; are the paths separated by NUL bytes?", name,
                            line);
        ocs_status st = add_path(list, r, path);
        if (st != OCS_OK)
            return ocs_fail(err, st, "cannot read the list %s: %s", name, ocs_status_name(st));
    }
    return OCS_OK;
}

static int compare_paths(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void sort_and_drop_doubles(ocs_path_list *list)
{
    if (list->paths.n == 0)
        return;
    qsort(list->paths.at, list->paths.n, sizeof *list->paths.at, compare_paths);
    size_t kept = 1;
    for (size_t i = 1; i < list->paths.n; i++)
        if (strcmp(list->paths.at[i], list->paths.at[kept - 1]) != 0)
            list->paths.at[kept++] = list->paths.at[i];
    list->paths.n = kept;
}

static ocs_status fill(ocs_path_list *list, ocs_str bytes, bool nul, const char *name,
                       ocs_error *err)
{
    char *here = getcwd(NULL, 0);
    if (!here)
        return ocs_fail(err, OCS_IO, "cannot tell the current directory: %s", strerror(errno));
    resolver r = {.arena = list->arena, .here = here};
    ocs_status st = add_paths(list, &r, bytes, nul, name, err);
    free(here);
    sort_and_drop_doubles(list);
    return st;
}

static ocs_path_list *new_list(void)
{
    ocs_path_list *list = calloc(1, sizeof *list);
    if (list && !(list->arena = ocs_arena_new(paths_max))) {
        free(list);
        return NULL;
    }
    return list;
}

ocs_status ocs_path_list_read(void *stream, const char *name, bool nul, ocs_path_list **list,
                              ocs_error *err)
{
    ocs_buf bytes;
    ocs_buf_init(&bytes, LIST_MAX);
    *list = new_list();
    ocs_status st = *list ? read_all(stream, name, &bytes, err)
                          : ocs_fail(err, OCS_NOMEM, "cannot read the list %s: no memory", name);
    if (st == OCS_OK)
        st = fill(*list, ocs_buf_str(&bytes), nul, name, err);
    ocs_buf_clear(&bytes);
    if (st != OCS_OK) {
        ocs_path_list_close(*list);
        *list = NULL;
    }
    return st;
}

ocs_status ocs_path_list_next(ocs_path_list *list, ocs_page_info *info, ocs_error *err)
{
    if (list->next == list->paths.n)
        return OCS_NOTFOUND;
    return ocs_page_info_ask(info, list->paths.at[list->next++], err);
}

void ocs_path_list_close(ocs_path_list *list)
{
    if (!list)
        return;
    ocs_arena_free(list->arena);
    free(list);
}
