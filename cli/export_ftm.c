/* FollowTheMoney entities (https://followthemoney.tech), one JSON object a line: a document as Article
 * or Document, people and organisations, and a Mention for each of them in each document.
 *
 * A person is written anew with every document that mentions it, with what is known from there and the
 * document as its proof; lines of one id belong together, as `ftm aggregate` joins them.  So nothing
 * has to be kept until the end. */
#include "cli/export.h"

enum {
    LEGAL = 1 << OCS_MENTION_PERSON | 1 << OCS_MENTION_ORG,
    PLACES = 1 << OCS_MENTION_PLACE | 1 << OCS_MENTION_COUNTRY
};

static void start(ocs_export *x)
{
    (void)x;
}

/* ---- the parts of an entity ---- */

static void open_entity(ocs_json *json, ocs_buf *out, ocs_str id, const char *schema)
{
    ocs_json_init(json, out);
    ocs_json_object(json);
    ocs_json_key_str(json, "id", id);
    ocs_json_key(json, "schema");
    ocs_json_cstr(json, schema);
    ocs_json_key(json, "properties");
    ocs_json_object(json);
}

static void close_entity(ocs_json *json, ocs_buf *out)
{
    ocs_json_object_end(json);
    ocs_json_object_end(json);
    ocs_buf_putc(out, '\n');
}

/* All values are lists. */
static void put_property(ocs_json *json, const char *name, ocs_str value)
{
    if (value.n == 0)
        return;
    ocs_json_key(json, name);
    ocs_json_array(json);
    ocs_json_str(json, value);
    ocs_json_array_end(json);
}

static void put_country(ocs_json *json, ocs_str code)
{
    char lower[2];
    if (code.n != 2)
        return;
    for (size_t i = 0; i < 2; i++)
        lower[i] = (char)(code.p[i] >= 'A' && code.p[i] <= 'Z' ? code.p[i] - 'A' + 'a' : code.p[i]);
    ocs_json_str(json, (ocs_str){lower, 2});
}

/* Letters, digits and single hyphens make an id; a key in another script gives its hash. */
static ocs_str entity_id(const ocs_mention *mention, ocs_buf *out)
{
    bool plain = mention->key.n > 0 && mention->key.n <= 100;
    for (size_t i = 0; i < mention->key.n; i++)
        plain = plain && (unsigned char)mention->key.p[i] < 0x80;
    ocs_buf_reset(out);
    ocs_buf_putf(out, "ocs-%s-", ocs_mention_type_name(mention->type));
    if (plain)
        ocs_buf_put(out, mention->key);
    else
        ocs_buf_putf(out, "%016llx", (unsigned long long)ocs_hash(mention->key));
    return ocs_buf_str(out);
}

/* ---- documents ---- */

/* FollowTheMoney has the three-letter codes of ISO 639. */
static ocs_str three_letters(ocs_str lang)
{
    static const char *const pairs[] = {
        "be",  "bel", "bg",  "bul", "bs",  "bos", "cs",  "ces", "da",  "dan", "de",  "deu", "el",
        "ell", "en",  "eng", "es",  "spa", "et",  "est", "fi",  "fin", "fr",  "fra", "ga",  "gle",
        "hr",  "hrv", "hu",  "hun", "hy",  "hye", "is",  "isl", "it",  "ita", "ka",  "kat", "kk",
        "kaz", "ky",  "kir", "lt",  "lit", "lv",  "lav", "mk",  "mkd", "mn",  "mon", "mt",  "mlt",
        "nl",  "nld", "no",  "nor", "pl",  "pol", "pt",  "por", "ro",  "ron", "ru",  "rus", "sk",
        "slk", "sl",  "slv", "sq",  "sqi", "sr",  "srp", "sv",  "swe", "tg",  "tgk", "tk",  "tuk",
        "tr",  "tur", "uk",  "ukr", "uz",  "uzb", "az",  "aze", "ar",  "ara", "fa",  "fas"};
    for (size_t i = 0; i + 1 < sizeof pairs / sizeof *pairs; i += 2)
        if (ocs_str_eq(lang, ocs_str_of(pairs[i])))
            return ocs_str_of(pairs[i + 1]);
    return lang.n == 3 ? lang : (ocs_str){0};
}

static ocs_str file_name(ocs_str path)
{
    return ocs_str_sub(path, ocs_path_folder(path).n, path.n);
}

static void put_list(ocs_json *json, const char *name, const ocs_facts *facts)
{
    if (facts->n == 0)
        return;
    ocs_json_key(json, name);
    ocs_json_array(json);
    for (size_t i = 0; i < facts->n; i++)
        ocs_json_str(json, facts->at[i].value);
    ocs_json_array_end(json);
}

static void put_keywords(ocs_json *json, const ocs_document *document)
{
    if (document->kind.value.n == 0 && document->topics.n == 0)
        return;
    ocs_json_key(json, "keywords");
    ocs_json_array(json);
    if (document->kind.value.n > 0)
        ocs_json_str(json, document->kind.value);
    for (size_t i = 0; i < document->topics.n; i++)
        ocs_json_str(json, document->topics.at[i].value);
    ocs_json_array_end(json);
}

/* The countries that the text names, or the places. */
static void put_where(ocs_json *json, const char *name, const ocs_export_entity *at, size_t n,
                      ocs_mention_type type)
{
    bool some = false;
    for (size_t i = 0; i < n; i++) {
        if (at[i].mention->type != type)
            continue;
        if (!some) {
            ocs_json_key(json, name);
            ocs_json_array(json);
        }
        some = true;
        if (type == OCS_MENTION_COUNTRY)
            put_country(json, at[i].mention->key);
        else
            ocs_json_str(json, at[i].mention->name);
    }
    if (some)
        ocs_json_array_end(json);
}

static ocs_status put_document(ocs_export *x, const ocs_document *document, ocs_str id)
{
    ocs_json json;
    char date[OCS_WHEN_TEXT];
    ocs_export_entity *where;
    size_t n;
    ocs_status st = ocs_export_entities(document, PLACES, x->arena, &where, &n);
    if (st != OCS_OK)
        return st;
    open_entity(&json, &x->buf, id,
                document->text.n > 0 && !document->list ? "Article" : "Document");
    put_property(&json, "name",
                 document->title.value.n > 0 ? document->title.value : file_name(document->path));
    put_property(&json, "title", document->title.value);
    put_property(&json, "fileName", file_name(document->path));
    put_property(&json, "sourceUrl", document->url);
    if (document->published.from.year > 0)
        put_property(&json, "publishedAt", ocs_date_print(document->published.from, date));
    put_property(&json, "language", three_letters(document->lang));
    put_list(&json, "publisher", &document->sources);
    put_keywords(&json, document);
    put_where(&json, "country", where, n, OCS_MENTION_COUNTRY);
    put_where(&json, "locationMentioned", where, n, OCS_MENTION_PLACE);
    put_property(&json, "indexText", document->text);
    close_entity(&json, &x->buf);
    return OCS_OK;
}

/* ---- people and organisations ---- */

static bool same_entity(const ocs_mention *a, const ocs_mention *b)
{
    return a->type == b->type && ocs_str_eq(a->key, b->key);
}

/* The offices that this document gives the person. */
static void put_positions(ocs_json *json, const ocs_document *document, const ocs_mention *person)
{
    bool some = false;
    for (size_t i = 0; i < document->n_mentions; i++) {
        const ocs_mention *m = &document->mentions[i];
        if (m->n_roles == 0 || !same_entity(m, person))
            continue;
        if (!some) {
            ocs_json_key(json, "position");
            ocs_json_array(json);
        }
        some = true;
        for (size_t r = 0; r < m->n_roles; r++)
            ocs_json_str(json, m->roles[r].text);
    }
    if (some)
        ocs_json_array_end(json);
}

static void put_legal(ocs_export *x, const ocs_document *document, const ocs_mention *mention,
                      ocs_str id, ocs_str document_id)
{
    ocs_json json;
    bool person = mention->type == OCS_MENTION_PERSON;
    open_entity(&json, &x->buf, id, person ? "Person" : "Organization");
    put_property(&json, "name", mention->name);
    if (person)
        put_positions(&json, document, mention);
    put_property(&json, "proof", document_id);
    close_entity(&json, &x->buf);
}

static void put_mention(ocs_export *x, const ocs_mention *mention, ocs_str id, ocs_str document_id)
{
    ocs_json json;
    char own[64];
    uint64_t hash = ocs_hash_mix(ocs_hash(id), ocs_hash(document_id));
    int n = snprintf(own, sizeof own, "ocs-mention-%016llx", (unsigned long long)hash);
    open_entity(&json, &x->buf, (ocs_str){own, (size_t)n}, "Mention");
    put_property(&json, "document", document_id);
    put_property(&json, "resolved", id);
    put_property(&json, "name", mention->name);
    put_property(&json, "detectedSchema",
                 mention->type == OCS_MENTION_PERSON ? OCS_STR("Person") : OCS_STR("Organization"));
    close_entity(&json, &x->buf);
}

static ocs_status put_all(ocs_export *x, const ocs_document *document, ocs_str id, ocs_buf *room)
{
    ocs_export_entity *entities;
    size_t n;
    ocs_status st = put_document(x, document, id);
    if (st == OCS_OK)
        st = ocs_export_entities(document, LEGAL, x->arena, &entities, &n);
    for (size_t i = 0; st == OCS_OK && i < n; i++) {
        ocs_str entity = entity_id(entities[i].mention, room);
        put_legal(x, document, entities[i].mention, entity, id);
        put_mention(x, entities[i].mention, entity, id);
    }
    return st;
}

static ocs_status put(ocs_export *x, const ocs_document *document)
{
    char id[32];
    ocs_buf room;
    int n = snprintf(id, sizeof id, "ocs-doc-%.*s", OCS_ARG(document->id));
    ocs_buf_init(&room, 4096);
    ocs_status st = put_all(x, document, (ocs_str){id, (size_t)n}, &room);
    ocs_buf_clear(&room);
    ocs_status flushed = ocs_export_flush(x);
    return st == OCS_OK ? flushed : st;
}

const ocs_export_writer ocs_export_ftm = {"ftm", start, put, start};
