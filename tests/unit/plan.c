/* Tree to Xapian query, proved on an index of hand-made documents: what is found, what was put in
 * place of what, and what is refused. */
#include "tests/unit/query_fixture.h"

static void assert_query(void **state, const char *query, const char *wanted)
{
    house *h = *state;
    ocs_plan plan;
    ocs_buf text;
    ocs_buf_init(&text, 10000);
    plan_of(h, query, &plan);
    MUST(h, xap_query_describe(plan.query, &text, &h->err));
    assert_str(ocs_buf_str(&text), wanted);
    ocs_buf_clear(&text);
    ocs_plan_clear(&plan);
}

/* ---- words ---- */

static void words_are_found_by_stem_and_spelling(void **state)
{
    assert_finds(state, "organized", "12");
    assert_finds(state, "organised", "12");
    assert_finds(state, "organizing", "12");
    assert_finds(state, "labor", "2");
    assert_finds(state, "labour", "2");
    assert_finds(state, "test", "4");
    assert_finds(state, "nonesuch", "");
}

static void words_side_by_side_must_both_stand(void **state)
{
    assert_finds(state, "organized crime", "12");
    assert_finds(state, "organized labour", "2");
    assert_finds(state, "organized nonesuch", "");
}

static void hyphens_quotes_and_diacritics_agree(void **state)
{
    assert_finds(state, "cooperation", "1");
    assert_finds(state, "co-operation", "1");
    assert_finds(state, "co\xE2\x80\x91operation", "1");
    assert_finds(state, "cross-border", "1");
    assert_finds(state, "\"cross border\"", "1");
    assert_finds(state, "border-cross", "");
    assert_finds(state, "stojanovic", "1");
    assert_finds(state, "Stojanovi\xC4\x87", "1");
    assert_finds(state, "\xE2\x80\x9Corganised crime\xE2\x80\x9D", "1");
}

static void a_cyrillic_word_is_stemmed_as_russian(void **state)
{
    assert_finds(state,
                 "\xD0\xBF\xD1\x80\xD0\xB5\xD1\x81\xD1\x82\xD1\x83\xD0\xBF\xD0\xBD\xD0\xBE"
                 "\xD1\x81\xD1\x82\xD0\xB8",
                 "3");
}

static void phrases_stand_word_by_word(void **state)
{
    assert_finds(state, "\"organized crime\"", "1");
    assert_finds(state, "\"crime organized\"", "");
    assert_finds(state, "\"border threat Kurz\"", "1");
    assert_finds(state, "\"Belgrade Austrian\"", "1");
    assert_finds(state, "\"2018 the cooperation\"", ""); /* over the end of a paragraph */
}

static void exact_words_are_not_stemmed(void **state)
{
    assert_finds(state, "=organised", "2");
    assert_finds(state, "=organized", "12"); /* the canonical spelling stands for both */
    assert_finds(state, "=test", "");
    assert_finds(state, "=testing", "4");
}

static void a_word_is_stemmed_in_its_own_script(void **state)
{
    assert_query(state, "crimes", "Query(Zcrime)");
    assert_query(state, "\xD0\xBC\xD0\xB8\xD1\x80\xD0\xB0",
                 "Query((Z\xD0\xBC\xD0\xB8\xD1\x80 SYNONYM Z\xD0\xBC\xD0\xB8\xD1\x80\xD0\xB0))");
}

static void wildcards_complete_words(void **state)
{
    assert_finds(state, "organi*", "12");
    assert_finds(state, "te?t*", "4");
    assert_finds(state, "te?ts", "4");
    assert_finds(state, "te??", "");
}

static void operators_combine(void **state)
{
    assert_finds(state, "crime OR texts", "124");
    assert_finds(state, "crime -labour", "1");
    assert_finds(state, "-crime", "34");
    assert_finds(state, "-crime -texts", "3");
    assert_finds(state, "NOT (crime OR texts)", "3");
    assert_finds(state, "(crime OR texts) -(labour OR threat)", "4");
    assert_finds(state, "texts OR -crime", "34");
    assert_finds(state, "", "1234");
}

/* ---- nearness ---- */

/* "organized crime is a cross-border threat": five words from crime to threat. */
static void near_counts_the_words(void **state)
{
    assert_finds(state, "crime NEAR/5 threat", "1");
    assert_finds(state, "threat NEAR/5 crime", "1");
    assert_finds(state, "crime NEAR/4 threat", "");
    assert_finds(state, "crime ADJ/5 threat", "1");
    assert_finds(state, "threat ADJ/5 crime", "");
    assert_finds(state, "organized ADJ crime", "1");
    assert_finds(state, "organized ADJ crime ADJ is", "1");
    assert_finds(state, "(nonesuch OR organi*) NEAR/1 crime", "1");
    assert_finds(state, "nonesuch NEAR/3 crime", "");
}

static void entities_stand_near_words(void **state)
{
    assert_finds(state, "said NEAR/3 person:kurz", "1");
    assert_finds(state, "person:* NEAR/2 said", "1");
    assert_finds(state, "person:\"Sebastian Kurz\" NEAR/2 minister", "1");
    assert_finds(state, "visit NEAR/4 on:2018", "1");
    assert_finds(state, "on:* NEAR/20 Skopje", "2");
    assert_finds(state, "role:minister NEAR/3 kurz", "1");
}

/* ---- entities ---- */

static void people_are_found_by_name_and_part(void **state)
{
    assert_finds(state, "person:kurz", "124");
    assert_finds(state, "person:Stojanovic", "1");
    assert_finds(state, "person:stoj*", "1");
    assert_finds(state, "person:\"Maria Kurz\"", "2");
    assert_finds(state, "person:\"Sebastian Kurz\"", "1"); /* a key of its own, so no other */
    assert_finds(state, "person:*", "124");
    assert_finds(state, "person:nobody", "");
    assert_finds(state, "person:\"Nemo Nobody\"", "");
    assert_finds(state, "person:crime", "");
}

static void assert_expansion(void **state, const char *query, const char *wanted)
{
    house *h = *state;
    ocs_plan plan;
    ocs_buf list;
    ocs_buf_init(&list, 10000);
    plan_of(h, query, &plan);
    for (size_t i = 0; i < plan.n_expansions; i++)
        ocs_buf_putf(&list, "%s%.*s=%.*s", i > 0 ? "|" : "", OCS_ARG(plan.expansions[i].from),
                     OCS_ARG(plan.expansions[i].to));
    assert_str(ocs_buf_str(&list), wanted);
    ocs_buf_clear(&list);
    ocs_plan_clear(&plan);
}

static void a_name_is_completed_and_that_is_told(void **state)
{
    assert_finds(state, "person:\"Kurz Maria\"", "24");
    assert_expansion(state, "person:\"Kurz Maria\"",
                     "person:\"Kurz Maria\"=maria-kurz|person:\"Kurz Maria\"=sebastian-maria-kurz");
    assert_expansion(state, "person:\"Nemo Nobody\"", "person:\"Nemo Nobody\"=nothing");
    assert_expansion(state, "person:kurz",
                     "person:kurz=alexander-kurz|person:kurz=maria-kurz|"
                     "person:kurz=sebastian-kurz|person:kurz=sebastian-maria-kurz");
    assert_expansion(state, "kind:press", "kind:press=press-release");
    assert_expansion(state, "kind:press-release", "");
    assert_expansion(state, "source:mission", "source:mission=osce-mission-to-serbia");
    assert_finds(state, "person:ana-stoj*", "1");
}

static void spellings_that_were_changed_are_told(void **state)
{
    assert_expansion(state, "organised crime", "organised=organized");
    assert_expansion(state, "country:Serbia", "country:Serbia=RS");
    assert_expansion(state, "country:RS", "");
    assert_expansion(state, "org:ODIHR",
                     "org:ODIHR=Office for Democratic Institutions and Human "
                     "Rights");
}

static void countries_are_found_by_any_name(void **state)
{
    assert_finds(state, "country:RS", "1");
    assert_finds(state, "country:rs", "1");
    assert_finds(state, "country:Serbia", "1");
    assert_finds(state, "country:serbian", "1");
    assert_finds(state, "country:MK", "2");
    assert_finds(state, "country:Macedonia", "2");
    assert_finds(state, "country:\"North Macedonia\"", "2");
    assert_finds(state, "country:Serb*", "1");
    assert_finds(state, "country:*", "12");
    assert_finds(state, "country:AL", "");
}

static void organisations_and_places_are_found_by_the_gazetteer(void **state)
{
    assert_finds(state, "org:ODIHR", "2");
    assert_finds(state, "org:\"Warsaw Office of the OSCE\"", "2");
    assert_finds(state, "org:democratic", "2");
    assert_finds(state, "org:\"democratic institutions\"", "");
    assert_finds(state, "place:Belgrade", "1");
    assert_finds(state, "place:Beograd", "1");
    assert_finds(state, "place:belg*", "1");
    assert_finds(state, "place:*", "1");
}

static void roles_are_found_by_their_words(void **state)
{
    assert_finds(state, "role:minister", "1");
    assert_finds(state, "role:\"foreign minister\"", "1");
    assert_finds(state, "role:\"head of mission\"", "2");
    assert_finds(state, "role:head-min*", "");
    assert_finds(state, "role:head-elec*", "2");
    assert_finds(state, "role:*", "12");
    assert_finds(state, "role:crime", "");
}

/* ---- filters ---- */

static void labels_are_found_by_name_and_words(void **state)
{
    assert_finds(state, "kind:\"press release\"", "1");
    assert_finds(state, "kind:\"press releases\"", "1");
    assert_finds(state, "kind:release", "1");
    assert_finds(state, "kind:*", "123");
    assert_finds(state, "topic:policing", "1");
    assert_finds(state, "topic:polic*", "1");
    assert_finds(state, "source:\"Mission to Serbia\"", "1");
    assert_finds(state, "source:ODIHR", "2");
    assert_finds(state, "lang:ru", "3");
    assert_finds(state, "lang:English", "12");
    assert_finds(state, "lang:*", "123");
}

static void titles_are_searched_alone(void **state)
{
    assert_finds(state, "title:belgrade", "1");
    assert_finds(state, "title:elections", "2");
    assert_finds(state, "title:crime", "");
    assert_finds(state, "title:\"election report\"", "2");
    assert_finds(state, "title:(belgrade OR report)", "12");
    assert_finds(state, "title:=elections", "");
    assert_finds(state, "title:elec*", "2");
    assert_finds(state, "title:(visits NEAR/2 chairperson)", "1");
}

static void ids_and_paths_are_found(void **state)
{
    char query[64], id[17];
    ocs_document_id(OCS_STR("/pages/ru/3.html"), id);
    snprintf(query, sizeof query, "id:%s", id);
    assert_finds(state, query, "3");
    snprintf(query, sizeof query, "id:%.8s*", id);
    assert_finds(state, query, "3");
    assert_finds(state, "path:/pages/serbia", "12");
    assert_finds(state, "path:/pages/serbia/", "12");
    assert_finds(state, "path:/pages/./ru/../serbia//2.html", "2");
    assert_finds(state, "path:/pages/s*", "12");
    assert_finds(state, "path:pages", "");
}

static void a_relative_path_starts_where_we_are(void **state)
{
    char here[4096];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir("/"), 0);
    assert_finds(state, "path:pages/ru", "3");
    assert_int_equal(chdir(here), 0);
}

static void published_dates_filter_by_their_precision(void **state)
{
    assert_finds(state, "date:2017", "1");
    assert_finds(state, "date:2017-02", "1");
    assert_finds(state, "date:2017-02-13", "1");
    assert_finds(state, "date:2017-02-14", "");
    assert_finds(state, "date:2016..2018", "123");
    assert_finds(state, "date:2016-11..2017-02-13", "12");
    assert_finds(state, "date:2016-11-02..2017", "1"); /* not all of that November */
    assert_finds(state, "date:2016..2018-06", "12");   /* not all of 2018 */
    assert_finds(state, "date:2017..", "13");
    assert_finds(state, "date:..2016", "2");
    assert_finds(state, "date:0001..9999", "123");
    assert_finds(state, "date:*", "123");
    assert_finds(state, "-date:*", "4");
}

static void dates_in_the_text_are_found(void **state)
{
    assert_finds(state, "on:2018-06-30", "1");
    assert_finds(state, "on:2018-06", "1");
    assert_finds(state, "on:2018..", "1");
    assert_finds(state, "on:2014", "4");
    assert_finds(state, "on:2014-06-02", "");
    assert_finds(state, "on:..2015", "4");
    assert_finds(state, "on:--12-06", "2");
    assert_finds(state, "on:*", "124");
}

/* ---- queries as they are ---- */

static void ranges_are_taken_in_the_largest_pieces(void **state)
{
    assert_query(state, "date:2016..2017", "Query(0 * (DY2016 SYNONYM DY2017))");
    assert_query(state, "date:2016-11..2017",
                 "Query(0 * (DM2016-11 SYNONYM DM2016-12 SYNONYM DY2017))");
    assert_query(state, "date:2017-01-30..2017-02-02",
                 "Query(0 * (DD2017-01-30 SYNONYM DD2017-01-31 SYNONYM DD2017-02-01 SYNONYM "
                 "DD2017-02-02))");
    assert_query(state, "date:2017-02-27..2017-03",
                 "Query(0 * (DD2017-02-27 SYNONYM DD2017-02-28 "
                 "SYNONYM DM2017-03))");
    assert_query(state, "date:1990", "Query()");
}

static void filters_give_no_score(void **state)
{
    assert_query(state, "=crime date:2017", "Query((crime FILTER DY2017))");
    assert_query(state, "=crime OR lang:en", "Query((crime OR 0 * Len))");
    assert_query(state, "person:stojanovic", "Query(XP~stojanovic)"); /* which is counted */
    assert_query(state, "place:belgr*",
                 "Query((XL~belgrade OR XL=belgrade))"); /* keys give the score */
    assert_query(state, "lang:en -=crime", "Query(0 * (0 * Len AND_NOT crime))");
}

/* The index has no word of a name in another language: the tables lead from it to the key. */
static void other_names_are_found_by_the_key(void **state)
{
    assert_query(state, "place:belgradu", "Query((XL=belgrade OR XL~belgradu))");
    assert_query(state, "place:BELGRAD", "Query((XL=belgrade OR XL~belgrad))");
    assert_query(state, "place:beogr*", "Query(0 * XL=belgrade)");
    assert_query(state, "place:be?grad", "Query(0 * XL=belgrade)");
    assert_query(state, "place:beograt~1", "Query(0 * XL=belgrade)");
    assert_query(state, "org:beograd", "Query(XO~beograd)"); /* another field */
    assert_query(state, "place:nandorfehervar", "Query((XL=belgrade OR XL~nandorfehervar))");
}

/* ---- spellings and aliases ---- */

static void people_are_found_in_any_spelling_and_script(void **state)
{
    assert_finds(state, "person:Стојановић", "1");
    assert_finds(state, "person:\"Ана Стојановић\"", "1");
    assert_finds(state, "person:Stoyanovich", "1");
    assert_finds(state, "person:Петров", "2");
    assert_finds(state, "person:\"Иван Петров\"", "2");
    assert_finds(state, "person:\"Петров Иван\"", "2");
    assert_finds(state, "person:Петр*", "2");
    assert_finds(state, "person:Петрова", "");
    assert_finds(state, "place:Београд", "1");
    assert_finds(state, "person:\"Александр Курц\"", ""); /* German names are not guessed */
    assert_finds(state, "person:\"Aleksandr Kurz\"", "4");
}

static void assert_finds_by(void **state, const char *rules, const char *query, const char *wanted)
{
    house *h = *state;
    ocs_aliases *aliases;
    MUST(h, ocs_aliases_parse("f", ocs_str_of(rules), &aliases, &h->err));
    ocs_index_set_aliases(h->index, aliases);
    assert_finds(state, query, wanted);
    ocs_index_set_aliases(h->index, NULL);
    ocs_aliases_free(aliases);
}

static void a_merged_name_brings_all_of_its_names(void **state)
{
    const char *rules = "merge person: Maria Kurz = Ana Stojanovic; Nobody";
    assert_finds_by(state, rules, "person:\"Maria Kurz\"", "12");
    assert_finds_by(state, rules, "person:\"Ana Stojanovic\"", "12");
    assert_finds_by(state, rules, "person:Stojanovic", "12");
    assert_finds_by(state, rules, "person:Nobody", "12");
    assert_finds_by(state, rules, "person:Стојановић", "12");
    assert_finds_by(state, rules, "person:stoj*", "12");
    assert_finds_by(state, rules, "person:\"Sebastian Kurz\"", "1"); /* shares a word only */
    assert_finds_by(state, rules, "said NEAR/30 person:\"Ivan Petrov\"", "");
    assert_finds_by(state, "merge org: ODIHR = Ana Stojanovic", "person:Stojanovic", "1");
}

static void a_shown_name_finds_the_renamed(void **state)
{
    const char *rules = "rename person: Ivan Petrov = The Minister of Tests";
    assert_finds_by(state, rules, "person:\"the minister of tests\"", "2");
    assert_finds_by(state, rules, "person:tests", "2");
    assert_finds_by(state, rules, "person:Petrov", "2");
}

static void a_split_name_is_found_where_its_condition_holds(void **state)
{
    const char *rules =
        "split person: Maria Kurz = Maria Kurz of Tests when path /pages/serbia\n"
        "split person: Sebastian Kurz = Sebastian the First when word cross-border threat\n"
        "split person: Alexander Kurz = Sasha when word nothing of it\n"
        "split person: Alexander Kurz = Alex when path /\n"
        "split person: Alexander Kurz = Lex when path /pages\n";
    assert_finds_by(state, rules, "person:\"Maria Kurz of Tests\"", "2");
    assert_finds_by(state, rules, "person:\"Maria Kurz\"", "");
    assert_finds_by(state, rules, "person:Tests", "2");
    assert_finds_by(state, rules, "person:\"Sebastian the First\"", "1");
    assert_finds_by(state, rules, "person:\"Sebastian Kurz\"", "");
    assert_finds_by(state, rules, "person:\"Sebastian Maria Kurz\"", "4");
    assert_finds_by(state, rules, "person:Sasha", "");
    assert_finds_by(state, rules, "person:Alex", "4");
    assert_finds_by(state, rules, "person:Lex", ""); /* an earlier rule has it */
    assert_finds_by(state, rules, "person:kurz", "124");
    assert_finds_by(state, "split place: Belgrade = Old Belgrade when id 0123456789abcdef",
                    "place:Belgrade", "1");
}

static void what_is_blocked_is_not_found(void **state)
{
    assert_finds_by(state, "block person: Sebastian Kurz", "person:kurz", "24");
    assert_finds_by(state, "block person: Sebastian Kurz", "person:kur*", "24");
    assert_finds_by(state, "block person: Sebastian Kurz", "person:\"Sebastian Kurz\"", "");
    assert_finds_by(state, "block person: Sebastian Kurz", "said NEAR/5 person:kurz", "");
    assert_finds_by(state, "block org: Sebastian Kurz", "person:kurz", "124");
    assert_finds_by(state, "block place: Beograd", "place:Belgrade", "");
    assert_finds_by(state, "block place: Belgrade", "place:Beograd", "");
}

/* ---- marks and errors ---- */

static void assert_marks(void **state, const char *query, const char *wanted)
{
    house *h = *state;
    ocs_plan plan;
    ocs_buf list;
    ocs_buf_init(&list, 10000);
    plan_of(h, query, &plan);
    for (size_t i = 0; i < plan.n_marks; i++)
        ocs_buf_putf(&list, "%s%.*s", i > 0 ? "|" : "", OCS_ARG(plan.marks[i]));
    assert_str(ocs_buf_str(&list), wanted);
    ocs_buf_clear(&list);
    ocs_plan_clear(&plan);
}

static void what_is_asked_for_is_marked(void **state)
{
    assert_marks(state, "organised", "Zorgan|Zorganized");
    assert_marks(state, "\"organised crime\" =test", "organized crime|test");
    assert_marks(state, "pol* te?t", "pol*|te?t");
    assert_marks(state, "person:kurz country:Serbia on:2018", "XP~kurz|XC=RS|XDY2018");
    assert_marks(state, "person:* -crime -(a OR person:kurz)", "XP*");
    assert_marks(state, "date:2017 lang:en title:crime kind:*", "");
    assert_marks(state, "person:Стојановић", "XP~стојановић|XP~stojanovic");
}

static void assert_refused(void **state, const char *query, long at, const char *message)
{
    house *h = *state;
    ocs_node *tree;
    ocs_plan plan;
    MUST(h, ocs_query_parse(ocs_str_of(query), h->arena, &tree, &h->err));
    assert_int_equal(ocs_query_plan(tree, h->index, h->arena, &plan, &h->err), OCS_USAGE);
    assert_string_equal(h->err.text, message);
    assert_int_equal(h->err.at, at);
    assert_null(plan.query);
}

static void what_cannot_be_planned_is_refused_with_its_place(void **state)
{
    assert_refused(state, "a country:Atlantis", 10, "no country is called 'Atlantis'");
    assert_refused(state, "lang:martian", 5,
                   "no language is called 'martian': write a code such as en");
    assert_refused(state, "title:(crime NEAR \"organized crime\")", 18,
                   "a phrase cannot stand in NEAR within a title");
}

enum { TOO_MANY_WORDS = 5001 };

static void add_page_of_words(house *h)
{
    char path[512];
    ocs_buf text;
    xap_writer *writer;
    ocs_document document;
    ocs_record record;
    ocs_stemmers *stemmers = ocs_stemmers_new();
    assert_non_null(stemmers);
    ocs_buf_init(&text, 1 << 20);
    for (int i = 0; i < TOO_MANY_WORDS; i++)
        ocs_buf_putf(&text, "%swild%04d", i > 0 ? " " : "", i);
    snprintf(path, sizeof path, "%s/gen-000001", h->dir);
    const sample page = {.path = "/pages/words", .text = text.p};
    sample_document(h, &page, &document);
    MUST(h, ocs_record_make(&document, stemmers, h->arena, &record, &h->err));
    MUST(h, xap_writer_open(path, XAP_OPEN_EXISTING, &writer, &h->err));
    add_record(h, writer, &record);
    MUST(h, xap_writer_commit(writer, &h->err));
    MUST(h, xap_writer_close(writer, &h->err));
    MUST(h, ocs_index_reopen(h->index, &h->err));
    ocs_stemmers_free(stemmers);
    ocs_buf_clear(&text);
}

static void a_wildcard_for_too_many_words_is_refused(void **state)
{
    const char *message = "this stands for more than 5000 words or names: write more of it";
    add_page_of_words(*state);
    assert_refused(state, "a wild*", 2, message);
    assert_refused(state, "a NEAR wild*", 7, message);
    assert_refused(state, "title:x wi?d*", 8, message);
    assert_finds(state, "wild0* NEAR/1 wild1000", "5");
    assert_finds(state, "wild00* wild1*", "5");
}

/* "organized crime is a cross-border threat. Kurz's visit": distances count from the last word of
 * one operand to the first of the next. */
static void phrases_stand_near(void **state)
{
    assert_finds(state, "\"organized crime\" NEAR/5 threat", "1");
    assert_finds(state, "\"organized crime\" NEAR/4 threat", "");
    assert_finds(state, "threat NEAR/5 \"organized crime\"", "1");
    assert_finds(state, "\"organized crime\" ADJ/3 cross-border", "1");
    assert_finds(state, "\"organized crime\" ADJ/2 cross-border", "");
    assert_finds(state, "cross-border ADJ/9 \"organized crime\"", "");
    assert_finds(state, "cross-border ADJ/2 person:kurz", "1");
    assert_finds(state, "(labour OR \"organi* crime\") NEAR/9 (threat OR groups)", "12");
    assert_finds(state, "role:\"foreign minister\" NEAR/3 person:kurz", "1");
    assert_finds(state, "person:*@country:AT NEAR/8 crime", "1");
    assert_finds(state, "person:*@org:* NEAR/8 crime", "");
    assert_finds(state, "-(\"organized crime\" NEAR/5 threat) crime", "2");
    assert_finds(state, "\"nonesuch crime\" NEAR threat", "");
}

/* ---- wildcards and fuzzy words ---- */

static void stars_stand_for_letters_within_words(void **state)
{
    assert_finds(state, "or*ed", "12");
    assert_finds(state, "or*z*", "12");
    assert_finds(state, "or*x", "");
    assert_finds(state, "person:s*vic", "1");
    assert_finds(state, "person:st?janovic", "1");
    assert_finds(state, "person:\"Seb* Kurz\"", "14");
    assert_finds(state, "person:\"Seb* Ku?z\" person:alex*der", "4");
    assert_finds(state, "country:s*bia", "1");
    assert_finds(state, "kind:p*s", "1");
    assert_finds(state, "role:mini*er", "1");
    assert_finds(state, "te*ng NEAR/2 texts", "4");
}

static void phrases_hold_wildcards(void **state)
{
    assert_finds(state, "\"organi* crime\"", "1");
    assert_finds(state, "\"organ?zed cri*\"", "1");
    assert_finds(state, "\"crime organi*\"", "");
    assert_finds(state, "\"nonesuch* crime\"", "");
    assert_finds(state, "cross-bo*", "1");
    assert_finds(state, "title:\"visits Bel*\"", "1");
}

static void fuzzy_words_are_near(void **state)
{
    assert_finds(state, "crimes~1", "12");
    assert_finds(state, "cirme~1", "12");
    assert_finds(state, "grime~1", ""); /* a word's first letter must be right */
    assert_finds(state, "theraet~2", "1");
    assert_finds(state, "theraet~1", "");
    assert_finds(state, "belgrad~1 NEAR/2 visits", "1");
    assert_finds(state, "title:visit~1", "1");
    assert_finds(state, "person:kurtz~1", "124");
    assert_finds(state, "person:turz~1", "124"); /* but not that of a name */
    assert_finds(state, "person:\"Sebastan Kurtz\"~1", "14");
    assert_finds(state, "person:\"Sebastan Kurtz\"", "");
    assert_finds(state, "country:serbja~1", "1");
    assert_finds(state, "role:ministre~1", "1");
    assert_finds(state, "kind:pess~1", "1");
}

static void fuzzy_words_are_told(void **state)
{
    house *h = *state;
    ocs_plan plan;
    plan_of(h, "person:petrof~1 cirme~1", &plan);
    assert_int_equal(plan.n_expansions, 3);
    assert_str(plan.expansions[0].from, "person:petrof~1");
    assert_str(plan.expansions[0].to, "petrov");
    assert_str(plan.expansions[1].to, "ivan-petrov");
    assert_str(plan.expansions[2].to, "crime");
    ocs_plan_clear(&plan);
}

/* ---- acronyms and what is left away ---- */

static void acronyms_and_full_names_find_each_other(void **state)
{
    const char *full = "Office for Democratic Institutions and Human Rights";
    char text[256];
    snprintf(text, sizeof text, "\"%s\"=ODIHR", full);
    assert_expansion(state, "\"Office for Democratic Institutions and Human Rights\"", text);
    snprintf(text, sizeof text, "ODIHR=%s", full);
    assert_expansion(state, "ODIHR", text);
    assert_expansion(state, "odihr", "");
    assert_expansion(state, "=ODIHR", "");
    assert_expansion(state, "NATO CRIME", "NATO=North Atlantic Treaty Organization");
    assert_expansion(state, "\"Human Rights\"", "");
}

static void what_is_left_away_is_not_searched(void **state)
{
    house *h = *state;
    ocs_plan_options options = {.without = OCS_EXPAND_ACRONYM};
    ocs_index_set_planning(h->index, &options);
    assert_expansion(state, "ODIHR", "");
    options.without = OCS_EXPAND_STEMS;
    assert_finds(state, "organizing", "");
    assert_finds(state, "organised", "12");
    options.without = OCS_EXPAND_SPELLING;
    assert_finds(state, "organised", "2");
    assert_finds(state, "crimes", "12");
    options.without = OCS_EXPAND_NAMES;
    assert_finds(state, "person:\"Kurz Maria\"", "");
    assert_finds(state, "person:\"Maria Kurz\"", "2");
    options.without = OCS_EXPAND_TRANSLIT;
    assert_finds(state, "person:\xD0\x9A\xD1\x83\xD1\x80\xD1\x86", "");
    ocs_index_set_planning(h->index, NULL);
}

static void assert_expand(const char *text, ocs_status status, unsigned wanted)
{
    unsigned expand = 0;
    ocs_error err = {0};
    assert_int_equal(ocs_expand_parse(ocs_str_of(text), &expand, &err), status);
    if (status == OCS_OK)
        assert_int_equal(expand, wanted);
}

static void what_to_expand_by_is_a_list(void **state)
{
    (void)state;
    assert_expand("all", OCS_OK, OCS_EXPAND_ALL);
    assert_expand("none", OCS_OK, 0);
    assert_expand("stems,names", OCS_OK, OCS_EXPAND_STEMS | OCS_EXPAND_NAMES);
    assert_expand("acronym", OCS_OK, OCS_EXPAND_ACRONYM);
    assert_expand("", OCS_USAGE, 0);
    assert_expand("stems,,names", OCS_USAGE, 0);
    assert_expand("stem", OCS_USAGE, 0);
}

/* ---- titles ---- */

static void a_word_of_the_title_lifts_a_page(void **state)
{
    assert_query(state, "crimes", "Query(Zcrime)");
    assert_query(state, "visits", "Query((Zvisit AND_MAYBE 0.25 * ZSvisit))");
    assert_query(state, "\"visits Belgrade\"", "Query((visits PHRASE 2 belgrade))");
    assert_query(state, "-visits", "Query((<alldocuments> AND_NOT Zvisit))");
    assert_query(state, "title:visits", "Query(ZSvisit)");
    assert_finds(state, "crime OR visits", "12");
}

/* ---- whose office ---- */

static void people_are_found_by_whose_office_they_hold(void **state)
{
    assert_finds(state, "person:*@country:AT", "1");
    assert_finds(state, "person:kurz@country:Austria", "1");
    assert_finds(state, "person:stojanovic@country:AT", "");
    assert_finds(state, "person:*@country:RS", "");
    assert_finds(state, "person:*@org:\"Election Mission\"", "2");
    assert_finds(state, "person:kurz@org:election", "2");
    assert_finds(state, "person:\"Maria Kurz\"@org:elect*", "2");
    assert_finds(state, "person:petrov@org:*", "");
    assert_finds(state, "person:*@org:nonesuch", "");
    assert_finds(state, "person:kurz@country:AT -person:kurz@org:*", "1");
}

static void roles_are_found_by_whose_office_they_are(void **state)
{
    assert_finds(state, "role:head@org:\"Election Mission\"", "2");
    assert_finds(state, "role:\"head of mission\"@org:election", "2");
    assert_finds(state, "role:minister@country:AT", "1");
    assert_finds(state, "role:minister@org:election", "");
    assert_finds(state, "role:*@country:*", "1");
}

/* ---- saved queries ---- */

static ocs_status saved_text(void *payload, ocs_str name, ocs_arena *a, ocs_str *text,
                             ocs_error *err)
{
    static const struct {
        const char *name, *text;
    } saved[] = {{"crime", "organized crime"},
                 {"both", "saved:crime OR texts"},
                 {"loop", "a saved:pool"},
                 {"pool", "b OR saved:loop"},
                 {"bad", "(a"},
                 {"blank", "  "},
                 {"far", "a NEAR kurz*"},
                 {"date", "date:2017"}};
    (void)payload, (void)a;
    if (ocs_str_eq(name, OCS_STR("broken")))
        return ocs_fail(err, OCS_IO, "cannot read the saved queries");
    for (size_t i = 0; i < sizeof saved / sizeof *saved; i++)
        if (ocs_str_eq(name, ocs_str_of(saved[i].name))) {
            *text = ocs_str_of(saved[i].text);
            return OCS_OK;
        }
    return OCS_NOTFOUND;
}

static void assert_plan_error(house *h, const char *query, ocs_status status, long at,
                              const char *message)
{
    ocs_node *tree;
    ocs_plan plan;
    ocs_error err = {.at = OCS_ERROR_NO_PLACE};
    MUST(h, ocs_query_parse(ocs_str_of(query), h->arena, &tree, &h->err));
    assert_int_equal(ocs_query_plan(tree, h->index, h->arena, &plan, &err), status);
    assert_string_equal(err.text, message);
    assert_int_equal(err.at, at);
}

static void fuzzy_words_must_be_long_enough(void **state)
{
    house *h = *state;
    assert_plan_error(h, "a ab~1", OCS_USAGE, 2, "~1 needs a word of 3 letters or more");
    assert_plan_error(h, "person:kurz~2", OCS_USAGE, 0, "~2 needs a word of 5 letters or more");
    assert_plan_error(h, "cross-border~1", OCS_USAGE, 0, "~ takes a single word");
}

static void saved_queries_are_put_in_place(void **state)
{
    house *h = *state;
    const ocs_plan_options options = {.saved = saved_text};
    ocs_index_set_planning(h->index, &options);
    assert_finds(state, "saved:crime", "12");
    assert_finds(state, "saved:both", "124");
    assert_finds(state, "saved:both -saved:crime", "4");
    assert_finds(state, "kurz saved:date", "1");
    assert_finds(state, "-saved:\"both\"", "3");
    ocs_index_set_planning(h->index, NULL);
}

/* d1 asks for d2 and so on; "wide" asks for w1, which asks twice for w2, and so on. */
static ocs_status endless_text(void *payload, ocs_str name, ocs_arena *a, ocs_str *text,
                               ocs_error *err)
{
    char buf[64];
    int n = atoi(name.p + 1);
    (void)payload, (void)err;
    if (name.p[0] == 'w' && n == 12)
        snprintf(buf, sizeof buf, "a");
    else if (name.p[0] == 'w')
        snprintf(buf, sizeof buf, "saved:w%d saved:w%d", n + 1, n + 1);
    else
        snprintf(buf, sizeof buf, "saved:d%d", n + 1);
    *text = ocs_str_copy(a, ocs_str_of(buf));
    return OCS_OK;
}

static void saved_queries_come_to_an_end(void **state)
{
    house *h = *state;
    const ocs_plan_options options = {.saved = endless_text};
    ocs_index_set_planning(h->index, &options);
    assert_plan_error(h, "a saved:d1", OCS_USAGE, 2, "saved queries stand more than 16 deep");
    assert_plan_error(h, "a saved:w1", OCS_USAGE, 2,
                      "the query comes to use saved queries more than 1000 times");
    assert_finds(state, "saved:w9 kurz", "1");
    ocs_index_set_planning(h->index, NULL);
}

static void saved_queries_that_cannot_be_used_are_told(void **state)
{
    house *h = *state;
    const ocs_plan_options options = {.saved = saved_text};
    assert_plan_error(h, "a saved:crime", OCS_USAGE, 8, "no query is saved under the name 'crime'");
    ocs_index_set_planning(h->index, &options);
    assert_plan_error(h, "a saved:none", OCS_USAGE, 8, "no query is saved under the name 'none'");
    assert_plan_error(h, "a saved:loop", OCS_USAGE, 2,
                      "the saved query 'loop' asks for itself, through 'pool'");
    assert_plan_error(h, "a saved:bad", OCS_USAGE, 8,
                      "in the saved query 'bad': this bracket is never closed");
    assert_plan_error(h, "saved:blank", OCS_USAGE, 6, "the saved query 'blank' is empty");
    assert_plan_error(h, "a saved:broken", OCS_IO, 8, "cannot read the saved queries");
    ocs_index_set_planning(h->index, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_by_stem_and_spelling),
        cmocka_unit_test(words_side_by_side_must_both_stand),
        cmocka_unit_test(hyphens_quotes_and_diacritics_agree),
        cmocka_unit_test(a_cyrillic_word_is_stemmed_as_russian),
        cmocka_unit_test(phrases_stand_word_by_word),
        cmocka_unit_test(exact_words_are_not_stemmed),
        cmocka_unit_test(a_word_is_stemmed_in_its_own_script),
        cmocka_unit_test(wildcards_complete_words),
        cmocka_unit_test(operators_combine),
        cmocka_unit_test(near_counts_the_words),
        cmocka_unit_test(entities_stand_near_words),
        cmocka_unit_test(people_are_found_by_name_and_part),
        cmocka_unit_test(a_name_is_completed_and_that_is_told),
        cmocka_unit_test(spellings_that_were_changed_are_told),
        cmocka_unit_test(countries_are_found_by_any_name),
        cmocka_unit_test(organisations_and_places_are_found_by_the_gazetteer),
        cmocka_unit_test(roles_are_found_by_their_words),
        cmocka_unit_test(labels_are_found_by_name_and_words),
        cmocka_unit_test(titles_are_searched_alone),
        cmocka_unit_test(ids_and_paths_are_found),
        cmocka_unit_test(a_relative_path_starts_where_we_are),
        cmocka_unit_test(published_dates_filter_by_their_precision),
        cmocka_unit_test(dates_in_the_text_are_found),
        cmocka_unit_test(ranges_are_taken_in_the_largest_pieces),
        cmocka_unit_test(filters_give_no_score),
        cmocka_unit_test(other_names_are_found_by_the_key),
        cmocka_unit_test(people_are_found_in_any_spelling_and_script),
        cmocka_unit_test(a_merged_name_brings_all_of_its_names),
        cmocka_unit_test(a_shown_name_finds_the_renamed),
        cmocka_unit_test(a_split_name_is_found_where_its_condition_holds),
        cmocka_unit_test(what_is_blocked_is_not_found),
        cmocka_unit_test(what_is_asked_for_is_marked),
        cmocka_unit_test(what_cannot_be_planned_is_refused_with_its_place),
        cmocka_unit_test_setup_teardown(a_wildcard_for_too_many_words_is_refused, build_house,
                                        remove_house),
        cmocka_unit_test(phrases_stand_near),
        cmocka_unit_test(stars_stand_for_letters_within_words),
        cmocka_unit_test(phrases_hold_wildcards),
        cmocka_unit_test(fuzzy_words_are_near),
        cmocka_unit_test(fuzzy_words_are_told),
        cmocka_unit_test(fuzzy_words_must_be_long_enough),
        cmocka_unit_test(acronyms_and_full_names_find_each_other),
        cmocka_unit_test(what_is_left_away_is_not_searched),
        cmocka_unit_test(what_to_expand_by_is_a_list),
        cmocka_unit_test(a_word_of_the_title_lifts_a_page),
        cmocka_unit_test(people_are_found_by_whose_office_they_hold),
        cmocka_unit_test(roles_are_found_by_whose_office_they_are),
        cmocka_unit_test(saved_queries_are_put_in_place),
        cmocka_unit_test(saved_queries_come_to_an_end),
        cmocka_unit_test(saved_queries_that_cannot_be_used_are_told),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
