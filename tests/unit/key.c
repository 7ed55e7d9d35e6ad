/* Names that must have one key and names that must not; Cyrillic; words for searching. */
#include "tests/unit/arena_fixture.h"

#include "corpus/corpus.h"

typedef struct pair {
    const char *a, *b;
} pair;

static ocs_str person(void **state, const char *name)
{
    ocs_str key = ocs_person_key(*state, ocs_str_of(name));
    assert_non_null(key.p);
    return key;
}

static ocs_str name(void **state, const char *text)
{
    ocs_str key = ocs_name_key(*state, ocs_str_of(text));
    assert_non_null(key.p);
    return key;
}

#define assert_pairs(state, pairs, together) \
    assert_pairs_(state, pairs, sizeof(pairs) / sizeof *(pairs), together)

static void assert_pairs_(void **state, const pair *pairs, size_t n, bool together)
{
    for (size_t i = 0; i < n; i++) {
        ocs_str a = person(state, pairs[i].a), b = person(state, pairs[i].b);
        if (ocs_str_eq(a, b) != together)
            fail_msg("%s is %.*s and %s is %.*s", pairs[i].a, OCS_ARG(a), pairs[i].b, OCS_ARG(b));
    }
}

/* ---- people ---- */

static void romanisations_of_one_name_have_one_key(void **state)
{
    static const pair pairs[] = {
        {"Sergei Ivanov", "Sergey Ivanov"},
        {"Sergej Ivanov", "Sergey Ivanov"},
        {"Yevgeny Petrov", "Evgeny Petrov"},
        {"Evgenii Petrov", "Evgeniy Petrov"},
        {"Yuri Orlov", "Yury Orlov"},
        {"Iurii Orlov", "Jurij Orlov"},
        {"Aleksandr Popov", "Alexander Popov"},
        {"Aleksandar Popov", "Alexandr Popov"},
        {"Maksim Orlov", "Maxim Orlov"},
        {"Dmitri Sokolov", "Dmitriy Sokolov"},
        {"Ivan Zelensky", "Ivan Zelenskyy"},
        {"Ivan Zelenskiy", "Ivan Zelenskyi"},
        {"Ivan Zelenskii", "Ivan Zelenski"},
        {"Igor Trotsky", "Igor Trocki"},
        {"Pavel Alekseyev", "Pavel Alexeev"},
        {"Pavel Alekseyev", "Pavel Alekseev"},
        {"Oleg Vasilyev", "Oleg Vasiliev"},
        {"Ivan Solovyov", "Ivan Solovyev"},
        {"Ivan Kovalyov", "Ivan Kovalev"},
        {"Ilham Aliyev", "Ilham Aliev"},
        {"Anna Aliyeva", "Anna Alieva"},
        {"Ivan Yefimov", "Ivan Efimov"},
        {"Boris Yeltsin", "Boris Eltsin"},
        {"Anna Semyonova", "Anna Semenova"},
        {"Ivan Lyubimov", "Ivan Liubimov"},
        {"Ivan Kuznecov", "Ivan Kuznetsov"},
        {"Ivan Malcev", "Ivan Maltsev"},
        {"Anton Kharitonov", "Anton Haritonov"},
        {"Ivan Yushchenko", "Ivan Iushchenko"},
        {"Ivan Tymoshenko", "Ivan Timoshenko"},
        {"Viktor Yanukovych", "Viktor Yanukovich"},
        {"Victor Janukovic", "Viktor Yanukovych"},
        {"Jovan Jovanović", "Jovan Yovanovich"},
        {"Ivan Stojkovic", "Ivan Stoykovich"},
        {"Milo Đukanović", "Milo Djukanovic"},
        {"Milo Đukanović", "Milo Dukanovic"},
        {"Đorđe Petrović", "Djordje Petrovic"},
        {"Ana Stojanović", "Ana Stojanovic"},
        {"Ana Kovačeva", "Ana Kovacheva"},
        {"Elena Šekerinska", "Elena Shekerinska"},
        {"Karen Sargsyan", "Karen Sargsian"},
        {"SEBASTIAN KURZ", "Sebastian Kurz's"},
    };
    assert_pairs(state, pairs, true);
}

static void both_scripts_have_one_key(void **state)
{
    static const pair pairs[] = {
        {"Владимир Путин", "Vladimir Putin"},
        {"ВЛАДИМИР ПУТИН", "Vladimir Putin"},
        {"Сергей Иванов", "Sergei Ivanov"},
        {"Юрий Соловьёв", "Yuri Solovyov"},
        {"Евгений Алексеев", "Yevgeny Alexeyev"},
        {"Александр Хрущёв", "Alexander Khrushchev"},
        {"Борис Ельцин", "Boris Yeltsin"},
        {"Шавкат Мирзиёев", "Shavkat Mirziyoyev"},
        {"Игорь Подъячев", "Igor Podyachev"},
        {"Володимир Зеленський", "Volodymyr Zelenskyy"},
        {"Юлія Тимошенко", "Yuliia Tymoshenko"},
        {"Сергій Єфименко", "Serhii Yefymenko"},
        {"Александар Вучић", "Aleksandar Vučić"},
        {"Мило Ђукановић", "Milo Djukanovic"},
        {"Љубиша Његош", "Ljubisa Njegos"},
        {"Ђорђе Петровић", "Đorđe Petrović"},
        {"Никола Груевски", "Nikola Gruevski"},
        {"Христијан Мицкоски", "Hristijan Mickoski"},
        {"Радмила Шекеринска", "Radmila Šekerinska"},
        {"Зоран Заев", "Zoran Zaev"},
        {"Бойко Борисов", "Boyko Borisov"},
        {"Георги Първанов", "Georgi Parvanov"},
        {"Микола Гриценко", "Mykola Hrytsenko"}, /* the given name tells the language */
        {"Сашо Чавков", "Sašo Čavkov"},
        {"Ружица Живкова", "Ružica Živkova"},
        {"Олег Гриценко", "Oleg Gritsenko"},
        {"Клавдия Орлова", "Klavdia Orlova"},
    };
    assert_pairs(state, pairs, true);
}

static void different_people_stay_apart(void **state)
{
    static const pair pairs[] = {
        {"Sebastian Kurz", "Maria Kurz"},   {"Sebastian Kurz", "Sebastian Maria Kurz"},
        {"Vladimir Putin", "V. Putin"},     {"Vladimir Ivanov", "Volodymyr Ivanov"},
        {"Ivan Petrov", "Ivan Petrova"},    {"Ivan Petrov", "Ivan Petrović"},
        {"Ivan Petrovski", "Ivan Petrov"},  {"Anna Kowalski", "Anna Kowalska"},
        {"Sergey Ivanov", "Serhiy Ivanov"}, {"Mikhail Orlov", "Mykhailo Orlov"},
        {"Mikhail Orlov", "Michael Orlov"}, {"Nikola Orlov", "Nikolay Orlov"},
        {"Peter Orlov", "Petr Orlov"},      {"Ali Khan", "Ali Han"},
        {"John Smith", "John Smyth"},       {"Ivan Ivanov", "Ivan Ivanev"},
        {"Oleg Chernov", "Oleg Zhernov"},   {"Иван Шишов", "Иван Сисов"},
    };
    assert_pairs(state, pairs, false);
}

static void western_names_keep_their_letters(void **state)
{
    static const pair names[] = {
        {"Sebastian Kurz", "sebastian-kurz"},
        {"Thomas Friedrich", "thomas-friedrich"},
        {"Max Mayer", "max-mayer"},
        {"Xavier Chevalier", "xavier-chevalier"},
        {"Ryan O'Brien", "ryan-o-brien"},
        {"Marie-Louise Schwarz-Schilling", "marie-louise-schwarz-schilling"},
        {"Yolande Khayat", "yolande-khayat"},
        {"Lucia Casanova", "lucia-casanova"},
        {"Jean Duc", "jean-duc"},
        {"Ayşe Yıldız", "ayse-yildiz"},
        {"Jüri Tamm", "juri-tamm"},
        {"Jaroslav Novák", "jaroslav-novak"},
        {"Hashim Thaçi", "hashim-thaci"},
        {"Victoria Thatcher", "victoria-thatcher"},
        {"Juan Martín", "juan-martin"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_str(person(state, names[i].a), names[i].b);
}

static void a_key_of_a_key_is_itself(void **state)
{
    const ocs_gaz *gaz = ocs_gaz_builtin();
    static const char *const surnames[] = {"Hrushchev",   "Niyazov",     "Matiyuk",    "Alexeyev",
                                           "Yanukovytch", "Stoyanovska", "Yushchenko", "Sargsyan",
                                           "Zelenskaya",  "Kuznecov",    "Iylyuk",     "Txov"};
    for (size_t i = 0; i < gaz->n_phrases; i++) {
        const ocs_gaz_phrase *phrase = &gaz->phrases[i];
        uint8_t table = gaz->things[phrase->thing].table;
        if (table != OCS_GAZ_GIVEN && table != OCS_GAZ_VARIANT)
            continue;
        char full[256];
        snprintf(full, sizeof full, "%s %s", ocs_gaz_cstr(gaz, phrase->text), surnames[i % 12]);
        ocs_str once = person(state, full), twice = ocs_person_key(*state, once);
        if (!ocs_str_eq(once, twice))
            fail_msg("%s is %.*s, which is %.*s", full, OCS_ARG(once), OCS_ARG(twice));
        ocs_arena_clear(*state);
    }
}

static void no_person_has_a_cyrillic_key(void **state)
{
    char name_of[16];
    for (uint32_t point = 0x400; point <= 0x45F; point++) {
        size_t n = ocs_utf8_put(name_of, point);
        ocs_str key = ocs_person_key(*state, (ocs_str){name_of, n});
        assert_non_null(key.p);
        assert_false(ocs_has_cyrillic(key));
    }
    assert_str(person(state, "Қасым-Жомарт Тоқаев"), "kasym-zhomart-tokaev");
}

static void the_table_of_variants_has_its_keys_first(void **state)
{
    const ocs_gaz *gaz = ocs_gaz_builtin();
    size_t n = 0;
    for (size_t i = 0; i < gaz->n_things; i++) {
        if (gaz->things[i].table != OCS_GAZ_VARIANT)
            continue;
        n++;
        assert_str(ocs_slug(*state, ocs_gaz_str(gaz, gaz->things[i].name)),
                   ocs_gaz_cstr(gaz, gaz->things[i].key));
    }
    assert_true(n > 0);
}

static void nothing_gives_an_empty_key(void **state)
{
    assert_str(person(state, ""), "");
    assert_str(person(state, " - , "), "");
    assert_str(name(state, ""), "");
    assert_str(name(state, "Ь"), "");
}

static void hostile_names_are_only_long(void **state)
{
    char longest[5000];
    memset(longest, 'x', sizeof longest - 1);
    memcpy(longest + sizeof longest - 4, "ov", 3);
    assert_true(person(state, longest).n > 0);
    assert_true(ocs_person_key(*state, OCS_STR("\xD0\xFF\x80 \xD1 Ivanov\0x")).n > 0);
    ocs_arena *small = ocs_arena_new(64);
    assert_non_null(small);
    assert_null(ocs_person_key(small, OCS_STR("Владимир Владимирович Путин")).p);
    ocs_arena_free(small);
}

/* ---- organisations and places ---- */

static void articles_and_possessives_are_left_out_of_organisations(void **state)
{
    assert_str(name(state, "the Ministry of the Interior"), "ministry-of-interior");
    assert_str(name(state, "Ministry of Interior"), "ministry-of-interior");
    assert_str(name(state, "Serbia\xE2\x80\x99s Task Force"), "serbia-task-force");
    assert_str(name(state, "An Garda"), "garda");
    assert_str(name(state, "Example d.o.o."), "example-doo");
    assert_str(name(state, "A. Schmidt GmbH"), "a-schmidt-gmbh");
    assert_str(name(state, "The"), "");
    assert_str(name(state, "A"), "a");
    assert_str(name(state, "Министарство одбране"), "ministarstvo-odbrane");
}

/* ---- letters ---- */

static void cyrillic_is_written_in_the_way_that_is_asked_for(void **state)
{
    ocs_arena *arena = *state;
    ocs_str chanak = OCS_STR("Чанак, Ц");
    assert_str(ocs_translit(arena, chanak, OCS_TRANSLIT_EAST), "chanak, ts");
    assert_str(ocs_translit(arena, chanak, OCS_TRANSLIT_SOUTH), "čanak, c");
    assert_str(ocs_translit(arena, OCS_STR("Гриць"), OCS_TRANSLIT_UKRAINIAN), "hryts");
    assert_str(ocs_translit(arena, OCS_STR("Чанак"), OCS_TRANSLIT_GUESS), "chanak");
    assert_str(ocs_translit(arena, OCS_STR("Чанак Ђ"), OCS_TRANSLIT_GUESS), "čanak đ");
    assert_str(ocs_translit(arena, OCS_STR("Kurz"), OCS_TRANSLIT_GUESS), "Kurz");
}

static bool has(const ocs_word_forms *forms, const char *wanted)
{
    for (size_t i = 0; i < forms->n; i++)
        if (ocs_str_eq(forms->at[i], ocs_str_of(wanted)))
            return true;
    return false;
}

static void a_word_is_searched_in_all_its_forms(void **state)
{
    ocs_word_forms forms;
    assert_true(ocs_word_forms_of(*state, OCS_STR("Путин"), true, &forms));
    assert_str(forms.at[0], "путин");
    assert_true(has(&forms, "putin"));
    assert_true(ocs_word_forms_of(*state, OCS_STR("Чанак"), true, &forms));
    assert_true(has(&forms, "chanak") && has(&forms, "canak"));
    assert_true(ocs_word_forms_of(*state, OCS_STR("Zelenskyy"), true, &forms));
    assert_true(has(&forms, "zelenskyy") && has(&forms, "zelenski"));
    assert_true(ocs_word_forms_of(*state, OCS_STR("Sergei"), true, &forms));
    assert_true(has(&forms, "sergei") && has(&forms, "sergey"));
    assert_true(ocs_word_forms_of(*state, OCS_STR("Sergei"), false, &forms));
    assert_int_equal(forms.n, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(romanisations_of_one_name_have_one_key),
        cmocka_unit_test(both_scripts_have_one_key),
        cmocka_unit_test(different_people_stay_apart),
        cmocka_unit_test(western_names_keep_their_letters),
        cmocka_unit_test(a_key_of_a_key_is_itself),
        cmocka_unit_test(no_person_has_a_cyrillic_key),
        cmocka_unit_test(the_table_of_variants_has_its_keys_first),
        cmocka_unit_test(nothing_gives_an_empty_key),
        cmocka_unit_test(hostile_names_are_only_long),
        cmocka_unit_test(articles_and_possessives_are_left_out_of_organisations),
        cmocka_unit_test(cyrillic_is_written_in_the_way_that_is_asked_for),
        cmocka_unit_test(a_word_is_searched_in_all_its_forms),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
