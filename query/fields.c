/* The table of fields, and the guess at what a mistyped name was meant to be: the nearest name by
 * edit distance, or one that the word begins with ("organisation" -> org). */
#include "query/fields.h"
#include "query/query.h"

enum { NAME_MAX_BYTES = 16, GUESS_DISTANCE = 2 };

static const ocs_field fields[] = {
#define X(id, name, family, form, about) {name, OCS_FAMILY_##family, OCS_VALUE_##form, about},
    OCS_QUERY_FIELDS(X)
#undef X
};

const ocs_field *ocs_field_of(int id)
{
    return &fields[id];
}

const char *ocs_query_field_name(size_t i)
{
    return i < OCS_FIELD_COUNT ? fields[i].name : NULL;
}

const char *ocs_query_field_about(size_t i)
{
    return i < OCS_FIELD_COUNT ? fields[i].about : NULL;
}

ocs_field_id ocs_field_find(ocs_str name)
{
    for (size_t i = 0; i < OCS_FIELD_COUNT; i++)
        if (ocs_str_eq_nocase(name, ocs_str_of(fields[i].name)))
            return (ocs_field_id)i;
    return OCS_FIELD_COUNT;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Insertions, deletions, changes and swaps of neighbours that lead from ${a} to ${b}, both at most
 * NAME_MAX_BYTES long. */
static unsigned distance(ocs_str a, ocs_str b)
{
    unsigned rows[3][NAME_MAX_BYTES + 1]; /* the row before last, the last, this one */
    unsigned *older = rows[0], *last = rows[1], *this = rows[2];
    for (size_t j = 0; j <= b.n; j++)
        last[j] = (unsigned)j;
    for (size_t i = 1; i <= a.n; i++) {
        this[0] = (unsigned)i;
        for (size_t j = 1; j <= b.n; j++) {
            bool same = lower(a.p[i - 1]) == lower(b.p[j - 1]);
            this[j] = least(last[j - 1] + !same, least(last[j], this[j - 1]) + 1);
            if (i > 1 && j > 1 && lower(a.p[i - 1]) == lower(b.p[j - 2]) &&
                lower(a.p[i - 2]) == lower(b.p[j - 1]))
                this[j] = least(this[j], older[j - 2] + 1);
        }
        unsigned *free_row = older;
        older = last;
        last = this;
        this = free_row;
    }
    return last[b.n];
}

ocs_field_id ocs_field_guess(ocs_str name)
{
    ocs_field_id best = OCS_FIELD_COUNT;
    unsigned best_distance = GUESS_DISTANCE + 1;
    for (size_t i = 0; i < OCS_FIELD_COUNT; i++) {
        ocs_str known = ocs_str_of(fields[i].name);
        unsigned d = GUESS_DISTANCE + 1;
        if (known.n > 2 && name.n > known.n &&
            ocs_str_eq_nocase(ocs_str_sub(name, 0, known.n), known))
            d = 1;
        else if (name.n <= NAME_MAX_BYTES)
            d = distance(name, known);
        if (d < best_distance && d < known.n && d < name.n) {
            best_distance = d;
            best = (ocs_field_id)i;
        }
    }
    return best;
}

bool ocs_value_takes_prefix(ocs_value_form form)
{
    return form != OCS_VALUE_DATE && form != OCS_VALUE_LANG && form != OCS_VALUE_TITLE &&
           form != OCS_VALUE_SAVED;
}

bool ocs_value_takes_any(ocs_value_form form)
{
    return form != OCS_VALUE_TITLE && form != OCS_VALUE_ID && form != OCS_VALUE_PATH &&
           form != OCS_VALUE_SAVED;
}

bool ocs_field_positional(int id)
{
    ocs_value_form form = fields[id].form;
    return form == OCS_VALUE_ENTITY || form == OCS_VALUE_ROLE || id == OCS_FIELD_ON;
}

bool ocs_field_filters(int id)
{
    ocs_value_form form = fields[id].form;
    return form != OCS_VALUE_ENTITY && form != OCS_VALUE_ROLE && form != OCS_VALUE_TITLE &&
           form != OCS_VALUE_SAVED;
}
