#include "ingest/xml_library.h"

#include <dlfcn.h>

/* A pointer to a function, which C does not let be one to an object. */
static bool find(void *handle, const char *name, void *out)
{
    void *symbol = dlsym(handle, name);
    memcpy(out, &symbol, sizeof symbol);
    return symbol != NULL;
}

ocs_status ocs_xml_library_load(ocs_xml_library *library, ocs_error *err)
{
    void *handle = dlopen(OCS_LIBXML2, RTLD_NOW | RTLD_LOCAL);
    bool whole = handle != NULL;
#define X(name) whole = whole && find(handle, #name, &library->name);
    OCS_XML_CALLS(X)
#undef X
    if (whole)
        return OCS_OK;
    const char *why = dlerror();
    return ocs_fail(err, OCS_UNSUPPORTED, "pages of HTML need %s: %s", OCS_LIBXML2,
                    why ? why : "it lacks a call");
}

uint32_t ocs_xml_entity(const char *name)
{
    ocs_error err;
    ocs_xml_library library = {0};
    if (ocs_xml_library_load(&library, &err) != OCS_OK)
        return 0;
    const htmlEntityDesc *entity = library.htmlEntityLookup((const xmlChar *)name);
    return entity ? entity->value : 0;
}
