/* A fuzz driver for the query language: queries are mutated by a seeded generator; what parses must
 * print as a query that parses to the same tree and prints as itself again, and what does not must
 * say where.  With --db= every query that parses is planned on that index as well.
 *
 *   fuzz-query [--from=N] [--count=N] [--db=DIR] [--trace] QUERIES
 *
 * QUERIES is a file with a query a line.  Case N is the same mutation in every run over the same
 * file.  Built with -DOCS_LIBFUZZER and -fsanitize=fuzzer it is a libFuzzer target instead. */
#include "query/query.h"

#include <stdio.h>
#include <stdlib.h>

enum { MEMORY = 256 << 20, PRINTED_MAX = 4 << 20 };

/* ---- what must hold ---- */

static bool same_node(const ocs_node *a, const ocs_node *b)
{
    return a->kind == b->kind && a->field == b->field && a->wildcard == b->wildcard &&
           a->exact == b->exact && a->fuzzy == b->fuzzy && a->distance == b->distance &&
           ocs_str_eq(a->text, b->text) && ocs_date_equal(a->from, b->from) &&
           ocs_date_equal(a->to, b->to);
}

static bool same_tree(const ocs_node *a, const ocs_node *b)
{
    for (; a && b; a = a->next, b = b->next)
        if (!same_node(a, b) || !same_tree(a->children, b->children))
            return false;
    return !a && !b;
}

/* What the program would print of a mistake: its place lies within the query. */
static const char *wrong_mistake(ocs_str query, ocs_status st, const ocs_error *err, ocs_buf *out)
{
    if (st != OCS_USAGE)
        return "the query is refused for another reason than a mistake";
    if (err->at < 0 || (size_t)err->at > query.n || err->text[0] == '\0')
        return "a mistake without a place or message";
    ocs_buf_reset(out);
    ocs_query_caret(query, err, out);
    return ocs_buf_status(out) == OCS_OK ? NULL : "the caret cannot be printed";
}

static const char *wrong_round(ocs_node *tree, ocs_arena *arena, ocs_buf *first, ocs_buf *second)
{
    ocs_node *again;
    ocs_error err = {0};
    ocs_buf_reset(first);
    ocs_buf_reset(second);
    ocs_query_print(tree, first);
    if (ocs_query_parse(ocs_buf_str(first), arena, &again, &err) != OCS_OK)
        return "what was printed does not parse";
    if (!same_tree(tree, again))
        return "what was printed parses to another tree";
    ocs_query_print(again, second);
    if (!ocs_str_eq(ocs_buf_str(first), ocs_buf_str(second)))
        return "what was printed prints otherwise";
    ocs_buf_reset(second);
    ocs_query_print_tree(tree, second);
    return ocs_buf_status(second) == OCS_OK ? NULL : "the tree cannot be printed";
}

/* A plan may be refused, but only for a mistake or for too much memory. */
static const char *wrong_plan(const ocs_node *tree, ocs_index *index, ocs_arena *arena)
{
    ocs_plan plan = {0};
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_status st = ocs_query_plan(tree, index, arena, &plan, &err);
    if (st == OCS_OK)
        ocs_plan_clear(&plan);
    return st == OCS_OK || st == OCS_USAGE || st == OCS_LIMIT ? NULL : "the plan fails";
}

static const char *wrong_query(ocs_str query, ocs_index *index, ocs_arena *arena)
{
    ocs_node *tree;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    ocs_buf first, second;
    ocs_buf_init(&first, PRINTED_MAX);
    ocs_buf_init(&second, PRINTED_MAX);
    ocs_status st = ocs_query_parse(query, arena, &tree, &err);
    const char *wrong = st == OCS_OK ? wrong_round(tree, arena, &first, &second)
                                     : wrong_mistake(query, st, &err, &first);
    if (!wrong && st == OCS_OK && index)
        wrong = wrong_plan(tree, index, arena);
    ocs_buf_clear(&first);
    ocs_buf_clear(&second);
    return wrong;
}

#ifdef OCS_LIBFUZZER

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    ocs_arena *arena = ocs_arena_new(MEMORY);
    if (!arena)
        return 0;
    const char *wrong = wrong_query((ocs_str){(const char *)data, n}, NULL, arena);
    ocs_arena_free(arena);
    if (wrong)
        abort();
    return 0;
}

#else

enum { QUERIES_MAX = 512, QUERY_MAX = 2048, CHANGES_MAX = 8 };

typedef struct fuzzer {
    unsigned long from, count;
    bool trace;
    const char *db;
    ocs_str text; /* of the file */
    ocs_str queries[QUERIES_MAX];
    size_t n_queries;
    ocs_index *index;
    ocs_arena *arena;
    char bytes[QUERY_MAX]; /* the mutated query */
    size_t n;
    uint64_t random;
} fuzzer;

/* ---- chance ---- */

/* splitmix64: any seed will do, neighbouring ones too. */
static uint64_t chance(fuzzer *f)
{
    uint64_t z = f->random += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static size_t below(fuzzer *f, size_t limit)
{
    return limit > 0 ? (size_t)(chance(f) % limit) : 0;
}

/* ---- mutations ---- */

/* What the lexer thinks about. */
static const char *const pieces[] = {
    "(",
    ")",
    "\"",
    "*",
    "?",
    "=",
    "-",
    "~1",
    "~2",
    "~",
    ":",
    "@org:",
    "@",
    " OR ",
    " AND ",
    " NOT ",
    " NEAR ",
    " NEAR/3 ",
    " ADJ/2 ",
    "..",
    "2018",
    "--12-",
    "on:",
    "date:",
    "org:",
    "person:",
    "role:",
    "title:",
    "saved:",
    "\n",
    "\xFF",
    "\xC4",
    "\xC4\x87",
    "\xD0\x9A",
    "\xE2\x80\x9C",
    "\xE2\x80\x91",
    "\xC2\xA0",
    "a",
    "ab",
    " ",
    "/",
    ",",
};

static void splice(fuzzer *f, size_t from, size_t to, ocs_str s)
{
    if (f->n - (to - from) + s.n > QUERY_MAX)
        return;
    memmove(f->bytes + from + s.n, f->bytes + to, f->n - to);
    if (s.n > 0)
        memcpy(f->bytes + from, s.p, s.n);
    f->n = f->n - (to - from) + s.n;
}

static void change(fuzzer *f)
{
    size_t at = below(f, f->n + 1), end = at + below(f, 12);
    ocs_str other = f->queries[below(f, f->n_queries)];
    if (end > f->n)
        end = f->n;
    switch (below(f, 4)) {
    case 0:
        splice(f, at, end, (ocs_str){0});
        return;
    case 1: { /* a stretch of another query */
        size_t from = below(f, other.n);
        splice(f, at, at, ocs_str_sub(other, from, from + below(f, 40)));
        return;
    }
    case 2:
        splice(f, at, end, ocs_str_of(pieces[below(f, sizeof pieces / sizeof *pieces)]));
        return;
    default:
        splice(f, at, at, ocs_str_of(pieces[below(f, sizeof pieces / sizeof *pieces)]));
        return;
    }
}

static void mutate(fuzzer *f, unsigned long number)
{
    f->random = number;
    ocs_str seed = f->queries[below(f, f->n_queries)];
    f->n = seed.n < QUERY_MAX ? seed.n : QUERY_MAX;
    memcpy(f->bytes, seed.p, f->n);
    for (size_t n = below(f, CHANGES_MAX + 1); n > 0; n--)
        change(f);
}

/* ---- running ---- */

/* The query stands at the end of a piece of memory of its own, so that reading past it is seen. */
static bool run_case(fuzzer *f, unsigned long number)
{
    mutate(f, number);
    if (f->trace)
        fprintf(stderr, "case %lu: %.*s\n", number, (int)f->n, f->bytes);
    ocs_arena_clear(f->arena);
    char *copy = malloc(f->n > 0 ? f->n : 1);
    if (!copy)
        return false;
    memcpy(copy, f->bytes, f->n);
    const char *wrong = wrong_query((ocs_str){copy, f->n}, f->index, f->arena);
    free(copy);
    if (wrong)
        fprintf(stderr, "fuzz-query: case %lu: %s: %.*s\n", number, wrong, (int)f->n, f->bytes);
    return !wrong;
}

static bool read_queries(fuzzer *f, const char *path)
{
    enum { FILE_MAX = 1 << 20 };
    FILE *file = fopen(path, "rb");
    char *bytes = file ? malloc(FILE_MAX) : NULL;
    ocs_str line;
    if (bytes)
        f->text = (ocs_str){bytes, fread(bytes, 1, FILE_MAX, file)};
    if (file)
        fclose(file);
    ocs_str rest = f->text;
    while (bytes && ocs_str_split(&rest, '\n', &line))
        if (line.n > 0 && f->n_queries < QUERIES_MAX)
            f->queries[f->n_queries++] = line;
    return f->n_queries > 0;
}

static bool read_argument(fuzzer *f, const char *word)
{
    if (strncmp(word, "--from=", 7) == 0)
        f->from = strtoul(word + 7, NULL, 10);
    else if (strncmp(word, "--count=", 8) == 0)
        f->count = strtoul(word + 8, NULL, 10);
    else if (strncmp(word, "--db=", 5) == 0)
        f->db = word + 5;
    else if (strcmp(word, "--trace") == 0)
        f->trace = true;
    else
        return f->n_queries == 0 && read_queries(f, word);
    return true;
}

static bool prepare(fuzzer *f, int argc, char **argv)
{
    ocs_error err = {0};
    for (int i = 1; i < argc; i++)
        if (!read_argument(f, argv[i])) {
            fprintf(stderr, "fuzz-query: cannot use %s\n", argv[i]);
            return false;
        }
    f->arena = ocs_arena_new(MEMORY);
    if (f->n_queries == 0 || !f->arena)
        return false;
    if (!f->db || ocs_index_open(f->db, &f->index, &err) == OCS_OK)
        return true;
    fprintf(stderr, "fuzz-query: %s\n", err.text);
    return false;
}

int main(int argc, char **argv)
{
    fuzzer *f = calloc(1, sizeof *f);
    if (!f)
        return 70;
    unsigned long failed = 0, done = 0;
    f->count = 10000;
    bool ready = prepare(f, argc, argv);
    for (; ready && done < f->count; done++)
        failed += !run_case(f, f->from + done);
    if (ready)
        printf("%lu cases over %zu queries, %lu failed\n", done, f->n_queries, failed);
    ocs_index_close(f->index);
    ocs_arena_free(f->arena);
    free((char *)(uintptr_t)f->text.p);
    free(f);
    return !ready || failed > 0;
}

#endif
