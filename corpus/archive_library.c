#include "corpus/archive_library.h"

#include "base/library.h"

#include <dlfcn.h>

ocs_status ocs_archive_library_load(ocs_archive_library *library, ocs_error *err)
{
    void *handle = ocs_library_open(OCS_LIBARCHIVE);
    bool whole = true;
#define X(name) whole = whole && ocs_library_call(handle, "archive_" #name, &library->name);
    OCS_ARCHIVE_CALLS(X)
#undef X
    if (whole)
        return OCS_OK;
    const char *why = dlerror();
    return ocs_fail(err, OCS_UNSUPPORTED, "archives and compressed files need %s: %s",
                    OCS_LIBARCHIVE, why ? why : "it lacks a call");
}
