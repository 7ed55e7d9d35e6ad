/* Reading.  An index that is open holds one or several parts, each a directory with the database of
 * its current generation.  Searches go to the parts joined; metadata are asked part by part, since
 * libxapian joins documents only. */
#include "index/index_internal.h"

#include "index/database.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { TRIES = 3, KEY_CAP = 64 * 1024 };

/* ---- parts ---- */

static void close_part(ocs_index_part *p)
{
    xap_db_close(p->db);
    free(p->dir);
    *p = (ocs_index_part){0};
}

/* Open the current generation.  It may be switched and removed while we look; then look again. */
static ocs_status open_current(ocs_index_part *p, ocs_error *err)
{
    char tried[OCS_PATH_ROOM] = "";
    ocs_status opened = OCS_CORRUPT;
    for (int i = 0; i < TRIES; i++) {
        ocs_status st = ocs_generation_current(p->dir, p->database, err);
        if (st != OCS_OK)
            return st;
        if (strcmp(tried, p->database) == 0)
            return opened; /* the same one again: that was not the reason */
        if ((opened = ocs_database_open(p->database, &p->db, err)) == OCS_OK)
            return OCS_OK;
        memcpy(tried, p->database, sizeof tried);
    }
    return opened;
}

static ocs_status open_part(ocs_index_part *p, const char *dir, ocs_error *err)
{
    *p = (ocs_index_part){.dir = strdup(dir)};
    if (!p->dir)
        return ocs_fail(err, OCS_NOMEM, "no memory to open %s", dir);
    ocs_status st = open_current(p, err);
    if (st != OCS_OK)
        close_part(p);
    return st;
}

/* Move to the current generation, or to the newest revision of it. */
static ocs_status reopen_part(ocs_index_part *p, bool *switched, ocs_error *err)
{
    ocs_index_part newer = {.dir = p->dir};
    ocs_status st = ocs_generation_current(p->dir, newer.database, err);
    if (st != OCS_OK)
        return st;
    *switched = strcmp(newer.database, p->database) != 0;
    if (!*switched) {
        st = xap_db_reopen(p->db, NULL, err);
        return st == OCS_OK ? ocs_database_check(p->db, p->database, err) : st;
    }
    if ((st = open_current(&newer, err)) != OCS_OK)
        return st;
    xap_db_close(p->db);
    *p = newer;
    return OCS_OK;
}

/* ---- the whole ---- */

static ocs_status join_parts(ocs_index *index, ocs_error *err)
{
    xap_db_close(index->joined);
    index->joined = NULL;
    if (index->n < 2)
        return OCS_OK;
    ocs_status st = xap_db_open(index->parts[0].database, &index->joined, err);
    for (size_t i = 1; st == OCS_OK && i < index->n; i++)
        st = xap_db_add(index->joined, index->parts[i].database, err);
    return st;
}

static ocs_status gather_langs(ocs_index *index, ocs_error *err)
{
    ocs_langs langs = {0};
    ocs_str list;
    for (size_t i = 0; i < index->n; i++) {
        ocs_status st = xap_db_metadata(index->parts[i].db, OCS_STR(OCS_META_LANGS), &list, err);
        if (st != OCS_OK)
            return st;
        ocs_langs_add_list(&langs, list);
    }
    index->langs_size = ocs_langs_print(&langs, index->langs).n;
    return OCS_OK;
}

ocs_status ocs_index_open(const char *dir, ocs_index **index, ocs_error *err)
{
    *index = calloc(1, sizeof **index);
    if (!*index)
        return ocs_fail(err, OCS_NOMEM, "no memory to open %s", dir);
    ocs_status st = ocs_index_add(*index, dir, err);
    if (st != OCS_OK) {
        ocs_index_close(*index);
        *index = NULL;
    }
    return st;
}

ocs_status ocs_index_add(ocs_index *index, const char *dir, ocs_error *err)
{
    ocs_status st;
    if (index->n == OCS_PARTS_MAX)
        return ocs_fail(err, OCS_LIMIT, "more than %d indexes to be searched together",
                        OCS_PARTS_MAX);
    if ((st = open_part(&index->parts[index->n], dir, err)) != OCS_OK)
        return st;
    index->n++;
    if ((st = join_parts(index, err)) != OCS_OK)
        return st;
    return gather_langs(index, err);
}

void ocs_index_close(ocs_index *index)
{
    if (!index)
        return;
    for (size_t i = 0; i < index->n; i++)
        close_part(&index->parts[i]);
    xap_db_close(index->joined);
    free(index);
}

ocs_status ocs_index_reopen(ocs_index *index, ocs_error *err)
{
    ocs_status st;
    bool any = false, switched;
    for (size_t i = 0; i < index->n; i++) {
        if ((st = reopen_part(&index->parts[i], &switched, err)) != OCS_OK)
            return st;
        any |= switched;
    }
    st = OCS_OK;
    if (any)
        st = join_parts(index, err);
    else if (index->joined)
        st = xap_db_reopen(index->joined, NULL, err);
    return st == OCS_OK ? gather_langs(index, err) : st;
}

xap_db *ocs_index_db(ocs_index *index)
{
    return index->joined ? index->joined : index->parts[0].db;
}

ocs_str ocs_index_langs(const ocs_index *index)
{
    return (ocs_str){index->langs, index->langs_size};
}

/* ---- documents ---- */

void ocs_index_set_aliases(ocs_index *index, const ocs_aliases *aliases)
{
    index->aliases = aliases;
}

const ocs_aliases *ocs_index_aliases(const ocs_index *index)
{
    return index->aliases;
}

void ocs_index_set_planning(ocs_index *index, const struct ocs_plan_options *options)
{
    index->planning = options;
}

const struct ocs_plan_options *ocs_index_planning(const ocs_index *index)
{
    return index->planning;
}

ocs_status ocs_index_document(ocs_index *index, xap_docid number, ocs_arena *arena,
                              ocs_document *document, ocs_error *err)
{
    ocs_str data;
    ocs_status st = xap_db_data(ocs_index_db(index), number, &data, err);
    if (st != OCS_OK)
        return st;
    data = ocs_str_copy(arena, data); /* the handle takes its bytes back */
    if (!data.p)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for document %u", number);
    if ((st = ocs_document_unpack(data, arena, document, err)) != OCS_OK)
        return ocs_fail_within(err, st, "document %u", number);
    if (!ocs_aliases_apply(index->aliases, arena, document))
        return ocs_fail(err, ocs_arena_status(arena), "no memory for document %u", number);
    return OCS_OK;
}

static ocs_status find_id(ocs_index *index, ocs_str id, xap_docid *number, ocs_error *err)
{
    ocs_buf term;
    ocs_buf_init(&term, KEY_CAP);
    ocs_term_id(&term, id);
    ocs_status st = ocs_buf_status(&term);
    if (st == OCS_OK)
        st = xap_db_first(ocs_index_db(index), ocs_buf_str(&term), number, err);
    ocs_buf_clear(&term);
    return st;
}

static ocs_status find_path(ocs_index *index, const char *path, xap_docid *number, ocs_error *err)
{
    char id[17];
    ocs_document_id(ocs_str_of(path), id);
    return find_id(index, ocs_str_of(id), number, err);
}

/* ${path} from the current directory, without "." and ".." and double slashes, so that a page can
 * be found that is no longer on disk. */
static bool absolute(const char *path, char out[OCS_PATH_ROOM])
{
    size_t n = 0;
    char here[OCS_PATH_ROOM] = "", whole[2 * OCS_PATH_ROOM];
    if (path[0] != '/' && !getcwd(here, sizeof here))
        return false;
    snprintf(whole, sizeof whole, "%s/%s", here, path);
    ocs_str rest = ocs_str_of(whole), piece;
    while (ocs_str_split(&rest, '/', &piece)) {
        if (piece.n == 0 || ocs_str_eq(piece, OCS_STR(".")))
            continue;
        if (ocs_str_eq(piece, OCS_STR(".."))) {
            while (n > 0 && out[--n] != '/')
                ;
            continue;
        }
        if (n + piece.n + 2 > OCS_PATH_ROOM)
            return false;
        out[n++] = '/';
        memcpy(out + n, piece.p, piece.n);
        n += piece.n;
    }
    out[n] = '\0';
    return n > 0;
}

/* As written, then with its links resolved as a source does. */
static ocs_status find_file(ocs_index *index, const char *path, xap_docid *number, ocs_error *err)
{
    char plain[OCS_PATH_ROOM];
    ocs_status st = find_path(index, path, number, err);
    if (st == OCS_NOTFOUND && absolute(path, plain))
        st = find_path(index, plain, number, err);
    if (st != OCS_NOTFOUND)
        return st;
    char *real = realpath(path, NULL);
    if (real)
        st = find_path(index, real, number, err);
    free(real);
    return st;
}

ocs_status ocs_index_find(ocs_index *index, ocs_str id_or_path, xap_docid *number, ocs_error *err)
{
    ocs_status st = find_id(index, id_or_path, number, err);
    if (st != OCS_NOTFOUND || id_or_path.n == 0)
        return st;
    char *path = strndup(id_or_path.p, id_or_path.n);
    if (!path)
        return ocs_fail(err, OCS_NOMEM, "no memory to look up a path");
    st = find_file(index, path, number, err);
    free(path);
    return st;
}
