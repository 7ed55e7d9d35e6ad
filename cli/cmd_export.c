/* export: all documents that match, in the form of another program, one after the other. */
#include "cli/ask.h"
#include "cli/export.h"
#include "query/every.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_EXPAND,
    OPT_TABLES,
    OPT_TO,
    OPT_OF,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_LIMIT,
    OPT_ACCESSED,
    OPT_MAPPING,
    OPT_SPREADSHEET,
    OPT_OK_EMPTY,
    OPT_COUNT
};

enum { DOCUMENTS_MAX = 1000000000 };

static const ocs_export_writer *const writers[] = {&ocs_export_csv, &ocs_export_bibtex,
                                                   &ocs_export_graphml, &ocs_export_ftm,
                                                   &ocs_export_opensearch};
static const char *const writer_names[] = {"csv", "bibtex", "graphml", "ftm", "opensearch", NULL};
enum { OF_DOCUMENTS, OF_MENTIONS };
static const char *const of_names[] = {"documents", "mentions", NULL};

static const ocs_option export_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_EXPAND] = OCS_ROW_EXPAND,
    [OPT_TABLES] = OCS_ROW_QUERY_TABLES,
    [OPT_TO] = {.name = "to",
                .type = OCS_OPTION_CHOICE,
                .choices = writer_names,
                .about = "the form; see ocsearch(1)"},
    [OPT_OF] = {.name = "of",
                .type = OCS_OPTION_CHOICE,
                .choices = of_names,
                .about = "csv: a row for each document, or for each mention"},
    [OPT_SINCE] = OCS_ROW_SINCE,
    [OPT_UNTIL] = OCS_ROW_UNTIL,
    [OPT_LIMIT] = {.name = "limit",
                   .letter = 'n',
                   .value = "N",
                   .type = OCS_OPTION_INT,
                   .low = 0,
                   .high = DOCUMENTS_MAX,
                   .about = "export at most N documents; 0, the default, for all"},
    [OPT_ACCESSED] = {.name = "accessed",
                      .value = "DATE",
                      .type = OCS_OPTION_STRING,
                      .about = "bibtex: the day on which the pages were fetched"},
    [OPT_MAPPING] = {.name = "mapping",
                     .about = "opensearch: print the mapping of the index instead"},
    [OPT_SPREADSHEET] = {.name = "spreadsheet",
                         .about = "csv: for Excel and its like: begin with a byte order mark, and "
                                  "let no value be a formula"},
    [OPT_OK_EMPTY] = OCS_ROW_OK_EMPTY,
};

typedef struct exporting {
    ocs_export x;
    const ocs_export_writer *writer;
    ocs_hashset given; /* ids: none twice, in several indexes or when one moves on in the middle */
    size_t n, most;
    bool full;
} exporting;

static ocs_status put_document(void *payload, const ocs_every *every, ocs_error *err)
{
    exporting *e = payload;
    bool added;
    if (e->n == e->most || e->x.out->error != 0) {
        e->full = true;
        return OCS_LIMIT; /* which ends the walk */
    }
    if (ocs_hashset_add(&e->given, ocs_hash(every->document->id), &added) != OCS_OK)
        return ocs_fail(err, OCS_NOMEM, "no memory to export");
    if (!added)
        return OCS_OK;
    if (e->n++ == 0)
        e->writer->start(&e->x);
    e->x.arena = every->arena;
    ocs_status st = e->writer->put(&e->x, every->document);
    return st == OCS_OK
               ? st
               : ocs_fail(err, st, "%.*s is too much to export", OCS_ARG(every->document->path));
}

/* What was written is whole, but not all. */
static ocs_exit fail(exporting *e, ocs_str query, ocs_status status, const ocs_error *err)
{
    ocs_exit code = ocs_ask_failure(query, status, err);
    if (e->n == 0)
        return code;
    e->writer->finish(&e->x);
    return OCS_EXIT_INCOMPLETE;
}

static ocs_exit export_from(const ocs_cli *cli, exporting *e, ocs_index *index, ocs_str query)
{
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_every_calls calls = {.each = put_document, .payload = e};
    ocs_status st = ocs_every_match(index, query, &calls, &err);
    if (st != OCS_OK && !e->full)
        return fail(e, query, st, &err);
    bool none = e->n == 0;
    if (none)
        e->writer->start(&e->x);
    e->writer->finish(&e->x);
    return none && !ocs_cli_flag(cli, OPT_OK_EMPTY) ? OCS_EXIT_NONE : OCS_EXIT_OK;
}

static ocs_exit export_open(const ocs_cli *cli, ocs_str query)
{
    ocs_index *index;
    long long limit = ocs_cli_number(cli, OPT_LIMIT);
    exporting e = {.writer = writers[ocs_cli_number(cli, OPT_TO)],
                   .most = limit > 0 ? (size_t)limit : SIZE_MAX,
                   .x = {.out = cli->out,
                         .mentions = ocs_cli_number(cli, OPT_OF) == OF_MENTIONS,
                         .sheet = ocs_cli_flag(cli, OPT_SPREADSHEET),
                         .accessed = ocs_cli_text(cli, OPT_ACCESSED)}};
    ocs_exit code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    ocs_buf_init(&e.x.buf, OCS_EXPORT_CAP);
    code = export_from(cli, &e, index, query);
    ocs_buf_clear(&e.x.buf);
    ocs_hashset_clear(&e.x.entities);
    ocs_hashset_clear(&e.given);
    return ocs_place_close(index, code);
}

/* ---- what is asked for ---- */

static ocs_exit check_options(const ocs_cli *cli)
{
    ocs_date date;
    const char *wrong = NULL, *accessed = ocs_cli_text(cli, OPT_ACCESSED);
    const ocs_export_writer *writer = writers[ocs_cli_number(cli, OPT_TO)];
    if (!ocs_cli_flag(cli, OPT_TO))
        wrong = "export wants --to=csv, bibtex, graphml, ftm or opensearch";
    else if (ocs_cli_flag(cli, OPT_OF) && writer != &ocs_export_csv)
        wrong = "--of is for --to=csv";
    else if (ocs_cli_flag(cli, OPT_SPREADSHEET) && writer != &ocs_export_csv)
        wrong = "--spreadsheet is for --to=csv";
    else if (ocs_cli_flag(cli, OPT_MAPPING) && writer != &ocs_export_opensearch)
        wrong = "--mapping is for --to=opensearch";
    else if (accessed && writer != &ocs_export_bibtex)
        wrong = "--accessed is for --to=bibtex";
    if (!wrong)
        return ocs_ask_day(cli, OPT_ACCESSED, &date);
    ocs_say("%s", wrong);
    return OCS_EXIT_USAGE;
}

static ocs_exit read_query(const ocs_cli *cli, ocs_str *query)
{
    ocs_error err = {0};
    ocs_exit code = OCS_EXIT_OK;
    *query = (ocs_str){"", 0};
    if (cli->given->n_arguments > 0) {
        ocs_status st = ocs_cli_words(cli, "the query", query, &err);
        code = st == OCS_OK ? ocs_ask_check(cli, *query) : ocs_say_failure(st, &err);
    }
    return code == OCS_EXIT_OK ? ocs_ask_within(cli, OPT_SINCE, OPT_UNTIL, query) : code;
}

static ocs_exit export_run(ocs_cli *cli)
{
    ocs_str query;
    ocs_exit code = check_options(cli);
    if (code == OCS_EXIT_OK && ocs_cli_flag(cli, OPT_MAPPING)) {
        ocs_opensearch_mapping(cli->out);
        return OCS_EXIT_OK;
    }
    if (code == OCS_EXIT_OK)
        code = read_query(cli, &query);
    return code == OCS_EXIT_OK ? export_open(cli, query) : code;
}

const ocs_command ocs_cmd_export = {"export",
                                    "--to=FORM [QUERY...]",
                                    "Write documents for other programs",
                                    export_options,
                                    OPT_COUNT,
                                    export_run,
                                    NULL};
