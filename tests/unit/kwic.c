/* A concordance of the hand-made documents: which places are listed, with what around them, in what
 * order. */
#include "tests/unit/query_fixture.h"

#include "query/kwic.h"

typedef struct gathered {
    ocs_buf text;
    unsigned most; /* lines, after which the caller has enough; 0: all */
    unsigned lines;
} gathered;

/* "left[match]right", one a line. */
static bool gather(void *payload, const ocs_kwic_line *line)
{
    gathered *g = payload;
    assert_true(line->match.p == line->left.p + line->left.n || line->left.n == 0);
    ocs_buf_put(&g->text, line->left);
    ocs_buf_putf(&g->text, "[%.*s]", OCS_ARG(line->match));
    ocs_buf_put(&g->text, line->right);
    ocs_buf_putc(&g->text, '\n');
    return ++g->lines != g->most;
}

static void assert_lines(void **state, const char *query, ocs_kwic_wanted wanted, unsigned most,
                         const char *lines)
{
    house *h = *state;
    ocs_kwic_counts counts;
    gathered g = {.most = most};
    ocs_buf_init(&g.text, 1 << 20);
    MUST(h, ocs_kwic_run(h->index, ocs_str_of(query), &wanted, gather, &g, &counts, &h->err));
    assert_str(ocs_buf_str(&g.text), lines);
    assert_int_equal(counts.lines, g.lines);
    ocs_buf_clear(&g.text);
}

static void every_place_is_a_line(void **state)
{
    const ocs_kwic_wanted ten = {.points = 10};
    assert_lines(state, "visits", ten, 0,
                 "airperson [visits] Belgrade\nt. Kurz's [visit] ended on \n");
    assert_lines(state, "\"organized crime\"", ten, 0, "said that [organized crime] is a cros\n");
    assert_lines(state, "nonesuch", ten, 0, "");
    assert_lines(state, "lang:ru", ten, 0, "");
    assert_lines(state, "country:RS", ten, 0, "anovi\xC4\x87 in [Serbia] goes on.\n");
}

static void a_context_ends_with_its_paragraph(void **state)
{
    const ocs_kwic_wanted wide = {.points = 1000}, none = {.points = 0};
    assert_lines(state, "chairperson", wide, 0, "[Chairperson] visits Belgrade\n");
    assert_lines(state, "chairperson", none, 0, "[Chairperson]\n");
}

static void a_context_is_measured_in_words_or_characters(void **state)
{
    const ocs_kwic_wanted two = {.words = 2, .points = 1};
    const ocs_kwic_wanted six = {.points = 6};
    assert_lines(state, "police", two, 0, "operation of [police] and Stojanovi\xC4\x87\n");
    assert_lines(state, "serbia", six, 0, "i\xC4\x87 in [Serbia] goes \n");
}

static void places_that_overlap_are_one_line(void **state)
{
    const ocs_kwic_wanted none = {.points = 0};
    assert_lines(state, "sebastian kurz person:\"sebastian kurz\" lang:en", none, 0,
                 "[Sebastian Kurz]\n[Kurz's]\n");
}

static void lines_are_sorted_as_asked(void **state)
{
    const ocs_kwic_wanted left = {.words = 1, .order = OCS_KWIC_BY_LEFT};
    assert_lines(state, "=kurz", left, 0,
                 "Alexander [Kurz] in\nMaria [Kurz] met\nMaria [Kurz], Head\n"
                 "Sebastian [Kurz] said\nthreat. [Kurz's] visit\n");
}

static void lines_are_sorted_by_what_follows_and_by_date(void **state)
{
    ocs_kwic_wanted by = {.words = 1, .order = OCS_KWIC_BY_RIGHT};
    assert_lines(state, "=crime", by, 0, "and [crime].\norganized [crime] is\n");
    by.order = OCS_KWIC_BY_DATE;
    assert_lines(state, "=crime", by, 0, "and [crime].\norganized [crime] is\n");
    by.order = OCS_KWIC_BY_DOCUMENT;
    assert_lines(state, "=crime", by, 0, "organized [crime] is\nand [crime].\n");
}

static void a_limit_and_a_caller_who_has_enough_end_it(void **state)
{
    house *h = *state;
    ocs_kwic_wanted one = {.points = 0, .most = 1};
    ocs_kwic_counts counts;
    gathered g = {0};
    ocs_buf_init(&g.text, 1 << 20);
    assert_lines(state, "=crime", one, 0, "[crime]\n");
    one.most = 0;
    assert_lines(state, "=crime", one, 1, "[crime]\n");
    one.order = OCS_KWIC_BY_DOCUMENT;
    assert_lines(state, "=crime", one, 1, "[crime]\n");
    one.most = 1;
    MUST(h, ocs_kwic_run(h->index, OCS_STR("=crime"), &one, gather, &g, &counts, &h->err));
    assert_false(counts.all);
    assert_int_equal(counts.documents, 2);
    one.most = 2;
    MUST(h, ocs_kwic_run(h->index, OCS_STR("=crime"), &one, gather, &g, &counts, &h->err));
    assert_true(counts.all);
    ocs_buf_clear(&g.text);
}

static bool same_bytes(void *payload, const ocs_kwic_line *line)
{
    unsigned *seen = payload;
    assert_false(line->inexact);
    assert_str(line->path, samples[0].path);
    ocs_str page = ocs_str_of(samples[0].text);
    assert_true(ocs_str_eq(ocs_str_sub(page, line->raw.from, line->raw.to), line->match));
    assert_true(ocs_str_eq(line->mark, OCS_STR("police")));
    ++*seen;
    return true;
}

static void raw_bytes_are_those_of_the_match(void **state)
{
    house *h = *state;
    const ocs_kwic_wanted wanted = {.points = 5};
    ocs_kwic_counts counts;
    unsigned seen = 0;
    MUST(h,
         ocs_kwic_run(h->index, OCS_STR("=police"), &wanted, same_bytes, &seen, &counts, &h->err));
    assert_int_equal(seen, 1);
}

static void a_bad_query_is_a_mistake_with_its_place(void **state)
{
    house *h = *state;
    const ocs_kwic_wanted wanted = {.points = 5};
    ocs_kwic_counts counts;
    gathered g = {0};
    assert_int_equal(ocs_kwic_run(h->index, OCS_STR("a (b"), &wanted, gather, &g, &counts, &h->err),
                     OCS_USAGE);
    assert_int_equal(h->err.at, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_place_is_a_line),
        cmocka_unit_test(a_context_ends_with_its_paragraph),
        cmocka_unit_test(a_context_is_measured_in_words_or_characters),
        cmocka_unit_test(places_that_overlap_are_one_line),
        cmocka_unit_test(lines_are_sorted_as_asked),
        cmocka_unit_test(lines_are_sorted_by_what_follows_and_by_date),
        cmocka_unit_test(a_limit_and_a_caller_who_has_enough_end_it),
        cmocka_unit_test(raw_bytes_are_those_of_the_match),
        cmocka_unit_test(a_bad_query_is_a_mistake_with_its_place),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
