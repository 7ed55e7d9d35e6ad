/* On a day: the evidence before and after it.  A page whose day of publication is not known stands
 * for every day of its month or year, and so is neither before nor after a day within. */
#include "query/who.h"

#include <limits.h>

const char *ocs_who_nearness_name(ocs_who_nearness nearness)
{
    static const char *const names[] = {
        [OCS_WHO_STATED] = "stated",  [OCS_WHO_BETWEEN] = "between", [OCS_WHO_SHARED] = "shared",
        [OCS_WHO_AROUND] = "around",  [OCS_WHO_BEFORE] = "before",   [OCS_WHO_AFTER] = "after",
        [OCS_WHO_UNDATED] = "undated"};
    return names[nearness];
}

typedef struct days {
    long from, to;
} days;

static days days_of(ocs_when when)
{
    ocs_date first = when.from, last = when.to;
    if (first.month == 0)
        first.month = 1;
    if (first.day == 0)
        first.day = 1;
    if (last.month == 0)
        last.month = 12;
    if (last.day == 0)
        last.day = (uint8_t)ocs_month_days(last.year, last.month);
    return (days){ocs_date_days(first), ocs_date_days(last)};
}

typedef struct nearest {
    const ocs_who_evidence *before, *after, *on, *around;
    long from, to; /* days of .before and .after */
} nearest;

static void look(const ocs_who_evidence *evidence, long day, nearest *n)
{
    if (evidence->published.from.year == 0)
        return;
    days at = days_of(evidence->published);
    if (at.from == day && at.to == day)
        n->on = n->on ? n->on : evidence;
    else if (at.from <= day && at.to >= day)
        n->around = n->around ? n->around : evidence;
    else if (at.to < day && (!n->before || at.to > n->from)) {
        n->before = evidence;
        n->from = at.to;
    } else if (at.from > day && (!n->after || at.from < n->to)) {
        n->after = evidence;
        n->to = at.from;
    }
}

static nearest nearest_of(const ocs_who_holding *holding, long day)
{
    nearest n = {.from = LONG_MIN, .to = LONG_MAX};
    for (size_t i = 0; i < holding->n_evidence; i++)
        look(&holding->evidence[i], day, &n);
    return n;
}

/* Is somebody else named in the office from the last mention before to the first one after? */
static bool shared(const ocs_who *who, size_t i, const nearest *gap)
{
    for (size_t k = 0; k < who->n_holdings; k++) {
        const ocs_who_holding *other = &who->holdings[k];
        if (k == i || other->office != who->holdings[i].office)
            continue;
        for (size_t e = 0; e < other->n_evidence; e++) {
            if (other->evidence[e].published.from.year == 0)
                continue;
            days at = days_of(other->evidence[e].published);
            if (at.to > gap->from && at.from < gap->to)
                return true;
        }
    }
    return false;
}

static ocs_who_nearness nearness_of(const ocs_who *who, size_t i, const nearest *n)
{
    if (n->on)
        return OCS_WHO_STATED;
    if (n->before && n->after)
        return shared(who, i, n) ? OCS_WHO_SHARED : OCS_WHO_BETWEEN;
    if (n->around)
        return OCS_WHO_AROUND;
    if (n->before)
        return OCS_WHO_BEFORE;
    return n->after ? OCS_WHO_AFTER : OCS_WHO_UNDATED;
}

ocs_who_day ocs_who_on(const ocs_who *who, size_t i, ocs_date date)
{
    long day = ocs_date_days(date);
    nearest n = nearest_of(&who->holdings[i], day);
    ocs_who_day out = {.nearness = nearness_of(who, i, &n)};
    if (out.nearness == OCS_WHO_STATED || out.nearness == OCS_WHO_AROUND) {
        out.before = out.after = n.on ? n.on : n.around;
        return out;
    }
    out.before = n.before;
    out.after = n.after;
    out.days_before = n.before ? day - n.from : 0;
    out.days_after = n.after ? n.to - day : 0;
    return out;
}
