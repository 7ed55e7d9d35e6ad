/* Words as the index counts them, and their canonical spelling. */
#include "index/schema.h"
#include "tests/unit/shared_arena.h"

/* "fold@position ..." with "fold=canonical@position" where they differ. */
static ocs_str words_of(const char *text)
{
    static char line[4096];
    ocs_words words;
    size_t n = 0;
    assert_true(ocs_words_of(arena, ocs_str_of(text), &words));
    line[0] = '\0';
    for (size_t i = 0; i < words.n; i++) {
        const ocs_word *w = &words.at[i];
        n += (size_t)snprintf(line + n, sizeof line - n, "%s%.*s", i ? " " : "", OCS_ARG(w->fold));
        if (!ocs_str_eq(w->fold, w->canonical))
            n += (size_t)snprintf(line + n, sizeof line - n, "=%.*s", OCS_ARG(w->canonical));
        n += (size_t)snprintf(line + n, sizeof line - n, "@%u", w->position);
    }
    return (ocs_str){line, n};
}

static void words_are_numbered_from_one(void **state)
{
    (void)state;
    assert_str(words_of("The Mission's head, said."), "the@1 mission@2 head@3 said@4");
    assert_str(words_of(""), "");
    assert_str(words_of(" - \n"), "");
}

static void a_new_line_leaps_over_the_gap(void **state)
{
    (void)state;
    assert_str(words_of("one two\nthree\n\nfour"), "one@1 two@2 three@23 four@44");
    assert_str(words_of("\n\none"), "one@1");
}

static void co_with_a_hyphen_is_one_word(void **state)
{
    (void)state;
    assert_str(words_of("Co-operation of the co-ordinator"),
               "cooperation@1 of@2 the@3 coordinator@4");
    assert_str(words_of("non-co-operative"), "non@1 cooperative@2");
    assert_str(words_of("co\xE2\x80\x91operation"), "cooperation@1"); /* U+2011 */
    assert_str(words_of("co-organised"), "coorganised=coorganized@1");
}

static void co_without_a_plain_hyphen_stands_alone(void **state)
{
    (void)state;
    assert_str(words_of("co - operation"), "co@1 operation@2");
    assert_str(words_of("co-\noperation"), "co@1 operation@22");
    assert_str(words_of("CO-2 and Co"), "co@1 2@2 and@3 co@4");
}

static void other_compounds_are_words_in_a_row(void **state)
{
    (void)state;
    assert_str(words_of("long-term politico-military"), "long@1 term@2 politico@3 military@4");
}

static void a_joined_word_spans_both_parts(void **state)
{
    (void)state;
    ocs_words words;
    assert_true(ocs_words_of(arena, OCS_STR("the co-operation's end"), &words));
    assert_int_equal(words.n, 3);
    assert_int_equal(words.at[1].at.from, 4);
    assert_int_equal(words.at[1].at.to, 18);
    assert_int_equal(words.at[1].token, 1);
    assert_int_equal(words.at[2].token, 3);
}

static void a_token_without_letters_takes_no_place(void **state)
{
    (void)state;
    assert_str(words_of("one \xCC\x81 two"), "one@1 two@2"); /* a lone accent */
    assert_str(words_of("one\n\xCC\x81 two"), "one@1 two@22");
}

static void british_spelling_becomes_american(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"organised", "organized"},
        {"organisation", "organization"},
        {"organisations", "organizations"},
        {"organisational", "organizational"},
        {"organising", "organizing"},
        {"organisers", "organizers"},
        {"recognise", "recognize"},
        {"criticised", "criticized"},
        {"politicisation", "politicization"},
        {"minimises", "minimizes"},
        {"incentivise", "incentivize"},
        {"emphasised", "emphasized"},
        {"analyse", "analyze"},
        {"analysed", "analyzed"},
        {"analysing", "analyzing"},
        {"paralysed", "paralyzed"},
        {"catalyse", "catalyze"},
        {"practised", "practiced"},
        {"practising", "practicing"},
        {"labour", "labor"},
        {"labourers", "laborers"},
        {"colours", "colors"},
        {"favourable", "favorable"},
        {"unfavourable", "unfavorable"},
        {"favourite", "favorite"},
        {"honoured", "honored"},
        {"behavioural", "behavioral"},
        {"harbouring", "harboring"},
        {"neighbouring", "neighboring"},
        {"neighbourhood", "neighborhood"},
        {"endeavours", "endeavors"},
        {"armoured", "armored"},
        {"rumours", "rumors"},
        {"watercolour", "watercolor"},
        {"centre", "center"},
        {"centres", "centers"},
        {"centred", "centered"},
        {"theatre", "theater"},
        {"metres", "meters"},
        {"kilometres", "kilometers"},
        {"litre", "liter"},
        {"fibre", "fiber"},
        {"calibre", "caliber"},
        {"programme", "program"},
        {"programmes", "programs"},
        {"defence", "defense"},
        {"offences", "offenses"},
        {"licence", "license"},
        {"licences", "licenses"},
        {"pretence", "pretense"},
        {"cheque", "check"},
        {"judgement", "judgment"},
        {"judgements", "judgments"},
        {"travelling", "traveling"},
        {"traveller", "traveler"},
        {"cancelled", "canceled"},
        {"labelled", "labeled"},
        {"modelling", "modeling"},
        {"signalled", "signaled"},
        {"fuelling", "fueling"},
        {"channelled", "channeled"},
        {"counsellor", "counselor"},
        {"marshalled", "marshaled"},
        {"quarrelling", "quarreling"},
        {"rivalled", "rivaled"},
        {"totalled", "totaled"},
        {"tunnelling", "tunneling"},
        {"enrolment", "enrollment"},
        {"fulfil", "fulfill"},
        {"fulfilment", "fulfillment"},
        {"grey", "gray"},
        {"sceptical", "skeptical"},
        {"yodelling", "yodeling"},
        {"apparelled", "appareled"},
        {"vigour", "vigor"},
        {"spectre", "specter"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_str(ocs_word_canonical(arena, ocs_str_of(pairs[i][0])), pairs[i][1]);
}

static void words_that_only_look_british_stay(void **state)
{
    (void)state;
    static const char *const words[] = {
        "exercise",      "exercised",    "exercising", "advise",     "adviser",     "revise",
        "supervise",     "supervised",   "improvise",  "promise",    "promised",    "compromise",
        "premises",      "rise",         "arise",      "rising",     "uprising",    "wise",
        "otherwise",     "likewise",     "enterprise", "surprise",   "surprising",  "franchise",
        "merchandise",   "disguise",     "praise",     "raised",     "fundraising", "noise",
        "precise",       "concise",      "expertise",  "treatise",   "paradise",    "televised",
        "devise",        "comprise",     "comprised",  "demise",     "despise",     "excise",
        "incise",        "circumcise",   "chastise",   "advertise",  "advertised",  "bruise",
        "cruise",        "four",         "hour",       "tour",       "course",      "source",
        "resources",     "journal",      "court",      "contour",    "glamour",     "analyses",
        "analysis",      "controlled",   "installed",  "patrolling", "called",      "totally",
        "equally",       "cancellation", "medallion",  "sabotage",   "genre",       "acre",
        "tyre",          "checked",      "fulfilled",  "enrolled",   "greyhound",   "crisis",
        "improvisation", "advisable",    "sunrise",    "louise",     "kaiser",      "prise",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_str(ocs_word_canonical(arena, ocs_str_of(words[i])), words[i]);
}

static void a_canonical_spelling_is_canonical(void **state)
{
    (void)state;
    static const char *const words[] = {"organized", "analyzed", "labor", "center",  "program",
                                        "defense",   "traveled", "gray",  "judgment"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_str(ocs_word_canonical(arena, ocs_str_of(words[i])), words[i]);
}

static void other_scripts_digits_and_monsters_stay(void **state)
{
    (void)state;
    char monster[200];
    memset(monster, 'a', sizeof monster);
    memcpy(monster + 194, "ising", 6);
    assert_str(ocs_word_canonical(arena, ocs_str_of(monster)), monster);
    assert_str(ocs_word_canonical(arena, OCS_STR("организация")), "организация");
    assert_str(ocs_word_canonical(arena, OCS_STR("item4labour")), "item4labour");
    assert_str(ocs_word_canonical(arena, OCS_STR("")), "");
    assert_str(ocs_word_canonical(arena, OCS_STR("our")), "our");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_numbered_from_one),
        cmocka_unit_test(a_new_line_leaps_over_the_gap),
        cmocka_unit_test(co_with_a_hyphen_is_one_word),
        cmocka_unit_test(co_without_a_plain_hyphen_stands_alone),
        cmocka_unit_test(other_compounds_are_words_in_a_row),
        cmocka_unit_test(a_joined_word_spans_both_parts),
        cmocka_unit_test(a_token_without_letters_takes_no_place),
        cmocka_unit_test(british_spelling_becomes_american),
        cmocka_unit_test(words_that_only_look_british_stay),
        cmocka_unit_test(a_canonical_spelling_is_canonical),
        cmocka_unit_test(other_scripts_digits_and_monsters_stay),
    };
    return cmocka_run_group_tests(tests, make_shared_arena, free_shared_arena);
}
