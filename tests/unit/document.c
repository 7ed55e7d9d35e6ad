/* Documents: slugs and ids, the check of every promise, packing, the JSON record. */
#include "corpus/document.h"
#include "tests/unit/unit.h"

#include <jansson.h>
#include <stdlib.h>

enum { ARENA = 8 << 20, RAW_SIZE = 1000 };

static int make_arena(void **state)
{
    *state = ocs_arena_new(ARENA);
    return *state ? 0 : -1;
}

static int free_arena(void **state)
{
    ocs_arena_free(*state);
    return 0;
}

/* ---- a document with everything in it ---- */

#define TEXT                                                                                   \
    "Law & order\n"                                                                            \
    "Sebastian Kurz, Austrian Foreign Minister, said in Belgrade on 02/03/2017 that the OSCE " \
    "Mission to Serbia and \"Kurz\" agree.\n"                                                  \
    "\xD0\x9A\xD1\x83\xD1\x80\xD1\x86\n"                                                       \
    "on a line of its own"

static ocs_span find(ocs_str text, const char *what, size_t from)
{
    size_t at = ocs_str_find(text, ocs_str_of(what), from);
    assert_true(at < text.n);
    return (ocs_span){at, at + strlen(what)};
}

static ocs_run run(size_t text, size_t to, uint32_t raw, uint16_t text_unit, uint16_t raw_unit)
{
    return (ocs_run){.text = (uint32_t)text,
                     .length = (uint32_t)(to - text),
                     .raw = raw,
                     .text_unit = text_unit,
                     .raw_unit = raw_unit};
}

static ocs_origin make_origin(ocs_arena *arena, ocs_str text)
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

static ocs_mention mention(const ocs_document *d, ocs_mention_type type, const char *surface,
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

static void make_people(ocs_arena *arena, ocs_document *d, ocs_mention *m)
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

static void make_mentions(ocs_arena *arena, ocs_document *d)
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

static ocs_facts make_facts(ocs_arena *arena, const char *one, const char *one_key, const char *two,
                            const char *two_key)
{
    ocs_fact *at = ocs_arena_array(arena, 2, sizeof *at);
    assert_non_null(at);
    at[0] = (ocs_fact){ocs_str_of(one), ocs_str_of(one_key), {30, 40}, false};
    at[1] = (ocs_fact){ocs_str_of(two), ocs_str_of(two_key), {40, 1000}, true};
    return (ocs_facts){at, 2};
}

static void make_page(ocs_arena *arena, ocs_document *d)
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

static ocs_document make_document(ocs_arena *arena)
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

/* ---- names, ids, slugs ---- */

static void types_are_read_back(void **state)
{
    (void)state;
    for (unsigned i = 0; i < OCS_MENTION_TYPE_COUNT; i++) {
        ocs_mention_type type;
        assert_true(
            ocs_mention_type_parse(ocs_str_of(ocs_mention_type_name((ocs_mention_type)i)), &type));
        assert_int_equal(type, i);
    }
    ocs_mention_type type;
    assert_false(ocs_mention_type_parse(OCS_STR("persons"), &type));
    assert_false(ocs_mention_type_parse(OCS_STR(""), &type));
}

static void nowhere_and_none_have_no_name(void **state)
{
    (void)state;
    assert_null(ocs_via_name(OCS_VIA_NONE));
    assert_null(ocs_date_from_name(OCS_FROM_NOWHERE));
    assert_string_equal(ocs_via_name(OCS_VIA_CITY), "city");
    assert_string_equal(ocs_date_from_name(OCS_FROM_TITLE), "title");
    for (unsigned i = 1; i <= OCS_VIA_CITY; i++)
        assert_non_null(ocs_via_name((ocs_via)i));
    for (unsigned i = 1; i <= OCS_FROM_TITLE; i++)
        assert_non_null(ocs_date_from_name((ocs_date_from)i));
}

static void an_id_is_the_hash_of_the_path(void **state)
{
    (void)state;
    char one[17], other[17], wanted[32];
    ocs_document_id(OCS_STR("/a/b.html"), one);
    ocs_document_id(OCS_STR("/a/c.html"), other);
    snprintf(wanted, sizeof wanted, "%016llx", (unsigned long long)ocs_hash(OCS_STR("/a/b.html")));
    assert_string_equal(one, wanted);
    assert_string_not_equal(one, other);
}

static void a_slug_is_the_folded_words(void **state)
{
    static const char *const cases[][2] = {
        {"Sebastian Kurz", "sebastian-kurz"},
        {"OSCE Mission to Serbia", "osce-mission-to-serbia"},
        {"Serbia's  Ministry of Interior", "serbia-ministry-of-interior"},
        {"  Stojanovi\xC4\x87, Zoran ", "stojanovic-zoran"},
        {"C\xC3\xB4te d\xE2\x80\x99Ivoire", "cote-d-ivoire"},
        {"co-operation", "co-operation"},
        {"U.S. Embassy", "us-embassy"},
        {"\xD0\x9A\xD1\x83\xD1\x80\xD1\x86 1", "\xD0\xBA\xD1\x83\xD1\x80\xD1\x86-1"},
        {"", ""},
        {" -- ?!", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ocs_str slug = ocs_slug(*state, ocs_str_of(cases[i][0]));
        assert_non_null(slug.p);
        assert_str(slug, cases[i][1]);
    }
}

static void a_slug_without_memory_is_null(void **state)
{
    (void)state;
    ocs_arena *small = ocs_arena_new(10);
    assert_null(ocs_slug(small, OCS_STR("Sebastian Kurz")).p);
    ocs_arena_free(small);
}

/* Whatever one can write, its slug has the form that the check asks for. */
static void every_slug_passes_the_check(void **state)
{
    (void)state;
    ocs_arena *arena = ocs_arena_new(ARENA), *scratch = ocs_arena_new(ARENA);
    ocs_document d = make_document(arena);
    for (uint32_t point = 1; point < 0x1E000; point++) {
        char bytes[6] = {'a', ' '};
        size_t n = ocs_utf8_put(bytes + 2, point);
        ocs_error err = {0};
        d.mentions[BELGRADE].key = ocs_slug(scratch, (ocs_str){bytes, n + 2});
        if (ocs_document_check(&d, &err) != OCS_OK)
            fail_msg("U+%04X: %s", (unsigned)point, err.text);
        ocs_arena_clear(scratch);
    }
    ocs_arena_free(scratch);
    ocs_arena_free(arena);
}

/* ---- the check ---- */

static void the_sample_keeps_every_promise(void **state)
{
    ocs_document d = make_document(*state);
    ocs_error err = {0};
    if (ocs_document_check(&d, &err) != OCS_OK)
        fail_msg("%s", err.text);
    d.mentions[KURZ].roles[0].at = (ocs_span){0, 0};
    d.mentions[SERBIA].nested = false;
    assert_int_equal(ocs_document_check(&d, NULL), OCS_OK);
}

static void an_empty_page_keeps_every_promise(void **state)
{
    ocs_document d = {.empty = true, .encoding = OCS_STR("UTF-8"), .path = OCS_STR("x")};
    char id[17];
    ocs_document_id(d.path, id);
    d.id = ocs_str_copy(*state, ocs_str_of(id));
    assert_int_equal(ocs_document_check(&d, NULL), OCS_OK);
}

static ocs_run *runs_of(ocs_document *d)
{
    return (ocs_run *)(uintptr_t)d->origin.runs; /* made by make_origin, where they may change */
}

/* One broken promise each: how to break it, and what the message must say. */
#define BROKEN(X)                                                                            \
    X(d->id = OCS_STR("0123456789ABCDEF"), "hexadecimal")                                    \
    X(d->id = OCS_STR("0123456789abcde"), "hexadecimal")                                     \
    X(d->id = OCS_STR("0123456789abcdef"), "not that of the path")                           \
    X(d->path = OCS_STR(""), "path is empty")                                                \
    X(d->path = OCS_STR("a\0b"), "NUL")                                                      \
    X(d->url = OCS_STR("\xFF"), "url")                                                       \
    X(d->lang = OCS_STR("eng"), "language")                                                  \
    X(d->lang = OCS_STR("EN"), "language")                                                   \
    X(d->encoding = OCS_STR(""), "encoding")                                                 \
    X(d->published_from = OCS_FROM_NOWHERE, "go together")                                   \
    X(d->published = (ocs_when){0}, "go together")                                           \
    X(d->published_from = (ocs_date_from)(OCS_FROM_TITLE + 1), "unknown place")              \
    X(d->published.from.day = 31, "published date is impossible")                            \
    X(d->published.to.day = 12, "published date is impossible")                              \
    X(d->published_raw.to = RAW_SIZE + 1, "published date lies outside")                     \
    X(d->published_raw.from = 351, "published date lies outside")                            \
    X(d->text = OCS_STR("\xC3"), "text is not UTF-8")                                        \
    X(d->text = OCS_STR("a\n\nb"), "empty line")                                             \
    X(d->text = OCS_STR("\na"), "empty line")                                                \
    X(d->text = OCS_STR("a\n"), "empty line")                                                \
    X(d->empty = true, "empty page")                                                         \
    X(d->list = false, "no list has items")                                                  \
    X(d->origin.n = 0, "cover")                                                              \
    X(d->origin.n--, "cover")                                                                \
    X(runs_of(d)[2].text++, "run 2: it does not start")                                      \
    X(runs_of(d)[2].length--, "run 3: it does not start")                                    \
    X(runs_of(d)[1].length = 0, "run 1: it is empty")                                        \
    X(runs_of(d)[1].text_unit = 0, "run 1: its length")                                      \
    X(runs_of(d)[2].text_unit = 4, "run 2: its length")                                      \
    X(runs_of(d)[2].raw = RAW_SIZE, "run 2: it lies outside")                                \
    X(runs_of(d)[2].raw = UINT32_MAX, "run 2: it lies outside")                              \
    X(runs_of(d)[2].raw_length = 1, "run 2: it is exact")                                    \
    X(runs_of(d)[8].raw_length = RAW_SIZE, "run 8: its line")                                \
    X(d->title.value = OCS_STR("\xFF"), "title: the value is not UTF-8")                     \
    X(d->title.value = OCS_STR(""), "title: there is a key")                                 \
    X(d->title.key = OCS_STR("Law"), "title: the key is not a slug")                         \
    X(d->title.raw.to = RAW_SIZE + 1, "title: it lies outside")                              \
    X(d->kind.key = OCS_STR("a--b"), "kind: the key is not a slug")                          \
    X(d->places.at[1].value = OCS_STR(""), "place 1: it is empty")                           \
    X(d->places.at[0].key = OCS_STR("-a"), "place 0: the key is not a slug")                 \
    X(d->sources.at[0].key = OCS_STR("a-"), "source 0: the key is not a slug")               \
    X(d->topics.at[0].key = OCS_STR("a b"), "topic 0: the key is not a slug")                \
    X(d->topics.at[1].raw.from = RAW_SIZE + 1, "topic 1: it lies outside")                   \
    X(d->mentions[KURZ].type = OCS_MENTION_TYPE_COUNT, "mention 0: the type")                \
    X(d->mentions[KURZ].at.to = d->mentions[KURZ].at.from, "mention 0: it is empty")         \
    X(d->mentions[LINE].at.to = d->text.n + 1, "mention 8: it lies outside of the text")     \
    X(d->mentions[CYRILLIC].at.from++, "mention 7: it cuts")                                 \
    X(d->mentions[CYRILLIC].at.to--, "mention 7: it cuts")                                   \
    X(d->mentions[KURZ].raw.to = RAW_SIZE + 1, "mention 0: it lies outside of the page")     \
    X(d->mentions[KURZ].raw = ((ocs_span){7, 6}), "mention 0: it lies outside of the page")  \
    X(d->mentions[KURZ].name = OCS_STR(""), "mention 0: the name")                           \
    X(d->mentions[KURZ].name = OCS_STR("\xED\xA0\x80"), "mention 0: the name")               \
    X(d->mentions[KURZ].rule = NULL, "mention 0: no rule")                                   \
    X(d->mentions[KURZ].rule = "", "mention 0: no rule")                                     \
    X(d->mentions[KURZ].sure = 101, "mention 0: the confidence")                             \
    X(d->mentions[KURZ].key = OCS_STR(""), "mention 0: the key is not a slug")               \
    X(d->mentions[KURZ].key = OCS_STR("\xD0\x9A"), "mention 0: the key is not a slug")       \
    X(d->mentions[KURZ].key = OCS_STR("\xFF"), "mention 0: the key is not a slug")           \
    X(d->mentions[AUSTRIA].key = OCS_STR("at"), "mention 1: the key is not an ISO")          \
    X(d->mentions[AUSTRIA].key = OCS_STR("AUT"), "mention 1: the key is not an ISO")         \
    X(d->mentions[DATE].key = OCS_STR("2017-03-03"), "mention 3: the key is not the date")   \
    X(d->mentions[DATE].when = (ocs_when){0}, "mention 3: the key is not the date")          \
    X(d->mentions[LINE].when.to.month = 3, "mention 8: the key is not the date")             \
    X(d->mentions[AUSTRIA].via = OCS_VIA_NONE, "mention 1: countries, and no others")        \
    X(d->mentions[AUSTRIA].via = (ocs_via)9, "mention 1: countries, and no others")          \
    X(d->mentions[KURZ].via = OCS_VIA_NAME, "mention 0: countries, and no others")           \
    X(d->mentions[KURZ].when = d->published, "mention 0: it is no date")                     \
    X(d->mentions[KURZ].other = d->published, "mention 0: it is no date")                    \
    X(d->mentions[KURZ].relative = true, "mention 0: it is no date")                         \
    X(d->mentions[DATE].other.from.month = 13, "mention 3: the other reading")               \
    X(d->mentions[KURZ].country = OCS_STR("AT"), "mention 0: the country")                   \
    X(d->mentions[BELGRADE].country = OCS_STR("rs"), "mention 2: the country")               \
    X(d->mentions[MISSION].n_roles = 1, "mention 4: only people")                            \
    X(d->mentions[KURZ].roles[0].text = OCS_STR(""), "mention 0: a role is empty")           \
    X(d->mentions[KURZ].roles[1].raw.to = 2000, "mention 0: a role lies outside")            \
    X(d->mentions[KURZ].roles[0].office.key.n = 0, "mention 0: a part of a role has no key") \
    X(d->mentions[KURZ].roles[0].country.key = OCS_STR("aut"),                               \
      "mention 0: the country of a role has no ISO code")                                    \
    X(d->mentions[KURZ].roles[0].office.at.to = d->text.n + 1,                               \
      "mention 0: a part of a role lies outside")                                            \
    X(d->mentions[KURZ].roles[1].org.at.to = 4, "mention 0: a part of a role has no name")   \
    X(d->mentions[KURZ].roles[1].at.to = d->text.n + 1, "mention 0: a role lies outside")    \
    X(d->mentions[KURZ].roles[1].at.to = d->mentions[CYRILLIC].at.from + 1,                  \
      "mention 0: a role cuts")                                                              \
    X(d->mentions[BELGRADE].at = d->mentions[LINE].at, "mention 3: it is out of order")      \
    X(d->mentions[SERBIA].at = d->mentions[MISSION].at;                                      \
      d->mentions[MISSION].at.to--, "mention 5: it is out of order")                         \
    X(d->mentions[MISSION].nested = true, "mention 4: it is nested in nothing")              \
    X(d->mentions[MISSION].at.to--, "mention 5: it is nested in nothing")                    \
    X(d->items[1].title = OCS_STR(""), "item 1: it has no title")                            \
    X(d->items[0].snippet = OCS_STR("\xFF"), "item 0: it is not UTF-8")                      \
    X(d->items[0].when.from.day = 1, "item 0: its date")                                     \
    X(d->items[0].raw.to = RAW_SIZE + 1, "item 0: it lies outside")

static void assert_broken(const ocs_document *d, const char *how, const char *message)
{
    ocs_error err = {0};
    if (ocs_document_check(d, &err) != OCS_BUG)
        fail_msg("not found: %s", how);
    if (!strstr(err.text, message))
        fail_msg("%s: \"%s\" does not say \"%s\"", how, err.text, message);
    assert_non_null(strstr(err.text, "document of "));
}

static void each_broken_promise_is_found(void **state)
{
    ocs_arena *arena = *state;
#define X(broken, message)                                    \
    {                                                         \
        ocs_document made = make_document(arena), *d = &made; \
        broken;                                               \
        assert_broken(d, #broken, message);                   \
        ocs_arena_clear(arena);                               \
    }
    BROKEN(X)
#undef X
}

/* ---- packing ---- */

static void pack(const ocs_document *d, ocs_buf *out)
{
    ocs_buf_init(out, 1 << 20);
    ocs_document_pack(d, out);
    assert_int_equal(ocs_buf_status(out), OCS_OK);
}

static void assert_same(ocs_str a, ocs_str b)
{
    if (!ocs_str_eq(a, b))
        fail_msg("\"%.*s\" is not \"%.*s\"", OCS_ARG(a), OCS_ARG(b));
}

static void assert_same_span(ocs_span a, ocs_span b)
{
    assert_int_equal(a.from, b.from);
    assert_int_equal(a.to, b.to);
}

static void assert_same_when(ocs_when a, ocs_when b)
{
    assert_true(ocs_date_equal(a.from, b.from) && ocs_date_equal(a.to, b.to));
}

static void assert_same_fact(ocs_fact a, ocs_fact b)
{
    assert_same(a.value, b.value);
    assert_same(a.key, b.key);
    assert_same_span(a.raw, b.raw);
    assert_int_equal(a.inexact, b.inexact);
}

static void assert_same_facts(ocs_facts a, ocs_facts b)
{
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n; i++)
        assert_same_fact(a.at[i], b.at[i]);
}

static void assert_same_origin(ocs_origin a, ocs_origin b)
{
    assert_int_equal(a.n, b.n);
    for (size_t i = 0; i < a.n; i++) {
        const ocs_run *x = &a.runs[i], *y = &b.runs[i];
        assert_int_equal(x->text, y->text);
        assert_int_equal(x->raw, y->raw);
        assert_int_equal(x->length, y->length);
        assert_int_equal(x->text_unit, y->text_unit);
        assert_int_equal(x->raw_unit, y->raw_unit);
        assert_int_equal(x->inexact, y->inexact);
        assert_int_equal(x->raw_length, y->raw_length);
    }
}

static void assert_same_part(const ocs_role_part *a, const ocs_role_part *b)
{
    assert_same(a->name, b->name);
    assert_same(a->key, b->key);
    assert_same_span(a->at, b->at);
    assert_same_span(a->raw, b->raw);
    assert_int_equal(a->inexact, b->inexact);
}

static void assert_same_roles(const ocs_mention *a, const ocs_mention *b)
{
    assert_int_equal(a->n_roles, b->n_roles);
    for (size_t i = 0; i < a->n_roles; i++) {
        assert_same(a->roles[i].text, b->roles[i].text);
        assert_same_span(a->roles[i].at, b->roles[i].at);
        assert_same_span(a->roles[i].raw, b->roles[i].raw);
        assert_int_equal(a->roles[i].inexact, b->roles[i].inexact);
        assert_same_part(&a->roles[i].office, &b->roles[i].office);
        assert_same_part(&a->roles[i].org, &b->roles[i].org);
        assert_same_part(&a->roles[i].country, &b->roles[i].country);
    }
}

static void assert_same_mention(const ocs_mention *a, const ocs_mention *b)
{
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->via, b->via);
    assert_int_equal(a->sure, b->sure);
    assert_int_equal(a->inexact, b->inexact);
    assert_int_equal(a->nested, b->nested);
    assert_int_equal(a->relative, b->relative);
    assert_same_span(a->at, b->at);
    assert_same_span(a->raw, b->raw);
    assert_same(a->name, b->name);
    assert_same(a->key, b->key);
    assert_string_equal(a->rule, b->rule);
    assert_same_when(a->when, b->when);
    assert_same_when(a->other, b->other);
    assert_same(a->country, b->country);
    assert_same_roles(a, b);
}

static void assert_same_items(const ocs_document *a, const ocs_document *b)
{
    assert_int_equal(a->n_items, b->n_items);
    for (size_t i = 0; i < a->n_items; i++) {
        assert_same(a->items[i].title, b->items[i].title);
        assert_same(a->items[i].kind, b->items[i].kind);
        assert_same(a->items[i].snippet, b->items[i].snippet);
        assert_same_when(a->items[i].when, b->items[i].when);
        assert_same_span(a->items[i].raw, b->items[i].raw);
    }
}

static void assert_same_page(const ocs_document *a, const ocs_document *b)
{
    assert_same(a->id, b->id);
    assert_same(a->path, b->path);
    assert_same(a->url, b->url);
    assert_same_fact(a->title, b->title);
    assert_same_fact(a->kind, b->kind);
    assert_same(a->lang, b->lang);
    assert_same(a->encoding, b->encoding);
    assert_int_equal(a->repairs, b->repairs);
    assert_same_when(a->published, b->published);
    assert_int_equal(a->published_from, b->published_from);
    assert_same_span(a->published_raw, b->published_raw);
    assert_int_equal(a->published_inexact, b->published_inexact);
    assert_true(a->raw_hash == b->raw_hash && a->raw_size == b->raw_size);
    assert_int_equal(a->empty, b->empty);
    assert_int_equal(a->list, b->list);
}

static void assert_same_document(const ocs_document *a, const ocs_document *b)
{
    assert_same_page(a, b);
    assert_same_facts(a->places, b->places);
    assert_same_facts(a->sources, b->sources);
    assert_same_facts(a->topics, b->topics);
    assert_same(a->text, b->text);
    assert_same_origin(a->origin, b->origin);
    assert_int_equal(a->n_mentions, b->n_mentions);
    for (size_t i = 0; i < a->n_mentions; i++)
        assert_same_mention(&a->mentions[i], &b->mentions[i]);
    assert_same_items(a, b);
}

static void assert_round_trip(ocs_arena *arena, const ocs_document *d)
{
    ocs_buf packed;
    ocs_document back;
    ocs_error err = {0};
    pack(d, &packed);
    if (ocs_document_unpack(ocs_buf_str(&packed), arena, &back, &err) != OCS_OK)
        fail_msg("%s", err.text);
    assert_same_document(d, &back);
    ocs_buf_clear(&packed);
}

static void all_fields_come_back(void **state)
{
    ocs_document d = make_document(*state);
    assert_round_trip(*state, &d);
    d.id = OCS_STR("an id of another kind");
    assert_round_trip(*state, &d);
}

static void an_empty_document_comes_back(void **state)
{
    ocs_document d = {.empty = true};
    assert_round_trip(*state, &d);
}

/* More strings than are remembered, and a name longer than spans that are derived. */
static void many_mentions_come_back(void **state)
{
    enum { MANY = 3000 };
    ocs_arena *arena = *state;
    ocs_document d = make_document(arena);
    d.mentions = ocs_arena_array(arena, MANY, sizeof *d.mentions);
    d.n_mentions = MANY;
    char *text = ocs_arena_alloc(arena, MANY);
    ocs_run *whole = ocs_arena_alloc(arena, sizeof *whole);
    memset(text, 'x', MANY);
    d.text = (ocs_str){text, MANY};
    *whole = run(0, MANY, 0, 1, 1);
    d.origin = (ocs_origin){whole, 1};
    d.raw_size = MANY;
    for (size_t i = 0; i < MANY; i++) {
        char name[32];
        size_t n = (size_t)snprintf(name, sizeof name, "name-%zu", i % 2000);
        char *rule = ocs_arena_copy(arena, name, n);
        ocs_mention *m = &d.mentions[i];
        *m = (ocs_mention){.type = OCS_MENTION_ORG, .at = {i, MANY}, .raw = {i, MANY}};
        m->name = m->key = (ocs_str){rule, n};
        m->rule = i % 3 ? "rule" : rule;
    }
    assert_int_equal(ocs_document_check(&d, NULL), OCS_OK);
    assert_round_trip(arena, &d);
}

static void what_is_known_is_not_repeated(void **state)
{
    ocs_document d = make_document(*state);
    ocs_buf packed;
    pack(&d, &packed);
    ocs_str bytes = ocs_buf_str(&packed);
    static const char *const once[] = {
        "Law & order", "Sebastian Kurz",         "2017-03-02",
        "test-rule",   "OSCE Mission to Serbia", "osce-mission-to-serbia"};
    for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
        ocs_str what = ocs_str_of(once[i]);
        size_t at = ocs_str_find(bytes, what, 0);
        bool follows = ocs_str_eq(what, OCS_STR("2017-03-02")) || /* from the date, from the name */
                       ocs_str_eq(what, OCS_STR("osce-mission-to-serbia"));
        assert_true(follows == (at >= bytes.n));
        size_t again = at < bytes.n ? ocs_str_find(bytes, what, at + 1) : bytes.n;
        bool twice = ocs_str_eq(what, OCS_STR("Sebastian Kurz")) ||
                     ocs_str_eq(what, OCS_STR("OSCE Mission to Serbia")); /* in the text, too */
        if (again < bytes.n && twice)
            again = ocs_str_find(bytes, what, again + 1);
        if (again < bytes.n)
            fail_msg("\"%s\" is repeated", once[i]);
    }
    ocs_buf_clear(&packed);
}

static void runs_out_of_order_cannot_be_packed(void **state)
{
    ocs_document d = make_document(*state);
    runs_of(&d)[2].text++;
    ocs_buf out;
    ocs_buf_init(&out, 1 << 20);
    ocs_document_pack(&d, &out);
    assert_int_equal(ocs_buf_status(&out), OCS_BUG);
    ocs_buf_clear(&out);
}

/* Unpack from a piece of memory of exactly this size, so that the sanitizer sees its end. */
static ocs_status unpack_exact(ocs_arena *arena, ocs_str bytes, ocs_document *d, char **copy)
{
    *copy = malloc(bytes.n > 0 ? bytes.n : 1);
    assert_non_null(*copy);
    if (bytes.n > 0)
        memcpy(*copy, bytes.p, bytes.n);
    return ocs_document_unpack((ocs_str){*copy, bytes.n}, arena, d, NULL);
}

static void every_truncation_is_corrupt(void **state)
{
    ocs_arena *arena = ocs_arena_new(ARENA);
    ocs_document d = make_document(*state), back;
    ocs_buf packed;
    pack(&d, &packed);
    for (size_t n = 0; n < packed.n; n++) {
        char *copy;
        assert_int_equal(unpack_exact(arena, (ocs_str){packed.p, n}, &back, &copy), OCS_CORRUPT);
        assert_int_equal(back.text.n + back.n_mentions, 0);
        free(copy);
        ocs_arena_clear(arena);
    }
    ocs_buf_clear(&packed);
    ocs_arena_free(arena);
}

static void bytes_left_over_are_corrupt(void **state)
{
    ocs_document d = make_document(*state), back;
    ocs_buf packed;
    pack(&d, &packed);
    ocs_buf_putc(&packed, '\0');
    assert_int_equal(ocs_document_unpack(ocs_buf_str(&packed), *state, &back, NULL), OCS_CORRUPT);
    packed.p[0]++;
    packed.n--;
    assert_int_equal(ocs_document_unpack(ocs_buf_str(&packed), *state, &back, NULL), OCS_CORRUPT);
    ocs_buf_clear(&packed);
}

/* The packer writes what it is given; the reader must refuse what breaks out. */
#define BREAKING_OUT(X)                                                       \
    X(d->raw_size = 949)                                                      \
    X(d->published_raw.to = RAW_SIZE + 1)                                     \
    X(d->published_from = (ocs_date_from)(OCS_FROM_TITLE + 1))                \
    X(d->published.to.month = 13)                                             \
    X(d->text.n--)                                                            \
    X(runs_of(d)[8].length++)                                                 \
    X(runs_of(d)[8].length--)                                                 \
    X(runs_of(d)[8].length = 0)                                               \
    X(runs_of(d)[7].length = 0; runs_of(d)[8].text--; runs_of(d)[8].length++) \
    X(runs_of(d)[8].raw_length = RAW_SIZE)                                    \
    X(runs_of(d)[2].text_unit = 4)                                            \
    X(runs_of(d)[4].raw = RAW_SIZE)                                           \
    X(d->title.raw.to = RAW_SIZE + 1)                                         \
    X(d->topics.at[1].raw = ((ocs_span){RAW_SIZE + 1, RAW_SIZE + 1}))         \
    X(d->mentions[KURZ].type = OCS_MENTION_TYPE_COUNT)                        \
    X(d->mentions[KURZ].via = (ocs_via)(OCS_VIA_CITY + 1))                    \
    X(d->mentions[KURZ].sure = 101)                                           \
    X(d->mentions[LINE].at.to = d->text.n + 1)                                \
    X(d->mentions[LINE].at = ((ocs_span){d->text.n + 1, d->text.n + 2}))      \
    X(d->mentions[DATE].raw.to = RAW_SIZE + 1)                                \
    X(d->mentions[DATE].when.from.day = 32)                                   \
    X(d->mentions[DATE].other.from.year = -1)                                 \
    X(d->mentions[KURZ].roles[1].raw.to = RAW_SIZE + 1)                       \
    X(d->mentions[KURZ].roles[1].at.to = d->text.n + 1)                       \
    X(d->items[1].raw.to = RAW_SIZE + 1)

static void assert_corrupt(ocs_arena *arena, const ocs_document *d, const char *how)
{
    ocs_buf packed;
    ocs_document back;
    pack(d, &packed);
    if (ocs_document_unpack(ocs_buf_str(&packed), arena, &back, NULL) != OCS_CORRUPT)
        fail_msg("taken: %s", how);
    ocs_buf_clear(&packed);
}

static void what_breaks_out_is_corrupt(void **state)
{
    ocs_arena *arena = *state;
#define X(broken)                                             \
    {                                                         \
        ocs_document made = make_document(arena), *d = &made; \
        broken;                                               \
        assert_corrupt(arena, d, #broken);                    \
        ocs_arena_clear(arena);                               \
    }
    BREAKING_OUT(X)
#undef X
}

static void a_nul_byte_in_a_rule_is_corrupt(void **state)
{
    ocs_document d = make_document(*state), back;
    ocs_buf packed;
    pack(&d, &packed);
    size_t at = ocs_str_find(ocs_buf_str(&packed), OCS_STR("test-rule"), 0);
    assert_true(at < packed.n);
    packed.p[at + 4] = '\0';
    assert_int_equal(ocs_document_unpack(ocs_buf_str(&packed), *state, &back, NULL), OCS_CORRUPT);
    ocs_buf_clear(&packed);
}

/* Everything a reader may do with a document: no place may lie outside. */
static void use(ocs_arena *arena, const ocs_document *d)
{
    ocs_buf out;
    ocs_json json;
    ocs_buf_init(&out, 16 << 20);
    ocs_json_init(&json, &out);
    ocs_document_print(d, true, &json);
    ocs_json_object_end(&json);
    assert_int_equal(ocs_buf_status(&out), OCS_OK);
    ocs_buf_reset(&out);
    ocs_document_pack(d, &out);
    ocs_document again;
    assert_int_equal(ocs_document_unpack(ocs_buf_str(&out), arena, &again, NULL), OCS_OK);
    for (size_t i = 0; i < d->n_mentions; i++) {
        assert_true(d->mentions[i].at.to <= d->text.n);
        assert_true(d->mentions[i].raw.to <= d->raw_size);
    }
    ocs_buf_clear(&out);
}

static uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static void flipped_bits_give_an_error_or_a_document(void **state)
{
    enum { ROUNDS = 20000 };
    ocs_arena *arena = ocs_arena_new(ARENA);
    ocs_document d = make_document(*state);
    ocs_buf packed;
    pack(&d, &packed);
    uint64_t seed = 20170213;
    unsigned made = 0, refused = 0;
    for (unsigned i = 0; i < ROUNDS; i++) {
        ocs_document back;
        char *copy, *bytes = ocs_arena_copy(arena, packed.p, packed.n);
        for (uint64_t flips = 1 + random_next(&seed) % 3; flips > 0; flips--)
            bytes[random_next(&seed) % packed.n] ^= (char)(1 << random_next(&seed) % 8);
        ocs_status st = unpack_exact(arena, (ocs_str){bytes, packed.n}, &back, &copy);
        if (st == OCS_OK)
            use(arena, &back);
        made += st == OCS_OK;
        refused += st == OCS_CORRUPT || st == OCS_LIMIT;
        free(copy);
        ocs_arena_clear(arena);
    }
    assert_int_equal(made + refused, ROUNDS);
    assert_true(made > 0 && refused > 0);
    ocs_buf_clear(&packed);
    ocs_arena_free(arena);
}

/* A count of millions in a few bytes must not ask for memory. */
static void announced_counts_are_held_against_what_is_left(void **state)
{
    ocs_document d = {.path = OCS_STR("p"), .id = OCS_STR("i")}, back;
    ocs_buf packed;
    pack(&d, &packed);
    size_t used = ocs_arena_used(*state);
    packed.n--; /* the count of items */
    ocs_buf_put_varint(&packed, 1 << 30);
    assert_int_equal(ocs_document_unpack(ocs_buf_str(&packed), *state, &back, NULL), OCS_CORRUPT);
    assert_int_equal(ocs_arena_used(*state), used);
    ocs_buf_clear(&packed);
}

static void a_full_arena_is_no_damage(void **state)
{
    ocs_document d = make_document(*state), back;
    ocs_buf packed;
    ocs_error err = {0};
    pack(&d, &packed);
    for (size_t cap = 0; cap < 2000; cap += 50) {
        ocs_arena *small = ocs_arena_new(cap);
        assert_int_equal(ocs_document_unpack(ocs_buf_str(&packed), small, &back, &err), OCS_LIMIT);
        ocs_arena_free(small);
    }
    ocs_buf_clear(&packed);
}

/* ---- the record ---- */

static void print(const ocs_document *d, bool with_text, ocs_buf *out)
{
    ocs_json json;
    ocs_buf_init(out, 1 << 20);
    ocs_json_init(&json, out);
    ocs_document_print(d, with_text, &json);
    ocs_json_key_int(&json, "rank", 1); /* the object is open */
    ocs_json_object_end(&json);
    assert_int_equal(ocs_buf_status(out), OCS_OK);
}

static void the_record_is_as_designed(void **state)
{
    static const char wanted[] =
        "{\"type\":\"doc\",\"id\":\"%.*s\",\"path\":\"/pages/\xEF\xBF\xBD/1.html\","
        "\"url\":\"https://www.osce.org/1\",\"title\":\"Law & order\",\"kind\":\"press release\","
        "\"lang\":\"en\",\"encoding\":\"windows-1251\",\"repairs\":3,"
        "\"date\":{\"value\":\"2017-02-13\",\"precision\":\"day\",\"from\":\"dateline\","
        "\"raw\":[333,350],\"raw_exact\":false},"
        "\"place\":[\"Belgrade\",\"Vienna\"],\"source\":[\"OSCE Mission to Serbia\",\"?!\"],"
        "\"topic\":[\"Economic activities\",\"Policing\"],\"list\":true,"
        "\"items\":[{\"title\":\"Annual report\",\"kind\":\"report\",\"date\":\"2016\","
        "\"snippet\":\"What was done.\",\"raw\":[600,640]},"
        "{\"title\":\"Untold\",\"kind\":null,\"date\":null,\"snippet\":null,\"raw\":[640,650]}],"
        "\"mentions\":[{\"type\":\"person\",\"name\":\"Sebastian Kurz\",\"key\":\"sebastian-kurz\","
        "\"surface\":\"Sebastian Kurz\",\"raw\":[25,39],"
        "\"roles\":[{\"text\":\"Austrian Foreign Minister\",\"raw\":[41,66],"
        "\"office\":{\"name\":\"foreign-minister\",\"key\":\"foreign-minister\",\"raw\":[50,66]},"
        "\"country\":{\"name\":\"Austria\",\"key\":\"AT\",\"raw\":[900,950],"
        "\"raw_exact\":false}},"
        "{\"text\":\"Chair\",\"raw\":[900,950],\"raw_exact\":false}],\"sure\":90,"
        "\"rule\":\"test-rule\"},"
        "{\"type\":\"country\",\"name\":\"Austria\",\"key\":\"AT\",\"surface\":\"Austrian\","
        "\"raw\":[41,49],\"via\":\"demonym\",\"sure\":90,\"rule\":\"test-rule\"},"
        "{\"type\":\"place\",\"name\":\"Belgrade\",\"key\":\"belgrade\",\"surface\":\"Belgrade\","
        "\"raw\":[76,84],\"country\":\"RS\",\"sure\":90,\"rule\":\"test-rule\"},"
        "{\"type\":\"date\",\"name\":\"02/03/2017\",\"key\":\"2017-03-02\","
        "\"surface\":\"02/03/2017\",\"raw\":[95,99],\"other\":\"2017-02-03\",\"relative\":true,"
        "\"sure\":90,\"rule\":\"test-rule\"},"
        "{\"type\":\"org\",\"name\":\"OSCE Mission to Serbia\",\"key\":\"osce-mission-to-serbia\","
        "\"surface\":\"OSCE Mission to Serbia\",\"raw\":[108,130],\"sure\":0,"
        "\"rule\":\"test-rule\"},"
        "{\"type\":\"country\",\"name\":\"Serbia\",\"key\":\"RS\",\"surface\":\"Serbia\","
        "\"raw\":[124,130],\"via\":\"name\",\"nested\":true,\"sure\":90,\"rule\":\"other-rule\"},"
        "{\"type\":\"person\",\"name\":\"Sebastian Kurz\",\"key\":\"sebastian-kurz\","
        "\"surface\":\"Kurz\",\"raw\":[136,140],\"sure\":90,\"rule\":\"test-rule\"},"
        "{\"type\":\"person\",\"name\":\"Sebastian Kurz\",\"key\":\"\xD0\xBA\xD1\x83\xD1\x80\xD1"
        "\x86\",\"surface\":\"\xD0\x9A\xD1\x83\xD1\x80\xD1\x86\",\"raw\":[400,404],\"sure\":90,"
        "\"rule\":\"test-rule\"},"
        "{\"type\":\"date\",\"name\":\"a range\",\"key\":\"2016-04/2016-06\",\"surface\":\"line\","
        "\"raw\":[700,780],\"raw_exact\":false,\"sure\":90,\"rule\":\"test-rule\"}],\"rank\":1}";
    ocs_document d = make_document(*state);
    ocs_buf out, expected;
    print(&d, false, &out);
    ocs_buf_init(&expected, 1 << 20);
    ocs_buf_putf(&expected, wanted, OCS_ARG(d.id));
    assert_string_equal(out.p, expected.p);
    ocs_buf_clear(&expected);
    ocs_buf_clear(&out);
}

static void what_is_unknown_is_null(void **state)
{
    (void)state;
    ocs_document d = {
        .id = OCS_STR("i"), .path = OCS_STR("p"), .encoding = OCS_STR("UTF-8"), .empty = true};
    ocs_buf out;
    print(&d, true, &out);
    assert_string_equal(out.p,
                        "{\"type\":\"doc\",\"id\":\"i\",\"path\":\"p\",\"url\":null,"
                        "\"title\":null,\"kind\":null,\"lang\":null,\"encoding\":\"UTF-8\","
                        "\"date\":null,\"place\":[],\"source\":[],\"topic\":[],\"text\":\"\","
                        "\"empty\":true,\"mentions\":[],\"rank\":1}");
    ocs_buf_clear(&out);
}

static void a_record_is_read_by_others(void **state)
{
    ocs_document d = make_document(*state);
    ocs_buf out;
    print(&d, true, &out);
    json_error_t error;
    json_t *record = json_loadb(out.p, out.n, JSON_REJECT_DUPLICATES, &error);
    if (!record)
        fail_msg("%s", error.text);
    const json_t *text = json_object_get(record, "text");
    assert_str(d.text, json_string_value(text));
    assert_int_equal(json_array_size(json_object_get(record, "mentions")), MENTIONS);
    assert_int_equal(json_array_size(json_object_get(record, "items")), 2);
    const json_t *first = json_array_get(json_object_get(record, "mentions"), 0);
    assert_string_equal(json_string_value(json_object_get(first, "key")), "sebastian-kurz");
    json_decref(record);
    ocs_buf_clear(&out);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(types_are_read_back),
        CASE(nowhere_and_none_have_no_name),
        CASE(an_id_is_the_hash_of_the_path),
        CASE(a_slug_is_the_folded_words),
        CASE(a_slug_without_memory_is_null),
        CASE(every_slug_passes_the_check),
        CASE(the_sample_keeps_every_promise),
        CASE(an_empty_page_keeps_every_promise),
        CASE(each_broken_promise_is_found),
        CASE(all_fields_come_back),
        CASE(an_empty_document_comes_back),
        CASE(many_mentions_come_back),
        CASE(what_is_known_is_not_repeated),
        CASE(runs_out_of_order_cannot_be_packed),
        CASE(every_truncation_is_corrupt),
        CASE(bytes_left_over_are_corrupt),
        CASE(what_breaks_out_is_corrupt),
        CASE(a_nul_byte_in_a_rule_is_corrupt),
        CASE(flipped_bits_give_an_error_or_a_document),
        CASE(announced_counts_are_held_against_what_is_left),
        CASE(a_full_arena_is_no_damage),
        CASE(the_record_is_as_designed),
        CASE(what_is_unknown_is_null),
        CASE(a_record_is_read_by_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
