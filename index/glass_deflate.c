/* libdeflate's three calls are declared here as its manual has them: its header need not be
 * installed. */
#include "index/glass_deflate.h"

#include "base/library.h"

#include <stdlib.h>
#include <zlib.h>

enum {
    ZLIB_LEVEL = 3,
    ZLIB_WINDOW = -15, /* raw */
    ZLIB_MEMORY = 9,
    QUICK_LEVEL = 1 /* of libdeflate, which gives what zlib gives at 3 */
};

#define LIBDEFLATE "libdeflate.so.0"

typedef struct compressor compressor; /* libdeflate's own */

typedef struct quick {
    compressor *(*alloc)(int level);
    size_t (*compress)(compressor *c, const void *in, size_t n, void *out, size_t room);
    void (*free)(compressor *c);
    compressor *with; /* NULL: there is none, zlib does it */
} quick;

struct ocs_deflater {
    quick quick;
    z_stream zlib;
};

/* It stays loaded. */
static bool load(quick *q)
{
    void *handle = ocs_library_open(LIBDEFLATE);
    return ocs_library_call(handle, "libdeflate_alloc_compressor", &q->alloc) &&
           ocs_library_call(handle, "libdeflate_deflate_compress", &q->compress) &&
           ocs_library_call(handle, "libdeflate_free_compressor", &q->free);
}

ocs_deflater *ocs_deflater_new(ocs_deflate_by by)
{
    ocs_deflater *d = calloc(1, sizeof *d);
    if (!d)
        return NULL;
    if (by == OCS_DEFLATE_BY_ANY && load(&d->quick))
        d->quick.with = d->quick.alloc(QUICK_LEVEL);
    if (d->quick.with || deflateInit2(&d->zlib, ZLIB_LEVEL, Z_DEFLATED, ZLIB_WINDOW, ZLIB_MEMORY,
                                      Z_DEFAULT_STRATEGY) == Z_OK)
        return d;
    free(d);
    return NULL;
}

void ocs_deflater_free(ocs_deflater *deflater)
{
    if (!deflater)
        return;
    if (deflater->quick.with)
        deflater->quick.free(deflater->quick.with);
    else
        deflateEnd(&deflater->zlib);
    free(deflater);
}

/* How long it got; 0 when it does not fit into ${room}. */
static size_t by_zlib(z_stream *z, ocs_str bytes, char *out, size_t room)
{
    if (bytes.n > UINT32_MAX || deflateReset(z) != Z_OK)
        return 0;
    z->next_in = (Bytef *)(uintptr_t)bytes.p;
    z->avail_in = (uInt)bytes.n;
    z->next_out = (Bytef *)out;
    z->avail_out = (uInt)room;
    return deflate(z, Z_FINISH) == Z_STREAM_END ? room - z->avail_out : 0;
}

bool ocs_deflate(ocs_deflater *deflater, ocs_str bytes, ocs_buf *out)
{
    const quick *q = &deflater->quick;
    char *at = bytes.n > 1 ? ocs_buf_begin(out, bytes.n - 1) : NULL;
    if (!at)
        return false;
    size_t n = q->with ? q->compress(q->with, bytes.p, bytes.n, at, bytes.n - 1)
                       : by_zlib(&deflater->zlib, bytes, at, bytes.n - 1);
    ocs_buf_wrote(out, at + n);
    return n > 0;
}
