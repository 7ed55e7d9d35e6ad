/* Lines for people: as wide as their terminal, and citations of what documents say. */
#ifndef OCS_CLI_LINES_H
#define OCS_CLI_LINES_H

#include "cli/out.h"
#include "corpus/corpus.h"

/* ${text} indented by ${indent} spaces and folded to the width of the terminal; without one it is one
 * line.  Ends in a line feed; nothing is printed of an empty text. */
void ocs_lines_wrap(ocs_out *out, ocs_str text, unsigned indent);

/* What is cited from a page. */
typedef struct ocs_citation {
    ocs_str id, path, text;
    ocs_when published; /* year 0: unknown */
    ocs_span raw;
    bool inexact;
} ocs_citation;

/* "0123456789abcdef --bytes=10..20  /pages/1.html": what show takes to print it, and the path. */
void ocs_citation_place(ocs_out *out, const ocs_citation *citation);
/* Date and place, then the text; indented. */
void ocs_citation_lines(ocs_out *out, const ocs_citation *citation, unsigned indent);
/* An object with id, path, date, text, raw and, where it is not exact, raw_exact; left open, so that the
 * caller adds what it has and closes it. */
void ocs_citation_record(ocs_json *json, const ocs_citation *citation);

/* "2017-02-13", or nothing for a date that is not known. */
ocs_str ocs_lines_date(ocs_date date, char out[OCS_WHEN_TEXT]);
ocs_str ocs_lines_when(ocs_when when, char out[OCS_WHEN_TEXT]);
/* The same as the value of ${key}, which is null where it is not known. */
void ocs_lines_date_key(ocs_json *json, const char *key, ocs_date date);
void ocs_lines_when_key(ocs_json *json, const char *key, ocs_when when);

#endif
