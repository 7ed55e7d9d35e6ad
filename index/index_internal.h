/* An open index from within.  Private to index/. */
#ifndef OCS_INDEX_INDEX_INTERNAL_H
#define OCS_INDEX_INDEX_INTERNAL_H

#include "index/files.h"
#include "index/index.h"
#include "index/langs.h"

enum { OCS_PARTS_MAX = 64 };

typedef struct ocs_index_part {
    char *dir;
    char database[OCS_PATH_ROOM];
    xap_db *db;
} ocs_index_part;

struct ocs_index {
    ocs_index_part parts[OCS_PARTS_MAX];
    size_t n;
    const ocs_aliases *aliases;              /* the caller's; may be NULL */
    const struct ocs_plan_options *planning; /* likewise */
    xap_db *joined;                          /* all parts; NULL while there is but one */
    char langs[OCS_LANGS_TEXT];
    size_t langs_size;
};

#endif
