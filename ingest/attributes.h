/* Attributes, read before the parser sees them: it takes dozens of instructions for each of their
 * bytes, which are a third of many pages, and nothing is read from most of them. */
#ifndef OCS_INGEST_ATTRIBUTES_H
#define OCS_INGEST_ATTRIBUTES_H

#include "base/base.h"

/* What is asked of every element; NULL: it has no such attribute. */
typedef struct ocs_traits {
    size_t at; /* where the parser tells of the tag: its '>', or the '/' before it */
    const char *class_, *id, *role, *itemprop, *style, *hidden;
} ocs_traits;

/* Of the elements that have some, in their order on the page. */
typedef struct ocs_traits_list {
    ocs_traits *at;
    size_t n;
} ocs_traits_list;

/* The trait that the attribute ${name}, in lower case, is; NULL: none. */
const char **ocs_trait_of(ocs_traits *traits, const char *name);

/* Take the traits from the ${n} bytes of ${page}, UTF-8, into ${arena}, and put spaces over all
 * attributes, so that what is left stands where it stood.  Left to the parser are the attributes of
 * elements of which others are read (meta, time, ...) or whose traits have character references, and
 * all from a place on where markup is so broken that it is not plain where libxml2 sees tags and
 * values.  Where the arena is full its status tells. */
void ocs_attributes_take(ocs_arena *arena, char *page, size_t n, ocs_traits_list *traits);

#endif
