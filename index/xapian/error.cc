/* From exceptions to statuses, in one place. */
#include "index/xapian/handles.hh"

#include <cerrno>
#include <cstring>
#include <exception>
#include <new>

using namespace xap;

ocs_status xap::fail(ocs_error *err, ocs_status status, const action &doing, const char *why,
                     const char *reason)
{
    return ocs_fail(err, status, "cannot %s%s%s: %s%s%s%s", doing.verb, doing.what ? " " : "",
                    doing.what ? doing.what : "", why, reason ? " (" : "", reason ? reason : "",
                    reason ? ")" : "");
}

namespace
{

/* The system's words behind an error, or NULL. */
const char *system_reason(const Xapian::Error &e) noexcept
{
    try {
        return e.get_error_string();
    } catch (...) { /* they are made on demand, which takes memory */
        return nullptr;
    }
}

/* Of the exception in flight.  libxapian's errors have no virtual functions, so that only a handler
 * can tell their class. */
template <typename Class> bool is(const Xapian::Error &)
{
    try {
        throw;
    } catch (const Class &) {
        return true;
    } catch (...) {
        return false;
    }
}

/* A lock that cannot be taken for another reason than its being held (no permission, no descriptor
 * left, a file system without locks) comes as the same class; only the words differ. */
bool is_held_lock(const Xapian::Error &e)
{
    static const char held[] = "already locked";
    const std::string &words = e.get_msg();
    return is<Xapian::DatabaseLockError>(e) && words.find(held) != std::string::npos;
}

/* A refusal of the system, unlike a file that is missing or has the wrong form. */
bool is_refused_opening(const Xapian::Error &e)
{
    const char *reason = system_reason(e);
    return is<Xapian::DatabaseOpeningError>(e) && reason &&
           std::strcmp(reason, std::strerror(ENOENT)) != 0;
}

/* A file that ends too early is damage and no refusal of the system; only the words differ. */
bool is_cut_short(const Xapian::Error &e)
{
    return is<Xapian::DatabaseError>(e) &&
           e.get_msg().find("EOF reading block") != std::string::npos;
}

/* The first row that fits decides: a class stands above the class it is derived from. */
struct mapping {
    bool (*fits)(const Xapian::Error &);
    ocs_status status;
};

constexpr mapping mappings[] = {
    {is_held_lock, OCS_LOCKED},
    {is<Xapian::DatabaseModifiedError>, OCS_MODIFIED},
    {is<Xapian::DocNotFoundError>, OCS_NOTFOUND},
    {is<Xapian::DatabaseNotFoundError>, OCS_NOTFOUND},
    {is<Xapian::DatabaseCorruptError>, OCS_CORRUPT},
    {is_cut_short, OCS_CORRUPT},
    {is<Xapian::DatabaseVersionError>, OCS_VERSION},
    {is<Xapian::FeatureUnavailableError>, OCS_VERSION},
    {is_refused_opening, OCS_IO},
    {is<Xapian::DatabaseOpeningError>, OCS_CORRUPT},
    {is<Xapian::DatabaseClosedError>, OCS_BUG},
    {is<Xapian::DatabaseError>, OCS_IO},
    {is<Xapian::NetworkTimeoutError>, OCS_TIMEOUT},
    {is<Xapian::NetworkError>, OCS_NETWORK},
    {is<Xapian::WildcardError>, OCS_LIMIT},
    {is<Xapian::QueryParserError>, OCS_USAGE},
    {is<Xapian::UnimplementedError>, OCS_UNSUPPORTED},
};

ocs_status status_of(const Xapian::Error &e)
{
    for (const mapping &row : mappings)
        if (row.fits(e))
            return row.status;
    return OCS_BUG;
}

ocs_status translate_xapian(const Xapian::Error &e, const action &doing, ocs_error *err)
{
    ocs_status status = status_of(e);
    if (status == OCS_NOTFOUND) /* expected absence has no message */
        return status;
    if (status == OCS_MODIFIED) /* libxapian speaks to programmers */
        return fail(err, status, doing, "the index was changed meanwhile; try again");
    std::string words = e.get_msg();
    if (is<Xapian::NetworkError>(e) && !e.get_context().empty())
        words = e.get_context() + ": " + words;
    return fail(err, status, doing, words.c_str(), system_reason(e));
}

} // namespace

ocs_status xap::translate(const action &doing, ocs_error *err) noexcept
{
    try {
        throw;
    } catch (const Xapian::Error &e) {
        return translate_xapian(e, doing, err);
    } catch (const failed_call &failed) {
        if (err)
            *err = failed.error;
        return failed.status;
    } catch (const std::bad_alloc &) {
        return fail(err, OCS_NOMEM, doing, "out of memory");
    } catch (const std::exception &e) {
        return fail(err, OCS_BUG, doing, e.what());
    } catch (...) {
        return fail(err, OCS_BUG, doing, "an unknown exception");
    }
}

void xap_set_terminate(void (*handler)(void))
{
    std::set_terminate(handler);
}

ocs_status xap_terminate_reason(ocs_error *err)
{
    std::exception_ptr reason = std::current_exception();
    if (!reason)
        return OCS_BUG;
    return guard(err, {"write the index"}, [&] { std::rethrow_exception(reason); });
}
