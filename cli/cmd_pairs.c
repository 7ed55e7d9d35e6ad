/* pairs: who and what is named together, in a sentence, a paragraph or a document. */
#include "cli/answer.h"
#include "cli/ask.h"
#include "cli/graphml.h"
#include "cli/lines.h"
#include "cli/pager.h"
#include "cli/records.h"
#include "cli/table.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_EXPAND,
    OPT_TABLES,
    OPT_TYPE,
    OPT_WITH,
    OPT_WITHIN,
    OPT_LEAST,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_ALL_COPIES,
    OPT_LIMIT,
    OPT_OFFSET,
    OPT_PAGER,
    OPT_OK_EMPTY,
    OPT_COUNT
};

enum { PAIRS_MAX = 1000000000, TEXT_LIMIT = 20 };

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON, FORMAT_CSV, FORMAT_TSV, FORMAT_GRAPHML };
static const char *const formats[] = {"text", "jsonl", "json", "csv", "tsv", "graphml", NULL};

/* In the order of ocs_unit. */
static const char *const unit_names[] = {"sentence", "paragraph", "document", NULL};

static const ocs_option pairs_options[] = {
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
                  .about = "pair people (person), places, countries, organisations (org) or dates; "
                           "may be repeated (default person,org)"},
    [OPT_WITH] = {.name = "with",
                  .value = "NAME",
                  .type = OCS_OPTION_STRING,
                  .about = "only pairs of which one is called so: all these words in its name"},
    [OPT_WITHIN] = {.name = "within",
                    .type = OCS_OPTION_CHOICE,
                    .choices = unit_names,
                    .about = "what both must stand in"},
    [OPT_LEAST] = {.name = "min",
                   .value = "N",
                   .type = OCS_OPTION_INT,
                   .low = 1,
                   .high = PAIRS_MAX,
                   .preset = 1,
                   .about = "only pairs of N documents or more"},
    [OPT_SINCE] = OCS_ROW_SINCE,
    [OPT_UNTIL] = OCS_ROW_UNTIL,
    [OPT_ALL_COPIES] = OCS_ROW_COUNT_COPIES,
    [OPT_LIMIT] = OCS_ROW_LIMIT(PAIRS_MAX, TEXT_LIMIT,
                                "print at most N (default 20; a graph all); 0 for all"),
    [OPT_OFFSET] = OCS_ROW_OFFSET(PAIRS_MAX, "leave out the first N"),
    [OPT_PAGER] = OCS_ROW_PAGER,
    [OPT_OK_EMPTY] = OCS_ROW_OK_EMPTY,
};

/* ---- text ---- */

static void put_entity(ocs_out *out, const ocs_pairs_entity *entity)
{
    ocs_out_style(out, OCS_STYLE_TITLE);
    ocs_out_line(out, entity->name);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_putf(out, " (%s)", ocs_mention_type_name(entity->type));
}

static const char *unit_word(const ocs_cli *cli)
{
    return unit_names[ocs_cli_number(cli, OPT_WITHIN)];
}

static ocs_citation example_of(const ocs_pair *pair)
{
    return (ocs_citation){pair->id,        pair->path,        pair->example.text,
                          pair->published, pair->example.raw, pair->example.inexact};
}

static void put_pair(const ocs_cli *cli, const ocs_pairs *pairs, const ocs_pair *pair)
{
    char first[OCS_WHEN_TEXT], last[OCS_WHEN_TEXT];
    ocs_citation example = example_of(pair);
    ocs_out *out = cli->out;
    put_entity(out, &pairs->entities[pair->a]);
    ocs_out_puts(out, " -- ");
    put_entity(out, &pairs->entities[pair->b]);
    ocs_out_putf(out, "\n    %u document%s", (unsigned)pair->documents,
                 pair->documents == 1 ? "" : "s");
    if (ocs_cli_number(cli, OPT_WITHIN) != OCS_UNIT_DOCUMENT)
        ocs_out_putf(out, ", %u %s%s", (unsigned)pair->units, unit_word(cli),
                     pair->units == 1 ? "" : "s");
    if (pair->first.year > 0)
        ocs_out_putf(out, ", %.*s .. %.*s", OCS_ARG(ocs_lines_date(pair->first, first)),
                     OCS_ARG(ocs_lines_date(pair->last, last)));
    ocs_out_puts(out, "\n");
    ocs_citation_lines(out, &example, 4);
}

static void say_counts(const ocs_pairs *pairs)
{
    if (pairs->cut > 0)
        ocs_say("in %u of them only the first %d names were paired", (unsigned)pairs->cut,
                (int)OCS_PAIRS_UNIT_MOST);
    if (pairs->documents == 0)
        ocs_say("no documents");
    else
        ocs_say("%zu of %zu pairs in %u document%s", pairs->n, pairs->found,
                (unsigned)pairs->documents, pairs->documents == 1 ? "" : "s");
}

static void print_text(const ocs_cli *cli, const ocs_pairs *pairs)
{
    for (size_t i = 0; i < pairs->n; i++)
        put_pair(cli, pairs, &pairs->at[i]);
}

/* ---- records and rows ---- */

static void put_entity_key(ocs_json *json, const char *key, const ocs_pairs_entity *entity)
{
    ocs_json_key(json, key);
    ocs_json_object(json);
    ocs_json_key_str(json, "entity", ocs_str_of(ocs_mention_type_name(entity->type)));
    ocs_json_key_str(json, "key", entity->key);
    ocs_json_key_str(json, "name", entity->name);
    ocs_json_key_int(json, "documents", entity->documents);
    ocs_json_object_end(json);
}

static void put_record(ocs_records *records, const ocs_pairs *pairs, const ocs_pair *pair)
{
    ocs_citation example = example_of(pair);
    ocs_json *json = ocs_records_begin(records, "pair");
    put_entity_key(json, "a", &pairs->entities[pair->a]);
    put_entity_key(json, "b", &pairs->entities[pair->b]);
    ocs_json_key_int(json, "documents", pair->documents);
    ocs_json_key_int(json, "units", pair->units);
    ocs_lines_date_key(json, "first", pair->first);
    ocs_lines_date_key(json, "last", pair->last);
    ocs_json_key(json, "example");
    ocs_citation_record(json, &example);
    ocs_json_object_end(json);
    ocs_records_end(records);
}

static void print_records(const ocs_cli *cli, const ocs_index *index, const ocs_pairs *pairs)
{
    ocs_records records;
    ocs_records_init(&records, cli->out, ocs_cli_number(cli, OPT_FORMAT) == FORMAT_JSON);
    for (size_t i = 0; i < pairs->n; i++)
        put_record(&records, pairs, &pairs->at[i]);
    ocs_json *json = ocs_records_begin(&records, "pairs");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_str(json, "within", ocs_str_of(unit_word(cli)));
    ocs_json_key_int(json, "documents", pairs->documents);
    ocs_json_key_int(json, "found", (long long)pairs->found);
    ocs_json_key_int(json, "shown", (long long)pairs->n);
    ocs_json_key_int(json, "cut", pairs->cut);
    ocs_answer_missing(json, index);
    ocs_records_end(&records);
    ocs_records_finish(&records);
}

static void put_entity_values(ocs_table *table, const ocs_pairs_entity *entity)
{
    ocs_table_value(table, ocs_str_of(ocs_mention_type_name(entity->type)));
    ocs_table_value(table, entity->key);
    ocs_table_value(table, entity->name);
}

static void put_row(ocs_table *table, const ocs_pairs *pairs, const ocs_pair *pair)
{
    char date[OCS_WHEN_TEXT];
    put_entity_values(table, &pairs->entities[pair->a]);
    put_entity_values(table, &pairs->entities[pair->b]);
    ocs_table_number(table, pair->documents);
    ocs_table_number(table, pair->units);
    ocs_table_value(table, ocs_lines_date(pair->first, date));
    ocs_table_value(table, ocs_lines_date(pair->last, date));
    ocs_table_value(table, pair->id);
    ocs_table_value(table, pair->path);
    ocs_table_value(table, pair->example.text);
    ocs_table_number(table, pair->example.raw.from);
    ocs_table_number(table, pair->example.raw.to);
    ocs_table_value(table, pair->example.inexact ? OCS_STR("no") : OCS_STR("yes"));
    ocs_table_row_end(table);
}

static void print_rows(const ocs_cli *cli, const ocs_pairs *pairs)
{
    static const char *const heads[] = {
        "a_entity", "a_key", "a_name", "b_entity", "b_key", "b_name", "documents", "units",
        "first",    "last",  "id",     "path",     "text",  "from",   "to",        "exact"};
    ocs_table table = {.out = cli->out, .tabs = ocs_cli_number(cli, OPT_FORMAT) == FORMAT_TSV};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        ocs_table_value(&table, ocs_str_of(heads[i]));
    ocs_table_row_end(&table);
    for (size_t i = 0; i < pairs->n; i++)
        put_row(&table, pairs, &pairs->at[i]);
}

static void print(const ocs_cli *cli, const ocs_index *index, const ocs_pairs *pairs)
{
    long long format = ocs_cli_number(cli, OPT_FORMAT);
    ocs_pager_choose(cli->out, (ocs_paging)ocs_cli_number(cli, OPT_PAGER), format == FORMAT_TEXT);
    if (format == FORMAT_TEXT)
        print_text(cli, pairs);
    else if (format == FORMAT_GRAPHML)
        ocs_graphml_print(cli->out, pairs);
    else if (format == FORMAT_CSV || format == FORMAT_TSV)
        print_rows(cli, pairs);
    else
        print_records(cli, index, pairs);
    ocs_pager_end(cli->out); /* what is said now is to stand behind them */
    if (format == FORMAT_TEXT || format == FORMAT_GRAPHML)
        say_counts(pairs);
}

/* ---- the command ---- */

/* A graph is drawn of all pairs, unless told. */
static size_t most_of(const ocs_cli *cli)
{
    bool graph = ocs_cli_number(cli, OPT_FORMAT) == FORMAT_GRAPHML;
    return graph && !ocs_cli_flag(cli, OPT_LIMIT) ? 0 : (size_t)ocs_cli_number(cli, OPT_LIMIT);
}

static ocs_exit read_wanted(const ocs_cli *cli, ocs_pairs_wanted *wanted)
{
    ocs_error err = {0};
    *wanted = (ocs_pairs_wanted){.with = ocs_str_of(ocs_cli_text(cli, OPT_WITH)),
                                 .within = (ocs_unit)ocs_cli_number(cli, OPT_WITHIN),
                                 .least = (uint32_t)ocs_cli_number(cli, OPT_LEAST),
                                 .all_copies = ocs_cli_flag(cli, OPT_ALL_COPIES),
                                 .first = (size_t)ocs_cli_number(cli, OPT_OFFSET),
                                 .most = most_of(cli)};
    const unsigned preset = 1U << OCS_MENTION_PERSON | 1U << OCS_MENTION_ORG;
    ocs_exit code = ocs_ask_types(cli, OPT_TYPE, preset, &wanted->types);
    if (code == OCS_EXIT_OK && cli->given->n_arguments > 0) {
        ocs_status st = ocs_cli_words(cli, "the query", &wanted->query, &err);
        code = st == OCS_OK ? ocs_ask_check(cli, wanted->query) : ocs_say_failure(st, &err);
    }
    return code == OCS_EXIT_OK ? ocs_ask_within(cli, OPT_SINCE, OPT_UNTIL, &wanted->query) : code;
}

typedef struct request {
    const ocs_cli *cli;
    ocs_pairs_wanted wanted;
    ocs_pairs pairs;
} request;

static ocs_status find(void *payload, ocs_index *index, ocs_arena *arena, ocs_error *err)
{
    request *r = payload;
    return ocs_pairs_find(index, &r->wanted, arena, &r->pairs, err);
}

static ocs_exit print_found(void *payload, const ocs_index *index, bool *found)
{
    const request *r = payload;
    print(r->cli, index, &r->pairs);
    *found = r->pairs.found > 0;
    return OCS_EXIT_OK;
}

static ocs_exit pairs_run(ocs_cli *cli)
{
    request r = {.cli = cli};
    ocs_exit code = read_wanted(cli, &r.wanted);
    const ocs_answer_calls calls = {find, print_found, &r, r.wanted.query, OPT_DB, OPT_OK_EMPTY};
    return code == OCS_EXIT_OK ? ocs_answer(cli, &calls) : code;
}

const ocs_command ocs_cmd_pairs = {
    "pairs",
    "[QUERY...]",
    "List who and what is named together, with counts, dates and an example",
    pairs_options,
    OPT_COUNT,
    pairs_run,
    NULL};
