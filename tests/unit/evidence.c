/* What evidence of a site's other pages makes of a page, from sampling to verdicts. */
#include "ingest/block.h"
#include "ingest/sample.h"
#include "ingest/site.h"
#include "tests/unit/unit.h"

#include <stdlib.h>

typedef struct tester {
    ocs_arena *arena;
    ocs_ingest *ingest;
    ocs_sites *sites;
    ocs_buf buf;
    ocs_document doc;
    const ocs_blocks *blocks;
} tester;

static int open_tester(void **state)
{
    tester *t = calloc(1, sizeof *t);
    *state = t;
    if (!t || ocs_ingest_new(&t->ingest, NULL) != OCS_OK)
        return -1;
    ocs_buf_init(&t->buf, 1 << 20);
    t->arena = ocs_arena_new((size_t)256 << 20);
    t->sites = ocs_sites_new();
    return t->arena && t->sites ? 0 : -1;
}

static int close_tester(void **state)
{
    tester *t = *state;
    ocs_sites_free(t->sites);
    ocs_ingest_free(t->ingest);
    ocs_arena_free(t->arena);
    ocs_buf_clear(&t->buf);
    free(t);
    return 0;
}

/* A page of prose of its own, numbered, between ${before} and ${after}. */
static ocs_page page_of(tester *t, unsigned number, const char *before, const char *after)
{
    static const char *const things[] = {"bridge", "school", "market",  "orchard", "harbour",
                                         "museum", "mill",   "railway", "library", "theatre"};
    const char *thing = things[number % (sizeof things / sizeof *things)];
    ocs_buf_reset(&t->buf);
    ocs_buf_putf(&t->buf, "%sThe %s opens\n", before, thing);
    ocs_buf_putf(&t->buf,
                 "The %s of town %u was opened on Friday after years of work by its neighbours.\n",
                 thing, number);
    ocs_buf_putf(&t->buf, "Those who built the %s said that number %u would be the last of them.\n",
                 thing, number);
    ocs_buf_putf(&t->buf, "%s", after);
    char *path = ocs_arena_alloc(t->arena, 32);
    snprintf(path, 32, "/site/%u.txt", number);
    return (ocs_page){.bytes = ocs_str_copy(t->arena, ocs_buf_str(&t->buf)),
                      .path = ocs_str_of(path)};
}

static void sample_page(tester *t, const ocs_page *page)
{
    ocs_buf lines;
    ocs_error err = {0};
    ocs_buf_init(&lines, 1 << 20);
    if (ocs_ingest_sample(page, t->arena, &lines, &err) != OCS_OK ||
        ocs_sites_take_packed(t->sites, ocs_buf_str(&lines), &err) != OCS_OK)
        fail_msg("%s", err.text);
    ocs_buf_clear(&lines);
}

static void sample(tester *t, unsigned n, const char *before, const char *after)
{
    for (unsigned i = 0; i < n; i++) {
        ocs_page page = page_of(t, i, before, after);
        sample_page(t, &page);
    }
}

static void judge(tester *t, ocs_page page)
{
    ocs_error err = {0};
    page.sites = t->sites;
    if (ocs_ingest_page(t->ingest, &page, OCS_STAGE_DOCUMENT, t->arena, &t->doc, &t->blocks,
                        &err) != OCS_OK)
        fail_msg("%s", err.text);
}

static const ocs_block *block_of(const tester *t, const char *text)
{
    for (size_t i = 0; i < t->blocks->n; i++)
        if (ocs_str_eq(ocs_block_words(t->blocks, &t->blocks->at[i]), ocs_str_of(text)))
            return &t->blocks->at[i];
    fail_msg("no block is \"%s\"", text);
    return NULL;
}

static bool keeps(const tester *t, const char *text)
{
    return ocs_block_kept(t->blocks, block_of(t, text));
}

static const char head[] =
    "Parish council\nWho sits on it and how they are chosen by us\nMinutes\n";

static void lines_of_other_pages_are_frame_at_head_and_end(void **state)
{
    tester *t = *state;
    static const char foot[] =
        "The council meets on the first Monday of the month, and whoever wants to may listen.\n";
    sample(t, 6, head, foot);
    judge(t, page_of(t, 2, head, foot));
    assert_int_equal(t->blocks->site_pages, 5);
    assert_false(keeps(t, "Parish council"));
    assert_false(keeps(t, "Who sits on it and how they are chosen by us"));
    assert_int_equal(block_of(t, "Minutes")->seen, 5);
    assert_false(ocs_block_kept(t->blocks, &t->blocks->at[t->blocks->n - 1]));
    assert_str(t->doc.title.value, "The market opens");
}

static void a_page_that_was_not_sampled_is_judged_likewise(void **state)
{
    tester *t = *state;
    sample(t, 6, head, "");
    judge(t, page_of(t, 9, head, ""));
    assert_int_equal(t->blocks->site_pages, 6);
    assert_false(keeps(t, "Parish council"));
    assert_str(t->doc.title.value, "The theatre opens");
}

static void short_lines_among_the_frame_are_an_unfolded_menu(void **state)
{
    tester *t = *state;
    static const char unfolded[] = "Parish council\nWho sits on it and how they are chosen by us\n"
                                   "Ms. Ada Fisher\nMr. Bo Miller\nMinutes\n";
    sample(t, 6, head, "");
    judge(t, page_of(t, 7, unfolded, ""));
    assert_false(keeps(t, "Ms. Ada Fisher"));
    assert_int_equal(block_of(t, "Mr. Bo Miller")->role, OCS_ROLE_MENU);
}

static void labels_and_kinds_are_facts_on_however_many_pages(void **state)
{
    tester *t = *state;
    static const char labelled[] = "Parish council\nMinutes\nPress release\n";
    sample(t, 6, labelled, "");
    judge(t, page_of(t, 7, labelled, ""));
    assert_int_equal(block_of(t, "Press release")->role, OCS_ROLE_KIND);
    assert_str(t->doc.kind.value, "Press release");
}

static void a_standing_paragraph_stays_within_the_text(void **state)
{
    tester *t = *state;
    static const char standing[] =
        "The council wishes to remind all readers that the register is open until the autumn.\n"
        "Number %u had asked for more time, which a majority of the members did not want to "
        "give.\n";
    char after[400];
    for (unsigned i = 0; i < 6; i++) {
        snprintf(after, sizeof after, standing, i);
        ocs_page page = page_of(t, i, head, after);
        sample_page(t, &page);
    }
    judge(t, page_of(t, 5, head, after));
    assert_true(
        keeps(t, "The council wishes to remind all readers that the register is open until the "
                 "autumn."));
    assert_false(keeps(t, "Minutes"));
}

static void copies_lose_nothing(void **state)
{
    tester *t = *state;
    ocs_page page = page_of(t, 3, "", "");
    static const char *const names[] = {"/site/a.txt", "/site/b.txt", "/site/c.txt", "/site/d.txt"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        page.path = ocs_str_of(names[i]);
        sample_page(t, &page);
    }
    assert_int_equal(ocs_site_pages(ocs_sites_find(t->sites, OCS_STR("/site/"))), 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        page.path = ocs_str_of(names[i]);
        judge(t, page);
        for (size_t k = 0; k < t->blocks->n; k++)
            assert_true(ocs_block_kept(t->blocks, &t->blocks->at[k]));
    }
}

/* Nor do copies of a page that has no long line to know it by. */
static void copies_of_a_short_page_lose_nothing(void **state)
{
    tester *t = *state;
    ocs_page page = {.bytes =
                         OCS_STR("Members\nAda Fisher, mayor\nBo Miller\nCy Smith, treasurer\n")};
    static const char *const names[] = {"/site/a.txt", "/site/b.txt", "/site/c.txt"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        page.path = ocs_str_of(names[i]);
        sample_page(t, &page);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        page.path = ocs_str_of(names[i]);
        judge(t, page);
        assert_true(keeps(t, "Bo Miller"));
        assert_true(keeps(t, "Cy Smith, treasurer"));
    }
}

static void without_evidence_nothing_is_said_of_a_site(void **state)
{
    tester *t = *state;
    judge(t, page_of(t, 1, head, ""));
    assert_null(t->blocks->site);
    assert_int_equal(t->blocks->site_pages, 0);
}

/* ---- the sample ---- */

static void the_sample_is_the_same_for_any_order(void **state)
{
    tester *t = *state;
    enum { PATHS = 60 };
    char names[PATHS][32];
    ocs_str paths[PATHS], back[PATHS];
    for (size_t i = 0; i < PATHS; i++) {
        snprintf(names[i], sizeof names[i], i < 50 ? "/a/%zu" : i < 59 ? "/b/%zu" : "/c/%zu", i);
        paths[i] = back[PATHS - 1 - i] = ocs_str_of(names[i]);
    }
    ocs_samples one, two;
    assert_int_equal(ocs_sample_pick(paths, PATHS, 2, t->arena, &one, NULL), OCS_OK);
    assert_int_equal(ocs_sample_pick(back, PATHS, 2, t->arena, &two, NULL), OCS_OK);
    assert_int_equal(one.n, OCS_SAMPLE_MOST + 9);
    assert_int_equal(two.n, one.n);
    for (size_t i = 0; i < one.n; i++)
        assert_ptr_equal(paths[one.at[i]].p, back[two.at[i]].p);
}

/* "/a/1.html", ...: ${n} pages, the last one with another ending. */
static size_t sampled(tester *t, size_t n, const char *last)
{
    enum { PATHS = 10 };
    char names[PATHS][32];
    ocs_str paths[PATHS];
    ocs_samples samples;
    for (size_t i = 0; i < n; i++) {
        snprintf(names[i], sizeof names[i], "/a/%zu%s", i, i + 1 < n ? ".html" : last);
        paths[i] = ocs_str_of(names[i]);
    }
    assert_int_equal(ocs_sample_pick(paths, n, 2, t->arena, &samples, NULL), OCS_OK);
    return samples.n;
}

static void a_few_pages_of_html_are_not_cut_twice(void **state)
{
    assert_int_equal(sampled(*state, OCS_SAMPLE_HTML - 1, ".html"), 0);
    assert_int_equal(sampled(*state, OCS_SAMPLE_HTML - 1, ".htm"), 0);
    assert_int_equal(sampled(*state, OCS_SAMPLE_HTML - 1, ".txt"), OCS_SAMPLE_HTML - 1);
    assert_int_equal(sampled(*state, OCS_SAMPLE_HTML, ".html"), OCS_SAMPLE_HTML);
}

static void doubles_and_empty_paths_are_no_sample(void **state)
{
    tester *t = *state;
    const ocs_str paths[] = {OCS_STR("a"), OCS_STR(""), OCS_STR("a"), OCS_STR("b/c")};
    ocs_samples samples;
    assert_int_equal(ocs_sample_pick(paths, 4, 2, t->arena, &samples, NULL), OCS_OK);
    assert_int_equal(samples.n, 0);
    assert_int_equal(ocs_sample_pick(paths, 4, 1, t->arena, &samples, NULL), OCS_OK);
    assert_int_equal(samples.n, 2);
    assert_int_equal(ocs_sample_pick(NULL, 0, 1, t->arena, &samples, NULL), OCS_OK);
    assert_int_equal(samples.n, 0);
}

#define EVIDENCE_TEST(name) cmocka_unit_test_setup_teardown(name, open_tester, close_tester)

int main(void)
{
    const struct CMUnitTest tests[] = {
        EVIDENCE_TEST(lines_of_other_pages_are_frame_at_head_and_end),
        EVIDENCE_TEST(a_page_that_was_not_sampled_is_judged_likewise),
        EVIDENCE_TEST(short_lines_among_the_frame_are_an_unfolded_menu),
        EVIDENCE_TEST(labels_and_kinds_are_facts_on_however_many_pages),
        EVIDENCE_TEST(a_standing_paragraph_stays_within_the_text),
        EVIDENCE_TEST(copies_lose_nothing),
        EVIDENCE_TEST(copies_of_a_short_page_lose_nothing),
        EVIDENCE_TEST(without_evidence_nothing_is_said_of_a_site),
        EVIDENCE_TEST(the_sample_is_the_same_for_any_order),
        EVIDENCE_TEST(a_few_pages_of_html_are_not_cut_twice),
        EVIDENCE_TEST(doubles_and_empty_paths_are_no_sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
