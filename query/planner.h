/* What the files of the plan share: plan.c conducts, plan_word.c plans words and phrases,
 * plan_entity.c and plan_name.c entities, plan_filter.c other fields, plan_date.c dates.  Private
 * to query/. */
#ifndef OCS_QUERY_PLANNER_H
#define OCS_QUERY_PLANNER_H

#include "query/fields.h"
#include "query/query.h"

enum {
    OCS_WILDCARD_WORDS = 5000, /* that one wildcard may stand for */
    OCS_COMPLETED_KEYS = 200,  /* that one name may be completed to */
    OCS_PREFIX_TERMS = 100000, /* that the prefix of a path or the like may stand for */
    OCS_ROLE_SLACK = 8,        /* words that may stand between those of a role */
    OCS_SAVED_DEPTH = 16,      /* saved queries within one another */
    OCS_SAVED_USES = 1000      /* uses of saved queries in one plan */
};

typedef OCS_VEC(ocs_str) ocs_term_list;

typedef struct ocs_planner {
    ocs_index *index;
    xap_db *db;
    const ocs_plan_options *options;
    const ocs_gaz *gaz;
    const ocs_aliases *aliases; /* NULL: none */
    ocs_stemmers *stemmers;
    ocs_arena *arena;
    ocs_error *err;
    ocs_buf term;                 /* the term being spelled */
    OCS_VEC(xap_query *) queries; /* all that were made: freed together, but for the last */
    OCS_VEC(ocs_expansion) expansions;
    ocs_term_list marks;
    bool in_title;
    unsigned negated;    /* within so many NOTs: nothing is marked */
    unsigned saved_uses; /* saved queries that were put in place */
} ocs_planner;

/* ---- the parts of a query; each is owned by the planner ---- */

/* The term that stands spelled in planner->term. */
ocs_status ocs_planner_term(ocs_planner *p, xap_query **out) OCS_MUST_CHECK;
/* Every term that begins as spelled in planner->term, weighed as one. */
ocs_status ocs_planner_prefix(ocs_planner *p, xap_query **out) OCS_MUST_CHECK;
/* Any of ${terms}: none, one, or all joined by ${op}. */
ocs_status ocs_planner_terms(ocs_planner *p, xap_op op, const ocs_term_list *terms,
                             xap_query **out) OCS_MUST_CHECK;
/* One part is itself; no part finds nothing. */
ocs_status ocs_planner_combine(ocs_planner *p, xap_op op, xap_query **parts, size_t n,
                               uint32_t window, xap_query **out) OCS_MUST_CHECK;
ocs_status ocs_planner_all(ocs_planner *p, xap_query **out) OCS_MUST_CHECK;
ocs_status ocs_planner_scale(ocs_planner *p, xap_query *part, double factor,
                             xap_query **out) OCS_MUST_CHECK;

/* ---- terms ---- */

/* Add a copy of ${text} to ${list} unless it is there. */
ocs_status ocs_planner_add(ocs_planner *p, ocs_term_list *list, ocs_str text) OCS_MUST_CHECK;
/* Add the spelled term to ${list} unless it is there. */
ocs_status ocs_planner_list(ocs_planner *p, ocs_term_list *list) OCS_MUST_CHECK;
/* Whether the spelled term stands in the index. */
ocs_status ocs_planner_known(ocs_planner *p, bool *known) OCS_MUST_CHECK;

/* All terms that begin as spelled and whose rest ${fits} (NULL: any).  More than ${most} are an
 * error at ${node}. */
typedef bool ocs_term_fits(const void *payload, ocs_str rest);
ocs_status ocs_planner_walk(ocs_planner *p, const ocs_node *node, uint32_t most,
                            ocs_term_fits *fits, const void *payload,
                            ocs_term_list *list) OCS_MUST_CHECK;

/* The words of ${text}, at least one. */
ocs_status ocs_planner_words(ocs_planner *p, const ocs_node *node, ocs_str text,
                             ocs_words *words) OCS_MUST_CHECK;
/* The words of ${text} but for stopwords ("of", "the"), which the index leaves out of names, and
 * for doubles; all of them where nothing else is left. */
ocs_status ocs_planner_name_words(ocs_planner *p, const ocs_node *node, ocs_str text,
                                  ocs_term_list *words) OCS_MUST_CHECK;
ocs_status ocs_planner_mark(ocs_planner *p, ocs_str mark) OCS_MUST_CHECK;
ocs_status ocs_planner_mark_terms(ocs_planner *p, const ocs_term_list *terms) OCS_MUST_CHECK;
ocs_status ocs_planner_expand(ocs_planner *p, const ocs_node *node, ocs_str to) OCS_MUST_CHECK;
/* Where the value of a FIELD stands in the query. */
long ocs_planner_value_at(const ocs_node *node);
ocs_status ocs_planner_nomem(ocs_planner *p) OCS_MUST_CHECK;

/* Whether what was written is to be expanded so. */
bool ocs_planner_expands(const ocs_planner *p, ocs_expand what);

/* ---- the players ---- */

/* ${tree} with every saved:NAME replaced by the query of that name.  What comes from a saved query
 * stands where its field stands in the query, for messages. */
ocs_status ocs_plan_saved(ocs_planner *p, const ocs_node *tree,
                          const ocs_node **out) OCS_MUST_CHECK;

ocs_status ocs_plan_word(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
ocs_status ocs_plan_phrase(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
ocs_status ocs_plan_range(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
/* person: place: country: org: role: */
ocs_status ocs_plan_entity(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
ocs_status ocs_plan_role(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
/* The terms of a person, place or organisation, any of which will do, and those that rank what was
 * found by a single word; both are added to ${terms}. */
ocs_status ocs_plan_name_terms(ocs_planner *p, const ocs_node *node,
                               ocs_term_list *terms) OCS_MUST_CHECK;
ocs_status ocs_plan_name_ranking(ocs_planner *p, const ocs_node *node,
                                 ocs_term_list *terms) OCS_MUST_CHECK;
/* Whether the name in ${node}, which became ${terms}, is one that stands for ${key} of ${rule}. */
ocs_status ocs_plan_name_meant(ocs_planner *p, const ocs_node *node, const ocs_alias_rule *rule,
                               ocs_str key, const ocs_term_list *terms, bool *meant) OCS_MUST_CHECK;
/* Any of ${terms}, with names that the alias file splits put right. */
ocs_status ocs_plan_split(ocs_planner *p, const ocs_node *node, const ocs_term_list *terms,
                          xap_query **out) OCS_MUST_CHECK;
/* The fields that only filter, but for dates. */
ocs_status ocs_plan_filter(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;

/* The same as terms with positions, any of which will do, for NEAR and ADJ.  They are added to
 * ${terms}. */
ocs_status ocs_plan_word_terms(ocs_planner *p, const ocs_node *node,
                               ocs_term_list *terms) OCS_MUST_CHECK;
ocs_status ocs_plan_entity_terms(ocs_planner *p, const ocs_node *node,
                                 ocs_term_list *terms) OCS_MUST_CHECK;
ocs_status ocs_plan_role_terms(ocs_planner *p, const ocs_node *node,
                               ocs_term_list *terms) OCS_MUST_CHECK;
ocs_status ocs_plan_range_terms(ocs_planner *p, const ocs_node *node,
                                ocs_term_list *terms) OCS_MUST_CHECK;

#endif
