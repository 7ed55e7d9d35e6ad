/* Segments: sorted runs of terms with their postings, each in an unnamed file, merged into one run.
 * Documents of a segment come after those of the ones before it.  Private to index/. */
#ifndef OCS_INDEX_GLASS_SEGMENTS_H
#define OCS_INDEX_GLASS_SEGMENTS_H

#include "index/glass_invert.h"

#include <stdio.h>

enum { OCS_SEGMENTS_MAX = 1024 };

typedef struct ocs_segment {
    FILE *file;
    ocs_inverted now; /* .term and .postings in .buf */
    xap_docid last;   /* document of .now */
    ocs_buf buf;
    size_t number;
} ocs_segment;

typedef struct ocs_segments {
    const char *dir;
    ocs_segment *at[OCS_SEGMENTS_MAX];
    size_t n, n_heap;     /* the first n_heap are a heap by term and number */
    ocs_buf joined, name; /* of the term given last */
    bool used;            /* the first one's term was given and is to be left behind */
} ocs_segments;

void ocs_segments_init(ocs_segments *segments, const char *dir);
void ocs_segments_clear(ocs_segments *segments);

/* A new one, to be filled by ocs_segment_write with one term after the other, then ended.  OCS_LIMIT
 * when there are too many. */
ocs_status ocs_segments_begin(ocs_segments *segments, ocs_segment **segment,
                              ocs_error *err) OCS_MUST_CHECK;
/* The head of a term; ${bytes} of postings are to follow in .file.  Faults of the file are told by
 * ocs_segments_end. */
void ocs_segment_write(ocs_segment *segment, const ocs_inverted *term, xap_docid last,
                       size_t bytes);
ocs_status ocs_segments_end(ocs_segments *segments, ocs_segment *segment,
                            ocs_error *err) OCS_MUST_CHECK;

/* As ocs_inverter_start and ocs_inverter_next. */
ocs_status ocs_segments_start(ocs_segments *segments, ocs_error *err) OCS_MUST_CHECK;
ocs_status ocs_segments_next(ocs_segments *segments, ocs_inverted *term,
                             ocs_error *err) OCS_MUST_CHECK;

#endif
