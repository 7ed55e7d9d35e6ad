#include "corpus/archive_library.h"

#include <dlfcn.h>

/* A pointer to a function, which C does not let be one to an object. */
static bool find(void *handle, const char *name, void *out)
{
    void *symbol = dlsym(handle, name);
    memcpy(out, &symbol, sizeof symbol);
    return symbol != NULL;
}

ocs_status ocs_archive_library_load(ocs_archive_library *library, ocs_error *err)
{
    void *handle = dlopen(OCS_LIBARCHIVE, RTLD_NOW | RTLD_LOCAL);
    bool whole = handle != NULL;
#define X(name) whole = whole && find(handle, "archive_" #name, &library->name);
    OCS_ARCHIVE_CALLS(X)
#undef X
    if (whole)
        return OCS_OK;
    const char *why = dlerror();
    return ocs_fail(err, OCS_UNSUPPORTED, "archives and compressed files need %s: %s",
                    OCS_LIBARCHIVE, why ? why : "it lacks a call");
}
