/* A planned query is run by libxapian; only then it is known what some wildcards stand for. */
#include "query/query.h"

/* The prefix of a path and the like is only known to stand for too much when it runs. */
static ocs_status explain(ocs_status st, ocs_error *err)
{
    if (st != OCS_LIMIT)
        return st;
    return ocs_fail(err, OCS_USAGE,
                    "a wildcard of the query stands for too much: write more of it");
}

ocs_status ocs_plan_run(ocs_index *index, const xap_query *query, const xap_search *wanted,
                        xap_results **results, ocs_error *err)
{
    return explain(xap_search_run(ocs_index_db(index), query, wanted, results, err), err);
}

ocs_status ocs_plan_run_each(xap_db *db, const xap_query *query,
                             bool (*each)(void *payload, xap_docid id), void *payload,
                             ocs_error *err)
{
    return explain(xap_search_each(db, query, each, payload, err), err);
}
