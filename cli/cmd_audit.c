/* audit: what is cut from pages, the sites first and then the pages, as extract --audit prints them
 * the other way round.  The pages are those named, or those of the index as they are on disk.  What
 * is said of the pages waits in a nameless file until the sites are known, so that a large
 * collection needs no more memory than a small one. */
#include "cli/audit.h"
#include "cli/audit_index.h"
#include "cli/evidence.h"
#include "cli/pages.h"
#include "cli/place.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_SITE,
    OPT_SAMPLE,
    OPT_SITES,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_FILES_FROM,
    OPT_NUL,
    OPT_MAX_PAGE,
    OPT_NO_EVIDENCE,
    OPT_COUNT
};

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON };
static const char *const formats[] = {"text", "jsonl", "json", NULL};

static const size_t PAGE_ARENA_CAP = (size_t)512 << 20;
static const size_t INDEX_ARENA_CAP = (size_t)1 << 30; /* the paths of its pages */

static const ocs_option audit_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DB,
    [OPT_SITE] = {.name = "site",
                  .value = "HOST",
                  .type = OCS_OPTION_STRING,
                  .about = "of the index, only the pages of this site (a host, or a folder)"},
    [OPT_SAMPLE] = {.name = "sample",
                    .value = "N",
                    .type = OCS_OPTION_INT,
                    .low = 1,
                    .high = INT_MAX,
                    .about = "of the index, only so many pages, always the same ones"},
    [OPT_SITES] = {.name = "sites", .about = "print the sites alone"},
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_FILES_FROM] = OCS_ROW_FILES_FROM,
    [OPT_NUL] = OCS_ROW_NUL,
    [OPT_MAX_PAGE] = OCS_ROW_MAX_PAGE,
    [OPT_NO_EVIDENCE] = OCS_ROW_NO_EVIDENCE,
};

typedef struct auditor {
    ocs_out *out; /* standard output */
    FILE *file;   /* what is said of the pages, until the sites are printed */
    ocs_out pages;
    ocs_records records;
    ocs_audit audit;
    ocs_ingest *ingest;
    ocs_arena *arena;       /* of the page at hand */
    ocs_sites *sites;       /* evidence of other pages, or NULL */
    ocs_audit_index *index; /* NULL: the pages were named */
    size_t page_cap;
    ocs_page_reader *reader;
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

static ocs_status audit_bytes(auditor *a, const ocs_page *page, ocs_error *err)
{
    ocs_document document;
    const ocs_blocks *blocks;
    ocs_status st =
        ocs_ingest_page(a->ingest, page, OCS_STAGE_DOCUMENT, a->arena, &document, &blocks, err);
    return st == OCS_OK ? ocs_audit_take(&a->audit, &document, blocks, a->arena, err) : st;
}

static ocs_status audit_page(auditor *a, const char *path, ocs_error *err)
{
    ocs_page page = {.path = ocs_str_of(path), .sites = a->sites};
    ocs_status st =
        ocs_page_reader_read(a->reader, path, a->page_cap, a->arena, &page.bytes, &page.url, err);
    return st == OCS_OK ? audit_bytes(a, &page, err) : st;
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

/* ---- pages of the index ---- */

static ocs_status audit_known(auditor *a, ocs_audit_known *known, ocs_error *err)
{
    ocs_page page = {.path = ocs_str_of(known->path), .sites = a->index->sites};
    ocs_status st = ocs_page_reader_read(a->reader, known->path, a->page_cap, a->arena, &page.bytes,
                                         &page.url, err);
    if (st != OCS_OK)
        return st;
    a->audit.changed = ocs_hash(page.bytes) != known->hash;
    ocs_ingest_keep_blocks(a->ingest, known->keep_blocks);
    st = audit_bytes(a, &page, err);
    if (st == OCS_OK && a->audit.changed)
        known->state = OCS_AUDIT_CHANGED;
    return st;
}

static void print_lost(auditor *a, const ocs_audit_known *known)
{
    bool failed = known->state == OCS_AUDIT_FAILED;
    if (a->text)
        return; /* they are listed together */
    ocs_json *json = ocs_records_begin(&a->records, "error");
    ocs_json_key_str(json, "path", ocs_str_of(known->path));
    ocs_json_key_str(json, "message", failed ? known->message : OCS_STR("no longer on disk"));
    ocs_json_key(json, "state");
    ocs_json_cstr(json, failed ? "failed" : "vanished");
    ocs_records_end(&a->records);
}

/* ${names}: keeps what is said of pages that fail. */
static void take_known(auditor *a, ocs_audit_known *known, ocs_arena *names)
{
    ocs_error err = {0};
    ocs_status st = known->state == OCS_AUDIT_FAILED ? OCS_OK : audit_known(a, known, &err);
    if (st != OCS_OK && !ocs_page_on_disk(known->path)) {
        known->state = OCS_AUDIT_VANISHED;
    } else if (st != OCS_OK) {
        known->state = OCS_AUDIT_FAILED;
        known->message =
            ocs_str_copy(names, ocs_str_of(err.text[0] ? err.text : ocs_status_name(st)));
    }
    if (known->state == OCS_AUDIT_FAILED || known->state == OCS_AUDIT_VANISHED)
        print_lost(a, known);
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
    if (a->index && a->text)
        ocs_audit_index_put(a->index, a->out);
    if (a->index && !a->text)
        ocs_audit_index_record(a->index, &a->records);
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
    a->reader = ocs_page_reader_new();
    if (!a->arena || !a->reader)
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
    ocs_sites_free(a->sites);
    ocs_ingest_free(a->ingest);
    ocs_page_reader_free(a->reader);
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
        ocs_evidence evidence = {
            .page_cap = a.page_cap, .arena = a.arena, .reader = a.reader, .sites = &a.sites};
        bool alone = ocs_cli_flag(cli, OPT_NO_EVIDENCE);
        st = ocs_evidence_walk(cli, list, alone ? NULL : &evidence, &pages, &err);
    }
    if (st == OCS_OK)
        st = finish(&a, &err);
    release(&a);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    if (a.failed == 0)
        return OCS_EXIT_OK;
    ocs_say("%llu failed", (unsigned long long)a.failed);
    return OCS_EXIT_INCOMPLETE;
}

static ocs_exit audit_named(const ocs_cli *cli)
{
    static const int of_index[] = {OPT_DB, OPT_SITE, OPT_SAMPLE};
    ocs_list list;
    for (size_t i = 0; i < sizeof of_index / sizeof *of_index; i++) {
        if (ocs_cli_flag(cli, of_index[i])) {
            ocs_say("--%s is for the pages of the index: name no files with it",
                    audit_options[of_index[i]].name);
            return OCS_EXIT_USAGE;
        }
    }
    ocs_exit code = ocs_list_open(cli, OPT_FILES_FROM, OPT_NUL, &list);
    if (code != OCS_EXIT_OK)
        return code;
    code = audit_all(cli, &list);
    ocs_list_close(&list);
    return code;
}

/* What is not as it was indexed makes the audit incomplete. */
static ocs_exit say_index(const ocs_audit_index *list)
{
    const uint64_t *n = list->n;
    if (list->stale > 0)
        ocs_say("warning: %" PRIu64 " pages were indexed by other rules; this is what the rules of "
                "this program cut",
                list->stale);
    if (n[OCS_AUDIT_CHANGED] + n[OCS_AUDIT_VANISHED] + n[OCS_AUDIT_FAILED] == 0)
        return OCS_EXIT_OK;
    ocs_say("%" PRIu64 " changed since they were indexed, %" PRIu64 " vanished, %" PRIu64 " failed",
            n[OCS_AUDIT_CHANGED], n[OCS_AUDIT_VANISHED], n[OCS_AUDIT_FAILED]);
    return OCS_EXIT_INCOMPLETE;
}

static ocs_exit audit_listed(const ocs_cli *cli, ocs_audit_index *list, ocs_arena *names)
{
    auditor a;
    ocs_error err = {0};
    ocs_status st = prepare(cli, &a, &err);
    if (st == OCS_OK) {
        a.index = list;
        for (size_t i = 0; i < list->pages.n && cli->out->error == 0; i++)
            take_known(&a, &list->pages.at[i], names);
        ocs_audit_index_count(list);
        st = finish(&a, &err);
    }
    release(&a);
    return st == OCS_OK ? say_index(list) : ocs_say_failure(st, &err);
}

static ocs_exit read_index(const ocs_cli *cli, ocs_arena *names, ocs_audit_index *list)
{
    ocs_index *index;
    ocs_error err = {0};
    const ocs_audit_choice choice = {.site = ocs_str_of(ocs_cli_text(cli, OPT_SITE)),
                                     .sample = (size_t)ocs_cli_number(cli, OPT_SAMPLE)};
    ocs_exit code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_status st = ocs_audit_index_read(index, &choice, names, list, &err);
    list->sites = ocs_sites_new();
    if (st == OCS_OK)
        st = list->sites ? ocs_index_sites(index, list->sites, &err) : OCS_NOMEM;
    ocs_index_close(index);
    if (st != OCS_OK)
        return ocs_place_failure(st, &err);
    if (list->pages.n > 0)
        return OCS_EXIT_OK;
    ocs_say(list->known > 0 ? "the index has no page of this site" : "the index has no pages");
    return OCS_EXIT_NONE;
}

static ocs_exit audit_index(const ocs_cli *cli)
{
    ocs_audit_index list = {0};
    ocs_arena *names = ocs_arena_new(INDEX_ARENA_CAP);
    if (!names) {
        ocs_say("no memory to audit with");
        return OCS_EXIT_BUG;
    }
    ocs_exit code = read_index(cli, names, &list);
    if (code == OCS_EXIT_OK)
        code = audit_listed(cli, &list, names);
    ocs_sites_free(list.sites);
    ocs_arena_free(names);
    return code;
}

static ocs_exit audit_run(ocs_cli *cli)
{
    bool named = cli->given->n_arguments > 0 || ocs_cli_flag(cli, OPT_FILES_FROM);
    return named ? audit_named(cli) : audit_index(cli);
}

const ocs_command ocs_cmd_audit = {
    "audit",       "[SOURCE]...", "Tell what is cut from pages, by what evidence, and how much",
    audit_options, OPT_COUNT,     audit_run,
    NULL};
