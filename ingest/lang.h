/* The language of a text, detected from the text itself. */
#ifndef OCS_INGEST_LANG_H
#define OCS_INGEST_LANG_H

#include "base/base.h"

typedef struct ocs_lang_model ocs_lang_model;

/* Opens libexttextcat's fingerprints for the languages of OSCE pages.  A system without them gives
 * a model that tells English only. */
ocs_status ocs_lang_model_new(ocs_lang_model **model, ocs_error *err) OCS_MUST_CHECK;
void ocs_lang_model_free(ocs_lang_model *model);

/* ISO 639-1 code, a static string; NULL for a text too short or in no language that is known. */
const char *ocs_lang_detect(ocs_lang_model *model, ocs_str text);

#endif
