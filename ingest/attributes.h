/* Attributes that nothing is read from: addresses, sizes, scripts' data.  The parser takes dozens of
 * instructions for each of their bytes, which are a third of many pages. */
#ifndef OCS_INGEST_ATTRIBUTES_H
#define OCS_INGEST_ATTRIBUTES_H

#include "base/base.h"

/* Put spaces over them in the ${n} bytes of ${page}, UTF-8: what parser and reader see of the page is
 * the same, and stands where it stood.  From a place on where markup is so broken that it is not
 * plain where libxml2 sees tags and values, nothing is touched. */
void ocs_attributes_blank(char *page, size_t n);

#endif
