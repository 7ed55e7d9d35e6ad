/* Which texts count as copies of each other, by their fingerprints alone. */
#include "index/fingerprint.h"
#include "tests/unit/shared_arena.h"

enum { LONG = 300, MOST = 40000 };

static bool print_of(const ocs_document *document, ocs_fingerprint *print)
{
    ocs_words words;
    assert_true(ocs_words_of(arena, document->text, &words));
    return ocs_fingerprint_of(document, &words, arena, print);
}

static ocs_fingerprint must_print(const ocs_document *document)
{
    ocs_fingerprint print = {0};
    assert_true(print_of(document, &print));
    return print;
}

static bool same(const ocs_document *a, const ocs_document *b)
{
    ocs_fingerprint x = must_print(a), y = must_print(b);
    bool yes = ocs_fingerprint_same(&x, &y);
    assert_int_equal(ocs_fingerprint_same(&y, &x), yes);
    return yes;
}

static bool share_a_band(const ocs_fingerprint *a, const ocs_fingerprint *b)
{
    for (size_t i = 0; i < OCS_BANDS; i++)
        if (ocs_fingerprint_band(a, i) == ocs_fingerprint_band(b, i))
            return true;
    return false;
}

/* Text of ${n} words in paragraphs of 25, from a vocabulary of 1,000 by a fixed sequence;
 * words ${from} to ${to} are drawn from another sequence. */
static ocs_str text_of(unsigned seed, size_t n, size_t from, size_t to)
{
    ocs_buf text;
    ocs_buf_init(&text, MOST);
    for (size_t i = 0; i < n; i++) {
        uint64_t draw = ocs_hash_mix(i >= from && i < to ? seed + 1000 : seed, i) % 1000;
        ocs_buf_putf(&text, "%sword%03u", i == 0 ? "" : i % 25 == 0 ? ".\n" : " ", (unsigned)draw);
    }
    ocs_str copy = ocs_str_copy(arena, ocs_buf_str(&text));
    assert_int_equal(ocs_buf_status(&text), OCS_OK);
    ocs_buf_clear(&text);
    return copy;
}

static ocs_str join(ocs_str a, ocs_str b)
{
    ocs_buf text;
    ocs_buf_init(&text, MOST);
    ocs_buf_put(&text, a);
    ocs_buf_put(&text, b);
    ocs_str copy = ocs_str_copy(arena, ocs_buf_str(&text));
    ocs_buf_clear(&text);
    return copy;
}

static ocs_document document_of(ocs_str text)
{
    return (ocs_document){.text = text};
}

static void the_same_text_is_the_same(void **state)
{
    (void)state;
    ocs_document a = document_of(text_of(1, LONG, 0, 0)), b = a;
    b.lang = OCS_STR("en");
    b.path = OCS_STR("/node/17");
    ocs_fingerprint x = must_print(&a), y = must_print(&b);
    assert_true(ocs_fingerprint_likeness(&x, &y) == 1);
    assert_true(same(&a, &b));
}

static void different_texts_have_nothing_in_common(void **state)
{
    (void)state;
    ocs_document a = document_of(text_of(1, LONG, 0, 0)), b = document_of(text_of(2, LONG, 0, 0));
    ocs_fingerprint x = must_print(&a), y = must_print(&b);
    assert_true(ocs_fingerprint_likeness(&x, &y) < 0.1);
    assert_false(share_a_band(&x, &y));
}

static void the_title_does_not_count(void **state)
{
    (void)state;
    ocs_str body = text_of(1, 30, 0, 0);
    ocs_document bare = document_of(body), titled = document_of(body);
    titled.title.value =
        OCS_STR("A rather long title of so many words that it would tell them apart");
    titled.text = join(join(titled.title.value, OCS_STR("\n")), body);
    ocs_fingerprint x = must_print(&bare), y = must_print(&titled);
    assert_true(ocs_fingerprint_likeness(&x, &y) == 1);
}

static void a_lead_printed_twice_and_labels_left_in_are_no_difference(void **state)
{
    (void)state;
    ocs_str body = text_of(1, LONG, 0, 0);
    ocs_str lead = ocs_str_sub(body, 0, ocs_str_find_char(body, '\n', 0) + 1);
    ocs_document a = document_of(body), b = document_of(join(lead, body));
    ocs_document c = document_of(join(OCS_STR("Date:\nPlace:\nBELGRADE\nSource:\nOSCE Mission to "
                                              "Serbia\nFields of work:\nPolicing\n"),
                                      body));
    assert_true(same(&a, &b));
    assert_true(same(&a, &c));
    assert_true(same(&b, &c));
}

static void case_accents_and_marks_are_no_difference(void **state)
{
    (void)state;
    ocs_document a = document_of(OCS_STR(
        "“Novi zakon”, kaže Đorđe Kovačić, “štiti sve”. Policija i carina rade zajedno već deset "
        "godina, a sada će raditi i sudovi u Novom Sadu."));
    ocs_document b = document_of(OCS_STR(
        "\"NOVI ZAKON\" - kaze Dorde Kovacic - \"stiti sve\" POLICIJA I CARINA rade zajedno vec "
        "deset godina a sada ce raditi i sudovi u Novom Sadu"));
    assert_true(same(&a, &b));
}

static void a_sentence_changed_in_a_long_text_is_no_difference(void **state)
{
    (void)state;
    ocs_document a = document_of(text_of(1, LONG, 0, 0)),
                 b = document_of(text_of(1, LONG, 100, 115));
    assert_true(same(&a, &b));
}

static void a_text_of_which_half_is_new_is_another(void **state)
{
    (void)state;
    ocs_document a = document_of(text_of(1, LONG, 0, 0)),
                 b = document_of(text_of(1, LONG, 100, 250));
    assert_false(same(&a, &b));
}

static void reports_of_a_series_differ_by_the_number_in_their_titles(void **state)
{
    (void)state;
    ocs_document a = document_of(text_of(1, LONG, 0, 0)), b = a, untitled = a;
    a.title.value = OCS_STR("Daily Report 247/2019 issued on 18 October 2019");
    b.title.value = OCS_STR("Daily Report 248/2019 issued on 19 October 2019");
    assert_false(same(&a, &b));
    b.title.value = OCS_STR("OSCE: daily report 247/2019, issued on 18 October 2019 (Kyiv)");
    assert_true(same(&a, &b));
    assert_true(same(&a, &untitled));
}

static void pages_published_far_apart_differ(void **state)
{
    (void)state;
    ocs_document a = document_of(text_of(1, LONG, 0, 0)), b = a, undated = a;
    a.published = (ocs_when){{2018, 2, 28}, {2018, 2, 28}};
    b.published = (ocs_when){{2018, 3, 1}, {2018, 3, 1}}; /* a day later */
    assert_true(same(&a, &b));
    b.published = (ocs_when){{2018, 3, 7}, {2018, 3, 7}};
    assert_false(same(&a, &b));
    assert_true(same(&a, &undated));
    b.published = (ocs_when){{2018, 3, 0}, {2018, 3, 0}}; /* no day, no reason */
    assert_true(same(&a, &b));
}

static void a_translation_is_another_text(void **state)
{
    (void)state;
    ocs_document en = document_of(OCS_STR(
        "Prosecutors and financial investigators agreed today in Belgrade on a common way of "
        "exchanging bank data, a step meant to speed up asset recovery in cases of crime."));
    ocs_document sr = document_of(OCS_STR(
        "Tužioci i finansijski istražitelji dogovorili su se danas u Beogradu o zajedničkom načinu "
        "razmene bankarskih podataka, koraku koji treba da ubrza oduzimanje imovine u slučajevima "
        "kriminala."));
    assert_false(same(&en, &sr));
}

static void a_short_text_has_no_fingerprint(void **state)
{
    (void)state;
    ocs_fingerprint print;
    ocs_document empty = {0}, few = document_of(text_of(1, OCS_PRINT_WORDS_MIN - 1, 0, 0)),
                 enough = document_of(text_of(1, OCS_PRINT_WORDS_MIN, 0, 0));
    assert_false(print_of(&empty, &print));
    assert_false(print_of(&few, &print));
    assert_true(print_of(&enough, &print));
    few.title.value = OCS_STR("Five words of a title");
    few.text = join(OCS_STR("Five words of a title\n"), few.text);
    assert_false(print_of(&few, &print)); /* of which the title is no part */
}

/* How often two texts with ${changed} of LONG words replaced are the same and share a band. */
static void count_pairs(size_t changed, unsigned *n_same, unsigned *n_banded)
{
    *n_same = *n_banded = 0;
    for (unsigned seed = 1; seed <= 100; seed++) {
        ocs_document a = document_of(text_of(seed, LONG, 0, 0)),
                     b = document_of(text_of(seed, LONG, 50, 50 + changed));
        ocs_fingerprint x = must_print(&a), y = must_print(&b);
        *n_same += ocs_fingerprint_same(&x, &y);
        *n_banded += share_a_band(&x, &y);
    }
}

/* Of 298 runs 288 are common, of 308 all: 0.94; then 247 of 349: 0.71; then 0.36. */
static void likeness_is_told_with_few_errors(void **state)
{
    (void)state;
    unsigned n_same, n_banded;
    count_pairs(8, &n_same, &n_banded);
    assert_in_range(n_same, 99, 100);
    assert_int_equal(n_banded, 100);
    count_pairs(49, &n_same, &n_banded);
    assert_in_range(n_same, 0, 5);
    count_pairs(140, &n_same, &n_banded);
    assert_int_equal(n_same, 0);
}

static void a_packed_fingerprint_comes_back_the_same(void **state)
{
    (void)state;
    char packed[OCS_PRINT_BYTES];
    ocs_document a = document_of(text_of(1, LONG, 0, 0));
    a.title.value = OCS_STR("Report 5");
    a.published = (ocs_when){{2018, 3, 7}, {2018, 3, 7}};
    ocs_fingerprint print = must_print(&a), back = {0};
    assert_true(print.numbers != 0 && print.day != 0);
    ocs_fingerprint_pack(&print, packed);
    assert_true(ocs_fingerprint_unpack((ocs_str){packed, sizeof packed}, &back));
    assert_memory_equal(&back, &print, sizeof print);
    assert_false(ocs_fingerprint_unpack((ocs_str){packed, sizeof packed - 1}, &back));
    assert_false(ocs_fingerprint_unpack((ocs_str){0}, &back));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_text_is_the_same),
        cmocka_unit_test(different_texts_have_nothing_in_common),
        cmocka_unit_test(the_title_does_not_count),
        cmocka_unit_test(a_lead_printed_twice_and_labels_left_in_are_no_difference),
        cmocka_unit_test(case_accents_and_marks_are_no_difference),
        cmocka_unit_test(a_sentence_changed_in_a_long_text_is_no_difference),
        cmocka_unit_test(a_text_of_which_half_is_new_is_another),
        cmocka_unit_test(reports_of_a_series_differ_by_the_number_in_their_titles),
        cmocka_unit_test(pages_published_far_apart_differ),
        cmocka_unit_test(a_translation_is_another_text),
        cmocka_unit_test(a_short_text_has_no_fingerprint),
        cmocka_unit_test(likeness_is_told_with_few_errors),
        cmocka_unit_test(a_packed_fingerprint_comes_back_the_same),
    };
    return cmocka_run_group_tests(tests, make_shared_arena, free_shared_arena);
}
