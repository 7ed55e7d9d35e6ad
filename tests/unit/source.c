/* Folders, files and lists of files, each made below a folder of the test's own. */
#include "corpus/source.h"
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATH_ROOM = 4096 };

typedef struct place {
    char root[PATH_ROOM];   /* real path of the test's folder */
    char before[PATH_ROOM]; /* where the program stood */
} place;

/* ---- a folder to play in ---- */

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static int make_place(void **state)
{
    place *p = calloc(1, sizeof *p);
    const char *above = getenv("TMPDIR");
    char made[PATH_ROOM];
    snprintf(made, sizeof made, "%s/ocs-source-XXXXXX", above && *above ? above : "/tmp");
    if (!p || !mkdtemp(made) || !realpath(made, p->root) || !getcwd(p->before, sizeof p->before) ||
        chdir(p->root) != 0)
        return -1;
    *state = p;
    return 0;
}

static int remove_place(void **state)
{
    place *p = *state;
    int failed = chdir(p->before) | nftw(p->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(p);
    return failed;
}

static void write_file(const char *name, const char *content)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void make_folder(const char *name)
{
    assert_int_equal(mkdir(name, 0777), 0);
}

/* ---- walking ---- */

static ocs_source *open_source(const char *path)
{
    ocs_source *source;
    ocs_error err = {0};
    if (ocs_source_open(path, &source, &err) != OCS_OK)
        fail_msg("%s", err.text);
    return source;
}

static const char *below(const place *p, const char *path)
{
    size_t n = strlen(p->root);
    assert_memory_equal(path, p->root, n);
    assert_int_equal(path[n], '/');
    return path + n + 1;
}

/* All that the source gives, a line each: "name" or "name: status". */
static void walk(const place *p, ocs_source *source, ocs_buf *out)
{
    ocs_page_info info;
    ocs_error err = {0};
    ocs_status st;
    ocs_buf_init(out, 1 << 20);
    while ((st = ocs_source_next(source, &info, &err)) != OCS_NOTFOUND) {
        ocs_buf_puts(out, below(p, info.path));
        if (st != OCS_OK) {
            assert_non_null(strstr(err.text, info.path));
            ocs_buf_putf(out, ": %s", ocs_status_name(st));
        }
        ocs_buf_putc(out, '\n');
    }
    assert_null(info.path);
    assert_int_equal(ocs_source_next(source, &info, &err), OCS_NOTFOUND);
    ocs_source_close(source);
}

static void assert_walk(const place *p, ocs_source *source, const char *expected)
{
    ocs_buf out;
    walk(p, source, &out);
    assert_string_equal(out.p ? out.p : "", expected);
    ocs_buf_clear(&out);
}

static void a_folder_comes_in_the_order_of_whole_paths(void **state)
{
    make_folder("a");
    make_folder("a/b");
    make_folder("empty");
    write_file("a/x", "");
    write_file("a/b/y", "");
    write_file("a/b!", "");
    write_file("a/b0", "");
    write_file("a-b", "");
    write_file("a.html", "");
    write_file("a0", "");
    write_file("Z", "");
    write_file("\xC5\xBE.html", "");
    write_file(".hidden", "");
    make_folder(".git");
    write_file(".git/config", "");
    write_file("left.over~", "");
    assert_walk(*state, open_source("."),
                "Z\na-b\na.html\na/b!\na/b/y\na/b0\na/x\na0\nleft.over~\n\xC5\xBE.html\n");
}

/* But it is taken when somebody names it. */
static void what_is_no_page_by_its_name_is_passed_over_below_a_folder(void **state)
{
    make_folder("a.css");
    write_file("a.css/x", "");
    write_file("style.CSS", "");
    write_file("logo.png", "");
    write_file("report.pdf", "");
    write_file("page.php?x=1", "");
    write_file("png", "");
    ocs_source *source = open_source(".");
    ocs_page_info info;
    ocs_error err;
    while (ocs_source_next(source, &info, &err) == OCS_OK)
        continue;
    assert_int_equal(ocs_source_passed_over(source), 3);
    ocs_source_close(source);
    assert_walk(*state, open_source("."), "a.css/x\npage.php?x=1\npng\n");
    assert_walk(*state, open_source("logo.png"), "logo.png\n");
}

static void an_empty_folder_has_no_pages(void **state)
{
    assert_walk(*state, open_source("."), "");
}

static void a_folder_is_named_by_its_real_path(void **state)
{
    place *p = *state;
    make_folder("pages");
    write_file("pages/x", "");
    assert_int_equal(symlink("pages", "link"), 0);
    ocs_source *source = open_source("link/../link/");
    assert_string_equal(below(p, ocs_source_name(source)), "pages");
    assert_int_equal(ocs_source_kind_of(source), OCS_SOURCE_FOLDER);
    assert_walk(p, source, "pages/x\n");
}

static void links_are_followed_but_not_in_circles(void **state)
{
    make_folder("a");
    make_folder("a/b");
    make_folder("other");
    write_file("a/b/page", "");
    write_file("other/page", "");
    assert_int_equal(symlink("../..", "a/b/up"), 0);
    assert_int_equal(symlink(".", "a/self"), 0);
    assert_int_equal(symlink("../other", "a/friend"), 0);
    assert_int_equal(symlink("../a/b/page", "other/to-page"), 0);
    assert_walk(*state, open_source("."),
                "a/b/page\na/b/up: bad input\na/friend/page\na/friend/to-page\n"
                "a/self: bad input\nother/page\nother/to-page\n");
}

static void a_dangling_link_is_told(void **state)
{
    write_file("b", "");
    assert_int_equal(symlink("nowhere", "a"), 0);
    assert_int_equal(symlink("ring", "ring"), 0);
    assert_walk(*state, open_source("."), "a: input/output\nb\nring: input/output\n");
}

static void make_socket(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", name);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
}

static void pipes_sockets_and_devices_are_refused(void **state)
{
    assert_int_equal(mkfifo("fifo", 0666), 0);
    make_socket("socket");
    assert_int_equal(symlink("/dev/null", "null"), 0);
    write_file("page", "");
    assert_walk(*state, open_source("."),
                "fifo: bad input\nnull: bad input\npage\nsocket: bad input\n");
}

static void an_unreadable_folder_is_one_fault(void **state)
{
    if (geteuid() == 0)
        skip();
    make_folder("a");
    write_file("a/x", "");
    write_file("b", "");
    assert_int_equal(chmod("a", 0), 0);
    ocs_source *source = open_source(".");
    ocs_buf out;
    walk(*state, source, &out);
    assert_int_equal(chmod("a", 0777), 0);
    assert_string_equal(out.p, "a: input/output\nb\n");
    ocs_buf_clear(&out);
}

/* What was listed as a folder and is gone when its turn comes: a fault even for root. */
static void a_folder_that_goes_away_is_one_fault(void **state)
{
    place *p = *state;
    write_file("a", "");
    make_folder("b");
    write_file("c", "");
    ocs_source *source = open_source(".");
    assert_int_equal(rmdir("b"), 0);
    assert_walk(p, source, "a\nb: input/output\nc\n");
}

static void too_deep_a_folder_is_one_fault(void **state)
{
    place *p = *state;
    make_folder("top");
    write_file("top/z", "");
    assert_int_equal(chdir("top"), 0);
    for (int i = 0; i < 220; i++) {
        make_folder("d");
        assert_int_equal(chdir("d"), 0);
    }
    write_file("bottom", "");
    assert_int_equal(chdir(p->root), 0);
    ocs_source *source = open_source("top");
    ocs_page_info info;
    ocs_error err;
    assert_int_equal(ocs_source_next(source, &info, &err), OCS_LIMIT);
    assert_int_equal(ocs_source_next(source, &info, &err), OCS_OK);
    assert_string_equal(below(p, info.path), "top/z");
    assert_int_equal(ocs_source_next(source, &info, &err), OCS_NOTFOUND);
    ocs_source_close(source);
}

/* ---- a file ---- */

static void a_file_is_its_only_page(void **state)
{
    place *p = *state;
    write_file("page", "hello");
    assert_int_equal(symlink("page", "link"), 0);
    ocs_source *source = open_source("link");
    ocs_page_info info;
    struct stat st;
    assert_int_equal(ocs_source_kind_of(source), OCS_SOURCE_FILE);
    assert_int_equal(ocs_source_next(source, &info, NULL), OCS_OK);
    assert_int_equal(stat("page", &st), 0);
    assert_string_equal(below(p, info.path), "page");
    assert_int_equal(info.size, 5);
    assert_int_equal(info.mtime_ns / 1000000000, st.st_mtim.tv_sec);
    assert_int_equal(info.mtime_ns % 1000000000, st.st_mtim.tv_nsec);
    assert_int_equal(ocs_source_next(source, &info, NULL), OCS_NOTFOUND);
    ocs_source_close(source);
}

static void a_folder_tells_size_and_time_too(void **state)
{
    (void)state;
    write_file("page", "hello");
    struct timespec times[2] = {{.tv_sec = 5}, {.tv_sec = 1487000000, .tv_nsec = 123456789}};
    assert_int_equal(utimensat(AT_FDCWD, "page", times, 0), 0);
    ocs_source *source = open_source(".");
    ocs_page_info info;
    assert_int_equal(ocs_source_next(source, &info, NULL), OCS_OK);
    assert_int_equal(info.size, 5);
    assert_true(info.mtime_ns == INT64_C(1487000000123456789));
    ocs_source_close(source);
}

static void assert_not_opened(const char *path, ocs_status expected)
{
    ocs_source *source;
    ocs_error err = {0};
    assert_int_equal(ocs_source_open(path, &source, &err), expected);
    assert_null(source);
    assert_non_null(strstr(err.text, path));
}

static void a_missing_source_is_not_found(void **state)
{
    (void)state;
    write_file("page", "");
    assert_int_equal(symlink("nowhere", "dangling"), 0);
    assert_not_opened("nothing", OCS_NOTFOUND);
    assert_not_opened("page/below", OCS_NOTFOUND);
    assert_not_opened("dangling", OCS_NOTFOUND);
}

static void a_source_is_a_file_or_a_folder(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("fifo", 0666), 0);
    assert_not_opened("fifo", OCS_BADINPUT);
    assert_not_opened("/dev/null", OCS_BADINPUT);
}

static void an_unreadable_source_is_told_at_once(void **state)
{
    (void)state;
    if (geteuid() == 0)
        skip();
    make_folder("closed");
    write_file("secret", "");
    assert_int_equal(chmod("closed", 0) | chmod("secret", 0), 0);
    assert_not_opened("closed", OCS_IO);
    assert_not_opened("secret", OCS_IO);
    assert_int_equal(chmod("closed", 0777), 0);
}

/* ---- lists ---- */

static ocs_status open_list(const char *bytes, size_t n, bool nul, ocs_source **source,
                            ocs_error *err)
{
    FILE *stream = tmpfile();
    assert_non_null(stream);
    assert_int_equal(fwrite(bytes, 1, n, stream), n);
    rewind(stream);
    ocs_status st = ocs_source_open_list(stream, "list.txt", nul, source, err);
    fclose(stream);
    return st;
}

static void assert_list(const place *p, const char *bytes, size_t n, bool nul, const char *expected)
{
    ocs_source *source;
    ocs_error err = {0};
    if (open_list(bytes, n, nul, &source, &err) != OCS_OK)
        fail_msg("%s", err.text);
    assert_string_equal(ocs_source_name(source), "list:list.txt");
    assert_int_equal(ocs_source_kind_of(source), OCS_SOURCE_LIST);
    assert_walk(p, source, expected);
}

static void a_list_is_sorted_and_free_of_doubles(void **state)
{
    place *p = *state;
    make_folder("a");
    write_file("a/x", "");
    write_file("b", "");
    char list[2 * PATH_ROOM];
    int n = snprintf(list, sizeof list, "b\r\n\n./a/x\nmissing\r\na/../b\n%s/a//x\na/x", p->root);
    assert_list(p, list, (size_t)n, false, "a/x\nb\nmissing: input/output\n");
}

static void a_list_spells_paths_as_a_folder_does(void **state)
{
    place *p = *state;
    make_folder("pages");
    write_file("target", "");
    assert_int_equal(symlink("../target", "pages/x"), 0);
    assert_int_equal(symlink("pages", "link"), 0);
    assert_walk(p, open_source("link"), "pages/x\n");
    assert_list(p, "link/x", 6, false, "pages/x\n");
}

static void a_list_may_be_separated_by_nul(void **state)
{
    static const char list[] = "new\nline\0cr\r\0\0plain";
    write_file("new\nline", "");
    write_file("cr\r", "");
    write_file("plain", "");
    assert_list(*state, list, sizeof list - 1, true, "cr\r\nnew\nline\nplain\n");
}

static void a_list_names_files_only(void **state)
{
    make_folder("a");
    write_file("a/x", "");
    assert_int_equal(mkfifo("fifo", 0666), 0);
    static const char list[] = "a\nfifo\ngone/x\na/x\n";
    assert_list(*state, list, sizeof list - 1, false,
                "a: bad input\na/x\nfifo: bad input\ngone/x: input/output\n");
}

static void an_empty_list_has_no_pages(void **state)
{
    assert_list(*state, "", 0, false, "");
    assert_list(*state, "\n\r\n\n", 4, false, "");
    assert_list(*state, "\0\0", 2, true, "");
}

static void a_nul_byte_in_a_list_of_lines_is_told(void **state)
{
    (void)state;
    ocs_source *source;
    ocs_error err = {0};
    assert_int_equal(open_list("a\nb\0c\n", 6, false, &source, &err), OCS_BADINPUT);
    assert_null(source);
    assert_non_null(strstr(err.text, "list.txt, line 2"));
}

static void a_list_that_cannot_be_read_is_told(void **state)
{
    (void)state;
    FILE *folder = fopen(".", "r"); /* opens, but every read fails */
    assert_non_null(folder);
    ocs_source *source;
    ocs_error err = {0};
    assert_int_equal(ocs_source_open_list(folder, "here", false, &source, &err), OCS_IO);
    assert_null(source);
    fclose(folder);
}

/* ---- reading a page ---- */

static void assert_read(const char *path, size_t cap, ocs_status expected, const char *content)
{
    ocs_arena *arena = ocs_arena_new(1 << 20);
    ocs_error err = {0};
    ocs_str bytes;
    assert_int_equal(ocs_page_read(path, cap, arena, &bytes, &err), expected);
    if (expected == OCS_OK) {
        assert_int_equal(bytes.n, strlen(content));
        assert_memory_equal(bytes.p, content, bytes.n);
    } else {
        assert_int_equal(bytes.n, 0);
        assert_int_equal(err.status, expected);
        assert_non_null(strstr(err.text, content));
    }
    ocs_arena_free(arena);
}

static void a_page_is_read_whole(void **state)
{
    (void)state;
    write_file("page", "hello");
    write_file("empty", "");
    assert_read("page", 5, OCS_OK, "hello");
    assert_read("empty", 0, OCS_OK, "");
}

static void a_page_larger_than_the_cap_is_refused(void **state)
{
    (void)state;
    write_file("page", "hello");
    assert_read("page", 4, OCS_LIMIT, "larger than 4 bytes");
}

static void an_arena_too_small_is_told(void **state)
{
    (void)state;
    write_file("page", "hello");
    ocs_arena *arena = ocs_arena_new(4);
    ocs_str bytes;
    assert_int_equal(ocs_page_read("page", 99, arena, &bytes, NULL), OCS_LIMIT);
    ocs_arena_free(arena);
}

/* The system states 0 bytes for files of /proc, but gives some: a file that grew. */
static void a_page_that_grows_is_told(void **state)
{
    (void)state;
    if (access("/proc/self/status", R_OK) != 0)
        skip();
    assert_read("/proc/self/status", 1 << 20, OCS_IO, "changed while it was read");
}

/* And it states a whole page of memory for files of /sys, but gives less: a file that shrank. */
static void a_page_that_shrinks_is_told(void **state)
{
    (void)state;
    if (access("/sys/kernel/mm/transparent_hugepage/enabled", R_OK) != 0)
        skip();
    assert_read("/sys/kernel/mm/transparent_hugepage/enabled", 1 << 20, OCS_IO,
                "changed while it was read");
}

static void what_is_no_page_is_refused_without_waiting(void **state)
{
    (void)state;
    assert_int_equal(mkfifo("fifo", 0666), 0);
    make_socket("socket");
    make_folder("folder");
    assert_read("fifo", 99, OCS_BADINPUT, "fifo is a named pipe");
    assert_read("socket", 99, OCS_BADINPUT, "socket is not a regular file");
    assert_read("folder", 99, OCS_BADINPUT, "folder is a folder");
    assert_read("/dev/null", 99, OCS_BADINPUT, "/dev/null is a device");
    assert_read("gone", 99, OCS_IO, "cannot read gone");
}

/* Put ${content} where standard input is, as a pipe, and read it. */
static void assert_piped(const char *content, size_t cap, ocs_status expected, const char *read)
{
    int ends[2], kept = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], content, strlen(content)), (ssize_t)strlen(content));
    close(ends[1]);
    assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    close(ends[0]);
    assert_read("-", cap, expected, read);
    if (kept >= 0) {
        assert_int_equal(dup2(kept, STDIN_FILENO), STDIN_FILENO);
        close(kept);
    }
}

static void standard_input_may_be_a_pipe(void **state)
{
    (void)state;
    assert_piped("hello", 5, OCS_OK, "hello");
    assert_piped("", 5, OCS_OK, "");
    assert_piped("hello", 4, OCS_LIMIT, "standard input is larger than 4 bytes");
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, make_place, remove_place)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(a_folder_comes_in_the_order_of_whole_paths),
        CASE(what_is_no_page_by_its_name_is_passed_over_below_a_folder),
        CASE(an_empty_folder_has_no_pages),
        CASE(a_folder_is_named_by_its_real_path),
        CASE(links_are_followed_but_not_in_circles),
        CASE(a_dangling_link_is_told),
        CASE(pipes_sockets_and_devices_are_refused),
        CASE(an_unreadable_folder_is_one_fault),
        CASE(a_folder_that_goes_away_is_one_fault),
        CASE(too_deep_a_folder_is_one_fault),
        CASE(a_file_is_its_only_page),
        CASE(a_folder_tells_size_and_time_too),
        CASE(a_missing_source_is_not_found),
        CASE(a_source_is_a_file_or_a_folder),
        CASE(an_unreadable_source_is_told_at_once),
        CASE(a_list_is_sorted_and_free_of_doubles),
        CASE(a_list_spells_paths_as_a_folder_does),
        CASE(a_list_may_be_separated_by_nul),
        CASE(a_list_names_files_only),
        CASE(an_empty_list_has_no_pages),
        CASE(a_nul_byte_in_a_list_of_lines_is_told),
        CASE(a_list_that_cannot_be_read_is_told),
        CASE(a_page_is_read_whole),
        CASE(a_page_larger_than_the_cap_is_refused),
        CASE(an_arena_too_small_is_told),
        CASE(a_page_that_grows_is_told),
        CASE(a_page_that_shrinks_is_told),
        CASE(what_is_no_page_is_refused_without_waiting),
        CASE(standard_input_may_be_a_pipe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
