/* How an office is held: a former head, an acting one and a deputy hold three others than the head.
 * Private to query/. */
#ifndef OCS_QUERY_STANDING_H
#define OCS_QUERY_STANDING_H

#include "base/token.h"

/* What makes another office of an office: name, as it is printed */
#define OCS_STANDINGS(X)                                                     \
    X(FORMER, "former") /* and "the then": held, but not when it was said */ \
    X(DESIGNATE, "designate")                                                \
    X(ACTING, "acting")                                                      \
    X(DEPUTY, "deputy") /* and vice */                                       \
    X(ASSISTANT, "assistant")                                                \
    X(HONORARY, "honorary")                                                  \
    X(SHADOW, "shadow") /* of an opposition */

typedef enum ocs_standing {
#define X(name, text) OCS_STANDING_##name,
    OCS_STANDINGS(X)
#undef X
        OCS_STANDING_COUNT
} ocs_standing;
const char *ocs_standing_name(ocs_standing standing);

/* 1 << the standing that a folded word says; 0 for a word that is none. */
unsigned ocs_standing_of(ocs_str fold);
/* The same of a word of a text, where "a.i." with its full stops is one, too. */
unsigned ocs_standing_of_token(const ocs_token *token);

#endif
