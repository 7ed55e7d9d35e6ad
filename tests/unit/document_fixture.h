/* A document with everything in it, and an arena for each test. */
#ifndef OCS_TESTS_UNIT_DOCUMENT_FIXTURE_H
#define OCS_TESTS_UNIT_DOCUMENT_FIXTURE_H

#include "corpus/document.h"
#include "tests/unit/unit.h"

enum { ARENA = 8 << 20, RAW_SIZE = 1000 };

static inline int make_arena(void **state)
{
    *state = ocs_arena_new(ARENA);
    return *state ? 0 : -1;
}

static inline int free_arena(void **state)
{
    ocs_arena_free(*state);
    return 0;
}

#define TEXT                                                                                   \
    "Law & order\n"                                                                            \
    "Sebastian Kurz, Austrian Foreign Minister, said in Belgrade on 02/03/2017 that the OSCE " \
    "Mission to Serbia and \"Kurz\" agree.\n"                                                  \
    "\xD0\x9A\xD1\x83\xD1\x80\xD1\x86\n"                                                       \
    "on a line of its own"

static inline ocs_span find(ocs_str text, const char *what, size_t from)
{
    size_t at = ocs_str_find(text, ocs_str_of(what), from);
    assert_true(at < text.n);
    return (ocs_span){at, at + strlen(what)};
}

static inline ocs_run run(size_t text, size_t to, uint32_t raw, uint16_t text_unit,
                          uint16_t raw_unit)
{
    return (ocs_run){.text = (uint32_t)text,
                     .length = (uint32_t)(to - text),
                     .raw = raw,
                     .text_unit = text_unit,
                     .raw_unit = raw_unit};
}

static inline ocs_origin make_origin(ocs_arena *arena, ocs_str text)
{
    size_t second = find(text, "Sebastian", 0).from;
    size_t third = find(text, "\xD0\x9A", 0).from, last = find(text, "on a line", 0).from;
    ocs_run line = run(last, text.n, 700, 1, 1);
    line.inexact = true;
    line.raw_length = 80;
    const ocs_run runs[] = {
        run(0, 4, 3, 1, 1),
        run(4, 5, 7, 1, 5), /* &amp; */
        run(5, second - 1, 12, 1, 1),
        run(second - 1, second, 18, 1, 0),
        run(second, third - 1, 25, 1, 1),
        run(third - 1, third, 500, 1, 0),
        run(third, last - 1, 400, 2, 1), /* before the gap: backwards */
        run(last - 1, last, 404, 1, 0),
        line,
    };
    ocs_run *copy = ocs_arena_array(arena, sizeof runs / sizeof *runs, sizeof *runs);
    assert_non_null(copy);
    memcpy(copy, runs, sizeof runs);
    return (ocs_origin){copy, sizeof runs / sizeof *runs};
}

static inline ocs_mention mention(const ocs_document *d, ocs_mention_type type, const char *surface,
                                  size_t from, const char *name, const char *key)
{
    ocs_mention m = {.type = type, .sure = 90, .rule = "test-rule"};
    m.at = find(d->text, surface, from);
    m.raw = ocs_origin_raw(d->origin, m.at, NULL);
    m.name = ocs_str_of(name);
    m.key = ocs_str_of(key);
    return m;
}

enum { KURZ, AUSTRIA, BELGRADE, DATE, MISSION, SERBIA, KURZ_AGAIN, CYRILLIC, LINE, MENTIONS };

static inline void make_people(ocs_arena *arena, ocs_document *d, ocs_mention *m)
{
    m[KURZ] =
        mention(d, OCS_MENTION_PERSON, "Sebastian Kurz", 0, "Sebastian Kurz", "sebastian-kurz");
    m[KURZ].n_roles = 2;
    m[KURZ].roles = ocs_arena_array(arena, 2, sizeof(ocs_role));
    ocs_role *role = m[KURZ].roles;
    role[0].text = OCS_STR("Austrian Foreign Minister");
    role[0].at = find(d->text, "Austrian Foreign Minister", 0);
    role[0].raw = ocs_origin_raw(d->origin, role[0].at, NULL);
    role[0].office.name = role[0].office.key = OCS_STR("foreign-minister");
    role[0].office.at = find(d->text, "Foreign Minister", 0);
    role[0].office.raw = ocs_origin_raw(d->origin, role[0].office.at, NULL);
    role[0].country = (ocs_role_part){.name = OCS_STR("Austria"), .key = OCS_STR("AT")};
    role[0].country.at = find(d->text, "Austrian", 0);
    role[0].country.raw = (ocs_span){900, 950};
    role[0].country.inexact = true;
    role[1] = (ocs_role){.text = OCS_STR("Chair"), .raw = {900, 950}, .inexact = true};
    m[KURZ_AGAIN] = mention(d, OCS_MENTION_PERSON, "Kurz", m[MISSION].at.to, "Sebastian Kurz",
                            "sebastian-kurz");
    m[CYRILLIC] = mention(d, OCS_MENTION_PERSON, "\xD0\x9A\xD1\x83\xD1\x80\xD1\x86", 0,
                          "Sebastian Kurz", "\xD0\xBA\xD1\x83\xD1\x80\xD1\x86");
}

static inline void make_mentions(ocs_arena *arena, ocs_document *d)
{
    ocs_mention *m = ocs_arena_array(arena, MENTIONS, sizeof *m);
    assert_non_null(m);
    m[AUSTRIA] = mention(d, OCS_MENTION_COUNTRY, "Austrian", 0, "Austria", "AT");
    m[AUSTRIA].via = OCS_VIA_DEMONYM;
    m[BELGRADE] = mention(d, OCS_MENTION_PLACE, "Belgrade", 0, "Belgrade", "belgrade");
    m[BELGRADE].country = OCS_STR("RS");
    m[DATE] = mention(d, OCS_MENTION_DATE, "02/03/2017", 0, "02/03/2017", "2017-03-02");
    m[DATE].when = (ocs_when){{2017, 3, 2}, {2017, 3, 2}};
    m[DATE].other = (ocs_when){{2017, 2, 3}, {2017, 2, 3}};
    m[DATE].relative = true;
    m[DATE].raw = (ocs_span){95, 99}; /* not what the runs say */
    m[MISSION] = mention(d, OCS_MENTION_ORG, "OSCE Mission to Serbia", 0, "OSCE Mission to Serbia",
                         "osce-mission-to-serbia");
    m[MISSION].sure = 0;
    m[SERBIA] = mention(d, OCS_MENTION_COUNTRY, "Serbia", 0, "Serbia", "RS");
    m[SERBIA].via = OCS_VIA_NAME;
    m[SERBIA].nested = true;
    m[SERBIA].rule = "other-rule";
    make_people(arena, d, m);
    m[LINE] = mention(d, OCS_MENTION_DATE, "line", m[CYRILLIC].at.to, "a range", "2016-04/2016-06");
    m[LINE].when = (ocs_when){{2016, 4, 0}, {2016, 6, 0}};
    m[LINE].inexact = true;
    d->mentions = m;
    d->n_mentions = MENTIONS;
}

static inline ocs_facts make_facts(ocs_arena *arena, const char *one, const char *one_key,
                                   const char *two, const char *two_key)
{
    ocs_fact *at = ocs_arena_array(arena, 2, sizeof *at);
    assert_non_null(at);
    at[0] = (ocs_fact){ocs_str_of(one), ocs_str_of(one_key), {30, 40}, false};
    at[1] = (ocs_fact){ocs_str_of(two), ocs_str_of(two_key), {40, 1000}, true};
    return (ocs_facts){at, 2};
}

static inline void make_page(ocs_arena *arena, ocs_document *d)
{
    char id[17];
    d->path = OCS_STR("/pages/\xFF/1.html"); /* a path is bytes */
    ocs_document_id(d->path, id);
    d->id = ocs_str_copy(arena, ocs_str_of(id));
    d->url = OCS_STR("https://www.osce.org/1");
    d->title = (ocs_fact){OCS_STR("Law & order"), OCS_STR("law-order"), {3, 18}, false};
    d->kind = (ocs_fact){OCS_STR("press release"), OCS_STR("press-release"), {20, 30}, true};
    d->lang = OCS_STR("en");
    d->encoding = OCS_STR("windows-1251");
    d->repairs = 3;
    d->published = (ocs_when){{2017, 2, 13}, {2017, 2, 13}};
    d->published_from = OCS_FROM_DATELINE;
    d->published_raw = (ocs_span){333, 350};
    d->published_inexact = true;
    d->places = make_facts(arena, "Belgrade", "belgrade", "Vienna", "vienna");
    d->sources = make_facts(arena, "OSCE Mission to Serbia", "osce-mission-to-serbia", "?!", "");
    d->topics =
        make_facts(arena, "Economic activities", "economic-activities", "Policing", "policing");
    d->raw_hash = UINT64_C(0xFEDCBA9876543210);
    d->raw_size = RAW_SIZE;
}

static inline ocs_document make_document(ocs_arena *arena)
{
    ocs_document d = {.text = OCS_STR(TEXT), .list = true};
    make_page(arena, &d);
    d.origin = make_origin(arena, d.text);
    make_mentions(arena, &d);
    d.n_items = 2;
    d.items = ocs_arena_array(arena, 2, sizeof *d.items);
    assert_non_null(d.items);
    d.items[0] = (ocs_item){OCS_STR("Annual report"),
                            OCS_STR("report"),
                            OCS_STR("What was done."),
                            {{2016, 0, 0}, {2016, 0, 0}},
                            {600, 640}};
    d.items[1] = (ocs_item){.title = OCS_STR("Untold"), .raw = {640, 650}};
    return d;
}

static inline ocs_run *runs_of(ocs_document *d)
{
    return (ocs_run *)(uintptr_t)d->origin.runs; /* made by make_origin, where they may change */
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, make_arena, free_arena)

#endif
