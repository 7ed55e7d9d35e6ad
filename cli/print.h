/* Documents in words, for people. */
#ifndef OCS_CLI_PRINT_H
#define OCS_CLI_PRINT_H

#include "cli/out.h"
#include "corpus/corpus.h"

/* Values joined by "; ". */
void ocs_print_facts(const ocs_facts *facts, ocs_buf *out);

/* "2017-02-13", or nothing. */
ocs_str ocs_print_published(const ocs_document *document, char out[OCS_WHEN_TEXT]);

/* Headed lines (title, kind, date, ...), an empty line, the text. */
void ocs_print_document(const ocs_document *document, ocs_out *out);

/* One line a mention, its fields divided by tabs: raw span as --bytes takes it, type, key, name,
 * surface, rule, roles. */
void ocs_print_mentions(const ocs_document *document, ocs_out *out);

#endif
