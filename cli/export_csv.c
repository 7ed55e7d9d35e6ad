/* Rows for a spreadsheet or pandas: one a document, or one a mention with the bytes where it stands. */
#include "cli/export.h"
#include "cli/print.h"

enum { ALL_TYPES = (1 << OCS_MENTION_TYPE_COUNT) - 1, VALUE_CAP = 1 << 26 };

static const char *const document_heads[] = {
    "id",     "date",   "title", "kind",      "lang",     "place", "source", "topic",
    "people", "places", "orgs",  "countries", "mentions", "words", "url",    "path"};

static const char *const mention_heads[] = {
    "id",        "date", "type",    "key",   "name",   "surface", "raw_from", "raw_to",
    "raw_exact", "via",  "country", "roles", "nested", "sure",    "rule",     "path"};

static void put_heads(ocs_export *x, const char *const *heads, size_t n)
{
    for (size_t i = 0; i < n; i++)
        ocs_table_value(&x->table, ocs_str_of(heads[i]));
    ocs_table_row_end(&x->table);
}

static void start(ocs_export *x)
{
    x->table = (ocs_table){.out = x->out, .sheet = x->sheet};
    if (x->sheet)
        ocs_out_puts(x->out, "\xEF\xBB\xBF"); /* else Excel reads the file as Windows-1252 */
    if (x->mentions)
        put_heads(x, mention_heads, sizeof mention_heads / sizeof *mention_heads);
    else
        put_heads(x, document_heads, sizeof document_heads / sizeof *document_heads);
}

static void put_facts(ocs_export *x, const ocs_facts *facts)
{
    ocs_buf_reset(&x->buf);
    ocs_print_facts(facts, &x->buf);
    ocs_table_value(&x->table, ocs_buf_str(&x->buf));
}

static void put_entities(ocs_export *x, const ocs_export_entity *at, size_t n,
                         ocs_mention_type type)
{
    ocs_buf_reset(&x->buf);
    ocs_export_join(at, n, type, type == OCS_MENTION_COUNTRY, &x->buf);
    ocs_table_value(&x->table, ocs_buf_str(&x->buf));
}

static ocs_status put_document(ocs_export *x, const ocs_document *document)
{
    char date[OCS_WHEN_TEXT];
    ocs_export_entity *entities;
    ocs_tokens words;
    size_t n;
    ocs_table *table = &x->table;
    ocs_status st = ocs_export_entities(document, ALL_TYPES, x->arena, &entities, &n);
    if (st != OCS_OK)
        return st;
    if (!ocs_tokenize(x->arena, ocs_document_body(document), &words))
        return ocs_arena_status(x->arena);
    ocs_table_value(table, document->id);
    ocs_table_value(table, ocs_print_published(document, date));
    ocs_table_value(table, document->title.value);
    ocs_table_value(table, document->kind.value);
    ocs_table_value(table, document->lang);
    put_facts(x, &document->places);
    put_facts(x, &document->sources);
    put_facts(x, &document->topics);
    put_entities(x, entities, n, OCS_MENTION_PERSON);
    put_entities(x, entities, n, OCS_MENTION_PLACE);
    put_entities(x, entities, n, OCS_MENTION_ORG);
    put_entities(x, entities, n, OCS_MENTION_COUNTRY);
    ocs_table_number(table, document->n_mentions);
    ocs_table_number(table, words.n);
    ocs_table_value(table, document->url);
    ocs_table_value(table, document->path);
    ocs_table_row_end(table);
    return ocs_buf_status(&x->buf);
}

static void put_roles(ocs_export *x, const ocs_mention *mention)
{
    ocs_buf_reset(&x->buf);
    for (size_t i = 0; i < mention->n_roles; i++) {
        ocs_buf_puts(&x->buf, i > 0 ? "; " : "");
        ocs_buf_put(&x->buf, mention->roles[i].text);
    }
    ocs_table_value(&x->table, ocs_buf_str(&x->buf));
}

static void put_flag(ocs_table *table, bool flag)
{
    ocs_table_value(table, flag ? OCS_STR("true") : OCS_STR("false"));
}

static void put_mention(ocs_export *x, const ocs_document *document, const ocs_mention *mention)
{
    char date[OCS_WHEN_TEXT];
    ocs_table *table = &x->table;
    ocs_table_value(table, document->id);
    ocs_table_value(table, ocs_print_published(document, date));
    ocs_table_value(table, ocs_str_of(ocs_mention_type_name(mention->type)));
    ocs_table_value(table, mention->key);
    ocs_table_value(table, mention->name);
    ocs_table_value(table, ocs_mention_surface(document, mention));
    ocs_table_number(table, mention->raw.from);
    ocs_table_number(table, mention->raw.to);
    put_flag(table, !mention->inexact);
    ocs_table_value(table, ocs_str_of(ocs_via_name(mention->via)));
    ocs_table_value(table, mention->country);
    put_roles(x, mention);
    put_flag(table, mention->nested);
    ocs_table_number(table, mention->sure);
    ocs_table_value(table, ocs_str_of(mention->rule));
    ocs_table_value(table, document->path);
    ocs_table_row_end(table);
}

static ocs_status put(ocs_export *x, const ocs_document *document)
{
    if (!x->mentions)
        return put_document(x, document);
    for (size_t i = 0; i < document->n_mentions; i++)
        put_mention(x, document, &document->mentions[i]);
    return ocs_buf_status(&x->buf);
}

static void finish(ocs_export *x)
{
    (void)x;
}

const ocs_export_writer ocs_export_csv = {"csv", start, put, finish};
