/* The table of fields, and the guess at what a mistyped name was meant to be: the nearest name by
 * edit distance, or one that the word begins with ("organisation" -> org). */
#include "query/fields.h"

#include "base/nearby.h"
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

/* ${name} in small letters in ${room}. */
static ocs_str lowered(ocs_str name, char room[NAME_MAX_BYTES])
{
    for (size_t i = 0; i < name.n; i++)
        room[i] = lower(name.p[i]);
    return (ocs_str){room, name.n};
}

ocs_field_id ocs_field_guess(ocs_str name)
{
    ocs_field_id best = OCS_FIELD_COUNT;
    unsigned best_distance = GUESS_DISTANCE + 1;
    char room[NAME_MAX_BYTES];
    ocs_nearby nearby;
    size_t dead;
    ocs_str word = name.n <= NAME_MAX_BYTES ? lowered(name, room) : (ocs_str){0};
    bool comparable = ocs_nearby_init(&nearby, word, GUESS_DISTANCE);
    for (size_t i = 0; i < OCS_FIELD_COUNT; i++) {
        ocs_str known = ocs_str_of(fields[i].name);
        unsigned d = GUESS_DISTANCE + 1;
        if (known.n > 2 && name.n > known.n &&
            ocs_str_eq_nocase(ocs_str_sub(name, 0, known.n), known))
            d = 1;
        else if (comparable)
            d = ocs_nearby_distance(&nearby, known, &dead);
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

bool ocs_value_takes_pattern(ocs_value_form form)
{
    return form == OCS_VALUE_ENTITY || form == OCS_VALUE_ROLE || form == OCS_VALUE_LABEL;
}

bool ocs_value_takes_fuzzy(ocs_value_form form)
{
    return ocs_value_takes_pattern(form);
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
