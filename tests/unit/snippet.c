/* Excerpts and the search that gives them: which words are marked, where an excerpt begins and
 * ends, which are chosen; order, paging, stopping and counting of hits. */
#include "tests/unit/query_fixture.h"

#include "query/snippet.h"

enum { HITS = 8 };

/* What a search gave, copied out of the hits. */
typedef struct given {
    char text[20000]; /* of all hits: snippets with [matches], a line each */
    char ids[HITS + 1];
    size_t n, stop_after;
    unsigned planned;
    double top_score;
    ocs_outcome outcome;
} given;

static void put(given *g, ocs_str s)
{
    size_t used = strlen(g->text);
    assert_true(used + s.n < sizeof g->text);
    memcpy(g->text + used, s.p ? s.p : "", s.n);
    g->text[used + s.n] = '\0';
}

static void put_snippet(given *g, const ocs_snippet *snippet)
{
    size_t at = 0;
    for (size_t i = 0; i < snippet->n_matches; i++) {
        ocs_span match = snippet->matches[i];
        assert_true(match.from >= at && match.from < match.to && match.to <= snippet->text.n);
        put(g, ocs_str_sub(snippet->text, at, match.from));
        put(g, OCS_STR("["));
        put(g, ocs_str_sub(snippet->text, match.from, match.to));
        put(g, OCS_STR("]"));
        at = match.to;
    }
    put(g, ocs_str_sub(snippet->text, at, snippet->text.n));
    put(g, OCS_STR("$\n"));
}

static bool take_hit(void *payload, const ocs_hit *hit)
{
    given *g = payload;
    assert_true(g->planned > 0);
    assert_int_equal(hit->rank, g->n + 1);
    g->ids[g->n] = '?'; /* no sample */
    for (size_t i = 0; i < SAMPLES; i++)
        if (ocs_str_eq(hit->document.path, ocs_str_of(samples[i].path)))
            g->ids[g->n] = (char)('1' + i);
    if (g->n++ == 0)
        g->top_score = hit->score;
    for (size_t i = 0; i < hit->n_snippets; i++) {
        const ocs_snippet *snippet = &hit->snippets[i];
        put_snippet(g, snippet);
        assert_int_equal(snippet->raw.from, snippet->at.from); /* the samples are their own pages */
        assert_int_equal(snippet->raw.to, snippet->at.to);
        assert_false(snippet->inexact);
    }
    return g->n != g->stop_after;
}

static void take_plan(void *payload, const ocs_node *tree, const ocs_plan *plan)
{
    given *g = payload;
    assert_non_null(tree);
    assert_non_null(plan->query);
    g->planned++;
}

static given search(void **state, const char *query, ocs_order order, unsigned snippets)
{
    house *h = *state;
    given g = {0};
    const ocs_search wanted = {.most = HITS, .order = order, .snippets = snippets};
    const ocs_search_calls calls = {.each = take_hit, .planned = take_plan, .payload = &g};
    MUST(h, ocs_search_run(h->index, ocs_str_of(query), &wanted, &calls, &g.outcome, &h->err));
    return g;
}

static void assert_snippets(void **state, const char *query, const char *wanted)
{
    given g = search(state, query, OCS_ORDER_DATE, 2);
    assert_string_equal(g.text, wanted);
}

/* ---- marks in real documents ---- */

static void words_are_marked_by_stem_and_phrases_whole(void **state)
{
    assert_snippets(
        state, "organised labor",
        "The Office for Democratic Institutions reported on [organised] groups, [labour] "
        "and crime.\nMaria Kurz, Head of the Election Mission, and Ivan Petrov spoke in "
        "Skopje on 6 December.$\n");
    given g = search(state, "\"organized crime\"", OCS_ORDER_SCORE, 1);
    assert_non_null(strstr(g.text, "said that [organized crime] is"));
    g = search(state, "organized -\"crime and\" \"a cross border\"", OCS_ORDER_SCORE, 1);
    assert_non_null(strstr(g.text, "said that [organized] crime is [a cross-border] threat"));
}

static void mentions_are_marked_by_key_and_name(void **state)
{
    given g = search(state, "person:kurz threat", OCS_ORDER_SCORE, 1);
    assert_non_null(strstr(g.text, "Minister [Sebastian Kurz] said"));
    assert_non_null(strstr(g.text, "[Kurz's] visit"));
    g = search(state, "on:2018-06", OCS_ORDER_SCORE, 1);
    assert_non_null(strstr(g.text, "ended on [30 June 2018]."));
    g = search(state, "on:--12-06", OCS_ORDER_SCORE, 1);
    assert_non_null(strstr(g.text, "on [6 December]."));
    g = search(state, "country:*", OCS_ORDER_DATE, 1);
    assert_non_null(strstr(g.text, "in [Serbia] goes"));
    assert_non_null(strstr(g.text, "in [Skopje] on"));
    g = search(state, "role:\"foreign minister\"", OCS_ORDER_DATE, 1);
    assert_non_null(strstr(g.text, "Austrian [Foreign] [Minister] Sebastian"));
}

static void wildcards_are_marked(void **state)
{
    given g = search(state, "te?ts testi*", OCS_ORDER_SCORE, 1);
    assert_string_equal(g.text,
                        "Sebastian Maria Kurz met Alexander Kurz in June 2014 about [testing] "
                        "[texts].$\n");
}

static void a_cyrillic_word_is_marked_by_its_stem(void **state)
{
    given g = search(state,
                     "\xD0\xBF\xD1\x80\xD0\xB5\xD1\x81\xD1\x82\xD1\x83\xD0\xBF\xD0\xBD\xD0\xBE"
                     "\xD1\x81\xD1\x82\xD0\xB8",
                     OCS_ORDER_SCORE, 1);
    assert_non_null(strstr(g.text, "[\xD0\xBF\xD1\x80\xD0\xB5"));
}

static void a_filter_shows_the_beginning_behind_the_title(void **state)
{
    given g = search(state, "date:2017-02-13", OCS_ORDER_SCORE, 2);
    assert_int_equal(strncmp(g.text, "BELGRADE - Austrian", 19), 0);
    assert_null(strchr(g.text, '['));
}

static void a_country_within_another_name_is_not_marked(void **state)
{
    house *h = *state;
    const char *text = "The Mission to Serbia and Serbia.";
    ocs_mention mentions[] = {{.type = OCS_MENTION_ORG, .at = {4, 21}, .key = OCS_STR("mission")},
                              {.type = OCS_MENTION_COUNTRY, .at = {15, 21}, .nested = true},
                              {.type = OCS_MENTION_COUNTRY, .at = {26, 32}}};
    mentions[1].key = mentions[2].key = OCS_STR("RS");
    const ocs_document document = {.text = ocs_str_of(text), .mentions = mentions, .n_mentions = 3};
    const ocs_str mark = OCS_STR("XC=RS");
    ocs_stemmers *stemmers = ocs_stemmers_new();
    ocs_matches matches;
    assert_non_null(stemmers);
    MUST(h, ocs_marks_find(&document, &mark, 1, stemmers, h->arena, &matches, &h->err));
    ocs_stemmers_free(stemmers);
    assert_int_equal(matches.n, 1);
    assert_int_equal(matches.at[0].at.from, 26);
}

/* ---- bounds and choice ---- */

static ocs_snippet *cut(house *h, const char *text, const char *const *marks, unsigned most,
                        size_t *n)
{
    static ocs_run run; /* filled anew by each call */
    run = (ocs_run){.length = (uint32_t)strlen(text), .text_unit = 1, .raw_unit = 1};
    ocs_document document = {.text = ocs_str_of(text), .origin = {&run, 1}};
    ocs_stemmers *stemmers = ocs_stemmers_new();
    ocs_str list[8];
    size_t n_marks = 0;
    ocs_matches matches;
    ocs_snippet *snippets;
    assert_non_null(stemmers);
    for (; marks[n_marks]; n_marks++)
        list[n_marks] = ocs_str_of(marks[n_marks]);
    MUST(h, ocs_marks_find(&document, list, n_marks, stemmers, h->arena, &matches, &h->err));
    ocs_stemmers_free(stemmers);
    const ocs_snippet_marks of = {list, NULL, n_marks};
    MUST(h, ocs_snippets_cut(&document, &matches, &of, most, h->arena, &snippets, n, &h->err));
    return snippets;
}

#define FILLER                                                                                    \
    "many plain words stand here so that nothing is near to anything else in this long text and " \
    "they go on and on without end as speeches do when nobody asks the speaker to come to a "     \
    "close "

static void an_excerpt_starts_at_its_sentence_when_near(void **state)
{
    house *h = *state;
    size_t n;
    const char *marks[] = {"tiger", NULL};
    ocs_snippet *s = cut(h, FILLER "now. A tiger came. " FILLER FILLER, marks, 3, &n);
    assert_int_equal(n, 1);
    assert_true(ocs_str_starts(s->text, OCS_STR("A tiger came. many plain")));
    assert_true(s->text.n <= OCS_SNIPPET_BYTES);
    assert_false(ocs_ascii_space(s->text.p[s->text.n - 1]));
    assert_true(ocs_ascii_space(s->text.p[s->text.n])); /* cut between words */
}

static void an_excerpt_starts_at_a_word_otherwise(void **state)
{
    house *h = *state;
    size_t n;
    const char *marks[] = {"tiger", NULL};
    const char *text = FILLER FILLER "a tiger " FILLER FILLER;
    ocs_snippet *s = cut(h, text, marks, 3, &n);
    assert_int_equal(n, 1);
    assert_true(text[s->at.from - 1] == ' ' && text[s->at.from] != ' ');
    assert_true(s->matches[0].from > 40 && s->matches[0].from <= 60);
}

static void excerpts_do_not_overlap_and_show_new_marks_first(void **state)
{
    house *h = *state;
    size_t n;
    const char *marks[] = {"tiger", "lion", "bear", NULL};
    ocs_snippet *s = cut(h,
                         "tiger. " FILLER FILLER "tiger tiger tiger. " FILLER FILLER
                         "a lion and a bear. " FILLER FILLER "tiger.",
                         marks, 2, &n);
    assert_int_equal(n, 2);
    assert_true(s[0].at.to <= s[1].at.from); /* in the order of the text */
    assert_true(ocs_str_starts(s[0].text, OCS_STR("tiger tiger tiger")) || s[0].n_matches == 3);
    assert_int_equal(s[1].n_matches, 2);
    assert_true(ocs_str_find(s[1].text, OCS_STR("a lion and a bear"), 0) < s[1].text.n);
}

static void a_phrase_is_marked_only_as_a_whole(void **state)
{
    house *h = *state;
    size_t n;
    const char *marks[] = {"asset recovery", NULL};
    ocs_snippet *s =
        cut(h, "Recovery of an asset. The asset recovery office.\nasset\nrecovery", marks, 3, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s->n_matches, 1);
    assert_str(ocs_str_sub(s->text, s->matches[0].from, s->matches[0].to), "asset recovery");
}

/* The kinds of the matches of an excerpt, in order. */
static void assert_kinds(const ocs_snippet *s, const char *wanted)
{
    char kinds[200] = "";
    for (size_t i = 0; i < s->n_marks; i++) {
        size_t n = strlen(kinds);
        snprintf(kinds + n, sizeof kinds - n, "%s ", ocs_mark_kind_name(s->marks[i].kind));
    }
    assert_string_equal(kinds, wanted);
}

static void a_match_carries_what_it_is(void **state)
{
    house *h = *state;
    size_t n;
    const char *marks[] = {"asset recovery", "office", "XP=kurz", "XR~minister", NULL};
    ocs_snippet *s = cut(h, "The asset recovery office.", marks, 1, &n);
    assert_kinds(s, "phrase word ");
    assert_int_equal(s->marks[0].at.from, 4);
    assert_int_equal(s->marks[0].at.to, 18);
    const char *spellings[] = {"XP~kurz", "XL=wien", "XC=AT",    "XO*",   "XD=2017", "XDY2018",
                               "XR*",     "Zcrime",  "a phrase", "crime", "cri*"};
    const char *kinds[] = {"person", "place", "country", "org",  "date", "date",
                           "role",   "word",  "phrase",  "word", "word"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        assert_string_equal(ocs_mark_kind_name(ocs_mark_kind_of(ocs_str_of(spellings[i]))),
                            kinds[i]);
}

static bool take_first(void *payload, const ocs_hit *hit)
{
    const ocs_snippet *s = &hit->snippets[0];
    char *line = payload;
    assert_int_equal(s->n_mentions, 4);
    for (size_t i = 0; i < s->n_mentions; i++) {
        const ocs_named *named = &s->mentions[i];
        const ocs_mention *m = &hit->document.mentions[named->mention];
        assert_true(ocs_str_eq(ocs_str_sub(s->text, named->at.from, named->at.to),
                               ocs_mention_surface(&hit->document, m)));
        size_t n = strlen(line);
        snprintf(line + n, 80 - n, "%s ", ocs_mark_kind_name(named->kind));
    }
    return false;
}

static void an_excerpt_names_what_stands_in_it(void **state)
{
    house *h = *state;
    char kinds[80] = "";
    ocs_outcome outcome;
    const ocs_search wanted = {.most = 1, .snippets = 1};
    const ocs_search_calls calls = {.each = take_first, .payload = kinds};
    MUST(h,
         ocs_search_run(h->index, OCS_STR("minister threat"), &wanted, &calls, &outcome, &h->err));
    assert_string_equal(kinds, "place person person date ");
}

static void the_rarer_mark_is_shown_first(void **state)
{
    house *h = *state;
    static ocs_run run;
    const char *text = "A lion and a bear. " FILLER FILLER "now. Then a tiger. " FILLER;
    const ocs_str marks[] = {OCS_STR("lion"), OCS_STR("bear"), OCS_STR("tiger")};
    const double weights[] = {1, 1, 5};
    const ocs_snippet_marks of = {marks, weights, 3};
    ocs_match at[] = {{{2, 6}, 0}, {{13, 17}, 1}, {{0, 0}, 2}};
    at[2].at.from = (size_t)(strstr(text, "tiger") - text);
    at[2].at.to = at[2].at.from + 5;
    run = (ocs_run){.length = (uint32_t)strlen(text), .text_unit = 1, .raw_unit = 1};
    const ocs_document document = {.text = ocs_str_of(text), .origin = {&run, 1}};
    const ocs_matches matches = {at, 3};
    ocs_snippet *s;
    size_t n;
    MUST(h, ocs_snippets_cut(&document, &matches, &of, 1, h->arena, &s, &n, &h->err));
    assert_true(ocs_str_starts(s->text, OCS_STR("Then a tiger.")));
}

static void a_sentence_that_fits_is_shown_whole(void **state)
{
    house *h = *state;
    size_t n;
    const char *marks[] = {"tiger", NULL};
    ocs_snippet *s = cut(h,
                         FILLER "end. This sentence has so many words before its match that it "
                                "would not be near to it, but it fits with all of them: see Dr. "
                                "Smith's tiger. So " FILLER FILLER,
                         marks, 1, &n);
    assert_true(ocs_str_starts(s->text, OCS_STR("This sentence has")));
    assert_true(ocs_str_ends(s->text, OCS_STR("Smith's tiger.")));
    assert_true(s->whole_from && s->whole_to);
    s = cut(h, FILLER FILLER "tiger " FILLER FILLER, marks, 1, &n);
    assert_false(s->whole_from || s->whole_to);
}

/* By the rule that units of SENT follow, too (corpus/sentence.h). */
static void an_ordinal_ends_no_sentence_of_an_excerpt(void **state)
{
    const char *marks[] = {"patrole", NULL};
    size_t n;
    const ocs_snippet *s =
        cut(*state, "DIMITROVGRAD, 6. decembra - Patrole na granici.", marks, 1, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s[0].at.from, 0);
}

static void a_match_is_not_cut_in_two(void **state)
{
    house *h = *state;
    size_t n;
    char text[700] = "A tiger ";
    while (strlen(text) < OCS_SNIPPET_BYTES - 8)
        strcat(text, "and ");
    strcat(text, "asset recovery and " FILLER);
    const char *marks[] = {"tiger", "asset recovery", NULL};
    ocs_snippet *s = cut(h, text, marks, 1, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s->n_matches, 1);
    assert_true(ocs_str_ends(s->text, OCS_STR(" and")));
    assert_true(s->text.n > OCS_SNIPPET_BYTES - 20);
}

static void what_matches_in_the_title_alone_is_shown_there(void **state)
{
    house *h = *state;
    const char *text = "The tiger\nA tiger came.";
    const ocs_document document = {.text = ocs_str_of(text),
                                   .title = {.value = OCS_STR("The tiger")}};
    const ocs_str mark = OCS_STR("tiger");
    const ocs_snippet_marks of = {&mark, NULL, 1};
    ocs_match at[] = {{{4, 9}, 0}, {{12, 17}, 0}};
    const ocs_matches matches = {at, 2};
    ocs_snippet *s;
    ocs_span *title;
    size_t n;
    MUST(h, ocs_snippets_cut(&document, &matches, &of, 3, h->arena, &s, &n, &h->err));
    assert_int_equal(n, 1);
    assert_str(s->text, "A tiger came.");
    MUST(h, ocs_title_matches(&document, &matches, h->arena, &title, &n, &h->err));
    assert_int_equal(n, 1);
    assert_int_equal(title[0].from, 4);
    assert_int_equal(title[0].to, 9);
}

static void matches_that_overlap_are_one(void **state)
{
    house *h = *state;
    size_t n;
    const char *marks[] = {"asset recovery", "recovery office", "office", NULL};
    ocs_snippet *s = cut(h, "The asset recovery office.", marks, 1, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s->n_matches, 1);
    assert_str(ocs_str_sub(s->text, s->matches[0].from, s->matches[0].to), "asset recovery office");
}

static void a_text_without_breaks_is_shown_whole_words(void **state)
{
    house *h = *state;
    size_t n;
    const char *none[] = {NULL}, *marks[] = {"xx*", NULL};
    char text[1001];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    ocs_snippet *s = cut(h, text, none, 1, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s->text.n, 1000);
    s = cut(h, text, marks, 1, &n);
    assert_int_equal(n, 1);
    assert_int_equal(s->text.n, 1000);
    (void)cut(h, "", none, 1, &n);
    assert_int_equal(n, 0);
    (void)cut(h, text, marks, 0, &n);
    assert_int_equal(n, 0);
}

/* ---- searches ---- */

static void hits_come_by_date(void **state)
{
    assert_string_equal(search(state, "date:*", OCS_ORDER_DATE, 0).ids, "312");
    assert_string_equal(search(state, "date:*", OCS_ORDER_DATE_ASCENDING, 0).ids, "213");
}

static void the_better_match_comes_first(void **state)
{
    /* once in a long text against twice among few words */
    given g = search(state, "person:\"Sebastian Kurz\" OR texts OR testing", OCS_ORDER_SCORE, 0);
    assert_string_equal(g.ids, "41");
    assert_int_equal(g.outcome.matches, 2);
    assert_true(g.outcome.exact);
    assert_int_equal(g.outcome.shown, 2);
    assert_int_equal(g.planned, 1);
}

/* Both pages name one Kurz; the one that names him twice comes first. */
static void people_count_for_the_rank(void **state)
{
    assert_string_equal(search(state, "person:kurz lang:en", OCS_ORDER_SCORE, 0).ids, "12");
    given g = search(state, "person:kurz", OCS_ORDER_SCORE, 0);
    assert_int_equal(g.n, 3);
    assert_true(g.top_score > 0);
}

static void filters_do_not_count_for_the_rank(void **state)
{
    given g = search(state, "kind:* lang:en date:2016..2017", OCS_ORDER_SCORE, 0);
    assert_int_equal(g.n, 2);
    assert_true(g.top_score == 0);
}

static void a_caller_may_stop(void **state)
{
    house *h = *state;
    given g = {.stop_after = 1};
    const ocs_search wanted = {.most = HITS};
    const ocs_search_calls calls = {.each = take_hit, .planned = take_plan, .payload = &g};
    MUST(h,
         ocs_search_run(h->index, OCS_STR("crime OR texts"), &wanted, &calls, &g.outcome, &h->err));
    assert_int_equal(g.n, 1);
    assert_int_equal(g.outcome.shown, 1);
    assert_int_equal(g.outcome.matches, 3);
}

static bool count_rank(void *payload, const ocs_hit *hit)
{
    *(uint32_t *)payload += hit->rank;
    return true;
}

static void hits_are_paged_and_keep_their_rank(void **state)
{
    house *h = *state;
    uint32_t ranks = 0;
    ocs_outcome outcome;
    const ocs_search wanted = {.first = 1, .most = 1};
    const ocs_search_calls calls = {.each = count_rank, .payload = &ranks};
    MUST(h,
         ocs_search_run(h->index, OCS_STR("crime OR texts"), &wanted, &calls, &outcome, &h->err));
    assert_int_equal(ranks, 2);
    assert_int_equal(outcome.shown, 1);
    assert_int_equal(outcome.matches, 3);
}

/* All but one document. */
static ocs_status admit_others(void *payload, ocs_index *index, xap_docid number, bool *admitted,
                               ocs_error *err)
{
    (void)payload, (void)index, (void)err;
    *admitted = number != 1;
    return OCS_OK;
}

static void what_is_not_admitted_is_no_hit(void **state)
{
    house *h = *state;
    uint32_t ranks = 0;
    ocs_outcome outcome;
    const ocs_search wanted = {.most = 10};
    const ocs_search_calls calls = {.each = count_rank, .payload = &ranks, .admit = admit_others};
    MUST(h,
         ocs_search_run(h->index, OCS_STR("crime OR texts"), &wanted, &calls, &outcome, &h->err));
    assert_int_equal(outcome.shown, 2);
    assert_int_equal(ranks, 1 + 2);
    assert_int_equal(outcome.matches, 3);
}

static void nothing_found_is_no_failure(void **state)
{
    given g = search(state, "nonesuch", OCS_ORDER_SCORE, 1);
    assert_int_equal(g.n, 0);
    assert_int_equal(g.outcome.matches, 0);
    assert_int_equal(g.planned, 1);
}

static void a_bad_query_runs_nothing(void **state)
{
    house *h = *state;
    given g = {0};
    const ocs_search wanted = {.most = HITS};
    const ocs_search_calls calls = {.each = take_hit, .planned = take_plan, .payload = &g};
    assert_int_equal(
        ocs_search_run(h->index, OCS_STR("persn:kurz"), &wanted, &calls, &g.outcome, &h->err),
        OCS_USAGE);
    assert_int_equal(h->err.at, 0);
    assert_int_equal(g.planned + g.n, 0);
}

static void counts_are_exact(void **state)
{
    house *h = *state;
    uint32_t n;
    MUST(h, ocs_search_count(h->index, OCS_STR("crime"), &n, &h->err));
    assert_int_equal(n, 2);
    MUST(h, ocs_search_count(h->index, OCS_STR("-crime"), &n, &h->err));
    assert_int_equal(n, 2);
    MUST(h, ocs_search_count(h->index, OCS_STR(""), &n, &h->err));
    assert_int_equal(n, 4);
    MUST(h, ocs_search_count(h->index, OCS_STR("nonesuch"), &n, &h->err));
    assert_int_equal(n, 0);
    assert_int_equal(ocs_search_count(h->index, OCS_STR("a OR"), &n, &h->err), OCS_USAGE);
}

enum { COPIES = 400 };

/* So many documents that their tables have inner blocks, which a reader reads late. */
static void write_copies(house *h, xap_writer *writer, const char *text)
{
    ocs_stemmers *stemmers = ocs_stemmers_new();
    ocs_arena *arena = ocs_arena_new(1 << 20), *of_house = h->arena;
    assert_non_null(stemmers);
    assert_non_null(h->arena = arena);
    for (int i = 0; i < COPIES; i++) {
        char path[32];
        snprintf(path, sizeof path, "/copies/%d", i);
        const sample copy = {.path = path, .text = text};
        ocs_document document;
        ocs_record record;
        ocs_arena_clear(arena);
        sample_document(h, &copy, &document);
        MUST(h, ocs_record_make(&document, stemmers, arena, &record, &h->err));
        add_record(h, writer, &record);
    }
    h->arena = of_house;
    ocs_arena_free(arena);
    ocs_stemmers_free(stemmers);
}

/* Freed blocks are written again by the second commit after the one that freed them. */
static void rewrite_copies(house *h)
{
    static const char *const texts[] = {"crime " FILLER, FILLER "crime", "on crime. " FILLER};
    char path[512];
    xap_writer *writer;
    snprintf(path, sizeof path, "%s/gen-000001", h->dir);
    MUST(h, xap_writer_open(path, XAP_OPEN_EXISTING, &writer, &h->err));
    for (size_t i = 0; i < 3; i++) {
        write_copies(h, writer, texts[i]);
        MUST(h, xap_writer_commit(writer, &h->err));
    }
    MUST(h, xap_writer_close(writer, &h->err));
}

static ocs_status fetch_last(house *h)
{
    ocs_document document;
    return ocs_index_document(h->index, SAMPLES + COPIES / 2, h->arena, &document, &h->err);
}

static void a_search_goes_on_when_the_index_has_moved(void **state)
{
    house *h = *state;
    uint32_t n;
    rewrite_copies(h);
    MUST(h, ocs_index_reopen(h->index, &h->err));
    rewrite_copies(h);
    assert_int_equal(fetch_last(h), OCS_MODIFIED); /* what the search will meet */
    given g = search(state, "\"on crime\" OR labour", OCS_ORDER_DATE, 1);
    assert_int_equal(g.n, HITS);
    assert_int_equal(g.outcome.matches, COPIES + 1);
    assert_int_equal(g.planned, 1);
    rewrite_copies(h);
    assert_int_equal(fetch_last(h), OCS_MODIFIED);
    MUST(h, ocs_search_count(h->index, OCS_STR("\"on crime\" path:/copies"), &n, &h->err));
    assert_int_equal(n, COPIES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_marked_by_stem_and_phrases_whole),
        cmocka_unit_test(mentions_are_marked_by_key_and_name),
        cmocka_unit_test(wildcards_are_marked),
        cmocka_unit_test(a_cyrillic_word_is_marked_by_its_stem),
        cmocka_unit_test(a_filter_shows_the_beginning_behind_the_title),
        cmocka_unit_test(a_country_within_another_name_is_not_marked),
        cmocka_unit_test(an_excerpt_starts_at_its_sentence_when_near),
        cmocka_unit_test(an_excerpt_starts_at_a_word_otherwise),
        cmocka_unit_test(excerpts_do_not_overlap_and_show_new_marks_first),
        cmocka_unit_test(a_phrase_is_marked_only_as_a_whole),
        cmocka_unit_test(matches_that_overlap_are_one),
        cmocka_unit_test(a_match_carries_what_it_is),
        cmocka_unit_test(an_excerpt_names_what_stands_in_it),
        cmocka_unit_test(the_rarer_mark_is_shown_first),
        cmocka_unit_test(a_sentence_that_fits_is_shown_whole),
        cmocka_unit_test(an_ordinal_ends_no_sentence_of_an_excerpt),
        cmocka_unit_test(a_match_is_not_cut_in_two),
        cmocka_unit_test(what_matches_in_the_title_alone_is_shown_there),
        cmocka_unit_test(a_text_without_breaks_is_shown_whole_words),
        cmocka_unit_test(hits_come_by_date),
        cmocka_unit_test(the_better_match_comes_first),
        cmocka_unit_test(people_count_for_the_rank),
        cmocka_unit_test(filters_do_not_count_for_the_rank),
        cmocka_unit_test(a_caller_may_stop),
        cmocka_unit_test(hits_are_paged_and_keep_their_rank),
        cmocka_unit_test(what_is_not_admitted_is_no_hit),
        cmocka_unit_test(nothing_found_is_no_failure),
        cmocka_unit_test(a_bad_query_runs_nothing),
        cmocka_unit_test(counts_are_exact),
        cmocka_unit_test_setup_teardown(a_search_goes_on_when_the_index_has_moved, build_house,
                                        remove_house),
    };
    return cmocka_run_group_tests(tests, build_house, remove_house);
}
