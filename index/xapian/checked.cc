/* Queries whose candidates a caller's function looks at: a posting source of those it says yes to. */
#include "index/xapian/handles.hh"

#include <memory>

using namespace xap;

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
