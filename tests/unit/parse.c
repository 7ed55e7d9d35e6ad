/* Lexemes to tree and back to text: precedence, every form of the language, every error with its
 * place, and the promise that printing and parsing are each other's inverse. */
#include "query/fields.h"
#include "query/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static ocs_arena *arena;
static ocs_buf out;

static int set_up(void **state)
{
    (void)state;
    arena = ocs_arena_new(64 * 1024 * 1024);
    ocs_buf_init(&out, 1024 * 1024);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    ocs_arena_free(arena);
    ocs_buf_clear(&out);
    return 0;
}

static ocs_node *parsed(ocs_str query)
{
    ocs_node *tree;
    ocs_error err = {0};
    if (ocs_query_parse(query, arena, &tree, &err) != OCS_OK)
        fail_msg("%.*s: %s at %ld", OCS_ARG(query), err.text, err.at);
    return tree;
}

static void assert_normal(const char *query, const char *normal)
{
    ocs_buf_reset(&out);
    ocs_query_print(parsed(ocs_str_of(query)), &out);
    assert_int_equal(ocs_buf_status(&out), OCS_OK);
    assert_string_equal(out.p ? out.p : "", normal);
}

static void assert_tree(const char *query, const char *lines)
{
    ocs_buf_reset(&out);
    ocs_query_print_tree(parsed(ocs_str_of(query)), &out);
    assert_string_equal(out.p, lines);
}

static void assert_error(const char *query, long at, const char *message)
{
    ocs_node *tree;
    ocs_error err = {0};
    assert_int_equal(ocs_query_parse(ocs_str_of(query), arena, &tree, &err), OCS_USAGE);
    assert_string_equal(err.text, message);
    assert_int_equal(err.at, at);
}

/* ---- forms ---- */

static void words_side_by_side_are_anded(void **state)
{
    (void)state;
    assert_tree("organized crime", "and\n  word organized\n  word crime\n");
    assert_normal("organized AND crime", "organized crime");
    assert_normal("a (b c) d", "a b c d");
}

static void precedence_is_not_near_and_or(void **state)
{
    (void)state;
    assert_tree("a b OR -c d NEAR/3 e", "or\n  and\n    word a\n    word b\n  and\n    not\n"
                                        "      word c\n    near/3\n      word d\n      word e\n");
    assert_normal("a (b OR c)", "a (b OR c)");
    assert_normal("(a b) OR c", "a b OR c");
    assert_normal("NOT (a b)", "-(a b)");
    assert_normal("NOT NOT a", "NOT -a");
    assert_normal("(((a)))", "a");
    assert_normal("(a OR b) OR c", "a OR b OR c");
}

static void every_form_has_its_normal_form(void **state)
{
    (void)state;
    assert_normal("\xE2\x80\x9Corganized  crime\xE2\x80\x9D", "\"organized  crime\"");
    assert_normal("traffick*  te?t  te?t*", "traffick* te?t te?t*");
    assert_normal("=organised", "=organised");
    assert_normal("a NEAR b", "a NEAR/10 b");
    assert_normal("a ADJ b ADJ c", "a ADJ/1 b ADJ/1 c");
    assert_normal("(a OR person:*) NEAR/2 b", "(a OR person:*) NEAR/2 b");
    assert_normal("Person:kurz", "person:kurz");
    assert_normal("person:\"Sebastian Kurz\" person:\"Kurz\"",
                  "person:\"Sebastian Kurz\" person:Kurz");
    assert_normal("place:* country:* org:* on:* role:*", "place:* country:* org:* on:* role:*");
    assert_normal("kind:* topic:* source:* lang:* date:*", "kind:* topic:* source:* lang:* date:*");
    assert_normal("person:stoj* id:12ab* path:/a/b*", "person:stoj* id:12ab* path:/a/b*");
    assert_normal("title:crime title:\"a b\" title:(a OR b)",
                  "title:crime title:\"a b\" title:(a OR b)");
    assert_normal("title:(a)", "title:a");
    assert_normal("lang:en path:\"/a b\"", "lang:en path:\"/a b\"");
    assert_normal("OR, crime", "\"OR\" crime");
    assert_normal("19:30 http://a.b/?c=d", "19:30 http://a.b/?c=d");
    assert_normal("-crime", "-crime");
}

static void dates_and_ranges_are_read(void **state)
{
    (void)state;
    assert_normal("date:2017 date:2017-02 date:2017-02-13",
                  "date:2017 date:2017-02 date:2017-02-13");
    assert_normal("date:2016..2018 on:2018.. on:..2018-06",
                  "date:2016..2018 on:2018.. on:..2018-06");
    assert_normal("date:2016-10..2017-02", "date:2016-10..2017-02");
    assert_normal("date:2017..2017", "date:2017");
    assert_normal("on:--12-06", "on:--12-06");
    assert_normal("date:2017..2017-02", "date:2017..2017-02");
    ocs_node *node = parsed(OCS_STR("date:2016-10..2018"));
    assert_int_equal(node->kind, OCS_NODE_RANGE);
    assert_int_equal(node->field, OCS_FIELD_DATE);
    assert_int_equal(node->from.month, 10);
    assert_int_equal(node->to.year, 2018);
}

static void white_space_is_the_empty_query(void **state)
{
    (void)state;
    assert_tree("", "empty\n");
    assert_tree(" \t\n\xC2\xA0", "empty\n");
    assert_normal("  ", "");
}

static void the_fields_are_listed(void **state)
{
    (void)state;
    size_t n = 0;
    for (; ocs_query_field_name(n); n++)
        assert_true(strlen(ocs_query_field_about(n)) > 10);
    assert_int_equal(n, 15);
    assert_null(ocs_query_field_about(n));
}

/* ---- errors ---- */

static void unknown_fields_are_errors_with_a_guess(void **state)
{
    (void)state;
    assert_error("crime persn:kurz", 6, "unknown field 'persn': did you mean person?");
    assert_error("zebra:1", 0, "unknown field 'zebra'; quotes around it make it text");
    assert_error("persn:\"a\"", 0, "unknown field 'persn': did you mean person?");
}

static void unbalanced_quotes_and_brackets_are_errors(void **state)
{
    (void)state;
    assert_error("a \"b c", 2, "this quote is never closed");
    assert_error("person:\"b c", 7, "this quote is never closed");
    assert_error("a (b c", 2, "this bracket is never closed");
    assert_error("a (", 2, "this bracket is never closed");
    assert_error("a b) c", 3, "this bracket was never opened");
    assert_error(")", 0, "this bracket was never opened");
    assert_error("a ()", 2, "there is nothing between the brackets");
    assert_error("a \"...\"", 3, "there is no word between the quotes");
    assert_error("title:(a", 6, "this bracket is never closed");
}

static void bad_dates_are_errors(void **state)
{
    (void)state;
    assert_error("date:[", 5, "'[' is no date: write YYYY, YYYY-MM or YYYY-MM-DD");
    assert_error("date:2017-13", 5, "'2017-13' is no date: write YYYY, YYYY-MM or YYYY-MM-DD");
    assert_error("on:2017-02-30", 3, "'2017-02-30' is no date: write YYYY, YYYY-MM or YYYY-MM-DD");
    assert_error("date:2016..x", 11, "'x' is no date: write YYYY, YYYY-MM or YYYY-MM-DD");
    assert_error("date:..", 5, "an empty range: give it one end at least");
    assert_error("a date:2018..2017", 7, "the range ends before it begins");
    assert_error("date:2017-02..2017-01-31", 5, "the range ends before it begins");
    assert_error("date:--12-06", 5, "a page is published in a known year; only on: takes --MM-DD");
    assert_error("on:--12-06..2017", 3, "'--12-06' is no date: write YYYY, YYYY-MM or YYYY-MM-DD");
    assert_error("on:2017*", 7, "on: takes no *");
}

static void missing_operands_are_errors(void **state)
{
    (void)state;
    assert_error("OR a", 0, "OR needs something on both sides");
    assert_error("a OR", 2, "OR needs something on both sides");
    assert_error("a OR OR b", 5, "OR needs something on both sides");
    assert_error("a AND", 2, "AND needs something on both sides");
    assert_error("AND", 0, "AND needs something on both sides");
    assert_error("a (b AND)", 5, "AND needs something on both sides");
    assert_error("a NOT", 2, "NOT needs something after it");
    assert_error("NEAR a", 0, "NEAR needs something on both sides");
    assert_error("a NEAR/3", 2, "NEAR and ADJ need something on both sides");
    assert_error("ADJ a", 0, "ADJ needs something on both sides");
    assert_error("person: kurz", 7, "person: needs a value right after the colon");
    assert_error("(person:)", 8, "person: needs a value right after the colon");
    assert_error("&&", 0, "there is no word in the query");
}

static void near_takes_what_has_a_place(void **state)
{
    (void)state;
    const char *message = "NEAR and ADJ take words, entities and ORs of these";
    assert_error("(a b) NEAR c", 1, message);
    assert_error("a NEAR -c", 7, message);
    assert_error("a NEAR date:2017", 7, message);
    assert_error("a NEAR title:b", 7, message);
    assert_error("a NEAR (b OR kind:c)", 8, message);
    assert_error("a NEAR/2 b NEAR/3 c", 11,
                 "NEAR and ADJ chain only with themselves at one distance");
    assert_error("a NEAR b ADJ c", 9, "NEAR and ADJ chain only with themselves at one distance");
    assert_error("a NEAR/0 b", 7, "NEAR/ takes a number of words from 1 to 1000");
    assert_error("a NEAR/x b", 7, "NEAR/ takes a number of words from 1 to 1000");
    assert_error("a ADJ/1001 b", 6, "ADJ/ takes a number of words from 1 to 1000");
}

static void stars_stand_at_the_end_of_two_letters(void **state)
{
    (void)state;
    assert_error("a*", 0, "a wildcard needs two letters before it");
    assert_error("*", 0, "a wildcard needs two letters before it");
    assert_error("b t?st", 2, "a wildcard needs two letters before it");
    const char *inner = "a * may stand only in a word of letters and digits, or at its end";
    const char *quoted = "a * within quotes stands in a word, after two letters";
    assert_error("*foo", 0, inner);
    assert_error("person:*foo", 7, inner);
    assert_error("f*ba", 0, "a wildcard needs two letters before it");
    assert_error("fo*b-ar", 2, inner);
    assert_error("=fo*ba", 6, "a word is either =exact or a wildcard* or fuzzy~");
    assert_error("foo,*", 4, "a * may stand only at the end of a word, after a letter");
    assert_error("a \"b *ab c\"", 5, quoted);
    assert_error("\"b a*\"", 4, quoted);
    assert_error("\"cross-bord*\"", 11, quoted);
    assert_error("id:a*b", 4, "id: takes a * only at the end");
    assert_error("kind:\"ab* c\"", 8, "kind: takes no * within quotes");
    assert_error("path:/a*b", 7, "a * may stand only at the end of a value");
    assert_error("\"a\"*", 3, "a * cannot stand after a quote");
    assert_error("=foo*", 4, "a word is either =exact or a wildcard* or fuzzy~");
    assert_error("=\"a b\"", 0, "= stands before a word; a phrase is never stemmed");
    assert_error("title:*", 6, "a wildcard needs two letters before it");
    assert_error("id:*", 3, "id: needs a value, * alone is none");
    assert_error("lang:e*", 6, "lang: takes no *");
}

static void wildcards_stand_in_words_and_phrases(void **state)
{
    (void)state;
    assert_normal("traf*ing te?t* tr**g", "traf*ing te?t* tr**g");
    assert_normal("polic? te?t?* poli*?? polic?.", "polic? te?t?* poli*?? polic?");
    assert_normal("person:kur? person:\"kur?\"", "person:kur? person:kur?");
    assert_normal("person:\"ana stoj?\"", "person:\"ana stoj?\"");
    assert_error("b t?", 2, "a wildcard needs two letters before it");
    assert_normal("\"traffick* in pers?ns\" x", "\"traffick* in pers?ns\" x");
    assert_normal("\"who are you? - * -\"", "\"who are you? - * -\"");
    assert_normal("person:s*vic person:\"Ana Stoj*\"", "person:s*vic person:\"Ana Stoj*\"");
    assert_normal("person:\"stoj*\" person:\"st?j\"", "person:\"stoj*\" person:st?j");
    assert_normal("kind:pr*s role:hea?", "kind:pr*s role:hea?");
    assert_normal("title:(te*t \"rep* on\")", "title:(te*t \"rep* on\")");
}

static void fuzzy_words_say_how_far(void **state)
{
    (void)state;
    const char *number = "~ takes 1 or 2: so many letters may differ";
    assert_normal("kurtz~1 person:Stojanovik~2", "kurtz~1 person:Stojanovik~2");
    assert_normal("person:\"A. Stojanovik\"~1@org:x~2", "person:\"A. Stojanovik\"~1@org:x~2");
    assert_normal("person:\"x~1\" OR~1 a~", "person:\"x~1\" OR~1 a");
    assert_normal("person:\"kurz~99\"", "person:\"kurz~99\"");
    assert_tree("kurtz~1", "word kurtz~1\n");
    assert_error("kurtz~3", 5, number);
    assert_error("b~12", 1, number);
    assert_error("person:kurz~99", 11, number);
    assert_error("person:\"a b\"~12", 12, number);
    assert_error("a person:kurtz~0", 14, number);
    assert_error("person:\"a b\"~9", 12, number);
    assert_error("a \"b c\"~2", 7, "a phrase takes no ~; NEAR says how close words stand");
    assert_error("lang:en~1", 5, "lang: takes no ~");
    assert_error("id:\"ab\"~1", 4, "id: takes no ~");
    assert_error("ku?tz~1", 5, "a word is either a wildcard* or fuzzy~");
    assert_error("=kurtz~1", 6, "a word is either =exact or a wildcard* or fuzzy~");
}

static void an_at_asks_whose_office(void **state)
{
    (void)state;
    const char *message = "only person: and role: take an @, and only one";
    assert_normal("person:kurz@org:OSCE", "person:kurz@org:OSCE");
    assert_normal("PERSON:\"a b\"@Org:\"c d\" e", "person:\"a b\"@org:\"c d\" e");
    assert_normal("role:head*@country:*", "role:head*@country:*");
    assert_normal("person:\"a@org:b\"", "person:\"a@org:b\"");
    assert_normal("person:a@org:b@c", "person:a@org:b@c");
    assert_tree("-person:*@org:x", "not\n  field person:*@org:x\n");
    assert_error("place:a@country:b", 8, message);
    assert_error("person:a@org:b@org:c", 15, message);
    assert_error("person:a@date:2016", 9, "after an @ stands org: or country:");
    assert_error("person:a@orgg:b", 9, "unknown field 'orgg': did you mean org?");
    assert_error("person:a@org:", 13, "org: needs a value right after the colon");
    assert_error("person:a @org:b", 9, "an @ stands right behind the value of person: or role:");
    assert_normal("person:\"a@org\"", "person:\"a@org\"");
    assert_error("person:a@org", 12, "org: needs a value after a colon");
    assert_normal("a@org:b person:a@b.c", "a@org:b person:a@b.c");
    assert_error("person:@org:a", 7, "person: needs a value right after the colon");
    assert_normal("a NEAR person:b@org:c", "a NEAR/10 person:b@org:c");
}

static void values_have_their_form(void **state)
{
    (void)state;
    assert_error("person:(a b)", 7, "person: takes one value; write (person:a OR person:b)");
    assert_error("title:(person:a)", 7, "a title holds words and phrases, no fields");
    assert_error("title:person:a", 6, "title: needs a word, a phrase or a group in brackets");
    assert_error("person:[", 7, "person: needs a value right after the colon");
}

static void text_that_is_not_utf8_is_refused(void **state)
{
    (void)state;
    assert_error("ab \xFF", 3, "the query is not UTF-8 from here on");
}

static void negations_print_no_deeper_than_they_are(void **state)
{
    (void)state;
    char deep[512] = "";
    for (int i = 0; i < 99; i++)
        strcat(deep, "NOT ");
    strcat(deep, "-a");
    assert_normal(deep, deep);
    assert_normal("NOT (NOT (a))", "NOT -a");
}

static void depth_and_length_are_capped(void **state)
{
    (void)state;
    char deep[512];
    ocs_node *tree;
    ocs_error err;
    memset(deep, '(', 101);
    deep[101] = 'a';
    memset(deep + 102, ')', 101);
    ocs_str query = {deep, 203};
    assert_int_equal(ocs_query_parse(query, arena, &tree, &err), OCS_USAGE);
    assert_int_equal(err.at, 100);
    assert_string_equal(err.text, "brackets and negations are nested too deep");
    assert_int_equal(ocs_query_parse(ocs_str_sub(query, 1, 202), arena, &tree, &err), OCS_OK);
    char *lengthy = malloc(64 * 1024 + 1);
    assert_non_null(lengthy);
    memset(lengthy, 'a', 64 * 1024 + 1);
    assert_int_equal(ocs_query_parse((ocs_str){lengthy, 64 * 1024 + 1}, arena, &tree, &err),
                     OCS_USAGE);
    assert_int_equal(err.at, 64 * 1024);
    assert_int_equal(ocs_query_parse((ocs_str){lengthy, 64 * 1024}, arena, &tree, &err), OCS_OK);
    free(lengthy);
}

static void the_caret_stands_under_the_place(void **state)
{
    (void)state;
    ocs_error err = {.at = 6};
    ocs_buf_reset(&out);
    ocs_query_caret(OCS_STR("crime persn:kurz"), &err, &out);
    assert_string_equal(out.p, "crime persn:kurz\n      ^");
    err.at = 7; /* after four letters of which three take two bytes */
    ocs_buf_reset(&out);
    ocs_query_caret(OCS_STR("\xC5\xBE\xC4\x87\xC5\xA1"
                            "a ("),
                    &err, &out);
    assert_string_equal(out.p, "\xC5\xBE\xC4\x87\xC5\xA1"
                               "a (\n    ^");
    err.at = 3;
    ocs_buf_reset(&out);
    ocs_query_caret(OCS_STR("a\n\t(b"), &err, &out);
    assert_string_equal(out.p, "\t(b\n\t^");
    err.at = 99;
    ocs_buf_reset(&out);
    ocs_query_caret(OCS_STR("ab"), &err, &out);
    assert_string_equal(out.p, "ab\n  ^");
}

static void the_caret_of_a_long_query_shows_what_is_near(void **state)
{
    (void)state;
    char text[6000]; /* two bytes a letter: a cut must not leave half of one */
    for (size_t i = 0; i < sizeof text; i += 2)
        memcpy(text + i, "\xC5\xBE", 2);
    ocs_error err = {.at = 3001};
    ocs_buf_reset(&out);
    ocs_query_caret((ocs_str){text + 1, sizeof text - 1}, &err, &out);
    assert_true(out.n < 1000);
    assert_int_equal(ocs_utf8_check(ocs_buf_str(&out)), out.n);
    assert_memory_equal(out.p, "\xE2\x80\xA6\xC5\xBE", 5);
    ocs_str shown = ocs_buf_str(&out);
    size_t end = ocs_str_find_char(shown, '\n', 0);
    assert_memory_equal(out.p + end - 5, "\xC5\xBE\xE2\x80\xA6", 5);
    err.at = (int)sizeof text - 1; /* at the end: nothing is left out behind it */
    ocs_buf_reset(&out);
    ocs_query_caret((ocs_str){text, sizeof text}, &err, &out);
    assert_int_equal(ocs_utf8_check(ocs_buf_str(&out)), out.n);
    assert_int_equal(out.p[out.n - 1], '^');
}

/* ---- printing and parsing ---- */

static uint64_t seed = 20170213;

static unsigned below(unsigned n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % n;
}

static ocs_node *node_of(ocs_node_kind kind)
{
    ocs_node *node = ocs_arena_alloc(arena, sizeof *node);
    assert_non_null(node);
    node->kind = kind;
    return node;
}

static ocs_node *random_word(void)
{
    static const char *const words[] = {"crime",
                                        "co-operation",
                                        "U.S",
                                        "19:30",
                                        "te?t",
                                        "traf*ing",
                                        "tr?f*g",
                                        "a/b?c",
                                        "\xD0\xBC\xD0\xB8\xD1\x80",
                                        "\xC4\x90ukanovi\xC4\x87",
                                        "near",
                                        "Kurz's",
                                        "x.y:z",
                                        "or"};
    ocs_node *node = node_of(OCS_NODE_WORD);
    node->text = ocs_str_of(words[below(sizeof words / sizeof *words)]);
    bool pattern = ocs_str_find_char(node->text, '*', 0) < node->text.n;
    node->exact = !pattern && below(4) == 0;
    node->wildcard = !node->exact && node->text.n > 4 && below(4) == 0;
    if (node->wildcard)
        node->text = OCS_STR("traff");
    else if (!node->exact && below(6) == 0) {
        node->text = OCS_STR("Kurtz");
        node->fuzzy = 1 + below(2);
    }
    return node;
}

static ocs_node *random_phrase(void)
{
    static const char *const phrases[] = {
        "organized crime", "OR", "a (b) -c", "person:x", "one", "traffick* in pers?ns", "kurz~1"};
    ocs_node *node = node_of(OCS_NODE_PHRASE);
    node->text = ocs_str_of(phrases[below(sizeof phrases / sizeof *phrases)]);
    return node;
}

/* Whose office it is, which of a person and a role may be asked. */
static void add_holding(ocs_node *node)
{
    if ((node->field != OCS_FIELD_PERSON && node->field != OCS_FIELD_ROLE) || below(2) == 0)
        return;
    node->children = node_of(OCS_NODE_FIELD);
    node->children->field = below(2) ? OCS_FIELD_ORG : OCS_FIELD_COUNTRY;
    node->children->wildcard = below(4) == 0;
    if (!node->children->wildcard)
        node->children->text = below(2) ? OCS_STR("OSCE") : OCS_STR("Mission to Serbia");
}

static ocs_node *random_field(bool near)
{
    static const char *const values[] = {"kurz", "Sebastian Kurz", "a-b", "x, y", "OR", "kurz~1"};
    ocs_node *node = node_of(OCS_NODE_FIELD);
    do
        node->field = (int)below(OCS_FIELD_COUNT);
    while (node->field == OCS_FIELD_TITLE || (near && !ocs_field_positional(node->field)));
    ocs_value_form form = ocs_field_of(node->field)->form;
    node->wildcard = form == OCS_VALUE_DATE || (ocs_value_takes_any(form) && below(3) == 0);
    if (!node->wildcard)
        node->text = ocs_str_of(values[below(sizeof values / sizeof *values)]);
    else if (ocs_value_takes_prefix(form) && below(2) == 0)
        node->text = OCS_STR("stoj");
    if (!node->wildcard && ocs_value_takes_fuzzy(form) && below(4) == 0)
        node->fuzzy = 1 + below(2);
    else if (!node->wildcard && form == OCS_VALUE_ENTITY && below(4) == 0)
        node->text = below(2) ? OCS_STR("st*vi?h") : OCS_STR("Ana Stoj*");
    if (!near)
        add_holding(node);
    return node;
}

static ocs_node *random_range(bool near)
{
    static const ocs_date dates[] = {{0, 0, 0}, {2016, 0, 0}, {2017, 2, 0}, {2018, 6, 30}};
    ocs_node *node = node_of(OCS_NODE_RANGE);
    unsigned from = below(4), to = from + below(4 - from);
    node->field = near || below(2) ? OCS_FIELD_ON : OCS_FIELD_DATE;
    node->from = dates[from];
    node->to = dates[from == 0 && to == 0 ? 1 : to];
    return node;
}

static ocs_node *random_leaf(bool in_title, bool near)
{
    unsigned choice = below(in_title ? 2 : 4);
    if (choice == 0)
        return random_word();
    if (choice == 1)
        return random_phrase();
    return choice == 2 ? random_field(near) : random_range(near);
}

static ocs_node *random_tree(unsigned depth, ocs_node_kind within, bool in_title);

static void add_children(ocs_node *node, unsigned depth, bool in_title)
{
    ocs_node **end = &node->children;
    for (unsigned n = 2 + below(2); n > 0; n--, end = &(*end)->next)
        *end = random_tree(depth, node->kind, in_title);
}

static ocs_node *random_near(bool in_title)
{
    ocs_node *node = node_of(below(2) ? OCS_NODE_NEAR : OCS_NODE_ADJ);
    ocs_node **end = &node->children;
    node->distance = 1 + below(12);
    for (unsigned n = 2 + below(2); n > 0; n--, end = &(*end)->next) {
        *end = below(3) > 0 ? random_leaf(in_title, true) : node_of(OCS_NODE_OR);
        if ((*end)->kind == OCS_NODE_OR) {
            (*end)->children = random_leaf(in_title, true);
            (*end)->children->next = random_leaf(in_title, true);
        }
    }
    return node;
}

/* A tree as the parser makes them: no AND right within an AND, no OR right within an OR. */
static ocs_node *random_tree(unsigned depth, ocs_node_kind within, bool in_title)
{
    static const ocs_node_kind kinds[] = {OCS_NODE_AND, OCS_NODE_OR, OCS_NODE_NOT, OCS_NODE_NEAR,
                                          OCS_NODE_TITLE};
    ocs_node_kind kind = kinds[below(in_title ? 4 : 5)];
    if (depth == 0 || kind == within || below(4) == 0)
        return random_leaf(in_title, false);
    if (kind == OCS_NODE_NEAR)
        return random_near(in_title);
    ocs_node *node = node_of(kind);
    if (kind == OCS_NODE_TITLE)
        node->children = random_tree(depth - 1, OCS_NODE_TITLE, true);
    else if (kind == OCS_NODE_NOT)
        node->children = random_tree(depth - 1, OCS_NODE_EMPTY, in_title);
    else
        add_children(node, depth - 1, in_title);
    return node;
}

static bool same_tree(const ocs_node *a, const ocs_node *b)
{
    if (!a || !b)
        return a == b;
    bool same = a->kind == b->kind && a->wildcard == b->wildcard && a->exact == b->exact &&
                a->field == b->field && a->distance == b->distance && a->fuzzy == b->fuzzy &&
                ocs_str_eq(a->text, b->text) && ocs_date_equal(a->from, b->from) &&
                ocs_date_equal(a->to, b->to);
    return same && same_tree(a->children, b->children) && same_tree(a->next, b->next);
}

static void a_printed_tree_parses_to_itself(void **state)
{
    (void)state;
    for (int i = 0; i < 5000; i++) {
        ocs_arena_clear(arena);
        ocs_node *tree = random_tree(4, OCS_NODE_EMPTY, false);
        ocs_buf_reset(&out);
        ocs_query_print(tree, &out);
        if (!same_tree(tree, parsed(ocs_buf_str(&out))))
            fail_msg("not the same tree: %s", out.p);
    }
}

/* What parses has a normal form that parses to the same tree and prints as itself. */
static void check_round_trip(ocs_str query)
{
    ocs_node *tree, *again;
    ocs_error err = {0};
    ocs_buf second;
    if (ocs_query_parse(query, arena, &tree, &err) != OCS_OK) {
        assert_int_equal(err.status, OCS_USAGE);
        assert_true(err.at >= 0 && (size_t)err.at <= query.n);
        ocs_buf_reset(&out);
        ocs_query_caret(query, &err, &out);
        return;
    }
    ocs_buf_reset(&out);
    ocs_query_print(tree, &out);
    if (ocs_query_parse(ocs_buf_str(&out), arena, &again, &err) != OCS_OK)
        fail_msg("[%.*s] gives [%s]: %s", OCS_ARG(query), out.p, err.text);
    if (!same_tree(tree, again))
        fail_msg("[%.*s] gives [%s], another tree", OCS_ARG(query), out.p);
    ocs_buf_init(&second, 1024 * 1024);
    ocs_query_print(again, &second);
    assert_true(ocs_str_eq(ocs_buf_str(&out), ocs_buf_str(&second)));
    ocs_buf_clear(&second);
}

static void mutate(char *query, size_t *n, size_t room)
{
    static const char bytes[] = "()\"*?=-:. ,/@~ORANDTE0129\xE2\x80\x9C\xC4\x87\xFF\n[";
    size_t at = below((unsigned)*n + 1);
    char byte = bytes[below(sizeof bytes - 1)];
    if (below(3) == 0 && *n > 1 && at < *n) {
        memmove(query + at, query + at + 1, *n - at - 1);
        (*n)--;
    } else if (below(2) == 0 && at < *n) {
        query[at] = byte;
    } else if (*n < room) {
        memmove(query + at + 1, query + at, *n - at);
        query[at] = byte;
        (*n)++;
    }
}

static void mutated_queries_are_parsed_or_refused(void **state)
{
    (void)state;
    static const char *const queries[] = {
        "organized crime \"asset recovery\" person:kurz country:RS date:2016..2018",
        "(a OR b*) NEAR/8 person:* -title:(x \xE2\x80\x9Cy z\xE2\x80\x9D) AND NOT =co-op",
        "said ADJ/3 person:\"Sebastian Kurz\" on:--12-06 te?t path:/a/b.html lang:en",
        "SENT(a OR \"b c\" person:*) PARA (x) PARA(=co-op NOT b* on:2018)",
        "OR NOT, U.S. 19:30 http://a.b/c?d=e kind:\"press release\" on:..2018-06-30",
        "person:kurz@org:\"Mission to Serbia\" role:\"head of\"@country:RS saved:borders",
        "traf*ing kurtz~1 \"traffick* in persons\" person:\"Ana Stoj*\" org:odhir~2 kind:p*s"};
    for (int i = 0; i < 20000; i++) {
        char query[256];
        const char *start = queries[below(sizeof queries / sizeof *queries)];
        size_t n = strlen(start);
        memcpy(query, start, n);
        for (unsigned m = 1 + below(6); m > 0; m--)
            mutate(query, &n, sizeof query);
        ocs_arena_clear(arena);
        char *copy = ocs_arena_alloc(arena, n); /* without a NUL behind it */
        assert_non_null(copy);
        memcpy(copy, query, n);
        check_round_trip((ocs_str){copy, n});
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_side_by_side_are_anded),
        cmocka_unit_test(precedence_is_not_near_and_or),
        cmocka_unit_test(every_form_has_its_normal_form),
        cmocka_unit_test(dates_and_ranges_are_read),
        cmocka_unit_test(white_space_is_the_empty_query),
        cmocka_unit_test(the_fields_are_listed),
        cmocka_unit_test(unknown_fields_are_errors_with_a_guess),
        cmocka_unit_test(unbalanced_quotes_and_brackets_are_errors),
        cmocka_unit_test(bad_dates_are_errors),
        cmocka_unit_test(missing_operands_are_errors),
        cmocka_unit_test(near_takes_what_has_a_place),
        cmocka_unit_test(stars_stand_at_the_end_of_two_letters),
        cmocka_unit_test(wildcards_stand_in_words_and_phrases),
        cmocka_unit_test(fuzzy_words_say_how_far),
        cmocka_unit_test(an_at_asks_whose_office),
        cmocka_unit_test(values_have_their_form),
        cmocka_unit_test(text_that_is_not_utf8_is_refused),
        cmocka_unit_test(depth_and_length_are_capped),
        cmocka_unit_test(negations_print_no_deeper_than_they_are),
        cmocka_unit_test(the_caret_stands_under_the_place),
        cmocka_unit_test(the_caret_of_a_long_query_shows_what_is_near),
        cmocka_unit_test(a_printed_tree_parses_to_itself),
        cmocka_unit_test(mutated_queries_are_parsed_or_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
