/* The matches are told by libxapian before it sorts anything, so that it costs little to see all. */
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
    ocs_docset *matches;
    ocs_deadline deadline;
    bool late, beyond;
} finder;

static bool take(void *payload, xap_docid number)
{
    finder *f = payload;
    size_t n = f->matches->n_parts, place = (number - 1) / n;
    ocs_docset_part *part = &f->matches->parts[(number - 1) % n];
    if (place / WORD >= part->n_words) {
        f->beyond = true; /* the index grew */
        return false;
    }
    part->bits[place / WORD] |= (uint64_t)1 << place % WORD;
    f->matches->documents++;
    if (f->matches->documents % LOOK_AT_CLOCK == 0)
        f->late = ocs_deadline_passed(f->deadline);
    return !f->late;
}

static ocs_status make_room(ocs_index *index, ocs_arena *arena, ocs_docset *matches, ocs_error *err)
{
    xap_docid last;
    ocs_status st = xap_db_last_docid(ocs_index_db(index), &last, err);
    if (st != OCS_OK)
        return st;
    size_t n = ocs_index_parts(index), n_words = (size_t)last / n / WORD + 1;
    *matches =
        (ocs_docset){.parts = ocs_arena_array(arena, n, sizeof *matches->parts), .n_parts = n};
    for (size_t i = 0; matches->parts && i < n; i++)
        matches->parts[i] =
            (ocs_docset_part){ocs_arena_array(arena, n_words, sizeof(uint64_t)), n_words};
    st = ocs_arena_status(arena);
    return st == OCS_OK ? st : ocs_fail(err, st, "no memory for the matches");
}

ocs_status ocs_docset_find(ocs_index *index, const xap_query *query, ocs_deadline deadline,
                           ocs_arena *arena, ocs_docset *matches, ocs_error *err)
{
    finder f = {.matches = matches, .deadline = deadline};
    ocs_status st = make_room(index, arena, matches, err);
    if (st == OCS_OK)
        st = xap_search_each(ocs_index_db(index), query, take, &f, err);
    if (st == OCS_LIMIT)
        return ocs_fail(err, OCS_USAGE,
                        "a wildcard of the query stands for too much: write more of it");
    if (st == OCS_OK && f.beyond)
        return ocs_fail(err, OCS_MODIFIED, "the index changed while it was searched");
    if (st == OCS_OK && (f.late || ocs_deadline_passed(deadline)))
        return ocs_fail(err, OCS_TIMEOUT, "time ran out before all matches were seen");
    return st;
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
