/* People of short texts and what they are, as ocs_mentions_find reports them by the rules alone. */
#include "ingest/mentions.h"
#include "tests/unit/shared_arena.h"

static size_t put(char *out, size_t size, size_t n, const char *mark, ocs_str text)
{
    int more = snprintf(out + n, size - n, "%s%.*s", mark, OCS_ARG(text));
    return more > 0 && n + (size_t)more < size ? n + (size_t)more : n;
}

/* The people, as "surface=name: role, role; ". */
static const char *people(const char *lang, const char *text)
{
    static char out[4096];
    ocs_error err = {0};
    ocs_document doc = {.text = ocs_str_of(text), .lang = ocs_str_of(lang)};
    ocs_arena_clear(arena);
    if (ocs_mentions_find(ocs_gaz_builtin(), NULL, arena, &doc, &err) != OCS_OK)
        fail_msg("%s", err.text);
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; i < doc.n_mentions; i++) {
        const ocs_mention *m = &doc.mentions[i];
        if (m->type != OCS_MENTION_PERSON)
            continue;
        n = put(out, sizeof out, n, n > 0 ? "; " : "", ocs_mention_surface(&doc, m));
        n = put(out, sizeof out, n, "=", m->name);
        for (size_t r = 0; r < m->n_roles; r++)
            n = put(out, sizeof out, n, r > 0 ? ", " : ": ",
                    ocs_str_sub(doc.text, m->roles[r].at.from, m->roles[r].at.to));
    }
    return out;
}

static void assert_people(const char *text, const char *wanted)
{
    assert_string_equal(people("en", text), wanted);
}

/* ---- what is named after people ---- */

static void what_bears_a_name_is_nobody(void **state)
{
    (void)state;
    assert_people("Crowds met on Ahmed Square and prayed in Sheikh Hassan Mosque.", "");
    assert_people("They walked over the King Ahmed Bridge.", "");
    assert_people("She won the Maria Theresa Prize in April.", "");
    assert_people("The film was made by Michael Bay in Miami.", "Michael Bay=Michael Bay");
}

static void a_numeral_is_no_surname(void **state)
{
    (void)state;
    assert_people(
        "It was built under Shah Peter II in the west. He came back, and I saw II on a coin.",
        "Peter II=Peter II");
}

static void a_line_says_who_wrote(void **state)
{
    (void)state;
    assert_people("Gardens of the town\nBy Omnar Vashtuli\nThe town has gardens.",
                  "Omnar Vashtuli=Omnar Vashtuli");
    assert_people("By Omnar Vashtuli the river is wide.", "");
    assert_people("By Foreign Ministry\nThe town has gardens.", "");
}

/* ---- roles ---- */

static void an_office_before_a_name_is_a_role_and_an_address_is_none(void **state)
{
    (void)state;
    assert_people("Prime Minister Maria Petrova spoke.",
                  "Maria Petrova=Maria Petrova: Prime Minister");
    assert_people("Ambassador Maria Petrova spoke.", "Maria Petrova=Maria Petrova");
    assert_people("Doctor Maria Petrova spoke.", "Maria Petrova=Maria Petrova");
}

static void a_role_has_the_country_that_owns_it(void **state)
{
    (void)state;
    assert_people("He met Albania's Foreign Minister Maria Petrova.",
                  "Maria Petrova=Maria Petrova: Albania's Foreign Minister");
}

static void a_role_goes_as_far_as_its_comma(void **state)
{
    (void)state;
    assert_people("Maria Petrova, head of the research team, spoke.",
                  "Maria Petrova=Maria Petrova: head of the research team");
    assert_people("Maria Petrova, a researcher with the archive.",
                  "Maria Petrova=Maria Petrova: researcher with the archive");
    assert_people("Maria Petrova, an economist at Serbia's National Bank, spoke.",
                  "Maria Petrova=Maria Petrova: economist at Serbia's National Bank");
    assert_people("Maria Petrova, a researcher who lives on the coast, spoke.",
                  "Maria Petrova=Maria Petrova: researcher");
    assert_people("Maria Petrova, a researcher at work said it.",
                  "Maria Petrova=Maria Petrova: researcher");
}

static void offices_of_other_languages_have_their_object(void **state)
{
    (void)state;
    assert_string_equal(
        people("sr", "Šef Misije OEBS-a u Srbiji, ambasador Petar Petrović, govori."),
        "Petar Petrović=Petar Petrović: Šef Misije OEBS-a u Srbiji");
    assert_string_equal(
        people("ru", "Об этом сказал посол Иван Петров, глава Центра ОБСЕ в Ашхабаде."),
        "Иван Петров=Иван Петров: глава Центра ОБСЕ в Ашхабаде");
    assert_string_equal(people("sq", "Tha ambasadori Agim Petrov, kreu i Pranisë së OSBE-së."),
                        "Agim Petrov=Agim Petrov: kreu i Pranisë së OSBE-së");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_bears_a_name_is_nobody),
        cmocka_unit_test(a_numeral_is_no_surname),
        cmocka_unit_test(a_line_says_who_wrote),
        cmocka_unit_test(an_office_before_a_name_is_a_role_and_an_address_is_none),
        cmocka_unit_test(a_role_has_the_country_that_owns_it),
        cmocka_unit_test(a_role_goes_as_far_as_its_comma),
        cmocka_unit_test(offices_of_other_languages_have_their_object),
    };
    return cmocka_run_group_tests(tests, make_shared_arena, free_shared_arena);
}
