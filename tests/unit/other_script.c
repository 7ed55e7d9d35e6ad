/* Serbian words from one script into the other. */
#include "tests/unit/unit.h"

#include "query/other_script.h"

static ocs_arena *arena;

static void assert_other(const char *word, const char *wanted)
{
    ocs_str other = ocs_other_script(arena, ocs_str_of(word));
    assert_non_null(other.p);
    assert_int_equal(other.n, strlen(wanted));
    assert_memory_equal(other.p, wanted, other.n);
}

static void cyrillic_becomes_latin(void **state)
{
    (void)state;
    assert_other("повраћај", "povraćaj");
    assert_other("Љубљана", "ljubljana");
    assert_other("ЏЕЛАТ", "dželat");
    assert_other("ђак", "đak");
}

static void latin_becomes_cyrillic(void **state)
{
    (void)state;
    assert_other("povraćaj", "повраћај");
    assert_other("Ljubljana", "љубљана");
    assert_other("NJIVA", "њива");
    assert_other("DŽELAT", "џелат");
    assert_other("dvor", "двор");
    assert_other("al", "ал");
}

static void there_and_back_is_the_same(void **state)
{
    (void)state;
    const char *all = "абвгдђежзијклљмнњопрстћуфхцчџш";
    ocs_str latin = ocs_other_script(arena, ocs_str_of(all));
    ocs_str back = ocs_other_script(arena, latin);
    assert_int_equal(back.n, strlen(all));
    assert_memory_equal(back.p, all, back.n);
}

static void what_is_not_serbian_has_no_other_script(void **state)
{
    (void)state;
    assert_other("", "");
    assert_other("quiz", "");
    assert_other("полиция", "");
    assert_other("policија", "");
    assert_other("2018", "");
    assert_other("\xFF", "");
}

static int start(void **state)
{
    (void)state;
    arena = ocs_arena_new(1 << 20);
    return arena ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    ocs_arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cyrillic_becomes_latin),
        cmocka_unit_test(latin_becomes_cyrillic),
        cmocka_unit_test(there_and_back_is_the_same),
        cmocka_unit_test(what_is_not_serbian_has_no_other_script),
    };
    return cmocka_run_group_tests(tests, start, end);
}
