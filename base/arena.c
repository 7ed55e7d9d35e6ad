/* Chunks of doubling size in a list; the newest is filled from its front.  The debug twin keeps a
 * list of single pieces instead, behind the same calls. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* The first chunk is small enough for malloc's quick lists: arenas for one look-up are many. */
enum { FIRST_CHUNK = 960, LARGEST_CHUNK = 1024 * 1024, ALIGN = 16 };

typedef struct chunk {
    struct chunk *next;
    size_t size, used;
    _Alignas(ALIGN) unsigned char bytes[];
} chunk;

struct ocs_arena {
    chunk *newest;
    size_t cap, used;
    ocs_status status;
    bool fixed; /* lies in memory of the caller's */
};

ocs_arena *ocs_arena_new(size_t cap)
{
    ocs_arena *arena = calloc(1, sizeof *arena);
    if (arena)
        arena->cap = cap < SIZE_MAX / 2 ? cap : SIZE_MAX / 2; /* so that no rounding overflows */
    return arena;
}

ocs_arena *ocs_arena_in(void *memory, size_t size)
{
    const size_t head = (sizeof(ocs_arena) + ALIGN - 1) / ALIGN * ALIGN;
    if (size < head + sizeof(chunk))
        return NULL;
    ocs_arena *arena = memory;
    *arena = (ocs_arena){.cap = size - head - sizeof(chunk), .fixed = true};
#ifndef OCS_ARENA_DEBUG
    arena->newest = (chunk *)(void *)((unsigned char *)memory + head);
    *arena->newest = (chunk){.size = arena->cap};
#endif
    return arena;
}

static void free_chunks(chunk *c)
{
    while (c) {
        chunk *next = c->next;
        free(c);
        c = next;
    }
}

void ocs_arena_free(ocs_arena *arena)
{
    if (!arena)
        return;
#ifndef OCS_ARENA_DEBUG
    if (arena->fixed)
        return; /* its only chunk is the caller's */
#endif
    free_chunks(arena->newest);
    if (!arena->fixed)
        free(arena);
}

void ocs_arena_clear(ocs_arena *arena)
{
    arena->used = 0;
    arena->status = OCS_OK;
#ifdef OCS_ARENA_DEBUG
    free_chunks(arena->newest);
    arena->newest = NULL;
#else
    if (arena->newest) {
        free_chunks(arena->newest->next);
        arena->newest->next = NULL;
        arena->newest->used = 0;
    }
#endif
}

static chunk *add_chunk(ocs_arena *arena, size_t size)
{
    chunk *c = malloc(sizeof *c + size);
    if (!c) {
        arena->status = OCS_NOMEM;
        return NULL;
    }
    c->size = size;
    c->used = 0;
    c->next = arena->newest;
    arena->newest = c;
    return c;
}

#ifndef OCS_ARENA_DEBUG
static size_t next_chunk_size(const ocs_arena *arena, size_t wanted)
{
    size_t size = arena->newest ? arena->newest->size * 2 : FIRST_CHUNK;
    if (size > LARGEST_CHUNK)
        size = LARGEST_CHUNK;
    return size < wanted ? wanted : size;
}
#endif

/* Not zeroed. */
static void *take(ocs_arena *arena, size_t size)
{
    if (arena->status != OCS_OK)
        return NULL;
    if (size > arena->cap - arena->used) {
        arena->status = OCS_LIMIT;
        return NULL;
    }
    chunk *c = arena->newest;
#ifdef OCS_ARENA_DEBUG
    if (!(c = add_chunk(arena, size)))
        return NULL;
    size_t rounded = size; /* an exact piece, so that one byte beyond it is seen */
#else
    size_t rounded = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (arena->fixed && c->size - c->used < rounded) {
        arena->status = OCS_LIMIT;
        return NULL;
    }
    if (!c || c->size - c->used < rounded)
        if (!(c = add_chunk(arena, next_chunk_size(arena, rounded))))
            return NULL;
#endif
    void *piece = c->bytes + c->used;
    c->used += rounded;
    arena->used += size;
    return piece;
}

void *ocs_arena_alloc(ocs_arena *arena, size_t size)
{
    void *piece = take(arena, size);
    if (piece && size > 0)
        memset(piece, 0, size);
    return piece;
}

static bool product_fits(ocs_arena *arena, size_t count, size_t size)
{
    if (size == 0 || count <= SIZE_MAX / size)
        return true;
    if (arena->status == OCS_OK)
        arena->status = OCS_LIMIT;
    return false;
}

void *ocs_arena_array(ocs_arena *arena, size_t count, size_t size)
{
    return product_fits(arena, count, size) ? ocs_arena_alloc(arena, count * size) : NULL;
}

char *ocs_arena_copy(ocs_arena *arena, const void *bytes, size_t n)
{
    char *copy = take(arena, n + 1);
    if (!copy)
        return NULL;
    if (n > 0)
        memcpy(copy, bytes, n);
    copy[n] = '\0';
    return copy;
}

size_t ocs_arena_used(const ocs_arena *arena)
{
    return arena->used;
}

ocs_status ocs_arena_status(const ocs_arena *arena)
{
    return arena->status;
}

void *ocs_vec_grow_(ocs_arena *arena, const void *at, size_t n, size_t *room, size_t size)
{
    size_t more = n < 4 ? 8 : n * 2;
    char *grown = product_fits(arena, more, size) ? take(arena, more * size) : NULL;
    if (!grown)
        return NULL;
    if (n > 0)
        memcpy(grown, at, n * size);
    memset(grown + n * size, 0, (more - n) * size);
    *room = more;
    return grown;
}
