/* The bulk form of OpenSearch and Elasticsearch: a line with the id, a line with the document, to be
 * sent to /INDEX/_bulk; --mapping prints what the index is to be made with. */
#include "cli/export.h"

enum { ALL_TYPES = (1 << OCS_MENTION_TYPE_COUNT) - 1 };

void ocs_opensearch_mapping(ocs_out *out)
{
    ocs_out_puts(out, "{\"mappings\":{\"dynamic\":\"strict\",\"properties\":{\n"
                      "\"path\":{\"type\":\"keyword\",\"ignore_above\":8191},\n"
                      "\"url\":{\"type\":\"keyword\",\"ignore_above\":8191},\n"
                      "\"title\":{\"type\":\"text\",\"fields\":{\"raw\":{\"type\":\"keyword\","
                      "\"ignore_above\":1024}}},\n"
                      "\"text\":{\"type\":\"text\"},\n"
                      "\"kind\":{\"type\":\"keyword\"},\n"
                      "\"lang\":{\"type\":\"keyword\"},\n"
                      "\"date\":{\"type\":\"date\",\"format\":\"yyyy-MM-dd||yyyy-MM||yyyy\"},\n"
                      "\"place\":{\"type\":\"keyword\"},\n"
                      "\"source\":{\"type\":\"keyword\"},\n"
                      "\"topic\":{\"type\":\"keyword\"},\n"
                      "\"person\":{\"type\":\"keyword\"},\n"
                      "\"org\":{\"type\":\"keyword\"},\n"
                      "\"location\":{\"type\":\"keyword\"},\n"
                      "\"country\":{\"type\":\"keyword\"},\n"
                      "\"mentions\":{\"type\":\"nested\",\"properties\":{\n"
                      "\"type\":{\"type\":\"keyword\"},\"key\":{\"type\":\"keyword\"},"
                      "\"name\":{\"type\":\"keyword\"},\"surface\":{\"type\":\"text\"},\n"
                      "\"raw\":{\"type\":\"long\"},\"sure\":{\"type\":\"byte\"}}}\n"
                      "}}}\n");
}

static void start(ocs_export *x)
{
    (void)x;
}

static void put_str(ocs_json *json, const char *key, ocs_str value)
{
    if (value.n > 0)
        ocs_json_key_str(json, key, value);
}

static void put_facts(ocs_json *json, const char *key, const ocs_facts *facts)
{
    ocs_json_key(json, key);
    ocs_json_array(json);
    for (size_t i = 0; i < facts->n; i++)
        ocs_json_str(json, facts->at[i].value);
    ocs_json_array_end(json);
}

static void put_entities(ocs_json *json, const char *key, const ocs_export_entity *at, size_t n,
                         ocs_mention_type type)
{
    ocs_json_key(json, key);
    ocs_json_array(json);
    for (size_t i = 0; i < n; i++)
        if (at[i].mention->type == type)
            ocs_json_str(json,
                         type == OCS_MENTION_COUNTRY ? at[i].mention->key : at[i].mention->name);
    ocs_json_array_end(json);
}

static void put_mention(ocs_json *json, const ocs_document *document, const ocs_mention *m)
{
    ocs_json_object(json);
    ocs_json_key(json, "type");
    ocs_json_cstr(json, ocs_mention_type_name(m->type));
    ocs_json_key_str(json, "key", m->key);
    ocs_json_key_str(json, "name", m->name);
    ocs_json_key_str(json, "surface", ocs_mention_surface(document, m));
    ocs_json_key(json, "raw");
    ocs_json_span(json, m->raw);
    ocs_json_key_int(json, "sure", m->sure);
    ocs_json_object_end(json);
}

static void put_head(ocs_json *json, const ocs_document *document)
{
    char date[OCS_WHEN_TEXT];
    put_str(json, "path", document->path);
    put_str(json, "url", document->url);
    put_str(json, "title", document->title.value);
    put_str(json, "kind", document->kind.value);
    put_str(json, "lang", document->lang);
    if (document->published.from.year > 0)
        put_str(json, "date", ocs_date_print(document->published.from, date));
    put_facts(json, "place", &document->places);
    put_facts(json, "source", &document->sources);
    put_facts(json, "topic", &document->topics);
    ocs_json_key_str(json, "text", ocs_document_body(document));
}

static ocs_status put(ocs_export *x, const ocs_document *document)
{
    ocs_json json;
    ocs_export_entity *entities;
    size_t n;
    ocs_status st = ocs_export_entities(document, ALL_TYPES, x->arena, &entities, &n);
    if (st != OCS_OK)
        return st;
    ocs_buf_putf(&x->buf, "{\"index\":{\"_id\":\"%.*s\"}}\n", OCS_ARG(document->id));
    ocs_json_init(&json, &x->buf);
    ocs_json_object(&json);
    put_head(&json, document);
    put_entities(&json, "person", entities, n, OCS_MENTION_PERSON);
    put_entities(&json, "org", entities, n, OCS_MENTION_ORG);
    put_entities(&json, "location", entities, n, OCS_MENTION_PLACE);
    put_entities(&json, "country", entities, n, OCS_MENTION_COUNTRY);
    ocs_json_key(&json, "mentions");
    ocs_json_array(&json);
    for (size_t i = 0; i < document->n_mentions; i++)
        put_mention(&json, document, &document->mentions[i]);
    ocs_json_array_end(&json);
    ocs_json_object_end(&json);
    ocs_buf_putc(&x->buf, '\n');
    return ocs_export_flush(x);
}

const ocs_export_writer ocs_export_opensearch = {"opensearch", start, put, start};
