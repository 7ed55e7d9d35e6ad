#include "cli/options.h"
#include "tests/unit/unit.h"

enum { HELP, LIMIT, SORT, DB, WAIT, DELETE, VERBOSE, PAGE, NAME, N_OPTIONS };

static const char *const orders[] = {"score", "date", NULL};
static const ocs_option table[] = {
    [HELP] = {.name = "help", .letter = 'h', .about = "show this help"},
    [LIMIT] = {.name = "limit",
               .letter = 'n',
               .value = "N",
               .type = OCS_OPTION_INT,
               .low = 0,
               .high = 100,
               .preset = 10,
               .about = "at most N"},
    [SORT] = {.name = "sort", .type = OCS_OPTION_CHOICE, .choices = orders, .about = "the order"},
    [DB] = {.name = "db", .value = "DIR", .type = OCS_OPTION_STRINGS, .about = "the index"},
    [WAIT] = {.name = "lock-wait", .value = "SECONDS", .type = OCS_OPTION_SECONDS, .about = "wait"},
    [DELETE] = {.name = "max-delete",
                .value = "PERCENT",
                .type = OCS_OPTION_PERCENT,
                .preset = 20,
                .about = "at most so many"},
    [VERBOSE] = {.name = "verbose", .letter = 'v', .type = OCS_OPTION_COUNT, .about = "say more"},
    [PAGE] = {.name = "max-page",
              .value = "SIZE",
              .type = OCS_OPTION_SIZE,
              .low = 1,
              .high = 1L << 30,
              .about = "the largest page"},
    [NAME] = {.name = "name", .value = "NAME", .type = OCS_OPTION_STRING, .about = "a name"},
};

typedef struct line {
    ocs_arena *arena;
    ocs_given given;
    ocs_error err;
    ocs_status status;
} line;

/* Parse the words up to NULL. */
static void parse(line *l, const char **words)
{
    int n = 0;
    while (words[n])
        n++;
    *l = (line){.arena = ocs_arena_new(1 << 20)};
    assert_non_null(l->arena);
    l->status = ocs_options_parse(table, N_OPTIONS, n, words, l->arena, &l->given, &l->err);
}

#define PARSE(l, ...) parse((l), (const char *[]){__VA_ARGS__, NULL})

static void end(line *l)
{
    ocs_arena_free(l->arena);
}

static void assert_refused(const char *word, const char *message)
{
    line l;
    PARSE(&l, word);
    assert_int_equal(l.status, OCS_USAGE);
    assert_string_equal(l.err.text, message);
    end(&l);
}

static void what_is_not_given_has_its_preset(void **state)
{
    (void)state;
    line l;
    PARSE(&l, "word");
    assert_int_equal(l.status, OCS_OK);
    assert_int_equal(l.given.values[LIMIT].number, 10);
    assert_false(l.given.values[LIMIT].given);
    assert_int_equal(l.given.values[DB].n_texts, 0);
    assert_null(l.given.values[NAME].text);
    end(&l);
}

static void a_value_may_stand_in_the_word_or_after_it(void **state)
{
    (void)state;
    const char *forms[][3] = {{"--limit=7"}, {"--limit", "7"}, {"-n7"}, {"-n", "7"}, {"-vn7"}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        line l;
        parse(&l, forms[i]);
        assert_int_equal(l.status, OCS_OK);
        assert_int_equal(l.given.values[LIMIT].number, 7);
        assert_int_equal(l.given.n_arguments, 0);
        end(&l);
    }
}

static void options_may_follow_arguments(void **state)
{
    (void)state;
    line l;
    PARSE(&l, "a", "--sort", "date", "b", "-v", "-", "-vv");
    assert_int_equal(l.status, OCS_OK);
    assert_int_equal(l.given.values[SORT].number, 1);
    assert_int_equal(l.given.values[VERBOSE].number, 3);
    assert_int_equal(l.given.n_arguments, 3);
    assert_string_equal(l.given.arguments[2], "-");
    end(&l);
}

static void two_dashes_end_the_options(void **state)
{
    (void)state;
    line l;
    PARSE(&l, "--", "--limit=7", "-x", "--");
    assert_int_equal(l.status, OCS_OK);
    assert_false(l.given.values[LIMIT].given);
    assert_int_equal(l.given.n_arguments, 3);
    assert_string_equal(l.given.arguments[2], "--");
    end(&l);
}

static void a_repeated_string_is_collected_and_a_number_is_replaced(void **state)
{
    (void)state;
    line l;
    PARSE(&l, "--db=a", "--limit=1", "--db", "b", "--limit=2");
    assert_int_equal(l.status, OCS_OK);
    assert_int_equal(l.given.values[DB].n_texts, 2);
    assert_string_equal(l.given.values[DB].texts[1], "b");
    assert_int_equal(l.given.values[LIMIT].number, 2);
    end(&l);
}

static void an_abbreviation_is_not_taken_but_guessed(void **state)
{
    (void)state;
    assert_refused("--lim=3", "unknown option --lim; did you mean --limit?");
    assert_refused("--limt=3", "unknown option --limt; did you mean --limit?");
    assert_refused("--verbsoe", "unknown option --verbsoe; did you mean --verbose?");
    assert_refused("--zebra", "unknown option --zebra");
}

static void an_unknown_letter_is_refused_with_a_way_out(void **state)
{
    (void)state;
    assert_refused("-corruption", "unknown option -c; words that start with '-' go after '--'");
    assert_refused("-ž", "unknown option -ž; words that start with '-' go after '--'");
}

static void a_number_out_of_range_is_refused(void **state)
{
    (void)state;
    assert_refused("-n101", "--limit wants a number from 0 to 100, not '101'");
    assert_refused("-n-1", "--limit wants a number from 0 to 100, not '-1'");
    assert_refused("-n7x", "--limit wants a number from 0 to 100, not '7x'");
    assert_refused("--limit=99999999999999999999",
                   "--limit wants a number from 0 to 100, not '99999999999999999999'");
    assert_refused("--limit=", "--limit wants a value, and it is empty");
    assert_refused("--limit", "--limit wants a value (N)");
}

static void a_choice_lists_what_it_can_be(void **state)
{
    (void)state;
    assert_refused("--sort=size", "--sort can be score or date, not 'size'");
}

static void a_flag_takes_no_value(void **state)
{
    (void)state;
    assert_refused("--verbose=2", "--verbose takes no value");
}

static void seconds_have_decimals_and_nothing_else(void **state)
{
    (void)state;
    line l;
    PARSE(&l, "--lock-wait=2.5");
    assert_int_equal(l.status, OCS_OK);
    assert_true(l.given.values[WAIT].seconds > 2.49 && l.given.values[WAIT].seconds < 2.51);
    end(&l);
    const char *bad[] = {"--lock-wait=inf", "--lock-wait=-1",  "--lock-wait=1.",
                         "--lock-wait=0x1", "--lock-wait=1e9", "--lock-wait=99999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        PARSE(&l, bad[i]);
        assert_int_equal(l.status, OCS_USAGE);
        end(&l);
    }
}

static void per_cent_go_to_a_hundred(void **state)
{
    (void)state;
    line l;
    PARSE(&l, "--max-delete=35%");
    assert_int_equal(l.given.values[DELETE].number, 35);
    end(&l);
    assert_refused("--max-delete=101", "--max-delete wants 0 to 100 per cent, not '101'");
}

static void a_size_has_a_unit_and_a_limit(void **state)
{
    (void)state;
    line l;
    PARSE(&l, "--max-page=64K");
    assert_int_equal(l.given.values[PAGE].number, 65536);
    end(&l);
    PARSE(&l, "--max-page=1g");
    assert_int_equal(l.given.values[PAGE].number, 1L << 30);
    end(&l);
    PARSE(&l, "--max-page=1025M");
    assert_int_equal(l.status, OCS_USAGE);
    end(&l);
    PARSE(&l, "--max-page=K");
    assert_int_equal(l.status, OCS_USAGE);
    end(&l);
}

static void a_span_is_two_offsets_in_order(void **state)
{
    (void)state;
    ocs_span span;
    assert_true(ocs_span_parse("3..10", &span));
    assert_int_equal(span.from, 3);
    assert_int_equal(span.to, 10);
    assert_true(ocs_span_parse("4..4", &span));
    assert_false(ocs_span_parse("10..3", &span));
    assert_false(ocs_span_parse("3-10", &span));
    assert_false(ocs_span_parse("..10", &span));
    assert_false(ocs_span_parse("-1..10", &span));
    assert_false(ocs_span_parse("1..2..3", &span));
}

static void help_is_aligned_and_folded(void **state)
{
    (void)state;
    ocs_buf out;
    ocs_buf_init(&out, 1 << 16);
    ocs_options_print(table, LIMIT, DB, &out);
    assert_str(ocs_buf_str(&out), "  -n, --limit=N             at most N\n"
                                  "      --sort=score|date     the order\n");
    ocs_buf_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_not_given_has_its_preset),
        cmocka_unit_test(a_value_may_stand_in_the_word_or_after_it),
        cmocka_unit_test(options_may_follow_arguments),
        cmocka_unit_test(two_dashes_end_the_options),
        cmocka_unit_test(a_repeated_string_is_collected_and_a_number_is_replaced),
        cmocka_unit_test(an_abbreviation_is_not_taken_but_guessed),
        cmocka_unit_test(an_unknown_letter_is_refused_with_a_way_out),
        cmocka_unit_test(a_number_out_of_range_is_refused),
        cmocka_unit_test(a_choice_lists_what_it_can_be),
        cmocka_unit_test(a_flag_takes_no_value),
        cmocka_unit_test(seconds_have_decimals_and_nothing_else),
        cmocka_unit_test(per_cent_go_to_a_hundred),
        cmocka_unit_test(a_size_has_a_unit_and_a_limit),
        cmocka_unit_test(a_span_is_two_offsets_in_order),
        cmocka_unit_test(help_is_aligned_and_folded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
