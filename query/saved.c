/* The file is small: it is read whole, changed line by line, and replaced whole. */
#include "query/saved.h"

#include "query/keep.h"

static const double LOCK_WAIT = 10; /* seconds; others hold it for milliseconds */
static const size_t MEMORY = 256 << 20;

/* ---- names and lines ---- */

bool ocs_saved_name_holds(ocs_str name)
{
    bool first = true;
    for (size_t at = 0; at < name.n; first = false) {
        uint32_t point;
        at += ocs_utf8_at(name, at, &point);
        bool joint = point == '-' || point == '_' || point == '.';
        if (point == OCS_REPLACEMENT || (joint && first))
            return false;
        if (!joint && !ocs_point_letter(point) && !ocs_point_digit(point))
            return false;
    }
    return name.n > 0 && name.n <= OCS_SAVED_NAME;
}

/* Whether the line is the person's own. */
static bool own_line(ocs_str line)
{
    ocs_str words = ocs_str_trim(line);
    return words.n == 0 || words.p[0] == '#';
}

static ocs_saved_query parse_line(ocs_str line, unsigned number)
{
    ocs_str words = ocs_str_trim(line);
    size_t end = 0;
    while (end < words.n && !ocs_ascii_space(words.p[end]))
        end++;
    ocs_saved_query parsed = {.name = ocs_str_sub(words, 0, end),
                              .query = ocs_str_trim(ocs_str_sub(words, end, words.n)),
                              .line = number};
    if (!ocs_saved_name_holds(parsed.name))
        parsed.fault = "a name has letters, digits and - _ . within, 64 bytes at most";
    else if (parsed.query.n == 0)
        parsed.fault = "the name has no query";
    return parsed;
}

ocs_status ocs_saved_read(const char *path, ocs_arena *arena, ocs_saved *saved, ocs_error *err)
{
    *saved = (ocs_saved){.path = path};
    ocs_status st = ocs_keep_read(path, OCS_SAVED_FILE, arena, &saved->text, err);
    if (st != OCS_OK)
        return st == OCS_NOTFOUND ? OCS_OK : st;
    ocs_str rest = saved->text, line;
    for (unsigned number = 1; ocs_str_split(&rest, '\n', &line); number++) {
        if (own_line(line))
            continue;
        ocs_saved_query *query = ocs_vec_push(arena, &saved->at);
        if (!query)
            return ocs_fail(err, ocs_arena_status(arena), "no memory for %s", path);
        *query = parse_line(line, number);
    }
    return OCS_OK;
}

ocs_status ocs_saved_find(const ocs_saved *saved, ocs_str name, ocs_str *query, ocs_error *err)
{
    const ocs_saved_query *found = NULL;
    for (size_t i = 0; i < saved->at.n; i++) {
        const ocs_saved_query *q = &saved->at.at[i];
        if (q->fault || !ocs_str_eq(q->name, name))
            continue;
        if (found)
            return ocs_fail(err, OCS_USAGE, "%s: lines %u and %u are both called '%.*s'",
                            saved->path, found->line, q->line, OCS_ARG(name));
        found = q;
    }
    if (!found)
        return OCS_NOTFOUND;
    *query = found->query;
    return OCS_OK;
}

/* ---- changing ---- */

/* A line feed or a tab in a query is a space like any other. */
static void put_line(ocs_buf *out, ocs_str name, ocs_str query)
{
    query = ocs_str_trim(query);
    ocs_buf_put(out, name);
    ocs_buf_putc(out, '\t');
    for (size_t i = 0; i < query.n; i++)
        ocs_buf_putc(out, ocs_ascii_space(query.p[i]) ? ' ' : query.p[i]);
    ocs_buf_putc(out, '\n');
}

/* The file with the line of ${name} left out or, with a query, put in its place; ${met} tells whether
 * there was one. */
static void rewrite(const ocs_saved *saved, ocs_str name, const ocs_str *query, ocs_buf *out,
                    bool *met)
{
    ocs_str rest = saved->text, line;
    *met = false;
    for (unsigned number = 1; rest.n > 0 && ocs_str_split(&rest, '\n', &line); number++) {
        bool of_name = !own_line(line) && ocs_str_eq(parse_line(line, number).name, name);
        if (!of_name) {
            ocs_buf_put(out, line);
            ocs_buf_putc(out, '\n');
        } else if (query && !*met) {
            put_line(out, name, *query);
        }
        *met = *met || of_name;
    }
}

typedef struct change {
    ocs_str name;
    const ocs_str *query; /* NULL: it is removed */
    bool replace;
} change;

static ocs_status make_change(const char *path, const change *c, ocs_arena *arena, ocs_buf *out,
                              ocs_error *err)
{
    ocs_saved saved;
    bool met;
    ocs_status st = ocs_saved_read(path, arena, &saved, err);
    if (st != OCS_OK)
        return st;
    rewrite(&saved, c->name, c->query, out, &met);
    if (met && c->query && !c->replace)
        return ocs_fail(err, OCS_USAGE, "there is a saved query '%.*s' already", OCS_ARG(c->name));
    if (!met && !c->query)
        return OCS_NOTFOUND;
    if (!met)
        put_line(out, c->name, *c->query);
    st = ocs_buf_status(out);
    if (st != OCS_OK)
        return ocs_fail(err, st, "%s cannot be longer than %d bytes", path, OCS_SAVED_FILE);
    return ocs_keep_replace(path, ocs_buf_str(out), err);
}

static ocs_status change_file(const char *path, const change *c, ocs_error *err)
{
    int lock;
    ocs_buf out;
    ocs_status st = ocs_keep_lock(path, LOCK_WAIT, &lock, err);
    if (st != OCS_OK)
        return st;
    ocs_arena *arena = ocs_arena_new(MEMORY);
    ocs_buf_init(&out, OCS_SAVED_FILE);
    st = arena ? make_change(path, c, arena, &out, err)
               : ocs_fail(err, OCS_NOMEM, "no memory for %s", path);
    ocs_buf_clear(&out);
    ocs_arena_free(arena);
    ocs_keep_unlock(lock);
    return st;
}

ocs_status ocs_saved_add(const char *path, ocs_str name, ocs_str query, bool replace,
                         ocs_error *err)
{
    if (!ocs_saved_name_holds(name))
        return ocs_fail(
            err, OCS_USAGE,
            "'%.*s' cannot be a name: letters, digits and - _ . within, %d bytes at most",
            name.n > 100 ? 100 : (int)name.n, name.p, OCS_SAVED_NAME);
    if (ocs_str_trim(query).n == 0)
        return ocs_fail(err, OCS_USAGE, "the query is empty");
    return change_file(path, &(change){name, &query, replace}, err);
}

ocs_status ocs_saved_remove(const char *path, ocs_str name, ocs_error *err)
{
    return change_file(path, &(change){.name = name}, err);
}
