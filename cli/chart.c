/* Bars count documents; the number of mentions stands behind, where it differs. */
#include "cli/chart.h"

#include "cli/lines.h"

#include <langinfo.h>
#include <locale.h>
#include <string.h>

enum { LABEL_COLUMNS = 10, GAP_DRAWN = 3, EIGHTHS = 8, BAR_LEAST = 10 };

bool ocs_chart_unicode(void)
{
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    if (!locale)
        return false;
    bool unicode = strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
    freelocale(locale);
    return unicode;
}

long ocs_chart_distance(ocs_date a, ocs_date b, ocs_precision by)
{
    if (by == OCS_PRECISION_DAY)
        return ocs_date_days(b) - ocs_date_days(a);
    long years = (long)b.year - a.year;
    return by == OCS_PRECISION_YEAR ? years : 12 * years + b.month - a.month;
}

/* ---- lines ---- */

typedef struct drawer {
    ocs_out *out;
    const ocs_chart *chart;
    unsigned room; /* columns for the longest bar */
    uint32_t most; /* documents of it */
    bool unicode;
} drawer;

static void put_blocks(const drawer *d, uint32_t documents)
{
    static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    uint64_t eighths = ((uint64_t)documents * d->room * EIGHTHS + d->most - 1) / d->most;
    for (uint64_t i = 0; i < eighths / EIGHTHS; i++)
        ocs_out_puts(d->out, "█");
    ocs_out_puts(d->out, parts[eighths % EIGHTHS]);
}

/* What is there at all is drawn. */
static void put_signs(const drawer *d, uint32_t documents)
{
    uint64_t n = ((uint64_t)documents * d->room + d->most - 1) / d->most;
    for (uint64_t i = 0; i < n; i++)
        ocs_out_puts(d->out, "#");
}

static void put_label(const drawer *d, ocs_str label)
{
    ocs_out_putf(d->out, "%-*.*s  ", LABEL_COLUMNS, OCS_ARG(label));
}

static void put_numbers(const drawer *d, const ocs_timeline_bar *bar)
{
    ocs_out_putf(d->out, "%u", (unsigned)bar->documents);
    if (bar->mentions != bar->documents)
        ocs_out_putf(d->out, " (%u)", (unsigned)bar->mentions);
}

static void put_bar(const drawer *d, const ocs_timeline_bar *bar)
{
    char label[OCS_WHEN_TEXT];
    put_label(d, ocs_date_print(bar->date, label));
    if (d->unicode)
        put_blocks(d, bar->documents);
    else
        put_signs(d, bar->documents);
    ocs_out_puts(d->out, bar->documents > 0 ? " " : "");
    put_numbers(d, bar);
    ocs_out_puts(d->out, "\n");
}

/* What has no place among the bars is told, and not drawn: it is no part of the scale. */
static void put_apart(const drawer *d, ocs_str label, const ocs_timeline_bar *bar, const char *note)
{
    put_label(d, label);
    put_numbers(d, bar);
    ocs_out_putf(d->out, "%s\n", note);
}

static void put_imprecise(const drawer *d, const ocs_timeline_bar *bar)
{
    char label[OCS_WHEN_TEXT];
    put_apart(d, ocs_date_print(bar->date, label), bar,
              bar->date.month == 0 ? " without a month" : " without a day");
}

static const char *unit_name(ocs_precision by, long n)
{
    if (by == OCS_PRECISION_YEAR)
        return n == 1 ? "year" : "years";
    if (by == OCS_PRECISION_MONTH)
        return n == 1 ? "month" : "months";
    return n == 1 ? "day" : "days";
}

/* What lies between two bars and has no date: from ${from} up to ${to}, which is none of it. */
static void put_gap(const drawer *d, ocs_date from, ocs_date to)
{
    ocs_precision by = d->chart->by;
    long n = ocs_chart_distance(from, to, by);
    if (n > GAP_DRAWN) {
        put_label(d, OCS_STR(":"));
        ocs_out_putf(d->out, "%ld %s without\n", n, unit_name(by, n));
        return;
    }
    for (ocs_timeline_bar empty = {.date = from}; n-- > 0;
         empty.date = ocs_date_next_of(empty.date, by))
        put_bar(d, &empty);
}

static bool has_place(const ocs_chart *chart, const ocs_timeline_bar *bar)
{
    return ocs_date_precision(bar->date) == chart->by;
}

static uint32_t most_documents(const ocs_chart *chart)
{
    uint32_t most = 1;
    for (size_t i = 0; i < chart->timeline->n_bars; i++) {
        const ocs_timeline_bar *bar = &chart->timeline->bars[i];
        if (has_place(chart, bar) && bar->documents > most)
            most = bar->documents;
    }
    return most;
}

/* The numbers behind the longest bar must fit beside it. */
static unsigned room_of(const ocs_timeline *timeline, unsigned width)
{
    unsigned numbers = 0;
    for (size_t i = 0; i < timeline->n_bars; i++) {
        int n = snprintf(NULL, 0, " %u (%u)", (unsigned)timeline->bars[i].documents,
                         (unsigned)timeline->bars[i].mentions);
        if (n > 0 && (unsigned)n > numbers)
            numbers = (unsigned)n;
    }
    unsigned taken = LABEL_COLUMNS + 2 + numbers;
    return width > taken + BAR_LEAST ? width - taken : BAR_LEAST;
}

/* Where the time of a date begins: its first month and day, as far as the chart tells them. */
static ocs_date start_of(ocs_date date, ocs_precision by)
{
    if (by >= OCS_PRECISION_MONTH && date.month == 0)
        date.month = 1;
    if (by == OCS_PRECISION_DAY && date.day == 0)
        date.day = 1;
    return date;
}

void ocs_chart_lines(ocs_out *out, const ocs_chart *chart, unsigned width, bool unicode)
{
    const ocs_timeline *timeline = chart->timeline;
    const drawer d = {out, chart, room_of(timeline, width), most_documents(chart), unicode};
    ocs_date next = {0}; /* that was not drawn yet; year 0: nothing was */
    for (size_t i = 0; i < timeline->n_bars; i++) {
        const ocs_timeline_bar *bar = &timeline->bars[i];
        ocs_date start = start_of(bar->date, chart->by);
        if (next.year > 0 && ocs_date_cmp(next, start) < 0) {
            put_gap(&d, next, start);
            next = start;
        }
        if (!has_place(chart, bar)) {
            put_imprecise(&d, bar);
            continue;
        }
        put_bar(&d, bar);
        next = ocs_date_next_of(bar->date, chart->by);
    }
    if (timeline->unknown.mentions > 0)
        put_apart(&d, OCS_STR("no year"), &timeline->unknown, "");
}
