/* index: bring the index up to date with its sources.  Made for cron: one line of summary on
 * standard error, the failures with their reasons, and an exit code for each kind of trouble;
 * standard output stays empty. */
#include "cli/list.h"
#include "cli/place.h"
#include "cli/records.h"
#include "cli/tables.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FILES_FROM,
    OPT_NUL,
    OPT_LOCK_WAIT,
    OPT_MAX_DELETE,
    OPT_PRUNE,
    OPT_SINCE,
    OPT_SHARD,
    OPT_MAX_PAGE,
    OPT_KEEP_BLOCKS,
    OPT_BUILDER,
    OPT_COMPACT,
    OPT_JOBS,
    OPT_NICE,
    OPT_TABLES,
    OPT_DRY_RUN,
    OPT_REPORT,
    OPT_QUIET,
    OPT_VERBOSE,
    OPT_COUNT
};

enum { JOBS_MAX = 64, NICE_MOST = 19, SHARDS_MAX = 10000 };

/* In the order of ocs_compact_when. */
static const char *const compact_names[] = {"auto", "never", "always", NULL};

enum { PRUNE_AUTO, PRUNE_NEVER, PRUNE_ALWAYS };
static const char *const prune_names[] = {"auto", "never", "always", NULL};

/* In the order of ocs_builder. */
static const char *const builder_names[] = {"auto", "xapian", NULL};

static const ocs_option index_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DB,
    [OPT_FILES_FROM] = OCS_ROW_FILES_FROM,
    [OPT_NUL] = OCS_ROW_NUL,
    [OPT_LOCK_WAIT] = {.name = "lock-wait",
                       .value = "SECONDS",
                       .type = OCS_OPTION_SECONDS,
                       .about = "wait so long for another run to end (default 0)"},
    [OPT_MAX_DELETE] = {.name = "max-delete",
                        .value = "PERCENT",
                        .type = OCS_OPTION_PERCENT,
                        .preset = -1,
                        .about = "refuse to delete more than this part of a source's pages "
                                 "(default 20)"},
    [OPT_PRUNE] = {.name = "prune",
                   .type = OCS_OPTION_CHOICE,
                   .choices = prune_names,
                   .about = "delete pages that have vanished unless they are too many, none, or "
                            "however many"},
    [OPT_SINCE] = {.name = "since",
                   .value = "TIME",
                   .type = OCS_OPTION_STRING,
                   .about = "only pages changed since a day (2026-11-20) or within a time (90m, "
                            "36h, 7d); deletes nothing"},
    [OPT_SHARD] = {.name = "shard",
                   .value = "I/N",
                   .type = OCS_OPTION_STRING,
                   .about = "only part I (from 0) of N parts of the collection, for an index of "
                            "several"},
    [OPT_MAX_PAGE] = OCS_ROW_MAX_PAGE,
    [OPT_KEEP_BLOCKS] = OCS_ROW_KEEP_BLOCKS,
    [OPT_BUILDER] = {.name = "builder",
                     .type = OCS_OPTION_CHOICE,
                     .choices = builder_names,
                     .about = "how a new index is built: in bulk, or by libxapian alone"},
    [OPT_COMPACT] = {.name = "compact",
                     .type = OCS_OPTION_CHOICE,
                     .choices = compact_names,
                     .about = "write an index that was changed in place anew in one piece when "
                              "half of it was changed, never, or now"},
    [OPT_JOBS] = {.name = "jobs",
                  .letter = 'j',
                  .value = "N",
                  .type = OCS_OPTION_INT,
                  .high = JOBS_MAX,
                  .preset = -1,
                  .about = "read pages in N processes (default: as many as there are processors); "
                           "0: in this one alone"},
    [OPT_NICE] = {.name = "nice",
                  .value = "N",
                  .type = OCS_OPTION_INT,
                  .high = NICE_MOST,
                  .about = "give way to other programs: 0 (not) to 19 (always)"},
    [OPT_TABLES] = OCS_ROW_TABLES,
    [OPT_DRY_RUN] = {.name = "dry-run", .about = "tell what would be done, change nothing"},
    [OPT_REPORT] = {.name = "report",
                    .value = "FILE",
                    .type = OCS_OPTION_STRING,
                    .about = "write what became of every page to FILE, as JSON lines"},
    [OPT_QUIET] = {.name = "quiet",
                   .letter = 'q',
                   .about = "no summary and no warnings; failures "
                            "are still listed"},
    [OPT_VERBOSE] = {.name = "verbose",
                     .letter = 'v',
                     .type = OCS_OPTION_COUNT,
                     .about = "name the pages that were added, changed or deleted; -vv: all"},
};

/* What hears of every page. */
typedef struct observer {
    long long verbose;
    bool progress; /* a counter on the terminal */
    bool reports;
    uint64_t pages, of, to_read, read; /* told so far, in all; likewise of those to be read */
    double started, shown;             /* seconds on a clock of its own */
    ocs_out report;
    ocs_records records;
} observer;

static void clear_progress(const observer *o)
{
    if (o->progress)
        fputs("\r\033[K", stderr);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void see_plan(void *payload, uint64_t pages, uint64_t to_read)
{
    observer *o = payload;
    o->of = pages;
    o->to_read = to_read;
    o->started = now();
}

/* What is left, by the pages that were read so far: the others cost nothing. */
static void show_time_left(const observer *o, double taken)
{
    double rate = (double)o->read / taken;
    uint64_t left = o->to_read > o->read ? o->to_read - o->read : 0;
    unsigned long long seconds = (unsigned long long)((double)left / rate + 0.5);
    fprintf(stderr, ", %.0f a second, %llu:%02llu left", rate, seconds / 60, seconds % 60);
}

static void show_progress(observer *o)
{
    static const double every = 0.2, settled = 1.0; /* seconds */
    double time = o->progress ? now() : 0;
    if (!o->progress || time - o->shown < every)
        return;
    o->shown = time;
    fprintf(stderr, "\r%llu of %llu pages", (unsigned long long)o->pages,
            (unsigned long long)o->of);
    if (o->read > 0 && time - o->started > settled)
        show_time_left(o, time - o->started);
    fputs("\033[K", stderr);
}

static void report_page(observer *o, const char *path, ocs_fate fate, const char *why)
{
    ocs_json *json = ocs_records_begin(&o->records, "page");
    ocs_json_key_str(json, "path", ocs_str_of(path));
    ocs_json_key(json, "fate");
    ocs_json_cstr(json, ocs_fate_name(fate));
    ocs_json_key(json, "error");
    ocs_json_cstr(json, why);
    ocs_records_end(&o->records);
}

/* Most messages name their page already. */
static void say_failure(const char *path, const char *why)
{
    if (strstr(why, path))
        ocs_say("failed: %s", why);
    else
        ocs_say("failed: %s: %s", path, why);
}

static void see_page(void *payload, const char *path, ocs_fate fate, const char *why)
{
    observer *o = payload;
    o->pages++;
    o->read += fate == OCS_FATE_ADDED || fate == OCS_FATE_CHANGED;
    if (o->reports)
        report_page(o, path, fate, why);
    if (fate == OCS_FATE_FAILED) {
        clear_progress(o);
        say_failure(path, why ? why : "unknown reason");
    } else if (o->verbose > (fate == OCS_FATE_UNCHANGED)) {
        clear_progress(o);
        ocs_say("%s: %s", ocs_fate_name(fate), path);
    }
    show_progress(o);
}

static void say_summary(const ocs_update_counts *counts, bool dry_run)
{
    const uint64_t *pages = counts->pages;
    uint64_t all = 0;
    for (int fate = 0; fate < OCS_FATE_COUNT; fate++)
        all += pages[fate];
    all -= pages[OCS_FATE_DELETED];
#define N(fate) (unsigned long long)pages[OCS_FATE_##fate]
    ocs_say("%s %llu: %llu added, %llu changed, %llu unchanged, %llu deleted, %llu failed; "
            "%u document%s",
            dry_run ? "would have indexed" : "indexed", (unsigned long long)all, N(ADDED),
            N(CHANGED), N(UNCHANGED), N(DELETED), N(FAILED), (unsigned)counts->documents,
            counts->documents == 1 ? "" : "s");
#undef N
}

/* A system call that failed while the index was written is output that could not be written. */
static ocs_exit say_update_failure(ocs_status status, const ocs_error *err)
{
    ocs_exit code = ocs_say_failure(status, err);
    if (status == OCS_IO)
        return OCS_EXIT_OUTPUT;
    return status == OCS_NOTFOUND ? OCS_EXIT_REFUSED : code;
}

/* A process for each processor that this one may use. */
static size_t jobs_of(const ocs_cli *cli)
{
    cpu_set_t set;
    if (ocs_cli_number(cli, OPT_JOBS) >= 0)
        return (size_t)ocs_cli_number(cli, OPT_JOBS);
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return (size_t)(n < 1 ? 1 : n > JOBS_MAX ? JOBS_MAX : n);
}

/* The alias file was read before. */
static ocs_update update_of(const ocs_cli *cli, observer *o, const ocs_log *log)
{
    ocs_update update = ocs_update_defaults;
    update.lock_wait = cli->given->values[OPT_LOCK_WAIT].seconds;
    if (ocs_cli_number(cli, OPT_MAX_DELETE) >= 0)
        update.max_delete = (unsigned)ocs_cli_number(cli, OPT_MAX_DELETE);
    if (ocs_cli_number(cli, OPT_PRUNE) == PRUNE_ALWAYS)
        update.max_delete = 100;
    update.keep_vanished = ocs_cli_number(cli, OPT_PRUNE) == PRUNE_NEVER;
    update.builder = (ocs_builder)ocs_cli_number(cli, OPT_BUILDER);
    update.compact = (ocs_compact_when)ocs_cli_number(cli, OPT_COMPACT);
    update.dry_run = ocs_cli_flag(cli, OPT_DRY_RUN);
    update.keep_blocks = ocs_cli_flag(cli, OPT_KEEP_BLOCKS);
    update.aliases = *cli->aliases;
    update.jobs = jobs_of(cli);
    update.page_cap = (size_t)ocs_cli_number(cli, OPT_MAX_PAGE);
    update.log = log;
    update.planned = see_plan;
    update.each = see_page;
    update.payload = o;
    return update;
}

/* ---- which pages ---- */

static ocs_status bad_since(const char *text, ocs_error *err)
{
    return ocs_fail(err, OCS_USAGE,
                    "--since=%s: write a day as 2026-11-20, or a time as 90m, 36h or 7d", text);
}

/* "36h" */
static bool read_span(const char *text, time_t *seconds)
{
    char *unit;
    errno = 0;
    long n = strtol(text, &unit, 10);
    long each = *unit == 'm' ? 60 : *unit == 'h' ? 3600 : *unit == 'd' ? 86400 : 0;
    if (!ocs_ascii_digit(text[0]) || errno != 0 || each == 0 || unit[1] != '\0' ||
        n > INT32_MAX / each)
        return false;
    *seconds = (time_t)n * each;
    return true;
}

/* The beginning of the day here. */
static bool read_day(const char *text, time_t *time)
{
    ocs_date day;
    if (!ocs_date_parse(ocs_str_of(text), &day) || day.year < 1970 || day.day == 0)
        return false;
    struct tm parts = {
        .tm_year = day.year - 1900, .tm_mon = day.month - 1, .tm_mday = day.day, .tm_isdst = -1};
    *time = mktime(&parts);
    return *time >= 0;
}

static ocs_status read_since(const char *text, int64_t *since_ns, ocs_error *err)
{
    time_t from, span;
    if (read_span(text, &span))
        from = time(NULL) - span;
    else if (!read_day(text, &from))
        return bad_since(text, err);
    *since_ns = (int64_t)from * 1000000000;
    return OCS_OK;
}

static ocs_status read_shard(const char *text, ocs_update *update, ocs_error *err)
{
    int n = 0;
    bool read = sscanf(text, "%5u/%5u%n", &update->part, &update->parts, &n) == 2;
    if (read && text[n] == '\0' && update->parts > 0 && update->parts <= SHARDS_MAX &&
        update->part < update->parts)
        return OCS_OK;
    return ocs_fail(err, OCS_USAGE, "--shard=%s: write I/N, with I from 0 to N - 1", text);
}

static ocs_status read_scope(const ocs_cli *cli, ocs_update *update, ocs_error *err)
{
    const char *since = ocs_cli_text(cli, OPT_SINCE), *shard = ocs_cli_text(cli, OPT_SHARD);
    ocs_status st = since ? read_since(since, &update->since_ns, err) : OCS_OK;
    return st == OCS_OK && shard ? read_shard(shard, update, err) : st;
}

/* As a favour: where the system does not grant it, the work is done all the same. */
static void give_way(const ocs_cli *cli)
{
    int level = (int)ocs_cli_number(cli, OPT_NICE);
    if (level > 0 && nice(level) == -1)
        return;
}

static ocs_exit run_update(const ocs_cli *cli, const char *dir, ocs_source *list, observer *o)
{
    ocs_error err = {0};
    ocs_update_counts counts = {0};
    bool quiet = ocs_cli_flag(cli, OPT_QUIET);
    ocs_log log = ocs_say_log(quiet             ? OCS_LOG_ERROR
                              : o->verbose >= 2 ? OCS_LOG_DEBUG
                              : o->verbose == 1 ? OCS_LOG_INFO
                                                : OCS_LOG_WARN);
    ocs_update update = update_of(cli, o, &log);
    ocs_gaz_overlay *tables;
    ocs_status st = read_scope(cli, &update, &err);
    if (st == OCS_OK)
        st = ocs_cli_tables(cli, OPT_TABLES, &tables, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    update.tables = ocs_gaz_overlay_gaz(tables);
    st = ocs_index_update(dir, cli->given->arguments, cli->given->n_arguments, list, &update,
                          &counts, &err);
    ocs_gaz_overlay_free(tables);
    clear_progress(o);
    if (st != OCS_OK)
        return say_update_failure(st, &err);
    if (!quiet)
        say_summary(&counts, update.dry_run);
    return counts.pages[OCS_FATE_FAILED] > 0 ? OCS_EXIT_INCOMPLETE : OCS_EXIT_OK;
}

static ocs_exit open_report(const ocs_cli *cli, observer *o)
{
    const char *path = ocs_cli_text(cli, OPT_REPORT);
    if (!path)
        return OCS_EXIT_OK;
    int fd = strcmp(path, "-") == 0 ? dup(STDOUT_FILENO)
                                    : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0) {
        ocs_say("cannot write the report %s: %s", path, strerror(errno));
        return OCS_EXIT_OUTPUT;
    }
    ocs_out_init(&o->report, fd);
    o->report.kept = true; /* nobody waits for a page of it */
    ocs_records_init(&o->records, &o->report, false);
    o->reports = true;
    return OCS_EXIT_OK;
}

static ocs_exit close_report(const ocs_cli *cli, observer *o, ocs_exit code)
{
    ocs_error err = {0};
    if (!o->reports)
        return code;
    ocs_records_finish(&o->records);
    if (ocs_out_finish(&o->report, ocs_cli_text(cli, OPT_REPORT), &err) == OCS_OK)
        return code;
    ocs_say("%s", err.text);
    return OCS_EXIT_OUTPUT;
}

static ocs_exit update(const ocs_cli *cli, const char *dir, ocs_source *list)
{
    observer o = {.verbose = ocs_cli_number(cli, OPT_VERBOSE),
                  .progress = isatty(STDERR_FILENO) == 1 && !ocs_cli_flag(cli, OPT_QUIET)};
    ocs_exit code = open_report(cli, &o);
    if (code != OCS_EXIT_OK)
        return code;
    code = run_update(cli, dir, list, &o);
    return close_report(cli, &o, code);
}

/* The index is as after the last commit. */
static _Noreturn void give_up(void)
{
    ocs_error err = {0};
    ocs_status st = xap_terminate_reason(&err);
    if (st == OCS_BUG && err.text[0] == '\0')
        ocs_say("libxapian gave up writing the index: is the disk full?");
    else
        ocs_say("libxapian gave up: %s", err.text);
    _exit(st == OCS_IO || err.text[0] == '\0' ? OCS_EXIT_OUTPUT : OCS_EXIT_BUG);
}

static ocs_exit index_run(ocs_cli *cli)
{
    ocs_list list;
    const ocs_aliases *aliases;
    ocs_error err = {0};
    const char *dir = ocs_cli_text(cli, OPT_DB);
    if (cli->given->n_arguments == 0 && !ocs_cli_flag(cli, OPT_FILES_FROM)) {
        ocs_say("what is to be indexed? Name files or folders, or give --files-from");
        return OCS_EXIT_USAGE;
    }
    ocs_status st = dir ? OCS_OK : ocs_place_preset(cli, &dir, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    give_way(cli);
    xap_set_terminate(give_up);
    ocs_exit code = ocs_place_aliases(cli, &aliases);
    if (code == OCS_EXIT_OK)
        code = ocs_list_open(cli, OPT_FILES_FROM, OPT_NUL, &list);
    if (code != OCS_EXIT_OK)
        return code;
    code = update(cli, dir, list.source);
    ocs_list_close(&list);
    return code;
}

const ocs_command ocs_cmd_index = {
    "index",       "SOURCE...", "Bring the index up to date with files and folders of pages",
    index_options, OPT_COUNT,   index_run,
    NULL};
