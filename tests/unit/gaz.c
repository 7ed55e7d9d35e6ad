#include "corpus/gaz.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

/* A gazetteer of a few rows, and the texts that are matched with it. */
typedef struct fixture {
    ocs_gaz_builder *builder;
    ocs_gaz gaz;
    ocs_arena *arena;
} fixture;

static const char countries[] = "# a comment\n"
                                "\n"
                                "RS\tstate\tRS\tname\t-\tSerbia\n"
                                "RS\t-\t-\talias\tsr\tSrbij*\n"
                                "RS\t-\t-\talias\tsr\tСрбиј*\n"
                                "RS\t-\t-\tdemonym\ten\tSerbian\n"
                                "RS\t-\t-\tformer\ten\tSerbia and Montenegro\n"
                                "ME\tstate\tME\tname\t-\tMontenegro\n"
                                "MK\tstate\tMK\tname\ten\tNorth Macedonia\n"
                                "MK\t-\t-\tformer\ten\tformer Yugoslav Republic of Macedonia\n"
                                "US\tstate\tUS\tname\ten\tUnited States\n"
                                "US\t-\t-\talias\ten\tUnited States of America\n"
                                "US\t-\t-\tacronym\ten\tUS\n"
                                "US\t-\t-\tacronym\ten\tU.S.\n"
                                "GE\tstate\tGE\tname\t-\tGeorgia\tshared\n"
                                "XG\tother\tXG\tname\t-\tGeorgia (state)\n"
                                "XG\t-\t-\talias\t-\tGeorgia\tshared\n"
                                "CI\tother\tCI\tname\t-\tCôte d'Ivoire\n"
                                "KR\tother\tKR\tname\t-\tKorea, Republic of\n";

static const char places[] = "belgrade\tcity\tRS\tname\ten\tBelgrade\n"
                             "belgrade\t-\t-\talias\tde\tBelgrad*\n"
                             "st-petersburg\tcity\t-\tname\ten\tSt. Petersburg\n"
                             "montenegro-coast\tregion\tME\tname\ten\tMontenegro\n"
                             "bac\tcity\tRS\tname\tsr\tBač\n";

static const char orgs[] = "oscepa\tinstitution\t-\tname\ten\tOSCE Parliamentary Assembly\n"
                           "oscepa\t-\t-\tacronym\ten\tPA\n"
                           "prosecutor\tcourt\t-\tname\ten\tProsecutor's Office\n"
                           "cpc\tunit\t-\tname\ten\tConflict-Prevention Centre\n";

static const char months[] = "5\t-\t-\tname\ten\tMay\n"
                             "10\t-\t-\tname\ten\tOctober\n"
                             "10\t-\t-\talias\tru\tоктябр*\n";

static const char *text_of(const fixture *f, ocs_gaz_text text)
{
    return ocs_gaz_cstr(&f->gaz, text);
}

static void add(fixture *f, ocs_gaz_table table, const char *rows)
{
    ocs_error err = {0};
    ocs_status st =
        ocs_gaz_builder_add(f->builder, table, ocs_gaz_table_name(table), ocs_str_of(rows), &err);
    if (st != OCS_OK)
        fail_msg("%s", err.text);
}

static int make_fixture(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    f->builder = ocs_gaz_builder_new();
    f->arena = ocs_arena_new(1 << 20);
    add(f, OCS_GAZ_COUNTRY, countries);
    add(f, OCS_GAZ_PLACE, places);
    add(f, OCS_GAZ_ORG, orgs);
    add(f, OCS_GAZ_MONTH, months);
    *state = f;
    return ocs_gaz_builder_finish(f->builder, &f->gaz, NULL) == OCS_OK ? 0 : -1;
}

static int drop_fixture(void **state)
{
    fixture *f = *state;
    ocs_gaz_builder_free(f->builder);
    ocs_arena_free(f->arena);
    free(f);
    return 0;
}

enum { ALL = (1u << OCS_GAZ_TABLE_COUNT) - 1 };

/* The first match in ${text}: "key words" where words is the matched text; "" when none. */
static ocs_str first_match(fixture *f, const char *text, unsigned tables)
{
    ocs_tokens tokens;
    ocs_gaz_hit hit;
    ocs_str s = ocs_str_of(text);
    assert_true(ocs_tokenize(f->arena, s, &tokens));
    for (size_t at = 0; at < tokens.n; at++) {
        if (!ocs_gaz_match(&f->gaz, s, tokens, at, tables, &hit))
            continue;
        assert_int_equal(hit.from, at);
        assert_true(hit.to > hit.from && hit.to <= tokens.n);
        const char *key = text_of(f, f->gaz.things[f->gaz.phrases[hit.phrase].thing].key);
        size_t from = tokens.at[hit.from].at.from, to = tokens.at[hit.to - 1].word;
        char *out = ocs_arena_alloc(f->arena, strlen(key) + 1 + (to - from) + 1);
        sprintf(out, "%s %.*s", key, (int)(to - from), text + from);
        return ocs_str_of(out);
    }
    return OCS_STR("");
}

#define assert_match(text, wanted) assert_str(first_match(*state, (text), ALL), (wanted))
#define assert_no_match(text) assert_str(first_match(*state, (text), ALL), "")

static void the_longest_phrase_wins(void **state)
{
    assert_match("in Serbia today", "RS Serbia");
    assert_match("in Serbia and Montenegro today", "RS Serbia and Montenegro");
    assert_match("in Serbia and elsewhere", "RS Serbia");
    assert_match("United States of America", "US United States of America");
    assert_match("United States of the", "US United States");
    assert_no_match("United Nations");
    assert_no_match("");
}

static void case_and_diacritics_do_not_count(void **state)
{
    assert_match("SERBIA", "RS SERBIA");
    assert_match("Bac", "bac Bac");
    assert_match("COTE D’IVOIRE", "CI COTE D’IVOIRE");
}

static void stems_match_inflected_forms(void **state)
{
    assert_match("u Srbiji", "RS Srbiji");
    assert_match("Srbijo", "RS Srbijo");
    assert_match("Srbijom", "RS Srbijom");
    assert_match("Србијом", "RS Србијом");
    assert_match("октябрь 2017", "10 октябрь");
    assert_match("Belgrads", "belgrade Belgrads");
    assert_match("Srbijabcd", "RS Srbijabcd"); /* four letters more */
}

static void stems_do_not_match_beyond_their_tail(void **state)
{
    assert_no_match("Srbijabcde");
    assert_no_match("Srbi");
    assert_no_match("Srbij2");
    assert_no_match("Serbi");
}

static void an_acronym_is_matched_as_written(void **state)
{
    assert_match("the US government", "US US");
    assert_match("the U.S. government", "US U.S.");
    assert_match("the US's view", "US US");
    assert_match("the PA’s session", "oscepa PA");
    assert_no_match("tell us now");
    assert_no_match("tell Us now");
    assert_no_match("U.S");
    assert_no_match("u.s.");
    assert_no_match("pa");
}

static void a_name_needs_its_capital(void **state)
{
    assert_no_match("serbia");
    assert_no_match("belgrade");
    assert_match("may", "5 may"); /* months are common words */
    assert_match("former Yugoslav Republic of Macedonia",
                 "MK former Yugoslav Republic of Macedonia"); /* small in the table, too */
    assert_match("Former Yugoslav Republic of Macedonia",
                 "MK Former Yugoslav Republic of Macedonia");
}

static void gaps_are_spaces_hyphens_and_slashes(void **state)
{
    assert_match("Conflict Prevention Centre", "cpc Conflict Prevention Centre");
    assert_match("Conflict-Prevention-Centre", "cpc Conflict-Prevention-Centre");
    assert_match("North/Macedonia", "MK North/Macedonia");
    assert_match("North \xC2\xA0 Macedonia", "MK North \xC2\xA0 Macedonia");
    assert_no_match("North, Macedonia");
    assert_no_match("North. Macedonia");
    assert_no_match("North \"Macedonia");
    assert_no_match("North – Macedonia");
    assert_no_match("North\nMacedonia");
    assert_match("Serbia, and Montenegro", "RS Serbia");
}

static void a_gap_that_the_table_has_is_allowed(void **state)
{
    assert_match("in St. Petersburg", "st-petersburg St. Petersburg");
    assert_match("in St Petersburg", "st-petersburg St Petersburg");
    assert_no_match("in St, Petersburg");
    assert_match("Korea, Republic of", "KR Korea, Republic of");
    assert_match("Korea Republic of", "KR Korea Republic of");
    assert_no_match("Korea,\nRepublic of");
}

static void possessives_within_and_after_are_taken(void **state)
{
    assert_match("Prosecutor’s Office", "prosecutor Prosecutor’s Office");
    assert_match("Serbia's", "RS Serbia");
}

static void only_the_tables_asked_for_count(void **state)
{
    assert_str(first_match(*state, "May in Serbia", 1u << OCS_GAZ_COUNTRY), "RS Serbia");
    assert_str(first_match(*state, "May in Serbia", 1u << OCS_GAZ_ORG), "");
    assert_str(first_match(*state, "Montenegro", 1u << OCS_GAZ_PLACE),
               "montenegro-coast Montenegro");
    assert_str(first_match(*state, "Montenegro", 1u << OCS_GAZ_COUNTRY), "ME Montenegro");
}

static void a_hit_lists_all_that_the_words_name(void **state)
{
    fixture *f = *state;
    ocs_str text = OCS_STR("Montenegro Georgia");
    ocs_tokens tokens;
    ocs_gaz_hit hit;
    assert_true(ocs_tokenize(f->arena, text, &tokens));
    assert_true(ocs_gaz_match(&f->gaz, text, tokens, 0, 1u << OCS_GAZ_PLACE, &hit));
    const ocs_gaz_phrase *p = ocs_gaz_hit_next(&f->gaz, &hit, ALL, NULL);
    assert_string_equal(text_of(f, f->gaz.things[p->thing].key), "ME");
    p = ocs_gaz_hit_next(&f->gaz, &hit, ALL, p);
    assert_string_equal(text_of(f, f->gaz.things[p->thing].key), "montenegro-coast");
    assert_null(ocs_gaz_hit_next(&f->gaz, &hit, ALL, p));
    assert_null(ocs_gaz_hit_next(&f->gaz, &hit, 1u << OCS_GAZ_ORG, NULL));
    assert_true(ocs_gaz_match(&f->gaz, text, tokens, 1, ALL, &hit));
    p = ocs_gaz_hit_next(&f->gaz, &hit, ALL, NULL);
    assert_string_equal(text_of(f, f->gaz.things[p->thing].key), "GE");
    assert_true(p->flags & OCS_GAZ_SHARED);
    p = ocs_gaz_hit_next(&f->gaz, &hit, ALL, p);
    assert_string_equal(text_of(f, f->gaz.things[p->thing].key), "XG");
    assert_false(ocs_gaz_match(&f->gaz, text, tokens, 2, ALL, &hit)); /* beyond the end */
}

static void a_phrase_that_does_not_stand_there_is_not_listed(void **state)
{
    fixture *f = *state;
    ocs_str text = OCS_STR("US");
    ocs_tokens tokens;
    ocs_gaz_hit hit;
    assert_true(ocs_tokenize(f->arena, text, &tokens));
    assert_true(ocs_gaz_match(&f->gaz, text, tokens, 0, ALL, &hit));
    const ocs_gaz_phrase *p = ocs_gaz_hit_next(&f->gaz, &hit, ALL, NULL);
    assert_string_equal(text_of(f, p->text), "US"); /* and not "U.S.", which has the same words */
    assert_null(ocs_gaz_hit_next(&f->gaz, &hit, ALL, p));
}

static void assert_finds(void **state, ocs_gaz_table table, const char *text, const char *key)
{
    fixture *f = *state;
    const ocs_gaz_thing *thing = ocs_gaz_find(&f->gaz, table, ocs_str_of(text));
    if (!key)
        assert_null(thing);
    else if (!thing)
        fail_msg("nothing is called '%s'", text);
    else
        assert_string_equal(text_of(f, thing->key), key);
}

static void whole_texts_are_found_by_any_name(void **state)
{
    assert_finds(state, OCS_GAZ_COUNTRY, "serbia", "RS");
    assert_finds(state, OCS_GAZ_COUNTRY, "  SERBIA. ", "RS");
    assert_finds(state, OCS_GAZ_COUNTRY, "srbiju", "RS");
    assert_finds(state, OCS_GAZ_COUNTRY, "us", "US");
    assert_finds(state, OCS_GAZ_COUNTRY, "u.s.", "US");
    assert_finds(state, OCS_GAZ_COUNTRY, "former yugoslav republic of macedonia", "MK");
    assert_finds(state, OCS_GAZ_COUNTRY, "serbian", "RS");
    assert_finds(state, OCS_GAZ_COUNTRY, "cote d ivoire", "CI");
    assert_finds(state, OCS_GAZ_PLACE, "st petersburg", "st-petersburg");
}

static void parts_of_a_text_are_not_found(void **state)
{
    assert_finds(state, OCS_GAZ_COUNTRY, "Serbia today", NULL);
    assert_finds(state, OCS_GAZ_COUNTRY, "in Serbia", NULL);
    assert_finds(state, OCS_GAZ_COUNTRY, "Belgrade", NULL); /* another table */
    assert_finds(state, OCS_GAZ_COUNTRY, "", NULL);
    assert_finds(state, OCS_GAZ_COUNTRY, "...", NULL);
}

static void a_name_wins_over_an_alias(void **state)
{
    assert_finds(state, OCS_GAZ_COUNTRY, "Georgia", "GE");
}

static const char *key_of_any(const fixture *f, unsigned tables, const char *text)
{
    const ocs_gaz_thing *thing = ocs_gaz_find_any(&f->gaz, tables, ocs_str_of(text));
    return thing ? text_of(f, thing->key) : "";
}

static void one_call_finds_in_several_tables(void **state)
{
    const fixture *f = *state;
    const unsigned country = 1u << OCS_GAZ_COUNTRY, org = 1u << OCS_GAZ_ORG,
                   place = 1u << OCS_GAZ_PLACE;
    assert_string_equal(key_of_any(f, country | place, "Belgrade"), "belgrade");
    assert_string_equal(key_of_any(f, country | place, "Srbija"), "RS");
    assert_string_equal(key_of_any(f, country | org, "PA"), "oscepa");
    assert_string_equal(key_of_any(f, country | org, "Belgrade"), ""); /* a table not asked for */
    assert_string_equal(key_of_any(f, 0, "Belgrade"), "");
    /* a name of a place and of a country: the table that comes first */
    assert_string_equal(key_of_any(f, country | place, "Montenegro"), "ME");
    assert_string_equal(key_of_any(f, place, "Montenegro"), "montenegro-coast");
}

static void a_text_of_too_many_words_names_nothing(void **state)
{
    const fixture *f = *state;
    char text[OCS_GAZ_FIND_BYTES + 2];
    for (size_t i = 0; i < sizeof text - 1; i++)
        text[i] = "\xC3\x89 "[i % 3]; /* É: folded, its words take the most memory */
    text[OCS_GAZ_FIND_BYTES] = '\0';
    assert_string_equal(key_of_any(f, ~0u, text), "");
    text[OCS_GAZ_FIND_BYTES] = ' ';
    text[OCS_GAZ_FIND_BYTES + 1] = '\0';
    assert_string_equal(key_of_any(f, ~0u, text), "");
    memset(text, ' ', OCS_GAZ_FIND_BYTES);
    memcpy(text, "Serbia", 6);
    text[OCS_GAZ_FIND_BYTES] = '\0';
    assert_string_equal(key_of_any(f, ~0u, text), "RS");
}

static void things_are_found_by_key(void **state)
{
    fixture *f = *state;
    for (size_t i = 0; i < f->gaz.n_things; i++) {
        const ocs_gaz_thing *thing = &f->gaz.things[i];
        assert_ptr_equal(
            ocs_gaz_by_key(&f->gaz, (ocs_gaz_table)thing->table, ocs_gaz_str(&f->gaz, thing->key)),
            thing);
    }
    assert_null(ocs_gaz_by_key(&f->gaz, OCS_GAZ_COUNTRY, OCS_STR("rs")));
    assert_null(ocs_gaz_by_key(&f->gaz, OCS_GAZ_TOPIC, OCS_STR("RS")));
    const ocs_gaz_thing *city = ocs_gaz_by_key(&f->gaz, OCS_GAZ_PLACE, OCS_STR("belgrade"));
    assert_string_equal(text_of(f, city->name), "Belgrade");
    assert_string_equal(text_of(f, city->class_), "city");
    assert_string_equal(text_of(f, city->country), "RS");
}

/* ---- bad rows ---- */

/* ${rows} as orgs must be refused with ${wanted} in the message. */
static void assert_refused(const char *rows, const char *wanted)
{
    ocs_gaz_builder *builder = ocs_gaz_builder_new();
    ocs_error err = {0};
    ocs_status st = ocs_gaz_builder_add(builder, OCS_GAZ_ORG, "t.tsv", ocs_str_of(rows), &err);
    if (st != OCS_BADINPUT || !strstr(err.text, wanted))
        print_error("%s: '%s' instead of '%s'\n", ocs_status_name(st), err.text, wanted);
    assert_int_equal(st, OCS_BADINPUT);
    assert_int_equal(err.status, OCS_BADINPUT);
    assert_non_null(strstr(err.text, wanted));
    ocs_gaz_builder_free(builder);
}

static void bad_rows_are_refused_with_file_and_line(void **state)
{
    (void)state;
    const char *const good = "a\t-\t-\tname\ten\tAlpha\n";
    char rows[400];
    static const char *const bad[][2] = {
        {"b\t-\t-\tname\ten\n", "t.tsv:2: fewer than 6 columns"},
        {"b -\t-\tname\ten\tBeta\n", "t.tsv:2: fewer"},
        {"b\t-\t-\tname\ten\tBeta\tshared\tmore\n", "t.tsv:2: more than 7"},
        {"b\t-\t-\tname\ten\tBeta\tshard\n", "t.tsv:2: column 7"},
        {"b\t\t-\tname\ten\tBeta\n", "t.tsv:2: column 2 is empty"},
        {"b\t-\t-\tname\ten\tBeta \n", "t.tsv:2: space"},
        {"-\t-\t-\tname\ten\tBeta\n", "t.tsv:2: no key"},
        {"b\t-\t-\tnickname\ten\tBeta\n", "t.tsv:2: unknown kind 'nickname'"},
        {"b\t-\tserbia\tname\ten\tBeta\n", "t.tsv:2: country"},
        {"b\t-\t-\tname\teng\tBeta\n", "t.tsv:2: language"},
        {"b\t-\t-\tname\ten\t...\n", "t.tsv:2: phrase '...' has no words"},
        {"b\t-\t-\tname\ten\tBe\xFFta\n", "t.tsv:2: ill-formed UTF-8"},
        {"b\t-\t-\talias\ten\tBeta\n", "t.tsv:2: the first row of 'b' must be a name"},
        {"b\t-\t-\tname\ten\tBeta*\n", "t.tsv:2: the first row"},
        {"a\t-\t-\talias\ten\talpha\n", "t.tsv:2: 'alpha' is already on line 1"},
        {"a\t-\t-\tacronym\ten\tALPHA\n", "t.tsv:2: 'ALPHA' is already on line 1"},
        {"b\t-\t-\tname\ten\tÁlpha\n", "t.tsv:2: 'Álpha' names 'a' on line 1"},
        {"b\t-\t-\tname\ten\tAlpha\tshared\n", "t.tsv:2: 'Alpha' names 'a'"},
        {"a\t-\t-\talias\ten\tAl*\n", "t.tsv:2: stem 'al*'"},
        {"a\t-\t-\talias\ten\tBeta *\n", "t.tsv:2: a '*'"},
        {"a\t-\t-\talias\ten\t*Beta\n", "t.tsv:2: a '*'"},
        {"a\t-\t-\talias\ten\tBe*ta\n", "t.tsv:2: a '*'"},
        {"a\t-\t-\tacronym\ten\t(AA)\n", "t.tsv:2: acronym"},
        {"a\t-\t-\tacronym\ten\tABC*\n", "t.tsv:2: acronym"},
        {"a\t-\t-\talias\ten\ta b c d e f g h i j k l m n o p q r s t u v w x y\n",
         "t.tsv:2: more than 24 words"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        snprintf(rows, sizeof rows, "%s%s", good, bad[i][0]);
        assert_refused(rows, bad[i][1]);
    }
}

static void all_bad_rows_are_reported(void **state)
{
    (void)state;
    ocs_gaz_builder *builder = ocs_gaz_builder_new();
    ocs_error err = {0};
    const char *rows = "bad\n"
                       "a\t-\t-\tname\ten\tAlpha\n"
                       "bad\n"
                       "b\t-\t-\tname\ten\tbeta*\n";
    assert_int_equal(ocs_gaz_builder_add(builder, OCS_GAZ_ORG, "t", ocs_str_of(rows), &err),
                     OCS_BADINPUT);
    assert_true(strncmp(err.text, "t:1: ", 5) == 0);
    ocs_str all = ocs_gaz_builder_complaints(builder), line;
    const char *const starts[] = {"t:1: ", "t:3: ", "t:4: "};
    for (size_t i = 0; i < 3; i++) {
        assert_true(ocs_str_split(&all, '\n', &line));
        assert_true(ocs_str_starts(line, ocs_str_of(starts[i])));
    }
    ocs_gaz_builder_free(builder);
}

static void country_keys_are_codes(void **state)
{
    (void)state;
    ocs_gaz_builder *builder = ocs_gaz_builder_new();
    ocs_str rows = OCS_STR("Serbia\t-\t-\tname\t-\tSerbia\n");
    assert_int_equal(ocs_gaz_builder_add(builder, OCS_GAZ_COUNTRY, "t", rows, NULL), OCS_BADINPUT);
    ocs_gaz_builder_free(builder);
}

static void a_country_that_is_none_is_refused_at_the_end(void **state)
{
    (void)state;
    fixture f = {.builder = ocs_gaz_builder_new()};
    ocs_error err = {0};
    add(&f, OCS_GAZ_COUNTRY, "GB\tstate\t-\tname\ten\tUnited Kingdom\n");
    add(&f, OCS_GAZ_PLACE,
        "york\tcity\tGB\tname\ten\tYork\n"
        "leeds\tcity\tUK\tname\ten\tLeeds\n");
    assert_int_equal(ocs_gaz_builder_finish(f.builder, &f.gaz, &err), OCS_BADINPUT);
    assert_string_equal(err.text, "places:2: country 'UK' is not among the countries");
    ocs_gaz_builder_free(f.builder);
}

static void the_same_words_have_at_most_so_many_meanings(void **state)
{
    (void)state;
    fixture f = {.builder = ocs_gaz_builder_new()};
    ocs_error err = {0};
    ocs_buf rows;
    ocs_buf_init(&rows, 100000);
    for (int i = 0; i < OCS_GAZ_SAME_MAX; i++)
        ocs_buf_putf(&rows, "%d\t-\t-\tname\t-\tSame\tshared\n", i);
    add(&f, OCS_GAZ_ORG, rows.p);
    assert_int_equal(ocs_gaz_builder_finish(f.builder, &f.gaz, &err), OCS_OK);
    assert_int_equal(f.gaz.phrases[OCS_GAZ_SAME_MAX - 1].next, 0);
    add(&f, OCS_GAZ_TOPIC, "one\t-\t-\tname\t-\tSame\n");
    assert_int_equal(ocs_gaz_builder_finish(f.builder, &f.gaz, &err), OCS_BADINPUT);
    ocs_buf_clear(&rows);
    ocs_gaz_builder_free(f.builder);
}

/* ---- overlays and the written form ---- */

static void tables_lie_over_a_compiled_gazetteer(void **state)
{
    fixture *below = *state;
    fixture f = {.builder = ocs_gaz_builder_new(), .arena = ocs_arena_new(1 << 16)};
    assert_int_equal(ocs_gaz_builder_add_gaz(f.builder, &below->gaz, NULL), OCS_OK);
    add(&f, OCS_GAZ_COUNTRY, "RS\t-\t-\talias\t-\tRascia\n");
    assert_int_equal(ocs_gaz_builder_finish(f.builder, &f.gaz, NULL), OCS_OK);
    assert_int_equal(f.gaz.n_things, below->gaz.n_things);
    assert_int_equal(f.gaz.n_phrases, below->gaz.n_phrases + 1);
    assert_true(f.gaz.version != below->gaz.version);
    assert_str(first_match(&f, "Rascia", ALL), "RS Rascia");
    assert_str(first_match(&f, "Srbijom", ALL), "RS Srbijom");
    assert_str(first_match(&f, "St. Petersburg", ALL), "st-petersburg St. Petersburg");
    assert_str(first_match(&f, "the U.S. of", ALL), "US U.S.");
    assert_string_equal(text_of(&f, ocs_gaz_by_key(&f.gaz, OCS_GAZ_COUNTRY, OCS_STR("RS"))->name),
                        "Serbia");
    ocs_error err = {0};
    ocs_str again = OCS_STR("RS\t-\t-\talias\t-\tserbia\n");
    assert_int_equal(ocs_gaz_builder_add(f.builder, OCS_GAZ_COUNTRY, "u", again, &err),
                     OCS_BADINPUT);
    assert_string_equal(err.text, "u:1: 'serbia' is already in the built-in tables");
    ocs_gaz_builder_free(f.builder);
    ocs_arena_free(f.arena);
}

static void a_changed_table_changes_the_version(void **state)
{
    (void)state;
    uint64_t versions[3];
    const char *const rows[] = {"a\t-\t-\tname\t-\tAlpha\n", "a\t-\t-\tname\t-\tAlpha\n",
                                "a\t-\t-\tname\t-\tAlfa\n"};
    for (size_t i = 0; i < 3; i++) {
        fixture f = {.builder = ocs_gaz_builder_new()};
        add(&f, OCS_GAZ_ORG, rows[i]);
        assert_int_equal(ocs_gaz_builder_finish(f.builder, &f.gaz, NULL), OCS_OK);
        versions[i] = f.gaz.version;
        ocs_gaz_builder_free(f.builder);
    }
    assert_true(versions[0] == versions[1] && versions[0] != versions[2]);
}

static void an_empty_gazetteer_matches_nothing(void **state)
{
    (void)state;
    fixture f = {.builder = ocs_gaz_builder_new(), .arena = ocs_arena_new(1 << 16)};
    assert_int_equal(ocs_gaz_builder_finish(f.builder, &f.gaz, NULL), OCS_OK);
    assert_str(first_match(&f, "Serbia", ALL), "");
    assert_null(ocs_gaz_find(&f.gaz, OCS_GAZ_ORG, OCS_STR("x")));
    assert_null(ocs_gaz_by_key(&f.gaz, OCS_GAZ_ORG, OCS_STR("x")));
    ocs_gaz_builder_free(f.builder);
    ocs_arena_free(f.arena);
}

static void a_block_takes_a_name_away(void **state)
{
    const fixture *f = *state;
    fixture over = {.builder = ocs_gaz_builder_new(), .arena = ocs_arena_new(1 << 16)};
    assert_int_equal(ocs_gaz_builder_add_gaz(over.builder, &f->gaz, NULL), OCS_OK);
    add(&over, OCS_GAZ_PLACE, "montenegro-coast\t-\t-\tblock\t-\tMontenegro\n");
    add(&over, OCS_GAZ_COUNTRY, "RS\t-\t-\tblock\t-\tSerbian\nMK\t-\t-\tdemonym\t-\tSerbian\n");
    assert_int_equal(ocs_gaz_builder_finish(over.builder, &over.gaz, NULL), OCS_OK);
    assert_null(ocs_gaz_find(&over.gaz, OCS_GAZ_PLACE, OCS_STR("Montenegro")));
    assert_string_equal(key_of_any(&over, 1u << OCS_GAZ_COUNTRY, "Montenegro"), "ME");
    assert_string_equal(key_of_any(&over, 1u << OCS_GAZ_COUNTRY, "Serbian"), "MK"); /* free again */
    assert_string_equal(key_of_any(&over, 1u << OCS_GAZ_COUNTRY, "Serbia"), "RS");
    assert_true(over.gaz.version != f->gaz.version);
    ocs_error err = {0};
    assert_int_equal(ocs_gaz_builder_add(over.builder, OCS_GAZ_COUNTRY, "mine.tsv",
                                         OCS_STR("\nRS\t-\t-\tblock\t-\tSerbian\n"), &err),
                     OCS_BADINPUT);
    assert_non_null(strstr(err.text, "mine.tsv:2: 'Serbian' does not name 'RS'"));
    ocs_gaz_builder_free(over.builder);
    ocs_arena_free(over.arena);
}

static void texts_are_written_byte_by_byte(void **state)
{
    (void)state;
    fixture f = {.builder = ocs_gaz_builder_new()};
    add(&f, OCS_GAZ_ORG, "a\t-\t-\tname\t-\tBač1 \"x\" \\ ?\?/\n");
    assert_int_equal(ocs_gaz_builder_finish(f.builder, &f.gaz, NULL), OCS_OK);
    char *source = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&source, &n);
    assert_int_equal(ocs_gaz_write_c(&f.gaz, out, NULL), OCS_OK);
    fclose(out);
    assert_non_null(strstr(source, "66,97,'\\304','\\215',49,32,34,120,34,32,92,32,63,63,47,0,"));
    free(source);
    ocs_gaz_builder_free(f.builder);
}

static void a_city_has_people_and_a_place_on_the_map(void **state)
{
    (void)state;
    fixture f = {.builder = ocs_gaz_builder_new()};
    add(&f, OCS_GAZ_CITY,
        "lima\tcity\t-\tname\t-\tLima\tshared\t7737002\t-12.04\t-77.03\n"
        "lima-us\tcity\t-\tname\t-\tLima\tshared\t37149\t40.7\t-84\n"
        "lima-us\t-\t-\talias\t-\tLima Ohio\n");
    assert_int_equal(ocs_gaz_builder_finish(f.builder, &f.gaz, NULL), OCS_OK);
    const ocs_gaz_thing *city = ocs_gaz_find(&f.gaz, OCS_GAZ_CITY, OCS_STR("lima"));
    assert_string_equal(text_of(&f, city->key), "lima"); /* the larger one */
    assert_int_equal(city->people, 7737002);
    assert_int_equal(city->lat, -1204);
    assert_int_equal(city->lon, -7703);
    city = ocs_gaz_find(&f.gaz, OCS_GAZ_CITY, OCS_STR("Lima, Ohio"));
    assert_int_equal(city->lat, 4070);
    assert_int_equal(city->lon, -8400);
    ocs_gaz_builder_free(f.builder);
}

static void bad_numbers_of_a_city_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "-\tmany\t1\t1",    "-\t9999999999\t1\t1", "-\t-1\t1\t1",     "-\t1\t91\t1",
        "-\t1\t1\t-180.01", "-\t1\t1.234\t1",      "-\t1\t1.\t1.2.3", "-\t1\t-\t1",
        "-\t1\t1",          "no\t1\t1\t1",         "-\t1\t1\t1\t1",   "-\t1\t1e2\t1",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ocs_gaz_builder *builder = ocs_gaz_builder_new();
        char row[200];
        ocs_error err = {0};
        snprintf(row, sizeof row, "x\tcity\t-\tname\t-\tX\t%s\n", bad[i]);
        assert_int_equal(ocs_gaz_builder_add(builder, OCS_GAZ_CITY, "t.tsv", ocs_str_of(row), &err),
                         OCS_BADINPUT);
        assert_non_null(strstr(err.text, "t.tsv:1: "));
        ocs_gaz_builder_free(builder);
    }
}

static void a_full_disk_is_told(void **state)
{
    fixture *f = *state;
    FILE *full = fopen("/dev/full", "w");
    if (!full)
        skip();
    ocs_error err = {0};
    assert_int_equal(ocs_gaz_write_c(&f->gaz, full, &err), OCS_IO);
    assert_int_equal(err.status, OCS_IO);
    fclose(full);
}

#define with_gaz(test) cmocka_unit_test_setup_teardown(test, make_fixture, drop_fixture)

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_gaz(the_longest_phrase_wins),
        with_gaz(case_and_diacritics_do_not_count),
        with_gaz(stems_match_inflected_forms),
        with_gaz(stems_do_not_match_beyond_their_tail),
        with_gaz(an_acronym_is_matched_as_written),
        with_gaz(a_name_needs_its_capital),
        with_gaz(gaps_are_spaces_hyphens_and_slashes),
        with_gaz(a_gap_that_the_table_has_is_allowed),
        with_gaz(possessives_within_and_after_are_taken),
        with_gaz(only_the_tables_asked_for_count),
        with_gaz(a_hit_lists_all_that_the_words_name),
        with_gaz(a_phrase_that_does_not_stand_there_is_not_listed),
        with_gaz(whole_texts_are_found_by_any_name),
        with_gaz(parts_of_a_text_are_not_found),
        with_gaz(a_name_wins_over_an_alias),
        with_gaz(one_call_finds_in_several_tables),
        with_gaz(a_text_of_too_many_words_names_nothing),
        with_gaz(things_are_found_by_key),
        cmocka_unit_test(bad_rows_are_refused_with_file_and_line),
        cmocka_unit_test(all_bad_rows_are_reported),
        cmocka_unit_test(country_keys_are_codes),
        cmocka_unit_test(a_country_that_is_none_is_refused_at_the_end),
        cmocka_unit_test(the_same_words_have_at_most_so_many_meanings),
        with_gaz(tables_lie_over_a_compiled_gazetteer),
        cmocka_unit_test(a_changed_table_changes_the_version),
        cmocka_unit_test(an_empty_gazetteer_matches_nothing),
        with_gaz(a_block_takes_a_name_away),
        cmocka_unit_test(a_city_has_people_and_a_place_on_the_map),
        cmocka_unit_test(bad_numbers_of_a_city_are_refused),
        cmocka_unit_test(texts_are_written_byte_by_byte),
        with_gaz(a_full_disk_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
