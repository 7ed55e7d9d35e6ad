/* A crew of worker processes.  Requests are dealt to whoever is idle, and results come back in the
 * order of the requests, however many workers there are.  A request that crashes its worker, or
 * exhausts its limits, costs that request alone: it comes back as lost, with a sentence, and another
 * worker takes the place of the dead one.
 *
 * At most ${window} requests are under way: who wants to put more takes a result first, so that
 * neither requests nor results pile up.  Private to index/. */
#ifndef OCS_INDEX_CREW_H
#define OCS_INDEX_CREW_H

#include "base/base.h"

/* What a worker does, in a process of its own that sees the memory of the caller as it was when the
 * worker was made, and nothing that it does is seen by others but its responses.  It must not touch
 * files that the caller has open. */
typedef struct ocs_crew_work {
    /* Made once a worker; NULL fails all its requests. */
    void *(*start)(void *payload);
    /* Append the response; what ends up in it is ${response}'s caller's to read, errors included.
     * An empty one is a response, too. */
    void (*answer)(void *state, ocs_str request, ocs_buf *response);
    void *payload;
} ocs_crew_work;

typedef struct ocs_crew_limits {
    size_t jobs;         /* workers, 1 or more */
    size_t memory;       /* bytes of address space of a worker; 0: no limit */
    unsigned seconds;    /* of CPU for one request; 0: no limit */
    size_t response_cap; /* bytes */
} ocs_crew_limits;

typedef struct ocs_crew ocs_crew;

/* Workers are made when there is work for them. */
ocs_status ocs_crew_new(const ocs_crew_work *work, const ocs_crew_limits *limits, ocs_crew **crew,
                        ocs_error *err) OCS_MUST_CHECK;
/* Ends the workers, whatever they are doing. */
void ocs_crew_free(ocs_crew *crew);

/* No more can be put before a result is taken. */
bool ocs_crew_full(const ocs_crew *crew);
/* Requests that were put and whose results were not taken yet. */
size_t ocs_crew_under_way(const ocs_crew *crew);

/* ${request} is copied.  OCS_BUG when the crew is full; OCS_NOMEM; OCS_IO when no process can be
 * made. */
ocs_status ocs_crew_put(ocs_crew *crew, ocs_str request, ocs_error *err) OCS_MUST_CHECK;

/* The result of the oldest request, waited for; borrowed until the next call. */
typedef struct ocs_crew_result {
    ocs_str response;
    bool lost; /* there is none */
    const char
        *why; /* it is lost: what ended its worker, as a sentence's end: "was ended by ..." */
} ocs_crew_result;
/* OCS_BUG when nothing is under way. */
ocs_status ocs_crew_take(ocs_crew *crew, ocs_crew_result *result, ocs_error *err) OCS_MUST_CHECK;

#endif
