/* libxml2, loaded when the first page of HTML is read.  With the libraries that it brings along it is
 * a quarter of the time that a search takes from a cold process, and no search reads a page. */
#ifndef OCS_INGEST_XML_LIBRARY_H
#define OCS_INGEST_XML_LIBRARY_H

#include "base/base.h"

#include <libxml/HTMLparser.h>

/* The calls of libxml2 that are used. */
#define OCS_XML_CALLS(X)          \
    X(htmlCreateMemoryParserCtxt) \
    X(htmlCtxtUseOptions)         \
    X(htmlEntityLookup)           \
    X(htmlFreeParserCtxt)         \
    X(htmlParseDocument)          \
    X(xmlByteConsumed)

typedef struct ocs_xml_library {
#define X(name) __typeof__(&name) name;
    OCS_XML_CALLS(X)
#undef X
} ocs_xml_library;

/* OCS_UNSUPPORTED and a sentence when it is not installed.  It stays loaded; to load it again takes
 * some microseconds. */
ocs_status ocs_xml_library_load(ocs_xml_library *library, ocs_error *err) OCS_MUST_CHECK;

/* The character that the entity ${name} of HTML stands for ("amp"); 0: none. */
uint32_t ocs_xml_entity(const char *name);

#endif
