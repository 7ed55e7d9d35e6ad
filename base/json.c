#include "base/json.h"

#include <math.h>

void ocs_json_init(ocs_json *json, ocs_buf *out)
{
    *json = (ocs_json){.out = out};
}

/* The comma before a value or key, where one is due. */
static void separate(ocs_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->some[json->depth])
        ocs_buf_putc(json->out, ',');
    json->some[json->depth] = true;
}

static void open_level(ocs_json *json, char bracket)
{
    separate(json);
    ocs_buf_putc(json->out, bracket);
    if (json->depth + 1 >= OCS_JSON_DEPTH) {
        if (json->out->status == OCS_OK)
            json->out->status = OCS_LIMIT;
        return;
    }
    json->some[++json->depth] = false;
}

static void close_level(ocs_json *json, char bracket)
{
    if (json->depth > 0)
        json->depth--;
    ocs_buf_putc(json->out, bracket);
}

void ocs_json_object(ocs_json *json)
{
    open_level(json, '{');
}
void ocs_json_object_end(ocs_json *json)
{
    close_level(json, '}');
}
void ocs_json_array(ocs_json *json)
{
    open_level(json, '[');
}
void ocs_json_array_end(ocs_json *json)
{
    close_level(json, ']');
}

static void put_quoted(ocs_buf *out, ocs_str s)
{
    ocs_buf_putc(out, '"');
    size_t plain = 0; /* start of the stretch that needs no change */
    for (size_t at = 0; at < s.n;) {
        uint32_t point;
        size_t n = ocs_utf8_at(s, at, &point);
        bool bad = n == 1 && (unsigned char)s.p[at] >= 0x80;
        if (!bad && point >= 0x20 && point != '"' && point != '\\' && point != 0x7F) {
            at += n;
            continue;
        }
        ocs_buf_put(out, ocs_str_sub(s, plain, at));
        if (bad)
            ocs_buf_put_point(out, OCS_REPLACEMENT);
        else if (point == '"' || point == '\\')
            ocs_buf_putf(out, "\\%c", (int)point);
        else if (point == '\n')
            ocs_buf_puts(out, "\\n");
        else if (point == '\t')
            ocs_buf_puts(out, "\\t");
        else
            ocs_buf_putf(out, "\\u%04x", (unsigned)point);
        at += n;
        plain = at;
    }
    ocs_buf_put(out, ocs_str_sub(s, plain, s.n));
    ocs_buf_putc(out, '"');
}

void ocs_json_key(ocs_json *json, const char *key)
{
    separate(json);
    put_quoted(json->out, ocs_str_of(key));
    ocs_buf_putc(json->out, ':');
    json->after_key = true;
}

void ocs_json_str(ocs_json *json, ocs_str s)
{
    separate(json);
    put_quoted(json->out, s);
}

void ocs_json_cstr(ocs_json *json, const char *s)
{
    if (s)
        ocs_json_str(json, ocs_str_of(s));
    else
        ocs_json_null(json);
}

void ocs_json_int(ocs_json *json, long long value)
{
    separate(json);
    ocs_buf_putf(json->out, "%lld", value);
}

void ocs_json_real(ocs_json *json, double value, int decimals)
{
    if (!isfinite(value)) {
        ocs_json_null(json);
        return;
    }
    separate(json);
    ocs_buf_putf(json->out, "%.*f", decimals, value);
}

void ocs_json_bool(ocs_json *json, bool value)
{
    separate(json);
    ocs_buf_puts(json->out, value ? "true" : "false");
}

void ocs_json_null(ocs_json *json)
{
    separate(json);
    ocs_buf_puts(json->out, "null");
}

void ocs_json_key_str(ocs_json *json, const char *key, ocs_str s)
{
    ocs_json_key(json, key);
    ocs_json_str(json, s);
}

void ocs_json_key_int(ocs_json *json, const char *key, long long value)
{
    ocs_json_key(json, key);
    ocs_json_int(json, value);
}

void ocs_json_key_bool(ocs_json *json, const char *key, bool value)
{
    ocs_json_key(json, key);
    ocs_json_bool(json, value);
}

void ocs_json_span(ocs_json *json, ocs_span span)
{
    ocs_json_array(json);
    ocs_json_int(json, (long long)span.from);
    ocs_json_int(json, (long long)span.to);
    ocs_json_array_end(json);
}
