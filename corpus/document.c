/* Words for the small enums of a document, and how its ids and slugs are made. */
#include "corpus/document.h"

#include <stdio.h>

static const char *const type_names[] = {
#define X(name, text, plural, about) [OCS_MENTION_##name] = text,
    OCS_MENTION_TYPES(X)
#undef X
};

const char *ocs_mention_type_name(ocs_mention_type type)
{
    return (size_t)type < OCS_MENTION_TYPE_COUNT ? type_names[type] : "unknown";
}

bool ocs_mention_type_parse(ocs_str name, ocs_mention_type *type)
{
    for (size_t i = 0; i < OCS_MENTION_TYPE_COUNT; i++) {
        if (ocs_str_eq(name, ocs_str_of(type_names[i]))) {
            *type = (ocs_mention_type)i;
            return true;
        }
    }
    return false;
}

const char *ocs_via_name(ocs_via via)
{
    static const char *const names[] = {
        [OCS_VIA_NAME] = "name",       [OCS_VIA_ALIAS] = "alias", [OCS_VIA_FORMER] = "former",
        [OCS_VIA_DEMONYM] = "demonym", [OCS_VIA_CITY] = "city",
    };
    return (size_t)via < sizeof names / sizeof *names ? names[via] : NULL;
}

const char *ocs_date_from_name(ocs_date_from from)
{
    static const char *const names[] = {
        [OCS_FROM_LABEL] = "label", [OCS_FROM_MARKUP] = "markup", [OCS_FROM_DATELINE] = "dateline",
        [OCS_FROM_LINE] = "line",   [OCS_FROM_URL] = "url",       [OCS_FROM_LEAD] = "lead",
        [OCS_FROM_TITLE] = "title",
    };
    return (size_t)from < sizeof names / sizeof *names ? names[from] : NULL;
}

ocs_str ocs_mention_surface(const ocs_document *document, const ocs_mention *mention)
{
    return ocs_str_sub(document->text, mention->at.from, mention->at.to);
}

void ocs_document_id(ocs_str path, char out[17])
{
    snprintf(out, 17, "%016llx", (unsigned long long)ocs_hash(path));
}

/* The letters and digits of a folded word; folding may leave spaces of a letter that stands for
 * several words. */
static size_t put_word(char *out, ocs_str fold)
{
    size_t n = 0;
    for (size_t at = 0, bytes; at < fold.n; at += bytes) {
        uint32_t point;
        bytes = ocs_utf8_at(fold, at, &point);
        if (!ocs_point_letter(point) && !ocs_point_digit(point))
            continue;
        memcpy(out + n, fold.p + at, bytes);
        n += bytes;
    }
    return n;
}

ocs_str ocs_slug(ocs_arena *arena, ocs_str name)
{
    ocs_tokens tokens;
    if (!ocs_tokenize(arena, name, &tokens))
        return (ocs_str){0};
    size_t room = 1;
    for (size_t i = 0; i < tokens.n; i++)
        room += tokens.at[i].fold.n + 1;
    char *out = ocs_arena_alloc(arena, room);
    if (!out)
        return (ocs_str){0};
    size_t n = 0;
    for (size_t i = 0; i < tokens.n; i++) {
        size_t word = put_word(out + n, tokens.at[i].fold);
        if (word > 0) {
            n += word;
            out[n++] = '-';
        }
    }
    return (ocs_str){out, n > 0 ? n - 1 : 0}; /* without the last hyphen */
}

ocs_str ocs_document_body(const ocs_document *document)
{
    ocs_str text = document->text;
    size_t line = document->titled ? ocs_str_find_char(text, '\n', 0) + 1 : 0;
    return ocs_str_sub(text, line, text.n);
}
