/* The kind of a mark is read off its spelling, which is that of its term.  Its weight is that of a
 * term in a search: the logarithm of how many documents there are for each that has it. */
#include "query/mark_kind.h"

#include <math.h>

/* For what stands for many terms, and for marks beyond those that are looked up. */
static const double WEIGHT_UNKNOWN = 2.0;

const char *ocs_mark_kind_name(ocs_mark_kind kind)
{
    static const char *const names[] = {
#define X(name, text) text,
        OCS_MARK_KINDS(X)
#undef X
    };
    return (size_t)kind < OCS_MARK_KIND_COUNT ? names[kind] : NULL;
}

ocs_mark_kind ocs_mark_kind_of(ocs_str mark)
{
    static const char letters[] = "PLCODR";
    static const ocs_mark_kind kinds[] = {OCS_MARKED_PERSON, OCS_MARKED_PLACE, OCS_MARKED_COUNTRY,
                                          OCS_MARKED_ORG,    OCS_MARKED_DATE,  OCS_MARKED_ROLE};
    const char *letter = mark.n > 1 && mark.p[0] == 'X' ? strchr(letters, mark.p[1]) : NULL;
    if (letter && *letter)
        return kinds[letter - letters];
    return ocs_str_find_char(mark, ' ', 0) < mark.n ? OCS_MARKED_PHRASE : OCS_MARKED_WORD;
}

ocs_mark_kind ocs_mark_kind_of_mention(ocs_mention_type type)
{
    static const ocs_mark_kind kinds[] = {[OCS_MENTION_PERSON] = OCS_MARKED_PERSON,
                                          [OCS_MENTION_PLACE] = OCS_MARKED_PLACE,
                                          [OCS_MENTION_COUNTRY] = OCS_MARKED_COUNTRY,
                                          [OCS_MENTION_ORG] = OCS_MARKED_ORG,
                                          [OCS_MENTION_DATE] = OCS_MARKED_DATE};
    return kinds[type];
}

static bool stands_for_many(ocs_str mark)
{
    return ocs_str_find_char(mark, '?', 0) < mark.n ||
           (ocs_str_ends(mark, OCS_STR("*")) && mark.p[0] != 'X');
}

/* A phrase is at least as rare as the rarest of its words. */
static ocs_status weigh(xap_db *db, ocs_str mark, double documents, double *weight, ocs_error *err)
{
    uint32_t least = UINT32_MAX;
    ocs_str word;
    while (ocs_str_split(&mark, ' ', &word)) {
        uint32_t n;
        ocs_status st = xap_db_term_documents(db, word, &n, err);
        if (st != OCS_OK)
            return st;
        least = n < least ? n : least;
    }
    *weight = log(1.01 + documents / (1.0 + (double)least));
    return OCS_OK;
}

ocs_status ocs_marks_weigh(xap_db *db, const ocs_str *marks, size_t n_marks, ocs_arena *arena,
                           double **weights, ocs_error *err)
{
    uint32_t documents;
    ocs_status st = xap_db_count(db, &documents, err);
    if (st != OCS_OK)
        return st;
    if (!(*weights = ocs_arena_array(arena, n_marks, sizeof **weights)))
        return ocs_fail(err, ocs_arena_status(arena), "no memory to weigh the query");
    for (size_t i = 0; i < n_marks && st == OCS_OK; i++) {
        (*weights)[i] = WEIGHT_UNKNOWN;
        if (i < OCS_MARKS_WEIGHED && marks[i].n > 0 && !stands_for_many(marks[i]))
            st = weigh(db, marks[i], documents, &(*weights)[i], err);
    }
    return st;
}
