/* Alias files: what rules say, what is wrong with them, and what they do to a document. */
#include "tests/unit/arena_fixture.h"

#include "corpus/corpus.h"

/* ---- reading ---- */

static ocs_aliases *read_good(const char *text)
{
    ocs_aliases *aliases;
    ocs_error err = {0};
    if (ocs_aliases_parse("f", ocs_str_of(text), &aliases, &err) != OCS_OK)
        fail_msg("%s", err.text);
    return aliases;
}

static const ocs_alias_rule *only_rule(const ocs_aliases *aliases)
{
    const ocs_alias_rule *rules;
    assert_int_equal(ocs_aliases_rules(aliases, &rules), 1);
    return rules;
}

static void a_merge_has_a_name_and_keys(void **state)
{
    (void)state;
    ocs_aliases *aliases =
        read_good("\xEF\xBB\xBF# ours\r\n\n  merge person: Vladimir Putin = Putin, V.; "
                  "Владимир Путин ;Poutine; Poutine\r\n");
    const ocs_alias_rule *rule = only_rule(aliases);
    assert_int_equal(rule->verb, OCS_ALIAS_MERGE);
    assert_int_equal(rule->type, OCS_MENTION_PERSON);
    assert_int_equal(rule->line, 3);
    assert_str(rule->key, "vladimir-putin");
    assert_str(rule->name, "Vladimir Putin");
    assert_int_equal(rule->n_from, 2); /* the Cyrillic spelling has the key already */
    assert_str(rule->from[0], "putin-v");
    assert_str(rule->from[1], "poutine");
    ocs_aliases_free(aliases);
}

static void organisations_and_places_are_those_of_the_gazetteer(void **state)
{
    (void)state;
    ocs_aliases *aliases = read_good("merge place: Kiev = the Old Town");
    assert_str(only_rule(aliases)->key, "kyiv");
    assert_str(only_rule(aliases)->from[0], "old-town");
    ocs_aliases_free(aliases);
    aliases = read_good("rename org: odihr = The Office");
    assert_str(only_rule(aliases)->key, "odihr");
    assert_str(only_rule(aliases)->name, "The Office");
    ocs_aliases_free(aliases);
}

static void a_split_has_a_condition(void **state)
{
    (void)state;
    ocs_aliases *aliases =
        read_good("split person: John Smith = John Smith of Vienna when path /data/vienna//");
    assert_str(only_rule(aliases)->key, "john-smith-of-vienna");
    assert_str(only_rule(aliases)->from[0], "john-smith");
    assert_int_equal(only_rule(aliases)->when, OCS_WHEN_PATH);
    assert_str(only_rule(aliases)->value, "/data/vienna");
    ocs_aliases_free(aliases);
}

static void assert_wrong(const char *text, const char *wanted)
{
    ocs_aliases *aliases;
    ocs_error err = {0};
    assert_int_equal(ocs_aliases_parse("f", ocs_str_of(text), &aliases, &err), OCS_USAGE);
    assert_string_equal(err.text, wanted);
    ocs_aliases_free(aliases);
}

static void wrong_lines_are_told_with_their_number(void **state)
{
    (void)state;
    assert_wrong("\nmerg person: A = B",
                 "f:2: a rule begins with merge, rename, split or block, not 'merg'");
    assert_wrong("merge", "f:1: after merge stands person:, place: or org:");
    assert_wrong("merge person A = B", "f:1: after merge stands person:, place: or org:");
    assert_wrong("block country: RS", "f:1: rules are for person:, place: and org:, not 'country'");
    assert_wrong("block : RS", "f:1: rules are for person:, place: and org:, not ''");
    assert_wrong("merge person: A", "f:1: merge wants a name on both sides of '='");
    assert_wrong("merge person: = A", "f:1: merge wants a name on both sides of '='");
    assert_wrong("rename person: A = ", "f:1: rename wants a name on both sides of '='");
    assert_wrong("block person: A;; B", "f:1: there is no name in ''");
    assert_wrong("block person:", "f:1: there is no name in ''");
    assert_wrong("block person: ...", "f:1: there is no name in '...'");
    assert_wrong("split person: A = B", "f:1: a split says when: 'when path /folder', 'when word "
                                        "...', 'when id ...'");
    assert_wrong("split person: A = B when moon full",
                 "f:1: after 'when' stands path, word or id, not 'moon'");
    assert_wrong("split person: A = B when path data", "f:1: a path starts with '/': 'data'");
    assert_wrong("split person: A = B when id 12", "f:1: an id has 16 hexadecimal digits: '12'");
    assert_wrong("split person: A = B when word ,", "f:1: there is no word to look for: ','");
    assert_wrong("split person: A B = a-b when word x",
                 "f:1: a split wants one name and another one that differs in its words");
    assert_wrong("block person: \xFF", "f:1: this is no text in UTF-8");
}

static void contradictions_are_told_of_the_later_line(void **state)
{
    (void)state;
    assert_wrong("block person: A\nrename person: A = B", "f:2: person 'a' is blocked on line 1");
    assert_wrong("rename person: A = B\nblock person: A",
                 "f:2: person 'a' is blocked here, and line 1 has a rule for it");
    assert_wrong("merge person: A = B\nmerge person: C = B",
                 "f:2: person 'b' is merged into another name on line 1");
    assert_wrong("merge person: A = B\nmerge person: C = A",
                 "f:2: person 'a' is merged into another name here, and line 1 has a rule for it");
    assert_wrong("merge person: A = B\nmerge person: B = C",
                 "f:2: person 'b' is merged into another name on line 1");
    assert_wrong("rename person: A = X\nrename person: A = Y",
                 "f:2: person 'a' is shown under another name on line 1");
    assert_wrong("block person: A\nblock person: A", "f:2: person 'a' is blocked on line 1");
}

static void rules_of_other_types_do_not_contradict(void **state)
{
    (void)state;
    ocs_aliases_free(read_good("block person: A\nblock org: A\nrename place: A = B"));
    ocs_aliases_free(read_good("split person: A = B when word x\nsplit person: A = C when word y\n"
                               "rename person: A = Anna"));
}

static void all_that_is_wrong_can_be_asked_for(void **state)
{
    (void)state;
    ocs_aliases *aliases;
    const ocs_str *complaints;
    assert_int_equal(ocs_aliases_parse("f", OCS_STR("a\nb\nblock person: C\n"), &aliases, NULL),
                     OCS_USAGE);
    assert_int_equal(ocs_aliases_complaints(aliases, &complaints), 2);
    assert_true(ocs_str_starts(complaints[1], OCS_STR("f:2: ")));
    ocs_aliases_free(aliases);
}

static void any_bytes_are_read_without_harm(void **state)
{
    (void)state;
    static const char bytes[] = "merge split person: place;=when path /\n#\t\xD0\x90\xFF";
    char text[200];
    uint64_t seed = 7;
    for (int round = 0; round < 20000; round++) {
        size_t n = seed % sizeof text;
        for (size_t i = 0; i < n; i++) {
            seed = ocs_hash_mix(seed, i);
            text[i] = bytes[seed % sizeof bytes];
        }
        seed = ocs_hash_mix(seed, (uint64_t)round);
        ocs_aliases *aliases;
        ocs_status st = ocs_aliases_parse("f", (ocs_str){text, n}, &aliases, NULL);
        assert_true(st == OCS_OK || st == OCS_USAGE);
        ocs_aliases_free(aliases);
    }
}

static void the_hash_is_that_of_the_rules(void **state)
{
    (void)state;
    ocs_aliases *a = read_good("block person: A; B");
    ocs_aliases *b = read_good("# the same\n\n block  person:  A ;B ");
    ocs_aliases *c = read_good("block person: A; C");
    ocs_aliases *none = read_good("# nothing");
    assert_true(ocs_aliases_hash(a) == ocs_aliases_hash(b));
    assert_true(ocs_aliases_hash(a) != ocs_aliases_hash(c));
    assert_int_equal(ocs_aliases_hash(none), 0);
    assert_int_equal(ocs_aliases_hash(NULL), 0);
    ocs_aliases_free(a);
    ocs_aliases_free(b);
    ocs_aliases_free(c);
    ocs_aliases_free(none);
}

static void a_missing_file_is_an_error_of_its_own(void **state)
{
    (void)state;
    ocs_aliases *aliases;
    ocs_error err = {0};
    assert_int_not_equal(ocs_aliases_read("/nonexistent/aliases", &aliases, &err), OCS_OK);
    assert_null(aliases);
    assert_non_null(strstr(err.text, "/nonexistent/aliases"));
}

/* ---- applying ---- */

enum { MENTIONS = 4 };

/* "Mission to Serbia" holds Serbia; then John Smith, twice. */
static ocs_document *document_of(ocs_arena *arena, const char *path)
{
    ocs_document *d = ocs_arena_alloc(arena, sizeof *d);
    ocs_mention *m = ocs_arena_array(arena, MENTIONS, sizeof *m);
    ocs_fact *place = ocs_arena_alloc(arena, sizeof *place);
    assert_non_null(d);
    assert_non_null(m);
    assert_non_null(place);
    m[0] = (ocs_mention){.type = OCS_MENTION_ORG,
                         .at = {0, 17},
                         .name = OCS_STR("Mission to Serbia"),
                         .key = OCS_STR("mission-to-serbia")};
    m[1] = (ocs_mention){.type = OCS_MENTION_COUNTRY,
                         .at = {11, 17},
                         .nested = true,
                         .name = OCS_STR("Serbia"),
                         .key = OCS_STR("RS")};
    m[2] = (ocs_mention){.type = OCS_MENTION_PERSON,
                         .at = {19, 29},
                         .name = OCS_STR("John Smith"),
                         .key = OCS_STR("john-smith")};
    m[3] = m[2];
    m[3].at = (ocs_span){31, 41};
    *place = (ocs_fact){.value = OCS_STR("Oldtown"), .key = OCS_STR("oldtown")};
    *d = (ocs_document){.path = ocs_str_of(path),
                        .id = OCS_STR("0123456789abcdef"),
                        .mentions = m,
                        .n_mentions = MENTIONS,
                        .places = {place, 1},
                        .text = OCS_STR("Mission to Serbia, John Smith, John Smith; custom rules")};
    return d;
}

static ocs_document *applied(void **state, const char *rules, const char *path)
{
    ocs_document *d = document_of(*state, path);
    ocs_aliases *aliases = read_good(rules);
    for (int twice = 0; twice < 2; twice++) /* the second time changes nothing */
        assert_true(ocs_aliases_apply(aliases, *state, d));
    for (size_t i = 0; i < d->n_mentions; i++) { /* rules end before the document does */
        d->mentions[i].name = ocs_str_copy(*state, d->mentions[i].name);
        d->mentions[i].key = ocs_str_copy(*state, d->mentions[i].key);
    }
    if (d->places.n > 0)
        d->places.at[0].key = ocs_str_copy(*state, d->places.at[0].key);
    ocs_aliases_free(aliases);
    return d;
}

static void a_merged_name_gets_the_key_and_the_shown_name(void **state)
{
    ocs_document *d = applied(state, "merge person: Johnny = John Smith", "/p");
    assert_str(d->mentions[2].key, "johnny");
    assert_str(d->mentions[2].name, "Johnny");
    assert_int_equal(d->n_mentions, MENTIONS);
}

static void a_renamed_one_keeps_its_key(void **state)
{
    ocs_document *d = applied(state, "rename person: John Smith = Mr Smith", "/p");
    assert_str(d->mentions[2].key, "john-smith");
    assert_str(d->mentions[2].name, "Mr Smith");
}

static void a_blocked_one_is_gone_and_what_it_held_is_free(void **state)
{
    ocs_document *d = applied(state, "block org: the Mission to Serbia", "/p");
    assert_int_equal(d->n_mentions, MENTIONS - 1);
    assert_str(d->mentions[0].key, "RS");
    assert_false(d->mentions[0].nested);
}

static void places_of_the_labels_follow(void **state)
{
    assert_int_equal(applied(state, "block place: Oldtown", "/p")->places.n, 0);
    assert_str(applied(state, "merge place: Vienna = Oldtown", "/p")->places.at[0].key, "vienna");
}

static void assert_split(void **state, const char *when, const char *path, bool splits)
{
    char rule[256];
    snprintf(rule, sizeof rule, "split person: John Smith = John II when %s", when);
    ocs_document *d = applied(state, rule, path);
    assert_str(d->mentions[3].key, splits ? "john-ii" : "john-smith");
}

static void a_split_looks_at_path_words_and_id(void **state)
{
    assert_split(state, "path /a/b", "/a/b/c.html", true);
    assert_split(state, "path /a/b", "/a/b", true);
    assert_split(state, "path /", "/a/b", true);
    assert_split(state, "path /a/b", "/a/bc", false);
    assert_split(state, "word Custom rules", "/p", true);
    assert_split(state, "word rules custom", "/p", false);
    assert_split(state, "word custom rules more", "/p", false);
    assert_split(state, "id 0123456789abcdef", "/p", true);
    assert_split(state, "id 0123456789abcde0", "/p", false);
}

static void the_first_split_that_holds_counts_and_the_rest_is_renamed(void **state)
{
    const char *rules = "split person: John Smith = B when word nowhere\n"
                        "split person: John Smith = C when word custom\n"
                        "split person: John Smith = D when path /\n"
                        "rename person: John Smith = Z\n";
    assert_str(applied(state, rules, "/p")->mentions[2].key, "c");
    rules = "split person: John Smith = B when word nowhere\nrename person: John Smith = Z\n";
    assert_str(applied(state, rules, "/p")->mentions[2].name, "Z");
}

static void a_full_arena_is_told(void **state)
{
    ocs_document *d = document_of(*state, "/p");
    ocs_arena *small = ocs_arena_new(16);
    ocs_aliases *aliases = read_good("split person: John Smith = B when word custom");
    assert_non_null(small);
    assert_false(ocs_aliases_apply(aliases, small, d));
    assert_true(ocs_aliases_apply(NULL, small, d));
    ocs_arena_free(small);
    ocs_aliases_free(aliases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_merge_has_a_name_and_keys),
        cmocka_unit_test(organisations_and_places_are_those_of_the_gazetteer),
        cmocka_unit_test(a_split_has_a_condition),
        cmocka_unit_test(wrong_lines_are_told_with_their_number),
        cmocka_unit_test(contradictions_are_told_of_the_later_line),
        cmocka_unit_test(rules_of_other_types_do_not_contradict),
        cmocka_unit_test(all_that_is_wrong_can_be_asked_for),
        cmocka_unit_test(any_bytes_are_read_without_harm),
        cmocka_unit_test(the_hash_is_that_of_the_rules),
        cmocka_unit_test(a_missing_file_is_an_error_of_its_own),
        cmocka_unit_test(a_merged_name_gets_the_key_and_the_shown_name),
        cmocka_unit_test(a_renamed_one_keeps_its_key),
        cmocka_unit_test(a_blocked_one_is_gone_and_what_it_held_is_free),
        cmocka_unit_test(places_of_the_labels_follow),
        cmocka_unit_test(a_split_looks_at_path_words_and_id),
        cmocka_unit_test(the_first_split_that_holds_counts_and_the_rest_is_renamed),
        cmocka_unit_test(a_full_arena_is_told),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
