/* GraphML (http://graphml.graphdrawing.org): a node for each document and each entity, an edge for each
 * entity that a document mentions.  An entity's node comes before the first edge to it, so that all
 * is written in one go. */
#include "cli/export.h"
#include "cli/print.h"
#include "cli/xml.h"

enum {
    TYPES = 1 << OCS_MENTION_PERSON | 1 << OCS_MENTION_PLACE | 1 << OCS_MENTION_COUNTRY |
            1 << OCS_MENTION_ORG
};

static void start(ocs_export *x)
{
    ocs_out_puts(x->out,
                 "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
                 "<key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n"
                 "<key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
                 "<key id=\"key\" for=\"node\" attr.name=\"key\" attr.type=\"string\"/>\n"
                 "<key id=\"country\" for=\"node\" attr.name=\"country\" attr.type=\"string\"/>\n"
                 "<key id=\"date\" for=\"node\" attr.name=\"date\" attr.type=\"string\"/>\n"
                 "<key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
                 "<key id=\"url\" for=\"node\" attr.name=\"url\" attr.type=\"string\"/>\n"
                 "<key id=\"path\" for=\"node\" attr.name=\"path\" attr.type=\"string\"/>\n"
                 "<key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"int\"/>\n"
                 "<graph id=\"mentions\" edgedefault=\"directed\">\n");
}

static void put_data(ocs_buf *out, const char *key, ocs_str value)
{
    if (value.n == 0)
        return;
    ocs_buf_putf(out, "<data key=\"%s\">", key);
    ocs_xml_put(out, value);
    ocs_buf_puts(out, "</data>");
}

static void put_entity_id(ocs_buf *out, const ocs_mention *mention)
{
    ocs_buf_putf(out, "%s:", ocs_mention_type_name(mention->type));
    ocs_xml_put(out, mention->key);
}

static void put_document(ocs_export *x, const ocs_document *document)
{
    char date[OCS_WHEN_TEXT];
    ocs_buf_putf(&x->buf, "<node id=\"doc:%.*s\">", OCS_ARG(document->id));
    put_data(&x->buf, "type", OCS_STR("document"));
    put_data(&x->buf, "label", document->title.value);
    put_data(&x->buf, "key", document->id);
    put_data(&x->buf, "date", ocs_print_published(document, date));
    put_data(&x->buf, "kind", document->kind.value);
    put_data(&x->buf, "url", document->url);
    put_data(&x->buf, "path", document->path);
    ocs_buf_puts(&x->buf, "</node>\n");
}

static void put_entity(ocs_export *x, const ocs_mention *mention)
{
    ocs_buf_puts(&x->buf, "<node id=\"");
    put_entity_id(&x->buf, mention);
    ocs_buf_puts(&x->buf, "\">");
    put_data(&x->buf, "type", ocs_str_of(ocs_mention_type_name(mention->type)));
    put_data(&x->buf, "label", mention->name);
    put_data(&x->buf, "key", mention->key);
    put_data(&x->buf, "country", mention->country);
    ocs_buf_puts(&x->buf, "</node>\n");
}

static void put_edge(ocs_export *x, const ocs_document *document, const ocs_export_entity *entity)
{
    ocs_buf_putf(&x->buf, "<edge source=\"doc:%.*s\" target=\"", OCS_ARG(document->id));
    put_entity_id(&x->buf, entity->mention);
    ocs_buf_putf(&x->buf, "\"><data key=\"weight\">%u</data></edge>\n", (unsigned)entity->mentions);
}

static ocs_status put(ocs_export *x, const ocs_document *document)
{
    ocs_export_entity *entities;
    size_t n;
    ocs_status st = ocs_export_entities(document, TYPES, x->arena, &entities, &n);
    put_document(x, document);
    for (size_t i = 0; st == OCS_OK && i < n; i++) {
        const ocs_mention *mention = entities[i].mention;
        bool added = false;
        st = ocs_hashset_add(&x->entities,
                             ocs_hash_mix(ocs_hash(mention->key), (uint64_t)mention->type), &added);
        if (added)
            put_entity(x, mention);
        put_edge(x, document, &entities[i]);
    }
    ocs_status flushed = ocs_export_flush(x);
    return st == OCS_OK ? flushed : st;
}

static void finish(ocs_export *x)
{
    ocs_out_puts(x->out, "</graph>\n</graphml>\n");
}

const ocs_export_writer ocs_export_graphml = {"graphml", start, put, finish};
