/* Calls of a library that is opened by name when it is needed: what loads it pays for it, or does
 * without. */
#ifndef OCS_BASE_LIBRARY_H
#define OCS_BASE_LIBRARY_H

#include "base/base.h"

/* NULL when it cannot be opened: dlerror says why.  It stays open. */
void *ocs_library_open(const char *name);

/* Put the address of the call ${name} into the pointer to a function at ${call}; false when
 * ${library}, which may be NULL, has no such call. */
bool ocs_library_call(void *library, const char *name, void *call);

#endif
