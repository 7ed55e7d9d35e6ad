/* Compressing the entries of a table: raw deflate (RFC 1951), which any zlib inflates.  Where
 * libdeflate is installed it is used, since it takes two fifths of the time that zlib takes for the
 * same number of bytes; it is loaded with the first table, so that no search waits for it.  Private
 * to index/. */
#ifndef OCS_INDEX_GLASS_DEFLATE_H
#define OCS_INDEX_GLASS_DEFLATE_H

#include "base/base.h"

typedef struct ocs_deflater ocs_deflater;

typedef enum ocs_deflate_by { OCS_DEFLATE_BY_ANY, OCS_DEFLATE_BY_ZLIB } ocs_deflate_by;

ocs_deflater *ocs_deflater_new(ocs_deflate_by by); /* NULL when memory ran out */
void ocs_deflater_free(ocs_deflater *deflater);

/* ${bytes} compressed, into ${out}, which is empty before.  False when they would not get shorter, or
 * ${out} failed; what it holds is of no use then. */
bool ocs_deflate(ocs_deflater *deflater, ocs_str bytes, ocs_buf *out);

#endif
