/* show: one document of the index, or the bytes of its page on disk, which prove what a span says.
 */
#include "cli/place.h"
#include "cli/print.h"
#include "cli/records.h"

enum { OPT_DB = OCS_OPTION_OWN, OPT_FORMAT, OPT_FORMAT_VERSION, OPT_BYTES, OPT_COUNT };

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON };
static const char *const formats[] = {"text", "jsonl", "json", NULL};

static const size_t SHOW_CAP = (size_t)2 << 30;

static const ocs_option show_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_BYTES] = {.name = "bytes",
                   .value = "A..B",
                   .type = OCS_OPTION_STRING,
                   .about = "print the bytes from A up to, not including, B of the page on disk"},
};

static void print_document(const ocs_cli *cli, const ocs_document *document)
{
    ocs_records records;
    long long format = ocs_cli_number(cli, OPT_FORMAT);
    if (format == FORMAT_TEXT) {
        ocs_print_document(document, cli->out);
        ocs_out_puts(cli->out, document->n_mentions > 0 ? "\n" : "");
        ocs_print_mentions(document, cli->out);
        return;
    }
    ocs_records_init(&records, cli->out, format == FORMAT_JSON);
    ocs_document_print(document, true, ocs_records_next(&records));
    ocs_records_end(&records);
    ocs_records_finish(&records);
}

static const char *path_of(const ocs_document *document, ocs_arena *arena)
{
    return ocs_arena_copy(arena, document->path.p, document->path.n);
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
    ocs_out_text(cli->out, ocs_str_sub(bytes, span.from, span.to));
    if (ocs_hash(bytes) == document->raw_hash)
        return OCS_EXIT_OK;
    ocs_say("warning: %s has changed since it was indexed", path);
    return OCS_EXIT_INCOMPLETE;
}

static ocs_exit show(const ocs_cli *cli, ocs_index *index, const ocs_span *span, ocs_arena *arena)
{
    xap_docid number = 0;
    ocs_document document;
    ocs_error err = {0};
    const char *name = cli->given->arguments[0];
    ocs_status st = ocs_place_find(index, name, &number, &err);
    if (st == OCS_NOTFOUND) {
        ocs_say("there is no document '%s'", name);
        return OCS_EXIT_NONE;
    }
    if (st == OCS_OK)
        st = ocs_index_document(index, number, arena, &document, &err);
    if (st != OCS_OK)
        return ocs_place_failure(st, &err);
    if (span)
        return print_bytes(cli, &document, *span, arena);
    print_document(cli, &document);
    return OCS_EXIT_OK;
}

static ocs_exit show_in_index(const ocs_cli *cli, const ocs_span *span)
{
    ocs_index *index;
    ocs_exit code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_arena *arena = ocs_arena_new(SHOW_CAP);
    if (arena)
        code = show(cli, index, span, arena);
    else
        code = ocs_say_failure(OCS_NOMEM, &(ocs_error){0});
    ocs_arena_free(arena);
    ocs_index_close(index);
    return code;
}

static ocs_exit show_run(ocs_cli *cli)
{
    ocs_span span;
    const char *bytes = ocs_cli_text(cli, OPT_BYTES);
    if (cli->given->n_arguments != 1) {
        ocs_say("show wants one id or path");
        return OCS_EXIT_USAGE;
    }
    if (bytes && !ocs_span_parse(bytes, &span)) {
        ocs_say("--bytes wants two offsets such as 3334..3350, not '%s'", bytes);
        return OCS_EXIT_USAGE;
    }
    return show_in_index(cli, bytes ? &span : NULL);
}

const ocs_command ocs_cmd_show = {
    "show",   "ID|PATH", "Print one document and what was found in it", show_options, OPT_COUNT,
    show_run, NULL};
