/* The spelling of terms and metadata keys.  Every term is put together at the end of the caller's
 * buffer and then fitted: what libxapian could not take is cut and made unique again by a hash. */
#include "index/schema.h"

#include <inttypes.h>
#include <stdio.h>

enum { HASH_TAIL = 17 }; /* '#' and 16 hexadecimal digits */

typedef struct family_row {
    const char *field;
    char letter;
} family_row;

static const family_row families[] = {
#define X(name, field, letter) [OCS_FAMILY_##name] = {field, letter},
    OCS_TERM_FAMILIES(X)
#undef X
};

char ocs_family_letter(ocs_family family)
{
    return families[family].letter;
}

const char *ocs_family_field(ocs_family family)
{
    return families[family].field;
}

ocs_family ocs_family_of_mention(ocs_mention_type type)
{
    static const ocs_family of[OCS_MENTION_TYPE_COUNT] = {
        [OCS_MENTION_PERSON] = OCS_FAMILY_PERSON,   [OCS_MENTION_PLACE] = OCS_FAMILY_PLACE,
        [OCS_MENTION_COUNTRY] = OCS_FAMILY_COUNTRY, [OCS_MENTION_ORG] = OCS_FAMILY_ORG,
        [OCS_MENTION_DATE] = OCS_FAMILY_DATE,
    };
    return of[type];
}

bool ocs_mention_is_indexed(const ocs_mention *mention)
{
    return !mention->nested ||
           (mention->type != OCS_MENTION_COUNTRY && mention->type != OCS_MENTION_PLACE);
}

/* Bytes of ${s} as libxapian's tables count them: a NUL is stored as two. */
static size_t stored_size(ocs_str s)
{
    size_t size = s.n;
    for (size_t i = 0; i < s.n; i++)
        size += s.p[i] == '\0';
    return size;
}

/* Bring what was appended to ${out} since ${start} within OCS_TERM_MAX. */
static void fit(ocs_buf *out, size_t start)
{
    ocs_str whole = ocs_str_sub(ocs_buf_str(out), start, out->n);
    if (ocs_buf_status(out) != OCS_OK || stored_size(whole) <= OCS_TERM_MAX)
        return;
    uint64_t hash = ocs_hash(whole);
    size_t keep = whole.n;
    while (stored_size(ocs_str_sub(whole, 0, keep)) > OCS_TERM_MAX - HASH_TAIL)
        keep--;
    while (keep > 0 && ((unsigned char)whole.p[keep] & 0xC0) == 0x80) /* not inside a character */
        keep--;
    ocs_buf_cut(out, start + keep);
    ocs_buf_putf(out, "#%016" PRIx64, hash);
}

static void put_term(ocs_buf *out, const char *prefix, ocs_str text)
{
    size_t start = out->n;
    ocs_buf_puts(out, prefix);
    ocs_buf_put(out, text);
    fit(out, start);
}

void ocs_term_word(ocs_buf *out, ocs_str word)
{
    put_term(out, "", word);
}

void ocs_term_stem(ocs_buf *out, ocs_str stem)
{
    put_term(out, "Z", stem);
}

void ocs_term_title_word(ocs_buf *out, ocs_str word)
{
    put_term(out, "S", word);
}

void ocs_term_title_stem(ocs_buf *out, ocs_str stem)
{
    put_term(out, "ZS", stem);
}

/* "XP=", "XP~", "XP*" and what follows. */
static void put_family(ocs_buf *out, ocs_family family, char sign, ocs_str text)
{
    const char prefix[] = {'X', ocs_family_letter(family), sign, '\0'};
    put_term(out, prefix, text);
}

void ocs_term_any(ocs_buf *out, ocs_family family)
{
    put_family(out, family, '*', (ocs_str){0});
}

void ocs_term_key(ocs_buf *out, ocs_family family, ocs_str key)
{
    put_family(out, family, '=', key);
}

void ocs_term_name(ocs_buf *out, ocs_family family, ocs_str word)
{
    put_family(out, family, '~', word);
}

void ocs_term_date(ocs_buf *out, bool published, ocs_date date, ocs_precision precision)
{
    static const char *const prefixes[] = {
        [OCS_PRECISION_YEAR] = "XDY",
        [OCS_PRECISION_MONTH] = "XDM",
        [OCS_PRECISION_DAY] = "XDD",
    };
    if (precision == OCS_PRECISION_NONE)
        return;
    if (precision < OCS_PRECISION_DAY)
        date.day = 0;
    if (precision < OCS_PRECISION_MONTH)
        date.month = 0;
    char text[OCS_WHEN_TEXT];
    put_term(out, prefixes[precision] + (published ? 1 : 0), ocs_date_print(date, text));
}

void ocs_term_lang(ocs_buf *out, ocs_str code)
{
    put_term(out, "L", code);
}

void ocs_term_path(ocs_buf *out, ocs_str path)
{
    put_term(out, "P", path);
}

void ocs_term_id(ocs_buf *out, ocs_str id)
{
    put_term(out, "Q", id);
}

void ocs_term_band(ocs_buf *out, size_t band, uint32_t key)
{
    static const char digits[] = "0123456789abcdef";
    char term[] = "XB?=########"; /* no printf: ten hits look up eighty of these */
    term[2] = digits[band];
    for (int i = 0; i < 8; i++)
        term[4 + i] = digits[key >> (28 - 4 * i) & 0xF];
    ocs_buf_puts(out, term);
}

void ocs_meta_container_key(ocs_buf *out, ocs_str path)
{
    put_term(out, OCS_META_CONTAINER, path);
}

void ocs_meta_page_key(ocs_buf *out, ocs_str path)
{
    put_term(out, OCS_META_PAGE, path);
}

void ocs_meta_site_key(ocs_buf *out, ocs_str name)
{
    put_term(out, OCS_META_SITE, name);
}

void ocs_meta_source_key(ocs_buf *out, ocs_str name)
{
    put_term(out, OCS_META_SOURCE, name);
}
