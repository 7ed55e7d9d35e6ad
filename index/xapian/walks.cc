/* Walks over terms, keys, postings and positions. */
#include "index/xapian/handles.hh"

#include <cstring>
#include <string>
#include <utility>
#include <vector>

using namespace xap;

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
