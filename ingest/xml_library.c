#include "ingest/xml_library.h"

#include "base/library.h"

#include <dlfcn.h>

ocs_status ocs_xml_library_load(ocs_xml_library *library, ocs_error *err)
{
    void *handle = ocs_library_open(OCS_LIBXML2);
    bool whole = true;
#define X(name) whole = whole && ocs_library_call(handle, #name, &library->name);
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
