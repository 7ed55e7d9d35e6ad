/* pagegen [--count N] [--form txt|html|mixed] [--seed S] [--truth] [--texts] DIR: write N pages below
 * DIR, a thousand to a folder.  --truth prints what each page says of itself: path, date and title
 * with tabs between, "-" and "empty" for a page of navigation only; --texts adds the paragraphs, each
 * behind a tab. */
#include "tests/bench/pagegen.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { PAGE_CAP = 1 << 20, FOLDER = 1000, FORM_TXT = 1, FORM_HTML = 2 };

typedef struct job {
    const char *dir;
    unsigned long long count, seed;
    unsigned forms; /* a set of FORM_ */
    bool truth, texts;
} job;

static bool fail(const char *path)
{
    fprintf(stderr, "pagegen: %s: %s\n", path, strerror(errno));
    return false;
}

static bool make_folder(const char *path)
{
    return mkdir(path, 0777) == 0 || errno == EEXIST || fail(path);
}

static bool write_file(const char *path, ocs_str bytes)
{
    FILE *out = fopen(path, "wb");
    if (!out)
        return fail(path);
    bool whole = fwrite(bytes.p, 1, bytes.n, out) == bytes.n;
    return fclose(out) == 0 && whole ? true : fail(path);
}

static void print_truth(const job *j, const article *a, const char *path)
{
    printf("%s\t%s\t%s", path, a->empty ? "-" : a->date, a->empty ? "empty" : a->title);
    for (size_t i = 0; j->texts && !a->empty && i < a->n_paragraphs; i++)
        printf("\t%.*s", OCS_ARG(a->paragraphs[i]));
    putchar('\n');
}

static bool write_page(const job *j, const world *w, uint64_t number, article *a, ocs_buf *page)
{
    char path[4096];
    bool html = j->forms == FORM_HTML || (j->forms != FORM_TXT && number % 2 == 1);
    snprintf(path, sizeof path, "%s/%03llu", j->dir, (unsigned long long)(number / FOLDER));
    if (number % FOLDER == 0 && !make_folder(path))
        return false;
    snprintf(path, sizeof path, "%s/%03llu/%07llu.%s", j->dir,
             (unsigned long long)(number / FOLDER), (unsigned long long)number,
             html ? "html" : "txt");
    article_write(w, j->seed, number, a);
    ocs_buf_reset(page);
    (html ? form_html : form_txt)(w, a, page);
    if (ocs_buf_status(page) != OCS_OK || ocs_buf_status(&a->text) != OCS_OK) {
        fprintf(stderr, "pagegen: %s: page too large\n", path);
        return false;
    }
    if (j->truth)
        print_truth(j, a, path);
    return write_file(path, ocs_buf_str(page));
}

static bool write_pages(const job *j, world *w)
{
    article a;
    ocs_buf page;
    article_init(&a);
    ocs_buf_init(&page, PAGE_CAP);
    world_fill(w);
    bool fine = make_folder(j->dir);
    for (uint64_t i = 0; fine && i < j->count; i++)
        fine = write_page(j, w, i, &a, &page);
    ocs_buf_clear(&page);
    article_clear(&a);
    return fine;
}

static unsigned form_named(const char *name)
{
    return strcmp(name, "txt") == 0     ? FORM_TXT
           : strcmp(name, "html") == 0  ? FORM_HTML
           : strcmp(name, "mixed") == 0 ? FORM_TXT | FORM_HTML
                                        : 0u;
}

static bool number_of(const char *text, unsigned long long *number)
{
    char *end;
    errno = 0;
    *number = strtoull(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && *text != '-';
}

static bool parse(int argc, char **argv, job *j)
{
    static const struct option options[] = {
        {"count", required_argument, NULL, 'c'}, {"form", required_argument, NULL, 'f'},
        {"seed", required_argument, NULL, 's'},  {"truth", no_argument, NULL, 't'},
        {"texts", no_argument, NULL, 'x'},       {NULL, 0, NULL, 0},
    };
    for (int option; (option = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        bool fine = option == 'c'   ? number_of(optarg, &j->count)
                    : option == 's' ? number_of(optarg, &j->seed)
                    : option == 'f' ? (j->forms = form_named(optarg)) != 0
                                    : option == 't' || option == 'x';
        if (!fine)
            return false;
        j->truth |= option == 't' || option == 'x';
        j->texts |= option == 'x';
    }
    j->dir = argv[optind];
    return optind + 1 == argc;
}

int main(int argc, char **argv)
{
    job j = {.count = 1000, .seed = 1, .forms = FORM_TXT | FORM_HTML};
    if (!parse(argc, argv, &j)) {
        fputs("usage: pagegen [--count N] [--form txt|html|mixed] [--seed S] [--truth] [--texts] "
              "DIR\n",
              stderr);
        return 2;
    }
    world *w = malloc(sizeof *w);
    bool fine = w && write_pages(&j, w);
    free(w);
    return fine && fflush(stdout) == 0 ? 0 : 1;
}
