/* latency [--queries N] [--rounds N] [--list] OCSEARCH QUEST INDEX: how long a search takes from a
 * cold process on a warm page cache.  Every query (latency_queries.h) is put to both programs, one
 * after the other, --rounds times (3), and counts with the least wall time and the least CPU time of
 * its rounds, since a shared machine only ever adds to them.  Of the queries of a class, at most
 * --queries (30), the median and the 99th percentile are printed, with their ratios, and the most
 * memory that any process of ours took.  QUEST may be "-": then ocsearch is measured alone.
 *
 * --list prints the queries instead: class, ours, quest's, with tabs between. */
#include "tests/bench/latency_queries.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ARGUMENTS = 24, PROGRAMS = 2, OURS = 0, QUEST = 1, CODE_FOUND = 0, CODE_NONE = 1 };

extern char **environ;

/* The cost of one process, or the least of several. */
typedef struct cost {
    double wall, cpu; /* ms */
    long peak;        /* KB */
} cost;

typedef struct job {
    const char *programs[PROGRAMS], *index;
    char database[4096]; /* of the index, for quest */
    size_t queries, rounds;
    bool list;
    posix_spawn_file_actions_t silent;
} job;

/* ---- one process ---- */

static double ms_of(const struct timeval *t)
{
    return (double)t->tv_sec * 1e3 + (double)t->tv_usec / 1e3;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static size_t command_of(const job *j, int program, const latency_query *query,
                         const char *out[ARGUMENTS])
{
    size_t n = 0;
    out[n++] = j->programs[program];
    if (program == OURS) {
        out[n++] = "search";
        out[n++] = "--db";
        out[n++] = j->index;
        out[n++] = query->ours;
    } else {
        out[n++] = "--msize=10";
        out[n++] = "--default-op=and";
        out[n++] = "--flags=default,wildcard";
        out[n++] = j->database;
        for (size_t i = 0; latency_quest_options[i]; i++)
            out[n++] = latency_quest_options[i];
        out[n++] = query->quest;
    }
    out[n] = NULL;
    return n;
}

/* Neither program says more by its exit than whether something was found. */
static bool went_well(int state, const char *program, const char *query)
{
    int code = WIFEXITED(state) ? WEXITSTATUS(state) : -1;
    if (code == CODE_FOUND || code == CODE_NONE)
        return true;
    fprintf(stderr, "latency: %s '%s': exit %d\n", program, query, code);
    return false;
}

static bool run_once(const job *j, int program, const latency_query *query, cost *out)
{
    const char *command[ARGUMENTS];
    pid_t child;
    int state;
    struct rusage used;
    size_t n = command_of(j, program, query, command);
    double start = now();
    int fault =
        posix_spawnp(&child, command[0], &j->silent, NULL, (char *const *)(void *)command, environ);
    if (fault != 0 || wait4(child, &state, 0, &used) != child) {
        fprintf(stderr, "latency: %s: %s\n", command[0], strerror(fault ? fault : errno));
        return false;
    }
    *out = (cost){now() - start, ms_of(&used.ru_utime) + ms_of(&used.ru_stime), used.ru_maxrss};
    return went_well(state, command[0], command[n - 1]);
}

static void keep_least(cost *least, const cost *one, bool first)
{
    if (first || one->wall < least->wall)
        least->wall = one->wall;
    if (first || one->cpu < least->cpu)
        least->cpu = one->cpu;
    if (first || one->peak > least->peak)
        least->peak = one->peak;
}

static bool run_rounds(const job *j, const latency_query *query, cost out[PROGRAMS])
{
    cost one;
    for (size_t round = 0; round < j->rounds; round++)
        for (int program = 0; program < PROGRAMS; program++) {
            if (strcmp(j->programs[program], "-") == 0)
                continue;
            if (!run_once(j, program, query, &one))
                return false;
            keep_least(&out[program], &one, round == 0);
        }
    return true;
}

/* ---- the table ---- */

static int compare_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct spread {
    double p50, p99;
} spread;

/* Of the wall or CPU times of one program; ${room} has a place for each. */
static spread spread_of(cost (*costs)[PROGRAMS], size_t n, int program, bool cpu, double *room)
{
    for (size_t i = 0; i < n; i++)
        room[i] = cpu ? costs[i][program].cpu : costs[i][program].wall;
    qsort(room, n, sizeof *room, compare_double);
    return (spread){room[n / 2], room[(n * 99 + 99) / 100 - 1]};
}

static void print_spreads(cost (*costs)[PROGRAMS], size_t n, bool cpu, bool both, double *room)
{
    spread ours = spread_of(costs, n, OURS, cpu, room);
    printf(" | %7.2f %7.2f", ours.p50, ours.p99);
    if (!both)
        return;
    spread quest = spread_of(costs, n, QUEST, cpu, room);
    printf(" %7.2f %7.2f %6.2f %6.2f", quest.p50, quest.p99, ours.p50 / quest.p50,
           ours.p99 / quest.p99);
}

static void print_line(const char *label, cost (*costs)[PROGRAMS], size_t n, bool both,
                       double *room)
{
    long peak = 0;
    for (size_t i = 0; i < n; i++)
        peak = costs[i][OURS].peak > peak ? costs[i][OURS].peak : peak;
    printf("%-10s %4zu", label, n);
    print_spreads(costs, n, false, both, room);
    print_spreads(costs, n, true, both, room);
    printf(" | %5.1f\n", (double)peak / 1024);
    fflush(stdout);
}

static void print_head(bool both)
{
    const char *of_quest = both ? "   quest     p99  ratio  ratio" : "";
    printf("%-10s %4s | %7s %7s%s | %7s %7s%s | %5s\n", "class", "n", "wall", "p99", of_quest,
           "CPU", "p99", of_quest, "MB");
}

/* ---- all queries ---- */

/* The queries of a class stand together. */
static size_t class_end(const latency_queries *queries, size_t from)
{
    size_t to = from;
    while (to < queries->n && queries->at[to].class == queries->at[from].class)
        to++;
    return to;
}

static bool measure(const job *j, const latency_queries *queries, ocs_arena *arena)
{
    cost(*costs)[PROGRAMS] = ocs_arena_array(arena, queries->n, sizeof *costs);
    double *room = ocs_arena_array(arena, queries->n, sizeof *room);
    bool both = strcmp(j->programs[QUEST], "-") != 0;
    if (!costs || !room)
        return false;
    print_head(both);
    for (size_t from = 0, to; from < queries->n; from = to) {
        to = class_end(queries, from);
        for (size_t i = from; i < to; i++)
            if (!run_rounds(j, &queries->at[i], costs[i]))
                return false;
        print_line(latency_class_names[queries->at[from].class], costs + from, to - from, both,
                   room);
    }
    if (queries->n > 0)
        print_line("all", costs, queries->n, both, room);
    return true;
}

static bool list(const latency_queries *queries)
{
    for (size_t i = 0; i < queries->n; i++)
        printf("%s\t%s\t%s\n", latency_class_names[queries->at[i].class], queries->at[i].ours,
               queries->at[i].quest);
    return true;
}

static bool run(const job *j, ocs_arena *arena)
{
    ocs_index *index;
    ocs_error err = {0};
    latency_queries queries = {0};
    ocs_status st = ocs_index_open(j->index, &index, &err);
    if (st == OCS_OK)
        st = latency_queries_draw(index, j->queries, arena, &queries, &err);
    ocs_index_close(index);
    if (st == OCS_OK)
        return j->list ? list(&queries) : measure(j, &queries, arena);
    fprintf(stderr, "latency: %s\n", err.text);
    return false;
}

static bool number_of(const char *text, size_t *number)
{
    char *end;
    *number = strtoul(text, &end, 10);
    return *end == '\0' && *number > 0 && *number <= 100000;
}

static bool parse(int argc, char **argv, job *j)
{
    static const struct option options[] = {
        {"queries", required_argument, NULL, 'q'},
        {"rounds", required_argument, NULL, 'r'},
        {"list", no_argument, NULL, 'l'},
        {NULL, 0, NULL, 0},
    };
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        bool fine = option == 'q'   ? number_of(optarg, &j->queries)
                    : option == 'r' ? number_of(optarg, &j->rounds)
                                    : option == 'l';
        if (!fine)
            return false;
        j->list |= option == 'l';
    }
    if (optind + 3 != argc)
        return false;
    j->programs[OURS] = argv[optind];
    j->programs[QUEST] = argv[optind + 1];
    j->index = argv[optind + 2];
    snprintf(j->database, sizeof j->database, "--db=%s/current", j->index);
    return true;
}

int main(int argc, char **argv)
{
    job j = {.queries = 30, .rounds = 3};
    if (!parse(argc, argv, &j)) {
        fputs("usage: latency [--queries N] [--rounds N] [--list] OCSEARCH QUEST INDEX\n", stderr);
        return 2;
    }
    ocs_arena *arena = ocs_arena_new((size_t)1 << 30);
    posix_spawn_file_actions_init(&j.silent);
    posix_spawn_file_actions_addopen(&j.silent, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&j.silent, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    bool fine = arena && run(&j, arena);
    posix_spawn_file_actions_destroy(&j.silent);
    ocs_arena_free(arena);
    return fine && fflush(stdout) == 0 ? 0 : 1;
}
