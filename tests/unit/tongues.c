/* Names in languages with cases, as ocs_mentions_find reports them. */
#include "ingest/mentions.h"
#include "tests/unit/shared_arena.h"

static ocs_document doc;

static void find(const char *lang, const char *text)
{
    ocs_error err = {0};
    ocs_arena_clear(arena);
    doc = (ocs_document){.text = ocs_str_of(text), .lang = ocs_str_of(lang)};
    if (ocs_mentions_find(ocs_gaz_builtin(), NULL, arena, &doc, &err) != OCS_OK)
        fail_msg("%s", err.text);
}

static size_t put(char *out, size_t size, size_t n, const char *mark, ocs_str text)
{
    int more = snprintf(out + n, size - n, "%s%.*s", mark, OCS_ARG(text));
    return more > 0 && n + (size_t)more < size ? n + (size_t)more : n;
}

/* The mentions of a type, as "surface=name; "; of people the name, of the rest the key. */
static const char *found(ocs_mention_type type)
{
    static char out[4096];
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < doc.n_mentions; i++) {
        const ocs_mention *m = &doc.mentions[i];
        if (m->type != type || m->nested)
            continue;
        n = put(out, sizeof out, n, n > 0 ? "; " : "", ocs_mention_surface(&doc, m));
        n = put(out, sizeof out, n, "=", type == OCS_MENTION_PERSON ? m->name : m->key);
    }
    return out;
}

static void assert_people(const char *lang, const char *text, const char *wanted)
{
    find(lang, text);
    assert_string_equal(found(OCS_MENTION_PERSON), wanted);
}

static void assert_orgs(const char *lang, const char *text, const char *wanted)
{
    find(lang, text);
    assert_string_equal(found(OCS_MENTION_ORG), wanted);
}

static const ocs_mention *first_person(void)
{
    for (size_t i = 0; i < doc.n_mentions; i++)
        if (doc.mentions[i].type == OCS_MENTION_PERSON)
            return &doc.mentions[i];
    fail_msg("no person");
    return NULL;
}

/* ---- people ---- */

static void an_inflected_name_is_called_by_its_nominative(void **state)
{
    (void)state;
    assert_people("sr", "Razgovarao je sa Ivicom Dačićem.", "Ivicom Dačićem=Ivica Dačić");
    assert_people("sr", "Писмо је упућено Себастијану Курцу.", "Себастијану Курцу=Себастијан Курц");
    assert_people("sr", "Stigao je sa Marcelom Peškom i Draganom Šormazom.",
                  "Marcelom Peškom=Marcel Pešk; Draganom Šormazom=Dragan Šormaz");
    assert_people("sr", "Дошао је са Николом Селаковићем.", "Николом Селаковићем=Никола Селаковић");
    assert_people("uk", "У супроводі Павла Клімкіна прибув гість.", "Павла Клімкіна=Павло Клімкін");
    assert_people("ru", "Копия направлена Сергею Лаврову.", "Сергею Лаврову=Сергей Лавров");
    assert_people("ru", "Ответ Татьяны Москальковой получен.",
                  "Татьяны Москальковой=Татьяна Москалькова");
    assert_people("uk", "Зустріч з Павлом Клімкіним тривала годину.",
                  "Павлом Клімкіним=Павло Клімкін");
}

static void an_unknown_given_name_shows_its_case_by_the_same_ending(void **state)
{
    (void)state;
    assert_people("sr", "Razgovarao je sa ambasadorom Kristoferom Palmerom.",
                  "Kristoferom Palmerom=Kristofer Palmer");
    assert_people("sr", "Govorio je ambasador Kristofer Hil.", "Kristofer Hil=Kristofer Hil");
}

static void a_name_whose_given_name_is_in_the_nominative_stays(void **state)
{
    (void)state;
    assert_people("ru", "На встрече была Татьяна Москалькова.",
                  "Татьяна Москалькова=Татьяна Москалькова");
    assert_people("ru", "Выступила Мария Захарова.", "Мария Захарова=Мария Захарова");
    assert_people("sr", "Govorila je Ana Brnabić.", "Ana Brnabić=Ana Brnabić");
}

static void a_surname_that_does_not_change_stays(void **state)
{
    (void)state;
    assert_people("ru", "Он встретился с Александром Лукашенко.",
                  "Александром Лукашенко=Александр Лукашенко");
    assert_people("sr", "Predato je Jadranki Joksimović.",
                  "Jadranki Joksimović=Jadranka Joksimović");
}

static void a_surname_joins_its_nominative(void **state)
{
    (void)state;
    assert_people("ru", "Приехал Владимир Путин. Визит Путина продлится день, Путину рады.",
                  "Владимир Путин=Владимир Путин; Путина=Владимир Путин; Путину=Владимир Путин");
    assert_people("sr", "Govorio je Milorad Dodik. Dodikov ured nije odgovorio Dodiku.",
                  "Milorad Dodik=Milorad Dodik; Dodikov=Milorad Dodik; Dodiku=Milorad Dodik");
    find("ru", "Приехал Владимир Путин. Визит Путина продлится день.");
    assert_true(ocs_str_eq(doc.mentions[0].key, doc.mentions[1].key));
}

static void a_guessed_nominative_is_less_sure(void **state)
{
    (void)state;
    find("ru", "Сергей Лавров прибыл.");
    uint8_t written = first_person()->sure;
    find("ru", "Визит Сергея Лаврова отложен.");
    assert_true(first_person()->sure < written);
}

static void english_names_do_not_change(void **state)
{
    (void)state;
    assert_people("en", "He met Sebastian Kurz. Sebastian Kurza was not there.",
                  "Sebastian Kurz=Sebastian Kurz; Sebastian Kurza=Sebastian Kurza");
}

static void an_office_of_something_stands_before_a_name(void **state)
{
    (void)state;
    assert_people("ru", "Он говорил с президентом Белоруссии Александром Лукашенко.",
                  "Александром Лукашенко=Александр Лукашенко");
    find("sr", "Рекао је начелник Управе криминалистичке полиције Дејан Ковачевић.");
    assert_string_equal(found(OCS_MENTION_PERSON), "Дејан Ковачевић=Дејан Ковачевић");
    assert_int_equal(first_person()->n_roles, 1);
    assert_true(ocs_str_eq(first_person()->roles[0].text,
                           OCS_STR("начелник Управе криминалистичке полиције")));
    find("mk", "Дојде министерот за внатрешни работи Наќе Чулев.");
    assert_true(
        ocs_str_eq(first_person()->roles[0].text, OCS_STR("министерот за внатрешни работи")));
}

/* "Angeles" is no genitive of Angel, unless the document has one. */
static void a_german_genitive_needs_its_nominative(void **state)
{
    (void)state;
    assert_people("de", "Danach kam Frank-Walter Steinmeier. Steinmeiers Reise beginnt heute.",
                  "Frank-Walter Steinmeier=Frank-Walter Steinmeier; "
                  "Steinmeiers=Frank-Walter Steinmeier");
    assert_people("de", "Dort spielten die Angeles Chargers am Abend.", "");
}

static void an_unknown_word_before_a_given_name_is_part_of_it(void **state)
{
    (void)state;
    assert_people("ru", "Об этом сказала посол Хельга Мария Шмид.",
                  "Хельга Мария Шмид=Хельга Мария Шмид");
    assert_people("ru", "Владимир Путин прибыл. Пресс-секретарь Путина Дмитрий Песков рад.",
                  "Владимир Путин=Владимир Путин; Путина=Владимир Путин; "
                  "Дмитрий Песков=Дмитрий Песков");
}

static void a_german_article_ends_a_name(void **state)
{
    (void)state;
    assert_people(
        "de", "Außenminister Steinmeier dankte. Danach gab Herr Steinmeier den Delegationen recht.",
        "Steinmeier=Steinmeier; Steinmeier=Steinmeier");
}

/* ---- organisations ---- */

static void a_field_operation_is_known_in_any_case(void **state)
{
    (void)state;
    assert_orgs("sr", "Šef Misije OEBS-a u Srbiji je otputovao.",
                "Misije OEBS-a u Srbiji=osce-mission-to-serbia");
    assert_orgs("hr", "Voditelj Misije OESS-a u BiH je otputovao.",
                "Misije OESS-a u BiH=osce-mission-to-bosnia-and-herzegovina");
    assert_orgs("ru", "Он работал в Центре ОБСЕ в Ашхабаде.",
                "Центре ОБСЕ в Ашхабаде=osce-centre-in-ashgabat");
    assert_orgs("mk", "Тоа го соопшти Мисијата на ОБСЕ во Скопје.",
                "Мисијата на ОБСЕ во Скопје=osce-mission-to-skopje");
    assert_orgs("de", "Der Leiter der OSZE-Mission im Kosovo reist ab.",
                "OSZE-Mission im Kosovo=osce-mission-in-kosovo");
}

/* With a small letter and no mission that it could be, it is a word: "prisustvo OEBS-a". */
static void a_small_head_of_nothing_is_a_word(void **state)
{
    (void)state;
    assert_orgs("sr", "Srbija želi prisustvo OEBS-a na Kosovu.", "OEBS=osce");
    assert_orgs("sr", "Misija OEBS-a u Srbiji radi. Danas je misija OEBS-a poslala izveštaj.",
                "Misija OEBS-a u Srbiji=osce-mission-to-serbia; "
                "misija OEBS-a=osce-mission-to-serbia");
}

static void a_mission_without_area_is_the_one_of_the_document(void **state)
{
    (void)state;
    assert_orgs("sr", "Misija OEBS-a u Srbiji radi. Danas je Misija OEBS-a poslala izveštaj.",
                "Misija OEBS-a u Srbiji=osce-mission-to-serbia; "
                "Misija OEBS-a=osce-mission-to-serbia");
}

static void two_missions_leave_a_third_unnamed(void **state)
{
    (void)state;
    find("sr", "Misija OEBS-a u Srbiji i Misija OEBS-a na Kosovu rade. Nova je Misija OEBS-a.");
    const char *orgs = found(OCS_MENTION_ORG);
    assert_non_null(strstr(orgs, "osce-mission-to-serbia"));
    assert_non_null(strstr(orgs, "osce-mission-in-kosovo"));
    assert_non_null(strstr(orgs, "; Misija OEBS-a=misija-oebs-a"));
}

static void a_known_name_has_cases(void **state)
{
    (void)state;
    assert_orgs("sr", "Сарадња са Европолом траје.", "Европолом=europol");
    assert_orgs("sr", "Састао се са Стјуартом Пичом.", ""); /* no "ПИЧ" */
    assert_orgs("en", "They worked with Europolom.", "");
}

static void a_clan_has_cases(void **state)
{
    (void)state;
    assert_orgs("sr", "Pripadnici kavačkog klana uhapšeni su.", "kavačkog klana=kavac-clan");
    assert_orgs("en", "Members of the 'Ndrangheta met the Kavač clan.",
                "Ndrangheta=ndrangheta; Kavač clan=kavac-clan");
}

/* ---- authorities ---- */

static void a_ministry_is_what_it_is_for(void **state)
{
    (void)state;
    assert_orgs("sr", "Ministarstva prosvete, nauke i tehnološkog razvoja su tu.",
                "Ministarstva prosvete, nauke i tehnološkog razvoja="
                "ministry-of-education-science-and-technological-development");
    assert_orgs("ru", "Министерство внутренних дел Республики Таджикистан и Министерство юстиции.",
                "Министерство внутренних дел Республики Таджикистан="
                "ministry-of-internal-affairs-of-tajikistan; "
                "Министерство юстиции=ministry-of-justice");
    assert_orgs("sq", "Ministria e Brendshme u tha.",
                "Ministria e Brendshme=ministry-of-internal-affairs");
    assert_orgs("mk", "Министерството за труд и социјална политика.",
                "Министерството за труд и социјална политика="
                "ministry-of-labour-and-social-policy");
}

static void a_ministry_of_nothing_known_is_a_word(void **state)
{
    (void)state;
    assert_orgs("sr", "Ministarstvo ljubavi i pravda za sve.", "");
    assert_orgs("en", "A ministry of all talents, of justice and of peace.", "");
}

static void an_authority_has_a_capital(void **state)
{
    (void)state;
    assert_orgs("ru", "Сотрудники Пограничной службы пришли.", "Пограничной службы=border-service");
    assert_orgs("ru", "Сотрудники пограничной службы пришли.", "");
}

static void an_english_ministry_may_go_on_in_small_letters(void **state)
{
    (void)state;
    assert_orgs("en", "The ministry of culture and information of the Republic of Armenia came.",
                "ministry of culture and information of the Republic of Armenia="
                "ministry-of-culture-and-information-of-armenia");
    assert_orgs("en", "The Ministry of Justice of Armenia came.",
                "Ministry of Justice of Armenia=ministry-of-justice-of-armenia");
}

/* ---- places ---- */

static void a_city_in_another_case_needs_its_preposition(void **state)
{
    (void)state;
    find("hr", "Skup je održan u Hamburgu i trajao je dva dana.");
    assert_string_equal(found(OCS_MENTION_PLACE), "Hamburgu=hamburg");
    find("hr", "Skup je zahvalio Hamburgu na gostoprimstvu.");
    assert_string_equal(found(OCS_MENTION_PLACE), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_inflected_name_is_called_by_its_nominative),
        cmocka_unit_test(an_unknown_given_name_shows_its_case_by_the_same_ending),
        cmocka_unit_test(a_name_whose_given_name_is_in_the_nominative_stays),
        cmocka_unit_test(a_surname_that_does_not_change_stays),
        cmocka_unit_test(a_surname_joins_its_nominative),
        cmocka_unit_test(a_guessed_nominative_is_less_sure),
        cmocka_unit_test(english_names_do_not_change),
        cmocka_unit_test(an_office_of_something_stands_before_a_name),
        cmocka_unit_test(a_german_genitive_needs_its_nominative),
        cmocka_unit_test(an_unknown_word_before_a_given_name_is_part_of_it),
        cmocka_unit_test(a_german_article_ends_a_name),
        cmocka_unit_test(a_field_operation_is_known_in_any_case),
        cmocka_unit_test(a_small_head_of_nothing_is_a_word),
        cmocka_unit_test(a_mission_without_area_is_the_one_of_the_document),
        cmocka_unit_test(two_missions_leave_a_third_unnamed),
        cmocka_unit_test(a_known_name_has_cases),
        cmocka_unit_test(a_clan_has_cases),
        cmocka_unit_test(a_ministry_is_what_it_is_for),
        cmocka_unit_test(a_ministry_of_nothing_known_is_a_word),
        cmocka_unit_test(an_authority_has_a_capital),
        cmocka_unit_test(an_english_ministry_may_go_on_in_small_letters),
        cmocka_unit_test(a_city_in_another_case_needs_its_preposition),
    };
    return cmocka_run_group_tests(tests, make_shared_arena, free_shared_arena);
}
