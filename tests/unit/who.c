/* Offices out of roles, and who held them when: over an index of statements made here. */
#include "tests/unit/query_fixture.h"

#include "query/who.h"

/* ---- offices ---- */

typedef struct worded {
    const char *text, *role, *office, *office_key, *org, *org_key, *country, *iso;
} worded;

static ocs_role_part part_of(ocs_str text, const char *name, const char *key)
{
    ocs_role_part part = {0};
    if (!name)
        return part;
    part.name = ocs_str_of(name);
    part.key = ocs_str_of(key);
    part.at = part.raw = sample_place(text, name);
    return part;
}

static ocs_role role_of(const worded *from, ocs_document *document)
{
    ocs_str text = ocs_str_of(from->text);
    *document = (ocs_document){.text = text};
    ocs_role role = {.text = ocs_str_of(from->role), .at = sample_place(text, from->role)};
    role.office = part_of(text, from->office, from->office_key);
    role.org = part_of(text, from->org, from->org_key);
    role.country = part_of(text, from->country, from->iso);
    return role;
}

static ocs_office office_of(house *h, const worded *from)
{
    ocs_document document;
    ocs_office office;
    ocs_role role = role_of(from, &document);
    assert_true(ocs_office_of(&document, &role, h->arena, &office));
    return office;
}

static bool fits(house *h, const char *asked, const worded *from)
{
    ocs_document document;
    ocs_office office;
    ocs_office_wanted wanted;
    ocs_role role = role_of(from, &document);
    assert_true(ocs_office_of(&document, &role, h->arena, &office));
    assert_true(ocs_office_wanted_read(h->arena, ocs_str_of(asked), &wanted));
    return ocs_office_fits(&wanted, &role, &office, h->arena) && office.standing == wanted.standing;
}

#define MISSION "OSCE Mission to Serbia", "osce-mission-to-serbia", "Serbia", "RS"

static const worded head = {"Head of the OSCE Mission to Serbia",
                            "Head of the OSCE Mission to Serbia", "Head", "head", MISSION};
static const worded head_of_mission = {"Head of Mission, OSCE Mission to Serbia",
                                       "Head of Mission, OSCE Mission to Serbia", "Head of Mission",
                                       "head-of-mission", MISSION};
static const worded deputy = {"Deputy Head of the OSCE Mission to Serbia",
                              "Deputy Head of the OSCE Mission to Serbia", "Deputy Head",
                              "deputy-head", MISSION};
static const worded former = {"The former long-time Head of the OSCE Mission to Serbia spoke",
                              "Head of the OSCE Mission to Serbia", "Head", "head", MISSION};
static const worded adviser = {"Adviser to the Head of the OSCE Mission to Serbia",
                               "Adviser to the Head of the OSCE Mission to Serbia", "Adviser",
                               "adviser", MISSION};
static const worded minister = {"Serbian Foreign Minister",
                                "Serbian Foreign Minister",
                                "Foreign Minister",
                                "foreign-minister",
                                NULL,
                                NULL,
                                "Serbian",
                                "RS"};

static void one_office_is_worded_in_many_ways(void **state)
{
    house *h = *state;
    ocs_office a = office_of(h, &head), b = office_of(h, &head_of_mission);
    assert_true(ocs_str_eq(a.base, OCS_STR("head")));
    assert_true(ocs_str_eq(a.base, b.base));
    assert_int_equal(a.standing, 0);
    assert_int_equal(b.standing, 0);
}

static void a_deputy_holds_another_office(void **state)
{
    house *h = *state;
    assert_int_equal(office_of(h, &deputy).standing, 1U << OCS_STANDING_DEPUTY);
    assert_false(fits(h, "head of mission to serbia", &deputy));
    assert_true(fits(h, "deputy head of mission to serbia", &deputy));
    assert_false(fits(h, "deputy head of mission to serbia", &head));
}

static void former_before_the_role_counts(void **state)
{
    house *h = *state;
    assert_int_equal(office_of(h, &former).standing, 1U << OCS_STANDING_FORMER);
    assert_false(fits(h, "head mission serbia", &former));
    assert_true(fits(h, "former head mission serbia", &former));
}

static void former_in_another_phrase_does_not(void **state)
{
    static const worded beside = {"A former judge and Head of the OSCE Mission to Serbia",
                                  "Head of the OSCE Mission to Serbia", "Head", "head", MISSION};
    static const worded state_name = {"Minister of the former Yugoslav Republic of Macedonia",
                                      "Minister of the former Yugoslav Republic of Macedonia",
                                      "Minister",
                                      "minister",
                                      NULL,
                                      NULL,
                                      "former Yugoslav Republic of Macedonia",
                                      "MK"};
    assert_int_equal(office_of(*state, &beside).standing, 0);
    assert_int_equal(office_of(*state, &state_name).standing, 0);
}

static void acting_is_seen_behind_the_office_too(void **state)
{
    static const worded behind = {"Head a.i. of the OSCE Mission to Serbia",
                                  "Head a.i. of the OSCE Mission to Serbia", "Head", "head",
                                  MISSION};
    assert_int_equal(office_of(*state, &behind).standing, 1U << OCS_STANDING_ACTING);
}

static void words_fit_in_any_order_and_case(void **state)
{
    house *h = *state;
    assert_true(fits(h, "HEAD of Mission to Serbia", &head));
    assert_true(fits(h, "serbia mission head", &head_of_mission));
    assert_false(fits(h, "head of mission to kosovo", &head));
}

static void another_language_asks_for_the_same_office(void **state)
{
    house *h = *state;
    assert_true(fits(h,
                     "\u0448\u0435\u0444 \u043c\u0438\u0441\u0438\u0458\u0435 \u0443 "
                     "\u0421\u0440\u0431\u0438\u0458\u0438", /* шеф мисије у Србији */
                     &head));
    assert_false(fits(h,
                      "\u0448\u0435\u0444 \u043c\u0438\u0441\u0438\u0458\u0435 \u0443 "
                      "\u0421\u0440\u0431\u0438\u0458\u0438",
                      &adviser));
}

static void a_country_is_found_by_its_demonym(void **state)
{
    house *h = *state;
    assert_true(fits(h, "foreign minister of serbia", &minister));
    assert_true(fits(h, "serbian foreign minister", &minister));
    assert_false(fits(h, "foreign minister of austria", &minister));
}

static void who_works_for_an_office_does_not_hold_it(void **state)
{
    assert_false(fits(*state, "head of mission to serbia", &adviser));
    assert_true(fits(*state, "adviser head of mission to serbia", &adviser));
}

/* ---- the timeline ---- */

static const ocs_who_holding *holding_of(const ocs_who *who, const char *key)
{
    for (size_t i = 0; i < who->n_holdings; i++)
        if (ocs_str_eq(who->holdings[i].key, ocs_str_of(key)))
            return &who->holdings[i];
    return NULL;
}

static ocs_who ask(house *h, ocs_who_wanted wanted)
{
    ocs_who who;
    MUST(h, ocs_who_find(h->index, &wanted, h->arena, &who, &h->err));
    return who;
}

static void a_role_gives_who_held_it_with_the_sentence(void **state)
{
    ocs_who who = ask(*state, (ocs_who_wanted){.asked = OCS_STR("foreign minister austrian")});
    assert_int_equal(who.by, OCS_WHO_ROLE);
    const ocs_who_holding *kurz = holding_of(&who, "sebastian-kurz");
    assert_non_null(kurz);
    assert_int_equal(kurz->n_evidence, 1);
    assert_int_equal(kurz->first.day, 13);
    const ocs_who_evidence *evidence = &kurz->evidence[0];
    ocs_str text = ocs_str_of(samples[0].text);
    assert_true(
        ocs_str_eq(evidence->text, ocs_str_sub(text, evidence->raw.from, evidence->raw.to)));
    assert_true(ocs_str_find(evidence->text, OCS_STR("Sebastian Kurz"), 0) < evidence->text.n);
    assert_true(ocs_str_eq(evidence->role,
                           ocs_str_sub(text, evidence->role_raw.from, evidence->role_raw.to)));
}

static void a_name_gives_what_people_were(void **state)
{
    ocs_who who = ask(*state, (ocs_who_wanted){.asked = OCS_STR("KURZ")});
    assert_int_equal(who.by, OCS_WHO_PERSON);
    assert_int_equal(who.n_holdings, 2);
    assert_non_null(holding_of(&who, "sebastian-kurz"));
    assert_non_null(holding_of(&who, "maria-kurz"));
}

static void a_query_and_dates_narrow_it(void **state)
{
    ocs_who who = ask(*state, (ocs_who_wanted){.asked = OCS_STR("kurz"),
                                               .query = OCS_STR("crime"),
                                               .since = OCS_STR("2017")});
    assert_int_equal(who.n_holdings, 1);
    who = ask(*state, (ocs_who_wanted){.asked = OCS_STR("kurz"), .until = OCS_STR("2016")});
    assert_int_equal(who.n_holdings, 1);
    assert_non_null(holding_of(&who, "maria-kurz"));
}

static void a_mistake_in_the_query_keeps_its_place(void **state)
{
    house *h = *state;
    ocs_who who;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    const ocs_who_wanted wanted = {.asked = OCS_STR("kurz"), .query = OCS_STR("crime colour:red")};
    assert_int_equal(ocs_who_find(h->index, &wanted, h->arena, &who, &err), OCS_USAGE);
    assert_int_equal(err.at, 6);
}

static void no_word_is_refused(void **state)
{
    house *h = *state;
    ocs_who who;
    const ocs_who_wanted wanted = {.asked = OCS_STR(" -- ")};
    assert_int_equal(ocs_who_find(h->index, &wanted, h->arena, &who, &h->err), OCS_USAGE);
}

static void a_full_arena_is_told(void **state)
{
    house *h = *state;
    ocs_who who;
    const ocs_who_wanted wanted = {.asked = OCS_STR("minister")};
    ocs_arena *small = ocs_arena_new(6000);
    assert_non_null(small);
    assert_int_equal(ocs_who_find(h->index, &wanted, small, &who, &h->err), OCS_LIMIT);
    ocs_arena_free(small);
}

/* ---- on a day ---- */

static ocs_date date_of(const char *text)
{
    ocs_date date;
    assert_true(ocs_date_parse(ocs_str_of(text), &date));
    return date;
}

/* Evidence by dates, oldest first; NULL ends. */
static ocs_who_holding held(house *h, size_t office, const char *const *dates)
{
    ocs_who_holding holding = {.office = office};
    while (dates[holding.n_evidence])
        holding.n_evidence++;
    holding.evidence = ocs_arena_array(h->arena, holding.n_evidence, sizeof *holding.evidence);
    assert_non_null(holding.evidence);
    for (size_t i = 0; i < holding.n_evidence; i++)
        assert_true(ocs_when_parse(ocs_str_of(dates[i]), &holding.evidence[i].published));
    return holding;
}

static ocs_who_day day_of(house *h, const char *const *dates, const char *const *others,
                          const char *day)
{
    ocs_who_holding holdings[] = {held(h, 0, dates), held(h, 0, others)};
    ocs_who who = {.holdings = holdings, .n_holdings = 2};
    return ocs_who_on(&who, 0, date_of(day));
}

#define DATES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void a_day_between_two_mentions_is_told_with_its_distances(void **state)
{
    ocs_who_day day = day_of(*state, DATES("2016-01-01", "2016-03-01", "2016-03-11", "2017"),
                             DATES("2015-01-01", "2016-04-01"), "2016-03-03");
    assert_int_equal(day.nearness, OCS_WHO_BETWEEN);
    assert_int_equal(day.days_before, 2);
    assert_int_equal(day.days_after, 8);
    assert_int_equal(day.after->published.from.day, 11);
}

static void somebody_else_between_is_told(void **state)
{
    ocs_who_day day =
        day_of(*state, DATES("2016-01-01", "2016-12-01"), DATES("2016-06"), "2016-03-03");
    assert_int_equal(day.nearness, OCS_WHO_SHARED);
}

static void the_day_itself_and_its_month_are_told_apart(void **state)
{
    assert_int_equal(day_of(*state, DATES("2016-03-03"), DATES(NULL), "2016-03-03").nearness,
                     OCS_WHO_STATED);
    assert_int_equal(day_of(*state, DATES("2016-03"), DATES(NULL), "2016-03-03").nearness,
                     OCS_WHO_AROUND);
}

static void evidence_on_one_side_is_no_more_than_nearest(void **state)
{
    ocs_who_day before = day_of(*state, DATES("2015", "2016-02-28"), DATES(NULL), "2016-03-01");
    assert_int_equal(before.nearness, OCS_WHO_BEFORE);
    assert_int_equal(before.days_before, 2);
    assert_null(before.after);
    ocs_who_day after = day_of(*state, DATES("2016-04"), DATES(NULL), "2016-03-31");
    assert_int_equal(after.nearness, OCS_WHO_AFTER);
    assert_int_equal(after.days_after, 1);
    assert_int_equal(day_of(*state, DATES("--12-06"), DATES(NULL), "2016-03-31").nearness,
                     OCS_WHO_UNDATED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_office_is_worded_in_many_ways),
        cmocka_unit_test(a_deputy_holds_another_office),
        cmocka_unit_test(former_before_the_role_counts),
        cmocka_unit_test(former_in_another_phrase_does_not),
        cmocka_unit_test(acting_is_seen_behind_the_office_too),
        cmocka_unit_test(words_fit_in_any_order_and_case),
        cmocka_unit_test(another_language_asks_for_the_same_office),
        cmocka_unit_test(a_country_is_found_by_its_demonym),
        cmocka_unit_test(who_works_for_an_office_does_not_hold_it),
        cmocka_unit_test(a_role_gives_who_held_it_with_the_sentence),
        cmocka_unit_test(a_name_gives_what_people_were),
        cmocka_unit_test(a_query_and_dates_narrow_it),
        cmocka_unit_test(a_mistake_in_the_query_keeps_its_place),
        cmocka_unit_test(no_word_is_refused),
        cmocka_unit_test(a_full_arena_is_told),
        cmocka_unit_test(a_day_between_two_mentions_is_told_with_its_distances),
        cmocka_unit_test(somebody_else_between_is_told),
        cmocka_unit_test(the_day_itself_and_its_month_are_told_apart),
        cmocka_unit_test(evidence_on_one_side_is_no_more_than_nearest),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
