/* entities: who and what the index, or what matches a query, speaks of.  All are counted before the
 * first is printed, for the most frequent come first. */
#include "cli/answer.h"
#include "cli/ask.h"
#include "cli/lines.h"
#include "cli/pager.h"
#include "cli/records.h"
#include "cli/table.h"
#include "query/tally.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_EXPAND,
    OPT_TABLES,
    OPT_TYPE,
    OPT_NAME,
    OPT_LEAST,
    OPT_LIMIT,
    OPT_OFFSET,
    OPT_SORT,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_PAGER,
    OPT_OK_EMPTY,
    OPT_COUNT
};

enum { ENTITIES_MAX = 1000000000, TEXT_LIMIT = 50, TEXT_NAMES = 4 };

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON, FORMAT_CSV, FORMAT_TSV };
static const char *const formats[] = {"text", "jsonl", "json", "csv", "tsv", NULL};

/* In the order of ocs_tally_order. */
static const char *const order_names[] = {"documents", "name", "first", "last", NULL};

static const ocs_option entities_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_EXPAND] = OCS_ROW_EXPAND,
    [OPT_TABLES] = OCS_ROW_QUERY_TABLES,
    [OPT_TYPE] = {.name = "type",
                  .letter = 't',
                  .value = "TYPE,...",
                  .type = OCS_OPTION_STRINGS,
                  .about = "only people (person), places, countries, organisations (org) or dates; "
                           "may be repeated (default all but dates)"},
    [OPT_NAME] = {.name = "name",
                  .value = "WORDS",
                  .type = OCS_OPTION_STRING,
                  .about = "only what has all these words in its names"},
    [OPT_LEAST] = {.name = "min",
                   .value = "N",
                   .type = OCS_OPTION_INT,
                   .low = 1,
                   .high = ENTITIES_MAX,
                   .preset = 1,
                   .about = "only what N documents or more mention"},
    [OPT_LIMIT] =
        OCS_ROW_LIMIT(ENTITIES_MAX, TEXT_LIMIT, "print at most N (default 50); 0 for all"),
    [OPT_OFFSET] = OCS_ROW_OFFSET(ENTITIES_MAX, "leave out the first N"),
    [OPT_SORT] = {.name = "sort",
                  .type = OCS_OPTION_CHOICE,
                  .choices = order_names,
                  .about = "most documents first, by name, oldest first, or latest first"},
    [OPT_SINCE] = OCS_ROW_SINCE,
    [OPT_UNTIL] = OCS_ROW_UNTIL,
    [OPT_PAGER] = OCS_ROW_PAGER,
    [OPT_OK_EMPTY] = OCS_ROW_OK_EMPTY,
};

/* ---- what is asked for ---- */

static ocs_tally_wanted wanted_of(const ocs_cli *cli, unsigned types)
{
    long long limit = ocs_cli_number(cli, OPT_LIMIT), offset = ocs_cli_number(cli, OPT_OFFSET);
    return (ocs_tally_wanted){.types = types,
                              .name = ocs_str_of(ocs_cli_text(cli, OPT_NAME)),
                              .least = (uint32_t)ocs_cli_number(cli, OPT_LEAST),
                              .order = (ocs_tally_order)ocs_cli_number(cli, OPT_SORT),
                              .most = limit > 0 ? (uint32_t)(offset + limit) : 0};
}

/* ---- text ---- */

static void put_names(ocs_out *out, const ocs_tally_entity *entity)
{
    for (size_t i = 1; i < entity->n_names && i < TEXT_NAMES; i++) {
        ocs_out_puts(out, i == 1 ? "  also " : ", ");
        ocs_out_line(out, entity->names[i].text);
    }
    if (entity->n_names > TEXT_NAMES)
        ocs_out_putf(out, " and %zu more", entity->n_names - TEXT_NAMES);
}

/* Columns: type, documents, first and last date, name. */
static void put_line(ocs_out *out, const ocs_tally_entity *entity)
{
    char first[OCS_WHEN_TEXT], last[OCS_WHEN_TEXT];
    ocs_out_putf(out, "%-8s%7u  %-10.*s  %-10.*s  ", ocs_mention_type_name(entity->type),
                 (unsigned)entity->documents, OCS_ARG(ocs_lines_date(entity->first, first)),
                 OCS_ARG(ocs_lines_date(entity->last, last)));
    ocs_out_style(out, OCS_STYLE_TITLE);
    ocs_out_line(out, entity->names[0].text);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_style(out, OCS_STYLE_FAINT);
    put_names(out, entity);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, "\n");
}

/* ---- records and rows ---- */

static void put_entity(ocs_records *records, const ocs_tally_entity *entity)
{
    ocs_json *json = ocs_records_begin(records, "entity");
    ocs_json_key_str(json, "entity", ocs_str_of(ocs_mention_type_name(entity->type)));
    ocs_json_key_str(json, "key", entity->key);
    ocs_json_key_str(json, "name", entity->names[0].text);
    ocs_json_key(json, "aliases");
    ocs_json_array(json);
    for (size_t i = 1; i < entity->n_names; i++)
        ocs_json_str(json, entity->names[i].text);
    ocs_json_array_end(json);
    if (entity->country.n > 0)
        ocs_json_key_str(json, "country", entity->country);
    ocs_json_key_int(json, "documents", entity->documents);
    ocs_json_key_int(json, "mentions", entity->mentions);
    ocs_lines_date_key(json, "first", entity->first);
    ocs_lines_date_key(json, "last", entity->last);
    ocs_records_end(records);
}

static void put_summary(ocs_records *records, const ocs_index *index, const ocs_tally *tally, size_t shown)
{
    ocs_json *json = ocs_records_begin(records, "entities");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_int(json, "documents", tally->documents);
    ocs_json_key_int(json, "found", (long long)tally->found);
    ocs_json_key_int(json, "shown", (long long)shown);
    ocs_answer_missing(json, index);
    ocs_records_end(records);
}

static void put_row_heads(ocs_table *table)
{
    static const char *const heads[] = {"entity",   "key",   "name", "country", "documents",
                                        "mentions", "first", "last", "aliases"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        ocs_table_value(table, ocs_str_of(heads[i]));
    ocs_table_row_end(table);
}

static void put_alias_value(ocs_table *table, const ocs_tally_entity *entity)
{
    ocs_buf joined;
    ocs_buf_init(&joined, 1 << 20);
    for (size_t i = 1; i < entity->n_names; i++) {
        ocs_buf_puts(&joined, i > 1 ? "; " : "");
        ocs_buf_put(&joined, entity->names[i].text);
    }
    ocs_table_value(table, ocs_buf_str(&joined));
    ocs_buf_clear(&joined);
}

static void put_row(ocs_table *table, const ocs_tally_entity *entity)
{
    char first[OCS_WHEN_TEXT], last[OCS_WHEN_TEXT];
    ocs_table_value(table, ocs_str_of(ocs_mention_type_name(entity->type)));
    ocs_table_value(table, entity->key);
    ocs_table_value(table, entity->names[0].text);
    ocs_table_value(table, entity->country);
    ocs_table_number(table, entity->documents);
    ocs_table_number(table, entity->mentions);
    ocs_table_value(table, ocs_lines_date(entity->first, first));
    ocs_table_value(table, ocs_lines_date(entity->last, last));
    put_alias_value(table, entity);
    ocs_table_row_end(table);
}

/* ---- the command ---- */

typedef struct stretch {
    size_t from, to; /* of the entities found, what is printed */
} stretch;

static stretch stretch_of(const ocs_cli *cli, const ocs_tally *tally)
{
    size_t offset = (size_t)ocs_cli_number(cli, OPT_OFFSET);
    size_t limit = (size_t)ocs_cli_number(cli, OPT_LIMIT);
    stretch s = {offset < tally->n ? offset : tally->n, tally->n};
    if (limit > 0 && s.to - s.from > limit)
        s.to = s.from + limit;
    return s;
}

static void print_text(const ocs_cli *cli, const ocs_tally *tally, stretch s)
{
    for (size_t i = s.from; i < s.to; i++)
        put_line(cli->out, &tally->at[i]);
    ocs_pager_end(cli->out);
    if (tally->documents == 0)
        ocs_say("no documents");
    else
        ocs_say("%zu of %zu found in %u document%s", s.to - s.from, tally->found,
                (unsigned)tally->documents, tally->documents == 1 ? "" : "s");
}

static void print_records(const ocs_cli *cli, const ocs_index *index, const ocs_tally *tally, stretch s)
{
    ocs_records records;
    ocs_records_init(&records, cli->out, ocs_cli_number(cli, OPT_FORMAT) == FORMAT_JSON);
    for (size_t i = s.from; i < s.to; i++)
        put_entity(&records, &tally->at[i]);
    put_summary(&records, index, tally, s.to - s.from);
    ocs_records_finish(&records);
}

static void print_rows(const ocs_cli *cli, const ocs_tally *tally, stretch s)
{
    ocs_table table = {.out = cli->out, .tabs = ocs_cli_number(cli, OPT_FORMAT) == FORMAT_TSV};
    put_row_heads(&table);
    for (size_t i = s.from; i < s.to; i++)
        put_row(&table, &tally->at[i]);
}

static void print(const ocs_cli *cli, const ocs_index *index, const ocs_tally *tally)
{
    stretch s = stretch_of(cli, tally);
    long long format = ocs_cli_number(cli, OPT_FORMAT);
    ocs_pager_choose(cli->out, (ocs_paging)ocs_cli_number(cli, OPT_PAGER), format == FORMAT_TEXT);
    if (format == FORMAT_TEXT)
        print_text(cli, tally, s);
    else if (format == FORMAT_CSV || format == FORMAT_TSV)
        print_rows(cli, tally, s);
    else
        print_records(cli, index, tally, s);
}

static ocs_exit read_query(const ocs_cli *cli, ocs_str *query)
{
    ocs_error err = {0};
    *query = (ocs_str){"", 0};
    if (cli->given->n_arguments == 0)
        return OCS_EXIT_OK;
    ocs_status st = ocs_cli_words(cli, "the query", query, &err);
    return st == OCS_OK ? ocs_ask_check(cli, *query) : ocs_say_failure(st, &err);
}

typedef struct request {
    const ocs_cli *cli;
    ocs_str query;
    ocs_tally_wanted wanted;
    ocs_tally tally;
} request;

static ocs_status find(void *payload, ocs_index *index, ocs_arena *arena, ocs_error *err)
{
    request *r = payload;
    return ocs_tally_count(index, r->query, &r->wanted, arena, &r->tally, err);
}

static ocs_exit print_found(void *payload, const ocs_index *index, bool *found)
{
    const request *r = payload;
    print(r->cli, index, &r->tally);
    *found = r->tally.n > 0;
    return OCS_EXIT_OK;
}

static ocs_exit entities_run(ocs_cli *cli)
{
    unsigned types;
    request r = {.cli = cli};
    const unsigned preset = ((1U << OCS_MENTION_TYPE_COUNT) - 1) & ~(1U << OCS_MENTION_DATE);
    ocs_exit code = ocs_ask_types(cli, OPT_TYPE, preset, &types);
    if (code == OCS_EXIT_OK)
        code = read_query(cli, &r.query);
    if (code == OCS_EXIT_OK)
        code = ocs_ask_within(cli, OPT_SINCE, OPT_UNTIL, &r.query);
    if (code != OCS_EXIT_OK)
        return code;
    r.wanted = wanted_of(cli, types);
    const ocs_answer_calls calls = {find, print_found, &r, r.query, OPT_DB, OPT_OK_EMPTY};
    return ocs_answer(cli, &calls);
}

const ocs_command ocs_cmd_entities = {
    "entities",
    "[QUERY...]",
    "List who and what the documents speak of, with counts and dates",
    entities_options,
    OPT_COUNT,
    entities_run,
    NULL};
