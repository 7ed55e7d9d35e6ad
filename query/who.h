/* Who was what, and when: the roles that documents state of people, put together by office and
 * person, with every statement as evidence.
 *
 * A statement is dated by the publication of its document.  What comes of it is when somebody was
 * called so, not when he took office or left it. */
#ifndef OCS_QUERY_WHO_H
#define OCS_QUERY_WHO_H

#include "query/office.h"
#include "query/unit.h"

typedef enum ocs_who_by {
    OCS_WHO_AUTO,  /* by role when the tables know a word of it as an office, else by person */
    OCS_WHO_ROLE,  /* offices with those who held them */
    OCS_WHO_PERSON /* people with what they were */
} ocs_who_by;

typedef struct ocs_who_wanted {
    ocs_str asked; /* words of a role or of a name, in any order */
    ocs_who_by by;
    ocs_str query;        /* only documents that match it; empty: all */
    ocs_str since, until; /* of publication, as the query language has them; empty: open */
    bool all_copies;      /* copies of an article count each, and not once */
} ocs_who_wanted;

/* One statement in one document: the first that it makes of this person and office. */
typedef struct ocs_who_evidence {
    ocs_str id, path;
    ocs_when published; /* year 0: unknown */
    ocs_str text;       /* the sentence */
    ocs_span raw;       /* of the sentence */
    bool inexact;
    ocs_str role; /* as it is worded */
    ocs_span role_raw;
    bool role_inexact;
} ocs_who_evidence;

typedef struct ocs_who_wording {
    ocs_str text;
    uint32_t documents;
} ocs_who_wording;

typedef struct ocs_who_office {
    ocs_office office;
    ocs_str text;         /* the most frequent wording */
    ocs_str org, country; /* names; empty when not stated */
    uint32_t documents, people;
} ocs_who_office;

/* One person in one office. */
typedef struct ocs_who_holding {
    size_t office;     /* in ocs_who.offices */
    ocs_str key, name; /* of the person */
    ocs_who_wording
        *wordings; /* the most frequent first; OCS_WHO_WORDINGS at most are told apart */
    size_t n_wordings;
    uint32_t undated;           /* documents */
    ocs_date first, last;       /* as far as they are known; year 0: no date is known */
    ocs_who_evidence *evidence; /* one a document, by date, undated last */
    size_t n_evidence;
} ocs_who_holding;
enum { OCS_WHO_WORDINGS = 64 };

typedef struct ocs_who {
    ocs_who_by by; /* role or person */
    ocs_who_office *offices;
    size_t n_offices;
    /* By role: those of one office together, the office of most documents first, by first date.  By
     * person: those of one person together, the person of most documents first, by first date. */
    ocs_who_holding *holdings;
    size_t n_holdings;
    uint32_t documents; /* that were looked at */
    /* Documents in which the words fit but for a standing that was not asked for. */
    uint32_t others[OCS_STANDING_COUNT];
} ocs_who;

/* The result lives in ${arena}; OCS_LIMIT when it is full.  OCS_USAGE when there is no word in what
 * is asked, and for errors of the query, which point into ${wanted->query}. */
ocs_status ocs_who_find(ocs_index *index, const ocs_who_wanted *wanted, ocs_arena *arena,
                        ocs_who *who, ocs_error *err) OCS_MUST_CHECK;

/* ---- on a day ---- */

typedef enum ocs_who_nearness {
    OCS_WHO_STATED,  /* on that very day */
    OCS_WHO_BETWEEN, /* between two mentions, with nobody else in the office between them */
    OCS_WHO_SHARED,  /* the same, but others are named in the office between them */
    OCS_WHO_AROUND,  /* a page of that month or year, whose day is not known */
    OCS_WHO_BEFORE,  /* the nearest evidence is earlier, and there is none later */
    OCS_WHO_AFTER,   /* the other way round */
    OCS_WHO_UNDATED  /* there is no dated evidence */
} ocs_who_nearness;
const char *ocs_who_nearness_name(ocs_who_nearness nearness);

typedef struct ocs_who_day {
    ocs_who_nearness nearness;
    const ocs_who_evidence *before, *after; /* the nearest; NULL when none; both the day's own */
    long days_before, days_after;
} ocs_who_day;

/* What holding number ${i} says of ${day}, a full date. */
ocs_who_day ocs_who_on(const ocs_who *who, size_t i, ocs_date day);

#endif
