/* Text in XML 1.0. */
#ifndef OCS_CLI_XML_H
#define OCS_CLI_XML_H

#include "base/base.h"

/* ${text} for an element or an attribute in double quotes; what XML 1.0 cannot hold becomes
 * U+FFFD. */
void ocs_xml_put(ocs_buf *out, ocs_str text);

#endif
