/* Serbian is written in Cyrillic and in Latin letters, and so are the languages next to it: a word in the
 * script that it was not written in.  Private to query/. */
#ifndef OCS_QUERY_OTHER_SCRIPT_H
#define OCS_QUERY_OTHER_SCRIPT_H

#include "base/base.h"

/* In lower case, in the arena; empty for a word with a letter that Serbian does not have, or of both
 * scripts, and a NULL pointer when the arena failed. */
ocs_str ocs_other_script(ocs_arena *arena, ocs_str word);

#endif
