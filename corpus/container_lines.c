/* JSON Lines: an object a line, read by jansson.  Lines without anything are passed over; a line that
 * is no object with a page in it is told by its number, and the next one is read. */
#include "corpus/container_internal.h"

#include <jansson.h>
#include <stdlib.h>

enum { LINE_MAX_BYTES = 400 * 1024 * 1024 };

typedef struct lines_state {
    ocs_byte_stream *stream;
    char *path;
    json_t *object; /* of the line at hand */
    uint64_t number;
} lines_state;

static void close_lines(void *state)
{
    lines_state *s = state;
    if (!s)
        return;
    ocs_byte_stream_close(s->stream);
    json_decref(s->object);
    free(s->path);
    free(s);
}

static ocs_status open_lines(const char *path, void **state, ocs_error *err)
{
    lines_state *s = *state = calloc(1, sizeof *s);
    if (!s || !(s->path = strdup(path)))
        return ocs_fail(err, OCS_NOMEM, "no memory to read %s", path);
    return ocs_byte_stream_open(path, &s->stream, err);
}

static ocs_status next_line(lines_state *s, ocs_str *line, ocs_error *err)
{
    ocs_status st;
    do {
        st = ocs_byte_stream_line(s->stream, LINE_MAX_BYTES, line, err);
        s->number++;
    } while (st == OCS_OK && ocs_str_trim(*line).n == 0);
    return st;
}

static const json_t *page_of(const json_t *object)
{
    const json_t *html = json_object_get(object, "html");
    return json_is_string(html) ? html : json_object_get(object, "text");
}

static ocs_status fail_line(const lines_state *s, const char *why, ocs_error *err)
{
    return ocs_fail(err, OCS_BADINPUT, "%s, line %llu: %s", s->path, (unsigned long long)s->number,
                    why);
}

static ocs_status next_member(void *state, ocs_found *found, ocs_error *err)
{
    lines_state *s = state;
    ocs_str line;
    json_error_t why;
    ocs_status st = next_line(s, &line, err);
    if (st != OCS_OK)
        return st;
    json_decref(s->object);
    s->object = json_loadb(line.p, line.n, JSON_ALLOW_NUL, &why);
    if (!s->object)
        return fail_line(s, why.text, err);
    if (!json_is_string(page_of(s->object)))
        return fail_line(s, "no object with the string \"html\" or \"text\"", err);
    const char *url = json_string_value(json_object_get(s->object, "url"));
    *found = (ocs_found){.name = url, .url = url};
    return OCS_OK;
}

static ocs_status read_member(void *state, ocs_buf *out, ocs_error *err)
{
    const lines_state *s = state;
    const json_t *page = page_of(s->object);
    (void)err;
    ocs_buf_put(out, (ocs_str){json_string_value(page), json_string_length(page)});
    return OCS_OK;
}

const ocs_container_kind ocs_container_lines = {open_lines, next_member, read_member, close_lines};
