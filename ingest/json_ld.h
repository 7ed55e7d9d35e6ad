/* JSON-LD: what a page says of itself for machines, in a script of its own.  Only things that are
 * the page are read: those at the top, in an array there, in a @graph, or named as its main entity;
 * not what it lists, cites or belongs to, and not its comments. */
#ifndef OCS_INGEST_JSON_LD_H
#define OCS_INGEST_JSON_LD_H

#include "base/base.h"

/* A string member: ${value} with its escapes decoded, ${at} its source between the quotes. */
typedef struct ocs_ld_text {
    ocs_str value; /* n 0: not stated */
    ocs_span at;
} ocs_ld_text;

typedef struct ocs_ld_thing {
    ocs_ld_text type; /* the first, when there are several: "NewsArticle" */
    ocs_ld_text headline, published, created;
    ocs_ld_text name;      /* of the thing itself */
    ocs_ld_text publisher; /* its name */
} ocs_ld_thing;

typedef struct ocs_ld_things {
    ocs_ld_thing *at;
    size_t n;
} ocs_ld_things;

/* Read the first JSON value of text [within.from, within.to).  JSON that ends or breaks off early
 * gives what it had said until then; control characters within strings are let pass, as real pages
 * have them.  False only when the arena is full. */
bool ocs_json_ld_read(ocs_str text, ocs_span within, ocs_arena *arena, ocs_ld_things *things);

#endif
