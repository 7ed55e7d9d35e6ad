/* Lines are read byte by byte into a buffer with a cap; of a line that is too long the rest is passed
 * over.  Standard input may be a conversation: a line is answered before the next one is read. */
#include "cli/batch.h"

#include <errno.h>

ocs_exit ocs_batch_open(const char *path, ocs_batch *batch)
{
    bool standard = strcmp(path, "-") == 0;
    *batch = (ocs_batch){.stream = standard ? stdin : fopen(path, "rbe"),
                         .path = standard ? "standard input" : path};
    ocs_buf_init(&batch->line, OCS_BATCH_LINE);
    if (batch->stream)
        return OCS_EXIT_OK;
    ocs_say("cannot read the queries in %s: %s", path, strerror(errno));
    return OCS_EXIT_USAGE;
}

void ocs_batch_close(ocs_batch *batch)
{
    if (batch->stream && batch->stream != stdin)
        fclose(batch->stream);
    ocs_buf_clear(&batch->line);
    batch->stream = NULL;
}

/* The next line without its end; OCS_NOTFOUND when there is none. */
static ocs_status read_line(ocs_batch *batch, ocs_error *err)
{
    int c;
    ocs_buf_reset(&batch->line);
    batch->number++;
    while ((c = getc(batch->stream)) != EOF && c != '\n')
        ocs_buf_putc(&batch->line, (char)c);
    if (ferror(batch->stream))
        return ocs_fail(err, OCS_IO, "cannot read %s: %s", batch->path, strerror(errno));
    if (ocs_buf_status(&batch->line) == OCS_NOMEM)
        return ocs_fail(err, OCS_NOMEM, "no memory for line %u of %s", batch->number, batch->path);
    return c == EOF && batch->line.n == 0 ? OCS_NOTFOUND : OCS_OK;
}

static bool passed_over(ocs_str line)
{
    ocs_str words = ocs_str_trim(line);
    return words.n == 0 || words.p[0] == '#';
}

/* The line at hand: its name, and the query itself. */
static ocs_status take_line(ocs_batch *batch, ocs_error *err)
{
    ocs_str line = ocs_buf_str(&batch->line);
    size_t tab = ocs_str_find_char(line, '\t', 0);
    batch->queries++;
    batch->name = tab < line.n ? ocs_str_trim(ocs_str_sub(line, 0, tab)) : (ocs_str){0};
    batch->query = ocs_str_trim(tab < line.n ? ocs_str_sub(line, tab + 1, line.n) : line);
    if (ocs_buf_status(&batch->line) != OCS_OK) {
        batch->query = (ocs_str){"", 0};
        return ocs_fail(err, OCS_USAGE, "the line is longer than %d bytes", OCS_BATCH_LINE);
    }
    if (batch->query.n == 0)
        return ocs_fail(err, OCS_USAGE, "the query is empty");
    return OCS_OK;
}

ocs_status ocs_batch_next(ocs_batch *batch, ocs_error *err)
{
    ocs_status st;
    *err = (ocs_error){.at = OCS_ERROR_NO_PLACE};
    while ((st = read_line(batch, err)) == OCS_OK)
        if (ocs_buf_status(&batch->line) != OCS_OK || !passed_over(ocs_buf_str(&batch->line)))
            return take_line(batch, err);
    return st;
}

bool ocs_batch_goes_on(ocs_status status)
{
    return status == OCS_USAGE || status == OCS_LIMIT || status == OCS_BADINPUT ||
           status == OCS_UNSUPPORTED || status == OCS_TIMEOUT || status == OCS_MODIFIED;
}

void ocs_batch_keys(const ocs_batch *batch, ocs_json *json)
{
    ocs_json_key_int(json, "line", batch->number);
    if (batch->name.n > 0)
        ocs_json_key_str(json, "name", batch->name);
    ocs_json_key_str(json, "query", batch->query);
}

/* Places are counted in characters, as in all records where they are in text. */
static void put_error(const ocs_batch *batch, ocs_records *records, const ocs_error *err)
{
    ocs_json *json = ocs_records_begin(records, "error");
    ocs_json_key(json, "path");
    ocs_json_null(json);
    ocs_batch_keys(batch, json);
    ocs_json_key_str(json, "message", ocs_str_of(err->text));
    if (err->at != OCS_ERROR_NO_PLACE)
        ocs_json_key_int(json, "at",
                         (long long)ocs_utf8_points(ocs_str_sub(batch->query, 0, (size_t)err->at)));
    ocs_records_end(records);
}

void ocs_batch_fail(ocs_batch *batch, ocs_records *records, ocs_status status, ocs_error *err)
{
    batch->failed++;
    if (!err->text[0])
        (void)!ocs_fail(err, status, "%s", ocs_status_name(status));
    if (records)
        put_error(batch, records, err);
    status = ocs_fail_within(err, status, "%s:%u", batch->path, batch->number);
    if (batch->query.n <= OCS_BATCH_CARET)
        (void)!ocs_ask_failure(batch->query, status, err);
    else
        (void)!ocs_say_failure(status, err);
}
