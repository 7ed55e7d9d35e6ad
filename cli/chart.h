/* A timeline as bars: on the terminal, and as SVG. */
#ifndef OCS_CLI_CHART_H
#define OCS_CLI_CHART_H

#include "cli/out.h"
#include "query/timeline.h"

typedef struct ocs_chart {
    const ocs_timeline *timeline;
    ocs_precision by;
    bool published; /* dates of publication, not of the text */
    ocs_str query;  /* for the title; empty: all documents */
} ocs_chart;

/* A line a bar, scaled to ${width} columns, with block characters where ${unicode}, else with #.  A
 * short gap is drawn as empty lines, a long one as a line that tells how long it is. */
void ocs_chart_lines(ocs_out *out, const ocs_chart *chart, unsigned width, bool unicode);

/* Does the user's locale write UTF-8? */
bool ocs_chart_unicode(void);

/* A standalone picture, complete XML.  Bars of less precision than the chart's, and dates without a
 * year, have no place on its axis; it says how many they are. */
void ocs_chart_svg(ocs_buf *out, const ocs_chart *chart);

/* How many whole years, months or days lie from ${a} to ${b}; both have that precision. */
long ocs_chart_distance(ocs_date a, ocs_date b, ocs_precision by);

#endif
