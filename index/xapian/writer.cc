/* Writing, and the documents to be written. */
#include "index/xapian/handles.hh"

#include <utility>

using namespace xap;

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

ocs_status xap_writer_replace_data(xap_writer *writer, ocs_str unique, ocs_str data, xap_docid *id,
                                   ocs_error *err)
{
    bool found = false;
    ocs_status st = guard(err, {"store a document's data"}, [&] {
        auto at = writer->db.postlist_begin(bytes(unique));
        if ((found = at != writer->db.postlist_end(bytes(unique)))) {
            Xapian::Document document = writer->db.get_document(*id = *at);
            document.set_data(bytes(data)); /* libxapian leaves alone what was not set */
            writer->db.replace_document(*id, document);
        }
    });
    return st == OCS_OK && !found ? OCS_NOTFOUND : st;
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
