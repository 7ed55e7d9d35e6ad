/* WARC (ISO 28500): records one behind the other, each a head of lines and a block whose length the
 * head states.  The block of a response is an HTTP message, with a head of its own; its body may be
 * in chunks (RFC 9112, 7.1) and compressed (RFC 9110, 8.4), as the crawler got it. */
#include "corpus/container_internal.h"

#include <stdlib.h>
#include <strings.h>
#include <zlib.h>

enum { LINE_CAP = 64 * 1024, HEAD_LINES = 1000, INFLATE_PIECE = 64 * 1024 };

typedef struct warc_state {
    ocs_byte_stream *stream;
    char *path;
    char *url;       /* of the record at hand */
    uint64_t left;   /* bytes of its block that were not taken */
    uint64_t number; /* of the record */
    bool chunked, compressed, ended;
} warc_state;

/* What a head says that we ask for. */
typedef struct warc_head {
    char type[32], media[64];
    uint64_t length;
    bool has_length;
} warc_head;

static void close_warc(void *state)
{
    warc_state *s = state;
    if (!s)
        return;
    ocs_byte_stream_close(s->stream);
    free(s->path);
    free(s->url);
    free(s);
}

static ocs_status open_warc(const char *path, void **state, ocs_error *err)
{
    warc_state *s = *state = calloc(1, sizeof *s);
    if (!s || !(s->path = strdup(path)))
        return ocs_fail(err, OCS_NOMEM, "no memory to read %s", path);
    return ocs_byte_stream_open(path, &s->stream, err);
}

static ocs_status fail_record(const warc_state *s, const char *why, ocs_error *err)
{
    return ocs_fail(err, OCS_BADINPUT, "%s, record %llu: %s", s->path,
                    (unsigned long long)s->number, why);
}

/* From here on nothing can be found. */
static ocs_status give_up(warc_state *s, const char *why, ocs_error *err)
{
    s->ended = true;
    return fail_record(s, why, err);
}

/* ---- heads ---- */

/* The value of a line "Name: value" when that is its name, else of length 0. */
static ocs_str value_of(ocs_str line, const char *name)
{
    size_t n = strlen(name);
    if (line.n <= n || line.p[n] != ':' || strncasecmp(line.p, name, n) != 0)
        return (ocs_str){0};
    return ocs_str_trim(ocs_str_sub(line, n + 1, line.n));
}

static void keep(char *out, size_t room, ocs_str value)
{
    size_t n = value.n < room - 1 ? value.n : room - 1;
    if (value.n == 0)
        return;
    memcpy(out, value.p, n);
    out[n] = '\0';
}

static bool read_number(ocs_str text, int base, uint64_t *number)
{
    char digits[24], *end;
    if (text.n == 0 || text.n >= sizeof digits)
        return false;
    memcpy(digits, text.p, text.n);
    digits[text.n] = '\0';
    *number = strtoull(digits, &end, base);
    return *end == '\0' && digits[0] != '-' && digits[0] != '+';
}

/* WARC 1.0 puts addresses between angle brackets, though its examples do not. */
static ocs_status keep_url(warc_state *s, ocs_str value, ocs_error *err)
{
    if (value.n > 1 && value.p[0] == '<' && value.p[value.n - 1] == '>')
        value = ocs_str_sub(value, 1, value.n - 1);
    if (value.n == 0)
        return OCS_OK;
    free(s->url);
    s->url = strndup(value.p, value.n);
    return s->url ? OCS_OK : ocs_fail(err, OCS_NOMEM, "no memory to read %s", s->path);
}

static ocs_status read_head_line(warc_state *s, warc_head *head, ocs_str line, ocs_error *err)
{
    ocs_str length = value_of(line, "Content-Length");
    keep(head->type, sizeof head->type, value_of(line, "WARC-Type"));
    keep(head->media, sizeof head->media, value_of(line, "Content-Type"));
    if (length.n > 0)
        head->has_length = read_number(length, 10, &head->length);
    return keep_url(s, value_of(line, "WARC-Target-URI"), err);
}

static ocs_status skip_empty_lines(warc_state *s, ocs_str *line, ocs_error *err)
{
    ocs_status st;
    do
        st = ocs_byte_stream_line(s->stream, LINE_CAP, line, err);
    while (st == OCS_OK && line->n == 0);
    return st;
}

/* OCS_NOTFOUND: no further record. */
static ocs_status read_head(warc_state *s, warc_head *head, ocs_error *err)
{
    ocs_str line;
    *head = (warc_head){0};
    ocs_status st = skip_empty_lines(s, &line, err);
    if (st != OCS_OK)
        return st;
    s->number++;
    if (!ocs_str_starts(line, OCS_STR("WARC/")))
        return give_up(s, "it does not start with \"WARC/\"", err);
    for (unsigned i = 0; i < HEAD_LINES; i++) {
        st = ocs_byte_stream_line(s->stream, LINE_CAP, &line, err);
        if (st != OCS_OK || line.n == 0)
            break;
        if ((st = read_head_line(s, head, line, err)) != OCS_OK)
            return st;
    }
    if (st == OCS_NOTFOUND || (st == OCS_OK && !head->has_length))
        return give_up(s, "its head does not state its length", err);
    return st;
}

/* ---- the head of a response ---- */

static bool of_type(const char *media, const char *type)
{
    size_t n = strlen(type);
    return strncasecmp(media, type, n) == 0 && (media[n] == '\0' || strchr("; \t", media[n]));
}

static bool may_be_page(const char *media)
{
    return media[0] == '\0' || of_type(media, "text/html") || of_type(media, "text/plain") ||
           of_type(media, "application/xhtml+xml");
}

/* "HTTP/1.1 200 OK" */
static bool succeeded(ocs_str line)
{
    size_t space = ocs_str_find_char(line, ' ', 0);
    return ocs_str_starts(line, OCS_STR("HTTP/")) && space + 1 < line.n && line.p[space + 1] == '2';
}

/* A line of the block. */
static ocs_status block_line(warc_state *s, ocs_str *line, ocs_error *err)
{
    size_t cap = s->left < LINE_CAP ? (size_t)s->left : LINE_CAP;
    ocs_status st = ocs_byte_stream_line(s->stream, cap, line, err);
    if (st == OCS_NOTFOUND || st == OCS_LIMIT)
        return give_up(s, "its response has no whole head", err);
    if (st != OCS_OK)
        return st;
    uint64_t took = line->n + 1;
    took += line->p && line->p[line->n] == '\r'; /* it stood before the end of the line */
    if (took > s->left)
        return give_up(s, "it is shorter than its response", err);
    s->left -= took;
    return OCS_OK;
}

static bool says(ocs_str value, const char *word)
{
    return value.n >= strlen(word) && strncasecmp(value.p, word, strlen(word)) == 0;
}

/* Whether the response is a page, whose body is left in the block. */
static ocs_status read_response(warc_state *s, bool *page, ocs_error *err)
{
    ocs_str line;
    char media[64] = "", coding[32] = "", transfer[32] = "";
    ocs_status st = block_line(s, &line, err);
    *page = st == OCS_OK && succeeded(line);
    for (unsigned i = 0; st == OCS_OK && line.n > 0 && s->left > 0 && i < HEAD_LINES; i++) {
        if ((st = block_line(s, &line, err)) != OCS_OK)
            break;
        keep(media, sizeof media, value_of(line, "Content-Type"));
        keep(coding, sizeof coding, value_of(line, "Content-Encoding"));
        keep(transfer, sizeof transfer, value_of(line, "Transfer-Encoding"));
    }
    s->chunked = says(ocs_str_of(transfer), "chunked");
    s->compressed = says(ocs_str_of(coding), "gzip") || says(ocs_str_of(coding), "x-gzip") ||
                    says(ocs_str_of(coding), "deflate");
    *page = *page && may_be_page(media);
    bool known = s->compressed || coding[0] == '\0' || says(ocs_str_of(coding), "identity");
    if (st == OCS_OK && *page && !known)
        return fail_record(s, "its page is compressed in a way that is not known here", err);
    return st;
}

/* ---- records ---- */

static ocs_status pass_over(warc_state *s, ocs_error *err)
{
    uint64_t left = s->left;
    s->left = 0;
    return ocs_byte_stream_take(s->stream, left, NULL, err);
}

static ocs_status look_at(warc_state *s, const warc_head *head, bool *page, ocs_error *err)
{
    bool whole = strcmp(head->type, "resource") == 0 || strcmp(head->type, "conversion") == 0;
    s->left = head->length;
    s->chunked = s->compressed = false;
    *page = whole && may_be_page(head->media);
    if (strcmp(head->type, "response") != 0 || !of_type(head->media, "application/http"))
        return OCS_OK;
    return read_response(s, page, err);
}

static ocs_status next_member(void *state, ocs_found *found, ocs_error *err)
{
    warc_state *s = state;
    warc_head head;
    bool page = false;
    while (!s->ended && !page) {
        ocs_status st = pass_over(s, err);
        s->ended = st != OCS_OK;
        free(s->url);
        s->url = NULL;
        if (st == OCS_OK && (st = read_head(s, &head, err)) == OCS_OK)
            st = look_at(s, &head, &page, err);
        if (st != OCS_OK)
            return st;
    }
    *found = (ocs_found){.name = s->url, .url = s->url};
    return page ? OCS_OK : OCS_NOTFOUND;
}

/* ---- bodies ---- */

/* ${body} without the lines between its chunks, in place. */
static bool join_chunks(ocs_buf *body)
{
    ocs_str rest = ocs_buf_str(body);
    size_t made = 0;
    uint64_t n;
    for (;;) {
        size_t end = ocs_str_find_char(rest, '\n', 0);
        ocs_str size = ocs_str_sub(rest, 0, ocs_str_find_char(rest, ';', 0));
        size = ocs_str_trim(size.n < end ? size : ocs_str_sub(rest, 0, end));
        if (end == rest.n || !read_number(size, 16, &n) || n > rest.n - end - 1)
            return false;
        if (n == 0)
            break;
        memmove(body->p + made, rest.p + end + 1, (size_t)n);
        made += (size_t)n;
        rest = ocs_str_sub(rest, end + 1 + (size_t)n, rest.n);
        rest = ocs_str_sub(rest, ocs_str_starts(rest, OCS_STR("\r\n")) ? 2 : 0, rest.n);
    }
    ocs_buf_cut(body, made);
    return true;
}

/* gzip, zlib, or what some servers call deflate, without any head. */
static bool inflate_body(ocs_str body, int window, ocs_buf *out)
{
    char piece[INFLATE_PIECE];
    z_stream z = {.next_in = (Bytef *)(uintptr_t)body.p, .avail_in = (uInt)body.n};
    int got = body.n <= UINT32_MAX ? inflateInit2(&z, window) : Z_MEM_ERROR;
    if (got != Z_OK)
        return false;
    while (got == Z_OK && ocs_buf_status(out) == OCS_OK) {
        z.next_out = (Bytef *)piece;
        z.avail_out = sizeof piece;
        got = inflate(&z, Z_NO_FLUSH);
        ocs_buf_put(out, (ocs_str){piece, sizeof piece - z.avail_out});
    }
    inflateEnd(&z);
    return got == Z_STREAM_END || (got == Z_OK && ocs_buf_status(out) != OCS_OK);
}

static bool unpack_body(ocs_str body, ocs_buf *out)
{
    enum { ANY_HEAD = 15 + 32, NO_HEAD = -15 };
    if (inflate_body(body, ANY_HEAD, out))
        return true;
    ocs_buf_reset(out);
    return inflate_body(body, NO_HEAD, out);
}

static ocs_status decode_body(const warc_state *s, ocs_buf *body, ocs_buf *out, ocs_error *err)
{
    if (s->chunked && !join_chunks(body))
        return fail_record(s, "the chunks of its page are damaged", err);
    if (!s->compressed)
        ocs_buf_put(out, ocs_buf_str(body));
    else if (!unpack_body(ocs_buf_str(body), out))
        return fail_record(s, "its page cannot be unpacked", err);
    return OCS_OK;
}

static ocs_status read_member(void *state, ocs_buf *out, ocs_error *err)
{
    warc_state *s = state;
    ocs_buf body;
    uint64_t left = s->left;
    ocs_buf_init(&body, out->cap);
    s->left = 0;
    ocs_status st = ocs_byte_stream_take(s->stream, left, &body, err);
    if (st == OCS_OK && ocs_buf_status(&body) != OCS_OK)
        out->status = ocs_buf_status(&body); /* the caller sees it */
    else if (st == OCS_OK)
        st = decode_body(s, &body, out, err);
    ocs_buf_clear(&body);
    return st;
}

const ocs_container_kind ocs_container_warc = {open_warc, next_member, read_member, close_warc};
