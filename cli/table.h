/* Rows of comma- or tab-separated values.
 *
 * CSV after RFC 4180, but with bare line feeds as line ends: a value with a comma, a quote or a
 * line end is quoted, and a quote in it doubled.  TSV has no quotes: tab, line feed, carriage
 * return and backslash within a value are written \t \n \r \\.
 *
 * Spreadsheets take a value that begins with = + - or @ for a formula, and run it: with ${sheet} such
 * a value begins with an apostrophe. */
#ifndef OCS_CLI_TABLE_H
#define OCS_CLI_TABLE_H

#include "cli/out.h"

typedef struct ocs_table {
    ocs_out *out;
    bool tabs;
    bool sheet;
    bool some; /* the row has got a value */
} ocs_table;

void ocs_table_value(ocs_table *table, ocs_str value);
void ocs_table_row_end(ocs_table *table);
void ocs_table_number(ocs_table *table, size_t number); /* a value, in decimal */

#endif
