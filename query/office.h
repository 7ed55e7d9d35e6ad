/* Offices: what a person is said to be, apart from how it is worded.  "Head of the OSCE Mission to
 * Serbia", "OSCE Head of Mission in Serbia" and "шеф Мисије ОЕБС-а у Србији" are one office; a former
 * head, an acting head and a deputy head hold three others.  Private to query/. */
#ifndef OCS_QUERY_OFFICE_H
#define OCS_QUERY_OFFICE_H

#include "query/called.h"
#include "query/standing.h"

/* Roles of one office have the same of all four. */
typedef struct ocs_office {
    unsigned standing; /* set of 1 << ocs_standing; 0: the office itself */
    ocs_str base;      /* "head", "chief-prosecutor": words joined by hyphens */
    ocs_str org, country;
} ocs_office;

/* ${scratch} may be cleared when it returns; what ${out} points to lives in ${arena} and in
 * ${document}.  False: an arena is full. */
bool ocs_office_of(const ocs_document *document, const ocs_role *role, ocs_arena *arena,
                   ocs_office *out);

/* ---- what is asked for ---- */

/* A part of the words asked for: a country, an organisation or an office that the tables know, or a
 * word that they do not. */
typedef struct ocs_office_part {
    ocs_str iso, org, office; /* keys; empty where it is no such thing */
    ocs_called words;         /* which do as well */
} ocs_office_part;

typedef struct ocs_office_wanted {
    unsigned standing;
    ocs_office_part *parts;
    size_t n_parts;
    bool names_office; /* the tables know one of the parts, or the standing, as an office */
} ocs_office_wanted;

bool ocs_office_wanted_read(ocs_arena *arena, ocs_str text, ocs_office_wanted *out);

/* Whether ${role} is the office asked for but for its standing: each part is in its words or among
 * its keys, in any order, and what the office is called ("adviser" to the head) is part of what was
 * asked for.  ${scratch} takes memory. */
bool ocs_office_fits(const ocs_office_wanted *wanted, const ocs_role *role,
                     const ocs_office *office, ocs_arena *scratch);

#endif
