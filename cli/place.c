/* The directory is looked for in the order of place.h; several are opened as one index. */
#include "cli/place.h"

#include "cli/saved_file.h"

#include <stdlib.h>

static const char *join(ocs_arena *arena, const char *head, const char *tail)
{
    size_t n = strlen(head), m = strlen(tail);
    char *path = ocs_arena_alloc(arena, n + m + 1);
    if (!path)
        return NULL;
    memcpy(path, head, n);
    memcpy(path + n, tail, m + 1);
    return path;
}

/* An environment variable that is set and not empty. */
static const char *from_environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

ocs_status ocs_place_preset(const ocs_cli *cli, const char **dir, ocs_error *err)
{
    const char *own = from_environment("OCSEARCH_DB");
    const char *data = from_environment("XDG_DATA_HOME");
    const char *home = from_environment("HOME");
    if (own)
        *dir = own;
    else if (data && data[0] == '/') /* a relative one is to be ignored, says its specification */
        *dir = join(cli->arena, data, "/ocsearch/index");
    else if (home)
        *dir = join(cli->arena, home, "/.local/share/ocsearch/index");
    else
        return ocs_fail(err, OCS_USAGE, "where is the index? Name it with --db or OCSEARCH_DB");
    return *dir ? OCS_OK : ocs_fail(err, OCS_NOMEM, "no memory for the path of the index");
}

static ocs_exit open_failure(ocs_status status, const ocs_error *err)
{
    ocs_exit code = ocs_say_failure(status, err);
    return status == OCS_NOTFOUND ? OCS_EXIT_INDEX : code;
}

static ocs_exit open_all(const char *const *dirs, size_t n, ocs_index **index)
{
    ocs_error err = {0};
    ocs_status st = ocs_index_open(dirs[0], index, &err);
    if (st != OCS_OK)
        return open_failure(st, &err);
    for (size_t i = 1; i < n && st == OCS_OK; i++)
        st = ocs_index_add(*index, dirs[i], &err);
    if (st == OCS_OK)
        return OCS_EXIT_OK;
    ocs_index_close(*index);
    *index = NULL;
    return open_failure(st, &err);
}

ocs_exit ocs_place_aliases(const ocs_cli *cli, const ocs_aliases **aliases)
{
    ocs_error err = {0};
    const char *path = ocs_cli_text(cli, OCS_OPTION_ALIASES);
    if (!path)
        path = from_environment("OCSEARCH_ALIASES");
    ocs_status st = OCS_OK;
    if (path && !*cli->aliases)
        st = ocs_aliases_read(path, cli->aliases, &err);
    *aliases = *cli->aliases;
    if (st == OCS_OK)
        return OCS_EXIT_OK;
    ocs_exit code = ocs_say_failure(st, &err);
    return st == OCS_NOMEM ? code : OCS_EXIT_USAGE;
}

static ocs_exit open_named(const ocs_cli *cli, int db, ocs_index **index)
{
    ocs_error err = {0};
    const ocs_value *named = &cli->given->values[db];
    const char *preset = NULL;
    if (named->n_texts > 0)
        return open_all((const char *const *)named->texts, named->n_texts, index);
    if (named->text)
        return open_all(&named->text, 1, index);
    ocs_status st = ocs_place_preset(cli, &preset, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    return open_all(&preset, 1, index);
}

/* Queries may use saved ones; the file is only read when one does. */
static ocs_exit plan_with_saved(const ocs_cli *cli, ocs_index *index)
{
    ocs_saved_reader *reader = ocs_arena_alloc(cli->arena, sizeof *reader);
    ocs_plan_options *options = ocs_arena_alloc(cli->arena, sizeof *options);
    if (!reader || !options)
        return ocs_say_failure(OCS_NOMEM, &(ocs_error){0});
    *reader = (ocs_saved_reader){.cli = cli};
    *options = (ocs_plan_options){.saved = ocs_saved_reader_find, .payload = reader};
    ocs_index_set_planning(index, options);
    return OCS_EXIT_OK;
}

ocs_exit ocs_place_open(const ocs_cli *cli, int db, ocs_index **index)
{
    const ocs_aliases *aliases;
    ocs_exit code = ocs_place_aliases(cli, &aliases);
    if (code == OCS_EXIT_OK)
        code = open_named(cli, db, index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_index_set_aliases(*index, aliases);
    if ((code = plan_with_saved(cli, *index)) != OCS_EXIT_OK)
        ocs_index_close(*index);
    return code;
}

ocs_status ocs_place_find(ocs_index *index, const char *name, xap_docid *number, ocs_error *err)
{
    ocs_status st = ocs_index_find(index, ocs_str_of(name), number, err);
    if (st != OCS_NOTFOUND)
        return st;
    char *absolute = realpath(name, NULL);
    if (absolute)
        st = ocs_index_find(index, ocs_str_of(absolute), number, err);
    free(absolute);
    return st;
}

ocs_exit ocs_place_failure(ocs_status status, const ocs_error *err)
{
    ocs_exit code = ocs_say_failure(status, err);
    return status == OCS_NOTFOUND ? OCS_EXIT_INDEX : code;
}
