/* The building of queries. */
#include "index/xapian/handles.hh"

#include <string>
#include <vector>

using namespace xap;

namespace
{

Xapian::Query::op xapian_op(xap_op op)
{
    switch (op) {
    case XAP_AND:
        return Xapian::Query::OP_AND;
    case XAP_OR:
        return Xapian::Query::OP_OR;
    case XAP_AND_NOT:
        return Xapian::Query::OP_AND_NOT;
    case XAP_AND_MAYBE:
        return Xapian::Query::OP_AND_MAYBE;
    case XAP_FILTER:
        return Xapian::Query::OP_FILTER;
    case XAP_NEAR:
        return Xapian::Query::OP_NEAR;
    case XAP_PHRASE:
        return Xapian::Query::OP_PHRASE;
    case XAP_SYNONYM:
        return Xapian::Query::OP_SYNONYM;
    case XAP_MAX:
        return Xapian::Query::OP_MAX;
    }
    throw Xapian::InvalidArgumentError("no such operator");
}

/* libxapian reads an empty term or prefix as "all documents", which nobody here means by it. */
std::string some_bytes(ocs_str s)
{
    if (s.n == 0)
        throw Xapian::InvalidArgumentError("an empty term");
    return bytes(s);
}

} // namespace

/* Not Query::MatchAll: threads would share its reference count, which is not atomic. */
ocs_status xap_query_all(xap_query **query, ocs_error *err)
{
    return make_query(query, err, [] { return Xapian::Query(std::string()); });
}

ocs_status xap_query_none(xap_query **query, ocs_error *err)
{
    return make_query(query, err, [] { return Xapian::Query(); });
}

ocs_status xap_query_term(ocs_str term, xap_query **query, ocs_error *err)
{
    return make_query(query, err, [&] { return Xapian::Query(some_bytes(term)); });
}

ocs_status xap_query_combine(xap_op op, xap_query *const *parts, size_t n, uint32_t window,
                             xap_query **query, ocs_error *err)
{
    return make_query(query, err, [&] {
        std::vector<Xapian::Query> all;
        all.reserve(n);
        for (size_t i = 0; i < n; i++)
            all.push_back(parts[i]->query);
        bool spans = op == XAP_NEAR || op == XAP_PHRASE;
        return Xapian::Query(xapian_op(op), all.begin(), all.end(), spans ? window : 0);
    });
}

ocs_status xap_query_wildcard(ocs_str prefix, uint32_t limit, xap_query **query, ocs_error *err)
{
    return make_query(query, err, [&] {
        return Xapian::Query(Xapian::Query::OP_WILDCARD, some_bytes(prefix), limit,
                             Xapian::Query::WILDCARD_LIMIT_ERROR);
    });
}

ocs_status xap_query_range(uint32_t slot, ocs_str low, ocs_str high, xap_query **query,
                           ocs_error *err)
{
    return make_query(query, err, [&] {
        return Xapian::Query(Xapian::Query::OP_VALUE_RANGE, slot, bytes(low), bytes(high));
    });
}

ocs_status xap_query_scale(xap_query *part, double factor, xap_query **query, ocs_error *err)
{
    return make_query(query, err, [&] { return Xapian::Query(factor, part->query); });
}

ocs_status xap_query_describe(const xap_query *query, ocs_buf *out, ocs_error *err)
{
    const action doing = {"describe a query"};
    return guard(err, doing, [&] {
        ocs_buf_put(out, lend(query->query.get_description()));
        ocs_status status = ocs_buf_status(out);
        return status == OCS_OK ? OCS_OK : fail(err, status, doing, ocs_status_name(status));
    });
}

void xap_query_free(xap_query *query)
{
    delete query;
}
