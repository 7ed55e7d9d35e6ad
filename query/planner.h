/* What the files of the plan share: plan.c conducts, plan_word.c plans words and phrases,
 * plan_entity.c and plan_name.c entities, plan_filter.c other fields, plan_date.c dates,
 * plan_within.c what stands within a sentence or paragraph.  Private to query/. */
#ifndef OCS_QUERY_PLANNER_H
#define OCS_QUERY_PLANNER_H

#include "base/nearby.h"
#include "index/other_names.h"
#include "query/fields.h"
#include "query/within.h"

enum {
    OCS_WILDCARD_WORDS = 5000, /* that one wildcard may stand for */
    OCS_COMPLETED_KEYS = 200,  /* that one name may be completed to */
    OCS_FUZZY_WORDS = 200,     /* that one fuzzy word may stand for */
    OCS_NAMES_TOLD = 8,        /* of those that a word is completed to */
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
    OCS_VEC(xap_query *) titles; /* what ranks a page higher when its title has it */
    bool in_title;
    bool of_role;        /* organisations and countries are those that an office belongs to */
    unsigned negated;    /* within so many NOTs: nothing is marked */
    unsigned saved_uses; /* saved queries that were put in place */
    bool in_near;        /* within a NEAR or ADJ that is looked into: words are not stemmed there */
    const ocs_other_names *others; /* of .gaz; NULL until asked for */
    ocs_arena *scratch;            /* of parts that look into documents; NULL until one is made */
} ocs_planner;

/* A word of a text that may hold wildcards. */
typedef struct ocs_piece {
    ocs_str text;            /* as written */
    ocs_str fold, canonical; /* of a pattern both the same: folded, with ? and * */
    bool pattern;
} ocs_piece;
typedef OCS_VEC(ocs_piece) ocs_piece_list;

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

/* The words of ${text}, at least one; some may hold wildcards. */
ocs_status ocs_planner_pieces(ocs_planner *p, const ocs_node *node, ocs_str text,
                              ocs_piece_list *pieces) OCS_MUST_CHECK;
/* The terms that are what is spelled and then what ${pattern}, folded, stands for. */
ocs_status ocs_planner_walk_pattern(ocs_planner *p, const ocs_node *node, ocs_str pattern,
                                    ocs_term_list *terms) OCS_MUST_CHECK;
/* Make ${word}, folded, ready for its near ones, as many letters off as ${node} says.  A word too
 * short for that is an error where it stands ${alone}, else it must be the same. */
ocs_status ocs_planner_fuzzy(ocs_planner *p, const ocs_node *node, ocs_str word, bool alone,
                             ocs_nearby *nearby) OCS_MUST_CHECK;
/* The terms that begin as spelled and that are near ${nearby} but for their first ${skip} bytes; all
 * are told as expansions. */
ocs_status ocs_planner_walk_near(ocs_planner *p, const ocs_node *node, size_t skip,
                                 ocs_nearby *nearby, ocs_term_list *terms) OCS_MUST_CHECK;
/* The words of the value of ${node} but for stopwords ("of", "the"), which the index leaves out of
 * names, and for doubles; all of them where nothing else is left. */
ocs_status ocs_planner_name_pieces(ocs_planner *p, const ocs_node *node,
                                   ocs_piece_list *words) OCS_MUST_CHECK;
ocs_status ocs_planner_mark(ocs_planner *p, ocs_str mark) OCS_MUST_CHECK;
ocs_status ocs_planner_mark_terms(ocs_planner *p, const ocs_term_list *terms) OCS_MUST_CHECK;
ocs_status ocs_planner_expand(ocs_planner *p, const ocs_node *node, ocs_str to) OCS_MUST_CHECK;
/* The same for each of ${terms} but for its first ${skip} bytes: of many those of the most documents,
 * and how many more there are. */
ocs_status ocs_planner_expand_terms(ocs_planner *p, const ocs_node *node,
                                    const ocs_term_list *terms, size_t skip) OCS_MUST_CHECK;
/* Where the value of a FIELD stands in the query. */
long ocs_planner_value_at(const ocs_node *node);
ocs_status ocs_planner_nomem(ocs_planner *p) OCS_MUST_CHECK;

/* Whether what was written is to be expanded so. */
bool ocs_planner_expands(const ocs_planner *p, ocs_expand what);

/* The family of terms that a FIELD is searched in. */
ocs_family ocs_planner_family(const ocs_planner *p, const ocs_node *node);

/* ---- the players ---- */

/* ${tree} with every saved:NAME replaced by the query of that name.  What comes from a saved query
 * stands where its field stands in the query, for messages. */
ocs_status ocs_plan_saved(ocs_planner *p, const ocs_node *tree,
                          const ocs_node **out) OCS_MUST_CHECK;
/* Any node (query/plan.c). */
ocs_status ocs_plan_node(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;

ocs_status ocs_plan_word(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
ocs_status ocs_plan_phrase(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
/* What else a word or phrase is called: full names of an acronym, acronyms of a full name. */
ocs_status ocs_plan_acronyms(ocs_planner *p, const ocs_node *node,
                             ocs_term_list *names) OCS_MUST_CHECK;
/* NEAR and ADJ. */
ocs_status ocs_plan_near(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
ocs_status ocs_plan_range(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
/* person: place: country: org: role: */
ocs_status ocs_plan_entity(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
ocs_status ocs_plan_role(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
/* A person or role with the organisation or country whose office it is: person:*@org:ODIHR */
ocs_status ocs_plan_held(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
/* A word of these stems, also in the title: a page whose title has it ranks higher. */
ocs_status ocs_plan_title_stems(ocs_planner *p, const ocs_term_list *stems) OCS_MUST_CHECK;
/* ${out} with all that was said so far. */
ocs_status ocs_plan_titled(ocs_planner *p, xap_query **out) OCS_MUST_CHECK;
/* The terms of the organisation or country whose office it is. */
ocs_status ocs_plan_whose(ocs_planner *p, const ocs_node *node,
                          ocs_term_list *terms) OCS_MUST_CHECK;
/* The terms of a person, place or organisation, any of which will do, and those that rank what was
 * found by a single word; both are added to ${terms}.  ${others}: of what is called so in the tables
 * only, which will do as well. */
ocs_status ocs_plan_name_terms(ocs_planner *p, const ocs_node *node, ocs_term_list *terms,
                               ocs_term_list *others) OCS_MUST_CHECK;
ocs_status ocs_plan_name_ranking(ocs_planner *p, const ocs_node *node,
                                 ocs_term_list *terms) OCS_MUST_CHECK;
/* Which words a name is found by: one that is like ${forms}, or like ${pattern} where that is not
 * empty, or near ${nearby} where that is not NULL; ${open}: or begins so. */
typedef struct ocs_name_word {
    const ocs_word_forms *forms;
    ocs_str pattern;
    ocs_nearby *nearby;
    bool open;
} ocs_name_word;
/* The keys of what the index has and what the tables call by such a word, though not in its own name:
 * they are added to ${keys} as terms. */
ocs_status ocs_plan_other_names(ocs_planner *p, const ocs_node *node, const ocs_name_word *word,
                                ocs_term_list *keys) OCS_MUST_CHECK;
/* Tell which keys hold the words of ${node}, which only filters. */
ocs_status ocs_plan_name_told(ocs_planner *p, const ocs_node *node) OCS_MUST_CHECK;
/* Whether the name in ${node}, which became ${terms}, is one that stands for ${key} of ${rule}. */
ocs_status ocs_plan_name_meant(ocs_planner *p, const ocs_node *node, const ocs_alias_rule *rule,
                               ocs_str key, const ocs_term_list *terms, bool *meant) OCS_MUST_CHECK;
/* Any of ${terms}, with names that the alias file splits put right. */
ocs_status ocs_plan_split(ocs_planner *p, const ocs_node *node, const ocs_term_list *terms,
                          xap_query **out) OCS_MUST_CHECK;
/* The fields that only filter, but for dates. */
ocs_status ocs_plan_filter(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;

/* SENT( ) and PARA( ). */
ocs_status ocs_plan_within(ocs_planner *p, const ocs_node *node, xap_query **out) OCS_MUST_CHECK;
/* An operand of SENT, PARA or NEAR as what is looked up by its positions. */
ocs_status ocs_plan_part(ocs_planner *p, const ocs_node *node, ocs_part **out) OCS_MUST_CHECK;
/* The candidates that have a ${unit} in which ${part} holds. */
ocs_status ocs_plan_checked(ocs_planner *p, xap_query *candidates, ocs_bound unit,
                            const ocs_part *part, xap_query **out) OCS_MUST_CHECK;

/* The same as terms with positions, any of which will do, for NEAR and ADJ.  They are added to
 * ${terms}. */
ocs_status ocs_plan_word_terms(ocs_planner *p, const ocs_node *node,
                               ocs_term_list *terms) OCS_MUST_CHECK;
/* The words of the index that have a stem in common with ${word}, a canonical spelling. */
ocs_status ocs_plan_form_terms(ocs_planner *p, const ocs_node *node, ocs_str word,
                               ocs_term_list *terms) OCS_MUST_CHECK;
ocs_status ocs_plan_entity_terms(ocs_planner *p, const ocs_node *node,
                                 ocs_term_list *terms) OCS_MUST_CHECK;
ocs_status ocs_plan_role_terms(ocs_planner *p, const ocs_node *node,
                               ocs_term_list *terms) OCS_MUST_CHECK;
ocs_status ocs_plan_range_terms(ocs_planner *p, const ocs_node *node,
                                ocs_term_list *terms) OCS_MUST_CHECK;

#endif
