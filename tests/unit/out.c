/* The program's output: what reaches the descriptor, and what is told when it does not. */
#include "cli/out.h"

#include "cli/exit.h"
#include "cli/records.h"
#include "cli/table.h"
#include "tests/unit/unit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct sink {
    int reader;
    ocs_out out;
    char text[4096];
} sink;

static void sink_open(sink *s)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    s->reader = ends[0];
    ocs_out_init(&s->out, ends[1]);
}

/* Everything that was written, after closing; short enough for a pipe. */
static ocs_str sink_close(sink *s)
{
    assert_int_equal(ocs_out_finish(&s->out, "pipe", NULL), OCS_OK);
    ssize_t n = read(s->reader, s->text, sizeof s->text);
    assert_true(n >= 0);
    close(s->reader);
    return (ocs_str){s->text, (size_t)n};
}

static void a_full_device_is_told_at_the_end(void **state)
{
    (void)state;
    ocs_out out;
    ocs_error err = {0};
    ocs_out_init(&out, open("/dev/full", O_WRONLY));
    ocs_out_puts(&out, "lost");
    assert_int_equal(out.error, 0);
    assert_int_equal(ocs_out_finish(&out, "standard output", &err), OCS_IO);
    assert_string_equal(err.text, "cannot write standard output: No space left on device");
}

static void a_large_output_is_not_held_back(void **state)
{
    (void)state;
    ocs_out out;
    char block[1024];
    memset(block, 'x', sizeof block);
    ocs_out_init(&out, open("/dev/full", O_WRONLY));
    for (int i = 0; i < 1024 && out.error == 0; i++)
        ocs_out_put(&out, (ocs_str){block, sizeof block});
    assert_int_not_equal(out.error, 0);
    assert_int_equal(ocs_out_finish(&out, "it", NULL), OCS_IO);
}

static void what_was_dropped_is_not_written(void **state)
{
    (void)state;
    sink s;
    sink_open(&s);
    ocs_out_puts(&s.out, "a");
    ocs_out_drop(&s.out);
    ocs_out_putf(&s.out, "%d", 2);
    assert_str(sink_close(&s), "2");
}

static void control_characters_become_visible(void **state)
{
    (void)state;
    ocs_buf out;
    ocs_buf_init(&out, 1000);
    ocs_visible(OCS_STR("a\033[2Jb\r\tc\n\xC2\x9B"
                        "1m\xFF\x7F Kovač \xE2\x80\xAE"),
                &out);
    assert_str(ocs_buf_str(&out), "a\\x1b[2Jb\\x0d\tc\n\\u009b1m\\xff\\x7f Kovač \\u202e");
    ocs_buf_clear(&out);
}

static void only_a_terminal_gets_them_visible(void **state)
{
    (void)state;
    sink s;
    sink_open(&s);
    ocs_out_text(&s.out, OCS_STR("\033"));
    s.out.terminal = true;
    ocs_out_text(&s.out, OCS_STR("\033"));
    assert_str(sink_close(&s), "\033\\x1b");
}

static void a_line_stays_one(void **state)
{
    (void)state;
    sink s;
    sink_open(&s);
    ocs_out_line(&s.out, OCS_STR("a\nb\tc\r"));
    assert_str(sink_close(&s), "a b c ");
}

static void colour_is_for_terminals_without_no_color(void **state)
{
    (void)state;
    ocs_out out = {.terminal = true};
    unsetenv("NO_COLOR");
    ocs_out_set_colour(&out, OCS_COLOUR_AUTO);
    assert_true(out.colour);
    setenv("NO_COLOR", "", 1); /* set, but empty: no wish */
    ocs_out_set_colour(&out, OCS_COLOUR_AUTO);
    assert_true(out.colour);
    setenv("NO_COLOR", "1", 1);
    ocs_out_set_colour(&out, OCS_COLOUR_AUTO);
    assert_false(out.colour);
    ocs_out_set_colour(&out, OCS_COLOUR_ALWAYS);
    assert_true(out.colour);
    out.terminal = false;
    unsetenv("NO_COLOR");
    ocs_out_set_colour(&out, OCS_COLOUR_AUTO);
    assert_false(out.colour);
}

static void put_row(sink *s, bool tabs)
{
    ocs_table table = {.out = &s->out, .tabs = tabs};
    ocs_table_value(&table, OCS_STR("plain"));
    ocs_table_value(&table, (ocs_str){0});
    ocs_table_value(&table, OCS_STR("a,\"b\"\n\tc\\"));
    ocs_table_row_end(&table);
    ocs_table_value(&table, OCS_STR("next"));
    ocs_table_row_end(&table);
}

static void csv_quotes_what_needs_it(void **state)
{
    (void)state;
    sink s;
    sink_open(&s);
    put_row(&s, false);
    assert_str(sink_close(&s), "plain,,\"a,\"\"b\"\"\n\tc\\\"\nnext\n");
}

static void tsv_escapes_and_never_quotes(void **state)
{
    (void)state;
    sink s;
    sink_open(&s);
    put_row(&s, true);
    assert_str(sink_close(&s), "plain\t\ta,\"b\"\\n\\tc\\\\\nnext\n");
}

static void put_records(sink *s, bool array, int n)
{
    ocs_records records;
    ocs_records_init(&records, &s->out, array);
    for (int i = 0; i < n; i++) {
        ocs_json_key_int(ocs_records_begin(&records, "count"), "n", i);
        ocs_records_end(&records);
    }
    ocs_records_finish(&records);
}

static void records_are_lines_or_one_array(void **state)
{
    (void)state;
    sink s;
    sink_open(&s);
    put_records(&s, false, 2);
    assert_str(sink_close(&s), "{\"type\":\"count\",\"n\":0}\n{\"type\":\"count\",\"n\":1}\n");
    sink_open(&s);
    put_records(&s, true, 2);
    assert_str(sink_close(&s),
               "[\n{\"type\":\"count\",\"n\":0},\n{\"type\":\"count\",\"n\":1}\n]\n");
    sink_open(&s);
    put_records(&s, true, 0);
    assert_str(sink_close(&s), "[]\n");
}

static void every_status_has_an_exit_code(void **state)
{
    (void)state;
    assert_int_equal(ocs_exit_of(OCS_OK), 0);
    assert_int_equal(ocs_exit_of(OCS_NOTFOUND), 1);
    assert_int_equal(ocs_exit_of(OCS_USAGE), 2);
    assert_int_equal(ocs_exit_of(OCS_CORRUPT), 4);
    assert_int_equal(ocs_exit_of(OCS_VERSION), 4);
    assert_int_equal(ocs_exit_of(OCS_REFUSED), 5);
    assert_int_equal(ocs_exit_of(OCS_LOCKED), 75);
    for (int st = OCS_NOTFOUND; st <= OCS_BUG; st++)
        assert_int_not_equal(ocs_exit_of((ocs_status)st), 0);
}

/* What a reader of the pipe has got by now. */
static ocs_str read_now(sink *s)
{
    assert_int_equal(fcntl(s->reader, F_SETFL, O_NONBLOCK), 0);
    ssize_t n = read(s->reader, s->text, sizeof s->text);
    return (ocs_str){s->text, n > 0 ? (size_t)n : 0};
}

static void a_pipe_gets_what_is_delivered_before_the_end(void **state)
{
    (void)state;
    sink s;
    sink_open(&s);
    ocs_out_puts(&s.out, "one");
    assert_str(read_now(&s), "");
    ocs_out_deliver(&s.out);
    assert_str(read_now(&s), "one");
    ocs_out_deliver(&s.out);
    assert_str(read_now(&s), "");
    ocs_out_puts(&s.out, "two");
    assert_str(sink_close(&s), "two");
}

static void a_plain_file_is_written_in_larger_pieces(void **state)
{
    (void)state;
    char name[] = "/tmp/ocs-out-XXXXXX";
    ocs_out out;
    int fd = mkstemp(name);
    assert_true(fd >= 0);
    int reader = dup(fd);
    unlink(name);
    ocs_out_init(&out, fd);
    ocs_out_puts(&out, "one");
    ocs_out_deliver(&out);
    assert_int_equal(lseek(reader, 0, SEEK_END), 0);
    assert_int_equal(ocs_out_finish(&out, "file", NULL), OCS_OK);
    assert_int_equal(lseek(reader, 0, SEEK_END), 3);
    close(reader);
}

static void finishing_twice_says_the_same_twice(void **state)
{
    (void)state;
    ocs_out out;
    ocs_error err = {0};
    ocs_out_init(&out, open("/dev/full", O_WRONLY));
    ocs_out_puts(&out, "lost");
    assert_int_equal(ocs_out_finish(&out, "full", &err), OCS_IO);
    assert_int_equal(ocs_out_finish(&out, "full", &err), OCS_IO);
    ocs_out_init(&out, open("/dev/null", O_WRONLY));
    ocs_out_puts(&out, "written");
    assert_int_equal(ocs_out_finish(&out, "null", &err), OCS_OK);
    assert_int_equal(ocs_out_finish(&out, "null", &err), OCS_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pipe_gets_what_is_delivered_before_the_end),
        cmocka_unit_test(a_plain_file_is_written_in_larger_pieces),
        cmocka_unit_test(finishing_twice_says_the_same_twice),
        cmocka_unit_test(a_full_device_is_told_at_the_end),
        cmocka_unit_test(a_large_output_is_not_held_back),
        cmocka_unit_test(what_was_dropped_is_not_written),
        cmocka_unit_test(control_characters_become_visible),
        cmocka_unit_test(only_a_terminal_gets_them_visible),
        cmocka_unit_test(a_line_stays_one),
        cmocka_unit_test(colour_is_for_terminals_without_no_color),
        cmocka_unit_test(csv_quotes_what_needs_it),
        cmocka_unit_test(tsv_escapes_and_never_quotes),
        cmocka_unit_test(records_are_lines_or_one_array),
        cmocka_unit_test(every_status_has_an_exit_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
