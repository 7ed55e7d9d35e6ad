/* The offices and their holdings that were met, found by a hash of office and person.  Private to
 * query/. */
#ifndef OCS_QUERY_WHO_TABLE_H
#define OCS_QUERY_WHO_TABLE_H

#include "base/slots.h"
#include "query/who.h"

/* A holding as it grows: .out gets evidence and wordings at the end. */
typedef struct ocs_who_held {
    uint64_t hash;
    uint32_t met_in; /* the document that last stated it, from 1 */
    OCS_VEC(ocs_who_evidence) evidence;
    OCS_VEC(ocs_who_wording) wordings;
    ocs_who_holding out;
} ocs_who_held;

typedef struct ocs_who_table {
    ocs_arena *arena;
    OCS_VEC(ocs_who_office) offices;
    OCS_VEC(ocs_who_held) holdings; /* and one of nobody, with an empty key, for each office */
    ocs_slots slots;
} ocs_who_table;

/* The holding of ${office} by the person of ${mention}, until the next call; NULL when the arena is
 * full.  A new one states nothing. */
ocs_who_held *ocs_who_table_hold(ocs_who_table *table, const ocs_office *office,
                                 const ocs_role *role, const ocs_mention *mention);

#endif
