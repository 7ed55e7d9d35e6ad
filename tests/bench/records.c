/* What an index costs once the documents are there: documents become records, records a database.
 *
 * Pages are read and made into documents once; these are packed into a file of the working folder.
 * Then each step runs in a process of its own, so that its peak memory is its own, and counts the
 * user and system time of
 *   records   ocs_record_make and ocs_record_pack for each document: cutting into words, spelling,
 *             stemming, terms, values, data, columns; not the unpacking of the document
 *   database  what happens to a record in the process that writes: it comes as bytes, is unpacked and
 *             put into a batch with the state of its page; the last call makes the database, on the
 *             disk, with columns and metadata.  By our builder, then by libxapian.
 * Nothing else is in these steps, and nothing that `ocsearch index` does with a document or record is
 * left out but its way through a socket. */
#include "index/batch.h"
#include "ingest/ingest.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATH_CAP = 4096 };

static const size_t arena_cap = (size_t)2 << 30, page_cap = (size_t)64 << 20;

typedef struct job {
    const char *folder; /* of pages; NULL: the documents are there from an earlier run */
    const char *work;
    unsigned rounds;
    bool ours, xapians;
} job;

/* What one step tells of itself. */
typedef struct outcome {
    double seconds; /* of CPU */
    uint64_t documents, text, terms, placed, bytes;
    long peak; /* KiB */
    bool fine;
} outcome;

static bool complain(const char *what, const ocs_error *err)
{
    fprintf(stderr, "records: %s: %s\n", what, err->text);
    return false;
}

static void path_of(char path[PATH_CAP], const job *j, const char *name)
{
    snprintf(path, PATH_CAP, "%s/%s", j->work, name);
}

static FILE *open_in(const job *j, const char *name, const char *mode)
{
    char path[PATH_CAP];
    path_of(path, j, name);
    FILE *file = fopen(path, mode);
    if (!file)
        perror(path);
    return file;
}

/* ---- pieces: a length, then bytes ---- */

static bool write_piece(FILE *file, ocs_str piece)
{
    uint64_t n = piece.n;
    return fwrite(&n, sizeof n, 1, file) == 1 && fwrite(piece.p, 1, piece.n, file) == piece.n;
}

/* False at the end, and when a piece is cut off. */
static bool read_piece(FILE *file, ocs_arena *arena, ocs_str *piece)
{
    uint64_t n;
    char *bytes;
    if (fread(&n, sizeof n, 1, file) != 1 || !(bytes = ocs_arena_alloc(arena, n)))
        return false;
    *piece = (ocs_str){bytes, n};
    return fread(bytes, 1, n, file) == n;
}

/* ---- pages to documents ---- */

static bool same_record(const ocs_document *a, const ocs_document *b, ocs_stemmers *stemmers,
                        ocs_arena *arena)
{
    ocs_record one, other;
    ocs_buf bytes[2];
    ocs_error err;
    ocs_buf_init(&bytes[0], arena_cap);
    ocs_buf_init(&bytes[1], arena_cap);
    bool same = ocs_record_make(a, stemmers, arena, &one, &err) == OCS_OK &&
                ocs_record_make(b, stemmers, arena, &other, &err) == OCS_OK;
    if (same) {
        ocs_record_pack(&one, &bytes[0]);
        ocs_record_pack(&other, &bytes[1]);
        same = ocs_str_eq(ocs_buf_str(&bytes[0]), ocs_buf_str(&bytes[1]));
    }
    ocs_buf_clear(&bytes[0]);
    ocs_buf_clear(&bytes[1]);
    return same;
}

/* A packed document is as good as the one that was packed: it gives the same record. */
static bool keep_document(FILE *out, const ocs_document *document, ocs_stemmers *stemmers,
                          ocs_arena *arena)
{
    ocs_buf packed;
    ocs_document again;
    ocs_error err = {0};
    ocs_buf_init(&packed, arena_cap);
    ocs_document_pack(document, &packed);
    ocs_str bytes = ocs_buf_str(&packed);
    bool fine =
        ocs_document_unpack(bytes, arena, &again, &err) == OCS_OK || complain("unpack", &err);
    if (fine && !same_record(document, &again, stemmers, arena)) {
        fprintf(stderr, "records: %.*s is another document once packed\n", OCS_ARG(document->path));
        fine = false;
    }
    fine = fine && write_piece(out, bytes);
    ocs_buf_clear(&packed);
    return fine;
}

static bool keep_page(FILE *out, const char *path, ocs_ingest *ingest, ocs_stemmers *stemmers,
                      ocs_arena *arena)
{
    ocs_page page = {.path = ocs_str_of(path)};
    ocs_document document;
    ocs_error err = {0};
    char id[17];
    if (ocs_page_read(path, page_cap, arena, &page.bytes, &err) != OCS_OK ||
        ocs_ingest_page(ingest, &page, OCS_STAGE_MENTIONS, arena, &document, NULL, &err) != OCS_OK)
        return complain(path, &err); /* and it is left out */
    ocs_document_id(page.path, id);
    document.id = ocs_str_copy(arena, ocs_str_of(id));
    return keep_document(out, &document, stemmers, arena);
}

static void read_pages(const job *j, outcome *o)
{
    ocs_error err = {0};
    ocs_source *source = NULL;
    ocs_ingest *ingest = NULL;
    ocs_page_info info;
    ocs_arena *arena = ocs_arena_new(arena_cap);
    ocs_stemmers *stemmers = ocs_stemmers_new();
    FILE *out = open_in(j, "documents", "wb");
    o->fine = arena && stemmers && out && ocs_ingest_new(&ingest, &err) == OCS_OK &&
              ocs_source_open(j->folder, &source, &err) == OCS_OK;
    while (o->fine && ocs_source_next(source, &info, &err) == OCS_OK) {
        o->documents += keep_page(out, info.path, ingest, stemmers, arena);
        ocs_arena_clear(arena);
    }
    o->fine = o->fine && fclose(out) == 0 && o->documents > 0;
    if (!o->fine)
        complain(j->folder, &err);
    ocs_source_close(source);
    ocs_ingest_free(ingest);
    ocs_stemmers_free(stemmers);
    ocs_arena_free(arena);
}

/* ---- documents to records ---- */

static double cpu_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void count_record(const ocs_record *record, const ocs_document *document, outcome *o)
{
    o->documents++;
    o->text += document->text.n;
    o->terms += record->n_terms;
    for (size_t i = 0; i < record->n_terms; i++)
        o->placed += record->terms[i].n_positions > 0;
}

static bool make_one(const ocs_document *document, ocs_stemmers *stemmers, ocs_arena *arena,
                     ocs_buf *packed, outcome *o)
{
    ocs_record record;
    ocs_error err = {0};
    ocs_buf_reset(packed);
    double before = cpu_now();
    ocs_status st = ocs_record_make(document, stemmers, arena, &record, &err);
    if (st == OCS_OK)
        ocs_record_pack(&record, packed);
    o->seconds += cpu_now() - before;
    if (st != OCS_OK)
        return complain("record", &err);
    count_record(&record, document, o);
    o->bytes += packed->n;
    return ocs_buf_status(packed) == OCS_OK;
}

static void make_records(const job *j, outcome *o)
{
    ocs_str bytes;
    ocs_document document;
    ocs_buf packed;
    ocs_error err = {0};
    ocs_arena *arena = ocs_arena_new(arena_cap);
    ocs_stemmers *stemmers = ocs_stemmers_new();
    FILE *in = open_in(j, "documents", "rb"), *out = open_in(j, "records", "wb");
    ocs_buf_init(&packed, arena_cap);
    o->fine = arena && stemmers && in && out;
    while (o->fine && read_piece(in, arena, &bytes)) {
        o->fine = (ocs_document_unpack(bytes, arena, &document, &err) == OCS_OK ||
                   complain("documents", &err)) &&
                  make_one(&document, stemmers, arena, &packed, o) &&
                  write_piece(out, document.path) && write_piece(out, ocs_buf_str(&packed));
        ocs_arena_clear(arena);
    }
    o->fine = o->fine && fclose(out) == 0 && fclose(in) == 0;
    ocs_buf_clear(&packed);
    ocs_stemmers_free(stemmers);
    ocs_arena_free(arena);
}

/* ---- records to a database ---- */

static ocs_status put_one(ocs_batch *batch, ocs_str path, ocs_str packed, ocs_arena *arena,
                          ocs_error *err)
{
    ocs_record record;
    ocs_status st = ocs_record_unpack(packed, arena, &record, err);
    if (st != OCS_OK)
        return st;
    ocs_page_state state = {
        .path = path, .size = record.data.n, .hash = ocs_hash(path), .rules = 1};
    st = ocs_batch_put(batch, &record, record.data.n, &state, err);
    return st == OCS_OK ? ocs_batch_flush(batch, err) : st;
}

static void put_all(ocs_batch *batch, FILE *in, ocs_arena *arena, outcome *o)
{
    ocs_str path, packed;
    ocs_error err = {0};
    ocs_status st = OCS_OK;
    while (st == OCS_OK && read_piece(in, arena, &path) && read_piece(in, arena, &packed)) {
        st = put_one(batch, path, packed, arena, &err);
        o->documents++;
        ocs_arena_clear(arena);
    }
    if (st == OCS_OK)
        st = ocs_batch_finish(batch, 1, &err);
    o->fine = st == OCS_OK || complain("database", &err);
}

static void make_database(const job *j, const char *name, bool bulk, outcome *o)
{
    char path[PATH_CAP];
    ocs_error err = {0};
    ocs_batch batch = {0};
    ocs_arena *arena = ocs_arena_new(arena_cap);
    FILE *in = open_in(j, "records", "rb");
    path_of(path, j, name);
    if (arena && in && ocs_batch_init(&batch, path, NULL, bulk, NULL, 0, &err) == OCS_OK)
        put_all(&batch, in, arena, o);
    if (ocs_batch_clear(&batch, &err) != OCS_OK)
        o->fine = complain(path, &err);
    if (in)
        fclose(in);
    ocs_arena_free(arena);
    o->seconds = cpu_now();
}

static void make_ours(const job *j, outcome *o)
{
    make_database(j, "ours", true, o);
}

static void make_xapians(const job *j, outcome *o)
{
    make_database(j, "xapian", false, o);
}

/* ---- steps ---- */

typedef void step(const job *j, outcome *o);

/* The outcome of ${run} in a process of its own. */
static outcome apart(const job *j, step *run)
{
    outcome o = {0};
    int ends[2];
    if (pipe(ends) != 0)
        return o;
    pid_t pid = fork();
    if (pid == 0) {
        struct rusage usage;
        run(j, &o);
        getrusage(RUSAGE_SELF, &usage);
        o.peak = usage.ru_maxrss;
        _exit(write(ends[1], &o, sizeof o) == sizeof o ? 0 : 1);
    }
    close(ends[1]);
    if (pid < 0 || read(ends[0], &o, sizeof o) != sizeof o)
        o.fine = false;
    close(ends[0]);
    if (pid > 0)
        waitpid(pid, NULL, 0);
    return o;
}

/* The bytes of the database ${name}, which is removed first or last. */
static uint64_t measure_folder(const job *j, const char *name, bool remove_it)
{
    static const char *const files[] = {"docdata.glass",  "termlist.glass", "postlist.glass",
                                        "position.glass", "iamglass",       "flintlock"};
    char path[PATH_CAP];
    uint64_t bytes = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s/%s", j->work, name, files[i]);
        FILE *file = fopen(path, "rb");
        if (file && fseek(file, 0, SEEK_END) == 0)
            bytes += (uint64_t)ftell(file);
        if (file)
            fclose(file);
        if (remove_it)
            remove(path);
    }
    path_of(path, j, name);
    if (remove_it)
        remove(path);
    return bytes;
}

/* The least of the rounds.  ${database}: what the step makes, which is made anew each time. */
static outcome best_of(const job *j, step *run, const char *database)
{
    outcome best = {0};
    for (unsigned i = 0; i < j->rounds; i++) {
        if (database)
            measure_folder(j, database, true);
        outcome o = apart(j, run);
        if (!o.fine)
            return o;
        if (database)
            o.bytes = measure_folder(j, database, false);
        if (i == 0 || o.seconds < best.seconds)
            best = o;
    }
    return best;
}

static bool print_line(const char *label, const outcome *o)
{
    if (!o->fine || o->documents == 0)
        return false;
    double n = (double)o->documents;
    printf("%-32s %10.0f %9.3f %8.1f %10.0f\n", label, n / o->seconds, 1e3 * o->seconds / n,
           (double)o->peak / 1024, (double)o->bytes / n);
    return fflush(stdout) == 0;
}

static bool measure_ours(const job *j, const outcome *records)
{
    outcome o = best_of(j, make_ours, "ours");
    if (!print_line("records to database", &o))
        return false;
    o.seconds += records->seconds;
    o.peak = records->peak > o.peak ? records->peak : o.peak;
    return print_line("both", &o);
}

static bool measure(const job *j)
{
    outcome pages = {.fine = true};
    if (j->folder && !(pages = apart(j, read_pages)).fine)
        return false;
    outcome records = best_of(j, make_records, NULL);
    if (!records.fine || records.documents == 0)
        return false;
    double n = (double)records.documents;
    printf("%.0f documents of %.0f bytes of text, %.0f terms, %.0f of them with positions\n", n,
           (double)records.text / n, (double)records.terms / n, (double)records.placed / n);
    printf("%-32s %10s %9s %8s %10s\n", "", "docs/CPUs", "ms/doc", "peak MB", "bytes/doc");
    if (!print_line("documents to records", &records) || (j->ours && !measure_ours(j, &records)))
        return false;
    outcome o = {.fine = true};
    if (j->xapians)
        o = best_of(j, make_xapians, "xapian");
    return !j->xapians || print_line("records to database, libxapian", &o);
}

static bool parse(int argc, char **argv, job *j)
{
    static const struct option options[] = {
        {"builder", required_argument, NULL, 'b'},
        {"rounds", required_argument, NULL, 'r'},
        {NULL, 0, NULL, 0},
    };
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        if (option == 'r' && atoi(optarg) > 0)
            j->rounds = (unsigned)atoi(optarg);
        else if (option == 'b' && strcmp(optarg, "ours") == 0)
            j->xapians = false;
        else if (option == 'b' && strcmp(optarg, "xapian") == 0)
            j->ours = false;
        else
            return false;
    }
    if (optind + 1 != argc && optind + 2 != argc)
        return false;
    j->work = argv[optind];
    j->folder = argv[optind + 1]; /* NULL ends the arguments */
    return true;
}

int main(int argc, char **argv)
{
    job j = {.rounds = 1, .ours = true, .xapians = true};
    if (!parse(argc, argv, &j)) {
        fputs("usage: records [--builder=ours|xapian] [--rounds=N] WORK [PAGES]\n", stderr);
        return 2;
    }
    return measure(&j) ? 0 : 1;
}
