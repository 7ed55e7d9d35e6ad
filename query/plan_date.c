/* Ranges of dates as terms.  The years that the index knows are walked; of each that the range
 * touches, the year itself is taken where all of it lies inside, else the months that do, else the
 * days.  So an open range ends where the index does, and a date known only to its month is found
 * when the whole month lies inside. */
#include "query/planner.h"

#include <limits.h>

/* The range in days, both included. */
typedef struct days {
    long from, to;
} days;

static days span_of(ocs_date date)
{
    ocs_date first = date, last = date;
    if (date.month == 0) {
        first.month = 1;
        last.month = 12;
    }
    if (date.day == 0) {
        first.day = 1;
        last.day = (uint8_t)ocs_month_days(last.year, last.month);
    }
    return (days){ocs_date_days(first), ocs_date_days(last)};
}

static days range_of(const ocs_node *node)
{
    days range = {LONG_MIN, LONG_MAX};
    if (node->from.year > 0)
        range.from = span_of(node->from).from;
    if (node->to.year > 0)
        range.to = span_of(node->to).to;
    return range;
}

typedef struct cover {
    ocs_planner *p;
    days range;
    bool published;
    ocs_term_list *terms;
} cover;

/* Take ${date} whole where it lies inside, else its parts; a day has none. */
static ocs_status take(const cover *c, ocs_date date)
{
    days span = span_of(date);
    if (span.to < c->range.from || span.from > c->range.to)
        return OCS_OK;
    if (span.from >= c->range.from && span.to <= c->range.to) {
        ocs_buf_reset(&c->p->term);
        ocs_term_date(&c->p->term, c->published, date, ocs_date_precision(date));
        return ocs_planner_list(c->p, c->terms);
    }
    ocs_status st = OCS_OK;
    int parts = date.month == 0 ? 12 : ocs_month_days(date.year, date.month);
    for (int i = 1; st == OCS_OK && i <= parts; i++) {
        ocs_date part = date;
        *(date.month == 0 ? &part.month : &part.day) = (uint8_t)i;
        st = take(c, part);
    }
    return st;
}

/* The years of the index, as terms. */
static ocs_status known_years(ocs_planner *p, const ocs_node *node, bool published,
                              ocs_term_list *years)
{
    ocs_buf_reset(&p->term);
    ocs_buf_puts(&p->term, published ? "DY" : "XDY");
    return ocs_planner_walk(p, node, 9999, NULL, NULL, years);
}

/* --12-06 is a key of its own. */
static ocs_status yearless(ocs_planner *p, ocs_date date, ocs_term_list *terms)
{
    char text[OCS_WHEN_TEXT];
    ocs_buf_reset(&p->term);
    ocs_term_key(&p->term, OCS_FAMILY_DATE, ocs_date_print(date, text));
    return ocs_planner_list(p, terms);
}

static ocs_status cover_years(const cover *c, const ocs_term_list *years)
{
    size_t head = c->published ? 2 : 3;
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && i < years->n; i++) {
        ocs_date year;
        if (ocs_date_parse(ocs_str_sub(years->at[i], head, years->at[i].n), &year))
            st = take(c, year);
    }
    return st;
}

ocs_status ocs_plan_range_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms)
{
    bool published = node->field == OCS_FIELD_DATE;
    ocs_term_list years = {0};
    ocs_status st;
    if (node->from.year == 0 && node->from.month > 0) {
        st = yearless(p, node->from, terms);
    } else {
        cover c = {p, range_of(node), published, terms};
        st = known_years(p, node, published, &years);
        if (st == OCS_OK)
            st = cover_years(&c, &years);
    }
    return st == OCS_OK && !published ? ocs_planner_mark_terms(p, terms) : st;
}

ocs_status ocs_plan_range(ocs_planner *p, const ocs_node *node, xap_query **out)
{
    ocs_term_list terms = {0};
    ocs_status st = ocs_plan_range_terms(p, node, &terms);
    return st == OCS_OK ? ocs_planner_terms(p, XAP_SYNONYM, &terms, out) : st;
}
