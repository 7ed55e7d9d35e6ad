/* A fuzz driver that needs no special compiler: pages are read, mutated by a seeded generator, and
 * taken through the pipeline both as a text dump and as HTML; every document must keep the promises
 * of corpus/document.h and survive packing.  Some cases get less memory than they need.
 *
 *   fuzz-ingest [--from=N] [--count=N] [--seconds=N] [--trace] [--keep=FILE] PAGE...
 *
 * Case N is the same mutation in every run over the same pages: the number that a failure prints
 * (or the last one of --trace, after a crash) is replayed with --from=N --count=1; --keep writes
 * the mutated page of the last case. */
#include "ingest/ingest.h"
#include "corpus/corpus.h"
#include "ingest/block.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TIGHT_MIN = 1 << 10, TIGHT_MAX = 4 << 20 };
enum { PAGES_MAX = 512, PAGE_MAX = 1 << 20, GROWN_MAX = 1 << 18, CHANGES_MAX = 12, SLOW = 20 };
static const size_t ARENA = (size_t)512 << 20;

typedef struct plan {
    unsigned long from, count;
    long seconds;
    bool trace;
    const char *keep;
} plan;

typedef struct fuzzer {
    plan plan;
    ocs_str pages[PAGES_MAX];
    size_t n_pages;
    ocs_ingest *ingest;
    ocs_arena *arena;
    char *bytes; /* the mutated page */
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

/* What makes a parser think: markup, references, encodings, wordings of dates and names. */
static const ocs_str words[] = {
    OCS_STR_INIT("<"),
    OCS_STR_INIT(">"),
    OCS_STR_INIT("<p>"),
    OCS_STR_INIT("</p>"),
    OCS_STR_INIT("<table><tr><td>"),
    OCS_STR_INIT("</table>"),
    OCS_STR_INIT("<!--"),
    OCS_STR_INIT("-->"),
    OCS_STR_INIT("<script>"),
    OCS_STR_INIT("</script>"),
    OCS_STR_INIT("<![CDATA["),
    OCS_STR_INIT("]]>"),
    OCS_STR_INIT("<title>"),
    OCS_STR_INIT("</title>"),
    OCS_STR_INIT("<span class=\"date-display-single\">"),
    OCS_STR_INIT("<time datetime=\"2017-02-13\">"),
    OCS_STR_INIT("<a href=\"x\">"),
    OCS_STR_INIT("</a>"),
    OCS_STR_INIT("<h1>"),
    OCS_STR_INIT("<br>"),
    OCS_STR_INIT("&"),
    OCS_STR_INIT("&amp;"),
    OCS_STR_INIT("&#151;"),
    OCS_STR_INIT("&#x110000;"),
    OCS_STR_INIT("&#0;"),
    OCS_STR_INIT("&notanentity;"),
    OCS_STR_INIT("&nbsp;&shy;"),
    OCS_STR_INIT("\n"),
    OCS_STR_INIT("\r\n"),
    OCS_STR_INIT("\0"),
    OCS_STR_INIT("- "),
    OCS_STR_INIT("\n- Date:\n- Place:\n"),
    OCS_STR_INIT("\nPublishing date: 30 May 2008\n"),
    OCS_STR_INIT("\xC2\xA0"),
    OCS_STR_INIT("\xC2\xAD"),
    OCS_STR_INIT("\xE2\x80\x91"),
    OCS_STR_INIT("\xC3"),
    OCS_STR_INIT("\xE2\x80"),
    OCS_STR_INIT("\x93\xFF"),
    OCS_STR_INIT("\xEF\xBB\xBF"),
    OCS_STR_INIT("BELGRADE, 13 February 2017 - "),
    OCS_STR_INIT("10/09/2018"),
    OCS_STR_INIT("29 February 2019"),
    OCS_STR_INIT("12-13 October"),
    OCS_STR_INIT(" Ambassador "),
    OCS_STR_INIT(" of the OSCE Mission to Serbia, "),
    OCS_STR_INIT(" and "),
    OCS_STR_INIT("'s "),
    OCS_STR_INIT("(ODIHR)"),
    OCS_STR_INIT("\xE2\x80\x9C"),
};

/* Put ${s} in the place of [from, to). */
static void splice(fuzzer *f, size_t from, size_t to, ocs_str s)
{
    if (f->n - (to - from) + s.n > GROWN_MAX)
        return;
    memmove(f->bytes + from + s.n, f->bytes + to, f->n - to);
    if (s.n > 0)
        memcpy(f->bytes + from, s.p, s.n);
    f->n = f->n - (to - from) + s.n;
}

static ocs_span stretch(fuzzer *f, size_t n, size_t longest)
{
    size_t from = below(f, n + 1), length = below(f, longest);
    return (ocs_span){from, length < n - from ? from + length : n};
}

static void from_another_page(fuzzer *f)
{
    ocs_str other = f->pages[below(f, f->n_pages)];
    ocs_span cut = stretch(f, other.n, 600);
    size_t at = below(f, f->n + 1);
    splice(f, at, at, ocs_str_sub(other, cut.from, cut.to));
}

static void repeat_stretch(fuzzer *f)
{
    char copy[400];
    ocs_span s = stretch(f, f->n, sizeof copy);
    memcpy(copy, f->bytes + s.from, s.to - s.from);
    size_t times = 1 + below(f, 40);
    for (size_t i = 0; i < times; i++)
        splice(f, s.from, s.from, (ocs_str){copy, s.to - s.from});
}

static void change(fuzzer *f)
{
    size_t at = below(f, f->n + 1), kind = below(f, 10);
    ocs_span s = stretch(f, f->n, kind == 0 ? 4000 : 40);
    char byte = (char)chance(f);
    if (kind <= 1)
        splice(f, s.from, s.to, (ocs_str){NULL, 0});
    else if (kind <= 5)
        splice(f, at, at, words[below(f, sizeof words / sizeof *words)]);
    else if (kind == 6 && at < f->n)
        f->bytes[at] = (char)(f->bytes[at] ^ (1 << below(f, 8)));
    else if (kind == 7)
        splice(f, at, at, (ocs_str){&byte, 1});
    else if (kind == 8)
        from_another_page(f);
    else
        repeat_stretch(f);
}

static void mutate(fuzzer *f, unsigned long number)
{
    f->random = number * 0x2545F4914F6CDD1Du + 1;
    ocs_str page = f->pages[below(f, f->n_pages)];
    f->n = page.n < GROWN_MAX ? page.n : GROWN_MAX;
    memcpy(f->bytes, page.p, f->n);
    if (below(f, 8) == 0)
        f->n = below(f, f->n + 1);
    for (size_t i = 1 + below(f, CHANGES_MAX); i > 0; i--)
        change(f);
}

/* ---- what must hold ---- */

static const char *wrong_blocks(const ocs_blocks *blocks)
{
    size_t last = 0;
    if (ocs_utf8_check(blocks->text) != blocks->text.n)
        return "the blocks' text is not UTF-8";
    for (size_t i = 0; i < blocks->n; i++) {
        const ocs_block *b = &blocks->at[i];
        if (b->at.from < last || b->at.to <= b->at.from || b->at.to >= blocks->text.n)
            return "blocks overlap, are empty or leave the text";
        if (b->role == OCS_ROLE_UNDECIDED || !b->reason)
            return "a block has no role or no reason";
        if (blocks->html && b->element >= blocks->n_elements)
            return "a block stands in no element";
        last = b->at.to + 1;
    }
    return NULL;
}

static const char *wrong_packing(fuzzer *f, const ocs_document *document)
{
    const char *wrong = NULL;
    ocs_buf first, second;
    ocs_error err = {0};
    ocs_document back;
    ocs_status status;
    ocs_buf_init(&first, ARENA);
    ocs_buf_init(&second, ARENA);
    ocs_document_pack(document, &first);
    if (ocs_buf_status(&first) != OCS_OK)
        wrong = "the document cannot be packed";
    else if ((status = ocs_document_unpack(ocs_buf_str(&first), f->arena, &back, &err)) != OCS_OK)
        wrong = status == OCS_LIMIT ? NULL : "the packed document cannot be unpacked";
    else {
        ocs_document_pack(&back, &second);
        if (!ocs_str_eq(ocs_buf_str(&first), ocs_buf_str(&second)))
            wrong = "the document is another after packing";
    }
    ocs_buf_clear(&first);
    ocs_buf_clear(&second);
    return wrong;
}

static const char *wrong_page(fuzzer *f, ocs_str path, ocs_error *err)
{
    ocs_page page = {.path = path};
    ocs_document document;
    const ocs_blocks *blocks = NULL;
    page.bytes = (ocs_str){malloc(f->n + 1), f->n}; /* a piece of its own: edges are seen */
    if (!page.bytes.p)
        return "no memory for the page";
    memcpy((char *)(uintptr_t)page.bytes.p, f->bytes, f->n);
    const char *wrong = NULL;
    ocs_status status =
        ocs_ingest_page(f->ingest, &page, OCS_STAGE_MENTIONS, f->arena, &document, &blocks, err);
    if (status != OCS_OK && status != OCS_LIMIT)
        wrong = "the page was not ingested";
    else if (status == OCS_OK && ocs_document_check(&document, err) != OCS_OK)
        wrong = "the document breaks a promise";
    else if (status == OCS_OK && (wrong = wrong_blocks(blocks)) == NULL)
        wrong = wrong_packing(f, &document);
    ocs_arena_clear(f->arena);
    free((char *)(uintptr_t)page.bytes.p);
    return wrong;
}

/* ---- the run ---- */

static void keep_page(const fuzzer *f)
{
    FILE *file = f->plan.keep ? fopen(f->plan.keep, "wb") : NULL;
    if (!file)
        return;
    bool written = fwrite(f->bytes, 1, f->n, file) == f->n;
    if (fclose(file) != 0 || !written)
        fprintf(stderr, "fuzz-ingest: %s is incomplete\n", f->plan.keep);
}

/* The same with too little memory for most pages: a limit may be met anywhere. */
static const char *wrong_when_tight(fuzzer *f, ocs_str path, ocs_error *err)
{
    ocs_arena *roomy = f->arena, *tight = ocs_arena_new(TIGHT_MIN + below(f, TIGHT_MAX));
    if (!tight)
        return "no memory for an arena";
    f->arena = tight;
    const char *wrong = wrong_page(f, path, err);
    f->arena = roomy;
    ocs_arena_free(tight);
    return wrong;
}

static bool run_case(fuzzer *f, unsigned long number)
{
    static const ocs_str paths[] = {OCS_STR_INIT("fuzz.txt"), OCS_STR_INIT("fuzz.html")};
    if (f->plan.trace)
        fprintf(stderr, "case %lu\n", number);
    mutate(f, number);
    if (f->plan.keep && f->plan.count == 1)
        keep_page(f);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        ocs_error err = {0};
        time_t start = time(NULL);
        bool tight = below(f, 8) == 0;
        const char *wrong =
            tight ? wrong_when_tight(f, paths[i], &err) : wrong_page(f, paths[i], &err);
        if (!wrong && time(NULL) - start >= SLOW)
            wrong = "the page took too long";
        if (!wrong)
            continue;
        fprintf(stderr, "fuzz-ingest: case %lu as %.*s: %s %s\n", number, OCS_ARG(paths[i]), wrong,
                err.text);
        return false;
    }
    return true;
}

static unsigned run_all(fuzzer *f)
{
    time_t end = time(NULL) + f->plan.seconds;
    unsigned failed = 0;
    unsigned long done = 0;
    while (done < f->plan.count && (f->plan.seconds == 0 || time(NULL) < end))
        failed += !run_case(f, f->plan.from + done++);
    if (f->plan.keep && f->plan.count > 1)
        keep_page(f);
    printf("%lu cases over %zu pages, %u failed\n", done, f->n_pages, failed);
    return failed;
}

static bool read_page(fuzzer *f, const char *path)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(PAGE_MAX);
    bool fine = file && bytes && f->n_pages < PAGES_MAX;
    if (fine)
        f->pages[f->n_pages++] = (ocs_str){bytes, fread(bytes, 1, PAGE_MAX, file)};
    else
        free(bytes);
    if (file)
        fclose(file);
    return fine;
}

static bool read_option(plan *p, const char *word)
{
    if (strncmp(word, "--from=", 7) == 0)
        p->from = strtoul(word + 7, NULL, 10);
    else if (strncmp(word, "--count=", 8) == 0)
        p->count = strtoul(word + 8, NULL, 10);
    else if (strncmp(word, "--seconds=", 10) == 0)
        p->seconds = strtol(word + 10, NULL, 10);
    else if (strncmp(word, "--keep=", 7) == 0)
        p->keep = word + 7;
    else if (strcmp(word, "--trace") == 0)
        p->trace = true;
    else
        return false;
    return true;
}

static bool read_arguments(fuzzer *f, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (read_option(&f->plan, argv[i]) || read_page(f, argv[i]))
            continue;
        fprintf(stderr, "fuzz-ingest: cannot read %s\n", argv[i]);
        return false;
    }
    if (f->n_pages == 0)
        fprintf(stderr, "fuzz-ingest: no pages to mutate\n");
    return f->n_pages > 0;
}

static bool prepare(fuzzer *f)
{
    f->arena = ocs_arena_new(ARENA);
    f->bytes = malloc(GROWN_MAX);
    return f->arena && f->bytes && ocs_ingest_new(&f->ingest, NULL) == OCS_OK;
}

static void release(fuzzer *f)
{
    ocs_ingest_free(f->ingest);
    ocs_arena_free(f->arena);
    free(f->bytes);
    for (size_t i = 0; i < f->n_pages; i++)
        free((char *)(uintptr_t)f->pages[i].p);
    free(f);
}

int main(int argc, char **argv)
{
    fuzzer *f = calloc(1, sizeof *f);
    if (!f)
        return 70;
    f->plan.count = 1000;
    bool ready = read_arguments(f, argc, argv) && prepare(f);
    unsigned failed = ready ? run_all(f) : 1;
    release(f);
    return failed > 0;
}
