/* The things and names of one family in memory, numbered as they come. */
#ifndef OCS_INDEX_COLUMN_DICT_H
#define OCS_INDEX_COLUMN_DICT_H

#include "index/columns.h"

typedef struct ocs_column_name {
    uint32_t ordinal; /* whose it is */
    uint32_t next;    /* the thing's next one; 0: none */
    ocs_str name, country;
} ocs_column_name;

typedef struct ocs_column_listed {
    ocs_column_thing thing;
    uint32_t names, last; /* the first and the last beside its first name; 0: none */
} ocs_column_listed;

typedef struct ocs_column_dict {
    ocs_arena *arena; /* the owner's */
    OCS_VEC(ocs_column_listed) things;
    OCS_VEC(ocs_column_name) names; /* name i at i - 1 */
    uint32_t *slots;                /* hash table of ordinal + 1 */
    size_t n_slots;
} ocs_column_dict;

/* The number of a thing and of its name, which are copied when they are new.  False when the arena
 * failed. */
bool ocs_column_dict_put(ocs_column_dict *dict, const ocs_column_thing *thing, uint32_t *ordinal,
                         uint32_t *name);
/* The ordinal of a key; false when there is none. */
bool ocs_column_dict_find(const ocs_column_dict *dict, ocs_str key, uint32_t *ordinal);

/* As they come from the database, in order; not looked up first. */
bool ocs_column_dict_append(ocs_column_dict *dict, const ocs_column_thing *thing);
bool ocs_column_dict_append_name(ocs_column_dict *dict, uint32_t ordinal,
                                 const ocs_column_thing *thing);

#endif
