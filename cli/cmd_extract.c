/* extract: pages go through the pipeline as far as --stage says, and what comes out is printed; no
 * index is touched but for the record, which is what one would be given.  A page that fails is told
 * of and the next one taken. */
#include "cli/list.h"
#include "cli/print.h"
#include "cli/records.h"
#include "index/record.h"
#include "ingest/ingest.h"

enum {
    OPT_STAGE = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_FILES_FROM,
    OPT_NUL,
    OPT_MAX_PAGE,
    OPT_COUNT
};

enum { STAGE_BLOCKS, STAGE_DOCUMENT, STAGE_MENTIONS, STAGE_RECORD };
static const char *const stages[] = {"blocks", "document", "mentions", "record", NULL};

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON };
static const char *const formats[] = {"text", "jsonl", "json", NULL};

static const size_t PAGE_ARENA_CAP = (size_t)512 << 20;
static const size_t PRINT_CAP = (size_t)1 << 30;

static const ocs_option extract_options[] = {
    OCS_SHARED_ROWS,
    [OPT_STAGE] = {.name = "stage",
                   .type = OCS_OPTION_CHOICE,
                   .choices = stages,
                   .preset = STAGE_MENTIONS,
                   .about = "how far to go (default mentions); record: the terms of the index"},
    [OPT_FORMAT] = {.name = "format",
                    .type = OCS_OPTION_CHOICE,
                    .choices = formats,
                    .preset = FORMAT_JSONL,
                    .about = "the form of the output (default jsonl; record has text only)"},
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_FILES_FROM] = OCS_ROW_FILES_FROM,
    [OPT_NUL] = OCS_ROW_NUL,
    [OPT_MAX_PAGE] = OCS_ROW_MAX_PAGE,
};

/* Made once for all pages; the arena is cleared after each. */
typedef struct extractor {
    ocs_out *out;
    long long stage, format;
    size_t page_cap;
    bool titled; /* text form: each page under its path */
    ocs_ingest *ingest;
    ocs_stemmers *stemmers;
    ocs_arena *arena;
    ocs_records records;
    ocs_buf text;
    uint64_t pages, failed;
} extractor;

/* What came of one page. */
typedef struct extract {
    ocs_page page;
    ocs_document document;
    const ocs_blocks *blocks;
    ocs_record record;
} extract;

/* ---- printing ---- */

static void print_title(extractor *x, ocs_str path)
{
    if (!x->titled)
        return;
    ocs_out_puts(x->out, x->pages > 1 ? "\n# " : "# ");
    ocs_out_line(x->out, path);
    ocs_out_puts(x->out, "\n");
}

static void print_text(extractor *x, const extract *e)
{
    print_title(x, e->page.path);
    ocs_buf_reset(&x->text);
    if (x->stage == STAGE_BLOCKS)
        ocs_blocks_print(e->blocks, &x->text);
    else if (x->stage == STAGE_RECORD)
        ocs_record_print(&e->record, &x->text);
    else if (x->stage == STAGE_MENTIONS)
        ocs_print_mentions(&e->document, x->out);
    else
        ocs_print_document(&e->document, x->out);
    ocs_out_text(x->out, ocs_buf_str(&x->text));
}

static void print_records(extractor *x, const extract *e)
{
    if (x->stage != STAGE_BLOCKS) {
        ocs_document_print(&e->document, true, ocs_records_next(&x->records));
        ocs_records_end(&x->records);
        return;
    }
    ocs_buf_reset(&x->text);
    ocs_blocks_print_json(e->blocks, e->page.path, &x->text);
    ocs_records_lines(&x->records, ocs_buf_str(&x->text));
}

static void print_failure(extractor *x, const char *path, ocs_status status, const ocs_error *err)
{
    const char *message = err->text[0] ? err->text : ocs_status_name(status);
    x->failed++;
    ocs_say("%s", message);
    if (x->format == FORMAT_TEXT)
        return;
    ocs_json *json = ocs_records_begin(&x->records, "error");
    ocs_json_key(json, "path");
    ocs_json_cstr(json, path);
    ocs_json_key(json, "message");
    ocs_json_cstr(json, message);
    ocs_records_end(&x->records);
}

/* ---- pages ---- */

static ocs_stage stage_of(const extractor *x)
{
    return x->stage == STAGE_BLOCKS     ? OCS_STAGE_BLOCKS
           : x->stage == STAGE_DOCUMENT ? OCS_STAGE_DOCUMENT
                                        : OCS_STAGE_MENTIONS;
}

static ocs_status make(extractor *x, const char *path, extract *e, ocs_error *err)
{
    e->page.path = ocs_str_of(path);
    ocs_status st = ocs_page_read(path, x->page_cap, x->arena, &e->page.bytes, err);
    if (st != OCS_OK)
        return st;
    st = ocs_ingest_page(x->ingest, &e->page, stage_of(x), x->arena, &e->document, &e->blocks, err);
    if (st != OCS_OK || x->stage != STAGE_RECORD)
        return st;
    return ocs_record_make(&e->document, x->stemmers, x->arena, &e->record, err);
}

static void take_page(extractor *x, const char *path)
{
    extract e = {0};
    ocs_error err = {0};
    ocs_status st = make(x, path, &e, &err);
    x->pages++;
    if (st != OCS_OK) {
        if (!strstr(err.text, path))
            ocs_fail_within(&err, st, "%s", path);
        print_failure(x, path, st, &err);
    } else if (x->format == FORMAT_TEXT)
        print_text(x, &e);
    else
        print_records(x, &e);
    ocs_arena_clear(x->arena);
}

static void take_source(extractor *x, ocs_source *source)
{
    ocs_page_info info = {0};
    ocs_error err = {0};
    ocs_status st;
    while ((st = ocs_source_next(source, &info, &err)) != OCS_NOTFOUND && x->out->error == 0) {
        if (st == OCS_OK)
            take_page(x, info.path);
        else
            print_failure(x, info.path, st, &err);
        err = (ocs_error){0};
    }
}

static void take_argument(extractor *x, const char *path)
{
    ocs_source *source;
    ocs_error err = {0};
    if (strcmp(path, "-") == 0) {
        take_page(x, path);
        return;
    }
    ocs_status st = ocs_source_open(path, &source, &err);
    if (st != OCS_OK) {
        print_failure(x, path, st, &err);
        return;
    }
    bool file = ocs_source_kind_of(source) == OCS_SOURCE_FILE;
    x->titled = x->titled || !file;
    if (file)
        take_page(x, path); /* under the name that the user gave it */
    else
        take_source(x, source);
    ocs_source_close(source);
}

/* ---- the command ---- */

static ocs_status prepare(const ocs_cli *cli, extractor *x, ocs_error *err)
{
    *x = (extractor){.out = cli->out,
                     .stage = ocs_cli_number(cli, OPT_STAGE),
                     .format = ocs_cli_number(cli, OPT_FORMAT),
                     .page_cap = (size_t)ocs_cli_number(cli, OPT_MAX_PAGE)};
    if (x->stage == STAGE_RECORD)
        x->format = FORMAT_TEXT;
    x->titled = ocs_cli_flag(cli, OPT_FILES_FROM) || cli->given->n_arguments > 1;
    ocs_records_init(&x->records, cli->out, x->format == FORMAT_JSON);
    ocs_buf_init(&x->text, PRINT_CAP);
    x->arena = ocs_arena_new(PAGE_ARENA_CAP);
    x->stemmers = ocs_stemmers_new();
    if (!x->arena || !x->stemmers)
        return ocs_fail(err, OCS_NOMEM, "no memory to extract with");
    return ocs_ingest_new(&x->ingest, err);
}

static void release(extractor *x)
{
    ocs_ingest_free(x->ingest);
    ocs_stemmers_free(x->stemmers);
    ocs_arena_free(x->arena);
    ocs_buf_clear(&x->text);
    ocs_buf_clear(&x->records.buf);
}

static ocs_exit take_all(const ocs_cli *cli, extractor *x, const ocs_list *list)
{
    for (size_t i = 0; i < cli->given->n_arguments && x->out->error == 0; i++)
        take_argument(x, cli->given->arguments[i]);
    if (list->source)
        take_source(x, list->source);
    if (x->format != FORMAT_TEXT)
        ocs_records_finish(&x->records);
    if (x->failed == 0)
        return OCS_EXIT_OK;
    ocs_say("%llu failed", (unsigned long long)x->failed);
    return OCS_EXIT_INCOMPLETE;
}

static ocs_exit extract_all(const ocs_cli *cli, const ocs_list *list)
{
    extractor x;
    ocs_error err = {0};
    ocs_status st = prepare(cli, &x, &err);
    ocs_exit code = st == OCS_OK ? take_all(cli, &x, list) : ocs_say_failure(st, &err);
    release(&x);
    return code;
}

static ocs_exit check_options(const ocs_cli *cli)
{
    if (cli->given->n_arguments == 0 && !ocs_cli_flag(cli, OPT_FILES_FROM)) {
        ocs_say("what is to be extracted? Name files, - for standard input, or --files-from");
        return OCS_EXIT_USAGE;
    }
    if (ocs_cli_number(cli, OPT_STAGE) == STAGE_RECORD && ocs_cli_flag(cli, OPT_FORMAT) &&
        ocs_cli_number(cli, OPT_FORMAT) != FORMAT_TEXT) {
        ocs_say("--stage=record has a text form only");
        return OCS_EXIT_USAGE;
    }
    return OCS_EXIT_OK;
}

static ocs_exit extract_run(ocs_cli *cli)
{
    ocs_list list;
    ocs_exit code = check_options(cli);
    if (code == OCS_EXIT_OK)
        code = ocs_list_open(cli, OPT_FILES_FROM, OPT_NUL, &list);
    if (code != OCS_EXIT_OK)
        return code;
    code = extract_all(cli, &list);
    ocs_list_close(&list);
    return code;
}

const ocs_command ocs_cmd_extract = {"extract",
                                     "FILE...",
                                     "Print what is read from pages, without an index",
                                     extract_options,
                                     OPT_COUNT,
                                     extract_run,
                                     NULL};
