/* Workers answer in the order of the requests, and what one of them dies of costs that one
 * request. */
#include "tests/unit/unit.h"

#include "index/crew.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { REQUESTS = 500, JOBS = 3, RESPONSE_CAP = 16 << 20, LARGE = 5 << 20 };

static const ocs_crew_limits LIMITS = {.jobs = JOBS, .seconds = 1, .response_cap = RESPONSE_CAP};

/* ---- work ---- */

static void *start(void *payload)
{
    return payload;
}

static void *start_nothing(void *payload)
{
    (void)payload;
    return NULL;
}

static void nap(uint64_t microseconds)
{
    struct timespec time = {0, (long)microseconds * 1000};
    nanosleep(&time, NULL);
}

static void loop(void)
{
    for (volatile uint64_t i = 0;; i++)
        continue;
}

/* Memory that is really used, until there is none. */
static void hog(ocs_buf *response)
{
    enum { PIECE = 8 << 20 };
    for (;;) {
        char *piece = malloc(PIECE);
        if (!piece) {
            ocs_buf_puts(response, "no memory");
            return;
        }
        for (volatile char *at = piece; at < piece + PIECE; at += 1 << 10)
            *at = 1; /* so that no compiler does without it */
    }
}

/* The descriptors that are open but the standard ones, one a character. */
static void list_files(ocs_buf *response)
{
    for (int fd = STDERR_FILENO + 1; fd < 256; fd++)
        if (fcntl(fd, F_GETFD) >= 0)
            ocs_buf_putc(response, 'x');
}

/* Answers "N" with "got N" after a while of its own, and does what other words say. */
static void answer(void *state, ocs_str request, ocs_buf *response)
{
    (void)state;
    if (ocs_str_starts(request, OCS_STR("crash")))
        raise(SIGSEGV);
    else if (ocs_str_starts(request, OCS_STR("leave")))
        _exit(0);
    else if (ocs_str_starts(request, OCS_STR("loop")))
        loop();
    else if (ocs_str_starts(request, OCS_STR("nap"))) {
        for (int i = 0; i < 10; i++)
            nap(90 * 1000);
        ocs_buf_puts(response, "rested");
    } else if (ocs_str_starts(request, OCS_STR("files")))
        list_files(response);
    else if (ocs_str_starts(request, OCS_STR("interrupt")))
        raise(SIGINT), raise(SIGTERM), raise(SIGHUP);
    else if (ocs_str_starts(request, OCS_STR("hog")))
        hog(response);
    else if (ocs_str_starts(request, OCS_STR("large")))
        for (size_t i = 0; i < LARGE; i++)
            ocs_buf_putc(response, (char)i);
    else if (ocs_str_starts(request, OCS_STR("empty")))
        return;
    else {
        nap(ocs_hash(request) % 300);
        ocs_buf_putf(response, "got %.*s", OCS_ARG(request));
    }
}

static const ocs_crew_work WORK = {start, answer, (void *)(uintptr_t) "state"};

static ocs_crew *make_crew(const ocs_crew_limits *limits)
{
    ocs_crew *crew;
    ocs_error err = {0};
    if (ocs_crew_new(&WORK, limits, &crew, &err) != OCS_OK)
        fail_msg("%s", err.text);
    return crew;
}

static void put(ocs_crew *crew, const char *request)
{
    ocs_error err = {0};
    if (ocs_crew_put(crew, ocs_str_of(request), &err) != OCS_OK)
        fail_msg("%s", err.text);
}

static ocs_crew_result take(ocs_crew *crew)
{
    ocs_crew_result result = {0};
    ocs_error err = {0};
    if (ocs_crew_take(crew, &result, &err) != OCS_OK)
        fail_msg("%s", err.text);
    return result;
}

static void assert_got(const ocs_crew_result *result, unsigned number)
{
    char want[32];
    int n = snprintf(want, sizeof want, "got %u", number);
    assert_false(result->lost);
    assert_int_equal(result->response.n, n);
    assert_memory_equal(result->response.p, want, (size_t)n);
}

static void assert_lost(const ocs_crew_result *result, const char *why)
{
    assert_true(result->lost);
    assert_non_null(strstr(result->why, why));
}

static void put_number(ocs_crew *crew, unsigned number)
{
    char text[16];
    snprintf(text, sizeof text, "%u", number);
    put(crew, text);
}

/* ---- tests ---- */

static void results_come_in_the_order_of_requests(void **state)
{
    (void)state;
    unsigned taken = 0, given = 0;
    ocs_crew *crew = make_crew(&LIMITS);
    while (taken < REQUESTS) {
        while (given < REQUESTS && !ocs_crew_full(crew))
            put_number(crew, given++);
        ocs_crew_result result = take(crew);
        assert_got(&result, taken++);
    }
    assert_int_equal(ocs_crew_under_way(crew), 0);
    ocs_crew_free(crew);
}

static void a_crash_costs_its_request_alone(void **state)
{
    (void)state;
    ocs_crew *crew = make_crew(&LIMITS);
    for (unsigned i = 0; i < 20; i++) {
        if (i % 5 == 2)
            put(crew, i % 2 ? "crash" : "leave");
        else
            put_number(crew, i);
    }
    for (unsigned i = 0; i < 20; i++) {
        ocs_crew_result result = take(crew);
        if (i % 5 != 2)
            assert_got(&result, i);
        else
            assert_lost(&result, i % 2 ? "signal 11" : "given up");
    }
    ocs_crew_free(crew);
}

static void what_takes_too_long_is_ended(void **state)
{
    (void)state;
    ocs_crew *crew = make_crew(&LIMITS);
    put(crew, "loop");
    put_number(crew, 1);
    ocs_crew_result result = take(crew);
    assert_lost(&result, "more than 1 seconds of CPU");
    result = take(crew);
    assert_got(&result, 1);
    ocs_crew_free(crew);
}

static void memory_has_a_bound(void **state)
{
    (void)state;
#if !defined __SANITIZE_ADDRESS__
    ocs_crew_limits limits = LIMITS;
    limits.memory = (size_t)512 << 20;
    ocs_crew *crew = make_crew(&limits);
    put(crew, "hog");
    ocs_crew_result result = take(crew);
    assert_false(result.lost);
    assert_int_equal(result.response.n, strlen("no memory"));
    ocs_crew_free(crew);
#endif
}

/* Locks last as long as their files are open anywhere. */
static void a_worker_has_nothing_open_but_its_socket(void **state)
{
    (void)state;
    int fd = open("/dev/null", O_RDONLY);
    assert_true(fd > STDERR_FILENO);
    ocs_crew *crew = make_crew(&LIMITS);
    for (unsigned i = 0; i < 2 * JOBS; i++)
        put(crew, "files");
    for (unsigned i = 0; i < 2 * JOBS; i++) {
        ocs_crew_result result = take(crew);
        assert_false(result.lost);
        assert_str(result.response, "x");
    }
    ocs_crew_free(crew);
    close(fd);
}

/* They reach a whole group of processes, and the parent may not heed them. */
static void signals_that_ask_for_the_end_cost_no_request(void **state)
{
    (void)state;
    ocs_crew *crew = make_crew(&LIMITS);
    put(crew, "interrupt");
    ocs_crew_result result = take(crew);
    assert_false(result.lost);
    ocs_crew_free(crew);
}

static void large_and_empty_responses_arrive(void **state)
{
    (void)state;
    ocs_crew *crew = make_crew(&LIMITS);
    for (int i = 0; i < 6; i++)
        put(crew, i % 2 ? "empty" : "large");
    for (int i = 0; i < 6; i++) {
        ocs_crew_result result = take(crew);
        assert_false(result.lost);
        assert_int_equal(result.response.n, i % 2 ? 0 : LARGE);
        for (size_t k = 0; k < result.response.n; k += 9973)
            assert_int_equal((unsigned char)result.response.p[k], k & 0xFF);
    }
    ocs_crew_free(crew);
}

/* More than the crew holds at once, while the oldest of all is still under way. */
static void many_large_responses_wait_for_the_oldest(void **state)
{
    (void)state;
    enum { MANY = 80 };
    unsigned given = 0;
    ocs_crew_limits limits = LIMITS;
    limits.jobs = 12;
    ocs_crew *crew = make_crew(&limits);
    for (put(crew, "nap"); given < MANY && !ocs_crew_full(crew); given++)
        put(crew, "large");
    assert_int_equal(given, MANY);
    ocs_crew_result result = take(crew);
    assert_str(result.response, "rested");
    for (unsigned i = 0; i < MANY; i++) {
        result = take(crew);
        assert_int_equal(result.response.n, LARGE);
    }
    ocs_crew_free(crew);
}

static void a_response_beyond_the_cap_is_lost(void **state)
{
    (void)state;
    ocs_crew_limits limits = LIMITS;
    limits.response_cap = 1000;
    ocs_crew *crew = make_crew(&limits);
    put(crew, "large");
    put_number(crew, 1);
    ocs_crew_result result = take(crew);
    assert_true(result.lost);
    result = take(crew);
    assert_got(&result, 1);
    ocs_crew_free(crew);
}

static void workers_that_cannot_start_lose_their_requests(void **state)
{
    (void)state;
    const ocs_crew_work work = {start_nothing, answer, NULL};
    ocs_crew *crew;
    ocs_error err = {0};
    assert_int_equal(ocs_crew_new(&work, &LIMITS, &crew, &err), OCS_OK);
    for (unsigned i = 0; i < 5; i++)
        put_number(crew, i);
    for (unsigned i = 0; i < 5; i++) {
        ocs_crew_result result = take(crew);
        assert_lost(&result, "given up");
    }
    ocs_crew_free(crew);
}

static void a_full_crew_takes_no_more(void **state)
{
    (void)state;
    ocs_error err = {0};
    ocs_crew_result result;
    ocs_crew *crew = make_crew(&LIMITS);
    assert_int_equal(ocs_crew_take(crew, &result, &err), OCS_BUG);
    for (unsigned i = 0; !ocs_crew_full(crew); i++)
        put_number(crew, i);
    assert_int_equal(ocs_crew_put(crew, OCS_STR("more"), &err), OCS_BUG);
    ocs_crew_free(crew); /* with all of them under way */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_come_in_the_order_of_requests),
        cmocka_unit_test(a_crash_costs_its_request_alone),
        cmocka_unit_test(what_takes_too_long_is_ended),
        cmocka_unit_test(memory_has_a_bound),
        cmocka_unit_test(a_worker_has_nothing_open_but_its_socket),
        cmocka_unit_test(signals_that_ask_for_the_end_cost_no_request),
        cmocka_unit_test(large_and_empty_responses_arrive),
        cmocka_unit_test(many_large_responses_wait_for_the_oldest),
        cmocka_unit_test(a_response_beyond_the_cap_is_lost),
        cmocka_unit_test(workers_that_cannot_start_lose_their_requests),
        cmocka_unit_test(a_full_crew_takes_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
