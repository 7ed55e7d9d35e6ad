/* extract: pages go through the pipeline as far as --stage says, and what comes out is printed; no
 * index is touched but for the record, which is what one would be given.  Or, with --audit, it is
 * told what was cut.  A page that fails is told of and the next one taken. */
#include "cli/audit.h"
#include "cli/evidence.h"
#include "cli/pages.h"
#include "cli/place.h"
#include "cli/print.h"
#include "cli/records.h"
#include "cli/tables.h"
#include "index/record.h"
#include "ingest/ingest.h"

#include <stdlib.h>

enum {
    OPT_STAGE = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_FILES_FROM,
    OPT_NUL,
    OPT_MAX_PAGE,
    OPT_KEEP_BLOCKS,
    OPT_TABLES,
    OPT_RULES_ONLY,
    OPT_AUDIT,
    OPT_NO_EVIDENCE,
    OPT_DB,
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
    [OPT_KEEP_BLOCKS] = OCS_ROW_KEEP_BLOCKS,
    [OPT_TABLES] = OCS_ROW_TABLES,
    [OPT_RULES_ONLY] = {.name = "rules-only",
                        .about = "find names by the rules alone, without the trained model"},
    [OPT_AUDIT] = {.name = "audit",
                   .about = "tell what is cut from each page, by what evidence, and how much of "
                            "each site; text unless --format is given"},
    [OPT_NO_EVIDENCE] = OCS_ROW_NO_EVIDENCE,
    [OPT_DB] = {.name = "db",
                .value = "DIR",
                .type = OCS_OPTION_STRING,
                .about = "judge each page by what this index knows of its site"},
};

/* Made once for all pages; the arena is cleared after each. */
typedef struct extractor {
    ocs_out *out;
    long long stage, format;
    bool audits;
    bool by_index; /* evidence is an index's, and not of the pages at hand */
    size_t page_cap;
    ocs_page_reader *reader;
    bool titled;             /* text form: each page under its path */
    ocs_gaz_overlay *tables; /* NULL: the built-in ones */
    ocs_ingest *ingest;
    ocs_stemmers *stemmers;
    const ocs_aliases *aliases;
    ocs_arena *arena;
    ocs_sites *sites; /* evidence of the other pages; NULL: each page by itself */
    ocs_records records;
    ocs_audit audit;
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

static void print(extractor *x, const extract *e)
{
    if (x->format == FORMAT_TEXT)
        print_text(x, e);
    else
        print_records(x, e);
}

static void print_failure(void *payload, const char *path, ocs_status status, const ocs_error *err)
{
    extractor *x = payload;
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

/* An index knows pages by their absolute paths. */
static ocs_str absolute(const extractor *x, const char *path)
{
    char *real = x->by_index ? realpath(path, NULL) : NULL;
    ocs_str copy = ocs_str_copy(x->arena, ocs_str_of(real));
    free(real);
    return copy;
}

static ocs_status make(extractor *x, const char *path, extract *e, ocs_error *err)
{
    e->page.path = ocs_str_of(path);
    e->page.sites = x->sites;
    e->page.counted_as = absolute(x, path);
    ocs_status st = ocs_page_reader_read(x->reader, path, x->page_cap, x->arena, &e->page.bytes,
                                         &e->page.url, err);
    if (st != OCS_OK)
        return st;
    st = ocs_ingest_page(x->ingest, &e->page, stage_of(x), x->arena, &e->document, &e->blocks, err);
    if (st != OCS_OK)
        return st;
    if (!ocs_aliases_apply(x->aliases, x->arena, &e->document))
        return ocs_fail(err, ocs_arena_status(x->arena), "no memory for the names of the page");
    if (x->audits)
        return ocs_audit_take(&x->audit, &e->document, e->blocks, x->arena, err);
    if (x->stage != STAGE_RECORD)
        return OCS_OK;
    return ocs_record_make(&e->document, x->stemmers, x->arena, &e->record, err);
}

static void take_page(void *payload, const char *path, bool many)
{
    extractor *x = payload;
    extract e = {0};
    ocs_error err = {0};
    ocs_status st = make(x, path, &e, &err);
    x->pages++;
    x->titled = x->titled || many;
    if (st != OCS_OK) {
        if (!strstr(err.text, path))
            ocs_fail_within(&err, st, "%s", path);
        print_failure(x, path, st, &err);
    } else if (!x->audits)
        print(x, &e);
    ocs_arena_clear(x->arena);
}

/* ---- the command ---- */

static long long format_of(const ocs_cli *cli)
{
    bool text = ocs_cli_number(cli, OPT_STAGE) == STAGE_RECORD ||
                (ocs_cli_flag(cli, OPT_AUDIT) && !ocs_cli_flag(cli, OPT_FORMAT));
    return text ? FORMAT_TEXT : ocs_cli_number(cli, OPT_FORMAT);
}

static ocs_status prepare_tools(const ocs_cli *cli, extractor *x, ocs_error *err)
{
    x->aliases = *cli->aliases; /* read before */
    x->arena = ocs_arena_new(PAGE_ARENA_CAP);
    x->stemmers = ocs_stemmers_new();
    x->reader = ocs_page_reader_new();
    if (!x->arena || !x->stemmers || !x->reader)
        return ocs_fail(err, OCS_NOMEM, "no memory to extract with");
    ocs_status st = ocs_cli_tables(cli, OPT_TABLES, &x->tables, err);
    if (st == OCS_OK)
        st = ocs_ingest_new(&x->ingest, err);
    if (st != OCS_OK)
        return st;
    ocs_stemmers_use_tables(x->stemmers, ocs_gaz_overlay_gaz(x->tables));
    ocs_ingest_use_tables(x->ingest, ocs_gaz_overlay_gaz(x->tables));
    ocs_ingest_keep_blocks(x->ingest, ocs_cli_flag(cli, OPT_KEEP_BLOCKS));
    ocs_ingest_rules_only(x->ingest, ocs_cli_flag(cli, OPT_RULES_ONLY));
    if (!x->audits)
        return OCS_OK;
    return ocs_audit_init(&x->audit, x->out, x->format == FORMAT_TEXT ? NULL : &x->records, err);
}

static ocs_status prepare(const ocs_cli *cli, extractor *x, ocs_error *err)
{
    *x = (extractor){.out = cli->out,
                     .stage = ocs_cli_number(cli, OPT_STAGE),
                     .format = format_of(cli),
                     .audits = ocs_cli_flag(cli, OPT_AUDIT),
                     .page_cap = (size_t)ocs_cli_number(cli, OPT_MAX_PAGE)};
    if (x->audits)
        x->stage = STAGE_DOCUMENT; /* as far as the page's address */
    x->titled = ocs_cli_flag(cli, OPT_FILES_FROM) || cli->given->n_arguments > 1;
    ocs_records_init(&x->records, cli->out, x->format == FORMAT_JSON);
    ocs_buf_init(&x->text, PRINT_CAP);
    return prepare_tools(cli, x, err);
}

static void release(extractor *x)
{
    ocs_audit_clear(&x->audit);
    ocs_sites_free(x->sites);
    ocs_ingest_free(x->ingest);
    ocs_stemmers_free(x->stemmers);
    ocs_gaz_overlay_free(x->tables);
    ocs_page_reader_free(x->reader);
    ocs_arena_free(x->arena);
    ocs_buf_clear(&x->text);
    ocs_buf_clear(&x->records.buf);
}

static ocs_exit take_all(const ocs_cli *cli, extractor *x, const ocs_list *list)
{
    ocs_pages pages = {.take = take_page, .fail = print_failure, .payload = x};
    ocs_error err = {0};
    ocs_evidence evidence = {
        .page_cap = x->page_cap, .arena = x->arena, .reader = x->reader, .sites = &x->sites};
    bool alone = x->by_index || ocs_cli_flag(cli, OPT_NO_EVIDENCE);
    ocs_status st = ocs_evidence_walk(cli, list, alone ? NULL : &evidence, &pages, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    if (x->audits)
        ocs_audit_finish(&x->audit);
    if (x->format != FORMAT_TEXT)
        ocs_records_finish(&x->records);
    if (x->failed == 0)
        return OCS_EXIT_OK;
    ocs_say("%llu failed", (unsigned long long)x->failed);
    return OCS_EXIT_INCOMPLETE;
}

/* No index is looked at unless one is named: what is printed is not to depend on the environment. */
static ocs_exit load_evidence(const ocs_cli *cli, extractor *x)
{
    ocs_index *index;
    ocs_error err = {0};
    x->by_index = ocs_cli_flag(cli, OPT_DB);
    if (!x->by_index)
        return OCS_EXIT_OK;
    ocs_exit code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    x->sites = ocs_sites_new();
    ocs_status st = x->sites ? ocs_index_sites(index, x->sites, &err)
                             : ocs_fail(&err, OCS_NOMEM, "no memory for sites");
    if (st != OCS_OK)
        code = ocs_place_failure(st, &err);
    ocs_index_close(index);
    return code;
}

static ocs_exit extract_all(const ocs_cli *cli, const ocs_list *list)
{
    extractor x;
    ocs_error err = {0};
    ocs_status st = prepare(cli, &x, &err);
    ocs_exit code = st == OCS_OK ? load_evidence(cli, &x) : ocs_say_failure(st, &err);
    if (code == OCS_EXIT_OK)
        code = take_all(cli, &x, list);
    release(&x);
    return code;
}

static ocs_exit check_audit(const ocs_cli *cli)
{
    if (ocs_cli_flag(cli, OPT_STAGE)) {
        ocs_say("--audit goes its own way through a page and takes no --stage");
        return OCS_EXIT_USAGE;
    }
    if (ocs_cli_flag(cli, OPT_KEEP_BLOCKS)) {
        ocs_say("--audit tells what is cut, and --keep-blocks cuts nothing");
        return OCS_EXIT_USAGE;
    }
    return OCS_EXIT_OK;
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
    if (ocs_cli_flag(cli, OPT_DB) && ocs_cli_flag(cli, OPT_NO_EVIDENCE)) {
        ocs_say("--db names an index for its evidence, and --no-evidence wants none");
        return OCS_EXIT_USAGE;
    }
    return ocs_cli_flag(cli, OPT_AUDIT) ? check_audit(cli) : OCS_EXIT_OK;
}

static ocs_exit extract_run(ocs_cli *cli)
{
    ocs_list list;
    const ocs_aliases *aliases;
    ocs_exit code = check_options(cli);
    if (code == OCS_EXIT_OK)
        code = ocs_place_aliases(cli, &aliases);
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
