/* why-not: which clause of a query fails for one document, and what the document has instead. */
#include "cli/ask.h"
#include "cli/records.h"
#include "query/why.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_EXPAND,
    OPT_TABLES,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_OK_EMPTY,
    OPT_COUNT
};

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON };
static const char *const formats[] = {"text", "jsonl", "json", NULL};

static const size_t WHY_CAP = (size_t)1 << 30;

static const ocs_option why_not_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_EXPAND] = OCS_ROW_EXPAND,
    [OPT_TABLES] = OCS_ROW_QUERY_TABLES,
    [OPT_SINCE] = OCS_ROW_SINCE,
    [OPT_UNTIL] = OCS_ROW_UNTIL,
    [OPT_OK_EMPTY] = {.name = "ok-empty", .about = "exit with 0 when the document does not match"},
};

/* ---- printing ---- */

static bool matches(const ocs_why *why)
{
    return why->n > 0 && why->clauses[0].holds;
}

static void put_clause(ocs_out *out, const ocs_clause *clause)
{
    int indent = 2 * (int)clause->depth;
    ocs_out_style(out, clause->holds ? OCS_STYLE_FAINT : OCS_STYLE_MATCH);
    ocs_out_puts(out, clause->holds ? "yes  " : "no   ");
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_putf(out, "%*s", indent, "");
    ocs_out_line(out, clause->text);
    ocs_out_puts(out, "\n");
    for (size_t i = 0; i < clause->n_notes; i++) {
        ocs_out_putf(out, "     %*s", indent + 4, "");
        ocs_out_style(out, OCS_STYLE_FAINT);
        ocs_out_line(out, clause->notes[i]);
        ocs_out_style(out, OCS_STYLE_PLAIN);
        ocs_out_puts(out, "\n");
    }
}

static void put_text(ocs_out *out, const ocs_why *why)
{
    for (size_t i = 0; i < why->n; i++)
        put_clause(out, &why->clauses[i]);
    ocs_say(matches(why) ? "it does match" : "it does not match");
}

static void put_clause_object(ocs_json *json, const ocs_clause *clause)
{
    ocs_json_object(json);
    ocs_json_key_int(json, "depth", clause->depth);
    ocs_json_key_str(json, "node", ocs_str_of(clause->kind));
    ocs_json_key_str(json, "text", clause->text);
    ocs_json_key_bool(json, "holds", clause->holds);
    ocs_json_key(json, "notes");
    ocs_json_array(json);
    for (size_t i = 0; i < clause->n_notes; i++)
        ocs_json_str(json, clause->notes[i]);
    ocs_json_array_end(json);
    ocs_json_object_end(json);
}

static void put_record(const ocs_cli *cli, ocs_str query, const ocs_why *why)
{
    ocs_records records;
    ocs_records_init(&records, cli->out, ocs_cli_number(cli, OPT_FORMAT) == FORMAT_JSON);
    ocs_json *json = ocs_records_begin(&records, "why-not");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_str(json, "id", why->document.id);
    ocs_json_key_str(json, "path", why->document.path);
    ocs_json_key_str(json, "query", query);
    ocs_json_key_bool(json, "matches", matches(why));
    ocs_json_key(json, "clauses");
    ocs_json_array(json);
    for (size_t i = 0; i < why->n; i++)
        put_clause_object(json, &why->clauses[i]);
    ocs_json_array_end(json);
    ocs_records_end(&records);
    ocs_records_finish(&records);
}

/* ---- the command ---- */

/* An index that moved on meanwhile is asked once more. */
static ocs_status ask(ocs_index *index, const char *name, ocs_str query, ocs_arena *arena,
                      ocs_why *why, ocs_error *err)
{
    xap_docid number = 0;
    ocs_status st = OCS_OK;
    for (int i = 0; i < 2; i++) {
        if ((st = ocs_place_find(index, name, &number, err)) == OCS_OK)
            st = ocs_why_ask(index, query, number, arena, why, err);
        if (st != OCS_MODIFIED || ocs_index_reopen(index, err) != OCS_OK)
            return st;
    }
    return st;
}

static ocs_exit answer(const ocs_cli *cli, ocs_index *index, const char *name, ocs_str query,
                       ocs_arena *arena)
{
    ocs_why why;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_status st = ask(index, name, query, arena, &why, &err);
    if (st == OCS_NOTFOUND)
        return ocs_place_unknown(name);
    if (st != OCS_OK)
        return ocs_ask_failure(query, st, &err);
    if (ocs_cli_number(cli, OPT_FORMAT) == FORMAT_TEXT)
        put_text(cli->out, &why);
    else
        put_record(cli, query, &why);
    return matches(&why) || ocs_cli_flag(cli, OPT_OK_EMPTY) ? OCS_EXIT_OK : OCS_EXIT_NONE;
}

static ocs_exit answer_in_index(const ocs_cli *cli, const char *name, ocs_str query)
{
    ocs_index *index;
    ocs_exit code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_arena *arena = ocs_arena_new(WHY_CAP);
    if (arena)
        code = answer(cli, index, name, query, arena);
    else
        code = ocs_say_failure(OCS_NOMEM, &(ocs_error){0});
    ocs_arena_free(arena);
    return ocs_place_close(index, code);
}

/* The first argument names the document, the others are the query. */
static ocs_exit why_not_run(ocs_cli *cli)
{
    ocs_str words;
    ocs_error err = {0};
    if (cli->given->n_arguments < 2) {
        ocs_say("why-not wants the id or path of a document, and a query");
        return OCS_EXIT_USAGE;
    }
    const char *name = cli->given->arguments[0];
    ocs_status st = ocs_cli_words(cli, "the query", &words, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    ocs_str query = ocs_str_sub(words, strlen(name) + 1, words.n);
    ocs_exit code = ocs_ask_check(cli, query);
    if (code == OCS_EXIT_OK)
        code = ocs_ask_within(cli, OPT_SINCE, OPT_UNTIL, &query);
    return code == OCS_EXIT_OK ? answer_in_index(cli, name, query) : code;
}

const ocs_command ocs_cmd_why_not = {"why-not",
                                     "ID|PATH QUERY...",
                                     "Tell which part of a query does not find a document",
                                     why_not_options,
                                     OPT_COUNT,
                                     why_not_run,
                                     NULL};
