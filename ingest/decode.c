/* A page is decoded by one of three readers: well-formed UTF-8 is used as it lies (one run), broken
 * UTF-8 is mended byte by byte, and everything else goes through iconv: one-byte encodings by a
 * table of 256 entries made once a page, others character by character.  Every reader writes text
 * and origin through the same sink. */
#include "ingest/decode.h"

#include "ingest/guess.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <strings.h>
#include <uchardet.h>

enum { DECLARATION_WITHIN = 4096, GUESS_FROM = 64 * 1024, NAME_MAX_BYTES = 40 };

typedef struct sink {
    ocs_arena *arena;
    char *text;
    size_t n, room;
    ocs_origin_builder origin;
    uint32_t repairs;
    bool failed;
} sink;

static bool sink_room(sink *s, size_t more)
{
    if (s->failed || s->room - s->n >= more)
        return !s->failed;
    size_t room = s->room * 2 + more + 64;
    char *grown = ocs_arena_alloc(s->arena, room);
    if (!grown) {
        s->failed = true;
        return false;
    }
    if (s->n > 0)
        memcpy(grown, s->text, s->n);
    s->text = grown;
    s->room = room;
    return true;
}

/* One character: ${n} bytes of text from raw bytes [raw, raw + raw_n). */
static void sink_put(sink *s, const char *bytes, size_t n, size_t raw, size_t raw_n)
{
    if (n == 0 || !sink_room(s, n))
        return;
    ocs_run run = {.text = (uint32_t)s->n,
                   .raw = (uint32_t)raw,
                   .length = (uint32_t)n,
                   .text_unit = (uint16_t)n,
                   .raw_unit = (uint16_t)raw_n};
    if (!ocs_origin_add(s->arena, &s->origin, run))
        s->failed = true;
    memcpy(s->text + s->n, bytes, n);
    s->n += n;
}

static void sink_replacement(sink *s, size_t raw)
{
    sink_put(s, "\xEF\xBF\xBD", 3, raw, 1);
    s->repairs++;
}

/* ---- one-byte encodings ---- */

typedef struct byte_table {
    char utf8[256][4];
    uint8_t length[256]; /* 0: undefined in this encoding */
} byte_table;

/* False when ${name} is unknown to iconv or is no one-byte encoding. */
static bool byte_table_fill(const char *name, byte_table *table)
{
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1)
        return false;
    bool one_byte = true;
    for (int i = 0; i < 256 && one_byte; i++) {
        char in = (char)i, *from = &in, *to = table->utf8[i];
        size_t in_left = 1, out_left = 4;
        iconv(cd, NULL, NULL, NULL, NULL);
        if (iconv(cd, &from, &in_left, &to, &out_left) != (size_t)-1 &&
            iconv(cd, NULL, NULL, &to, &out_left) != (size_t)-1) /* it may wait for an accent */
            table->length[i] = (uint8_t)(4 - out_left);
        else if (errno == EINVAL)
            one_byte = false; /* the byte starts a longer character */
        else
            table->length[i] = 0;
    }
    iconv_close(cd);
    return one_byte;
}

static void decode_bytes(sink *s, ocs_str raw, const byte_table *table)
{
    for (size_t i = 0; i < raw.n; i++) {
        unsigned char byte = (unsigned char)raw.p[i];
        if (table->length[byte] > 0)
            sink_put(s, table->utf8[byte], table->length[byte], i, 1);
        else
            sink_replacement(s, i);
    }
}

/* ---- other encodings ---- */

/* The longest character of any encoding that iconv knows fits into 8 bytes. */
static size_t one_character(iconv_t cd, ocs_str raw, size_t at, char out[8], size_t *out_n)
{
    for (size_t n = 1; n <= 8 && at + n <= raw.n; n++) {
        char copy[8], *from = copy, *to = out;
        size_t in_left = n, out_left = 8;
        memcpy(copy, raw.p + at, n);
        if (iconv(cd, &from, &in_left, &to, &out_left) != (size_t)-1) {
            *out_n = 8 - out_left;
            return n;
        }
        if (errno != EINVAL)
            return 0;
    }
    return 0;
}

static bool decode_iconv(sink *s, ocs_str raw, size_t from, const char *name)
{
    iconv_t cd = iconv_open("UTF-8", name);
    if (cd == (iconv_t)-1)
        return false;
    for (size_t at = from; at < raw.n && !s->failed;) {
        char out[8];
        size_t out_n = 0, n = one_character(cd, raw, at, out, &out_n);
        if (n == 0) {
            sink_replacement(s, at);
            at++;
            continue;
        }
        sink_put(s, out, out_n, at, n);
        at += n;
    }
    iconv_close(cd);
    return true;
}

/* ---- UTF-8 ---- */

/* Mended where broken: a stray byte is read as windows-1252, which is what it nearly always was. */
static void decode_broken_utf8(sink *s, ocs_str raw, size_t from)
{
    byte_table latin;
    bool table = byte_table_fill("WINDOWS-1252", &latin);
    for (size_t at = from; at < raw.n && !s->failed;) {
        uint32_t point;
        size_t n = ocs_utf8_at(raw, at, &point);
        unsigned char byte = (unsigned char)raw.p[at];
        if (n > 1 || byte < 0x80) {
            sink_put(s, raw.p + at, n, at, n);
        } else if (table && latin.length[byte] > 0) {
            sink_put(s, latin.utf8[byte], latin.length[byte], at, 1);
            s->repairs++;
        } else {
            sink_replacement(s, at);
        }
        at += n;
    }
}

typedef struct utf8_census {
    size_t good, bad; /* multi-byte characters, stray bytes */
} utf8_census;

static utf8_census count_utf8(ocs_str raw)
{
    utf8_census c = {0};
    uint32_t point;
    for (size_t at = 0; at < raw.n;) {
        size_t n = ocs_utf8_at(raw, at, &point);
        c.good += n > 1;
        c.bad += n == 1 && (unsigned char)raw.p[at] >= 0x80;
        at += n;
    }
    return c;
}

/* ---- what the page says of itself ---- */

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ocs_ascii_digit(c) || c == '-' ||
           c == '_' || c == ':' || c == '.';
}

/* The value after "charset=" or "encoding=" within the first bytes of the page. */
static bool declared(ocs_str raw, char name[NAME_MAX_BYTES])
{
    ocs_str head = ocs_str_sub(raw, 0, DECLARATION_WITHIN);
    static const char *const words[] = {"charset", "encoding"};
    for (size_t w = 0; w < 2; w++) {
        size_t length = strlen(words[w]);
        for (size_t i = 0; i + length < head.n; i++) {
            if (strncasecmp(head.p + i, words[w], length) != 0)
                continue;
            size_t at = i + length;
            while (at < head.n && (ocs_ascii_space(head.p[at]) || head.p[at] == '='))
                at++;
            if (at < head.n && (head.p[at] == '"' || head.p[at] == '\''))
                at++;
            size_t n = 0;
            while (at + n < head.n && n + 1 < NAME_MAX_BYTES && name_char(head.p[at + n]))
                n++;
            if (n < 3)
                continue;
            memcpy(name, head.p + at, n);
            name[n] = '\0';
            return true;
        }
    }
    return false;
}

/* The web reads these names as their windows supersets (WHATWG Encoding Standard, 4.2). */
static const char *as_the_web_reads(const char *name)
{
    static const struct {
        const char *label, *encoding;
    } table[] = {{"iso-8859-1", "WINDOWS-1252"}, {"latin1", "WINDOWS-1252"},
                 {"us-ascii", "WINDOWS-1252"},   {"ascii", "WINDOWS-1252"},
                 {"iso-8859-9", "WINDOWS-1254"}, {"iso-8859-11", "WINDOWS-874"},
                 {"gb2312", "GB18030"},          {"gbk", "GB18030"},
                 {"shift_jis", "CP932"},         {"ks_c_5601-1987", "CP949"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcasecmp(name, table[i].label) == 0)
            return table[i].encoding;
    return name;
}

static bool is_utf8_name(const char *name)
{
    return strcasecmp(name, "utf-8") == 0 || strcasecmp(name, "utf8") == 0;
}

/* A declaration that was read as ASCII cannot be of an encoding that is no superset of it. */
static bool believable(const char *name)
{
    return strncasecmp(name, "utf", 3) != 0 && strncasecmp(name, "ucs", 3) != 0 &&
           strncasecmp(name, "iso-10646", 9) != 0;
}

/* For encodings of other parts of the world. */
static bool guess_any(ocs_str raw, char name[NAME_MAX_BYTES])
{
    uchardet_t detector = uchardet_new();
    if (!detector)
        return false;
    ocs_str head = ocs_str_sub(raw, 0, GUESS_FROM);
    bool fine = uchardet_handle_data(detector, head.p, head.n) == 0;
    uchardet_data_end(detector);
    const char *found = uchardet_get_charset(detector);
    fine = fine && found[0] != '\0' && strlen(found) < NAME_MAX_BYTES;
    if (fine)
        strcpy(name, found);
    uchardet_delete(detector);
    return fine;
}

/* ---- the decision ---- */

static bool too_many_repairs(const sink *s)
{
    return s->repairs > 0 && s->repairs > s->n / 50;
}

/* Decode by name; false, with the sink as before, when the name is unknown or does not fit. */
static bool try_encoding(sink *s, ocs_str raw, const char *name)
{
    sink before = *s;
    const char *encoding = as_the_web_reads(name);
    byte_table table;
    if (byte_table_fill(encoding, &table))
        decode_bytes(s, raw, &table);
    else if (!decode_iconv(s, raw, 0, encoding))
        return false;
    if (!s->failed && too_many_repairs(s)) {
        *s = before;
        return false;
    }
    return true;
}

static ocs_status finish(sink *s, const char *name, ocs_decoded *out, ocs_error *err)
{
    char *kept = ocs_arena_copy(s->arena, name, strlen(name));
    if (s->failed || !kept)
        return ocs_fail(err, ocs_arena_status(s->arena),
                        "decoding from %s needs more memory than a page may have", name);
    for (char *c = kept; strncasecmp(kept, "utf", 3) != 0 && *c; c++)
        *c = (char)(*c >= 'A' && *c <= 'Z' ? *c + 32 : *c);
    out->text = (ocs_str){s->text, s->n};
    out->origin = ocs_origin_of(&s->origin);
    out->encoding = (ocs_str){kept, strlen(kept)};
    out->repairs = s->repairs;
    return OCS_OK;
}

static ocs_status as_it_lies(sink *s, ocs_str raw, size_t skip, ocs_decoded *out, ocs_error *err)
{
    s->text = (char *)((uintptr_t)raw.p + skip); /* read only from here on */
    s->n = raw.n - skip;
    ocs_run run = {.raw = (uint32_t)skip, .length = (uint32_t)s->n, .text_unit = 1, .raw_unit = 1};
    if (s->n > 0 && !ocs_origin_add(s->arena, &s->origin, run))
        s->failed = true;
    return finish(s, "UTF-8", out, err);
}

static const char *utf16_mark(ocs_str raw)
{
    if (ocs_str_starts(raw, OCS_STR("\xFF\xFE")))
        return "UTF-16LE";
    if (ocs_str_starts(raw, OCS_STR("\xFE\xFF")))
        return "UTF-16BE";
    return NULL;
}

ocs_status ocs_decode(ocs_str raw, bool html, ocs_arena *arena, ocs_decoded *out, ocs_error *err)
{
    *out = (ocs_decoded){0};
    if (raw.n > UINT32_MAX / 4)
        return ocs_fail(err, OCS_LIMIT, "a page of %zu bytes is too large", raw.n);
    sink s = {.arena = arena};
    const char *utf16 = utf16_mark(raw);
    if (utf16 && decode_iconv(&s, raw, 2, utf16))
        return finish(&s, utf16, out, err);
    size_t skip = ocs_str_starts(raw, OCS_STR("\xEF\xBB\xBF")) ? 3 : 0;
    if (ocs_utf8_check(raw) == raw.n)
        return as_it_lies(&s, raw, skip, out, err);

    utf8_census census = count_utf8(raw);
    char name[NAME_MAX_BYTES];
    bool mostly_utf8 = census.good > census.bad * 2;
    const char *encoding = NULL;
    if (!mostly_utf8 && html && declared(raw, name) && believable(name))
        encoding = ocs_guess_encoding(raw, as_the_web_reads(name));
    if (encoding && try_encoding(&s, raw, encoding))
        return finish(&s, encoding, out, err);
    if (skip > 0 || mostly_utf8) {
        decode_broken_utf8(&s, raw, skip);
        return finish(&s, "UTF-8", out, err);
    }
    encoding = ocs_guess_encoding(raw, NULL);
    if (encoding && try_encoding(&s, raw, encoding))
        return finish(&s, encoding, out, err);
    if (guess_any(raw, name) && !is_utf8_name(name) && try_encoding(&s, raw, name))
        return finish(&s, as_the_web_reads(name), out, err);
    byte_table latin;
    if (!byte_table_fill("WINDOWS-1252", &latin))
        return ocs_fail(err, OCS_UNSUPPORTED, "this system's iconv lacks windows-1252");
    decode_bytes(&s, raw, &latin);
    return finish(&s, "windows-1252", out, err);
}
