/* A scanner for JSON (RFC 8259) that keeps a few members of some objects and steps over the rest.
 * It goes down by recursion, whose depth is capped. */
#include "ingest/json_ld.h"

enum { DEPTH_MAX = 40, THINGS_MAX = 64 };

typedef struct reader {
    ocs_str text; /* ends where the script ends */
    size_t at;
    ocs_arena *arena;
    OCS_VEC(ocs_ld_thing) things;
    unsigned depth;
} reader;

static bool read_value(reader *r, bool of_page);

static void skip_space(reader *r)
{
    while (r->at < r->text.n && ocs_ascii_space(r->text.p[r->at]))
        r->at++;
}

static bool take(reader *r, char c)
{
    skip_space(r);
    if (r->at >= r->text.n || r->text.p[r->at] != c)
        return false;
    r->at++;
    return true;
}

/* ---- strings ---- */

static bool read_hex4(ocs_str s, size_t at, uint32_t *value)
{
    *value = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = i < s.n ? s.p[i] : 'x', lower = (char)(c | 0x20);
        if (!ocs_ascii_digit(c) && !(lower >= 'a' && lower <= 'f'))
            return false;
        *value = *value * 16 + (uint32_t)(ocs_ascii_digit(c) ? c - '0' : lower - 'a' + 10);
    }
    return true;
}

/* "uXXXX" at ${at}, two of them for a pair of surrogates; returns its length. */
static size_t decode_point(ocs_str s, size_t at, uint32_t *point)
{
    uint32_t low;
    if (!read_hex4(s, at + 1, point))
        return 0;
    bool high = *point >= 0xD800 && *point < 0xDC00;
    if (high && at + 6 < s.n && s.p[at + 5] == '\\' && s.p[at + 6] == 'u' &&
        read_hex4(s, at + 7, &low) && low >= 0xDC00 && low < 0xE000) {
        *point = 0x10000 + ((*point - 0xD800) << 10) + (low - 0xDC00);
        return 11;
    }
    return 5;
}

/* The escape whose letter stands at ${at}, into ${out}; returns its length, 0 when it is none. */
static size_t decode_escape(ocs_str s, size_t at, char out[4], size_t *n)
{
    static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    uint32_t point;
    if (at >= s.n)
        return 0;
    if (s.p[at] == 'u') {
        size_t length = decode_point(s, at, &point);
        *n = length ? ocs_utf8_put(out, point) : 0;
        return length;
    }
    const char *letter = s.p[at] ? strchr(letters, s.p[at]) : NULL;
    if (!letter)
        return 0;
    out[0] = values[letter - letters];
    *n = 1;
    return 1;
}

static bool decode(reader *r, ocs_str source, ocs_str *value)
{
    *value = source;
    if (ocs_str_find_char(source, '\\', 0) == source.n)
        return true;
    char *out = ocs_arena_alloc(r->arena, source.n + 1); /* an escape is longer than its bytes */
    size_t n = 0;
    for (size_t i = 0; out && i < source.n;) {
        if (source.p[i] != '\\') {
            out[n++] = source.p[i++];
            continue;
        }
        char bytes[4];
        size_t got = 0, length = decode_escape(source, i + 1, bytes, &got);
        if (length == 0)
            return false;
        memcpy(out + n, bytes, got);
        n += got;
        i += 1 + length;
    }
    *value = (ocs_str){out, n};
    return out != NULL;
}

/* A string, its escapes still in it. */
static bool scan_string(reader *r, ocs_span *at)
{
    if (!take(r, '"'))
        return false;
    at->from = r->at;
    while (r->at < r->text.n && r->text.p[r->at] != '"')
        r->at += r->text.p[r->at] == '\\' ? 2 : 1;
    if (r->at >= r->text.n) {
        r->at = r->text.n;
        return false;
    }
    at->to = r->at++;
    return true;
}

static bool read_string(reader *r, ocs_ld_text *out)
{
    ocs_span at;
    ocs_str value;
    if (!scan_string(r, &at) || !decode(r, ocs_str_sub(r->text, at.from, at.to), &value))
        return false;
    if (out && out->value.n == 0)
        *out = (ocs_ld_text){value, at};
    return true;
}

/* ---- other values ---- */

static bool skip_word(reader *r)
{
    size_t from = r->at;
    while (r->at < r->text.n && !ocs_ascii_space(r->text.p[r->at]) &&
           !strchr(",:]}[{\"", r->text.p[r->at]))
        r->at++;
    return r->at > from; /* a number, true, false or null: none is of use here */
}

static bool read_array(reader *r, bool of_page, ocs_ld_text *first)
{
    r->at++;
    if (take(r, ']'))
        return true;
    do {
        skip_space(r);
        bool text = r->at < r->text.n && r->text.p[r->at] == '"';
        if (!(text ? read_string(r, first) : read_value(r, of_page)))
            return false;
    } while (take(r, ','));
    return take(r, ']');
}

/* Where the value of a member goes that is kept. */
static ocs_ld_text *slot_of(ocs_ld_thing *thing, ocs_str key)
{
    if (ocs_str_eq(key, OCS_STR("@type")))
        return &thing->type;
    if (ocs_str_eq(key, OCS_STR("headline")))
        return &thing->headline;
    if (ocs_str_eq(key, OCS_STR("datePublished")))
        return &thing->published;
    if (ocs_str_eq(key, OCS_STR("name")))
        return &thing->name;
    return ocs_str_eq(key, OCS_STR("dateCreated")) ? &thing->created : NULL;
}

static bool leads_to_page(ocs_str key)
{
    return ocs_str_eq(key, OCS_STR("@graph")) || ocs_str_eq(key, OCS_STR("mainEntity")) ||
           ocs_str_eq(key, OCS_STR("mainEntityOfPage"));
}

static bool read_members(reader *r, bool of_page, ocs_ld_thing *thing);

/* Whose page it is: of the object only its name. */
static bool read_publisher(reader *r, ocs_ld_text *name)
{
    ocs_ld_thing who = {0};
    if (r->depth >= DEPTH_MAX)
        return false;
    r->depth++;
    bool whole = read_members(r, false, &who);
    r->depth--;
    if (name->value.n == 0)
        *name = who.name;
    return whole;
}

static bool read_member(reader *r, bool of_page, ocs_ld_thing *thing)
{
    ocs_ld_text key = {0};
    if (!read_string(r, &key) || !take(r, ':'))
        return false;
    skip_space(r);
    ocs_ld_text *slot = slot_of(thing, key.value);
    char next = r->at < r->text.n ? r->text.p[r->at] : '\0';
    if (next == '"')
        return read_string(r, slot);
    if (next == '{' && of_page && ocs_str_eq(key.value, OCS_STR("publisher")))
        return read_publisher(r, &thing->publisher);
    if (next == '[')
        return read_array(r, of_page && leads_to_page(key.value), slot);
    return read_value(r, of_page && leads_to_page(key.value));
}

/* From the brace that opens an object to behind the one that closes it. */
static bool read_members(reader *r, bool of_page, ocs_ld_thing *thing)
{
    r->at++;
    if (take(r, '}'))
        return true;
    do
        if (!read_member(r, of_page, thing))
            return false;
    while (take(r, ','));
    return take(r, '}');
}

static bool read_object(reader *r, bool of_page)
{
    ocs_ld_thing thing = {0};
    bool whole = read_members(r, of_page, &thing);
    size_t says = thing.headline.value.n + thing.published.value.n + thing.created.value.n +
                  thing.name.value.n + thing.publisher.value.n;
    ocs_ld_thing *slot =
        of_page && says > 0 && r->things.n < THINGS_MAX ? ocs_vec_push(r->arena, &r->things) : NULL;
    if (slot)
        *slot = thing;
    return whole;
}

static bool read_value(reader *r, bool of_page)
{
    skip_space(r);
    char next = r->at < r->text.n ? r->text.p[r->at] : '\0';
    if ((next == '{' || next == '[') && r->depth >= DEPTH_MAX)
        return false;
    r->depth++;
    bool read = next == '{'   ? read_object(r, of_page)
                : next == '[' ? read_array(r, of_page, NULL)
                : next == '"' ? read_string(r, NULL)
                              : skip_word(r);
    r->depth--;
    return read;
}

bool ocs_json_ld_read(ocs_str text, ocs_span within, ocs_arena *arena, ocs_ld_things *things)
{
    reader r = {.text = ocs_str_sub(text, 0, within.to), .at = within.from, .arena = arena};
    while (r.at < r.text.n && r.text.p[r.at] != '{' && r.text.p[r.at] != '[') {
        bool cdata = ocs_str_starts(ocs_str_sub(r.text, r.at, r.text.n), OCS_STR("<![CDATA["));
        r.at += cdata ? 9 : 1; /* its bracket opens no array */
    }
    if (!read_value(&r, true))
        r.at = r.text.n; /* what was read before the fault still stands */
    *things = (ocs_ld_things){r.things.at, r.things.n};
    return ocs_arena_status(arena) == OCS_OK;
}
