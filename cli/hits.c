/* The forms with records and rows, and the choice among all forms; the form for people is in
 * hits_text.c. */
#include "cli/hits.h"

#include "cli/answer.h"
#include "cli/facets.h"
#include "cli/hits_text.h"

enum { ARENA_CAP = 16 * 1024 * 1024 };

const char *const ocs_hit_format_names[] = {
#define X(name, text) text,
    OCS_HIT_FORMATS(X)
#undef X
        NULL};

enum { VALUE_CAP = 1 << 28 };

static ocs_fields usual_fields(ocs_hit_format format)
{
    switch (format) {
    case OCS_HITS_CSV:
    case OCS_HITS_TSV:
        return ocs_fields_of_rows;
    case OCS_HITS_PATHS:
    case OCS_HITS_TEXT0:
        return (ocs_fields){.at = {OCS_HIT_PATH}, .n = 1};
    case OCS_HITS_IDS:
        return (ocs_fields){.at = {OCS_HIT_ID}, .n = 1};
    case OCS_HITS_TEXT:
        return (ocs_fields){.at = {OCS_HIT_SNIPPETS, OCS_HIT_COPIES}, .n = 2};
    default:
        return ocs_fields_of_records;
    }
}

void ocs_hits_init(ocs_hits *hits, ocs_out *out, ocs_hit_format format, ocs_str query, bool explain)
{
    *hits = (ocs_hits){.out = out, .format = format, .query = query, .explain = explain};
    hits->table = (ocs_table){.out = out, .tabs = format == OCS_HITS_TSV};
    hits->fields = usual_fields(format);
    ocs_records_init(&hits->records, out, format == OCS_HITS_JSON);
    hits->arena = format == OCS_HITS_TEXT && out->colour ? ocs_arena_new(ARENA_CAP) : NULL;
}

unsigned ocs_hit_format_fields(ocs_hit_format format)
{
    if (format == OCS_HITS_JSONL || format == OCS_HITS_JSON)
        return OCS_FIELDS_RECORDS;
    bool rows = format == OCS_HITS_CSV || format == OCS_HITS_TSV || format == OCS_HITS_TEXT0;
    return rows ? OCS_FIELDS_ROWS : 0;
}

/* ---- records ---- */

static void put_expansions(ocs_json *json, const ocs_plan *plan)
{
    ocs_json_key(json, "expansions");
    ocs_json_array(json);
    for (size_t i = 0; i < plan->n_expansions; i++) {
        ocs_json_object(json);
        ocs_json_key_str(json, "from", plan->expansions[i].from);
        ocs_json_key_str(json, "to", plan->expansions[i].to);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

static void put_explanation(ocs_json *json, const ocs_node *tree, const ocs_plan *plan)
{
    ocs_buf text;
    ocs_buf_init(&text, OCS_EXPLAIN_CAP);
    ocs_query_print_tree(tree, &text);
    ocs_json_key_str(json, "tree", ocs_buf_str(&text));
    ocs_buf_reset(&text);
    ocs_json_key(json, "xapian");
    if (xap_query_describe(plan->query, &text, NULL) == OCS_OK)
        ocs_json_str(json, ocs_buf_str(&text));
    else
        ocs_json_null(json);
    ocs_buf_clear(&text);
}

static void start_records(ocs_hits *hits, const ocs_node *tree, const ocs_plan *plan)
{
    ocs_buf normal;
    ocs_buf_init(&normal, OCS_EXPLAIN_CAP);
    ocs_query_print(tree, &normal);
    ocs_json *json = ocs_records_begin(&hits->records, "header");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key(json, "program");
    ocs_json_cstr(json, "ocsearch " OCSEARCH_VERSION);
    if (hits->name.n > 0)
        ocs_json_key_str(json, "name", hits->name);
    ocs_json_key_str(json, "query", hits->query);
    ocs_json_key_str(json, "normal", ocs_buf_str(&normal));
    put_expansions(json, plan);
    if (hits->explain)
        put_explanation(json, tree, plan);
    ocs_records_end(&hits->records);
    ocs_buf_clear(&normal);
}

static void put_match(ocs_json *json, ocs_str text, ocs_span match)
{
    size_t from = ocs_utf8_points(ocs_str_sub(text, 0, match.from));
    size_t length = ocs_utf8_points(ocs_str_sub(text, match.from, match.to));
    ocs_json_span(json, (ocs_span){from, from + length});
}

static void put_kind(ocs_json *json, ocs_str text, ocs_span at, ocs_mark_kind kind)
{
    ocs_json_key(json, "at");
    put_match(json, text, at);
    ocs_json_key(json, "kind");
    ocs_json_cstr(json, ocs_mark_kind_name(kind));
}

static void put_marks(ocs_json *json, const ocs_snippet *snippet)
{
    ocs_json_key(json, "marks");
    ocs_json_array(json);
    for (size_t i = 0; i < snippet->n_marks; i++) {
        ocs_json_object(json);
        put_kind(json, snippet->text, snippet->marks[i].at, snippet->marks[i].kind);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
    ocs_json_key(json, "mentions");
    ocs_json_array(json);
    for (size_t i = 0; i < snippet->n_mentions; i++) {
        const ocs_named *named = &snippet->mentions[i];
        ocs_json_object(json);
        put_kind(json, snippet->text, named->at, named->kind);
        ocs_json_key_int(json, "index", named->mention);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

static void put_snippet(ocs_json *json, const ocs_snippet *snippet)
{
    ocs_json_object(json);
    ocs_json_key_str(json, "text", snippet->text);
    ocs_json_key(json, "match");
    ocs_json_array(json);
    for (size_t i = 0; i < snippet->n_matches; i++)
        put_match(json, snippet->text, snippet->matches[i]);
    ocs_json_array_end(json);
    put_marks(json, snippet);
    ocs_json_key(json, "raw");
    ocs_json_span(json, snippet->raw);
    if (snippet->inexact)
        ocs_json_key_bool(json, "raw_exact", false);
    ocs_json_object_end(json);
}

static void put_duplicates(ocs_json *json, const ocs_copies *copies)
{
    ocs_json_key(json, "duplicates");
    ocs_json_object(json);
    ocs_json_key_int(json, "count", copies->count);
    ocs_json_key(json, "ids");
    ocs_json_array(json);
    for (size_t i = 0; i < copies->n; i++)
        ocs_json_str(json, copies->at[i].id);
    ocs_json_array_end(json);
    ocs_json_object_end(json);
}

static void put_title_match(ocs_json *json, const ocs_hit *hit)
{
    ocs_json_key(json, "title_match");
    ocs_json_array(json);
    for (size_t i = 0; i < hit->n_title_matches; i++)
        put_match(json, hit->document.title.value, hit->title_matches[i]);
    ocs_json_array_end(json);
}

static void put_snippets(ocs_json *json, const ocs_hit *hit)
{
    ocs_json_key(json, "snippets");
    ocs_json_array(json);
    for (size_t i = 0; i < hit->n_snippets; i++)
        put_snippet(json, &hit->snippets[i]);
    ocs_json_array_end(json);
}

static void put_record(ocs_hits *hits, const ocs_hit *hit)
{
    const ocs_fields *fields = &hits->fields;
    ocs_json *json = ocs_records_next(&hits->records);
    ocs_document_print_keys(&hit->document, ocs_fields_keys(fields), json);
    if (ocs_fields_have(fields, OCS_HIT_RANK))
        ocs_json_key_int(json, "rank", hit->rank);
    if (ocs_fields_have(fields, OCS_HIT_SCORE)) {
        ocs_json_key(json, "score");
        ocs_json_real(json, hit->score, 4);
    }
    if (ocs_fields_have(fields, OCS_HIT_TITLE_MATCH))
        put_title_match(json, hit);
    if (ocs_fields_have(fields, OCS_HIT_SNIPPETS))
        put_snippets(json, hit);
    if (ocs_fields_have(fields, OCS_HIT_DUPLICATES))
        put_duplicates(json, &hit->copies);
    if (hits->news)
        ocs_json_key_str(json, "news", ocs_str_of(hits->note));
    if (hits->more)
        hits->more(hits->more_payload, json);
    ocs_records_end(&hits->records);
}

static void put_suggestions(ocs_hits *hits, ocs_json *json)
{
    ocs_json_key(json, "suggestions");
    ocs_json_array(json);
    for (size_t i = 0; i < hits->n_suggestions; i++) {
        ocs_json_object(json);
        ocs_json_key_str(json, "query", hits->suggestions[i].query);
        ocs_json_key_int(json, "matches", hits->suggestions[i].matches);
        ocs_json_key_bool(json, "exact", hits->suggestions[i].exact);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

static void put_facets(ocs_hits *hits, ocs_json *json)
{
    if (hits->n_facets == 0)
        return;
    ocs_json_key(json, "facets");
    ocs_json_array(json);
    for (size_t i = 0; i < hits->n_facets; i++) {
        ocs_json_object(json);
        ocs_json_key_str(json, "facet", ocs_str_of(hits->facets[i].name));
        ocs_json_key_int(json, "shown", (long long)hits->facets[i].shown);
        ocs_json_key_int(json, "distinct", (long long)hits->facets[i].distinct);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

/* Why what was found is not all; NULL: it is all. */
static const char *reason_of(const ocs_hits *hits, const ocs_outcome *outcome, bool incomplete)
{
    if (outcome->incomplete)
        return "time limit";
    if (incomplete)
        return "failure";
    return hits->index && ocs_index_missing(hits->index, 0) ? "missing index" : NULL;
}

static void finish_records(ocs_hits *hits, const ocs_outcome *outcome, bool incomplete)
{
    const char *reason = reason_of(hits, outcome, incomplete);
    ocs_json *json = ocs_records_begin(&hits->records, "summary");
    ocs_json_key_int(json, "matches", outcome->matches);
    ocs_json_key_bool(json, "exact", outcome->exact);
    ocs_json_key(json, "groups");
    if (outcome->grouped)
        ocs_json_int(json, outcome->groups);
    else
        ocs_json_null(json);
    ocs_json_key_int(json, "shown", hits->shown);
    put_facets(hits, json);
    ocs_json_key_bool(json, "incomplete", reason != NULL);
    if (reason)
        ocs_json_key_str(json, "reason", ocs_str_of(reason));
    ocs_answer_missing(json, hits->index);
    if (hits->suggested)
        put_suggestions(hits, json);
    ocs_records_end(&hits->records);
    ocs_records_finish(&hits->records);
}

/* ---- rows ---- */

static void start_rows(ocs_hits *hits)
{
    for (size_t i = 0; i < hits->fields.n; i++)
        ocs_table_value(&hits->table, ocs_str_of(ocs_hit_field_name(hits->fields.at[i])));
    if (hits->news)
        ocs_table_value(&hits->table, OCS_STR("news"));
    ocs_table_row_end(&hits->table);
}

static void put_row(ocs_hits *hits, const ocs_hit *hit)
{
    ocs_buf room;
    ocs_buf_init(&room, VALUE_CAP);
    for (size_t i = 0; i < hits->fields.n; i++)
        ocs_table_value(&hits->table, ocs_hit_value(hit, hits->fields.at[i], &room));
    if (hits->news)
        ocs_table_value(&hits->table, ocs_str_of(hits->note));
    ocs_table_row_end(&hits->table);
    ocs_buf_clear(&room);
}

/* ---- bare values, each with its end ---- */

static void put_values(ocs_hits *hits, const ocs_hit *hit, char end)
{
    ocs_buf room;
    ocs_buf_init(&room, VALUE_CAP);
    for (size_t i = 0; i < hits->fields.n; i++) {
        ocs_out_text(hits->out, ocs_hit_value(hit, hits->fields.at[i], &room));
        ocs_out_put(hits->out, (ocs_str){&end, 1});
    }
    ocs_out_deliver(hits->out);
    ocs_buf_clear(&room);
}

/* ---- the choice ---- */

void ocs_hits_start(ocs_hits *hits, const ocs_node *tree, const ocs_plan *plan)
{
    switch (hits->format) {
    case OCS_HITS_TEXT:
        ocs_hits_text_start(hits, tree, plan);
        break;
    case OCS_HITS_CSV:
    case OCS_HITS_TSV:
        if (hits->facets_only)
            ocs_facets_head(hits);
        else
            start_rows(hits);
        break;
    case OCS_HITS_JSONL:
    case OCS_HITS_JSON:
        start_records(hits, tree, plan);
        break;
    default: /* bare values have no head */
        break;
    }
}

void ocs_hits_put(ocs_hits *hits, const ocs_hit *hit)
{
    hits->shown++;
    switch (hits->format) {
    case OCS_HITS_TEXT:
        ocs_hits_text_put(hits, hit);
        ocs_out_deliver(hits->out);
        break;
    case OCS_HITS_CSV:
    case OCS_HITS_TSV:
        put_row(hits, hit);
        break;
    case OCS_HITS_PATHS:
    case OCS_HITS_IDS:
        put_values(hits, hit, '\n');
        break;
    case OCS_HITS_TEXT0:
        put_values(hits, hit, '\0');
        break;
    default:
        put_record(hits, hit);
    }
}

void ocs_hits_finish(ocs_hits *hits, const ocs_outcome *outcome, bool incomplete)
{
    if (hits->format == OCS_HITS_JSON || hits->format == OCS_HITS_JSONL)
        finish_records(hits, outcome, incomplete);
    ocs_hits_clear(hits);
}

void ocs_hits_clear(ocs_hits *hits)
{
    ocs_buf_clear(&hits->records.buf);
    ocs_arena_free(hits->arena);
    hits->arena = NULL;
}
