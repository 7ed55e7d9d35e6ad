/* Queries whose documents a function of ours says yes or no to: what it is asked, what becomes of
 * its answers and of its failures. */
#include "xapian_fixture.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

/* Says yes to documents in which the first word stands right before the second. */
typedef struct asker {
    ocs_str first, second;
    ocs_arena *arena;
    unsigned asked;
    xap_docid fails_at; /* 0: never */
} asker;

static bool stands_at(const uint32_t *positions, size_t n, uint32_t wanted)
{
    for (size_t i = 0; i < n; i++)
        if (positions[i] == wanted)
            return true;
    return false;
}

static ocs_status adjacent(void *payload, xap_db *shard, xap_docid id, bool *yes, ocs_error *why)
{
    asker *a = payload;
    uint32_t *first, *second;
    size_t n_first, n_second;
    a->asked++;
    if (a->fails_at == id)
        return ocs_fail(why, OCS_LIMIT, "document %u is too much", (unsigned)id);
    OK(xap_db_positions(shard, id, a->first, a->arena, &first, &n_first, &err));
    OK(xap_db_positions(shard, id, a->second, a->arena, &second, &n_second, &err));
    for (size_t i = 0; i < n_first && !*yes; i++)
        *yes = stands_at(second, n_second, first[i] + 1);
    return OCS_OK;
}

static asker asker_for(const char *first, const char *second)
{
    asker a = {.first = ocs_str_of(first), .second = ocs_str_of(second)};
    a.arena = ocs_arena_new(1 << 20);
    assert_non_null(a.arena);
    return a;
}

static xap_query *checked(asker *a, xap_query *candidates)
{
    xap_query *query = NULL;
    OK(xap_query_checked(candidates, adjacent, a, &query, &err));
    xap_query_free(candidates);
    return query;
}

static xap_query *both(const char *a, const char *b)
{
    return join(XAP_AND, 0, term(a), term(b));
}

static void fill(const char *path)
{
    xap_writer *writer = writer_at(path);
    put(writer, "Q1", "a b");
    put(writer, "Q2", "b a");
    put(writer, "Q3", "a");
    put(writer, "Q4", "a x b a b");
    put(writer, "Q5", "c d");
    put(writer, "Q6", "a x b");
    done(writer);
}

static void only_candidates_are_asked_about_and_the_yes_stay(void **state)
{
    const place *p = *state;
    asker a = asker_for("a", "b");
    fill(p->db);
    xap_db *db = db_at(p->db);
    assert_finds(db, checked(&a, both("a", "b")), "1 4 ");
    assert_int_equal(a.asked, 4);
    xap_db_close(db);
    ocs_arena_free(a.arena);
}

static void an_answer_gives_no_score(void **state)
{
    const place *p = *state;
    asker a = asker_for("a", "b");
    const xap_search search = {.most = 5};
    xap_results *plain, *results;
    fill(p->db);
    xap_db *db = db_at(p->db);
    xap_query *query = both("a", "b"), *asked = checked(&a, both("a", "b"));
    OK(xap_search_run(db, query, &search, &plain, &err));
    OK(xap_search_run(db, asked, &search, &results, &err));
    assert_int_equal(xap_results_count(results), 2);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < xap_results_count(plain); k++)
            if (xap_results_docid(plain, k) == xap_results_docid(results, i))
                assert_true(xap_results_score(plain, k) == xap_results_score(results, i));
    xap_results_free(plain);
    xap_results_free(results);
    xap_query_free(query);
    xap_query_free(asked);
    xap_db_close(db);
    ocs_arena_free(a.arena);
}

static void an_answer_is_a_part_like_others(void **state)
{
    const place *p = *state;
    asker a = asker_for("a", "b");
    fill(p->db);
    xap_db *db = db_at(p->db);
    assert_finds(db, join(XAP_AND_NOT, 0, term("a"), checked(&a, both("a", "b"))), "2 3 6 ");
    assert_finds(db, join(XAP_OR, 0, term("c"), checked(&a, both("a", "b"))), "1 4 5 ");
    assert_finds(db, join(XAP_AND, 0, term("x"), checked(&a, both("a", "b"))), "4 ");
    assert_finds(db, join(XAP_AND, 0, checked(&a, both("a", "b")), checked(&a, both("a", "b"))),
                 "1 4 ");
    xap_db_close(db);
    ocs_arena_free(a.arena);
}

static void a_document_that_others_rule_out_is_not_asked_about(void **state)
{
    const place *p = *state;
    asker a = asker_for("a", "b");
    fill(p->db);
    xap_db *db = db_at(p->db);
    assert_finds(db, join(XAP_FILTER, 0, checked(&a, both("a", "b")), term("Q4")), "4 ");
    assert_int_equal(a.asked, 1);
    xap_db_close(db);
    ocs_arena_free(a.arena);
}

static void of_joined_databases_each_is_asked_by_its_own_numbers(void **state)
{
    const place *p = *state;
    char second[PATH_ROOM + 16];
    asker a = asker_for("a", "b");
    snprintf(second, sizeof second, "%s/second", p->dir);
    fill(p->db);
    fill(second);
    xap_writer *writer = writer_at(second);
    put(writer, "Q7", "a b"); /* a number that the first does not have */
    done(writer);
    xap_db *db = db_at(p->db);
    OK(xap_db_add(db, second, &err));
    assert_finds(db, checked(&a, both("a", "b")), "1 2 7 8 14 ");
    assert_int_equal(a.asked, 9);
    xap_db_close(db);
    ocs_arena_free(a.arena);
}

static void a_failure_is_the_failure_of_the_search(void **state)
{
    const place *p = *state;
    asker a = asker_for("a", "b");
    const xap_search search = {.most = 5};
    xap_results *results;
    ocs_error why = {.text = ""};
    a.fails_at = 2;
    fill(p->db);
    xap_db *db = db_at(p->db);
    xap_query *query = checked(&a, both("a", "b"));
    assert_int_equal(xap_search_run(db, query, &search, &results, &why), OCS_LIMIT);
    assert_string_equal(why.text, "document 2 is too much");
    assert_null(results);
    assert_int_equal(xap_search_run(db, query, &search, &results, NULL), OCS_LIMIT);
    a.fails_at = 0;
    assert_finds(db, query, "1 4 ");
    xap_db_close(db);
    ocs_arena_free(a.arena);
}

/* ---- a remote database ---- */

static unsigned free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &n), 0);
    close(fd);
    return ntohs(at.sin_port);
}

/* In a process group of its own, all of which it ends with itself. */
static pid_t serve(const char *path, unsigned port)
{
    char number[16];
    snprintf(number, sizeof number, "%u", port);
    pid_t child = fork();
    if (child == 0) {
        if (setpgid(0, 0) != 0 || !freopen("/dev/null", "w", stdout))
            _exit(1);
        execlp("xapian-tcpsrv", "xapian-tcpsrv", "--interface", "127.0.0.1", "--port", number, path,
               (char *)NULL);
        _exit(127);
    }
    assert_true(child > 0);
    return child;
}

/* A server takes a moment to listen; NULL when there is no such program. */
static xap_db *reach(pid_t server, unsigned port)
{
    xap_db *db = NULL;
    for (int i = 0; i < 100 && waitpid(server, NULL, WNOHANG) == 0; i++) {
        if (xap_db_open_remote("127.0.0.1", port, 5000, &db, NULL) == OCS_OK)
            return db;
        usleep(50 * 1000);
    }
    return NULL;
}

static void a_remote_database_is_unsupported_and_says_so(void **state)
{
    const place *p = *state;
    asker a = asker_for("a", "b");
    const xap_search search = {.most = 5};
    xap_results *results;
    ocs_error err = {.text = ""};
    fill(p->db);
    unsigned port = free_port();
    pid_t server = serve(p->db, port);
    xap_db *db = reach(server, port);
    xap_query *query = checked(&a, both("a", "b"));
    ocs_status st = db ? xap_search_run(db, query, &search, &results, &err) : OCS_OK;
    xap_query_free(query);
    xap_db_close(db);
    ocs_arena_free(a.arena);
    if (!db)
        skip(); /* no xapian-tcpsrv here */
    kill(server, SIGTERM);
    (void)waitpid(server, NULL, 0);
    assert_int_equal(st, OCS_UNSUPPORTED);
    assert_non_null(strstr(err.text, "a remote index cannot look into its documents"));
    assert_int_equal(a.asked, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_IN_PLACE(only_candidates_are_asked_about_and_the_yes_stay),
        TEST_IN_PLACE(an_answer_gives_no_score),
        TEST_IN_PLACE(an_answer_is_a_part_like_others),
        TEST_IN_PLACE(a_document_that_others_rule_out_is_not_asked_about),
        TEST_IN_PLACE(of_joined_databases_each_is_asked_by_its_own_numbers),
        TEST_IN_PLACE(a_failure_is_the_failure_of_the_search),
        TEST_IN_PLACE(a_remote_database_is_unsupported_and_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
