/* Paths from options and the environment.  A state file is called NAME.HASH, the hash that of the
 * indexes' real paths: a rebuilt index is the same one, a moved index is another. */
#include "cli/saved_file.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <unistd.h>

enum { ABOUT_CAP = 1 << 20, HASH_DIGITS = 16 };

static const char *from_environment(const char *name)
{
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static const char *keep(const ocs_cli *cli, const ocs_buf *text)
{
    return ocs_buf_status(text) == OCS_OK ? ocs_arena_copy(cli->arena, text->p, text->n) : NULL;
}

/* ${given}, else $XDG/TAIL, else $HOME/FOLDER/TAIL. */
static ocs_status find_place(const ocs_cli *cli, const char *given, const char *xdg,
                             const char *folder, const char *tail, const char **path,
                             ocs_error *err)
{
    ocs_buf text;
    const char *above = from_environment(xdg), *home = from_environment("HOME");
    ocs_buf_init(&text, ABOUT_CAP);
    if (given)
        ocs_buf_puts(&text, given);
    else if (above && above[0] == '/')
        ocs_buf_putf(&text, "%s/%s", above, tail);
    else if (home)
        ocs_buf_putf(&text, "%s/%s/%s", home, folder, tail);
    else
        return ocs_fail(err, OCS_USAGE,
                        "where are saved queries? Set HOME, or name the place with an option");
    *path = keep(cli, &text);
    ocs_buf_clear(&text);
    return *path ? OCS_OK : ocs_fail(err, OCS_NOMEM, "no memory for the path of saved queries");
}

ocs_status ocs_saved_file(const ocs_cli *cli, const char *given, const char **path, ocs_error *err)
{
    if (!given)
        given = from_environment("OCSEARCH_SAVED");
    return find_place(cli, given, "XDG_CONFIG_HOME", ".config", "ocsearch/saved", path, err);
}

/* ---- what was given ---- */

static ocs_status state_dir(const ocs_cli *cli, const char *given, const char **dir, ocs_error *err)
{
    return find_place(cli, given, "XDG_STATE_HOME", ".local/state", "ocsearch/seen", dir, err);
}

static ocs_status put_real_path(const char *dir, ocs_buf *about, ocs_error *err)
{
    char *real = realpath(dir, NULL);
    if (!real)
        return ocs_fail(err, OCS_NOTFOUND, "there is no index at %s: %s", dir, strerror(errno));
    ocs_buf_putc(about, '\n');
    ocs_buf_puts(about, real);
    free(real);
    return OCS_OK;
}

static ocs_status put_indexes(const ocs_cli *cli, int db, ocs_buf *about, ocs_error *err)
{
    const ocs_value *named = &cli->given->values[db];
    const char *preset;
    ocs_status st = OCS_OK;
    if (named->n_texts == 0) {
        st = ocs_place_preset(cli, &preset, err);
        return st == OCS_OK ? put_real_path(preset, about, err) : st;
    }
    for (size_t i = 0; st == OCS_OK && i < named->n_texts; i++)
        st = put_real_path(named->texts[i], about, err);
    return st;
}

ocs_status ocs_saved_state_of(const ocs_cli *cli, const char *given, int db, ocs_str name,
                              ocs_saved_state *state, ocs_error *err)
{
    const char *dir;
    ocs_buf text;
    *state = (ocs_saved_state){.several = cli->given->values[db].n_texts > 1};
    ocs_status st = state_dir(cli, given, &dir, err);
    if (st != OCS_OK)
        return st;
    ocs_buf_init(&text, ABOUT_CAP);
    ocs_buf_put(&text, name);
    if ((st = put_indexes(cli, db, &text, err)) == OCS_OK) {
        state->about = ocs_str_copy(cli->arena, ocs_buf_str(&text));
        ocs_buf_reset(&text);
        ocs_buf_putf(&text, "%s/%.*s.%016" PRIx64, dir, OCS_ARG(name), ocs_hash(state->about));
        state->path = keep(cli, &text);
        if (!state->path || !state->about.p)
            st = ocs_fail(err, OCS_NOMEM, "no memory for the path of what was given");
    }
    ocs_buf_clear(&text);
    return st;
}

/* NAME.HASH, and its lock. */
static bool is_of(ocs_str file, ocs_str name)
{
    if (ocs_str_ends(file, OCS_STR(".lock")))
        file.n -= 5;
    return file.n == name.n + 1 + HASH_DIGITS && ocs_str_starts(file, name) &&
           file.p[name.n] == '.';
}

ocs_status ocs_saved_state_forget(const ocs_cli *cli, const char *given, ocs_str name,
                                  ocs_error *err)
{
    const char *path;
    const struct dirent *file;
    ocs_status st = state_dir(cli, given, &path, err);
    if (st != OCS_OK)
        return st;
    DIR *dir = opendir(path);
    if (!dir && errno == ENOENT)
        return OCS_OK;
    if (!dir)
        return ocs_fail(err, OCS_IO, "cannot read %s: %s", path, strerror(errno));
    while ((file = readdir(dir)))
        if (is_of(ocs_str_of(file->d_name), name) && unlinkat(dirfd(dir), file->d_name, 0) != 0)
            st = ocs_fail(err, OCS_IO, "cannot remove %s/%s: %s", path, file->d_name,
                          strerror(errno));
    closedir(dir);
    return st;
}

/* ---- saved:NAME ---- */

ocs_status ocs_saved_reader_find(void *payload, ocs_str name, ocs_arena *arena, ocs_str *text,
                                 ocs_error *err)
{
    ocs_saved_reader *reader = payload;
    const char *path;
    (void)arena; /* the file is kept for as long as the program runs */
    if (!reader->read) {
        ocs_status st = ocs_saved_file(reader->cli, reader->given, &path, err);
        if (st == OCS_OK)
            st = ocs_saved_read(path, reader->cli->arena, &reader->saved, err);
        if (st != OCS_OK)
            return st;
        reader->read = true;
    }
    return ocs_saved_find(&reader->saved, name, text, err);
}
