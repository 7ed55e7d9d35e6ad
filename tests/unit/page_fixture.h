/* A page taken in, for tests of what is found in it. */
#ifndef OCS_TESTS_PAGE_FIXTURE_H
#define OCS_TESTS_PAGE_FIXTURE_H

#include "ingest/ingest.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

enum { PAGE_ARENA = 256 << 20 };

typedef struct tester {
    ocs_ingest *ingest;
    ocs_arena *arena;
    ocs_str page; /* the bytes that were taken last, and what came of them */
    ocs_document doc;
    const ocs_blocks *blocks;
} tester;

static inline int open_tester(void **state)
{
    tester *t = calloc(1, sizeof *t);
    *state = t;
    return t && (t->arena = ocs_arena_new(PAGE_ARENA)) && ocs_ingest_new(&t->ingest, NULL) == OCS_OK
               ? 0
               : -1;
}

static inline int close_tester(void **state)
{
    tester *t = *state;
    ocs_ingest_free(t->ingest);
    ocs_arena_free(t->arena);
    free(t);
    return 0;
}

static inline void take(tester *t, ocs_str bytes, const char *path)
{
    ocs_page page = {.bytes = bytes, .path = ocs_str_of(path)};
    ocs_error err = {0};
    t->page = bytes;
    ocs_arena_clear(t->arena);
    if (ocs_ingest_page(t->ingest, &page, OCS_STAGE_DOCUMENT, t->arena, &t->doc, &t->blocks,
                        &err) != OCS_OK)
        fail_msg("%s", err.text);
}

#endif
