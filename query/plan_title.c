/* A page whose title has what was asked for ranks higher.  The words of a query that are asked for,
 * and not against, are asked for in the title as well; what the title has is added to the score at
 * a part of its weight and never decides what is found.  Terms that no title has are left out, and
 * cost nothing.  Phrases are left alone: for want of a bound on their score libxapian would have to
 * look at twice as many. */
#include "query/planner.h"

/* Of its own weight a word of the title counts a quarter.  Words are rare in titles, so that this
 * weight is two or three times that of the same word in texts: what is left lifts a page over
 * others that speak of the thing as much, but not over those that speak of it far more. */
static const double title_factor = 0.25;

static bool counts(const ocs_planner *p)
{
    return !p->in_title && p->negated == 0;
}

static ocs_status keep(ocs_planner *p, xap_query *query)
{
    xap_query **place = ocs_vec_push(p->arena, &p->titles);
    if (!place)
        return ocs_planner_nomem(p);
    *place = query;
    return OCS_OK;
}

ocs_status ocs_plan_title_stems(ocs_planner *p, const ocs_term_list *stems)
{
    ocs_term_list known = {0};
    xap_query *query;
    ocs_status st = OCS_OK;
    for (size_t i = 0; st == OCS_OK && counts(p) && i < stems->n; i++) {
        bool is = false;
        ocs_buf_reset(&p->term);
        ocs_term_title_stem(&p->term, ocs_str_sub(stems->at[i], strlen("Z"), stems->at[i].n));
        st = ocs_planner_known(p, &is);
        if (st == OCS_OK && is)
            st = ocs_planner_list(p, &known);
    }
    if (st != OCS_OK || known.n == 0)
        return st;
    st = ocs_planner_terms(p, XAP_SYNONYM, &known, &query);
    return st == OCS_OK ? keep(p, query) : st;
}

ocs_status ocs_plan_titled(ocs_planner *p, xap_query **out)
{
    xap_query *both[2] = {*out, NULL};
    if (p->titles.n == 0)
        return OCS_OK;
    ocs_status st = ocs_planner_combine(p, XAP_OR, p->titles.at, p->titles.n, 0, &both[1]);
    if (st == OCS_OK)
        st = ocs_planner_scale(p, both[1], title_factor, &both[1]);
    return st == OCS_OK ? ocs_planner_combine(p, XAP_AND_MAYBE, both, 2, 0, out) : st;
}
