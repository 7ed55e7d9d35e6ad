/* The C binding of libxapian: the one C++ file, and the only one that names Xapian's classes.
 *
 * Every handle is a thin shell around one Xapian value, with room for the text it lends out.  Every
 * call that can fail runs its body inside guard(), which lets no exception pass and hands each to
 * translate(); there, and only there, an exception becomes a status.  Handles are made complete
 * before they are given out, so that a failure leaves nothing behind. */
#include <xapian.h>

#include <cerrno>
#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <sstream>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

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

struct xap_results {
    struct hit {
        xap_docid id;
        double score;
    };
    std::vector<hit> hits;
    uint32_t matches;
    bool exact;
};

/* ${at} stands on the next one to give.  The copy of the database keeps alive what it walks over.
 */
struct xap_terms {
    Xapian::Database db;
    Xapian::TermIterator at, end;
    bool counted; /* each has a number of documents: terms, but not keys */
    std::string lent;
};

struct xap_postings {
    Xapian::Database db;
    Xapian::PostingIterator at, end;
};

struct xap_stem {
    Xapian::Stem stem;
    std::string lent;
};

namespace
{

/* What a caller's function that failed within a search throws through libxapian. */
struct failed_call {
    ocs_status status;
    ocs_error error;
};

/* ---- from exceptions to statuses ---- */

/* What was being done, and to what, for "cannot open /path: ...". */
struct action {
    const char *verb;
    const char *what = nullptr;
};

ocs_status fail(ocs_error *err, ocs_status status, const action &doing, const char *why,
                const char *reason = nullptr)
{
    return ocs_fail(err, status, "cannot %s%s%s: %s%s%s%s", doing.verb, doing.what ? " " : "",
                    doing.what ? doing.what : "", why, reason ? " (" : "", reason ? reason : "",
                    reason ? ")" : "");
}

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

/* For use in a handler only: the status of the exception in flight. */
ocs_status translate(const action &doing, ocs_error *err) noexcept
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

/* ---- text ---- */

std::string bytes(ocs_str s)
{
    return s.n ? std::string(s.p, s.n) : std::string();
}

ocs_str lend(const std::string &s)
{
    return {s.data(), s.size()};
}

} // namespace

/* ---- a database for reading ---- */

ocs_status xap_db_open(const char *path, xap_db **db, ocs_error *err)
{
    *db = nullptr;
    return guard(err, {"open", path}, [&] { *db = new xap_db{Xapian::Database(path), {}, {}}; });
}

ocs_status xap_db_open_remote(const char *host, unsigned port, unsigned timeout_ms, xap_db **db,
                              ocs_error *err)
{
    *db = nullptr;
    return guard(err, {"reach", host}, [&] {
        *db = new xap_db{Xapian::Remote::open(host, port, timeout_ms, timeout_ms), {}, {}};
    });
}

ocs_status xap_db_add(xap_db *db, const char *path, ocs_error *err)
{
    return guard(err, {"open", path}, [&] { db->db.add_database(Xapian::Database(path)); });
}

ocs_status xap_db_add_remote(xap_db *db, const char *host, unsigned port, unsigned timeout_ms,
                             ocs_error *err)
{
    return guard(err, {"reach", host}, [&] {
        db->db.add_database(Xapian::Remote::open(host, port, timeout_ms, timeout_ms));
    });
}

ocs_status xap_db_open_none(xap_db **db, ocs_error *err)
{
    *db = nullptr;
    return guard(err, {"open no database"}, [&] { *db = new xap_db{Xapian::Database(), {}, {}}; });
}

void xap_db_close(xap_db *db)
{
    delete db;
}

ocs_status xap_db_reopen(xap_db *db, bool *moved, ocs_error *err)
{
    return guard(err, {"reopen the index"}, [&] {
        bool newer = db->db.reopen();
        if (moved)
            *moved = newer;
    });
}

ocs_status xap_db_count(xap_db *db, uint32_t *documents, ocs_error *err)
{
    return guard(err, {"count the documents"}, [&] { *documents = db->db.get_doccount(); });
}

ocs_status xap_db_last_docid(xap_db *db, xap_docid *last, ocs_error *err)
{
    return guard(err, {"find the last document"}, [&] { *last = db->db.get_lastdocid(); });
}

ocs_status xap_db_term_documents(xap_db *db, ocs_str term, uint32_t *documents, ocs_error *err)
{
    return guard(err, {"count the documents of a term"},
                 [&] { *documents = db->db.get_termfreq(bytes(term)); });
}

ocs_status xap_db_doc_length(xap_db *db, xap_docid id, uint32_t *length, ocs_error *err)
{
    return guard(err, {"read a document's length"}, [&] { *length = db->db.get_doclength(id); });
}

/* What is there needs no look whether the document is, which costs as much as to read it. */
ocs_status xap_db_data(xap_db *db, xap_docid id, ocs_str *data, ocs_error *err)
{
    return guard(err, {"read a document"}, [&] {
        db->lent = db->db.get_document(id, Xapian::DOC_ASSUME_VALID).get_data();
        if (db->lent.empty())
            db->lent = db->db.get_document(id).get_data();
        *data = lend(db->lent);
    });
}

ocs_status xap_db_value(xap_db *db, xap_docid id, uint32_t slot, ocs_str *value, ocs_error *err)
{
    return guard(err, {"read a document's value"}, [&] {
        db->lent = db->db.get_document(id, Xapian::DOC_ASSUME_VALID).get_value(slot);
        if (db->lent.empty())
            db->lent = db->db.get_document(id).get_value(slot);
        *value = lend(db->lent);
    });
}

ocs_status xap_db_metadata(xap_db *db, ocs_str key, ocs_str *value, ocs_error *err)
{
    return guard(err, {"read metadata"}, [&] {
        db->lent = db->db.get_metadata(bytes(key));
        *value = lend(db->lent);
    });
}

ocs_status xap_db_first(xap_db *db, ocs_str term, xap_docid *id, ocs_error *err)
{
    return guard(err, {"look up a term"}, [&] {
        std::string name = bytes(term);
        Xapian::PostingIterator first = db->db.postlist_begin(name);
        if (first == db->db.postlist_end(name))
            return OCS_NOTFOUND;
        *id = *first;
        return OCS_OK;
    });
}

namespace
{

/* What the checker said is wanted most when it gave up with an exception. */
ocs_status run_checker(const char *path, std::ostringstream &said, size_t &problems, ocs_error *err)
{
    return guard(err, {"check", path}, [&] { problems = Xapian::Database::check(path, 0, &said); });
}

} // namespace

ocs_status xap_compact(const char *from, const char *to, ocs_error *err)
{
    return guard(err, {"compact", from},
                 [&] { Xapian::Database(from).compact(to, Xapian::DBCOMPACT_NO_RENUMBER); });
}

/* Opening comes first, because only it tells a missing database and another version from damage. */
ocs_status xap_check(const char *path, ocs_buf *report, ocs_error *err)
{
    return guard(err, {"check", path}, [&] {
        Xapian::Database(path).close();
        std::ostringstream said;
        size_t problems = 0;
        ocs_status status = run_checker(path, said, problems, err);
        if (report)
            ocs_buf_put(report, lend(said.str()));
        if (status == OCS_OK && problems > 0)
            return ocs_fail(err, OCS_CORRUPT, "%s is damaged: %zu problems found", path, problems);
        return status;
    });
}

/* ---- walks ---- */

ocs_status xap_db_terms(xap_db *db, ocs_str prefix, xap_terms **terms, ocs_error *err)
{
    *terms = nullptr;
    return guard(err, {"list the terms"}, [&] {
        std::string head = bytes(prefix);
        *terms =
            new xap_terms{db->db, db->db.allterms_begin(head), db->db.allterms_end(head), true, {}};
    });
}

ocs_status xap_db_keys(xap_db *db, ocs_str prefix, xap_terms **terms, ocs_error *err)
{
    *terms = nullptr;
    return guard(err, {"list the metadata"}, [&] {
        std::string head = bytes(prefix);
        *terms = new xap_terms{
            db->db, db->db.metadata_keys_begin(head), db->db.metadata_keys_end(head), false, {}};
    });
}

ocs_status xap_db_doc_terms(xap_db *db, xap_docid id, xap_terms **terms, ocs_error *err)
{
    *terms = nullptr;
    return guard(err, {"list a document's terms"}, [&] {
        *terms =
            new xap_terms{db->db, db->db.termlist_begin(id), db->db.termlist_end(id), true, {}};
    });
}

ocs_status xap_db_postings(xap_db *db, ocs_str term, xap_postings **postings, ocs_error *err)
{
    *postings = nullptr;
    return guard(err, {"list the documents of a term"}, [&] {
        std::string name = bytes(term);
        *postings =
            new xap_postings{db->db, db->db.postlist_begin(name), db->db.postlist_end(name)};
    });
}

ocs_status xap_postings_next(xap_postings *postings, xap_docid *id, uint32_t *wdf, ocs_error *err)
{
    return guard(err, {"go on in a list"}, [&] {
        if (postings->at == postings->end)
            return OCS_NOTFOUND;
        xap_docid at = *postings->at;
        uint32_t times = wdf ? postings->at.get_wdf() : 0;
        ++postings->at;
        *id = at;
        if (wdf)
            *wdf = times;
        return OCS_OK;
    });
}

void xap_postings_free(xap_postings *postings)
{
    delete postings;
}

ocs_status xap_db_slot(xap_db *db, uint32_t slot, xap_slot *out, ocs_error *err)
{
    return guard(err, {"read the bounds of values"}, [&] {
        uint32_t documents = db->db.get_value_freq(slot);
        db->lent = db->db.get_value_lower_bound(slot);
        db->lent_too = db->db.get_value_upper_bound(slot);
        *out = {documents, lend(db->lent), lend(db->lent_too)};
    });
}

ocs_status xap_db_term_occurrences(xap_db *db, ocs_str term, uint64_t *occurrences, ocs_error *err)
{
    return guard(err, {"count a term"},
                 [&] { *occurrences = db->db.get_collection_freq(bytes(term)); });
}

ocs_status xap_terms_next(xap_terms *terms, ocs_str *term, uint32_t *documents, ocs_error *err)
{
    return guard(err, {"go on in a list"}, [&] {
        if (terms->at == terms->end)
            return OCS_NOTFOUND;
        std::string name = *terms->at;
        uint32_t count = documents && terms->counted ? terms->at.get_termfreq() : 0;
        ++terms->at;
        terms->lent = std::move(name);
        *term = lend(terms->lent);
        if (documents)
            *documents = count;
        return OCS_OK;
    });
}

ocs_status xap_terms_next_wdf(xap_terms *terms, ocs_str *term, uint32_t *wdf, ocs_error *err)
{
    return guard(err, {"go on in a document's terms"}, [&] {
        if (terms->at == terms->end)
            return OCS_NOTFOUND;
        std::string name = *terms->at;
        uint32_t times = terms->at.get_wdf();
        ++terms->at;
        terms->lent = std::move(name);
        *term = lend(terms->lent);
        *wdf = times;
        return OCS_OK;
    });
}

/* libxapian's skip may go back when asked for what lies before; a walk only goes on. */
ocs_status xap_terms_skip_to(xap_terms *terms, ocs_str term, ocs_error *err)
{
    return guard(err, {"skip in a list"}, [&] {
        std::string name = bytes(term);
        if (terms->at != terms->end && *terms->at < name)
            terms->at.skip_to(name);
    });
}

void xap_terms_free(xap_terms *terms)
{
    delete terms;
}

ocs_status xap_db_positions(xap_db *db, xap_docid id, ocs_str term, ocs_arena *arena,
                            uint32_t **positions, size_t *n, ocs_error *err)
{
    const action doing = {"read positions"};
    return guard(err, doing, [&] {
        std::string name = bytes(term);
        std::vector<uint32_t> all(db->db.positionlist_begin(id, name),
                                  db->db.positionlist_end(id, name));
        if (all.empty())
            return OCS_NOTFOUND;
        void *copy = ocs_arena_array(arena, all.size(), sizeof(uint32_t));
        if (!copy)
            return fail(err, ocs_arena_status(arena), doing, "the arena is full");
        std::memcpy(copy, all.data(), all.size() * sizeof(uint32_t));
        *positions = static_cast<uint32_t *>(copy);
        *n = all.size();
        return OCS_OK;
    });
}

/* ---- writing ---- */

namespace
{

int open_flags(xap_open how)
{
    switch (how) {
    case XAP_CREATE_OR_OPEN:
        return Xapian::DB_CREATE_OR_OPEN | Xapian::DB_BACKEND_GLASS;
    case XAP_CREATE_NEW:
        return Xapian::DB_CREATE | Xapian::DB_BACKEND_GLASS;
    case XAP_OPEN_EXISTING:
        break;
    }
    return Xapian::DB_OPEN | Xapian::DB_BACKEND_GLASS;
}

} // namespace

ocs_status xap_writer_open(const char *path, xap_open how, xap_writer **writer, ocs_error *err)
{
    *writer = nullptr;
    return guard(err, {"open for writing", path}, [&] {
        Xapian::WritableDatabase db(path, open_flags(how));
        *writer = new xap_writer{db, {db, {}, {}}, false};
    });
}

/* libxapian keeps the lock when the commit within its close fails; the delete lets go of it. */
ocs_status xap_writer_close(xap_writer *writer, ocs_error *err)
{
    if (!writer)
        return OCS_OK;
    ocs_status status = guard(err, {"close the index"}, [&] {
        if (std::exchange(writer->in_transaction, false))
            writer->db.cancel_transaction();
        writer->db.close();
    });
    delete writer;
    return status;
}

xap_db *xap_writer_db(xap_writer *writer)
{
    return &writer->view;
}

ocs_status xap_writer_begin(xap_writer *writer, ocs_error *err)
{
    return guard(err, {"begin a transaction"}, [&] {
        writer->db.begin_transaction();
        writer->in_transaction = true;
    });
}

ocs_status xap_writer_commit(xap_writer *writer, ocs_error *err)
{
    return guard(err, {"commit"}, [&] {
        if (std::exchange(writer->in_transaction, false))
            writer->db.commit_transaction();
        else
            writer->db.commit();
    });
}

ocs_status xap_writer_cancel(xap_writer *writer, ocs_error *err)
{
    return guard(err, {"cancel a transaction"}, [&] {
        writer->in_transaction = false;
        writer->db.cancel_transaction();
    });
}

ocs_status xap_writer_replace(xap_writer *writer, ocs_str unique, const xap_document *document,
                              xap_docid *id, ocs_error *err)
{
    return guard(err, {"store a document"}, [&] {
        xap_docid stored = writer->db.replace_document(bytes(unique), document->document);
        if (id)
            *id = stored;
    });
}

ocs_status xap_writer_delete(xap_writer *writer, ocs_str unique, ocs_error *err)
{
    return guard(err, {"delete a document"}, [&] { writer->db.delete_document(bytes(unique)); });
}

ocs_status xap_writer_set_metadata(xap_writer *writer, ocs_str key, ocs_str value, ocs_error *err)
{
    return guard(err, {"store metadata"},
                 [&] { writer->db.set_metadata(bytes(key), bytes(value)); });
}

ocs_status xap_writer_add_spelling(xap_writer *writer, ocs_str word, ocs_error *err)
{
    return guard(err, {"store a spelling"}, [&] { writer->db.add_spelling(bytes(word)); });
}

/* ---- documents to be written ---- */

xap_document *xap_document_new(void)
{
    xap_document *document = nullptr;
    (void)guard(nullptr, {"make a document"}, [&] { document = new xap_document; });
    return document;
}

void xap_document_free(xap_document *document)
{
    delete document;
}

ocs_status xap_document_clear(xap_document *document, ocs_error *err)
{
    return guard(err, {"clear a document"}, [&] { document->document = Xapian::Document(); });
}

ocs_status xap_document_set_data(xap_document *document, ocs_str data, ocs_error *err)
{
    return guard(err, {"set a document's data"}, [&] { document->document.set_data(bytes(data)); });
}

ocs_status xap_document_set_value(xap_document *document, uint32_t slot, ocs_str value,
                                  ocs_error *err)
{
    return guard(err, {"set a document's value"},
                 [&] { document->document.add_value(slot, bytes(value)); });
}

ocs_status xap_document_add_term(xap_document *document, ocs_str term, uint32_t wdf, ocs_error *err)
{
    return guard(err, {"add a term"}, [&] { document->document.add_term(bytes(term), wdf); });
}

ocs_status xap_document_add_posting(xap_document *document, ocs_str term, uint32_t position,
                                    uint32_t wdf, ocs_error *err)
{
    return guard(err, {"add a posting"},
                 [&] { document->document.add_posting(bytes(term), position, wdf); });
}

/* ---- queries ---- */

namespace
{

/* Give out what ${make} makes. */
template <typename Make>
ocs_status make_query(xap_query **query, ocs_error *err, const Make &make) noexcept
{
    *query = nullptr;
    return guard(err, {"make a query"}, [&] { *query = new xap_query{make()}; });
}

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

namespace
{

/* Every document that a caller's function says yes to, as a list that libxapian asks: whether a
 * document is on it (check), which costs one call, or for the next one (next, skip_to), which costs
 * a call for each in between.  It claims to be as long as the database, so that a filter comes to it
 * last and with check. */
class checked_documents : public Xapian::PostingSource
{
  public:
    checked_documents(xap_check_document asked, void *payload) : asked_(asked), payload_(payload)
    {
    }

    Xapian::doccount get_termfreq_min() const override
    {
        return 0;
    }

    Xapian::doccount get_termfreq_est() const override
    {
        return documents_;
    }

    Xapian::doccount get_termfreq_max() const override
    {
        return documents_;
    }

    Xapian::docid get_docid() const override
    {
        return at_;
    }

    bool at_end() const override
    {
        return at_ > last_;
    }

    void next(double) override
    {
        go_to(at_ + 1);
    }

    void skip_to(Xapian::docid id, double) override
    {
        if (id > at_)
            go_to(id);
    }

    bool check(Xapian::docid id, double) override
    {
        if (id > at_ && says_yes(id))
            at_ = id;
        return at_ >= id;
    }

    checked_documents *clone() const override
    {
        return new checked_documents(asked_, payload_);
    }

    /* Asked when the query is to be sent to a server, which cannot call us. */
    std::string name() const override
    {
        throw Xapian::UnimplementedError("a remote index cannot look into its documents for SENT, "
                                         "PARA and the like; search a copy of it on this machine");
    }

    void init(const Xapian::Database &db) override
    {
        shard_ = std::make_unique<xap_db>(xap_db{db, {}, {}});
        documents_ = db.get_doccount();
        last_ = db.get_lastdocid();
        at_ = 0;
    }

    std::string get_description() const override
    {
        return "Checked()";
    }

  private:
    void go_to(Xapian::docid id)
    {
        for (at_ = id; at_ <= last_ && !says_yes(at_); at_++)
            ;
    }

    bool says_yes(Xapian::docid id)
    {
        bool yes = false;
        failed_call failed = {OCS_OK, {OCS_OK, OCS_ERROR_NO_PLACE, ""}};
        failed.status = asked_(payload_, shard_.get(), id, &yes, &failed.error);
        if (failed.status != OCS_OK)
            throw failed;
        return yes;
    }

    xap_check_document asked_;
    void *payload_;
    std::unique_ptr<xap_db> shard_;
    Xapian::doccount documents_ = 0;
    Xapian::docid at_ = 0, last_ = 0;
};

} // namespace

ocs_status xap_query_checked(xap_query *candidates, xap_check_document check, void *payload,
                             xap_query **query, ocs_error *err)
{
    return make_query(query, err, [&] {
        Xapian::Query filter((new checked_documents(check, payload))->release());
        return Xapian::Query(Xapian::Query::OP_FILTER, candidates->query, filter);
    });
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

/* ---- searching ---- */

namespace
{

/* Equal hits come in ascending order of docid, which is libxapian's habit unless told otherwise. */
void set_order(Xapian::Enquire &enquire, const xap_search &search)
{
    switch (search.sort) {
    case XAP_BY_SCORE:
        return;
    case XAP_BY_VALUE:
        return enquire.set_sort_by_value_then_relevance(search.sort_slot, false);
    case XAP_BY_VALUE_DESCENDING:
        return enquire.set_sort_by_value_then_relevance(search.sort_slot, true);
    case XAP_BY_DOCID: /* all scores being equal */
        return enquire.set_weighting_scheme(Xapian::BoolWeight());
    }
    throw Xapian::InvalidArgumentError("no such order");
}

std::unique_ptr<xap_results> results_of(const Xapian::MSet &found)
{
    auto results = std::make_unique<xap_results>();
    results->hits.reserve(found.size());
    for (Xapian::MSetIterator hit = found.begin(); hit != found.end(); ++hit)
        results->hits.push_back({*hit, hit.get_weight()});
    results->exact = found.get_matches_lower_bound() == found.get_matches_upper_bound();
    results->matches = found.get_matches_estimated();
    return results;
}

/* Thrown to end a search that its caller has had enough of. */
struct enough {
};

/* Sees every match before libxapian sorts any: nothing is kept and nothing weighed. */
class teller : public Xapian::MatchSpy
{
  public:
    using callback = bool (*)(void *payload, xap_docid id);
    teller(callback call, void *with) : each(call), payload(with)
    {
    }
    void operator()(const Xapian::Document &document, double) override
    {
        if (!each(payload, document.get_docid()))
            throw enough();
    }

  private:
    callback each;
    void *payload;
};

/* The same from a list of them. */
void tell_all(const Xapian::MSet &found, teller::callback each, void *payload)
{
    for (Xapian::MSetIterator hit = found.begin(); hit != found.end(); ++hit)
        if (!each(payload, *hit))
            return;
}

} // namespace

ocs_status xap_search_each(xap_db *db, const xap_query *query,
                           bool (*each)(void *payload, xap_docid id), void *payload, ocs_error *err)
{
    return guard(err, {"search"}, [&] {
        teller tell(each, payload);
        Xapian::Enquire enquire(db->db);
        enquire.set_query(query->query);
        enquire.set_weighting_scheme(Xapian::BoolWeight());
        enquire.add_matchspy(&tell);
        try {
            (void)enquire.get_mset(0, 0, db->db.get_doccount());
        } catch (const enough &) {
            return;
        } catch (const Xapian::UnimplementedError &) { /* a database elsewhere takes no spy along */
            enquire.clear_matchspies();
            tell_all(enquire.get_mset(0, db->db.get_doccount()), each, payload);
        }
    });
}

ocs_status xap_search_run(xap_db *db, const xap_query *query, const xap_search *search,
                          xap_results **results, ocs_error *err)
{
    *results = nullptr;
    return guard(err, {"search"}, [&] {
        Xapian::Enquire enquire(db->db);
        enquire.set_query(query->query);
        set_order(enquire, *search);
        enquire.set_time_limit(search->time_limit);
        *results = results_of(enquire.get_mset(search->first, search->most, search->check_at_least))
                       .release();
    });
}

size_t xap_results_count(const xap_results *results)
{
    return results->hits.size();
}

uint32_t xap_results_matches(const xap_results *results, bool *exact)
{
    if (exact)
        *exact = results->exact;
    return results->matches;
}

xap_docid xap_results_docid(const xap_results *results, size_t i)
{
    return i < results->hits.size() ? results->hits[i].id : 0;
}

double xap_results_score(const xap_results *results, size_t i)
{
    return i < results->hits.size() ? results->hits[i].score : 0;
}

void xap_results_free(xap_results *results)
{
    delete results;
}

/* ---- stemming ---- */

/* A name of two letters is a code; libxapian's other names mean variants that no language has. */
ocs_status xap_stem_new(const char *language, xap_stem **stem, ocs_error *err)
{
    *stem = nullptr;
    return guard(err, {"make a stemmer for", language}, [&] {
        if (std::strlen(language) != 2)
            return OCS_UNSUPPORTED;
        Xapian::Stem found(language, true);
        if (found.is_none())
            return OCS_UNSUPPORTED;
        *stem = new xap_stem{found, {}};
        return OCS_OK;
    });
}

ocs_status xap_stem_word(xap_stem *stem, ocs_str word, ocs_str *out, ocs_error *err)
{
    return guard(err, {"stem a word"}, [&] {
        stem->lent = stem->stem(bytes(word));
        *out = lend(stem->lent);
    });
}

void xap_stem_free(xap_stem *stem)
{
    delete stem;
}

const char *xap_version(void)
{
    return Xapian::version_string();
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
