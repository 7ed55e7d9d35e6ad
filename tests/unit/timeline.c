/* Bars and sentences of a small index: which dates count where, and what is cited. */
#include "tests/unit/query_fixture.h"

#include "query/timeline.h"

static ocs_timeline find(house *h, const char *query, ocs_timeline_wanted wanted)
{
    ocs_timeline timeline;
    wanted.query = ocs_str_of(query);
    MUST(h, ocs_timeline_find(h->index, &wanted, h->arena, &timeline, &h->err));
    return timeline;
}

static void assert_bars(const ocs_timeline *timeline, const char *wanted)
{
    char bars[256] = "", date[OCS_WHEN_TEXT];
    for (size_t i = 0; i < timeline->n_bars; i++) {
        size_t used = strlen(bars);
        snprintf(bars + used, sizeof bars - used, "%s%.*s:%u", i > 0 ? " " : "",
                 OCS_ARG(ocs_date_print(timeline->bars[i].date, date)),
                 (unsigned)timeline->bars[i].mentions);
    }
    assert_string_equal(bars, wanted);
}

static void dates_of_the_text_are_counted_by_year(void **state)
{
    ocs_timeline timeline = find(*state, "", (ocs_timeline_wanted){.by = OCS_PRECISION_YEAR});
    assert_bars(&timeline, "2014:1 2018:1");
    assert_int_equal(timeline.documents, SAMPLES);
    assert_int_equal(timeline.dated, 3);
    assert_int_equal(timeline.n_events, 0);
}

static void a_date_without_a_year_is_counted_apart(void **state)
{
    ocs_timeline timeline = find(*state, "", (ocs_timeline_wanted){.by = OCS_PRECISION_YEAR});
    assert_int_equal(timeline.unknown.mentions, 1);
    timeline =
        find(*state, "", (ocs_timeline_wanted){.by = OCS_PRECISION_YEAR, .since = {.year = 2015}});
    assert_int_equal(timeline.unknown.mentions, 0);
    assert_bars(&timeline, "2018:1");
}

static void what_is_less_precise_stays_so(void **state)
{
    ocs_timeline timeline = find(*state, "", (ocs_timeline_wanted){.by = OCS_PRECISION_DAY});
    assert_bars(&timeline, "2014-06:1 2018-06-30:1");
    timeline = find(*state, "", (ocs_timeline_wanted){.by = OCS_PRECISION_MONTH});
    assert_bars(&timeline, "2014-06:1 2018-06:1");
}

static void publication_is_another_question(void **state)
{
    ocs_timeline timeline =
        find(*state, "", (ocs_timeline_wanted){.by = OCS_PRECISION_MONTH, .published = true});
    assert_bars(&timeline, "2016-11:1 2017-02:1 2018:1");
    assert_int_equal(timeline.unknown.documents, 1);
    assert_int_equal(timeline.dated, 3);
}

static void a_time_is_chosen_by_where_a_date_begins(void **state)
{
    ocs_timeline timeline = find(*state, "",
                                 (ocs_timeline_wanted){.by = OCS_PRECISION_DAY,
                                                       .since = {.year = 2018, .month = 6},
                                                       .until = {.year = 2018, .month = 6}});
    assert_bars(&timeline, "2018-06-30:1");
    timeline =
        find(*state, "",
             (ocs_timeline_wanted){.by = OCS_PRECISION_DAY, .until = {.year = 2018, .month = 5}});
    assert_bars(&timeline, "2014-06:1");
}

static void events_come_by_date_with_their_sentences(void **state)
{
    ocs_timeline timeline =
        find(*state, "", (ocs_timeline_wanted){.by = OCS_PRECISION_YEAR, .events = true});
    assert_int_equal(timeline.found, 3);
    assert_int_equal(timeline.n_events, 3);
    const ocs_timeline_event *event = &timeline.events[1];
    ocs_str page = ocs_str_of(samples[0].text);
    assert_int_equal(event->when.from.year, 2018);
    assert_true(ocs_str_eq(event->surface, OCS_STR("30 June 2018")));
    assert_true(ocs_str_eq(event->surface,
                           ocs_str_sub(page, event->surface_raw.from, event->surface_raw.to)));
    assert_true(ocs_str_eq(event->sentence.text, OCS_STR("Kurz's visit ended on 30 June 2018.")));
    assert_true(ocs_str_eq(event->sentence.text,
                           ocs_str_sub(page, event->sentence.raw.from, event->sentence.raw.to)));
    assert_int_equal(timeline.events[0].when.from.year, 2014);
    assert_int_equal(timeline.events[2].when.from.year, 0);
}

static void a_part_of_the_events_is_given(void **state)
{
    ocs_timeline timeline = find(
        *state, "",
        (ocs_timeline_wanted){.by = OCS_PRECISION_YEAR, .events = true, .first = 1, .most = 1});
    assert_int_equal(timeline.found, 3);
    assert_int_equal(timeline.n_events, 1);
    assert_int_equal(timeline.events[0].when.from.year, 2018);
}

static void a_query_limits_it(void **state)
{
    ocs_timeline timeline =
        find(*state, "person:alexander", (ocs_timeline_wanted){.by = OCS_PRECISION_YEAR});
    assert_bars(&timeline, "2014:1");
    assert_int_equal(timeline.documents, 1);
}

static void a_full_arena_is_told(void **state)
{
    house *h = *state;
    ocs_timeline timeline;
    const ocs_timeline_wanted wanted = {.by = OCS_PRECISION_YEAR, .events = true};
    ocs_arena *small = ocs_arena_new(400);
    assert_non_null(small);
    assert_int_equal(ocs_timeline_find(h->index, &wanted, small, &timeline, &h->err), OCS_LIMIT);
    ocs_arena_free(small);
}

/* ---- steps of time ---- */

static void assert_next(const char *from, const char *to)
{
    ocs_date date, wanted;
    assert_true(ocs_date_parse(ocs_str_of(from), &date));
    assert_true(ocs_date_parse(ocs_str_of(to), &wanted));
    assert_true(ocs_date_equal(ocs_date_next_of(date, ocs_date_precision(date)), wanted));
}

static void time_goes_on_by_days_months_and_years(void **state)
{
    (void)state;
    assert_next("2016-02-28", "2016-02-29");
    assert_next("2016-02-29", "2016-03-01");
    assert_next("2016-12-31", "2017-01-01");
    assert_next("2016-12", "2017-01");
    assert_next("2016-05", "2016-06");
    assert_next("2016", "2017");
    assert_int_equal(ocs_date_next_of((ocs_date){9999, 12, 31}, OCS_PRECISION_DAY).year, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dates_of_the_text_are_counted_by_year),
        cmocka_unit_test(a_date_without_a_year_is_counted_apart),
        cmocka_unit_test(what_is_less_precise_stays_so),
        cmocka_unit_test(publication_is_another_question),
        cmocka_unit_test(a_time_is_chosen_by_where_a_date_begins),
        cmocka_unit_test(events_come_by_date_with_their_sentences),
        cmocka_unit_test(a_part_of_the_events_is_given),
        cmocka_unit_test(a_query_limits_it),
        cmocka_unit_test(a_full_arena_is_told),
        cmocka_unit_test(time_goes_on_by_days_months_and_years),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
