/* A document as the `doc` record: keys in the order in which a person reads them; what is unknown
 * is null, and flags stand only where they are true. */
#include "corpus/document.h"

static void key_str_or_null(ocs_json *json, const char *key, ocs_str s)
{
    ocs_json_key(json, key);
    if (s.n > 0)
        ocs_json_str(json, s);
    else
        ocs_json_null(json);
}

static void key_if_true(ocs_json *json, const char *key, bool value)
{
    if (value)
        ocs_json_key_bool(json, key, true);
}

static void put_raw(ocs_json *json, ocs_span raw, bool inexact)
{
    ocs_json_key(json, "raw");
    ocs_json_span(json, raw);
    if (inexact)
        ocs_json_key_bool(json, "raw_exact", false);
}

static bool stated(ocs_when when)
{
    return when.from.year != 0 || when.from.month != 0;
}

static void key_when_or_null(ocs_json *json, const char *key, ocs_when when)
{
    char text[OCS_WHEN_TEXT];
    key_str_or_null(json, key, stated(when) ? ocs_when_print(when, text) : (ocs_str){0});
}

static void put_published(const ocs_document *d, ocs_json *json)
{
    ocs_json_key(json, "date");
    if (!stated(d->published)) {
        ocs_json_null(json);
        return;
    }
    ocs_json_object(json);
    key_when_or_null(json, "value", d->published);
    ocs_json_key(json, "precision");
    ocs_json_cstr(json, ocs_precision_name(ocs_date_precision(d->published.from)));
    ocs_json_key(json, "from");
    ocs_json_cstr(json, ocs_date_from_name(d->published_from));
    put_raw(json, d->published_raw, d->published_inexact);
    ocs_json_object_end(json);
}

static void put_facts(ocs_json *json, const char *key, ocs_facts facts)
{
    ocs_json_key(json, key);
    ocs_json_array(json);
    for (size_t i = 0; i < facts.n; i++)
        ocs_json_str(json, facts.at[i].value);
    ocs_json_array_end(json);
}

static void put_item(const ocs_item *item, ocs_json *json)
{
    ocs_json_object(json);
    ocs_json_key_str(json, "title", item->title);
    key_str_or_null(json, "kind", item->kind);
    key_when_or_null(json, "date", item->when);
    key_str_or_null(json, "snippet", item->snippet);
    put_raw(json, item->raw, false);
    ocs_json_object_end(json);
}

static void put_items(const ocs_document *d, ocs_json *json)
{
    ocs_json_key(json, "items");
    ocs_json_array(json);
    for (size_t i = 0; i < d->n_items; i++)
        put_item(&d->items[i], json);
    ocs_json_array_end(json);
}

static void put_part(const char *key, const ocs_role_part *part, ocs_json *json)
{
    if (part->name.n == 0)
        return;
    ocs_json_key(json, key);
    ocs_json_object(json);
    ocs_json_key_str(json, "name", part->name);
    ocs_json_key_str(json, "key", part->key);
    put_raw(json, part->raw, part->inexact);
    ocs_json_object_end(json);
}

static void put_roles(const ocs_mention *m, ocs_json *json)
{
    ocs_json_key(json, "roles");
    ocs_json_array(json);
    for (size_t i = 0; i < m->n_roles; i++) {
        ocs_json_object(json);
        ocs_json_key_str(json, "text", m->roles[i].text);
        put_raw(json, m->roles[i].raw, m->roles[i].inexact);
        put_part("office", &m->roles[i].office, json);
        put_part("org", &m->roles[i].org, json);
        put_part("country", &m->roles[i].country, json);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

/* What only countries, places, dates or people have. */
static void put_particulars(const ocs_mention *m, ocs_json *json)
{
    if (m->via != OCS_VIA_NONE) {
        ocs_json_key(json, "via");
        ocs_json_cstr(json, ocs_via_name(m->via));
    }
    if (m->country.n > 0)
        ocs_json_key_str(json, "country", m->country);
    if (stated(m->other))
        key_when_or_null(json, "other", m->other);
    key_if_true(json, "relative", m->relative);
    if (m->n_roles > 0)
        put_roles(m, json);
}

static void put_mention(const ocs_document *d, const ocs_mention *m, ocs_json *json)
{
    ocs_json_object(json);
    ocs_json_key(json, "type");
    ocs_json_cstr(json, ocs_mention_type_name(m->type));
    ocs_json_key_str(json, "name", m->name);
    ocs_json_key_str(json, "key", m->key);
    ocs_json_key_str(json, "surface", ocs_mention_surface(d, m));
    put_raw(json, m->raw, m->inexact);
    put_particulars(m, json);
    key_if_true(json, "nested", m->nested);
    ocs_json_key_int(json, "sure", m->sure);
    ocs_json_key(json, "rule");
    ocs_json_cstr(json, m->rule);
    ocs_json_object_end(json);
}

static void put_mentions(const ocs_document *d, ocs_json *json)
{
    ocs_json_key(json, "mentions");
    ocs_json_array(json);
    for (size_t i = 0; i < d->n_mentions; i++)
        put_mention(d, &d->mentions[i], json);
    ocs_json_array_end(json);
}

/* ---- the record ---- */

static const char *const key_names[] = {
#define X(name, text) text,
    OCS_DOCUMENT_KEYS(X)
#undef X
};

static bool wanted(unsigned keys, ocs_document_key key)
{
    return (keys >> key & 1U) != 0;
}

static void key_if_wanted(ocs_json *json, unsigned keys, ocs_document_key key, ocs_str value)
{
    if (wanted(keys, key))
        key_str_or_null(json, key_names[key], value);
}

static void facts_if_wanted(ocs_json *json, unsigned keys, ocs_document_key key, ocs_facts facts)
{
    if (wanted(keys, key))
        put_facts(json, key_names[key], facts);
}

static void put_head(const ocs_document *d, unsigned keys, ocs_json *json)
{
    ocs_json_key_str(json, "type", OCS_STR("doc"));
    ocs_json_key_str(json, "id", d->id);
    if (wanted(keys, OCS_DOCUMENT_PATH))
        ocs_json_key_str(json, "path", d->path);
    key_if_wanted(json, keys, OCS_DOCUMENT_URL, d->url);
    key_if_wanted(json, keys, OCS_DOCUMENT_TITLE, d->title.value);
    key_if_wanted(json, keys, OCS_DOCUMENT_KIND, d->kind.value);
    key_if_wanted(json, keys, OCS_DOCUMENT_LANG, d->lang);
    if (wanted(keys, OCS_DOCUMENT_ENCODING))
        ocs_json_key_str(json, "encoding", d->encoding);
    if (d->repairs > 0 && wanted(keys, OCS_DOCUMENT_REPAIRS))
        ocs_json_key_int(json, "repairs", d->repairs);
    if (wanted(keys, OCS_DOCUMENT_DATE))
        put_published(d, json);
    facts_if_wanted(json, keys, OCS_DOCUMENT_PLACE, d->places);
    facts_if_wanted(json, keys, OCS_DOCUMENT_SOURCE, d->sources);
    facts_if_wanted(json, keys, OCS_DOCUMENT_TOPIC, d->topics);
}

void ocs_document_print_keys(const ocs_document *document, unsigned keys, ocs_json *json)
{
    ocs_json_object(json);
    put_head(document, keys, json);
    if (wanted(keys, OCS_DOCUMENT_TEXT))
        ocs_json_key_str(json, "text", ocs_document_body(document));
    key_if_true(json, "empty", document->empty && wanted(keys, OCS_DOCUMENT_EMPTY));
    key_if_true(json, "list", document->list && wanted(keys, OCS_DOCUMENT_LIST));
    if (document->list && wanted(keys, OCS_DOCUMENT_ITEMS))
        put_items(document, json);
    if (wanted(keys, OCS_DOCUMENT_MENTIONS))
        put_mentions(document, json);
}

void ocs_document_print(const ocs_document *document, bool with_text, ocs_json *json)
{
    unsigned all = (1U << OCS_DOCUMENT_KEY_COUNT) - 1;
    ocs_document_print_keys(document, with_text ? all : all & ~(1U << OCS_DOCUMENT_TEXT), json);
}
