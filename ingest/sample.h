/* Which pages of a heap are looked at to learn what the frame of their sites is. */
#ifndef OCS_INGEST_SAMPLE_H
#define OCS_INGEST_SAMPLE_H

#include "ingest/ingest.h"

enum {
    OCS_SAMPLE_MOST = 24, /* pages of a folder */
    OCS_SAMPLE_HTML = 5   /* least, of a folder of nothing but HTML */
};

/* A page of the sample: its place among the paths. */
typedef struct ocs_samples {
    size_t *at;
    size_t n;
} ocs_samples;

/* Of every folder with ${least} of the paths and more (OCS_SAMPLE_HTML, unless ${least} is 1, where
 * all are HTML by their names: their markup tells nearly all that a few other pages could, and
 * cutting them twice costs a third of the time), the OCS_SAMPLE_MOST whose hashes are the smallest;
 * folder by folder, so that neither the order of the paths nor that of the work on them matters.
 * An empty path is passed over, and the second of two that are the same.  In ${arena}; its status
 * on failure. */
ocs_status ocs_sample_pick(const ocs_str *paths, size_t n, size_t least, ocs_arena *arena,
                           ocs_samples *samples, ocs_error *err) OCS_MUST_CHECK;

#endif
