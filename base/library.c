#include "base/library.h"

#include <dlfcn.h>

void *ocs_library_open(const char *name)
{
    return dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

/* C does not let a pointer to a function be one to an object. */
bool ocs_library_call(void *library, const char *name, void *call)
{
    void *symbol = library ? dlsym(library, name) : NULL;
    memcpy(call, &symbol, sizeof symbol);
    return symbol != NULL;
}
