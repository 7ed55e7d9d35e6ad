/* Why a query does not find a document: what is told of each part, on the hand-made documents. */
#include "tests/unit/query_fixture.h"

#include "query/why.h"

static void ask(house *h, const char *query, xap_docid number, ocs_why *why)
{
    MUST(h, ocs_why_ask(h->index, ocs_str_of(query), number, h->arena, why, &h->err));
    assert_true(why->n > 0);
}

/* "+" for what holds and "-" for what does not, as deep as it lies, and its text. */
static void assert_clauses(void **state, const char *query, xap_docid number, const char *wanted)
{
    house *h = *state;
    ocs_why why;
    ocs_buf out;
    ocs_buf_init(&out, 1 << 16);
    ask(h, query, number, &why);
    for (size_t i = 0; i < why.n; i++)
        ocs_buf_putf(&out, "%*s%c %.*s\n", (int)why.clauses[i].depth, "",
                     why.clauses[i].holds ? '+' : '-', OCS_ARG(why.clauses[i].text));
    assert_str(ocs_buf_str(&out), wanted);
    ocs_buf_clear(&out);
}

/* The notes to the whole of ${query}, a line each. */
static void assert_notes(void **state, const char *query, xap_docid number, const char *wanted)
{
    house *h = *state;
    ocs_why why;
    ocs_buf out;
    ocs_buf_init(&out, 1 << 16);
    ask(h, query, number, &why);
    for (size_t i = 0; i < why.clauses[0].n_notes; i++)
        ocs_buf_putf(&out, "%.*s\n", OCS_ARG(why.clauses[0].notes[i]));
    if (!ocs_str_eq(ocs_buf_str(&out), ocs_str_of(wanted)))
        fail_msg("[%s] is told [%.*s], not [%s]", query, OCS_ARG(ocs_buf_str(&out)), wanted);
    ocs_buf_clear(&out);
}

static void every_part_is_asked_by_itself(void **state)
{
    assert_clauses(state, "police", 1, "+ police\n");
    assert_clauses(state, "police labour (crime OR testing)", 1,
                   "- police labour (crime OR testing)\n + police\n - labour\n"
                   " + crime OR testing\n  + crime\n  - testing\n");
    assert_clauses(state, "-police kurz", 1, "- -police kurz\n - -police\n  + police\n + kurz\n");
    assert_clauses(state, "minister NEAR/2 police", 1,
                   "- minister NEAR/2 police\n + minister\n + police\n");
    assert_clauses(state, "PARA(minister -threat)", 1,
                   "- PARA(minister -threat)\n - minister -threat\n  + minister\n"
                   "  - -threat\n   + threat\n");
}

static void a_title_is_asked_about_the_title(void **state)
{
    assert_clauses(state, "title:(visits police)", 1,
                   "- title:(visits police)\n - visits police\n  + visits\n  - police\n");
}

static void words_that_look_alike_are_named(void **state)
{
    assert_notes(state, "polise", 1, "words of the text that look alike: police\n");
    assert_notes(state, "=visited", 1, "words of the text that look alike: visits, visit\n");
    assert_notes(state, "zzzz", 1, "");
}

static void words_of_the_title_are_known_as_such(void **state)
{
    assert_notes(state, "\xD0\xA0\xD0\xB5\xD1\x87\xD1\x8C", 3,
                 "stands in the title only, which title: searches\n");
    assert_notes(state, "title:police", 1, "");
    assert_notes(state, "=election", 4, "");
}

static void a_phrase_is_told_by_its_words(void **state)
{
    assert_notes(state, "\"crime organized\"", 1,
                 "its words are in the text, but not one behind the other\n");
    assert_notes(state, "\"organized zzzz\"", 1, "not in the text: zzzz\n");
}

static void names_of_the_same_sort_are_listed(void **state)
{
    assert_notes(state, "person:kurtz", 1, "the text names, and they look alike: Sebastian Kurz\n");
    assert_notes(state, "person:zzzz", 1,
                 "the text names: Sebastian Kurz, Ana Stojanovi\xC4\x87\n");
    assert_notes(state, "org:zzzz", 1, "the text names nothing of this sort\n");
    assert_notes(state, "role:president", 1, "the text names: Austrian Foreign Minister\n");
}

static void facts_are_told(void **state)
{
    assert_notes(state, "date:2018", 1, "the page was published on 2017-02-13\n");
    assert_notes(state, "date:2018", 4, "it is not known when the page was published\n");
    assert_notes(state, "kind:speech", 1, "the kind of page is Press release\n");
    assert_notes(state, "kind:speech", 4, "the kind of page is not known\n");
    assert_notes(state, "topic:elections", 1, "the page has: Policing\n");
    assert_notes(state, "source:odihr", 3, "none is known of the page\n");
    assert_notes(state, "lang:ru", 1, "the language of the text is en\n");
}

static void what_stands_apart_is_told(void **state)
{
    assert_notes(state, "minister NEAR/2 police", 1,
                 "all are in the text, but not so near each other\n");
    assert_notes(state, "SENT(minister visit)", 1,
                 "the document has what is asked for, but not in one sentence\n");
    assert_notes(state, "PARA(minister police)", 1,
                 "the document has what is asked for, but not in one paragraph\n");
    assert_notes(state, "SENT(minister zzzz)", 1, "");
}

static void there_is_no_such_document(void **state)
{
    house *h = *state;
    ocs_why why;
    assert_int_equal(ocs_why_ask(h->index, OCS_STR("police"), 99, h->arena, &why, &h->err),
                     OCS_NOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_is_asked_by_itself),
        cmocka_unit_test(a_title_is_asked_about_the_title),
        cmocka_unit_test(words_that_look_alike_are_named),
        cmocka_unit_test(words_of_the_title_are_known_as_such),
        cmocka_unit_test(a_phrase_is_told_by_its_words),
        cmocka_unit_test(names_of_the_same_sort_are_listed),
        cmocka_unit_test(facts_are_told),
        cmocka_unit_test(what_stands_apart_is_told),
        cmocka_unit_test(there_is_no_such_document),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
