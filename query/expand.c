/* The names of what a query may be expanded by, as --expand takes them. */
#include "query/query.h"

static const struct {
    ocs_str name;
    unsigned bits;
} kinds[] = {
    {OCS_STR_INIT("stems"), OCS_EXPAND_STEMS},
    {OCS_STR_INIT("spelling"), OCS_EXPAND_SPELLING},
    {OCS_STR_INIT("acronym"), OCS_EXPAND_ACRONYM},
    {OCS_STR_INIT("names"), OCS_EXPAND_NAMES},
    {OCS_STR_INIT("translit"), OCS_EXPAND_TRANSLIT},
    {OCS_STR_INIT("all"), OCS_EXPAND_ALL},
    {OCS_STR_INIT("none"), 0},
};

static bool find_kind(ocs_str name, unsigned *bits)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (ocs_str_eq(name, kinds[i].name)) {
            *bits = kinds[i].bits;
            return true;
        }
    return false;
}

ocs_status ocs_expand_parse(ocs_str text, unsigned *expand, ocs_error *err)
{
    ocs_str name;
    *expand = 0;
    if (text.n == 0)
        return ocs_fail(err, OCS_USAGE, "nothing to expand by: write all, none or a list");
    while (ocs_str_split(&text, ',', &name)) {
        unsigned bits;
        if (!find_kind(name, &bits))
            return ocs_fail(err, OCS_USAGE,
                            "'%.*s' is nothing to expand by: write stems, spelling, acronym, "
                            "names, translit, all or none",
                            name.n > 40 ? 40 : (int)name.n, name.p);
        *expand |= bits;
    }
    return OCS_OK;
}
