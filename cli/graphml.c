/* Attributes are declared once, as the format wants it, then come all nodes and all edges. */
#include "cli/graphml.h"

#include "cli/lines.h"
#include "cli/xml.h"

enum { ELEMENT_CAP = 1 << 24 };

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"\n"
    "    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
    "    xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns\n"
    "        http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n"
    "  <key id=\"type\" for=\"node\" attr.name=\"type\" attr.type=\"string\"/>\n"
    "  <key id=\"key\" for=\"node\" attr.name=\"key\" attr.type=\"string\"/>\n"
    "  <key id=\"label\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "  <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
    "  <key id=\"documents\" for=\"node\" attr.name=\"documents\" attr.type=\"int\"/>\n"
    "  <key id=\"weight\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n"
    "  <key id=\"units\" for=\"edge\" attr.name=\"units\" attr.type=\"int\"/>\n"
    "  <key id=\"first\" for=\"edge\" attr.name=\"first\" attr.type=\"string\"/>\n"
    "  <key id=\"last\" for=\"edge\" attr.name=\"last\" attr.type=\"string\"/>\n"
    "  <graph id=\"pairs\" edgedefault=\"undirected\">\n";

static void put_data(ocs_buf *out, const char *key, ocs_str value)
{
    if (value.n == 0)
        return;
    ocs_buf_putf(out, "      <data key=\"%s\">", key);
    ocs_xml_put(out, value);
    ocs_buf_puts(out, "</data>\n");
}

static void put_node(ocs_buf *out, const ocs_pairs_entity *entity, size_t number)
{
    ocs_buf_putf(out, "    <node id=\"n%zu\">\n", number);
    put_data(out, "type", ocs_str_of(ocs_mention_type_name(entity->type)));
    put_data(out, "key", entity->key);
    put_data(out, "label", entity->name);
    put_data(out, "name", entity->name);
    ocs_buf_putf(out, "      <data key=\"documents\">%u</data>\n    </node>\n",
                 (unsigned)entity->documents);
}

static void put_edge(ocs_buf *out, const ocs_pair *pair, size_t number)
{
    char first[OCS_WHEN_TEXT], last[OCS_WHEN_TEXT];
    ocs_buf_putf(out, "    <edge id=\"e%zu\" source=\"n%u\" target=\"n%u\">\n", number,
                 (unsigned)pair->a, (unsigned)pair->b);
    ocs_buf_putf(out, "      <data key=\"weight\">%u</data>\n", (unsigned)pair->documents);
    ocs_buf_putf(out, "      <data key=\"units\">%u</data>\n", (unsigned)pair->units);
    put_data(out, "first", ocs_lines_date(pair->first, first));
    put_data(out, "last", ocs_lines_date(pair->last, last));
    ocs_buf_puts(out, "    </edge>\n");
}

/* What is XML already is only kept from moving a terminal's cursor. */
static void put_element(ocs_out *out, ocs_buf *element)
{
    ocs_out_text(out, ocs_buf_str(element));
    ocs_buf_reset(element);
}

void ocs_graphml_print(ocs_out *out, const ocs_pairs *pairs)
{
    ocs_buf element;
    ocs_buf_init(&element, ELEMENT_CAP);
    ocs_out_puts(out, head);
    for (size_t i = 0; i < pairs->n_entities; i++) {
        put_node(&element, &pairs->entities[i], i);
        put_element(out, &element);
    }
    for (size_t i = 0; i < pairs->n; i++) {
        put_edge(&element, &pairs->at[i], i);
        put_element(out, &element);
    }
    ocs_out_puts(out, "  </graph>\n</graphml>\n");
    ocs_buf_clear(&element);
}
