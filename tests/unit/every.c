/* Going through what matches: each document once, in order, and all of them again when the index
 * moved on. */
#include "tests/unit/query_fixture.h"

#include "query/every.h"

typedef struct notes {
    char given[64]; /* numbers as digits */
    unsigned planned, again, marks;
    xap_docid refused; /* number that is not wanted */
    xap_docid failing; /* number at which a try ends, */
    ocs_status status; /* with this, */
    unsigned failures; /* so often */
} notes;

static void note(notes *n, char c)
{
    size_t used = strlen(n->given);
    assert_true(used + 1 < sizeof n->given);
    n->given[used] = c;
}

static ocs_status note_plan(void *payload, const ocs_node *tree, const ocs_plan *plan,
                            ocs_error *err)
{
    notes *n = payload;
    (void)err;
    assert_non_null(tree);
    n->planned++;
    n->marks = (unsigned)plan->n_marks;
    return OCS_OK;
}

static ocs_status note_number(void *payload, xap_docid number, bool *wanted, ocs_error *err)
{
    const notes *n = payload;
    (void)err;
    assert_true(*wanted);
    *wanted = number != n->refused;
    return OCS_OK;
}

static ocs_status note_document(void *payload, const ocs_every *every, ocs_error *err)
{
    notes *n = payload;
    if (every->number == n->failing && n->failures > 0) {
        n->failures--;
        return n->status == OCS_NOTFOUND ? n->status : ocs_fail(err, n->status, "as told");
    }
    const sample *meant = &samples[every->number - 1];
    assert_true(ocs_str_eq(every->document->path, ocs_str_of(meant->path)));
    assert_non_null(ocs_arena_alloc(every->arena, 1000));
    note(n, (char)('0' + every->number));
    return OCS_OK;
}

static ocs_status note_last(void *payload, ocs_error *err)
{
    notes *n = payload;
    (void)err;
    note(n, '.');
    if (n->failing != 0 || n->failures == 0)
        return OCS_OK;
    n->failures--;
    return n->status;
}

static void note_again(void *payload)
{
    notes *n = payload;
    n->again++;
    note(n, '|');
}

static ocs_status go(house *h, const char *query, notes *n)
{
    const ocs_every_calls calls = {.planned = note_plan,
                                   .number = note_number,
                                   .each = note_document,
                                   .last = note_last,
                                   .again = note_again,
                                   .payload = n};
    h->err = (ocs_error){.at = OCS_ERROR_NO_PLACE};
    return ocs_every_match(h->index, ocs_str_of(query), &calls, &h->err);
}

static void an_empty_query_is_every_document(void **state)
{
    notes n = {0};
    MUST((house *)*state, go(*state, "", &n));
    assert_string_equal(n.given, "1234.");
    assert_int_equal(n.planned, 1);
    assert_int_equal(n.again, 0);
}

static void matches_come_in_the_order_of_their_numbers(void **state)
{
    notes n = {0};
    MUST((house *)*state, go(*state, "person:kurz NOT lang:ru", &n));
    assert_string_equal(n.given, "124.");
    assert_true(n.marks > 0);
}

static void what_is_not_wanted_is_passed_over(void **state)
{
    notes n = {.refused = 2};
    MUST((house *)*state, go(*state, "person:kurz", &n));
    assert_string_equal(n.given, "14.");
}

static void an_index_that_moved_on_is_read_once_more_from_the_start(void **state)
{
    notes n = {.failing = 2, .status = OCS_MODIFIED, .failures = 1};
    MUST((house *)*state, go(*state, "person:kurz", &n));
    assert_string_equal(n.given, "1|124.");
    assert_int_equal(n.planned, 2);
}

static void a_document_that_is_gone_means_the_same(void **state)
{
    notes n = {.failing = 4, .status = OCS_NOTFOUND, .failures = 1};
    MUST((house *)*state, go(*state, "person:kurz", &n));
    assert_string_equal(n.given, "12|124.");
}

static void what_is_read_after_the_last_document_is_of_the_same_state(void **state)
{
    notes n = {.status = OCS_NOTFOUND, .failures = 1};
    MUST((house *)*state, go(*state, "person:kurz", &n));
    assert_string_equal(n.given, "124.|124.");
}

static void a_second_time_is_the_end(void **state)
{
    house *h = *state;
    notes n = {.failing = 2, .status = OCS_NOTFOUND, .failures = 2};
    assert_int_equal(go(h, "person:kurz", &n), OCS_MODIFIED);
    assert_true(h->err.text[0] != '\0');
    assert_string_equal(n.given, "1|1");
}

static void any_other_status_ends_the_walk(void **state)
{
    notes n = {.failing = 2, .status = OCS_LIMIT, .failures = 1};
    assert_int_equal(go(*state, "", &n), OCS_LIMIT);
    assert_string_equal(n.given, "1");
}

static void a_bad_query_is_refused_with_its_place(void **state)
{
    house *h = *state;
    notes n = {0};
    assert_int_equal(go(h, "crime colour:red", &n), OCS_USAGE);
    assert_int_equal(h->err.at, 6);
    assert_int_equal(n.planned, 0);
}

static void counting_says_how_many_would_come(void **state)
{
    house *h = *state;
    uint32_t matches;
    MUST(h, ocs_search_count(h->index, OCS_STR("person:kurz"), &matches, &h->err));
    assert_int_equal(matches, 3);
}

/* ---- the frame ---- */

typedef struct tries {
    unsigned runs, asked;
    ocs_status status; /* of the first run */
    bool given;        /* what cannot be taken back */
} tries;

static ocs_status count_run(void *payload, const ocs_node *tree, const ocs_plan *plan,
                            ocs_error *err)
{
    tries *t = payload;
    assert_non_null(tree);
    assert_non_null(plan->query);
    return t->runs++ == 0 && t->status != OCS_OK ? ocs_fail(err, t->status, "as told") : OCS_OK;
}

static bool nothing_given(void *payload)
{
    tries *t = payload;
    t->asked++;
    return !t->given;
}

static ocs_status run(house *h, tries *t)
{
    h->err = (ocs_error){.at = OCS_ERROR_NO_PLACE};
    return ocs_every_plan(h->index, OCS_STR("person:kurz"), count_run, nothing_given, t, &h->err);
}

static void what_was_given_is_not_given_again(void **state)
{
    house *h = *state;
    tries open = {.status = OCS_MODIFIED}, given = {.status = OCS_MODIFIED, .given = true};
    MUST(h, run(h, &open));
    assert_int_equal(open.runs, 2);
    assert_int_equal(run(h, &given), OCS_MODIFIED);
    assert_string_equal(h->err.text, "as told");
    assert_int_equal(given.runs, 1);
}

static void what_a_second_try_cannot_mend_is_not_tried_again(void **state)
{
    house *h = *state;
    tries t = {.status = OCS_LIMIT};
    assert_int_equal(run(h, &t), OCS_LIMIT);
    assert_int_equal(t.runs, 1);
    assert_int_equal(t.asked, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_query_is_every_document),
        cmocka_unit_test(matches_come_in_the_order_of_their_numbers),
        cmocka_unit_test(what_is_not_wanted_is_passed_over),
        cmocka_unit_test(an_index_that_moved_on_is_read_once_more_from_the_start),
        cmocka_unit_test(a_document_that_is_gone_means_the_same),
        cmocka_unit_test(what_is_read_after_the_last_document_is_of_the_same_state),
        cmocka_unit_test(a_second_time_is_the_end),
        cmocka_unit_test(any_other_status_ends_the_walk),
        cmocka_unit_test(a_bad_query_is_refused_with_its_place),
        cmocka_unit_test(counting_says_how_many_would_come),
        cmocka_unit_test(what_was_given_is_not_given_again),
        cmocka_unit_test(what_a_second_try_cannot_mend_is_not_tried_again),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
