/* audit: what is cut from pages, the sites first and then the pages, as extract --audit prints them
 * the other way round.  What is said of the pages waits in a nameless file until the sites are
 * known, so that a large collection needs no more memory than a small one. */
#include "cli/audit.h"
#include "cli/pages.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum {
    OPT_SITES = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_FILES_FROM,
    OPT_NUL,
    OPT_MAX_PAGE,
    OPT_COUNT
};

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON };
static const char *const formats[] = {"text", "jsonl", "json", NULL};

static const size_t PAGE_ARENA_CAP = (size_t)512 << 20;

static const ocs_option audit_options[] = {
    OCS_SHARED_ROWS,
    [OPT_SITES] = {.name = "sites", .about = "print the sites alone"},
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_FILES_FROM] = OCS_ROW_FILES_FROM,
    [OPT_NUL] = OCS_ROW_NUL,
    [OPT_MAX_PAGE] = OCS_ROW_MAX_PAGE,
};

typedef struct auditor {
    ocs_out *out; /* standard output */
    FILE *file;   /* what is said of the pages, until the sites are printed */
    ocs_out pages;
    ocs_records records;
    ocs_audit audit;
    ocs_ingest *ingest;
    ocs_arena *arena; /* of the page at hand */
    size_t page_cap;
    uint64_t failed;
    bool text;
} auditor;

/* ---- pages ---- */

static void fail_page(void *payload, const char *path, ocs_status status, const ocs_error *err)
{
    auditor *a = payload;
    const char *message = err->text[0] ? err->text : ocs_status_name(status);
    a->failed++;
    ocs_say("%s", message);
    if (a->text)
        return;
    ocs_json *json = ocs_records_begin(&a->records, "error");
    ocs_json_key_str(json, "path", ocs_str_of(path));
    ocs_json_key_str(json, "message", ocs_str_of(message));
    ocs_records_end(&a->records);
}

static ocs_status audit_page(auditor *a, const char *path, ocs_error *err)
{
    ocs_page page = {.path = ocs_str_of(path)};
    ocs_document document;
    const ocs_blocks *blocks;
    ocs_status st = ocs_page_read(path, a->page_cap, a->arena, &page.bytes, err);
    if (st == OCS_OK)
        st = ocs_ingest_page(a->ingest, &page, OCS_STAGE_DOCUMENT, a->arena, &document, &blocks,
                             err);
    return st == OCS_OK ? ocs_audit_take(&a->audit, &document, blocks, a->arena, err) : st;
}

static void take_page(void *payload, const char *path, bool many)
{
    auditor *a = payload;
    ocs_error err = {0};
    (void)many;
    ocs_status st = audit_page(a, path, &err);
    if (st != OCS_OK) {
        if (!strstr(err.text, path))
            ocs_fail_within(&err, st, "%s", path);
        fail_page(a, path, st, &err);
    }
    ocs_arena_clear(a->arena);
}

/* ---- sites first ---- */

/* Pages go into the file as they would go to standard output. */
static ocs_status open_pages(auditor *a, ocs_error *err)
{
    a->file = tmpfile();
    int fd = a->file ? dup(fileno(a->file)) : -1;
    if (fd < 0)
        return ocs_fail(err, OCS_IO, "cannot make a temporary file: %s", strerror(errno));
    ocs_out_init(&a->pages, fd);
    a->pages.terminal = a->out->terminal;
    a->pages.colour = a->out->colour;
    return OCS_OK;
}

static ocs_status copy_pages(auditor *a, ocs_error *err)
{
    char chunk[16 * 1024];
    size_t n;
    rewind(a->file);
    while ((n = fread(chunk, 1, sizeof chunk, a->file)) > 0)
        ocs_out_put(a->out, (ocs_str){chunk, n});
    if (ferror(a->file))
        return ocs_fail(err, OCS_IO, "cannot read the temporary file: %s", strerror(errno));
    return OCS_OK;
}

/* Records need no such order. */
static ocs_status finish(auditor *a, ocs_error *err)
{
    ocs_status st = OCS_OK;
    if (a->file)
        st = ocs_out_finish(&a->pages, "a temporary file", err);
    if (st != OCS_OK)
        return st;
    a->audit.out = a->out;
    ocs_audit_finish(&a->audit);
    if (!a->text)
        ocs_records_finish(&a->records);
    return a->file ? copy_pages(a, err) : OCS_OK;
}

/* ---- the command ---- */

static ocs_status prepare(const ocs_cli *cli, auditor *a, ocs_error *err)
{
    long long format = ocs_cli_number(cli, OPT_FORMAT);
    bool sites = ocs_cli_flag(cli, OPT_SITES);
    *a = (auditor){.out = cli->out,
                   .page_cap = (size_t)ocs_cli_number(cli, OPT_MAX_PAGE),
                   .text = format == FORMAT_TEXT};
    ocs_records_init(&a->records, cli->out, format == FORMAT_JSON);
    a->arena = ocs_arena_new(PAGE_ARENA_CAP);
    if (!a->arena)
        return ocs_fail(err, OCS_NOMEM, "no memory to audit with");
    bool later = a->text && !sites;
    ocs_status st = later ? open_pages(a, err) : OCS_OK;
    if (st == OCS_OK)
        st = ocs_ingest_new(&a->ingest, err);
    if (st == OCS_OK)
        st = ocs_audit_init(&a->audit, later ? &a->pages : a->out, a->text ? NULL : &a->records,
                            err);
    a->audit.sites_only = sites;
    return st;
}

static void release(auditor *a)
{
    ocs_audit_clear(&a->audit);
    ocs_ingest_free(a->ingest);
    ocs_arena_free(a->arena);
    ocs_buf_clear(&a->records.buf);
    ocs_buf_clear(&a->pages.buf);
    if (a->file)
        fclose(a->file);
}

static ocs_exit audit_all(const ocs_cli *cli, const ocs_list *list)
{
    auditor a;
    ocs_error err = {0};
    ocs_status st = prepare(cli, &a, &err);
    if (st == OCS_OK) {
        ocs_pages pages = {.take = take_page, .fail = fail_page, .payload = &a};
        ocs_pages_walk(cli, list, &pages);
        st = finish(&a, &err);
    }
    release(&a);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    if (a.failed == 0)
        return OCS_EXIT_OK;
    ocs_say("%llu failed", (unsigned long long)a.failed);
    return OCS_EXIT_INCOMPLETE;
}

static ocs_exit audit_run(ocs_cli *cli)
{
    ocs_list list;
    if (cli->given->n_arguments == 0 && !ocs_cli_flag(cli, OPT_FILES_FROM)) {
        ocs_say("what is to be audited? Name files or folders, or give --files-from");
        return OCS_EXIT_USAGE;
    }
    ocs_exit code = ocs_list_open(cli, OPT_FILES_FROM, OPT_NUL, &list);
    if (code != OCS_EXIT_OK)
        return code;
    code = audit_all(cli, &list);
    ocs_list_close(&list);
    return code;
}

const ocs_command ocs_cmd_audit = {
    "audit",       "SOURCE...", "Tell what is cut from pages, by what evidence, and how much",
    audit_options, OPT_COUNT,   audit_run,
    NULL};
