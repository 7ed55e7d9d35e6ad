/* A ring of requests, oldest first, and a table of workers, each with a socket to it.  A worker gets
 * up to two requests at a time, so that it need not wait for us between them; it answers them in
 * their order, so that the oldest that it has not answered is the one that it died of, and the other
 * one is dealt again.
 *
 * On the socket a message is its length, 4 bytes in the machine's order, and its bytes. */
#include "index/crew.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    DEALT = 2,            /* requests that a worker has at most */
    SLOTS_A_JOB = 8,      /* of the ring */
    READ_PIECE = 1 << 16, /* bytes */
    SOCKET_ROOM = 1 << 20,
    WHY_ROOM = 96
};

/* What may have come of results that are not taken yet, before no worker is given anything but the
 * oldest request; and what a buffer may keep when it is empty. */
static const size_t held_max = (size_t)256 << 20, kept_max = (size_t)1 << 20;
static const size_t request_cap = (size_t)32 << 10; /* what a socket takes without waiting */

typedef enum slot_state { SLOT_WAITING, SLOT_DEALT, SLOT_DONE, SLOT_LOST } slot_state;

typedef struct slot {
    slot_state state;
    ocs_buf request, response;
    char why[WHY_ROOM];
} slot;

typedef struct worker {
    pid_t pid; /* 0: there is none */
    int socket;
    size_t dealt[DEALT]; /* numbers of requests, the oldest first */
    size_t n_dealt;
    ocs_buf in; /* what has come of its next message */
} worker;

struct ocs_crew {
    ocs_crew_work work;
    ocs_crew_limits limits;
    slot *slots; /* of request n: slots[n % n_slots] */
    size_t n_slots;
    size_t taken, put; /* numbers of the oldest request under way and of the next one */
    size_t next;       /* no request before this one is waiting */
    bool took;         /* the slot of request .taken - 1 is still lent */
    bool starved;      /* there was no memory for what a worker said */
    size_t held;       /* bytes of results that are not taken */
    worker *workers;
};

static slot *slot_of(const ocs_crew *crew, size_t request)
{
    return &crew->slots[request % crew->n_slots];
}

/* ---- in the worker ---- */

static bool write_all(int fd, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n > 0) {
        ssize_t done = send(fd, at, n, MSG_NOSIGNAL);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

static bool read_all(int fd, void *bytes, size_t n)
{
    char *at = bytes;
    while (n > 0) {
        ssize_t done = read(fd, at, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

static bool write_message(int fd, ocs_str message)
{
    uint32_t n = (uint32_t)message.n;
    return write_all(fd, &n, sizeof n) && write_all(fd, message.p, message.n);
}

#if defined __has_feature
#define CLANG_HAS(feature) __has_feature(feature)
#else
#define CLANG_HAS(feature) 0
#endif

/* The sanitizers reserve more address space than any limit. */
#if defined __SANITIZE_ADDRESS__ || CLANG_HAS(address_sanitizer)
enum { MEMORY_LIMITED = false };
#else
enum { MEMORY_LIMITED = true };
#endif

static void limit_memory(size_t bytes)
{
    struct rlimit limit = {bytes, bytes};
    if (bytes > 0 && MEMORY_LIMITED)
        setrlimit(RLIMIT_AS, &limit);
    limit = (struct rlimit){0, 0}; /* a crash is told of, and needs no picture */
    setrlimit(RLIMIT_CORE, &limit);
}

/* When the time is up SIGPROF ends the process. */
static void limit_time(unsigned seconds)
{
    struct itimerval timer = {.it_value.tv_sec = (time_t)seconds};
    setitimer(ITIMER_PROF, &timer, NULL);
}

static void handle_all(const int *signals, size_t n, void (*how)(int))
{
    for (size_t i = 0; i < n; i++)
        signal(signals[i], how);
}

/* A signal that asks for the end reaches all from the terminal, and the parent alone decides whether
 * to heed it: its end ends its workers, and a worker that went first would look like a bad page. */
static void leave_family(pid_t parent)
{
    static const int asking[] = {SIGINT, SIGQUIT, SIGTERM, SIGHUP};
    static const int own[] = {SIGPIPE, SIGPROF, SIGSEGV, SIGBUS, SIGABRT};
    handle_all(asking, sizeof asking / sizeof *asking, SIG_IGN);
    handle_all(own, sizeof own / sizeof *own, SIG_DFL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(EXIT_FAILURE);
}

/* A lock of the parent's lives as long as any process has its file open: nothing stays open but the
 * socket, at its new place, and what is below it. */
static int keep_one_file(int socket)
{
    enum { PLACE = STDERR_FILENO + 1 };
    if (dup2(socket, PLACE) < 0)
        _exit(EXIT_FAILURE);
    closefrom(PLACE + 1);
    return PLACE;
}

static void answer_requests(const ocs_crew *crew, int socket)
{
    uint32_t n;
    ocs_buf response;
    void *state = crew->work.start(crew->work.payload);
    char *request = malloc(request_cap);
    ocs_buf_init(&response, crew->limits.response_cap);
    while (state && request && read_all(socket, &n, sizeof n) && n <= request_cap &&
           read_all(socket, request, n)) {
        ocs_buf_reset(&response);
        limit_time(crew->limits.seconds);
        crew->work.answer(state, (ocs_str){request, n}, &response);
        limit_time(0);
        if (ocs_buf_status(&response) != OCS_OK || !write_message(socket, ocs_buf_str(&response)))
            return;
    }
}

/* ---- workers ---- */

static ocs_status make_worker(ocs_crew *crew, worker *w, ocs_error *err)
{
    int ends[2], room = SOCKET_ROOM;
    pid_t parent = getpid();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return ocs_fail(err, OCS_IO, "cannot make a socket: %s", strerror(errno));
    setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    pid_t pid = fork();
    if (pid == 0) {
        leave_family(parent);
        int socket = keep_one_file(ends[1]);
        limit_memory(crew->limits.memory);
        answer_requests(crew, socket);
        _exit(EXIT_SUCCESS);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return ocs_fail(err, OCS_IO, "cannot make a process: %s", strerror(errno));
    }
    w->pid = pid;
    w->socket = ends[0];
    w->n_dealt = 0;
    ocs_buf_reset(&w->in);
    return OCS_OK;
}

static int end_worker(worker *w, bool kill_it)
{
    int status = 0;
    if (kill_it)
        kill(w->pid, SIGKILL);
    close(w->socket);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    w->pid = 0;
    return status;
}

static void tell_end(const ocs_crew *crew, int status, char why[WHY_ROOM])
{
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (signal == SIGPROF)
        snprintf(why, WHY_ROOM, "took more than %u seconds of CPU", crew->limits.seconds);
    else if (signal != 0)
        snprintf(why, WHY_ROOM, "ended its worker process by signal %d (%s)", signal,
                 strsignal(signal));
    else
        snprintf(why, WHY_ROOM, "was given up by its worker process");
}

/* The worker is gone: the request that it worked on is lost, the others wait again. */
static void bury(ocs_crew *crew, worker *w)
{
    int status = end_worker(w, false);
    for (size_t i = 0; i < w->n_dealt; i++) {
        slot *s = slot_of(crew, w->dealt[i]);
        s->state = i == 0 ? SLOT_LOST : SLOT_WAITING;
        if (i == 0)
            tell_end(crew, status, s->why);
        else if (w->dealt[i] < crew->next)
            crew->next = w->dealt[i];
    }
    w->n_dealt = 0;
}

/* ---- dealing ---- */

static size_t find_waiting(ocs_crew *crew)
{
    while (crew->next < crew->put && slot_of(crew, crew->next)->state != SLOT_WAITING)
        crew->next++;
    return crew->next;
}

/* A worker that cannot be written to has died; that is seen when it is read from. */
static ocs_status deal_to(ocs_crew *crew, worker *w, size_t request, ocs_error *err)
{
    ocs_status st = w->pid == 0 ? make_worker(crew, w, err) : OCS_OK;
    if (st != OCS_OK)
        return st;
    slot *s = slot_of(crew, request);
    s->state = SLOT_DEALT;
    w->dealt[w->n_dealt++] = request;
    (void)write_message(w->socket, ocs_buf_str(&s->request));
    return OCS_OK;
}

static bool has_workers(const ocs_crew *crew)
{
    for (size_t i = 0; i < crew->limits.jobs; i++)
        if (crew->workers[i].pid != 0)
            return true;
    return false;
}

/* One request for each idle worker before any gets a second one.  As long as there is a worker, those
 * that cannot be made are done without. */
static ocs_status deal(ocs_crew *crew, ocs_error *err)
{
    ocs_error why;
    for (size_t load = 0; load < DEALT; load++) {
        for (size_t i = 0; i < crew->limits.jobs; i++) {
            size_t request = find_waiting(crew);
            if (request == crew->put || (crew->held > held_max && request != crew->taken))
                return OCS_OK;
            if (crew->workers[i].n_dealt > load)
                continue;
            ocs_status st = deal_to(crew, &crew->workers[i], request, &why);
            if (st != OCS_OK && !has_workers(crew))
                return ocs_fail(err, st, "%s", why.text);
        }
    }
    return OCS_OK;
}

/* ---- listening ---- */

static void finish_request(ocs_crew *crew, worker *w, ocs_str response)
{
    slot *s = slot_of(crew, w->dealt[0]);
    ocs_buf_reset(&s->response);
    ocs_buf_put(&s->response, response);
    bool whole = ocs_buf_status(&s->response) == OCS_OK;
    crew->starved |= ocs_buf_status(&s->response) == OCS_NOMEM;
    crew->held += whole ? s->response.n : 0;
    s->state = whole ? SLOT_DONE : SLOT_LOST;
    if (!whole)
        snprintf(s->why, WHY_ROOM, "made more than memory holds");
    w->n_dealt--;
    memmove(w->dealt, w->dealt + 1, w->n_dealt * sizeof *w->dealt);
}

static void give_back(ocs_buf *buf)
{
    if (buf->room > kept_max)
        ocs_buf_clear(buf);
}

/* Whole messages off the front of what has come. */
static void take_messages(ocs_crew *crew, worker *w)
{
    uint32_t n;
    ocs_str rest = ocs_buf_str(&w->in);
    while (w->n_dealt > 0 && rest.n >= sizeof n) {
        memcpy(&n, rest.p, sizeof n);
        if (rest.n - sizeof n < n)
            break;
        finish_request(crew, w, ocs_str_sub(rest, sizeof n, sizeof n + n));
        rest = ocs_str_sub(rest, sizeof n + n, rest.n);
    }
    if (rest.n > 0 && rest.p != w->in.p)
        memmove(w->in.p, rest.p, rest.n);
    ocs_buf_cut(&w->in, rest.n);
    if (rest.n == 0)
        give_back(&w->in);
}

static void listen_to(ocs_crew *crew, worker *w)
{
    char piece[READ_PIECE];
    ssize_t n = recv(w->socket, piece, sizeof piece, MSG_DONTWAIT);
    if (n > 0)
        ocs_buf_put(&w->in, (ocs_str){piece, (size_t)n});
    crew->starved |= ocs_buf_status(&w->in) == OCS_NOMEM;
    if (n > 0 && ocs_buf_status(&w->in) == OCS_OK)
        take_messages(crew, w);
    else if (n >= 0 || (errno != EINTR && errno != EAGAIN))
        bury(crew, w);
}

static ocs_status wait_for_news(ocs_crew *crew, ocs_error *err)
{
    struct pollfd *fds = calloc(crew->limits.jobs, sizeof *fds);
    if (!fds)
        return ocs_fail(err, OCS_NOMEM, "no memory to wait for workers");
    for (size_t i = 0; i < crew->limits.jobs; i++) {
        bool busy = crew->workers[i].n_dealt > 0;
        fds[i] = (struct pollfd){.fd = busy ? crew->workers[i].socket : -1, .events = POLLIN};
    }
    int ready = poll(fds, crew->limits.jobs, -1);
    ocs_status st = OCS_OK;
    if (ready < 0 && errno != EINTR)
        st = ocs_fail(err, OCS_IO, "cannot wait for workers: %s", strerror(errno));
    for (size_t i = 0; ready > 0 && i < crew->limits.jobs; i++)
        if (fds[i].revents != 0)
            listen_to(crew, &crew->workers[i]);
    free(fds);
    return crew->starved ? ocs_fail(err, OCS_NOMEM, "no memory for what a worker made") : st;
}

/* ---- the crew ---- */

ocs_status ocs_crew_new(const ocs_crew_work *work, const ocs_crew_limits *limits, ocs_crew **crew,
                        ocs_error *err)
{
    ocs_crew *c = calloc(1, sizeof *c);
    *crew = c;
    if (!c)
        return ocs_fail(err, OCS_NOMEM, "no memory for workers");
    c->work = *work;
    c->limits = *limits;
    c->n_slots = limits->jobs * SLOTS_A_JOB;
    c->slots = calloc(c->n_slots, sizeof *c->slots);
    c->workers = calloc(limits->jobs, sizeof *c->workers);
    if (!c->slots || !c->workers)
        return ocs_fail(err, OCS_NOMEM, "no memory for workers");
    for (size_t i = 0; i < c->n_slots; i++) {
        ocs_buf_init(&c->slots[i].request, request_cap);
        ocs_buf_init(&c->slots[i].response, limits->response_cap);
    }
    for (size_t i = 0; i < limits->jobs; i++)
        ocs_buf_init(&c->workers[i].in, 2 * limits->response_cap + READ_PIECE);
    return OCS_OK;
}

void ocs_crew_free(ocs_crew *crew)
{
    if (!crew)
        return;
    for (size_t i = 0; crew->workers && i < crew->limits.jobs; i++) {
        if (crew->workers[i].pid != 0)
            end_worker(&crew->workers[i], true);
        ocs_buf_clear(&crew->workers[i].in);
    }
    for (size_t i = 0; crew->slots && i < crew->n_slots; i++) {
        ocs_buf_clear(&crew->slots[i].request);
        ocs_buf_clear(&crew->slots[i].response);
    }
    free(crew->workers);
    free(crew->slots);
    free(crew);
}

size_t ocs_crew_under_way(const ocs_crew *crew)
{
    return crew->put - crew->taken;
}

bool ocs_crew_full(const ocs_crew *crew)
{
    return ocs_crew_under_way(crew) + (crew->took ? 1 : 0) >= crew->n_slots;
}

ocs_status ocs_crew_put(ocs_crew *crew, ocs_str request, ocs_error *err)
{
    if (ocs_crew_full(crew) || request.n > request_cap)
        return ocs_fail(err, OCS_BUG, "the workers cannot take a request of %zu bytes", request.n);
    slot *s = slot_of(crew, crew->put);
    ocs_buf_reset(&s->request);
    ocs_buf_put(&s->request, request);
    if (ocs_buf_status(&s->request) != OCS_OK)
        return ocs_fail(err, OCS_NOMEM, "no memory for a request");
    s->state = SLOT_WAITING;
    crew->put++;
    return deal(crew, err);
}

ocs_status ocs_crew_take(ocs_crew *crew, ocs_crew_result *result, ocs_error *err)
{
    ocs_status st = OCS_OK;
    if (crew->took)
        give_back(&slot_of(crew, crew->taken - 1)->response);
    crew->took = false;
    if (ocs_crew_under_way(crew) == 0)
        return ocs_fail(err, OCS_BUG, "the workers have nothing to do");
    slot *s = slot_of(crew, crew->taken);
    while (st == OCS_OK && s->state != SLOT_DONE && s->state != SLOT_LOST)
        if ((st = deal(crew, err)) == OCS_OK)
            st = wait_for_news(crew, err);
    if (st != OCS_OK)
        return st;
    *result = (ocs_crew_result){.lost = s->state == SLOT_LOST, .why = s->why};
    if (!result->lost)
        result->response = ocs_buf_str(&s->response);
    crew->held -= result->response.n;
    crew->taken++;
    crew->took = true;
    return deal(crew, err);
}
