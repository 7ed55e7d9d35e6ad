/* The language of a text, told from the text itself. */
#include "ingest/lang.h"
#include "ingest/lang_near.h"
#include "tests/unit/unit.h"

static int open_model(void **state)
{
    ocs_lang_model *model;
    if (ocs_lang_model_new(&model, NULL) != OCS_OK)
        return -1;
    *state = model;
    return 0;
}

static int close_model(void **state)
{
    ocs_lang_model_free(*state);
    return 0;
}

static void languages_of_the_region_are_told_apart(void **state)
{
    static const struct {
        const char *lang, *text;
    } rows[] = {
        {"en", "The course for border police officers ended on Friday, and the trainers from both "
               "countries said that they will meet again in the spring."},
        {"ru", "Курс для сотрудников пограничной полиции завершился в пятницу, и преподаватели из "
               "обеих стран сообщили, что снова встретятся весной."},
        {"uk", "Курс для працівників прикордонної поліції завершився у п’ятницю, і викладачі з "
               "обох країн повідомили, що зустрінуться знову навесні."},
        {"sr", "Obuka za pripadnike granične policije završena je u petak, a predavači iz obe "
               "zemlje rekli su da će se ponovo sresti na proleće."},
        {"sr", "Обука за припаднике граничне полиције завршена је у петак, а предавачи из обе "
               "земље рекли су да ће се поново срести на пролеће."},
        {"mk", "Обуката за припадниците на граничната полиција заврши во петокот, а предавачите "
               "од двете земји рекоа дека повторно ќе се сретнат напролет."},
        {"sq", "Trajnimi për pjesëtarët e policisë kufitare përfundoi të premten dhe trajnerët "
               "nga të dy vendet thanë se do të takohen përsëri në pranverë."},
        {"de", "Der Lehrgang für Beamte der Grenzpolizei endete am Freitag, und die Ausbilder aus "
               "beiden Ländern sagten, dass sie sich im Frühling wieder treffen werden."},
        {"fr", "Le cours destiné aux agents de la police des frontières s’est terminé vendredi et "
               "les formateurs des deux pays ont dit qu’ils se reverront au printemps."},
        {"it", "Il corso per gli agenti della polizia di frontiera si è concluso venerdì e gli "
               "istruttori dei due paesi hanno detto che si incontreranno di nuovo in primavera."},
        {"es", "El curso para los agentes de la policía de fronteras terminó el viernes y los "
               "instructores de ambos países dijeron que volverán a reunirse en primavera."},
        {"pl", "Szkolenie dla funkcjonariuszy straży granicznej zakończyło się w piątek, a "
               "wykładowcy z obu krajów powiedzieli, że spotkają się ponownie wiosną."},
        {"ro", "Cursul pentru ofițerii poliției de frontieră s-a încheiat vineri, iar "
               "instructorii din ambele țări au spus că se vor întâlni din nou în primăvară."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *lang = ocs_lang_detect(*state, ocs_str_of(rows[i].text));
        if (!lang || strcmp(lang, rows[i].lang) != 0)
            fail_msg("%s is taken for %s", rows[i].lang, lang ? lang : "nothing");
    }
}

/* Short, as the first lines of news are. */
static void near_languages_are_told_by_their_own_words(void **state)
{
    static const struct {
        const char *lang, *text;
    } rows[] = {
        {"sr",
         "BEOGRAD, 9. februara 2023. – Šef Misije OEBS-a sastao se danas sa predsednicom Vlade."},
        {"sr", "Deca i mladi treba da budu bezbedni na internetu, rečeno je na skupu u Nišu."},
        {"hr",
         "Predstavnici tisuća izbjeglica sastali su se u veljači s ravnateljem ureda u Vukovaru."},
        {"bs", "Misija OSCE-a organizirala je obuku za sudije i tužioce u Sarajevu. Učesnici su "
               "razgovarali o zaštiti svjedoka."},
        {"sl", "Župan je povedal, da bo novi most odprt spomladi in da so dela pri koncu."},
        {"uk", "КИЇВ, 28 жовтня 2019 – Голова Місії зустрівся сьогодні з представниками місцевої "
               "влади."},
        {"ru", "КИЕВ 28 октября 2019 – Глава Миссии встретился сегодня с представителями местных "
               "властей."},
        {"uz", "YXHTning O‘zbekistondagi koordinatori sudyalar va prokurorlar uchun o‘quv kursi "
               "tashkil etdi."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *lang = ocs_lang_detect(*state, ocs_str_of(rows[i].text));
        if (!lang || strcmp(lang, rows[i].lang) != 0)
            fail_msg("%s is taken for %s", rows[i].lang, lang ? lang : "nothing");
    }
}

static void a_declared_language_settles_what_words_leave_open(void **state)
{
    (void)state;
    ocs_str open = OCS_STR("Novinarka lokalnog lista napadnuta je ispred zgrade suda.");
    ocs_str serbian = OCS_STR("Deca su bila bezbedna.");
    assert_string_equal(ocs_lang_settle(open, "sr", OCS_STR("hr")), "hr");
    assert_string_equal(ocs_lang_settle(open, "hr", OCS_STR("sr-Latn")), "sr");
    assert_string_equal(ocs_lang_settle(serbian, "bs", OCS_STR("hr")), "sr");
    assert_string_equal(ocs_lang_settle(open, "sr", OCS_STR("en")), "sr");
    assert_string_equal(ocs_lang_settle(open, "de", OCS_STR("hr")), "de");
    assert_null(ocs_lang_settle(open, NULL, OCS_STR("hr")));
}

static void english_with_many_foreign_names_is_english(void **state)
{
    static const char text[] =
        "Prishtinë/Priština, Gjakovë/Đakovica and Pejë/Peć: the mayors Agim Krasniqi, Dragan "
        "Jovanović and Besnik Hoxha met the staff of the mission in Mitrovicë/Mitrovica.";
    assert_string_equal(ocs_lang_detect(*state, ocs_str_of(text)), "en");
}

static void too_little_text_is_in_no_language(void **state)
{
    assert_null(ocs_lang_detect(*state, (ocs_str){NULL, 0}));
    assert_null(ocs_lang_detect(*state, OCS_STR("Skopje")));
    assert_null(ocs_lang_detect(*state, OCS_STR("12 13 14")));
}

static void only_the_beginning_of_a_long_text_is_read(void **state)
{
    enum { SIZE = 1 << 20 };
    ocs_arena *arena = ocs_arena_new(2 * SIZE);
    char *text = ocs_arena_alloc(arena, SIZE);
    assert_non_null(text);
    for (size_t i = 0; i + 2 <= SIZE; i += 2)
        memcpy(text + i, "ш", 2); /* a cut in the middle of a character would show */
    const char *lang = ocs_lang_detect(*state, (ocs_str){text, SIZE});
    assert_true(!lang || strlen(lang) == 2);
    ocs_arena_free(arena);
}

static void the_model_is_used_again_and_again(void **state)
{
    for (int i = 0; i < 50; i++)
        languages_of_the_region_are_told_apart(state);
}

static void freeing_nothing_is_fine(void **state)
{
    (void)state;
    ocs_lang_model_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(languages_of_the_region_are_told_apart),
        cmocka_unit_test(near_languages_are_told_by_their_own_words),
        cmocka_unit_test(a_declared_language_settles_what_words_leave_open),
        cmocka_unit_test(english_with_many_foreign_names_is_english),
        cmocka_unit_test(too_little_text_is_in_no_language),
        cmocka_unit_test(only_the_beginning_of_a_long_text_is_read),
        cmocka_unit_test(the_model_is_used_again_and_again),
        cmocka_unit_test(freeing_nothing_is_fine),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
