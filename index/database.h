/* Opening the database of one generation.  Private to index/. */
#ifndef OCS_INDEX_DATABASE_H
#define OCS_INDEX_DATABASE_H

#include "index/schema.h"
#include "index/xapian_c.h"

/* Open the database at ${path} and see that it is ours and of a format that we know.  A missing one
 * is OCS_CORRUPT here: whoever calls this was told that it is there. */
ocs_status ocs_database_open(const char *path, xap_db **db, ocs_error *err) OCS_MUST_CHECK;
/* The format alone, of a database that moved on. */
ocs_status ocs_database_check(xap_db *db, const char *path, ocs_error *err) OCS_MUST_CHECK;

/* A number in base 10 or 16 that must be the whole of ${text}. */
bool ocs_number_parse(ocs_str text, unsigned base, uint64_t *value);

#endif
