/* saved: queries with names, kept in a text file, and run by name. */
#include "cli/cmd_saved.h"

#include "cli/ask.h"
#include "cli/hits.h"
#include "cli/pager.h"

enum { HITS_MAX = 1000000000, SNIPPETS_MAX = 100 };

/* In the order of ocs_order. */
static const char *const order_names[] = {"score", "date", "date-asc", NULL};

static const ocs_option saved_options[] = {
    OCS_SHARED_ROWS,
    [OCS_SAVED_DB] = OCS_ROW_DBS,
    [OCS_SAVED_FORMAT] = OCS_ROW_FORMAT(ocs_hit_format_names, OCS_HITS_TEXT),
    [OCS_SAVED_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OCS_SAVED_EXPAND] = OCS_ROW_EXPAND,
    [OCS_SAVED_TABLES] = OCS_ROW_QUERY_TABLES,
    [OCS_SAVED_FIELDS] = {.name = "fields",
                          .value = "NAME,...",
                          .type = OCS_OPTION_STRING,
                          .about = "run: as for search"},
    [OCS_SAVED_LIMIT] = {.name = "limit",
                         .letter = 'n',
                         .value = "N",
                         .type = OCS_OPTION_INT,
                         .low = 0,
                         .high = HITS_MAX,
                         .preset = -1,
                         .about = "run: at most N hits (default 10, with --new all); 0 for all"},
    [OCS_SAVED_OFFSET] = OCS_ROW_OFFSET(HITS_MAX, "run: leave out the first N hits"),
    [OCS_SAVED_SORT] = {.name = "sort",
                        .type = OCS_OPTION_CHOICE,
                        .choices = order_names,
                        .about = "run: best hits first, newest first, or oldest first"},
    [OCS_SAVED_SNIPPETS] = {.name = "snippets",
                            .value = "N",
                            .type = OCS_OPTION_INT,
                            .low = 0,
                            .high = SNIPPETS_MAX,
                            .preset = -1,
                            .about = "run: at most N excerpts a hit (default 2, in records 3)"},
    [OCS_SAVED_PAGER] = OCS_ROW_PAGER,
    [OCS_SAVED_ALL_COPIES] = {.name = "all-copies",
                              .about = "run: print also the pages that are copies of a better hit"},
    [OCS_SAVED_SINCE] = OCS_ROW_SINCE,
    [OCS_SAVED_UNTIL] = OCS_ROW_UNTIL,
    [OCS_SAVED_NEW] = {.name = "new",
                       .about = "run: only documents that no earlier run --new of this name has "
                                "given of this index, and those whose text has changed since"},
    [OCS_SAVED_OK_EMPTY] = {.name = "ok-empty", .about = "run: exit with 0 when nothing is found"},
    [OCS_SAVED_REPLACE] = {.name = "replace",
                           .about = "add: put the query in the place of the one of this name"},
    [OCS_SAVED_FILE_OPTION] = {.name = "saved-file",
                               .value = "FILE",
                               .type = OCS_OPTION_STRING,
                               .about = "the file with the queries (default "
                                        "~/.config/ocsearch/saved)"},
    [OCS_SAVED_STATE_DIR] = {.name = "state-dir",
                             .value = "DIR",
                             .type = OCS_OPTION_STRING,
                             .about = "run --new, remove: where it is kept what was given (default "
                                      "~/.local/state/ocsearch/seen)"},
};

typedef struct shelf {
    const ocs_cli *cli;
    const char *path;
    ocs_saved saved; /* for list, show and run */
} shelf;

static ocs_str argument(const shelf *s, size_t i)
{
    return ocs_str_of(s->cli->given->arguments[i]);
}

static ocs_exit unknown_name(const ocs_saved *saved, ocs_str name, ocs_arena *arena)
{
    const char *guess = NULL;
    const char **names = ocs_arena_array(arena, saved->at.n, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; names && i < saved->at.n; i++)
        if (!saved->at.at[i].fault)
            names[n++] = ocs_arena_copy(arena, saved->at.at[i].name.p, saved->at.at[i].name.n);
    if (names && ocs_arena_status(arena) == OCS_OK)
        guess = ocs_guess(name, names, n);
    ocs_say("there is no saved query '%.*s' in %s%s%s%s", OCS_ARG(name), saved->path,
            guess ? "; did you mean " : "", guess ? guess : "", guess ? "?" : "");
    return OCS_EXIT_USAGE;
}

static ocs_exit find(shelf *s, ocs_str *query)
{
    ocs_error err = {0};
    ocs_status st = ocs_saved_find(&s->saved, argument(s, 1), query, &err);
    if (st == OCS_NOTFOUND)
        return unknown_name(&s->saved, argument(s, 1), s->cli->arena);
    return st == OCS_OK ? OCS_EXIT_OK : ocs_say_failure(st, &err);
}

/* ---- list and show ---- */

static void put_text(ocs_out *out, const ocs_saved_query *query)
{
    ocs_out_style(out, OCS_STYLE_TITLE);
    ocs_out_line(out, query->name);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, "\t");
    ocs_out_line(out, query->query);
    ocs_out_puts(out, "\n");
}

static void put_record(ocs_records *records, const ocs_saved_query *query)
{
    ocs_json *json = ocs_records_begin(records, "saved");
    ocs_json_key_str(json, "name", query->name);
    ocs_json_key_str(json, "query", query->query);
    ocs_json_key_int(json, "line", query->line);
    ocs_records_end(records);
}

static void put_fault(const shelf *s, ocs_records *records, unsigned line, const char *fault)
{
    ocs_say("%s:%u: %s", s->path, line, fault);
    if (!records)
        return;
    ocs_json *json = ocs_records_begin(records, "error");
    ocs_json_key_str(json, "path", ocs_str_of(s->path));
    ocs_json_key_int(json, "line", line);
    ocs_json_key_str(json, "message", ocs_str_of(fault));
    ocs_records_end(records);
}

/* What is wrong with a line: its form, its name that stands twice, or its query. */
static const char *fault_of(const shelf *s, const ocs_saved_query *query, ocs_error *err)
{
    ocs_node *tree;
    ocs_str found;
    *err = (ocs_error){.at = OCS_ERROR_NO_PLACE};
    if (query->fault)
        return query->fault;
    if (ocs_saved_find(&s->saved, query->name, &found, err) != OCS_OK)
        return "another line has this name, too";
    bool parsed = ocs_query_parse(query->query, s->cli->arena, &tree, err) == OCS_OK;
    return parsed ? NULL : err->text;
}

static ocs_exit list(const shelf *s)
{
    ocs_error err;
    ocs_records records;
    size_t faults = 0;
    long long format = ocs_cli_number(s->cli, OCS_SAVED_FORMAT);
    bool text = format == OCS_HITS_TEXT;
    if (!text && format != OCS_HITS_JSONL && format != OCS_HITS_JSON) {
        ocs_say("saved list has --format=text, jsonl and json");
        return OCS_EXIT_USAGE;
    }
    ocs_records_init(&records, s->cli->out, format == OCS_HITS_JSON);
    for (size_t i = 0; i < s->saved.at.n; i++) {
        const ocs_saved_query *query = &s->saved.at.at[i];
        const char *fault = fault_of(s, query, &err);
        if (fault)
            put_fault(s, text ? NULL : &records, query->line, fault);
        else if (text)
            put_text(s->cli->out, query);
        else
            put_record(&records, query);
        faults += fault != NULL;
    }
    if (!text)
        ocs_records_finish(&records);
    return faults > 0 ? OCS_EXIT_INCOMPLETE : OCS_EXIT_OK;
}

static ocs_exit show(shelf *s)
{
    ocs_str query;
    ocs_exit code = find(s, &query);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_out_line(s->cli->out, query);
    ocs_out_puts(s->cli->out, "\n");
    return OCS_EXIT_OK;
}

/* ---- add and remove ---- */

static ocs_exit add(const shelf *s)
{
    ocs_str words;
    ocs_error err = {0};
    ocs_given rest = *s->cli->given;
    ocs_cli cli = *s->cli;
    rest.arguments += 2;
    rest.n_arguments -= 2;
    cli.given = &rest;
    ocs_status st = ocs_cli_words(&cli, "the query", &words, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    ocs_exit code = ocs_ask_check(s->cli, words);
    if (code != OCS_EXIT_OK)
        return code;
    st = ocs_saved_add(s->path, argument(s, 1), words, ocs_cli_flag(s->cli, OCS_SAVED_REPLACE),
                       &err);
    if (st == OCS_OK)
        return OCS_EXIT_OK;
    code = ocs_say_failure(st, &err);
    return st == OCS_IO ? OCS_EXIT_OUTPUT : code;
}

/* What it gave is forgotten with it, so that another query of that name begins anew. */
static ocs_exit remove_query(const shelf *s)
{
    ocs_error err = {0};
    ocs_status st = ocs_saved_remove(s->path, argument(s, 1), &err);
    if (st == OCS_NOTFOUND)
        return unknown_name(&s->saved, argument(s, 1), s->cli->arena);
    if (st == OCS_OK)
        st = ocs_saved_state_forget(s->cli, ocs_cli_text(s->cli, OCS_SAVED_STATE_DIR),
                                    argument(s, 1), &err);
    if (st == OCS_OK)
        return OCS_EXIT_OK;
    ocs_exit code = ocs_say_failure(st, &err);
    return st == OCS_IO ? OCS_EXIT_OUTPUT : code;
}

/* ---- the command ---- */

static ocs_exit run(shelf *s)
{
    ocs_str query;
    ocs_exit code = find(s, &query);
    return code == OCS_EXIT_OK ? ocs_saved_run(s->cli, argument(s, 1), query) : code;
}

static ocs_exit do_verb(shelf *s)
{
    ocs_str verb = s->cli->given->n_arguments > 0 ? argument(s, 0) : (ocs_str){0};
    size_t n = s->cli->given->n_arguments;
    if (n == 1 && ocs_str_eq(verb, OCS_STR("list")))
        return list(s);
    if (n >= 2 && ocs_str_eq(verb, OCS_STR("add")))
        return add(s);
    if (n == 2 && ocs_str_eq(verb, OCS_STR("show")))
        return show(s);
    if (n == 2 && ocs_str_eq(verb, OCS_STR("remove")))
        return remove_query(s);
    if (n == 2 && ocs_str_eq(verb, OCS_STR("run")))
        return run(s);
    ocs_say("saved wants one of: add NAME QUERY..., list, show NAME, remove NAME, run NAME");
    return OCS_EXIT_USAGE;
}

static ocs_exit saved_run(ocs_cli *cli)
{
    shelf s = {.cli = cli};
    ocs_error err = {0};
    ocs_status st = ocs_saved_file(cli, ocs_cli_text(cli, OCS_SAVED_FILE_OPTION), &s.path, &err);
    if (st == OCS_OK)
        st = ocs_saved_read(s.path, cli->arena, &s.saved, &err);
    if (st == OCS_OK)
        return do_verb(&s);
    ocs_exit code = ocs_say_failure(st, &err);
    return st == OCS_IO ? OCS_EXIT_USAGE : code;
}

const ocs_command ocs_cmd_saved = {"saved",
                                   "add|list|show|remove|run [NAME] [QUERY...]",
                                   "Keep queries by name, and run them for what is new",
                                   saved_options,
                                   OCS_SAVED_OPTIONS,
                                   saved_run,
                                   NULL};
