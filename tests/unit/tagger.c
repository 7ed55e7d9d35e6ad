/* The tagger beside the rules: what binds it, what it leaves alone, how it is taught. */
#include "ingest/tagger.h"
#include "ingest/mentions.h"
#include "ingest/train/tagcrf.h"
#include "ingest/train/taggold.h"
#include "tests/unit/arena_fixture.h"

static ocs_document find(ocs_arena *arena, const ocs_tagger *tagger, const char *lang,
                         const char *text)
{
    ocs_error err = {0};
    ocs_document d = {.text = ocs_str_of(text), .raw_size = strlen(text), .lang = ocs_str_of(lang)};
    if (ocs_mentions_find(ocs_gaz_builtin(), tagger, arena, &d, &err) != OCS_OK)
        fail_msg("%s", err.text);
    return d;
}

/* The mention of this surface that starts at or behind byte ${from}. */
static const ocs_mention *mention(const ocs_document *d, const char *surface, size_t from)
{
    for (size_t i = 0; i < d->n_mentions; i++)
        if (d->mentions[i].at.from >= from &&
            ocs_str_eq(ocs_mention_surface(d, &d->mentions[i]), ocs_str_of(surface)))
            return &d->mentions[i];
    fail_msg("no mention of %s", surface);
    return NULL;
}

static void assert_same_mentions(const ocs_document *a, const ocs_document *b)
{
    assert_int_equal(a->n_mentions, b->n_mentions);
    for (size_t i = 0; i < a->n_mentions; i++) {
        assert_int_equal(a->mentions[i].type, b->mentions[i].type);
        assert_int_equal(a->mentions[i].at.from, b->mentions[i].at.from);
        assert_string_equal(a->mentions[i].rule, b->mentions[i].rule);
    }
}

static const char *const unknown_village =
    "The patrol was in Tulbarevo, Ukraine, on Monday. In Tulbarevo it saw damaged houses.";

/* ---- beside the rules ---- */

static void the_model_finds_a_place_that_no_table_knows(void **state)
{
    ocs_document d = find(*state, &ocs_tagger_names, "en", unknown_village);
    const ocs_mention *m = mention(&d, "Tulbarevo", 0);
    assert_int_equal(m->type, OCS_MENTION_PLACE);
    assert_string_equal(m->rule, "model");
    assert_in_range(m->sure, 50, 90);
}

static void a_table_without_rows_leaves_the_rules_alone(void **state)
{
    ocs_tagger empty = ocs_tagger_names;
    empty.n_rows = 0;
    ocs_document with = find(*state, &empty, "en", unknown_village);
    ocs_document without = find(*state, NULL, "en", unknown_village);
    assert_same_mentions(&with, &without);
}

static void other_languages_are_left_to_the_rules(void **state)
{
    ocs_document with = find(*state, &ocs_tagger_names, "sr", unknown_village);
    ocs_document without = find(*state, NULL, "sr", unknown_village);
    assert_same_mentions(&with, &without);
}

static void what_rules_are_sure_of_binds_the_model(void **state)
{
    ocs_document d = find(*state, &ocs_tagger_names, "en",
                          "On 12 May 2014 Mr. Tulbar met the OSCE Mission to Serbia in Georgia.");
    assert_string_equal(mention(&d, "Tulbar", 0)->rule, "title before a name");
    assert_string_equal(mention(&d, "OSCE Mission to Serbia", 0)->rule, "known organisation");
    assert_str(mention(&d, "Georgia", 0)->key, "GE");
    assert_str(mention(&d, "12 May 2014", 0)->key, "2014-05-12");
}

static void a_name_ends_with_its_sentence(void **state)
{
    ocs_document d =
        find(*state, &ocs_tagger_names, "en",
             "It was organized with the support of the OSCE. Bulgaria will take over.");
    mention(&d, "OSCE", 0);
    assert_str(mention(&d, "Bulgaria", 0)->key, "BG");
}

static void a_row_holds_a_weight_for_each_tag(void **state)
{
    static const int8_t weights[OCS_TAG_COUNT] = {0, -127, 127, 1, -1, 64, -64};
    (void)state;
    uint64_t row = ocs_tag_row(weights);
    for (unsigned tag = 0; tag < OCS_TAG_COUNT; tag++)
        assert_int_equal(ocs_tag_weight(row, tag), weights[tag]);
}

/* What the sum of a document's lines is does not depend on how long the lines beside them are. */
static void a_line_is_read_as_it_would_be_alone(void **state)
{
    const char *alone = "He was in Tulbarevo, Ukraine, with Ivo Tulbar.";
    char both[1024];
    snprintf(both, sizeof both, "%s\n%s",
             "nothing at all is named in this line of small words, and it goes "
             "on and on without any name until it ends somewhere.",
             alone);
    ocs_document one = find(*state, &ocs_tagger_names, "en", alone);
    ocs_document two = find(*state, &ocs_tagger_names, "en", both);
    size_t shift = strlen(both) - strlen(alone);
    assert_int_equal(one.n_mentions, two.n_mentions);
    for (size_t i = 0; i < one.n_mentions; i++) {
        assert_int_equal(one.mentions[i].at.from + shift, two.mentions[i].at.from);
        assert_int_equal(one.mentions[i].sure, two.mentions[i].sure);
        assert_true(ocs_str_eq(one.mentions[i].key, two.mentions[i].key));
    }
}

/* ---- cutting ---- */

static void trimmed(ocs_arena *arena, const char *text, ocs_mention_type type, const char *wanted)
{
    ocs_document d = {.text = ocs_str_of(text), .raw_size = strlen(text)};
    ocs_scan s = {.gaz = ocs_gaz_builtin(), .arena = arena, .doc = &d, .text = d.text};
    assert_true(ocs_mentions_rules(&s));
    ocs_tagged name = {type, 0, (uint32_t)s.tokens.n, 90};
    bool some = ocs_name_trim(&s, &name);
    assert_int_equal(some, wanted[0] != '\0');
    if (some)
        assert_str(ocs_scan_text(&s, name.from, name.to), wanted);
}

static void small_words_around_a_name_are_cut(void **state)
{
    trimmed(*state, "the town of Tulbarevo itself", OCS_MENTION_PLACE, "Tulbarevo");
    trimmed(*state, "government of Tulbaria", OCS_MENTION_ORG, "government of Tulbaria");
    trimmed(*state, "von Tulbar", OCS_MENTION_PERSON, "von Tulbar");
    trimmed(*state, "Ambassador Tulbar", OCS_MENTION_PERSON, "Tulbar");
    trimmed(*state, "Tulbarevo, Serbia", OCS_MENTION_PLACE, "Tulbarevo");
    trimmed(*state, "al-Tulbar", OCS_MENTION_PLACE, "al-Tulbar");
    trimmed(*state, "nothing of that kind", OCS_MENTION_ORG, "");
}

/* ---- the document resolves itself ---- */

static void the_mission_is_named_in_full(void **state)
{
    const char *text = "The OSCE Mission to Skopje opened a course. Trainers of the Mission came.";
    ocs_document d = find(*state, NULL, "en", text);
    const ocs_mention *m = mention(&d, "Mission", 44);
    assert_str(m->key, "osce-mission-to-skopje");
    assert_string_equal(m->rule, "short form of a name in the document");
}

static void of_two_missions_neither_is_meant(void **state)
{
    const char *text = "The OSCE Mission to Skopje and the OSCE Mission to Serbia met. "
                       "Trainers of the Mission came.";
    ocs_document d = find(*state, NULL, "en", text);
    for (size_t i = 0; i < d.n_mentions; i++)
        assert_true(d.mentions[i].at.from < 62);
}

static void a_surname_beside_another_capital_is_another_name(void **state)
{
    ocs_document d =
        find(*state, NULL, "en", "We heard Maria Tulbar. Later Tulbar left with the Tulbar Cup.");
    assert_str(mention(&d, "Tulbar", 20)->name, "Maria Tulbar");
    for (size_t i = 0; i < d.n_mentions; i++)
        assert_true(d.mentions[i].at.from < 40);
}

static void a_role_says_its_office_organisation_and_country(void **state)
{
    ocs_document d =
        find(*state, NULL, "en", "We met Maria Tulbar, Acting Head of the OSCE Mission to Serbia.");
    const ocs_mention *m = mention(&d, "Maria Tulbar", 0);
    assert_int_equal(m->n_roles, 1);
    assert_str(m->roles[0].office.name, "Acting Head");
    assert_str(m->roles[0].office.key, "acting-head");
    assert_str(m->roles[0].org.key, "osce-mission-to-serbia");
    assert_str(m->roles[0].country.key, "RS");
    assert_str(ocs_str_sub(d.text, m->roles[0].country.at.from, m->roles[0].country.at.to),
               "Serbia");
}

/* ---- teaching ---- */

enum { NAME_FEATURE, OTHER_FEATURE, FEATURES };

static void training_tells_apart_what_it_was_shown(void **state)
{
    (void)state;
    static const uint32_t features[] = {NAME_FEATURE, OTHER_FEATURE, OTHER_FEATURE};
    static const uint16_t counts[] = {1, 1, 1};
    static const uint8_t allowed[] = {1 << OCS_TAG_B_PERSON, 1 << OCS_TAG_O, 1 << OCS_TAG_O};
    const ocs_tag_line line = {features, counts, allowed, 3};
    const ocs_tag_options options = {.epochs = 20, .rate = 0.1, .l1 = 0};
    float w[(FEATURES + OCS_TAG_COUNT) * OCS_TAG_COUNT], again[sizeof w / sizeof *w];
    assert_true(ocs_tag_train(&line, 1, FEATURES, &options, w));
    assert_true(w[NAME_FEATURE * OCS_TAG_COUNT + OCS_TAG_B_PERSON] >
                w[NAME_FEATURE * OCS_TAG_COUNT + OCS_TAG_O]);
    assert_true(w[OTHER_FEATURE * OCS_TAG_COUNT + OCS_TAG_O] >
                w[OTHER_FEATURE * OCS_TAG_COUNT + OCS_TAG_B_ORG]);
    assert_true(ocs_tag_train(&line, 1, FEATURES, &options, again));
    assert_memory_equal(w, again, sizeof w);
}

static void marks_are_read_by_their_keys(void **state)
{
    ocs_error err = {0};
    ocs_tag_marks marks = {0};
    ocs_str good = OCS_STR("{\"text\": \"a \\\"start\\\": 9\", \"doc\": \"d1\", \"type\": \"org\", "
                           "\"alt\": [[1, 2]], \"start\": 3, \"end\": 7, \"opt\": true}\n\n"
                           "{\"doc\": \"d2\", \"type\": \"person\", \"start\": 0, \"end\": 1}\n");
    assert_int_equal(ocs_tag_marks_read(good, *state, &marks, &err), OCS_OK);
    assert_int_equal(marks.n, 2);
    assert_str(marks.at[0].doc, "d1");
    assert_int_equal(marks.at[0].at.from, 3);
    assert_int_equal(marks.at[0].at.to, 7);
    assert_true(marks.at[0].optional);
    assert_int_equal(marks.at[1].type, OCS_MENTION_PERSON);
    assert_false(marks.at[1].optional);
}

static void a_bad_mark_is_told_with_its_line(void **state)
{
    static const char *const bad[] = {
        "{}",
        "words",
        "{\"doc\": \"d\", \"type\": \"org\"}",
        "{\"doc\": \"d\", \"type\": \"org\", \"start\": 4, \"end\": 4}",
        "{\"doc\": \"d\", \"type\": \"thing\", \"start\": 1, \"end\": 4}",
        "{\"doc\": \"d"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ocs_error err = {0};
        ocs_tag_marks marks = {0};
        assert_int_equal(ocs_tag_marks_read(ocs_str_of(bad[i]), *state, &marks, &err),
                         OCS_BADINPUT);
        assert_non_null(strstr(err.text, "line 1"));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_model_finds_a_place_that_no_table_knows),
        TEST(a_table_without_rows_leaves_the_rules_alone),
        TEST(other_languages_are_left_to_the_rules),
        TEST(what_rules_are_sure_of_binds_the_model),
        TEST(a_name_ends_with_its_sentence),
        TEST(a_row_holds_a_weight_for_each_tag),
        TEST(a_line_is_read_as_it_would_be_alone),
        TEST(small_words_around_a_name_are_cut),
        TEST(the_mission_is_named_in_full),
        TEST(of_two_missions_neither_is_meant),
        TEST(a_surname_beside_another_capital_is_another_name),
        TEST(a_role_says_its_office_organisation_and_country),
        TEST(training_tells_apart_what_it_was_shown),
        TEST(marks_are_read_by_their_keys),
        TEST(a_bad_mark_is_told_with_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
