/* Copies among the hits and in the index: which hit is shown, that pages of hits follow each other,
 * and that neither the order in which documents came nor one that goes makes a difference. */
#include "tests/unit/query_fixture.h"

#include "query/copies.h"

enum { GROUPS = 60, EACH = 5, SHORT = 3, ROOM = 2048 };

/* What a search gave: the numbers in the paths, in order. */
typedef struct given {
    char paths[ROOM * 16];
    size_t n;
    uint32_t last_rank, copies;
    size_t named;
    ocs_outcome outcome;
} given;

static bool take_hit(void *payload, const ocs_hit *hit)
{
    given *g = payload;
    size_t used = strlen(g->paths);
    assert_true(g->last_rank == 0 || hit->rank == g->last_rank + 1);
    g->last_rank = hit->rank;
    snprintf(g->paths + used, sizeof g->paths - used, "%.*s ", OCS_ARG(hit->document.path));
    g->n++;
    g->copies = hit->copies.count;
    g->named = hit->copies.n;
    for (size_t i = 0; i < hit->copies.n; i++)
        assert_false(ocs_str_eq(hit->copies.at[i].path, hit->document.path));
    return true;
}

static given search(house *h, const char *query, uint32_t first, uint32_t most, bool group)
{
    given g = {0};
    const ocs_search wanted = {.first = first, .most = most, .group = group};
    const ocs_search_calls calls = {.each = take_hit, .payload = &g};
    MUST(h, ocs_search_run(h->index, ocs_str_of(query), &wanted, &calls, &g.outcome, &h->err));
    return g;
}

/* ---- an index of articles in several copies ---- */

/* The text of article ${group}; each of its copies ends in another word. */
static ocs_str article(house *h, unsigned group, unsigned copy)
{
    ocs_buf text;
    ocs_buf_init(&text, 1 << 16);
    ocs_buf_puts(&text, "Subject");
    for (unsigned i = 0; i < 80; i++)
        ocs_buf_putf(&text, " w%u", (unsigned)(ocs_hash_mix(group, i) % 500));
    ocs_buf_putf(&text, " end%u", copy);
    ocs_str whole = ocs_str_copy(h->arena, ocs_buf_str(&text));
    assert_int_equal(ocs_buf_status(&text), OCS_OK);
    ocs_buf_clear(&text);
    return whole;
}

static xap_writer *open_writer(house *h)
{
    char path[512];
    xap_writer *writer;
    snprintf(path, sizeof path, "%s/gen-000001", h->dir);
    MUST(h, xap_writer_open(path, XAP_OPEN_EXISTING, &writer, &h->err));
    return writer;
}

static void close_writer(house *h, xap_writer *writer)
{
    MUST(h, xap_writer_commit(writer, &h->err));
    MUST(h, xap_writer_close(writer, &h->err));
    MUST(h, ocs_index_reopen(h->index, &h->err));
}

static void add_page(house *h, xap_writer *writer, ocs_stemmers *stemmers, const char *path,
                     ocs_str text)
{
    const sample page = {.path = path, .text = text.p};
    ocs_document document;
    ocs_record record;
    sample_document(h, &page, &document);
    MUST(h, ocs_record_make(&document, stemmers, h->arena, &record, &h->err));
    add_record(h, writer, &record);
}

/* GROUPS articles in EACH copies, mixed, or the other way round. */
static void add_articles(house *h, bool backwards)
{
    xap_writer *writer = open_writer(h);
    ocs_stemmers *stemmers = ocs_stemmers_new();
    assert_non_null(stemmers);
    for (unsigned i = 0; i < GROUPS * EACH; i++) {
        unsigned k = backwards ? GROUPS * EACH - 1 - i : i;
        unsigned group = k % GROUPS, copy = k / GROUPS;
        char *path = ocs_arena_alloc(h->arena, 32);
        assert_non_null(path);
        snprintf(path, 32, "/a/%02u/%u", group, copy);
        add_page(h, writer, stemmers, path, article(h, group, copy));
    }
    ocs_stemmers_free(stemmers);
    close_writer(h, writer);
}

static void delete_page(house *h, const char *path)
{
    char id[17], unique[20];
    xap_writer *writer = open_writer(h);
    ocs_document_id(ocs_str_of(path), id);
    snprintf(unique, sizeof unique, "Q%s", id);
    MUST(h, xap_writer_delete(writer, ocs_str_of(unique), &h->err));
    close_writer(h, writer);
}

/* ---- the claims ---- */

static void one_of_each_article_is_shown(void **state)
{
    house *h = *state;
    bool met[GROUPS] = {false};
    add_articles(h, false);
    given g = search(h, "subject", 0, 1000, true);
    assert_int_equal(g.n, GROUPS);
    assert_int_equal(g.outcome.matches, GROUPS * EACH);
    assert_true(g.outcome.grouped);
    assert_int_equal(g.outcome.groups, GROUPS);
    for (const char *p = g.paths; (p = strstr(p, "/a/")) != NULL; p += 3) {
        unsigned long group = strtoul(p + 3, NULL, 10);
        assert_false(met[group]);
        met[group] = true;
    }
    assert_int_equal(g.copies, EACH - 1);
    assert_int_equal(g.named, EACH - 1);
}

static void all_copies_are_shown_when_asked_for(void **state)
{
    house *h = *state;
    add_articles(h, false);
    given g = search(h, "subject", 0, 1000, false);
    assert_int_equal(g.n, GROUPS * EACH);
    assert_int_equal(g.copies, EACH - 1); /* told all the same */
}

/* What the first hits hide is many times what a page shows, so that more must be fetched twice. */
static void pages_of_hits_follow_each_other(void **state)
{
    house *h = *state;
    static given whole, page;
    char joined[sizeof whole.paths] = "";
    add_articles(h, false);
    whole = search(h, "subject", 0, 1000, true);
    for (uint32_t first = 0; first < GROUPS + 7; first += 7) {
        page = search(h, "subject", first, 7, true);
        assert_int_equal(page.n, first + 7 <= GROUPS ? 7 : first < GROUPS ? GROUPS - first : 0);
        assert_true(page.n == 0 || page.last_rank == first + page.n);
        strcat(joined, page.paths);
    }
    assert_string_equal(joined, whole.paths);
    assert_int_equal(search(h, "subject", GROUPS, 7, true).n, 0);
    assert_int_equal(search(h, "subject", 0, 0, true).n, 0);
}

static void a_page_beyond_what_was_fetched_at_first_is_full(void **state)
{
    house *h = *state;
    add_articles(h, false);
    /* the article that comes first in 200 further copies */
    xap_writer *writer = open_writer(h);
    ocs_stemmers *stemmers = ocs_stemmers_new();
    assert_non_null(stemmers);
    for (unsigned i = 0; i < 200; i++) {
        char *path = ocs_arena_alloc(h->arena, 32);
        assert_non_null(path);
        snprintf(path, 32, "/b/%u", i);
        add_page(h, writer, stemmers, path, article(h, 7, 0));
    }
    ocs_stemmers_free(stemmers);
    close_writer(h, writer);
    given g = search(h, "subject end0", 0, 20, true);
    assert_int_equal(g.n, 20);
    g = search(h, "path:\"/b\" OR path:\"/a/08\"", 0, 2, true);
    assert_int_equal(g.n, 2);
    g = search(h, "path:\"/b\"", 0, 10, true);
    assert_int_equal(g.n, 1);
    assert_int_equal(g.copies, 200 + EACH - 1);
    assert_int_equal(g.named, OCS_COPIES_NAMED);
    assert_true(g.outcome.grouped);
    assert_int_equal(g.outcome.groups, 1);
}

/* Copies that do not match the query count, too. */
static void copies_are_counted_in_the_whole_index(void **state)
{
    house *h = *state;
    add_articles(h, false);
    given g = search(h, "end3 path:\"/a/11\"", 0, 10, true);
    assert_int_equal(g.n, 1);
    assert_string_equal(g.paths, "/a/11/3 ");
    assert_int_equal(g.copies, EACH - 1);
    g = search(h, "asset OR crime", 0, 10, true);
    assert_int_equal(g.copies, 0);
}

static void the_order_of_arrival_does_not_matter(void **state)
{
    house *h = *state;
    add_articles(h, true);
    given g = search(h, "subject", 0, 1000, true);
    assert_int_equal(g.n, GROUPS);
    assert_int_equal(g.copies, EACH - 1);
}

static void when_the_shown_copy_goes_another_one_is_shown(void **state)
{
    house *h = *state;
    add_articles(h, false);
    given before = search(h, "path:\"/a/05\"", 0, 10, true);
    assert_int_equal(before.n, 1);
    before.paths[strlen(before.paths) - 1] = '\0';
    delete_page(h, before.paths);
    given after = search(h, "path:\"/a/05\"", 0, 10, true);
    assert_int_equal(after.n, 1);
    assert_string_not_equal(after.paths, before.paths);
    assert_int_equal(after.copies, EACH - 2);
}

static void short_texts_are_never_copies(void **state)
{
    house *h = *state;
    xap_writer *writer = open_writer(h);
    ocs_stemmers *stemmers = ocs_stemmers_new();
    assert_non_null(stemmers);
    static const char *const paths[SHORT] = {"/s/1", "/s/2", "/s/3"};
    for (size_t i = 0; i < SHORT; i++)
        add_page(h, writer, stemmers, paths[i], OCS_STR("Subject to be announced"));
    ocs_stemmers_free(stemmers);
    close_writer(h, writer);
    given g = search(h, "announced", 0, 10, true);
    assert_int_equal(g.n, SHORT);
    assert_int_equal(g.copies, 0);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, build_house, remove_house)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_of_each_article_is_shown),
        TEST(all_copies_are_shown_when_asked_for),
        TEST(pages_of_hits_follow_each_other),
        TEST(a_page_beyond_what_was_fetched_at_first_is_full),
        TEST(copies_are_counted_in_the_whole_index),
        TEST(the_order_of_arrival_does_not_matter),
        TEST(when_the_shown_copy_goes_another_one_is_shown),
        TEST(short_texts_are_never_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
