/* The names and ids of documents, and the check of every promise. */
#include "tests/unit/document_fixture.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
