/* The matches are told by libxapian before it sorts anything, so that all are seen at
 * little cost. */
#include "query/docset.h"

#include <time.h>

enum { WORD = 64, LOOK_AT_CLOCK = 4096 };

double ocs_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

typedef struct finder {
    ocs_docset_part *part;
    uint32_t found;
    ocs_deadline deadline;
    bool late, beyond;
} finder;

static bool take(void *payload, xap_docid id)
{
    finder *f = payload;
    size_t place = id - 1;
    if (place / WORD >= f->part->n_words) {
        f->beyond = true; /* the index grew */
        return false;
    }
    f->part->bits[place / WORD] |= (uint64_t)1 << place % WORD;
    f->found++;
    if (f->found % LOOK_AT_CLOCK == 0)
        f->late = ocs_deadline_passed(f->deadline);
    return !f->late;
}

static ocs_status make_room(xap_db *db, ocs_arena *arena, ocs_docset_part *part, ocs_error *err)
{
    xap_docid last;
    ocs_status st = xap_db_last_docid(db, &last, err);
    if (st != OCS_OK)
        return st;
    part->n_words = (size_t)last / WORD + 1;
    part->bits = ocs_arena_array(arena, part->n_words, sizeof *part->bits);
    return part->bits ? OCS_OK
                      : ocs_fail(err, ocs_arena_status(arena), "no memory for the matches");
}

static ocs_status find_part(xap_db *db, const xap_query *query, finder *f, ocs_arena *arena,
                            ocs_error *err)
{
    ocs_status st = make_room(db, arena, f->part, err);
    if (st == OCS_OK)
        st = ocs_plan_run_each(db, query, take, f, err);
    if (st == OCS_OK && f->beyond)
        return ocs_fail(err, OCS_MODIFIED, "the index changed while it was searched");
    if (st == OCS_OK && (f->late || ocs_deadline_passed(f->deadline)))
        return ocs_fail(err, OCS_TIMEOUT, "time ran out before all matches were seen");
    return st;
}

ocs_status ocs_docset_find(ocs_index *index, const xap_query *query, ocs_deadline deadline,
                           ocs_arena *arena, ocs_docset *matches, ocs_error *err)
{
    size_t n = ocs_index_parts(index);
    *matches =
        (ocs_docset){.parts = ocs_arena_array(arena, n, sizeof *matches->parts), .n_parts = n};
    if (!matches->parts)
        return ocs_fail(err, ocs_arena_status(arena), "no memory for the matches");
    for (size_t i = 0; i < n; i++) {
        finder f = {.part = &matches->parts[i], .deadline = deadline};
        ocs_status st = find_part(ocs_index_part_db(index, i), query, &f, arena, err);
        if (st != OCS_OK)
            return st;
        matches->documents += f.found;
    }
    return OCS_OK;
}

xap_docid ocs_docset_next(const ocs_docset *matches, size_t part, xap_docid id)
{
    const ocs_docset_part *p = &matches->parts[part];
    size_t word = (id - 1) / WORD;
    if (word >= p->n_words)
        return 0;
    uint64_t bits = p->bits[word] & ~(uint64_t)0 << (id - 1) % WORD;
    while (bits == 0 && ++word < p->n_words)
        bits = p->bits[word];
    return bits == 0 ? 0 : (xap_docid)(word * WORD + (size_t)__builtin_ctzll(bits) + 1);
}
