/* kwic: a concordance.  Every place that a query marks is a line of its own; for people the matches
 * stand below each other, in the middle of what room there is. */
#include "cli/answer.h"
#include "cli/ask.h"
#include "cli/clip.h"
#include "cli/lines.h"
#include "cli/pager.h"
#include "cli/records.h"
#include "cli/table.h"
#include "query/kwic.h"

#include <stdio.h>

enum {
    OPT_DB = OCS_OPTION_OWN,
    OPT_FORMAT,
    OPT_FORMAT_VERSION,
    OPT_EXPAND,
    OPT_TABLES,
    OPT_CONTEXT,
    OPT_WORDS,
    OPT_LIMIT,
    OPT_SORT,
    OPT_ALL_COPIES,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_PAGER,
    OPT_OK_EMPTY,
    OPT_COUNT
};

enum {
    LINES_MAX = 1000000000,
    CONTEXT_MAX = 100000,
    CONTEXT = 40, /* characters on either side, where there is no terminal to fill */
    ID = 16,
    DATE = 10,
    DATED = 100, /* columns of a terminal that has room for the date */
    LEAST = 8    /* columns that a context gets in the narrowest terminal */
};

enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_JSON, FORMAT_CSV, FORMAT_TSV };
static const char *const formats[] = {"text", "jsonl", "json", "csv", "tsv", NULL};

/* In the order of ocs_kwic_order. */
static const char *const order_names[] = {"none", "left",     "match", "right",
                                          "date", "document", NULL};

static const ocs_option kwic_options[] = {
    OCS_SHARED_ROWS,
    [OPT_DB] = OCS_ROW_DBS,
    [OPT_FORMAT] = OCS_ROW_FORMAT(formats, FORMAT_TEXT),
    [OPT_FORMAT_VERSION] = OCS_ROW_FORMAT_VERSION,
    [OPT_EXPAND] = OCS_ROW_EXPAND,
    [OPT_TABLES] = OCS_ROW_QUERY_TABLES,
    [OPT_CONTEXT] = {.name = "context",
                     .letter = 'c',
                     .value = "N",
                     .type = OCS_OPTION_INT,
                     .low = 0,
                     .high = CONTEXT_MAX,
                     .about = "N characters before and behind the match (default: what a terminal "
                              "has room for, else 40)"},
    [OPT_WORDS] = {.name = "words",
                   .letter = 'w',
                   .value = "N",
                   .type = OCS_OPTION_INT,
                   .low = 1,
                   .high = CONTEXT_MAX,
                   .about = "N words before and behind the match"},
    [OPT_LIMIT] = {.name = "limit",
                   .letter = 'n',
                   .value = "N",
                   .type = OCS_OPTION_INT,
                   .low = 0,
                   .high = LINES_MAX,
                   .about = "print at most N lines (default 0: all)"},
    [OPT_SORT] = {.name = "sort",
                  .type = OCS_OPTION_CHOICE,
                  .choices = order_names,
                  .about =
                      "by the words before the match, the match, the words behind it, the date "
                      "of publication, or the path; none prints at once"},
    [OPT_ALL_COPIES] = {.name = "all-copies",
                        .about = "print also the places in pages that are copies of one before"},
    [OPT_SINCE] = OCS_ROW_SINCE,
    [OPT_UNTIL] = OCS_ROW_UNTIL,
    [OPT_PAGER] = OCS_ROW_PAGER,
    [OPT_OK_EMPTY] = OCS_ROW_OK_EMPTY,
};

/* Where lines go. */
typedef struct printer {
    const ocs_cli *cli;
    long long format;
    ocs_kwic_wanted wanted;
    ocs_records records;
    ocs_table table;
    ocs_buf left, right;
    size_t columns; /* of the terminal; 0: none */
    bool some;      /* something was printed */
} printer;

/* ---- text ---- */

/* What a terminal must not get made visible, so that it can be measured. */
static ocs_str visible(const printer *p, ocs_buf *out, ocs_str text)
{
    if (!p->cli->out->terminal)
        return text;
    ocs_buf_reset(out);
    ocs_visible(text, out);
    return ocs_buf_str(out);
}

static void put_spaces(ocs_out *out, size_t n)
{
    ocs_out_putf(out, "%*s", (int)n, "");
}

/* Columns for one context beside a match of ${match} columns and a label of ${label}. */
static size_t room_of(const printer *p, size_t label, size_t match)
{
    if (p->columns == 0)
        return SIZE_MAX;
    size_t taken = label + match + 1;
    size_t room = p->columns > taken ? (p->columns - taken) / 2 : 0;
    return room > LEAST ? room : LEAST;
}

/* Where all matches start: the contexts on the left are as wide as they may become. */
static size_t left_width(const printer *p, size_t label)
{
    enum { USUAL = 12 }; /* columns of a match */
    if (p->columns > 0)
        return room_of(p, label, USUAL);
    return p->wanted.words > 0 ? 0 : p->wanted.points;
}

static size_t put_label(const printer *p, const ocs_kwic_line *line)
{
    ocs_out *out = p->cli->out;
    char date[OCS_WHEN_TEXT];
    bool dated = p->columns == 0 || p->columns >= DATED || p->wanted.order == OCS_KWIC_BY_DATE;
    ocs_out_style(out, OCS_STYLE_FAINT);
    ocs_out_put(out, line->id);
    if (dated)
        ocs_out_putf(out, " %-*.*s", DATE,
                     OCS_ARG(ocs_clip_first(ocs_lines_when(line->published, date), DATE)));
    ocs_out_puts(out, "  ");
    ocs_out_style(out, OCS_STYLE_PLAIN);
    return ID + 2 + (dated ? 1 + DATE : 0);
}

static void put_line(printer *p, const ocs_kwic_line *line)
{
    ocs_out *out = p->cli->out;
    size_t label = put_label(p, line), width = left_width(p, label);
    ocs_str left = visible(p, &p->left, line->left), right;
    if (p->columns > 0)
        left = ocs_clip_last(left, width);
    size_t used = ocs_str_width(left);
    put_spaces(out, width > used ? width - used : 0);
    ocs_out_put(out, left);
    ocs_out_style(out, OCS_STYLE_MATCH);
    ocs_out_line(out, line->match);
    ocs_out_style(out, OCS_STYLE_PLAIN);
    right = visible(p, &p->right, line->right);
    if (p->columns > 0) {
        size_t taken = label + (width > used ? width : used) + ocs_str_width(line->match);
        right = ocs_clip_first(right, p->columns > taken ? p->columns - taken : 0);
    }
    ocs_out_put(out, right);
    ocs_out_puts(out, "\n");
}

/* ---- records and rows ---- */

static void put_record(printer *p, const ocs_kwic_line *line)
{
    ocs_json *json = ocs_records_begin(&p->records, "kwic");
    ocs_json_key_str(json, "id", line->id);
    ocs_json_key_str(json, "path", line->path);
    ocs_lines_when_key(json, "date", line->published);
    ocs_json_key_str(json, "mark", line->mark);
    ocs_json_key_str(json, "left", line->left);
    ocs_json_key_str(json, "match", line->match);
    ocs_json_key_str(json, "right", line->right);
    ocs_json_key(json, "raw");
    ocs_json_span(json, line->raw);
    if (line->inexact)
        ocs_json_key_bool(json, "raw_exact", false);
    ocs_records_end(&p->records);
}

static void put_summary(printer *p, const ocs_index *index, ocs_str query,
                        const ocs_kwic_counts *counts)
{
    ocs_json *json = ocs_records_begin(&p->records, "concordance");
    ocs_json_key_int(json, "schema", OCS_SCHEMA_VERSION);
    ocs_json_key_str(json, "query", query);
    ocs_json_key_int(json, "matches", counts->documents);
    ocs_json_key_int(json, "shown", (long long)counts->lines);
    ocs_json_key_bool(json, "complete", counts->all);
    ocs_answer_missing(json, index);
    ocs_records_end(&p->records);
}

static void put_row_heads(ocs_table *table)
{
    static const char *const heads[] = {"id",    "path", "date",     "left",   "match",
                                        "right", "mark", "raw_from", "raw_to", "raw_exact"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        ocs_table_value(table, ocs_str_of(heads[i]));
    ocs_table_row_end(table);
}

static void put_row(ocs_table *table, const ocs_kwic_line *line)
{
    char date[OCS_WHEN_TEXT];
    ocs_table_value(table, line->id);
    ocs_table_value(table, line->path);
    ocs_table_value(table, ocs_lines_when(line->published, date));
    ocs_table_value(table, line->left);
    ocs_table_value(table, line->match);
    ocs_table_value(table, line->right);
    ocs_table_value(table, line->mark);
    ocs_table_number(table, line->raw.from);
    ocs_table_number(table, line->raw.to);
    ocs_table_value(table, line->inexact ? OCS_STR("false") : OCS_STR("true"));
    ocs_table_row_end(table);
}

/* ---- the command ---- */

static bool put(void *payload, const ocs_kwic_line *line)
{
    printer *p = payload;
    p->some = true;
    if (p->format == FORMAT_TEXT)
        put_line(p, line);
    else if (p->format == FORMAT_CSV || p->format == FORMAT_TSV)
        put_row(&p->table, line);
    else
        put_record(p, line);
    return p->cli->out->error == 0;
}

static void start(printer *p, const ocs_cli *cli)
{
    *p = (printer){.cli = cli, .format = ocs_cli_number(cli, OPT_FORMAT)};
    bool given = ocs_cli_flag(cli, OPT_CONTEXT) || ocs_cli_flag(cli, OPT_WORDS);
    if (p->format == FORMAT_TEXT && !given)
        p->columns = cli->out->width;
    p->wanted = (ocs_kwic_wanted){.points = p->columns > 0 ? p->columns : CONTEXT,
                                  .most = (uint64_t)ocs_cli_number(cli, OPT_LIMIT),
                                  .order = (ocs_kwic_order)ocs_cli_number(cli, OPT_SORT),
                                  .all_copies = ocs_cli_flag(cli, OPT_ALL_COPIES)};
    if (ocs_cli_flag(cli, OPT_CONTEXT))
        p->wanted.points = (size_t)ocs_cli_number(cli, OPT_CONTEXT);
    if (ocs_cli_flag(cli, OPT_WORDS))
        p->wanted.words = (size_t)ocs_cli_number(cli, OPT_WORDS);
    p->table = (ocs_table){.out = cli->out, .tabs = p->format == FORMAT_TSV};
    ocs_buf_init(&p->left, 1 << 24);
    ocs_buf_init(&p->right, 1 << 24);
    ocs_records_init(&p->records, cli->out, p->format == FORMAT_JSON);
    if (p->format == FORMAT_CSV || p->format == FORMAT_TSV)
        put_row_heads(&p->table);
}

static void finish(printer *p, const ocs_index *index, ocs_str query, const ocs_kwic_counts *counts)
{
    if (p->format == FORMAT_JSONL || p->format == FORMAT_JSON)
        put_summary(p, index, query, counts);
    if (p->format != FORMAT_TEXT)
        return;
    unsigned long long lines = counts->lines;
    if (counts->documents == 0)
        ocs_say("no documents");
    else if (lines == 0)
        ocs_say("%u document%s, but found by no words or names in the text, which kwic shows",
                (unsigned)counts->documents, counts->documents == 1 ? "" : "s");
    else if (counts->all)
        ocs_say("%llu place%s in %u document%s", lines, lines == 1 ? "" : "s",
                (unsigned)counts->with, counts->with == 1 ? "" : "s");
    else
        ocs_say("the first %llu place%s; %u document%s match", lines, lines == 1 ? "" : "s",
                (unsigned)counts->documents, counts->documents == 1 ? "" : "s");
}

static ocs_exit list(const ocs_cli *cli, ocs_index *index, ocs_str query)
{
    printer p;
    ocs_kwic_counts counts;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    start(&p, cli);
    ocs_pager_choose(cli->out, (ocs_paging)ocs_cli_number(cli, OPT_PAGER), p.format == FORMAT_TEXT);
    ocs_status st = ocs_kwic_run(index, query, &p.wanted, put, &p, &counts, &err);
    ocs_pager_end(cli->out);
    ocs_exit code = st == OCS_OK ? OCS_EXIT_OK : ocs_ask_failure(query, st, &err);
    if (code == OCS_EXIT_BUSY && p.some) /* what was printed is right, but not all */
        code = OCS_EXIT_INCOMPLETE;
    if (st == OCS_OK) {
        finish(&p, index, query, &counts);
        if (counts.lines == 0 && !ocs_cli_flag(cli, OPT_OK_EMPTY))
            code = OCS_EXIT_NONE;
    }
    ocs_records_finish(&p.records);
    ocs_buf_clear(&p.left);
    ocs_buf_clear(&p.right);
    return code;
}

static ocs_exit kwic_run(ocs_cli *cli)
{
    ocs_str query;
    ocs_index *index;
    ocs_error err = {0};
    ocs_status st = ocs_cli_words(cli, "the query", &query, &err);
    if (st != OCS_OK)
        return ocs_say_failure(st, &err);
    if (ocs_cli_flag(cli, OPT_CONTEXT) && ocs_cli_flag(cli, OPT_WORDS)) {
        ocs_say("--context counts characters, --words counts words: give one of them");
        return OCS_EXIT_USAGE;
    }
    ocs_exit code = ocs_ask_check(cli, query);
    if (code == OCS_EXIT_OK)
        code = ocs_ask_within(cli, OPT_SINCE, OPT_UNTIL, &query);
    if (code == OCS_EXIT_OK)
        code = ocs_place_open(cli, OPT_DB, &index);
    if (code != OCS_EXIT_OK)
        return code;
    code = list(cli, index, query);
    return ocs_place_close(index, code);
}

const ocs_command ocs_cmd_kwic = {
    "kwic",       "QUERY...", "Print every place that a query finds, with the text around it",
    kwic_options, OPT_COUNT,  kwic_run,
    NULL};
