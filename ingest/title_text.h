/* Texts of titles, taken apart and compared; for title.c only. */
#ifndef OCS_INGEST_TITLE_TEXT_H
#define OCS_INGEST_TITLE_TEXT_H

#include "base/base.h"

enum { OCS_TITLE_PARTS = 12 };

/* Letters and digits, folded; with single spaces between words when ${spaced}. */
ocs_str ocs_title_fold(ocs_arena *arena, ocs_str s, bool spaced);
/* Words of a text that is folded with spaces. */
size_t ocs_title_words(ocs_str spaced);
/* Of a hundred words of the shorter text, how many the other has, too; short words, which are
 * articles and the like, do not count.  Both are folded with spaces. */
unsigned ocs_title_shared(ocs_str a, ocs_str b);
/* What separates the parts of a title, with the spaces around it: "a | b", "a|b", "a: b".  A text of
 * too many parts has none. */
size_t ocs_title_separators(ocs_str s, ocs_span out[OCS_TITLE_PARTS]);
/* Without references to characters: those that are left in a text were written twice over,
 * "&amp;amp;". */
ocs_str ocs_title_decode(ocs_arena *arena, ocs_str text);

#endif
