/* A database for reading: opening, single values, checking and compacting. */
#include "index/xapian/handles.hh"

#include <sstream>

using namespace xap;

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
