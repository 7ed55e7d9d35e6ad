/* Endings of names: which nominatives a word may have. */
#include "corpus/inflect.h"
#include "tests/unit/shared_arena.h"

enum { NAMES = OCS_INFLECT_NOUN | OCS_INFLECT_MAN | OCS_INFLECT_WOMAN };

static bool may_be(const char *lang, unsigned classes, const char *word, const char *nominative)
{
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    size_t n = ocs_nominatives(ocs_gaz_builtin(), arena, ocs_inflect_lang(ocs_str_of(lang)),
                               classes, ocs_str_of(word), forms);
    for (size_t i = 0; i < n; i++)
        if (ocs_str_eq(forms[i].word, ocs_str_of(nominative)))
            return true;
    return false;
}

static void a_case_has_its_nominative(void **state)
{
    (void)state;
    assert_true(may_be("sr", NAMES, "Dačićem", "Dačić"));
    assert_true(may_be("sr", NAMES, "Ивицом", "Ивица"));
    assert_true(may_be("ru", NAMES, "Путину", "Путин"));
    assert_true(may_be("ru", NAMES, "Лавровым", "Лавров"));
    assert_true(may_be("ru", NAMES, "Москальковой", "Москалькова"));
    assert_true(may_be("ru", NAMES, "Дмитрия", "Дмитрий"));
    assert_true(may_be("uk", NAMES, "Порошенком", "Порошенко"));
    assert_true(may_be("uk", NAMES, "Зеленського", "Зеленський"));
    assert_true(may_be("sq", NAMES, "Ramës", "Rama"));
    assert_true(may_be("sq", NAMES, "Tiranën", "Tiranë"));
    assert_true(may_be("de", NAMES, "Steinmeiers", "Steinmeier"));
}

static void croatian_and_bosnian_share_the_endings_of_serbian(void **state)
{
    (void)state;
    assert_true(may_be("hr", NAMES, "Plenkovića", "Plenković"));
    assert_true(may_be("bs", NAMES, "Dodikom", "Dodik"));
}

static void endings_are_those_of_the_language(void **state)
{
    (void)state;
    assert_false(may_be("ru", NAMES, "Dačićem", "Dačić"));
    assert_false(may_be("de", NAMES, "Plenkovića", "Plenković"));
    assert_int_equal(ocs_inflect_lang(OCS_STR("en")).n, 0);
    assert_false(may_be("en", NAMES, "Steinmeiers", "Steinmeier"));
}

static void a_class_that_is_not_asked_for_gives_nothing(void **state)
{
    (void)state;
    assert_true(may_be("sr", OCS_INFLECT_OWNED, "Dodikov", "Dodik"));
    assert_false(may_be("sr", NAMES, "Dodikov", "Dodik"));
    assert_true(may_be("uk", OCS_INFLECT_PLACE, "Харкова", "Харків"));
    assert_false(may_be("uk", NAMES, "Харкова", "Харків"));
}

/* An ending that replaces nothing stands behind a consonant. */
static void a_vowel_takes_no_case_of_consonants(void **state)
{
    (void)state;
    assert_false(may_be("ru", OCS_INFLECT_NOUN, "Линдеу", "Линде"));
    assert_true(may_be("ru", OCS_INFLECT_NOUN, "Линду", "Линд"));
    assert_true(may_be("ru", OCS_INFLECT_NOUN, "Кобзаря", "Кобзарь"));
    assert_false(may_be("ru", OCS_INFLECT_NOUN, "Кобзаря", "Кобзарй"));
    assert_true(may_be("ru", OCS_INFLECT_NOUN, "Сергея", "Сергей"));
    assert_false(may_be("ru", OCS_INFLECT_NOUN, "Сергея", "Сергеь"));
}

/* Marks may be lost, as they are where a text has none, but not be there for nothing. */
static void an_ending_with_other_marks_is_another(void **state)
{
    (void)state;
    assert_true(may_be("sr", OCS_INFLECT_MAN, "Popovskom", "Popovski"));
    assert_false(may_be("sr", OCS_INFLECT_MAN, "Peškom", "Peski"));
    assert_true(may_be("sq", OCS_INFLECT_NOUN, "Rames", "Rama"));
}

static void a_short_word_keeps_its_stem(void **state)
{
    (void)state;
    ocs_nominative forms[OCS_NOMINATIVES_MAX];
    assert_int_equal(
        ocs_nominatives(ocs_gaz_builtin(), arena, OCS_STR("sr"), NAMES, OCS_STR("Bu"), forms), 0);
    assert_int_equal(
        ocs_nominatives(ocs_gaz_builtin(), arena, OCS_STR("sr"), NAMES, (ocs_str){"", 0}, forms),
        0);
}

static void nominatives_are_known_by_their_endings(void **state)
{
    (void)state;
    const ocs_gaz *gaz = ocs_gaz_builtin();
    ocs_str ru = OCS_STR("ru");
    assert_true(ocs_ends_as_nominative(gaz, arena, ru, OCS_INFLECT_WOMAN, OCS_STR("Москалькова")));
    assert_false(ocs_ends_as_nominative(gaz, arena, ru, OCS_INFLECT_WOMAN, OCS_STR("Путину")));
    assert_true(ocs_ends_as_inflected(gaz, arena, ru, OCS_INFLECT_GENITIVE, OCS_STR("внутренних")));
    assert_false(ocs_ends_as_inflected(gaz, arena, ru, OCS_INFLECT_GENITIVE, OCS_STR("встретил")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_has_its_nominative),
        cmocka_unit_test(croatian_and_bosnian_share_the_endings_of_serbian),
        cmocka_unit_test(endings_are_those_of_the_language),
        cmocka_unit_test(a_class_that_is_not_asked_for_gives_nothing),
        cmocka_unit_test(a_vowel_takes_no_case_of_consonants),
        cmocka_unit_test(an_ending_with_other_marks_is_another),
        cmocka_unit_test(a_short_word_keeps_its_stem),
        cmocka_unit_test(nominatives_are_known_by_their_endings),
    };
    return cmocka_run_group_tests(tests, make_shared_arena, free_shared_arena);
}
