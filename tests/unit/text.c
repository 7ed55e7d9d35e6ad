#include "tests/unit/unit.h"

static void slices_are_clipped(void **state)
{
    (void)state;
    ocs_str s = OCS_STR("abc");
    assert_str(ocs_str_sub(s, 1, 2), "b");
    assert_str(ocs_str_sub(s, 1, 99), "bc");
    assert_str(ocs_str_sub(s, 5, 9), "");
    assert_str(ocs_str_sub(s, 2, 1), "");
    assert_str(ocs_str_sub((ocs_str){NULL, 0}, 0, 5), "");
    assert_str(ocs_str_of(NULL), "");
}

static void trimming_takes_both_ends(void **state)
{
    (void)state;
    assert_str(ocs_str_trim(OCS_STR(" \t a b\r\n")), "a b");
    assert_str(ocs_str_trim(OCS_STR(" \n ")), "");
}

static void order_is_by_unsigned_bytes(void **state)
{
    (void)state;
    assert_true(ocs_str_cmp(OCS_STR("a"), OCS_STR("ab")) < 0);
    assert_true(ocs_str_cmp(OCS_STR("z"), OCS_STR("š")) < 0);
    assert_int_equal(ocs_str_cmp(OCS_STR("x"), OCS_STR("x")), 0);
    assert_int_equal(ocs_str_cmp((ocs_str){NULL, 0}, OCS_STR("")), 0);
}

static void case_blindness_is_for_ascii_only(void **state)
{
    (void)state;
    assert_true(ocs_str_eq_nocase(OCS_STR("AbC-1"), OCS_STR("aBc-1")));
    assert_false(ocs_str_eq_nocase(OCS_STR("Š"), OCS_STR("š")));
    assert_false(ocs_str_eq_nocase(OCS_STR("["), OCS_STR("{")));
}

static void finding_says_the_length_for_nowhere(void **state)
{
    (void)state;
    ocs_str s = OCS_STR("abcabc");
    assert_int_equal(ocs_str_find(s, OCS_STR("ca"), 0), 2);
    assert_int_equal(ocs_str_find(s, OCS_STR("abc"), 1), 3);
    assert_int_equal(ocs_str_find(s, OCS_STR("abc"), 4), 6);
    assert_int_equal(ocs_str_find(s, OCS_STR("abcabca"), 0), 6);
    assert_int_equal(ocs_str_find(s, OCS_STR(""), 2), 2);
    assert_int_equal(ocs_str_find_char(s, 'c', 3), 5);
    assert_int_equal(ocs_str_find_char(s, 'x', 0), 6);
    assert_int_equal(ocs_str_find_char(s, 'a', 99), 6);
}

static void splitting_keeps_empty_pieces(void **state)
{
    (void)state;
    ocs_str rest = OCS_STR("a,,b,"), piece;
    const char *const wanted[] = {"a", "", "b", ""};
    for (size_t i = 0; i < 4; i++) {
        assert_true(ocs_str_split(&rest, ',', &piece));
        assert_str(piece, wanted[i]);
    }
    assert_false(ocs_str_split(&rest, ',', &piece));
    rest = OCS_STR("");
    assert_true(ocs_str_split(&rest, ',', &piece));
    assert_str(piece, "");
    assert_false(ocs_str_split(&rest, ',', &piece));
}

static void every_code_point_comes_back(void **state)
{
    (void)state;
    for (uint32_t point = 0; point <= 0x10FFFF; point += point < 0x3000 ? 1 : 0xFB) {
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        char bytes[4];
        ocs_str s = {bytes, ocs_utf8_put(bytes, point)};
        uint32_t forward, backward;
        assert_int_equal(ocs_utf8_at(s, 0, &forward), s.n);
        assert_int_equal(ocs_utf8_before(s, s.n, &backward), s.n);
        assert_int_equal(forward, point);
        assert_int_equal(backward, point);
    }
}

static void what_is_no_code_point_is_written_as_the_replacement(void **state)
{
    (void)state;
    char bytes[4];
    assert_str(((ocs_str){bytes, ocs_utf8_put(bytes, 0xD800)}), "\xEF\xBF\xBD");
    assert_str(((ocs_str){bytes, ocs_utf8_put(bytes, 0x110000)}), "\xEF\xBF\xBD");
}

/* Each is ill formed at byte 1, after an "a". */
static void ill_formed_sequences_are_found(void **state)
{
    (void)state;
    const ocs_str bad[] = {OCS_STR_INIT("a\x80"),             /* a lone continuation */
                           OCS_STR_INIT("a\xC0\x80"),         /* overlong */
                           OCS_STR_INIT("a\xC1\xBF"),         /* overlong */
                           OCS_STR_INIT("a\xE0\x9F\xBF"),     /* overlong */
                           OCS_STR_INIT("a\xF0\x8F\xBF\xBF"), /* overlong */
                           OCS_STR_INIT("a\xED\xA0\x80"),     /* a surrogate */
                           OCS_STR_INIT("a\xF4\x90\x80\x80"), /* beyond U+10FFFF */
                           OCS_STR_INIT("a\xF5\x80\x80\x80"), /* no such first byte */
                           OCS_STR_INIT("a\xE2\x82"),         /* cut short */
                           OCS_STR_INIT("a\xE2\x82z"),        /* broken off */
                           OCS_STR_INIT("a\xFF")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        uint32_t point;
        assert_int_equal(ocs_utf8_check(bad[i]), 1);
        assert_int_equal(ocs_utf8_at(bad[i], 1, &point), 1);
        assert_int_equal(point, OCS_REPLACEMENT);
        assert_int_equal(ocs_utf8_before(bad[i], 2, &point), 1);
        assert_int_equal(point, OCS_REPLACEMENT);
    }
}

static void the_check_sees_the_bad_byte_after_long_ascii(void **state)
{
    (void)state;
    char text[100];
    memset(text, 'a', sizeof text);
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = '\xFE';
        assert_int_equal(ocs_utf8_check((ocs_str){text, sizeof text}), i);
        text[i] = 'a';
    }
    assert_int_equal(ocs_utf8_check((ocs_str){text, sizeof text}), sizeof text);
    assert_int_equal(ocs_utf8_check(OCS_STR("Đukanović je rekao da će 𝄞")),
                     strlen("Đukanović je rekao da će 𝄞"));
}

static void points_are_counted_and_bad_bytes_are_one_each(void **state)
{
    (void)state;
    assert_int_equal(ocs_utf8_points(OCS_STR("šć𝄞")), 3);
    assert_int_equal(ocs_utf8_points(OCS_STR("a\xE2\x82z")), 4);
    assert_int_equal(ocs_utf8_points(OCS_STR("")), 0);
}

static void backwards_from_within_a_character_is_one_bad_byte(void **state)
{
    (void)state;
    uint32_t point;
    ocs_str s = OCS_STR("\xE2\x82\xAC");
    assert_int_equal(ocs_utf8_before(s, 2, &point), 1);
    assert_int_equal(point, OCS_REPLACEMENT);
}

static void classes_know_our_alphabets(void **state)
{
    (void)state;
    assert_true(ocs_point_letter(0x111)); /* đ */
    assert_true(ocs_point_letter(0x45B)); /* ћ */
    assert_true(ocs_point_letter(0x301)); /* a combining accent */
    assert_false(ocs_point_letter('1'));
    assert_false(ocs_point_letter(0x2019));
    assert_true(ocs_point_digit(0x663)); /* Arabic-Indic 3 */
    assert_true(ocs_point_upper(0x110) && ocs_point_upper(0x402) && ocs_point_upper('Z'));
    assert_false(ocs_point_upper(0x452) || ocs_point_upper('z'));
    assert_true(ocs_point_space(0xA0) && ocs_point_space(0x202F) && !ocs_point_space(0x200B));
    assert_true(ocs_point_invisible(0xAD) && ocs_point_invisible(0xFEFF));
    assert_int_equal(ocs_point_script(0x416), OCS_SCRIPT_CYRILLIC);
    assert_int_equal(ocs_point_script(0x17E), OCS_SCRIPT_LATIN);
    assert_int_equal(ocs_point_script(0x3B1), OCS_SCRIPT_OTHER);
    assert_int_equal(ocs_point_lower(0x410), 0x430);
    assert_int_equal(ocs_point_lower(0x402), 0x452);
    assert_int_equal(ocs_point_lower(0x160), 0x161);
}

static void folding_drops_case_and_diacritics(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Stojanović", "stojanovic"},
        {"Đukanović", "dukanovic"},
        {"Straße", "strasse"},
        {"STRAẞE", "strasse"},
        {"Ёлка", "елка"},
        {"Türkiye", "turkiye"},
        {"İstanbul", "istanbul"},
        {"Diyarbakır", "diyarbakir"},
        {"ΑΘΉΝΑ", "αθηνα"},
        {"Київ", "київ"},
        {"Йован Ђорђевић", "йован ђорђевић"},
        {"Łódź", "lodz"},
        {"Čećen", "cecen"},
        {"Ærø", "aero"},
        {"ﬁnance", "finance"},
        {"Gjeçov", "gjecov"},
        {"Şuşa", "susa"},
        {"Əliyev", "aliyev"},
        {"plain", "plain"},
        {"", ""},
        {"Stojanovic\xCC\x81", "stojanovic"}, /* a combining accent */
        {"co\xC2\xADop", "coop"},             /* a soft hyphen */
    };
    ocs_arena *arena = ocs_arena_new(1 << 16);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(ocs_fold(arena, ocs_str_of(cases[i][0])), cases[i][1]);
    ocs_arena_free(arena);
}

static void what_is_folded_already_is_not_copied(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(1 << 10);
    ocs_str s = OCS_STR("plain text 1");
    assert_ptr_equal(ocs_fold(arena, s).p, s.p);
    assert_int_equal(ocs_arena_used(arena), 0);
    ocs_arena_free(arena);
}

static void folding_twice_is_folding_once(void **state)
{
    (void)state;
    for (uint32_t point = 1; point < 0x30000; point++) {
        char once[OCS_FOLD_MAX], twice[OCS_FOLD_MAX * OCS_FOLD_MAX];
        ocs_str s = {once, ocs_fold_point(once, point)};
        assert_true(s.n <= OCS_FOLD_MAX);
        assert_int_equal(ocs_utf8_check(s), s.n);
        size_t n = 0;
        for (size_t at = 0; at < s.n;) {
            uint32_t p;
            at += ocs_utf8_at(s, at, &p);
            n += ocs_fold_point(twice + n, p);
        }
        if (n != s.n || memcmp(once, twice, n) != 0)
            print_error("U+%04X\n", (unsigned)point);
        assert_int_equal(n, s.n);
        assert_memory_equal(once, twice, n);
    }
}

static void folding_never_loses_the_end_of_a_text(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(1 << 20);
    static const char *const growers[] = {"\xEF\xB7\xBA", "\xEF\xAC\x83", "\xE1\xBA\x9E",
                                          "\xE3\x8C\x80", "\xE2\x84\xA1", "\xCE\x90"};
    for (size_t g = 0; g < sizeof growers / sizeof *growers; g++) {
        char text[600] = "";
        for (int i = 0; i < 100; i++)
            strcat(text, growers[g]);
        strcat(text, "end");
        assert_true(ocs_str_ends(ocs_fold(arena, ocs_str_of(text)), OCS_STR("end")));
    }
    ocs_arena_free(arena);
}

static void hashes_are_the_same_on_every_machine(void **state)
{
    (void)state;
    assert_true(ocs_hash(OCS_STR("")) == UINT64_C(0x2d06800538d394c2)); /* XXH3 of nothing */
    assert_true(ocs_hash((ocs_str){NULL, 0}) == ocs_hash(OCS_STR("")));
    assert_true(ocs_hash_mix(1, 2) != ocs_hash_mix(2, 1));
}

static void what_both_begin_with_is_counted(void **state)
{
    (void)state;
    assert_int_equal(ocs_str_common(OCS_STR("crime"), OCS_STR("criminal")), 4);
    assert_int_equal(ocs_str_common(OCS_STR("crime"), OCS_STR("crime")), 5);
    assert_int_equal(ocs_str_common(OCS_STR("a"), OCS_STR("b")), 0);
    assert_int_equal(ocs_str_common(OCS_STR(""), OCS_STR("b")), 0);
}

static void a_folder_keeps_its_slash(void **state)
{
    (void)state;
    assert_true(ocs_str_eq(ocs_path_folder(OCS_STR("/a/b/c.html")), OCS_STR("/a/b/")));
    assert_true(ocs_str_eq(ocs_path_folder(OCS_STR("/c.html")), OCS_STR("/")));
    assert_true(ocs_str_eq(ocs_path_folder(OCS_STR("/a/")), OCS_STR("/a/")));
    assert_int_equal(ocs_path_folder(OCS_STR("c.html")).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_both_begin_with_is_counted),
        cmocka_unit_test(a_folder_keeps_its_slash),
        cmocka_unit_test(slices_are_clipped),
        cmocka_unit_test(trimming_takes_both_ends),
        cmocka_unit_test(order_is_by_unsigned_bytes),
        cmocka_unit_test(case_blindness_is_for_ascii_only),
        cmocka_unit_test(finding_says_the_length_for_nowhere),
        cmocka_unit_test(splitting_keeps_empty_pieces),
        cmocka_unit_test(every_code_point_comes_back),
        cmocka_unit_test(what_is_no_code_point_is_written_as_the_replacement),
        cmocka_unit_test(ill_formed_sequences_are_found),
        cmocka_unit_test(the_check_sees_the_bad_byte_after_long_ascii),
        cmocka_unit_test(points_are_counted_and_bad_bytes_are_one_each),
        cmocka_unit_test(backwards_from_within_a_character_is_one_bad_byte),
        cmocka_unit_test(classes_know_our_alphabets),
        cmocka_unit_test(folding_drops_case_and_diacritics),
        cmocka_unit_test(what_is_folded_already_is_not_copied),
        cmocka_unit_test(folding_twice_is_folding_once),
        cmocka_unit_test(folding_never_loses_the_end_of_a_text),
        cmocka_unit_test(hashes_are_the_same_on_every_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
