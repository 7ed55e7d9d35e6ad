/* What the parts of the C binding of libxapian share: the handles, the guard, and text.
 *
 * Every handle is a thin shell around one Xapian value, with room for the text it lends out.  Every
 * call that can fail runs its body inside guard(), which lets no exception pass and hands each to
 * translate() (error.cc); there, and only there, an exception becomes a status.  Handles are made
 * complete before they are given out, so that a failure leaves nothing behind. */
#ifndef OCS_INDEX_XAPIAN_HANDLES_HH
#define OCS_INDEX_XAPIAN_HANDLES_HH

#include <xapian.h>

#include <string>
#include <type_traits>

extern "C" {
#include "index/xapian_c.h"
}

#if !XAPIAN_AT_LEAST(1, 4, 14)
#error \
    "libxapian 1.4.14 or newer is needed: older ones cannot be asked whether they know a language"
#endif

struct xap_db {
    Xapian::Database db;
    std::string lent, lent_too;
};

struct xap_writer {
    Xapian::WritableDatabase db;
    xap_db view; /* shares the database with .db */
    bool in_transaction;
};

struct xap_document {
    Xapian::Document document;
};

struct xap_query {
    Xapian::Query query;
};

namespace xap
{

/* What a caller's function that failed within a search throws through libxapian. */
struct failed_call {
    ocs_status status;
    ocs_error error;
};

/* What was being done, and to what, for "cannot open /path: ...". */
struct action {
    const char *verb;
    const char *what = nullptr;
};

ocs_status fail(ocs_error *err, ocs_status status, const action &doing, const char *why,
                const char *reason = nullptr);
/* For use in a handler only: the status of the exception in flight. */
ocs_status translate(const action &doing, ocs_error *err) noexcept;

/* Run ${body}, which gives a status or, when it can only succeed or throw, nothing. */
template <typename Body>
ocs_status guard(ocs_error *err, const action &doing, const Body &body) noexcept
{
    try {
        if constexpr (std::is_void_v<decltype(body())>) {
            body();
            return OCS_OK;
        } else {
            return body();
        }
    } catch (...) {
        return translate(doing, err);
    }
}

inline std::string bytes(ocs_str s)
{
    return s.n ? std::string(s.p, s.n) : std::string();
}

inline ocs_str lend(const std::string &s)
{
    return {s.data(), s.size()};
}

/* Give out what ${make} makes. */
template <typename Make>
ocs_status make_query(xap_query **query, ocs_error *err, const Make &make) noexcept
{
    *query = nullptr;
    return guard(err, {"make a query"}, [&] { *query = new xap_query{make()}; });
}

} // namespace xap

#endif
