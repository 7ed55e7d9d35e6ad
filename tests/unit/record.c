/* Records of small documents made by hand, compared in their printed form. */
#include "index/record.h"
#include "index/other_names.h"
#include "tests/unit/unit.h"

static ocs_arena *arena;
static ocs_stemmers *stemmers;

static int make_both(void **state)
{
    (void)state;
    arena = ocs_arena_new(64 * 1024 * 1024);
    stemmers = ocs_stemmers_new();
    return arena && stemmers ? 0 : -1;
}

static int free_both(void **state)
{
    (void)state;
    ocs_arena_free(arena);
    ocs_stemmers_free(stemmers);
    return 0;
}

static int clear_arena(void **state)
{
    (void)state;
    ocs_arena_clear(arena);
    return 0;
}

static ocs_record record_of(const ocs_document *document)
{
    ocs_record record;
    ocs_error err = {0};
    assert_int_equal(ocs_record_make(document, stemmers, arena, &record, &err), OCS_OK);
    return record;
}

static ocs_str print_of(const ocs_document *document)
{
    ocs_record record = record_of(document);
    ocs_buf out;
    ocs_buf_init(&out, 1024 * 1024);
    ocs_record_print(&record, &out);
    assert_int_equal(ocs_buf_status(&out), OCS_OK);
    ocs_str print = ocs_str_copy(arena, ocs_buf_str(&out));
    ocs_buf_clear(&out);
    return print;
}

static const ocs_record_term *term_of(const ocs_record *record, const char *term)
{
    for (size_t i = 0; i < record->n_terms; i++)
        if (ocs_str_eq(record->terms[i].term, ocs_str_of(term)))
            return &record->terms[i];
    return NULL;
}

/* The span of ${words} in ${text}. */
static ocs_span span_of(ocs_str text, const char *words)
{
    size_t at = ocs_str_find(text, ocs_str_of(words), 0);
    assert_true(at < text.n);
    return (ocs_span){at, at + strlen(words)};
}

static ocs_mention mention_of(ocs_mention_type type, ocs_str text, const char *surface,
                              const char *name, const char *key)
{
    ocs_span at = span_of(text, surface);
    return (ocs_mention){.type = type,
                         .at = at,
                         .raw = at,
                         .name = ocs_str_of(name),
                         .key = ocs_str_of(key),
                         .rule = "by hand"};
}

static ocs_document document_of(const char *text)
{
    return (ocs_document){.id = OCS_STR("0123456789abcdef"),
                          .path = OCS_STR("/d/a.html"),
                          .lang = OCS_STR("en"),
                          .text = ocs_str_of(text)};
}

static void a_small_document_gives_just_these_terms(void **state)
{
    (void)state;
    ocs_document d = document_of("Minister Ana Zyx organised it.\nAna spoke on 2 May 2018.");
    ocs_role role = {.text = OCS_STR("Minister"), .at = span_of(d.text, "Minister")};
    ocs_mention mentions[] = {
        mention_of(OCS_MENTION_PERSON, d.text, "Ana Zyx", "Ana Zyx", "ana-zyx"),
        mention_of(OCS_MENTION_PERSON, d.text, "Ana spoke", "Ana Zyx", "ana-zyx"),
        mention_of(OCS_MENTION_DATE, d.text, "2 May 2018", "2018-05-02", "2018-05-02"),
    };
    mentions[0].roles = &role;
    mentions[0].n_roles = 1;
    mentions[1].at.to = mentions[1].at.from + 3;
    mentions[2].when = (ocs_when){{2018, 5, 2}, {2018, 5, 2}};
    d.mentions = mentions;
    d.n_mentions = 3;
    d.title = (ocs_fact){.value = OCS_STR("Labour Day")};
    d.kind = (ocs_fact){.value = OCS_STR("Press release"), .key = OCS_STR("press-release")};
    d.published = (ocs_when){{2018, 5, 3}, {2018, 5, 3}};
    ocs_str print = print_of(&d);
    size_t values = ocs_str_find(print, OCS_STR("#1\t"), 0);
    assert_true(values < print.n);
    assert_str(ocs_str_sub(print, 0, values), "2\t1\t29\n"
                                              "2018\t1\t31\n"
                                              "BP\t0\t1 26\n"
                                              "DD2018-05-03\t0\t\n"
                                              "DM2018-05\t0\t\n"
                                              "DY2018\t0\t\n"
                                              "Len\t0\t\n"
                                              "P/d\t0\t\n"
                                              "P/d/a.html\t0\t\n"
                                              "Q0123456789abcdef\t0\t\n"
                                              "Sday\t1\t2\n"
                                              "Slabor\t1\t1\n"
                                              "Slabour\t1\t1\n"
                                              "XD*\t0\t29\n"
                                              "XDD2018-05-02\t0\t29\n"
                                              "XDM2018-05\t0\t29\n"
                                              "XDY2018\t0\t29\n"
                                              "XK=press-release\t0\t\n"
                                              "XK~press\t0\t\n"
                                              "XK~release\t0\t\n"
                                              "XP*\t0\t2 26\n"
                                              "XP=ana-zyx\t2\t2 26\n"
                                              "XP~ana\t2\t2 26\n"
                                              "XP~zyx\t2\t2 26\n"
                                              "XR*\t0\t1\n"
                                              "XR~minister\t0\t1\n"
                                              "Z2\t1\t\n"
                                              "Z2018\t1\t\n"
                                              "ZSday\t1\t\n"
                                              "ZSlabor\t1\t\n"
                                              "Zana\t2\t\n"
                                              "Zit\t1\t\n"
                                              "Zmay\t1\t\n"
                                              "Zminist\t1\t\n"
                                              "Zon\t1\t\n"
                                              "Zorgan\t1\t\n"
                                              "Zspoke\t1\t\n"
                                              "Zzyx\t1\t\n"
                                              "ana\t2\t2 26\n"
                                              "it\t1\t5\n"
                                              "may\t1\t30\n"
                                              "minister\t1\t1\n"
                                              "on\t1\t28\n"
                                              "organised\t1\t4\n"
                                              "organized\t1\t4\n"
                                              "spoke\t1\t27\n"
                                              "zyx\t1\t3\n"
                                              "#0\t20180503\n");
}

static void the_same_document_gives_the_same_record(void **state)
{
    (void)state;
    ocs_document d = document_of("Organised crime in the Western Balkans, crime and more crime.");
    ocs_str first = print_of(&d);
    assert_true(ocs_str_eq(first, print_of(&d)));
    assert_str(record_of(&d).unique, "Q0123456789abcdef");
    assert_str(record_of(&d).stemmed, "en");
}

static void the_data_are_the_packed_document(void **state)
{
    (void)state;
    ocs_document d = document_of("One line."), back;
    ocs_record record = record_of(&d);
    assert_int_equal(ocs_document_unpack(record.data, arena, &back, NULL), OCS_OK);
    assert_str(back.text, "One line.");
    assert_str(back.path, "/d/a.html");
}

static void a_text_that_is_long_enough_has_bands_and_a_fingerprint(void **state)
{
    (void)state;
    ocs_document few = document_of("one two three four five six seven eight nine ten");
    ocs_document enough = document_of("one two three four five six seven eight nine ten eleven "
                                      "twelve thirteen fourteen fifteen sixteen seventeen eighteen "
                                      "nineteen twenty");
    ocs_str print = print_of(&few);
    assert_true(ocs_str_find(print, OCS_STR("XB"), 0) == print.n);
    print = print_of(&enough);
    for (size_t i = 0; i < OCS_BANDS; i++) {
        char band[8];
        snprintf(band, sizeof band, "XB%zu=", i);
        assert_true(ocs_str_find(print, ocs_str_of(band), 0) < print.n);
    }
    ocs_record record = record_of(&enough);
    assert_int_equal(record.n_values, 2);
    assert_int_equal(record.values[1].slot, OCS_SLOT_PRINT);
    assert_int_equal(record.values[1].value.n, 136);
}

static void equal_texts_have_equal_values_and_no_text_has_none(void **state)
{
    (void)state;
    ocs_document a = document_of("the same"), b = document_of("the same"), c = document_of("other"),
                 none = document_of("");
    b.path = OCS_STR("/d/b.html");
    ocs_record ra = record_of(&a), rb = record_of(&b), rc = record_of(&c);
    assert_int_equal(ra.n_values, 1);
    assert_int_equal(ra.values[0].slot, OCS_SLOT_TEXT);
    assert_int_equal(ra.values[0].value.n, 8);
    assert_true(ocs_str_eq(ra.values[0].value, rb.values[0].value));
    assert_false(ocs_str_eq(ra.values[0].value, rc.values[0].value));
    assert_int_equal(record_of(&none).n_values, 0);
}

static void a_country_gives_its_code_but_not_inside_another_mention(void **state)
{
    (void)state;
    ocs_document d = document_of("The OSCE Mission to Serbia met in Kosovo.");
    ocs_mention mentions[] = {
        mention_of(OCS_MENTION_ORG, d.text, "OSCE Mission to Serbia", "Qqq Mission to Serbia",
                   "qqq"),
        mention_of(OCS_MENTION_COUNTRY, d.text, "Serbia", "Serbia", "RS"),
        mention_of(OCS_MENTION_COUNTRY, d.text, "Kosovo", "Kosovo", "XK"),
    };
    mentions[1].nested = true;
    d.mentions = mentions;
    d.n_mentions = 3;
    ocs_record record = record_of(&d);
    assert_null(term_of(&record, "XC=RS"));
    assert_null(term_of(&record, "XC~kosovo"));
    assert_non_null(term_of(&record, "XO~serbia"));
    assert_non_null(term_of(&record, "XO~qqq"));
    const ocs_record_term *any = term_of(&record, "XC*");
    assert_int_equal(any->n_positions, 1);
    assert_int_equal(any->positions[0], 8);
    assert_non_null(term_of(&record, "XC=XK"));
}

static void a_place_in_a_name_belongs_to_the_name(void **state)
{
    (void)state;
    ocs_document d = document_of("The University of Qqton opened.");
    ocs_mention place = mention_of(OCS_MENTION_PLACE, d.text, "Qqton", "Qqton", "qqton");
    place.nested = true;
    d.mentions = &place;
    d.n_mentions = 1;
    ocs_record record = record_of(&d);
    assert_null(term_of(&record, "XL=qqton"));
    assert_null(term_of(&record, "XL~qqton"));
    assert_null(term_of(&record, "XL*"));
}

/* The first thing of ${table} with two phrases or more, the second of them into ${other}. */
static const ocs_gaz_thing *thing_with_names(ocs_gaz_table table, const char **other)
{
    const ocs_gaz *gaz = ocs_gaz_builtin();
    const ocs_gaz_thing *thing;
    for (size_t t = 0; t < gaz->n_things; t++) {
        thing = &gaz->things[t];
        if (thing->table != table)
            continue;
        for (size_t i = 0; i < gaz->n_phrases; i++)
            if (gaz->phrases[i].thing == t && gaz->phrases[i].text != thing->name) {
                *other = ocs_gaz_cstr(gaz, gaz->phrases[i].text);
                return thing;
            }
    }
    return NULL;
}

/* Is ${thing} among what the tables call by ${word}? */
static bool called(const ocs_gaz_thing *thing, ocs_str word)
{
    const ocs_other_names *others = ocs_other_names_builtin();
    for (size_t i = ocs_other_names_from(others, word);
         i < others->n && ocs_str_eq(ocs_other_names_word(others, i), word); i++)
        if (&ocs_gaz_builtin()->things[others->at[i].thing] == thing)
            return true;
    return false;
}

static bool has_name_word(const ocs_record *record, ocs_family family, ocs_str word)
{
    ocs_buf term;
    ocs_buf_init(&term, 4096);
    ocs_term_name(&term, family, word);
    ocs_buf_putc(&term, '\0');
    bool has = term_of(record, term.p) != NULL;
    ocs_buf_clear(&term);
    return has;
}

/* By those of its own name in the record, by all others in the tables. */
static void an_organisation_is_found_by_the_words_of_all_its_names(void **state)
{
    (void)state;
    const ocs_gaz *gaz = ocs_gaz_builtin();
    const char *other = NULL;
    const ocs_gaz_thing *thing = thing_with_names(OCS_GAZ_ORG, &other);
    assert_non_null(thing);
    ocs_document d = document_of("They spoke of Qqq there.");
    ocs_mention org =
        mention_of(OCS_MENTION_ORG, d.text, "Qqq", "Zzz", ocs_gaz_cstr(gaz, thing->key));
    d.mentions = &org;
    d.n_mentions = 1;
    ocs_record record = record_of(&d);
    const ocs_str names[] = {ocs_gaz_str(gaz, thing->name), ocs_str_of(other)};
    for (size_t k = 0; k < 2; k++) {
        ocs_words words;
        assert_true(ocs_words_of(arena, names[k], &words));
        for (size_t i = 0; i < words.n; i++) {
            ocs_str word = words.at[i].fold;
            if (ocs_gaz_find(gaz, OCS_GAZ_STOPWORD, word))
                continue;
            bool has = has_name_word(&record, OCS_FAMILY_ORG, word);
            assert_true(k == 0 ? has : has != called(thing, word));
        }
    }
}

static void stopwords_are_no_names(void **state)
{
    (void)state;
    ocs_document d = document_of("The Head of the Qqq spoke.");
    ocs_mention person = mention_of(OCS_MENTION_PERSON, d.text, "Qqq", "Qqq of the Rrr", "qqq");
    ocs_role role = {.text = OCS_STR("Head of the Qqq"), .at = span_of(d.text, "Head of the Qqq")};
    person.roles = &role;
    person.n_roles = 1;
    d.mentions = &person;
    d.n_mentions = 1;
    ocs_record record = record_of(&d);
    assert_non_null(term_of(&record, "XP~rrr"));
    assert_null(term_of(&record, "XP~of"));
    assert_null(term_of(&record, "XR~the"));
    assert_int_equal(term_of(&record, "XR*")->positions[0], 2);
    assert_int_equal(term_of(&record, "XR~head")->positions[0], 2);
    assert_int_equal(term_of(&record, "XR~qqq")->positions[0], 5);
}

static void sentences_and_paragraphs_are_known_by_their_first_words(void **state)
{
    (void)state;
    ocs_document d = document_of("One two. Three!\n*** ... !\nFour, Mr. Five (six). 7 eight?\n");
    ocs_record record = record_of(&d);
    const ocs_record_term *sentence = term_of(&record, OCS_TERM_SENTENCE);
    const ocs_record_term *paragraph = term_of(&record, OCS_TERM_PARAGRAPH);
    assert_int_equal(sentence->n_positions, 2);
    assert_int_equal(sentence->positions[0], 3);
    assert_int_equal(sentence->positions[1], 28);
    assert_int_equal(paragraph->n_positions, 2);
    assert_int_equal(paragraph->positions[0], 1);
    assert_int_equal(paragraph->positions[1], 24);
    assert_int_equal(sentence->wdf + paragraph->wdf, 0);
}

/* How many terms start with ${prefix} when the text speaks of ${from} to ${to}. */
static size_t dates_named(ocs_date from, ocs_date to, const char *prefix)
{
    ocs_document d = document_of("then");
    ocs_mention date = mention_of(OCS_MENTION_DATE, d.text, "then", "then", "then");
    date.when = (ocs_when){from, to};
    d.mentions = &date;
    d.n_mentions = 1;
    ocs_record record = record_of(&d);
    size_t n = 0;
    for (size_t i = 0; i < record.n_terms; i++)
        n += ocs_str_starts(record.terms[i].term, ocs_str_of(prefix));
    return n;
}

static void a_range_gives_days_then_months_then_years(void **state)
{
    (void)state;
    const ocs_date day = {2018, 1, 30}, soon = {2018, 3, 2}, late = {2019, 2, 1},
                   month = {2018, 1, 0}, year = {1975, 0, 0}, long_ago = {1, 0, 0};
    assert_int_equal(dates_named(day, soon, "XDD"), 32);
    assert_int_equal(dates_named(day, soon, "XDM"), 3);
    assert_int_equal(dates_named(day, soon, "XDY"), 1);
    assert_int_equal(dates_named(day, late, "XDD"), 0);
    assert_int_equal(dates_named(day, late, "XDM"), 14);
    assert_int_equal(dates_named(day, late, "XDY"), 2);
    assert_int_equal(dates_named(month, month, "XDM"), 1);
    assert_int_equal(dates_named(month, month, "XDD"), 0);
    assert_int_equal(dates_named(year, day, "XDY"), 44);
    assert_int_equal(dates_named(year, day, "XDM"), 0);
    assert_int_equal(dates_named(long_ago, day, "XDY"), 2);
}

static void a_date_without_a_year_has_its_value_only(void **state)
{
    (void)state;
    const ocs_date st_nicholas = {0, 12, 6};
    assert_int_equal(dates_named(st_nicholas, st_nicholas, "XD="), 1);
    assert_int_equal(dates_named(st_nicholas, st_nicholas, "XDD"), 0);
    assert_int_equal(dates_named(st_nicholas, st_nicholas, "XDM"), 0);
}

static void a_long_path_is_hashed_with_its_folders(void **state)
{
    (void)state;
    char path[600];
    memset(path, 'x', sizeof path);
    for (size_t i = 0; i < sizeof path; i += 100)
        path[i] = '/';
    ocs_document d = document_of("text");
    d.path = (ocs_str){path, sizeof path};
    ocs_record record = record_of(&d);
    size_t paths = 0;
    for (size_t i = 0; i < record.n_terms; i++) {
        assert_true(record.terms[i].term.n <= OCS_TERM_MAX);
        paths += record.terms[i].term.p[0] == 'P';
    }
    assert_int_equal(paths, 6);
}

static void without_a_stemmer_words_are_their_stems(void **state)
{
    (void)state;
    ocs_document d = document_of("crimes");
    d.lang = OCS_STR("xx");
    ocs_record record = record_of(&d);
    assert_non_null(term_of(&record, "Zcrimes"));
    assert_int_equal(record.stemmed.n, 0);
    d.lang = (ocs_str){0};
    record = record_of(&d);
    assert_non_null(term_of(&record, "Zcrime"));
    assert_str(record.stemmed, "en");
}

static void stemmers_are_told_by_language(void **state)
{
    (void)state;
    assert_true(ocs_stemmers_has(stemmers, OCS_STR("de")));
    assert_false(ocs_stemmers_has(stemmers, OCS_STR("tlh")));
    assert_false(ocs_stemmers_has(stemmers, OCS_STR("")));
    assert_str(ocs_stemmers_stem(stemmers, OCS_STR("ru"), OCS_STR("преступления")), "преступлен");
    assert_str(ocs_stemmers_stem(stemmers, OCS_STR("en"), OCS_STR("4th")), "4th");
}

static void a_document_too_large_for_its_arena_is_refused(void **state)
{
    (void)state;
    ocs_document d = document_of("a few words that need more than there is");
    ocs_arena *small = ocs_arena_new(256);
    ocs_record record;
    ocs_error err = {0};
    assert_int_equal(ocs_record_make(&d, stemmers, small, &record, &err), OCS_LIMIT);
    assert_non_null(strstr(err.text, "/d/a.html"));
    ocs_arena_free(small);
}

static void bytes_that_cannot_be_shown_are_escaped(void **state)
{
    (void)state;
    ocs_document d = document_of("");
    d.path = OCS_STR("/\x01\xFF\\");
    ocs_str print = print_of(&d);
    assert_true(ocs_str_find(print, OCS_STR("P/\\x01\\xff\\x5c\t"), 0) < print.n);
}

static void a_packed_record_comes_back_the_same(void **state)
{
    (void)state;
    ocs_document d = document_of("Crime and crimes, organised crime; \xD0\xB8 more.\nThe end.");
    d.published = (ocs_when){{2018, 5, 3}, {2018, 5, 3}};
    ocs_record record = record_of(&d), back;
    ocs_buf packed, before, after;
    ocs_error err = {0};
    ocs_buf_init(&packed, 1 << 20);
    ocs_buf_init(&before, 1 << 20);
    ocs_buf_init(&after, 1 << 20);
    ocs_record_pack(&record, &packed);
    assert_int_equal(ocs_record_unpack(ocs_buf_str(&packed), arena, &back, &err), OCS_OK);
    ocs_record_print(&record, &before);
    ocs_record_print(&back, &after);
    assert_str(ocs_buf_str(&after), before.p);
    assert_true(ocs_str_eq(back.unique, record.unique));
    assert_true(ocs_str_eq(back.data, record.data));
    assert_true(ocs_str_eq(back.stemmed, record.stemmed));
    for (size_t n = 0; n < packed.n; n++) /* cut anywhere */
        assert_int_equal(
            ocs_record_unpack(ocs_str_sub(ocs_buf_str(&packed), 0, n), arena, &back, &err),
            OCS_CORRUPT);
    ocs_buf_clear(&packed);
    ocs_buf_clear(&before);
    ocs_buf_clear(&after);
}

#define TEST(name) cmocka_unit_test_teardown(name, clear_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_small_document_gives_just_these_terms),
        TEST(the_same_document_gives_the_same_record),
        TEST(the_data_are_the_packed_document),
        TEST(a_text_that_is_long_enough_has_bands_and_a_fingerprint),
        TEST(equal_texts_have_equal_values_and_no_text_has_none),
        TEST(a_country_gives_its_code_but_not_inside_another_mention),
        TEST(a_place_in_a_name_belongs_to_the_name),
        TEST(an_organisation_is_found_by_the_words_of_all_its_names),
        TEST(stopwords_are_no_names),
        TEST(sentences_and_paragraphs_are_known_by_their_first_words),
        TEST(a_range_gives_days_then_months_then_years),
        TEST(a_date_without_a_year_has_its_value_only),
        TEST(a_long_path_is_hashed_with_its_folders),
        TEST(without_a_stemmer_words_are_their_stems),
        TEST(stemmers_are_told_by_language),
        TEST(a_document_too_large_for_its_arena_is_refused),
        TEST(bytes_that_cannot_be_shown_are_escaped),
        TEST(a_packed_record_comes_back_the_same),
    };
    return cmocka_run_group_tests(tests, make_both, free_both);
}
