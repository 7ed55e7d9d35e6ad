/* A small sorted set of language codes, as the metadata keep it.  Private to index/. */
#ifndef OCS_INDEX_LANGS_H
#define OCS_INDEX_LANGS_H

#include "base/base.h"

enum { OCS_LANGS_MAX = 31, OCS_LANG_ROOM = 7, OCS_LANGS_TEXT = 256 };

typedef struct ocs_langs {
    char at[OCS_LANGS_MAX][OCS_LANG_ROOM + 1];
    size_t n;
} ocs_langs;

/* True when ${code} was not in it; one that is too long, or one too many, is left out. */
bool ocs_langs_add(ocs_langs *langs, ocs_str code);
/* All of "de en fr". */
void ocs_langs_add_list(ocs_langs *langs, ocs_str list);
ocs_str ocs_langs_print(const ocs_langs *langs, char out[OCS_LANGS_TEXT]);

#endif
