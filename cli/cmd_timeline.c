/* timeline: when things happened, as the texts have it: bars on the terminal, the sentences, or a
 * picture. */
#include "cli/answer.h"
#include "cli/ask.h"
#include "cli/chart.h"
#include "cli/lines.h"
#include "cli/pager.h"
#include "cli/records.h"
#include "cli/save.h"
#include "cli/table.h"

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_EXPAND,
    OPT_TABLES,
    OPT_BY,
    OPT_OF,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_EVENTS,
    OPT_SVG,
    OPT_ALL_COPIES,
    OPT_LIMIT,
    OPT_OFFSET,
    OPT_PAGER,
    OPT_OK_EMPTY,
    OPT_COUNT
};

enum { EVENTS_MAX = 1000000000, TEXT_LIMIT = 50, CHART_WIDTH = 80, SVG_CAP = 1 << 28 };

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON, FORMAT_CSV, FORMAT_TSV };
static const char *const formats[] = {"text", "jsonl", "json", "csv", "tsv", NULL};

/* In the order of ocs_precision, from the year on. */
static const char *const by_names[] = {"year", "month", "day", NULL};

enum { OF_TEXT, OF_PUBLISHED };
static const char *const of_names[] = {"text", "published", NULL};

static const ocs_option timeline_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_EXPAND] = OCS_ROW_EXPAND,
    [OPT_TABLES] = OCS_ROW_QUERY_TABLES,
    [OPT_BY] = {.name = "by",
                .type = OCS_OPTION_CHOICE,
                .choices = by_names,
                .about = "a bar for each year, month or day"},
    [OPT_OF] = {.name = "of",
                .type = OCS_OPTION_CHOICE,
                .choices = of_names,
                .about = "the dates that the texts speak of, or when they were published"},
    [OPT_SINCE] = {.name = "since",
                   .value = "DATE",
                   .type = OCS_OPTION_STRING,
                   .about = "only dates that begin in or after DATE (2017, 2017-02, 2017-02-13)"},
    [OPT_UNTIL] = {.name = "until",
                   .value = "DATE",
                   .type = OCS_OPTION_STRING,
                   .about = "only dates that begin in or before DATE"},
    [OPT_EVENTS] = {.name = "events",
                    .letter = 'e',
                    .about = "the sentences, by the date that they speak of, in the place of bars; "
                             "records have both without it"},
    [OPT_SVG] = {.name = "svg",
                 .value = "FILE",
                 .type = OCS_OPTION_STRING,
                 .about = "write the bars as a picture to FILE as well"},
    [OPT_ALL_COPIES] = OCS_ROW_COUNT_COPIES,
    [OPT_LIMIT] =
        OCS_ROW_LIMIT(EVENTS_MAX, TEXT_LIMIT, "print at most N sentences (default 50); 0 for all"),
    [OPT_OFFSET] = OCS_ROW_OFFSET(EVENTS_MAX, "leave out the first N sentences"),
    [OPT_PAGER] = OCS_ROW_PAGER,
    [OPT_OK_EMPTY] = OCS_ROW_OK_EMPTY,
};

static bool is_text(const ocs_cli *cli)
{
    return ocs_cli_number(cli, OPT_FORMAT) == FORMAT_TEXT;
}

static bool is_records(const ocs_cli *cli)
{
    long long format = ocs_cli_number(cli, OPT_FORMAT);
    return format == FORMAT_JSONL || format == FORMAT_JSON;
}

/* ---- text ---- */

static ocs_citation citation_of(const ocs_timeline_event *event)
{
    return (ocs_citation){event->id,        event->path,         event->sentence.text,
                          event->published, event->sentence.raw, event->sentence.inexact};
}

static void put_event(const ocs_cli *cli, const ocs_timeline_event *event)
{
    char when[OCS_WHEN_TEXT], published[OCS_WHEN_TEXT];
    ocs_citation citation = citation_of(event);
    ocs_out *out = cli->out;
    ocs_out_style(out, OCS_STYLE_TITLE);
    ocs_out_putf(out, "%.*s", OCS_ARG(ocs_when_print(event->when, when)));
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, "  \"");
    ocs_out_line(out, event->surface);
    ocs_out_puts(out, "\"");
    if (event->relative)
        ocs_out_puts(out, ", reckoned from the date of publication");
    if (event->other.from.year > 0)
        ocs_out_putf(out, ", or %.*s", OCS_ARG(ocs_when_print(event->other, when)));
    ocs_out_puts(out, "\n");
    ocs_lines_wrap(out, event->sentence.text, 4);
    ocs_out_style(out, OCS_STYLE_FAINT);
    ocs_str date = ocs_lines_when(event->published, published);
    ocs_out_putf(out, "    published %.*s  ",
                 OCS_ARG(date.n > 0 ? date : OCS_STR("on an unknown date")));
    ocs_citation_place(out, &citation);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    ocs_out_puts(out, "\n");
}

static void print_text(const ocs_cli *cli, const ocs_chart *chart)
{
    const ocs_timeline *timeline = chart->timeline;
    unsigned width = (unsigned)cli->out->width;
    if (ocs_cli_flag(cli, OPT_EVENTS))
        for (size_t i = 0; i < timeline->n_events; i++)
            put_event(cli, &timeline->events[i]);
    else
        ocs_chart_lines(cli->out, chart, width > 0 ? width : CHART_WIDTH, ocs_chart_unicode());
    ocs_pager_end(cli->out); /* what is said now is to stand behind them */
    if (timeline->documents == 0)
        ocs_say("no documents");
    else if (ocs_cli_flag(cli, OPT_EVENTS))
        ocs_say("%zu of %zu dates in %u of %u documents", timeline->n_events, timeline->found,
                (unsigned)timeline->dated, (unsigned)timeline->documents);
    else
        ocs_say("%u of %u documents have such dates; bars count documents%s",
                (unsigned)timeline->dated, (unsigned)timeline->documents,
                chart->published ? "" : ", (mentions)");
}

/* ---- records ---- */

static void put_bar_record(ocs_records *records, const ocs_timeline_bar *bar)
{
    char date[OCS_WHEN_TEXT];
    ocs_json *json = ocs_records_begin(records, "bar");
    ocs_json_key(json, "date");
    ocs_json_cstr(json, ocs_lines_date(bar->date, date).p);
    ocs_json_key(json, "precision");
    ocs_json_cstr(json,
                  bar->date.year > 0 ? ocs_precision_name(ocs_date_precision(bar->date)) : NULL);
    ocs_json_key_int(json, "documents", bar->documents);
    ocs_json_key_int(json, "mentions", bar->mentions);
    ocs_records_end(records);
}

static void put_event_record(ocs_records *records, const ocs_timeline_event *event)
{
    char when[OCS_WHEN_TEXT];
    ocs_citation citation = citation_of(event);
    ocs_json *json = ocs_records_begin(records, "event");
    ocs_json_key_str(json, "when", ocs_when_print(event->when, when));
    if (event->other.from.year > 0)
        ocs_json_key_str(json, "or", ocs_when_print(event->other, when));
    if (event->relative)
        ocs_json_key_bool(json, "relative", true);
    ocs_json_key_str(json, "surface", event->surface);
    ocs_json_key(json, "raw");
    ocs_json_span(json, event->surface_raw);
    if (event->surface_inexact)
        ocs_json_key_bool(json, "raw_exact", false);
    ocs_json_key(json, "evidence");
    ocs_citation_record(json, &citation);
    ocs_json_object_end(json);
    ocs_records_end(records);
}

static void put_summary(ocs_records *records, const ocs_index *index, const ocs_chart *chart)
{
    const ocs_timeline *timeline = chart->timeline;
    ocs_json *json = ocs_records_begin(records, "timeline");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key(json, "by");
    ocs_json_cstr(json, ocs_precision_name(chart->by));
    ocs_json_key(json, "of");
    ocs_json_cstr(json, of_names[chart->published ? OF_PUBLISHED : OF_TEXT]);
    ocs_json_key_int(json, "documents", timeline->documents);
    ocs_json_key_int(json, "dated", timeline->dated);
    ocs_json_key_int(json, "found", (long long)timeline->found);
    ocs_json_key_int(json, "shown", (long long)timeline->n_events);
    ocs_answer_missing(json, index);
    ocs_records_end(records);
}

static void print_records(const ocs_cli *cli, const ocs_index *index, const ocs_chart *chart)
{
    ocs_records records;
    const ocs_timeline *timeline = chart->timeline;
    ocs_records_init(&records, cli->out, ocs_cli_number(cli, OPT_FORMAT) == FORMAT_JSON);
    for (size_t i = 0; !ocs_cli_flag(cli, OPT_EVENTS) && i < timeline->n_bars; i++)
        put_bar_record(&records, &timeline->bars[i]);
    if (!ocs_cli_flag(cli, OPT_EVENTS) && timeline->unknown.mentions > 0)
        put_bar_record(&records, &timeline->unknown);
    for (size_t i = 0; i < timeline->n_events; i++)
        put_event_record(&records, &timeline->events[i]);
    put_summary(&records, index, chart);
    ocs_records_finish(&records);
}

/* ---- rows ---- */

static void put_heads(ocs_table *table, const char *const *heads)
{
    for (; *heads; heads++)
        ocs_table_value(table, ocs_str_of(*heads));
    ocs_table_row_end(table);
}

static void put_bar_row(ocs_table *table, const ocs_timeline_bar *bar)
{
    char date[OCS_WHEN_TEXT];
    ocs_table_value(table, ocs_lines_date(bar->date, date));
    ocs_table_value(
        table,
        ocs_str_of(bar->date.year > 0 ? ocs_precision_name(ocs_date_precision(bar->date)) : ""));
    ocs_table_number(table, bar->documents);
    ocs_table_number(table, bar->mentions);
    ocs_table_row_end(table);
}

static void put_event_row(ocs_table *table, const ocs_timeline_event *event)
{
    char when[OCS_WHEN_TEXT];
    ocs_table_value(table, ocs_when_print(event->when, when));
    ocs_table_value(table,
                    event->other.from.year > 0 ? ocs_when_print(event->other, when) : (ocs_str){0});
    ocs_table_value(table, event->relative ? OCS_STR("yes") : OCS_STR("no"));
    ocs_table_value(table, event->surface);
    ocs_table_number(table, event->surface_raw.from);
    ocs_table_number(table, event->surface_raw.to);
    ocs_table_value(table, ocs_lines_when(event->published, when));
    ocs_table_value(table, event->id);
    ocs_table_value(table, event->path);
    ocs_table_value(table, event->sentence.text);
    ocs_table_number(table, event->sentence.raw.from);
    ocs_table_number(table, event->sentence.raw.to);
    ocs_table_value(table, event->sentence.inexact ? OCS_STR("no") : OCS_STR("yes"));
    ocs_table_row_end(table);
}

static void print_rows(const ocs_cli *cli, const ocs_timeline *timeline)
{
    static const char *const bar_heads[] = {"date", "precision", "documents", "mentions", NULL};
    static const char *const event_heads[] = {"when",    "or",   "relative", "surface", "date_from",
                                              "date_to", "date", "id",       "path",    "text",
                                              "from",    "to",   "exact",    NULL};
    ocs_table table = {.out = cli->out, .tabs = ocs_cli_number(cli, OPT_FORMAT) == FORMAT_TSV};
    bool events = ocs_cli_flag(cli, OPT_EVENTS);
    put_heads(&table, events ? event_heads : bar_heads);
    for (size_t i = 0; events && i < timeline->n_events; i++)
        put_event_row(&table, &timeline->events[i]);
    for (size_t i = 0; !events && i < timeline->n_bars; i++)
        put_bar_row(&table, &timeline->bars[i]);
    if (!events && timeline->unknown.mentions > 0)
        put_bar_row(&table, &timeline->unknown);
}

/* ---- the command ---- */

static void print(const ocs_cli *cli, const ocs_index *index, const ocs_chart *chart)
{
    ocs_pager_choose(cli->out, (ocs_paging)ocs_cli_number(cli, OPT_PAGER), is_text(cli));
    if (is_text(cli))
        print_text(cli, chart);
    else if (is_records(cli))
        print_records(cli, index, chart);
    else
        print_rows(cli, chart->timeline);
}

static ocs_exit save_picture(const ocs_cli *cli, const ocs_chart *chart)
{
    ocs_buf picture;
    ocs_error err = {0};
    if (!ocs_cli_flag(cli, OPT_SVG))
        return OCS_EXIT_OK;
    ocs_buf_init(&picture, SVG_CAP);
    ocs_chart_svg(&picture, chart);
    ocs_status st = ocs_buf_status(&picture);
    if (st == OCS_OK)
        st = ocs_save(ocs_cli_text(cli, OPT_SVG), ocs_buf_str(&picture), &err);
    else
        ocs_fail(&err, st, "no memory for the picture");
    ocs_buf_clear(&picture);
    if (st == OCS_OK)
        return OCS_EXIT_OK;
    ocs_say("%s", err.text);
    return OCS_EXIT_OUTPUT;
}

/* Sentences are read from the documents only where they are printed. */
static bool wants_events(const ocs_cli *cli)
{
    return ocs_cli_number(cli, OPT_OF) == OF_TEXT &&
           (ocs_cli_flag(cli, OPT_EVENTS) || is_records(cli));
}

static ocs_exit read_wanted(const ocs_cli *cli, ocs_timeline_wanted *wanted)
{
    ocs_error err = {0};
    *wanted = (ocs_timeline_wanted){
        .by = (ocs_precision)(OCS_PRECISION_YEAR + ocs_cli_number(cli, OPT_BY)),
        .published = ocs_cli_number(cli, OPT_OF) == OF_PUBLISHED,
        .all_copies = ocs_cli_flag(cli, OPT_ALL_COPIES),
        .events = wants_events(cli),
        .first = (size_t)ocs_cli_number(cli, OPT_OFFSET),
        .most = (size_t)ocs_cli_number(cli, OPT_LIMIT)};
    if (wanted->published && ocs_cli_flag(cli, OPT_EVENTS)) {
        ocs_say("--events are of the text, and not of --of=published");
        return OCS_EXIT_USAGE;
    }
    ocs_exit code = ocs_ask_dates(cli, OPT_SINCE, OPT_UNTIL, &wanted->since, &wanted->until);
    if (code != OCS_EXIT_OK || cli->given->n_arguments == 0)
        return code;
    ocs_status st = ocs_cli_words(cli, "the query", &wanted->query, &err);
    return st == OCS_OK ? ocs_ask_check(cli, wanted->query) : ocs_say_failure(st, &err);
}

typedef struct request {
    const ocs_cli *cli;
    ocs_timeline_wanted wanted;
    ocs_timeline timeline;
} request;

static ocs_status find(void *payload, ocs_index *index, ocs_arena *arena, ocs_error *err)
{
    request *r = payload;
    return ocs_timeline_find(index, &r->wanted, arena, &r->timeline, err);
}

static ocs_exit print_found(void *payload, const ocs_index *index, bool *found)
{
    const request *r = payload;
    const ocs_chart chart = {&r->timeline, r->wanted.by, r->wanted.published, r->wanted.query};
    print(r->cli, index, &chart);
    *found = r->timeline.dated > 0;
    return save_picture(r->cli, &chart);
}

static ocs_exit timeline_run(ocs_cli *cli)
{
    request r = {.cli = cli};
    ocs_exit code = read_wanted(cli, &r.wanted);
    const ocs_answer_calls calls = {find, print_found, &r, r.wanted.query, OPT_DB, OPT_OK_EMPTY};
    return code == OCS_EXIT_OK ? ocs_answer(cli, &calls) : code;
}

const ocs_command ocs_cmd_timeline = {
    "timeline",
    "[QUERY...]",
    "Draw when things happened, by the dates that the texts speak of",
    timeline_options,
    OPT_COUNT,
    timeline_run,
    NULL};
