/* Searching, and what was found. */
#include "index/xapian/handles.hh"

#include <memory>
#include <vector>

using namespace xap;

struct xap_results {
    struct hit {
        xap_docid id;
        double score;
    };
    std::vector<hit> hits;
    uint32_t matches;
    bool exact;
};

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
