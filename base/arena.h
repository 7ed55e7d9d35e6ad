/* An arena: pieces of memory that end together.  A document and all that is found in it live in
 * one arena; handing the document to another thread hands over its arena.  An arena never holds
 * more than its cap.  Built with OCS_ARENA_DEBUG every piece is a malloc of its own, so that the
 * address sanitizer sees its edges.
 *
 * Allocation returns NULL when the cap is reached or memory ran out; the arena remembers which
 * (ocs_arena_status), so that a builder may go on and ask once at its end. */
#ifndef OCS_BASE_ARENA_H
#define OCS_BASE_ARENA_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct ocs_arena ocs_arena;

/* ${cap} in bytes; NULL when memory ran out. */
ocs_arena *ocs_arena_new(size_t cap);

/* An arena in ${size} bytes at ${memory}, aligned for any type, which is its cap: no malloc for a
 * short look-up.  NULL when not even the arena fits.  ocs_arena_free ends it, and leaves
 * ${memory}. */
ocs_arena *ocs_arena_in(void *memory, size_t size);
void ocs_arena_free(ocs_arena *arena);

/* End everything in it; the arena stays usable and keeps one chunk. */
void ocs_arena_clear(ocs_arena *arena);

/* ${size} bytes, zeroed, aligned for any type; never NULL for size 0 unless the arena failed. */
void *ocs_arena_alloc(ocs_arena *arena, size_t size);

/* ${count} things of ${size} bytes, with the product checked. */
void *ocs_arena_array(ocs_arena *arena, size_t count, size_t size);

/* A copy of ${n} bytes followed by a NUL that does not count. */
char *ocs_arena_copy(ocs_arena *arena, const void *bytes, size_t n);

/* Bytes handed out since the last clear. */
size_t ocs_arena_used(const ocs_arena *arena);

/* OCS_OK, or the first failure since the last clear: OCS_LIMIT (cap) or OCS_NOMEM. */
ocs_status ocs_arena_status(const ocs_arena *arena);

/* A growing array in an arena.  `OCS_VEC(thing) v = {0};`  Elements move when it grows: keep
 * indexes, not pointers, across a push. */
#define OCS_VEC(T)                                                                                 \
    struct {                                                                                       \
        T *at;                                                                                     \
        size_t n, room;                                                                            \
        T *spare;                                                                                  \
    }

/* The address of a new zeroed element at the end, or NULL when the arena failed. */
#define ocs_vec_push(arena, v)                                                                     \
    (((v)->n < (v)->room ||                                                                        \
      (((v)->spare = ocs_vec_grow_((arena), (v)->at, (v)->n, &(v)->room, sizeof *(v)->at)) !=      \
           NULL &&                                                                                 \
       ((v)->at = (v)->spare, true)))                                                              \
         ? &(v)->at[(v)->n++]                                                                      \
         : NULL)

/* The doubling behind ocs_vec_push; not for direct use. */
void *ocs_vec_grow_(ocs_arena *arena, const void *at, size_t n, size_t *room, size_t size);

#endif
