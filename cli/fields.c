/* One table of names; what a value looks like in a row stands in one switch. */
#include "cli/fields.h"

#include "cli/options.h"
#include "cli/print.h"

typedef struct field_row {
    const char *name;
    unsigned where;
} field_row;

static const field_row rows[] = {
#define X(id, name, where) {name, OCS_FIELDS_##where},
    OCS_HIT_FIELDS(X)
#undef X
};

const ocs_fields ocs_fields_of_rows = {
    .at = {OCS_HIT_RANK, OCS_HIT_SCORE, OCS_HIT_ID, OCS_HIT_DATE, OCS_HIT_TITLE, OCS_HIT_KIND,
           OCS_HIT_LANG, OCS_HIT_PLACE, OCS_HIT_SOURCE, OCS_HIT_PATH, OCS_HIT_COPIES},
    .n = 11};

const ocs_fields ocs_fields_of_records = {
    .at = {OCS_HIT_PATH,  OCS_HIT_URL,         OCS_HIT_TITLE,    OCS_HIT_KIND,
           OCS_HIT_LANG,  OCS_HIT_ENCODING,    OCS_HIT_REPAIRS,  OCS_HIT_DATE,
           OCS_HIT_PLACE, OCS_HIT_SOURCE,      OCS_HIT_TOPIC,    OCS_HIT_EMPTY,
           OCS_HIT_LIST,  OCS_HIT_ITEMS,       OCS_HIT_MENTIONS, OCS_HIT_RANK,
           OCS_HIT_SCORE, OCS_HIT_TITLE_MATCH, OCS_HIT_SNIPPETS, OCS_HIT_DUPLICATES},
    .n = 20};

const char *ocs_hit_field_name(ocs_hit_field field)
{
    return rows[field].name;
}

/* ---- choosing ---- */

static ocs_status unknown(ocs_str name, ocs_error *err)
{
    const char *names[OCS_HIT_FIELD_COUNT];
    for (size_t i = 0; i < OCS_HIT_FIELD_COUNT; i++)
        names[i] = rows[i].name;
    const char *guess = ocs_guess(name, names, OCS_HIT_FIELD_COUNT);
    return ocs_fail(err, OCS_USAGE, "--fields: there is no field '%.*s'%s%s%s", OCS_ARG(name),
                    guess ? "; did you mean " : "", guess ? guess : "", guess ? "?" : "");
}

static ocs_status find(ocs_str name, unsigned where, ocs_hit_field *field, ocs_error *err)
{
    size_t i = 0;
    while (i < OCS_HIT_FIELD_COUNT && !ocs_str_eq(name, ocs_str_of(rows[i].name)))
        i++;
    if (i == OCS_HIT_FIELD_COUNT)
        return unknown(name, err);
    *field = (ocs_hit_field)i;
    if ((rows[i].where & where) != 0)
        return OCS_OK;
    return ocs_fail(err, OCS_USAGE, "--fields: '%s' is %s", rows[i].name,
                    where == OCS_FIELDS_ROWS ? "for records (jsonl, json), and not for rows"
                                             : "for rows (csv, tsv); in records it is duplicates");
}

ocs_status ocs_fields_parse(const char *text, unsigned where, ocs_fields *fields, ocs_error *err)
{
    ocs_str rest = ocs_str_of(text), name;
    *fields = (ocs_fields){.n = 0};
    while (ocs_str_split(&rest, ',', &name)) {
        ocs_hit_field field = OCS_HIT_RANK;
        ocs_status st = find(ocs_str_trim(name), where, &field, err);
        if (st != OCS_OK)
            return st;
        if (ocs_fields_have(fields, field))
            return ocs_fail(err, OCS_USAGE, "--fields: '%s' is named twice", rows[field].name);
        fields->at[fields->n++] = field;
    }
    return OCS_OK;
}

bool ocs_fields_have(const ocs_fields *fields, ocs_hit_field field)
{
    for (size_t i = 0; i < fields->n; i++)
        if (fields->at[i] == field)
            return true;
    return false;
}

unsigned ocs_fields_keys(const ocs_fields *fields)
{
    static const struct {
        ocs_hit_field field;
        ocs_document_key key;
    } pairs[] = {
        {OCS_HIT_PATH, OCS_DOCUMENT_PATH},       {OCS_HIT_URL, OCS_DOCUMENT_URL},
        {OCS_HIT_TITLE, OCS_DOCUMENT_TITLE},     {OCS_HIT_KIND, OCS_DOCUMENT_KIND},
        {OCS_HIT_LANG, OCS_DOCUMENT_LANG},       {OCS_HIT_ENCODING, OCS_DOCUMENT_ENCODING},
        {OCS_HIT_REPAIRS, OCS_DOCUMENT_REPAIRS}, {OCS_HIT_DATE, OCS_DOCUMENT_DATE},
        {OCS_HIT_PLACE, OCS_DOCUMENT_PLACE},     {OCS_HIT_SOURCE, OCS_DOCUMENT_SOURCE},
        {OCS_HIT_TOPIC, OCS_DOCUMENT_TOPIC},     {OCS_HIT_TEXT, OCS_DOCUMENT_TEXT},
        {OCS_HIT_EMPTY, OCS_DOCUMENT_EMPTY},     {OCS_HIT_LIST, OCS_DOCUMENT_LIST},
        {OCS_HIT_ITEMS, OCS_DOCUMENT_ITEMS},     {OCS_HIT_MENTIONS, OCS_DOCUMENT_MENTIONS},
    };
    unsigned keys = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (ocs_fields_have(fields, pairs[i].field))
            keys |= 1U << pairs[i].key;
    return keys;
}

/* ---- values ---- */

static void join(ocs_buf *room, ocs_str part)
{
    if (room->n > 0)
        ocs_buf_puts(room, "; ");
    ocs_buf_put(room, part);
}

static ocs_str facts_value(const ocs_facts *facts, ocs_buf *room)
{
    ocs_print_facts(facts, room);
    return ocs_buf_str(room);
}

static ocs_str date_value(const ocs_document *document, ocs_buf *room)
{
    char date[OCS_WHEN_TEXT];
    ocs_buf_put(room, ocs_print_published(document, date));
    return ocs_buf_str(room);
}

static ocs_str snippets_value(const ocs_hit *hit, ocs_buf *room)
{
    for (size_t i = 0; i < hit->n_snippets; i++)
        join(room, hit->snippets[i].text);
    return ocs_buf_str(room);
}

static ocs_str duplicates_value(const ocs_hit *hit, ocs_buf *room)
{
    for (size_t i = 0; i < hit->copies.n; i++)
        join(room, hit->copies.at[i].id);
    return ocs_buf_str(room);
}

static ocs_str number_value(double number, int decimals, ocs_buf *room)
{
    ocs_buf_putf(room, "%.*f", decimals, number);
    return ocs_buf_str(room);
}

ocs_str ocs_hit_value(const ocs_hit *hit, ocs_hit_field field, ocs_buf *room)
{
    const ocs_document *document = &hit->document;
    ocs_buf_reset(room);
    switch (field) {
    case OCS_HIT_RANK:
        return number_value(hit->rank, 0, room);
    case OCS_HIT_SCORE:
        return number_value(hit->score, 4, room);
    case OCS_HIT_COPIES:
        return number_value(hit->copies.count, 0, room);
    case OCS_HIT_ID:
        return document->id;
    case OCS_HIT_DATE:
        return date_value(document, room);
    case OCS_HIT_TITLE:
        return document->title.value;
    case OCS_HIT_KIND:
        return document->kind.value;
    case OCS_HIT_LANG:
        return document->lang;
    case OCS_HIT_PATH:
        return document->path;
    case OCS_HIT_URL:
        return document->url;
    case OCS_HIT_ENCODING:
        return document->encoding;
    case OCS_HIT_TEXT:
        return ocs_document_body(document);
    case OCS_HIT_PLACE:
        return facts_value(&document->places, room);
    case OCS_HIT_SOURCE:
        return facts_value(&document->sources, room);
    case OCS_HIT_TOPIC:
        return facts_value(&document->topics, room);
    case OCS_HIT_SNIPPETS:
        return snippets_value(hit, room);
    case OCS_HIT_DUPLICATES:
        return duplicates_value(hit, room);
    default: /* of records only, which ocs_fields_parse has seen to */
        return (ocs_str){0};
    }
}
