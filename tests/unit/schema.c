/* Terms are spelled in one place; these are the spellings, to the byte. */
#include "index/schema.h"
#include "tests/unit/unit.h"

static ocs_buf out = {.cap = 1024 * 1024};

static int clear_out(void **state)
{
    (void)state;
    ocs_buf_clear(&out);
    return 0;
}

#define assert_term(call, wanted)              \
    do {                                       \
        ocs_buf_reset(&out);                   \
        call;                                  \
        assert_str(ocs_buf_str(&out), wanted); \
    } while (0)

static void words_and_stems_have_their_prefixes(void **state)
{
    (void)state;
    assert_term(ocs_term_word(&out, OCS_STR("crime")), "crime");
    assert_term(ocs_term_stem(&out, OCS_STR("crime")), "Zcrime");
    assert_term(ocs_term_title_word(&out, OCS_STR("crime")), "Scrime");
    assert_term(ocs_term_title_stem(&out, OCS_STR("crime")), "ZScrime");
}

static void families_have_a_letter_and_a_sign(void **state)
{
    (void)state;
    assert_term(ocs_term_any(&out, OCS_FAMILY_PERSON), "XP*");
    assert_term(ocs_term_key(&out, OCS_FAMILY_COUNTRY, OCS_STR("RS")), "XC=RS");
    assert_term(ocs_term_name(&out, OCS_FAMILY_ORG, OCS_STR("odihr")), "XO~odihr");
    assert_term(ocs_term_name(&out, OCS_FAMILY_ROLE, OCS_STR("head")), "XR~head");
    assert_term(ocs_term_key(&out, OCS_FAMILY_KIND, OCS_STR("press-release")), "XK=press-release");
}

static void every_mention_has_the_family_of_its_query_field(void **state)
{
    (void)state;
    for (int t = 0; t < OCS_MENTION_TYPE_COUNT; t++) {
        ocs_family family = ocs_family_of_mention((ocs_mention_type)t);
        const char *field =
            t == OCS_MENTION_DATE ? "on" : ocs_mention_type_name((ocs_mention_type)t);
        assert_string_equal(ocs_family_field(family), field);
    }
    assert_int_equal(ocs_family_letter(OCS_FAMILY_PLACE), 'L');
    assert_int_equal(ocs_family_letter(OCS_FAMILY_TOPIC), 'T');
}

static void dates_are_cut_to_the_precision_asked_for(void **state)
{
    (void)state;
    const ocs_date day = {2017, 2, 13};
    assert_term(ocs_term_date(&out, true, day, OCS_PRECISION_DAY), "DD2017-02-13");
    assert_term(ocs_term_date(&out, true, day, OCS_PRECISION_MONTH), "DM2017-02");
    assert_term(ocs_term_date(&out, true, day, OCS_PRECISION_YEAR), "DY2017");
    assert_term(ocs_term_date(&out, false, day, OCS_PRECISION_DAY), "XDD2017-02-13");
    assert_term(ocs_term_date(&out, false, day, OCS_PRECISION_YEAR), "XDY2017");
    assert_term(ocs_term_date(&out, false, day, OCS_PRECISION_NONE), "");
}

static void the_rest_is_a_letter_and_the_value(void **state)
{
    (void)state;
    assert_term(ocs_term_lang(&out, OCS_STR("en")), "Len");
    assert_term(ocs_term_path(&out, OCS_STR("/data/a.html")), "P/data/a.html");
    assert_term(ocs_term_id(&out, OCS_STR("00ff")), "Q00ff");
    assert_term(ocs_meta_page_key(&out, OCS_STR("/data/a.html")), "page//data/a.html");
    assert_term(ocs_meta_source_key(&out, OCS_STR("/data")), "source//data");
}

static ocs_str repeat(char *room, size_t n, char c)
{
    memset(room, c, n);
    return (ocs_str){room, n};
}

static void a_term_of_just_the_limit_is_whole(void **state)
{
    (void)state;
    char room[OCS_TERM_MAX];
    ocs_buf_reset(&out);
    ocs_term_stem(&out, repeat(room, OCS_TERM_MAX - 1, 'a'));
    assert_int_equal(out.n, OCS_TERM_MAX);
    assert_null(strchr(out.p, '#'));
}

static void a_longer_term_is_cut_and_hashed(void **state)
{
    (void)state;
    char room[OCS_TERM_MAX], first[OCS_TERM_MAX + 1];
    ocs_buf_reset(&out);
    ocs_term_stem(&out, repeat(room, OCS_TERM_MAX, 'a'));
    assert_int_equal(out.n, OCS_TERM_MAX);
    assert_int_equal(out.p[OCS_TERM_MAX - 17], '#');
    assert_int_equal(strspn(out.p + OCS_TERM_MAX - 16, "0123456789abcdef"), 16);
    memcpy(first, out.p, sizeof first);
    room[OCS_TERM_MAX - 1] = 'b'; /* a difference beyond the cut */
    ocs_buf_reset(&out);
    ocs_term_stem(&out, (ocs_str){room, OCS_TERM_MAX});
    assert_int_equal(out.n, OCS_TERM_MAX);
    assert_string_not_equal(out.p, first);
}

static void a_cut_leaves_characters_whole(void **state)
{
    (void)state;
    char room[2 * OCS_TERM_MAX];
    for (size_t i = 0; i < sizeof room; i += 2)
        memcpy(room + i, "\xD1\x8F", 2);
    ocs_str text = {room, sizeof room};
    ocs_buf_reset(&out);
    ocs_term_word(&out, text); /* the cut falls after an odd number of bytes ... */
    ocs_term_path(&out, text); /* ... and, behind the prefix, after an even one */
    assert_int_equal(ocs_utf8_check(ocs_buf_str(&out)), out.n);
}

static void nul_bytes_count_twice_against_the_limit(void **state)
{
    (void)state;
    char room[150];
    ocs_buf_reset(&out);
    ocs_term_word(&out, repeat(room, sizeof room, '\0'));
    assert_true(out.n < 110);
    assert_int_equal(out.p[out.n - 17], '#');
}

static void only_what_was_appended_is_cut(void **state)
{
    (void)state;
    char room[300];
    ocs_buf_reset(&out);
    ocs_buf_put(&out, repeat(room, sizeof room, 'x'));
    ocs_term_word(&out, OCS_STR("crime"));
    assert_int_equal(out.n, 305);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_and_stems_have_their_prefixes),
        cmocka_unit_test(families_have_a_letter_and_a_sign),
        cmocka_unit_test(every_mention_has_the_family_of_its_query_field),
        cmocka_unit_test(dates_are_cut_to_the_precision_asked_for),
        cmocka_unit_test(the_rest_is_a_letter_and_the_value),
        cmocka_unit_test(a_term_of_just_the_limit_is_whole),
        cmocka_unit_test(a_longer_term_is_cut_and_hashed),
        cmocka_unit_test(a_cut_leaves_characters_whole),
        cmocka_unit_test(nul_bytes_count_twice_against_the_limit),
        cmocka_unit_test(only_what_was_appended_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, clear_out);
}
