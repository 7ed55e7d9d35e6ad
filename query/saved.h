/* Saved queries: a plain text file that a person may edit.  A line is a name, white space (a tab,
 * when written here) and a query; blank lines and lines that begin with # are the person's own and
 * stay as they are.  A line that is none of these is told with its number, and the others hold. */
#ifndef OCS_QUERY_SAVED_H
#define OCS_QUERY_SAVED_H

#include "base/base.h"

enum { OCS_SAVED_NAME = 64, OCS_SAVED_FILE = 16 << 20 }; /* bytes at most */

typedef struct ocs_saved_query {
    ocs_str name, query;
    unsigned line;
    const char *fault; /* what is wrong with the line, or NULL: name and query hold */
} ocs_saved_query;

typedef struct ocs_saved {
    const char *path;
    ocs_str text; /* the file */
    OCS_VEC(ocs_saved_query) at;
} ocs_saved;

/* Letters and digits of any script, and - _ . within: what needs no quotes in a query or a path. */
bool ocs_saved_name_holds(ocs_str name);

/* A file that is not there has no queries.  All lives in ${arena}. */
ocs_status ocs_saved_read(const char *path, ocs_arena *arena, ocs_saved *saved,
                          ocs_error *err) OCS_MUST_CHECK;
/* The query called ${name}.  OCS_NOTFOUND without a message; OCS_USAGE when two are called so. */
ocs_status ocs_saved_find(const ocs_saved *saved, ocs_str name, ocs_str *query,
                          ocs_error *err) OCS_MUST_CHECK;

/* Change the file under its lock, all other lines kept byte for byte.  Other white
 * space within the query becomes spaces.  Adding: OCS_USAGE when the name does not
 * hold, or is there and not to be replaced.  Removing: OCS_NOTFOUND without a message. */
ocs_status ocs_saved_add(const char *path, ocs_str name, ocs_str query, bool replace,
                         ocs_error *err) OCS_MUST_CHECK;
ocs_status ocs_saved_remove(const char *path, ocs_str name, ocs_error *err) OCS_MUST_CHECK;

#endif
