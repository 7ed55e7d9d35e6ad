/* SENT( ) and PARA( ): what may stand in them, how they are printed, and what they find in a small
 * index.  The first sample reads, by lines:
 *   Chairperson visits Belgrade
 *   BELGRADE - Austrian Foreign Minister Sebastian Kurz said that organized crime is a cross-border
 *   threat. Kurz's visit ended on 30 June 2018.
 *   The co-operation of police and Stojanovic in Serbia goes on. */
#include "tests/unit/query_fixture.h"

#include "query/within.h"

#include <sys/stat.h>

/* ---- forms ---- */

static ocs_status parse(house *h, const char *query, ocs_node **tree)
{
    return ocs_query_parse(ocs_str_of(query), h->arena, tree, &h->err);
}

static void assert_normal(house *h, const char *query, const char *wanted)
{
    ocs_node *tree;
    ocs_buf out;
    ocs_buf_init(&out, 10000);
    MUST(h, parse(h, query, &tree));
    ocs_query_print(tree, &out);
    assert_str(ocs_buf_str(&out), wanted);
    ocs_buf_reset(&out);
    MUST(h, parse(h, wanted, &tree));
    ocs_query_print(tree, &out);
    assert_str(ocs_buf_str(&out), wanted);
    ocs_buf_clear(&out);
}

static void sent_and_para_are_operators_right_before_a_bracket(void **state)
{
    house *h = *state;
    ocs_node *tree;
    assert_normal(h, "SENT(a b)", "SENT(a b)");
    assert_normal(h, "x PARA( a  OR (b NOT c) ) y", "x PARA(a OR b -c) y");
    assert_normal(h, "-SENT(a) OR x", "-SENT(a) OR x");
    assert_normal(h, "SENT (a b)", "SENT a b");
    assert_normal(h, "sent(a OR b)", "sent (a OR b)");
    assert_normal(h, "PARA", "PARA");
    assert_normal(h, "SENT(a NEAR/3 person:* role:minister on:2018)",
                  "SENT(a NEAR/3 person:* role:minister on:2018)");
    MUST(h, parse(h, "SENT(a b)", &tree));
    assert_int_equal(tree->kind, OCS_NODE_SENT);
    assert_int_equal(tree->children->kind, OCS_NODE_AND);
}

static void the_tree_is_printed_with_its_kind(void **state)
{
    house *h = *state;
    ocs_node *tree;
    ocs_buf out;
    ocs_buf_init(&out, 10000);
    MUST(h, parse(h, "PARA(a OR \"b c\")", &tree));
    ocs_query_print_tree(tree, &out);
    assert_str(ocs_buf_str(&out), "para\n  or\n    word a\n    phrase \"b c\"\n");
    ocs_buf_clear(&out);
}

static void assert_error(house *h, const char *query, long at, const char *message)
{
    ocs_node *tree;
    assert_int_equal(parse(h, query, &tree), OCS_USAGE);
    assert_string_equal(h->err.text, message);
    assert_int_equal(h->err.at, at);
}

static void what_has_no_place_in_the_text_is_refused(void **state)
{
    house *h = *state;
    const char *no_place = "this field has no place in the text; write it outside of SENT and PARA";
    const char *alone = "NOT needs something beside it within SENT and PARA";
    const char *takes = "SENT and PARA take words, phrases, entities and NEAR";
    assert_error(h, "SENT(a kind:report)", 7, no_place);
    assert_error(h, "SENT(a date:2018)", 7, no_place);
    assert_error(h, "SENT(a OR (b path:/x))", 13, no_place);
    assert_error(h, "SENT(-a)", 5, alone);
    assert_error(h, "SENT(-a -b)", 5, alone);
    assert_error(h, "SENT(a OR -b)", 10, alone);
    assert_error(h, "SENT(a PARA(b))", 7, takes);
    assert_error(h, "PARA(a title:b)", 7, takes);
    assert_error(h, "title:(SENT(a))", 7, "a title has no sentences and no paragraphs");
    assert_error(h, "SENT()", 4, "there is nothing between the brackets");
    assert_error(h, "SENT(a", 4, "this bracket is never closed");
    assert_error(h, "a NEAR SENT(b)", 7, "NEAR and ADJ take words, entities and ORs of these");
}

/* ---- what is found ---- */

static void all_words_stand_in_one_sentence(void **state)
{
    assert_finds(state, "minister visit", "1");
    assert_finds(state, "SENT(minister visit)", "");
    assert_finds(state, "SENT(minister threat)", "1");
    assert_finds(state, "SENT(visit ended)", "1");
    assert_finds(state, "SENT(visits chairperson)", "1");
    assert_finds(state, "SENT(chairperson austrian)", "");
    assert_finds(state, "SENT(crime)", "12");
}

static void all_words_stand_in_one_paragraph(void **state)
{
    assert_finds(state, "PARA(minister ended)", "1");
    assert_finds(state, "PARA(minister police)", "");
    assert_finds(state, "PARA(chairperson austrian)", "");
    assert_finds(state, "PARA(chairperson visits belgrade)", "1");
}

static void words_count_by_their_stems(void **state)
{
    assert_finds(state, "SENT(ministers threats organizing)", "1");
    assert_finds(state, "SENT(organised labor)", "2");
    assert_finds(state, "SENT(=organised =labour)", "2");
    assert_finds(state, "SENT(=organised minister)", "");
    assert_finds(state, "SENT(threat* minist*)", "1");
    assert_finds(state, "SENT(th?eat minister)", "1");
    assert_finds(state, "SENT(cooperation police)", "1");
}

static void phrases_stand_as_a_whole(void **state)
{
    assert_finds(state, "SENT(\"organized crime\" minister)", "1");
    assert_finds(state, "SENT(\"crime organized\" minister)", "");
    assert_finds(state, "SENT(\"organized crime\" visit)", "");
    assert_finds(state, "SENT(cross-border minister)", "1");
    assert_finds(state, "SENT(cross-bord* minister)", "1");
    assert_finds(state, "SENT(\"crime is a\")", "1");
}

static void entities_stand_where_they_are_mentioned(void **state)
{
    assert_finds(state, "SENT(person:kurz visit)", "1");
    assert_finds(state, "SENT(person:kurz police)", "");
    assert_finds(state, "SENT(police country:Serbia)", "1");
    assert_finds(state, "SENT(police person:*)", "1");
    assert_finds(state, "SENT(on:2018-06-30 visit)", "1");
    assert_finds(state, "SENT(on:2018-06 minister)", "");
    assert_finds(state, "SENT(on:2010.. visit)", "1");
    assert_finds(state, "SENT(role:\"foreign minister\" crime)", "1");
    assert_finds(state, "SENT(role:\"foreign minister\" ended)", "");
    assert_finds(state, "SENT(role:minist* person:kurz)", "1");
    assert_finds(state, "SENT(org:odihr labour)", "2");
}

static void groups_and_nots_hold_in_the_same_sentence(void **state)
{
    assert_finds(state, "SENT((visit OR threat) minister)", "1");
    assert_finds(state, "SENT((visit OR ended) minister)", "");
    assert_finds(state, "SENT(kurz -visit)", "124");
    assert_finds(state, "SENT(kurz -visit -minister)", "24");
    assert_finds(state, "SENT(minister -crime)", "");
    assert_finds(state, "SENT((police serbia) OR (labour crime))", "12");
    assert_finds(state, "SENT((police minister) OR (crime (labour OR threat)))", "12");
    assert_finds(state, "PARA(minister -police)", "1");
    assert_finds(state, "PARA(minister -visit)", "");
}

static void near_holds_within_the_sentence(void **state)
{
    assert_finds(state, "SENT(crime NEAR/5 threat minister)", "1");
    assert_finds(state, "SENT(crime NEAR/5 threat ended)", "");
    assert_finds(state, "threat NEAR/3 visit", "1");
    assert_finds(state, "SENT(threat NEAR/3 visit)", "");
    assert_finds(state, "PARA(threat ADJ/3 visit)", "1");
    assert_finds(state, "PARA(visit ADJ/3 threat)", "");
}

static void phrases_and_roles_stand_near_words(void **state)
{
    assert_finds(state, "\"organized crime\" NEAR/3 said", "1");
    assert_finds(state, "said NEAR/2 \"organized crime\"", "1");
    assert_finds(state, "said NEAR/1 \"organized crime\"", "");
    assert_finds(state, "said ADJ/2 \"organized crime\"", "1");
    assert_finds(state, "\"organized crime\" ADJ/9 said", "");
    assert_finds(state, "crime NEAR \"organized crime\"", ""); /* it would be the same word */
    assert_finds(state, "\"organized crime\" NEAR/4 cross-border", "1");
    assert_finds(state, "\"organized crime\" NEAR/2 cross-border", "");
    assert_finds(state, "(never OR \"organized crime\") NEAR/2 that", "1");
    assert_finds(state, "role:\"foreign minister\" ADJ/1 person:kurz", "1");
    assert_finds(state, "role:\"foreign minister\" ADJ/1 said", "");
    assert_finds(state, "never NEAR \"organized crime\"", "");
    assert_finds(state, "\"never crime\" NEAR said", "");
    assert_finds(state, "cross-bord* NEAR/1 threat", "1");
    assert_finds(state, "SENT(\"organized crime\" NEAR/5 threat minister)", "1");
    assert_finds(state, "SENT(\"organized crime\" NEAR/20 visit)", "");
    assert_finds(state, "\"organized crime\" NEAR/9 visit", "1");
}

static void a_phrase_near_a_word_is_marked(void **state)
{
    house *h = *state;
    ocs_plan plan;
    plan_of(h, "\"organised crime\" NEAR/3 said", &plan);
    assert_int_equal(plan.n_marks, 2);
    assert_str(plan.marks[0], "organized crime");
    assert_str(plan.marks[1], "said");
    ocs_plan_clear(&plan);
}

static void they_are_parts_like_others(void **state)
{
    assert_finds(state, "kurz -SENT(minister threat)", "24");
    assert_finds(state, "SENT(minister threat) OR testing", "14");
    assert_finds(state, "SENT(minister threat) lang:en date:2017", "1");
    assert_finds(state, "SENT(minister threat) PARA(visit threat)", "1");
    assert_finds(state, "SENT(minister threat) SENT(visit threat)", "");
    assert_finds(state, "SENT(nonesuch minister)", "");
}

static void what_is_asked_for_is_marked(void **state)
{
    house *h = *state;
    ocs_plan plan;
    plan_of(h, "SENT(minister \"organized crime\" -visit)", &plan);
    for (size_t i = 0; i < plan.n_marks; i++)
        assert_false(ocs_str_eq(plan.marks[i], OCS_STR("visit")) ||
                     ocs_str_eq(plan.marks[i], OCS_STR("Zvisit")));
    assert_str(plan.marks[0], "Zminist");
    ocs_plan_clear(&plan);
}

static void operands_give_the_score(void **state)
{
    house *h = *state;
    ocs_plan both, sentence;
    xap_results *a, *b;
    const xap_search search = {.most = 10};
    plan_of(h, "minister threat", &both);
    plan_of(h, "SENT(minister threat)", &sentence);
    MUST(h, xap_search_run(ocs_index_db(h->index), both.query, &search, &a, &h->err));
    MUST(h, xap_search_run(ocs_index_db(h->index), sentence.query, &search, &b, &h->err));
    assert_true(xap_results_score(a, 0) > 0);
    assert_true(xap_results_score(a, 0) == xap_results_score(b, 0));
    xap_results_free(a);
    xap_results_free(b);
    ocs_plan_clear(&both);
    ocs_plan_clear(&sentence);
}

/* ---- the look into a document ---- */

static void one_document_that_is_too_much_is_a_limit(void **state)
{
    house *h = *state;
    const ocs_str term = OCS_STR("the");
    const ocs_part part = {.kind = OCS_PART_TERMS, .terms = &term, .n_terms = 1};
    ocs_within within = {OCS_BOUND_SENTENCE, &part, ocs_arena_new(8)};
    bool yes = false;
    assert_non_null(within.scratch);
    assert_int_equal(ocs_within_check(&within, ocs_index_db(h->index), 1, &yes, &h->err),
                     OCS_LIMIT);
    assert_false(yes);
    ocs_arena_free(within.scratch);
}

static void a_document_without_bounds_has_no_sentence(void **state)
{
    house *h = *state;
    const ocs_str term = OCS_STR("never");
    const ocs_part part = {.kind = OCS_PART_TERMS, .terms = &term, .n_terms = 1};
    ocs_within within = {OCS_BOUND_SENTENCE, &part, ocs_arena_new(1 << 20)};
    bool yes = true;
    MUST(h, ocs_within_check(&within, ocs_index_db(h->index), 1, &yes, &h->err));
    assert_false(yes);
    yes = true;
    MUST(h, ocs_within_check(&within, ocs_index_db(h->index), 99, &yes, &h->err));
    assert_false(yes);
    ocs_arena_free(within.scratch);
}

/* As an older program would have left it. */
static void make_old(house *h, char dir[512])
{
    char path[600], link[600];
    xap_writer *writer;
    xap_document *made = xap_document_new();
    snprintf(dir, 512, "%s/old", h->dir);
    snprintf(path, sizeof path, "%s/gen-000001", dir);
    snprintf(link, sizeof link, "%s/current", dir);
    assert_int_equal(mkdir(dir, 0700), 0);
    assert_int_equal(symlink("gen-000001", link), 0);
    MUST(h, xap_writer_open(path, XAP_CREATE_NEW, &writer, &h->err));
    MUST(h, xap_document_add_posting(made, OCS_STR("crime"), 1, 1, &h->err));
    MUST(h, xap_document_set_value(made, OCS_SLOT_TEXT, OCS_STR("12345678"), &h->err));
    MUST(h, xap_writer_replace(writer, OCS_STR("Q1"), made, NULL, &h->err));
    xap_document_free(made);
    MUST(h, xap_writer_set_metadata(writer, OCS_STR(OCS_META_FORMAT), OCS_STR("1"), &h->err));
    MUST(h, xap_writer_commit(writer, &h->err));
    MUST(h, xap_writer_close(writer, &h->err));
}

static void an_index_that_knows_no_sentences_says_so(void **state)
{
    house *h = *state;
    char dir[512];
    ocs_index *old;
    ocs_node *tree;
    ocs_plan plan;
    make_old(h, dir);
    MUST(h, ocs_index_open(dir, &old, &h->err));
    MUST(h, parse(h, "SENT(crime)", &tree));
    assert_int_equal(ocs_query_plan(tree, old, h->arena, &plan, &h->err), OCS_VERSION);
    assert_non_null(strstr(h->err.text, "does not know where sentences begin"));
    ocs_index_close(old);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sent_and_para_are_operators_right_before_a_bracket),
        cmocka_unit_test(the_tree_is_printed_with_its_kind),
        cmocka_unit_test(what_has_no_place_in_the_text_is_refused),
        cmocka_unit_test(all_words_stand_in_one_sentence),
        cmocka_unit_test(all_words_stand_in_one_paragraph),
        cmocka_unit_test(words_count_by_their_stems),
        cmocka_unit_test(phrases_stand_as_a_whole),
        cmocka_unit_test(entities_stand_where_they_are_mentioned),
        cmocka_unit_test(groups_and_nots_hold_in_the_same_sentence),
        cmocka_unit_test(near_holds_within_the_sentence),
        cmocka_unit_test(phrases_and_roles_stand_near_words),
        cmocka_unit_test(a_phrase_near_a_word_is_marked),
        cmocka_unit_test(they_are_parts_like_others),
        cmocka_unit_test(what_is_asked_for_is_marked),
        cmocka_unit_test(operands_give_the_score),
        cmocka_unit_test(one_document_that_is_too_much_is_a_limit),
        cmocka_unit_test(a_document_without_bounds_has_no_sentence),
        cmocka_unit_test(an_index_that_knows_no_sentences_says_so),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
