/* Places and countries of short texts, as ocs_mentions_find reports them. */
#include "ingest/mentions.h"
#include "tests/unit/shared_arena.h"

/* The mentions of ${type}, as "surface=key; ": a country's followed by how it was found where that
 * is not by name. */
static const char *found(const char *text, ocs_mention_type type)
{
    static char out[4096];
    ocs_error err = {0};
    ocs_document doc = {.text = ocs_str_of(text)};
    ocs_arena_clear(arena);
    if (ocs_mentions_find(ocs_gaz_builtin(), NULL, arena, &doc, &err) != OCS_OK)
        fail_msg("%s", err.text);
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < doc.n_mentions && n < sizeof out; i++) {
        const ocs_mention *m = &doc.mentions[i];
        ocs_str surface = ocs_str_sub(doc.text, m->at.from, m->at.to);
        if (m->type != type || m->nested)
            continue;
        const char *via =
            m->via != OCS_VIA_NONE && m->via != OCS_VIA_NAME ? ocs_via_name(m->via) : "";
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s=%.*s%s%s", n > 0 ? "; " : "",
                              OCS_ARG(surface), OCS_ARG(m->key), *via ? " " : "", via);
    }
    return out;
}

static void assert_places(const char *text, const char *wanted)
{
    assert_string_equal(found(text, OCS_MENTION_PLACE), wanted);
}

static void assert_countries(const char *text, const char *wanted)
{
    assert_string_equal(found(text, OCS_MENTION_COUNTRY), wanted);
}

/* ---- cities of the large table ---- */

static void a_city_is_known_by_the_word_before_it(void **state)
{
    (void)state;
    assert_places("The conference was held in Oakland last week.", "Oakland=oakland");
    assert_places("The conference praised Oakland last week.", "");
}

static void a_city_is_known_by_its_country(void **state)
{
    (void)state;
    assert_places("They came from Sāmarrā’ and other towns of Iraq.", "Sāmarrā=samarra");
    assert_places("They came from Samarra and other towns.", "");
    assert_places("The talks about Wels, Austria, went on.", "Wels=wels");
    assert_places("The talks about Wels (Austria) went on.", "Wels=wels");
}

static void of_two_cities_the_one_in_the_named_country_is_meant(void **state)
{
    (void)state;
    assert_places("It happened in Reading, in the United Kingdom.", "Reading=reading");
    assert_places("The United States: a factory in Reading closed.", "Reading=reading-us");
}

static void words_of_the_text_are_no_cities(void **state)
{
    (void)state;
    assert_places("Reading is good. Reading matters, and so does reading aloud.", "");
    assert_places("Bath water and a nice day: Nice work, Most said.", "");
    assert_places("Orange is a colour. An Orange Wave followed, with orange flags.", "");
}

static void names_of_people_are_no_places(void **state)
{
    (void)state;
    assert_places("Paris Hilton sang.", "");
    assert_places("Mr. Jack London wrote.", "");
    assert_places(
        "Ambassador John Harrison spoke. Harrison thanked them, and to Harrison we owe it.", "");
}

static void a_city_once_shown_stands_for_itself(void **state)
{
    (void)state;
    assert_places("Police worked in Oakland. It is said that Oakland praised them.",
                  "Oakland=oakland; Oakland=oakland");
}

static void a_place_in_a_longer_name_is_none(void **state)
{
    (void)state;
    assert_places("The Houston Chronicle wrote about it.", "");
    assert_places("He wrote about it in Houston Monday.", "Houston=houston");
}

/* ---- landmarks and parts ---- */

static void landmarks_take_the_names_beside_them(void **state)
{
    (void)state;
    assert_places("A bridge over the Drenova River fell.", "Drenova River=drenova-river");
    assert_places("They met at Lake Strelna and Mount Velizh.",
                  "Lake Strelna=lake-strelna; Mount Velizh=mount-velizh");
    assert_places("The river and the lake are clean.", "");
    assert_places("Crowds met on Ahmed Square.", "Ahmed Square=ahmed-square");
    assert_places("He spoke of the West Bank barrier.", "West Bank=west-bank");
}

static void a_capitalised_direction_makes_a_part(void **state)
{
    (void)state;
    assert_places("Fighting went on in Northern Iraq.", "Northern Iraq=northern-iraq");
    assert_countries("Fighting went on in Northern Iraq.", "Iraq=IQ");
    assert_places("Fighting went on in northern Iraq.", "");
    assert_places("Fighting went on in East Mosul.", "East Mosul=east-mosul");
}

static void movements_are_no_places(void **state)
{
    (void)state;
    const char *text = "Attacks by al-Qaeda and by Hamas were spoken of. Al-Qaida denied it.";
    assert_places(text, "");
    assert_string_equal(found(text, OCS_MENTION_ORG),
                        "al-Qaeda=al-qaida; Hamas=hamas; Al-Qaida=al-qaida");
}

/* ---- countries of cities ---- */

static void cities_tell_the_country_of_a_text_that_names_none(void **state)
{
    (void)state;
    assert_countries("Talks in Novi Sad went on. They will end in Niš.", "Novi Sad=RS city");
    assert_countries("Talks in Novi Sad went on.", ""); /* once is not safe */
    assert_countries("Talks in Novi Sad went on. They will end in Niš, not in Austria.",
                     "Austria=AT");
}

/* ---- inflected forms ---- */

static void countries_are_found_in_their_cases(void **state)
{
    (void)state;
    assert_countries("Put u Moldaviju, Ukrajinu i Hrvatsku; predstavnici Bosne i Hercegovine.",
                     "Moldaviju=MD; Ukrajinu=UA; Hrvatsku=HR; Bosne i Hercegovine=BA");
    assert_countries("Предстaвници: боравио у Србији, стигли из Немачке и Северне Македоније.",
                     "Србији=RS; Немачке=DE; Северне Македоније=MK");
    assert_countries("Iz Njemačke, Mađarske i Slovenije u Bjelorusiju.",
                     "Njemačke=DE; Mađarske=HU; Slovenije=SI; Bjelorusiju=BY");
    assert_countries("Поездка в Германию, из Казахстана и Узбекистана, в Армении и Грузии.",
                     "Германию=DE; Казахстана=KZ; Узбекистана=UZ; Армении=AM; Грузии=GE");
    assert_countries("Поїздка до Німеччини, в Україні, громадяни Росії та Угорщини.",
                     "Німеччини=DE; Україні=UA; Росії=RU; Угорщини=HU");
    assert_countries("Министерот ја посети Бугарија; граѓани на Грција и Франција.",
                     "Бугарија=BG; Грција=GR; Франција=FR");
    assert_countries("Посети Сърбия и Украйна, граждани на Гърция.",
                     "Сърбия=RS; Украйна=UA; Гърция=GR");
    assert_countries("Ministri vizitoi Serbinë, Kroacinë dhe Shqipërinë.",
                     "Serbinë=RS; Kroacinë=HR; Shqipërinë=AL");
    assert_countries("Vertreter Kroatiens, Bosniens und der Herzegowina und der Schweiz.",
                     "Kroatiens=HR; Bosniens und der Herzegowina=BA; Schweiz=CH");
    assert_countries("Sırbistan'a, Almanya'dan ve Yunanistan'ın.",
                     "Sırbistan=RS; Almanya=DE; Yunanistan=GR");
}

static void cities_are_found_in_their_cases(void **state)
{
    (void)state;
    assert_places("Sastanak u Beogradu, policija iz Novog Sada.",
                  "Beogradu=belgrade; Novog Sada=novi-sad");
    assert_places("Састанак у Нишу и Сарајеву.", "Нишу=nis; Сарајеву=sarajevo");
    assert_places("Переговоры в Киеве и Минске.", "Киеве=kyiv; Минске=minsk");
    assert_places("У Львові та Одесі.", "Львові=lviv; Одесі=odesa");
    assert_places("Në Tiranë dhe Prishtinë.", "Tiranë=tirana; Prishtinë=pristina");
}

static void a_state_of_two_is_one_in_its_years_only(void **state)
{
    (void)state;
    assert_countries("In Serbia and Montenegro, u Srbiji i Crnoj Gori.",
                     "Serbia=RS; Montenegro=ME; Srbiji=RS; Crnoj Gori=ME");
    assert_countries("In Bosnia and Herzegovina.", "Bosnia and Herzegovina=BA");
}

static void words_that_only_begin_like_a_country_are_none(void **state)
{
    (void)state;
    assert_countries("Die Serbelloni sind alt, und der Chile-Salpeter auch nicht.", "Chile=CL");
    assert_countries("Moldavit je kamen. Kroasan je pecivo. Грузовик и армия.", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_city_is_known_by_the_word_before_it),
        cmocka_unit_test(a_city_is_known_by_its_country),
        cmocka_unit_test(of_two_cities_the_one_in_the_named_country_is_meant),
        cmocka_unit_test(words_of_the_text_are_no_cities),
        cmocka_unit_test(names_of_people_are_no_places),
        cmocka_unit_test(a_city_once_shown_stands_for_itself),
        cmocka_unit_test(a_place_in_a_longer_name_is_none),
        cmocka_unit_test(landmarks_take_the_names_beside_them),
        cmocka_unit_test(a_capitalised_direction_makes_a_part),
        cmocka_unit_test(movements_are_no_places),
        cmocka_unit_test(cities_tell_the_country_of_a_text_that_names_none),
        cmocka_unit_test(countries_are_found_in_their_cases),
        cmocka_unit_test(cities_are_found_in_their_cases),
        cmocka_unit_test(a_state_of_two_is_one_in_its_years_only),
        cmocka_unit_test(words_that_only_begin_like_a_country_are_none),
    };
    return cmocka_run_group_tests(tests, make_shared_arena, free_shared_arena);
}
