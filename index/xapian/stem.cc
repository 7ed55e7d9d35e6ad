/* Stemmers, and the version of libxapian. */
#include "index/xapian/handles.hh"

#include <cstring>

using namespace xap;

struct xap_stem {
    Xapian::Stem stem;
    std::string lent;
};

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
