/* Languages so near to each other that ranks of letters mix them up, told apart by letters that only
 * one of them has and by the words in which they differ. */
#ifndef OCS_INGEST_LANG_NEAR_H
#define OCS_INGEST_LANG_NEAR_H

#include "base/base.h"

/* The language of a text that is taken for ${answer} (ISO 639-1, or NULL): another one where its
 * letters or words say so, else ${answer}.  Static strings. */
const char *ocs_lang_near(ocs_str text, const char *answer);

/* Serbian, Croatian and Bosnian share most sentences: where no word tells, ${detected} gives way to
 * the one of them that the page declares to be in ("hr", "sr-Latn-RS"). */
const char *ocs_lang_settle(ocs_str text, const char *detected, ocs_str declared);

#endif
