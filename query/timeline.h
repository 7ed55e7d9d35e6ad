/* When things happened, as the texts have it: the dates that documents speak of, counted by year,
 * month or day, with the sentences; or, for comparison, when the documents were published.
 *
 * A date counts where its text puts it.  One of less precision than asked for ("in 2014", by month)
 * is a bar of its own before the others of that time; a range counts once, at its start; a date
 * without a year is counted apart.  The date at which a page itself says that it was published is
 * not among those it speaks of.  Copies of an article count once unless asked for. */
#ifndef OCS_QUERY_TIMELINE_H
#define OCS_QUERY_TIMELINE_H

#include "query/unit.h"

typedef struct ocs_timeline_wanted {
    ocs_str query;         /* only documents that match it; empty: all */
    ocs_precision by;      /* year, month or day */
    bool published;        /* when documents were published, in the place of what they speak of */
    ocs_date since, until; /* only dates that begin from .since to .until; year 0: open */
    bool all_copies;
    bool events;        /* the sentences, too; never of .published */
    size_t first, most; /* of the events, what is given back; most 0: all from first on */
} ocs_timeline_wanted;

typedef struct ocs_timeline_bar {
    ocs_date date; /* of .by or less */
    uint32_t documents, mentions;
} ocs_timeline_bar;

typedef struct ocs_timeline_event {
    ocs_when when, other; /* year 0: of an unknown year; other: the other reading, year 0: none */
    bool relative;        /* "last Friday", reckoned from the date of publication */
    ocs_str surface;      /* how the text has the date */
    ocs_span surface_raw;
    bool surface_inexact;
    ocs_str id, path;
    ocs_when published;
    ocs_cited sentence;
} ocs_timeline_event;

typedef struct ocs_timeline {
    ocs_timeline_bar *bars; /* by date; none is empty */
    size_t n_bars;
    ocs_timeline_bar unknown;   /* without a year */
    ocs_timeline_event *events; /* by date, unknown years last, then as the documents come */
    size_t n_events;
    size_t found;              /* events in all */
    uint32_t documents, dated; /* gone through, without copies; that have a date at all */
} ocs_timeline;

/* The result lives in ${arena}; OCS_LIMIT when it is full.  Errors of the query as by
 * ocs_search_run. */
ocs_status ocs_timeline_find(ocs_index *index, const ocs_timeline_wanted *wanted, ocs_arena *arena,
                             ocs_timeline *timeline, ocs_error *err) OCS_MUST_CHECK;

/* ${date} with no more than ${by} of it. */
ocs_date ocs_date_cut(ocs_date date, ocs_precision by);
/* The next year, month or day; ${date} has that precision.  Year 0 behind the last there is. */
ocs_date ocs_date_next_of(ocs_date date, ocs_precision by);

#endif
