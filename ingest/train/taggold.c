/* Marks read and made tags.  The reader is one of flat JSON objects: strings and what stands in
 * brackets are stepped over whole, so that a key within a text is none. */
#include "ingest/train/taggold.h"

#include "ingest/tagger.h"

#include <stdlib.h>

/* Behind the string that opens at i. */
static size_t string_end(ocs_str s, size_t i)
{
    for (i++; i < s.n && s.p[i] != '"'; i++)
        i += s.p[i] == '\\';
    return i + 1;
}

/* Behind the value at i: a string, a number or word, a bracket with all that is in it. */
static size_t value_end(ocs_str s, size_t i)
{
    unsigned depth = 0;
    while (i < s.n) {
        char c = s.p[i];
        if (c == '"') {
            i = string_end(s, i);
            continue;
        }
        if (depth == 0 && (c == ',' || c == '}'))
            return i;
        depth += c == '[' || c == '{';
        depth -= depth > 0 && (c == ']' || c == '}');
        i++;
    }
    return i;
}

/* The value of ${key} in the object ${s}, as written; empty when it has none. */
static ocs_str value_of(ocs_str s, const char *key)
{
    ocs_str wanted = ocs_str_of(key);
    for (size_t i = 1; i < s.n;) {
        while (i < s.n && s.p[i] != '"')
            i++;
        size_t end = string_end(s, i);
        ocs_str name = ocs_str_sub(s, i + 1, end - 1);
        while (end < s.n && (s.p[end] == ':' || s.p[end] == ' '))
            end++;
        i = value_end(s, end);
        if (ocs_str_eq(name, wanted))
            return ocs_str_sub(s, end, i);
    }
    return (ocs_str){"", 0};
}

static ocs_str unquoted(ocs_str s)
{
    return s.n >= 2 && s.p[0] == '"' ? ocs_str_sub(s, 1, s.n - 1) : (ocs_str){"", 0};
}

static bool number_of(ocs_str object, const char *key, size_t *out)
{
    ocs_str value = value_of(object, key);
    if (value.n == 0 || value.p[0] < '0' || value.p[0] > '9')
        return false;
    *out = (size_t)strtoul(value.p, NULL, 10); /* ends before the comma or bracket behind it */
    return true;
}

static ocs_status read_mark(ocs_str line, size_t number, ocs_arena *arena, ocs_tag_marks *marks,
                            ocs_error *err)
{
    ocs_tag_mark mark = {.doc = unquoted(value_of(line, "doc"))};
    if (mark.doc.n == 0 || !ocs_mention_type_parse(unquoted(value_of(line, "type")), &mark.type) ||
        !number_of(line, "start", &mark.at.from) || !number_of(line, "end", &mark.at.to) ||
        mark.at.from >= mark.at.to)
        return ocs_fail(err, OCS_BADINPUT, "line %zu: not doc, type, start and end", number);
    mark.optional = ocs_str_eq(value_of(line, "opt"), OCS_STR("true"));
    ocs_tag_mark *slot = ocs_vec_push(arena, marks);
    if (!slot)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for the marks");
    *slot = mark;
    return OCS_OK;
}

ocs_status ocs_tag_marks_read(ocs_str jsonl, ocs_arena *arena, ocs_tag_marks *marks, ocs_error *err)
{
    ocs_status status = OCS_OK;
    size_t number = 1;
    for (size_t from = 0, to; from < jsonl.n && status == OCS_OK; from = to + 1, number++) {
        for (to = from; to < jsonl.n && jsonl.p[to] != '\n'; to++)
            ;
        ocs_str line = ocs_str_sub(jsonl, from, to);
        if (line.n > 0)
            status = read_mark(line, number, arena, marks, err);
    }
    return status;
}

/* ---- marks as tags ---- */

static bool article(const ocs_scan *s, size_t i)
{
    return ocs_scan_is(s, i, "the") || ocs_scan_is(s, i, "a") || ocs_scan_is(s, i, "an");
}

static bool small(const ocs_scan *s, size_t i)
{
    const ocs_token *t = &s->tokens.at[i];
    return (t->flags & OCS_TOKEN_LATIN) && !(t->flags & (OCS_TOKEN_UPPER | OCS_TOKEN_DIGIT));
}

/* "people of Mosul": what stands behind "of" is no organisation. */
static bool of_people(const ocs_scan *s, size_t from, const ocs_tagged *name)
{
    return name->type == OCS_MENTION_ORG && name->from > from && small(s, from) &&
           !article(s, from) && ocs_scan_is(s, from + 1, "of");
}

/* Offices before a person's name are no part of it. */
static void skip_offices(const ocs_scan *s, ocs_tagged *name)
{
    while (name->from < name->to && !ocs_scan_gaz(s, name->from, OCS_GAZ_GIVEN, NULL, NULL)) {
        size_t words = ocs_scan_gaz(s, name->from, OCS_GAZ_ROLE, NULL, NULL);
        if (words == 0)
            words = ocs_scan_gaz(s, name->from, OCS_GAZ_HONORIFIC, NULL, NULL);
        if (words == 0 || words >= name->to - name->from)
            return;
        name->from += (uint32_t)words;
    }
}

/* The tokens that the tagger is to find for a mark; empty when there are none. */
ocs_span ocs_tag_mark_tokens(const ocs_scan *s, const ocs_tag_mark *mark)
{
    uint32_t from = 0, to, n = (uint32_t)s->tokens.n;
    while (from < n && s->tokens.at[from].at.to <= mark->at.from)
        from++;
    for (to = from; to < n && s->tokens.at[to].at.from < mark->at.to; to++)
        ;
    ocs_tagged name = {mark->type, from, to, 100};
    if (!ocs_name_trim(s, &name) || of_people(s, from, &name))
        return (ocs_span){from, from};
    if (mark->type == OCS_MENTION_PERSON)
        skip_offices(s, &name);
    return (ocs_span){name.from, name.to};
}

static bool has_capital(const ocs_scan *s, ocs_span at)
{
    for (size_t i = at.from; i < at.to; i++)
        if (s->tokens.at[i].flags & OCS_TOKEN_UPPER)
            return true;
    return false;
}

static bool untouched(const uint8_t *allowed, ocs_span at)
{
    for (size_t i = at.from; i < at.to; i++)
        if (allowed[i] != 1u << OCS_TAG_O)
            return false;
    return at.from < at.to;
}

static void mark_required(uint8_t *allowed, ocs_span at, ocs_mention_type type)
{
    unsigned first = ocs_tag_first(type);
    for (size_t i = at.from; i < at.to; i++)
        allowed[i] = (uint8_t)(1u << (i == at.from ? first : first + 1));
}

/* What the marks allow each token to be; ${marks} are the document's, longer ones first. */
uint8_t *ocs_tag_marks_tags(const ocs_scan *s, const ocs_tag_marks *marks)
{
    uint8_t *allowed = ocs_arena_array(s->arena, s->tokens.n + 1, 1);
    if (!allowed)
        return NULL;
    memset(allowed, 1 << OCS_TAG_O, s->tokens.n);
    for (int pass = 0; pass < 2; pass++)
        for (size_t m = 0; m < marks->n; m++) {
            const ocs_tag_mark *mark = &marks->at[m];
            if (ocs_tag_first(mark->type) == OCS_TAG_O || mark->optional != (pass == 1))
                continue;
            ocs_span at = ocs_tag_mark_tokens(s, mark);
            if (pass == 0 && untouched(allowed, at))
                mark_required(allowed, at, mark->type);
            for (size_t i = at.from; pass == 1 && has_capital(s, at) && i < at.to; i++)
                if (allowed[i] == 1u << OCS_TAG_O)
                    allowed[i] = OCS_TAG_ANY;
        }
    return allowed;
}
