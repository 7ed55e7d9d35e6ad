/* A value is printed in stretches, with what must be written otherwise between them. */
#include "cli/table.h"

#include <stdio.h>

static bool wants_quotes(ocs_str value)
{
    for (size_t i = 0; i < value.n; i++)
        if (memchr(",\"\r\n", value.p[i], 4))
            return true;
    return false;
}

/* Print ${value} with what stands in ${letters} replaced by its like in ${instead}. */
static void put_replaced(ocs_out *out, ocs_str value, const char *letters,
                         const char *const *instead)
{
    size_t plain = 0;
    for (size_t i = 0; i < value.n; i++) {
        const char *found = value.p[i] != '\0' ? strchr(letters, value.p[i]) : NULL;
        if (!found)
            continue;
        ocs_out_put(out, ocs_str_sub(value, plain, i));
        ocs_out_puts(out, instead[found - letters]);
        plain = i + 1;
    }
    ocs_out_put(out, ocs_str_sub(value, plain, value.n));
}

/* A tab and a carriage return are skipped by some before they look for the sign. */
static bool is_formula(ocs_str value)
{
    return value.n > 0 && memchr("=+-@\t\r", value.p[0], 6);
}

static void put_csv(ocs_out *out, ocs_str value, bool sheet)
{
    static const char *const doubled[] = {"\"\""};
    const char *guard = sheet && is_formula(value) ? "'" : "";
    if (!wants_quotes(value)) {
        ocs_out_puts(out, guard);
        ocs_out_put(out, value);
        return;
    }
    ocs_out_puts(out, "\"");
    ocs_out_puts(out, guard);
    put_replaced(out, value, "\"", doubled);
    ocs_out_puts(out, "\"");
}

static void put_tsv(ocs_out *out, ocs_str value)
{
    static const char *const escapes[] = {"\\t", "\\n", "\\r", "\\\\"};
    put_replaced(out, value, "\t\n\r\\", escapes);
}

/* On a terminal the rows are for reading, and pages have no say over it. */
void ocs_table_value(ocs_table *table, ocs_str value)
{
    ocs_buf visible;
    ocs_buf_init(&visible, 1 << 24);
    if (table->out->terminal) {
        ocs_visible(value, &visible);
        value = ocs_buf_str(&visible);
    }
    if (table->some)
        ocs_out_puts(table->out, table->tabs ? "\t" : ",");
    table->some = true;
    if (table->tabs)
        put_tsv(table->out, value);
    else
        put_csv(table->out, value, table->sheet);
    ocs_buf_clear(&visible);
}

void ocs_table_row_end(ocs_table *table)
{
    ocs_out_puts(table->out, "\n");
    table->some = false;
    ocs_out_deliver(table->out);
}

void ocs_table_number(ocs_table *table, size_t number)
{
    char text[24];
    int n = snprintf(text, sizeof text, "%zu", number);
    ocs_table_value(table, (ocs_str){text, (size_t)n});
}
