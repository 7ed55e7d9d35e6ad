/* Text cut to columns of a terminal, as base/text.h counts them: no character is halved, and no accent
 * is parted from its letter at an end. */
#ifndef OCS_CLI_CLIP_H
#define OCS_CLI_CLIP_H

#include "base/base.h"

/* The longest end, and the longest beginning, of ${text} that take ${most} columns or fewer. */
ocs_str ocs_clip_last(ocs_str text, size_t most);
ocs_str ocs_clip_first(ocs_str text, size_t most);

#endif
