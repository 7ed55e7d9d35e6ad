/* Each record is made in memory first: what does not fit leaves no half of it behind. */
#include "cli/records.h"

#include <errno.h>

enum { RECORD_CAP = 1 << 30 };

void ocs_records_init(ocs_records *records, ocs_out *out, bool array)
{
    *records = (ocs_records){.out = out, .array = array};
    ocs_buf_init(&records->buf, RECORD_CAP);
}

ocs_json *ocs_records_next(ocs_records *records)
{
    ocs_buf_reset(&records->buf);
    ocs_json_init(&records->json, &records->buf);
    return &records->json;
}

ocs_json *ocs_records_begin(ocs_records *records, const char *type)
{
    ocs_json *json = ocs_records_next(records);
    ocs_json_object(json);
    ocs_json_key_str(json, "type", ocs_str_of(type));
    return json;
}

static void print_record(ocs_records *records, ocs_str record)
{
    if (records->array)
        ocs_out_puts(records->out, records->n > 0 ? ",\n" : "[\n");
    ocs_out_text(records->out, record); /* \uHHHH, its form of a hidden character, is JSON */
    if (!records->array)
        ocs_out_puts(records->out, "\n");
    records->n++;
    ocs_out_deliver(records->out);
}

/* A record that did not fit into memory is output that could not be written. */
void ocs_records_end(ocs_records *records)
{
    ocs_json_object_end(&records->json);
    if (ocs_buf_status(&records->buf) == OCS_OK)
        print_record(records, ocs_buf_str(&records->buf));
    else if (records->out->error == 0)
        records->out->error = ENOMEM;
}

void ocs_records_lines(ocs_records *records, ocs_str lines)
{
    ocs_str line;
    while (ocs_str_split(&lines, '\n', &line))
        if (line.n > 0)
            print_record(records, line);
}

void ocs_records_finish(ocs_records *records)
{
    if (records->array)
        ocs_out_puts(records->out, records->n > 0 ? "\n]\n" : "[]\n");
    ocs_buf_clear(&records->buf);
}
