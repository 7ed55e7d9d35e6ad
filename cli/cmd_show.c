/* show: one document of the index, or the bytes of its page on disk, which prove what a span says.
 */
#include "cli/ask.h"
#include "cli/pager.h"
#include "cli/print.h"
#include "cli/records.h"
#include "cli/show_text.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_EXPAND,
    OPT_TABLES,
    OPT_QUERY,
    OPT_MENTIONS,
    OPT_BYTES,
    OPT_HIGHLIGHT,
    OPT_PAGER,
    OPT_COUNT
};

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON };
static const char *const formats[] = {"text", "jsonl", "json", NULL};

static const size_t SHOW_CAP = (size_t)2 << 30;

static const ocs_option show_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_EXPAND] = OCS_ROW_EXPAND,
    [OPT_TABLES] = OCS_ROW_QUERY_TABLES,
    [OPT_QUERY] = {.name = "query",
                   .value = "QUERY",
                   .type = OCS_OPTION_STRING,
                   .about = "colour in the text what matches QUERY"},
    [OPT_MENTIONS] = {.name = "mentions",
                      .about = "print behind the text a line for each mention: bytes, type, key, "
                               "name, words, rule, roles"},
    [OPT_BYTES] = {.name = "bytes",
                   .value = "A..B",
                   .type = OCS_OPTION_STRING,
                   .about = "print the bytes from A up to, not including, B of the page on disk"},
    [OPT_HIGHLIGHT] = OCS_ROW_HIGHLIGHT,
    [OPT_PAGER] = OCS_ROW_PAGER,
};

static void print_record(const ocs_cli *cli, const ocs_document *document, bool array)
{
    ocs_records records;
    ocs_records_init(&records, cli->out, array);
    ocs_document_print(document, true, ocs_records_next(&records));
    ocs_records_end(&records);
    ocs_records_finish(&records);
}

static ocs_exit print_text(const ocs_cli *cli, ocs_index *index, const ocs_document *document,
                           ocs_arena *arena)
{
    ocs_span *matches = NULL;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_str query = ocs_str_of(ocs_cli_text(cli, OPT_QUERY));
    ocs_show show = {.document = document, .arena = arena};
    ocs_status st = OCS_OK;
    if (query.n > 0)
        st = ocs_query_highlight(index, query, document, arena, &matches, &show.n_matches, &err);
    if (st != OCS_OK)
        return ocs_ask_failure(query, st, &err);
    show.matches = matches;
    show.highlight = (ocs_highlight)ocs_cli_number(cli, OPT_HIGHLIGHT);
    ocs_show_text(&show, cli->out);
    if (ocs_cli_flag(cli, OPT_MENTIONS)) {
        ocs_out_puts(cli->out, document->n_mentions > 0 ? "\n" : "");
        ocs_print_mentions(document, cli->out);
    }
    return OCS_EXIT_OK;
}

static ocs_exit print_document(const ocs_cli *cli, ocs_index *index, const ocs_document *document,
                               ocs_arena *arena)
{
    long long format = ocs_cli_number(cli, OPT_FORMAT);
    ocs_pager_choose(cli->out, (ocs_paging)ocs_cli_number(cli, OPT_PAGER), format == FORMAT_TEXT);
    if (format == FORMAT_TEXT)
        return print_text(cli, index, document, arena);
    print_record(cli, document, format == FORMAT_JSON);
    return OCS_EXIT_OK;
}

static const char *path_of(const ocs_document *document, ocs_arena *arena)
{
    return ocs_arena_copy(arena, document->path.p, document->path.n);
}

static size_t line_of(ocs_str bytes, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += bytes.p[i] == '\n';
    return line;
}

static void put_bytes_record(const ocs_cli *cli, const ocs_document *document, ocs_str bytes,
                             ocs_span span)
{
    ocs_records records;
    ocs_records_init(&records, cli->out, ocs_cli_number(cli, OPT_FORMAT) == FORMAT_JSON);
    ocs_json *json = ocs_records_begin(&records, "bytes");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_str(json, "id", document->id);
    ocs_json_key_str(json, "path", document->path);
    ocs_json_key(json, "raw");
    ocs_json_span(json, span);
    ocs_json_key_int(json, "line", (long long)line_of(bytes, span.from));
    ocs_json_key_str(json, "text", ocs_str_sub(bytes, span.from, span.to));
    ocs_json_key_bool(json, "unchanged", ocs_hash(bytes) == document->raw_hash);
    ocs_records_end(&records);
    ocs_records_finish(&records);
}

static void put_bytes(const ocs_cli *cli, const ocs_document *document, ocs_str bytes,
                      ocs_span span)
{
    if (ocs_cli_number(cli, OPT_FORMAT) != FORMAT_TEXT) {
        put_bytes_record(cli, document, bytes, span);
        return;
    }
    ocs_out_text(cli->out, ocs_str_sub(bytes, span.from, span.to));
    if (cli->out->terminal) { /* where a person looks at it, and no program counts bytes */
        ocs_out_puts(cli->out, "\n");
        ocs_show_context(document->path, line_of(bytes, span.from), bytes, span, cli->out);
    }
}

/* A page that is not what was indexed proves nothing; its bytes are printed all the same. */
static ocs_exit print_bytes(const ocs_cli *cli, const ocs_document *document, ocs_span span,
                            ocs_arena *arena)
{
    ocs_str bytes;
    ocs_error err = {0};
    const char *path = path_of(document, arena);
    ocs_status st = path ? ocs_page_read(path, SHOW_CAP / 2, arena, &bytes, &err) : OCS_NOMEM;
    if (st != OCS_OK) {
        ocs_exit code = ocs_say_failure(st, &err);
        return st == OCS_NOMEM ? code : OCS_EXIT_INCOMPLETE;
    }
    if (span.to > bytes.n) {
        ocs_say("the page has %zu bytes: %zu..%zu is not within it", bytes.n, span.from, span.to);
        return OCS_EXIT_USAGE;
    }
    put_bytes(cli, document, bytes, span);
    if (ocs_hash(bytes) == document->raw_hash)
        return OCS_EXIT_OK;
    ocs_out_flush(cli->out);
    ocs_say("%s has changed since it was indexed: these bytes prove nothing; 'ocsearch index' "
            "brings the index up to date",
            path);
    return OCS_EXIT_INCOMPLETE;
}

static ocs_exit show(const ocs_cli *cli, ocs_index *index, const ocs_span *span, ocs_arena *arena)
{
    xap_docid number = 0;
    ocs_document document;
    ocs_error err = {0};
    const char *name = cli->given->arguments[0];
    ocs_status st = ocs_place_find(index, name, &number, &err);
    if (st == OCS_NOTFOUND)
        return ocs_place_unknown(name);
    if (st == OCS_OK)
        st = ocs_index_document(index, number, arena, &document, &err);
    if (st != OCS_OK)
        return ocs_place_failure(st, &err);
    if (span)
        return print_bytes(cli, &document, *span, arena);
    return print_document(cli, index, &document, arena);
}

/* A mistake in it is told before the index is opened. */
static ocs_exit check_query(const ocs_cli *cli)
{
    const char *query = ocs_cli_text(cli, OPT_QUERY);
    return query ? ocs_ask_check(cli, ocs_str_of(query)) : OCS_EXIT_OK;
}

static ocs_exit show_in_index(const ocs_cli *cli, const ocs_span *span)
{
    ocs_index *index;
    ocs_exit code = check_query(cli);
    if (code == OCS_EXIT_OK)
        code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_arena *arena = ocs_arena_new(SHOW_CAP);
    if (arena)
        code = show(cli, index, span, arena);
    else
        code = ocs_say_failure(OCS_NOMEM, &(ocs_error){0});
    ocs_arena_free(arena);
    return ocs_place_close(index, code);
}

static ocs_exit show_run(ocs_cli *cli)
{
    ocs_span span;
    const char *bytes = ocs_cli_text(cli, OPT_BYTES);
    if (cli->given->n_arguments != 1) {
        ocs_say("show wants the id or path of a document");
        return OCS_EXIT_USAGE;
    }
    if (bytes && !ocs_span_parse(bytes, &span)) {
        ocs_say("--bytes wants two offsets such as 3334..3350, not '%s'", bytes);
        return OCS_EXIT_USAGE;
    }
    return show_in_index(cli, bytes ? &span : NULL);
}

const ocs_command ocs_cmd_show = {"show",       "ID|PATH", "Print one document and what it names",
                                  show_options, OPT_COUNT, show_run,
                                  NULL};
