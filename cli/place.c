/* The directory is looked for in the order of place.h; several are opened as one index. */
#include "cli/place.h"

#include "cli/saved_file.h"
#include "cli/tables.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

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
    if (status == OCS_CORRUPT)
        ocs_say(
            "the index is damaged; the pages are not: move it away and run `ocsearch index` anew");
    return status == OCS_NOTFOUND ? OCS_EXIT_INDEX : code;
}

/* All of ${dirs} but for those that do not answer, as long as there are others.  The first that is
 * opened makes the index, and those before it are noted then. */
static ocs_status open_reachable(const char *const *dirs, size_t n, ocs_index **index,
                                 ocs_error *err)
{
    ocs_status st = OCS_OK;
    *index = NULL;
    for (size_t i = 0; i < n; i++) {
        bool first = !*index;
        st = first ? ocs_index_open(dirs[i], index, err) : ocs_index_add(*index, dirs[i], err);
        bool silent = st == OCS_NETWORK || st == OCS_TIMEOUT;
        if (st != OCS_OK && !silent)
            return st;
        if (silent && *index)
            st = ocs_index_miss(*index, dirs[i], err);
        for (size_t k = 0; st == OCS_OK && first && k < i; k++)
            st = ocs_index_miss(*index, dirs[k], err);
        if (st != OCS_OK && !silent)
            return st;
    }
    return *index ? OCS_OK : st;
}

static ocs_exit open_all(const char *const *dirs, size_t n, bool need_all, ocs_index **index)
{
    ocs_error err = {0};
    ocs_status st = open_reachable(dirs, n, index, &err);
    if (st == OCS_OK && need_all && ocs_index_missing(*index, 0))
        st = ocs_fail(&err, OCS_NETWORK, "%s does not answer", ocs_index_missing(*index, 0));
    if (st == OCS_OK && need_all)
        ocs_index_need_all(*index);
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

static bool same_place(const char *a, const char *b)
{
    struct stat at, bt;
    if (strcmp(a, b) == 0)
        return true;
    return stat(a, &at) == 0 && stat(b, &bt) == 0 && at.st_dev == bt.st_dev &&
           at.st_ino == bt.st_ino;
}

static bool is_among(const char *dir, const char *const *dirs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (same_place(dir, dirs[i]))
            return true;
    return false;
}

/* Each index once: of one that is opened twice all documents would count twice. */
static ocs_exit open_each(const ocs_cli *cli, const ocs_value *named, ocs_index **index)
{
    ocs_error err = {0};
    size_t n = 0;
    const char **dirs = ocs_arena_alloc(cli->arena, named->n_texts * sizeof *dirs);
    if (!dirs)
        return ocs_say_failure(ocs_fail(&err, OCS_NOMEM, "no memory for the command line"), &err);
    for (size_t i = 0; i < named->n_texts; i++) {
        const char *dir = named->texts[i];
        if (is_among(dir, dirs, n))
            ocs_say("--db=%s is named twice, and opened once", dir);
        else
            dirs[n++] = dir;
    }
    return open_all(dirs, n, ocs_cli_flag(cli, OCS_OPTION_ALL_SHARDS), index);
}

static ocs_exit open_named(const ocs_cli *cli, int db, ocs_index **index)
{
    ocs_error err = {0};
    const ocs_value *named = &cli->given->values[db];
    const char *preset = NULL;
    bool need_all = ocs_cli_flag(cli, OCS_OPTION_ALL_SHARDS);
    if (named->n_texts > 0)
        return open_each(cli, named, index);
    if (named->text)
        return open_all(&named->text, 1, need_all, index);
    ocs_status st = ocs_place_preset(cli, &preset, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    ocs_exit code = open_all(&preset, 1, need_all, index);
    if (code == OCS_EXIT_INDEX)
        ocs_say("an index at another place is named with --db DIR or OCSEARCH_DB");
    return code;
}

/* ---- how queries are planned ---- */

static ocs_status read_expand(const ocs_cli *cli, ocs_plan_options *options, ocs_error *err)
{
    unsigned expand;
    int row = ocs_cli_row(cli, "expand");
    const char *text = row >= 0 ? ocs_cli_text(cli, row) : NULL;
    if (!text)
        return OCS_OK;
    ocs_status st = ocs_expand_parse(ocs_str_of(text), &expand, err);
    if (st == OCS_OK)
        options->without = OCS_EXPAND_ALL & ~expand;
    return st;
}

static ocs_status read_tables(const ocs_cli *cli, ocs_plan_options *options, ocs_error *err)
{
    int row = ocs_cli_row(cli, "tables");
    if (row < 0)
        return OCS_OK;
    ocs_status st = *cli->tables ? OCS_OK : ocs_cli_tables(cli, row, cli->tables, err);
    options->tables = ocs_gaz_overlay_gaz(*cli->tables);
    return st;
}

/* Text without --explain shows no expansions. */
static bool brief(const ocs_cli *cli)
{
    int format = ocs_cli_row(cli, "format"), explain = ocs_cli_row(cli, "explain");
    bool text = format < 0 || ocs_cli_number(cli, format) == 0; /* which stands first everywhere */
    return text && (explain < 0 || !ocs_cli_flag(cli, explain));
}

/* The options last as long as the command line.  The file of saved queries is only read when a query
 * uses one. */
static ocs_exit planning(const ocs_cli *cli, const ocs_plan_options **options)
{
    ocs_error err = {0};
    ocs_plan_options *made = ocs_arena_alloc(cli->arena, sizeof *made);
    ocs_saved_reader *reader = ocs_arena_alloc(cli->arena, sizeof *reader);
    if (!made || !reader)
        return ocs_say_failure(ocs_fail(&err, OCS_NOMEM, "no memory for the command line"), &err);
    *reader = (ocs_saved_reader){.cli = cli};
    *made =
        (ocs_plan_options){.brief = brief(cli), .saved = ocs_saved_reader_find, .payload = reader};
    *options = made;
    ocs_status st = read_expand(cli, made, &err);
    if (st == OCS_OK)
        st = read_tables(cli, made, &err);
    return st == OCS_OK ? OCS_EXIT_OK : ocs_say_failure(st, &err);
}

ocs_exit ocs_place_open(const ocs_cli *cli, int db, ocs_index **index)
{
    const ocs_aliases *aliases;
    const ocs_plan_options *options;
    ocs_exit code = ocs_place_aliases(cli, &aliases);
    if (code == OCS_EXIT_OK)
        code = planning(cli, &options);
    if (code == OCS_EXIT_OK)
        code = open_named(cli, db, index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_index_set_aliases(*index, aliases);
    ocs_index_set_planning(*index, options);
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

ocs_exit ocs_place_unknown(const char *name)
{
    if (access(name, F_OK) == 0)
        ocs_say("%s is not in the index: 'ocsearch index' adds it, 'ocsearch extract' reads it as "
                "it is",
                name);
    else
        ocs_say("there is no document '%s': name it by its id, or by its path as search prints it",
                name);
    return OCS_EXIT_NONE;
}

ocs_exit ocs_place_failure(ocs_status status, const ocs_error *err)
{
    ocs_exit code = ocs_say_failure(status, err);
    return status == OCS_NOTFOUND ? OCS_EXIT_INDEX : code;
}

ocs_exit ocs_place_close(ocs_index *index, ocs_exit code)
{
    bool missing = ocs_index_missing(index, 0) != NULL;
    for (size_t i = 0; ocs_index_missing(index, i); i++)
        ocs_say("%s does not answer: this is without it", ocs_index_missing(index, i));
    ocs_index_close(index);
    return missing && (code == OCS_EXIT_OK || code == OCS_EXIT_NONE) ? OCS_EXIT_INCOMPLETE : code;
}
