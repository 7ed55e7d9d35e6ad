/* The face of all containers: opens the right kind, and gives members names of their own. */
#include "corpus/container_internal.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

enum { NAME_CAP = 64 * 1024, FIRST_SLOTS = 256 /* a power of two */ };

/* How many members of a name there were, by its hash; 0: free. */
typedef struct slot {
    uint64_t hash;
    uint32_t times;
} slot;

struct ocs_container {
    const ocs_container_kind *kind;
    void *state;
    char *path;
    uint64_t number; /* of the member */
    slot *slots;
    size_t n_slots, n_names;
    ocs_buf name;
};

/* ---- kinds ---- */

typedef struct ending {
    const char *text;
    const ocs_container_kind *kind;
} ending;

static const ending endings[] = {
    {".tar", &ocs_container_archive},     {".tar.gz", &ocs_container_archive},
    {".tgz", &ocs_container_archive},     {".tar.bz2", &ocs_container_archive},
    {".tbz2", &ocs_container_archive},    {".tar.xz", &ocs_container_archive},
    {".txz", &ocs_container_archive},     {".tar.zst", &ocs_container_archive},
    {".zip", &ocs_container_archive},     {".warc", &ocs_container_warc},
    {".warc.gz", &ocs_container_warc},    {".jsonl", &ocs_container_lines},
    {".jsonl.gz", &ocs_container_lines},  {".ndjson", &ocs_container_lines},
    {".ndjson.gz", &ocs_container_lines},
};

static const ocs_container_kind *kind_of(const char *path)
{
    size_t n = strlen(path);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t length = strlen(endings[i].text);
        if (n > length && strcasecmp(path + n - length, endings[i].text) == 0)
            return endings[i].kind;
    }
    return NULL;
}

bool ocs_container_named(const char *path)
{
    return kind_of(path) != NULL;
}

/* ---- names ---- */

static slot *find_slot(slot *slots, size_t n, uint64_t hash)
{
    size_t i = hash & (n - 1);
    while (slots[i].times > 0 && slots[i].hash != hash)
        i = (i + 1) & (n - 1);
    return &slots[i];
}

static bool make_room(ocs_container *c)
{
    if ((c->n_names + 1) * 2 <= c->n_slots)
        return true;
    size_t n = c->n_slots > 0 ? 2 * c->n_slots : FIRST_SLOTS;
    slot *slots = calloc(n, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < c->n_slots; i++)
        if (c->slots[i].times > 0)
            *find_slot(slots, n, c->slots[i].hash) = c->slots[i];
    free(c->slots);
    c->slots = slots;
    c->n_slots = n;
    return true;
}

/* Into .name. */
static bool make_name(ocs_container *c, const char *name)
{
    if (!make_room(c))
        return false;
    ocs_buf_reset(&c->name);
    if (name && *name)
        ocs_buf_puts(&c->name, name);
    else
        ocs_buf_putf(&c->name, "%llu", (unsigned long long)c->number);
    uint64_t hash = ocs_hash(ocs_buf_str(&c->name));
    slot *found = find_slot(c->slots, c->n_slots, hash);
    c->n_names += found->times == 0;
    *found = (slot){hash, found->times + 1};
    if (found->times > 1)
        ocs_buf_putf(&c->name, "#%u", (unsigned)found->times);
    return ocs_buf_status(&c->name) == OCS_OK;
}

/* ---- the face ---- */

ocs_status ocs_container_open(const char *path, ocs_container **container, ocs_error *err)
{
    ocs_container *c = *container = calloc(1, sizeof *c);
    if (!c || !(c->path = strdup(path))) {
        ocs_container_close(c);
        *container = NULL;
        return ocs_fail(err, OCS_NOMEM, "no memory to read %s", path);
    }
    ocs_buf_init(&c->name, NAME_CAP);
    c->kind = kind_of(path);
    ocs_status st = c->kind ? c->kind->open(path, &c->state, err)
                            : ocs_fail(err, OCS_BADINPUT, "%s is not named like a container", path);
    if (st == OCS_OK)
        return st;
    ocs_container_close(c);
    *container = NULL;
    return st;
}

void ocs_container_close(ocs_container *c)
{
    if (!c)
        return;
    if (c->kind)
        c->kind->close(c->state);
    ocs_buf_clear(&c->name);
    free(c->slots);
    free(c->path);
    free(c);
}

ocs_status ocs_container_next(ocs_container *c, ocs_member *member, ocs_error *err)
{
    ocs_found found;
    ocs_status st = c->kind->next(c->state, &found, err);
    c->number++;
    if (st != OCS_OK)
        return st;
    if (!make_name(c, found.name))
        return ocs_fail(err, OCS_LIMIT, "%s, member %llu: its name is too long", c->path,
                        (unsigned long long)c->number);
    *member = (ocs_member){c->name.p, found.url};
    return OCS_OK;
}

static ocs_status copy_out(const ocs_container *c, const ocs_buf *all, ocs_arena *arena,
                           ocs_str *bytes, ocs_error *err)
{
    if (ocs_buf_status(all) == OCS_LIMIT)
        return ocs_fail(err, OCS_LIMIT, "%s/%s is larger than %zu bytes", c->path, c->name.p,
                        all->cap);
    *bytes = (ocs_str){ocs_arena_copy(arena, all->p, all->n), all->n};
    if (ocs_buf_status(all) == OCS_OK && bytes->p)
        return OCS_OK;
    return ocs_fail(err, OCS_NOMEM, "cannot read %s/%s: out of memory", c->path, c->name.p);
}

ocs_status ocs_container_read(ocs_container *c, size_t cap, ocs_arena *arena, ocs_str *bytes,
                              ocs_error *err)
{
    ocs_buf all;
    ocs_buf_init(&all, cap);
    ocs_status st = c->kind->read(c->state, &all, err);
    if (st == OCS_OK)
        st = copy_out(c, &all, arena, bytes, err);
    ocs_buf_clear(&all);
    return st;
}
