/* Containers of every kind, each written below a folder of the test's own. */
#include "corpus/container.h"
#include "corpus/source.h"
#include "tests/unit/unit.h"

#include <archive.h>
#include <archive_entry.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { ARENA_CAP = 256 << 20, PAGE_CAP = 64 << 20 };

typedef struct tester {
    char root[64], before[4096];
    ocs_arena *arena;
    ocs_buf said; /* what a walk met */
    ocs_error err;
} tester;

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
    (void)st, (void)kind, (void)ftw;
    return remove(path);
}

static int open_tester(void **state)
{
    tester *t = calloc(1, sizeof *t);
    *state = t;
    snprintf(t->root, sizeof t->root, "/tmp/ocs-container-XXXXXX");
    t->arena = ocs_arena_new(ARENA_CAP);
    ocs_buf_init(&t->said, 1 << 20);
    return t->arena && mkdtemp(t->root) && getcwd(t->before, sizeof t->before) &&
                   chdir(t->root) == 0
               ? 0
               : -1;
}

static int close_tester(void **state)
{
    tester *t = *state;
    int failed = chdir(t->before) | nftw(t->root, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    ocs_buf_clear(&t->said);
    ocs_arena_free(t->arena);
    free(t);
    return failed;
}

#define CONTAINER_TEST(test) cmocka_unit_test_setup_teardown(test, open_tester, close_tester)

static void write_file(const char *name, ocs_str content)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(content.p, 1, content.n, file), content.n);
    assert_int_equal(fclose(file), 0);
}

/* ---- archives ---- */

typedef struct member {
    const char *name, *content; /* NULL: a folder */
} member;

static const member two_pages[] = {
    {"./pages", NULL},
    {"./pages/b.txt", "second in name, first in place"},
    {"pages/.hidden", "no"},
    {"pages/../../passwd", "no"},
    {"/pages/a.txt", "first in name"},
};

static void write_archive(const char *name, const member *members, size_t n)
{
    struct archive *a = archive_write_new();
    struct archive_entry *entry = archive_entry_new();
    assert_int_equal(archive_write_set_format_filter_by_ext(a, name), ARCHIVE_OK);
    assert_int_equal(archive_write_open_filename(a, name), ARCHIVE_OK);
    for (size_t i = 0; i < n; i++) {
        const char *content = members[i].content;
        archive_entry_clear(entry);
        archive_entry_set_pathname(entry, members[i].name);
        archive_entry_set_filetype(entry, content ? AE_IFREG : AE_IFDIR);
        archive_entry_set_perm(entry, 0755);
        archive_entry_set_size(entry, content ? (la_int64_t)strlen(content) : 0);
        assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
        if (content)
            archive_write_data(a, content, strlen(content));
    }
    archive_entry_free(entry);
    assert_int_equal(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
}

/* ---- walking ---- */

/* "name [url]: bytes\n" of every member, "! message\n" of every fault. */
static const char *walk(tester *t, const char *path)
{
    ocs_container *container;
    ocs_member found;
    ocs_str bytes;
    ocs_status st;
    ocs_buf_reset(&t->said);
    ocs_buf_puts(&t->said, "");
    if (ocs_container_open(path, &container, &t->err) != OCS_OK)
        fail_msg("%s", t->err.text);
    while ((st = ocs_container_next(container, &found, &t->err)) != OCS_NOTFOUND) {
        if (st == OCS_OK) {
            ocs_buf_putf(&t->said, "%s [%s]: ", found.name, found.url ? found.url : "");
            st = ocs_container_read(container, PAGE_CAP, t->arena, &bytes, &t->err);
        }
        if (st == OCS_OK)
            ocs_buf_putf(&t->said, "%.*s\n", OCS_ARG(bytes));
        else
            ocs_buf_putf(&t->said, "! %s\n", t->err.text);
        if (st == OCS_LIMIT)
            break;
    }
    ocs_container_close(container);
    return t->said.p ? t->said.p : "";
}

/* The names alone; no data is asked for. */
static size_t count_members(const char *path)
{
    ocs_container *container;
    ocs_member found;
    size_t n = 0;
    assert_int_equal(ocs_container_open(path, &container, NULL), OCS_OK);
    while (ocs_container_next(container, &found, NULL) == OCS_OK)
        n++;
    ocs_container_close(container);
    return n;
}

static void a_container_is_known_by_the_end_of_its_name(void **state)
{
    (void)state;
    assert_true(ocs_container_named("/x/dump.TAR.GZ"));
    assert_true(ocs_container_named("crawl.warc"));
    assert_false(ocs_container_named(".zip"));
    assert_false(ocs_container_named("zip"));
    assert_false(ocs_container_named("page.html.gz"));
}

static void the_regular_files_of_an_archive_are_its_pages(void **state)
{
    static const char *const names[] = {"x.tar", "x.tar.gz", "x.tar.xz", "x.zip"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        write_archive(names[i], two_pages, sizeof two_pages / sizeof *two_pages);
        assert_string_equal(walk(*state, names[i]),
                            "pages/b.txt []: second in name, first in place\n"
                            "pages/a.txt []: first in name\n");
        assert_int_equal(count_members(names[i]), 2);
    }
}

static void the_second_of_a_name_is_numbered(void **state)
{
    static const member twice[] = {{"a.txt", "one"}, {"b.txt", "two"}, {"a.txt", "three"}};
    write_archive("x.tar", twice, 3);
    assert_string_equal(walk(*state, "x.tar"), "a.txt []: one\nb.txt []: two\na.txt#2 []: three\n");
}

static void what_is_no_archive_is_refused(void **state)
{
    tester *t = *state;
    ocs_container *container;
    write_file("x.tar", OCS_STR("this is no archive, whatever its name says"));
    assert_int_equal(ocs_container_open("x.tar", &container, &t->err), OCS_BADINPUT);
    assert_true(strncmp(t->err.text, "cannot read x.tar: ", 19) == 0);
    assert_int_equal(ocs_container_open("none.tar", &container, &t->err), OCS_IO);
    assert_int_equal(ocs_container_open("none.warc", &container, &t->err), OCS_IO);
    write_file("empty.zip", (ocs_str){"", 0});
    assert_string_equal(walk(*state, "empty.zip"), "");
}

static void a_cut_archive_gives_what_stands_before_the_cut(void **state)
{
    struct stat st;
    write_archive("x.tar", two_pages, sizeof two_pages / sizeof *two_pages);
    assert_int_equal(stat("x.tar", &st), 0);
    assert_int_equal(truncate("x.tar", 3 * 512 + 100), 0);
    const char *said = walk(*state, "x.tar");
    assert_non_null(strstr(said, "pages/b.txt []: second in name"));
    assert_non_null(strstr(said, "\n! cannot read x.tar"));
}

/* ---- JSON Lines ---- */

static void every_line_is_a_page_or_told_by_its_number(void **state)
{
    write_file("x.jsonl",
               OCS_STR("{\"url\":\"https://a.b/1\",\"html\":\"<p>\\u010d\",\"text\":\"no\"}\n"
                       "\n"
                       "{\"text\":\"without address\",\"fetched\":\"2020\"}\r\n"
                       "{\"url\":\"https://a.b/3\"}\n"
                       "{\"url\":\n"
                       "{\"url\":\"https://a.b/1\",\"text\":\"again\"}"));
    const char *said = walk(*state, "x.jsonl");
    assert_non_null(strstr(said, "https://a.b/1 [https://a.b/1]: <p>\xc4\x8d\n"));
    assert_non_null(strstr(said, "2 []: without address\n"));
    assert_non_null(strstr(said, "! x.jsonl, line 4: no object with"));
    assert_non_null(strstr(said, "! x.jsonl, line 5: "));
    assert_non_null(strstr(said, "https://a.b/1#2 [https://a.b/1]: again\n"));
}

/* ---- WARC ---- */

static void put_record(ocs_buf *out, const char *type, const char *url, const char *media,
                       ocs_str block)
{
    ocs_buf_putf(out,
                 "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: %s\r\n"
                 "Content-Length: %zu\r\n\r\n%.*s\r\n\r\n",
                 type, url, media, block.n, OCS_ARG(block));
}

static void put_response(ocs_buf *out, const char *url, const char *block)
{
    put_record(out, "response", url, "application/http; msgtype=response", ocs_str_of(block));
}

static void write_crawl(const char *name, ocs_buf *out)
{
    ocs_buf_reset(out);
    put_record(out, "warcinfo", "", "application/warc-fields", OCS_STR("software: test\r\n"));
    put_record(out, "request", "http://a.b/1", "application/http; msgtype=request",
               OCS_STR("GET /1 HTTP/1.1\r\n\r\n"));
    put_response(out, "http://a.b/1",
                 "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>one");
    put_response(out, "http://a.b/gone", "HTTP/1.1 404 Not Found\r\n\r\n<p>gone");
    put_response(out, "http://a.b/x.png", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nPNG");
    put_response(out, "http://a.b/2",
                 "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                 "5\r\n<p>tw\r\n1;x=y\r\no\r\n0\r\n\r\n");
    put_response(out, "http://a.b/3", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxx");
    put_response(out, "http://a.b/4", "HTTP/1.1 200 OK\nX: y\n\nbare line feeds");
    put_record(out, "resource", "<http://a.b/5>", "text/plain", OCS_STR("five"));
    put_record(out, "conversion", "http://a.b/6", "text/plain", OCS_STR("six"));
    write_file(name, ocs_buf_str(out));
}

static void the_pages_that_a_crawler_got_come_with_their_addresses(void **state)
{
    tester *t = *state;
    write_crawl("x.warc", &t->said);
    assert_string_equal(walk(t, "x.warc"),
                        "http://a.b/1 [http://a.b/1]: <p>one\n"
                        "http://a.b/2 [http://a.b/2]: <p>two\n"
                        "! x.warc, record 7: its page is compressed in a way that is not known "
                        "here\n"
                        "http://a.b/4 [http://a.b/4]: bare line feeds\n"
                        "http://a.b/5 [http://a.b/5]: five\n"
                        "http://a.b/6 [http://a.b/6]: six\n");
}

/* As crawlers write them: each record a gzip file of its own. */
static void put_gzipped(const char *name, ocs_str bytes)
{
    gzFile file = gzopen(name, "ab");
    assert_non_null(file);
    assert_int_equal(gzwrite(file, bytes.p, (unsigned)bytes.n), (int)bytes.n);
    assert_int_equal(gzclose(file), Z_OK);
}

static void a_crawl_of_many_gzip_members_is_read_to_its_end(void **state)
{
    tester *t = *state;
    char url[32];
    for (unsigned i = 0; i < 50; i++) {
        ocs_buf_reset(&t->said);
        snprintf(url, sizeof url, "http://a.b/%u", i);
        put_response(&t->said, url, "HTTP/1.1 200 OK\r\n\r\n<p>page");
        put_gzipped("x.warc.gz", ocs_buf_str(&t->said));
    }
    assert_int_equal(count_members("x.warc.gz"), 50);
    assert_non_null(strstr(walk(t, "x.warc.gz"), "http://a.b/49 [http://a.b/49]: <p>page\n"));
}

static void a_crawl_that_is_cut_anywhere_ends_without_harm(void **state)
{
    tester *t = *state;
    write_crawl("x.warc", &t->said);
    ocs_str whole = ocs_str_copy(t->arena, ocs_buf_str(&t->said));
    for (size_t n = 0; n < whole.n; n++) {
        write_file("cut.warc", ocs_str_sub(whole, 0, n));
        const char *said = walk(t, "cut.warc");
        assert_int_equal(strstr(said, "[http://a.b/6]: six") != NULL, n >= whole.n - 4);
    }
}

static void lengths_that_lie_are_faults_of_their_records(void **state)
{
    tester *t = *state;
    write_file("x.warc", OCS_STR("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9\r\n"
                                 "Content-Type: application/http\r\n\r\n"
                                 "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nlonger"));
    assert_non_null(strstr(walk(t, "x.warc"), "! x.warc, record 1: "));
    write_file("y.warc", OCS_STR("WARC/1.0\r\nWARC-Type: resource\r\n\r\nno length"));
    assert_string_equal(walk(t, "y.warc"),
                        "! y.warc, record 1: its head does not state its length\n");
    write_file("z.warc", OCS_STR("WARC/1.0\r\nWARC-Type: resource\r\n"
                                 "Content-Length: 18446744073709551615\r\n\r\nshort"));
    assert_non_null(strstr(walk(t, "z.warc"), "ends in the midst of a record"));
}

/* ---- bounds ---- */

static void a_bomb_is_left_when_it_becomes_too_much(void **state)
{
    static const char zeros[1 << 16];
    gzFile file = gzopen("x.jsonl.gz", "wb9");
    for (unsigned i = 0; i < 3200; i++) /* 200 MiB, a thousand times the size of the file */
        assert_int_equal(gzwrite(file, zeros, sizeof zeros), (int)sizeof zeros);
    gzclose(file);
    const char *said = walk(*state, "x.jsonl.gz");
    assert_non_null(strstr(said, "! x.jsonl.gz becomes more than "));
    assert_non_null(strstr(said, " bytes when it is unpacked\n"));
}

static void a_page_beyond_the_cap_is_refused(void **state)
{
    tester *t = *state;
    ocs_container *container;
    ocs_member found;
    ocs_str bytes;
    write_archive("x.tar.gz", two_pages, sizeof two_pages / sizeof *two_pages);
    assert_int_equal(ocs_container_open("x.tar.gz", &container, NULL), OCS_OK);
    assert_int_equal(ocs_container_next(container, &found, NULL), OCS_OK);
    assert_int_equal(ocs_container_read(container, 10, t->arena, &bytes, &t->err), OCS_LIMIT);
    assert_string_equal(t->err.text, "x.tar.gz/pages/b.txt is larger than 10 bytes");
    assert_int_equal(ocs_container_next(container, &found, NULL), OCS_OK);
    assert_string_equal(found.name, "pages/a.txt");
    ocs_container_close(container);
}

/* ---- pages by their path ---- */

static ocs_status read_page(tester *t, ocs_page_reader *reader, const char *path, ocs_str *bytes)
{
    ocs_str url;
    return ocs_page_reader_read(reader, path, PAGE_CAP, t->arena, bytes, &url, &t->err);
}

static void a_reader_finds_pages_forwards_and_backwards(void **state)
{
    tester *t = *state;
    ocs_str bytes;
    ocs_page_reader *reader = ocs_page_reader_new();
    write_archive("x.zip", two_pages, sizeof two_pages / sizeof *two_pages);
    write_file("plain.txt", OCS_STR("plain"));
    static const char *const asked[] = {"x.zip/pages/b.txt", "x.zip/pages/a.txt", "plain.txt",
                                        "x.zip/pages/b.txt", "x.zip/pages/b.txt"};
    static const char *const starts[] = {"second", "first", "plain", "second", "second"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        if (read_page(t, reader, asked[i], &bytes) != OCS_OK)
            fail_msg("%s", t->err.text);
        assert_true(ocs_str_starts(bytes, ocs_str_of(starts[i])));
    }
    assert_int_equal(read_page(t, reader, "x.zip/pages/c.txt", &bytes), OCS_IO);
    assert_string_equal(t->err.text,
                        "cannot read x.zip/pages/c.txt: it is not in its container any more");
    assert_int_equal(read_page(t, reader, "plain.txt/c.txt", &bytes), OCS_IO);
    ocs_page_reader_free(reader);
}

static void a_container_that_changed_is_opened_anew(void **state)
{
    tester *t = *state;
    ocs_str bytes;
    ocs_page_reader *reader = ocs_page_reader_new();
    static const member before[] = {{"a.txt", "old"}}, after[] = {{"a.txt", "new and longer"}};
    write_archive("x.tar", before, 1);
    assert_int_equal(read_page(t, reader, "x.tar/a.txt", &bytes), OCS_OK);
    write_archive("y.tar", after, 1);
    assert_int_equal(rename("y.tar", "x.tar"), 0);
    assert_int_equal(read_page(t, reader, "x.tar/a.txt", &bytes), OCS_OK);
    assert_true(ocs_str_eq(bytes, OCS_STR("new and longer")));
    ocs_page_reader_free(reader);
    assert_int_equal(ocs_page_read("x.tar/a.txt", PAGE_CAP, t->arena, &bytes, NULL), OCS_OK);
    assert_true(ocs_page_on_disk("x.tar/a.txt"));
    assert_false(ocs_page_on_disk("y.tar/a.txt"));
}

/* ---- sources ---- */

static void a_folder_gives_the_members_of_its_containers(void **state)
{
    tester *t = *state;
    ocs_source *source;
    ocs_page_info info;
    ocs_status st;
    mkdir("in", 0777);
    write_file("in/a.html", OCS_STR("<p>page"));
    write_archive("in/b.tar", two_pages, sizeof two_pages / sizeof *two_pages);
    write_file("in/c.zip", OCS_STR("damaged"));
    write_file("in/d.html", OCS_STR("<p>page"));
    ocs_buf_reset(&t->said);
    assert_int_equal(ocs_source_open("in", &source, NULL), OCS_OK);
    while ((st = ocs_source_next(source, &info, &t->err)) != OCS_NOTFOUND)
        ocs_buf_putf(&t->said, "%s %s %llu\n", st == OCS_OK ? "page" : "fault",
                     strstr(info.path, "/in/") + 4, (unsigned long long)info.member);
    ocs_source_close(source);
    assert_string_equal(t->said.p, "page a.html 0\npage b.tar/pages/b.txt 1\n"
                                   "page b.tar/pages/a.txt 2\nfault c.zip 0\npage d.html 0\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        CONTAINER_TEST(a_container_is_known_by_the_end_of_its_name),
        CONTAINER_TEST(the_regular_files_of_an_archive_are_its_pages),
        CONTAINER_TEST(the_second_of_a_name_is_numbered),
        CONTAINER_TEST(what_is_no_archive_is_refused),
        CONTAINER_TEST(a_cut_archive_gives_what_stands_before_the_cut),
        CONTAINER_TEST(every_line_is_a_page_or_told_by_its_number),
        CONTAINER_TEST(the_pages_that_a_crawler_got_come_with_their_addresses),
        CONTAINER_TEST(a_crawl_of_many_gzip_members_is_read_to_its_end),
        CONTAINER_TEST(a_crawl_that_is_cut_anywhere_ends_without_harm),
        CONTAINER_TEST(lengths_that_lie_are_faults_of_their_records),
        CONTAINER_TEST(a_bomb_is_left_when_it_becomes_too_much),
        CONTAINER_TEST(a_page_beyond_the_cap_is_refused),
        CONTAINER_TEST(a_reader_finds_pages_forwards_and_backwards),
        CONTAINER_TEST(a_container_that_changed_is_opened_anew),
        CONTAINER_TEST(a_folder_gives_the_members_of_its_containers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
