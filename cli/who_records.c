/* Who was what, for programs: a record for each holding with its evidence, or a row for each sentence.
 */
#include "cli/answer.h"
#include "cli/records.h"
#include "cli/table.h"
#include "cli/who_view.h"

/* ---- records ---- */

static void put_named(ocs_json *json, const char *what, ocs_str key, ocs_str name)
{
    ocs_json_key(json, what);
    if (name.n == 0) {
        ocs_json_null(json);
        return;
    }
    ocs_json_object(json);
    ocs_json_key_str(json, "key", key);
    ocs_json_key_str(json, "name", name);
    ocs_json_object_end(json);
}

static void put_standing(ocs_json *json, unsigned standing)
{
    ocs_json_key(json, "standing");
    ocs_json_array(json);
    for (unsigned s = 0; s < OCS_STANDING_COUNT; s++)
        if ((standing >> s & 1U) != 0)
            ocs_json_cstr(json, ocs_standing_name((ocs_standing)s));
    ocs_json_array_end(json);
}

static void put_office_key(ocs_json *json, const ocs_who_office *office)
{
    ocs_json_key(json, "office");
    ocs_json_object(json);
    ocs_json_key_str(json, "key", office->office.base);
    ocs_json_key_str(json, "text", office->text);
    put_standing(json, office->office.standing);
    put_named(json, "org", office->office.org, office->org);
    put_named(json, "country", office->office.country, office->country);
    ocs_json_object_end(json);
}

static void put_wording_list(ocs_json *json, const ocs_who_holding *holding)
{
    ocs_json_key(json, "wordings");
    ocs_json_array(json);
    for (size_t i = 0; i < holding->n_wordings; i++) {
        ocs_json_object(json);
        ocs_json_key_str(json, "text", holding->wordings[i].text);
        ocs_json_key_int(json, "documents", holding->wordings[i].documents);
        ocs_json_object_end(json);
    }
    ocs_json_array_end(json);
}

static void put_evidence_record(ocs_json *json, const ocs_who_evidence *evidence)
{
    ocs_citation citation = ocs_who_view_citation(evidence);
    ocs_citation_record(json, &citation);
    ocs_json_key(json, "role");
    ocs_json_object(json);
    ocs_json_key_str(json, "text", evidence->role);
    ocs_json_key(json, "raw");
    ocs_json_span(json, evidence->role_raw);
    if (evidence->role_inexact)
        ocs_json_key_bool(json, "raw_exact", false);
    ocs_json_object_end(json);
    ocs_json_object_end(json);
}

static void put_side(ocs_json *json, const char *key, const ocs_who_evidence *evidence, long apart)
{
    char date[OCS_WHEN_TEXT];
    ocs_json_key(json, key);
    if (!evidence) {
        ocs_json_null(json);
        return;
    }
    ocs_json_object(json);
    ocs_json_key_str(json, "date", ocs_lines_when(evidence->published, date));
    ocs_json_key_str(json, "id", evidence->id);
    ocs_json_key_int(json, "days", apart);
    ocs_json_object_end(json);
}

static void put_on(const ocs_who_view *v, ocs_json *json, size_t i)
{
    const ocs_who_day *day = ocs_who_view_day(v, i);
    ocs_json_key(json, "on");
    ocs_json_object(json);
    ocs_lines_date_key(json, "date", v->day);
    ocs_json_key(json, "nearness");
    ocs_json_cstr(json, ocs_who_nearness_name(day->nearness));
    put_side(json, "before", day->before, day->days_before);
    put_side(json, "after", day->after, day->days_after);
    ocs_json_object_end(json);
}

static void put_record(const ocs_who_view *v, ocs_records *records, size_t i)
{
    const ocs_who_holding *holding = ocs_who_view_holding(v, i);
    size_t shown = ocs_who_view_shown(v, holding);
    ocs_json *json = ocs_records_begin(records, "holding");
    put_named(json, "person", holding->key, holding->name);
    put_office_key(json, ocs_who_view_office(v, i));
    ocs_lines_date_key(json, "first", holding->first);
    ocs_lines_date_key(json, "last", holding->last);
    ocs_json_key_int(json, "documents", (long long)holding->n_evidence);
    ocs_json_key_int(json, "undated", holding->undated);
    put_wording_list(json, holding);
    if (v->days)
        put_on(v, json, i);
    ocs_json_key(json, "evidence");
    ocs_json_array(json);
    for (size_t e = 0; e < shown; e++)
        put_evidence_record(json, ocs_who_view_evidence(holding, e, shown));
    ocs_json_array_end(json);
    ocs_records_end(records);
}

static void put_summary(const ocs_who_view *v, ocs_records *records)
{
    ocs_json *json = ocs_records_begin(records, "who");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_str(json, "asked", v->asked);
    ocs_json_key(json, "as");
    ocs_json_cstr(json, v->who->by == OCS_WHO_ROLE ? "role" : "person");
    ocs_json_key_int(json, "documents", v->who->documents);
    ocs_json_key_int(json, "found", (long long)v->n);
    ocs_json_key_int(json, "shown", (long long)(v->to - v->from));
    ocs_json_key(json, "left_out");
    ocs_json_object(json);
    for (unsigned s = 0; s < OCS_STANDING_COUNT; s++)
        if (v->who->others[s] > 0)
            ocs_json_key_int(json, ocs_standing_name((ocs_standing)s), v->who->others[s]);
    ocs_json_object_end(json);
    ocs_answer_missing(json, v->index);
    ocs_records_end(records);
}

void ocs_who_view_records(const ocs_who_view *v, bool array)
{
    ocs_records records;
    ocs_records_init(&records, v->out, array);
    for (size_t i = v->from; i < v->to; i++)
        put_record(v, &records, i);
    put_summary(v, &records);
    ocs_records_finish(&records);
}

/* ---- rows: one for each sentence ---- */

static void put_row_heads(ocs_table *table)
{
    static const char *const heads[] = {"person",  "key",       "office", "standing", "org",
                                        "country", "documents", "first",  "last",     "on",
                                        "date",    "id",        "path",   "role",     "role_from",
                                        "role_to", "text",      "from",   "to",       "exact"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        ocs_table_value(table, ocs_str_of(heads[i]));
    ocs_table_row_end(table);
}

static void put_standing_value(ocs_table *table, unsigned standing)
{
    ocs_buf text;
    ocs_buf_init(&text, 1 << 10);
    for (unsigned s = 0; s < OCS_STANDING_COUNT; s++)
        if ((standing >> s & 1U) != 0)
            ocs_buf_putf(&text, "%s%s", text.n > 0 ? "; " : "", ocs_standing_name((ocs_standing)s));
    ocs_table_value(table, ocs_buf_str(&text));
    ocs_buf_clear(&text);
}

static void put_holding_values(const ocs_who_view *v, ocs_table *table, size_t i)
{
    char first[OCS_WHEN_TEXT], last[OCS_WHEN_TEXT];
    const ocs_who_holding *holding = ocs_who_view_holding(v, i);
    const ocs_who_office *office = ocs_who_view_office(v, i);
    ocs_table_value(table, holding->name);
    ocs_table_value(table, holding->key);
    ocs_table_value(table, office->text);
    put_standing_value(table, office->office.standing);
    ocs_table_value(table, office->org);
    ocs_table_value(table, office->country);
    ocs_table_number(table, holding->n_evidence);
    ocs_table_value(table, ocs_lines_date(holding->first, first));
    ocs_table_value(table, ocs_lines_date(holding->last, last));
    const char *on = "";
    if (v->days)
        on = ocs_who_nearness_name(ocs_who_view_day(v, i)->nearness);
    ocs_table_value(table, ocs_str_of(on));
}

static void put_evidence_values(ocs_table *table, const ocs_who_evidence *evidence)
{
    char date[OCS_WHEN_TEXT];
    ocs_table_value(table, ocs_lines_when(evidence->published, date));
    ocs_table_value(table, evidence->id);
    ocs_table_value(table, evidence->path);
    ocs_table_value(table, evidence->role);
    ocs_table_number(table, evidence->role_raw.from);
    ocs_table_number(table, evidence->role_raw.to);
    ocs_table_value(table, evidence->text);
    ocs_table_number(table, evidence->raw.from);
    ocs_table_number(table, evidence->raw.to);
    ocs_table_value(table, evidence->inexact ? OCS_STR("no") : OCS_STR("yes"));
}

void ocs_who_view_rows(const ocs_who_view *v, bool tabs)
{
    ocs_table table = {.out = v->out, .tabs = tabs};
    put_row_heads(&table);
    for (size_t i = v->from; i < v->to; i++) {
        const ocs_who_holding *holding = ocs_who_view_holding(v, i);
        size_t shown = ocs_who_view_shown(v, holding);
        for (size_t e = 0; e < shown; e++) {
            put_holding_values(v, &table, i);
            put_evidence_values(&table, ocs_who_view_evidence(holding, e, shown));
            ocs_table_row_end(&table);
        }
    }
}
